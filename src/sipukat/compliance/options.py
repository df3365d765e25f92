"""What an office could do: which indicators can rise, to what, for how much, and after what.

Everything that a caller may get wrong is refused here, with the place: an indicator that
the scheme does not have, a cost below nought, indicators that wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, TypeAlias

from sipukat._validation import must_be
from sipukat.compliance.offers import (
    Choice,
    Number,
    PerLevel,
    Standing,
    gates,
    measured,
    offers_of,
    standing,
)
from sipukat.compliance.steps import Blocked, Dependency
from sipukat.errors import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from sipukat.compliance.evidence import Evidence
    from sipukat.compliance.offers import Value
    from sipukat.compliance.tree import Node, Tree

Requires: TypeAlias = Mapping[str, str | Iterable[str]] | Iterable[Dependency]
"""What waits for what: ``{"publish": "establish"}``, or `Dependency` records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One indicator, or gate, and what it can rise to, ascending; no choices where it cannot.

    `points` is what the whole of it is worth; of a gate, nothing by itself.
    """

    key: str
    nama: str
    name: str
    node: Node | None
    stand: Standing
    points: Fraction
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Lever `lever` at choice `at` or better waits for lever `other` at choice `least` or better.

    `worth` is the fraction of the other that is enough, which may lie below that choice.
    """

    lever: int
    at: int
    other: int
    least: int
    worth: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could be done, all told: the score now, the levers, and what holds between them."""

    tree: Tree
    score: Fraction
    levers: tuple[Lever, ...]
    needs: tuple[Need, ...]
    excludes: tuple[tuple[int, ...], ...]
    blocked: tuple[Blocked, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys of the indicators that are not known."""
        return tuple(lever.key for lever in self.levers if lever.stand.unknown)


def problem_of(
    tree: Tree,
    evidence: Evidence,
    *,
    costs: PerLevel | None = None,
    times: PerLevel | None = None,
    feasible: Mapping[str, bool | Number] | None = None,
    requires: Requires = (),
    excludes: Iterable[Iterable[str]] = (),
) -> Problem:
    """Put together what could be done.

    Parameters
    ----------
    tree
        The scheme.
    evidence
        What is known.
    costs, times, feasible, requires, excludes
        As in `sipukat.compliance.path.cheapest`.

    Raises
    ------
    ArgumentError
        If a cost, a time, a ceiling, a dependency or an exclusion makes no sense; names it.
    UnknownNameError
        If one is about an indicator that the scheme does not have.
    """
    stand = standing(tree, evidence)
    costs, times, feasible = costs or {}, times or {}, feasible or {}
    for argument, given in (("costs", costs), ("times", times), ("feasible", feasible)):
        must_be(Mapping, given, argument, "{key of an indicator: value}")
        _known(given, stand, tree, argument)
    told = dependencies_of(requires)
    _known([key for d in told for key in (d.key, d.needs)], stand, tree, "requires")
    dependencies = [
        *(Dependency(key=leaf.key, needs=leaf.gate) for leaf in tree.leaves() if leaf.gate),
        *told,
    ]
    _acyclic(dependencies)
    groups = _groups(excludes, stand, tree)
    levers = _levers(
        tree,
        stand,
        costs=costs,
        times=times,
        feasible=feasible,
        stepwise={d.key for d in dependencies if d.level is not None},
    )
    at = {lever.key: number for number, lever in enumerate(levers)}
    waits = [_Wait.of(d, at, levers) for d in dependencies]
    settled, lost = _settle(levers, waits)
    return Problem(
        tree=tree,
        score=score_of(tree, stand),
        levers=settled,
        needs=tuple(need for wait in waits if (need := wait.need(settled)) is not None),
        excludes=tuple(tuple(at[key] for key in group) for group in groups),
        blocked=_blocked(settled, lost, feasible),
    )


