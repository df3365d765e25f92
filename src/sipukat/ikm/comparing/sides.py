"""Estimates side by side: their errors, and how they vary together where one design made them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, EstimationError
from sipukat.findings import Finding
from sipukat.ikm.comparing.instruments import Instrument, instrument_of
from sipukat.ikm.ranks.pairwise import ends_variance
from sipukat.ikm.results import IkmResult
from sipukat.ikm.unit import Estimate
from sipukat.ikm.variance import degrees_of_freedom

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from numpy.typing import NDArray

    from sipukat.ikm.moments import Moments
    from sipukat.ikm.parts import Part

DfRule = Literal["design", "satterthwaite"]

ZERO: Final = 1e-8
"""A standard error this small beside its estimate is rounding, and none."""

ESTIMABLE: Final = 3
"""Fewer respondents whose answers are alike say nothing of an error."""

_TOTALS: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One estimate that takes part in a comparison.

    Parameters
    ----------
    label
        What it is called in messages.
    estimate
        The estimate.
    instrument
        What it was measured with.
    interval
        Method of its interval.
    """

    label: str
    estimate: Estimate
    instrument: Instrument
    interval: str

    @property
    def known(self) -> bool:
        """Whether it has an index and a standard error."""
        return self.estimate.published is not None and bool(np.isfinite(self.estimate.se))


def side_of(source: object, label: str) -> Side:
    """Take the overall estimate of a result, or the estimate itself.

    Raises
    ------
    ArgumentError
        If it is neither.
    """
    if isinstance(source, IkmResult):
        instrument = instrument_of(source.overall, label, profile=source.profile, missing=source.missing)
        return Side(label=label, estimate=source.overall, instrument=instrument, interval=source.interval)
    if isinstance(source, Estimate):
        return Side(
            label=label, estimate=source, instrument=instrument_of(source, label), interval="beta_ends"
        )
    raise ArgumentError(
        f"{label} is {kind_of(source)}; give an IkmResult, an Estimate such as result['A'] or "
        "result.overall, or, with same=, the responses themselves"
    )


