"""A line through indices of periods, whether they are equal, and where they part: by GLS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.ikm.comparing.t_tests import t_test

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SINGULAR: Final = 1e-10
"""Below this, an eigenvalue of the correlations of the errors is rounding."""

_CHUNK: Final = 5000
_NOTED: Final = 0.05
_LINE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiSquare:
    """A chi-square statistic, its degrees of freedom and p-value."""

    chi2: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line through the periods.

    Parameters
    ----------
    slope
        Points a unit of time.
    se, df, t, p, low, high
        From sampling error alone: standard error, degrees of freedom, statistic,
        two-sided p-value and interval.
    misfit
        Whether the periods lie around the line as sampling error allows.
    inflation
        ``max(1, chi2 / df)`` of `misfit`: how much more the periods scatter.
    inflated_se, inflated_p, inflated_low, inflated_high
        The same with the variance times `inflation`, on the degrees of freedom of `misfit`;
        equal to those above where there is no excess.
    centre, value
        A time in the middle and the height of the line there.
    """

    slope: float
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float
    misfit: ChiSquare
    inflation: float
    inflated_se: float
    inflated_p: float
    inflated_low: float
    inflated_high: float
    centre: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint:
    """Where the periods before and after differ most.

    Parameters
    ----------
    before, after
        The last period before, and the first after.
    mean_before, mean_after
        Their means in points, weighted by precision.
    difference, se, z
        ``mean_after - mean_before`` in points, its standard error, and their ratio.
    p
        Probability of so large a ratio anywhere, if all periods were equal.
    draws, seed
        Those of the simulation.
    """

    before: object
    after: object
    mean_before: float
    mean_after: float
    difference: float
    se: float
    z: float
    p: float
    draws: int
    seed: int

    @property
    def noted(self) -> bool:
        """Whether it deserves a note: p below 0.05. It never tells a cause."""
        return self.p < _NOTED


