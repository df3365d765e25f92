"""Figures in Word: the SVG itself, and beside it a picture for programs that do not read SVG.

Word since 2016 and LibreOffice since 7.6 draw the SVG. For older ones, and for those that
take only the plain picture, there is a PNG at twice the size where Typst is installed
(``sipukat[pdf]``), and otherwise an Enhanced Metafile of our own: LibreOffice 7.4 showed
nothing at all with a blank picture in its place, and shows both of these as they should be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat.export.docx_emf import emf
from sipukat.export.docx_xml import value, word
from sipukat.plot import svg
from sipukat.plot.theme import FONT, STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.report.document import Figure

EMU: Final = 635  # English metric units of a twentieth of a point
_WIDE, _NARROW, _PIXEL = 720, 352, 15  # pixels, and how many twentieths of a point one is
_NARROW_FROM: Final = 5000  # twentieths of a point of a column that is too narrow for the wide figure
_SMALLEST: Final = 0.62  # of its natural size: 13 px are 6 points then
_ONE_A_ROW: Final = {"unit_intervals", "unit_ranks"}  # charts that may be told in parts
_FACES: Final = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
_SVG_BLIP: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TYPST: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.drawing), format: "svg")"""
_PPI: Final = 192  # twice the size of a drawing that has 96 pixels an inch


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, drawn: its SVG, its size in pixels, and that in the document, in twentieths of a point."""

    drawing: str
    width: int
    height: int


def drawn(figure: Figure, *, width: int, height: int) -> Iterator[Picture]:
    """Yield a figure as one picture, or as several where one would be too small to read.

    Parameters
    ----------
    figure
        The figure.
    width, height
        Room on the page, in twentieths of a point.
    """
    natural = _WIDE if width >= _NARROW_FROM else _NARROW
    whole = _picture(figure, natural, width, height)
    least = _SMALLEST * natural * _PIXEL if natural == _WIDE else _SMALLEST * width
    parts = 1
    if figure.chart in _ONE_A_ROW and whole.width < least:
        parts = ceil(least / whole.width * 1.1)
    if parts == 1:
        yield whole
        return
    rows = [record for record in figure.data if record.get("role") != "overall"]
    overall = [record for record in figure.data if record.get("role") == "overall"]
    size = ceil(len(rows) / parts)
    for first in range(0, len(rows), size):
        data = (*rows[first : first + size], *overall)
        yield _picture(figure.model_copy(update={"data": data}), natural, width, height)


def _picture(figure: Figure, natural: int, width: int, height: int) -> Picture:
    text = svg(figure, width=natural)
    text = text.replace(f"<style>{STYLE}</style>", "")  # paper is light
    tall = float(text.partition(' height="')[2].partition('"')[0])
    scale = min(width / natural, height / tall, _PIXEL * 1.0)
    return Picture(drawing=text, width=int(natural * scale), height=int(tall * scale))


def plain(drawing: str) -> tuple[bytes, str]:
    """Return the picture for programs without SVG, with its suffix: ``"png"`` or ``"emf"``."""
    if find_spec("typst") is None:
        return emf(drawing), "emf"
    typst = require("typst", extra="pdf", purpose="drawing a PNG")
    faces = drawing.replace(_face(FONT), _face(_FACES))
    data: bytes = typst.compile(_TYPST, format="png", ppi=_PPI, sys_inputs={"drawing": faces})
    return data, "png"


@cache
def _face(names: str) -> str:
    return f'font-family="{escape(names, quote=True)}"'


def add(part: Any, picture: Picture, *, number: int, name: str, alt: str) -> str:
    """Put a picture into a part of a document and return the run that shows it.

    Parameters
    ----------
    part
        The part, of python-docx.
    picture
        The picture.
    number
        A number that no other picture of the document has.
    name
        What it is called.
    alt
        What it says, for who cannot see it.
    """
    data, suffix = plain(picture.drawing)
    kinds = {"png": "image/png", "emf": "image/x-emf"}
    first = _related(part, f"/word/media/sipukat{number}.{suffix}", kinds[suffix], data)
    clear = picture.drawing.replace(_face(FONT), _face("Arial"))  # Word takes one name
    second = _related(part, f"/word/media/sipukat{number}.svg", "image/svg+xml", clear.encode())
    size = f'cx="{picture.width * EMU}" cy="{picture.height * EMU}"'
    names = f'id="{number}" name="{value(name)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {names} descr="{value(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {names} descr="{value(alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{first}"><a:extLst><a:ext uri="{_SVG_BLIP}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG_SPACE}" r:embed="{second}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _related(part: Any, name: str, media_type: str, data: bytes) -> str:
    made = word("docx.opc.part").Part(word("docx.opc.packuri").PackURI(name), media_type, data, part.package)
    link: str = part.relate_to(made, word("docx.opc.constants").RELATIONSHIP_TYPE.IMAGE)
    return link
