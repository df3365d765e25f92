"""Groups, strata and PSUs as numbers, and back: the cells that answers are summed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import listing
from sipukat.errors import ColumnError, DesignError, EstimationError
from sipukat.ikm.clusters import Clusters, Group, numbered, ranks_of
from sipukat.ikm.deferred import WORTH, Pending, count_levels
from sipukat.ikm.design import Design
from sipukat.ikm.kernel import level_sums, sum_patterns
from sipukat.ikm.moments import Moments, merge
from sipukat.ikm.patterns import Patterns, run_starts
from sipukat.survey.privacy import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.factors import Factor
    from sipukat.standards import SurveyStandard

_LIMIT: Final = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which columns are read as what."""

    rule: SurveyStandard
    unsur: Mapping[str, str]
    by: tuple[str, ...]
    design: Design

    @property
    def keys(self) -> tuple[str, ...]:
        """Every column whose values tell cells apart."""
        population = self.design.population
        held = (population,) if isinstance(population, str) else ()
        psu = (self.design.psu,) if self.design.psu else ()
        return tuple(dict.fromkeys((*self.by, *self.design.strata, *held, *psu)))

    @property
    def coarse(self) -> tuple[str, ...]:
        """Those of group and stratum, without the PSU."""
        return tuple(k for k in self.keys if k != self.design.psu or k in (*self.by, *self.design.strata))

    @property
    def by_row(self) -> bool:
        """Whether the design needs more of each respondent than its answers, place and weight."""
        d = self.design
        return bool(d.replicate_weights or d.calibration or d.ssu_population)

    def within(self) -> Plan | None:
        """Return the plan of the second stage: PSUs as strata; None without one."""
        d = self.design
        if d.ssu_population is None or d.psu is None:
            return None
        second = {"stratum": (*d.strata, d.psu), "psu": d.ssu, "population": d.ssu_population}
        return replace(
            self,
            design=Design(weight=d.weight, lonely_psu=d.lonely_psu, calibration=d.calibration, **second),
        )

    def check(self, found: Sequence[str]) -> None:
        """Refuse columns that are not there, or that would be both answer and group.

        Raises
        ------
        ColumnError
            With the name, and the names that are there.
        """
        for name in (*self.keys, *self.design.columns):
            if name not in found:
                raise ColumnError(
                    f"no column is named {name!r}", "", f"Columns: {listing(found, lang='en', most=30)}."
                )
        clash = set(self.keys) & set(self.unsur)
        if clash:
            raise ColumnError(f"column {min(clash)!r} is an unsur and cannot group respondents", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The cells that were observed, as moments have them.

    Parameters
    ----------
    order
        (c,) which of the cells given stands where.
    fields
        The parts of `Moments` that are no sums.
    """

    order: NDArray[np.int64]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The grid of all groups, strata and PSUs that could occur; only those seen are kept."""

    plan: Plan
    labels: Mapping[str, tuple[Any, ...]]

    @classmethod
    def of(cls, plan: Plan, factors: Mapping[str, Factor]) -> Grid:
        """Lay out the grid of the labels of all columns."""
        return cls(plan=plan, labels={name: factor.labels for name, factor in factors.items()})

    @property
    def _columns(self) -> tuple[str, ...]:
        fine = (
            (self.plan.design.psu,)
            if self.plan.design.psu and self.plan.design.psu not in self.plan.coarse
            else ()
        )
        return (*self.plan.coarse, *fine)

    @property
    def size(self) -> int:
        """Number of cells that could occur."""
        return max(prod(max(len(self.labels[c]), 1) for c in self._columns), 1)

    def cells(self, factors: Mapping[str, Factor], rows: int) -> NDArray[np.integer]:
        """Return the cell of every respondent.

        Raises
        ------
        EstimationError
            If the columns make more cells than can be counted.
        """
        if self.size > _LIMIT:
            raise EstimationError(
                f"{listing(self._columns, lang='en')} make too many groups: {self.size:.2g}"
            )
        cell: NDArray[np.integer] | None = None
        for name in self._columns:
            if len(self.labels[name]) > 1:
                codes = factors[name].codes
                cell = codes if cell is None else cell.astype(np.int64) * len(self.labels[name]) + codes
        return np.zeros(rows, dtype=np.int64) if cell is None else cell

    def _codes(self, cell: NDArray[np.integer]) -> dict[str, NDArray[np.integer]]:
        codes: dict[str, NDArray[np.integer]] = {}
        rest = cell
        for name in reversed(self._columns):
            rest, codes[name] = np.divmod(rest, max(len(self.labels[name]), 1))
        return codes

    def _values(self, cell: NDArray[np.int64], columns: Sequence[str]) -> list[Group]:
        if not columns:
            return [()] * len(cell)
        codes = self._codes(cell)
        held = [map(self.labels[name].__getitem__, codes[name].tolist()) for name in columns]
        return list(zip(*held, strict=True))

    def _named(
        self, cell: NDArray[np.int64], columns: Sequence[str]
    ) -> tuple[tuple[Group, ...], NDArray[np.int64]]:
        """Return the distinct values of some columns, in order, and which of them each cell has."""
        if not columns:
            return ((),), np.zeros(len(cell), dtype=np.int64)
        codes = self._codes(cell)
        place = np.zeros(len(cell), dtype=np.int64)
        for name in columns:
            labels = self.labels[name]
            place = place * max(len(labels), 1) + ranks_of(labels)[codes[name]]
        _, first, which = np.unique(place, return_index=True, return_inverse=True)
        return tuple(self._values(cell[first], columns)), which

    def layout(self, cell: NDArray[np.int64]) -> Layout:
        """Name the groups and strata of the cells observed, in the order of their names on every engine."""
        groups, group = self._named(cell, self.plan.by)
        strata, stratum = self._named(cell, self.plan.design.strata)
        order = np.lexsort((stratum, group))
        cell, group, stratum = cell[order], group[order], stratum[order]
        return Layout(
            order=order,
            fields={
                "standard": self.plan.rule.id,
                "unsur": tuple(self.plan.unsur.values()),
                "low": self.plan.rule.scale.low,
                "high": self.plan.rule.scale.high,
                "by": self.plan.by,
                "groups": groups,
                "strata": strata,
                "population": self._populations(cell, stratum, strata),
                "design": self.plan.design,
                "group": group,
                "stratum": stratum,
            },
        )

    def moments(self, *patterns: Patterns) -> Moments:
        """Sum counted patterns, complete and incomplete, into moments."""
        plan = self.plan
        split = len(self.labels[plan.design.psu]) if self._columns != plan.coarse and plan.design.psu else 1
        coarse = [replace(found, cell=found.cell // split) for found in patterns]
        sums = sum_patterns(*coarse, low=plan.rule.scale.low, high=plan.rule.scale.high)
        layout = self.layout(sums.cell * split)
        order = layout.order
        clusters = self._clusters(patterns, sums.cell, split, layout)
        if (np.diff(order) != 1).any():
            sums = sums.take(order)
        raw = Moments(
            **layout.fields,
            n=sums.n,
            n_complete=sums.n_complete,
            weight=sums.weight,
            weight2=sums.n if sums.weight2 is None else sums.weight2,
            levels=sums.levels,
            gram=sums.gram,
            gram_complete=sums.gram_complete,
            gram2=sums.gram2,
            gram2_complete=sums.gram2_complete,
            level_weight=sums.level_weight,
            level_weight2=sums.level_weight2,
            clusters=clusters,
        )
        return merge([raw]) if isinstance(plan.design.population, str) else raw

    def waiting(self, cell: NDArray[np.integer], answers: Sequence[NDArray[np.int8]]) -> Moments | None:
        """Count scores, and let the sums of products wait; None where they cannot, or need not."""
        design, scale = self.plan.design, self.plan.rule.scale
        if design.weight or design.psu or isinstance(design.population, str) or not answers:
            return None
        if len(cell) > WORTH * self.size:
            return None
        seen, cell = _observed(cell, self.size)
        layout = self.layout(seen)
        if (np.diff(layout.order) != 1).any():
            cell = np.argsort(layout.order).astype(np.int32)[cell]
        pending = Pending.of(cell, answers, cells=len(seen), high=scale.high)
        if pending is None:
            return None
        n = np.bincount(cell, minlength=len(seen))
        levels = count_levels(cell, answers, cells=len(seen), low=scale.low, high=scale.high)
        return Moments.waiting(pending, **layout.fields, n=n, weight=n, weight2=n, levels=levels)

    def _populations(
        self, cells: NDArray[np.int64], stratum: NDArray[np.int64], strata: Sequence[Group]
    ) -> NDArray[np.float64]:
        column = self.plan.design.population
        if not isinstance(column, str):
            return np.array([self.plan.design.size_of(s) for s in strata], dtype=np.float64)
        sizes: dict[int, float] = {}
        for (value,), at in zip(self._values(cells, [column]), stratum.tolist(), strict=True):
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
                raise DesignError(
                    f"population column {column!r} holds {quoted(value)}; it must be 1 or more in every row"
                )
            if sizes.setdefault(at, float(value)) != value:
                raise DesignError(
                    f"population column {column!r} is not constant in stratum {strata[at]!r}: "
                    f"{sizes[at]:g}, {value:g}"
                )
        return np.array([sizes.get(at, np.inf) for at in range(len(strata))], dtype=np.float64)

    def _clusters(
        self, patterns: Sequence[Patterns], coarse: NDArray[np.int64], split: int, layout: Layout
    ) -> Clusters | None:
        psu = self.plan.design.psu
        if psu is None:
            return None
        fine = np.unique(np.concatenate([found.cell for found in patterns]))
        k = patterns[0].k
        total, total_complete = np.zeros((len(fine), 2 * k)), np.zeros((len(fine), 1 + k))
        scale = self.plan.rule.scale
        levels = np.zeros((len(fine), k, scale.high - scale.low + 1))
        for found, complete in zip(patterns, (True, False), strict=True):
            starts = run_starts(found.cell)
            if not len(starts):
                continue
            at = np.searchsorted(fine, found.cell[starts])
            w = found.count if found.weight is None else found.weight
            answers = found.answers
            rows = np.concatenate([answers > 0, answers]) * w
            sums = np.add.reduceat(rows.astype(np.float64), starts, axis=1).T
            levels += level_sums(found, w, fine, low=scale.low, high=scale.high)
            total[at] += sums
            if complete:
                total_complete[at] = sums[:, [0, *range(k, 2 * k)]]
        cell = np.argsort(layout.order)[np.searchsorted(coarse, fine // split)]
        stratum = layout.fields["stratum"]
        names = [value for (value,) in self._values(fine, [psu])]
        held = [(int(stratum[c]), name) for c, name in zip(cell.tolist(), names, strict=True)]
        keys = numbered(held)
        places = [keys[key] for key in held]
        clusters = Clusters(
            cell=cell,
            psu=np.array(places, dtype=np.int64),
            keys=tuple(keys),
            total=total,
            total_complete=total_complete,
            levels=levels,
        )
        return clusters.in_cells(cell)

    def places(self, cell: NDArray[np.integer], m: Moments) -> NDArray[np.int64]:
        """Return the cell of `m` that each respondent's cell of the grid went into."""
        psu = self.plan.design.psu
        split = len(self.labels[psu]) if self._columns != self.plan.coarse and psu else 1
        distinct, where = np.unique(np.asarray(cell, dtype=np.int64) // split, return_inverse=True)
        pairs = zip(m.group.tolist(), m.stratum.tolist(), strict=True)
        at = {(m.groups[g], m.strata[s]): i for i, (g, s) in enumerate(pairs)}
        groups = self._values(distinct * split, self.plan.by)
        strata = self._values(distinct * split, self.plan.design.strata)
        found = [at[pair] for pair in zip(groups, strata, strict=True)]
        return np.array(found, dtype=np.int64)[where]


def _observed(cell: NDArray[np.integer], size: int) -> tuple[NDArray[np.int64], NDArray[np.integer]]:
    """Return the cells that occur, and which of them each respondent is in."""
    if size > 8 * len(cell) + 1024:  # a table of them all would be larger than the respondents
        return np.unique(cell.astype(np.int64), return_inverse=True)
    n = np.bincount(cell, minlength=size)
    seen = np.flatnonzero(n)
    return seen, cell if len(seen) == size else (np.cumsum(n > 0) - 1)[cell]