def known_index(side: Side) -> Decimal:
    """Return the published index of a side; refuse one without it or without a standard error.

    Raises
    ------
    EstimationError
        With the side and the reason.
    """
    e = side.estimate
    if e.published is None:
        raise EstimationError(f"{side.label} has no index: none of its {e.n} respondents answered")
    if side.known:
        return e.published
    if e.part is None:
        why = "one of the groups that were rolled up has none"
    elif not e.df >= 1:
        why = f"df = {e.df:g}; it takes at least two sampled units (respondents, or PSUs) in a stratum"
    else:
        why = "a stratum it lies in has one sampled unit, and the design says lonely_psu='fail'"
    raise EstimationError(f"{side.label} (n = {e.n}) has no standard error: {why}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Errors:
    """How the indices of t sides err, together.

    Parameters
    ----------
    covariance
        (t, t) covariance of the published indices, in squared points.
    df
        (t,) degrees of freedom of each.
    design
        (t,) which design each comes from, a number; -1 for roll-ups.
    place
        (t,) place of each in the part of its design.
    parts
        The part of each design.
    mended
        (t,) whether an error of zero was replaced.
    census
        (t,) whether everyone was asked, so that there is no sampling error.
    findings
        What was mended, and what could not be checked.
    """

    covariance: NDArray[np.float64]
    df: NDArray[np.float64]
    design: tuple[int, ...]
    place: tuple[int, ...]
    parts: tuple[Part, ...]
    mended: NDArray[np.bool_]
    census: NDArray[np.bool_]
    findings: tuple[Finding, ...]

    def same_design(self, i: int, j: int) -> bool:
        """Whether two sides are groups of one design."""
        return self.design[i] == self.design[j] >= 0

    def variance(self, i: int, j: int) -> float:
        """Variance of the difference of two sides, in squared points; 0 only where it is certain."""
        v = self.covariance
        return float(max(v[i, i] + v[j, j] - 2 * v[i, j], 0.0))

    def degrees(self, i: int, j: int, rule: DfRule) -> float:
        """Degrees of freedom of the difference of two sides.

        Notes
        -----
        Two samples: ``(a + b)^2 / (a^2 / df_a + b^2 / df_b)`` (Welch, 1947; Satterthwaite, 1946)
        with the variances a and b. One design: sampled units less strata of the whole design,
        as R's `svycontrast`; or, by the rule ``"satterthwaite"``, the former but never more
        than that.
        """
        most = float("inf")
        if self.same_design(i, j):
            most = design_df(self.parts[self.design[i]])
            if rule == "design":
                return most
        at = [k for k in (i, j) if self.covariance[k, k] > 0]
        v, df = self.covariance[at, at], self.df[at]
        return float(min(v.sum() ** 2 / (v**2 / df).sum(), most)) if at else most


def design_df(part: Part) -> float:
    """Return the degrees of freedom of the whole design that a part belongs to."""
    return float(degrees_of_freedom(part.moments.pooled())[0])


def errors_of(sides: Sequence[Side]) -> Errors:
    """Put the errors of several sides together.

    Raises
    ------
    ArgumentError
        If one estimate is given twice.
    EstimationError
        If two sides overlap without belonging to one breakdown (a group and the whole that
        it is part of), or if a side has no spread from which an error could be taken.

    Notes
    -----
    Sides of one breakdown vary together as the design says; others are taken as
    independent. A side whose answers were all equal, and that is no census, gets the
    variance of the interval ``beta_ends``: a third of an answer added at each end of the scale.
    """
    parts: list[Part] = []
    design, place, doubtful = [], [], []
    for i, side in enumerate(sides):
        e = side.estimate
        if e.part is None:
            design.append(-1)
            place.append(0)
            doubtful.append(i)
            continue
        if any(other.estimate.part is e.part and other.estimate.at == e.at for other in sides[:i]):
            raise ArgumentError(
                f"{side.label} is the same estimate as a side before it; give two different ones"
            )
        number = _design_of(e.part, parts, sides, i)
        if any(d == number and p == e.at for d, p in zip(design, place, strict=True)):
            doubtful += [k for k in range(i) if (design[k], place[k]) == (number, e.at)] + [i]
            number = len(parts)  # the same numbers once more: another sample, or a file read twice
        if number == len(parts):
            parts.append(e.part)
        design.append(number)
        place.append(e.at)
    covariance, mended, census = _variances(sides)
    for i, j in combinations(range(len(sides)), 2):
        if design[i] == design[j] >= 0:
            shared = _together(parts[design[i]], place[i], place[j])
            covariance[i, j] = covariance[j, i] = shared
    findings = []
    if doubtful and len(sides) > 1:
        findings.append(Finding.of("IKM644", places=[sides[k].label for k in dict.fromkeys(doubtful)]))
    if mended.any():
        findings.append(
            Finding.of("IKM643", places=[sides[k].label for k in np.flatnonzero(mended).tolist()])
        )
    return Errors(
        covariance=covariance,
        df=np.array([side.estimate.df for side in sides]),
        design=tuple(design),
        place=tuple(place),
        parts=tuple(parts),
        mended=mended,
        census=census,
        findings=tuple(findings),
    )


def _design_of(part: Part, parts: Sequence[Part], sides: Sequence[Side], i: int) -> int:
    """Return the number of the design of `part`, a new one where it is not among `parts`."""
    for number, other in enumerate(parts):
        if part is other or _alike(part, other):
            return number
        if _nested(part.moments, other.moments):
            raise EstimationError(
                f"{sides[i].label} and a side before it are parts of one survey in different breakdowns "
                f"({_breakdown(other.moments)} and {_breakdown(part.moments)}), so they share respondents. "
                "Compare two groups of one result; for a group against all others, estimate with by= a "
                "column that tells the group from the rest"
            )
    return len(parts)


def _breakdown(m: Moments) -> str:
    return f"by {', '.join(m.by)}" if m.by else "all as one"


def _alike(one: Part, other: Part) -> bool:
    """Whether two parts hold the same sums and the same estimates."""
    a, b = one.moments, other.moments
    return (
        a.by == b.by
        and a.groups == b.groups
        and np.array_equal(a.n, b.n)
        and np.array_equal(one.index_variance, other.index_variance, equal_nan=True)
        and np.array_equal(one.points.ikm, other.points.ikm, equal_nan=True)
        and (a.strata, a.design) == (b.strata, b.design)
        and np.array_equal(a.levels, b.levels)
        and np.array_equal(a.gram, b.gram)
    )


def _nested(a: Moments, b: Moments) -> bool:
    """Whether two breakdowns are of the same respondents, as far as their sums tell."""
    if a.by == b.by or a.unsur != b.unsur or a.strata != b.strata or a.design != b.design:
        return False
    if not np.array_equal(a.levels.sum(axis=0), b.levels.sum(axis=0)):
        return False
    return np.allclose(a.gram.sum(axis=0), b.gram.sum(axis=0), rtol=_TOTALS, atol=0)


def _together(part: Part, i: int, j: int) -> float:
    """Covariance of two groups of one part, in squared points."""
    rows = np.zeros((3, len(part.moments.groups)))
    rows[0, i] = rows[1, j] = rows[2, j] = 1
    rows[2, i] = -1
    one, other, difference = part.index_contrast(rows)
    return float(one + other - difference) / 2


def _variances(
    sides: Sequence[Side],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the diagonal of the covariance, and which errors were mended or are none."""
    out = np.zeros((len(sides), len(sides)))
    mended, census = np.zeros((2, len(sides)), dtype=bool)
    for i, side in enumerate(sides):
        e = side.estimate
        out[i, i] = e.se**2
        if e.se > ZERO * abs(e.ikm):
            continue
        if e.part is None:
            raise EstimationError(
                f"{side.label} is a roll-up of groups whose answers are all equal: its standard error of 0 "
                "is no certainty, and there is nothing to judge from; compare the groups"
            )
        census[i] = bool(e.part.fraction[e.at] >= 1)
        mended[i] = not census[i]
        if mended[i]:
            width = float(e.part.high[e.at] - e.part.low[e.at])
            out[i, i] = float(ends_variance(e.part.index_spread)[e.at]) * width**2
        else:
            out[i, i] = 0.0
        if mended[i] and e.used < ESTIMABLE:
            raise EstimationError(
                f"the {e.used} respondents of {side.label} all gave the same answers: with fewer than three "
                "there is nothing to judge an error from"
            )
    return out, mended, census
