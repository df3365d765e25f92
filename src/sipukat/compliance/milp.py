"""The same choice by integer programming (HiGHS), for what tables cannot hold.

Floats only lead the search: what it finds is added up in whole numbers, and a choice that
falls short by a rounding is cut off, together with all that are below it, and asked again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from sipukat.compliance.model import Answer
from sipukat.compliance.thinning import STAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sipukat.compliance.model import Model

_SLACK: Final = 1e-9  # of what is needed: so that no true choice is lost to a rounding
_BLOCK: Final = 20  # weights up to 2**20 are whole numbers that a solver tells apart
_PROVEN, _TIME_OUT, _NONE = 0, 1, 2  # what scipy.optimize.milp calls them


class _Found(NamedTuple):
    at: tuple[int, ...] | None
    status: int
    bound: float | None


@dataclass(slots=True, kw_only=True)
class _Search:
    """Variables ``rises[lever, choice]``: whether a lever is at that choice or above."""

    model: Model
    until: float
    columns: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        model = self.model
        for lever, gains in enumerate(model.gains):
            for place in range(len(gains)):
                self.columns[lever, place] = len(self.columns)
                if place:
                    self._below((lever, place), (lever, place - 1))
        for need in model.needs:
            self._below((need.lever, need.at), (need.other, need.least))
        for group in model.excludes:
            firsts = [self.columns[lever, 0] for lever in group if (lever, 0) in self.columns]
            self.rows.append((dict.fromkeys(firsts, 1.0), 0, 1))

    def _below(self, upper: tuple[int, int], lower: tuple[int, int]) -> None:
        self.rows.append(({self.columns[upper]: 1.0, self.columns[lower]: -1.0}, -1, 0))

    def rises(self, table: Sequence[Sequence[int]]) -> list[int]:
        """Return what each variable adds, from what each choice gives in all."""
        return [table[i][p] - (table[i][p - 1] if p else 0) for i, p in self.columns]

    def at_most(self, values: Sequence[int], most: int) -> None:
        self.rows.append(({n: float(v) for n, v in enumerate(values) if v}, -float("inf"), most + 0.5))

    def gives(self, least: int) -> None:
        if least > 0:
            gains = self.rises(self.model.gains)
            row = {n: float(Fraction(gain, least)) for n, gain in enumerate(gains) if gain}
            self.rows.append((row, 1 - _SLACK, float("inf")))

    def differs(self, at: Sequence[int]) -> None:
        """Cut off one choice."""
        ones = {n for (i, p), n in self.columns.items() if p <= at[i]}
        self.rows.append(
            ({n: -1.0 if n in ones else 1.0 for n in self.columns.values()}, 1 - len(ones), float("inf"))
        )

    def above(self, at: Sequence[int]) -> bool:
        """Cut off a choice and all below it; False where nothing is left."""
        higher = {
            self.columns[lever, place + 1]: 1.0
            for lever, place in enumerate(at)
            if (lever, place + 1) in self.columns
        }
        self.rows.append((higher, 1, float("inf")))
        return bool(higher)

    def best(self, objective: Sequence[float], enough: int, fixed: dict[int, int] | None = None) -> _Found:
        """Minimize among choices whose exact gain is `enough` or more."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        low, high = np.zeros(len(self.columns)), np.ones(len(self.columns))
        for column, value in (fixed or {}).items():
            low[column] = high[column] = value
        while True:
            entries = [(r, c, v) for r, (row, _, _) in enumerate(self.rows) for c, v in row.items()]
            shape = (len(self.rows), len(self.columns))
            constraints = []
            if entries:
                at_row, at_column, values = zip(*entries, strict=True)
                matrix = csr_array((values, (at_row, at_column)), shape=shape)
                bounds = [row[1] for row in self.rows], [row[2] for row in self.rows]
                constraints = [LinearConstraint(matrix, *bounds)]
            done = milp(
                np.asarray(objective, dtype=float),
                integrality=np.ones(len(self.columns), dtype=int),
                bounds=Bounds(low, high),
                constraints=constraints,
                options={"mip_rel_gap": 0, "time_limit": max(self.until - time.monotonic(), 0.01)},
            )
            status = {0: _PROVEN, 2: _NONE}.get(done.status, _TIME_OUT)
            if done.x is None:
                return _Found(None, status, done.mip_dual_bound)
            at = self._read(done.x)
            if self.model.gain(at) >= enough:
                return _Found(at, status, done.mip_dual_bound)
            if not self.above(at):
                return _Found(None, _NONE, None)

    def _read(self, values: Iterable[float]) -> tuple[int, ...]:
        at = [STAYS] * len(self.model.gains)
        for (lever, place), value in zip(self.columns, values, strict=True):
            if round(value):
                at[lever] = max(at[lever], place)
        return tuple(at)


