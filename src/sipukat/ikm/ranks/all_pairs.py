"""The result of comparing all pairs of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from sipukat._text import Lang, number
from sipukat.errors import UnknownNameError
from sipukat.ikm.ranks.pairwise import plain_name, plain_number, shown_level

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:differences:1"

DifferenceMethod = Literal["holm", "tukey", "max_t"]

METHODS: Final = ("holm", "tukey", "max_t")
_NUMBERS: Final = tuple("difference se df p p_adjusted low high".split())
_NAMES: Final = {"holm": "Holm", "tukey": "Tukey-Kramer/Games-Howell", "max_t": "max-t"}
_WORDS: Final[dict[Lang, str]] = {
    "id": (
        "Dari {pairs} pasang kelompok, {differ} berbeda nyata ({name}, peluang satu pun keliru "
        "paling besar {alpha} %); tanpa koreksi ada {raw}."
    ),
    "en": (
        "Of {pairs} pairs of groups {differ} differ ({name}, the chance of even one false alarm "
        "is at most {alpha}%); without correction there would be {raw}."
    ),
}

Marks: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The difference of two groups.

    Parameters
    ----------
    group, other
        The groups.
    difference
        Index of `group` less that of `other`, in points.
    se, df
        Its standard error, in points, and degrees of freedom.
    p
        Chance, from 0 to 1, of such a difference or a larger one if there were none; of
        this pair alone.
    p_adjusted
        The same, adjusted for the number of pairs.
    low, high
        Interval of the difference, in points, that holds for all pairs at once.
    significant
        Whether `p_adjusted` is at most one minus the level.
    """

    group: object
    other: object
    difference: float
    se: float
    df: float
    p: float
    p_adjusted: float
    low: float
    high: float
    significant: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Differences:
    """All pairs of groups; made by `sipukat.ikm.ranks.simultaneous.differences`.

    Parameters
    ----------
    names
        The groups compared.
    first, second
        Places in `names` of the two groups of each pair; all arrays below are of pairs.
    difference, se, df, p, p_adjusted, low, high, significant
        See `Difference`.
    method
        How p-values were adjusted.
    interval
        How the intervals were: ``"bonferroni"`` where the method is Holm's, which has
        none of its own; else as the method.
    confidence_level
        Chance that all intervals hold, between 0 and 1.
    draws, seed
        Those of the simulation; `draws` is 0 without one.
    findings
        Groups left out, and what else a reader must know.
    """

    names: tuple[object, ...]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    difference: NDArray[np.float64]
    se: NDArray[np.float64]
    df: NDArray[np.float64]
    p: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    significant: Marks
    method: DifferenceMethod
    interval: str
    confidence_level: float
    draws: int
    seed: int
    findings: Findings

    def __len__(self) -> int:
        return len(self.first)

    def __iter__(self) -> Iterator[Difference]:
        for i in range(len(self)):
            yield self._at(i)

    def __getitem__(self, pair: tuple[object, object]) -> Difference:
        """Return the difference of two groups: the first less the second.

        Raises
        ------
        UnknownNameError
            If one of the groups was not compared, or both are the same.
        """
        places = []
        for name in pair:
            if name not in self.names or pair[0] == pair[1]:
                raise UnknownNameError("compared group", name, self.names)
            places.append(self.names.index(name))
        a, b = sorted(places)
        found = self._at(a * (2 * len(self.names) - a - 1) // 2 + b - a - 1)
        return found if places[0] == a else _turned(found)

    def _at(self, i: int) -> Difference:
        return Difference(
            group=self.names[int(self.first[i])],
            other=self.names[int(self.second[i])],
            difference=float(self.difference[i]),
            se=float(self.se[i]),
            df=float(self.df[i]),
            p=float(self.p[i]),
            p_adjusted=float(self.p_adjusted[i]),
            low=float(self.low[i]),
            high=float(self.high[i]),
            significant=bool(self.significant[i]),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row a pair.

        Columns: ``group other difference se df p p_adjusted low high significant``.
        """
        import pandas as pd

        names = np.empty(len(self.names), dtype=object)
        names[:] = self.names
        held: dict[str, Any] = {"group": names[self.first], "other": names[self.second]}
        return pd.DataFrame(held | {name: getattr(self, name) for name in (*_NUMBERS, "significant")})

    def to_dict(self) -> dict[str, Any]:
        """Return the differences as plain, versioned data; what is not finite as None."""
        return {
            "format": FORMAT,
            "method": self.method,
            "interval": self.interval,
            "confidence_level": self.confidence_level,
            "draws": self.draws,
            "seed": self.seed,
            "pairs": [
                {
                    "group": plain_name(row.group),
                    "other": plain_name(row.other),
                    **{name: plain_number(getattr(row, name)) for name in _NUMBERS},
                    "significant": row.significant,
                }
                for row in self
            ],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say how many pairs differ, with and without the adjustment."""
        return _WORDS[lang].format(
            pairs=number(len(self), 0, lang=lang),
            differ=number(int(self.significant.sum()), 0, lang=lang),
            raw=number(int((self.p <= 1 - self.confidence_level).sum()), 0, lang=lang),
            name=_NAMES[self.method],
            alpha=shown_level(1 - self.confidence_level, lang),
        )

    def __repr__(self) -> str:
        return (
            f"<Differences {self.method} {self.confidence_level:g}: {int(self.significant.sum())} of "
            f"{len(self)} pairs differ>"
        )


def _turned(row: Difference) -> Difference:
    return Difference(
        group=row.other,
        other=row.group,
        difference=-row.difference,
        se=row.se,
        df=row.df,
        p=row.p,
        p_adjusted=row.p_adjusted,
        low=-row.high,
        high=-row.low,
        significant=row.significant,
    )
