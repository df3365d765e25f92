"""What a compliance standard checks of itself: its bands, its tree, its weights."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat.standards.consistency import repeated
from sipukat.standards.values import MisfitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat.standards.compliance_parts import (
        DecisiveCondition,
        Indicator,
        Measurement,
        ScoreBand,
        ScoreScale,
    )


def scheme_problems(
    scale: ScoreScale,
    bands: Sequence[ScoreBand],
    indicators: Sequence[Indicator],
    total: Fraction,
    scales: Mapping[str, Measurement],
    conditions: Sequence[DecisiveCondition],
) -> Iterator[MisfitError]:
    """Yield what contradicts itself in the parts of a compliance standard, the first thing first.

    Parameters
    ----------
    scale, bands
        The scale of the score and its bands.
    indicators, total
        The indicators, and what the weights of siblings add up to.
    scales, conditions
        How indicators are measured, and what weighs nothing and yet decides.
    """
    yield from repeated(
        {
            "indicators.key": [indicator.key for indicator in indicators],
            "bands.code": [band.code for band in bands],
            "conditions.key": [condition.key for condition in conditions],
        }
    )
    yield from _bad_bands(scale, bands)
    yield from _bad_tree(indicators)
    yield from _bad_weights(indicators, total)
    yield from _bad_names(indicators, scales, conditions)


def _bad_bands(scale: ScoreScale, bands: Sequence[ScoreBand]) -> Iterator[MisfitError]:
    step = Decimal(1).scaleb(-scale.decimals)
    for place, band in enumerate(bands):
        where = f"bands[{place}]"
        if band.high < band.low:
            yield MisfitError(f"{where}.high", str(band.high), f"at least its low {band.low}")
        due = bands[place - 1].high + step if place else scale.low
        if band.low != due:
            odd = "the lowest score" if not place else f"one step above {bands[place - 1].code}"
            yield MisfitError(f"{where}.low", str(band.low), f"{due}, {odd}: no gap, no overlap, ascending")
    if bands[-1].high != scale.high:
        yield MisfitError(
            f"bands[{len(bands) - 1}].high", str(bands[-1].high), f"{scale.high}, the highest score"
        )
    zones = [band.zone for band in bands]
    if any(zones) and not all(zones):
        yield MisfitError(f"bands[{zones.index(None)}].zone", "absent", "a zone for all bands or for none")
    ranks = [("merah", "kuning", "hijau").index(zone) for zone in zones if zone]
    if ranks != sorted(ranks):
        yield MisfitError("bands.zone", ", ".join(filter(None, zones)), "merah, then kuning, then hijau")


def _bad_tree(indicators: Sequence[Indicator]) -> Iterator[MisfitError]:
    parents = {indicator.key: indicator.parent for indicator in indicators}
    for place, indicator in enumerate(indicators):
        where = f"indicators[{place}]"
        if indicator.parent and indicator.parent not in parents:
            yield MisfitError(
                f"{where}.parent", f"{indicator.parent!r} is no indicator", f"one of {', '.join(parents)}"
            )
            continue
        chain = [indicator.key]
        while (above := parents.get(chain[-1], "")) and above not in chain:
            chain.append(above)
        if above:
            circle = " -> ".join([*chain[chain.index(above) :], above])
            yield MisfitError(
                f"{where}.parent", f"a circle: {circle}", "a parent that does not lead back here"
            )
        measured, branch = bool(indicator.scale), indicator.key in parents.values()
        if measured == branch:
            got = "a scale and indicators below it" if branch else "neither a scale nor indicators below it"
            yield MisfitError(f"{where}.scale", got, "a scale, or indicators that have it as their parent")


def _bad_weights(indicators: Sequence[Indicator], total: Fraction) -> Iterator[MisfitError]:
    families: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        families.setdefault(indicator.parent, []).append(indicator)
    for parent, siblings in families.items():
        place = f"below {parent!r}" if parent else "at the top"
        stated = [i.weight for i in siblings if i.weight is not None]
        found, open_ = sum(stated, Fraction(0)), len(siblings) - len(stated)
        if not open_ and found != total:
            got = f"the weights of {len(stated)} indicators {place} sum to {_plain(found)}"
            yield MisfitError("indicators.weight", got, f"a sum of exactly {_plain(total)}")
        if open_ and found >= total:
            got = f"the weights {place} leave {_plain(total - found)} for {open_} indicators without one"
            yield MisfitError(
                "indicators.weight", got, f"less than {_plain(total)} in all, or a weight for each"
            )


def _bad_names(
    indicators: Sequence[Indicator],
    scales: Mapping[str, Measurement],
    conditions: Sequence[DecisiveCondition],
) -> Iterator[MisfitError]:
    keys = {indicator.key for indicator in indicators}
    leaves = {i.key: scales.get(i.scale) for i in indicators if i.scale}
    gates = [c.key for c in conditions if c.effect == "gate"]
    for place, indicator in enumerate(indicators):
        where = f"indicators[{place}]"
        if indicator.scale and indicator.scale not in scales:
            known = ", ".join(scales) or "none is there"
            yield MisfitError(
                f"{where}.scale", f"{indicator.scale!r} is no scale", f"one of [scales]: {known}"
            )
        if indicator.gate and indicator.gate not in gates:
            right = f"a condition with effect gate: {', '.join(gates) or 'none is there'}"
            yield MisfitError(f"{where}.gate", f"{indicator.gate!r} is none", right)
        for n, requirement in enumerate(indicator.requires):
            if requirement.needs not in leaves or requirement.needs == indicator.key:
                yield MisfitError(
                    f"{where}.requires[{n}].needs",
                    f"{requirement.needs!r}",
                    "the key of another measured indicator",
                )
    for place, condition in enumerate(conditions):
        if condition.key in keys:
            yield MisfitError(
                f"conditions[{place}].key", f"{condition.key!r} is an indicator", "a key of its own"
            )


def _plain(value: Fraction) -> str:
    """Print a weight as people write it where it has few decimals, else as a fraction."""
    cents = value * 100
    return f"{Decimal(int(cents)) / 100}" if cents.denominator == 1 else str(value)
