"""Numbers as printed."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
