"""Coefficients of agreement between unsur, and their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAN: Final = float("nan")
_FISHER: Final = 3
"""Respondents that the variance of Fisher's z takes off."""


def cronbach(covariance: NDArray[np.float64]) -> float:
    """Return Cronbach's alpha, ``k/(k-1) (1 - trace / sum)``; NaN for one unsur or no variance.

    Parameters
    ----------
    covariance
        (k, k).

    Examples
    --------
    >>> cronbach(np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]))
    0.75
    """
    k, total = len(covariance), covariance.sum()
    if k < 2 or total <= 0:  # noqa: PLR2004  one unsur agrees with nothing
        return _NAN
    return float(k / (k - 1) * (1 - np.trace(covariance) / total))


def feldt(alpha: float, n: float, k: int, confidence_level: float) -> tuple[float, float]:
    """Return the interval of Feldt (1965) of Cronbach's alpha.

    Parameters
    ----------
    alpha
        The estimate.
    n
        Respondents, or effective ones; NaN comes back with 1 or fewer.
    k
        Number of unsur, 2 or more.
    confidence_level
        Between 0 and 1.

    Examples
    --------
    >>> low, high = feldt(0.8, 100, 9, 0.95)
    >>> round(low, 4), round(high, 4)
    (0.7355, 0.8539)
    """
    from scipy.special import fdtri

    if not n > 1:
        return _NAN, _NAN
    tail = (1 - confidence_level) / 2
    df = (n - 1, (n - 1) * (k - 1))
    return (
        float(1 - (1 - alpha) * fdtri(*df, 1 - tail)),
        float(1 - (1 - alpha) * fdtri(*df, tail)),
    )


def fisher(r: NDArray[np.float64], n: float, confidence_level: float) -> list[NDArray[np.float64]]:
    """Return low and high of correlations by Fisher's z; NaN with 3 respondents or fewer.

    Parameters
    ----------
    r
        Correlations; those of -1 or 1 have no width.
    n
        Respondents, or effective ones.
    confidence_level
        Between 0 and 1.

    References
    ----------
    Fisher (1921), On the "probable error" of a coefficient of correlation, Metron 1.

    Examples
    --------
    >>> low, high = fisher(np.array([0.5]), 103, 0.95)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.3393], [0.6323])
    """
    from scipy.special import ndtri

    reach = float(ndtri((1 + confidence_level) / 2)) / np.sqrt(n - _FISHER) if n > _FISHER else _NAN
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.arctanh(np.clip(r, -1, 1))
        return [np.tanh(z - reach), np.tanh(z + reach)]


def item_rest(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (..., k) correlations of every unsur with the sum of the others.

    Parameters
    ----------
    covariance
        (..., k, k).

    Examples
    --------
    >>> item_rest(np.array([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]])).round(4).tolist()
    [0.5774, 0.5774, 0.5774]
    """
    own = np.diagonal(covariance, axis1=-2, axis2=-1)
    with_all = covariance.sum(axis=-1)
    rest = with_all.sum(axis=-1)[..., None] - 2 * with_all + own
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (with_all - own) / np.sqrt(own * rest)
    return np.asarray(np.where((own > 0) & (rest > 0), np.clip(found, -1, 1), np.nan))
