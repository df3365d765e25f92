"""Numbers as printed."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.errors import ArgumentError
from sipukat.ikm.printed import Printed, rounded


@pytest.mark.parametrize(
    ("given_", "value", "decimals"),
    [
        ("87,641", "87.641", 3),
        (" 87.280 ", "87.28", 3),
        ("100", "100", 0),
        (Decimal("87.280"), "87.28", 3),
        (Decimal("1E+2"), "100", 0),
        (87.28, "87.28", 2),
        (np.float64(87.28), "87.28", 2),
        (100, "100", 0),
        (np.int64(4), "4", 0),
        ("59.583333333333336", "59.583333333333", 12),
    ],
)
def test_a_print_is_a_value_and_its_decimals(given_, value, decimals):
    printed = Printed.of(given_)
    assert (printed.value, printed.decimals) == (Fraction(value), decimals)


@given(value=st.fractions(0, 100), decimals=st.integers(0, 8))
def test_what_rounds_to_a_print_lies_in_its_range(value, decimals):
    seen = rounded(value, decimals)
    printed = Printed.of(f"{float(seen):.{decimals}f}")
    assert printed.value == seen
    assert printed.low <= value < printed.high


def test_other_numbers_are_shown_like_the_print():
    assert Printed.of("87,64").like(Fraction(1, 3)) == "0,33"
    assert Printed.of("87.6").like(Fraction(2, 3), 4) == "0.6667"


@pytest.mark.parametrize(
    ("given_", "text"),
    [(" 87,280 ", "87,280"), (Decimal("1E+2"), "100"), (Decimal("8.70"), "8.70"), (87.28, "87.28"), (4, "4")],
)
def test_a_print_keeps_how_it_was_written(given_, text):
    assert Printed.of(given_).text == text


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        (True, "True is not a number"), (None, "None is not a number"), (1j, "1j is not a number"),
        (Fraction(1, 3), r"Fraction\(1, 3\) is a fraction"), (float("nan"), "nan is not a finite number"),
        (Decimal("Infinity"), "is not a finite number"), ("12 %", "the IKM: "), ("", "the IKM: "),
    ],
)  # fmt: skip
def test_what_is_no_print_is_refused_by_what_it_should_be(given_, reason):
    with pytest.raises(ArgumentError, match=reason) as refused:
        Printed.of(given_, what="the IKM")
    assert str(refused.value).startswith("the IKM: ")
    with pytest.raises(ArgumentError, match=r"^a printed number: "):
        Printed.of(given_)


def test_a_print_stands_for_the_half_unit_around_it():
    printed = Printed.of("87,6")
    assert (printed.low, printed.half, printed.high) == (
        Fraction(1751, 20),
        Fraction(1, 20),
        Fraction(1753, 20),
    )
    assert printed.like(Fraction(7, 4)) == "1,8"
    assert printed.like(Fraction(7, 4), 0) == "2"
    assert rounded(Fraction(1, 3), None) == Fraction(1, 3)
    assert rounded(Fraction(1, 8), 2) == Fraction(13, 100)
