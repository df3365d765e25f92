"""`estimate`: from answers to the index of every group, with its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat import standards
from sipukat._validation import share_between
from sipukat.errors import EstimationError
from sipukat.ikm.intervals import method_of
from sipukat.ikm.linear import linear_of
from sipukat.ikm.parts import Part
from sipukat.ikm.point import Missing, Points, checked_missing, factor_of, points, unsur_weights
from sipukat.ikm.results import IkmResult
from sipukat.ikm.scan import moments, rule_of
from sipukat.ikm.stages import domain_covariance
from sipukat.ikm.variance import degrees_of_freedom, strata_of
from sipukat.survey import Responses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame
    from numpy.typing import NDArray

    from sipukat.ikm.design import Design
    from sipukat.ikm.moments import Moments
    from sipukat.ikm.stages import Linear
    from sipukat.standards import Profile, SurveyStandard

_DUST: Final = 1e-13
"""A variance this small beside that of its parts is rounding."""


def estimate(
    data: Responses | Moments | IntoFrame,
    standard: str | SurveyStandard | None = None,
    *,
    by: str | Sequence[str] = (),
    design: Design | None = None,
    profile: str = "exact",
    missing: str = "per_unsur",
    confidence_level: float = 0.95,
    interval: str = "beta_ends",
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> IkmResult:
    """Estimate the IKM, overall and by group.

    Parameters
    ----------
    data
        Responses, a frame of any engine with scores as numbers, or moments; see
        `sipukat.ikm.moments`.
    standard
        The survey standard; that of the responses, else ``"permenpanrb-14-2017"``.
    by
        Columns (or roles) whose values are the groups.
    design
        How respondents were drawn; by default simple random sampling.
    profile
        ``"exact"``, or the name of a convention of the standard (``"0.11"``, ``"0.111"``)
        that reproduces numbers that were published with it.
    missing
        What an unanswered question does: ``"per_unsur"`` (left out of the mean of its
        unsur), ``"pooled"``, or ``"complete"`` (its respondent is left out).
    confidence_level
        Between 0 and 1, both excluded.
    interval
        ``"beta_ends"``, or another of `INTERVALS`: ``"t"``, ``"logit"``, ``"wilson"``,
        ``"korn_graubard"``, ``"likelihood_ratio"``.
    order, columns
        See `sipukat.read_survey`.

    Returns
    -------
    IkmResult

    Raises
    ------
    ColumnError, AnswerError, DesignError
        As `sipukat.ikm.moments`.
    EstimationError
        If there is no respondent, or the options contradict each other.
    ArgumentError
        If the confidence level is none, or an argument is of a kind that is not taken.
    UnknownNameError
        If no standard, profile, policy or interval has the name given.

    References
    ----------
    Permenpan RB Nomor 14 Tahun 2017, Lampiran.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"unit": list("AABB"), **{f"U{i}": [4, 3, 2, 3] for i in range(1, 10)}})
    >>> result = estimate(frame, by="unit")
    >>> result["A"].published, result["A"].mutu, result.overall.ikm
    (Decimal('87.50'), 'B', 75.0)
    """
    confidence_level = share_between(confidence_level, what="confidence_level")
    policy = checked_missing(missing)
    method_of(interval)
    sums = moments(data, standard, by=by, design=design, order=order, columns=columns)
    rule = standards.survey(standard if standard is not None else sums.standard)
    if isinstance(data, Responses):
        rule = rule_of(data, standard)
    if not int(sums.n.sum()):
        raise EstimationError(
            "there is no respondent, so there is no index; check the file and the filter before it"
        )
    convention = rule.profile(profile)
    whole = sums.pooled()
    return IkmResult(
        standard=rule,
        moments=sums,
        profile=convention.id,
        missing=policy,
        interval=interval,
        confidence_level=confidence_level,
        groups=part_of(sums, rule, convention, policy) if sums.by else None,
        whole=part_of(whole, rule, convention, policy),
        provenance=data.provenance if isinstance(data, Responses) else None,
    )


def part_of(m: Moments, rule: SurveyStandard, profile: Profile, missing: Missing) -> Part:
    """Estimate all groups of `m`, with the covariance of their unsur means."""
    p = points(m, rule, profile=profile, missing=missing)
    complete = missing == "complete"
    strata = strata_of(m)
    with np.errstate(divide="ignore"):
        share = np.where(p.answered > 0, 1 / p.answered, 0.0)
    same = (m.per_group(m.levels) > 0).sum(axis=2) <= 1  # all answers alike: a variance of exactly 0
    share[same] = 0.0
    linear = linear_of(m, p.nrr, share, complete=complete)
    covariance = domain_covariance(linear)
    index = _pooled(m, p, rule) if missing == "pooled" else linear.combined(p.unsur_weight)
    index_variance = _no_dust(domain_covariance(index)[:, 0, 0], covariance, p)
    factor = float(factor_of(rule))
    reach = np.full(len(m.groups), factor * float(sum(unsur_weights(rule, m.unsur, profile))))
    between = linear.spread[:, range(m.k), range(m.k)]
    return Part(
        moments=m,
        points=p,
        strata=strata,
        factor=factor,
        low=m.low * reach,
        high=m.high * reach,
        unsur_covariance=covariance,
        unsur_between=between * np.asarray(p.answered, dtype=np.float64),
        unsur_scores=linear,
        index_scores=index,
        index_variance=index_variance * factor**2,
        df=degrees_of_freedom(m),
        complete=complete,
    )


def _pooled(m: Moments, p: Points, rule: SurveyStandard) -> Linear:
    """Scores of one ratio, all answers over all answered questions."""
    weight = p.unsur_weight.sum(axis=1)
    mean = p.ikm / float(factor_of(rule)) / weight  # NaN where nobody answered, as the index is
    centre = np.repeat(mean[:, None], m.k, axis=1)
    with np.errstate(invalid="ignore"):
        scale = np.where(p.answered > 0, p.unsur_weight / p.answered, 0.0)
    return linear_of(m, centre, scale, together=True).combined(np.ones_like(p.nrr))


def _no_dust(
    index_variance: NDArray[np.float64], covariance: NDArray[np.float64], p: Points
) -> NDArray[np.float64]:
    """Take a variance left by rounding, where every respondent's answers add up alike, for 0."""
    at = range(covariance.shape[1])
    most = (p.unsur_weight * np.sqrt(np.maximum(covariance[:, at, at], 0))).sum(axis=1) ** 2
    return np.where(index_variance < _DUST * most, 0.0, index_variance)
