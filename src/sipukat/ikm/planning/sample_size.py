"""How many respondents to ask: the table of the law, and its formula in between."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Literal

from scipy.special import chdtr, chdtri

from sipukat import standards
from sipukat._model import Record
from sipukat._text import number
from sipukat._validation import share_between, whole_number
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from sipukat.standards.model import SurveyStandard
    from sipukat.standards.parts import Sampling

Method = Literal["krejcie_morgan", "cochran"]
_METHODS = ("krejcie_morgan", "cochran")
_LEVEL_DECIMALS = 3  # 3.841 is what tables print for 3.8415, the value at 0.95


class SampleSize(Record):
    """How many respondents are needed, how many to invite, and by which rule.

    Parameters
    ----------
    n
        The number of respondents, that is of answers.
    invited
        People to invite so that about `n` answer: ``n / response_rate``, rounded up, and
        never more than the population.
    population
        Number of users of the service.
    method
        ``"krejcie_morgan"`` or ``"cochran"``.
    formula
        The formula, with its symbols.
    chi2, p, margin
        What went into it.
    confidence_level
        The confidence that `chi2` stands for, between 0 and 1.
    deff
        Design effect that was reckoned with, above 0; 1 for a simple random sample.
    response_rate
        Share of those invited who are expected to answer.
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
    invited: int
    population: int
    method: Method
    formula: str
    chi2: float
    p: float
    margin: float
    confidence_level: float
    deff: float
    response_rate: float
    census: bool
    by_law: bool
    standard: str
    place: str
    confidence: Literal["A", "B", "C"]

    @property
    def findings(self) -> Findings:
        """What a planner must know: IKM690, if not even everybody is enough.

        Examples
        --------
        >>> sample_size(100, response_rate=0.5).findings
        Findings(['IKM690'])
        """
        rate = Fraction(str(self.response_rate))
        expected = int(self.population * rate)
        if self.population * rate >= self.n:
            return Findings()
        shown = number(100 * rate, 0)
        return Findings(
            [
                Finding.of(
                    "IKM690", n=self.n, population=self.population, response_rate=shown, expected=expected
                )
            ]
        )


def sample_size(
    population: int,
    *,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
    margin: float | Decimal | Fraction | None = None,
    confidence_level: float | None = None,
    method: Method = "krejcie_morgan",
    deff: float | Decimal | Fraction = 1,
    response_rate: float | Decimal | Fraction = 1,
) -> SampleSize:
    """Say how many respondents are needed, and how many people to invite.

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
    deff
        Design effect: by how much the design makes the variance larger than that of a
        simple random sample (days or offices drawn whole: often 1.5 to 3); above 0. With
        another than 1 `n` is no longer the number of the law, and is rounded up.
    response_rate
        Share of those invited who answer, above 0 and at most 1; it changes `invited`
        alone, never `n`.

    Raises
    ------
    ValueError
        If `population` is no whole number of at least 1, or a level is outside (0, 1), `deff`
        is not above 0, or `response_rate` not above 0 and at most 1.
    EstimationError
        If the standard gives no rule.
    UnknownNameError
        If there is no such method.

    Notes
    -----
    Krejcie and Morgan: ``n = χ² N p q / (d² (N - 1) + χ² p q)``. Cochran:
    ``n0 = χ² p q / d²``, ``n = n0 / (1 + (n0 - 1) / N)``, where
    ``χ² = z²``: the two differ only in rounding. The design effect multiplies χ², that is
    n0, before the correction for the finite population, so that no sample exceeds it.

    References
    ----------
    Krejcie and Morgan (1970), Determining sample size for research activities, Educational
    and Psychological Measurement 30. Cochran (1977), Sampling Techniques, 3rd ed., 4.4.
    Kish (1965), Survey Sampling, chapter 8 (design effect).
    Peraturan Menteri PANRB Nomor 14 Tahun 2017, Lampiran.

    Examples
    --------
    >>> sample_size(100).n, sample_size(7).census
    (80, True)
    >>> sample_size(1500, margin=0.03).n
    624
    >>> size = sample_size(1500, deff=2, response_rate=0.6)
    >>> size.n, size.invited, size.by_law
    (509, 849, False)
    """
    law = standards.survey(standard)
    if law.sampling is None:
        raise EstimationError(f"{law.id} has no rule for the number of respondents; see permenpanrb-14-2017")
    if method not in _METHODS:
        raise UnknownNameError("sample size method", method, _METHODS)
    size = whole_number(population, "population", least=1)
    rule, level = _rule(law.sampling, margin, confidence_level)
    effect, rate = _ratio("deff", deff, math.inf), _ratio("response_rate", response_rate, 1)
    formula, n = _respondents(rule, method, size, effect)
    return SampleSize(
        n=n,
        invited=min(math.ceil(n / rate), size),
        population=size,
        method=method,
        formula=formula,
        chi2=float(rule.chi2),
        p=float(rule.p),
        margin=float(rule.d),
        confidence_level=level,
        deff=float(effect),
        response_rate=float(rate),
        census=n == size,
        by_law=rule == law.sampling and method == "krejcie_morgan" and effect == 1,
        standard=law.id,
        place=law.sampling.place,
        confidence=law.sampling.confidence,
    )


def _respondents(rule: Sampling, method: str, population: int, deff: Fraction) -> tuple[str, int]:
    """Return formula and number; the finite population is corrected for after the design effect."""
    wide = rule.chi2 * deff
    if method == "cochran":
        first = wide * rule.p * (1 - rule.p) / rule.d**2
        stated = "n0 = deff chi2 p (1-p) / d^2; n = n0 / (1 + (n0-1)/N)"
        n = max(1, math.ceil(first / (1 + (first - 1) / population)))
    elif deff == 1:
        stated, n = "n = chi2 N p (1-p) / (d^2 (N-1) + chi2 p (1-p))", rule.size(population)
    else:
        stated = "n = deff chi2 N p (1-p) / (d^2 (N-1) + deff chi2 p (1-p))"
        spread = wide * rule.p * (1 - rule.p)
        n = math.ceil(spread * population / (rule.d**2 * (population - 1) + spread))
        n = population if rule.size(population) == population else n  # few people: everybody, as the law
    return (stated if deff != 1 else stated.replace("deff ", "")), n


def _ratio(name: str, value: object, most: float) -> Fraction:
    good = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    if not good or not 0 < value <= most or value == math.inf:  # type: ignore[operator]
        limit = " and at most 1" if most == 1 else " and finite"
        raise ArgumentError(f"{name} must be a number above 0{limit}, got {value!r}")
    return Fraction(str(value))


def _rule(
    table: Sampling, margin: float | Decimal | Fraction | None, confidence_level: float | None
) -> tuple[Sampling, float]:
    """Put another margin and level into the rule of the law, which stays the one place of the formula."""
    for name, given in (("margin", margin), ("confidence_level", confidence_level)):
        if given is not None:
            share_between(given, what=name)
    d = table.d if margin is None else Fraction(str(margin))
    level = _table_level(table) if confidence_level is None else float(confidence_level)
    chi2 = table.chi2 if level == _table_level(table) else Fraction(float(chdtri(1, 1 - level)))
    return table.model_copy(update={"d": d, "chi2": chi2}), level


def _table_level(table: Sampling) -> float:
    """Return the level that the table's chi-square, itself rounded in print, stands for."""
    return round(float(chdtr(1, float(table.chi2))), _LEVEL_DECIMALS)
