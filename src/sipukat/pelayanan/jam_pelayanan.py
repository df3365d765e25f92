"""Opening hours, as offices write them: days, and the hours of those days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat._model import Record
from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

HARI: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_MOST: Final = 5_000
_DAY: Final = r"senin|selasa|rabu|kamis|jum ?[’'`]? ?at|sabtu|minggu|ahad"
_DAYS: Final = re.compile(
    rf"(?<!\w)(?P<first>{_DAY})(?: ?(?:s ?[/.] ?d\.?|sampai(?: dengan)?|hingga|-|–) ?(?P<last>{_DAY}))?(?!\w)"
)
_TIMES: Final = re.compile(
    r"(?<!\d)(?P<h1>[01]?\d|2[0-4])[.:](?P<m1>[0-5]\d)(?: ?(?:wib|wita|wit))? ?"
    r"(?:s ?[/.] ?d\.?|sampai(?: dengan)?|hingga|-|–) ?"
    r"(?:jam |pukul )?(?P<h2>[01]?\d|2[0-4])[.:](?P<m2>[0-5]\d)(?!\d)"
)
_SHUT: Final = re.compile(r"(?<!\w)(?:istirahat|libur|tutup)(?!\w)")


class Buka(Record):
    """The hours of some days.

    Parameters
    ----------
    hari
        The days, Monday (``"senin"``) first; empty where the words name none.
    mulai, selesai
        From when to when, as ``"08.00"``.
    """

    hari: tuple[str, ...]
    mulai: str
    selesai: str


class JamPelayanan(Record):
    """Opening hours.

    Parameters
    ----------
    text
        The words as they stand.
    buka
        What was understood of them; empty where nothing was.

    Examples
    --------
    >>> jam = JamPelayanan.parse("Senin s/d Kamis : Jam 08.00 - 15.00; Jumat 08.00 - 15.30")
    >>> [(len(buka.hari), buka.mulai, buka.selesai) for buka in jam.buka]
    [(4, '08.00', '15.00'), (1, '08.00', '15.30')]
    """

    text: str
    buka: tuple[Buka, ...] = ()

    @classmethod
    def parse(cls, text: str) -> JamPelayanan:
        """Read opening hours; what is not understood stays text."""
        return cls(text=text, buka=tuple(_read(plain(text))) if len(text) <= _MOST else ())

    @property
    def understood(self) -> bool:
        """Whether any hours were understood."""
        return bool(self.buka)

    def print(self) -> str:
        """Say them in one form; what is not understood, as it stands.

        Examples
        --------
        >>> JamPelayanan.parse("senin-jum'at 8:00 s/d 15:00 WIB").print()
        'Senin-Jumat 08.00-15.00'
        """
        return "; ".join(map(_said, self.buka)) or self.text


def _read(text: str) -> Iterator[Buka]:
    found = sorted(
        [*_DAYS.finditer(text), *_TIMES.finditer(text), *_SHUT.finditer(text)],
        key=lambda match: match.start(),
    )
    if found and found[0].re is _TIMES and found[-1].re is _DAYS:
        yield from _hours_first(found)
        return
    days: tuple[str, ...] = ()
    fresh, resting = True, False
    for match in found:
        if match.re is _DAYS:
            days = _span(match) if fresh else _more(days, match)
            fresh = resting = False
        elif match.re is _SHUT:
            fresh = resting = True  # "Sabtu libur" and the hours of a pause open no door
        else:
            if not resting:
                yield from _open(days, match)
            fresh, resting = True, False


def _hours_first(found: list[re.Match[str]]) -> Iterator[Buka]:
    """Read "08.00 - 15.00 (Senin-Kamis), 08.00 - 11.00 (Jumat)"."""
    hours: re.Match[str] | None = None
    days: tuple[str, ...] = ()
    for match in found:
        if match.re is _DAYS:
            days = _more(days, match)
        elif match.re is _TIMES:
            if hours is not None:
                yield from _open(days, hours)
            hours, days = match, ()
    if hours is not None:
        yield from _open(days, hours)


def _open(days: tuple[str, ...], match: re.Match[str]) -> Iterator[Buka]:
    start, end = (f"{int(match[h]):02d}.{match[m]}" for h, m in (("h1", "m1"), ("h2", "m2")))
    if start < end <= "24.00":
        yield Buka(hari=days, mulai=start, selesai=end)


def _more(days: tuple[str, ...], match: re.Match[str]) -> tuple[str, ...]:
    return (*days, *(day for day in _span(match) if day not in days))


def _span(match: re.Match[str]) -> tuple[str, ...]:
    first, last = (_day(match[name]) if match[name] else None for name in ("first", "last"))
    start = HARI.index(first or "senin")
    end = HARI.index(last) if last else start
    return HARI[start : end + 1] if start <= end else (*HARI[start:], *HARI[: end + 1])


def _day(word: str) -> str:
    return "jumat" if word.startswith("jum") else "minggu" if word == "ahad" else word


def _said(buka: Buka) -> str:
    hours = f"{buka.mulai}-{buka.selesai}"
    if not buka.hari:
        return hours
    names = [day.title() for day in buka.hari]
    start = HARI.index(buka.hari[0])
    in_row = tuple(HARI[(start + at) % 7] for at in range(len(buka.hari))) == buka.hari
    days = f"{names[0]}-{names[-1]}" if in_row and len(names) > 1 else ", ".join(names)
    return f"{days} {hours}"
