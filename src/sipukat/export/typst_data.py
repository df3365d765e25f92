"""A document as the Typst templates take it: strings, and numbers only for places."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final, assert_never
from urllib.parse import urlsplit

from sipukat._require import require
from sipukat.export.typst_setting import breakable
from sipukat.export.typst_tables import laid_out
from sipukat.plot import svg
from sipukat.plot.theme import INK, STYLE, tint
from sipukat.report.document import Figure, Heading, Headline, Note, Paragraph, Poster, Table
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.report.document import Block, Document

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "table": "Tabel", "figure": "Gambar", "page": "Halaman", "source": "Asal-usul angka",
        "letterhead": "Kop surat", "error": "Kesalahan", "warning": "Peringatan", "info": "Catatan",
        "full": "Hasil lengkap", "qr": "Kode QR ke {url}",
    },
    "en": {
        "table": "Table", "figure": "Figure", "page": "Page", "source": "Where the numbers come from",
        "letterhead": "Letterhead", "error": "Error", "warning": "Warning", "info": "Note",
        "full": "Full result", "qr": "QR code to {url}",
    },
}  # fmt: skip
_WIDTH, _TALLEST = 481.0, 620.0  # points
_DRAWN: Final = 640  # pixels across: letters come out at 10 points
_RUNNING: Final = 90
_SHOWN_URL: Final = 60
_FAMILY: Final = re.compile(r'font-family="[^"]*"')
_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def report_data(document: Document, family: str) -> dict[str, Any]:
    """Return what the template of a report shows."""
    running = " · ".join(filter(None, (document.title, document.subtitle)))
    return {
        "title": document.title or "–",
        "subtitle": breakable(document.subtitle),
        "running": breakable(running if len(running) <= _RUNNING else f"{running[:_RUNNING]}…"),
        "lang": document.lang,
        "other": "en" if document.lang == "id" else "id",
        "words": dict(_WORDS[document.lang]),
        "blocks": _blocks(document, family),
        "source": [
            {"label": breakable(item.label), "value": breakable(item.value)}
            for item in document.provenance.items
        ],
    }


def _blocks(document: Document, family: str) -> list[dict[str, Any]]:
    blocks, level = [], 0
    for block in document.blocks:
        if isinstance(block, Heading):
            # A level that is left out would be refused by PDF/UA.
            level = min(block.level - 1, level + 1)
            blocks.append({"kind": "heading", "level": level, "text": breakable(block.text)})
        elif (told := _block(block, document, family)) is not None:
            blocks.append(told)
    return blocks


def _block(block: Block, document: Document, family: str) -> dict[str, Any] | None:
    told: dict[str, Any] | None
    match block:
        case Heading() | Poster() | Tally():  # told above; a page of its own; a workbook's
            told = None
        case Paragraph():
            told = {"kind": "paragraph", "align": block.align, "text": breakable(block.text)}
        case Headline():
            facts = [{"label": breakable(f.label), "value": breakable(f.value)} for f in block.facts]
            text, detail = breakable(block.text), breakable(block.detail)
            told = {"kind": "headline", "text": text, "detail": detail, "facts": facts}
        case Note():
            told = _note(block, document)
        case Figure():
            told = figure_data(block, family)
        case Table():
            told = laid_out(block, lang=document.lang)
        case Processing():
            told = laid_out(footer_table(block, lang=document.lang), lang=document.lang)
        case _:
            assert_never(block)
    return told


def _note(block: Note, document: Document) -> dict[str, Any]:
    severity = _WORDS[document.lang][block.severity]
    says = " ".join(filter(None, (block.text, block.suggestion)))
    return {
        "kind": "note",
        "severity": str(block.severity),
        "label": f"{' '.join(filter(None, (severity, block.code)))}.",
        "text": breakable(says),
        "beside": breakable(block.beside),
    }


def figure_data(block: Figure, family: str, *, drawn: int = _DRAWN) -> dict[str, Any]:
    """Return a figure as SVG in the letters of the page, its words, and its width in points."""
    drawing = svg(block, width=drawn).replace(f"<style>{STYLE}</style>", "")
    drawing = _FAMILY.sub(lambda _: f'font-family="{escape(family, quote=True)}"', drawing)
    view = _VIEW.search(drawing)
    tall = float(view[2]) / float(view[1]) if view else 1.0
    width = min(_WIDTH, _TALLEST / tall)
    caption, alt = breakable(block.caption), block.alt or block.caption
    return {"kind": "figure", "svg": drawing, "caption": caption, "alt": alt, "width": round(width, 1)}


def poster_data(document: Document) -> dict[str, Any]:
    """Return what the template of a poster shows; `document` has at least one poster."""
    posters = [_poster(block, document) for block in document.blocks if isinstance(block, Poster)]
    return {"title": document.title, "lang": document.lang, "posters": posters}


def _poster(block: Poster, document: Document) -> dict[str, Any]:
    words = _WORDS[document.lang]
    first = block.headline.facts[0]
    gauge = _gauge(block.gauge) if block.gauge else None
    return {
        "layout": block.layout,
        "head": [breakable(line) for line in block.head],
        "label": first.label,
        "value": first.value if block.gauge else "",
        "says": block.headline.text,
        "mutu": f"Mutu {block.mutu}" if block.mutu else "",
        "letter": block.mutu,
        "kinerja": block.kinerja,
        "detail": block.headline.detail,
        # What belongs to a number stays on its line.
        "facts": [
            {"label": f.label, "value": breakable(f.value.replace(" = ", "\u00a0=\u00a0"))}
            for f in block.facts
        ],
        "closing": [breakable(line) for line in block.closing],
        "gauge": gauge,
        "qr": _code(block.url) if block.url else "",
        "qr_alt": words["qr"].format(url=block.url),
        "full": words["full"],
        "address": breakable(_short(block.url), longest=16, every=8),
        "source": breakable(block.source),
    }


def _short(url: str) -> str:
    """Return an address as people copy it, or its host where it is long."""
    parts = urlsplit(url)
    words = url.removeprefix(f"{parts.scheme}://").rstrip("/")
    return words if len(words) <= _SHOWN_URL else parts.netloc


def _code(url: str) -> str:
    segno = require("segno", extra="pdf", purpose="drawing a QR code")
    buffer = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        buffer, kind="svg", border=2, dark="#17212b", light="#ffffff", xmldecl=False, scale=4
    )
    return buffer.getvalue().decode()


def _gauge(figure: Figure) -> dict[str, Any]:
    """Return the places of a gauge in per cent of its width."""
    left, right = map(float, figure.axis)
    record: Mapping[str, Any] = figure.data[0]

    def place(value: Any) -> float | None:
        return None if value is None else round((float(value) - left) / (right - left) * 100, 3)

    lows = [place(band.low) or 0.0 for band in figure.bands]
    ends = [*lows[1:], 100.0]
    parts = [
        {"from": max(start, 0.0), "to": end, "mutu": band.mutu, "colour": INK[tint(n, len(lows))][0]}
        for n, (band, start, end) in enumerate(zip(figure.bands, lows, ends, strict=True))
    ]
    if not parts:
        parts = [{"from": 0.0, "to": 100.0, "mutu": "", "colour": INK["tint2"][0]}]
    return {
        "parts": parts,
        "at": place(record["value"]),
        "low": place(record["low"]),
        "high": place(record["high"]),
    }
