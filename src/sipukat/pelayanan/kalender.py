"""Working days: weekends, national holidays and cuti bersama, and how far they are known."""

from __future__ import annotations

import calendar as months
import warnings
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from sipukat._require import require
from sipukat._validation import must_be
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Container

_LONGEST: Final = {"menit": 5_256_000, "jam": 87_600, "hari": 3_650, "minggu": 520, "bulan": 120, "tahun": 10}
_DAYS: Final = {"hari": 1, "minggu": 7}
_WEEKS: Final = (5, 6)
_EARLIEST: Final = 2000


@runtime_checkable
class Kalender(Protocol):
    """Says which days an office works."""

    @property
    def known_until(self) -> date | None:
        """The last day that it knows of; None where it knows them all."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether the office works that day."""
        ...


class KalenderWarning(UserWarning):
    """A day that is not sure, as past the calendar that is known; `finding` says why in two languages."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message("en"))


@dataclass(frozen=True, slots=True)
class Libur:
    """A calendar of given holidays.

    Parameters
    ----------
    holidays
        The days on which nobody works.
    workweek
        Working days a week: 5 (Monday to Friday) or 6 (to Saturday).
    known_until
        The last day that `holidays` covers; None for all.

    Examples
    --------
    >>> Libur({date(2026, 8, 17)}).is_working_day(date(2026, 8, 17))
    False
    """

    holidays: Container[date]
    workweek: int = 5
    known_until: date | None = None

    def __post_init__(self) -> None:
        if self.workweek not in _WEEKS:
            raise ArgumentError(f"a working week has 5 or 6 days, got {self.workweek!r}")

    def is_working_day(self, day: date) -> bool:
        """Whether it is neither a weekend nor a holiday."""
        return day.weekday() < self.workweek and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Nasional:
    """The national calendar of Indonesia: hari libur nasional and cuti bersama.

    They come from the package ``holidays`` (extra ``calendar``). The government sets them a
    year ahead; a year is not known while the package has no cuti bersama for it, or has estimates.

    Parameters
    ----------
    workweek
        Working days a week: 5 or 6.

    Examples
    --------
    >>> Nasional().is_working_day(date(2026, 3, 20))  # Idulfitri
    False
    """

    workweek: int = 5

    def __post_init__(self) -> None:
        if self.workweek not in _WEEKS:
            raise ArgumentError(f"a working week has 5 or 6 days, got {self.workweek!r}")

    @property
    def known_until(self) -> date | None:
        """The end of the last year whose holidays are set."""
        return _known_until()

    def is_working_day(self, day: date) -> bool:
        """Whether it is neither a weekend nor a holiday nor cuti bersama."""
        return day.weekday() < self.workweek and day not in _days_off(day.year)


def _package() -> Any:
    return require("holidays", extra="calendar", purpose="the national calendar")


@cache
def _days_off(year: int) -> frozenset[date]:
    package = _package()
    return frozenset(package.Indonesia(years=year, categories=(package.PUBLIC, package.GOVERNMENT)))


@cache
def _known_until() -> date:
    year = date.today().year + 2  # noqa: DTZ011  a day of the office's own calendar
    while year > _EARLIEST and not _is_set(year):
        year -= 1
    return date(year, 12, 31)


def _is_set(year: int) -> bool:
    """Whether the government has set the year: it has cuti bersama, and no day is an estimate."""
    package = _package()
    joint = package.Indonesia(years=year, categories=(package.GOVERNMENT,))
    public = package.Indonesia(years=year, language="en_US")
    return bool(joint) and not any("estimated" in name for name in public.values())


@dataclass(frozen=True, slots=True)
class Tenggat:
    """A day by which something is promised.

    Parameters
    ----------
    day
        The day, or the moment.
    findings
        What is not known of it.
    """

    day: date | datetime
    findings: Findings = field(default_factory=Findings)

    def warned(self) -> date | datetime:
        """Return the day, and warn of each finding."""
        for finding in self.findings:
            warnings.warn(KalenderWarning(finding), stacklevel=3)
        return self.day


def tenggat(
    start: date | datetime,
    number: int,
    unit: str,
    *,
    working_days: bool = False,
    calendar: Kalender | Container[date] | None = None,
) -> Tenggat:
    """Return the end of `number` units from `start`, whose own day is not counted.

    Parameters
    ----------
    start
        The day, or the moment, from which it runs.
    number
        How many, 0 or more, up to ten years.
    unit
        ``"menit"``, ``"jam"``, ``"hari"``, ``"minggu"``, ``"bulan"`` or ``"tahun"``.
    working_days
        Whether days are working days.
    calendar
        Which days those are: a `Kalender`, or the holidays; by default the national one.

    Raises
    ------
    ArgumentError
        If it is longer than ten years, the unit is not known, the calendar holds anything but
        days, or the end lies past the year 9999.
    MissingExtraError
        If the national calendar is needed and ``holidays`` is absent.

    Examples
    --------
    >>> tenggat(date(2026, 1, 31), 1, "bulan").day
    datetime.date(2026, 2, 28)
    """
    must_be(date, start, "start", "a day (datetime.date) or a moment (datetime.datetime)")
    if unit not in _LONGEST or not 0 <= number <= _LONGEST[unit]:
        raise ArgumentError(f"{number} {unit} is not a time up to ten years in {', '.join(_LONGEST)}")
    try:
        return _end(start, number, unit, _chosen(calendar) if working_days else None)
    except (OverflowError, ValueError) as error:
        if isinstance(error, ArgumentError):
            raise
        raise ArgumentError(f"{number} {unit} from {start} end past the year 9999") from None


def _end(start: date | datetime, number: int, unit: str, calendar: Kalender | None) -> Tenggat:
    if unit in {"menit", "jam"}:
        return Tenggat(_later(start, timedelta(minutes=number * (60 if unit == "jam" else 1))))
    if calendar is None or unit != "hari":
        if unit in _DAYS:
            return Tenggat(start + timedelta(days=number * _DAYS[unit]))
        return Tenggat(_months_later(start, number * (12 if unit == "tahun" else 1)))
    day = start
    counted = 0
    while counted < number:
        day += timedelta(days=1)
        counted += calendar.is_working_day(_date(day))
    known = calendar.known_until
    if known is None or _date(day) <= known:
        return Tenggat(day)
    return Tenggat(day, Findings([Finding.of("PLY501", day=str(_date(day)), known=str(known))]))


def _date(day: date | datetime) -> date:
    return day.date() if isinstance(day, datetime) else day


def _later(start: date | datetime, delta: timedelta) -> date | datetime:
    if isinstance(start, datetime):
        return start + delta
    return (datetime.combine(start, datetime.min.time()) + delta).date()


def _months_later(start: date | datetime, number: int) -> date | datetime:
    month = start.month - 1 + number
    year, month = start.year + month // 12, month % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, months.monthrange(year, month)[1]))


def _chosen(calendar: Kalender | Container[date] | None) -> Kalender:
    if calendar is None:
        return Nasional()
    if isinstance(calendar, Kalender):
        return calendar
    # a text or a moment never equals a day: the holiday would be worked on in silence
    wrong = [day for day in calendar if type(day) is not date] if isinstance(calendar, Collection) else []
    if wrong:
        raise ArgumentError(f"holidays are days (datetime.date), got {wrong[0]!r}")
    return Libur(calendar)
