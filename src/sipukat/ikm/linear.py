"""From moments to the linearized scores of the unsur means, at every stage of the design."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.errors import DesignError
from sipukat.ikm.moments import add_at
from sipukat.ikm.stages import Fit, Linear, Stage, averaged, lonely_factors
from sipukat.ikm.variance import Scores, answer_sums, scores, strata_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.fitted import Fitted
    from sipukat.ikm.moments import Moments

_SINGULAR: Final = 1e-11
"""Below this share of the largest, an eigenvalue is that of indicators that add up to one another."""

_ROUNDING: Final = 1e-12
"""Scores nearer than this are equal: a replicate that changes nothing changes them by rounding."""


def linear_of(
    m: Moments,
    centre: NDArray[np.float64],
    scale: NDArray[np.float64],
    *,
    complete: bool = False,
    together: bool = False,
) -> Linear:
    """Sum the scores ``scale_k (x_k - centre_k r_k)`` at every stage.

    Parameters
    ----------
    m
        Moments.
    centre, scale
        (g, k) of each group; 0 in `scale` leaves an unsur out.
    complete
        Whether only respondents who answered every unsur count.
    together
        Whether the scores will be added up as those of one ratio of all answers, which
        replicates then compute as one.
    """
    z = scores(m, centre, scale, complete=complete)
    spread = m.per_group(z.spread)
    if m.replicates is not None:
        sums = m.per_group(m.replicates.total_complete if complete else m.replicates.total)
        answered = np.repeat(sums[:, :, :1], m.k, axis=2) if complete else sums[:, :, : m.k]
        totals = sums[:, :, 1:] if complete else sums[:, :, m.k :]
        means = _one_ratio(totals, answered, scale) if together else _ratio(totals, answered)
        return Linear(stages=(_replicated(m, means, centre, scale, together=together),), spread=spread)
    first = stage_of(m, z)
    if m.fitted is not None:
        first = replace(first, fit=_fit(m, m.fitted, first, (centre, scale), complete=complete))
    stages = [first]
    if m.within is not None:
        second = second_stage(m, m.within, scores(m.within, centre, scale, complete=complete))
        if m.within.fitted is not None:
            fit = _fit(m.within, m.within.fitted, second, (centre, scale), complete=complete)
            second = replace(second, fit=fit)
        stages.append(second)
    return Linear(stages=settled(m, stages), spread=spread)


def settled(m: Moments, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Apply the part of the rule for lonely units that concerns whole groups."""
    return tuple(averaged(s) for s in stages) if m.design.lonely_psu == "average" else tuple(stages)


def stage_of(m: Moments, z: Scores) -> Stage:
    """Lay the scores of a survey out as one stage of selection."""
    strata = strata_of(m)
    rule = m.design.lonely_psu
    factor, distance, lonely = lonely_factors(strata.units, strata.fraction, rule)
    unknown = lonely & (rule in {"fail", "average"})  # the average of the others is taken at the end
    cell = m.clusters.cell if m.clusters is not None else np.arange(len(m.group))
    return Stage(
        groups=len(m.groups),
        group=m.group[cell],
        stratum=m.stratum[cell],
        total=z.total if z.psu_total is None else z.psu_total,
        square=z.square if m.clusters is None else None,
        unit=None if m.clusters is None else m.clusters.psu,
        units=strata.units,
        factor=factor,
        distance=distance,
        unknown=unknown,
    )


def second_stage(m: Moments, within: Moments, z: Scores) -> Stage:
    """Lay out the second stage: PSUs as strata, each counted for the share of PSUs drawn."""
    stage = stage_of(within, z)
    share = dict(zip(m.strata, strata_of(m).fraction.tolist(), strict=True))
    drawn = np.array([share[psu[:-1]] for psu in within.strata])
    return replace(
        stage,
        factor=stage.factor * drawn,
        distance=stage.distance * drawn,
        unknown=stage.unknown & (drawn > 0),
    )


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below


