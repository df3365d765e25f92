"""The difference of two sides: its error from both samples, or from the design they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._text import number
from sipukat.errors import EstimationError
from sipukat.findings import Finding
from sipukat.ikm.comparing.sides import ESTIMABLE, ZERO
from sipukat.ikm.comparing.t_tests import t_test
from sipukat.ikm.ranks.holm import holm
from sipukat.ikm.ranks.pairwise import ends_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.comparing.sides import DfRule, Errors, Side
    from sipukat.ikm.comparing.t_tests import DifferenceTest
    from sipukat.ikm.parts import Part
    from sipukat.ikm.unit import Estimate

_FEW: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsurDifference:
    """The difference of one unsur; points are those of the published scale, NRR times 25.

    Parameters
    ----------
    unsur
        Its name.
    nrr_a, nrr_b
        Mean scores, on the scale of the answers (1 to 4).
    difference, se, low, high
        ``b - a`` in points, its standard error and interval.
    df, t, p
        Degrees of freedom, statistic and two-sided p-value; NaN where one side has no answer.
    p_holm
        p-value adjusted for looking at all unsur, from 0 to 1.
    """

    unsur: str
    nrr_a: float
    nrr_b: float
    difference: float
    se: float
    low: float
    high: float
    df: float
    t: float
    p: float
    p_holm: float


def index_test(
    a: Estimate, b: Estimate, errors: Errors, *, level: float, null: float, rule: DfRule
) -> DifferenceTest:
    """Test ``b - a``, the two sides of `errors`.

    Raises
    ------
    EstimationError
        If the difference has no variance though not everyone was asked.
    """
    variance = errors.variance(0, 1)
    if variance <= (ZERO * max(abs(a.ikm), abs(b.ikm))) ** 2:
        if not errors.census.all():
            raise EstimationError(
                "everyone who was asked both times changed alike, so the difference has no spread to judge "
                "an error from; a standard error of 0 is no certainty"
            )
        variance = 0.0
    df = errors.degrees(0, 1, rule)
    return t_test(b.ikm - a.ikm, float(np.sqrt(variance)), df, null=null, confidence_level=level)


def few(sides: Sequence[Side], errors: Errors, used: float) -> list[Finding]:
    """Say where groups stand on far fewer degrees of freedom than their whole design has."""
    own = errors.degrees(0, 1, "satterthwaite")
    if own >= _FEW or used <= own:
        return []
    places = [side.label for side in sides]
    return [Finding.of("IKM646", places=places, own=number(own, 0), used=number(used, 0))]


def unsur_differences(
    a: Estimate, b: Estimate, errors: Errors, *, level: float, rule: DfRule
) -> tuple[tuple[UnsurDifference, ...], tuple[str, ...]]:
    """Test every unsur that both sides have; return also those whose error was mended.

    Neither side is a roll-up, which holds no unsur.
    """
    names = tuple(name for name in a.nrr if name in b.nrr)
    nrr = [np.array([e.nrr[name] for name in names]) for e in (a, b)]
    places = [(errors.parts[d], at) for d, at in zip(errors.design, errors.place, strict=True)]
    own = [_own(part, at, names) for part, at in places]
    extra = [_ends(part, at, names) for part, at in places]
    if errors.same_design(0, 1):
        part = errors.parts[errors.design[0]]
        row = np.zeros((1, len(part.moments.groups)))
        row[0, errors.place[0]], row[0, errors.place[1]] = -1, 1
        variance = _diagonal(part.unsur_contrast(row)[0], part, names)
    else:
        variance = own[0] + own[1]
    variance = variance + extra[0] + extra[1]
    sides = [v + more for v, more in zip(own, extra, strict=True)]
    df = _degrees(sides, errors, rule)
    factor = places[0][0].factor
    certain = errors.census.all()
    tests = [
        t_test(float(d), float(s), float(n), null=0.0, confidence_level=level)
        for d, s, n in zip(
            factor * (nrr[1] - nrr[0]),
            np.sqrt(np.where((variance > 0) | certain, variance, np.nan)),
            df,
            strict=True,
        )
    ]
    adjusted = holm([test.p for test in tests])
    rows = tuple(
        UnsurDifference(
            unsur=name,
            nrr_a=float(nrr[0][k]),
            nrr_b=float(nrr[1][k]),
            difference=test.difference,
            se=test.se,
            low=test.low,
            high=test.high,
            df=test.df,
            t=test.t,
            p=test.p,
            p_holm=float(adjusted[k]),
        )
        for k, (name, test) in enumerate(zip(names, tests, strict=True))
    )
    return rows, tuple(name for k, name in enumerate(names) if extra[0][k] > 0 or extra[1][k] > 0)


def _diagonal(covariance: NDArray[np.float64], part: Part, names: Sequence[str]) -> NDArray[np.float64]:
    """Return the variances of the named unsur, in squared points; rounding below zero is zero."""
    at = [part.moments.unsur.index(name) for name in names]
    return np.maximum(covariance[at, at], 0.0) * part.factor**2


def _own(part: Part, g: int, names: Sequence[str]) -> NDArray[np.float64]:
    return _diagonal(part.unsur_covariance[g], part, names)


def _ends(part: Part, g: int, names: Sequence[str]) -> NDArray[np.float64]:
    """Return what takes the place of a variance of zero, and 0 where there is one."""
    alike = _own(part, g, names) == 0
    if not alike.any() or part.fraction[g] >= 1:
        return np.zeros(len(names))
    at = [part.moments.unsur.index(name) for name in names]
    width = float(part.moments.high - part.moments.low) * part.factor
    known = np.where(part.used[g] >= ESTIMABLE, ends_variance(part.unsur_spread)[g, at], np.nan)
    return np.where(alike, known * width**2, 0.0)


def _degrees(sides: Sequence[NDArray[np.float64]], errors: Errors, rule: DfRule) -> NDArray[np.float64]:
    """Return the degrees of freedom of every unsur; see `sipukat.ikm.comparing.sides.Errors.degrees`."""
    most = errors.degrees(0, 1, "design") if errors.same_design(0, 1) else float("inf")
    if errors.same_design(0, 1) and rule == "design":
        return np.full(len(sides[0]), most)
    below = sum(np.where(v > 0, v**2 / n, 0.0) for v, n in zip(sides, errors.df, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.minimum(np.where(below > 0, (sides[0] + sides[1]) ** 2 / below, np.inf), most)
