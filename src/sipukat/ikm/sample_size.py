"""How many respondents to ask: the table of the law, and its formula in between."""

from __future__ import annotations

import math
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, Literal

from scipy.special import chdtr, chdtri

from sipukat import standards
from sipukat._model import Record
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError

if TYPE_CHECKING:
    from decimal import Decimal

    from sipukat.standards.model import SurveyStandard
    from sipukat.standards.parts import Sampling

Method = Literal["krejcie_morgan", "cochran"]
_METHODS = ("krejcie_morgan", "cochran")
_LEVEL_DECIMALS = 3  # 3.841 is what tables print for 3.8415, the value at 0.95


class SampleSize(Record):
    """How many respondents to ask, and by which rule.

    Parameters
    ----------
    n
        The number of respondents.
    population
        Number of users of the service.
    method
        ``"krejcie_morgan"`` or ``"cochran"``.
    formula
        The formula, with its symbols.
    chi2, p, margin
        What went into it.
    confidence_level
        The confidence that `chi2` stands for.
    census
        Whether everybody is asked.
    by_law
        Whether this is the number of the standard's own table.
    standard
        Id of the standard.
    place, confidence
        Where the standard sets the table, and how well that is sourced.

    Examples
    --------
    >>> size = sample_size(1500)
    >>> size.n, size.by_law
    (306, True)
    """

    n: int
    population: int
    method: Method
    formula: str
    chi2: float
    p: float
    margin: float
    confidence_level: float
    census: bool
    by_law: bool
    standard: str
    place: str
    confidence: Literal["A", "B", "C"]


def sample_size(
    population: int,
    *,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
    margin: float | Decimal | Fraction | None = None,
    confidence_level: float | None = None,
    method: Method = "krejcie_morgan",
) -> SampleSize:
    """Say how many respondents to ask.

    Parameters
    ----------
    population
        Number of users of the service in the period; 1 or more.
    standard
        A survey standard, or its id.
    margin
        Margin of error of a share, between 0 and 1; by default that of the standard (0.05).
    confidence_level
        Between 0 and 1; by default that of the standard (0.95). At that level the standard's
        own chi-square (3.841) is used, so that its table comes out.
    method
        ``"krejcie_morgan"`` (the table; rounded half up) or ``"cochran"`` (with finite
        population correction; rounded up).

    Raises
    ------
    ValueError
        If `population` is no whole number of at least 1, or a level is outside (0, 1).
    EstimationError
        If the standard gives no rule.
    UnknownNameError
        If there is no such method.

    Notes
    -----
    Krejcie and Morgan: ``n = χ² N p q / (d² (N - 1) + χ² p q)``. Cochran:
    ``n0 = χ² p q / d²``, ``n = n0 / (1 + (n0 - 1) / N)``, where
    ``χ² = z²``: the two differ only in rounding.

    References
    ----------
    Krejcie and Morgan (1970), Determining sample size for research activities, Educational
    and Psychological Measurement 30. Cochran (1977), Sampling Techniques, 3rd ed., 4.4.
    Peraturan Menteri PANRB Nomor 14 Tahun 2017, Lampiran.

    Examples
    --------
    >>> sample_size(100).n, sample_size(7).census
    (80, True)
    >>> sample_size(1500, margin=0.03).n
    624
    """
    law = standards.survey(standard)
    if law.sampling is None:
        raise EstimationError(f"{law.id} has no rule for the number of respondents; see permenpanrb-14-2017")
    if method not in _METHODS:
        raise UnknownNameError("sample size method", method, _METHODS)
    size = _whole(population)
    rule, level = _rule(law.sampling, margin, confidence_level)
    if method == "cochran":
        first = rule.chi2 * rule.p * (1 - rule.p) / rule.d**2
        n = math.ceil(first / (1 + (first - 1) / size))
        formula = "n0 = chi2 p (1-p) / d^2; n = n0 / (1 + (n0-1)/N)"
    else:
        n = rule.size(size)
        formula = "n = chi2 N p (1-p) / (d^2 (N-1) + chi2 p (1-p))"
    return SampleSize(
        n=n,
        population=size,
        method=method,
        formula=formula,
        chi2=float(rule.chi2),
        p=float(rule.p),
        margin=float(rule.d),
        confidence_level=level,
        census=n == size,
        by_law=rule == law.sampling and method == "krejcie_morgan",
        standard=law.id,
        place=law.sampling.place,
        confidence=law.sampling.confidence,
    )


def _whole(population: object) -> int:
    good = isinstance(population, Integral) and not isinstance(population, bool)
    if not good or population < 1:  # type: ignore[operator]
        raise ArgumentError(f"population must be a whole number of at least 1, got {population!r}")
    return int(population)  # type: ignore[call-overload,no-any-return]


def _rule(
    table: Sampling, margin: float | Decimal | Fraction | None, confidence_level: float | None
) -> tuple[Sampling, float]:
    """Put another margin and level into the rule of the law, which stays the one place of the formula."""
    for name, given in (("margin", margin), ("confidence_level", confidence_level)):
        if given is not None and not (not isinstance(given, bool) and 0 < given < 1):
            raise ArgumentError(f"{name} must lie between 0 and 1, got {given!r}")
    d = table.d if margin is None else Fraction(str(margin))
    level = _table_level(table) if confidence_level is None else float(confidence_level)
    chi2 = table.chi2 if level == _table_level(table) else Fraction(float(chdtri(1, 1 - level)))
    return table.model_copy(update={"d": d, "chi2": chi2}), level


def _table_level(table: Sampling) -> float:
    """Return the level that the table's chi-square, itself rounded in print, stands for."""
    return round(float(chdtr(1, float(table.chi2))), _LEVEL_DECIMALS)
