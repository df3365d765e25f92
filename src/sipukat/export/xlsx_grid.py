"""The cells that a chart of a workbook is drawn from: a figure's records, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sipukat.export.sheet import at
from sipukat.report.cleaning import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.export.sheet import Book, Sheet
    from sipukat.report.document import Figure

NAME: Final = 60  # letters of a name beside a chart; in full it stands in the tables
_FAINT: Final = {"font_color": "#55636f", "num_format": "0.00", "align": "right"}
# How far an interval reaches to either side is a formula: which column less which.
_LENGTHS: Final = {"plus": ("high", "value"), "minus": ("value", "low"), "length": ("high", "low")}

_HEADS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "label": "Nama", "value": "Nilai", "low": "Batas bawah", "high": "Batas atas", "mutu": "Mutu",
        "n": "n", "plus": "Ke atas", "minus": "Ke bawah", "length": "Panjang", "mark": "Tanda",
        "share": "Skor {score} (%)", "missing": "Kosong",
        "kode": "Kode", "importance": "Kepentingan", "quadrant": "Kuadran", "scale": "Kategori",
        "start": "Mulai",
    },
    "en": {
        "label": "Name", "value": "Value", "low": "Lower bound", "high": "Upper bound", "mutu": "Mutu",
        "n": "n", "plus": "Upwards", "minus": "Downwards", "length": "Length", "mark": "Mark",
        "share": "Score {score} (%)", "missing": "Unanswered",
        "kode": "Code", "importance": "Importance", "quadrant": "Quadrant", "scale": "Bands",
        "start": "Start",
    },
}  # fmt: skip


def head(key: str, lang: Lang) -> str:
    """Return the heading of a column of cells; a key that is not known is its own.

    Examples
    --------
    >>> head("share_4", "id"), head("value", "en")
    ('Skor 4 (%)', 'Value')
    """
    stem, _, score = key.rpartition("_")
    words = _HEADS[lang]
    return words["share"].format(score=score) if stem == "share" else words.get(key, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells on a sheet; rows and columns count from 0.

    Parameters
    ----------
    sheet
        The sheet.
    keys
        Stable names of the columns.
    top
        Row of the headings.
    records
        One mapping a row.
    """

    sheet: Sheet
    keys: tuple[str, ...]
    top: int
    records: tuple[Mapping[str, Any], ...]

    def range(self, key: str, *, first: int = 0, last: int | None = None) -> list[Any]:
        """Return where a column stands, or some rows of it, as charts take it."""
        column, end = self.keys.index(key), len(self.records) - 1 if last is None else last
        return [self.sheet.name, self.top + 1 + first, column, self.top + 1 + end, column]

    def heading(self, key: str) -> list[Any]:
        """Return where the heading of a column stands, as charts take it."""
        return [self.sheet.name, self.top, self.keys.index(key)]

    def cell(self, key: str, row: int) -> list[Any]:
        """Return where one cell stands, as charts take it."""
        return [self.sheet.name, self.top + 1 + row, self.keys.index(key)]

    def address(self, key: str, row: int) -> str:
        """Return a formula that is a cell of the grid."""
        cell = at(self.top + 1 + row, self.keys.index(key), fixed="both")
        return f"='{self.sheet.name}'!{cell}"

    def write(self, heads: Sequence[str]) -> int:
        """Write the cells, and return the row after them."""
        for column, words in enumerate(heads):
            self.sheet.text(self.top, column, words, "head", font_size=9)
        for line, record in enumerate(self.records, start=self.top + 1):
            for column, key in enumerate(self.keys):
                self._cell(line, column, key, record)
        return self.top + 1 + len(self.records)

    def _cell(self, line: int, column: int, key: str, record: Mapping[str, Any]) -> None:
        value = record.get(key)
        if key in _LENGTHS:
            longer, shorter = (record.get(name) for name in _LENGTHS[key])
            if longer is not None and shorter is not None:
                cells = "-".join(at(line, self.keys.index(name)) for name in _LENGTHS[key])
                self.sheet.formula(line, column, cells, float(longer - shorter), "cell", **_FAINT)
                return
        if value is None:
            self.sheet.blank(line, column)
        elif isinstance(value, str):
            self.sheet.text(line, column, shortened(value, NAME, mark="…"), "cell")
        else:
            self.sheet.number(line, column, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How one kind of figure becomes a chart.

    Parameters
    ----------
    cells
        Returns the columns and the rows of the cells that it is drawn from.
    draw
        Returns the chart, given the book, the figure and its cells.
    heads
        Returns headings that only this figure has, by key.
    base, line
        Height in pixels without any row, and for each row.
    """

    cells: Callable[[Figure], tuple[tuple[str, ...], tuple[Mapping[str, Any], ...]]]
    draw: Callable[[Book, Figure, Grid], Any]
    heads: Callable[[Figure], Mapping[str, str]] = lambda _: {}
    base: int = 80
    line: int = 0

    def height(self, rows: int) -> int:
        """Return the height of the chart."""
        return min(self.base + self.line * rows, 1_000)
