"""The area-level model of Fay and Herriot: REML, EBLUP and its mean squared error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GRID: Final = 64
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A fitted model.

    Parameters
    ----------
    between
        Variance between areas that the covariates leave.
    between_variance
        Its asymptotic variance.
    coefficient
        (p,) coefficients of the covariates.
    coefficient_covariance
        (p, p) their covariance.
    """

    between: float
    between_variance: float
    coefficient: NDArray[np.float64]
    coefficient_covariance: NDArray[np.float64]


def _least_squares(
    y: NDArray[np.float64], x: NDArray[np.float64], total: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coefficients and their covariance under the variances `total`.

    By the triangular factor of the weighted covariates, which loses half as many digits as
    their squares would.
    """
    from scipy.linalg import solve_triangular

    root = 1 / np.sqrt(total)
    q, r = np.linalg.qr(x * root[:, None])
    inverse = solve_triangular(r, np.eye(len(r)))
    return solve_triangular(r, q.T @ (y * root)), inverse @ inverse.T


def reml_score(
    between: float, y: NDArray[np.float64], x: NDArray[np.float64], sampling: NDArray[np.float64]
) -> float:
    """Return the slope of the restricted log-likelihood in the variance between areas.

    Parameters
    ----------
    between
        The variance between areas, 0 or more.
    y, x
        (m,) direct estimates and (m, p) covariates.
    sampling
        (m,) sampling variances, above 0.

    Notes
    -----
    ``(y'P P y - trace P) / 2`` with ``P = W - W x (x'W x)^-1 x'W``, W the inverse of the
    total variances.

    Examples
    --------
    >>> one = np.ones((2, 1))
    >>> reml_score(1.0, np.array([0.0, 2.0]), one, np.ones(2))  # (2 - 0)^2 / 2 = 2 = 1 + 1
    0.0
    """
    total = between + sampling
    coefficient, covariance = _least_squares(y, x, total)
    weighted = (y - x @ coefficient) / total
    leverage = np.einsum("ip,pq,iq->i", x, covariance, x) / total
    return float((weighted @ weighted - ((1 - leverage) / total).sum()) / 2)


def _log_likelihood(
    between: float, y: NDArray[np.float64], x: NDArray[np.float64], sampling: NDArray[np.float64]
) -> float:
    total = between + sampling
    coefficient, covariance = _least_squares(y, x, total)
    left = y - x @ coefficient
    log_determinant = float(np.linalg.slogdet(covariance)[1])
    return float(-(np.log(total).sum() - log_determinant + (left**2 / total).sum()) / 2)


def fit(y: NDArray[np.float64], x: NDArray[np.float64], sampling: NDArray[np.float64]) -> Fit:
    """Fit the model ``y_i = x_i'b + v_i + e_i`` by restricted maximum likelihood.

    Parameters
    ----------
    y
        (m,) direct estimates.
    x
        (m, p) covariates of full rank, m above p; a column of ones is the caller's.
    sampling
        (m,) variances of e, known and above 0.

    Notes
    -----
    Of all roots of the score, and 0, the one with the highest restricted likelihood, so
    that a second maximum is not overlooked. ``Var = 2 / trace(W W)``.

    References
    ----------
    Fay & Herriot (1979), JASA 74; Rao & Molina (2015), Small Area Estimation, 2nd ed.,
    section 6.1.2.

    Examples
    --------
    >>> round(fit(np.array([0.0, 2.0, 4.0]), np.ones((3, 1)), np.ones(3)).between, 9)
    3.0
    """
    from scipy.optimize import brentq

    # at the root, the squares of what least squares leave outweigh no more than this
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    most = float((left @ left) * (1 + sampling.max() / sampling.min()) + sampling.max())
    least = float(sampling.min()) * _TINY
    grid = np.concatenate([[0.0], np.geomspace(least, max(most, 2 * least), _GRID)])
    score = np.array([reml_score(a, y, x, sampling) for a in grid.tolist()])
    tops = [0.0]
    for i in np.flatnonzero((score[:-1] > 0) & (score[1:] <= 0)).tolist():
        found = brentq(reml_score, grid[i], grid[i + 1], args=(y, x, sampling), xtol=1e-14 * most, rtol=1e-14)
        tops.append(float(found))
    between = max(tops, key=lambda a: _log_likelihood(a, y, x, sampling))
    total = between + sampling
    coefficient, covariance = _least_squares(y, x, total)
    return Fit(
        between=between,
        between_variance=float(2 / (1 / total**2).sum()),
        coefficient=coefficient,
        coefficient_covariance=covariance,
    )


def predict(
    model: Fit, y: NDArray[np.float64], x: NDArray[np.float64], sampling: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return estimate, mean squared error and weight of the direct estimate of each area.

    Parameters
    ----------
    model
        The fitted model.
    y, x
        (m,) direct estimates, unused where `sampling` is infinite, and (m, p) covariates.
    sampling
        (m,) variances; infinite for an area without a direct estimate, which then gets the
        value of the model.

    Notes
    -----
    With A the variance between areas, D that of sampling, ``w = A / (A + D)``: the estimate
    is ``w y + (1 - w) x'b`` and its mean squared error ``g1 + g2 + 2 g3``,
    ``g1 = w D``, ``g2 = (1 - w)^2 x'Cov(b)x``, ``g3 = D^2 / (A + D)^3 Var(A)``. Without a
    direct estimate: ``A + x'Cov(b)x``.

    References
    ----------
    Prasad & Rao (1990), JASA 85; Datta & Lahiri (2000), Statistica Sinica 10, for REML;
    Rao & Molina (2015), section 6.2.1.

    Examples
    --------
    >>> y, x, d = np.array([0.0, 2.0, 4.0]), np.ones((3, 1)), np.ones(3)
    >>> estimate, mse, weight = predict(fit(y, x, d), y, x, d)
    >>> estimate.round(9).tolist(), weight.round(9).tolist()
    ([0.5, 2.0, 3.5], [0.75, 0.75, 0.75])
    """
    known = np.isfinite(sampling)
    a, d = model.between, np.where(known, sampling, 1.0)
    value = x @ model.coefficient
    fixed = np.einsum("ip,pq,iq->i", x, model.coefficient_covariance, x)
    weight = np.where(known, a / (a + d), 0.0)
    estimate = np.where(known, weight * np.where(known, y, 0.0) + (1 - weight) * value, value)
    g3 = d**2 / (a + d) ** 3 * model.between_variance
    mse = np.where(known, weight * d + (1 - weight) ** 2 * fixed + 2 * g3, a + fixed)
    return estimate, mse, weight
