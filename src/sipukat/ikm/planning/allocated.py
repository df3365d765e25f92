"""What `allocate` gives: how many respondents each unit gets, and how sure the indices will be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, number
from sipukat.errors import UnknownNameError
from sipukat.ikm.remarks import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:allocation:1"
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How many respondents each unit gets, and how sure the indices will be.

    ``allocation["Disdukcapil"]`` is the number of one unit.

    Parameters
    ----------
    method
        The rule, see `sipukat.ikm.planning.allocation.allocate`.
    n
        Unit to respondents; together exactly the number that was asked for.
    population
        Unit to people served.
    sd
        Unit to standard deviation between respondents, in points; NaN where not given.
    se
        Unit to expected standard error of its index, in points; NaN without `sd`.
    overall_se
        Expected standard error of the index of all units by people served (the roll-up
        rule ``population``), in points; NaN without `sd`, or where a unit gets nobody.
    deff
        Design effect that the errors reckon with, above 0; 1 for a simple random sample.
    findings
        What a planner must know: IKM691 to IKM694.

    Examples
    --------
    >>> from sipukat.ikm.planning.allocation import allocate
    >>> plan = allocate(100, {"A": 900, "B": 100}, minimum=30)
    >>> plan["A"], plan["B"], plan.total
    (70, 30, 100)
    """

    method: str
    n: Mapping[Any, int]
    population: Mapping[Any, int]
    sd: Mapping[Any, float]
    se: Mapping[Any, float]
    overall_se: float
    deff: float
    findings: Findings

    @property
    def total(self) -> int:
        """Respondents of all units together."""
        return sum(self.n.values())

    def __getitem__(self, unit: object) -> int:
        """Return the respondents of one unit.

        Raises
        ------
        UnknownNameError
            If there is no such unit.
        """
        if unit not in self.n:
            raise UnknownNameError("unit", unit, self.n)
        return self.n[unit]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a unit: ``unit population n fraction sd se``.

        Examples
        --------
        >>> from sipukat.ikm.planning.allocation import allocate
        >>> allocate(10, {"A": 60, "B": 40}, spread=12.0).to_frame()["n"].tolist()
        [6, 4]
        """
        import pandas as pd

        rows = [
            (u, self.population[u], n, n / self.population[u], self.sd[u], self.se[u])
            for u, n in self.n.items()
        ]
        return pd.DataFrame(rows, columns=["unit", "population", "n", "fraction", "sd", "se"])

    def to_dict(self) -> dict[str, Any]:
        """Return the allocation as plain, versioned data; NaN as None.

        Examples
        --------
        >>> from sipukat.ikm.planning.allocation import allocate
        >>> allocate(10, {"A": 60, "B": 40}).to_dict()["units"][0]
        {'unit': 'A', 'population': 60, 'n': 6, 'sd': None, 'se': None}
        """
        units = [
            {
                "unit": label(u),
                "population": self.population[u],
                "n": n,
                "sd": _plain(self.sd[u]),
                "se": _plain(self.se[u]),
            }
            for u, n in self.n.items()
        ]
        return {
            "format": FORMAT,
            "method": self.method,
            "total": self.total,
            "deff": self.deff,
            "overall_se": _plain(self.overall_se),
            "units": units,
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say the plan in one sentence.

        Examples
        --------
        >>> from sipukat.ikm.planning.allocation import allocate
        >>> allocate(100, {"A": 900, "B": 100}, spread=12.0).sentence()
        '100 responden dibagi ke 2 unit (cara proportional); galat baku indeks gabungan kira-kira 1,14 poin.'
        """
        total, units = number(self.total, 0, lang=lang), number(len(self.n), 0, lang=lang)
        error = number(self.overall_se, 2, lang=lang)
        if lang == "id":
            known = f"; galat baku indeks gabungan kira-kira {error} poin" if self.overall_se >= 0 else ""
            return f"{total} responden dibagi ke {units} unit (cara {self.method}){known}."
        known = (
            f"; the standard error of the combined index is about {error} points"
            if self.overall_se >= 0
            else ""
        )
        return f"{total} respondents are shared out among {units} units (method {self.method}){known}."

    def __repr__(self) -> str:
        first = ", ".join(f"{label(u)} {n}" for u, n in list(self.n.items())[:_SHOWN])
        more = f", … ({len(self.n)} units)" if len(self.n) > _SHOWN else ""
        return f"<Allocation {self.method}: {self.total} respondents: {first}{more}>"


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
