"""The index itself: exact where respondents are counted, rounded half up once.

The formula of the regulation, in exact rational arithmetic: NRR is the sum of scores
over the number of answers, the index the weighted sum of NRR, the IKM the index times
the factor of the scale. A profile says where an office rounds on the way.

References
----------
Permenpan RB Nomor 14 Tahun 2017, Lampiran (pengolahan data).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from sipukat._text import round_half_up
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.stepwise import stepwise_hundredths
from sipukat.ikm.variance import answer_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.moments import Moments
    from sipukat.standards import Profile, SurveyStandard

Missing = Literal["per_unsur", "pooled", "complete"]
MISSING: Final[tuple[Missing, ...]] = ("per_unsur", "pooled", "complete")

_TIE: Final = 1e-6
"""Nearer than this (in hundredths) to a tie, an index is computed again, exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Estimates by group.

    Parameters
    ----------
    answered
        (g, k) number of answers, or sum of their weights.
    total
        (g, k) sum of scores, or of weighted scores.
    nrr
        (g, k) mean score, NaN where nobody answered.
    unsur_weight
        (g, k) weight of each unsur in the index: those of the profile, spread over the
        unsur that were answered in the group.
    ikm
        (g,) the index on the scale that is published; NaN where nobody answered.
    hundredths
        (g,) the published index in hundredths, rounded half up; -1 where there is none.
    """

    answered: NDArray[np.float64] | NDArray[np.int64]
    total: NDArray[np.float64] | NDArray[np.int64]
    nrr: NDArray[np.float64]
    unsur_weight: NDArray[np.float64]
    ikm: NDArray[np.float64]
    hundredths: NDArray[np.int64]


def factor_of(rule: SurveyStandard) -> Fraction:
    """Return what turns the index into the published number; 1 where no law says."""
    return rule.scale.to_ikm if rule.scale.to_ikm is not None else Fraction(1)


def unsur_weights(rule: SurveyStandard, unsur: Sequence[str], profile: Profile) -> tuple[Fraction, ...]:
    """Return the weight of each unsur column under a profile.

    Raises
    ------
    EstimationError
        If columns without a stated order (U8, U9) have different weights, or a profile
        with one printed weight is used on unequal weights.
    """
    known = {u.key: u.weight for u in rule.unsur}
    exact = [known.get(name) for name in unsur]
    open_weights = sorted(set(known.values()))
    if None in exact and len({known[key] for key in known if key not in unsur}) > 1:
        bare = [name for name, weight in zip(unsur, exact, strict=True) if weight is None]
        raise EstimationError(f"{', '.join(bare)} have different weights by order: state order= first")
    left = [known[key] for key in known if key not in unsur]
    weights = tuple(w if w is not None else left[0] for w in exact)
    if profile.weight is None:
        return weights
    if len(open_weights) > 1:
        raise EstimationError(f"profile {profile.id!r} has one weight for all unsur; {rule.id} has several")
    return (profile.weight,) * len(unsur)


def checked_missing(missing: str) -> Missing:
    """Return the policy for unanswered questions, if there is one of that name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for known in MISSING:
        if missing == known:
            return known
    raise UnknownNameError("missing policy", missing, MISSING)


def points(m: Moments, rule: SurveyStandard, *, profile: Profile, missing: Missing) -> Points:
    """Estimate every group.

    Parameters
    ----------
    m
        Moments.
    rule
        Their standard.
    profile
        Weights and roundings on the way.
    missing
        ``per_unsur``: the mean of the answers to each unsur; ``pooled``: all answers over
        all answered questions; ``complete``: only respondents who answered everything.
    """
    complete = missing == "complete"
    if complete or m.weighted:
        by_cell = answer_sums(m.gram_complete if complete else m.gram, m.k, complete=complete)
    else:
        by_cell = m.levels.sum(axis=2), m.levels @ np.arange(m.low, m.high + 1)
    answered, total = (m.per_group(np.ascontiguousarray(part)) for part in by_cell)
    with np.errstate(invalid="ignore"):
        nrr = total / answered
    exact = unsur_weights(rule, m.unsur, profile)
    share = _spread_over_answered(np.array([float(w) for w in exact]), answered > 0)
    factor = factor_of(rule)
    if missing == "pooled":
        share = _pooled_share(share, answered)
    ikm = float(factor) * (share * np.nan_to_num(nrr)).sum(axis=1)
    ikm[~(answered > 0).any(axis=1)] = np.nan
    result = Points(
        answered=answered,
        total=total,
        nrr=nrr,
        unsur_weight=share,
        ikm=ikm,
        hundredths=np.zeros(len(ikm), np.int64),
    )
    return _rounded(result, m, exact, factor, profile=profile, missing=missing)


