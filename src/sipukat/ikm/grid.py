"""Groups, strata and PSUs as numbers, and back: the cells that answers are summed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import listing
from sipukat.errors import ColumnError, DesignError, EstimationError
from sipukat.ikm.clusters import Clusters, Group, in_order, numbered
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

    def _values(self, cell: NDArray[np.int64], columns: Sequence[str]) -> list[Group]:
        if not columns:
            return [()] * len(cell)
        codes: dict[str, NDArray[np.int64]] = {}
        rest = cell
        for name in reversed(self._columns):
            rest, codes[name] = np.divmod(rest, max(len(self.labels[name]), 1))
        held = [map(self.labels[name].__getitem__, codes[name].tolist()) for name in columns]
        return list(zip(*held, strict=True))

    def moments(self, *patterns: Patterns) -> Moments:
        """Sum counted patterns, complete and incomplete, into moments."""
        plan = self.plan
        split = len(self.labels[plan.design.psu]) if self._columns != plan.coarse and plan.design.psu else 1
        coarse = [replace(found, cell=found.cell // split) for found in patterns]
        sums = sum_patterns(*coarse, low=plan.rule.scale.low, high=plan.rule.scale.high)
        cells = sums.cell * split
        group_of, stratum_of = self._values(cells, plan.by), self._values(cells, plan.design.strata)
        groups = in_order(group_of)
        strata = in_order(stratum_of)
        at_group = {g: i for i, g in enumerate(groups)}
        at_stratum = {s: i for i, s in enumerate(strata)}
        group = np.array([at_group[g] for g in group_of], dtype=np.int64)
        stratum = np.array([at_stratum[s] for s in stratum_of], dtype=np.int64)
        clusters = self._clusters(patterns, sums.cell, split, stratum)
        order = np.lexsort((stratum, group))
        if (np.diff(order) != 1).any():  # groups in the order of their names, on every engine
            sums, group, stratum, cells = sums.take(order), group[order], stratum[order], cells[order]
            clusters = clusters and clusters.in_cells(np.argsort(order)[clusters.cell])
        elif clusters is not None:
            clusters = clusters.in_cells(clusters.cell)
        raw = Moments(
            standard=plan.rule.id,
            unsur=tuple(plan.unsur.values()),
            low=plan.rule.scale.low,
            high=plan.rule.scale.high,
            by=plan.by,
            groups=groups or ((),) * (not plan.by),
            strata=strata or ((),) * (not plan.design.strata),
            population=self._populations(cells, stratum, strata or ((),)),
            design=plan.design,
            group=group,
            stratum=stratum,
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
        self, patterns: Sequence[Patterns], coarse: NDArray[np.int64], split: int, stratum: NDArray[np.int64]
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
        cell = np.searchsorted(coarse, fine // split)
        names = [value for (value,) in self._values(fine, [psu])]
        held = [(int(stratum[c]), name) for c, name in zip(cell.tolist(), names, strict=True)]
        keys = numbered(held)
        places = [keys[key] for key in held]
        return Clusters(
            cell=cell,
            psu=np.array(places, dtype=np.int64),
            keys=tuple(keys),
            total=total,
            total_complete=total_complete,
            levels=levels,
        )

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
