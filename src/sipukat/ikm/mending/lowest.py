"""Which unsur may be the lowest: paired differences within respondents, by Holm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.ikm.ranks.holm import holm

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAME: Final = 1e-9
"""Means that differ by less are equal."""

_DUST: Final = 1e-12
"""A variance of a difference this small beside those of its parts is rounding."""


def paired_p(
    mean: NDArray[np.float64],
    covariance: NDArray[np.float64],
    *,
    df: float,
    answered: NDArray[np.int64],
    census: bool = False,
) -> NDArray[np.float64]:
    """Return (k, k) p-values of the differences of all pairs of unsur, adjusted by Holm.

    Parameters
    ----------
    mean
        (k,) unsur means, in scores.
    covariance
        (k, k) their covariance under the design.
    df
        Degrees of freedom; below 1 nothing differs.
    answered
        (k,) respondents who answered.
    census
        Whether everyone was asked: then a difference without error is certain.

    Notes
    -----
    The same people answer both unsur, so the variance of a difference is
    ``V_ii + V_jj - 2 V_ij``: with every question answered the paired t test. All pairs are
    one family, so that the unsur to compare with may be chosen after looking. Where all
    respondents differ by the same amount there is no variance; the p-value is then that of
    the sign test, ``2^(1 - n)``.

    Examples
    --------
    >>> v = np.array([[0.02, 0.01], [0.01, 0.02]])
    >>> paired_p(np.array([3.0, 3.5]), v, df=60, answered=np.array([61, 61])).round(5)[0, 1]
    np.float64(0.00079)
    """
    from scipy.special import stdtr

    k = len(mean)
    i, j = np.triu_indices(k, 1)
    difference = np.abs(mean[i] - mean[j])
    own = np.diag(covariance)
    both = own[i] + own[j]
    variance = both - 2 * covariance[i, j]
    still = (variance <= _DUST * both) & np.isfinite(variance)
    t = np.zeros(len(i))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(still, t, difference / np.sqrt(variance))
    chance = 2 * stdtr(df, -t) if df >= 1 else np.ones(len(i))
    signs = np.minimum(2.0 ** (1.0 - np.minimum(answered[i], answered[j])), 1.0)
    p = np.where(still, 0.0 if census else signs, chance)
    p = np.where((difference < _SAME) | ~np.isfinite(p), 1.0, p)
    out = np.ones((k, k))
    out[i, j] = out[j, i] = holm(p)
    return out
