"""The estimate of one group, as a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from sipukat._text import round_half_up
from sipukat.ikm.intervals import beta_shares, method_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from sipukat.ikm.parts import Part
    from sipukat.ikm.rollup import Combined
    from sipukat.standards import SurveyStandard


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The IKM of one group of respondents.

    Parameters
    ----------
    n
        Respondents.
    used
        Respondents that the index is made of: fewer than `n` only if incomplete forms are
        left out.
    ikm
        The index on the published scale (25 to 100), unrounded; NaN without answers.
    published
        The index in points, rounded half up, once, to two decimals; None without answers.
    exact
        The index as a fraction; None when respondents carry weights.
    index
        The index on the scale of the answers (1 to 4).
    se
        Standard error of `ikm`, in points; NaN where it cannot be estimated.
    low, high
        Confidence interval of `ikm`, in points of the published scale; NaN where there is
        none.
    df
        Degrees of freedom of `se`, from 0; no whole number where they are Satterthwaite's.
    deff
        Design effect, above 0 (1 is a simple random sample); None where there is no
        variance.
    effective_n
        Respondents of a simple random sample, from a population without end, that would be
        as precise; None where there is no variance, and for roll-ups.
    mutu, kinerja
        Letter and label by the bands of the standard; None where it has none.
    mutu_probability
        Letter to the probability that it is the right one, given sampling error alone;
        empty where it cannot be said (fewer than 3 respondents).
    nrr
        Unsur to mean score; NaN where nobody answered.
    answered
        Unsur to number of answers.
    counts
        Unsur to number of respondents a score, from the lowest to the highest.
    covariance
        (k, k) covariance of the unsur means, in squared scores; empty for roll-ups.
    part, at
        The breakdown that the estimate is of, and its place there: how it varies with the
        other groups of the same survey. None for roll-ups.
    """

    n: int
    used: int
    ikm: float
    published: Decimal | None
    exact: Fraction | None
    index: float
    se: float
    low: float
    high: float
    df: float
    deff: float | None
    effective_n: float | None
    mutu: str | None
    kinerja: str | None
    mutu_probability: Mapping[str, float]
    nrr: Mapping[str, float]
    answered: Mapping[str, int]
    counts: Mapping[str, tuple[int, ...]]
    covariance: NDArray[np.float64]
    part: Part | None = field(default=None, repr=False, compare=False)
    at: int = field(default=0, repr=False, compare=False)

    @property
    def missing_cells(self) -> int:
        """Questions that respondents left unanswered."""
        return sum(self.n - answered for answered in self.answered.values())

    @property
    def cv(self) -> float:
        """Coefficient of variation, ``se / ikm``."""
        return self.se / self.ikm


def estimate_of(
    part: Part,
    g: int,
    *,
    standard: SurveyStandard,
    low: float,
    high: float,
    chance: NDArray[np.float64] | None,
    exact: Fraction | None,
) -> Estimate:
    """Take group `g` out of the arrays."""
    names = part.moments.unsur
    cents = int(part.points.hundredths[g])
    published = None if cents < 0 else Decimal(cents).scaleb(-2)
    band = None if published is None else standard.band(published)
    deff, effective = float(part.deff[g]), float(part.effective[g])
    levels = part.levels[g].tolist()
    ikm = float(part.points.ikm[g]) if exact is None else float(exact)
    return Estimate(
        n=int(part.n[g]),
        used=int(part.used[g]),
        ikm=ikm,
        published=published,
        exact=exact,
        index=ikm / part.factor,
        se=_root(part.index_variance[g]) if published is not None and part.df[g] >= 1 else float("nan"),
        low=low,
        high=high,
        df=float(part.df[g]),
        deff=deff if np.isfinite(deff) else None,
        effective_n=effective if np.isfinite(effective) else None,
        mutu=band.mutu if band else None,
        kinerja=band.kinerja if band else None,
        mutu_probability=_named(standard, chance),
        nrr=dict(zip(names, part.points.nrr[g].tolist(), strict=True)),
        answered={name: sum(row) for name, row in zip(names, levels, strict=True)},
        counts={name: tuple(row) for name, row in zip(names, levels, strict=True)},
        covariance=part.unsur_covariance[g],
        part=part,
        at=g,
    )


def letter_of(
    combined: Combined,
    exact: Fraction | None,
    *,
    standard: SurveyStandard,
    interval: str,
    confidence_level: float,
    reach: tuple[float, float],
) -> Estimate:
    """Make the estimate of groups that were combined into one number."""
    ikm = combined.ikm if exact is None else float(exact)
    published = round_half_up(ikm if exact is None else exact, 2)
    band = standard.band(published)
    low, high = method_of(interval)(combined.spread, confidence_level)
    width = reach[1] - reach[0]
    chance = None
    if standard.bands:
        cuts = np.array([[(float(b.low) - reach[0]) / width for b in standard.bands[1:]]])
        chance = beta_shares(combined.spread, cuts, confidence_level)[0]
    return Estimate(
        n=combined.n,
        used=combined.used,
        ikm=ikm,
        published=published,
        exact=exact,
        index=ikm / float(standard.scale.to_ikm or 1),
        se=_root(combined.variance),
        low=reach[0] + width * float(low[0]),
        high=reach[0] + width * float(high[0]),
        df=combined.df,
        deff=None,
        effective_n=None,
        mutu=band.mutu if band else None,
        kinerja=band.kinerja if band else None,
        mutu_probability=_named(standard, chance),
        nrr={},
        answered={},
        counts={},
        covariance=np.zeros((0, 0)),
    )


def _root(variance: float) -> float:
    """Square root; what is below zero by rounding is zero."""
    return float(np.sqrt(max(variance, 0.0))) if np.isfinite(variance) else float("nan")


def _named(standard: SurveyStandard, chance: NDArray[np.float64] | None) -> dict[str, float]:
    if chance is None or not np.isfinite(chance).all():
        return {}
    return {band.mutu: float(p) for band, p in zip(standard.bands, chance, strict=True)}
