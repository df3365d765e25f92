"""`estimate`: from answers to the index of every group, with its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sipukat import standards
from sipukat._validation import share_between
from sipukat.errors import EstimationError
from sipukat.ikm.intervals import method_of
from sipukat.ikm.parts import Part
from sipukat.ikm.point import Missing, checked_missing, factor_of, points, unsur_weights
from sipukat.ikm.results import IkmResult
from sipukat.ikm.scan import moments, rule_of
from sipukat.ikm.variance import strata_of
from sipukat.survey import Responses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame

    from sipukat.ikm.design import Design
    from sipukat.ikm.moments import Moments
    from sipukat.standards import Profile, SurveyStandard


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
    if isinstance(data, Responses):  # they hold their standard, which may be of a file and known by no name
        rule = rule_of(data, standard)
    else:
        rule = standards.survey(standard if standard is not None else sums.standard)
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
    """Estimate all groups of `m`."""
    if m.within is not None:
        strata_of(m.within)  # refuses a population that is too small now, not when an interval is asked for
    factor = float(factor_of(rule))
    reach = np.full(len(m.groups), factor * float(sum(unsur_weights(rule, m.unsur, profile))))
    return Part(
        moments=m,
        points=points(m, rule, profile=profile, missing=missing),
        missing=missing,
        strata=strata_of(m),
        factor=factor,
        low=m.low * reach,
        high=m.high * reach,
    )
