"""Numbers with a unit of time, wherever they stand."""

from __future__ import annotations

import pytest

from sipukat.pelayanan import quantities


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("proses 3 hari kerja", "3 hari kerja"),
        ("30 menit - 1 jam per orang", "30 menit - 1 jam"),
        ("1 jam dan 30 menit", "1 jam dan 30 menit"),
        ("30 menit, 1 jam", "30 menit"),
        ("35 Menit -- 65 Menit", "35 Menit -- 65 Menit"),
        ("1 hari kerja - 2 minggu", "1 hari kerja"),
    ],
)
def test_a_quantity_is_as_long_as_it_is_one(text, seen):
    found = quantities.following(text)
    assert text[found.start : found.end] == seen


@pytest.mark.parametrize(
    "text", ["", "tahun 2024", "3 windu", "12345 hari", "Rp1.000 hari", "3 harian", "pukul 08.00"]
)
def test_other_numbers_are_none(text):
    assert quantities.following(text) is None
    assert not quantities.has_quantity(text)


@pytest.mark.parametrize(
    ("words", "same"),
    [("tiga hari", True), ("3 hari", True), ("empat hari", False), ("berkas lengkap", None)],
)
def test_words_in_parentheses_may_say_it_again(words, same):
    assert quantities.restates(words, quantities.at("3 hari").fields) is same
