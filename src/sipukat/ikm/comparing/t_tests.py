"""Tests of differences: Student's t with an error that is known, and many tests at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sipukat.ikm.intervals import t_quantile

_POWER: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceTest:
    """A difference against its error.

    Parameters
    ----------
    difference, se
        In points.
    df
        Degrees of freedom of `se`; infinite where there is no error.
    t
        ``(difference - null) / se``; infinite where a difference is certain.
    p
        Two-sided.
    low, high
        Confidence interval of the difference.
    """

    difference: float
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float


def t_test(
    difference: float, se: float, df: float, *, null: float, confidence_level: float
) -> DifferenceTest:
    """Test a difference against `null`.

    Notes
    -----
    ``t = (difference - null) / se``, ``p = 2 P(T_df < -|t|)``, interval ``difference -+ t_df se``.
    Without any error (a census) p is 1 or 0.

    Examples
    --------
    >>> found = t_test(2.0, 0.8, 60.0, null=0.0, confidence_level=0.95)
    >>> f"{found.t:.2f} {found.p:.4f} {found.low:.2f} {found.high:.2f}"
    '2.50 0.0152 0.40 3.60'
    """
    from scipy.special import stdtr

    away = difference - null
    if se == 0:
        t = 0.0 if away == 0 else float(np.copysign(np.inf, away))
        return DifferenceTest(
            difference=difference,
            se=0.0,
            df=df,
            t=t,
            p=float(away == 0),
            low=difference,
            high=difference,
        )
    half = quantile(df, confidence_level) * se
    return DifferenceTest(
        difference=difference,
        se=se,
        df=df,
        t=away / se,
        p=float(2 * stdtr(df, -abs(away / se))),
        low=difference - half,
        high=difference + half,
    )


def quantile(df: float, confidence_level: float) -> float:
    """Return the two-sided quantile of Student's t, of the normal for infinite `df`."""
    from scipy.special import ndtri

    if np.isinf(df):
        return float(ndtri((1 + confidence_level) / 2))
    return float(t_quantile(np.array([df]), confidence_level)[0])


def detectable(se: float, df: float, confidence_level: float) -> float:
    """Return the true difference that is told from nothing four times in five.

    Notes
    -----
    ``(t_{1 - alpha / 2} + t_{0.8}) se``. It tells of the survey, not of what was found:
    power computed from the difference found only repeats p (Hoenig & Heisey, 2001).

    Examples
    --------
    >>> round(detectable(1.0, float("inf"), 0.95), 3)
    2.802
    """
    return (quantile(df, confidence_level) + quantile(df, 2 * _POWER - 1)) * se
