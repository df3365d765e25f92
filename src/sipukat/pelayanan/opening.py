"""The words of opening hours: days, hours, "libur", "kecuali", "istirahat", and what stands between.

Which days "libur" shuts is told by the marks around it: in "08.00-15.00 Senin-Jumat, Sabtu
Minggu libur" the comma parts what is open from what is shut. Where the marks do not tell,
nothing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

HARI: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_SHORT: Final = {"ahad": "minggu", "mgg": "minggu"} | {hari[:3]: hari for hari in HARI}
_DAY: Final = (
    r"senin|selasa|rabu|kamis|jum\s?\W?\s?a\s?[’'`]?t|jum\W?ah|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|mgg"
)
_LINK: Final = r"(?:s\s?[/.]?\s?d\b\.?|s\s?/\s?d\.?|sampai(?:\s(?:dengan|dgn))?|hingga|--|[-–—−~])"
_ZONE: Final = r"(?:\s?(?:wib|wita|wit)\b)?"
_HOUR: Final = r"[01]?\d|2[0-4]"
_DAYS: Final = re.compile(
    rf"(?<!\w)(?:(?P<first>{_DAY})(?!\w)(?:\s?{_LINK}\s?(?:hari\s)?(?P<last>{_DAY}|min)(?!\w))?"
    rf"|(?P<all>(?:se)?tiap\shari)(?!\w|\s?:?\s?(?:kerja|libur|{_DAY})(?!\w))"
    r"|(?<!\d\s)(?<!\)\s)hari\s(?:kerja|lain(?:nya)?)(?!\w))"
)
_TIMES: Final = re.compile(
    rf"(?<!\d)(?P<h1>{_HOUR})[.:]\s?(?P<m1>[0-5]\d){_ZONE}\s?"
    rf"(?:{_LINK}|[,;]?\s?(?:dan\s)?(?:di)?tutup(?=\s(?:jam|pukul|\d)))\s?"
    rf"(?:jam\s|pukul\s)?(?P<h2>{_HOUR})[.:]\s?(?P<m2>[0-5]\d)(?!\d){_ZONE}(?P<later>\s?(?:sore|malam))?"
)
_WHOLE_HOURS: Final = re.compile(
    rf"(?<!\w)(?:jam|pukul)\s(?P<h1>{_HOUR}){_ZONE}\s?{_LINK}\s?(?:jam\s|pukul\s)?(?P<h2>{_HOUR})"
    rf"(?![\d.:,/]\d|\d|\s?(?:jam|menit|hari|orang)\b){_ZONE}(?P<later>\s?(?:sore|malam))?"
)
_ROUND_THE_CLOCK: Final = re.compile(r"(?<![\dx×*])(?<![\dx×*]\s)24\sjam(?!\w)")
_SHUT: Final = re.compile(r"(?<!\w)(?:libur|tutup|tidak (?:buka|melayani|ada (?:pe)?layanan))(?!\w)")
_PAUSE: Final = re.compile(r"(?<!\w)(?:istirahat|ishoma|jeda)(?!\w)")
_EXCEPT: Final = re.compile(r"(?<!\w)kecuali(?!\w)")
# "minggu" is a week too
_WEEK: Final = re.compile(
    r"(?<![\d.:])\d{1,2} ?minggu|(?<!\w)(?:(?:se)?tiap|per|dalam|akhir)\sminggu"
    r"|minggu\s(?:ke|pertama|terakhir|depan|genap|ganjil)"
)
_CLOCK: Final = re.compile(r"(?<![\d.,])\d{1,2}\s?[.:]\s?\d\d(?!\d)|(?<!\w)(?:jam|pukul)\s?\d")
_BESIDE_DAYS: Final = re.compile(r"[\s:,(=–-]*(?:buka|layanan|pelayanan|selama)?\s?")
_JOINT, _COMMA, _STOP, _BRACKET = 1, 2, 3, 4
_STOPS: Final = re.compile(r"[\n;.)|•]|(?<!\w)(?:sedangkan|sementara|adapun|namun)(?!\w)")
_JOINTS: Final = re.compile(r"[&/+]|(?<!\w)(?:dan|serta)(?!\w)")

Kind = Literal["days", "times", "shut", "pause", "except"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that the words say.

    Parameters
    ----------
    kind
        Days, hours, or that something is shut, a pause, or an exception.
    start, end
        Where it stands.
    hari
        The days; empty for "hari kerja".
    mulai, selesai
        The hours, as ``"08.00"``.
    """

    kind: Kind
    start: int
    end: int
    hari: tuple[str, ...] = ()
    mulai: str = ""
    selesai: str = ""


class UnclearError(ValueError):
    """Words that can be meant in more than one way; caught where opening hours are read."""


