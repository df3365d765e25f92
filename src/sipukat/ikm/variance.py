"""Design variance of unsur means and indices, by Taylor linearization, from moments.

A mean of answers is a ratio of two sums, since who answered is random too. Its
linearized score for a respondent is ``z = a (y - d r)``: y the answer, r whether there
is one, d the mean and a the share of the sum. Every estimate here is a sum of such
scores, so one covariance of their totals serves unsur, index, differences and roll-ups.
Groups are domains of the whole design: respondents outside count as zeros.

References
----------
Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, sections 5.5-5.8;
Lumley (2004), Analysis of Complex Survey Samples, J. Stat. Software 9(8).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat.errors import DesignError
from sipukat.ikm.replicates import ranks
from sipukat.ikm.stages import SLICE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.moments import Moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Sums of linearized scores ``z_k = scale_k (y_k - centre_k r_k)`` by cell.

    Parameters
    ----------
    total
        (c, k) weighted sums of z.
    square
        (c, k, k) sums of products of z under squared weights, for the design variance.
    spread
        (c, k, k) the same under weights, for the variance between respondents.
    psu_total
        (p, k) weighted sums by PSU; None without PSUs.
    """

    total: NDArray[np.float64]
    square: NDArray[np.float64]
    spread: NDArray[np.float64]
    psu_total: NDArray[np.float64] | None


def scores(
    m: Moments, centre: NDArray[np.float64], scale: NDArray[np.float64], *, complete: bool = False
) -> Scores:
    """Sum the linearized scores of every cell.

    Parameters
    ----------
    m
        Moments.
    centre, scale
        (g, k) of each group; 0 in `scale` leaves an unsur out.
    complete
        Whether only respondents who answered every unsur count.

    Notes
    -----
    Answers are first shifted by the whole number nearest to the mean, which is exact:
    identical answers then have a variance of exactly 0, and nothing cancels.
    """
    shift = np.rint(np.where(np.isfinite(centre), centre, 0))
    rest = np.where(scale > 0, centre - shift, 0)[m.group]
    a = scale[m.group]
    by_cell = shift[m.group]
    grams = (m.gram_complete, m.gram2_complete) if complete else (m.gram, m.gram2)
    spread = _quadratic(_split(grams[0], m.k, complete=complete), by_cell, rest, a)
    square = (
        spread if grams[1] is None else _quadratic(_split(grams[1], m.k, complete=complete), by_cell, rest, a)
    )
    answered, total = answer_sums(grams[0], m.k, complete=complete)
    first = a * ((total - by_cell * answered) - rest * answered)
    psu_total = None
    if m.clusters is not None:
        held = m.clusters.total_complete if complete else m.clusters.total
        r = held[:, :1] if complete else held[:, : m.k]
        y = held[:, 1:] if complete else held[:, m.k :]
        at = m.clusters.cell
        psu_total = a[at] * ((y - by_cell[at] * r) - rest[at] * r)
    return Scores(total=first, square=square, spread=spread, psu_total=psu_total)


def _split(gram: NDArray[Any], k: int, *, complete: bool) -> tuple[NDArray[Any], ...]:
    """Return sums of r r, r x and x x, each (c, k, k)."""
    if not complete:
        return gram[:, :k, :k], gram[:, :k, k:], gram[:, k:, k:]
    shape = (len(gram), k, k)
    rr = np.broadcast_to(gram[:, :1, :1], shape)
    rx = np.broadcast_to(gram[:, :1, 1:], shape)
    return rr, rx, gram[:, 1:, 1:]


def answer_sums(gram: NDArray[Any], k: int, *, complete: bool) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return weighted numbers of answers and sums of scores, each (c, k)."""
    if complete:
        return np.broadcast_to(gram[:, 0, :1], (len(gram), k)), gram[:, 0, 1:]
    at = np.arange(k)
    return gram[:, at, at], gram[:, at, at + k]


def _quadratic(
    parts: tuple[NDArray[Any], ...],
    shift: NDArray[np.float64],
    rest: NDArray[np.float64],
    a: NDArray[np.float64],
) -> NDArray[np.float64]:
    out = np.empty(parts[2].shape, dtype=np.float64)
    for start in range(0, len(out), SLICE):
        at = slice(start, start + SLICE)
        rr, rx, xx = (  # whole numbers below 2**53 stay whole
            np.asarray(part[at], dtype=np.float64) for part in parts
        )
        row, column, left = shift[at, :, None], shift[at, None, :], rest[at]
        half = rx - 0.5 * rr * column  # symmetric parts are added once, with their mirror
        both = row * half
        some = xx - both
        some -= both.swapaxes(1, 2)
        ry = rx - rr * column
        some -= (cross := left[:, :, None] * (ry - 0.5 * rr * left[:, None, :]))
        some -= cross.swapaxes(1, 2)
        some *= a[at, :, None]
        np.multiply(some, a[at, None, :], out=out[at])
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """Per stratum: sampled units, and the share of all units that they are."""

    units: NDArray[np.float64]
    fraction: NDArray[np.float64]


def strata_of(m: Moments) -> Strata:
    """Count the sampled units of every stratum: PSUs, or respondents where there are none.

    Raises
    ------
    DesignError
        If a population is smaller than its sample.
    """
    h = len(m.strata)
    if m.clusters is None:
        units = np.bincount(m.stratum, weights=m.n, minlength=h).astype(np.float64)
    else:
        units = np.bincount(m.clusters.stratum, minlength=h).astype(np.float64)
    for at in np.flatnonzero(units > m.population).tolist():
        place = f"stratum {m.strata[at]!r}" if m.strata[at] else "the survey"
        raise DesignError(
            f"{place} has a sample of {units[at]:g} and a population of "
            f"{m.population[at]:g}; "
            "a population cannot be smaller than its sample"
        )
    return Strata(units=units, fraction=np.where(np.isinf(m.population), 0.0, units / m.population))


def degrees_of_freedom(m: Moments) -> NDArray[np.float64]:
    """Return (g,) sampled units less strata, among those that the group touches.

    With replicate weights: the rank of those of the group, less 1.
    """
    pairs = np.unique(np.stack([m.group, m.stratum], axis=1), axis=0)
    strata = np.bincount(pairs[:, 0], minlength=len(m.groups))
    if m.replicates is not None:
        held = m.replicates.overlap
        if len(held) == len(m.group):
            return ranks(m.per_group(held)).astype(np.float64) - 1.0
        least: NDArray[np.int64] = np.minimum(ranks(held), m.per_group(m.n))
        return least.astype(np.float64) - 1.0
    if m.clusters is None:
        units = m.per_group(m.n)
    else:
        touched = np.unique(np.stack([m.group[m.clusters.cell], m.clusters.psu], axis=1), axis=0)
        units = np.bincount(touched[:, 0], minlength=len(m.groups))
    return np.asarray(units - strata, dtype=np.float64)
