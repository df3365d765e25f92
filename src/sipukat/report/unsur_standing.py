"""How each unsur stands to the others: its difference from their mean, all judged at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from sipukat.ikm.intervals import t_quantile

if TYPE_CHECKING:
    from sipukat.ikm import IkmResult

_SAME: Final = 1e-9  # means that differ by less are equal
_DUST: Final = 1e-12  # a variance this small beside its parts is rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one unsur stands to the others.

    Parameters
    ----------
    unsur
        Its key.
    difference
        Its value less the mean of the others, in points of the published scale.
    low, high
        Interval of the difference, all unsur at once; NaN where it cannot be estimated.
    side
        1 where it surely stands above, -1 below, 0 where it cannot be told.
    """

    unsur: str
    difference: float
    low: float
    high: float
    side: Literal[-1, 0, 1]


def standings(result: IkmResult) -> tuple[Standing, ...]:
    """Compare each unsur with the mean of the others, over all respondents.

    Parameters
    ----------
    result
        A result.

    Returns
    -------
    tuple of Standing
        Those that were answered, in the order of the survey; empty with fewer than two.

    Notes
    -----
    The same people answer all unsur, so the variance of ``m_j - mean(m_i, i != j)`` comes from
    the joint covariance of the means. With k unsur the intervals are Student's at the level
    ``1 - (1 - level) / k`` (Bonferroni), so that all hold at once. A difference without any
    variance is sure where everybody was asked; of a mere sample its p-value is that of the
    sign test, ``2^(1 - n)``, as in `sipukat.ikm.mending.lowest.paired_p`, and it has no
    interval.

    References
    ----------
    Miller (1981), Simultaneous Statistical Inference, 2nd ed., section 2.1.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4, 3] * 9 for i in range(1, 9)} | {"U9": [2, 3, 2, 2] * 9})
    >>> [(row.unsur, round(row.difference, 2), row.side) for row in standings(ikm.estimate(frame))][-2:]
    [('U8', 3.91, 1), ('U9', -31.25, -1)]
    """
    part = result.whole
    at = np.flatnonzero(np.isfinite(part.points.nrr[0]))
    k = len(at)
    if k < 2:  # noqa: PLR2004  nothing to compare with
        return ()
    mean = part.points.nrr[0, at]
    covariance = part.unsur_covariance[0][np.ix_(at, at)]
    contrast = (np.eye(k) * k - 1) / (k - 1)
    difference = part.factor * (contrast @ mean)
    variance = part.factor**2 * np.einsum("ij,jk,ik->i", contrast, covariance, contrast)
    df, census = float(part.df[0]), bool(part.fraction[0] >= 1)
    alpha = 1 - result.confidence_level
    half = t_quantile(np.array([df]), 1 - alpha / k)[0] * np.sqrt(np.maximum(variance, 0.0))
    answered = part.levels[0].sum(axis=1)[at]
    scale = part.factor**2 * float(np.trace(covariance))
    out = []
    for j, place in enumerate(at.tolist()):
        apart = 0.0 if abs(difference[j]) < _SAME else float(difference[j])
        low, high = apart - float(half[j]), apart + float(half[j])
        sure = bool(low > 0 or high < 0)
        if census and not df >= 1:
            low = high = apart
            sure = True
        elif variance[j] <= _DUST * max(scale, 1.0):
            sure = census or 2.0 ** (1.0 - min(float(answered[j]), 1000.0)) * k <= alpha
            low, high = (apart, apart) if census else (float("nan"), float("nan"))
        side: Literal[-1, 0, 1] = (1 if apart > 0 else -1) if sure and apart else 0
        name = part.moments.unsur[place]
        out.append(Standing(unsur=name, difference=apart, low=low, high=high, side=side))
    return tuple(out)
