"""XLSX: a summary, tables, charts, the official processing sheet, findings, a dictionary, provenance.

Where the document holds the processing sheet, the summary's numbers are live formulas on
it, and the values beside them are right for readers that do not compute.
"""

from __future__ import annotations

import io
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat._version import __version__
from sipukat.export import pengolahan, perhitungan, ringkasan, xlsx_charts, xlsx_dictionary
from sipukat.export.sheet import Book
from sipukat.export.xlsx_print import PORTRAIT, page, room, row_room, widths
from sipukat.report.document import Heading, Headline, Note, Paragraph, Poster
from sipukat.standards.manifest import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sipukat.export.sheet import Sheet
    from sipukat.report.document import Block, Column, Document, Table

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "summary": "Ringkasan",
        "processing": "Pengolahan",
        "tally": "Perhitungan",
        "notes": "Temuan",
        "source": "Asal-usul",
        "heads": "Tingkat|Kode|Temuan|Saran|In English",
        "error": "Kesalahan",
        "warning": "Peringatan",
        "info": "Catatan",
    },
    "en": {
        "summary": "Summary",
        "processing": "Pengolahan",
        "tally": "Computation",
        "notes": "Findings",
        "source": "Provenance",
        "heads": "Severity|Code|Finding|Suggestion|Bahasa Indonesia",
        "error": "Error",
        "warning": "Warning",
        "info": "Note",
    },
}
_FINDINGS: Final = (12.0, 10.0, 60.0, 46.0, 60.0)
_SOURCE: Final = (30.0, 90.0)
_LINES: Final = 90.0  # width of a page without a table
_PIECE: Final = 16_000  # letters of the manifest in a cell, half of what one holds: some count twice
_FROZEN: Final = 9  # rows above a table that may stand still with its headings


class XlsxExporter:
    """Write a document as a workbook. Needs ``sipukat[excel]``.

    Text is always text: no formula, no link. The same document gives the same bytes.
    """

    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __call__(self, document: Document, /) -> bytes:
        """Return the workbook.

        Raises
        ------
        MissingExtraError
            If XlsxWriter is not installed.
        ArgumentError
            If there are more rows than a sheet can hold.
        """
        xlsxwriter = require("xlsxwriter", extra="excel", purpose="writing .xlsx")
        buffer = io.BytesIO()
        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        letters = {"default_format_properties": {"font_name": "Arial", "font_size": 10}}
        workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **safe, **letters})
        made = document.provenance.generated.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        workbook.set_properties(
            {"title": document.title[:255], "author": f"sipukat {__version__}", "created": made}
        )
        workbook.set_calc_mode("auto")
        _fill(Book(workbook), document, _WORDS[document.lang])
        workbook.close()
        return buffer.getvalue()


def _fill(book: Book, document: Document, words: Mapping[str, str]) -> None:
    summary = book.sheet(words["summary"])
    first, rest = document.tables[:1], document.tables[1:]
    # The sheets are added in the order in which they are read, and filled in the order in
    # which they need each other.
    others = [(table, book.sheet(table.name)) for table in rest]
    if figures := xlsx_charts.figures_of(document):
        xlsx_charts.write(book.sheet(xlsx_charts.name_of(document.lang)), figures, document.lang)
    block = document.processing
    places = None
    if block is not None:
        subtitle = " · ".join(filter(None, (document.title, document.subtitle)))
        places = pengolahan.write(book.sheet(words["processing"]), block, subtitle=subtitle)
    links = perhitungan.write(book.sheet(words["tally"]), document.tally) if document.tally else {}
    _summary(summary, document, first[0] if first else None, places, links)
    for table, sheet in others:
        _table_sheet(sheet, table)
    notes = [note for note in document.blocks if isinstance(note, Note)]
    if notes:
        _notes(book.sheet(words["notes"]), notes, words)
    if document.tables or block is not None:
        xlsx_dictionary.write(book.sheet(xlsx_dictionary.name_of(document.lang)), document)
    _source(book.sheet(words["source"]), document)


def _summary(
    sheet: Sheet,
    document: Document,
    table: Table | None,
    places: pengolahan.Places | None,
    links: Mapping[int | None, str],
) -> None:
    sheet.text(0, 0, document.title, "title")
    row = 3
    lead = next((block for block in document.blocks if isinstance(block, Headline | Poster)), None)
    headline = lead.headline if isinstance(lead, Poster) else lead
    size = page(widths(table)) if table else [_LINES]
    last = len(size) - 1
    sheet.span(1, 0, last, document.subtitle, "subtitle", text_wrap=True, valign="top")
    sheet.worksheet.set_row(1, 1.1 * room(document.subtitle, sum(size) / 1.1))
    if headline is not None:
        big = {"font_size": 14, "font_color": "#0b5788", "text_wrap": True, "valign": "top"}
        sheet.span(row, 0, last, headline.text, "lead", **big)
        sheet.worksheet.set_row(row, 1.5 * room(headline.text, sum(size) / 1.4))
        sheet.span(row + 1, 0, last, headline.detail, "wrapped")
        sheet.worksheet.set_row(row + 1, room(headline.detail, sum(size)))
        row += 3
    for fact in lead.facts if isinstance(lead, Poster) else ():
        sheet.text(row, 0, f"{fact.label}: {fact.value}")
        row += 1

    def say(blocks: Iterable[Block], row: int) -> int:
        for block, look in running(blocks):
            align = {} if isinstance(block, Heading) or block.align == "left" else {"align": block.align}
            sheet.span(row, 0, last, block.text, look, **align)
            sheet.worksheet.set_row(row, room(block.text, sum(size[: last + 1])))
            row += 1
        return row

    before = document.blocks[: document.blocks.index(table)] if table is not None else ()
    after = document.blocks[len(before) :]
    if any(isinstance(block, Paragraph) for block in before):
        row = say(before, row) + 1
    repeat = None
    if table is not None:
        block = document.processing if places else None
        live = ringkasan.Live.of(table, block, places) if block and places else None
        head = row + 1
        row = write_table(sheet, table, row, live=live)
        ringkasan.link(sheet, table, head, links)
        size += [8.0] * (1 + live.places.unsur) if live else []
        if head <= _FROZEN:  # else the sheet is prose, and the table a part of it
            repeat = (head, head)
            sheet.worksheet.freeze_panes(head + 1, 0)
    row = say(after, row)
    sheet.finish(size, rows=row, landscape=True, repeat=repeat, printed=last + 1)


