"""The office's own document as a template: what it may be, and the places in it that are filled.

A place is a paragraph whose only text is its name in double braces, e.g. ``{{ isi }}``.
That is all: there is no language in it, and nothing is computed. A text that looks like a
place and comes from a survey stays text, because places are looked for before anything is
written.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sipukat.errors import PublishError, UnreadableFileError
from sipukat.export.docx_xml import elements, run, word
from sipukat.readers.base import content
from sipukat.readers.word_parts import main_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ISI: Final = "isi"
PLACES: Final = (ISI, "judul", "subjudul", "tanggal", "asal_usul")
_PLACE: Final = re.compile(r"\{\{\s*(\w{1,40})\s*\}\}")
_MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_INFLATED: Final = 128 * 1024 * 1024
_MOST_RATIO: Final = 200
_SMALL: Final = 1024 * 1024  # a ratio says nothing of parts that are small anyway
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MAIN: Final = b"wordprocessingml.document.main+xml"
_WRITE: Final = "write {{ isi }} in a paragraph of its own, where the report is to stand"


def checked(path: Path) -> bytes:
    """Return the bytes of a template, or refuse it.

    Raises
    ------
    PublishError
        If it is no Word document, is damaged or encrypted, brings macros, could exhaust the
        memory, or lacks the place for the report.
    """
    try:
        data = content(path, most=_MOST_BYTES)
        main_part(data, path.name)
        _check_parts(data, path)
        document = word().Document(io.BytesIO(data))
    except UnreadableFileError as failure:
        _refuse(path, failure.problem)
    except (ValueError, LookupError, SyntaxError) as failure:  # an XML that is none is a SyntaxError
        _refuse(path, f"it is a damaged Word document: {str(failure)[:200]}")
    found = [name for name, _ in places(document)]
    if strange := sorted(set(found) - set(PLACES)):
        known = ", ".join(f"{{{{ {name} }}}}" for name in PLACES)
        _refuse(path, f"it has the place {{{{ {strange[0]} }}}}, which is unknown; the places are {known}")
    if found.count(ISI) != 1:
        many = f"it has the place {{{{ isi }}}} {found.count(ISI)} times" if found.count(ISI) else ""
        _refuse(path, f"{many or 'it has no place for the report'}; {_WRITE}, once")
    place = next(element for name, element in places(document) if name == ISI)
    if place.getparent() is not document.element.body:
        _refuse(path, f"its place {{{{ isi }}}} stands in a table, a frame, a header or a footer; {_WRITE}")
    return data


def _refuse(path: Path, problem: str) -> NoReturn:
    raise PublishError(str(path), f"as a template it cannot be used: {problem}") from None


def _check_parts(data: bytes, path: Path) -> None:
    """Look at all parts: the package is opened whole, not only the part with the text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            inflated = sum(entry.file_size for entry in entries)
            if inflated > _MOST_INFLATED:
                most = _MOST_INFLATED // 2**20
                _refuse(path, f"it inflates to {inflated // 2**20:,} MiB, more than {most}")
            for entry in entries:
                ratio = entry.file_size // max(entry.compress_size, 1)
                if entry.file_size > _SMALL and ratio > _MOST_RATIO:
                    _refuse(
                        path, f"its part {entry.filename} inflates {ratio:,}-fold, more than {_MOST_RATIO}"
                    )
                part = archive.read(entry)
                if entry.filename.lower().endswith((".xml", ".rels")) and _DECLARATION.search(part):
                    _refuse(path, f"its part {entry.filename} declares a document type or an entity")
            if _MAIN not in archive.read("[Content_Types].xml"):
                _refuse(path, "it is no plain Word document; save it in Word as .docx, without macros")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as failure:
        _refuse(path, f"it is a damaged Word document: {str(failure)[:200]}")


def places(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the places of a document, its headers and footers, each with its paragraph."""
    qn = word("docx.oxml.ns").qn
    for root in _roots(document):
        for element in root.iter(qn("w:p")):
            text = "".join(piece.text or "" for piece in element.iter(qn("w:t")))
            if found := _PLACE.fullmatch(text.strip()):
                yield found[1], element


def _roots(document: Any) -> Iterator[Any]:
    yield document.element.body
    kinds = word("docx.opc.constants").RELATIONSHIP_TYPE
    for link in document.part.rels.values():
        if link.reltype in {kinds.HEADER, kinds.FOOTER}:
            yield link.target_part.element


def fill(document: Any, texts: Mapping[str, str]) -> Any:
    """Write the short texts into their places, and return the paragraph of the report itself.

    Each keeps the look of the first letters of its place.
    """
    qn = word("docx.oxml.ns").qn
    isi = None
    for name, element in list(places(document)):
        if name == ISI:
            isi = element
            continue
        look = element.find(f".//{qn('w:r')}/{qn('w:rPr')}")
        for child in list(element):
            if child.tag != qn("w:pPr"):
                element.remove(child)
        for made in elements([run(texts[name])]):
            if look is not None:
                made.insert(0, look)
            element.append(made)
    return isi


def room(document: Any, place: Any) -> tuple[int, int]:
    """Return width and height of the text on the page where a paragraph stands, in twentieths of a point."""
    qn = word("docx.oxml.ns").qn
    sections = [place.getparent().find(qn("w:sectPr"))] if place is not None else []
    after = place
    while after is not None:
        if (found := after.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")) is not None:
            sections.insert(0, found)
            break
        after = after.getnext()
    section = sections[0] if sections else None
    if section is None:
        section = document.sections[-1]._sectPr  # noqa: SLF001  the one way to its XML
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))

    def of(element: Any, name: str, usual: int) -> int:
        text = None if element is None else element.get(qn(f"w:{name}"))
        return int(text) if text and text.isdigit() else usual

    wide = of(size, "w", 11906) - of(margin, "left", 1440) - of(margin, "right", 1440)
    tall = of(size, "h", 16838) - of(margin, "top", 1440) - of(margin, "bottom", 1440)
    columns = section.find(qn("w:cols"))
    count = max(of(columns, "num", 1), 1)
    gap = of(columns, "space", 720) if count > 1 else 0
    return max((wide - gap * (count - 1)) // count, 1440), max(tall, 2880)


def put(document: Any, place: Any, written: list[Any]) -> None:
    """Put the report in the place of a paragraph; without one, at the end of the document."""
    qn = word("docx.oxml.ns").qn
    if place is None:
        end = document.element.body[-1]  # the properties of the last section
        for element in written:
            end.addprevious(element)
        return
    for element in written:
        place.addprevious(element)
    after = place.getnext()
    ends_section = place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    if ends_section or after is None or after.tag != qn("w:p"):
        for child in list(place):  # a table needs a paragraph after it, and a section one that ends it
            if child.tag != qn("w:pPr"):
                place.remove(child)
    else:
        place.getparent().remove(place)


def forget(document: Any) -> None:
    """Drop what a template leads to beyond itself: a template of its own, and its preview picture."""
    package = document.part.package
    kinds = word("docx.opc.constants").RELATIONSHIP_TYPE
    named = [link for link in document.part.rels.values() if link.reltype == kinds.SETTINGS]
    parts = [link.target_part for link in named if not link.is_external]
    for links in (package.rels, document.part.rels, *(part.rels for part in parts)):
        for key, link in list(links.items()):
            if link.reltype.endswith(("/attachedTemplate", "/thumbnail")):
                del links[key]
    qn = word("docx.oxml.ns").qn
    for element in document.settings.element.findall(qn("w:attachedTemplate")):
        document.settings.element.remove(element)
