"""Citations as offices write them, read to one spelling."""

import pytest

from sipukat.errors import CitationError
from sipukat.regulation import Citation, Regulation


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Permenpan RB 14/2017", "permenpanrb-14-2017"),
        ("PermenPAN-RB Nomor 14 Tahun 2017", "permenpanrb-14-2017"),
        (
            "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017",
            "permenpanrb-14-2017",
        ),
        ("PERMENPAN RB NO.14 TAHUN 2017", "permenpanrb-14-2017"),
        ("KEP/25/M.PAN/2/2004", "kepmenpan-25-2004"),
        ("UU N0 25 tahun 2009", "uu-25-2009"),
        ("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik", "uu-25-2009"),
        ("2052/MENKES/PER/X/2011", "permenkes-2052-2011"),
        ("Perda Kota Contoh No. 3 Tahun 2020", "perda-kota-contoh-3-2020"),
        ("sesuai Perpres No 39 Tahun 2019", "perpres-39-2019"),
    ],
)
def test_spellings_of_offices_are_one_regulation(text, id_):
    assert Citation.parse(text).regulation.id == id_


def test_what_is_printed_reads_back():
    for text in ("UU 25/2009", "Permenpan RB 14/2017", "Perbup Contoh Nomor 5A Tahun 2024"):
        regulation = Citation.parse(text).regulation
        assert Citation.parse(str(regulation)).regulation == regulation


@pytest.mark.parametrize("text", ["", "sesuai peraturan perundang-undangan", "14/2017", "Pasal 21"])
def test_no_citation_is_an_error_that_shows_a_right_one(text):
    with pytest.raises(CitationError, match="Permenpan RB Nomor 14 Tahun 2017"):
        Citation.parse(text)


def test_a_long_hostile_text_is_read_in_bounded_time():
    with pytest.raises(CitationError):
        Citation.parse("peraturan " * 100_000)


def test_the_place_is_printed_with_the_regulation():
    citation = Citation(regulation=Regulation(kind="uu", nomor="25", tahun=2009), place="Pasal 21")
    assert str(citation) == "Undang-Undang Nomor 25 Tahun 2009, Pasal 21"
