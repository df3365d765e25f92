"""The figures of a compliance assessment: the zone gauge, the waterfall of a path, the heat map."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import round_half_up
from sipukat.compliance.heatmap import heatmap
from sipukat.compliance.target import target_of
from sipukat.report.document import Figure
from sipukat.report.sheets import Band

if TYPE_CHECKING:
    from sipukat.compliance.city_assessment import CityAssessment
    from sipukat.compliance.steps import Path
    from sipukat.report.compliance_words import Telling

MOST_STEPS: Final = 15
"""Steps that a waterfall shows one by one; the rest are one row."""

MOST_UNITS: Final = 30
"""Units that a heat map shows, those with the lowest scores."""

_PARTS: Final = 20  # the axis of a waterfall ends on such a part of the scale


def _bands(told: Telling) -> tuple[Band, ...]:
    return tuple(
        Band(low=b.low, mutu=b.code, kinerja=b.label if told.lang == "id" else b.label_english)
        for b in told.standard.bands
    )


def _zones(told: Telling) -> list[dict[str, Any]]:
    return [
        {"label": zone.upper(), "zone": zone, "low": low, "role": "zone", "value": None}
        for zone, low in told.zones()
    ]


def gauge(told: Telling) -> Figure:
    """Return the score among the zones; where it is not known, the ends between which it lies."""
    subject, scale = told.subject, told.standard.scale
    known = subject.published is not None
    ends = (None, None) if known else (subject.lowest.score, subject.highest.score)
    shown = told.score(subject.lowest)
    if not known:
        shown = told.say("span", low=shown, high=told.score(subject.highest))
    zones = [told.say("zone_from", zone=z.upper(), low=told.number(low)) for z, low in told.zones()]
    return Figure(
        id="zona",
        chart="zone_gauge",
        caption=told.say("gauge", standard=told.standard.id),
        alt=told.say(
            "gauge_alt",
            score=shown,
            top=told.number(scale.high, 0),
            band=band_told(told),
            zone=told.zone(subject.zone),
            zones=f"{', '.join(zones)}." if zones else "",
        ).strip(),
        axis=(scale.low, scale.high),
        bands=_bands(told),
        data=(
            {
                "label": told.say("score"),
                "value": subject.published,
                "low": ends[0],
                "high": ends[1],
                "role": "score",
            },
            *_zones(told),
        ),
        lang=told.lang,
    )


def band_told(told: Telling) -> str:
    """Say the band, or from which to which it may be."""
    low, high = (told.band(verdict) for verdict in (told.subject.lowest, told.subject.highest))
    return low if low == high else told.say("span", low=low, high=high)


def waterfall(told: Telling, path: Path) -> Figure:
    """Return what each step of a path adds, from the score now to the target."""
    promise, decimals = path.promise, told.standard.scale.decimals
    target = target_of(promise.target, told.standard).published
    before, after = round_half_up(promise.score_before, decimals), promise.published_after
    rows: list[dict[str, Any]] = []
    at = promise.score_before
    shown = path if len(path) <= MOST_STEPS else path[: MOST_STEPS - 1]
    parts = [(told.named(step), step.gain) for step in shown]
    if rest := path[len(shown) :]:
        gain = sum((step.gain for step in rest), Fraction(0))
        parts.append((told.say("more_steps", n=len(rest)), gain))
    for label, gain in parts:
        low, at = at, at + gain
        ends = {"low": round_half_up(low, decimals), "high": round_half_up(at, decimals)}
        rows.append({"label": label, "value": round_half_up(gain, decimals), **ends, "role": "step"})
    steps = "; ".join(
        told.say("waterfall_step", nama=row["label"], gain=told.number(row["value"])) for row in rows
    )
    return Figure(
        id="jalan",
        chart="compliance_waterfall",
        caption=told.say("waterfall", target=promise.target),
        alt=told.say(
            "waterfall_alt",
            before=told.number(before),
            steps=steps,
            after=told.number(after),
            target=promise.target,
            needed=told.number(target),
        ),
        axis=_zoomed(told, min(before, target), max(after, target)),
        bands=_bands(told),
        data=(
            {"label": told.say("now"), "value": before, "low": None, "high": None, "role": "start"},
            *rows,
            {"label": told.say("then"), "value": after, "low": None, "high": None, "role": "end"},
            {"label": promise.target, "value": target, "low": None, "high": None, "role": "target"},
            *_zones(told),
        ),
        lang=told.lang,
    )


def _zoomed(told: Telling, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return the ends of an axis around two scores, on round parts of the scale."""
    scale = told.standard.scale
    part = (scale.high - scale.low) / _PARTS
    start = ((low - scale.low) / part - 1).to_integral_value(ROUND_FLOOR) * part + scale.low
    end = ((high - scale.low) / part + Decimal("0.5")).to_integral_value(ROUND_CEILING) * part + scale.low
    return max(start, scale.low), min(end, scale.high)


def heat(told: Telling, city: CityAssessment) -> Figure:
    """Return units by indicators, in per cent of what each indicator can give."""
    frame = heatmap(city)
    kept = frame[frame["unit_rank"] <= MOST_UNITS]
    records, worst = [], ""
    lowest = 2.0
    for row in kept.to_dict("records"):
        name = row["nama" if told.lang == "id" else "name"]
        low, high = (round_half_up(100 * end, 0) for end in (row["lowest"], row["highest"]))
        value = None if row["unknown"] else low
        ends = {"low": low, "high": high} if row["unknown"] else {"low": None, "high": None}
        records.append({"label": row["unit"], "column": name, "value": value, **ends, "role": "cell"})
        if value is not None and row["lowest"] < lowest:
            lowest = row["lowest"]
            worst = told.say("heat_cell", unit=row["unit"], nama=name, value=told.number(value, 0))
    units, every = int(kept["unit"].nunique()), len(city.units)
    caption = told.say("heat_figure")
    if units < every:
        caption = f"{caption} {told.say('heat_shown', n=units, all=every)}"
    return Figure(
        id="peta",
        chart="indicator_heat",
        caption=caption,
        alt=told.say(
            "heat_alt",
            units=units,
            columns=int(kept["key"].nunique()),
            worst=worst or told.say("heat_all_open"),
        ),
        axis=(Decimal(0), Decimal(100)),
        data=tuple(records),
        lang=told.lang,
    )
