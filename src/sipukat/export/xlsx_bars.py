"""Charts of bars: the gauges, the unsur, the answers, and the steps to a target."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sipukat.export.xlsx_grid import Drawing
from sipukat.export.xlsx_looks import INK, LINES, MARK, PALE, TWO, axis, downwards, font, tints, whiskers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sipukat.export.sheet import Book
    from sipukat.export.xlsx_grid import Grid
    from sipukat.report.document import Figure

_Cells = tuple[tuple[str, ...], tuple["Mapping[str, Any]", ...]]
_SHARE: Final = re.compile(r"share_\d+")
_CLEAR: Final = {"fill": {"none": True}, "border": {"none": True}}


def _across(chart: Any, figure: Figure) -> None:
    downwards(chart)
    ends = axis(figure.axis)
    chart.set_x_axis({**ends, "label_position": "high", "major_gridlines": {"visible": False}})


def _bars_cells(figure: Figure) -> _Cells:
    return ("label", "value", "low", "high", "mutu", "n", "plus", "minus"), figure.data


def _bars(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("bar")
    chart.add_series(
        {
            "name": grid.heading("value"),
            "categories": grid.range("label"),
            "values": grid.range("value"),
            "fill": {"color": MARK},
            "gap": 55,
            "x_error_bars": whiskers(grid),
            # At the foot of the bar, where no whisker crosses it.
            "data_labels": {**TWO, "position": "inside_base", "font": font(color="#ffffff", bold=True)},
        }
    )
    _across(chart, figure)
    return chart


def _marks(figure: Figure) -> list[tuple[str, Decimal]]:
    """Return the names of the bands, or of the zones, and where each begins."""
    zones = [r for r in figure.data if r.get("role") == "zone"]
    if zones:
        return [(str(zone["label"]), zone["low"]) for zone in zones]  # type: ignore[misc]
    return [(band.mutu, band.low) for band in figure.bands]


def _band_heads(figure: Figure) -> Mapping[str, str]:
    return {f"band_{place}": name for place, (name, _) in enumerate(_marks(figure))}


def _gauge_cells(figure: Figure) -> _Cells:
    """Return two rows: the value, and below it the ruler of the bands, or of the zones, by their lengths."""
    value, (low, high), marks = figure.data[0], figure.axis, _marks(figure)
    ends = [low, *(max(mark, low) for _, mark in marks[1:]), high]
    keys = tuple(f"band_{place}" for place in range(len(marks)))
    ruler: dict[str, Any] = {"label": "", "start": low}
    ruler |= {key: ends[place + 1] - ends[place] for place, key in enumerate(keys)}
    rows = (value, ruler) if marks else (value,)
    if value["value"] is None:  # not known: a bar from one end to the other
        return ("label", "low", "high", "start", "length", *keys), (
            {**value, "start": value["low"]},
            *rows[1:],
        )
    start = ("start",) if marks else ()
    return ("label", "value", "low", "high", "plus", "minus", *start, *keys), rows


def _gauge(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("bar", "stacked")
    both = {"categories": grid.range("label"), "gap": 30}
    if "value" in grid.keys:
        label = {**TWO, "position": "inside_base", "font": font(color="#ffffff", bold=True, size=11)}
        look = {"fill": {"color": MARK}, "x_error_bars": whiskers(grid), "data_labels": label}
        chart.add_series({"name": grid.heading("value"), "values": grid.range("value"), **both, **look})
    bands = [key for key in grid.keys if key.startswith("band_")]
    if "start" in grid.keys:
        chart.add_series({"name": grid.heading("start"), "values": grid.range("start"), **both, **_CLEAR})
    if "length" in grid.keys:
        look = {"fill": {"color": MARK}}
        chart.add_series({"name": grid.heading("length"), "values": grid.range("length"), **both, **look})
    for key, colour in zip(bands, tints(figure, len(bands)), strict=True):
        label = {"series_name": True, "value": False, "position": "center", "font": font(bold=True)}
        label |= {"custom": [{"delete": True}, {}]}
        look = {"fill": {"color": colour}, "border": {"color": "#ffffff"}, "data_labels": label}
        chart.add_series({"name": grid.heading(key), "values": grid.range(key), **both, **look})
    _across(chart, figure)
    return chart


def _shares_cells(figure: Figure) -> _Cells:
    found = {key for record in figure.data for key in record if _SHARE.fullmatch(key)}
    scores = sorted(found, key=lambda key: int(key.rpartition("_")[2]))
    return ("label", *scores, "n", "missing"), figure.data


def _shares(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("bar", "percent_stacked")
    scores = [key for key in grid.keys if _SHARE.fullmatch(key)]
    for key, colour in zip(scores, tints(figure, len(scores)), strict=True):
        chart.add_series(
            {
                "name": grid.heading(key),
                "categories": grid.range("label"),
                "values": grid.range(key),
                "fill": {"color": colour},
                "border": {"color": "#ffffff"},
                "gap": 45,
                "data_labels": {"value": True, "position": "center", "font": font(), "num_format": "0.0;;"},
            }
        )
    downwards(chart)
    chart.set_x_axis(
        {"num_font": font(), "num_format": "0%", "label_position": "high", "major_gridlines": LINES}
    )
    chart.set_legend({"position": "top", "font": font()})
    return chart


def _steps_cells(figure: Figure) -> _Cells:
    rows = []
    for record in figure.data:
        if record.get("role") == "zone":
            continue
        step = record.get("role") == "step"
        start = record["low"] if step else None
        rows.append({**record, "start": start, "low": record["low"] if step else None})
    return ("label", "value", "start"), tuple(rows)


def _steps(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("bar", "stacked")
    both = {"categories": grid.range("label"), "gap": 45}
    chart.add_series({"name": grid.heading("start"), "values": grid.range("start"), **both, **_CLEAR})
    colours = {"start": MARK, "end": MARK, "target": INK, "step": PALE}
    points = [{"fill": {"color": colours[str(record["role"])]}} for record in grid.records]
    label = {**TWO, "position": "center", "font": font(bold=True)}
    inks = [font(bold=True, color=INK if r["role"] == "step" else "#ffffff") for r in grid.records]
    label |= {"custom": [{"font": ink} for ink in inks]}
    chart.add_series(
        {
            "name": grid.heading("value"),
            "values": grid.range("value"),
            "points": points,
            "data_labels": label,
            **both,
        }
    )
    _across(chart, figure)
    return chart


BARS: Final[Mapping[str, Drawing]] = MappingProxyType(
    {
        "answer_distribution": Drawing(cells=_shares_cells, draw=_shares, base=110, line=34),
        "band_gauge": Drawing(cells=_gauge_cells, draw=_gauge, heads=_band_heads, base=80, line=55),
        "compliance_waterfall": Drawing(cells=_steps_cells, draw=_steps, base=60, line=36),
        "unsur_bars": Drawing(cells=_bars_cells, draw=_bars, base=60, line=34),
        "zone_gauge": Drawing(cells=_gauge_cells, draw=_gauge, heads=_band_heads, base=80, line=55),
    }
)
