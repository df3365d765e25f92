"""Sums that let the variance know that weights were fitted to known totals.

The variance of a calibrated estimate is that of its residuals: the linearized scores
less their regression, under the weights before the fit, on what was fitted. Everything
here is a sum over respondents, inside a group and outside it alike: a known total of the
city also makes the estimate of its women surer.

References
----------
Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87, section 3;
Lumley (2010), Complex Surveys, section 7.2, as in R's ``calibrate``: residuals under the
base weights, times the final weights.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat.ikm.dense import answer_rows, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.factors import Key


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """Sums of products with the p fitted variables a (indicators of categories, numbers).

    Parameters
    ----------
    names
        What each variable is: the place of its margin and the category, or the name of a
        total.
    base
        (p, p) sums of a a under base weights.
    cross_base, cross_base_complete
        (c, 2k, p) and (c, 1 + k, p) sums of ``[r | x] a`` and ``[1 | x] a`` under base weights.
    cross, cross_complete
        The same under squared final weights.
    square
        (h, p, p) sums of a a under squared final weights.
    total
        (h, p) sums of a under final weights.
    units
        (u, p) the same by PSU; no rows without PSUs.
    """

    names: tuple[Group, ...]
    base: NDArray[np.float64]
    cross_base: NDArray[np.float64]
    cross_base_complete: NDArray[np.float64]
    cross: NDArray[np.float64]
    cross_complete: NDArray[np.float64]
    square: NDArray[np.float64]
    total: NDArray[np.float64]
    units: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What each respondent brings: its place, weights, and the fitted variables.

    Parameters
    ----------
    cell, stratum, unit
        (n,) places; `unit` is None without PSUs.
    weight, base
        (n,) final weights, and those before the fit.
    names, values
        Names of the p variables, and their (n, p) values.
    """

    cell: NDArray[np.int64]
    stratum: NDArray[np.int64]
    unit: NDArray[np.int64] | None
    weight: NDArray[np.float64]
    base: NDArray[np.float64]
    names: tuple[Group, ...]
    values: NDArray[np.float64]


def fitted_sums(
    rows: Rows, answers: Sequence[NDArray[np.int8]], *, cells: int, strata: int, units: int
) -> Fitted:
    """Sum the products of the answers and the fitted variables."""
    k, p = len(answers), rows.values.shape[1]
    cross_base, cross = np.zeros((2, cells, 2 * k, p))
    cross_base_complete, cross_complete = np.zeros((2, cells, 1 + k, p))
    square, total = np.zeros((strata, p, p)), np.zeros((strata, p))
    base, by_unit = np.zeros((p, p)), np.zeros((units, p))
    for at, some in runs(rows.cell):
        wide, complete = answer_rows(answers, some)
        a, w, d = rows.values[some], rows.weight[some, None], rows.base[some, None]
        cross_base[at] += wide.T @ (d * a)
        cross_base_complete[at] += complete.T @ (d * a)
        cross[at] += wide.T @ (w * w * a)
        cross_complete[at] += complete.T @ (w * w * a)
        base += a.T @ (d * a)
        h = int(rows.stratum[some[0]])
        square[h] += (w * a).T @ (w * a)
        total[h] += (w * a).sum(axis=0)
        if rows.unit is not None:
            np.add.at(by_unit, rows.unit[some], w * a)
    return Fitted(
        names=rows.names,
        base=base,
        cross_base=cross_base,
        cross_base_complete=cross_base_complete,
        cross=cross,
        cross_complete=cross_complete,
        square=square,
        total=total,
        units=by_unit,
    )


def merged_fitted(
    parts: Sequence[Fitted],
    *,
    cell_of: Sequence[NDArray[np.int64]],
    stratum_of: Sequence[NDArray[np.int64]],
    unit_of: Sequence[NDArray[np.int64]],
    sizes: tuple[int, int, int],
) -> Fitted:
    """Add the sums of several surveys, whose categories may differ.

    Parameters
    ----------
    parts
        Sums to add.
    cell_of, stratum_of, unit_of
        Where each cell, stratum and PSU of each part goes.
    sizes
        Cells, strata and PSUs of the whole.
    """
    names = tuple(dict.fromkeys(name for part in parts for name in part.names))
    place = {name: i for i, name in enumerate(names)}
    cells, strata, units = sizes
    out: dict[str, Any] = {"names": names}
    for field in fields(Fitted):
        if field.name == "names":
            continue
        first = getattr(parts[0], field.name)
        rows = {"base": len(names), "square": strata, "total": strata, "units": units}.get(field.name, cells)
        shape = (rows, *first.shape[1:-1], len(names))
        if field.name == "square":
            shape = (strata, len(names), len(names))
        total = np.zeros(shape)
        for part, cell, stratum, unit in zip(parts, cell_of, stratum_of, unit_of, strict=True):
            at = np.array([place[name] for name in part.names], dtype=np.int64)
            held = getattr(part, field.name)
            if field.name == "base":
                total[np.ix_(at, at)] += held
            elif field.name == "square":
                np.add.at(total, (stratum[:, None, None], at[None, :, None], at[None, None, :]), held)
            else:
                where = {"total": stratum, "units": unit}.get(field.name, cell)
                wide = np.zeros((*held.shape[:-1], len(names)))
                wide[..., at] = held
                np.add.at(total, where, wide)
        out[field.name] = total
    return Fitted(**out)


def indicator_names(margin: int, labels: Sequence[tuple[Key, ...]]) -> tuple[Group, ...]:
    """Name the indicators of a margin's categories."""
    return tuple((margin, *label) for label in labels)
