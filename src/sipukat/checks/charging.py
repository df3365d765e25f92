"""What a service costs, and what it costs beside its fee."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import filled, folded, items, lines, said
from sipukat.regulation import Citation
from sipukat.regulation.instruments import LOCAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding
    from sipukat.pelayanan.biaya import Biaya

_FEE: Final = "biaya_tarif"
_ASKED: Final = ("persyaratan", "sistem_mekanisme_prosedur")
_STAMP: Final = re.compile(r"m[ae]t[ae]rai")
_OLD_STAMP: Final = re.compile(
    r"m[ae]t[ae]rai[^0-9]{0,25}[36][.,]?000(?![.,]?\d)"
    r"|(?<![\d.,])[36][.,]000(?:[,-]{1,2}|,00)? ?\)? ?m[ae]t[ae]rai"
)
_PAYS: Final = re.compile(
    r"\b(?:pemohon|pasien|masyarakat|warga)\b.{0,30}\b(?:membayar|melakukan pembayaran)\b"
    r"|\bbiaya (?:administrasi|pengganti|cetak)\b"
)
_PAYS_NOTHING: Final = re.compile(
    r"\b(?:tanpa|tidak|bebas)\b[a-z /]{0,20}(?:bayar|biaya)|gratis|pajak|pbb|bpjs|denda"
)
_TARIFF: Final = re.compile(
    r"\b(?:tarif|retribusi|pnbp|pajak|biaya|penerimaan negara bukan pajak|blud|badan layanan umum)"
)
_MAY_SET_FEES: Final = frozenset({"pp", "permenkeu", *LOCAL})


def _free(case: Case) -> bool:
    """Say whether every fee is nothing."""
    fees = [item for _, item in items(case.doc, _FEE)]
    return bool(fees) and all(fee.kind == "free" for fee in fees)


def stamp_in_a_free_service(case: Case) -> Iterator[Finding]:
    """Flag a duty stamp in a service that is called free.

    The citizen pays for the stamp; a fee that is written must be the whole of what he pays. Where the
    row of the fee names the stamp, nothing is hidden.

    Before::

        Menandatangani SPTJM bermeterai Rp.10.000; biaya: Gratis

    After::

        Gratis; bea meterai Rp10.000,00 untuk SPTJM ditanggung pemohon

    Source: Pasal 21 huruf e UU 25/2009; seen at MAN 2 Yogyakarta.
    """
    if not _free(case) or any(_STAMP.search(text) for _, text in lines(case.doc, _FEE)):
        return
    for key in _ASKED:
        for path, text in lines(case.doc, key):
            if _STAMP.search(text):
                yield case.find("KNS204", path, contoh="Gratis; bea meterai Rp10.000,00 ditanggung pemohon")


def old_stamp(case: Case) -> Iterator[Finding]:
    """Flag a duty stamp of Rp3.000 or Rp6.000.

    Since 2021 there is one of Rp10.000 only, so the requirement cannot be met.

    Before::

        SPTJM bermaterai 6000

    After::

        SPTJM bermeterai Rp10.000

    Source: seen at Dinas Pendidikan Sleman; the value until 2020 as the collected facts have it.
    """
    for key in (*_ASKED, _FEE):
        for path, text in lines(case.doc, key):
            if _OLD_STAMP.search(text):
                yield case.find("KNS205", path, contoh="Surat pernyataan bermeterai Rp10.000")


def payment_in_a_free_service(case: Case) -> Iterator[Finding]:
    """Flag a payment in requirements or procedure of a service that is called free.

    Before::

        Pemohon membayar biaya administrasi Rp 25.000; biaya: Gratis

    After::

        biaya: Rp25.000,00 (dengan dasar hukumnya), atau langkah itu dihapus

    Source: Pasal 21 huruf e UU 25/2009; the Ombudsman's demand that cost be written.
    """
    if not _free(case):
        return
    for key in _ASKED:
        for path, text in lines(case.doc, key):
            if _PAYS.search(text) and not _STAMP.search(text) and not _PAYS_NOTHING.search(text):
                yield case.find(
                    "KNS226", path, contoh="Rp25.000,00 menurut Peraturan Daerah (nomor dan tahun)"
                )


def _charged(fee: Biaya) -> bool:
    if fee.kind == "several":
        return any(map(_charged, fee.parts))
    return fee.kind in {"fixed", "range", "formula"} and fee.amount != 0


def fee_without_basis(case: Case) -> Iterator[Finding]:
    """Flag a fee for which no regulation is named that could set it.

    A fee that stands on no Perda, no regulation of the head of region and no PP is a levy without law.
    A document whose legal basis is missing altogether is found by another rule.

    Before::

        biaya: Rp50.000; dasar hukum: UU 25/2009 tentang Pelayanan Publik

    After::

        dasar hukum: Peraturan Daerah Kota Contoh Nomor 1 Tahun 2024 tentang Pajak Daerah dan Retribusi Daerah

    Source: Pasal 21 huruf a and e UU 25/2009.
    """
    fees = list(items(case.doc, _FEE))
    charged = next(
        (path for path, fee in fees if _charged(fee) and not _STAMP.search(folded(said(fee)))), None
    )
    if charged is None or not filled(case.doc, "dasar_hukum"):
        return
    every = [*(said(fee) for _, fee in fees), *(item.text for _, item in items(case.doc, "dasar_hukum"))]
    for text in every:
        for found in Citation.find(text):
            if found.citation.regulation.kind in _MAY_SET_FEES and not _general(found.tentang):
                return
        if _TARIFF.search(folded(text)) and Citation.find(text):
            return
    if any(
        re.search(r"\b(?:perda|perwal|perbup|pnbp|peraturan (?:daerah|wali|bupati))", folded(said(fee)))
        for _, fee in fees
    ):
        return
    yield case.find(
        "KNS206",
        charged,
        contoh="Peraturan Daerah (nama daerah) Nomor 1 Tahun 2024 tentang Pajak Daerah dan Retribusi Daerah",
    )


def _general(title: str) -> bool:
    """Say whether a PP carries out the law on public service, which sets no fee."""
    return "pelayanan publik" in title.casefold()


RULES: Final = (
    Rule("KNS204", stamp_in_a_free_service),
    Rule("KNS205", old_stamp),
    Rule("KNS206", fee_without_basis),
    Rule("KNS226", payment_in_a_free_service),
)
"""The rules about fees."""
