"""What `priorities` found, as records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sipukat._text import Lang, listing, number
from sipukat.errors import UnknownNameError

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.standards import SurveyStandard

FORMAT: Final = "urn:sipukat:priorities:1"

Quadrant = Literal["prioritas utama", "pertahankan", "prioritas rendah", "berlebihan"]

QUADRANTS: Final[dict[Quadrant, str]] = {
    "prioritas utama": "concentrate here",
    "pertahankan": "keep up the good work",
    "prioritas rendah": "low priority",
    "berlebihan": "possible overkill",
}
"""Names of the quadrants of Martilla & James (1977), Indonesian to English."""

_MOST: Final = 3
_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "1": "Unsur yang paling menolong bila diperbaiki",
        "2": "Dua unsur yang paling menolong bila diperbaiki",
        "3": "Tiga unsur yang paling menolong bila diperbaiki",
        "each": "{nama} (NRR {nrr}; indeks naik {gain} poin)",
        "best": "bila masing-masing naik ke tingkat unsur terbaik, {best}",
        "target": "bila masing-masing naik ke nilai {target}",
        "none": "Tidak ada unsur di bawah sasaran, jadi indeks tidak bertambah.",
        "alone": "{lowest} nyata paling rendah.",
        "unsure": "Yang terendah, {lowest}, tidak dapat dibedakan dari {others}.",
    },
    "en": {
        "1": "The unsur that helps most when mended",
        "2": "The two unsur that help most when mended",
        "3": "The three unsur that help most when mended",
        "each": "{nama} (NRR {nrr}; the index rises {gain} points)",
        "best": "if each rose to the level of the best unsur, {best}",
        "target": "if each rose to {target}",
        "none": "No unsur lies below the target, so the index gains nothing.",
        "alone": "{lowest} is surely the lowest.",
        "unsure": "The lowest, {lowest}, cannot be told apart from {others}.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsurPriority:
    """One unsur, and what mending it would bring.

    Parameters
    ----------
    unsur, nama
        Its key and Indonesian name.
    nrr, nilai
        Mean score, and the same on the published scale.
    se, low, high
        Standard error of `nilai` and its interval, in points, by the method of the result.
    mutu
        Letter of `nilai`; None where the standard has no bands.
    place
        1 for the lowest value; equal ones share the lower number.
    lowest
        Whether it may be the lowest: not surely above the one that is, by Holm.
    gain, gain_se
        Points that the index gains if this unsur alone rises to the target (by default
        the level of the best unsur), and its standard error; 0 where it is there already.
    next_mutu
        The next better letter; None at the best one or without bands.
    gain_next, gain_next_se
        Points that the index gains if this unsur alone reaches that letter; NaN without
        one.
    importance, importance_low, importance_high
        Derived importance and its interval; NaN where not asked for or not known.
    quadrant
        Importance against performance, cut at the means; None without importance.
    sure
        Whether both intervals lie on one side of their cut; else it is "tidak pasti".
    """

    unsur: str
    nama: str
    nrr: float
    nilai: float
    se: float
    low: float
    high: float
    mutu: str | None
    place: int
    lowest: bool
    gain: float
    gain_se: float
    next_mutu: str | None
    gain_next: float
    gain_next_se: float
    importance: float
    importance_low: float
    importance_high: float
    quadrant: Quadrant | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """The unsur in the order of what to mend; made by `sipukat.ikm.priorities`.

    Parameters
    ----------
    rows
        One record an unsur that was answered, the lowest value first.
    standard
        The survey standard.
    group
        Name of the group; None for all respondents.
    ikm
        The published index, in points (25 to 100); None without answers.
    target
        What `gain` is counted to, on the published scale; None for the best unsur.
    importance
        Method of the derived importance, or ``"none"``.
    n, used
        Respondents, and those who answered every unsur (importance is theirs).
    effective_n
        What `used` is worth; NaN without importance.
    confidence_level
        Of intervals, and one minus the error of all claims about the lowest together.
    findings
        What a reader must know.
    """

    rows: tuple[UnsurPriority, ...]
    standard: SurveyStandard
    group: object
    ikm: Decimal | None
    target: float | None
    importance: str
    n: int
    used: int
    effective_n: float
    confidence_level: float
    findings: Findings

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, unsur: str) -> UnsurPriority:
        """Return the record of one unsur.

        Raises
        ------
        UnknownNameError
            If there is none of that key.
        """
        for row in self.rows:
            if row.unsur == unsur:
                return row
        raise UnknownNameError("unsur", unsur, [row.unsur for row in self.rows])

    @property
    def lowest(self) -> tuple[str, ...]:
        """Unsur that may be the lowest, in order of their value."""
        return tuple(row.unsur for row in self.rows if row.lowest)

    def to_frame(self, lang: Lang = "id") -> pd.DataFrame:
        """Return one row an unsur; columns as in `sipukat.ikm.UnsurPriority`.

        Parameters
        ----------
        lang
            Language of the names of the quadrants.
        """
        import pandas as pd

        names = [f.name for f in fields(UnsurPriority)]
        frame = pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=names)
        if lang == "en":
            frame["quadrant"] = frame["quadrant"].map(QUADRANTS)
        return frame

    def to_dict(self) -> dict[str, Any]:
        """Return plain, versioned data; what could not be said as None."""
        names = [f.name for f in fields(UnsurPriority)]
        group = list(self.group) if isinstance(self.group, tuple) else self.group
        return {
            "format": FORMAT,
            "standard": self.standard.id,
            "group": group,
            "ikm": None if self.ikm is None else str(self.ikm),
            "target": self.target,
            "importance": self.importance,
            "n": self.n,
            "used": self.used,
            "effective_n": _plain(self.effective_n),
            "confidence_level": self.confidence_level,
            "unsur": [{name: _plain(getattr(row, name)) for name in names} for row in self.rows],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say which unsur help most, and how sure it is which is the lowest."""
        words = _WORDS[lang]
        best = sorted((r for r in self.rows if r.gain > 0), key=lambda r: (-r.gain, r.place))[:_MOST]
        if not best:
            return words["none"]
        each = [
            words["each"].format(
                nama=r.nama, nrr=number(r.nrr, 2, lang=lang), gain=number(r.gain, 2, lang=lang)
            )
            for r in best
        ]
        goal = words["best"].format(best=max(self.rows, key=lambda r: r.nrr).nama)
        if self.target is not None:
            goal = words["target"].format(target=number(self.target, 2, lang=lang))
        first = f"{words[str(len(best))]}: {listing(each, lang=lang)}, {goal}."
        others = [r.nama for r in self.rows[1:] if r.lowest]
        second = words["unsure" if others else "alone"]
        return f"{first} {second.format(lowest=self.rows[0].nama, others=listing(others, lang=lang))}"

    def __repr__(self) -> str:
        order = ", ".join(row.unsur for row in self.rows[:_MOST])
        sure = f"{len(self.lowest)} of {len(self.rows)} may be lowest"
        return f"<Priorities {self.standard.id}: {order} first; {sure}>"


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
