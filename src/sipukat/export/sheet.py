"""The one way in which anything gets into a cell of a workbook.

Text goes through `Sheet.text` and nowhere else: it is never taken for a formula or a
link, and never lost for being too long.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import ArgumentError
from sipukat.report.cleaning import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL: Final = 32_767  # UTF-16 units that a cell can hold
ROWS: Final = 1_048_576
_INK, _MUTED, _ACCENT, _RULE, _CARD = "#17212b", "#55636f", "#0b5788", "#c3ccd4", "#eef3f7"

_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 15},
    "subtitle": {"font_size": 11, "font_color": _MUTED},
    "big": {"bold": True, "font_size": 26, "font_color": _ACCENT, "align": "left", "num_format": "0.00"},
    "lead": {"bold": True, "font_size": 12},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "muted": {"font_color": _MUTED, "italic": True, "text_wrap": True, "valign": "top"},
    "label": {"font_color": _MUTED, "valign": "top"},
    "head": {
        "bold": True, "font_color": "#ffffff", "bg_color": _ACCENT, "text_wrap": True, "valign": "vcenter",
        "align": "center", "border": 1, "border_color": "#ffffff",
    },
    "cell": {"bottom": 1, "bottom_color": _RULE, "valign": "top"},
    "group": {"bold": True, "bg_color": _CARD, "bottom": 1, "bottom_color": _INK, "valign": "top"},
    "total": {"bold": True, "top": 1, "top_color": _INK, "bg_color": _CARD, "valign": "top"},
    "warning": {"bold": True, "font_color": "#a3230c", "text_wrap": True, "valign": "top"},
}  # fmt: skip


class Book:
    """A workbook being written, and its formats by look."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._names: set[str] = set()

    def look(self, name: str, **more: Any) -> Any:
        """Return the format of a look, with changes."""
        key = (name, *more.items())  # a sheet of 20,000 respondents asks 200,000 times
        if key not in self._formats:
            properties = {"font_name": "Arial", "font_size": 10, "font_color": _INK, **_LOOKS[name], **more}
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def chart(self, kind: str, subtype: str = "") -> Any:
        """Return a chart of a kind, to be put on a sheet."""
        return self._workbook.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; characters that a sheet's name may not have become spaces."""
        allowed = "".join(" " if c in "[]:*?/\\'" else c for c in name).strip()[:28] or "Lembar"
        unique, count = allowed, 1
        while unique.casefold() in self._names:
            count += 1
            unique = f"{allowed} {count}"
        self._names.add(unique.casefold())
        return Sheet(self, self._workbook.add_worksheet(unique), unique)


class Sheet:
    """One sheet being written; rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        self.book = book
        self.worksheet = worksheet
        self.name = name

    def text(self, row: int, column: int, words: str, look: str = "plain", **more: Any) -> None:
        """Write a text, as text."""
        fitted = shortened(words, CELL)
        _written(self.worksheet.write_string(row, column, fitted, self.book.look(look, **more)))

    def number(self, row: int, column: int, value: Decimal | float, look: str = "cell", **more: Any) -> None:
        """Write a number, rounded already."""
        decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
        shown = {"num_format": f"0.{'0' * decimals}" if decimals > 0 else "0", "align": "right", **more}
        _written(self.worksheet.write_number(row, column, float(value), self.book.look(look, **shown)))

    def integers(self, row: int, column: int, values: Sequence[int | None], **more: Any) -> None:
        """Write whole numbers side by side, None as an empty cell; the fast way for many."""
        dressed = self.book.look("cell", **{"num_format": "0", "align": "right", **more})
        bare = self.book.look("cell")
        write, leave = self.worksheet.write_number, self.worksheet.write_blank
        for place, value in enumerate(values, start=column):
            code = leave(row, place, None, bare) if value is None else write(row, place, value, dressed)
            if code:
                _written(code)

    def formula(
        self, row: int, column: int, formula: str, value: str | float, look: str = "cell", **more: Any
    ) -> None:
        """Write a formula, and the value it has, for readers that do not compute."""
        dressed = self.book.look(look, **more)
        _written(self.worksheet.write_formula(row, column, f"={formula}", dressed, value))

    def blank(self, row: int, column: int, look: str = "cell", **more: Any) -> None:
        """Write a cell that is empty but dressed."""
        _written(self.worksheet.write_blank(row, column, None, self.book.look(look, **more)))

    def span(self, row: int, first: int, last: int, words: str, look: str, **more: Any) -> None:
        """Write a text across columns."""
        if last > first:
            self.worksheet.merge_range(row, first, row, last, "", self.book.look(look, **more))
        self.text(row, first, words, look, **more)

    def finish(
        self,
        widths: Sequence[float],
        *,
        rows: int,
        landscape: bool,
        repeat: tuple[int, int] | None = None,
        printed: int | None = None,
    ) -> None:
        """Set column widths, and the page as it prints: A4, one page wide, numbered.

        Of the columns the first `printed` are printed, or all.
        """
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width)
        self.worksheet.hide_gridlines(2)
        self.worksheet.set_paper(9)
        self.worksheet.fit_to_pages(1, 0)
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.worksheet.set_footer("&L&8&A&R&8&P / &N")
        self.worksheet.print_area(0, 0, max(rows - 1, 0), max((printed or len(widths)) - 1, 0))
        if landscape:
            self.worksheet.set_landscape()
        if repeat:
            self.worksheet.repeat_rows(*repeat)


def _written(code: int) -> None:
    # XlsxWriter returns a negative number where it leaves a cell out, and says nothing.
    if code:
        raise ArgumentError(f"a cell does not fit into a sheet of {ROWS} rows (XlsxWriter code {code})")


def column_name(column: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    place = column + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def at(row: int, column: int, *, fixed: str = "") -> str:
    """Return the address of a cell; `fixed` names what stays: ``"row"``, ``"column"``, ``"both"``.

    Examples
    --------
    >>> at(0, 2), at(9, 0, fixed="both"), at(9, 0, fixed="column")
    ('C1', '$A$10', '$A10')
    """
    before = "$" if fixed in {"column", "both"} else ""
    middle = "$" if fixed in {"row", "both"} else ""
    return f"{before}{column_name(column)}{middle}{row + 1}"


def span(top: int, left: int, bottom: int, right: int, *, sheet: str = "") -> str:
    """Return the fixed address of a range, on another sheet where one is named.

    Examples
    --------
    >>> span(6, 3, 9, 3, sheet="Pengolahan")
    "'Pengolahan'!$D$7:$D$10"
    """
    place = f"{at(top, left, fixed='both')}:{at(bottom, right, fixed='both')}"
    return f"'{sheet}'!{place}" if sheet else place
