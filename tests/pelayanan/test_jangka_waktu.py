"""Promised times: the forms of real documents, and what follows from them."""

from __future__ import annotations

from datetime import date

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat.errors import ArgumentError
from sipukat.pelayanan import JangkaWaktu, durasi
from sipukat.pelayanan.kalender import KalenderWarning, Libur

parse = JangkaWaktu.parse


def _same(read, stated):
    for key, value in stated.items():
        if key in {"text", "note"}:
            continue
        if key == "parts":
            assert len(read.parts) == len(value)
            for part, said in zip(read.parts, value, strict=True):
                _same(part, said)
        elif key == "extension":
            _same(read.extension, value)
        else:
            assert getattr(read, key) == value, key


def test_every_sample_of_the_facts_is_understood_as_they_say(facts):
    samples = facts("standards-facts.json")["parser_samples"]["durations"]
    assert len(samples) == 33
    for sample in samples:
        read = parse(sample["text"])
        assert read.text == sample["text"]
        _same(read, sample)
        if "parts" not in sample:  # and nothing is seen that the facts do not see
            others = set(JangkaWaktu.model_fields) - {*sample, "text", "min", "max", "unit"}
            assert {key for key in others if getattr(read, key)} == set(), sample["text"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("3 (empat) hari", {"max": 3, "mismatch": True}),
        ("1 jam 30 menit", {"max": 90, "unit": "menit"}),
        ("1,5 jam", {"max": 90, "unit": "menit"}),
        ("2 x 24 jam", {"max": 48, "unit": "jam"}),
        ("7 s.d. 14 hari", {"min": 7, "max": 14, "unit": "hari"}),
        ("2 hari - 5 hari kerja", {"min": 2, "max": 5, "working_days": True}),
        ("sekitar dua puluh menit", {"max": 20, "approx": True, "vague": True}),
        ("Pelayanan IGD maksimal 6 jam", {"min": None, "max": 6, "label": "Pelayanan IGD"}),
        (
            "3 hari kerja (berkas lengkap dan benar)",
            {"start_event": "berkas lengkap dan benar", "vague": False},
        ),
        ("14 hari kalender", {"max": 14, "working_days": False}),
        ("10 - 3 hari", {"malformed": True}),
        ("0,5 hari", {"malformed": True, "max": None}),
        ("15", {"max": None, "unit": None, "no_number": False}),
        ("", {"no_number": True, "vague": False}),
    ],
)
def test_other_forms_are_understood(text, fields):
    _same(parse(text), fields)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Tiga (3) hari kerja", {"max": 3, "working_days": True, "mismatch": False}),
        ("lima (15) menit", {"max": 15, "mismatch": True}),
        ("15 (lima belas menit)", {"max": 15, "unit": "menit", "label": None}),
        ("14 hari kerja (empat belas hari kerja)", {"max": 14, "label": None, "mismatch": False}),
        ("14 hari kerja (empat hari kerja)", {"max": 14, "mismatch": True}),
        ("1 x 24 Jam (satu kali dua puluh empat jam)", {"max": 24, "label": None, "mismatch": False}),
        ("setengah jam", {"max": 30, "unit": "menit"}),
        ("maks. 3 hr kerja", {"min": None, "max": 3, "unit": "hari", "working_days": True}),
        ("7 (tujuh) hari-kerja", {"max": 7, "working_days": True}),
        ("3 ha\u200bri", {"max": 3, "unit": "hari"}),
        ("3 (tiga) hari kerja s.d. 5 (lima) hari kerja", {"min": 3, "max": 5, "working_days": True}),
        ("30 menit - 1 jam", {"min": 30, "max": 60, "unit": "menit"}),
        ("5 hari s/d 2 minggu", {"min": 5, "max": 14, "unit": "hari"}),
        ("1 tahun 6 bulan", {"min": 18, "max": 18, "unit": "bulan"}),
        ("paling cepat 3 hari, paling lama 7 hari", {"min": 3, "max": 7, "unit": "hari", "parts": ()}),
        ("minimal 3 hari maksimal 7 hari", {"min": 3, "max": 7}),
        ("Minimal 3 hari kerja", {"min": 3, "max": None, "label": None, "understood": False}),
        ("tidak lebih dari tiga hari", {"min": None, "max": 3}),
        ("1 jam atau lebih", {"max": 1, "vague": True, "label": None}),
        ("30 menit/pemohon", {"max": 30, "label": "per pemohon"}),
        ("Setelah berkas lengkap, paling lama 3 hari kerja", {"max": 3, "start_event": "berkas lengkap"}),
        ("24 jam/hari", {"max": None, "kind": "opening_hours"}),
        ("3, 5 hari", {"malformed": True}),
        ("1.1 15 menit", {"max": 15, "malformed": False, "label": None}),
    ],
)
def test_rarer_forms_are_understood(text, fields):
    _same(parse(text), fields)


