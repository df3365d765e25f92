"""The result of ranking: the places that each group may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from sipukat._text import Lang, listing, number
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.ranks.letters import equal_sets, letter_at
from sipukat.ikm.ranks.pairwise import plain_name, plain_number, shown_level, shown_name

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd
    from numpy.typing import NDArray

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:ranking:1"

RankMethod = Literal["max_t_step_down", "bonferroni_step_down"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "joint": "Dengan keyakinan {level} % untuk semua peringkat sekaligus",
        "each": "Dengan keyakinan {level} % untuk tiap peringkat sendiri-sendiri",
        "best": "yang mungkin menempati peringkat 1 dari {count} kelompok: {best}.",
        "alike": "{say}, {count} kelompok tidak dapat diurutkan: tidak satu pasang pun berbeda nyata.",
        "pairs": "{differ} dari {pairs} pasang berbeda nyata.",
    },
    "en": {
        "joint": "With {level}% confidence in all ranks at once",
        "each": "With {level}% confidence in each rank by itself",
        "best": "those that may rank first among {count} groups are {best}.",
        "alike": "{say}, the {count} groups cannot be put in order: no two of them surely differ.",
        "pairs": "{differ} of {pairs} pairs surely differ.",
    },
}  # fmt: skip

Marks: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One group and the places that it may have.

    Parameters
    ----------
    group
        Its name.
    ikm, published
        The index in points (25 to 100), unrounded and as published.
    se
        Standard error of `ikm` that the ranks stand on, in points.
    rank
        Place by the estimate alone, 1 the highest; equal ones share the best.
    rank_low, rank_high
        Best and worst place that the data leave open.
    n
        Respondents that count.
    mutu
        Letter of the published index; None where the standard has no bands.
    """

    group: object
    ikm: float
    published: Decimal | None
    se: float
    rank: int
    rank_low: int
    rank_high: int
    n: int
    mutu: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Ranking:
    """Confidence sets for the ranks of groups; made by `sipukat.ikm.rank`.

    Parameters
    ----------
    rows
        The groups, in the order of the result.
    above
        (g, g) whether the group of the row surely stands above that of the column; with
        ``joint=False`` in the family of the row or in that of the column.
    confidence_level
        Probability that the sets hold: all of them (`joint`), or each by itself.
    joint
        Whether all sets hold at once.
    method
        ``"max_t_step_down"`` or, above 1,000 groups, ``"bonferroni_step_down"``.
    draws, seed
        Those of the simulation; `draws` is 0 without one.
    critical_value
        That of the last round, on the normal scale; the largest of the groups where each
        has its own; NaN where nothing was left to chance.
    rounds
        Rounds of stepping down.
    findings
        Groups that are not ranked, and what else a reader must know.
    """

    rows: tuple[Ranked, ...]
    above: Marks
    confidence_level: float
    joint: bool
    method: RankMethod
    draws: int
    seed: int
    critical_value: float
    rounds: int
    findings: Findings

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, group: object) -> Ranked:
        """Return the row of one group.

        Raises
        ------
        UnknownNameError
            If no such group is ranked.
        """
        for row in self.rows:
            if row.group == group:
                return row
        raise UnknownNameError("ranked group", group, [row.group for row in self.rows])

    @property
    def best(self) -> tuple[object, ...]:
        """Groups that may have the first rank."""
        return tuple(row.group for row in self.rows if row.rank_low == 1)

    @property
    def worst(self) -> tuple[object, ...]:
        """Groups that may have the last rank."""
        return tuple(row.group for row in self.rows if row.rank_high == len(self.rows))

    def groups_of_equals(self) -> dict[str, tuple[object, ...]]:
        """Return letters and the groups that carry them, the highest first.

        Two groups that share a letter do not differ surely ("tidak berbeda nyata"), two
        without a common letter do. No letter says that groups are equal.

        Raises
        ------
        EstimationError
            If there are more than 2,000 such sets, or if the ranks do not hold jointly.
        """
        if not self.joint:
            raise EstimationError("letters compare all pairs at once; rank with joint=True")
        order = sorted(range(len(self.rows)), key=lambda i: (-self.rows[i].ikm, i))
        differ = (self.above | self.above.T)[np.ix_(order, order)]
        return {
            letter_at(i): tuple(self.rows[order[k]].group for k in places)
            for i, places in enumerate(equal_sets(differ))
        }

    def to_frame(self, *, order: Literal["name", "ikm"] = "name") -> pd.DataFrame:
        """Return one row a group.

        Columns: ``group ikm published se rank rank_low rank_high n mutu``.

        Parameters
        ----------
        order
            ``"name"``, as in the result, or ``"ikm"``, the highest first.

        Raises
        ------
        UnknownNameError
            If `order` is neither.
        """
        import pandas as pd

        if order not in ("name", "ikm"):
            raise UnknownNameError("order", order, ["name", "ikm"])
        rows = self.rows if order == "name" else sorted(self.rows, key=lambda row: -row.ikm)
        names = list(Ranked.__dataclass_fields__)
        return pd.DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Return the ranking as plain, versioned data; published numbers as text."""
        return {
            "format": FORMAT,
            "method": self.method,
            "joint": self.joint,
            "confidence_level": self.confidence_level,
            "draws": self.draws,
            "seed": self.seed,
            "critical_value": plain_number(self.critical_value),
            "rounds": self.rounds,
            "groups": [
                {
                    "group": plain_name(row.group),
                    "ikm": row.ikm,
                    "published": None if row.published is None else str(row.published),
                    "se": row.se,
                    "rank": row.rank,
                    "rank_low": row.rank_low,
                    "rank_high": row.rank_high,
                    "n": row.n,
                    "mutu": row.mutu,
                }
                for row in self.rows
            ],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say which groups may be the best, and how many pairs differ."""
        words, count = _WORDS[lang], len(self.rows)
        level = shown_level(self.confidence_level, lang)
        say = words["joint" if self.joint else "each"].format(level=level)
        if not self.above.any():
            return words["alike"].format(say=say, count=count)
        best = listing([shown_name(name) for name in self.best], lang=lang)
        first = f"{say}, {words['best'].format(count=count, best=best)}"
        if not self.joint:
            return first
        pairs = words["pairs"].format(
            differ=number(int(self.above.sum()), 0, lang=lang),
            pairs=number(count * (count - 1) // 2, 0, lang=lang),
        )
        return f"{first} {pairs}"

    def __repr__(self) -> str:
        kind = "joint" if self.joint else "marginal"
        return (
            f"<Ranking {self.method}, {kind} {self.confidence_level:g}: {len(self.rows)} groups, "
            f"{len(self.best)} may be first>"
        )
