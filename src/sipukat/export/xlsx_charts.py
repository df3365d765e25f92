"""The figures in a workbook: each as a chart of the spreadsheet's own, drawn from the cells below it.

A heat map, for which spreadsheets have no chart, is a block of coloured cells.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sipukat.export.xlsx_bars import BARS
from sipukat.export.xlsx_grid import Drawing, Grid, head
from sipukat.export.xlsx_points import POINTS
from sipukat.report.cleaning import shortened
from sipukat.report.document import Figure, Poster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang
    from sipukat.export.sheet import Sheet
    from sipukat.report.document import Document

_WIDTHS: Final = (32.0, *(9.5 for _ in range(8)))
_WIDE: Final = 790  # pixels; as wide as the columns together
_PAPER: Final = 76  # per cent at which that fits on the width of A4 in every spreadsheet
_ROW: Final = 20  # pixels
_ALT: Final = 2_000  # letters of the words for who cannot see it
_LINE: Final = 88  # letters of a caption that stand on one line

_WORDS: Final[Mapping[Lang, tuple[str, str]]] = {
    "id": (
        "Gambar",
        "Setiap gambar dibuat dari angka di bawahnya, yaitu angka yang diterbitkan, dibulatkan satu kali.",
    ),
    "en": (
        "Figures",
        "Each figure is drawn from the numbers below it: those that are published, rounded once.",
    ),
}

CHARTS: Final[Mapping[str, Drawing]] = MappingProxyType({**BARS, **POINTS})


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Return the figures of a document, those of its posters included."""
    found: list[Figure] = []
    for block in document.blocks:
        if isinstance(block, Figure):
            found.append(block)
        elif isinstance(block, Poster) and block.gauge is not None:
            found.append(block.gauge)
    return tuple(found)


def name_of(lang: Lang) -> str:
    """Return the name of the sheet of figures."""
    return _WORDS[lang][0]


def write(sheet: Sheet, figures: tuple[Figure, ...], lang: Lang) -> None:
    """Write every figure: its caption, its chart, and the cells that it is drawn from; one a page."""
    sheet.text(0, 0, _WORDS[lang][1], "label")
    row, breaks = 2, []
    for figure in figures:
        if figure is not figures[0]:
            breaks.append(row)
        last = len(_WIDTHS) - 1
        sheet.span(row, 0, last, figure.caption, "lead", text_wrap=True, valign="top")
        sheet.worksheet.set_row(row, 15.0 * (1 + len(figure.caption) // _LINE) + 3)
        row = (_heat if figure.chart == "indicator_heat" else _chart)(sheet, figure, row + 1) + 1
    sheet.finish(_WIDTHS, rows=row - 1, landscape=False)
    sheet.worksheet.set_print_scale(_PAPER)  # where a sheet is fitted to a page, its breaks are lost
    sheet.worksheet.set_h_pagebreaks(breaks)


def _chart(sheet: Sheet, figure: Figure, row: int) -> int:
    drawing = CHARTS[figure.chart]
    keys, records = drawing.cells(figure)
    tall = drawing.height(len(records))
    grid = Grid(sheet=sheet, keys=keys, top=row + tall // _ROW + 1, records=records)
    own = drawing.heads(figure)
    end = grid.write([own.get(key) or head(key, figure.lang) for key in keys])
    chart = drawing.draw(sheet.book, figure, grid)
    chart.set_size({"width": _WIDE, "height": tall})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#ffffff"}})
    chart.set_title({"none": True})  # a caption would be taken for a formula where it begins like one
    words = {"description": shortened(figure.alt, _ALT)}
    sheet.worksheet.insert_chart(row, 0, chart, {"x_offset": 2, "y_offset": 4, "object_position": 2, **words})
    return end + 1


def _heat(sheet: Sheet, figure: Figure, row: int) -> int:
    """Write a heat map as coloured cells; where there is no value, the ends between which it lies."""
    columns = list(dict.fromkeys(str(record["column"]) for record in figure.data))
    lines: dict[str, dict[str, Any]] = {}
    for record in figure.data:
        ends = [record.get(key) for key in ("low", "high")]
        cell = record["value"] if record["value"] is not None else "–".join(str(end) for end in ends)
        lines.setdefault(str(record["label"]), {"label": record["label"]})[str(record["column"])] = cell
    grid = Grid(sheet=sheet, keys=("label", *columns), top=row, records=tuple(lines.values()))
    end = grid.write([head("label", figure.lang), *columns])
    sheet.worksheet.set_row(row, 80)
    low, high = map(float, figure.axis)
    scale: dict[str, Any] = {"type": "2_color_scale", "min_type": "num", "max_type": "num"}
    scale |= {"min_color": "#f3bfa8", "max_color": "#ffffff", "min_value": low, "max_value": high}
    sheet.worksheet.conditional_format(row + 1, 1, end - 1, max(len(columns), 1), scale)
    return end + 1
