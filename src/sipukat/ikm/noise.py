"""An index with noise, so that no single respondent can be told from it: differential privacy.

Of every group two integers are given away: how many answers there are, and how far their
scores lie from the middle of the scale, each with noise of the discrete Laplace
distribution. Everything else (index, interval) is computed from these two, and costs no
more of the budget. The noise is drawn in integers from the randomness of the system:
noise in floating point gives away the number that it hides (Mironov, 2012).
"""

from __future__ import annotations

import math
import secrets
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat import standards
from sipukat._text import Lang, number, round_half_up
from sipukat._validation import given, must_be, share_between
from sipukat.errors import ArgumentError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.moments import Moments
from sipukat.ikm.mutu import classify
from sipukat.ikm.point import factor_of

if TYPE_CHECKING:
    import random

    import pandas as pd

FORMAT: Final = "urn:sipukat:noisy:1"

TOO_MUCH: Final = 5.0
"""Points of noise (one standard deviation) above which an index says little."""

_SENTENCES: Final[dict[Lang, str]] = {
    "id": "Angka diberi derau (privasi diferensial, epsilon {epsilon} tiap responden); selangnya memuat "
    "galat sampel dan derau. Menjalankan ulang menghabiskan anggaran lagi.",
    "en": "The figures carry noise (differential privacy, epsilon {epsilon} a respondent); the intervals "
    "hold sampling error and noise. Running it again spends the budget again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyIndex:
    """The index of one group, with noise.

    Parameters
    ----------
    group
        Its values of the grouping columns; empty for all respondents together.
    ikm
        The index in points of the published scale (25 to 100), rounded half up to two
        decimals; None where noise left no answers.
    low, high
        Interval of the index in points, sampling error and noise together; None likewise.
    mutu
        The letter of `ikm`; None where it, or the standard's bands, are not there.
    n
        Respondents, about: the noisy number of answers by the number of unsur; 0 or more.
    noise_se
        Standard deviation of the noise alone, in points; None likewise.
    """

    group: tuple[Any, ...]
    ikm: Decimal | None
    low: float | None
    high: float | None
    mutu: str | None
    n: int
    noise_se: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noisy:
    """What `with_noise` gives away.

    Parameters
    ----------
    standard
        Id of the survey standard.
    by
        Names of the grouping columns.
    epsilon
        The budget that was spent on every respondent, above 0.
    confidence_level
        Level of the intervals, between 0 and 1.
    overall
        All respondents together.
    groups
        The groups, in the order of the moments.
    findings
        How many indices the noise made useless (``IKM710``).
    """

    standard: str
    by: tuple[str, ...]
    epsilon: Fraction
    confidence_level: float
    overall: NoisyIndex
    groups: tuple[NoisyIndex, ...]
    findings: Findings

    def sentence(self, lang: Lang = "id") -> str:
        """Say what was done to the figures, and its budget; it belongs beside every one of them."""
        shown = Decimal(str(float(self.epsilon))).normalize()
        decimals = max(-int(shown.as_tuple().exponent), 0)
        return _SENTENCES[lang].format(epsilon=number(shown, decimals, lang=lang))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data."""
        rows = [{**asdict(each), "group": list(each.group)} for each in (self.overall, *self.groups)]
        for row in rows:
            row["ikm"] = None if row["ikm"] is None else str(row["ikm"])
        head = {"format": FORMAT, "standard": self.standard, "by": list(self.by)}
        told = {"epsilon": str(self.epsilon), "confidence_level": self.confidence_level}
        return {**head, **told, "note": self.sentence("en"), "overall": rows[0], "groups": rows[1:]}

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group, the budget in every row."""
        import pandas as pd

        rows = [
            dict(zip(self.by, each.group, strict=True))
            | {name: value for name, value in asdict(each).items() if name != "group"}
            | {"epsilon": float(self.epsilon)}
            for each in self.groups
        ]
        return pd.DataFrame(rows)


def with_noise(
    moments: Moments,
    *,
    epsilon: float | Decimal | Fraction | str,
    confidence_level: float = 0.95,
    source: random.Random | None = None,
) -> Noisy:
    r"""Give away the index of every group with noise, under a stated budget.

    Whoever sees the result learns hardly more if one respondent is in the survey or not:
    no outcome is more than exp(epsilon) times as likely.

    Parameters
    ----------
    moments
        The sums, unweighted. Names of groups are taken to be known, as those of offices are.
    epsilon
        The budget a respondent, above 0: 1 is usual, 0.1 is strict. Each call spends it
        again: two calls with 1 are one with 2. Groups share no respondent, so all of them
        together spend it once.
    confidence_level
        Level of the intervals, between 0 and 1.
    source
        Where the randomness comes from, for tests; by default that of the system. With a
        known seed nothing is hidden.

    Raises
    ------
    ArgumentError
        If `epsilon` is not above 0, or the level not between 0 and 1.
    EstimationError
        If respondents carry weights, or the unsur have different weights.

    Notes
    -----
    With k unsur on a scale from a to b, a respondent adds at most k to the number of
    answers A, and at most k (b - a) to T, the sum of 2 x - a - b; each gets half of the
    budget. The index is the mean of all answers (the policy ``"pooled"``), (a + b) / 2 +
    T / 2A, kept on the scale. Its sampling variance is taken at the largest that a mean m
    of scores on the unit interval can have, m (1 - m) / n: the true one would be told by
    the answers. So the intervals are too long rather than too short. `noise_se` is that of
    the first order.

    References
    ----------
    Dwork & Roth (2014), The Algorithmic Foundations of Differential Privacy, ch. 3; Canonne,
    Kamath & Steinke (2020), The Discrete Gaussian for Differential Privacy, algorithm 2;
    Mironov (2012), On Significance of the Least Significant Bits.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [3, 4] * 500 for i in range(1, 10)})
    >>> given = with_noise(ikm.moments(frame), epsilon=1)
    >>> abs(float(given.overall.ikm) - 87.5) < 5
    True
    """
    must_be(Moments, moments, "moments", "Moments, e.g. result.moments or those of sipukat.ikm.moments")
    budget = _budget(epsilon)
    level = share_between(confidence_level, what="confidence_level")
    _refuse_weights(moments)
    rng = source or secrets.SystemRandom()
    k, width = moments.k, moments.high - moments.low
    scores = 2 * np.arange(moments.low, moments.high + 1) - moments.low - moments.high
    levels = moments.per_group(moments.levels)
    answers, sums = levels.sum(axis=(1, 2)).tolist(), (levels @ scores).sum(axis=1).tolist()
    scales = _scales(k, width, budget)
    noisy = [
        (a + _laplace(scales[0], rng), t + _laplace(scales[1], rng))
        for a, t in zip(answers, sums, strict=True)
    ]
    whole = (sum(a for a, _ in noisy), sum(t for _, t in noisy))
    made = [_index(moments, (), whole, scales, times=len(noisy), level=level)]
    for group, pair in zip(moments.groups, noisy, strict=True):
        made.append(_index(moments, group, pair, scales, times=1, level=level))
    useless = sum(each.noise_se is None or each.noise_se > TOO_MUCH for each in made[1:])
    facts: dict[str, Any] = {"groups": useless, "all": len(noisy), "points": TOO_MUCH}
    return Noisy(
        standard=moments.standard,
        by=moments.by,
        epsilon=budget,
        confidence_level=level,
        overall=made[0],
        groups=tuple(made[1:]) if moments.by else (),
        findings=Findings([Finding.of("IKM710", epsilon=float(budget), **facts)] if useless else []),
    )


def _budget(epsilon: object) -> Fraction:
    try:
        budget = Fraction(str(epsilon))
    except (ValueError, ZeroDivisionError):
        budget = Fraction(0)
    if budget <= 0:
        raise ArgumentError(f"epsilon must be a number above 0, such as 1, got {given(epsilon)}")
    return budget


def _scales(k: int, width: int, budget: Fraction) -> tuple[Fraction, Fraction]:
    """Return the scales of the noise of A and of T: what a respondent adds, by half of the budget."""
    return 2 * k / budget, 2 * k * width / budget


def _refuse_weights(moments: Moments) -> None:
    if moments.weighted:
        raise EstimationError(
            "the moments are weighted: one respondent may count for any number of people; no noise hides that"
        )
    weights = {u.weight for u in standards.survey(moments.standard).unsur}
    if len(weights) > 1:
        raise EstimationError(f"unsur of {moments.standard} have different weights; noise is for equal ones")


def _index(
    m: Moments,
    group: tuple[Any, ...],
    noisy: tuple[int, int],
    scales: tuple[Fraction, Fraction],
    *,
    times: int,
    level: float,
) -> NoisyIndex:
    """Compute the index from the two noisy integers, of `times` groups together."""
    from scipy.special import ndtri

    rule = standards.survey(m.standard)
    answers, total = noisy
    if answers <= 0:
        return NoisyIndex(group=group, ikm=None, low=None, high=None, mutu=None, n=0, noise_se=None)
    factor = factor_of(rule)
    mean = Fraction(m.low + m.high, 2) + Fraction(total, 2 * answers)
    mean = min(max(mean, Fraction(m.low)), Fraction(m.high))
    published = round_half_up(mean * factor, 2)
    share = float((mean - m.low) / (m.high - m.low))
    people = max(answers / m.k, 1.0)
    off = float(2 * mean - m.low - m.high)
    spread_a, spread_t = (2 * float(scale) ** 2 * times for scale in scales)
    noise = math.sqrt(spread_t + off**2 * spread_a) / (2 * answers)
    sampling = (m.high - m.low) * math.sqrt(share * (1 - share) / people)
    half = float(ndtri(0.5 + level / 2)) * math.hypot(noise, sampling)
    ends = (max(float(mean) - half, m.low), min(float(mean) + half, m.high))
    return NoisyIndex(
        group=group,
        ikm=published,
        low=ends[0] * float(factor),
        high=ends[1] * float(factor),
        mutu=classify(Fraction(published), rule).mutu if rule.bands else None,
        n=round(answers / m.k),
        noise_se=noise * float(factor),
    )


def _laplace(scale: Fraction, rng: random.Random) -> int:
    """Draw an integer x with probability in proportion to exp(-|x| / scale), exactly."""
    t, s = scale.numerator, scale.denominator
    while True:
        u = rng.randrange(t)
        if not _happens(Fraction(u, t), rng):
            continue
        v = 0
        while _happens(Fraction(1), rng):
            v += 1
        size = (u + t * v) // s
        if rng.randrange(2):
            return size
        if size:
            return -size


def _happens(gamma: Fraction, rng: random.Random) -> bool:
    """Say yes with probability exp(-gamma), for gamma from 0 to 1, exactly."""
    k = 1
    while rng.randrange(gamma.denominator * k) < gamma.numerator:
        k += 1
    return k % 2 == 1
