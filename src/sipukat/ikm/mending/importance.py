"""How much the unsur move together: importance derived without asking for it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from sipukat.errors import ArgumentError
from sipukat.ikm.scales.answer_covariance import correlations
from sipukat.ikm.scales.coefficients import fisher, item_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from sipukat.ikm.scales.answer_covariance import AnswerCovariance

Floats: TypeAlias = "NDArray[np.float64]"

_SINGULAR: Final = 1e-9
_FEWEST: Final = 2
"""Importance is a share of something: one unsur alone has none."""


def relative_weights(correlation: Floats, outcome: int) -> Floats:
    """Split the explained variance of one variable among all others (Johnson, 2000).

    Use it on your own correlations where a survey does ask an overall question.

    Parameters
    ----------
    correlation
        (..., m, m) correlations; of the unsur, and of the outcome among them.
    outcome
        Place of the variable to be explained.

    Returns
    -------
    ndarray
        (..., m - 1) weights of the others, in their order, not negative; they sum to the
        R squared of the regression. NaN where the correlations of the others are singular.

    Raises
    ------
    ArgumentError
        If there is no variable at that place.

    Notes
    -----
    The predictors are replaced by their closest orthogonal set: with ``R = Q L Q'`` and
    ``H = Q L^(1/2) Q'``, the outcome is regressed on that set, ``b = H^-1 r``, and the weights
    are ``H^2 b^2``, squares element by element.

    References
    ----------
    Johnson (2000), A heuristic method for estimating the relative weight of predictor
    variables in multiple regression, Multivariate Behavioral Research 35(1).

    Examples
    --------
    >>> r = np.array([[1.0, 0.5, 0.3], [0.5, 1.0, 0.0], [0.3, 0.0, 1.0]])
    >>> relative_weights(r, 0).round(4).tolist()  # uncorrelated: the squared correlations
    [0.25, 0.09]
    """
    m = correlation.shape[-1]
    if not 0 <= outcome < m:
        raise ArgumentError(f"outcome is {outcome!r}; the places are 0 to {m - 1}")
    others = np.arange(m) != outcome
    among = correlation[..., others, :][..., :, others]
    known = np.asarray(np.isfinite(correlation).all(axis=(-2, -1)))
    values, vectors = np.linalg.eigh(np.where(known[..., None, None], among, np.eye(m - 1)))
    known &= values[..., 0] > _SINGULAR
    root = np.sqrt(np.where(known[..., None], values, 1.0))
    turned = vectors.swapaxes(-1, -2)
    beta = (vectors / root[..., None, :]) @ (turned @ correlation[..., others, outcome][..., None])
    found = ((vectors * root[..., None, :]) @ turned) ** 2 @ beta**2
    return np.where(known[..., None], found[..., 0], np.nan)


def mean_relative_weights(covariance: Floats) -> Floats:
    """Return (..., k): what each unsur explains of each other one, on average.

    Parameters
    ----------
    covariance
        (..., k, k), of 2 unsur or more.

    Notes
    -----
    Each unsur in turn is the outcome and the k - 1 others explain it
    (`relative_weights`); the importance of an unsur is the mean of its k - 1 weights, a
    share of variance from 0 to 1. The sum of all unsur is not taken as the outcome: its
    parts explain it entirely, by arithmetic.

    Examples
    --------
    >>> mean_relative_weights(np.array([[1.0, 0.6], [0.6, 1.0]])).round(4).tolist()
    [0.36, 0.36]
    """
    r = correlations(covariance)
    k = r.shape[-1]
    total = np.zeros(r.shape[:-1])
    for outcome in range(k):
        total[..., np.arange(k) != outcome] += relative_weights(r, outcome)
    return np.asarray(total / (k - 1))


def mean_partial(covariance: Floats) -> Floats:
    """Return (..., k): mean partial correlation of each unsur with each other one.

    Parameters
    ----------
    covariance
        (..., k, k), of 2 unsur or more.

    Notes
    -----
    The partial correlation of i and j, given the other k - 2 unsur, is
    ``-p_ij / sqrt(p_ii p_jj)`` of the inverse p of the correlations; the mean is over j, from
    -1 to 1. NaN where the correlations are singular.

    References
    ----------
    Whittaker (1990), Graphical Models in Applied Multivariate Statistics, ch. 5.

    Examples
    --------
    >>> r = np.array([[1.0, 0.5, 0.25], [0.5, 1.0, 0.5], [0.25, 0.5, 1.0]])
    >>> mean_partial(r).round(4).tolist()  # the first and the third meet only in the second
    [0.2236, 0.4472, 0.2236]
    """
    r = correlations(covariance)
    k = r.shape[-1]
    known = np.asarray(np.isfinite(r).all(axis=(-2, -1)))
    safe = np.where(known[..., None, None], r, np.eye(k))
    known &= np.linalg.eigvalsh(safe)[..., 0] > _SINGULAR
    p = np.linalg.inv(np.where(known[..., None, None], safe, np.eye(k)))
    size = np.sqrt(np.diagonal(p, axis1=-2, axis2=-1))
    partial = -p / (size[..., :, None] * size[..., None, :])
    mean = (partial.sum(axis=-1) + 1) / (k - 1)  # the diagonal is -1
    return np.where(known[..., None], mean, np.nan)


IMPORTANCES: Final[Mapping[str, Callable[[Floats], Floats]]] = MappingProxyType(
    {"correlation": item_rest, "partial": mean_partial, "relative_weights": mean_relative_weights}
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Importance:
    """Derived importance of k unsur.

    Parameters
    ----------
    value
        (k,) the estimates; NaN where an unsur does not vary.
    low, high
        (k,) confidence intervals; NaN with too few complete respondents.
    above
        (k,) 1 where an unsur surely lies above the mean importance, -1 surely below, 0
        unsure.
    """

    value: Floats
    low: Floats
    high: Floats
    above: NDArray[np.int64]


def importance_of(
    held: AnswerCovariance, method: str, *, confidence_level: float, draws: int, seed: int
) -> Importance:
    """Estimate the importance of every unsur that varies, with intervals.

    Parameters
    ----------
    held
        The covariance of the answers.
    method
        A name in `IMPORTANCES`.
    confidence_level
        Between 0 and 1.
    draws, seed
        Wishart covariances drawn, and their seed.

    Notes
    -----
    The interval of a correlation is that of Fisher's z. For the other methods, and for the
    distance of each unsur from the mean of all, covariances are drawn from the Wishart
    distribution around the observed one with the effective n, and the quantiles of what
    they give are taken (a parametric bootstrap).

    References
    ----------
    Tonidandel, LeBreton & Johnson (2009), Determining the statistical significance of
    relative weights, Psychological Methods 14(4). Bartlett (1933), On the theory of
    statistical regression, Proc. Royal Soc. Edinburgh 53 (Wishart draws).
    """
    k, moves = len(held.unsur), held.varies
    estimates = np.full((3, k), np.nan)
    above = np.zeros(k, dtype=np.int64)
    if moves.sum() >= _FEWEST:
        some, measure = held.only(moves), IMPORTANCES[method]
        value = measure(some.covariance)
        drawn = measure(wishart(some.covariance, some.effective_n - 1, draws=draws, seed=seed))
        tails = [(1 - confidence_level) / 2, (1 + confidence_level) / 2]
        apart = np.quantile(drawn - drawn.mean(axis=1, keepdims=True), tails, axis=0)
        low, high = np.quantile(drawn, tails, axis=0)
        if method == "correlation":
            low, high = fisher(value, some.effective_n, confidence_level)
        estimates[:, moves] = value, low, high
        above[moves] = (apart[0] > 0).astype(np.int64) - (apart[1] < 0)
    return Importance(value=estimates[0], low=estimates[1], high=estimates[2], above=above)


def wishart(covariance: Floats, df: float, *, draws: int, seed: int) -> Floats:
    """Draw covariances from the Wishart distribution around a covariance.

    Parameters
    ----------
    covariance
        (k, k), their mean.
    df
        Degrees of freedom; with k - 1 or fewer all draws are NaN.
    draws, seed
        How many, and the seed.

    Returns
    -------
    ndarray
        (draws, k, k).

    Examples
    --------
    >>> wishart(np.eye(2), 50, draws=20_000, seed=1).mean(axis=0).round(1) + 0.0
    array([[1., 0.],
           [0., 1.]])
    """
    k = len(covariance)
    if not df > k - 1:
        return np.full((draws, k, k), np.nan)
    rng = np.random.default_rng(seed)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    lower = np.tril(rng.standard_normal((draws, k, k)), -1)
    at = np.arange(k)
    lower[:, at, at] = np.sqrt(rng.chisquare(df - at, size=(draws, k)))
    square = root @ lower
    return np.asarray(square @ square.swapaxes(-1, -2) / df)