def signs(text: str) -> list[Sign]:
    """Return what a folded text says, in order.

    Raises
    ------
    UnclearError
        If "minggu" may be a week, or an hour stands by a day and is not understood.

    Examples
    --------
    >>> [(sign.kind, len(sign.hari)) for sign in signs("08.00-15.00 senin-jumat, sabtu libur")]
    [('times', 0), ('days', 5), ('days', 1), ('shut', 0)]
    """
    if _WEEK.search(text):
        raise UnclearError
    found = [*map(_hours, _TIMES.finditer(text))]
    found += [sign for sign in map(_hours, _WHOLE_HOURS.finditer(text)) if not _within(sign, found)]
    found += [
        sign
        for kind, pattern in (("shut", _SHUT), ("pause", _PAUSE), ("except", _EXCEPT))
        for match in pattern.finditer(text)
        if not _within(sign := Sign(kind=kind, start=match.start(), end=match.end()), found)  # type: ignore[arg-type]
    ]
    found += [Sign(kind="days", start=m.start(), end=m.end(), hari=_span(m)) for m in _DAYS.finditer(text)]
    found.sort(key=lambda sign: sign.start)
    found = _with_whole_days(text, found)
    for before, after in pairwise([*found, Sign(kind="shut", start=len(text), end=len(text))]):
        between = text[before.end : after.start]
        digits = after.kind == "days" and any(map(str.isdigit, between))
        if before.kind == "days" and (digits or _CLOCK.search(between)):
            raise UnclearError
    return found


def _within(sign: Sign, others: Sequence[Sign]) -> bool:
    return any(sign.start < other.end and other.start < sign.end for other in others)


def _hours(match: re.Match[str]) -> Sign:
    start, end = (
        f"{int(match[h]):02d}.{match.groupdict().get(m) or '00'}" for h, m in (("h1", "m1"), ("h2", "m2"))
    )
    if match["later"] and end < "12.00":  # "08.00 malam" is no eight in the morning
        raise UnclearError
    return Sign(kind="times", start=match.start(), end=match.end(), mulai=start, selesai=end)


def _with_whole_days(text: str, found: list[Sign]) -> list[Sign]:
    """Add "24 jam" where it stands behind days; elsewhere it is how long something takes."""
    whole = [
        Sign(kind="times", start=match.start(), end=match.end(), mulai="00.00", selesai="24.00")
        for match in _ROUND_THE_CLOCK.finditer(text)
        for days in found
        if days.kind == "days"
        and days.end <= match.start()
        and _BESIDE_DAYS.fullmatch(text, days.end, match.start())
    ]
    return sorted([*found, *whole], key=lambda sign: sign.start)


def _span(match: re.Match[str]) -> tuple[str, ...]:
    if match["all"]:
        return HARI
    if not match["first"]:
        return ()
    start = HARI.index(_day(match["first"]))
    end = HARI.index(_day(match["last"])) if match["last"] else start
    return HARI[start : end + 1] if start <= end else (*HARI[start:], *HARI[: end + 1])


def _day(word: str) -> str:
    return "jumat" if word.startswith("jum") else _SHORT.get(word, word)


def opened(text: str, found: Sequence[Sign]) -> tuple[list[Sign], frozenset[str]]:
    """Return the days and hours that are left for what is open, and the days that are shut.

    Raises
    ------
    UnclearError
        If the words do not tell which days are meant.

    Examples
    --------
    >>> text = "08.00-15.00 senin-jumat, sabtu minggu libur"
    >>> left, shut = opened(text, signs(text))
    >>> [sign.kind for sign in left], sorted(shut)
    (['times', 'days'], ['minggu', 'sabtu'])
    """
    reading = _Reading(text, [*found])
    at = 0
    while at < len(reading.left):
        kind = reading.left[at].kind
        if kind == "pause":
            at = reading.pause(at)
        elif kind in {"shut", "except"}:
            at = reading.shut(at)
        else:
            at += 1
    return reading.left, frozenset(reading.closed)


