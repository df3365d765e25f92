"""Intervals of a share when it is known like a share of `size` independent answers.

`size` need not be whole: with weights and clusters it is the number of independent answers
that would know the share equally well. Arrays of one shape go in and come out; NaN stays NaN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"

_STEPS: Final = 60
"""Newton doubles the digits a step; it needs 5 to 10, and some more from far out."""


def wilson_bounds(share: Floats, size: Floats, quantile: Floats) -> tuple[Floats, Floats]:
    """Return the shares p with ``(share - p)^2 <= quantile^2 p (1 - p) / size``.

    Parameters
    ----------
    share
        Estimated shares, 0 to 1.
    size
        Independent answers, above 0.
    quantile
        Of the standard normal, or of Student's t.

    Notes
    -----
    With ``c = quantile^2 / size``: ``(share + c/2 -+ sqrt(c) sqrt(share (1 - share) + c/4)) / (1 + c)``.

    References
    ----------
    Wilson (1927), Probable inference, J. Amer. Statist. Assoc. 22, p. 209-212.

    Examples
    --------
    >>> low, high = wilson_bounds(np.array([0.9]), np.array([30.0]), np.array([1.96]))
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7438 0.9654'
    """
    c = quantile**2 / size
    half = np.sqrt(c) * np.sqrt(share * (1 - share) + c / 4)
    low, high = (share + c / 2 - half) / (1 + c), (share + c / 2 + half) / (1 + c)
    return np.where(share <= 0, 0.0 * low, low), np.where(share >= 1, 1.0 + 0.0 * high, high)


def clopper_pearson_bounds(share: Floats, size: Floats, tail: float) -> tuple[Floats, Floats]:
    """Return the shares at which the sample is just not too extreme on either side.

    Parameters
    ----------
    share
        Estimated shares, 0 to 1.
    size
        Independent answers, above 0.
    tail
        Probability left out on each side, 0 to 0.5.

    Notes
    -----
    Quantiles `tail` of Beta(size share, size (1 - share) + 1) and ``1 - tail`` of
    Beta(size share + 1, size (1 - share)). At an end that end is one bound, and the other
    is ``tail^(1 / size)`` away from the far end.

    References
    ----------
    Clopper & Pearson (1934), The use of confidence or fiducial limits, Biometrika 26,
    p. 404-413.

    Examples
    --------
    >>> low, high = clopper_pearson_bounds(np.array([1.0]), np.array([30.0]), 0.025)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.8843 1.0000'
    """
    from scipy.special import betaincinv

    hits, misses = size * share, size * (1 - share)
    some, others = hits > 0, misses > 0  # False for NaN too
    low = betaincinv(np.where(some, hits, 1.0), misses + 1, tail)
    high = betaincinv(hits + 1, np.where(others, misses, 1.0), 1 - tail)
    nothing = 0.0 * (share + size)
    return np.where(some, low, nothing), np.where(others, high, 1 + nothing)


def likelihood_bounds(share: Floats, size: Floats, quantile: Floats) -> tuple[Floats, Floats]:
    """Return the shares p with ``2 size [l(share) - l(p)] <= quantile^2``.

    Parameters
    ----------
    share
        Estimated shares, 0 to 1.
    size
        Independent answers, above 0.
    quantile
        Of the standard normal, or of Student's t.

    Notes
    -----
    ``l(p) = share log p + (1 - share) log(1 - p)``. At the upper end the low bound is
    ``exp(-quantile^2 / (2 size))``. Elsewhere Newton's method on the log-odds, in which
    the distance is convex: it cannot leave the side on which it starts.

    References
    ----------
    Brown, Cai & DasGupta (2001), Interval estimation for a binomial proportion,
    Statist. Sci. 16, p. 101-133, section 4.

    Examples
    --------
    >>> low, high = likelihood_bounds(np.array([0.9]), np.array([30.0]), np.array([1.96]))
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7608 0.9741'
    """
    far = np.exp(-(quantile**2) / (2 * size))
    inside = (share > 0) & (share < 1) & np.isfinite(far)
    p = np.where(inside, share, 0.5)
    goal = np.where(inside, quantile**2 / (2 * size), 0.5)
    # where the goal is lost in rounding, the root may fall on the other side
    low, high = np.minimum(_root(p, goal, -1), p), np.maximum(_root(p, goal, 1), p)
    end = np.where(np.isfinite(far), share, np.nan)
    return (
        np.where(inside, low, np.where(end >= 1, far, end)),
        np.where(inside, high, np.where(end <= 0, 1 - far, end)),
    )


def _root(p: Floats, goal: Floats, side: int) -> Floats:
    """Return the share on one side of `p` whose divergence from it is `goal`."""
    from scipy.special import expit, logit

    x = logit(p) + side * np.sqrt(2 * goal / (p * (1 - p)))
    least = p * np.log(p) + (1 - p) * np.log1p(-p)
    for _ in range(_STEPS):
        distance = least + p * np.logaddexp(0, -x) + (1 - p) * np.logaddexp(0, x) - goal
        slope = expit(x) - p
        step = np.where(slope == 0, 0.0, distance / np.where(slope == 0, 1.0, slope))
        x = x - step
        if np.all(np.abs(step) <= 1e-13 * (1 + np.abs(x))):
            break
    return np.asarray(expit(x), dtype=np.float64)
