"""Conventions that round on the way, for many groups at once, in whole numbers and so exactly."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from sipukat.standards import Profile

_SAFE: Final = 1 << 61
"""What products may grow to, in a signed integer of 64 bits."""


def stepwise_hundredths(
    answered: NDArray[Any],
    total: NDArray[Any],
    weight: Sequence[Fraction],
    factor: Fraction,
    profile: Profile,
) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
    """Return index and hundredths of groups in which every unsur was answered.

    Parameters
    ----------
    answered, total
        (g, k) numbers of answers, all above 0, and sums of scores.
    weight
        Weight of each unsur.
    factor
        Factor of the scale.
    profile
        Where to round on the way; None where the NRR is not rounded, whose fractions have
        no denominator in common.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from sipukat import standards
    >>> profile = standards.survey("permenpanrb-14-2017").profile("nrr2-0.11")
    >>> n, t = np.full((1, 9), 3), np.full((1, 9), 10)
    >>> stepwise_hundredths(n, t, [Fraction(11, 100)] * 9, Fraction(25), profile)
    (array([82.4175]), array([8242]))
    """
    if profile.nrr_decimals is None or not len(answered):
        return None
    nrr = 10**profile.nrr_decimals
    n, t = np.asarray(answered, dtype=np.int64), np.asarray(total, dtype=np.int64)
    if int(t.max()) * 2 * nrr > _SAFE:
        return None
    score = _half_up(2 * nrr * t + n, 2 * n)
    shared = lcm(*(w.denominator for w in weight))
    tops = np.array([w.numerator * (shared // w.denominator) for w in weight], dtype=np.int64)
    above, below = score * tops, shared * nrr
    if profile.weighted_decimals is not None:
        above, below = _rounded(above, below, profile.weighted_decimals)
    above = above.sum(axis=1)
    if profile.index_decimals is not None:
        above, below = _rounded(above, below, profile.index_decimals)
    top, bottom = above * factor.numerator, below * factor.denominator
    return top / bottom, _rounded(top, bottom, 2)[0]


def _half_up(above: NDArray[np.int64], below: NDArray[np.int64] | int) -> NDArray[np.int64]:
    return np.asarray(np.floor_divide(above, below), dtype=np.int64)


def _rounded(above: NDArray[np.int64], below: int, decimals: int) -> tuple[NDArray[np.int64], int]:
    """Round ``above / below`` half up; return what stands over the power of ten, and that power."""
    ten = 10**decimals
    return _half_up(2 * ten * above + below, 2 * below), ten
