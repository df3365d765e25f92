"""The ways in which offices get from answers to a printed index.

A convention is a basis (the sums of the answers, the averages as printed, all answers
pooled), a weight (1/n exactly, or as it is printed: 0,11), rounding on the way, and a
last rounding. Practice knows all of these; two of them rarely give the same letter at the
edge of a band.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from sipukat._text import round_half_up
from sipukat.ikm.printed import Printed, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat.standards.parts import Profile

LastRounding = Literal["half_up", "half_up_twice", "truncated", "none"]
"""How an unrounded index became the print."""

EXACT: Final = "exact_1/n"
POOLED: Final = "pooled_all_answers"
_WEIGHT_DECIMALS: Final = (4, 3, 2)
_NRR_DECIMALS: Final = (3, 2)
# (weighted, index); an office rounds in one place, or as a profile of the standard says
_ROUNDINGS: Final = ((None, None), (None, 4), (None, 3), (None, 2), (4, None), (3, None), (2, None))
LAST_ROUNDINGS: Final[tuple[LastRounding, ...]] = ("half_up", "half_up_twice", "truncated")
"""The last roundings tried, the one of the rule first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRule:
    """The weights of one convention.

    Parameters
    ----------
    family
        Its name: ``"exact_1/n"``, ``"w0.11"`` and so on.
    weights
        One weight an unsur.
    """

    family: str
    weights: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """One way to compute the index, and what it gives.

    Parameters
    ----------
    basis
        ``"raw"`` (sums over respondents), ``"printed_nrr"``, either of them with
        ``"_round2"`` where the averages are rounded first, ``"pooled"`` (all answers), or
        ``"implied_total"`` (the one whole total of answers that the print allows).
    family
        The weight: ``"exact_1/n"``, ``"w0.11"``, ``"w0.111"``, …, ``"pooled_all_answers"``.
    weight
        The weight of an unsur; None where they are not equal.
    weighted_decimals, index_decimals
        Decimals to which each weighted average, and their sum, are rounded half up on the
        way; None means not at all.
    final
        How the last rounding reproduces the print: ``"half_up"``, ``"half_up_twice"`` (one
        decimal more, then again), ``"truncated"``; ``"none"`` where it does not.
    value
        The index before the last rounding.
    profile
        Name of the profile of the standard that this is, if it is one.

    Examples
    --------
    >>> weight = Fraction(11, 100)
    >>> way = Convention(basis="raw", family="w0.11", weight=weight, index_decimals=4, value=Fraction(90))
    >>> way.name, way.rounding
    ('raw:w0.11|index_round4', 'index_round4')
    """

    basis: str
    family: str
    weight: Fraction | None
    weighted_decimals: int | None = None
    index_decimals: int | None = None
    final: LastRounding = "none"
    value: Fraction
    profile: str | None = None

    @property
    def rounding(self) -> str:
        """The rounding on the way: ``"none"``, ``"index_round3"``, …."""
        steps = [
            f"{stage}_round{decimals}"
            for stage, decimals in (("weighted", self.weighted_decimals), ("index", self.index_decimals))
            if decimals is not None
        ]
        return "|".join(steps) or "none"

    @property
    def name(self) -> str:
        """Basis, weight and rounding in one word."""
        core = f"{self.basis}:{self.family}"
        return core if self.rounding == "none" else f"{core}|{self.rounding}"

    @property
    def departures(self) -> int:
        """In how many ways it departs from the rule: exact weights, one rounding, at the end."""
        return (
            (not self.family.startswith("exact"))
            + ("_round" in self.basis)
            + (self.weighted_decimals is not None)
            + (self.index_decimals is not None)
        )

    def against(self, printed: Printed) -> Convention:
        """Say by which last rounding the value becomes the print, if by any."""
        fits = (last for last in LAST_ROUNDINGS if _last(self.value, last, printed) == printed.value)
        return replace(self, final=next(fits, "none"))

    def to_dict(self, printed: Printed) -> dict[str, str | None]:
        """Return plain values, numbers as text in the decimals of the print and four more."""
        return {
            "name": self.name,
            "basis": self.basis,
            "family": self.family,
            "weight": None if self.weight is None else str(self.weight),
            "rounding": self.rounding,
            "final": self.final,
            "value": str(round_half_up(self.value, printed.decimals + 4)),
            "profile": self.profile,
        }


