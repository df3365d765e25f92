"""What was left over from making the document: blanks of a form, names of files."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import EXAMPLES, blank, texts
from sipukat.checks.vocabulary import READ, folded, quoted, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_IDENTITY: Final = ("nama", "unit", "instansi", "maklumat")
# dots at the end of a line may be a shortened quotation; within it, or after "nomor", they are a blank
_BLANKS: Final = re.compile(
    r"(?<!\.)\.{4,}(?!\.)|(?<=[a-z]) ?(?:…|\.\.\.) ?(?=[a-z])"
    r"|\b(?:nomor|no|tahun|tanggal|nama)[. :]{1,3}(?:…|\.\.\.)"
    r"|(?<![\w_])_{3,}(?![\w_])|(?<!\w)x{4,}(?!\w)|\[ ?[.…_ ]{1,9} ?\]|\( ?[.…_]{1,20} ?\)|\blorem ipsum\b"
)
_MARKS: Final = ("..", "…", "__", "xxxx", "[", "(", "<", "lorem ipsum")
_BRACKETED: Final = re.compile(r"[(\[<] ?([a-z][^()\[\]<>]{2,80})[)\]>]")


@cache
def _asked() -> tuple[str, ...]:
    return vocabulary().placeholders


@lru_cache(maxsize=8192)
def _unfilled(text: str) -> str:
    """Return what stands there to be filled in, or nothing."""
    words = folded(text)
    if not any(mark in words for mark in _MARKS):  # as most lines: the search need not start
        return ""
    if found := _BLANKS.search(words):
        return found[0].strip()
    if not any(bracket in words for bracket in "([<"):
        return ""
    inner = (found[1].strip() for found in _BRACKETED.finditer(words))
    return next((f"({each})" for each in inner if each.startswith(_asked())), "")


def placeholder(case: Case) -> Iterator[Finding]:
    """Flag places of a form that nobody filled in.

    What a form asks for is looked for in brackets only: "diisi dengan huruf cetak" is a lawful
    requirement.

    Before::

        Petugas ( sebutkan nama SKPD)

    After::

        Petugas Dinas Kependudukan dan Pencatatan Sipil Kota Contoh

    Source: seen in drafts made from a common form.
    """
    for field in _IDENTITY:
        if left := _unfilled(text := getattr(case.doc, field)):
            yield case.find("JLS302", field, teks=quoted(text), isian=left)
    for key in case.standard.komponen_keys:
        for place, text in texts(case.doc, key):
            if not blank(text) and (left := _unfilled(text)):
                yield case.find("JLS302", place, teks=quoted(text), isian=left)


_SUFFIXES: Final = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".rar", ".zip")
_JOINTS: Final = 2
_CHANNELS: Final = "penanganan_pengaduan"  # names of accounts have underscores too


def file_name(case: Case) -> Iterator[Finding]:
    """Flag the name of a file pasted in the place of its content.

    Whoever reads the printed standard cannot open it. Addresses of pages are left alone.

    Before::

        Biaya: PERDA_No__3_Tahun_2012_

    After::

        Rp10.000,00 menurut Peraturan Daerah Kota Contoh Nomor 3 Tahun 2012 tentang Retribusi Jasa Umum

    Source: UU 25/2009 Pasal 21; seen at Puskesmas Nanggeleng.
    """
    for key in case.standard.komponen_keys:
        if key == _CHANNELS:
            continue
        for place, text in texts(case.doc, key):
            if "_" not in text and "." not in text:
                continue
            tokens = text[:READ].split()
            for token in tokens:
                if _is_file(token.casefold().strip("().,;:"), alone=len(tokens) == 1):
                    yield case.find("JLS303", place, nama=quoted(token), contoh=EXAMPLES.get(key, ""))
                    break


def _is_file(token: str, *, alone: bool) -> bool:
    if "/" in token or "@" in token or token.startswith("www.") or not any(map(str.isalpha, token)):
        return False
    joined = token.count("_") >= _JOINTS
    return joined or (alone and token.endswith(_SUFFIXES) and not token.startswith("."))


RULES: Final = (Rule("JLS302", placeholder), Rule("JLS303", file_name))
"""The rules about what was left over."""
