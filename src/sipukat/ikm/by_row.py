"""What some designs need of every respondent: fitted variables and replicate weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat._text import row_ranges
from sipukat.errors import DesignError
from sipukat.ikm.encoding import numbers, weights
from sipukat.ikm.factors import Factor, factorize
from sipukat.ikm.fitted import Rows, fitted_sums, indicator_names
from sipukat.ikm.grid import Grid, Plan
from sipukat.ikm.replicates import checked_replicates, replicated_sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import narwhals.stable.v2 as nw
    from numpy.typing import NDArray

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.design import Calibration
    from sipukat.ikm.moments import Moments


def with_rows(
    m: Moments,
    frame: nw.DataFrame[Any],
    plan: Plan,
    answers: Sequence[NDArray[np.int8]],
    factors: Mapping[str, Factor],
) -> Moments:
    """Add to the moments of a frame what its design needs of every respondent.

    Raises
    ------
    DesignError
        If fitted columns have empty cells, or replicate weights are missing or negative.
    """
    design = plan.design
    if design.replicate_weights is not None:
        held_in = design.replicate_weights.columns
        columns = [numbers(frame.get_column(name), name=name) for name in held_in]
        every = checked_replicates(columns, held_in)
        cell = _cells(m, plan, factors, len(frame))
        return replace(m, replicates=replicated_sums(cell, answers, every, cells=len(m.group)))
    if design.calibration is not None and design.weight is not None:
        return _with_fit(m, frame, plan, answers, factors, fit=design.calibration, weight=design.weight)
    return m


def _cells(m: Moments, plan: Plan, factors: Mapping[str, Factor], rows: int) -> NDArray[np.int64]:
    grid = Grid.of(plan, factors)
    return grid.places(grid.cells(factors, rows), m)


def _with_fit(
    m: Moments,
    frame: nw.DataFrame[Any],
    plan: Plan,
    answers: Sequence[NDArray[np.int8]],
    factors: Mapping[str, Factor],
    *,
    fit: Calibration,
    weight: str,
) -> Moments:
    cell = _cells(m, plan, factors, len(frame))
    names, values = _variables(frame, fit)
    final = weights(frame.get_column(weight), name=weight)
    base = fit.base
    rows = Rows(
        cell=cell,
        stratum=m.stratum[cell],
        unit=_units(m, m.stratum[cell], plan, factors),
        weight=final,
        base=np.ones_like(final) if base is None else weights(frame.get_column(base), name=base),
        names=names,
        values=values,
    )
    units = 0 if m.clusters is None else len(m.clusters.keys)
    return replace(
        m, fitted=fitted_sums(rows, answers, cells=len(m.group), strata=len(m.strata), units=units)
    )


def _units(
    m: Moments, stratum: NDArray[np.int64], plan: Plan, factors: Mapping[str, Factor]
) -> NDArray[np.int64] | None:
    psu = plan.design.psu
    if psu is None or m.clusters is None:
        return None
    at = {key: i for i, key in enumerate(m.clusters.keys)}
    factor = factors[psu]
    size = len(factor.labels)
    distinct, where = np.unique(stratum * size + factor.codes, return_inverse=True)
    pairs = zip((distinct // size).tolist(), (distinct % size).tolist(), strict=True)
    return np.array([at[(s, factor.labels[c])] for s, c in pairs], dtype=np.int64)[where]


def _variables(frame: nw.DataFrame[Any], fit: Calibration) -> tuple[tuple[Group, ...], NDArray[np.float64]]:
    """Return names and (n, p) values: an indicator a category, a constant, and the numbers."""
    names: list[Group] = [("constant",)]
    values = [np.ones((len(frame), 1))]
    for margin, columns in enumerate(fit.margins):
        code = np.zeros(len(frame), dtype=np.int64)
        labels: list[Group] = [()]
        for column in columns:
            factor = factorize(frame.get_column(column))
            _refuse_empty(np.array([label is None for label in factor.labels])[factor.codes], column)
            code = code * len(factor.labels) + factor.codes
            labels = [(*head, label) for head in labels for label in factor.labels]
        seen, where = np.unique(code, return_inverse=True)
        names.extend(indicator_names(margin, [labels[i] for i in seen.tolist()]))
        values.append((where[:, None] == np.arange(len(seen))).astype(np.float64))
    for column in fit.totals:
        held = numbers(frame.get_column(column), name=column)
        _refuse_empty(~np.isfinite(held), column)
        names.append(("total", column))
        values.append(held[:, None])
    return tuple(names), np.hstack(values)


def _refuse_empty(empty: NDArray[np.bool_], column: str) -> None:
    if empty.any():
        rows = row_ranges((np.flatnonzero(empty)[:10] + 1).tolist())
        raise DesignError(
            f"the weights were fitted to column {column!r}, which is empty in {int(empty.sum())} rows "
            f"(first {rows})"
        )
