"""How charts of a workbook look: the colours and letters of the library's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat.plot import theme

if TYPE_CHECKING:
    from decimal import Decimal

    from sipukat.export.xlsx_grid import Grid
    from sipukat.report.document import Figure

INK: Final = theme.INK["ink"][0]
MARK: Final = theme.INK["mark"][0]
PALE: Final = theme.INK["hijau"][0]
GRID: Final = "#ccd4db"
TWO: Final = {"value": True, "num_format": "0.00"}
LINES: Final = {"visible": True, "line": {"color": GRID, "width": 0.5}}
_ZONES: Final = ("merah", "kuning", "hijau")


def font(*, size: float = 9, color: str = INK, bold: bool = False) -> dict[str, Any]:
    """Return the letters of a chart."""
    return {"name": "Arial", "size": size, "color": color, "bold": bold}


def tints(figure: Figure, count: int) -> list[str]:
    """Return the colours of bands, scores or zones, lowest first."""
    if figure.chart == "zone_gauge":
        zones = [str(r["zone"]) for r in figure.data if r.get("role") == "zone"]
        if len(zones) == count and set(zones) <= set(_ZONES):
            return [theme.INK[zone][0] for zone in zones]
    return [theme.INK[theme.tint(place, count)][0] for place in range(count)]


def whiskers(grid: Grid) -> dict[str, Any]:
    """Return the error bars of a series: how far each interval reaches to either side."""
    return {
        "type": "custom",
        "plus_values": _formula(grid, "plus"),
        "minus_values": _formula(grid, "minus"),
        "line": {"color": INK, "width": 1.25},
    }


def _formula(grid: Grid, key: str) -> str:
    last = len(grid.records) - 1
    first = grid.address(key, 0)
    return first if not last else f"{first}:{grid.address(key, last).rpartition('!')[2]}"


def axis(ends: tuple[Decimal, Decimal], **more: Any) -> dict[str, Any]:
    """Return an axis of values between these ends."""
    low, high = (float(end) for end in ends)
    span = {"min": low, "max": high} if high > low else {}
    look = {"num_font": font(), "num_format": "0", "line": {"color": GRID}, "major_gridlines": LINES}
    return {**span, **look, **more}


def downwards(chart: Any) -> None:
    """Let the first row of a chart of bars stand at the top, and nothing say what the colours are."""
    chart.set_y_axis({"reverse": True, "num_font": font(), "line": {"color": GRID}})
    chart.set_legend({"none": True})