@pytest.mark.parametrize(
    "text",
    [
        "KTP-el 3 hari kerja, KK 5 hari kerja",
        "1. KTP-el: 3 hari kerja 2. KK: 5 hari kerja",
        "- KTP-el : 3 hari kerja - KK : 5 hari kerja",
        "KTP-el 3 hari kerja / KK 5 hari kerja",
        "KTP-el: 3 hari kerja. KK: 5 hari kerja.",
        "KTP-el:\n3 hari kerja\nKK:\n5 hari kerja",
    ],
)
def test_each_time_of_a_list_is_a_part_of_its_own(text):
    read = parse(text)
    assert [(part.label, part.max) for part in read.parts] == [("KTP-el", 3), ("KK", 5)]
    assert read.max is None
    assert read.understood
    assert read.print() == "KTP-el: 3 (tiga) hari kerja; KK: 5 (lima) hari kerja"


def test_a_start_after_a_list_belongs_to_the_time_before_it():
    assert (
        parse("KTP 3 hari; KK 5 hari; dihitung sejak berkas lengkap").parts[1].start_event == "berkas lengkap"
    )


def test_a_time_within_a_condition_or_a_start_is_no_second_promise():
    within = parse("3 hari kerja sejak 2 hari setelah berkas diterima")
    assert (within.max, within.start_event, within.parts) == (3, "2 hari setelah berkas diterima", ())


@pytest.mark.parametrize("text", ["2 bulan 15 hari", "1 hari 4 jam", "KTP 3 hari KK 5 hari"])
def test_of_two_times_that_are_not_told_apart_neither_is_promised(text):
    read = parse(text)
    assert (read.understood, read.no_number, read.print()) == (False, False, text)


@pytest.mark.parametrize("text", ["3 hari\x00", "\ud800 3 hari", "\udcff", "3 hari\r\n\r\n", "٣ hari"])
def test_no_text_is_refused(text):
    assert parse(text).text == text


def test_hours_and_a_time_in_one_cell_are_told_apart():
    hours, week = parse("Jam layanan hari kerja; Proses 1 Minggu").parts
    assert (hours.not_a_duration, hours.kind) == (True, "opening_hours")
    assert (week.max, week.unit) == (1, "minggu")


def test_hours_before_a_time_are_kept_whole():
    hours, days = parse("Jam pelayanan 08.00 - 15.00, proses 3 hari kerja").parts
    assert (hours.text, hours.kind, days.max) == ("Jam pelayanan 08.00 - 15.00", "opening_hours", 3)


@pytest.mark.parametrize("text", ["segera", "3 windu", "xyz", "5 detik"])
def test_what_is_not_understood_stays_text(text):
    read = parse(text)
    assert (read.text, read.understood, read.print()) == (text, False, text)


WORDS = """3 14 (tiga) (empat) lima hari kerja menit jam minggu bulan paling lama maksimal ± berkisar - sejak
    setelah berkas lengkap (jika jaringan stabil) *) ; a. b. Mutasi Masuk: dan dapat diperpanjang 7 Senin
    08.00 x24 1x24 2x"""
pieces = st.sampled_from(WORDS.split())
texts = st.lists(pieces, max_size=12).map(" ".join) | st.text(max_size=60)


def _meaning(value):
    """Return all that was understood, and the words where nothing was."""
    return {
        **{name: getattr(value, name) for name in JangkaWaktu.model_fields if name != "text"},
        "text": None if value.understood else value.text,
        "parts": [_meaning(part) for part in value.parts],
        "extension": value.extension and _meaning(value.extension),
    }


@given(texts)
def test_what_is_printed_is_read_as_the_same(text):
    first = parse(text)
    assert first.text == text
    again = parse(first.print())
    assert _meaning(again) == _meaning(first)
    assert again.print() == first.print()


