"""The choice that a path makes, in whole numbers, and its answer by tables and branching.

Gains and costs are brought to a common denominator, so that no arithmetic is ever rounded.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sipukat.compliance.knapsack import Chosen, least
from sipukat.compliance.thinning import STAYS, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sipukat.compliance.options import Need, Problem

Span: TypeAlias = "tuple[int, int]"
"""The lowest and the highest choice that a lever may take; `STAYS` is below the first."""

_MOST_BRANCHES: Final = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A problem in whole numbers.

    Parameters
    ----------
    gains, costs
        For each lever, those of its choices, ascending.
    need
        The gain that is enough.
    needs, excludes
        What holds between levers.
    point, price
        What a gain of 1 is in points, and a cost of 1 in the unit of the costs.
    """

    gains: tuple[tuple[int, ...], ...]
    costs: tuple[tuple[int, ...], ...]
    need: int
    needs: tuple[Need, ...]
    excludes: tuple[tuple[int, ...], ...]
    point: Fraction
    price: Fraction

    def gain(self, at: Sequence[int]) -> int:
        """Return the gain of a choice, exactly."""
        return sum(gains[place] for gains, place in zip(self.gains, at, strict=True) if place != STAYS)

    def cost(self, at: Sequence[int]) -> int:
        """Return the cost of a choice, exactly."""
        return sum(costs[place] for costs, place in zip(self.costs, at, strict=True) if place != STAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The choice found; `at` is None where there is none; `bound` is a cost that none is below.

    Without `proven`, time ran out first.
    """

    at: tuple[int, ...] | None
    method: Literal["exact", "milp", "greedy"]
    proven: bool
    bound: int | None


def model_of(problem: Problem, needed: Fraction) -> Model:
    """Bring a problem to whole numbers; `needed` is the exact score that is enough."""
    lacking = needed - problem.score
    gains = [[choice.gain for choice in lever.choices] for lever in problem.levers]
    costs = [[choice.cost for choice in lever.choices] for lever in problem.levers]
    point = _unit([lacking, *(gain for row in gains for gain in row)])
    price = _unit(cost for row in costs for cost in row)
    return Model(
        gains=tuple(tuple(_in(gain, point) for gain in row) for row in gains),
        costs=tuple(tuple(_in(cost, price) for cost in row) for row in costs),
        need=_in(lacking, point),
        needs=problem.needs,
        excludes=problem.excludes,
        point=point,
        price=price,
    )


def _in(value: Fraction, unit: Fraction) -> int:
    return value.numerator * (unit.denominator // value.denominator) // unit.numerator


def _unit(values: Iterable[Fraction]) -> Fraction:
    """Return the largest number of which all are whole multiples; 1 where all are nought."""
    known = [value for value in values if value]
    below = math.lcm(*(value.denominator for value in known))
    above = math.gcd(*(value.numerator * (below // value.denominator) for value in known))
    return Fraction(above or 1, below)


def by_branching(model: Model) -> Answer | None:
    """Return the best choice by tables, branching where levers depend on each other; None if too large.

    Notes
    -----
    Without what holds between levers, the best choice is that of `least`. If it keeps to
    all of it, no other is better. If it does not, either the lever that waits stays below,
    or the other rises: two smaller problems without common choices. The best of all that
    are open comes first, so that the first that keeps to everything is the best of all.
    """
    whole = tuple((STAYS, len(gains) - 1) for gains in model.gains)
    number = count()
    waiting: list[tuple[Chosen, int, tuple[Span, ...]]] = []
    spans = [whole]
    for _ in range(_MOST_BRANCHES):
        for span in spans:
            try:
                best = least(_levers(model, span), model.need)
            except OverflowError:
                return None
            if best is not None:
                heapq.heappush(waiting, (best, next(number), span))
        if not waiting:
            return Answer(at=None, method="exact", proven=True, bound=None)
        found, _, held = heapq.heappop(waiting)
        spans = list(_branches(model, found.at, held))
        if not spans:
            return Answer(at=found.at, method="exact", proven=True, bound=found.cost)
    return None


def _levers(model: Model, spans: tuple[Span, ...]) -> list[list[Option]]:
    found = []
    for gains, costs, (low, high) in zip(model.gains, model.costs, spans, strict=True):
        options = [Option(STAYS, 0, 0)] if low == STAYS else []
        options += [Option(at, costs[at], gains[at]) for at in range(max(low, 0), high + 1)]
        found.append(options)
    return found


def _branches(model: Model, at: Sequence[int], spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Yield the smaller problems that a choice which breaks a rule falls into; none where it breaks none."""
    for need in model.needs:
        if at[need.lever] >= need.at and at[need.other] < need.least:
            yield from _within(spans, {need.lever: (STAYS, need.at - 1)})
            yield from _within(
                spans,
                {
                    need.lever: (need.at, len(model.gains[need.lever])),
                    need.other: (need.least, len(model.gains[need.other])),
                },
            )
            return
    for group in model.excludes:
        risen = [lever for lever in group if at[lever] != STAYS]
        if len(risen) > 1:
            yield from _within(spans, {risen[0]: (STAYS, STAYS)})
            others = {lever: (STAYS, STAYS) for lever in group if lever != risen[0]}
            yield from _within(spans, {risen[0]: (0, len(model.gains[risen[0]])), **others})
            return


def _within(spans: tuple[Span, ...], narrower: dict[int, Span]) -> Iterator[tuple[Span, ...]]:
    cut = list(spans)
    for lever, (low, high) in narrower.items():
        cut[lever] = max(spans[lever][0], low), min(spans[lever][1], high)
        if cut[lever][0] > cut[lever][1]:
            return
    yield tuple(cut)
