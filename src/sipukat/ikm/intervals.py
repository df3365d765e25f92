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


def student(spread: Spread, confidence_level: float) -> Interval:
    """Symmetric interval on Student's t.

    It may leave the scale, and near its end covers far less than it promises; it is here
    because an auditor can redo it in a spreadsheet. All answers equal: no width.

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
    return spread.value - half, spread.value + half


def logit(spread: Spread, confidence_level: float) -> Interval:
    """Interval on Student's t of the log-odds of the place on the scale.

    It stays on the scale; with all answers at one end it has no width.
    """
    from scipy.special import expit
    from scipy.special import logit as log_odds

    inside = (spread.value > 0) & (spread.value < 1)
    p = np.where(inside, spread.value, 0.5)
    half = t_quantile(spread.df, confidence_level) * np.sqrt(spread.variance) / (p * (1 - p))
    low, high = expit(log_odds(p) - half), expit(log_odds(p) + half)
    end = np.where(np.isnan(half), np.nan, spread.value)
    return np.where(inside, low, end), np.where(inside, high, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class BetaFit:
    """A Beta distribution for each estimate; `a` and `b` are NaN where none can be fitted."""

    a: Floats
    b: Floats


def beta_fit(spread: Spread, confidence_level: float) -> BetaFit:
    """Fit the Beta of `beta_ends`: a third of an answer added at each end of the scale."""
    from scipy.special import ndtri

    n, m, f = spread.n, spread.value, spread.fraction
    a = (1 - f) * _END
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


def beta_ends(spread: Spread, confidence_level: float) -> Interval:
    """Beta interval with neutral pseudo-answers at the ends of the scale; the default.

    A sample of satisfied people often holds no low answer at all, and then any method
    that knows only the sample flatters. A third of a pseudo-answer at each end, shrunk by
    1 - n/N in a finite population, mends that; the variance is stretched by (t/z)^2.
    All answers at one end: that end is the bound. Below three respondents, or where no
    Beta fits: the whole scale. A census (n = N) has no sampling error.

    Notes
    -----
    The combination is this library's; its coverage is measured, see
    ``docs/explanation/selang``.
    """
    from scipy.special import betaincinv

    fit = beta_fit(spread, confidence_level)
    tail = (1 - confidence_level) / 2
    fitted = np.isfinite(fit.a)
    a, b = np.where(fitted, fit.a, 1.0), np.where(fitted, fit.b, 1.0)
    low = np.where(fitted, betaincinv(a, b, tail), 0.0)
    high = np.where(fitted, betaincinv(a, b, 1 - tail), 1.0)
    low = np.where(spread.value <= 0, 0.0, np.minimum(low, spread.value))
    high = np.where(spread.value >= 1, 1.0, np.maximum(high, spread.value))
    census = spread.fraction >= 1
    none = np.isnan(spread.value)
    low = np.where(none, np.nan, np.where(census, spread.value, low))
    return low, np.where(none, np.nan, np.where(census, spread.value, high))


INTERVALS: Final[Mapping[str, IntervalMethod]] = MappingProxyType(
    {"beta_ends": beta_ends, "t": student, "logit": logit}
)


def method_of(name: str) -> IntervalMethod:
    """Return the interval method called `name`.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if name not in INTERVALS:
        raise UnknownNameError("interval method", name, INTERVALS)
    return INTERVALS[name]
