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


def _fields(unit, least, most, **more):
    return {"unit": unit, "min": least, "max": most, **more}


@pytest.mark.parametrize(
    ("said", "unit", "working"),
    [
        ("menit", "menit", False), ("jam", "jam", False), ("hari", "hari", False), ("minggu",
        "minggu", False),
        ("bulan", "bulan", False), ("tahun", "tahun", False), ("mnt", "menit", False), ("hr", "hari", False),
        ("mgg", "minggu", False), ("bln", "bulan", False), ("thn", "tahun", False),
        ("hari kerja", "hari", True), ("hari-kerja", "hari", True), ("hari keria", "hari", True),
        ("hr kerja", "hari", True),
        ("hr keria", "hari", True), ("hari kalender", "hari", False), ("HARI KERJA", "hari", True),
    ],
)  # fmt: skip
def test_each_unit_is_known(said, unit, working):
    more = {"working_days": True} if working else {}
    assert quantities.following(f"3 {said}").fields == _fields(unit, 3, 3, **more)


@pytest.mark.parametrize(
    "link", "-|--|–|—| s/d | s.d. | s.d | sd | sampai | sampai dengan | hingga ".split("|")
)
def test_each_word_of_a_range_is_known(link):
    assert quantities.following(f"3{link}5 hari").fields == _fields("hari", 3, 5)
    assert quantities.following(f"30 menit{link}1 jam").fields == _fields("menit", 30, 60)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("2 x 24 jam", _fields("jam", 48, 48)), ("2×3 - 4 hari", _fields("hari", 6, 8)),
        ("1,5 jam", _fields("menit", 90, 90)), ("1.5 - 2 jam", _fields("menit", 90, 120)),
        ("1 - 1,5 jam", _fields("menit", 60, 90)), ("2 x 1,5 jam", _fields("jam", 3, 3)),
        ("2,5 hari", _fields("hari", None, None, malformed=True)),
        ("1 - 1,5 hari", _fields("hari", None, None, malformed=True)),
        ("3(tiga)hari", _fields("hari", 3, 3)), ("3 (empat) hari", _fields("hari", 3, 3, mismatch=True)),
        ("10 (sepuluh ) hari", _fields("hari", 10, 10)),
        ("3 (tlga) hari", _fields("hari", 3, 3)), ("0 (n0l) hari", _fields("hari", 0, 0)),
        ("1 (n0l) hari", _fields("hari", 1, 1, mismatch=True)),
        ("tiga (3) hari", _fields("hari", 3, 3)), ("tiga ( 4 ) hari", _fields("hari", 4, 4, mismatch=True)),
        ("3 (tiga) - 5 (enam) hari", _fields("hari", 3, 5, mismatch=True)),
        ("3 (dua) - 5 hari", _fields("hari", 3, 5, mismatch=True)),
        ("dua-puluh lima hari", _fields("hari", 25, 25)),
        ("dua tiga hari", _fields("hari", None, None, malformed=True)),
        ("3 - dua tiga hari", _fields("hari", None, None, malformed=True)),
        ("dua tiga - 4 hari", _fields("hari", None, None, malformed=True)),
        ("4 hari jam kerja", _fields("hari", 4, 4, working_days=True, malformed=True)),
        ("1234 hari", _fields("hari", 1234, 1234)), ("0 hari", _fields("hari", 0, 0)),
        ("1 jam 30 menit", _fields("menit", 90, 90)), ("1 minggu 2 hari", _fields("hari", 9, 9)),
        ("1 tahun 6 bulan", _fields("bulan", 18, 18)), ("1 tahun - 18 bulan", _fields("bulan", 12, 18)),
        ("2 hari - 3 hari kerja", _fields("hari", 2, 3, working_days=True)),
        ("2 hari kerja - 3 hari", _fields("hari", 2, 3, working_days=True)),
    ],
)  # fmt: skip
def test_the_number_and_the_unit_are_read(text, fields):
    found = quantities.following(text)
    assert (text[found.start : found.end], found.fields) == (text, fields)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1 minggu dan 2 hari", "1 minggu"), ("1 tahun, 6 bulan", "1 tahun"),
        ("1 minggu 2 hari kerja", "1 minggu"),
        ("30 menit 1 jam", "30 menit"), ("2 hari 3 hari", "2 hari"), ("1 hari - 2 jam", "1 hari"),
        ("1 hari kerja 2 minggu", "1 hari kerja"), ("2 hari - 3 - 4 hari", "2 hari"),
        ("2 - 3 hari 4 jam", "2 - 3 hari"), ("3 hari - dua tiga hari", "3 hari"),
        ("1 jam, 30 menit", "1 jam, 30 menit"),
        ("dua tiga hari - 4 hari", "dua tiga hari"), ("ke 2 x 24 jam", "2 x 24 jam"),
    ],
)  # fmt: skip
def test_what_is_a_second_time_is_not_added(text, seen):
    found = quantities.following(text)
    assert text[found.start : found.end] == seen


@pytest.mark.parametrize("text", ["a3 hari", "3,3 hari", "3 hari2", "3/3 hari", "3.3 hari", "3 harikerja"])
def test_a_piece_of_another_number_or_word_is_none(text):
    assert quantities.following(text) is None


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("15 (lima belas menit)", "15 (lima belas) menit"),
        ("14( lima hari kerja ) ya", "14 (lima) hari kerja ya"),
        ("Setengah jam", "30 menit"), ("1/2 jam", "30 menit"), ("½ jam", "30 menit"), ("3½ jam", "3½ jam"),
        ("3 setengah jam", "3 setengah jam"), ("setengah jaman", "setengah jaman"), ("1.1/2 jam",
        "1.1/2 jam"),
    ],
)  # fmt: skip
def test_rarer_forms_are_written_in_the_usual_one(text, usual):
    assert quantities.usual(text) == usual


@pytest.mark.parametrize(
    ("words", "promise", "same"),
    [
        ("satu kali dua puluh empat jam", "1 x 24 jam", True),
        ("dua kali dua puluh empat jam", "2 x 24 jam", True),
        ("dua kali dua puluh empat jam", "1 x 24 jam", False), ("x kali tiga jam", "3 jam", None),
        ("dua kali x", "3 hari", None), ("3 jam", "3 hari", False), ("2 - 3 hari", "3 hari", True),
        ("dua tiga hari", "3 hari", False), ("tiga hari kerja", "3 hari", True),
    ],
)  # fmt: skip
def test_a_restatement_may_multiply(words, promise, same):
    assert quantities.restates(words, quantities.at(promise).fields) is same


def test_a_quantity_begins_exactly_there():
    assert quantities.at("x 3 hari") is None
    found = quantities.at("x 3 hari 4 jam", 2)
    assert (found.start, found.end, found.fields) == (2, 8, _fields("hari", 3, 3))


def test_blanks_are_folded_and_what_word_hides_is_left_out():
    assert quantities.spaced(" a\u00a0b\u200bc \t d\u00ad") == "a bc d"
    assert quantities.spaced("\ufeffa\u2060 \u200c\u200d b") == "a b"