def _last(value: Fraction, final: LastRounding, printed: Printed) -> Fraction:
    decimals = printed.decimals
    if final == "half_up":
        return rounded(value, decimals)
    if final == "half_up_twice":
        return rounded(rounded(value, decimals + 1), decimals)
    return Fraction(value * 10**decimals // 1, 10**decimals)


def weight_rules(exact: Sequence[Fraction], profiles: Sequence[Profile]) -> tuple[WeightRule, ...]:
    """List the weights that practice uses for so many unsur, the exact ones first.

    Parameters
    ----------
    exact
        The exact weight of each unsur.
    profiles
        The profiles of the standard; their weights are tried for any number of unsur, as
        offices do that add one and forget the weight.

    Examples
    --------
    >>> [w.family for w in weight_rules([Fraction(1, 9)] * 9, ())]
    ['exact_1/n', 'w0.1111', 'w0.111', 'w0.11']
    """
    equal = len(set(exact)) == 1
    found = {"": WeightRule(family=EXACT if equal else "exact_weights", weights=tuple(exact))}
    for decimals in _WEIGHT_DECIMALS:
        weights = tuple(rounded(w, decimals) for w in exact)
        family = _family(weights[0]) if equal else f"weights_round{decimals}"
        found.setdefault(family, WeightRule(family=family, weights=weights))
    for profile in profiles:
        if profile.weight is not None:
            same = WeightRule(family=_family(profile.weight), weights=(profile.weight,) * len(exact))
            found.setdefault(same.family, same)
    return tuple(found.values())


def _family(weight: Fraction) -> str:
    return f"w{float(weight):.9f}".rstrip("0").rstrip(".")


def candidates(
    averages: Mapping[str, Sequence[Fraction]],
    *,
    weights: Sequence[WeightRule],
    profiles: Sequence[Profile],
    factor: Fraction,
    pooled: Fraction | None,
) -> tuple[Convention, ...]:
    """Compute the index in every known way, the simplest ways first.

    Parameters
    ----------
    averages
        The averages (NRR) by basis: ``"raw"`` and, or, ``"printed_nrr"``.
    weights
        The weights to try.
    profiles
        The profiles of the standard, which may round in several places.
    factor
        From the average to the index: 25.
    pooled
        The average of all answers, where it is known.

    Returns
    -------
    tuple of Convention
        Those that give the same number by the same name once.
    """
    found: dict[str, Convention] = {}
    for basis, nrr in averages.items():
        for way in _ways(basis, nrr, weights, profiles):
            index = sum(way.terms(), Fraction(0))
            made = way.convention(rounded(index, way.index_decimals) * factor)
            found.setdefault(made.name, made)
    if pooled is not None:
        for decimals in (None, *_WEIGHT_DECIMALS):
            made = Convention(
                basis="pooled",
                family=POOLED,
                weight=None,
                index_decimals=decimals,
                value=rounded(pooled, decimals) * factor,
            )
            found.setdefault(made.name, made)
    order = {w.family: place for place, w in enumerate(weights)}
    bases = {basis: place for place, basis in enumerate(averages)}
    return tuple(
        sorted(
            found.values(),
            key=lambda c: (
                c.departures,
                # a printed weight is the commoner departure: many apps have one, few round on the way
                (c.weighted_decimals is not None) + (c.index_decimals is not None),
                order.get(c.family, len(order)),
                bases.get(c.basis.partition("_round")[0], len(bases)),
                -(c.index_decimals or 9),
                -(c.weighted_decimals or 9),
                c.name,
            ),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    basis: str
    nrr: tuple[Fraction, ...]
    rule: WeightRule
    weighted_decimals: int | None
    index_decimals: int | None
    profile: str | None = None

    def terms(self) -> Iterator[Fraction]:
        return (
            rounded(mean * weight, self.weighted_decimals)
            for mean, weight in zip(self.nrr, self.rule.weights, strict=True)
        )

    def convention(self, value: Fraction) -> Convention:
        weights = set(self.rule.weights)
        return Convention(
            basis=self.basis,
            family=self.rule.family,
            weight=weights.pop() if len(weights) == 1 else None,
            weighted_decimals=self.weighted_decimals,
            index_decimals=self.index_decimals,
            value=value,
            profile=self.profile,
        )


def _ways(
    basis: str, nrr: Sequence[Fraction], weights: Sequence[WeightRule], profiles: Sequence[Profile]
) -> Iterator[_Way]:
    # the profiles first, so that a way that has a name in the standard keeps it
    for profile in profiles:
        family = weights[0].family if profile.weight is None else _family(profile.weight)
        name, means = _rounded_basis(basis, nrr, profile.nrr_decimals)
        yield _Way(
            basis=name,
            nrr=means,
            rule=next(w for w in weights if w.family == family),
            weighted_decimals=profile.weighted_decimals,
            index_decimals=profile.index_decimals,
            profile=profile.id,
        )
    for decimals in (None, *_NRR_DECIMALS):
        name, means = _rounded_basis(basis, nrr, decimals)
        if decimals is not None and name == basis:
            continue
        for rule in weights:
            for weighted_decimals, index_decimals in _ROUNDINGS:
                yield _Way(
                    basis=name,
                    nrr=means,
                    rule=rule,
                    weighted_decimals=weighted_decimals,
                    index_decimals=index_decimals,
                )


def _rounded_basis(
    basis: str, nrr: Sequence[Fraction], decimals: int | None
) -> tuple[str, tuple[Fraction, ...]]:
    """Round the averages; where that changes none of them, the basis keeps its name."""
    means = tuple(rounded(mean, decimals) for mean in nrr)
    if means == tuple(nrr):
        return basis, means
    return (f"{basis}_round{decimals}" if basis == "printed_nrr" else f"{basis}_nrr_round{decimals}"), means
