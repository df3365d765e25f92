"""The register of regulations, and what it says of citations."""

from datetime import date

import pytest

from sipukat.regulation import Citation
from sipukat.standards.peraturan import lookup, named_like, register, slips_in
from sipukat.standards.titles import likeness, words_of
from sipukat.standards.wilayah import foreign

LAWFUL = "dicabut"  # a repealed law is no slip of the pen


def _problems(text, **given):
    return [slip.problem for slip in slips_in(text, **given) if slip.problem != LAWFUL]


def test_every_regulation_of_the_facts_is_registered_with_its_gazette(facts):
    for fact in facts("standards-facts.json")["legal_refs"]:
        known = lookup(Citation.parse(fact["ref"]).regulation)
        assert known is not None, fact["ref"]
        assert known.confidence == fact["confidence"]
        assert (known.ln, known.tln, known.bn) == tuple(fact.get(key, "") for key in ("ln", "tln", "bn"))


def test_a_regulation_stands_in_the_register_once_with_known_sources():
    ids = [known.cite.id for known in register().peraturan]
    assert len(ids) == len(set(ids))
    letters = {letter for known in register().peraturan for letter in known.sources}
    assert letters <= set(register().sources)
    for known in register().peraturan:
        for change in (*known.diubah_oleh, *known.dicabut_oleh):
            assert set(change.sources) <= set(register().sources)
            assert change.cite is None or change.cite.tahun >= known.cite.tahun


def test_every_wrong_citation_of_the_facts_is_recognised(facts):
    for wrong in facts("standards-facts.json")["wrong_citations"]:
        found = [
            s
            for s in slips_in(wrong["text"], wilayah="Kab. Empat Lawang, Sumatera Selatan")
            if s.problem != LAWFUL
        ]
        assert found, wrong["text"]
        first = found[0]
        if first.problem != "wilayah":
            meant = Citation.find(wrong["should_be"]) or Citation.find(wrong["text"])
            assert first.expected == meant[0].citation.regulation


def test_in_real_documents_only_listed_defects_are_told(facts):
    told = {
        (document["id"], slip.problem)
        for document in facts("real-standards.json")["documents"]
        for line in document["components"].get("dasar_hukum") or ()
        for slip in slips_in(line, wilayah=document["region"])
    }
    assert told == {
        ("rsud-ciamis-igd", "dicabut"),
        ("kutaibarat-domisili", "dicabut"),
        ("kutaibarat-domisili", "tahun"),
        ("pendopo-barat-pindah", "dicabut"),
        ("pendopo-barat-pindah", "wilayah"),
        ("man2yk-legalisasi", "judul"),
    }


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("UU 36/2016 tentang Tenaga Kesehatan", ["tahun"]),
        ("PP 23/2014 tentang Pemerintah Daerah", ["jenis"]),
        ("UU 23/2014 tentang Pelayanan Publik", ["judul"]),
        ("UU 36/2009 tentang Kesehatan (LN 144, TLN 5062)", ["tln"]),
        ("UU 25/2009 sebagaimana telah diubah dengan UU 9/2015", ["perubahan"]),
    ],
)
def test_slips_are_told(text, problems):
    assert _problems(text) == problems


@pytest.mark.parametrize(
    "text",
    [
        "UU 25/2009 tentang Pelayanan Publik (LN 2009 Nomor 112, TLN 5038)",
        "UU 36/2009 tentang Kesehatan (LN 144, TLN 5063)",
        "UU 1/2022 tentang HKPD",
        "UU 29/2014 tentang Pencarian dan Pertolongan",
        "UU 25/2004 tentang Sistem Perencanaan Pembangunan Nasional",
        "Perda Kota Contoh Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "UU 22/1999 tentang Pemerintahan Daerah",
        "UU 23/2014 sebagaimana telah diubah beberapa kali terakhir dengan UU 9/2015",
        "Permenkes 36/2014 tentang Penilaian Kerusakan Rumah Sakit dan Tenaga",
        "PP 96/2012 tentang Pelaksanaan UU Pelayanan Publik",
        "UU 25/2009",
    ],
)
def test_lawful_citations_are_left_alone(text):
    assert _problems(text) == []


def test_a_repeal_counts_from_its_year_on():
    assert [s.problem for s in slips_in("UU 36/2009")] == ["dicabut"]
    assert slips_in("UU 36/2009", on=date(2016, 5, 1)) == ()


def test_a_repeal_that_the_text_itself_tells_is_no_fault():
    assert slips_in("UU 32/2004 yang telah dicabut dengan UU 23/2014") == ()
    assert slips_in("UU 17/2023 tentang Pencabutan UU 36/2009") == ()


def test_a_slip_says_what_is_right_and_whose_the_gazette_is():
    slip = slips_in("UU 36/2009 (LN 2009 Nomor 112)")[0]
    assert (slip.got, slip.right, slip.owner.id) == ("LN 2009/112", "LN 2009/144", "uu-25-2009")


def test_regulations_are_found_by_words_of_their_title():
    assert [known.cite.id for known in named_like("Pelayanan Publik")] == ["uu-25-2009"]
    assert named_like("") == ()
    assert named_like("izin gangguan") == ()


def test_a_shortened_title_is_like_the_whole_one():
    whole = words_of("Persyaratan dan Tata Cara Pendaftaran Penduduk dan Pencatatan Sipil")
    assert likeness(words_of("Persyaratan dan Tata Cara Pendaftaran"), whole) >= 0.75
    assert likeness(words_of("Kesehatan"), words_of("Tenaga Kesehatan")) < 0.75


@pytest.mark.parametrize(
    ("cited", "wilayah", "expected"),
    [
        ("Perda Kota Medan No.1 Thn 2010", "Kab. Empat Lawang, Sumatera Selatan", True),
        ("Perda Kab. Ciamis Nomor 17 Tahun 2008", "Kab. Ciamis, Jawa Barat", False),
        ("Perda Nomor 8 Tahun 2018", "Kab. Ciamis", False),
        ("Perbup Sleman 50/2016", "Kabupaten Sleman, DI Yogyakarta", False),
        ("Perda Provinsi Jawa Barat 5/2010", "Kab. Ciamis, Jawa Barat", False),
        ("Perda Provinsi Jawa Barat 5/2010", "Kab. Ciamis", False),
        ("Pergub Jawa Timur 5/2010", "Kab. Ciamis, Jawa Barat", True),
        ("Perda Kota Sukabumi 5/2010", "Kabupaten Sukabumi, Jawa Barat", True),
        ("Perda Kota Tanjung Balai 5/2010", "Kota Tanjungbalai", False),
        ("UU 25/2009", "Kota Tanjungbalai", False),
        ("Perda Kota Medan 1/2010", "", False),
    ],
)
def test_a_local_regulation_of_another_region_is_foreign(cited, wilayah, expected):
    assert foreign(Citation.parse(cited).regulation, wilayah) is expected
