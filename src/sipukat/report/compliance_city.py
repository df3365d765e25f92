"""The tables of the compliance of a city: its units, the heat map in numbers, common causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._text import round_half_up
from sipukat.compliance.causes import common_causes
from sipukat.compliance.heatmap import heatmap
from sipukat.report.document import Column, Table

if TYPE_CHECKING:
    from decimal import Decimal

    from sipukat.compliance.city_assessment import CityAssessment, UnitAssessment
    from sipukat.report.compliance_words import Telling

_CAUSES: Final = 5


def units(told: Telling, city: CityAssessment) -> Table:
    """Return the score of each unit, the lowest first."""
    decimals = told.standard.scale.decimals
    ordered = sorted(city.units.values(), key=lambda unit: unit.lowest.exact)
    open_, lacks, weighted = city.score is None, bool(city.unknown), city.method == "weighted"
    return Table(
        id="unit",
        name=told.say("units"),
        caption=told.say("units_caption"),
        columns=(
            Column(key="unit", label=told.say("unit")),
            Column(key="layanan", label=told.say("services"), kind="integer"),
            *([Column(key="bagian", label=told.say("share"), kind="number")] if weighted else []),
            Column(key="nilai", label=told.say("score"), kind="number", decimals=decimals),
            *(
                Column(key=key, label=told.say(key), kind="number", decimals=decimals)
                for key in ("lowest", "highest")
                if open_
            ),
            Column(key="golongan", label=told.say("band")),
            Column(key="zona", label=told.say("zone_label")),
            *([Column(key="belum_diketahui", label=told.say("open_count"), kind="integer")] if lacks else []),
        ),
        rows=tuple(_unit(told, unit, open_=open_, lacks=lacks, weighted=weighted) for unit in ordered),
    )


def _unit(
    told: Telling, unit: UnitAssessment, *, open_: bool, lacks: bool, weighted: bool
) -> tuple[Any, ...]:
    ends = (unit.lowest.exact, unit.highest.exact) if open_ else ()
    low, high = (told.band(verdict) for verdict in (unit.lowest, unit.highest))
    band = low if low == high else told.say("span", low=low, high=high)
    share = (100 * unit.share,) if weighted else ()
    unknown = (len(unit.unknown),) if lacks else ()
    head = (unit.unit, len(unit.services), *share, unit.score)
    return (*head, *ends, band, told.zone_name(unit.zone), *unknown)


def cells(told: Telling, city: CityAssessment) -> Table:
    """Return the heat map in numbers: units by indicators."""
    frame = heatmap(city)
    rows: dict[str, list[Any]] = {}
    columns: dict[str, Column] = {}
    for cell in frame.to_dict("records"):
        label = cell["nama" if told.lang == "id" else "name"]
        # a key with its dots, and so none of this table's own columns
        columns.setdefault(cell["key"], Column(key=cell["key"], label=label, kind="number", decimals=0))
        low, high = (round_half_up(100 * end, 0) for end in (cell["lowest"], cell["highest"]))
        value: Decimal | str = f"{low}–{high}" if cell["unknown"] else low
        rows.setdefault(cell["unit"], [cell["unit"]]).append(value)
    return Table(
        id="peta",
        name=told.say("heat_name"),
        caption=told.say("heat_caption"),
        columns=(Column(key="unit", label=told.say("unit")), *columns.values()),
        rows=tuple(tuple(row) for row in rows.values()),
        note=told.say("heat_note"),
    )


def causes(told: Telling, city: CityAssessment) -> Table:
    """Return the indicators that lift a city most, were they mended everywhere."""
    decimals = told.standard.scale.decimals
    every = common_causes(city, n=len(told.tree.keys))
    rows: list[tuple[Any, ...]] = [
        (
            told.named(cause),
            len(cause.units),
            cause.lift,
            cause.published_after,
            cause.zone_after.upper() if cause.zone_after else "–",
        )
        for cause in sorted(every, key=lambda cause: -cause.lift)[:_CAUSES]
    ]
    return Table(
        id="sebab",
        name=told.say("causes_name"),
        caption=told.say("causes_caption"),
        columns=(
            Column(key="indikator", label=told.say("indicator")),
            Column(key="unit", label=told.say("units"), kind="integer"),
            Column(key="kenaikan", label=told.say("lift"), kind="number", decimals=told.decimals),
            Column(key="nilai", label=told.say("score_after"), kind="number", decimals=decimals),
            Column(key="zona", label=told.say("zone_after")),
        ),
        rows=tuple(rows),
    )
