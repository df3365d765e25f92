"""Clarity of the fee: an amount in rupiah, or the word that it is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import items
from sipukat.checks.vocabulary import vague

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding
    from sipukat.pelayanan.biaya import Biaya

_KEY: Final = "biaya_tarif"


def _fees(case: Case) -> Iterator[tuple[str, Biaya]]:
    for place, item in items(case.doc, _KEY):
        for part in item.parts or (item,):
            yield place, part


def no_amount(case: Case) -> Iterator[Finding]:
    """Find a fee that is neither an amount nor said to be free.

    A reference to a regulation beside the amounts is their legal basis, and right.

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
        named = fee.malformed or bool(vague(_KEY, fee.text))
        unclear = fee.kind == "by_reference" or (fee.kind == "text" and any(c.isalnum() for c in fee.text))
        if unclear and not named and not (priced and (fee.citations or fee.kind == "text")):
            yield case.find("JLS321", place, teks=fee.text[:120])


def a_formula(case: Case) -> Iterator[Finding]:
    """Find a fee that is a formula without its rates.

    Before::

        Rp. 15.000,- x indeks lokasi x luas ruang

    After::

        Rp15.000,00 x indeks x luas; contoh: ruang 20 m2 di jalan lokal Rp300.000,00

    Source: seen at Magelang.
    """
    for place, fee in _fees(case):
        if fee.kind == "formula":
            yield case.find("JLS322", place, teks=fee.text[:120])


def no_currency(case: Case) -> Iterator[Finding]:
    """Find amounts that do not say their currency.

    Before::

        15.000

    After::

        Rp15.000,00

    Source: seen at RSUD Ciamis.
    """
    bare = [(place, fee) for place, fee in _fees(case) if fee.kind in {"fixed", "range"} and not fee.has_rp]
    if bare:
        place, first = bare[0]
        right = f"Rp{first.amount:,}".replace(",", ".") + ",00" if first.amount is not None else "Rp…"
        yield case.find("JLS323", place, n=len(bare), teks=first.text[:60], contoh=right)


RULES: Final = (Rule("JLS321", no_amount), Rule("JLS322", a_formula), Rule("JLS323", no_currency))
