"""How wide columns and how tall rows of a workbook are, on screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sipukat.report.document import Table

WIDEST, NARROWEST = 46.0, 9.0
PORTRAIT: Final = 100.0  # letters that still can be read on the width of an upright A4
_PAGE: Final = 60.0  # letters; the least that lines of text are wide
_HEAD_WRAP: Final = 14  # letters of a heading that stand on one line of a narrow column
_TALLEST: Final = 409.0  # points; no spreadsheet has a taller row


def widths(table: Table) -> list[float]:
    """Return a width for each column: that of its longest cell, within reason.

    Examples
    --------
    >>> from sipukat.report.document import Column, Table
    >>> unit = Column(key="unit", label="Unit")
    >>> widths(Table(id="t", name="T", caption="", columns=[unit], rows=[("Dinas Kesehatan",)]))
    [17.0]
    """
    found = []
    for place, column in enumerate(table.columns):
        longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
        head = min(len(column.label), _HEAD_WRAP)
        found.append(min(max(longest + 2.0, head + 2.0, NARROWEST), WIDEST))
    return found


def page(size: list[float]) -> list[float]:
    """Return the widths of a page: empty columns after those of a narrow table, for the lines around it.

    Examples
    --------
    >>> page([10.0, 36.0])
    [10.0, 36.0, 9.0, 9.0]
    """
    missing = max(_PAGE - sum(size), 0.0)
    return [*size, *(NARROWEST for _ in range(-int(-missing // NARROWEST)))]


def room(text: str, width: float) -> float:
    """Return the height of a row that a wrapped text needs: spreadsheets do not find it by themselves.

    Examples
    --------
    >>> room("a", 40), room("a" * 100, 40)
    (17.0, 43.0)
    """
    lines = sum(1 + max(len(line) - 1, 0) // max(int(width), 6) for line in text.split("\n"))
    return min(13.0 * lines + 4, _TALLEST)


def row_room(cells: Iterable[object], widths: Sequence[float]) -> float | None:
    """Return the height of a row of wrapped texts, or None where one line holds each.

    Examples
    --------
    >>> row_room(["a", 3], [10, 10]), row_room(["a" * 30, "b"], [20, 10])
    (None, 30.0)
    """
    texts = [(str(cell), width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)]
    tallest = max((room(text, width) for text, width in texts), default=0.0)
    return tallest if tallest > room("", 20) else None
