"""Clarity of the fee: an amount in rupiah, or the word that it is free."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import blank, items
from sipukat.checks.vocabulary import quoted, said, vague_in
from sipukat.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding
    from sipukat.pelayanan.biaya import Biaya

_KEY: Final = "biaya_tarif"
_UNSAID: Final = re.compile(r"(?:biaya\s*+:?\s*+)?(?:tidak ada|nihil|nol|0)", re.IGNORECASE)
_NO_FORMULA: Final = "Rp15.000,00 per m2; ruang 20 m2: Rp300.000,00"


def _fees(case: Case) -> Iterator[tuple[str, Biaya]]:
    for place, item in items(case.doc, _KEY):
        for part in item.parts or (item,):
            yield place, part


def _silent(fee: Biaya) -> bool:
    """Say whether a line is meant as a fee and says no amount: not one that points to an annex."""
    if fee.malformed or blank(fee.text) or (fee.text.startswith("(") and fee.text.endswith(")")):
        return False
    return fee.kind in {"by_reference", "text", "missing"} and not said("terlampir", fee.text)


def no_amount(case: Case) -> Iterator[Finding]:
    """Flag a fee that is neither an amount nor said to be free.

    A reference to a regulation beside the amounts is their legal basis, and right. One that names the
    regulation with its number can be looked up, so that it is a hint only.

    Before::

        Sesuai Perda Nomor 8 Tahun 2018

    After::

        Rp10.000,00 (Perda Nomor 8 Tahun 2018 tentang Retribusi Jasa Umum)

    Source: UU 25/2009 Pasal 21 huruf e; the chair of the Ombudsman in Tanjung Balai, 2023:
    cost must be written, and if free, that must be stated.
    """
    fees = list(_fees(case))
    priced = any(fee.understood for _, fee in fees)
    for place, fee in fees:
        if not _silent(fee) or vague_in(_KEY, fee.text):
            continue
        if priced and (fee.citations or fee.kind == "text"):
            continue
        found = case.find("JLS321", place, teks=quoted(fee.text))
        yield found.model_copy(update={"severity": Severity.INFO}) if fee.specific else found


def a_formula(case: Case) -> Iterator[Finding]:
    """Flag a fee that is a formula without its rates.

    Before::

        Rp. 15.000,- x indeks lokasi x luas ruang

    After::

        Rp15.000,00 x indeks x luas; contoh: ruang 20 m2 di jalan lokal Rp300.000,00

    Source: UU 25/2009 Pasal 21 huruf e; seen at Magelang.
    """
    for place, fee in _fees(case):
        if fee.kind == "formula":
            yield case.find("JLS322", place, teks=quoted(fee.text), contoh=_NO_FORMULA)


def no_currency(case: Case) -> Iterator[Finding]:
    """Flag amounts that do not say their currency.

    Before::

        15.000

    After::

        Rp15.000,00

    Source: UU 25/2009 Pasal 21 huruf e; seen at RSUD Ciamis.
    """
    bare = [(place, fee) for place, fee in _fees(case) if fee.kind in {"fixed", "range"} and not fee.has_rp]
    if bare:
        place, first = bare[0]
        amount = first.amount if first.amount is not None else first.max or 0
        right = f"Rp{amount:,}".replace(",", ".") + ",00"
        yield case.find("JLS323", place, n=len(bare), teks=quoted(first.text), contoh=right)


def free_in_other_words(case: Case) -> Iterator[Finding]:
    """Flag a fee that is read as free though the words may mean that none was set yet.

    Before::

        Tidak ada

    After::

        Gratis (tidak dipungut biaya)

    Source: the chair of the Ombudsman in Tanjung Balai, 2023: if free, that must be stated.
    """
    for place, fee in _fees(case):
        if fee.kind == "free" and _UNSAID.fullmatch(fee.text.strip(" \t\n.,;:()-")):
            yield case.find("JLS324", place, teks=quoted(fee.text), contoh="Gratis (tidak dipungut biaya)")


RULES: Final = (
    Rule("JLS321", no_amount),
    Rule("JLS322", a_formula),
    Rule("JLS323", no_currency),
    Rule("JLS324", free_in_other_words),
)
"""The rules about how a fee is written."""
