"""HTML tables, which many applications save under the name ``.xls``.

The tags are found by splitting at ``<``, in one pass over the text: the parser of the
standard library takes quadratic time on texts made for that.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from sipukat.errors import UnreadableFileError
from sipukat.readers.base import Grid, content, lines_of, text_of, wanted

if TYPE_CHECKING:
    from pathlib import Path

_TAG: Final = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]{0,20}")
_SPAN: Final = re.compile(r"\b(colspan|rowspan)\s{0,9}=\s{0,9}[\"']?\s{0,9}(\d{1,6})", re.IGNORECASE)
_MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_COLUMNS: Final = 1024
_MOST_CELLS: Final = 4_000_000
_MOST_DEPTH: Final = 20
_RAW: Final = ("script", "style")
_BREAKS: Final = {"br", "p", "div", "li", "caption", *(f"h{n}" for n in range(1, 7))}


class _Table:
    """One table being read; a spanning cell has its text in its first place, blanks in the others."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.above: list[str] = []
        self.below: dict[int, int] = {}  # column -> rows still covered by a cell above
        self.cell: list[str] | None = None
        self.span = (1, 1)

    def open_row(self) -> None:
        self.close_cell()
        self.rows.append([])
        self._skip()

    def _skip(self) -> None:
        row = self.rows[-1]
        while self.below.get(len(row), 0):
            self.below[len(row)] -= 1
            row.append("")

    def open_cell(self, attributes: str) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        spans = {name.lower(): int(size) for name, size in _SPAN.findall(attributes[:2000])}
        columns = min(max(spans.get("colspan", 1), 1), _MOST_COLUMNS)
        self.span = (columns, max(spans.get("rowspan", 1), 1))
        self.cell = []

    def close_cell(self) -> None:
        if self.cell is None:
            return
        row, (columns, height) = self.rows[-1], self.span
        text = unescape("".join(self.cell)).strip()
        for place in range(columns):
            if height > 1:
                self.below[len(row)] = height - 1
            row.append(text if place == 0 else "")
        self.cell = None
        self._skip()


class _Page:
    """The tables of a page, in the order in which they start."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.cells = 0
        self.outside: list[str] = []  # text since the last table
        self.until = ""  # inside a comment, script or style: the tag that ends it

    def feed(self, text: str) -> None:
        before, *pieces = text.split("<")
        del before
        for piece in pieces:
            self._piece(piece)
        while self.open:
            self.open.pop().close_cell()

    def _piece(self, piece: str) -> None:
        if self.until:
            if self.until == "-->" and "-->" in piece:
                self.until = ""
                self._say(piece.rpartition("-->")[2])
            elif piece[: len(self.until)].lower() == self.until:
                self.until = ""
            return
        if piece.startswith("!--"):
            self.until = "" if "-->" in piece else "-->"
            self._say(piece.rpartition("-->")[2] if not self.until else "")
            return
        match = _TAG.match(piece)
        if match is None:
            # a bare "<" in text, but not the "!" of a declaration
            self._say(piece.partition(">")[2] if piece.startswith(("!", "?")) else f"<{piece}")
            return
        attributes, _, after = piece[match.end() :].partition(">")
        tag = match[0].lower()
        if tag in _RAW:
            self.until = f"/{tag}"
            return
        self._tag(tag, attributes)
        self._say(after)

    def _say(self, text: str) -> None:
        if not text:
            return
        if not self.open:
            self.outside.append(text)
        elif self.open[-1].cell is not None:
            self.open[-1].cell.append(text)
        else:
            self.open[-1].above.append(text)  # a caption

    def _open_table(self) -> None:
        self.open.append(_Table())
        self.tables.append(self.open[-1])
        self.open[-1].above, self.outside = self.outside, []
        if len(self.open) > _MOST_DEPTH:
            raise UnreadableFileError("its tables are nested too deeply", self.name, "Save it as .xlsx.")

    def _tag(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._open_table()
        if not self.open or self.open[-1].cell is None:
            self._say("\n" if tag.removeprefix("/") in _BREAKS else "")
        if not self.open:
            return
        table = self.open[-1]
        if tag == "/table":
            self.open.pop().close_cell()
        elif tag == "tr":
            table.open_row()
        elif tag in {"td", "th"}:
            table.open_cell(attributes)
            self.cells += table.span[0]
            if self.cells > _MOST_CELLS or len(table.rows[-1]) > _MOST_COLUMNS:
                raise UnreadableFileError(
                    "its tables have too many cells", self.name, "Save it as .xlsx, the survey alone."
                )
        elif tag in {"/td", "/th", "/tr"}:
            table.close_cell()
        elif tag in {"br", "/p", "/div"}:
            self._say("\n")


class HtmlReader:
    """Reads the tables of an HTML page, spanning cells included.

    Examples
    --------
    >>> ".html" in read_html.suffixes
    True
    """

    suffixes: tuple[str, ...] = (".html", ".htm")

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return one grid for each table; row 1 is the first row of the table.

        Raises
        ------
        UnreadableFileError
            If it is no text, or holds no table or too large ones.
        """
        page = _Page(path.name)
        page.feed(text_of(content(path, most=_MOST_BYTES), path.name))
        grids = [
            Grid(name=f"table {n}", rows=table.rows, above=lines_of(unescape("".join(table.above))))
            for n, table in enumerate(page.tables, 1)
            if table.rows
        ]
        if not grids:
            raise UnreadableFileError(
                "it is HTML without a table", path.name, "Export the table as .xlsx or CSV."
            )
        return wanted(grids, sheet, path.name)


read_html: Final = HtmlReader()
