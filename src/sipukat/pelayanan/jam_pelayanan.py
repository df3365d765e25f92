"""Opening hours, as offices write them: days, and the hours of those days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat._model import Record
from sipukat._text import plain
from sipukat.pelayanan.opening import HARI, UnclearError, opened, signs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat.pelayanan.opening import Sign

_MOST: Final = 5_000


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
        """Read opening hours; what is not understood, or can be meant in two ways, stays text.

        Examples
        --------
        >>> JamPelayanan.parse("08.00-15.00 Senin-Jumat, Sabtu Minggu libur").print()
        'Senin-Jumat 08.00-15.00'
        >>> JamPelayanan.parse("08.00-15.00 Senin-Jumat, Sabtu, Minggu libur").understood
        False
        """
        return cls(text=text, buka=_read(text) if len(text) <= _MOST else ())

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


def _read(text: str) -> tuple[Buka, ...]:
    words = "\n".join(map(plain, text.splitlines()))
    try:
        left, shut = opened(words, signs(words))
    except UnclearError:
        return ()
    turned = bool(left) and left[0].kind == "times" and left[-1].kind == "days"
    found = tuple(_hours_first(left) if turned else _days_first(left))
    found = tuple(
        buka.model_copy(update={"hari": tuple(hari for hari in buka.hari if hari not in shut)})
        for buka in found
        if not buka.hari or set(buka.hari) - shut
    )
    # of hours in hours, one is a pause, or of another counter
    return () if any(_overlap(a, b) for at, a in enumerate(found) for b in found[:at]) else found


def _days_first(left: Sequence[Sign]) -> Iterator[Buka]:
    """Read "Senin-Kamis 08.00 - 15.00, Jumat 08.00 - 11.00"."""
    days: tuple[str, ...] = ()
    fresh = True
    for sign in left:
        if sign.kind == "days":
            days = sign.hari if fresh else _more(days, sign)
            fresh = False
        else:
            yield from _open(days, sign)
            fresh = True


def _hours_first(left: Sequence[Sign]) -> Iterator[Buka]:
    """Read "08.00 - 15.00 (Senin-Kamis), 08.00 - 11.00 (Jumat)"."""
    hours: Sign | None = None
    days: tuple[str, ...] = ()
    for sign in left:
        if sign.kind == "days":
            days = _more(days, sign)
        else:
            if hours is not None:
                yield from _open(days, hours)
            hours, days = sign, ()
    if hours is not None:
        yield from _open(days, hours)


def _open(days: tuple[str, ...], sign: Sign) -> Iterator[Buka]:
    if sign.mulai < sign.selesai <= "24.00":
        yield Buka(hari=days, mulai=sign.mulai, selesai=sign.selesai)


def _more(days: tuple[str, ...], sign: Sign) -> tuple[str, ...]:
    return (*days, *(day for day in sign.hari if day not in days))


def _overlap(one: Buka, other: Buka) -> bool:
    same = one == other
    shared = bool(set(one.hari) & set(other.hari)) or one.hari == other.hari == ()
    return shared and not same and one.mulai < other.selesai and other.mulai < one.selesai


def _said(buka: Buka) -> str:
    hours = f"{buka.mulai}-{buka.selesai}"
    if not buka.hari:
        return hours
    names = [day.title() for day in buka.hari]
    start = HARI.index(buka.hari[0])
    in_row = tuple(HARI[(start + at) % 7] for at in range(len(buka.hari))) == buka.hari
    days = f"{names[0]}-{names[-1]}" if in_row and len(names) > 1 else ", ".join(names)
    return f"{days} {hours}"
