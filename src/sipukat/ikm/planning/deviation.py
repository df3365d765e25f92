"""How much respondents differ from each other: what every plan of a survey stands on."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Final, TypeAlias

from sipukat import standards
from sipukat._validation import given
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.results import IkmResult
from sipukat.ikm.unit import Estimate

if TYPE_CHECKING:
    from sipukat.standards.model import SurveyStandard

SdSource: TypeAlias = "float | Decimal | Fraction | Estimate | IkmResult"
"""A standard deviation in points, or what it is taken from."""

_TWO: Final = 2


def respondent_sd(source: SdSource, *, standard: str | SurveyStandard = "permenpanrb-14-2017") -> float:
    """Return the standard deviation of the index between respondents, in points.

    Parameters
    ----------
    source
        A number in points, above 0 and at most half the scale; an estimate; or a result,
        whose respondents are then taken together.
    standard
        A survey standard, or its id: what the scale is.

    Raises
    ------
    ArgumentError
        If a number is none, is not above 0, or is more than the scale allows.
    EstimationError
        If the estimate is a roll-up, has fewer than two respondents, or all of them gave
        the same answers.

    Notes
    -----
    ``S = sqrt(n / (n - 1) * s2)``, `s2` the (weighted) variance of the linearized index
    between respondents. No standard deviation on a scale from a to b exceeds (b - a) / 2
    (Popoviciu, 1935).

    Examples
    --------
    >>> respondent_sd(12)
    12.0
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4, 2] for i in range(1, 10)})
    >>> round(respondent_sd(ikm.estimate(frame)), 3)
    23.936
    """
    if isinstance(source, IkmResult):
        return respondent_sd(source.overall, standard=standard)
    if isinstance(source, Estimate):
        return _of_estimate(source)
    low, high = reach_of(standard)
    most = (high - low) / 2
    value = number_above_zero(source, what="sd", or_else="a result or an estimate")
    if value > most:
        raise ArgumentError(
            f"sd is {source!r} points, but on a scale from {low:g} to {high:g} it is at most {most:g}"
        )
    return value


def _of_estimate(e: Estimate) -> float:
    if e.part is None:
        raise EstimationError("a roll-up has no standard deviation between respondents; give sd in points")
    if e.used < _TWO:
        raise EstimationError(
            f"{e.used} respondents show no standard deviation between respondents; give sd in points"
        )
    found = math.sqrt(max(float(e.part.index_between[e.at]), 0.0) * e.used / (e.used - 1))
    if not found > 0:
        raise EstimationError(
            f"all {e.used} respondents gave the same answers, which says nothing of how others differ; "
            "give sd in points"
        )
    return found


def number_above_zero(value: object, *, what: str, or_else: str = "") -> float:
    """Return `value` as a float.

    Parameters
    ----------
    value
        A finite number above 0.
    what
        What it is, for the message.
    or_else
        What else would have been right.

    Raises
    ------
    ArgumentError
        If it is no such number.

    Examples
    --------
    >>> number_above_zero(3, what="points")
    3.0
    """
    good = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    if not good or not 0 < float(value) < math.inf:  # type: ignore[arg-type]
        more = f", or {or_else}" if or_else else ""
        raise ArgumentError(f"{what} must be a finite number above 0{more}, got {given(value)}")
    return float(value)  # type: ignore[arg-type]


def reach_of(standard: str | SurveyStandard) -> tuple[float, float]:
    """Return the lowest and the highest index that a standard can publish.

    Parameters
    ----------
    standard
        A survey standard, or its id.

    Examples
    --------
    >>> reach_of("permenpanrb-14-2017")
    (25.0, 100.0)
    """
    scale = standards.survey(standard).scale
    factor = scale.to_ikm or Fraction(1)
    return float(scale.low * factor), float(scale.high * factor)
