"""How many respondents tell a change apart, and which change so many can tell apart."""

from __future__ import annotations

import math
from dataclasses import replace
from numbers import Integral
from typing import TYPE_CHECKING, Final

from sipukat._validation import share_between, whole_number
from sipukat.errors import ArgumentError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.planning.change_plan import ChangePlan
from sipukat.ikm.planning.deviation import number_above_zero, reach_of, respondent_sd

if TYPE_CHECKING:
    from collections.abc import Callable

    from sipukat.ikm.planning.deviation import SdSource
    from sipukat.standards.model import SurveyStandard

_MOST: Final = 10**9
_FEWEST: Final = 2
_SURE: Final = 35.0
"""A shift of so many standard errors is seen with a power of 1, whatever the degrees of freedom."""


def sample_size_for_change(
    points: float,
    *,
    sd: SdSource,
    confidence_level: float = 0.95,
    power: float = 0.8,
    deff: float = 1.0,
    paired_correlation: float = 0.0,
    populations: int | tuple[int, int] | None = None,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
) -> ChangePlan:
    """Say how many respondents each time tell a rise of so many points from none.

    Parameters
    ----------
    points
        The change, in points of the index; above 0, below the width of the scale (75).
    sd
        Standard deviation of the index between respondents, in points, or an estimate or a
        result to take it from.
    confidence_level
        Of the two-sided test; between 0 and 1.
    power
        Probability of finding the change if there is one; between 0 and 1, and above that
        of finding it by chance.
    deff
        Design effect of both surveys, above 0.
    paired_correlation
        For the same respondents asked twice: the correlation of their indices, from 0 to
        below 1. 0 stands for two independent samples.
    populations
        People served, in each period or in both alike: errors shrink by 1 - n/N, right only
        if the index of those very people is meant.
    standard
        A survey standard, or its id: what the scale is.

    Raises
    ------
    ArgumentError
        If a number is outside its range.
    EstimationError
        If `sd` cannot be taken from what was given, or no number up to 10^9 suffices.

    Notes
    -----
    The smallest n with ``P(T > t) >= power``, T of the noncentral t distribution with
    ``df`` degrees of freedom and shift ``points / se``, t the two-sided critical value. A
    change found in the wrong direction does not count, as in R's ``power.t.test``.
    Independent samples: ``se^2 = deff sd^2 (1/n_a - 1/N_a + 1/n_b - 1/N_b)``, ``df = n_a +
    n_b - 2``. Same respondents: ``se^2 = 2 deff sd^2 (1 - r) (1/n - 1/N)``, ``df = n - 1``.
    Where everybody is asked both times every change is real.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., sections
    2.3 and 2.4. Kish (1965), Survey Sampling, chapter 12 (overlapping samples).

    Examples
    --------
    >>> sample_size_for_change(2, sd=12).n_a, sample_size_for_change(2, sd=12, paired_correlation=0.6).n_a
    (567, 228)
    """
    width = _width(standard)
    shift = number_above_zero(points, what="points")
    if shift >= width:
        raise ArgumentError(f"points must be below {width:g}, the width of the scale, got {points!r}")
    level, target = (
        share_between(confidence_level, what="confidence_level"),
        share_between(power, what="power"),
    )
    if target <= (1 - level) / 2:
        raise ArgumentError(
            f"power = {power!r} is what chance alone gives; it must be above {(1 - level) / 2:g}"
        )
    spread, effect, r = _inputs(sd, deff, paired_correlation, standard)
    people = _people(populations, r)
    top = _MOST if people is None else max(people)

    def plan(n: int) -> ChangePlan:
        n_a, n_b = (n, n) if people is None else (min(n, people[0]), min(n, people[1]))
        return _plan(shift, n_a, n_b, spread, level, effect, r, people)

    n = _smallest(lambda n: plan(n).power >= target, _FEWEST, top)
    if n is None:
        raise EstimationError(
            f"even {_MOST} respondents would not tell {shift:g} points apart with power {target:g}"
        )
    return plan(n)


