"""Where each indicator stands, to which values it can rise, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from sipukat.errors import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Container

    from sipukat.compliance.evidence import Evidence, Item
    from sipukat.compliance.tree import Measure, Node, Tree

Number: TypeAlias = Decimal | Fraction | int | float
Value: TypeAlias = Decimal | bool
PerLevel: TypeAlias = Mapping[str, Number | Mapping[Number, Number]]
"""Indicator to a number, or to one number for each value that it can rise to."""

_FEW: Final = 40  # a count up to this is offered one by one
_NOTHING: Final = Fraction(0)
_ONE: Final = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an indicator stands: `value` None where unknown, and the `fraction` that counts then.

    A leaf behind a closed gate keeps its fraction here.
    """

    value: Value | None
    fraction: Fraction
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that an indicator can rise to; `gain` in points, exactly."""

    value: Value
    gain: Fraction
    cost: Fraction
    weeks: Fraction | None


def standing(tree: Tree, evidence: Evidence) -> dict[str, Standing]:
    """Return where each leaf and each gate stands; what is unknown counts at its lower bound or at nothing.

    Parameters
    ----------
    tree
        The scheme.
    evidence
        What is known.

    Raises
    ------
    ArgumentError
        If a value is none of its indicator.
    UnknownNameError
        If the evidence speaks of an indicator that the scheme does not have.
    """
    said = {item.key: item for item in evidence.of_scheme(tree.standard).items}
    known_keys = {*tree.shares, *(condition.key for condition in tree.conditions)}
    for key in said:
        if key not in known_keys:
            raise UnknownNameError(f"indicator of {tree.standard}", key, known_keys)
    found: dict[str, Standing] = {}
    for leaf in tree.leaves():
        value, known = _counts(said.get(leaf.key))
        fraction = _NOTHING if value is None else _worth(leaf, value)
        found[leaf.key] = Standing(value=value if known else None, fraction=fraction, unknown=not known)
    for key in gates(tree):
        value, known = _counts(said.get(key))
        if not (value is None or isinstance(value, bool)):
            raise ArgumentError(f"{key}: {value!r} is no answer to a condition; expected true or false")
        found[key] = Standing(value=value, fraction=Fraction(bool(value)), unknown=not known)
    return found


def _counts(item: Item | None) -> tuple[Value | None, bool]:
    """Return the value that counts, and whether it is the value itself and not a lower bound."""
    if item is None:
        return None, False
    value = item.value if item.value is not None else item.low
    told = value if value is None or isinstance(value, bool | Decimal) else Decimal(value)
    return told, item.value is not None


def _worth(leaf: Node, value: Value) -> Fraction:
    measure = measured(leaf)
    for level in measure.levels:  # the usual case, quickly
        if not isinstance(value, bool) and level.score == value:
            return level.value
    return measure.fraction(value, where=leaf.key)


def measured(leaf: Node) -> Measure:
    """Return how a leaf is measured.

    Raises
    ------
    ArgumentError
        If the scheme does not say.
    """
    if leaf.measure is None:
        raise ArgumentError(f"{leaf.key} is not measured; an indicator without parts needs a measure")
    return leaf.measure


def gates(tree: Tree) -> tuple[str, ...]:
    """Return the keys of the conditions without which some leaf counts nothing."""
    named = {leaf.gate for leaf in tree.leaves() if leaf.gate}
    return tuple(condition.key for condition in tree.conditions if condition.key in named)


def exact(value: object, place: str) -> Fraction:
    """Return a number of 0 or more exactly, a float at its shortest decimal form.

    Parameters
    ----------
    value
        The number.
    place
        What it is, for the error, e.g. ``"costs['sipp.21']"``.

    Raises
    ------
    ArgumentError
        If it is no number, not finite, or below 0.
    """
    if type(value) is int and value >= 0:  # the usual case, quickly
        return Fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ArgumentError(f"{place}: {value!r} is no number; give one of 0 or more")
    try:
        number = Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError):
        raise ArgumentError(f"{place}: {value!r} is not finite; give a number of 0 or more") from None
    if number < 0:
        raise ArgumentError(f"{place}: {value!r} is below 0; give a number of 0 or more")
    return number


def offers_of(
    leaf: Node | str,
    stand: Standing,
    *,
    points: Fraction,
    costs: PerLevel,
    times: PerLevel,
    feasible: bool | Number,
    stepwise: Container[str],
) -> tuple[Choice, ...]:
    """Return what an indicator can rise to, ascending.

    Parameters
    ----------
    leaf
        The indicator; a text is the key of a condition, which can come true.
    stand
        Where it stands.
    points
        What the whole of it is worth, in points; of a condition, what opens with it.
    costs, times
        As in `sipukat.compliance.path.cheapest`.
    feasible
        Whether it can rise, or the highest value that it can have.
    stepwise
        Keys of the indicators of which lower values must be offered too, although a
        higher one costs the same.

    Raises
    ------
    ArgumentError
        If a cost or a time is no number of 0 or more, or a value none of the indicator.
    """
    if isinstance(leaf, str):
        if stand.fraction or not feasible:
            return ()
        cost, weeks = _price(costs, "costs", leaf, None), _price(times, "times", leaf, None)
        if isinstance(cost, dict) and _ONE not in cost:
            return ()
        cost, weeks = (each.get(_ONE) if isinstance(each, dict) else each for each in (cost, weeks))
        return (Choice(value=True, gain=points, cost=_ONE if cost is None else cost, weeks=weeks),)
    measure, key = measured(leaf), leaf.key
    prices, weeks = _price(costs, "costs", key, measure), _price(times, "times", key, measure)
    top = _ONE
    if not isinstance(feasible, bool):
        top = measure.fraction(feasible, where=f"feasible[{key!r}]")
    elif not feasible:
        top = _NOTHING
    if stand.fraction >= top:
        return ()
    if feasible is True and not isinstance(prices, dict) and key not in stepwise:  # all at one price
        return (
            Choice(
                value=True if measure.kind == "yes_no" else measure.high,
                gain=points * (1 - stand.fraction),
                cost=_ONE if prices is None else prices,
                weeks=weeks.get(Fraction(measure.high)) if isinstance(weeks, dict) else weeks,
            ),
        )
    values = list(prices) if isinstance(prices, dict) else _values(measure, top, every=key in stepwise)
    low, span = Fraction(measure.low), Fraction(measure.high) - Fraction(measure.low)
    found = []
    for value in sorted(values):
        fraction = (value - low) / span
        if not stand.fraction < fraction <= top:
            continue
        cost = prices[value] if isinstance(prices, dict) else prices
        found.append(
            Choice(
                value=bool(value) if measure.kind == "yes_no" else _decimal(value),
                gain=points * (fraction - stand.fraction),
                cost=_ONE if cost is None else cost,
                weeks=weeks.get(value) if isinstance(weeks, dict) else weeks,
            )
        )
    return tuple(found)


def _values(measure: Measure, top: Fraction, *, every: bool) -> list[Fraction]:
    """Return the values that one price buys: the best of them, or all where the lower ones matter too."""
    low, high = Fraction(measure.low), Fraction(measure.high)
    best = low + top * (high - low)
    if measure.kind == "measure":
        return [best]
    if measure.kind == "count":
        whole = [Fraction(n) for n in range(int(low) + 1, int(best) + 1)] if best <= _FEW else [best]
        return whole if every else whole[-1:]
    if measure.kind == "yes_no":
        return [Fraction(1)]
    scores = [Fraction(level.score) for level in measure.levels if Fraction(level.score) <= best]
    return scores if every else scores[-1:]


def _price(
    given: PerLevel, argument: str, key: str, measure: Measure | None
) -> Fraction | dict[Fraction, Fraction] | None:
    """Return one exact price for any rise, or one for each value; None where none was given."""
    if key not in given:
        return None
    told, place = given[key], f"{argument}[{key!r}]"
    if not isinstance(told, Mapping):
        return exact(told, place)
    found: dict[Fraction, Fraction] = {}
    scores = {level.score for level in measure.levels} if measure and measure.kind == "levels" else ()
    for value, price in told.items():
        if measure is not None and not (type(value) is int and value in scores):
            measure.fraction(value, where=place)  # refuses what is no value of the indicator
        found[exact(int(value) if isinstance(value, bool) else value, place)] = exact(
            price, f"{place}[{value!r}]"
        )
    return found


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def priced(value: Fraction) -> Decimal:
    """Return a cost with all the decimals that a `Decimal` holds and no more than it has.

    Findings hold it so, that each language prints it in its own way.

    Examples
    --------
    >>> priced(Fraction(21, 2)), priced(Fraction(1500000))
    (Decimal('10.5'), Decimal('1500000'))
    """
    return Decimal(f"{_decimal(value).normalize():f}")
