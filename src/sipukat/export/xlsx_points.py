"""Charts of points: units and ranks with their intervals, periods, and the quadrant of the unsur."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import round_half_up
from sipukat.export.xlsx_grid import Drawing
from sipukat.export.xlsx_looks import GRID, INK, MARK, TWO, axis, downwards, font, whiskers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.export.sheet import Book
    from sipukat.export.xlsx_grid import Grid
    from sipukat.report.document import Figure

_Cells = tuple[tuple[str, ...], tuple["Mapping[str, Any]", ...]]
_RELIABLE: Final = 30  # respondents below which a dot is hollow
_MARK: Final = 110  # a mark is that part of the axis wide


def _lanes_cells(figure: Figure) -> _Cells:
    """Return a row a unit, and how wide its mark is drawn."""
    mark = round_half_up((figure.axis[1] - figure.axis[0]) / _MARK, 2)
    rows = tuple({**record, "mark": mark} for record in figure.data)
    return ("label", "value", "low", "high", "mutu", "n", "plus", "minus", "mark"), rows


def _ranks_cells(figure: Figure) -> _Cells:
    mark = round_half_up(figure.axis[1] / _MARK, 2)
    rows = tuple(
        {
            "label": record["label"],
            "value": record["rank"],
            "low": record["rank_low"],
            "high": record["rank_high"],
            "n": record.get("n"),
            "mark": mark,
        }
        for record in figure.data
    )
    return ("label", "value", "low", "high", "plus", "minus", "mark"), rows


def _lanes(book: Book, grid: Grid, across: dict[str, Any]) -> Any:
    """Return a lane a row: whiskers at the end of a bar that is not seen, and a mark there.

    A chart of points has no names beside its lanes; one of bars has.
    """
    chart = book.chart("bar", "stacked")
    both = {"categories": grid.range("label"), "gap": 130}
    clear = {"fill": {"none": True}, "border": {"none": True}, "x_error_bars": whiskers(grid)}
    chart.add_series({"name": grid.heading("value"), "values": grid.range("value"), **both, **clear})
    points = []
    for record in grid.records:
        colour = INK if record.get("role") == "overall" else MARK
        hollow = (record.get("n") or _RELIABLE) < _RELIABLE
        points.append({"fill": {"color": "#ffffff" if hollow else colour}, "border": {"color": colour}})
    marks = {"name": grid.heading("mark"), "values": grid.range("mark"), "points": points}
    chart.add_series({**marks, **both})
    downwards(chart)
    chart.set_x_axis({**across, "label_position": "high"})
    return chart


def _intervals(book: Book, figure: Figure, grid: Grid) -> Any:
    return _lanes(book, grid, axis(figure.axis))


def _ranks(book: Book, figure: Figure, grid: Grid) -> Any:
    ends = (Decimal(0), figure.axis[1] + 1)
    return _lanes(book, grid, axis(ends, major_unit=max(1, int(ends[1]) // 10)))


def _trend_cells(figure: Figure) -> _Cells:
    return ("label", "value", "low", "high", "mutu", "n", "plus", "minus"), figure.data


def _trend(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("line")
    chart.add_series(
        {
            "name": grid.heading("value"),
            "categories": grid.range("label"),
            "values": grid.range("value"),
            "line": {"color": MARK, "width": 1.5},
            "marker": {"type": "circle", "size": 8, "fill": {"color": MARK}, "border": {"color": MARK}},
            "y_error_bars": whiskers(grid),
            "data_labels": {**TWO, "position": "right", "font": font(bold=True)},
        }
    )
    chart.set_y_axis(axis(figure.axis))
    chart.set_x_axis({"num_font": font(), "line": {"color": GRID}})
    chart.set_legend({"none": True})
    return chart


def _quadrant_cells(figure: Figure) -> _Cells:
    unsur = tuple(record for record in figure.data if record.get("role") != "cut")
    return ("label", "kode", "value", "low", "high", "importance", "quadrant"), unsur


def _quadrant(book: Book, figure: Figure, grid: Grid) -> Any:
    chart = book.chart("scatter")
    mark = {"type": "circle", "size": 8, "fill": {"color": MARK}, "border": {"color": MARK}}
    label = {"series_name": True, "value": False, "position": "above", "font": font(bold=True)}
    for row in range(len(grid.records)):  # a series each, so that each is labelled by its own code
        places = {"categories": grid.range("value", first=row, last=row)}
        places["values"] = grid.range("importance", first=row, last=row)
        chart.add_series({"name": grid.cell("kode", row), **places, "marker": mark, "data_labels": label})
    # The axes cross at the means, where the quadrants part; their numbers stay at the edge.
    cut = next((record for record in figure.data if record.get("role") == "cut"), {})
    across: dict[str, Any] = {"label_position": "low", "line": {"color": INK, "width": 1}}
    across |= {"major_gridlines": {"visible": False}}
    upwards = dict(across)
    for look, key in ((across, "value"), (upwards, "importance")):
        if isinstance(mean := cut.get(key), Decimal):
            look["crossing"] = float(mean)
    name = {"name_font": font(bold=True)}
    chart.set_x_axis({**axis(figure.axis), **across, **name, "name": grid.heading("value")})
    look = {"num_font": font(), "num_format": "0.0"}
    chart.set_y_axis({**look, **upwards, **name, "name": grid.heading("importance")})
    chart.set_legend({"none": True})
    return chart


POINTS: Final[Mapping[str, Drawing]] = MappingProxyType(
    {
        "importance_performance": Drawing(cells=_quadrant_cells, draw=_quadrant, base=480),
        "trend": Drawing(cells=_trend_cells, draw=_trend, base=380),
        "unit_intervals": Drawing(cells=_lanes_cells, draw=_intervals, base=60, line=30),
        "unit_ranks": Drawing(cells=_ranks_cells, draw=_ranks, base=60, line=30),
    }
)
