"""What `straightlining` found, as records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import Lang, number
from sipukat.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.standards import SurveyStandard

FORMAT: Final = "urn:sipukat:straightlining:1"

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "count": "{straight} dari {n} lembar ({share} %) bernilai sama untuk semua unsur yang dijawab",
        "none": "Tidak ada lembar yang bernilai sama untuk semua unsur.",
        "all": "; tanpa lembar itu tidak ada indeks.",
        "effect": "; tanpa lembar itu indeks menjadi {without}, bukan {ikm} ({difference} poin{interval}).",
        "interval": "; selang {level} %: {low} sampai {high}",
    },
    "en": {
        "count": "{straight} of {n} forms ({share}%) hold one score for all unsur answered",
        "none": "No form holds one score for all unsur.",
        "all": "; without them there is no index.",
        "effect": "; without them the index is {without} instead of {ikm} ({difference} points{interval}).",
        "interval": "; {level}% interval {low} to {high}",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Straight:
    """Forms with one score throughout, of one group.

    Parameters
    ----------
    group
        Its name; the empty tuple for all respondents.
    n, straight
        Respondents, and those who gave one score to all they answered.
    share, weighted_share
        `straight` over `n`, and the same of their weights; 0 to 1.
    scores
        Score to number of forms that hold only it; scores that none holds are absent.
    ikm, published, mutu
        The index of all in points (25 to 100), unrounded and as published, and its letter.
    ikm_without, published_without, mutu_without
        The same without these forms; NaN or None where none is left.
    difference
        `ikm_without` less `ikm`, in points; 0 where no form is straight.
    se, low, high, df
        Its standard error, interval (Student's t) and degrees of freedom; NaN where no
        form is straight, or none is left.
    """

    group: object
    n: int
    straight: int
    share: float
    weighted_share: float
    scores: Mapping[int, int]
    ikm: float
    published: Decimal | None
    mutu: str | None
    ikm_without: float
    published_without: Decimal | None
    mutu_without: str | None
    difference: float
    se: float
    low: float
    high: float
    df: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Straightlining:
    """Straight-lining overall and by group; made by `sipukat.ikm.straightlining`.

    Parameters
    ----------
    overall
        All respondents.
    groups
        The groups, in alphabetical order; empty without ``by``.
    by
        Names of the grouping columns.
    fewest
        Answers that a form must have to be judged.
    standard
        The survey standard.
    confidence_level
        Of the intervals, between 0 and 1.
    findings
        Where the letter changes, or nobody is left.
    """

    overall: Straight
    groups: tuple[Straight, ...]
    by: tuple[str, ...]
    fewest: int
    standard: SurveyStandard
    confidence_level: float
    findings: Findings

    def __getitem__(self, group: object) -> Straight:
        """Return one group.

        Raises
        ------
        UnknownNameError
            If there is none of that name.
        """
        for row in self.groups:
            if row.group == group:
                return row
        raise UnknownNameError("group", group, [row.group for row in self.groups])

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group (one in all without groups).

        Columns: those of `by`, one ``score_<n>`` a score of the scale, and the rest as in
        `sipukat.ikm.Straight`.
        """
        import pandas as pd

        names = [f.name for f in fields(Straight) if f.name not in ("group", "scores")]
        levels = range(self.standard.scale.low, self.standard.scale.high + 1)
        records = []
        for row in self.groups if self.by else (self.overall,):
            group = row.group if isinstance(row.group, tuple) else (row.group,)
            records.append(
                {
                    **dict(zip(self.by, group, strict=True)),
                    **{name: getattr(row, name) for name in names},
                    **{f"score_{level}": row.scores.get(level, 0) for level in levels},
                }
            )
        return pd.DataFrame(records)

    def to_dict(self) -> dict[str, Any]:
        """Return plain, versioned data; published numbers as text, NaN as None."""
        return {
            "format": FORMAT,
            "standard": self.standard.id,
            "by": list(self.by),
            "fewest": self.fewest,
            "confidence_level": self.confidence_level,
            "overall": _record(self.overall),
            "groups": [_record(row) for row in self.groups],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say how many forms there are of that kind, and what the index is without them."""
        words, row = _WORDS[lang], self.overall
        if not row.straight:
            return words["none"]
        first = words["count"].format(
            straight=number(row.straight, 0, lang=lang),
            n=number(row.n, 0, lang=lang),
            share=number(100 * row.share, 1, lang=lang),
        )
        if row.published_without is None:
            return first + words["all"]
        level = f"{100 * self.confidence_level:g}".replace(".", "," if lang == "id" else ".")
        low, high = number(row.low, lang=lang), number(row.high, lang=lang)
        known = np.isfinite(row.se)
        return first + words["effect"].format(
            without=number(row.published_without, lang=lang),
            ikm=number(row.published, lang=lang),
            difference=number(row.difference, lang=lang),
            interval=words["interval"].format(level=level, low=low, high=high) if known else "",
        )

    def __repr__(self) -> str:
        row = self.overall
        return f"<Straightlining: {row.straight} of {row.n}, IKM {row.published} to {row.published_without}>"


def _record(row: Straight) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for f in fields(row):
        value = getattr(row, f.name)
        if f.name in ("published", "published_without"):
            value = None if value is None else str(value)
        elif f.name == "group":
            value = list(value) if isinstance(value, tuple) else value
        elif f.name == "scores":
            value = {str(score): count for score, count in value.items()}
        elif isinstance(value, float) and not np.isfinite(value):
            value = None
        out[f.name] = value
    return out
