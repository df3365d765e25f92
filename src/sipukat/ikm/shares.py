"""Shares of respondents who give an unsur at least a stated score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.intervals import Spread, method_of
from sipukat.ikm.linear import second_stage, settled, stage_of
from sipukat.ikm.stages import Linear, domain_covariance
from sipukat.ikm.variance import Scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from sipukat.ikm.moments import Moments
    from sipukat.ikm.parts import Part
    from sipukat.standards import SurveyStandard


def shares_frame(
    by: Sequence[str],
    part: Part,
    standard: SurveyStandard,
    *,
    at_least: int,
    interval: str,
    confidence_level: float,
) -> pd.DataFrame:
    """Return one row a group and unsur: the share of answers of at least a score.

    Raises
    ------
    ArgumentError
        If `at_least` is not a score of the scale above its lowest.
    EstimationError
        If the design has replicate or fitted weights: their moments hold no scores.
    """
    import pandas as pd

    m = part.moments
    if isinstance(at_least, bool) or at_least not in range(m.low + 1, m.high + 1):
        raise ArgumentError(f"at_least must be a score from {m.low + 1} to {m.high}, got {at_least!r}")
    if m.replicates is not None or m.fitted is not None:
        raise EstimationError(
            "shares of single scores are not held for replicate or fitted weights; "
            "estimate with the design before the fit for them"
        )
    spread = _spread(part, at_least)
    low, high = method_of(interval)(spread, confidence_level)
    names = {unsur.key: unsur.nama for unsur in standard.unsur}
    groups = {name: [g[i] for g in m.groups for _ in range(m.k)] for i, name in enumerate(by)}
    unknown = ~np.isfinite(spread.value) | (spread.df < 1)
    return pd.DataFrame(
        {
            **groups,
            "unsur": [name for _ in m.groups for name in m.unsur],
            "nama": [names.get(name, name) for _ in m.groups for name in m.unsur],
            "at_least": at_least,
            "share": spread.value.ravel(),
            "se": np.where(unknown, np.nan, np.sqrt(np.maximum(spread.variance, 0))).ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
            "df": spread.df.ravel(),
            "n": spread.n.astype(np.int64).ravel(),
        }
    )


def _spread(part: Part, at_least: int) -> Spread:
    """Estimate the shares, (g, k), with all that an interval needs."""
    m, cut = part.moments, at_least - part.moments.low
    weight = _levels(m)[0]
    above, answered = (m.per_group(held) for held in (weight[:, :, cut:].sum(axis=2), weight.sum(axis=2)))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = above / answered
        scale = np.where(answered > 0, 1 / answered, 0.0)
    scale[(above == 0) | (above == answered)] = 0.0  # all alike: a variance of exactly 0
    z = _scores(m, p, scale, cut)
    stages = [stage_of(m, z)]
    if m.within is not None:
        stages.append(second_stage(m, m.within, _scores(m.within, p, scale, cut)))
    linear = Linear(stages=settled(m, stages), spread=m.per_group(z.spread))
    at = range(m.k)

    def wide(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.repeat(values[:, None], m.k, axis=1)

    return Spread(
        value=p,
        variance=domain_covariance(linear)[:, at, at],
        between=linear.spread[:, at, at] * answered,
        n=m.per_group(m.levels).sum(axis=2).astype(np.float64),
        df=_degrees(m),
        fraction=wide(part.fraction),
        kish=wide(part.kish),
    )


def _levels(m: Moments) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (c, k, levels) sums of weights, and of their squares."""
    counts = m.levels.astype(np.float64)
    if m.level_weight is None or m.level_weight2 is None:
        return counts, counts
    return m.level_weight, m.level_weight2


def _scores(m: Moments, p: NDArray[np.float64], scale: NDArray[np.float64], cut: int) -> Scores:
    """Sum the scores ``scale (y - p r)`` of every cell: y 1 for an answer of at least the score."""
    p = np.where(scale > 0, p, 0.0)
    q, a = p[m.group], scale[m.group]

    def diagonal(weight: NDArray[np.float64]) -> NDArray[np.float64]:
        below, above = weight[:, :, :cut].sum(axis=2), weight[:, :, cut:].sum(axis=2)
        held = a**2 * (above * (1 - q) ** 2 + below * q**2)
        return np.asarray(held[:, :, None] * np.eye(m.k))

    def total(
        weight: NDArray[np.float64], q: NDArray[np.float64], a: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        below, above = weight[:, :, :cut].sum(axis=2), weight[:, :, cut:].sum(axis=2)
        return np.asarray(a * (above * (1 - q) - below * q))

    first, second = _levels(m)
    by_psu = None
    if m.clusters is not None:
        at = m.clusters.cell
        by_psu = total(m.clusters.levels, q[at], a[at])
    return Scores(total=total(first, q, a), square=diagonal(second), spread=diagonal(first), psu_total=by_psu)


def _degrees(m: Moments) -> NDArray[np.float64]:
    """Return (g, k) units less strata among those that answered each unsur, as R's subset does."""
    asked = m.levels.sum(axis=2) > 0
    strata = m.per_group(asked.astype(np.int64))  # a cell is a group in a stratum
    if m.clusters is None:
        units = m.per_group(m.levels.sum(axis=2))
    else:
        met = (m.clusters.levels.sum(axis=2) > 0).astype(np.int64)
        units = np.zeros_like(strata)
        np.add.at(units, m.group[m.clusters.cell], met)
    return np.asarray(units - strata, dtype=np.float64)