def detectable_change(
    n_a: int,
    n_b: int,
    *,
    sd: SdSource,
    confidence_level: float = 0.95,
    power: float = 0.8,
    deff: float = 1.0,
    paired_correlation: float = 0.0,
    populations: int | tuple[int, int] | None = None,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
) -> ChangePlan:
    """Say which change of the index two surveys of given sizes tell apart: `points` of the plan.

    Parameters
    ----------
    n_a, n_b
        Respondents of the two surveys, 2 or more each; the same number for the same people.
    sd, confidence_level, power, deff, paired_correlation, populations, standard
        As in `sample_size_for_change`.

    Raises
    ------
    ArgumentError
        If a number is outside its range.
    EstimationError
        If `sd` cannot be taken from what was given.

    Notes
    -----
    The inverse of `sample_size_for_change`, with its formulas and sources. The change may
    come out wider than the scale; then nothing can be told apart (IKM696).

    Examples
    --------
    >>> round(detectable_change(253, 253, sd=12).points, 3)
    2.995
    >>> round(detectable_change(300, 100, sd=12).points, 3)
    3.891
    """
    level, target = (
        share_between(confidence_level, what="confidence_level"),
        share_between(power, what="power"),
    )
    if target <= (1 - level) / 2:
        raise ArgumentError(
            f"power = {power!r} is what chance alone gives; it must be above {(1 - level) / 2:g}"
        )
    a, b = whole_number(n_a, "n_a", least=_FEWEST), whole_number(n_b, "n_b", least=_FEWEST)
    spread, effect, r = _inputs(sd, deff, paired_correlation, standard)
    if r and a != b:
        raise ArgumentError(f"the same respondents asked twice are equally many: n_a = {a}, n_b = {b}")
    people = _people(populations, r)
    for n, whole in zip((a, b), people or (a, b), strict=True):
        if n > whole:
            raise ArgumentError(f"{n} respondents are more than the {whole} people served")
    se, df = _error(a, b, spread, effect, r, people)
    shift = se * _shift_of(target, df, level) if se > 0 else 0.0
    found = _plan(shift, a, b, spread, level, effect, r, people)
    if shift < _width(standard):
        return found
    far = Finding.of("IKM696", points=shift, width=_width(standard))
    return replace(found, findings=Findings([*found.findings, far]))


def _width(standard: str | SurveyStandard) -> float:
    low, high = reach_of(standard)
    return high - low


def _inputs(
    sd: SdSource, deff: float, paired_correlation: float, standard: str | SurveyStandard
) -> tuple[float, float, float]:
    good = isinstance(paired_correlation, int | float) and not isinstance(paired_correlation, bool)
    if not (good and 0 <= paired_correlation < 1):
        raise ArgumentError(f"paired_correlation must lie from 0 to below 1, got {paired_correlation!r}")
    return (
        respondent_sd(sd, standard=standard),
        number_above_zero(deff, what="deff"),
        float(paired_correlation),
    )


def _people(populations: int | tuple[int, int] | None, r: float) -> tuple[int, int] | None:
    if populations is None:
        return None
    pair = populations if isinstance(populations, tuple | list) else (populations, populations)
    whole = [isinstance(p, Integral) and not isinstance(p, bool) and p >= _FEWEST for p in pair]
    if len(pair) != 2 or not all(whole):  # noqa: PLR2004
        raise ArgumentError(
            f"populations must be one or two whole numbers of at least {_FEWEST}, got {populations!r}"
        )
    if r and pair[0] != pair[1]:
        raise ArgumentError(f"the same people asked twice have one population, got {populations!r}")
    return int(pair[0]), int(pair[1])


def _error(
    n_a: int, n_b: int, sd: float, deff: float, r: float, people: tuple[int, int] | None
) -> tuple[float, float]:
    """Return standard error of the difference, and its degrees of freedom."""
    left = [1 / n - (1 / people[i] if people else 0) for i, n in enumerate((n_a, n_b))]
    se = sd * math.sqrt(deff * max(sum(left), 0.0) * (1 - r))
    return se, float(n_a - 1 if r else n_a + n_b - 2)


def _plan(
    points: float,
    n_a: int,
    n_b: int,
    sd: float,
    level: float,
    deff: float,
    r: float,
    people: tuple[int, int] | None,
) -> ChangePlan:
    se, df = _error(n_a, n_b, sd, deff, r, people)
    census = [p for n, p in zip((n_a, n_b), people or (0, 0), strict=True) if n == p]
    return ChangePlan(
        points=points,
        n_a=n_a,
        n_b=n_b,
        power=_power(points / se, df, level) if se > 0 else 1.0,
        confidence_level=level,
        sd=sd,
        se=se,
        df=df,
        deff=deff,
        paired_correlation=r,
        populations=people,
        findings=Findings([Finding.of("IKM695", n=max(census))] if census else []),
    )


def _power(shift: float, df: float, level: float) -> float:
    from scipy.special import nctdtr, stdtrit

    critical = float(stdtrit(df, (1 + level) / 2))
    if shift > _SURE + 2 * critical:
        return 1.0
    return 1 - float(nctdtr(df, shift, critical))


def _shift_of(power: float, df: float, level: float) -> float:
    """Return how many standard errors a change must be long to be found with that power."""
    low, top = 0.0, 1.0
    while _power(top, df, level) < power:
        low, top = top, 2 * top
    while low < (middle := (low + top) / 2) < top:  # until no number lies between
        low, top = (middle, top) if _power(middle, df, level) < power else (low, middle)
    return top


def _smallest(enough: Callable[[int], bool], low: int, top: int) -> int | None:
    """Return the smallest whole number that is enough, where more is always enough too."""
    high = low
    while not enough(high):
        if high >= top:
            return None
        low, high = high, min(2 * high, top)
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return high
