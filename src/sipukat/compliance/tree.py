"""A scheme as a weighted tree: what counts for how much.

Weights are exact fractions: the shares of all leaves add up to exactly 1, so that the
points of a score can be followed to the leaf that they come from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sipukat.compliance.measure import Level, Measure
from sipukat.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import Indicator, Measurement
    from sipukat.standards.values import Confidence

__all__ = ["WHOLE", "Condition", "Level", "Measure", "Node", "Tree", "tree_of"]

WHOLE = "nilai"
"""The key of the one leaf of a scheme whose indicators are not known: its score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of the tree: a leaf that is measured, or a branch with children.

    Parameters
    ----------
    key
        Its key, unique in the scheme, e.g. ``"kebijakan_pelayanan.1"``.
    nama, name
        Its name in Indonesian and in English.
    weight
        Its share of its parent; siblings add up to exactly 1.
    assumed
        Whether the weight is assumed (what the law leaves over, in equal parts).
    children
        Its children; none for a leaf.
    measure
        How a leaf is measured; None for a branch.
    gate
        Key of the condition without which the leaf counts 0; empty where there is none.
    confidence
        How well the weight is sourced; ``"C"`` where it is assumed.
    place
        The place in the law.
    """

    key: str
    nama: str
    name: str
    weight: Fraction
    assumed: bool
    children: tuple[Node, ...] = ()
    measure: Measure | None = None
    gate: str = ""
    confidence: Confidence = "C"
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A yes or no that weighs nothing and yet decides something.

    Parameters
    ----------
    key
        Its key in an evidence.
    nama, name
        What is asked, in Indonesian and in English.
    effect
        ``"gate"``: without it the leaf that names it counts 0; ``"suffix"``: with it the
        opinion gets `suffix`.
    suffix
        The words that it adds.
    """

    key: str
    nama: str
    name: str
    effect: Literal["gate", "suffix"]
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The indicators of one scheme as a tree.

    Parameters
    ----------
    standard
        The id of the standard.
    root
        The root; it is itself the leaf where nothing is known below the whole.
    low, high
        The ends of the scale of the score, e.g. 0 and 100 or 0 and 5.
    conditions
        What weighs nothing and yet decides something.

    Notes
    -----
    `shares` is the share of each leaf in the whole by its key; `ends` is what it gives at
    its worst and what more at its best, in points of the score.

    Examples
    --------
    >>> from sipukat import standards
    >>> tree = tree_of(standards.compliance("ombudsman-2022"))
    >>> tree.keys[:2], tree.share(tree.leaf("output.persepsi_maladministrasi"))
    (('input.kompetensi', 'input.sarana_prasarana'), Fraction(303, 1250))
    >>> sum(tree.shares.values())
    Fraction(1, 1)
    """

    standard: str
    root: Node
    low: Decimal
    high: Decimal
    conditions: tuple[Condition, ...] = ()
    shares: Mapping[str, Fraction] = field(init=False, repr=False, compare=False)
    ends: Mapping[str, tuple[Fraction, Fraction]] = field(init=False, repr=False, compare=False)
    _leaves: Mapping[str, Node] = field(init=False, repr=False, compare=False)
    _assumed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = list(_walk(self.root, Fraction(1), assumed=False))
        object.__setattr__(self, "_leaves", {leaf.key: leaf for leaf, _, _ in found})
        object.__setattr__(self, "shares", {leaf.key: share for leaf, share, _ in found})
        low, width = Fraction(self.low), Fraction(self.high) - Fraction(self.low)
        ends = {leaf.key: (share * low, share * width) for leaf, share, _ in found}
        object.__setattr__(self, "ends", ends)
        object.__setattr__(self, "_assumed", frozenset(leaf.key for leaf, _, assumed in found if assumed))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the leaves, in order."""
        return tuple(self._leaves)

    def leaves(self) -> tuple[Node, ...]:
        """Return the leaves, in order."""
        return tuple(self._leaves.values())

    def leaf(self, key: str) -> Node:
        """Return the leaf with that key.

        Raises
        ------
        UnknownNameError
            If there is none; lists the keys.
        """
        if key not in self._leaves:
            raise UnknownNameError(f"indicator of {self.standard}", key, self._leaves)
        return self._leaves[key]

    def share(self, leaf: Node | str) -> Fraction:
        """Return the share of a leaf in the whole: the product of the weights above it.

        Raises
        ------
        UnknownNameError
            If there is no such leaf.
        """
        key = leaf if isinstance(leaf, str) else leaf.key
        return self.shares[self.leaf(key).key]

    def assumed(self, leaf: Node | str) -> bool:
        """Return whether the share of a leaf rests on an assumed weight, its own or one above it."""
        return (leaf if isinstance(leaf, str) else leaf.key) in self._assumed

    def nodes(self) -> Iterator[Node]:
        """Yield every node, each before its children."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop(0)
            yield node
            waiting[:0] = node.children

    def score(self, fractions: Mapping[str, Fraction]) -> Fraction:
        """Return the exact score that these fractions of the leaves make; a leaf left out gives nothing.

        Notes
        -----
        ``low + (high - low) * sum(share * fraction)``.
        """
        total = sum((self.shares[key] * fraction for key, fraction in fractions.items()), Fraction(0))
        low, high = Fraction(self.low), Fraction(self.high)
        return low + (high - low) * total


@lru_cache(maxsize=256)
def tree_of(standard: ComplianceStandard) -> Tree:
    """Return the tree of a scheme.

    Weights that the law does not give are what it leaves over, in equal parts, and are
    marked as assumed. A scheme without indicators is one leaf, ``"nilai"``: its score.

    Parameters
    ----------
    standard
        The scheme.

    Examples
    --------
    >>> from sipukat import standards
    >>> tree_of(standards.compliance("ombudsman-2021")).keys
    ('nilai',)
    """
    below: dict[str, list[Indicator]] = {}
    for indicator in standard.indicators:
        below.setdefault(indicator.parent, []).append(indicator)
    tops = _nodes("", below, standard)
    title, one = standard.title, Fraction(1)
    if tops:
        sure = standard.weighting.confidence
        root = Node(
            key=standard.id, nama=title, name=title, weight=one, assumed=False, children=tops, confidence=sure
        )
    else:
        scale = standard.scale
        whole = Measure(kind="measure", low=scale.low, high=scale.high, confidence=scale.confidence)
        root = Node(
            key=WHOLE, nama="Nilai", name="Score", weight=one, assumed=False, measure=whole, confidence="A"
        )
    return Tree(
        standard=standard.id,
        root=root,
        low=standard.scale.low,
        high=standard.scale.high,
        conditions=tuple(
            Condition(key=c.key, nama=c.nama, name=c.name, effect=c.effect, suffix=c.suffix)
            for c in standard.conditions
        ),
    )


def _nodes(
    parent: str, below: Mapping[str, list[Indicator]], standard: ComplianceStandard
) -> tuple[Node, ...]:
    siblings = below.get(parent, [])
    total = Fraction(standard.weighting.total)
    unstated = [indicator for indicator in siblings if indicator.weight is None]
    left = total - sum((i.weight for i in siblings if i.weight is not None), Fraction(0))
    return tuple(
        Node(
            key=i.key,
            nama=i.nama,
            name=i.name,
            weight=i.weight / total if i.weight is not None else left / len(unstated) / total,
            # an only child is the whole of its parent: nothing is assumed
            assumed=i.weight is None and len(siblings) > 1,
            children=_nodes(i.key, below, standard),
            measure=_measure(standard.scales[i.scale]) if i.scale else None,
            gate=i.gate,
            confidence=(i.weight_confidence or i.confidence) if i.weight is not None else "C",
            place=i.place,
        )
        for i in siblings
    )


def _measure(scale: Measurement) -> Measure:
    low, high = Fraction(scale.low), Fraction(scale.high)
    return Measure(
        kind=scale.kind,
        levels=tuple(
            Level(
                value=(Fraction(level.score) - low) / (high - low),
                score=level.score,
                jika=level.jika,
                when=level.when,
            )
            for level in scale.levels
        ),
        low=scale.low,
        high=scale.high,
        confidence=scale.confidence,
    )


def _walk(node: Node, share: Fraction, *, assumed: bool) -> Iterator[tuple[Node, Fraction, bool]]:
    if not node.children:
        yield node, share, assumed
    for child in node.children:
        yield from _walk(child, share * child.weight, assumed=assumed or child.assumed)
