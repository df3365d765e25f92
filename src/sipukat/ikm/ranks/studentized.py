"""The studentized range with degrees of freedom of its own for every pair, in one sweep.

SciPy has it a value at a time, which takes minutes where thousands of pairs are compared.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NODES: Final = 240
_CHUNK: Final = 2048
_WIDEST: Final = 24.0
_GRID: Final = 2401
_FAR: Final = 9.0
"""Normal draws beyond this, and ranges beyond `_WIDEST`, are rarer than rounding."""
_MANY: Final = 1e6
"""With so many degrees of freedom the error is as good as known."""
_DROP: Final = 36.0
"""Where the log of a density has fallen by this much, no more than 1e-15 is left."""
_STEPS: Final = 24
_HALVINGS: Final = 55
_SOLVED: Final = 200


@lru_cache(maxsize=16)
def _range_tail(count: int) -> Any:
    """Return the function from a width to the chance that `count` normal draws span more."""
    from scipy.interpolate import CubicSpline
    from scipy.special import ndtr

    node, weight = np.polynomial.legendre.leggauss(_NODES)
    x = _FAR * node
    density = _FAR * weight * np.exp(-0.5 * x**2) / np.sqrt(2 * np.pi)
    width = np.linspace(0.0, _WIDEST, _GRID)
    within = ndtr(x) - ndtr(x - width[:, None])
    inside = count * (within ** (count - 1) @ density)
    return CubicSpline(width, np.clip(1 - inside, 0.0, 1.0))


def range_tail(q: NDArray[np.float64], count: int, df: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance that the studentized range of `count` means is above q.

    Parameters
    ----------
    q
        Ranges over the standard error of a mean: |t| of a difference times the root of 2.
    count
        Number of means, 2 or more.
    df
        Degrees of freedom of the standard error, one for every q; 1 or more.

    Notes
    -----
    ``P(Q > q) = integral over s of P(range > q s) f(s)``, f the density of the root of a
    chi-square over its degrees of freedom; Gauss-Legendre in ``log s``. The absolute error
    is below 1e-9, and below 1e-7 for one degree of freedom.

    References
    ----------
    Copenhaver & Holland (1988), Computation of the distribution of the maximum studentized
    range statistic, J. Stat. Comput. Simul. 30(1).

    Examples
    --------
    >>> range_tail(np.array([3.876777]), 3, np.array([10.0])).round(6).tolist()
    [0.05]
    """
    out = np.empty(len(q))
    for start in range(0, len(q), _CHUNK):
        at = slice(start, start + _CHUNK)
        out[at] = _tail(q[at], count, *_error_nodes(df[at]))
    return out


def _error_nodes(df: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return values of s for each of the degrees of freedom, and their weights."""
    from scipy.special import gammaln

    node, weight = np.polynomial.legendre.leggauss(_NODES)
    many = np.minimum(df, _MANY)
    half = many[:, None] / 2
    drop = _DROP / many
    low = _edge(drop, -np.maximum(drop + 0.5, np.sqrt(drop)))[:, None]
    high = _edge(drop, np.minimum(np.sqrt(drop), 0.5 * np.log(2 * drop + 1) + 0.6))[:, None]
    u = (low + high) / 2 + (high - low) / 2 * node
    log_density = np.log(2) + half * np.log(half) - gammaln(half) + half * (2 * u - np.exp(2 * u))
    return np.exp(u), np.exp(log_density) * weight * (high - low) / 2


def _edge(drop: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the density of log s has fallen to nothing, from a start further out."""
    for _ in range(_STEPS):
        u = u - (np.exp(2 * u) / 2 - u - 0.5 - drop) / np.expm1(2 * u)
    return u


def _tail(
    q: NDArray[np.float64], count: int, s: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    wide = q[:, None] * s
    beyond = np.where(wide < _WIDEST, _range_tail(count)(np.minimum(wide, _WIDEST)), 0.0)
    return np.asarray(np.clip((beyond * weight).sum(axis=1), 0.0, 1.0))


def range_quantile(confidence_level: float, count: int, df: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the q that the studentized range exceeds with one minus the level.

    Parameters
    ----------
    confidence_level
        Between 0 and 1, both excluded.
    count
        Number of means, 2 or more.
    df
        Degrees of freedom, 1 or more; with many different ones q is interpolated.

    Examples
    --------
    >>> range_quantile(0.95, 3, np.array([10.0, 60.0])).round(3).tolist()
    [3.877, 3.399]
    """
    from scipy.interpolate import CubicSpline

    distinct, back = np.unique(1 / np.minimum(df, _MANY), return_inverse=True)
    few = len(distinct) <= _SOLVED
    solved = distinct if few else np.linspace(distinct[0], distinct[-1], _SOLVED)
    alpha = 1 - confidence_level
    nodes = _error_nodes(1 / solved)
    low, high = np.zeros(len(solved)), np.full(len(solved), 4.0)
    while (short := _tail(high, count, *nodes) > alpha).any():
        high = np.where(short, 2 * high, high)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = _tail(middle, count, *nodes) > alpha
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    q = (low + high) / 2
    if not few:
        q = np.exp(CubicSpline(solved, np.log(q))(distinct))
    return np.asarray(q[back])