def dimensions(covariance: NDArray[np.float64]) -> int:
    """Return the rank of the errors; fewer than the periods where some are certain or tied.

    Examples
    --------
    >>> dimensions(np.array([[1.0, 0.0], [0.0, 0.0]])), dimensions(np.eye(2))
    (1, 2)
    """
    size = np.sqrt(np.diag(covariance))
    held = size > 0
    if not held.any():
        return 0
    scaled = covariance[np.ix_(held, held)] / np.outer(size[held], size[held])
    return int((np.linalg.eigvalsh(scaled) > _SINGULAR).sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A generalized least squares fit: coefficients, covariance, the rows that give them, misfit."""

    beta: NDArray[np.float64]
    covariance: NDArray[np.float64]
    rows: NDArray[np.float64]
    chi2: float


def gls(y: NDArray[np.float64], x: NDArray[np.float64], covariance: NDArray[np.float64]) -> Fit:
    """Fit `y` by the columns of `x`.

    Notes
    -----
    ``beta = (X' V^-1 X)^-1 X' V^-1 y`` with covariance ``(X' V^-1 X)^-1`` (Aitken, 1936).
    Both sides are divided by the Cholesky root of V, so that V is never inverted.

    Examples
    --------
    >>> fit = gls(np.array([1.0, 3.0]), np.ones((2, 1)), np.diag([1.0, 3.0]))
    >>> fit.beta.round(4).tolist(), fit.covariance.round(4).tolist(), round(fit.chi2, 4)
    ([1.5], [[0.75]], 1.0)
    """
    from scipy.linalg import solve_triangular

    root = np.linalg.cholesky(covariance)
    white_x = solve_triangular(root, x, lower=True)
    white_y = solve_triangular(root, y, lower=True)
    q, r = np.linalg.qr(white_x)
    inverse = solve_triangular(r, np.eye(r.shape[0]))
    rows = solve_triangular(root, (inverse @ q.T).T, lower=True, trans="T").T
    beta = inverse @ (q.T @ white_y)
    rest = white_y - white_x @ beta
    return Fit(beta=beta, covariance=inverse @ inverse.T, rows=rows, chi2=float(rest @ rest))


def equal_test(y: NDArray[np.float64], covariance: NDArray[np.float64]) -> ChiSquare:
    """Test whether all periods are equal.

    Notes
    -----
    ``(y - m)' V^-1 (y - m)`` around the GLS mean m, chi-square with t - 1 degrees of freedom
    (Wald). With few respondents it rejects a little too often.
    """
    return _chi_square(gls(y, np.ones((len(y), 1)), covariance).chi2, len(y) - 1)


def _chi_square(chi2: float, df: int) -> ChiSquare:
    from scipy.special import chdtrc

    return ChiSquare(chi2=chi2, df=df, p=float(chdtrc(df, chi2)))


def line_through(
    y: NDArray[np.float64],
    times: NDArray[np.float64],
    covariance: NDArray[np.float64],
    *,
    df: NDArray[np.float64],
    most_df: float,
    one_design: bool,
    confidence_level: float,
) -> Line:
    """Draw the line.

    Parameters
    ----------
    y, times, covariance, df
        Indices, their times, the covariance of their errors and its degrees of freedom.
    most_df
        Degrees of freedom of the design; infinite for independent samples.
    one_design
        Whether all periods are groups of one design, whose degrees of freedom then count.
    confidence_level
        That of the intervals.

    Notes
    -----
    The slope is ``l' y`` with the row l of GLS. Its degrees of freedom are those of the one
    design, or of Satterthwaite: ``(sum v_i)^2 / sum v_i^2 / df_i``, ``v_i = l_i^2 V_ii``. The
    variant inflated for misfit multiplies the variance by max(1, chi2 / (t - 2)) (Birge, 1932)
    and takes t - 2 degrees of freedom.
    """
    centre = float(times.mean())
    fit = gls(y, np.column_stack([np.ones(len(y)), times - centre]), covariance)
    slope, se = float(fit.beta[1]), float(np.sqrt(fit.covariance[1, 1]))
    own = fit.rows[1] ** 2 * np.diag(covariance)
    degrees = most_df if one_design else float(own.sum() ** 2 / (own**2 / df).sum())
    test = t_test(slope, se, degrees, null=0.0, confidence_level=confidence_level)
    left = len(y) - _LINE
    misfit = _chi_square(fit.chi2, left)
    inflation = max(1.0, misfit.chi2 / left)
    wide = test
    if inflation > 1:
        wide = t_test(slope, se * inflation**0.5, float(left), null=0.0, confidence_level=confidence_level)
    return Line(
        slope=slope,
        se=se,
        df=degrees,
        t=test.t,
        p=test.p,
        low=test.low,
        high=test.high,
        misfit=misfit,
        inflation=inflation,
        inflated_se=wide.se,
        inflated_p=wide.p,
        inflated_low=wide.low,
        inflated_high=wide.high,
        centre=centre,
        value=float(fit.beta[0]),
    )


def change_point_of(
    y: NDArray[np.float64],
    covariance: NDArray[np.float64],
    periods: tuple[object, ...],
    *,
    draws: int,
    seed: int,
) -> ChangePoint:
    """Find the split whose two sides differ most, and how likely that is by chance.

    Notes
    -----
    For every split k the GLS means before and after are compared, ``z_k = (m_after -
    m_before) / se``; the largest ``|z_k|`` is the statistic. Under equal periods it does not
    depend on their mean, so its distribution is that of normal draws with covariance V;
    ``p = (1 + draws as large) / (1 + draws)``. This is the likelihood-ratio test of one shift
    at an unknown time (Hawkins, 1977; Davison & Hinkley, 1997, section 4.2 for p).
    """
    count = len(y)
    fits = []
    for k in range(1, count):
        after = (np.arange(count) >= k).astype(np.float64)
        fits.append(gls(y, np.column_stack([1 - after, after]), covariance))
    contrast = np.array([fit.rows[1] - fit.rows[0] for fit in fits])
    se = np.array([np.sqrt(c @ covariance @ c) for c in contrast])
    difference = np.array([fit.beta[1] - fit.beta[0] for fit in fits])
    z = difference / se
    best = int(np.argmax(np.abs(z)))
    generator = np.random.default_rng(seed)
    root = (contrast / se[:, None]) @ np.linalg.cholesky(covariance)
    as_large = 0
    for start in range(0, draws, _CHUNK):
        errors = generator.standard_normal((count, min(_CHUNK, draws - start)))
        ratios = np.einsum("kt,td->kd", root, errors)  # threads of BLAS cost more than they bring here
        as_large += int((np.abs(ratios).max(axis=0) >= abs(z[best])).sum())
    return ChangePoint(
        before=periods[best],
        after=periods[best + 1],
        mean_before=float(fits[best].beta[0]),
        mean_after=float(fits[best].beta[1]),
        difference=float(difference[best]),
        se=float(se[best]),
        z=float(z[best]),
        p=(1 + as_large) / (1 + draws),
        draws=draws,
        seed=seed,
    )
