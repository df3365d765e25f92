"""One factor behind all unsur, by maximum likelihood, and McDonald's omega from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.errors import EstimationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST: Final = 3
"""With two unsur one factor has more unknowns than there are correlations."""

_LOWEST: Final = 0.005
"""Lowest uniqueness that is let in, as in R's ``factanal``."""

_NEAR: Final = 1e-6
_STEEP: Final = 1e-4
_SINGULAR: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OneFactor:
    """What one factor makes of the correlations.

    Parameters
    ----------
    loading
        (k,) correlation of each unsur with the factor; their sum is not negative.
    uniqueness
        (k,) share of its variance that the factor does not explain, 0.005 to 1.
    discrepancy
        How far the model is from the correlations: log-likelihood ratio per degree of
        freedom of the sample, 0 for a perfect fit.
    """

    loading: NDArray[np.float64]
    uniqueness: NDArray[np.float64]
    discrepancy: float

    @property
    def at_bound(self) -> NDArray[np.bool_]:
        """(k,) whether the factor explains all of an unsur (a Heywood case)."""
        return np.asarray(self.uniqueness < _LOWEST + _NEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Omega:
    """McDonald's omega total of a sum of scores.

    Parameters
    ----------
    value
        0 to 1.
    se
        Standard error, of the delta method.
    low, high
        Confidence interval.
    """

    value: float
    se: float
    low: float
    high: float


def one_factor(correlation: NDArray[np.float64]) -> OneFactor:
    """Fit one factor by maximum likelihood.

    Parameters
    ----------
    correlation
        (k, k) correlations, of at least 3 unsur.

    Raises
    ------
    EstimationError
        If there are fewer than 3 unsur, the correlations are singular (an unsur is a sum of
        others), or the search does not settle.

    Notes
    -----
    Minimises ``-sum_(j>1) (log e_j - e_j) - (k - 1)`` over the uniquenesses, where `e` are
    the eigenvalues of the correlations after division by the roots of the uniquenesses,
    the largest first.

    References
    ----------
    Jöreskog (1967), Some contributions to maximum likelihood factor analysis,
    Psychometrika 32(4); Lawley & Maxwell (1971), Factor Analysis as a Statistical Method,
    ch. 4.

    Examples
    --------
    >>> fit = one_factor(np.outer([0.8, 0.7, 0.6], [0.8, 0.7, 0.6]) + np.diag([0.36, 0.51, 0.64]))
    >>> fit.loading.round(6).tolist(), round(fit.discrepancy, 9) + 0.0
    ([0.8, 0.7, 0.6], 0.0)
    """
    from scipy.optimize import minimize

    k = len(correlation)
    if k < FEWEST:
        raise EstimationError(f"one factor needs at least {FEWEST} unsur that vary, got {k}")
    if not np.isfinite(correlation).all() or np.linalg.eigvalsh(correlation)[0] < _SINGULAR:
        raise EstimationError(
            "the correlations are singular: the answers to an unsur follow from those to others"
        )
    start = np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(correlation)), 2 * _LOWEST, 1.0)
    found = minimize(
        _discrepancy,
        start,
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LOWEST, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000, "maxfun": 20_000, "maxls": 50},
    )
    psi = found.x
    value, slope = _discrepancy(psi, correlation)
    inner = np.where((psi <= _LOWEST + _NEAR) & (slope > 0) | (psi >= 1 - _NEAR) & (slope < 0), 0.0, slope)
    if np.abs(inner).max() > _STEEP:
        raise EstimationError("the search for one factor behind the unsur did not settle")
    root = np.sqrt(psi)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    loading = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    sign = -1.0 if loading.sum() < 0 else 1.0
    return OneFactor(loading=sign * loading, uniqueness=psi, discrepancy=float(value))


def _discrepancy(psi: NDArray[np.float64], r: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the function to be minimised, and its gradient."""
    root = np.sqrt(psi)
    values, vectors = np.linalg.eigh(r / np.outer(root, root))
    small = values[:-1]
    loading = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    slope = (loading**2 + psi - np.diag(r)) / psi**2
    return float((small - np.log(small) - 1).sum()), slope


def omega(fit: OneFactor, sd: NDArray[np.float64], n: float, confidence_level: float) -> Omega:
    """Return omega total: the share of the variance of the sum that the factor explains.

    Parameters
    ----------
    fit
        The factor behind the correlations.
    sd
        (k,) standard deviations of the unsur; all 1 for the sum of standard scores.
    n
        Respondents, or effective ones; more than 1.
    confidence_level
        Between 0 and 1.

    Notes
    -----
    With ``a = sum sd loading`` and ``b = sum sd^2 uniqueness``: ``a^2 / (a^2 + b)``. Its
    standard error follows from the expected information of the model under normal answers
    (delta method); the interval is symmetric in ``log(1 - omega)``, and so stays below 1.

    References
    ----------
    McDonald (1999), Test Theory: A Unified Treatment, eq. 6.20b; Raykov (2002), Analytic
    estimation of standard error and confidence interval for scale reliability,
    Multivariate Behavioral Research 37(1).

    Examples
    --------
    >>> fit = one_factor(np.outer([0.8, 0.7, 0.6], [0.8, 0.7, 0.6]) + np.diag([0.36, 0.51, 0.64]))
    >>> found = omega(fit, np.ones(3), 100, 0.95)
    >>> f"{found.value:.4f} {found.low:.3f} {found.high:.3f}"
    '0.7449 0.642 0.818'
    """
    from scipy.special import ndtri

    loading, psi = sd * fit.loading, sd**2 * fit.uniqueness
    a, b = float(loading.sum()), float(psi.sum())
    value = a * a / (a * a + b)
    slope = np.concatenate([np.full(len(sd), 2 * a * b), np.full(len(sd), -a * a)]) / (a * a + b) ** 2
    free = np.append(np.ones(len(sd), dtype=bool), ~fit.at_bound)
    information = _information(loading, psi)[np.ix_(free, free)] * (n - 1)
    se = float(np.sqrt(slope[free] @ np.linalg.pinv(information, hermitian=True) @ slope[free]))
    reach = float(ndtri((1 + confidence_level) / 2)) * se / (1 - value)
    low, high = 1 - (1 - value) * np.exp(reach), 1 - (1 - value) * np.exp(-reach)
    return Omega(value=value, se=se, low=max(float(low), 0.0), high=float(high))


def _information(loading: NDArray[np.float64], psi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the expected information of loadings and uniquenesses, per respondent."""
    k = len(psi)
    inverse = np.linalg.inv(np.outer(loading, loading) + np.diag(psi))
    unit = np.eye(k)
    by_loading = [np.outer(unit[i], loading) + np.outer(loading, unit[i]) for i in range(k)]
    moved = [inverse @ d for d in (*by_loading, *(np.diag(unit[i]) for i in range(k)))]
    return np.array([[0.5 * float((p * q.T).sum()) for q in moved] for p in moved])
