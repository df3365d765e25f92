"""How many respondents make a letter sure: the Beta of `mutu_probability`, turned around."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat import standards
from sipukat._text import Lang, number
from sipukat._validation import share_between, whole_number
from sipukat.errors import ArgumentError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.intervals import Spread, beta_shares
from sipukat.ikm.mutu import classify, ordered_bands
from sipukat.ikm.planning.deviation import number_above_zero, reach_of, respondent_sd
from sipukat.ikm.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from numpy.typing import NDArray

    from sipukat.ikm.planning.deviation import SdSource
    from sipukat.standards.model import SurveyStandard

    Probability = Callable[[NDArray[np.int64]], NDArray[np.float64]]

FORMAT: Final = "urn:sipukat:mutu-plan:1"
_FEWEST: Final = 3
_MOST: Final = 10**9
_ROUNDING: Final = 0.005
"""What the index may gain by being rounded half up to two decimals."""
_EVERY: Final = 4096
"""Up to here every number is tried; beyond, the probability only rises (see `_last_unsure`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutuPlan:
    """How many respondents make a letter as sure as asked.

    Parameters
    ----------
    ikm
        The expected index, in points of the published scale (25 to 100).
    mutu
        Its letter.
    n
        The number of respondents from which on the letter is that sure.
    probability
        Probability of the letter with `n` respondents; at least what was asked for.
    confidence_level
        Of the Beta: that of the interval, between 0 and 1.
    sd
        Standard deviation between respondents, in points.
    distance
        Points to the nearest border of the letter.
    deff
        Design effect that was reckoned with, above 0; 1 for a simple random sample.
    population
        People served; None without finite population correction.
    standard
        Id of the standard.
    findings
        What a planner must know: IKM695.

    Examples
    --------
    >>> plan = sample_size_for_mutu(79, sd=12)
    >>> plan.mutu, plan.n, round(plan.probability, 3)
    ('B', 85, 0.95)
    """

    ikm: float
    mutu: str
    n: int
    probability: float
    confidence_level: float
    sd: float
    distance: float
    deff: float
    population: int | None
    standard: str
    findings: Findings

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain, versioned data.

        Examples
        --------
        >>> sample_size_for_mutu(79, sd=12).to_dict()["mutu"]
        'B'
        """
        names = ("ikm", "mutu", "n", "probability", "confidence_level", "sd", "distance", "deff")
        return {
            "format": FORMAT,
            **{name: getattr(self, name) for name in names},
            "population": self.population,
            "standard": self.standard,
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say the plan in one sentence.

        Examples
        --------
        >>> print(sample_size_for_mutu(79, sd=12).sentence("en"))
        If the index is 79.00, 85 respondents are needed to be 95% sure of the letter B.
        """
        ikm, n = number(self.ikm, 2, lang=lang), number(self.n, 0, lang=lang)
        sure = number(100 * self.probability, 0, lang=lang)
        if lang == "id":
            return f"Bila IKM {ikm}, perlu {n} responden agar mutu {self.mutu} pasti dengan peluang {sure} %."
        return (
            f"If the index is {ikm}, {n} respondents are needed to be {sure}% sure of the letter {self.mutu}."
        )


def sample_size_for_mutu(
    ikm: float | Decimal | Fraction | str,
    *,
    sd: SdSource,
    probability: float = 0.95,
    confidence_level: float = 0.95,
    deff: float = 1.0,
    population: int | None = None,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
) -> MutuPlan:
    """Say how many respondents make the letter of an expected index so sure.

    Parameters
    ----------
    ikm
        The index that is expected, say that of last year; 25 to 100.
    sd
        Standard deviation of the index between respondents, in points, or an estimate or a
        result to take it from.
    probability
        How sure the letter is to be; between 0 and 1.
    confidence_level
        Of the Beta, as in `sipukat.ikm.estimate`.
    deff
        Design effect, above 0.
    population
        People served, if the index of those very people is meant: the error is then 0 once
        all are asked.
    standard
        A survey standard, or its id: whose letters.

    Raises
    ------
    ArgumentError
        If a number is outside its range, or so large an `sd` cannot go with that index.
    EstimationError
        If the index lies on a border, so that no number suffices; if more than 10^9 would
        be needed; if the standard has no bands.

    Notes
    -----
    The probability is that which `Estimate.mutu_probability` gives if the survey finds
    `ikm` and `sd`: with the share m of the scale, variance ``deff (1 - n/N) sd^2 / n``, df
    = n - 1, the Beta of `sipukat.ikm.intervals.beta_fit`, less at the lower than at the
    upper border of the letter. `n` is the number from which on it never falls below what
    is asked. It says how sure the letter is *if* the survey finds that index; a survey
    finds it only about half the time or something nearer to the border, so plan with an
    index a little nearer to it. The bound ``sd^2 <= (ikm - low) (high - ikm)`` is that of
    Bhatia and Davis (2000).

    References
    ----------
    Korn and Graubard (1998), Survey Methodology 24(2), for the Beta on an effective n.
    Peraturan Menteri PANRB Nomor 14 Tahun 2017, Lampiran: Nilai Interval Konversi.

    Examples
    --------
    >>> sample_size_for_mutu(86, sd=12).n, sample_size_for_mutu(88, sd=12).n
    (64, 3917)
    >>> sample_size_for_mutu(88.31, sd=12)
    Traceback (most recent call last):
        ...
    sipukat.errors.EstimationError: no number of respondents suffices: 88.31 lies on the border of B and A
    """
    law = standards.survey(standard)
    graded = classify(ikm, law)
    value = float(ikm if isinstance(ikm, Fraction) else Printed.of(ikm, what="an IKM").value)
    target, level = (
        share_between(probability, what="probability"),
        share_between(confidence_level, what="confidence_level"),
    )
    effect, spread = number_above_zero(deff, what="deff"), respondent_sd(sd, standard=law)
    low, high = reach_of(law)
    if spread**2 > (value - low) * (high - value) * (1 + 1e-9):
        most = max((value - low) * (high - value), 0.0) ** 0.5
        raise ArgumentError(
            f"with an index of {value:g} on a scale from {low:g} to {high:g} sd is at most {most:.2f}, "
            f"got {spread:g}"
        )
    whole = _population(population)
    bands = ordered_bands(law)
    at = next(i for i, band in enumerate(bands) if band.mutu == graded.mutu)
    borders = [float(band.low) for band in bands[1:]]
    distance = _distance(value, borders, at, tuple(band.mutu for band in bands), high)

    def chance(n: NDArray[np.int64]) -> NDArray[np.float64]:
        place = (np.array([borders]) - low) / (high - low)
        found = beta_shares(
            _expected(n, (value - low) / (high - low), spread / (high - low), effect, whole), place, level
        )[:, at]
        return np.where(n >= (whole or np.inf), 1.0, np.nan_to_num(found))

    n = _last_unsure(chance, target, _MOST if whole is None else whole) + 1
    if n > (whole or _MOST):
        raise EstimationError(
            f"more than {_MOST} respondents would be needed: {value:g} is {distance:g} points from a border"
        )
    return MutuPlan(
        ikm=value,
        mutu=graded.mutu,
        n=n,
        probability=float(chance(np.array([n]))[0]),
        confidence_level=level,
        sd=spread,
        distance=distance,
        deff=effect,
        population=whole,
        standard=law.id,
        findings=Findings([Finding.of("IKM695", n=n)] if n == whole else []),
    )


def _population(population: object) -> int | None:
    if population is None:
        return None
    return whole_number(population, "population", least=_FEWEST)


def _distance(value: float, borders: list[float], at: int, letters: tuple[str, ...], high: float) -> float:
    """Return points to the nearest border of the letter; refuse a value that lies on one.

    An index just below a border can be rounded up to it, and so have the better letter,
    while the probability counts from the border itself.
    """
    for i, border in enumerate(borders):
        if border - _ROUNDING <= value <= border:
            raise EstimationError(
                f"no number of respondents suffices: {value:g} lies on the border of {letters[i]} and "
                f"{letters[i + 1]}" + (f", {border:g}" if value != border else "")
            )
    below = [value - borders[at - 1]] if at > 0 else []
    above = [borders[at] - value] if at < len(borders) else []
    return min([*below, *above], default=high)


def _expected(n: NDArray[np.int64], value: float, sd: float, deff: float, population: int | None) -> Spread:
    """Return what a survey of n respondents is expected to find, as shares of the scale."""
    size = n.astype(np.float64)
    fraction = size / population if population else np.zeros_like(size)
    return Spread(
        value=np.full_like(size, value),
        variance=deff * (1 - fraction) * sd**2 / size,
        between=sd**2 * (size - 1) / size,
        n=size,
        df=size - 1,
        fraction=fraction,
        kish=np.ones_like(size),
    )


def _last_unsure(chance: Probability, target: float, top: int) -> int:
    """Return the largest number that is not yet enough.

    With few respondents the pseudo-answers at the ends of the scale pull the Beta towards
    its middle, so that the probability may first rise and fall; there every number is
    tried. With thousands it only rises.
    """
    every = np.arange(_FEWEST, min(_EVERY, top) + 1)
    unsure = every[chance(every) < target]
    last = int(unsure[-1]) if len(unsure) else _FEWEST - 1
    if last < _EVERY or last >= top:
        return last
    high = last
    while chance(np.array([high]))[0] < target:
        if high >= top:
            return top
        last, high = high, min(2 * high, top)
    while high - last > 1:
        middle = (last + high) // 2
        if chance(np.array([middle]))[0] < target:
            last = middle
        else:
            high = middle
    return last