@given(
    most=st.integers(1, 999),
    unit=st.sampled_from(["menit", "jam", "hari", "hari kerja", "minggu", "bulan", "tahun"]),
    bound=st.sampled_from(["", "paling lama ", "Maksimal "]),
    start=st.sampled_from(["", " sejak berkas diterima lengkap dan benar"]),
)
def test_a_plain_promise_is_understood_and_printed_in_one_form(most, unit, bound, start):
    read = parse(f"{bound}{most} {unit}{start}")
    assert (read.max, read.working_days) == (most, unit == "hari kerja")
    assert (read.min is None) == bool(bound)
    assert read.print().startswith("paling lama " if bound else str(most))
    assert read.print().endswith(start)


def test_three_working_days_step_over_weekend_and_holiday():
    # Friday 14 August 2026; Monday the 17th is a holiday: Tuesday, Wednesday, Thursday
    assert parse("3 hari kerja").due(date(2026, 8, 14), {date(2026, 8, 17)}) == date(2026, 8, 20)


def test_the_most_is_what_is_promised():
    assert parse("3 - 5 hari").due(date(2026, 1, 1)) == date(2026, 1, 6)


def test_parts_are_chosen_by_label():
    waktu = parse("a. Mutasi Masuk: 10 hari b. Mutasi Keluar: 5 (lima) hari")
    assert waktu.due(date(2026, 1, 1), label="mutasi keluar") == date(2026, 1, 6)
    with pytest.raises(ArgumentError, match="give label=, one of 'Mutasi Masuk', 'Mutasi Keluar'; got None"):
        waktu.due(date(2026, 1, 1))


def test_a_time_without_a_number_has_no_due_day():
    with pytest.raises(ArgumentError, match="'secepatnya' promises no number of days; write"):
        parse("secepatnya").due(date(2026, 1, 1))


HOSTILE = [
    "1 ",
    "(",
    "hari ",
    "± ",
    "dua ",
    "a. ",
    "1 (",
    "3 - ",
    "sejak ",
    "(jika ",
    "*) ",
    "\n",
    "08.00 ",
    "dan dapat diperpanjang ",
]


@pytest.mark.parametrize("around", ["{}", "3 hari {}", "{}3 hari kerja"])
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece, around, bounded):
    text = around.format(piece * (durasi.MOST // len(piece)))[: durasi.MOST]
    with bounded(5):  # it ends there: five seconds are many times what is needed
        durasi.read(text)  # `parse` remembers
        durasi.read(text * 20)


def test_a_very_long_text_stays_text_and_says_so():
    assert parse("3 hari " * 3000).malformed
    assert parse("a. 3 hari; " * 300).malformed


def test_a_day_counted_from_an_unsure_promise_is_said_to_be_unsure():
    found = parse("3 (empat) hari").tenggat(date(2026, 1, 1))
    assert [finding.code for finding in found.findings] == ["PLY502"]
    assert "2026-01-04" in found.findings[0].message("id")
    with pytest.warns(KalenderWarning, match="not sure"):
        assert parse("± 3 hari").due(date(2026, 1, 1)) == date(2026, 1, 4)
    assert not parse("3 (tiga) hari").tenggat(date(2026, 1, 1)).findings


@given(texts)
def test_what_is_written_is_read_back(text):
    read = parse(text)
    assert read.model_dump() == text
    assert JangkaWaktu.model_validate(read.model_dump()) == read
    other = read.model_copy(update={"max": 77, "unit": "jam"})
    assert JangkaWaktu.model_validate(other.model_dump()) == other


@pytest.mark.parametrize(
    "value", [3, None, ["3 hari"], {"text": "x", "max": "tiga"}, {"text": "x", "max": -1}]
)
def test_what_is_no_time_is_refused(value):
    with pytest.raises(ValidationError):
        JangkaWaktu.model_validate(value)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("3 - 5 hari kerja", "3 - 5 hari kerja"),
        ("3 s.d. 5 hari kerja", "3 - 5 hari kerja"),
        ("berkisar 3 hari", "± 3 (tiga) hari"),
        ("3 hari *)", "3 (tiga) hari*)"),
        ("3 hari, dapat diperpanjang 7 hari", "3 (tiga) hari dan dapat diperpanjang 7 (tujuh) hari"),
        (
            "maks 3 hari dan dapat diperpanjang paling lama 7 hari kerja",
            "paling lama 3 (tiga) hari dan dapat diperpanjang 7 (tujuh) hari kerja",
        ),
        ("3 hari (jika jaringan stabil)", "3 (tiga) hari (jika jaringan stabil)"),
        ("KTP: 3 hari setelah berkas lengkap", "KTP: 3 (tiga) hari sejak berkas lengkap"),
        ("Proses 1 Minggu; Jam layanan hari kerja", "1 (satu) minggu; Jam layanan hari kerja"),
        ("10 - 3 hari", "10 - 3 hari"),
        ("3 (empat) hari", "3 (empat) hari"),
    ],
)
def test_each_thing_understood_is_printed_in_one_form(text, printed):
    assert parse(text).print() == printed


