"""Estimates of all groups at once, as arrays, and the intervals and probabilities on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.ikm.intervals import Spread, beta_shares, method_of
from sipukat.ikm.linear import linear_of
from sipukat.ikm.stages import contrast_covariance, domain_covariance, joint_covariance
from sipukat.ikm.variance import degrees_of_freedom

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.moments import Moments
    from sipukat.ikm.point import Missing, Points
    from sipukat.ikm.stages import Linear
    from sipukat.ikm.variance import Strata

_DUST: Final = 1e-13
"""A variance this small beside that of its parts is rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """All groups of one breakdown; uncertainty is computed when it is first asked for.

    Parameters
    ----------
    moments
        Their sums.
    points
        Their estimates.
    missing
        What an unanswered question did.
    strata
        Sampled units of every stratum.
    factor
        Factor from the index to the published scale.
    low, high
        Lowest and highest index that can be published.
    """

    moments: Moments
    points: Points
    missing: Missing
    strata: Strata
    factor: float
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def complete(self) -> bool:
        """Whether only respondents who answered everything count."""
        return self.missing == "complete"

    @cached_property
    def n(self) -> NDArray[np.int64]:
        """(g,) respondents."""
        return self.moments.per_group(self.moments.n)

    @cached_property
    def levels(self) -> NDArray[np.int64]:
        """(g, k, levels) respondents a score."""
        return self.moments.per_group(self.moments.levels)

    @cached_property
    def used(self) -> NDArray[np.int64]:
        """(g,) respondents that the index is made of."""
        return self.moments.per_group(self.moments.n_complete) if self.complete else self.n

    @cached_property
    def weight(self) -> NDArray[np.float64]:
        """(g,) sum of the weights of the respondents used."""
        m = self.moments
        weight = m.gram_complete[:, 0, 0] if self.complete else m.weight
        return np.asarray(m.per_group(weight), dtype=np.float64)

    @cached_property
    def kish(self) -> NDArray[np.float64]:
        """(g,) design effect of unequal weights: n times sum of squares over square of sum."""
        m = self.moments
        if self.complete:
            held = m.gram_complete if m.gram2_complete is None else m.gram2_complete
            squares = m.per_group(held[:, 0, 0])
        else:
            squares = m.per_group(m.weight2)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.weight > 0, self.used * squares / self.weight**2, 1.0)

    @cached_property
    def df(self) -> NDArray[np.float64]:
        """(g,) degrees of freedom."""
        return degrees_of_freedom(self.moments)

    @cached_property
    def unsur_scores(self) -> Linear:
        """Linearized scores of the unsur means, for combinations of groups."""
        with np.errstate(divide="ignore"):
            share = np.where(self.points.answered > 0, 1 / self.points.answered, 0.0)
        share[(self.levels > 0).sum(axis=2) <= 1] = 0.0  # all answers alike: a variance of exactly 0
        return linear_of(self.moments, self.points.nrr, share, complete=self.complete)

    @cached_property
    def unsur_covariance(self) -> NDArray[np.float64]:
        """(g, k, k) covariance of the unsur means, in squared scores; NaN where not estimable."""
        return domain_covariance(self.unsur_scores)

    @cached_property
    def unsur_between(self) -> NDArray[np.float64]:
        """(g, k) variance of the answers between respondents, with divisor n."""
        at = range(self.moments.k)
        return self.unsur_scores.spread[:, at, at] * np.asarray(self.points.answered, dtype=np.float64)

    @cached_property
    def index_scores(self) -> Linear:
        """Linearized scores of the index: of its unsur, or of one ratio of all answers."""
        if self.missing != "pooled":
            return self.unsur_scores.combined(self.points.unsur_weight)
        weight = self.points.unsur_weight.sum(axis=1)
        mean = self.points.ikm / self.factor / weight  # NaN where nobody answered, as the index is
        centre = np.repeat(mean[:, None], self.moments.k, axis=1)
        answered = self.points.answered
        with np.errstate(invalid="ignore"):
            scale = np.where(answered > 0, self.points.unsur_weight / answered, 0.0)
        linear = linear_of(self.moments, centre, scale, together=True)
        return linear.combined(np.ones_like(self.points.nrr))

    @cached_property
    def index_variance(self) -> NDArray[np.float64]:
        """(g,) variance of the published index.

        What rounding leaves where every respondent's answers add up alike is taken for 0.
        """
        found, at = domain_covariance(self.index_scores)[:, 0, 0], range(self.moments.k)
        unsur = np.sqrt(np.maximum(self.unsur_covariance[:, at, at], 0))
        most = (self.points.unsur_weight * unsur).sum(axis=1) ** 2
        return np.where(found < _DUST * most, 0.0, found) * self.factor**2

    @cached_property
    def fraction(self) -> NDArray[np.float64]:
        """(g,) share of the population that was asked; 0 unless every stratum states it."""
        m = self.moments
        with np.errstate(divide="ignore", invalid="ignore"):
            people = np.where(self.strata.fraction > 0, self.strata.units / self.strata.fraction, np.inf)
        pairs = np.unique(np.stack([m.group, m.stratum]), axis=1)
        size = np.bincount(pairs[0], weights=people[pairs[1]], minlength=len(m.groups))
        asked = np.bincount(pairs[0], weights=self.strata.units[pairs[1]], minlength=len(m.groups))
        return np.asarray(np.where(np.isfinite(size) & (size > 0), asked / np.where(size > 0, size, 1), 0.0))

    @cached_property
    def index_between(self) -> NDArray[np.float64]:
        """(g,) variance of the index between respondents, with divisor n."""
        return self.index_scores.spread[:, 0, 0] * self.weight * self.factor**2

    @cached_property
    def deff(self) -> NDArray[np.float64]:
        """(g,) design effect: variance over that of a simple random sample of the same size.

        Without replacement from the sum of the weights where respondents are weighted, as
        R's ``svymean(deff = TRUE)``, else from the population, if it is stated; NaN where
        there is no variance to compare.
        """
        n, size = self.used.astype(np.float64), self.weight
        if not self.moments.weighted:
            with np.errstate(divide="ignore", invalid="ignore"):
                size = np.where(self.fraction > 0, n / self.fraction, n)
        with np.errstate(divide="ignore", invalid="ignore"):
            left = np.where(size > n * (1 + 1e-12), 1 - n / size, 1.0)
            simple = self.index_between / (n - 1) * left
            return np.where(simple > 0, self.index_variance / simple, np.nan)

    def unsur_contrast(self, coefficient: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (q, k, k) covariances, in squared scores, of (q, g) sums of unsur means."""
        return contrast_covariance(self.unsur_scores, coefficient)

    def index_contrast(self, coefficient: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (q,) variances of (q, g) sums of published indices."""
        found = contrast_covariance(self.index_scores, coefficient)
        return found[:, 0, 0] * self.factor**2

    @cached_property
    def index_joint(self) -> NDArray[np.float64]:
        """(g, g) covariance of the published indices."""
        return joint_covariance(self.index_scores) * self.factor**2

    @cached_property
    def effective(self) -> NDArray[np.float64]:
        """(g,) respondents of a simple random sample, with replacement, that would be as precise.

        Not ``n / deff``: where the weights add up to hardly more than n, R's `deff` compares
        with a sample of nearly everyone.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = self.index_between * self.used / (self.used - 1)
            return np.where(self.index_variance > 0, spread / self.index_variance, np.nan)

    @cached_property
    def index_spread(self) -> Spread:
        """The index as shares of its scale."""
        width = self.high - self.low
        with np.errstate(divide="ignore", invalid="ignore"):
            return Spread(
                value=np.clip((self.points.ikm - self.low) / width, 0.0, 1.0),
                variance=self.index_variance / width**2,
                between=self.index_between / width**2,
                n=self.used.astype(np.float64),
                df=self.df,
                fraction=self.fraction,
                kish=self.kish,
            )

    @cached_property
    def unsur_spread(self) -> Spread:
        """Every unsur as shares of the scale, (g, k)."""
        low, width = self.moments.low, self.moments.high - self.moments.low
        k = self.moments.k
        answered = self.levels.sum(axis=2).astype(np.float64)
        at = np.arange(k)

        def wide(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.repeat(values[:, None], k, axis=1)

        return Spread(
            value=(self.points.nrr - low) / width,
            variance=self.unsur_covariance[:, at, at] / width**2,
            between=self.unsur_between / width**2,
            n=answered,
            df=wide(self.df),
            fraction=wide(self.fraction),
            kish=wide(self.kish),
        )

    def index_interval(
        self, name: str, confidence_level: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return low and high of the published index, (g,) each."""
        low, high = method_of(name)(self.index_spread, confidence_level)
        width = self.high - self.low
        return self.low + width * low, self.low + width * high

    def unsur_interval(
        self, name: str, confidence_level: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return low and high of every unsur mean in scores, (g, k) each."""
        low, high = method_of(name)(self.unsur_spread, confidence_level)
        width = self.moments.high - self.moments.low
        return self.moments.low + width * low, self.moments.low + width * high

    def band_probability(self, cuts: NDArray[np.float64], confidence_level: float) -> NDArray[np.float64]:
        """Return (g, bands) probabilities that the index lies in each band; NaN where unknown.

        Parameters
        ----------
        cuts
            Lower bounds of all bands but the lowest, ascending.
        confidence_level
            That of the interval; the same Beta gives both.
        """
        place = (cuts[None, :] - self.low[:, None]) / (self.high - self.low)[:, None]
        return beta_shares(self.index_spread, place, confidence_level)
