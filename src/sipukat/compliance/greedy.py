"""The quick way to a target: what gives most for its price first; and an order for given steps.

Not always the cheapest way, and said so; but an order that a plan can follow.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat.compliance.thinning import STAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.compliance.model import Model


def greedily(model: Model) -> tuple[int, ...] | None:
    """Return a choice that gives enough, made by taking what gives most for its price; None if it gets stuck.

    Parameters
    ----------
    model
        The problem in whole numbers.

    Notes
    -----
    A lever that waits for others is taken together with them, at the price of all; what
    excludes something that was taken is passed over. One look per step, no going back.
    """
    at = [STAYS] * len(model.gains)
    while model.gain(at) < model.need:
        best: tuple[tuple[bool, Fraction, int, int, int], dict[int, int]] | None = None
        for lever, gains in enumerate(model.gains):
            for place in range(at[lever] + 1, len(gains)):
                together = _together(model, at, lever, place)
                if together is None:
                    continue
                after = [together.get(number, here) for number, here in enumerate(at)]
                gain, cost = model.gain(after) - model.gain(at), model.cost(after) - model.cost(at)
                if gain <= 0:
                    continue
                worth = (cost <= 0, Fraction(gain, cost) if cost > 0 else Fraction(gain), gain, -lever, place)
                if best is None or worth > best[0]:
                    best = worth, together
        if best is None:
            return None
        for lever, place in best[1].items():
            at[lever] = place
    return tuple(at)


def _together(model: Model, at: Sequence[int], lever: int, place: int) -> dict[int, int] | None:
    """Return what rises if a lever does, with all that it waits for; None where something excludes it."""
    rising = {lever: place}
    waiting = [lever]
    while waiting:
        here = waiting.pop()
        for need in model.needs:
            if need.lever == here and rising[here] >= need.at:
                has = rising.get(need.other, at[need.other])
                if has < need.least:
                    rising[need.other] = need.least
                    waiting.append(need.other)
    for group in model.excludes:
        if sum(rising.get(number, at[number]) != STAYS for number in group) > 1:
            return None
    return rising


def in_order(model: Model, at: Sequence[int]) -> tuple[int, ...]:
    """Return the levers that a choice raises, in an order in which they can be: most for the price first.

    Parameters
    ----------
    model
        The problem in whole numbers.
    at
        The choice.

    Notes
    -----
    A lever comes after all that it waits for; it and they are valued together, so that a
    step worth nothing by itself comes early where much waits for it.
    """
    before = {
        lever: [n.other for n in model.needs if n.lever == lever and place >= n.at and at[n.other] != STAYS]
        for lever, place in enumerate(at)
        if place != STAYS
    }
    done: list[int] = []
    bundles = {lever: _bundle(before, lever, done) for lever in before}
    values = {lever: _value(model, at, bundle) for lever, bundle in bundles.items()}
    if not any(before.values()):
        return tuple(sorted(values, key=values.__getitem__, reverse=True))
    while values:
        taken = bundles[max(values, key=values.__getitem__)]
        done += taken
        for lever in taken:
            del values[lever]
        for lever in values:
            if not set(bundles[lever]).isdisjoint(taken):
                bundles[lever] = _bundle(before, lever, done)
                values[lever] = _value(model, at, bundles[lever])
    return tuple(done)


def _bundle(before: dict[int, list[int]], lever: int, done: Sequence[int]) -> list[int]:
    found: list[int] = []
    for other in before[lever]:
        if other not in done:
            found += [number for number in _bundle(before, other, done) if number not in found]
    return [*found, lever]


def _value(model: Model, at: Sequence[int], bundle: list[int]) -> tuple[bool, Fraction, int]:
    gain = sum(model.gains[lever][at[lever]] for lever in bundle)
    cost = sum(model.costs[lever][at[lever]] for lever in bundle)
    return cost == 0, Fraction(gain, cost or 1), -min(bundle)
