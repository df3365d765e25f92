"""What each indicator gives to a score: points that add up to it exactly.

An indicator that is not known has a least and a most that it can give, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from sipukat.errors import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sipukat.compliance.evidence import Evidence, Item
    from sipukat.compliance.tree import Measure, Node, Tree
    from sipukat.standards.values import Confidence

_ZERO = Fraction(0)
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one indicator gives to a score.

    Parameters
    ----------
    key
        Its key.
    nama, name
        Its name in Indonesian and in English.
    share
        Its share in the whole, exactly; all shares add up to 1.
    assumed
        Whether the share rests on a weight that is assumed.
    value
        Its value as the law counts; None where it is not known.
    lowest, highest
        The points that it gives at least and at most; equal where it is known. Over all
        indicators they add up to the lowest and the highest score.
    possible
        The points that it gives at its best.
    source, place
        The document that shows its value, and the place in it.
    confidence
        How well its value is sourced; None where it is not known.
    """

    key: str
    nama: str
    name: str
    share: Fraction
    assumed: bool
    value: Decimal | bool | int | None
    lowest: Fraction
    highest: Fraction
    possible: Fraction
    source: str = ""
    place: str = ""
    confidence: Confidence | None = None

    @property
    def known(self) -> bool:
        """Whether it is known what it gives."""
        return self.lowest is self.highest or self.lowest == self.highest  # mostly one object

    @property
    def points(self) -> Fraction | None:
        """The points that it gives, exactly; None where that is not known."""
        return self.lowest if self.known else None

    @property
    def lacking(self) -> Fraction:
        """The points that it could still give, counted from the least."""
        return self.possible - self.lowest

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data; exact numbers are texts such as ``"303/1250"``."""
        return {
            "key": self.key,
            "nama": self.nama,
            "name": self.name,
            "share": str(self.share),
            "assumed": self.assumed,
            "value": str(self.value) if isinstance(self.value, Decimal) else self.value,
            "points": str(self.points) if self.points is not None else None,
            "lowest": str(self.lowest),
            "highest": str(self.highest),
            "possible": str(self.possible),
            "source": self.source,
            "place": self.place,
            "confidence": self.confidence,
        }


def fraction_bounds(measure: Measure, item: Item | None) -> tuple[Fraction, Fraction]:
    """Return what an indicator gives at least and at most of all that it can, from 0 to 1.

    Parameters
    ----------
    measure
        How it is measured.
    item
        What is said of it; None, or an item without a value and bounds, is unknown.

    Raises
    ------
    ArgumentError
        If the value or a bound is none of this indicator.
    """
    if item is None:
        return _ZERO, _ONE
    if item.value is not None:
        value = measure.fraction(item.value, where=item.key)
        return value, value  # one object, so that nobody need compare them
    low = _ZERO if item.low is None else measure.fraction(item.low, where=f"{item.key}.low")
    high = _ONE if item.high is None else measure.fraction(item.high, where=f"{item.key}.high")
    return low, high


def contributions_of(tree: Tree, evidence: Evidence) -> tuple[Contribution, ...]:
    """Return what each indicator gives, one row a leaf, in the order of the tree.

    Parameters
    ----------
    tree
        The scheme.
    evidence
        What is known.

    Raises
    ------
    UnknownNameError
        If the evidence speaks of an indicator that the scheme does not have.
    ArgumentError
        If a value is none of its indicator.

    Notes
    -----
    ``points = share * (low + (high - low) * fraction)`` on the scale of the score; as the
    shares add up to 1, the points add up to the score.
    """
    gates = _conditions(tree, evidence)
    said = evidence.by_key
    rows = []
    for leaf in tree.leaves():
        item = said.get(leaf.key)
        least, most = _gated(leaf, item, gates)
        base, reach = tree.ends[leaf.key]
        lowest = base + reach * least if base else reach * least
        rows.append(
            Contribution(
                key=leaf.key,
                nama=leaf.nama,
                name=leaf.name,
                share=tree.shares[leaf.key],
                assumed=tree.assumed(leaf.key),
                value=item.value if item else None,
                lowest=lowest,
                highest=lowest if most is least else base + reach * most,
                possible=base + reach if base else reach,
                source=item.source if item else "",
                place=item.place if item else "",
                confidence=item.confidence if item and item.value is not None else None,
            )
        )
    return tuple(rows)


def total(points: Iterable[Fraction]) -> Fraction:
    """Add up exactly.

    Over one common denominator, which is several times as fast as one fraction after
    another: each of these would be reduced.
    """
    every = list(points)
    whole = lcm(*(one.denominator for one in every))
    return Fraction(sum(one.numerator * (whole // one.denominator) for one in every), whole)


def _gated(leaf: Node, item: Item | None, gates: Mapping[str, bool | None]) -> tuple[Fraction, Fraction]:
    if leaf.measure is None:  # a leaf has a measure; the type cannot say so
        raise ArgumentError(f"{leaf.key} is not measured itself")
    least, most = fraction_bounds(leaf.measure, item)
    if leaf.gate and (passed := gates[leaf.gate]) is not True:
        return _ZERO, _ZERO if passed is False else most
    return least, most


def _conditions(tree: Tree, evidence: Evidence) -> dict[str, bool | None]:
    known = {condition.key for condition in tree.conditions}
    for item in evidence.items:
        if item.key not in tree.shares and item.key not in known:
            raise UnknownNameError(f"indicator of {tree.standard}", item.key, (*tree.keys, *known))
    found: dict[str, bool | None] = {}
    for key in known:
        said = evidence.get(key)
        value = said.value if said else None
        if value is not None and not isinstance(value, bool):
            raise ArgumentError(f"{key}: {value!r} is no answer to a condition; expected true or false")
        found[key] = value
    return found
