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


@pytest.mark.parametrize(
    ("most", "unit", "day"),
    [
        (5_256_000, "menit", date(2010, 1, 8)), (87_600, "jam", date(2010, 1, 8)),
        (3650, "hari", date(2010, 1, 8)),
        (520, "minggu", date(2009, 12, 29)), (120, "bulan", date(2010, 1, 10)),
        (10, "tahun", date(2010, 1, 10)),
    ],
)  # fmt: skip
def test_ten_years_are_the_longest(most, unit, day):
    start = date(2000, 1, 11) if unit not in {"bulan", "tahun"} else date(2000, 1, 10)
    assert tenggat(start, most, unit).day == day
    with pytest.raises(ArgumentError, match="up to ten years in menit, jam, hari, minggu, bulan, tahun"):
        tenggat(start, most + 1, unit)


@pytest.mark.parametrize(
    ("number", "unit", "end"),
    [
        (90, "menit", "2026-12-31 11:20"), (2, "jam", "2026-12-31 11:50"),
        (1, "hari", "2027-01-01 09:50"), (1, "minggu", "2027-01-07 09:50"),
        (2, "bulan", "2027-02-28 09:50"), (1, "tahun", "2027-12-31 09:50"),
    ],
)  # fmt: skip
def test_a_moment_keeps_its_hour(number, unit, end):
    start = datetime.fromisoformat("2026-12-31 09:50")
    assert tenggat(start, number, unit).day == datetime.fromisoformat(end)


def test_working_days_of_a_moment_are_counted_by_its_day():
    friday = datetime(2026, 8, 14, 9, 50)  # noqa: DTZ001
    found = tenggat(friday, 1, "hari", working_days=True, calendar={date(2026, 8, 17)})
    assert (found.day, len(found.findings)) == (datetime(2026, 8, 18, 9, 50), 0)  # noqa: DTZ001


def test_only_days_are_working_days():
    # "2 minggu kerja" is nothing that the law knows: weeks stay weeks
    for unit, day in (("minggu", date(2026, 8, 17)), ("jam", MONDAY)):
        assert tenggat(MONDAY, 1, unit, working_days=True, calendar=_Closed()).day == day


def test_the_last_day_of_a_calendar_is_known():
    calendar = Libur(set(), known_until=date(2026, 8, 11))
    assert not tenggat(MONDAY, 1, "hari", working_days=True, calendar=calendar).findings
    (finding,) = tenggat(MONDAY, 2, "hari", working_days=True, calendar=calendar).findings
    assert finding.facts == {"day": "2026-08-12", "known": "2026-08-11"}


def test_a_calendar_may_be_anything_that_holds_days():
    class Even:
        def __contains__(self, day):
            return day.day % 2 == 0

    assert tenggat(MONDAY, 2, "hari", working_days=True, calendar=Even()).day == date(2026, 8, 13)


@pytest.mark.parametrize("start", ["2026-08-10", None, 20260810])
def test_a_start_is_a_day_or_a_moment(start):
    with pytest.raises(ArgumentError, match="start"):
        tenggat(start, 1, "hari")


def test_the_months_of_the_calendar_are_whole():
    assert tenggat(date(2026, 1, 31), 13, "bulan").day == date(2027, 2, 28)
    assert tenggat(date(2026, 11, 30), 1, "bulan").day == date(2026, 12, 30)
    assert tenggat(date(2024, 2, 29), 1, "tahun").day == date(2025, 2, 28)


def test_an_office_of_six_days_works_on_saturday_by_the_national_calendar_too(national):
    saturday, sunday = date(2026, 8, 15), date(2026, 8, 16)
    assert not national.is_working_day(saturday)
    six = Nasional(workweek=6)
    assert six.is_working_day(saturday)
    assert not six.is_working_day(sunday)
    assert tenggat(date(2026, 8, 14), 1, "hari", working_days=True).day == date(2026, 8, 18)