@pytest.mark.parametrize(
    ("text", "minutes"), [("30 menit", 30), ("1 - 2 jam", 120), ("3 hari", None), ("segera", None)]
)
def test_minutes_are_told_where_no_day_lies_between(text, minutes):
    assert parse(text).minutes_max == minutes


def test_an_object_with_a_text_alone_is_read_like_the_text():
    assert JangkaWaktu.model_validate({"text": "3 hari kerja"}) == parse("3 hari kerja")
    stated = JangkaWaktu.model_validate({"text": "3 hari kerja", "max": 4, "unit": "hari"})
    assert (stated.max, stated.working_days) == (4, False)
    assert stated.model_dump() == {"text": "3 hari kerja", "max": 4, "unit": "hari"}


def test_the_days_of_the_office_are_counted_not_those_of_the_state():
    # 17 August is a national holiday; this office keeps none
    assert parse("1 hari kerja").due(date(2026, 8, 14), Libur(set())) == date(2026, 8, 17)


def test_an_unsure_day_is_said_with_the_words_of_the_promise():
    (finding,) = parse("3 (empat) hari").tenggat(date(2026, 1, 1)).findings
    assert finding.facts == {"teks": "3 (empat) hari", "day": "2026-01-04"}
    assert parse("10 - 3 hari").tenggat(date(2026, 1, 1)).findings  # malformed
    late = parse("3 (empat) hari kerja").tenggat(date(2026, 1, 1), Libur(set(), known_until=date(2026, 1, 1)))
    assert [one.code for one in late.findings] == ["PLY502", "PLY501"]


def test_a_label_chooses_one_of_the_times_and_none_other():
    one = parse("Proses 1 Minggu; Jam layanan hari kerja")
    assert one.due(date(2026, 1, 1)) == date(2026, 1, 8)
    with pytest.raises(ArgumentError, match="give label=, one of 'Proses 1 Minggu'; got 'KTP'"):
        one.due(date(2026, 1, 1), label="KTP")
    assert parse("3 hari").due(date(2026, 1, 1), label="KTP") == date(2026, 1, 4)
    with pytest.raises(ArgumentError, match="promises 2 times"):
        parse("KTP 3 hari; KTP 5 hari").due(date(2026, 1, 1), label="ktp")


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("3 hari", True), ({"text": "3 hari", "min": 0, "max": 0, "unit": "jam"}, True),
        ({"max": 3}, False), ({"text": "x", "max": -1}, False), ({"text": "x", "unit": "windu"}, False),
        (3, False),
    ],
)  # fmt: skip
def test_the_schema_takes_what_the_model_takes(value, taken):
    assert jsonschema_rs.is_valid(JangkaWaktu.model_json_schema(), value) is taken
    if taken:
        JangkaWaktu.model_validate(value)
    else:
        with pytest.raises(ValidationError):
            JangkaWaktu.model_validate(value)


@pytest.mark.parametrize(
    "stated", [{"min": 0, "max": 0, "unit": "jam"}, {"max": 0}, {"max": 3, "vague": True}]
)
def test_what_is_stated_is_written_and_read_back_also_where_it_is_nothing(stated):
    value = JangkaWaktu.model_validate({"text": "segera", **stated})
    assert value.model_dump() == {"text": "segera", **stated}
    assert JangkaWaktu.model_validate(value.model_dump()) == value


def test_a_most_without_a_unit_has_no_due_day():
    with pytest.raises(ArgumentError, match="promises no number of days"):
        JangkaWaktu.model_validate({"text": "tiga", "max": 3}).due(date(2026, 1, 1))