def _spread_over_answered(weight: NDArray[np.float64], answered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Give the weight of unsur that nobody in a group answered to the others, in proportion."""
    held = np.where(answered, weight, 0.0)
    sums = held.sum(axis=1, keepdims=True)
    full = answered.all(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(full, held, np.where(sums > 0, held * (weight.sum() / sums), 0.0))


def _pooled_share(
    weight: NDArray[np.float64], answered: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weight unsur by how often they were answered: the mean of all answers given."""
    held = weight * answered
    sums = held.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.where(sums > 0, held / sums * weight.sum(axis=1, keepdims=True), 0.0)


def exact_index(
    answered: Sequence[int],
    total: Sequence[int],
    weight: Sequence[Fraction],
    factor: Fraction,
    *,
    profile: Profile | None = None,
    missing: Missing = "per_unsur",
) -> Fraction | None:
    """Return the index of one group of counted respondents, exactly; None without answers.

    Parameters
    ----------
    answered, total
        Number of answers and sum of scores of each unsur.
    weight
        Weight of each unsur.
    factor
        Factor of the scale.
    profile
        Where to round on the way; by default nowhere.
    missing
        The policy for unanswered questions.

    Examples
    --------
    >>> exact_index([19] * 9, [58] * 8 + [60], [Fraction(1, 9)] * 9, Fraction(25))
    Fraction(13100, 171)
    """
    seen = [(n, t, w) for n, t, w in zip(answered, total, weight, strict=True) if n]
    if not seen:
        return None
    whole, held = sum(weight, Fraction(0)), sum((w for _, _, w in seen), Fraction(0))
    stretch = whole / held
    if missing == "pooled":
        top = sum(w * t for _, t, w in seen)
        return factor * whole * top / sum(w * n for n, _, w in seen)
    steps = (
        (profile.nrr_decimals, profile.weighted_decimals, profile.index_decimals) if profile else (None,) * 3
    )
    terms = [_decimals(Fraction(t, n), steps[0]) * w * stretch for n, t, w in seen]
    index = sum((_decimals(term, steps[1]) for term in terms), Fraction(0))
    return factor * _decimals(index, steps[2])


def _decimals(value: Fraction, places: int | None) -> Fraction:
    return value if places is None else Fraction(round_half_up(value, places))


def _rounded(
    p: Points,
    m: Moments,
    weight: tuple[Fraction, ...],
    factor: Fraction,
    *,
    profile: Profile,
    missing: Missing,
) -> Points:
    """Round half up to hundredths; near a tie, and where a profile rounds on the way, exactly."""
    stepwise = any(
        d is not None for d in (profile.nrr_decimals, profile.weighted_decimals, profile.index_decimals)
    )
    if stepwise and m.weighted:
        raise EstimationError(
            f"profile {profile.id!r} rounds on the way and is for counted respondents, not weighted"
        )
    if stepwise and missing == "pooled":
        raise EstimationError(
            f"profile {profile.id!r} rounds unsur by unsur; missing='pooled' has no such step"
        )
    ikm, known = p.ikm.copy(), np.isfinite(p.ikm)
    cents = np.where(known, ikm, 0) * 100
    # weighted indices have no exact value: a tie that float noise pushed down still goes up
    hundredths = np.floor(cents + 0.5 + (1e-7 if m.weighted else 0)).astype(np.int64)
    again = known if stepwise else known & (np.abs(cents - np.floor(cents) - 0.5) < _TIE)
    if stepwise:
        whole = known & np.asarray(p.answered > 0).all(axis=1)
        found = stepwise_hundredths(p.answered[whole], p.total[whole], weight, factor, profile)
        if found is not None:
            ikm[whole], hundredths[whole] = found
            again = known & ~whole
    if not m.weighted:
        sums = ((g, p.answered[g].tolist(), p.total[g].tolist()) for g in np.flatnonzero(again).tolist())
        exact = (
            (g, exact_index(n, total, weight, factor, profile=profile, missing=missing))
            for g, n, total in sums
        )
        for g, value in ((g, value) for g, value in exact if value is not None):
            ikm[g] = float(value)
            hundredths[g] = int(round_half_up(value, 2) * 100)
    return Points(
        answered=p.answered,
        total=p.total,
        nrr=p.nrr,
        unsur_weight=p.unsur_weight,
        ikm=ikm,
        hundredths=np.where(known, hundredths, -1),
    )
