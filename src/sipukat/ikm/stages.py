"""How totals of scores vary over the samples that could have been drawn.

A stage is one step of selection: units drawn within strata. Its variance is the spread
of the units' totals around the mean of their stratum, times what was left out. Stages
add up; replicate weights are one stage whose units are the replicates.

References
----------
Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, result 4.3.1; Lumley
(2004), Analysis of Complex Survey Samples, J. Stat. Software 9(8).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.ikm.moments import add_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLICE: Final = 256
"""Rows computed at a time: what lies between the sums and the result stays in the processor's cache."""

_DUST: Final = 1e-13
"""A variance this small beside that of the scores themselves is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What fitted weights take off: regression on the p fitted variables.

    Parameters
    ----------
    beta
        (g, p, k) coefficients of the scores of each group.
    cross
        (g, p, k) design covariance of the totals of the fitted variables and the scores.
    square
        (p, p) design covariance of the totals of the fitted variables.
    """

    beta: NDArray[np.float64]
    cross: NDArray[np.float64]
    square: NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """Scores at one stage of selection.

    Parameters
    ----------
    groups
        Number of groups, g.
    group, stratum
        (r,) group and stratum of each row: a cell of respondents, or a PSU of a group.
    total
        (r, k) weighted sums of scores.
    square
        (r, k, k) sums of squared weighted scores, where the units are respondents.
    unit
        (r,) the unit of each row, where it is not the respondent.
    units, factor
        (h,) units drawn in each stratum, and the factor of their spread.
    distance
        (h,) factor of the squared distance of a lonely unit from the mean of all; 0
        elsewhere.
    unknown
        (h,) strata of which no variance can be said.
    fit
        What fitted weights take off; None for weights that were not fitted.
    """

    groups: int
    group: NDArray[np.int64]
    stratum: NDArray[np.int64]
    total: NDArray[np.float64]
    square: NDArray[np.float64] | None
    unit: NDArray[np.int64] | None
    units: NDArray[np.float64]
    factor: NDArray[np.float64]
    distance: NDArray[np.float64]
    unknown: NDArray[np.bool_]
    fit: Fit | None = None

    @cached_property
    def cells(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Group, stratum and total of every group and stratum that meet."""
        if self.unit is None:
            return self.group, self.stratum, self.total
        ids, where = np.unique(self.group * len(self.units) + self.stratum, return_inverse=True)
        total = np.zeros((len(ids), self.total.shape[1]))
        np.add.at(total, where, self.total)
        return ids // len(self.units), ids % len(self.units), total

    @cached_property
    def mean(self) -> NDArray[np.float64]:
        """(g, k) mean total of all units."""
        group, _, total = self.cells
        return np.asarray(add_at(group, total, self.groups) / self.units.sum())

    @cached_property
    def silent(self) -> NDArray[np.bool_]:
        """(g,) groups that touch a stratum of which nothing can be said."""
        group, stratum, _ = self.cells
        return np.bincount(group, weights=self.unknown[stratum], minlength=self.groups) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Linearized scores of k estimates a group, at every stage.

    Parameters
    ----------
    stages
        The stages of selection.
    spread
        (g, k, k) weighted sums of products of scores, for the variance between respondents.
    """

    stages: tuple[Stage, ...]
    spread: NDArray[np.float64]

    def combined(self, weight: NDArray[np.float64]) -> Linear:
        """Add the k scores of every group by (g, k) weights, into those of one estimate."""
        spread = _weighted(self.spread, weight)
        return Linear(stages=tuple(_combined(stage, weight) for stage in self.stages), spread=spread)


def _combined(stage: Stage, weight: NDArray[np.float64]) -> Stage:
    w = weight[stage.group]
    square = None
    if stage.square is not None:
        square = _weighted(stage.square, w)
    fit = stage.fit
    if fit is not None:
        beta, cross = (np.einsum("gpk,gk->gp", held, weight)[:, :, None] for held in (fit.beta, fit.cross))
        fit = replace(fit, beta=beta, cross=cross)
    total = np.where(w == 0, 0.0, stage.total) * w  # what nobody answered has no weight, and is NaN
    return replace(stage, total=total.sum(axis=1, keepdims=True), square=square, fit=fit)


def _weighted(products: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (r, 1, 1): the products of the scores of every row, added by its weights."""
    return np.asarray(weight[:, None, :] @ products @ weight[:, :, None])


def _outer(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[..., :, None] * values[..., None, :]


def domain_covariance(linear: Linear) -> NDArray[np.float64]:
    """Return (g, k, k) covariances of the estimates of every group; NaN where unknown."""
    return np.asarray(sum(_domain(stage) for stage in linear.stages))


def _domain(s: Stage) -> NDArray[np.float64]:
    group, stratum, total = s.cells
    share = s.factor[stratum][:, None, None]
    if s.square is not None:
        out = add_at(group, _between(s.square, total, s.units[stratum], share), s.groups)
    else:
        between = add_at(s.group, s.factor[s.stratum][:, None, None] * _outer(s.total), s.groups)
        out = between - add_at(group, share / s.units[stratum][:, None, None] * _outer(total), s.groups)
    if s.distance.any():
        far = s.distance[stratum][:, None, None]
        mean = s.mean[group]
        cross = total[:, :, None] * mean[:, None, :]
        out = out + add_at(group, far * (_outer(total) - cross - cross.swapaxes(1, 2)), s.groups)
        out = out + s.distance.sum() * _outer(s.mean)
    if s.fit is not None:
        out = _no_dust(out + _taken_off(s.fit.beta, s.fit.cross, s.fit.square), out)
    return np.where(s.silent[:, None, None], np.nan, out)


def _between(
    square: NDArray[np.float64],
    total: NDArray[np.float64],
    units: NDArray[np.float64],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return (r, k, k) share of the spread of scores around the mean of each row."""
    out = np.empty_like(square)
    for start in range(0, len(out), SLICE):
        at = slice(start, start + SLICE)
        centre = _outer(total[at]) / units[at, None, None]
        np.multiply(share[at], _no_dust(square[at] - centre, square[at]), out=out[at])
    return out


def _taken_off(
    beta: NDArray[np.float64], cross: NDArray[np.float64], square: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (q, k, k): variance of scores less ``beta' a``, less the variance of the scores."""
    back = beta.swapaxes(1, 2)
    both = back @ cross
    return np.asarray(back @ square @ beta - both - both.swapaxes(1, 2))


def _no_dust(left: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take what rounding leaves where means of strata, or a fit, explain everything for 0."""
    size = np.sqrt(np.maximum(np.diagonal(whole, axis1=-2, axis2=-1), 0.0))
    return np.where(np.abs(left) < _DUST * size[..., :, None] * size[..., None, :], 0.0, left)


def contrast_covariance(linear: Linear, coefficient: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (q, k, k) covariances of sums of group estimates, covariances between groups included.

    Parameters
    ----------
    linear
        The scores.
    coefficient
        (q, g) factor of each group in each of q sums.
    """
    return np.array([sum(_contrast(stage, row) for stage in linear.stages) for row in coefficient])


def _contrast(s: Stage, row: NDArray[np.float64]) -> NDArray[np.float64]:
    h, c = len(s.units), row[s.group]
    held = c != 0
    stratum, total = s.stratum[held], c[held, None] * s.total[held]
    by_stratum = add_at(stratum, total, h)
    if s.unit is None and s.square is not None:
        second = add_at(stratum, (c[held] ** 2)[:, None, None] * s.square[held], h)
        spread = _no_dust(second - _outer(by_stratum) / s.units[:, None, None], second)
        out = (s.factor[:, None, None] * spread).sum(axis=0)
    else:
        unit = s.unit if s.unit is not None else np.arange(len(s.group))
        ids, first, where = np.unique(unit[held], return_index=True, return_inverse=True)
        by_unit = np.zeros((len(ids), total.shape[1]))
        np.add.at(by_unit, where, total)
        between = s.factor[stratum[first]][:, None, None] * _outer(by_unit)
        centre = (s.factor / s.units)[:, None, None] * _outer(by_stratum)
        out = between.sum(axis=0) - centre.sum(axis=0)
    if s.distance.any():
        from_mean = by_stratum - by_stratum.sum(axis=0) / s.units.sum()
        out = out + (s.distance[:, None, None] * _outer(from_mean)).sum(axis=0)
    if s.fit is not None:
        beta, cross = (np.einsum("g,gpk->pk", row, held)[None] for held in (s.fit.beta, s.fit.cross))
        out = _no_dust(out + _taken_off(beta, cross, s.fit.square)[0], out)
    return np.full_like(out, np.nan) if (s.silent & (row != 0)).any() else np.asarray(out)


def joint_covariance(linear: Linear) -> NDArray[np.float64]:
    """Return the (g, g) covariance of the estimates of all groups, one score each."""
    return np.asarray(sum(_joint(stage) for stage in linear.stages))


def _joint(s: Stage) -> NDArray[np.float64]:
    from scipy.sparse import csr_array

    group, stratum, total = s.cells
    held = csr_array((total[:, 0], (group, stratum)), shape=(s.groups, len(s.units)))
    scaled = csr_array((total[:, 0] * (s.factor / s.units)[stratum], (group, stratum)), shape=held.shape)
    out = -np.asarray((scaled @ held.T).toarray())
    if s.unit is None and s.square is not None:
        second = np.bincount(s.group, weights=s.factor[s.stratum] * s.square[:, 0, 0], minlength=s.groups)
        out[np.diag_indices(s.groups)] += second
        root = np.sqrt(np.maximum(second, 0.0))
        out = np.where(np.abs(out) < _DUST * root[:, None] * root[None, :], 0.0, out)
    else:
        unit = s.unit if s.unit is not None else np.arange(len(s.group))
        shape = (s.groups, int(unit.max()) + 1)
        root = np.sqrt(s.factor[s.stratum]) * s.total[:, 0]
        by_unit = csr_array((root, (s.group, unit)), shape=shape)
        out += (by_unit @ by_unit.T).toarray()
    if s.distance.any():
        lonely = np.flatnonzero(s.distance)
        far = (held[:, lonely].toarray() - s.mean[:, :1]) * np.sqrt(s.distance[lonely])
        out += far @ far.T
    if s.fit is not None:
        beta, cross = s.fit.beta[:, :, 0], s.fit.cross[:, :, 0]
        both = beta @ cross.T
        out += beta @ s.fit.square @ beta.T - both - both.T
    out[s.silent, :] = np.nan
    out[:, s.silent] = np.nan
    return out


def lonely_factors(
    units: NDArray[np.float64], fraction: NDArray[np.float64], rule: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return factor, distance and lonely of every stratum, under a rule for lonely units.

    Parameters
    ----------
    units, fraction
        (h,) units drawn, and the share of all units that they are.
    rule
        See `sipukat.ikm.Design`; ``"average"`` is completed by `averaged`.
    """
    left = np.maximum(1 - fraction, 0.0)
    lonely = (units == 1) & (left > 0)
    factor = np.where(units > 1, left * units / np.maximum(units - 1, 1), 0.0)
    return factor, np.where(lonely & (rule == "adjust"), left, 0.0), lonely


def averaged(stage: Stage) -> Stage:
    """Let lonely strata add what the other strata of the same group add on average, as R does.

    A group that lies in lonely strata alone has no others, and stays unknown.
    """
    group, stratum, _ = stage.cells
    strata = np.bincount(group, minlength=stage.groups)
    lonely = np.bincount(group, weights=stage.unknown[stratum], minlength=stage.groups)
    known = strata > lonely
    root = np.sqrt(np.where(known, strata / np.where(known, strata - lonely, 1), 1.0))
    total = root[stage.group][:, None] * stage.total
    square = stage.square
    if square is not None:
        square = (root**2)[stage.group][:, None, None] * square
    fit = stage.fit
    if fit is not None:
        fit = replace(fit, beta=root[:, None, None] * fit.beta, cross=root[:, None, None] * fit.cross)
    alone = np.zeros_like(stage.unknown)
    touched = np.bincount(stratum, weights=known[group], minlength=len(alone)) > 0
    alone[stage.unknown & ~touched] = True
    return replace(stage, total=total, square=square, fit=fit, unknown=alone)
