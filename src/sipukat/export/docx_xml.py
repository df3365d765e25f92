"""WordprocessingML as text: elements, runs and fields, with every text cleaned and escaped."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat.export.docx_letters import text_width
from sipukat.report.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_BREAKS: Final = re.compile(r"([\n\t])")
_BREAK: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}
BOLD: Final = "<w:b/><w:bCs/>"
_LISTED: Final = re.compile(r"(?:\d{1,3}|[a-z])[.)] (?=\S)")
_HALF: Final = 10  # twentieths of a point in half a point


def word(module: str = "docx") -> Any:
    """Return a module of python-docx.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    return require(module, extra="word", purpose="writing .docx")


def value(text: object) -> str:
    """Return a text as it stands between quotes in XML."""
    return escape(clean(str(text)), quote=True)


def w(name: str, /, *children: str, **attributes: object) -> str:
    """Return an element of WordprocessingML; `children` are elements already.

    Examples
    --------
    >>> w("pStyle", val="Heading2")
    '<w:pStyle w:val="Heading2"/>'
    """
    written = "".join(f' w:{key.rstrip("_")}="{value(each)}"' for key, each in attributes.items())
    inner = "".join(children)
    return f"<w:{name}{written}>{inner}</w:{name}>" if inner else f"<w:{name}{written}/>"


def run(text: str, props: str = "") -> str:
    r"""Return a run of text; a line feed in it is a line break, a tab a tab.

    Examples
    --------
    >>> run("a <b>\nc")
    '<w:r><w:t xml:space="preserve">a &lt;b&gt;</w:t><w:br/><w:t xml:space="preserve">c</w:t></w:r>'
    """
    if not (text := clean(text)):
        return ""
    parts = (
        _BREAK.get(part) or f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>'
        for part in _BREAKS.split(text)
        if part
    )
    return f"<w:r>{_look(props)}{''.join(parts)}</w:r>"


def paragraph(content: str, style: str = "", props: str = "") -> str:
    """Return a paragraph of runs; `style` is an id, `props` are its own properties, in the order of the law.

    The law is ECMA-376: keepNext, shd, spacing, ind, jc stand in this order.
    """
    named = w("pStyle", val=style) if style else ""
    return f"<w:p>{f'<w:pPr>{named}{props}</w:pPr>' if named or props else ''}{content}</w:p>"


def field(code: str, shown: str, props: str = "") -> str:
    """Return a field with the result that it has until it is updated.

    Examples
    --------
    >>> "PAGE" in field("PAGE", "1")
    True
    """
    return field_start(code, props) + run(shown, props) + field_end(props)


def field_start(code: str, props: str = "") -> str:
    """Return what stands before the result of a field."""
    said = f'<w:r>{_look(props)}<w:instrText xml:space="preserve"> {value(code)} </w:instrText></w:r>'
    return _field_mark("begin", props) + said + _field_mark("separate", props)


def field_end(props: str = "") -> str:
    """Return what stands behind the result of a field."""
    return _field_mark("end", props)


def _field_mark(kind: str, props: str) -> str:
    return f'<w:r>{_look(props)}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _look(props: str) -> str:
    return f"<w:rPr>{props}</w:rPr>" if props else ""


def lines(text: str, style: str, *, props: str = "", look: str = "", size: int = 21) -> str:
    r"""Return a text as one paragraph, or a paragraph a line where it is a list.

    The second line of an item stands under its first word.

    Parameters
    ----------
    text
        The words.
    style
        Id of the style of the paragraphs.
    props
        Properties of each paragraph.
    look
        Properties of each run.
    size
        Size of the letters, in half points.

    Examples
    --------
    >>> lines("1. KTP\n2. KK", "").count("<w:p>"), lines("Jl. A\nKota B", "").count("<w:p>")
    (2, 1)
    """
    each = text.split("\n")
    if not any(_LISTED.match(line) for line in each):
        return paragraph(run(text, look), style, props)
    close = "" if "w:spacing" in props else '<w:spacing w:after="40"/>'
    written = []
    for line in each:
        item = _LISTED.match(line)
        hung = int(text_width(item[0], size * _HALF)) if item and "w:ind" not in props else 0
        indent = w("ind", left=hung, hanging=hung) if hung else ""
        written.append(paragraph(run(line, look), style, _ordered(props, close, indent)))
    return "".join(written)


def _ordered(props: str, spacing: str, indent: str) -> str:
    """Put spacing and indent before the alignment, where Word wants them."""
    before, align, after = props.partition("<w:jc")
    return f"{before}{spacing}{indent}{align}{after}"


def elements(parts: Iterable[str]) -> list[Any]:
    """Parse elements that were written here; they may be put into any part of a document."""
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    return list(word("docx.oxml").parse_xml(f"<w:body{spaces}>{''.join(parts)}</w:body>"))
