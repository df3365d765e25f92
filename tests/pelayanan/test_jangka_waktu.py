"""Promised times: the forms of real documents, and what follows from them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.errors import ArgumentError
from sipukat.pelayanan import JangkaWaktu

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


def test_hours_and_a_time_in_one_cell_are_told_apart():
    hours, week = parse("Jam layanan hari kerja; Proses 1 Minggu").parts
    assert (hours.not_a_duration, hours.kind) == (True, "opening_hours")
    assert (week.max, week.unit) == (1, "minggu")


@pytest.mark.parametrize("text", ["segera", "3 windu", "xyz", "5 detik"])
def test_what_is_not_understood_stays_text(text):
    read = parse(text)
    assert (read.text, read.understood, read.print()) == (text, False, text)


WORDS = """3 14 (tiga) (empat) lima hari kerja menit jam minggu bulan paling lama maksimal ± berkisar - sejak
    setelah berkas lengkap (jika jaringan stabil) *) ; a. b. Mutasi Masuk: dan dapat diperpanjang 7 Senin
    08.00 x24 1x24 2x"""
pieces = st.sampled_from(WORDS.split())
texts = st.lists(pieces, max_size=12).map(" ".join) | st.text(max_size=60)


@given(texts)
def test_what_is_printed_is_read_as_the_same(text):
    first = parse(text)
    assert first.text == text
    again = parse(first.print())
    assert again.model_copy(update={"text": ""}) == first.model_copy(update={"text": ""})
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
    assert waktu.due(date(2026, 1, 1), label="Mutasi Keluar") == date(2026, 1, 6)
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


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece):
    started = time.perf_counter()
    for size in (19_000, 200_000):
        parse((piece * (size // len(piece) + 1))[:size])
    assert time.perf_counter() - started < 5  # a bound on a catastrophe, not a measure of speed


def test_a_very_long_text_stays_text_and_says_so():
    assert parse("3 hari " * 3000).malformed