def _one_ratio(
    totals: NDArray[np.float64], answered: NDArray[np.float64], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (g, R, k): the ratio of all answers, at every unsur the same."""
    w = scale[:, None, :]
    one = _ratio((w * totals).sum(axis=2), (w * answered).sum(axis=2))
    return np.repeat(one[:, :, None], totals.shape[2], axis=2)


def _replicated(
    m: Moments,
    means: NDArray[np.float64],
    centre: NDArray[np.float64],
    scale: NDArray[np.float64],
    *,
    together: bool,
) -> Stage:
    """Lay out replicates as units: what each makes of the means, around their mean or the estimate."""
    rule = m.design.replicate_weights
    if rule is None:
        raise DesignError("the moments hold replicates, but their design names no replicate weights")
    mean = np.where(scale[:, None, :] == 0, 0.0, means - centre[:, None, :])
    if together:  # the scores count an unsur by its answers; replicates by its share of the whole
        answered = m.per_group(np.ascontiguousarray(answer_sums(m.gram, m.k, complete=False)[0]))
        mean = mean * (scale * answered)[:, None, :]
    if not rule.mse:
        mean = mean - mean.mean(axis=1, keepdims=True)
    mean = np.where(np.abs(mean) < _ROUNDING, 0.0, mean)
    g, r, k = mean.shape
    rows = np.sqrt(np.array(rule.factors))[None, :, None] * mean
    return Stage(
        groups=g,
        group=np.repeat(np.arange(g), r),
        stratum=np.zeros(g * r, dtype=np.int64),
        total=rows.reshape(g * r, k),
        square=None,
        unit=np.tile(np.arange(r), g),
        units=np.array([np.inf]),
        factor=np.ones(1),
        distance=np.zeros(1),
        unknown=np.zeros(1, dtype=np.bool_),
    )


def _scored(
    cross: NDArray[np.float64],
    m: Moments,
    centred: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    complete: bool,
) -> NDArray[np.float64]:
    """Turn sums of ``[r | x] a`` into those of scores and a, (c, p, k)."""
    centre, scale = (values[m.group][:, :, None] for values in centred)
    head = 1 if complete else m.k
    centre = np.where(scale > 0, centre, 0.0)
    return np.asarray((scale * (cross[:, head:] - centre * cross[:, :head])).swapaxes(1, 2))


def _fit(
    m: Moments,
    held: Fitted,
    s: Stage,
    centred: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    complete: bool,
) -> Fit:
    """Regress the scores on what was fitted, and sum the products that their residuals need."""
    base = held.cross_base_complete if complete else held.cross_base
    right = m.per_group(_scored(base, m, centred, complete=complete))
    size = np.sqrt(np.diag(held.base))  # all to one size, so that what is zero can be told
    size = np.where(size > 0, size, 1.0)
    inverse = np.linalg.pinv(held.base / np.outer(size, size), rcond=_SINGULAR, hermitian=True)
    beta = np.asarray(inverse / np.outer(size, size) @ right)
    group, stratum, total = s.cells
    share = s.factor / s.units
    a = held.total
    if s.unit is None:
        squared = held.cross_complete if complete else held.cross
        by_cell = s.factor[m.stratum][:, None, None] * _scored(squared, m, centred, complete=complete)
        cross = m.per_group(by_cell)
        square = np.einsum("h,hpq->pq", s.factor, held.square)
    else:
        rows = s.factor[s.stratum][:, None, None] * held.units[s.unit][:, :, None] * s.total[:, None, :]
        cross = add_at(s.group, rows, s.groups)
        by_unit = s.factor[m.clusters.stratum] if m.clusters is not None else np.zeros(0)
        square = np.einsum("u,up,uq->pq", by_unit, held.units, held.units)
    centres = share[stratum][:, None, None] * a[stratum][:, :, None] * total[:, None, :]
    cross = cross - add_at(group, centres, s.groups)
    square = square - np.einsum("h,hp,hq->pq", share, a, a)
    if s.distance.any():
        apart = a - a.sum(axis=0) / s.units.sum()
        far = s.distance[stratum][:, None, None] * apart[stratum][:, :, None]
        cross = cross + add_at(group, far * total[:, None, :], s.groups)
        cross = cross - (s.distance @ apart)[None, :, None] * s.mean[:, None, :]
        square = square + np.einsum("h,hp,hq->pq", s.distance, apart, apart)
    return Fit(beta=beta, cross=cross, square=square)
