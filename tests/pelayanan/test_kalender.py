"""Due days: what is counted, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.errors import ArgumentError
from sipukat.pelayanan import JangkaWaktu
from sipukat.pelayanan.kalender import KalenderWarning, Libur, Nasional, tenggat

MONDAY = date(2026, 8, 10)


@pytest.mark.parametrize(
    ("number", "unit", "day"),
    [
        (1, "hari", date(2026, 8, 11)), (2, "minggu", date(2026, 8, 24)), (1, "bulan", date(2026, 9, 10)),
        (1, "tahun", date(2027, 8, 10)), (30, "menit", MONDAY),
        (24, "jam", date(2026, 8, 11)), (0, "hari", MONDAY),
    ],
)  # fmt: skip
def test_calendar_time(number, unit, day):
    assert tenggat(MONDAY, number, unit).day == day


def test_a_month_ends_where_it_ends():
    assert tenggat(date(2024, 1, 31), 1, "bulan").day == date(2024, 2, 29)


def test_minutes_of_a_moment_are_a_moment():
    assert tenggat(datetime(2026, 8, 10, 9, 50), 30, "menit").day == datetime(2026, 8, 10, 10, 20)  # noqa: DTZ001


def test_an_office_of_six_days_works_on_saturday():
    friday = date(2026, 8, 14)
    assert tenggat(friday, 1, "hari", working_days=True, calendar=Libur(set())).day == date(2026, 8, 17)
    assert tenggat(friday, 1, "hari", working_days=True, calendar=Libur(set(), workweek=6)).day == date(
        2026, 8, 15
    )


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60), st.sets(st.integers(0, 80), max_size=8)
)
def test_exactly_that_many_working_days_lie_between(start, number, offsets):
    calendar = Libur({start + timedelta(days=offset) for offset in offsets})
    end = tenggat(start, number, "hari", working_days=True, calendar=calendar).day
    days = [start + timedelta(days=at) for at in range(1, (end - start).days + 1)]
    assert sum(map(calendar.is_working_day, days)) == number
    assert number == 0 or calendar.is_working_day(end)


def test_a_day_past_the_calendar_is_found_and_warned_of():
    calendar = Libur(set(), known_until=date(2026, 12, 31))
    known = JangkaWaktu.parse("3 hari kerja").tenggat(date(2026, 12, 1), calendar)
    assert not known.findings
    late = JangkaWaktu.parse("3 hari kerja").tenggat(date(2026, 12, 30), calendar)
    assert [f.code for f in late.findings] == ["PLY501"]
    assert "2026-12-31" in late.findings[0].message("en")
    with pytest.warns(KalenderWarning, match="known until 2026-12-31"):
        assert JangkaWaktu.parse("3 hari kerja").due(date(2026, 12, 30), calendar) == late.day


@pytest.mark.parametrize(("number", "unit"), [(99_999, "hari"), (-1, "hari"), (1, "windu"), (11, "tahun")])
def test_what_no_office_promises_is_refused(number, unit):
    with pytest.raises(ArgumentError, match="is not a time up to ten years"):
        tenggat(MONDAY, number, unit)


@pytest.mark.parametrize("holidays", [{"2026-08-17"}, [datetime(2026, 8, 17)], "2026-08-17"])  # noqa: DTZ001
def test_holidays_that_are_no_days_are_refused(holidays):
    with pytest.raises(ArgumentError, match=r"holidays are days \(datetime.date\), got "):
        tenggat(MONDAY, 5, "hari", working_days=True, calendar=holidays)


def test_a_calendar_with_names_of_holidays_will_do():
    named = {date(2026, 8, 11): "libur"}
    assert tenggat(MONDAY, 1, "hari", working_days=True, calendar=named).day == date(2026, 8, 12)


@dataclass
class _Closed:
    known_until: date | None = None

    def is_working_day(self, day):
        return day.year < 2000


@pytest.mark.parametrize("working_days", [False, True])
def test_an_end_past_all_years_is_refused(working_days):
    start = date(9999, 12, 30)
    with pytest.raises(ArgumentError, match="end past the year 9999"):
        tenggat(start, 9, "hari", working_days=working_days, calendar=_Closed())


@pytest.mark.parametrize("make", [lambda: Nasional(workweek=7), lambda: Libur(set(), workweek=4)])
def test_a_working_week_has_five_or_six_days(make):
    with pytest.raises(ArgumentError, match="5 or 6 days"):
        make()


@pytest.fixture
def national():
    pytest.importorskip("holidays", reason="holidays is not installed (extra calendar)")
    return Nasional()


def test_the_national_calendar_knows_idulfitri_and_cuti_bersama(national):
    # Idulfitri 1447 H is 21 and 22 March 2026; cuti bersama stands around it
    week = [date(2026, 3, 16) + timedelta(days=at) for at in range(12)]
    free = [day for day in week if day.weekday() < 5 and not national.is_working_day(day)]
    assert {date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)} <= set(free)
    assert national.is_working_day(date(2026, 3, 17))
    assert not national.is_working_day(date(2026, 8, 17))


def test_the_national_calendar_ends_where_cuti_bersama_is_not_set_yet(national):
    until = national.known_until
    assert until >= date(2026, 12, 31)
    assert (until.month, until.day) == (12, 31)
    late = JangkaWaktu.parse("5 hari kerja").tenggat(until)
    assert [f.code for f in late.findings] == ["PLY501"]
