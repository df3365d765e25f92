"""Numbers in words, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.pelayanan.numerals import parse_terbilang, terbilang


@given(st.integers(0, 999_999))
def test_a_number_comes_back(number):
    assert parse_terbilang(terbilang(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (10, "sepuluh"), (11, "sebelas"), (14, "empat belas"), (20, "dua puluh"),
        (100, "seratus"), (111, "seratus sebelas"), (1000, "seribu"), (21_000, "dua puluh satu ribu"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(number, words):
    assert terbilang(number) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Empat Belas", 14), ("dua-puluh lima", 25), ("satu ratus", 100), ("nol", 0), ("kosong", 0),
        ("satu belas", 11), ("satu puluh", 10), ("se ratus", 100), ("se ribu lima", 1005),
        ("satu ribu satu ratus", 1100), ("satu ratus dua puluh", 120), ("dua ratus satu ribu", 201_000),
        (" dua   puluh - satu ", 21), ("sepuluh ribu", 10_000), ("tiga ribu dua belas", 3012),
    ],
)  # fmt: skip
def test_other_spellings_are_read(words, number):
    assert parse_terbilang(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hari",
        "dua tiga",
        "belas",
        "puluh dua",
        "satu " * 40,
        "14",
        "seribu seribu",
        "lima nol",
        "dua seribu",
    ],
)
def test_anything_else_is_no_number(words):
    assert parse_terbilang(words) is None


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_what_is_not_said_is_refused(number):
    with pytest.raises(ValueError, match="whole number from 0 to 999999"):
        terbilang(number)
