"""The Word document that a report starts from where the office gave no template."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sipukat.export.docx_xml import SPACES, elements, field, paragraph, run, w, word
from sipukat.report.cleaning import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FOOTER: Final = {"id": ("Halaman ", " dari "), "en": ("Page ", " of ")}
LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
_LONGEST: Final = 78  # characters of a title beside the page number
# A4 with margins of 2.5 and 2 cm, in twentieths of a point
_SECTION: Final = """<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" \
w:bottom="1304" w:left="1418" w:header="709" w:footer="624" w:gutter="0"/></w:sectPr>"""
_SETTINGS: Final = """<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>\
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:decimalSymbol w:val="{decimal}"/>\
<w:listSeparator w:val="{list}"/>"""


def style_sheet() -> bytes:
    """Return our styles, as a part of a Word document."""
    return files("sipukat.export").joinpath("docx_styles.xml").read_bytes()


@cache
def blank(lang: str) -> bytes:
    """Return an empty document of our own, A4, in a language."""
    space = f'xmlns:w="{SPACES["w"]}"'
    marks = {"decimal": ",", "list": ";"} if lang == "id" else {"decimal": ".", "list": ","}
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/></Types>',
        "_rels/.rels": _links(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {space}><w:body>{_SECTION}</w:body></w:document>",
        "word/_rels/document.xml.rels": _links(
            ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml")
        ),
        "word/settings.xml": f"<w:settings {space}>{_SETTINGS.format(**marks)}</w:settings>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
        archive.writestr("word/styles.xml", style_sheet())
    return buffer.getvalue()


def _links(*links: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{_RELATIONS}/{t}" Target="{to}"/>' for i, t, to in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def put_styles(document: Any) -> dict[str, str]:
    """Add those of our styles that a document lacks; return the id of each by its name.

    A style of the same name in the document stays as the office made it.
    """
    qn, theirs = word("docx.oxml.ns").qn, document.styles.element
    held = {
        named.get(qn("w:val"), "").casefold(): named.getparent().get(qn("w:styleId"))
        for named in theirs.iter(qn("w:name"))
        if named.getparent().tag == qn("w:style")
    }
    ours = word("docx.oxml").parse_xml(style_sheet()).findall(qn("w:style"))
    names = {style.get(qn("w:styleId")): style.find(qn("w:name")).get(qn("w:val")) for style in ours}
    default, kind = qn("w:default"), qn("w:type")
    defaults = {style.get(kind) for style in theirs.findall(qn("w:style")) if style.get(default)}
    used, found, added = set(held.values()), {}, []
    for style in ours:
        own = style.get(qn("w:styleId"))
        if (name := names[own]).casefold() in held:
            found[name] = held[name.casefold()]
            continue
        while own in used:
            own += "_"
        found[name] = own
        used.add(own)
        added.append(style)
    for style in added:
        for tag in ("w:basedOn", "w:next"):
            for link in style.findall(qn(tag)):
                link.set(qn("w:val"), found[names[link.get(qn("w:val"))]])
        style.set(qn("w:styleId"), found[names[style.get(qn("w:styleId"))]])
        if style.get(kind) in defaults:
            style.attrib.pop(default, None)
        theirs.append(style)
    return found


def put_language(document: Any, lang: str) -> None:
    """Say in which language the text of a document is, so that its spelling is checked by that."""
    qn, place = word("docx.oxml.ns").qn, document.styles.element
    for name in ("docDefaults", "rPrDefault", "rPr", "lang"):
        child = place.find(qn(f"w:{name}"))
        if child is None:
            (child,) = elements([w(name)])
            place.insert(len(place) if name == "lang" else 0, child)
        place = child
    place.set(qn("w:val"), LANGUAGES[lang])


def put_footer(document: Any, title: str, lang: str, *, styles: Mapping[str, str], room: int) -> None:
    """Write the title and *Halaman x dari y* at the foot of each page."""
    before, between = _FOOTER[lang]
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    content = run(f"{shortened(' '.join(title.split()), _LONGEST, mark='…')}\t{before}")
    content += field("PAGE", "1") + run(between) + field("NUMPAGES", "1")
    props = w("tabs", w("tab", val="right", pos=room))
    whole = footer._element  # noqa: SLF001  the one way to its XML
    for old in list(whole):
        whole.remove(old)
    whole.extend(elements([paragraph(content, styles["footer"], props)]))
