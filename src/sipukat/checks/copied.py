"""Text that came with a copied document: the product of another service."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import folded, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding

_PRODUCTS: Final = {
    "Kartu Tanda Penduduk": r"kartu tanda penduduk|\be?-?ktp(?:-?el)?\b",
    "Kartu Keluarga": r"kartu keluarga|\bkk\b",
    "Kartu Identitas Anak": r"kartu identitas anak|\bkia\b",
    "Akta Kelahiran": r"akta (?:kelahiran|lahir)",
    "Akta Kematian": r"akta kematian",
    "Akta Perkawinan": r"akta (?:perkawinan|nikah)",
    "Kartu Tanda Bukti Pendaftaran Pencari Kerja (AK/I)": (
        r"\bak ?[/.-]? ?[1i]\b|kartu kuning|pencari kerja"
    ),
    "Izin Gangguan": r"izin gangguan|\(ho\)",
    "Izin Mendirikan Bangunan": r"izin mendirikan bangunan|\bimb\b|bangunan gedung",
    "Surat Keterangan Domisili": r"domisili",
    "SKCK": r"\bskck\b|catatan kepolisian",
    "Surat Keterangan Pindah": r"(?:surat|keterangan) pindah",
}
_KNOWN: Final = {name: re.compile(pattern) for name, pattern in _PRODUCTS.items()}
_ANY: Final = re.compile("|".join(_PRODUCTS.values()))
_SAYS_NOTHING: Final = frozenset(
    "penerbitan pembuatan pelayanan layanan pengurusan pencatatan permohonan pengajuan izin surat keterangan "
    "kartu akta baru dan atau untuk yang karena di ke dari pada bagi hilang rusak perubahan data pemberian "
    "standar jasa dokumen publik masyarakat".split()
)
_LEADS: Final = re.compile(
    r"^(?:(?:standar|pelayanan|layanan|penerbitan|pembuatan|pengurusan|pencatatan|permohonan|pengajuan"
    r"|pemberian) ){1,4}"
)
_NAME: Final = 300  # characters of a name that are looked at
_WORD: Final = re.compile(r"[a-z0-9]{2,40}")
_HANDS: Final = re.compile(r"\b(?:mencetak|menerbitkan|menyerahkan|menerima|mengambil|menandatangani)\b")


def _named(text: str) -> frozenset[str]:
    """Return the well-known products that a text names."""
    if not _ANY.search(text):
        return frozenset()
    return frozenset(name for name, pattern in _KNOWN.items() if pattern.search(text))


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    """Return what a service is about: its name without "penerbitan" and the like."""
    text = folded(name[:_NAME]).partition("(")[0].strip()
    return _LEADS.sub("", f"{text} ").strip()


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if word not in _SAYS_NOTHING)


def of_another_service(case: Case) -> Iterator[Finding]:
    """Flag a product that is that of another service.

    The document of one service was copied for another, and a row was left as it was. Only a product
    that shares no word with the name of the service counts, and only a well-known one, or that of a
    document checked together with this one; what a service *requires* may be any product.

    Before::

        Pembuatan Kartu AK1; produk: Kartu Keluarga

    After::

        Pembuatan Kartu AK1; produk: Kartu Tanda Bukti Pendaftaran Pencari Kerja (AK/I)

    Source: Pasal 21 huruf f UU 25/2009; text copied from another service, seen in several tables.
    """
    name = folded(case.doc.nama)
    if not name:
        return
    own, content = _named(name), _content(name)
    products = list(lines(case.doc, "produk_pelayanan"))
    if any(content & _content(text) for _, text in products):
        products = []  # one product that is its own shows that the row is its own
    for path, text in products:
        named = _named(text)
        # a name that says no product ("Administrasi Kependudukan") may have any, but an izin has an izin
        if named and not named & own and (own or _core(case.doc.nama).startswith("izin ")):
            yield case.find("KNS218", path, layanan=case.doc.nama[:120], lain=min(named))
        elif other := _copied(case, text):
            yield case.find("KNS218", path, layanan=case.doc.nama[:120], lain=other)
    steps = list(lines(case.doc, "sistem_mekanisme_prosedur"))
    if any(_core(case.doc.nama) in text for _, text in steps):
        return
    for path, text in steps:
        if _HANDS.search(text) and not content & _content(text) and (other := _copied(case, text)):
            yield case.find("KNS218", path, layanan=case.doc.nama[:120], lain=other)


def _copied(case: Case, text: str) -> str:
    """Return the name of another document's service that a text names, or nothing."""
    name = folded(case.doc.nama)
    for other in case.others:
        core = _core(other.nama)
        if " " in core and core in text and core not in name:
            return other.nama[:120]
    return ""


RULES: Final = (Rule("KNS218", of_another_service),)
"""The rule about copied text."""
