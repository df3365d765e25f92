"""HTML: one file, no script, nothing fetched; readable by eye, by ear and on paper."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from sipukat._version import __version__
from sipukat.export.base import shown
from sipukat.plot import svg
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Poster, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sipukat.report.cleaning import Cell
    from sipukat.report.document import Block, Column, Document

_CSP: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
_WIDE, _NARROW = 720, 352
_SHORT, _FEW_LETTERS = 15, 1_500  # of a table that is not broken over two pages
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "skip": "Langsung ke isi",
        "table": "Tabel",
        "figure": "Gambar",
        "source": "Asal-usul angka",
        "error": "Kesalahan",
        "warning": "Peringatan",
        "info": "Catatan",
    },
    "en": {
        "skip": "Skip to the content",
        "table": "Table",
        "figure": "Figure",
        "source": "Where the numbers come from",
        "error": "Error",
        "warning": "Warning",
        "info": "Note",
    },
}


@cache
def _style() -> str:
    return files("sipukat.export").joinpath("report.css").read_text(encoding="utf-8")


def _class(column: Column) -> str:
    if column.kind != "text":
        return ' class="num"'
    return f' class="{column.key}"' if column.key in {"mutu", "no"} else ""


class _Page:
    """One page being written; it counts its tables and figures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = _WORDS[document.lang]
        self.tables = 0
        self.figures = 0

    def blocks(self) -> Iterable[str]:
        for is_note, group in groupby(self.document.blocks, key=lambda block: isinstance(block, Note)):
            if is_note:
                notes = "".join(self.note(block) for block in group if isinstance(block, Note))
                yield f'<ul class="notes">{notes}</ul>'
            else:
                yield from (self.block(block) for block in group)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                written = f"<h{block.level}>{escape(block.text)}</h{block.level}>"
            case Paragraph():
                style = "" if block.align == "left" else f' class="{block.align}"'
                written = f"<p{style}>{escape(block.text)}</p>"
            case Headline():
                written = self.headline(block)
            case Table():
                written = self.table(block)
            case Figure():
                written = self.figure(block)
            case Processing():
                written = self.table(footer_table(block, lang=self.document.lang))
            case Note():
                written = self.note(block)
            case Poster():
                written = "".join(self.block(part) for part in block.blocks)
            case Tally():  # a workbook's: a page has nothing to compute with
                written = ""
            case _:
                assert_never(block)
        return written

    def headline(self, block: Headline) -> str:
        first, rest = block.facts[:1], block.facts[1:]
        big = "".join(f'<p class="big"><small>{escape(f.label)}</small>{escape(f.value)}</p>' for f in first)
        detail = f'<p class="detail">{escape(block.detail)}</p>' if block.detail else ""
        facts = "".join(f"<div><dt>{escape(f.label)}</dt><dd>{escape(f.value)}</dd></div>" for f in rest)
        says = f'<div><p class="says">{escape(block.text)}</p>{detail}</div>'
        return f'<div class="headline">{big}{says}{f"<dl>{facts}</dl>" if facts else ""}</div>'

    def figure(self, block: Figure) -> str:
        self.figures += 1
        named = block.model_copy(update={"id": f"gambar-{self.figures}"})  # an id occurs once in a page
        wide, narrow = svg(named, width=_WIDE), svg(named, width=_NARROW)
        pair = f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'
        number = f"{self.words['figure']} {self.figures}."
        caption = f"<figcaption><b>{number}</b> {escape(block.caption)}</figcaption>"
        return f'<figure class="plot">{pair}{caption}</figure>'

    def table(self, block: Table) -> str:
        self.tables += 1
        name = f"tabel-{self.tables}"
        number = f"{self.words['table']} {self.tables}."
        head = "".join(f'<th scope="col"{_class(c)}>{escape(c.label)}</th>' for c in block.columns)
        plain = len(block.rows) - block.total_rows
        groups = set(block.group_rows)
        body = "".join(
            self._group(row) if place in groups else self._row(row, block, total=place >= plain)
            for place, row in enumerate(block.rows)
        )
        letters = sum(len(str(cell)) for row in block.rows for cell in row)
        short = " short" if len(block.rows) <= _SHORT and letters <= _FEW_LETTERS else ""
        note = f'<p class="table-note">{escape(block.note)}</p>' if block.note else ""
        return (
            f'<div class="scroll{short}" role="region" aria-labelledby="{name}" tabindex="0"><table>'
            f'<caption id="{name}"><div><b>{number}</b> {escape(block.caption)}</div></caption>'
            f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>{note}"
        )

    def _row(self, row: Sequence[Cell], table: Table, *, total: bool) -> str:
        heads = [p for p, c in enumerate(table.columns) if table.named_by in {"", c.key}]
        named = next((place for place in heads if table.columns[place].kind == "text"), None)
        cells = []
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            text = escape(shown(cell, column, self.document.lang))
            if place == named:
                cells.append(f'<th scope="row">{text}</th>')
            else:
                cells.append(f"<td{_class(column)}>{text}</td>")
        kind = ' class="total"' if total else ""
        return f"<tr{kind}>{''.join(cells)}</tr>\n"

    def _group(self, row: Sequence[Cell]) -> str:
        """Write a row that opens a group: its one filled cell reaches to the end."""
        before = next((place for place, cell in enumerate(row) if cell not in (None, "")), 0)
        text = escape(str(row[before] or ""))
        span = f'<th scope="rowgroup" colspan="{len(row) - before}">{text}</th>'
        return f'<tr class="group">{"<td></td>" * before}{span}</tr>\n'

    def note(self, block: Note) -> str:
        other = "en" if self.document.lang == "id" else "id"
        beside = f'<p class="beside" lang="{other}">{escape(block.beside)}</p>' if block.beside else ""
        says = " ".join(filter(None, (block.text, block.suggestion)))
        code = f" {escape(block.code)}" if block.code else ""
        severity = self.words[block.severity]
        return f'<li class="{block.severity}"><p><b>{severity}{code}.</b> {escape(says)}</p>{beside}</li>'

    def source(self) -> str:
        items = self.document.provenance.items
        lines = "".join(f"<dt>{escape(item.label)}</dt><dd>{escape(item.value)}</dd>\n" for item in items)
        return f"<h2>{self.words['source']}</h2>\n<dl>\n{lines}</dl>" if items else ""


class HtmlExporter:
    """Write a document as one HTML page.

    Everything from outside is escaped; a content security policy forbids scripts and
    fetching besides. Each figure is there twice, wide and narrow, and the style sheet
    shows the one that fits. Respondents' answers are left out: of the processing sheet
    only the footer is shown.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Document, Paragraph, Provenance
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> page = html(Document(title="T", blocks=(Paragraph(text="<b>"),), provenance=made))
    >>> b"<p>&lt;b&gt;</p>" in page
    True
    """

    suffix = ".html"
    media_type = "text/html; charset=utf-8"

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with Unix line ends."""
        page = _Page(document)
        title = " · ".join(filter(None, (document.title, document.subtitle)))
        subtitle = f'\n<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
        body = "\n".join(page.blocks())
        text = f"""<!DOCTYPE html>
<html lang="{document.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="sipukat {__version__}">
<title>{escape(title)}</title>
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#isi">{page.words["skip"]}</a>
<div class="page">
<header><h1>{escape(document.title)}</h1>{subtitle}</header>
<main id="isi" tabindex="-1">
{body}
</main>
<footer class="provenance">{page.source()}</footer>
</div>
</body>
</html>
"""
        return text.encode()


html: HtmlExporter = HtmlExporter()
