"""Confidence intervals on a bounded scale: one function a method, one signature.

All work on shares of the scale, 0 for its lowest end and 1 for its highest, and on
arrays: one element an estimate.

References
----------
Korn & Graubard (1998), Confidence intervals for proportions with small expected number
of positive counts estimated from survey data, Survey Methodology 24(2).
Franco, Little, Louis & Slud (2019), Comparative study of confidence intervals for
proportions in complex sample surveys, J. Survey Stat. Methodol. 7(3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from sipukat.errors import UnknownNameError
from sipukat.ikm.binomial import clopper_pearson_bounds, likelihood_bounds, wilson_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"

_END: Final = 1 / 3
"""Pseudo-answers at each end of the scale (the neutral prior of Kerman, 2011)."""

_FEWEST: Final = 3
"""Below this many respondents nothing but the whole scale can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Estimates with all that an interval needs, as shares of the scale.

    Parameters
    ----------
    value
        Estimates, 0 to 1; NaN where there are no answers.
    variance
        Design variance, finite population included; NaN where not estimable.
    between
        Variance between respondents, with divisor n.
    n
        Respondents.
    df
        Degrees of freedom of `variance`.
    fraction
        Share of the population that was asked, 0 where not stated.
    kish
        Design effect of unequal weights alone, 1 or more; stands in where all answers
        are equal.
    """

    value: Floats
    variance: Floats
    between: Floats
    n: Floats
    df: Floats
    fraction: Floats
    kish: Floats


Interval: TypeAlias = "tuple[Floats, Floats]"
IntervalMethod: TypeAlias = Callable[[Spread, float], "Interval"]


def t_quantile(df: Floats, confidence_level: float) -> Floats:
    """Return the two-sided Student-t quantile; NaN below one degree of freedom."""
    from scipy.special import stdtrit

    safe = np.where(df >= 1, df, 1.0)
    return np.where(df >= 1, stdtrit(safe, (1 + confidence_level) / 2), np.nan)


def effective_size(spread: Spread) -> Floats:
    """Return how many independent answers would know each estimate as well.

    Returns
    -------
    ndarray
        ``value (1 - value) / variance``, which may exceed n: scores differ less than yes
        and no do. Where the variance is zero or the value at an end, ``n / kish``; NaN
        where the variance is not estimable or there is no degree of freedom.

    References
    ----------
    Korn & Graubard (1998), section 2; Franco et al. (2019), section 2.
    """
    p, v = spread.value, spread.variance
    known = np.isfinite(p) & np.isfinite(v) & (spread.df >= 1)
    spreads = known & (v > 0) & (p > 0) & (p < 1)
    stated = p * (1 - p) / np.where(spreads, v, 1.0)
    return np.where(spreads, stated, np.where(known, spread.n / spread.kish, np.nan))


def _settled(spread: Spread, low: Floats, high: Floats) -> Interval:
    """Return the estimate itself for a census, which has no sampling error."""
    census = spread.fraction >= 1
    return np.where(census, spread.value, low), np.where(census, spread.value, high)


def student(spread: Spread, confidence_level: float) -> Interval:
    """Symmetric interval on Student's t.

    It may leave the scale, and near its end covers far less than it promises; it is here
    because an auditor can redo it in a spreadsheet. NaN for one respondent, and where the
    sample has no variance to judge from: no width would claim certainty.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., section 2.8.

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=0.7, variance=0.0001, between=0.04, n=401.0, df=400.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = student(Spread(**one), 0.95)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.6803 0.7197'
    """
    half = t_quantile(spread.df, confidence_level) * np.sqrt(spread.variance)
    half = np.where(spread.variance > 0, half, np.nan)
    return _settled(spread, spread.value - half, spread.value + half)


def logit(spread: Spread, confidence_level: float) -> Interval:
    """Interval on Student's t of the log-odds of the place on the scale.

    It stays on the scale. An end has no log-odds: there the bound is that of
    `korn_graubard`. Without variance that of `effective_size` answers is taken. NaN for
    one respondent.

    Notes
    -----
    ``expit(logit p -+ t se / (p (1 - p)))``: method ``xlogit`` of R's `svyciprop`.

    References
    ----------
    Lumley (2010), Complex Surveys: A Guide to Analysis Using R; help page `svyciprop` of survey.

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=0.9, variance=0.0025, between=0.07, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = logit(Spread(**one), 0.95)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7429 0.9656'
    """
    from scipy.special import expit
    from scipy.special import logit as log_odds

    inside = (spread.value > 0) & (spread.value < 1)
    p = np.where(inside, spread.value, 0.5)
    half = t_quantile(spread.df, confidence_level) / np.sqrt(effective_size(spread) * p * (1 - p))
    low, high = expit(log_odds(p) - half), expit(log_odds(p) + half)
    at_end = korn_graubard(spread, confidence_level)
    return _settled(spread, np.where(inside, low, at_end[0]), np.where(inside, high, at_end[1]))


def wilson(spread: Spread, confidence_level: float) -> Interval:
    """Score interval on the effective number of answers, with Student's t for z.

    It stays on the scale and always has a width; an estimate at an end is one bound.
    NaN for one respondent.

    Notes
    -----
    `wilson_bounds` of ``n_e = p (1 - p) / se^2``, or ``n / kish`` without variance: method
    ``wilson`` of R's `svyciprop` (survey 4.5).

    References
    ----------
    Franco, Little, Louis & Slud (2019), section 2; Wilson (1927).

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=0.9, variance=0.0025, between=0.07, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = wilson(Spread(**one), 0.95)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7530 0.9637'
    """
    t = t_quantile(spread.df, confidence_level)
    return _settled(spread, *wilson_bounds(spread.value, effective_size(spread), t))


def korn_graubard(spread: Spread, confidence_level: float) -> Interval:
    """Clopper-Pearson interval on the effective number of answers; for shares.

    An estimate at an end is one bound, and the other is ``(alpha / 2)^(1 / n_e)`` away from
    the far end. NaN for one respondent.

    Notes
    -----
    ``n_e = p (1 - p) / se^2 (t_{n-1} / t_df)^2``, or ``n / kish (t_{n-1} / t_df)^2`` without
    variance: method ``beta`` of R's `svyciprop`. As there, `n_e` has no upper limit at n.

    References
    ----------
    Korn & Graubard (1998), section 2; Clopper & Pearson (1934).

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=0.9, variance=0.0025, between=0.07, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = korn_graubard(Spread(**one), 0.95)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7535 0.9746'
    """
    ratio = t_quantile(spread.n - 1, confidence_level) / t_quantile(spread.df, confidence_level)
    size = effective_size(spread) * ratio**2
    return _settled(spread, *clopper_pearson_bounds(spread.value, size, (1 - confidence_level) / 2))


def likelihood_ratio(spread: Spread, confidence_level: float) -> Interval:
    """Interval of the shares that a binomial likelihood does not reject.

    An estimate at an end is one bound. NaN for one respondent.

    Notes
    -----
    ``2 n_e (n - 1) / n [l(p_hat) - l(p)] <= t^2`` with ``n_e = p (1 - p) / se^2``, or
    ``n / kish`` without variance. That is what method ``likelihood`` of R's `svyciprop`
    profiles: the factor is its Pearson dispersion n / (n - 1). R reads the bounds off a
    spline through ten points (about 1e-5 off), and with replicate weights takes another n.

    References
    ----------
    Rao & Scott (1984), On chi-squared tests for multiway contingency tables with cell
    proportions estimated from survey data, Ann. Statist. 12; Brown, Cai & DasGupta (2001).

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=0.9, variance=0.0025, between=0.07, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = likelihood_ratio(Spread(**one), 0.95)
    >>> f"{low[0]:.4f} {high[0]:.4f}"
    '0.7660 0.9728'
    """
    size = effective_size(spread) * (spread.n - 1) / spread.n
    positive = np.where(size > 0, size, np.nan)
    t = t_quantile(spread.df, confidence_level)
    return _settled(spread, *likelihood_bounds(spread.value, positive, t))


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaFit:
    """A Beta distribution for each estimate; `a` and `b` are NaN where none can be fitted."""

    a: Floats
    b: Floats


def beta_fit(spread: Spread, confidence_level: float, *, ends: float = _END) -> BetaFit:
    """Fit the Beta of `beta_ends`: `ends` of an answer added at each end of the scale."""
    from scipy.special import ndtri

    n, m, f = spread.n, spread.value, spread.fraction
    a = (1 - f) * ends
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = (1 - f) * spread.between / (n - 1)
        deff = np.where((simple > 0) & (spread.variance > 0), spread.variance / simple, spread.kish)
        m1 = (n * m + a) / (n + 2 * a)
        q = (n * (spread.between + (m - m1) ** 2) + a * (m1**2 + (1 - m1) ** 2)) / (n + 2 * a)
        stretch = t_quantile(spread.df, confidence_level) / ndtri((1 + confidence_level) / 2)
        v = deff * (1 - f) * q / (n + 2 * a + 1) * stretch**2
        k = m1 * (1 - m1) / v - 1
    usable = (n >= _FEWEST) & (k > 0) & np.isfinite(k) & np.isfinite(spread.variance)
    k = np.where(usable, k, np.nan)
    return BetaFit(a=m1 * k, b=(1 - m1) * k)


def beta_shares(spread: Spread, cuts: Floats, confidence_level: float) -> Floats:
    """Return the probability of each piece that `cuts` divide the scale into.

    Parameters
    ----------
    spread
        The estimates, g of them.
    cuts
        Inner cuts, ascending, as shares of the scale: (g, c), or (1, c) for all alike. What
        lies outside the scale counts as its end.
    confidence_level
        That of the interval; the same Beta gives both.

    Returns
    -------
    ndarray
        (g, c + 1), each row summing to 1; NaN where no Beta can be fitted.
    """
    from scipy.special import betainc

    fit = beta_fit(spread, confidence_level)
    known = np.isfinite(fit.a)[:, None]
    a, b = np.where(known, fit.a[:, None], 1.0), np.where(known, fit.b[:, None], 1.0)
    below = betainc(a, b, np.clip(cuts, 0.0, 1.0))
    end = np.ones((len(below), 1))
    return np.where(known, np.diff(np.hstack([0 * end, below, end]), axis=1), np.nan)


def beta_ends(spread: Spread, confidence_level: float, *, ends: float = _END) -> Interval:
    """Beta interval with neutral pseudo-answers at the ends of the scale; the default.

    A sample of satisfied people often holds no low answer at all, and then any method
    that knows only the sample flatters. A third of a pseudo-answer at each end, shrunk by
    1 - n/N in a finite population, mends that; the variance is stretched by (t/z)^2.
    All answers at one end: that end is the bound. Below three respondents, or where no
    Beta fits: the whole scale. A census (n = N) has no sampling error.

    Parameters
    ----------
    spread
        The estimates.
    confidence_level
        Above 0, below 1.
    ends
        Pseudo-answers at each end, above 0; another number is for studies of the method.

    Notes
    -----
    With n respondents, mean m and variance s2 on a scale of 0 to 1, f = n/N, a = (1 - f) ends::

        m1 = (n m + a) / (n + 2a)
        q  = [n (s2 + (m - m1)^2) + a (m1^2 + (1 - m1)^2)] / (n + 2a)
        v  = deff (1 - f) q / (n + 2a + 1) (t/z)^2

    and the bounds are quantiles of the Beta with mean m1 and variance v. The combination is
    this library's; its coverage is measured, see ``docs/explanation/selang``.

    References
    ----------
    Kerman (2011), Neutral noninformative and informative conjugate beta and gamma prior
    distributions, Electron. J. Statist. 5; Korn & Graubard (1998), section 2.

    Examples
    --------
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=1.0, variance=0.0, between=0.0, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> low, high = beta_ends(Spread(**one), 0.95)
    >>> f"{25 + 75 * low[0]:.1f} {25 + 75 * high[0]:.1f}"
    '94.9 100.0'
    """
    from scipy.special import betaincinv

    fit = beta_fit(spread, confidence_level, ends=ends)
    tail = (1 - confidence_level) / 2
    fitted = np.isfinite(fit.a)
    a, b = np.where(fitted, fit.a, 1.0), np.where(fitted, fit.b, 1.0)
    low = np.where(fitted, betaincinv(a, b, tail), 0.0)
    high = np.where(fitted, betaincinv(a, b, 1 - tail), 1.0)
    low = np.where(spread.value <= 0, 0.0, np.minimum(low, spread.value))
    high = np.where(spread.value >= 1, 1.0, np.maximum(high, spread.value))
    none = np.isnan(spread.value)
    return _settled(spread, np.where(none, np.nan, low), np.where(none, np.nan, high))


INTERVALS: Final[Mapping[str, IntervalMethod]] = MappingProxyType(
    {
        "beta_ends": beta_ends,
        "t": student,
        "logit": logit,
        "wilson": wilson,
        "korn_graubard": korn_graubard,
        "likelihood_ratio": likelihood_ratio,
    }
)


def method_of(name: str) -> IntervalMethod:
    """Return the interval method called `name`.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if not isinstance(name, str) or name not in INTERVALS:
        raise UnknownNameError("interval method", name, INTERVALS)
    return INTERVALS[name]