def score_of(tree: Tree, stand: Mapping[str, Standing]) -> Fraction:
    """Return the exact score, a leaf behind a closed gate at nothing."""
    return tree.score(
        {
            leaf.key: stand[leaf.key].fraction
            for leaf in tree.leaves()
            if not leaf.gate or stand[leaf.gate].fraction
        }
    )


def _known(keys: Iterable[str], stand: Mapping[str, object], tree: Tree, argument: str) -> None:
    for key in keys:
        if key not in stand:
            raise UnknownNameError(f"indicator of {tree.standard} (in {argument})", key, stand)


def dependencies_of(requires: Requires) -> list[Dependency]:
    """Return what waits for what as records.

    Parameters
    ----------
    requires
        Records, or a mapping of keys.

    Raises
    ------
    ArgumentError
        If one of them is neither.
    """
    found: list[Dependency] = []
    told: Iterable[object] = requires.items() if isinstance(requires, Mapping) else requires
    for each in told:
        match each:
            case Dependency():
                found.append(each)
            case (str() as key, str() as name) if isinstance(requires, Mapping):
                found.append(Dependency(key=key, needs=name))
            case (str() as key, [*names]) if isinstance(requires, Mapping):
                found += [Dependency(key=key, needs=str(name)) for name in names]
            case _:
                raise ArgumentError(f"requires: {each!r} is no Dependency; or give a mapping of keys")
    return found


def _acyclic(dependencies: Iterable[Dependency]) -> None:
    graph: dict[str, set[str]] = {}
    for dependency in dependencies:
        graph.setdefault(dependency.key, set()).add(dependency.needs)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as failure:
        circle = " needs ".join(reversed(failure.args[1]))
        raise ArgumentError(f"requires: indicators wait for each other: {circle}; take one away") from None


def _groups(
    excludes: Iterable[Iterable[str]], stand: Mapping[str, Standing], tree: Tree
) -> list[tuple[str, ...]]:
    found = []
    for names in excludes:
        group = (names,) if isinstance(names, str) else tuple(dict.fromkeys(names))
        _known(group, stand, tree, "excludes")
        if len(group) < 2:  # noqa: PLR2004
            raise ArgumentError(f"excludes: {group} names one indicator; two or more exclude each other")
        found.append(group)
    return found