def running(blocks: Iterable[Block]) -> Iterator[tuple[Heading | Paragraph, str]]:
    """Yield the paragraphs of a document and the headings that stand right above one, with their looks."""
    heading: Heading | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            if heading is not None:
                yield heading, "lead"
            yield block, "wrapped"
        heading = block if isinstance(block, Heading) else None


def write_table(sheet: Sheet, table: Table, row: int, *, live: ringkasan.Live | None = None) -> int:
    """Write a table from `row` on, and return the row after it."""
    plain, size = len(table.rows) - table.total_rows, page(widths(table))
    last = len(size) - 1
    sheet.span(row, 0, last, table.caption, "lead", text_wrap=True, valign="top")
    sheet.worksheet.set_row(row, 1.2 * room(table.caption, sum(size) / 1.2))
    top = row + 1
    for column, head in enumerate(table.columns):
        sheet.text(top, column, head.label, "head")
    sheet.worksheet.set_row(top, 32)
    groups = set(table.group_rows)
    for line, cells in enumerate(table.rows):
        look = "group" if line in groups else "total" if line >= plain else "cell"
        for column, cell in enumerate(cells):
            _cell(sheet, top + 1 + line, column, cell, look, align=_align(table.columns[column]))
        if (tall := row_room(cells, size)) is not None:
            sheet.worksheet.set_row(top + 1 + line, tall)
    row = top + 1 + len(table.rows)
    if live is not None:
        live.write(sheet, table, top)
    if table.note:
        sheet.span(row, 0, last, table.note, "muted")
        sheet.worksheet.set_row(row, room(table.note, sum(size)))
        row += 1
    return row + 1


def _align(column: Column) -> str:
    if column.key in {"mutu", "no"}:
        return "center"
    return "left" if column.kind == "text" else "right"  # a text among numbers says why there is none


def _cell(sheet: Sheet, row: int, column: int, cell: Any, look: str, *, align: str) -> None:
    if cell is None:
        sheet.blank(row, column, look)
    elif isinstance(cell, str):
        sheet.text(row, column, cell, look, text_wrap=True, align=align)
    elif isinstance(cell, int | Decimal):
        sheet.number(row, column, cell, look, align=align)


def _table_sheet(sheet: Sheet, table: Table) -> None:
    end = write_table(sheet, table, 0)
    sheet.worksheet.freeze_panes(2, 0)
    size = page(widths(table))
    sheet.finish(size, rows=end, landscape=sum(size) > PORTRAIT, repeat=(1, 1))


def _notes(sheet: Sheet, notes: Sequence[Note], words: Mapping[str, str]) -> None:
    for column, head in enumerate(words["heads"].split("|")):
        sheet.text(0, column, head, "head")
    for row, note in enumerate(notes, start=1):
        cells = (words[note.severity], note.code, note.text, note.suggestion, note.beside)
        for column, cell in enumerate(cells):
            sheet.text(row, column, cell, "cell", text_wrap=True)
        sheet.worksheet.set_row(row, row_room(cells, _FINDINGS))
    sheet.worksheet.freeze_panes(1, 0)
    sheet.finish(_FINDINGS, rows=len(notes) + 1, landscape=True, repeat=(0, 0))


def _source(sheet: Sheet, document: Document) -> None:
    items = document.provenance.items
    for row, item in enumerate(items):
        sheet.text(row, 0, item.label, "label")
        sheet.text(row, 1, item.value, "wrapped")
        sheet.worksheet.set_row(row, room(item.value, _SOURCE[1]))
    for row, piece in enumerate(_pieces(document), start=len(items)):  # below what is printed
        sheet.text(row, 0, FORMAT, "muted", text_wrap=False)
        sheet.text(row, 1, piece, "muted", text_wrap=False)
    sheet.finish(_SOURCE, rows=len(items), landscape=True)


def _pieces(document: Document) -> list[str]:
    """Return the manifest, for programs, in pieces that a cell has room for."""
    came = document.provenance
    text = "" if came.manifest is None else came.model_dump_json(include={"generated", "manifest"})
    return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]


xlsx: XlsxExporter = XlsxExporter()
