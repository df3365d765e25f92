"""Hasil sebagai pesan singkat (.txt) yang dapat ditempel ke WhatsApp."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

from sipukat.export import shown
from sipukat.report import Headline, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sipukat.report import Document

MOST = 4096
"""Panjang pesan dalam karakter; sisanya dipotong pada batas baris, dan itu dikatakan."""

_CUT = {"id": "… (selengkapnya di laporan)", "en": "… (the rest is in the report)"}


class MessageExporter:
    """Menulis judul, hasil, tabel, dan catatan sebagai teks biasa."""

    api_version = "1.0"
    suffix = ".txt"
    media_type = "text/plain; charset=utf-8"

    def __call__(self, document: Document, /) -> bytes:
        """Kembalikan teks UTF-8; dokumen yang sama memberi bita yang sama."""
        lines = [f"*{_plain(document.title)}*", _plain(document.subtitle)]
        lines += _lines(document.blocks, document.lang)
        cut = _CUT[document.lang]
        return (_within([line for line in lines if line], cut) + "\n").encode()


def _lines(blocks: Iterable[object], lang: Literal["id", "en"]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Headline():
                yield f"*{_plain(block.text)}*"
                yield _plain(block.detail)
                for fact in block.facts:
                    yield f"{_plain(fact.label)}: {_plain(fact.value)}"
            case Paragraph() | Note():
                yield _plain(block.text)
            case Table():
                yield _plain(block.caption)
                for row in block.rows:
                    pairs = zip(row, block.columns, strict=True)
                    cells = (_plain(shown(cell, column, lang)) for cell, column in pairs)
                    yield "- " + " | ".join(filter(None, cells))
            case _:  # papan publikasi berisi blok lain; gambar tidak dapat ditulis sebagai teks
                yield from _lines(getattr(block, "blocks", ()), lang)


def _plain(text: str) -> str:
    """Satu baris tanpa karakter kendali: pesan tidak boleh berisi yang tidak terlihat."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def _within(lines: list[str], cut: str) -> str:
    text = "\n".join(lines)
    if len(text) <= MOST:
        return text
    head = text[: MOST - len(cut) - 1]
    return f"{head.rpartition(chr(10))[0]}\n{cut}"


pesan = MessageExporter()
