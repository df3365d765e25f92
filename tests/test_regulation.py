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


def test_the_samples_of_the_facts_are_understood(facts):
    for sample in facts("standards-facts.json")["parser_samples"]["legal"]:
        regulation = Citation.parse(sample["text"]).regulation
        assert (regulation.jenis, regulation.nomor, regulation.tahun) == (
            sample["type"],
            sample["number"],
            sample["year"],
        )
        assert Citation.parse(str(regulation)).regulation == regulation


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Undang -- Undang Nomor 20 Tahun 2003", "uu-20-2003"),
        ("Undang-Undang Republik Indonesia Nomor Nomor 23 Tahun 2006", "uu-23-2006"),
        ("889/MENKES?PER/V/2011", "permenkes-889-2011"),
        ("PER/21/M.PAN/11/2008", "permenpan-21-2008"),
        ("Permenpan No 14 Tahun 2017", "permenpanrb-14-2017"),
        ("Perwal 29/2018", "perwal-29-2018"),
        ("Keputusan Bupati 061/Kpts.789-Huk/2010", "kepbup-061-kpts.789-huk-2010"),
        ("Keputusan Bupati Contoh Nomor 900.1.13.1/339/UM-TU", "kepbup-contoh-900.1.13.1-339-um-tu"),
        (
            "Keputusan Dirjen Dikdasmen Depdikbud Nomor 018/Kep/1983",
            "kepdirjen-dikdasmen-depdikbud-018-kep-1983",
        ),
        ("Peraturan Komisi Informasi Nomor 11 Tahun 2010", "peraturan-komisi-informasi-11-2010"),
        (
            "Peraturan Menteri Kelautan dan Perikanan Nomor 5 Tahun 2020",
            "permen-kelautan-dan-perikanan-5-2020",
        ),
        ("Peraturan Bupati Kabupaten Kutai Barat Nomor 25 Tahun 2018", "perbup-kutai-barat-25-2018"),
        ("Perda Kota Contoh Tahun 2010 Nomor 5", "perda-kota-contoh-5-2010"),
        ("No. SK: 960/DPMPTSP/2021", "sk-960-dpmptsp-2021"),
        ("PERDA_No__3_Tahun_2012", "perda-3-2012"),
        ("SE Menpan RB Nomor 5 Tahun 2020", "se-menpanrb-5-2020"),
    ],
)
def test_forms_of_real_documents_have_an_id(text, id_):
    regulation = Citation.parse(text).regulation
    assert regulation.id == id_
    assert Citation.parse(str(regulation)).regulation == regulation


@pytest.mark.parametrize(
    "text", ["se-Indonesia Nomor 5/2010", "Jl. Merdeka No. 5/2010", "3 - 14 hari kerja", "PP Persero"]
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert Citation.find(text) == ()


def _seen(text):
    return [(found.citation.regulation.id, found.tentang, found.relation) for found in Citation.find(text)]


def test_all_citations_are_found_with_title_and_relation():
    assert _seen(
        "Undang-Undang Nomor 24 Tahun 2013 tentang "
        "Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang Adminduk"
    ) == [
        ("uu-24-2013", "Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang Adminduk", ""),
        ("uu-23-2006", "Adminduk", "perubahan atas"),
    ]
    assert _seen(
        "UU 23/2014 tentang Pemda sebagaimana telah diubah beberapa kali terakhir dengan UU 9/2015"
    ) == [
        ("uu-23-2014", "Pemda", ""),
        ("uu-9-2015", "", "diubah dengan"),
    ]
    assert _seen("UU 8/1974 telah dicabut sebagian dengan UU 43/1999")[1][2] == "dicabut sebagian dengan"
    assert _seen("PP Nomor 4 Tahun 2022 jo. Nomor 57 Tahun 2021") == [
        ("pp-4-2022", "", ""),
        ("pp-57-2021", "", "jo."),
    ]
    assert _seen("1. UU 25/2009 tentang Pelayanan Publik; 2. PP 96/2012 (sic)") == [
        ("uu-25-2009", "Pelayanan Publik", ""),
        ("pp-96-2012", "", ""),
    ]
    assert _seen("UU 25/2009 tentang Pelayanan Publik,\nPP 96/2012\n") == [
        ("uu-25-2009", "Pelayanan Publik", ""),
        ("pp-96-2012", "", ""),
    ]


def test_gazettes_belong_to_the_regulation_that_is_cited_not_to_one_in_its_title():
    outer, inner = Citation.find(
        "UU 24/2013 tentang Perubahan atas UU 23/2006 tentang Adminduk (Lembaran Negara Republik Indonesia "
        "Tahun 2013 Nomor 232, Tambahan Lembaran Negara Republik Indonesia Nomor 5475)"
    )
    assert (outer.ln, outer.tln, inner.ln, inner.nested) == ("2013/232", "5475", "", True)
    (berita,) = Citation.find("Permen PANRB 15/2014 (BN 2014 Nomor 615)")
    assert berita.bn == "2014/615"


def test_the_place_of_a_citation_is_that_of_the_text_as_it_was_given():
    text = "Dasar:\u200b \n Undang\u00a0–  Undang\n N0 25 Tahun 2009 tentang Pelayanan Publik"
    (found,) = Citation.find(text)
    assert text[found.start : found.end] == found.text
    assert found.text.startswith("Undang")
    assert found.citation.regulation.id == "uu-25-2009"


def test_lone_surrogates_do_not_break_reading():
    (found,) = Citation.find("UU 25/2009 tentang Pelayanan \ud800Publik")
    assert found.tentang == "Pelayanan ?Publik"


@pytest.mark.parametrize(
    "piece",
    [
        "pp ", "undang-undang ", "peraturan menteri ", "nomor ", "uu nomor nomor nomor ", "1/", "a/",
        "jo. nomor ", "uu 1/2000 ", "uu 1/2000 perubahan atas ", "uu 1/2000 tentang perubahan atas ",
        "uu 1/2000 (", "ln ", "(", "-", "\n", "a", "0", "\u200b", "keputusan a ", "uu 1/2000 tentang a ",
        "no sk",
    ],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(piece, bounded):
    with bounded():
        Citation.find((piece * 200_000)[:200_000])