def by_milp(model: Model, *, seconds: float) -> Answer:
    """Return the best choice by integer programming: cheapest, fewest steps, largest gain, earliest levers.

    Parameters
    ----------
    model
        The problem.
    seconds
        How long it may take; afterwards the best that was found, not proven.

    Notes
    -----
    One programme for each wish, the earlier ones kept; the last only where the choice is
    not the only one. Solved without a gap, and the cost is proven by the solver's bound.
    """
    search = _Search(model=model, until=time.monotonic() + seconds)
    if not search.columns:
        stays = None if model.need > 0 else (STAYS,) * len(model.gains)
        return Answer(at=stays, method="milp", proven=True, bound=None if stays is None else 0)
    costs = search.rises(model.costs)
    steps = [int(place == 0) for _, place in search.columns]
    search.gives(model.need)
    cheapest = search.best([float(c) for c in costs], model.need)
    if cheapest.at is None or cheapest.status != _PROVEN:
        bound = None if cheapest.bound is None else max(0, int(cheapest.bound))
        return Answer(at=cheapest.at, method="milp", proven=cheapest.status == _NONE, bound=bound)
    cost = model.cost(cheapest.at)
    search.at_most(costs, cost)
    at = _fewest(search, steps, cheapest.at)
    return Answer(at=at, method="milp", proven=True, bound=cost)


def _fewest(search: _Search, steps: list[int], at: tuple[int, ...]) -> tuple[int, ...]:
    model = search.model
    found = search.best([float(s) for s in steps], model.need)
    if found.at is None or found.status != _PROVEN:
        return at
    at = found.at
    search.at_most(steps, sum(place != STAYS for place in at))
    gains = search.rises(model.gains)
    scale = max(map(abs, gains)) or 1
    found = search.best([float(Fraction(-gain, scale)) for gain in gains], model.gain(at))
    if found.at is None or found.status != _PROVEN:
        return at
    return _earliest(search, found.at)


def _earliest(search: _Search, at: tuple[int, ...]) -> tuple[int, ...]:
    model, kept = search.model, len(search.rows)
    gain = model.gain(at)
    search.gives(gain)
    differs = len(search.rows)
    search.differs(at)
    other = search.best([0.0] * len(search.columns), gain)
    if other.at is None:
        return at
    if model.gain(other.at) > gain:  # closer together than floats tell apart
        del search.rows[kept:]
        return _earliest(search, other.at)
    del search.rows[differs]  # cuts that came after it stay true
    fixed: dict[int, int] = {}
    for start in range(0, len(search.columns), _BLOCK):
        block = range(start, min(start + _BLOCK, len(search.columns)))
        wish = [0.0] * len(search.columns)
        for column in block:
            wish[column] = -float(2 ** (block.stop - 1 - column))
        found = search.best(wish, gain, fixed)
        if found.at is None or found.status != _PROVEN:
            return at
        at = found.at
        fixed |= {n: int(p <= at[i]) for (i, p), n in search.columns.items() if n in block}
    return at


def most(model: Model, *, budget: int | None, seconds: float) -> tuple[int, ...]:
    """Return the choice that gives the most within a budget, or whatever it costs.

    Parameters
    ----------
    model
        The problem; its `need` does not count.
    budget
        The most that it may cost; None for any.
    seconds
        How long it may take.
    """
    search = _Search(model=model, until=time.monotonic() + seconds)
    stay = (STAYS,) * len(model.gains)
    if not search.columns:
        return stay
    if budget is not None:
        search.at_most(search.rises(model.costs), budget)
    gains = search.rises(model.gains)
    scale = max(map(abs, gains)) or 1
    found = search.best([float(Fraction(-gain, scale)) for gain in gains], 0)
    return stay if found.at is None else found.at
