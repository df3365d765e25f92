"""DOCX: real headings, captions, tables and pictures, in the office's own letterhead where it gives one.

The picture of a figure is its SVG, and beside it a PNG (where Typst is installed) or an
Enhanced Metafile for programs that do not draw SVG; `sipukat.export.docx_pictures` says why.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, assert_never

from sipukat._text import tanggal
from sipukat.export import docx_base, docx_pictures, docx_template
from sipukat.export.docx_contents import Contents, caption
from sipukat.export.docx_tables import TableWriter
from sipukat.export.docx_xml import BOLD, elements, lines, paragraph, run, w, word
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Poster, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sipukat.report.document import Block, Document

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "table": "Tabel",
        "figure": "Gambar",
        "source": "Asal-usul angka",
        "error": "Kesalahan",
        "warning": "Peringatan",
        "info": "Catatan",
    },
    "en": {
        "table": "Table",
        "figure": "Figure",
        "source": "Where the numbers come from",
        "error": "Error",
        "warning": "Warning",
        "info": "Note",
    },
}
_NOTES: Final = {"error": "Sipukat Kesalahan", "warning": "Sipukat Peringatan", "info": "Sipukat Catatan"}
_LANGUAGES: Final = {"id": "en-GB", "en": "id-ID"}  # of the words beside
_FIRST_PICTURE: Final = 7000  # so that numbers do not meet those of a template
_BROAD: Final = 1.16  # Bookman Old Style, in which many offices write, against Arial
_BELOW: Final = 900  # twentieths of a point that the caption of a picture needs
_CORE: Final = 255  # characters; no program wants more in a property
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_SHORT: Final = 40  # characters of what may not be broken
_INK: Final = w("color", val="17212B")
_MUTED: Final = w("color", val="55636F")


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0") if len(text) <= _SHORT else text


class _Body:
    """The body of one document being written; it counts its tables and figures."""

    def __init__(self, document: Document, file: Any, place: Any) -> None:
        self.document = document
        self.file = file
        self.words = _WORDS[document.lang]
        self.styles = docx_base.put_styles(file)
        self.width, self.height = docx_template.room(file, place)
        self.broad = 1.0 if place is None else _BROAD
        heads = [block for block in document.blocks if isinstance(block, Heading)]
        if document.provenance.items:
            heads.append(Heading(level=2, text=self.words["source"]))
        self.contents = Contents(heads, lang=document.lang, styles=self.styles)
        self.tables = self.figures = self.pictures = 0
        self.loose = False  # whether what was last written is a table, which brings no air of its own

    def write(self, placed: Iterable[str]) -> Iterator[str]:
        """Yield the report, without what the template has places for."""
        document, has = self.document, set(placed)
        if "judul" not in has:
            yield paragraph(run(document.title), self.styles["heading 1"])
        if "subjudul" not in has and document.subtitle:
            yield paragraph(run(document.subtitle), self.styles["Subtitle"])
        yield self.contents.table()
        for block in document.blocks:
            yield self.block(block)
        if "asal_usul" not in has:
            yield from self.source()

    def block(self, block: Block) -> str:
        air = w("spacing", before=240) if self.loose else ""
        self.loose = False
        match block:
            case Heading():
                written = self.contents.heading(block)
            case Paragraph():
                written = self.paragraph(block, air)
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

    def paragraph(self, block: Paragraph, air: str) -> str:
        props = {
            "left": air,
            "center": air + w("jc", val="center"),
            "right": air + w("ind", left=self.width // 2),  # a signature stands in the right half
        }
        return lines(block.text, "", props=props[block.align])

    def headline(self, block: Headline) -> str:
        angka, says, more = (self.styles[f"Sipukat {n}"] for n in ("Angka", "Ringkasan", "Rincian"))
        first, rest = block.facts[:1], block.facts[1:]
        written = [
            paragraph(
                run(f"{fact.label}\n", _MUTED + w("sz", val=18) + w("szCs", val=18)) + run(fact.value), angka
            )
            for fact in first
        ]
        written.append(paragraph(run(block.text), says))
        if block.detail:
            written.append(paragraph(run(block.detail), more, w("keepNext") if rest else ""))
        if rest:
            pairs = (
                run(f"{_unbroken(fact.label)}:\u00a0") + run(_unbroken(fact.value), BOLD + _INK)
                for fact in rest
            )
            written.append(paragraph(run("\u2003 ").join(pairs), more))
        self.loose = True
        return "".join(written)

    def table(self, block: Table) -> str:
        self.tables += 1
        named = caption(self.words["table"], self.tables, block.caption, self.styles["caption"], above=True)
        writer = TableWriter(
            block, lang=self.document.lang, styles=self.styles, room=self.width, broad=self.broad
        )
        written = writer.write()
        self.loose = not block.note
        note = paragraph(run(block.note), self.styles["Sipukat Keterangan"]) if block.note else ""
        return named + written + note

    def figure(self, block: Figure) -> str:
        self.figures += 1
        number, shown = self.figures, []
        for picture in docx_pictures.drawn(block, width=self.width, height=self.height - _BELOW):
            self.pictures += 1
            name = f"{self.words['figure']} {number}"
            written = docx_pictures.add(
                self.file.part, picture, number=_FIRST_PICTURE + self.pictures, name=name, alt=block.alt
            )
            shown.append(paragraph(written, self.styles["Sipukat Gambar"]))
        named = caption(self.words["figure"], number, block.caption, self.styles["caption"], above=False)
        return "".join(shown) + named

    def note(self, block: Note) -> str:
        head = f"{self.words[block.severity]}{f' {block.code}' if block.code else ''}."
        says = " ".join(filter(None, (block.text, block.suggestion)))
        other = _MUTED + w("sz", val=18) + w("szCs", val=18) + w("lang", val=_LANGUAGES[self.document.lang])
        beside = run(f"\n{block.beside}", other) if block.beside else ""
        return paragraph(run(head, BOLD) + run(f" {says}") + beside, self.styles[_NOTES[block.severity]])

    def source(self) -> Iterator[str]:
        items = self.document.provenance.items
        if items:
            yield self.contents.heading(Heading(level=2, text=self.words["source"]))
        style = self.styles["Sipukat Asal-usul"]
        for item in items:
            yield paragraph(run(f"{item.label}\t", _MUTED) + run(item.value), style)


class DocxExporter:
    """Write a document as a Word file (.docx). Needs ``sipukat[word]``.

    The same document gives the same bytes. Respondents' answers are left out: of the
    processing sheet only the footer is shown.

    Parameters
    ----------
    template
        The bytes of the office's own document, as `with_template` took them; empty for none.

    Examples
    --------
    >>> docx.suffix
    '.docx'
    """

    suffix = ".docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def __init__(self, template: bytes = b"") -> None:
        self._template = template

    def with_template(self, path: Path) -> DocxExporter:
        """Return an exporter that fills the office's own document.

        Its letterhead, styles, paper and margins stay. The report stands where a paragraph
        says ``{{ isi }}``; ``{{ judul }}``, ``{{ subjudul }}``, ``{{ tanggal }}`` and
        ``{{ asal_usul }}`` may have places too, in headers, footers and tables as well. Styles
        that it lacks are added.

        Parameters
        ----------
        path
            A .docx without macros.

        Raises
        ------
        PublishError
            If it is no such file, or has no paragraph ``{{ isi }}``.
        MissingExtraError
            If python-docx is not installed.
        """
        return DocxExporter(docx_template.checked(path))

    def __call__(self, document: Document, /) -> bytes:
        """Return the file.

        Raises
        ------
        MissingExtraError
            If python-docx is not installed.
        """
        start = self._template or docx_base.blank(document.lang)
        file = word().Document(io.BytesIO(start))
        placed: list[str] = []
        place = None
        if self._template:
            docx_template.forget(file)
            placed = [name for name, _ in docx_template.places(file)]
            place = docx_template.fill(file, _texts(document))
        body = _Body(document, file, place)
        docx_template.put(file, place, elements(body.write(placed)))
        if place is None:
            docx_base.put_footer(file, document.title, document.lang, styles=body.styles, room=body.width)
        docx_base.put_language(file, document.lang)
        _describe(file, document)
        buffer = io.BytesIO()
        file.save(buffer)
        return _same_bytes(buffer.getvalue())


def _texts(document: Document) -> dict[str, str]:
    """Return what stands in the small places of a template."""
    return {
        "judul": document.title,
        "subjudul": document.subtitle,
        "tanggal": tanggal(document.provenance.generated.date(), lang=document.lang),
        "asal_usul": "\n".join(f"{item.label}: {item.value}" for item in document.provenance.items),
    }


def _describe(file: Any, document: Document) -> None:
    """Say in the file's properties what it is; who wrote the template is nobody's business."""
    made = document.provenance.generated.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core = file.core_properties
    core.title, core.subject = document.title[:_CORE], document.subtitle[:_CORE]
    core.author = core.last_modified_by = core.comments = core.keywords = core.category = ""
    core.created = core.modified = made
    core.revision, core.language = 1, docx_base.LANGUAGES[document.lang]


def _same_bytes(data: bytes) -> bytes:
    """Write the archive again without the time of day: the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            made.create_system = 0
            new.writestr(made, old.read(entry), zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()


docx: DocxExporter = DocxExporter()
