"""Amounts of money in a text: what is one, how much it is, and what two of them are."""

from __future__ import annotations

import pytest

from sipukat.pelayanan.tarif import is_formula, is_range, sums


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("Rp5.000", 5000), ("rp. 5.000", 5000), ("IDR 5,000", 5000), ("rp5000", 5000), ("5.000 rupiah", 5000),
        ("Rp 5.000,-", 5000), ("Rp 5.000.-", 5000), ("Rp 5.000,--", 5000), ("Rp 5.000,=", 5000),
        ("Rp 5.000,00", 5000), ("Rp 5.000.50", None), ("Rp 5.000,5", None), ("Rp 5 ribu", 5000),
        ("Rp 1.000.000.000.000", 10**12), ("Rp 1000000000000", 10**12), ("Rp 0", 0),
    ],
)  # fmt: skip
def test_an_amount_in_rupiah_is_read(text, rupiah):
    (found,) = sums(text)
    assert (text[found.start : found.end], found.rupiah, found.has_rp, found.said) == (
        text,
        rupiah,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("5000,-", 5000), ("5000--", 5000), ("5000", 5000), ("5.000", 5000), ("5,000", 5000), ("5 rb", 5000),
        ("5 ribu", 5000), ("5 juta", 5_000_000), ("5 jt", 5_000_000), ("5 miliar", 5 * 10**9),
        ("2,5 milyar", 25 * 10**8), ("2,55 ribu", 2550), ("0,05 ribu", 50), ("5.00", 5), ("1.234.5", None),
        ("1.000.000 miliar", 10**15), ("1.000.001 miliar", None), ("1.000.000.000.001", 10**12 + 1),
    ],
)  # fmt: skip
def test_an_amount_without_its_currency_is_read(text, rupiah):
    (found,) = sums(text)
    assert (text[found.start : found.end], found.rupiah, found.has_rp) == (text, rupiah, False)


@pytest.mark.parametrize(
    "text",
    [
        "x 5000", "5000 lembar", "a5.000", "5.000/2012", "2,5555 ribu", "Rp 10000000000000", "Nomor 5.000",
        "No. 5.000", "tidak gratis", "1.000.000.000.000.000", "kecuali 5,-a", "Perda 1.234/2012",
        "PP 5.000/2012",
    ],
)  # fmt: skip
def test_other_numbers_are_no_amounts(text):
    assert sums(text) == ()


def test_a_number_of_a_decision_is_no_amount_but_a_price_after_it_is():
    assert [found.rupiah for found in sums("nomor: Rp 5.000")] == [5000]
    assert [found.rupiah for found in sums("Nomor surat 12 dan biaya 5.000")] == [5000]
    text = "Perda Nomor 1 Tahun 2012 Rp 5.000"
    (found,) = sums(text)
    assert (found.start, found.end) == (25, 33)


@pytest.mark.parametrize(
    "text",
    [
        "gratis", "GRATIS", "tidak ada biaya", "tidak dikenakan tarif", "tidak dipungut bayaran",
        "tidak pungut retribusi", "tanpa biaya", "bebas tarif", "nol rupiah", "cuma-cuma", "nihil",
    ],
)  # fmt: skip
def test_words_of_free_are_an_amount_of_nothing(text):
    (found,) = sums(text)
    assert (found.start, found.end, found.rupiah, found.said) == (0, len(text), 0, True)


def test_free_and_amounts_come_in_the_order_of_the_text():
    found = sums("KTP Rp 5.000, KK gratis, nol rupiah (0 rupiah), SIM 6.000")
    assert [(each.rupiah, each.said) for each in found] == [
        (5000, False), (0, True), (0, True), (0, False), (6000, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "per", "words"),
    [
        ("Rp 5.000 / lembar", "lembar", ""), ("Rp 5.000 per  m2", "", ""), ("Rp 5.000 per m2", "m2", ""),
        ("Rp 5.000/m²", "m²", ""), ("Rp 5.000 perorangan", "", ""), ("Rp 5.000/orang per hari",
        "orang per hari", ""),
        ("Rp 5.000 (lima  ribu) / lembar  surat", "lembar surat", "lima ribu"),
        ("Rp 5.000 (lima ribu rupiah)", "", "lima ribu rupiah"),
    ],
)  # fmt: skip
def test_the_unit_and_the_words_of_an_amount_are_told(text, per, words):
    (found,) = sums(text)
    assert (found.per or "", found.words) == (per, words)


@pytest.mark.parametrize(
    ("text", "multiplied"),
    [
        ("5.000 x 3", True), ("5.000 X 3", True), ("3 X 5.000", True), ("5.000 × 3", True),
        ("5.000 * 3", True), ("5.000 %", True), ("5.000%", True),
        ("5.000 x", False), ("5.000 xy", False), ("5.000  x 3", False), ("3 x 5.000", True),
        ("3 × 5.000", True),
        ("3 * 5.000", True), ("ax 5.000", False), ("* 5.000", False), ("3 x 5.000 orang", True),
        ("x luas tanah 5.000", False), ("5.000 untuk satu x 3", False),
    ],
)  # fmt: skip
def test_what_is_multiplied_is_a_formula(text, multiplied):
    (found,) = sums(text)
    assert is_formula(text, found) is multiplied


@pytest.mark.parametrize(
    ("link", "same"),
    [
        ("-", True), ("--", True), (" – ", True), ("—", True), (" s/d ", True), (" s.d. ", True),
        (" s.d ", True),
        (" s. / d. ", True), (" sampai ", True), (" Sampai dengan ", True), (" hingga ", True),
        (" sd ", False),
        (" dan ", False), (", ", False), ("  -  ", False), (" - dan - ", False),
    ],
)  # fmt: skip
def test_two_amounts_are_a_range_where_the_words_say_so(link, same):
    text = f"Rp 5.000{link}Rp 6.000"
    low, high = sums(text)
    assert (low.rupiah, high.rupiah, is_range(text, low, high)) == (5000, 6000, same)


@pytest.mark.parametrize(
    "kind", ["Perda", "PP", "UU", "Undang-Undang", "Permenkes", "Keputusan Menteri Kesehatan"]
)
def test_the_year_of_a_regulation_is_no_amount_whatever_stands_behind_it(kind):
    assert sums(f"sesuai {kind} Nomor 5 Tahun 2010,-") == ()
