"""Tables of Word documents: the parts inspected by `word_parts`, then read tag by tag.

No tree is built, so neither deep nor broad documents cost more than their own text.
Numbers that Word writes by itself in front of the items of a list are no text of the
document, and are not read; neither is text that a tracked change took out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from sipukat.readers.base import Grid, content, lines_of, wanted
from sipukat.readers.word_parts import main_part, refuse

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_COLUMNS: Final = 1024
_MOST_CELLS: Final = 1_000_000
_MOST_DEPTH: Final = 400  # of tags; a table in a table takes four to seven
_SPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)
# what is no longer, or not yet, the text: old formats, moved text, the second copy of a text box
_LEFT_OUT: Final = {
    *("Fallback", "del", "moveFrom"),
    *("tcPrChange", "trPrChange", "tblPrChange", "pPrChange", "rPrChange", "sectPrChange"),
}
_IN_A_RUN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "•"}
_OUTSIDE: Final = ""  # the tag of another vocabulary, such as drawings


class _Cell:
    """A cell being read; one that a merged cell covers is left blank."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.columns = 1
        self.covered = False

    def done(self) -> str:
        lines = (line.rstrip() for line in "".join(self.text).split("\n"))
        return "" if self.covered else "\n".join(lines).strip()


class _Table:
    """A table being read."""

    def __init__(self, above: list[str]) -> None:
        self.above = above
        self.rows: list[list[str]] = []
        self.cell: _Cell | None = None


class _Document:
    """The tables of a document, in their order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done: list[_Table] = []
        self.open: list[_Table] = []
        self.path: list[str] = []
        self.outside: list[str] = []  # text since the last table
        self.left_out = 0  # tags open inside one that is left out, itself included
        self.cells = 0

    def feed(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(part, True)
        except expat.ExpatError as failure:
            refuse(self.name, f"it is a damaged Word document: {failure}")

    def _doctype(self, *_: object) -> None:
        refuse(self.name, "it declares a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        inside = self.path[-1] if self.path else _OUTSIDE
        self.path.append(local if space in _SPACES else _OUTSIDE)
        if len(self.path) > _MOST_DEPTH:
            refuse(self.name, f"its tags are nested more than {_MOST_DEPTH} deep")
        if self.left_out or self.path[-1] in _LEFT_OUT:
            self.left_out += 1
            return
        match self.path[-1]:
            case "tbl":
                self.open.append(_Table([] if self.open else self.outside))
            case "tr" if self.open:
                self.open[-1].rows.append([])
            case "tc" if self.open:
                self.open[-1].cell = _Cell()
            case "gridBefore" | "gridSpan" | "vMerge" | "hMerge" if self.open:
                self._span(self.path[-1], next((v for k, v in attributes.items() if k.endswith(" val")), ""))
            case mark if inside == "r" and mark in _IN_A_RUN:
                self._say(_IN_A_RUN[mark])

    def _span(self, kind: str, value: str) -> None:
        size = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1  # noqa: PLR2004
        table = self.open[-1]
        if kind == "gridBefore" and table.rows:
            self._place(table, [""] * min(size, _MOST_COLUMNS + 1))
        elif table.cell is not None and kind == "gridSpan":
            table.cell.columns = max(1, min(size, _MOST_COLUMNS + 1))
        elif table.cell is not None and kind != "gridBefore":
            table.cell.covered = value != "restart"

    def _place(self, table: _Table, cells: list[str]) -> None:
        if not table.rows:
            table.rows.append([])
        table.rows[-1] += cells
        self.cells += len(cells)
        if len(table.rows[-1]) > _MOST_COLUMNS or self.cells > _MOST_CELLS:
            refuse(self.name, f"its tables have more than {_MOST_COLUMNS:,} columns or {_MOST_CELLS:,} cells")

    def _end(self, _: str) -> None:
        tag = self.path.pop()
        if self.left_out:
            self.left_out -= 1
            return
        if tag == "p":
            self._say("\n")
            return
        if not self.open or tag not in {"tbl", "tr", "tc"}:
            return
        table = self.open[-1]
        if tag == "tc" and table.cell is not None:
            cell, table.cell = table.cell, None
            self._place(table, [cell.done(), *[""] * (cell.columns - 1)])
        elif tag == "tr" and len(self.open) > 1:  # a table in a cell is text of that cell, a row a line
            self._say("\t".join(filter(None, table.rows.pop())) + "\n", level=-2)
        elif tag == "tbl":
            self.open.pop()
            if not self.open:
                self.done.append(table)
                self.outside = []

    def _text(self, text: str) -> None:
        if not self.left_out and self.path[-1] == "t":
            self._say(text)

    def _say(self, text: str, *, level: int = -1) -> None:
        if not self.open:
            self.outside.append(text)
        elif (cell := self.open[level].cell) is not None:
            cell.text.append(text)


class DocumentReader:
    """Reads the tables of a Word document (.docx), merged cells included.

    A merged cell has its text in its first place and blanks in the others. A paragraph
    or a line break in a cell is a line; a table in a cell is lines of that cell. A grid
    is named after the last line above its table, or ``Tabel 1``, ``Tabel 2``, … by its place.

    Examples
    --------
    >>> read_document.suffixes
    ('.docx',)
    """

    suffixes: tuple[str, ...] = (".docx",)

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return one grid for each table; row 1 is the first row of the table.

        Raises
        ------
        UnreadableFileError
            If it is no Word document, is damaged, encrypted or hostile, brings macros,
            or holds no table.
        """
        document = _Document(path.name)
        document.feed(main_part(content(path, most=_MOST_BYTES), path.name))
        grids = []
        for place, table in enumerate(document.done, start=1):
            above = lines_of("".join(table.above))
            name = above[-1] if above else f"Tabel {place}"
            grids.append(Grid(name=name, rows=table.rows, above=above))
        if not grids:
            refuse(path.name, "it is a Word document without a table")
        return wanted(grids, sheet, path.name)


read_document: Final = DocumentReader()
