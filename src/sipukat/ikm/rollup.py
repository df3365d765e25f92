"""From the units of a city to the city: four rules, each named, never mixed.

No rule is written in the regulation as far as the sources show, and the rules differ by
points. So the rule is the caller's to state, and its uncertainty comes from the same
covariance as that of the units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._validation import must_be
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.intervals import Spread
from sipukat.ikm.variance import degrees_of_freedom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.parts import Part

ROLLUPS: Final = ("pooled", "simple_mean", "respondent_weighted", "population")


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """A weighted mean of the indices of groups.

    Parameters
    ----------
    share
        (g,) exact share of each group; 0 for groups without an index.
    ikm
        The combined index.
    variance
        Its variance.
    spread
        What an interval needs.
    n, used, df
        Respondents, those that count, and degrees of freedom.
    """

    share: tuple[Fraction, ...]
    ikm: float
    variance: float
    spread: Spread
    n: int
    used: int
    df: float


def shares(part: Part, method: str, population: Mapping[object, float] | None) -> tuple[Fraction, ...]:
    """Return the share of each group under a rule; groups without an index have none.

    Raises
    ------
    UnknownNameError
        If there is no such rule.
    EstimationError
        If the rule needs populations that are not known.
    """
    if method not in ROLLUPS:
        raise UnknownNameError("roll-up method", method, ROLLUPS)
    known = part.points.hundredths >= 0
    match method:
        case "simple_mean":
            size = [Fraction(1)] * len(known)
        case "respondent_weighted":
            size = [Fraction(int(n)) for n in part.n]
        case _:
            size = _populations(part, population)
    held = [s if k else Fraction(0) for s, k in zip(size, known.tolist(), strict=True)]
    whole = sum(held)
    if not whole:
        raise EstimationError("no group has an index, so there is nothing to roll up")
    return tuple(s / whole for s in held)


def name_of(group: Group) -> object:
    """Return the name a group goes by: its value, or the tuple of its values."""
    return group[0] if len(group) == 1 else group


def _populations(part: Part, population: Mapping[object, float] | None) -> list[Fraction]:
    m = part.moments
    if population is not None:
        must_be(Mapping, population, "population", "{group: people served}")
        absent = [str(name_of(g)) for g in m.groups if name_of(g) not in population]
        if absent:
            raise EstimationError(f"population= lacks {len(absent)} groups: {', '.join(absent[:10])}")
        sizes = [population[name_of(g)] for g in m.groups]
        return [_people(name_of(g), size) for g, size in zip(m.groups, sizes, strict=True)]
    pairs = np.unique(np.stack([m.group, m.stratum]), axis=1)
    alone = np.bincount(pairs[1], minlength=len(m.strata)) == 1
    if np.isinf(m.population).any() or not alone.all() or m.clusters is not None:
        raise EstimationError(
            "the population of every group is needed: give population={group: number}, or estimate with "
            "Design(stratum=…, population=…) whose strata lie within the groups"
        )
    people = np.bincount(pairs[0], weights=m.population[pairs[1]], minlength=len(m.groups))
    return [Fraction(int(s)) for s in people.tolist()]


def _people(name: object, size: object) -> Fraction:
    good = isinstance(size, Real | Decimal) and not isinstance(size, bool)
    if not good or not 0 < size < float("inf"):  # type: ignore[operator]
        raise EstimationError(f"population of {name!r} is {size!r}; it must be a number above 0 and finite")
    return Fraction(int(size)) if size == int(size) else Fraction(str(size))  # type: ignore[call-overload]


def combine(part: Part, share: Sequence[Fraction]) -> Combined:
    """Combine the groups of a breakdown by stated shares.

    Parameters
    ----------
    part
        The groups.
    share
        Share of each; 0 leaves a group out.

    Notes
    -----
    ``ikm = sum W_g ikm_g``, ``variance = W' V W``, V the covariance of the groups under the
    one design. It is NaN where a group with a share has too few respondents to show how
    they differ: such a group adds an error, and counting it as 0 would flatter. Degrees of
    freedom: ``(sum W_g^2 V_g)^2 / sum (W_g^4 V_g^2 / df_g)``, never more than those of the
    whole design.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., sections 5.3 and 5.4.
    Satterthwaite (1946), An approximate distribution of estimates of variance components,
    Biometrics Bulletin 2.
    """
    c = np.array([float(s) for s in share])
    held = c > 0
    ikm = float((c[held] * part.points.ikm[held]).sum())
    unknown = bool(unestimable(part, share).any())
    variance = float("nan") if unknown else float(part.index_contrast(c[None, :])[0])
    low, high = float((c * part.low).sum()), float((c * part.high).sum())
    width = high - low
    spread_of_groups = part.index_between + (np.nan_to_num(part.points.ikm) - ikm) ** 2
    between = float((c[held] * spread_of_groups[held]).sum())
    used = int(part.used[held].sum())
    df = _degrees_of_freedom(part, c)

    def one(value: float) -> NDArray[np.float64]:
        return np.array([value])

    spread = Spread(
        value=one((ikm - low) / width),
        variance=one(variance / width**2),
        between=one(between / width**2),
        n=one(used),
        df=one(df),
        fraction=one(float((c[held] * part.fraction[held]).sum())),
        kish=one(float(used * (c[held] ** 2 * part.kish[held] / part.used[held]).sum())),
    )
    return Combined(
        share=tuple(share),
        ikm=ikm,
        variance=variance,
        spread=spread,
        n=int(part.n[held].sum()),
        used=used,
        df=df,
    )


def unestimable(part: Part, share: Sequence[Fraction]) -> NDArray[np.bool_]:
    """Return (g,) which groups have a share and no error that could be estimated.

    Neither everybody asked nor a stratum of one unit, for which the design has a rule, is
    such a case.
    """
    m = part.moments
    pairs = np.unique(np.stack([m.group, m.stratum]), axis=1)
    shared = np.bincount(pairs[0], weights=part.strata.units[pairs[1]] > 1, minlength=len(m.groups)) > 0
    held = np.array([s > 0 for s in share])
    return np.asarray(held & (part.df < 1) & shared & (part.fraction < 1))


def _degrees_of_freedom(part: Part, c: NDArray[np.float64]) -> float:
    whole = float(degrees_of_freedom(part.moments.pooled())[0])
    held = (c > 0) & (part.df >= 1) & (part.index_variance > 0)
    if not held.any():
        return min(float(part.df[c > 0].sum()), whole)
    own = c[held] ** 2 * part.index_variance[held]
    own /= own.max()  # squares of tiny variances would vanish
    return min(float(own.sum() ** 2 / (own**2 / part.df[held]).sum()), whole)
