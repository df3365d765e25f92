"""Markdown as GitHub writes it: headings, tables with aligned numbers, and every text as it stands."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, assert_never

from sipukat._text import number
from sipukat.export.base import shown
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Poster, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sipukat.report.document import Block, Document

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "table": "Tabel",
        "figure": "Gambar",
        "source": "Asal-usul angka",
        "error": "Kesalahan",
        "warning": "Peringatan",
        "info": "Catatan",
        "label": "Baris",
        "column": "Kolom",
        "value": "Nilai",
        "low": "Batas bawah",
        "high": "Batas atas",
        "mutu": "Mutu",
        "n": "n",
    },
    "en": {
        "table": "Table",
        "figure": "Figure",
        "source": "Where the numbers come from",
        "error": "Error",
        "warning": "Warning",
        "info": "Note",
        "label": "Row",
        "column": "Column",
        "value": "Value",
        "low": "Lower limit",
        "high": "Upper limit",
        "mutu": "Mutu",
        "n": "n",
    },
}
_DRAWN: Final = frozenset({"role"})  # how a record is drawn, not what it says
# What means something anywhere in a line: code, emphasis, links, HTML, tables, mathematics,
# footnotes, entities, and the braces of the template languages of site generators.
_ACTIVE: Final = re.compile(r"[\\`*\[<|~&${}^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=\{)[%#]")
_ADDRESS: Final = re.compile(r"(?i)\b(?:(?P<scheme>[a-z]{2,10}):(?=//)|(?P<www>www)\.)")
_CLOSING: Final = re.compile(r"(^| )(#+)$")  # would be dropped from the end of a heading
_LINE: Final = re.compile(r"^(?:(?P<mark>[#+=:>-])|(?P<digits>\d{1,9})(?P<after>[.)]))")


def escaped(text: str) -> str:
    r"""Return a text that Markdown prints as it stands; line ends become blanks.

    Examples
    --------
    >>> print(escaped("<b> {{7*7}} http://a.example"))
    \<b> \{\{7\*7\}\} http\://a.example
    """
    flat = " ".join(text.split())
    flat = _ACTIVE.sub(lambda found: f"\\{found[0]}", flat)
    return _ADDRESS.sub(lambda found: f"{found['scheme'] or found['www']}\\{found[0][-1]}", flat)


def _begun(text: str) -> str:
    """Escape a line; what would open a heading, a list or a rule at its start, too."""
    safe = escaped(text)
    found = _LINE.match(safe)
    if found is None:
        return safe
    head = found["digits"] or ""
    return f"{head}\\{safe[len(head) :]}"


def _heading(level: int, text: str) -> str:
    safe = _CLOSING.sub(r"\1\\\2", escaped(text))
    return f"{'#' * level} {safe}"


def _lines(text: str) -> str:
    """Escape a text of several lines, which stay lines."""
    return "\\\n".join(_begun(line) for line in text.split("\n") if line.strip())


def _strong(text: str) -> str:
    return f"**{safe}**" if (safe := escaped(text)) else ""


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.split("\n") if line.strip())


def _bold_cell(text: str) -> str:
    return "<br>".join(_strong(line) for line in text.split("\n") if line.strip())


class _Page:
    """One page being written; it counts its tables and figures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = _WORDS[document.lang]
        self.tables = 0
        self.figures = 0

    def parts(self) -> Iterator[str]:
        document = self.document
        yield _heading(1, document.title)
        yield _lines(document.subtitle)
        for block in document.blocks:
            yield from self.block(block)
        if items := document.provenance.items:
            yield f"## {self.words['source']}"
            yield "\n".join(f"- {_begun(item.label)}: {_cell(item.value)}" for item in items)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield _heading(block.level, block.text)
            case Paragraph():
                yield _lines(block.text)
            case Headline():
                yield from self.headline(block)
            case Table():
                yield from self.table(block)
            case Processing():
                yield from self.table(footer_table(block, lang=self.document.lang))
            case Figure():
                yield from self.figure(block)
            case Note():
                yield self.note(block)
            case Poster():
                yield from self.poster(block)
            case Tally():  # a workbook's: a page has nothing to compute with
                return
            case _:
                assert_never(block)

    def headline(self, block: Headline) -> Iterator[str]:
        yield _strong(block.text)
        yield _lines(block.detail)
        yield "\n".join(f"- {_begun(fact.label)}: {_strong(fact.value)}" for fact in block.facts)

    def poster(self, block: Poster) -> Iterator[str]:
        for inner in block.blocks:
            yield from self.block(inner)

    def note(self, block: Note) -> str:
        head = " ".join(filter(None, (self.words[block.severity], block.code)))
        says = " ".join(filter(None, (block.text, block.suggestion)))
        lines = [f"> {_strong(f'{head}.')} {escaped(says)}"]
        if block.beside:
            lines += [">", f"> {_begun(block.beside)}"]
        return "\n".join(lines)

    def table(self, table: Table) -> Iterator[str]:
        self.tables += 1
        yield f"**{self.words['table']} {self.tables}.** {escaped(table.caption)}"
        yield self.grid(table)
        yield _lines(table.note)

    def grid(self, table: Table) -> str:
        """Write the rows between pipes; totals and the heads of groups are strong."""
        lines = [_row(_cell(column.label) for column in table.columns)]
        lines.append(_row(":---" if column.kind == "text" else "---:" for column in table.columns))
        plain = len(table.rows) - table.total_rows
        strong = {*table.group_rows, *range(plain, len(table.rows))}
        for place, row in enumerate(table.rows):
            write = _bold_cell if place in strong else _cell
            cells = zip(row, table.columns, strict=True)
            lines.append(_row(write(shown(cell, c, self.document.lang)) for cell, c in cells))
        return "\n".join(lines)

    def figure(self, figure: Figure) -> Iterator[str]:
        """Write what is drawn: in words, and as the numbers."""
        self.figures += 1
        yield f"**{self.words['figure']} {self.figures}.** {escaped(figure.caption)}"
        yield _lines(figure.alt.removeprefix(figure.caption).strip())
        keys = dict.fromkeys(key for record in figure.data for key in record)
        filled = [key for key in keys if any(record.get(key) not in (None, "") for record in figure.data)]
        told = [key for key in filled if key not in _DRAWN]
        if not told:
            return
        numeric = {key for key in told if all(not isinstance(r.get(key), str) for r in figure.data)}
        lines = [_row(_cell(self.words.get(key, key)) for key in told)]
        lines.append(_row("---:" if key in numeric else ":---" for key in told))
        lines += [
            _row(_cell(self.value(record.get(key), dash=key in numeric)) for key in told)
            for record in figure.data
        ]
        yield "\n".join(lines)

    def value(self, value: Any, *, dash: bool) -> str:
        """Print a number of a record with the decimals that it was rounded to."""
        if isinstance(value, Decimal):
            exponent = value.as_tuple().exponent
            decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            return number(value, decimals, lang=self.document.lang)
        if isinstance(value, int):
            return number(value, 0, lang=self.document.lang)
        return str(value or ("–" if dash else ""))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


class MarkdownExporter:
    r"""Write a document as GitHub-flavoured Markdown.

    Every text is escaped, so that it is printed as it stands: no HTML, link, image, emphasis,
    mathematics or template brace of a name does anything; only the line ends of a cell are
    written as ``<br>``, since a table has no other. A figure is its words and its numbers.
    Respondents' answers are left out: of the processing sheet only the footer is shown.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Document, Paragraph, Provenance
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> print(markdown(Document(title="T", blocks=(Paragraph(text="<b>"),), provenance=made)).decode())
    # T
    <BLANKLINE>
    \<b>
    <BLANKLINE>
    """

    suffix = ".md"
    media_type = "text/markdown; charset=utf-8; variant=GFM"

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with Unix line ends."""
        text = "\n\n".join(part for part in _Page(document).parts() if part)
        return f"{text}\n".encode()


markdown: MarkdownExporter = MarkdownExporter()