class _Reading:
    """The signs that are left, while those of what is shut are taken out."""

    def __init__(self, text: str, found: list[Sign]) -> None:
        self.text = text
        self.left = found
        self.closed: set[str] = set()

    def gap(self, at: int, inside: int | None = None) -> int:
        """Say how strongly the sign at a place is parted from the one before it.

        A bracket that opens there and holds the sign at `inside` parts most of all.
        """
        before, after = self.left[at - 1], self.left[at]
        between = self.text[before.end : after.start]
        if (
            inside is not None
            and "(" in between
            and ")" not in self.text[after.start : self.left[inside].start]
        ):
            return _BRACKET
        if _STOPS.search(between):
            return _STOP
        return _COMMA if "," in between else _JOINT if _JOINTS.search(between) else 0

    def kind(self, at: int) -> str:
        return self.left[at].kind if 0 <= at < len(self.left) else ""

    def run(self, at: int, step: int) -> int:
        """Return how many signs of days stand beside a place, backwards or forwards."""
        n = 0
        while self.kind(at + step * (n + 1)) == "days":
            n += 1
        return n

    def take(self, start: int, end: int, *, close: bool = True) -> int:
        """Take signs out; their days are shut."""
        if close:
            self.closed.update(hari for sign in self.left[start:end] for hari in sign.hari)
        del self.left[start:end]
        return start

    def pause(self, at: int) -> int:
        """Take out a pause and its hours."""
        if self.kind(at - 1) == "times" and self.gap(at) == 0 and self._loose(at + 1):
            return self.take(at - 1, at + 1)  # "12.00-13.00 istirahat"
        days = self.run(at, 1)
        if days and self.gap(at + 1) < _COMMA:  # "istirahat jumat 11.30-13.00"
            return self._pauses_of_days(at, days)
        end = at + 1
        while self.kind(end) == "times" and (end == at + 1 or self.gap(end) == _JOINT):
            end += 1
        return self.take(at, end, close=False)

    def _loose(self, at: int) -> bool:
        return self.kind(at) != "times" or self.gap(at) > 0

    def _pauses_of_days(self, at: int, days: int) -> int:
        """Take out "istirahat senin-kamis 12.00-13.00, jumat 11.30-13.00"."""
        stated = {hari for sign in self.left[:at] for hari in sign.hari}
        end = at + 1
        while days and self.kind(end + days) == "times":
            named = {hari for sign in self.left[end : end + days] for hari in sign.hari}
            if end > at + 1 and stated and not named & stated:
                break  # the hours of a day of which nothing was said
            if not named <= stated:
                raise UnclearError
            end += days + 1
            days = self.run(end - 1, 1)
        return self.take(at, end, close=False)

    def shut(self, at: int) -> int:
        """Take out "libur", "tutup" or "kecuali", and the days that it shuts."""
        excepted = self.kind(at) == "except"
        while self.kind(at + 1) in {"shut", "except"}:  # "kecuali hari libur", "hari libur tutup"
            self.take(at + 1, at + 2)
            excepted = False
        if self.kind(at + 1) == "pause":
            return self.take(at, at + 1)
        before, after = self.run(at, -1), self.run(at, 1)
        if excepted:
            return self._excepted(at, before, after)
        if before and after:
            back, on = self.gap(at), self.gap(at + 1)
            hours_first = self._needs_days(at - before - 1) and not self.kind(at + after + 1)
            if back == on and not hours_first:
                raise UnclearError
            before, after = (before, 0) if back < on else (0, after)
        if after and not before:
            return self._days_behind(at, after)
        return self._days_before(at, before)

    def _needs_days(self, at: int) -> bool:
        """Say whether hours have no days before them, so that they look for some behind."""
        before = self.kind(at - 1)
        return self.kind(at) == "times" and (before != "days" or self.kind(0) == "times")

    def _excepted(self, at: int, before: int, after: int) -> int:
        if not after:
            return self.take(at, at + 1)
        hours = self.kind(at + after + 1) == "times"
        owned = self._needs_days(at - before - 1) if before else self.kind(at - 1) == "times"
        if (not before and not owned) or (before and owned and hours):
            raise UnclearError
        if hours and owned:  # "senin-jumat 08.00-15.00 kecuali jumat 08.00-11.00"
            days = {hari for sign in self.left[at + 1 : at + after + 1] for hari in sign.hari}
            self.left[:at] = [_without(sign, days) for sign in self.left[:at]]
            return self.take(at, at + 1)
        self.take(at + 1, at + 1 + after)
        return self.take(at, at + 1)

    def _days_behind(self, at: int, after: int) -> int:
        """Take "libur sabtu minggu" out."""
        following = at + after + 1
        if self.kind(following) == "times":
            if self.gap(at + 1) >= _COMMA:
                return self.take(at, at + 1)  # a "libur" of what came before; the days are of the hours
            after = self._parted(range(at + 2, following + 1)) - at - 1
        elif self.gap(at + 1) >= _COMMA:
            raise UnclearError
        return self.take(at, at + 1 + after)

    def _days_before(self, at: int, before: int) -> int:
        """Take "sabtu minggu libur" out."""
        start = at - before
        hours = self.kind(at + 1) == "times"
        closed_hours = hours and self.gap(at + 1) == 0  # "sabtu tutup 08.00-09.00"
        if before and not closed_hours and _CLOCK.match(self.text[self.left[at].end :].lstrip(" :")):
            raise UnclearError  # "senin tutup 14.00": it is open before
        if before and self._needs_days(start - 1):
            start = self._parted(range(start, at), at)
        elif before > 1 and hours and not closed_hours and self.kind(at + 2) != "days":
            start = self._parted(range(start + 1, at), at)  # the hours are of the days that are left
        else:
            stops = [place for place in range(start + 1, at) if self.gap(place, at) >= _STOP]
            start = stops[-1] if stops else start
            if hours and not closed_hours and self.kind(at + 2) != "days" and start == at - before:
                raise UnclearError
        return self.take(start, at + 2 if closed_hours else at + 1)

    def _parted(self, places: Sequence[int], inside: int | None = None) -> int:
        """Return the place before which the words are parted most; unclear where two are alike."""
        gaps = [self.gap(place, inside) for place in places]
        if gaps.count(max(gaps)) > 1:
            raise UnclearError
        return places[gaps.index(max(gaps))]


def _without(sign: Sign, days: set[str]) -> Sign:
    hari = tuple(hari for hari in sign.hari if hari not in days)
    return Sign(
        kind=sign.kind, start=sign.start, end=sign.end, hari=hari, mulai=sign.mulai, selesai=sign.selesai
    )
