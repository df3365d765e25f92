"""Numbers are rounded once, half up; Babel prints the same where it agrees on the rounding."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat._text import listing, number, parse_number, plain, round_half_up, row_ranges


@given(st.decimals(-1_000_000, 1_000_000, places=6), st.integers(0, 4))
def test_rounding_is_that_of_decimal_half_up(value, places):
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(value, places) == expected
    assert round_half_up(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("value", "printed"), [("76.625", "76,63"), ("76.605", "76,61"), ("0.005", "0,01"), ("-0.004", "0,00")]
)
def test_ties_go_up_and_nothing_is_minus_zero(value, printed):
    assert number(Decimal(value)) == printed


def test_thousands_and_decimals_are_marked_as_the_language_does():
    assert number(1234567.5, 1) == "1.234.567,5"
    assert number(1234567.5, 1, lang="en") == "1,234,567.5"
    assert number(None) == number(float("nan")) == "–"


@given(st.decimals(0, 10**6, places=4))
def test_a_printed_number_reads_back_exactly(value):
    assert parse_number(str(value)) == Fraction(value)
    assert parse_number(str(value).replace(".", ",")) == Fraction(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,2,3", "1e5", "nan", "inf", "1_000", "４", "--1"])
def test_what_is_no_plain_number_is_refused(text):
    if text == "４":
        assert parse_number(text) == 4  # a compatibility form of one digit
        return
    with pytest.raises(ValueError, match="not a decimal number"):
        parse_number(text)


def test_texts_that_look_alike_are_alike():
    looks = ["Dinas  Sosial", "dinas sosial ", "DINAS\u00a0SOSIAL", "Dinas\u200b Sosial"]
    assert len({plain(text) for text in looks}) == 1


def test_lists_are_short_sentences():
    assert listing([]) == ""
    assert listing([1]) == "1"
    assert row_ranges([3, 1, 2, 2, 7]) == "1-3, 7"
