"""Tables in Word: widths that suit the content, a repeated head, rows that stay whole."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from sipukat.export.base import shown
from sipukat.export.docx_letters import text_width
from sipukat.export.docx_xml import BOLD, lines, paragraph, run, w

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Column, Table

_SIZES: Final = (18, 17, 16, 15, 14)  # half points, the first where it fits
_HALF: Final = 10  # twentieths of a point in half a point
_MARGINS: Final = 190  # of a cell, left and right, with a little air
_LONGEST: Final = 5200  # a column that holds sentences asks for no more
_LONGEST_WORD: Final = 2600  # longer words are broken
_BOLDER: Final = 1.08  # bold letters are about so much wider
_WHOLE: Final = 18  # lines of a row that may move to the next page as one
_ABOVE_SUM: Final = 2  # rows that stay with a sum
_INK, _CARD = "17212B", "F4F7F9"


def _words(text: str) -> float:
    return max((text_width(word, 1) for word in text.split(" ")), default=0.0)


def _label(column: Column) -> str:
    """Return the head of a column, whose per cent sign stays with its number."""
    return column.label.replace(" %", "\u00a0%")


def _measured(table: Table, cells: Sequence[Sequence[str]]) -> list[tuple[float, float, float]]:
    """Return of each column the longest word and line, in sizes, and the letters that a cell holds."""
    groups, found = set(table.group_rows), []
    for place, column in enumerate(table.columns):
        said = [row[place] for at, row in enumerate(cells) if at not in groups]
        line = max(
            (text_width(each, 1, bold=True) for text in said for each in text.split("\n")), default=0.0
        )
        word = max(map(_words, said), default=0.0)
        if column.kind != "text" and all(" " not in text for text in said):
            word = max(word, line)
        volume = sum(len(text) for text in said) / max(len(said), 1)
        found.append((max(_words(_label(column)) * _BOLDER, word), line, volume))
    return found


def _wishes(measured: Sequence[tuple[float, float, float]], size: float) -> list[tuple[float, float]]:
    """Return of each column the least width that breaks no word, and the one that breaks no line."""
    unit, wishes = size * _HALF, []
    for word, line, _ in measured:
        least = min(word * unit, _LONGEST_WORD)
        wish = max(least, min(line * unit, _LONGEST))
        wishes.append((least + _MARGINS, wish + _MARGINS))
    return wishes


def widths(
    table: Table, cells: Sequence[Sequence[str]], room: int, *, broad: float = 1.0
) -> tuple[int, list[int]]:
    """Return the size of the letters, in half points, and the width of each column.

    Parameters
    ----------
    table
        The table.
    cells
        What it prints, a list a row.
    room
        Width of the page, in twentieths of a point.
    broad
        How much broader than Arial the letters may be.
    """
    measured = _measured(table, cells)
    fits = (size for size in _SIZES if sum(least for least, _ in _wishes(measured, size * broad)) <= room)
    size = next(fits, _SIZES[-1])
    wishes = _wishes(measured, size * broad)
    least, wished = sum(a for a, _ in wishes), sum(b for _, b in wishes)
    if wished <= room:
        texts = [place for place, column in enumerate(table.columns) if column.kind == "text"]
        share = max((wishes[place][1] for place in texts), default=0.0)
        wide = [place for place in texts if wishes[place][1] > share / 2] or list(range(len(wishes)))
        spare = (room - wished) / len(wide)
        found = [wish + (spare if place in wide else 0) for place, (_, wish) in enumerate(wishes)]
    elif least <= room:
        found = _shared(wishes, [volume for _, _, volume in measured], room - least)
    else:
        found = [a * room / least for a, _ in wishes]
    ends = [0]
    for width in found:
        ends.append(ends[-1] + max(int(width), 1))
    ends[-1] = max(room, ends[-2] + 1)
    return size, [b - a for a, b in pairwise(ends)]


def _shared(wishes: Sequence[tuple[float, float]], volumes: Sequence[float], rest: float) -> list[float]:
    """Share what is left of the page: those that lack little get it all, the others by how much they hold."""
    found = [a for a, _ in wishes]
    shares = [volume**0.5 for volume in volumes]
    order = sorted(range(len(wishes)), key=lambda at: (wishes[at][1] - wishes[at][0]) / max(shares[at], 0.1))
    for done, place in enumerate(order):
        lacks = wishes[place][1] - wishes[place][0]
        whole = sum(shares[at] for at in order[done:])
        given = min(lacks, rest * shares[place] / whole if whole else rest)
        found[place] += given
        rest -= given
    return found


def _align(column: Column) -> str:
    if column.kind != "text":
        return w("jc", val="right")
    return w("jc", val="center") if column.key == "mutu" else ""


class TableWriter:
    """Writes one table.

    Parameters
    ----------
    table
        The table.
    lang
        Language of its numbers.
    styles
        Name of each style to its id.
    room
        Width of the page, in twentieths of a point.
    broad
        How much broader than Arial the letters may be.
    """

    def __init__(
        self, table: Table, *, lang: Lang, styles: Mapping[str, str], room: int, broad: float = 1.0
    ) -> None:
        self.table = table
        self.styles = styles
        self.cells = [
            [shown(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ]
        self.size, self.widths = widths(table, self.cells, room, broad=broad)
        self.broad = broad
        self.look = "" if self.size == _SIZES[0] else w("sz", val=self.size) + w("szCs", val=self.size)

    def write(self) -> str:
        """Return the table."""
        table = self.table
        props = w(
            "tblPr",
            w("tblStyle", val=self.styles["Sipukat Tabel"]),
            w("tblW", w=sum(self.widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w(
                "tblLook",
                val="0620",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            w("tblCaption", val=table.name),
            w("tblDescription", val=table.caption),
        )
        grid = w("tblGrid", *(w("gridCol", w=width) for width in self.widths))
        groups, plain = set(table.group_rows), len(table.rows) - table.total_rows
        body = "".join(
            self._group(place)
            if place in groups
            else self._row(place, total=place >= plain, first=place == plain)
            for place in range(len(table.rows))
        )
        return f"<w:tbl>{props}{grid}{self._head()}{body}</w:tbl>"

    def _head(self) -> str:
        style = self.styles["Sipukat Kepala Kolom"]
        cells = (
            self._cell(paragraph(run(_label(column), self.look), style, _align(column)), width)
            for column, width in zip(self.table.columns, self.widths, strict=True)
        )
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)

    def _row(self, place: int, *, total: bool, first: bool) -> str:
        look = (BOLD if total else "") + self.look
        props = ""
        if total:
            sides = {"val": "single", "sz": 12, "space": 0, "color": _INK} if first else {"val": "nil"}
            props = w("tcBorders", w("top", **sides))
        # a sum never stands alone on a page, nor what must be known to read it
        kept = self.table.total_rows and len(self.cells) - self.table.total_rows - _ABOVE_SUM <= place
        keep = w("keepNext") if kept and (self.table.note or place + 1 < len(self.cells)) else ""
        cells = (
            self._cell(
                lines(
                    text, self.styles["Sipukat Sel"], props=keep + _align(column), look=look, size=self.size
                ),
                width,
                props,
            )
            for text, column, width in zip(self.cells[place], self.table.columns, self.widths, strict=True)
        )
        return w("tr", self._whole(place), *cells)

    def _group(self, place: int) -> str:
        """Write a row that opens a group: its one filled cell reaches to the end."""
        row, style = self.cells[place], self.styles["Sipukat Sel"]
        before = next((at for at, text in enumerate(row) if text), 0)
        shade = w("shd", val="clear", color="auto", fill=_CARD)
        empty = (
            self._cell(paragraph("", style, w("keepNext")), width, shade) for width in self.widths[:before]
        )
        span = w("gridSpan", val=len(row) - before)
        words = paragraph(run(row[before], BOLD + self.look), style, w("keepNext"))
        filled = self._cell(words, sum(self.widths[before:]), span + shade)
        return w("tr", self._whole(place), *empty, filled)

    def _cell(self, content: str, width: int, props: str = "") -> str:
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), props), content)

    def _whole(self, place: int) -> str:
        """Keep a row on one page, unless it would fill half of it."""
        unit = self.size * _HALF * self.broad
        tall = max(
            sum(max(ceil(text_width(line, unit) / max(width - _MARGINS, 1)), 1) for line in text.split("\n"))
            for text, width in zip(self.cells[place], self.widths, strict=True)
        )
        return w("trPr", w("cantSplit")) if tall <= _WHOLE else ""
