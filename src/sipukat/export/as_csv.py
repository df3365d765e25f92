"""CSV in two named dialects, one for people and one for programs; no text in either acts.

``csv`` is for people: UTF-8 with a mark at its start, semicolons, numbers as the document's
language writes them, and everything that the document says, part after part.
``csv-machine`` is for programs: one table as RFC 4180 has it, under stable names.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, assert_never

from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.export.base import shown
from sipukat.export.tidy import tidy_tables
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Poster, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.export.tidy import TidyTable, Value
    from sipukat.report.document import Block, Document

# Spreadsheets take a cell for a formula by its first character (full-width forms too).
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
_SIGNED: Final = ("+", "-", "＋", "－")
_ACTS: Final = re.compile(r"[\w.]\(|[|!]")  # a call of a function, or of another program
_SOURCE: Final = {"id": "Asal-usul", "en": "Provenance"}


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> inert("=1+1"), inert("Dinas A")
    ("'=1+1", 'Dinas A')
    """
    return f"'{text}" if text.startswith(_ACTIVE) or text.lstrip().startswith(_ACTIVE) else text


def harmless(text: str) -> str:
    """Return a text that a spreadsheet cannot run, changed only where it could.

    What starts with a sign is most often a list (``"- Fotokopi KTP"``) or a telephone number:
    it gets an apostrophe only where it calls a function or another program.

    Examples
    --------
    >>> harmless("=1+1"), harmless("-cmd|' /C calc'!A0"), harmless("- Fotokopi KTP")
    ("'=1+1", "'-cmd|' /C calc'!A0", '- Fotokopi KTP')
    """
    if text.lstrip().startswith(_SIGNED) and not _ACTS.search(text):
        return text
    return inert(text)


class CsvExporter:
    """Write the words, the tables, the notes and the provenance of a document as CSV.

    Tables follow one another, each under its caption, an empty line between. A text that
    starts like a formula gets an apostrophe before it; a program that reads tables is
    better served by ``csv-machine`` or JSON. Figures are left out: their numbers are in the tables.

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
                part = self._table(block, document)
            case Processing():
                part = self._table(footer_table(block, lang=document.lang), document)
            case Headline():
                part = _lines(block.text, block.detail)
            case Poster():
                facts = [[inert(fact.label), inert(fact.value)] for fact in block.facts]
                part = [*self._part(block.headline, document), *facts]
            case Note():
                part = _lines(" ".join(filter(None, (block.code, block.text, block.suggestion))))
            case Paragraph():
                part = _lines(*block.text.splitlines())
            case Heading() | Figure() | Tally():
                part = []
            case _:
                assert_never(block)
        return part

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


def written(table: TidyTable) -> bytes:
    """Return a table as RFC 4180 has it: UTF-8, commas, CRLF, a heading of stable names."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode()


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str():
            return harmless(value)
        case int():
            return str(value)
        case _:
            assert_never(value)


class CsvMachineExporter:
    """Write one table of a document as CSV for programs.

    Headings are the stable keys of the columns, numbers have a decimal point and are not
    grouped, what is missing is empty, and every row is one observation: a row of totals is
    marked in the column ``total``, a group stands in ``group``, and why there is no number
    in ``<key>_note``. A text that a spreadsheet would run gets an apostrophe before it, and
    no other text is changed. A document of several tables gives its first: of an `IkmResult`
    that of the units. ``datapackage`` has them all.

    Parameters
    ----------
    table
        Id of another table, as in the Data Package, e.g. ``"unsur"``.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Column, Document, Provenance, Table
    >>> columns = [Column(key="unit", label="Unit"), Column(key="ikm", label="IKM", kind="number")]
    >>> table = Table(id="ikm", name="IKM", caption="IKM", columns=columns, rows=[("A", 90.643)])
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> csv_machine(Document(title="T", blocks=[table], provenance=made)).decode().splitlines()
    ['unit,ikm', 'A,90.64']
    """

    suffix = ".csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def __init__(self, table: str = "") -> None:
        self.table = table

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes without a mark, with CRLF line ends.

        Raises
        ------
        ArgumentError
            If the document has no table.
        UnknownNameError
            If it has no table of that id.
        """
        tables = {table.id: table for table in tidy_tables(document)}
        if not tables:
            raise ArgumentError(
                f"{document.title!r} has no table, and csv-machine writes one; take csv or json"
            )
        chosen = self.table or next(iter(tables))
        if chosen not in tables:
            raise UnknownNameError("table", chosen, tables)
        return written(tables[chosen])


csv_people: CsvExporter = CsvExporter()
csv_machine: CsvMachineExporter = CsvMachineExporter()
