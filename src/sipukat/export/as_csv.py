"""CSV for people: it opens right in a spreadsheet, and no text in it acts.

One named dialect, ``people``: UTF-8 with a mark at its start, semicolons, numbers as the
document's language writes them, and everything that the document says, part after part.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, assert_never

from sipukat.export.base import shown
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.report.document import Block, Document

# Spreadsheets take a cell for a formula by its first character (full-width forms too).
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
_SOURCE: Final = {"id": "Asal-usul", "en": "Provenance"}


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> inert("=1+1"), inert("Dinas A")
    ("'=1+1", 'Dinas A')
    """
    return f"'{text}" if text.startswith(_ACTIVE) or text.lstrip().startswith(_ACTIVE) else text


class CsvExporter:
    """Write the words, the tables, the notes and the provenance of a document as CSV.

    Tables follow one another, each under its caption, an empty line between. A text that
    starts like a formula gets an apostrophe before it; a program that reads tables is
    better served by JSON. Figures are left out: their numbers are in the tables.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Document, Provenance
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> csv_people(Document(title="=T", blocks=(), provenance=made)).decode("utf-8-sig").splitlines()[0]
    "'=T"
    """

    suffix = ".csv"
    media_type = "text/csv; charset=utf-8"
    delimiter = ";"

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with a byte order mark and CRLF line ends."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator="\r\n")
        head = _lines(document.title, document.subtitle)
        items = [[inert(item.label), inert(item.value)] for item in document.provenance.items]
        items.insert(0, [_SOURCE[document.lang]])
        parts = [head, *self._parts(document), items]
        for place, part in enumerate(part for part in parts if part):
            if place:
                writer.writerow([])
            writer.writerows(part)
        return buffer.getvalue().encode("utf-8-sig")

    def _parts(self, document: Document) -> Iterator[list[list[str]]]:
        """Yield the blocks; a heading only with what it heads, if that has no caption of its own."""
        heading: list[list[str]] = []
        for block in document.blocks:
            part = self._part(block, document)
            yield [*heading, *part] if isinstance(block, Paragraph | Note) else part
            heading = _lines(block.text) if isinstance(block, Heading) else []

    def _part(self, block: Block, document: Document) -> list[list[str]]:
        match block:
            case Table():
                return self._table(block, document)
            case Processing():
                return self._table(footer_table(block, lang=document.lang), document)
            case Headline():
                return _lines(block.text, block.detail)
            case Note():
                return _lines(" ".join(filter(None, (block.code, block.text, block.suggestion))))
            case Paragraph():
                return _lines(*block.text.splitlines())
            case Heading() | Figure() | Tally():
                return []
            case _:
                assert_never(block)

    def _table(self, table: Table, document: Document) -> list[list[str]]:
        rows = [[inert(table.caption)], [inert(column.label) for column in table.columns]]
        for row in table.rows:
            cells = []
            for cell, column in zip(row, table.columns, strict=True):
                text = shown(cell, column, document.lang, grouped=False)
                cells.append(inert(text) if isinstance(cell, str) else text)  # a number may be negative
            rows.append(cells)
        return [*rows, *_lines(table.note)]


def _lines(*texts: str) -> list[list[str]]:
    return [[inert(text)] for text in texts if text]


csv_people = CsvExporter()