def _levers(
    tree: Tree,
    stand: Mapping[str, Standing],
    *,
    costs: PerLevel,
    times: PerLevel,
    feasible: Mapping[str, bool | Number],
    stepwise: set[str],
) -> tuple[Lever, ...]:
    span = Fraction(tree.high) - Fraction(tree.low)
    opens: dict[str, Fraction] = {}
    found = []
    parts: list[tuple[Node | str, str, str, str, Fraction]] = []
    for leaf in tree.leaves():
        points = span * tree.shares[leaf.key]
        parts.append((leaf, leaf.key, leaf.nama, leaf.name, points))
        if leaf.gate and not stand[leaf.gate].fraction:
            opens[leaf.gate] = opens.get(leaf.gate, Fraction(0)) + points * stand[leaf.key].fraction
    closed = gates(tree)
    parts += [
        (c.key, c.key, c.nama, c.name, opens.get(c.key, Fraction(0)))
        for c in tree.conditions
        if c.key in closed
    ]
    for thing, key, nama, name, points in parts:
        choices = offers_of(
            thing,
            stand[key],
            points=points,
            costs=costs,
            times=times,
            feasible=feasible.get(key, True),
            stepwise=stepwise,
        )
        node = None if isinstance(thing, str) else thing
        found.append(
            Lever(
                key=key,
                nama=nama,
                name=name,
                node=node,
                stand=stand[key],
                points=points if node else Fraction(0),
                choices=choices,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wait:
    """A dependency in numbers: `level` and `least` as fractions of what the two give."""

    lever: int
    level: Fraction | None
    other: int
    least: Fraction

    @classmethod
    def of(cls, told: Dependency, at: Mapping[str, int], levers: tuple[Lever, ...]) -> _Wait:
        place = f"requires, {told.key} needs {told.needs}"
        lever, other = levers[at[told.key]], levers[at[told.needs]]
        return cls(
            lever=at[told.key],
            level=None if told.level is None else _worth(lever, told.level, place),
            other=at[told.needs],
            least=Fraction(1) if told.at_least is None else _worth(other, told.at_least, place),
        )

    def first(self, levers: tuple[Lever, ...]) -> int:
        """Return the first choice of the lever that waits; their number where none does."""
        lever = levers[self.lever]
        if self.level is None:
            return 0
        worth = [_worth(lever, choice.value, lever.key) for choice in lever.choices]
        return next((n for n, value in enumerate(worth) if value >= self.level), len(worth))

    def least_choice(self, levers: tuple[Lever, ...]) -> int | None:
        """Return the first choice of the other lever that is enough; -1 where it stands already."""
        other = levers[self.other]
        if other.stand.fraction >= self.least:
            return -1
        worth = [_worth(other, choice.value, other.key) for choice in other.choices]
        return next((n for n, value in enumerate(worth) if value >= self.least), None)

    def need(self, levers: tuple[Lever, ...]) -> Need | None:
        """Return what the two must keep to; None where there is nothing to keep to."""
        at, least = self.first(levers), self.least_choice(levers)
        if least is None or least < 0 or at >= len(levers[self.lever].choices):
            return None
        return Need(lever=self.lever, at=at, other=self.other, least=least, worth=self.least)


def _worth(lever: Lever, value: Value | Number, place: str) -> Fraction:
    if lever.node is None:
        return Fraction(bool(value))
    return measured(lever.node).fraction(value, where=place)


def _settle(levers: tuple[Lever, ...], waits: Iterable[_Wait]) -> tuple[tuple[Lever, ...], dict[int, int]]:
    """Take away what waits for something that cannot be; say which lever each of them waits for."""
    waits, lost, settled = list(waits), dict[int, int](), levers
    while True:
        for wait in waits:
            at = wait.first(settled)
            if wait.least_choice(settled) is None and at < len(settled[wait.lever].choices):
                kept = replace(settled[wait.lever], choices=settled[wait.lever].choices[:at])
                settled = (*settled[: wait.lever], kept, *settled[wait.lever + 1 :])
                lost[wait.lever] = wait.other
                break
        else:
            return settled, lost


def _blocked(
    settled: tuple[Lever, ...],
    lost: Mapping[int, int],
    feasible: Mapping[str, bool | Number],
) -> tuple[Blocked, ...]:
    shut = {
        lever.key: lever
        for lever in settled
        if lever.node is None and not lever.stand.fraction and not lever.choices
    }
    found = []
    for number, lever in enumerate(settled):
        if lever.node is None:
            continue
        behind = shut.get(lever.node.gate)
        whole = (
            lever.choices[-1].value == measured(lever.node).high
            if lever.choices
            else lever.stand.fraction == 1
        )
        if whole and behind is None:
            continue
        reach = lever.points * lever.stand.fraction + (lever.choices[-1].gain if lever.choices else 0)
        reach = reach if behind is None else Fraction(0)
        other = behind or (settled[lost[number]] if number in lost else None)
        if other:
            alasan = f"menunggu {other.nama}, yang tidak dapat naik"
            reason = f"waits for {other.name}, which cannot rise"
        elif feasible.get(lever.key, True) is False:
            alasan, reason = "dinyatakan tidak dapat naik", "said not to be feasible"
        else:
            alasan, reason = "tidak ditawarkan sampai nilai tertinggi", "not offered up to its best"
        found.append(
            Blocked(
                key=lever.key,
                nama=lever.nama,
                name=lever.name,
                points=lever.points - reach,
                alasan=alasan,
                reason=reason,
            )
        )
    return tuple(found)
