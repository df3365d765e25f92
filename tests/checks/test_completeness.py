"""What a document lacks is found, what it has is not; the texts are, or are like, those of offices."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

import sipukat
from sipukat import datasets, standards
from sipukat.checks.base import Case
from sipukat.checks.completeness import RULES
from sipukat.findings import Severity, catalogue
from sipukat.pelayanan import StandarPelayanan, load

ON = date(2026, 11, 24)
LAW = standards.document("permenpanrb-15-2014")
BY_CODE = {rule.code: rule for rule in RULES}
GOOD = [name for name in datasets.names("pelayanan") if name.endswith("-good")]
POOR = [name for name in datasets.names("pelayanan") if name.endswith("-poor")]
MAKLUMAT = (
    "Dengan ini, kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah "
    "ditetapkan, siap melakukan perbaikan secara terus menerus; apabila tidak menepati janji ini, kami siap "
    "menerima sanksi sesuai peraturan perundang-undangan yang berlaku."
)
CHANNELS = ["Telepon (0999) 700101", "SP4N-LAPOR!"]
OFFICER = {"nama": "Rina Contoh", "jabatan": "Sekretaris", "alamat": "Jalan Melati Contoh Nomor 1"}


def found(code, **fields):
    case = Case(doc=StandarPelayanan.model_validate(fields), standard=LAW, on=ON)
    return list(BY_CODE[code].run(case))


CASES = [
    # code, the document that has the defect, where, the document that does not
    ("LKP101", {}, "evaluasi_kinerja_pelaksana", dict.fromkeys(LAW.komponen_keys, "ada")),
    ("LKP102", {"pengawasan_internal": "-"}, "pengawasan_internal", {"pengawasan_internal": "Setiap Jumat"}),
    ("LKP102", {"jaminan_pelayanan": []}, "jaminan_pelayanan", {}),
    ("LKP103", {"nama": " "}, "nama", {"nama": "Surat Pindah"}),
    ("LKP104", {}, "unit", {"unit": "Kecamatan Pendopo Barat"}),
    ("LKP105", {}, "nomor_sk", {"nomor_sk": "470/15/2022", "ditetapkan": "2022-03-14"}),
    ("LKP105", {"nomor_sk": "470/15/2022"}, "ditetapkan", {"nomor_sk": "1", "ditetapkan": "2022-03-14"}),
    (
        "LKP106",
        {"penanganan_pengaduan": ["Kotak saran", "Website -"]},
        "penanganan_pengaduan[1]",
        {"penanganan_pengaduan": ["Website", "Instagram kampunglinggangbigung"]},
    ),
    (
        "LKP107",
        {"penanganan_pengaduan": ["Melalui telepon", "WhatsApp"]},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": ["SMS ke customer service/humas", "Kotak saran dibuka setiap Senin"]},
    ),
    (
        "LKP107",
        {"penanganan_pengaduan": "Datang langsung"},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": ""},
    ),
    (
        "LKP108",
        {"penanganan_pengaduan": ["Kotak saran"]},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": {"butir": CHANNELS, "penanggung_jawab": OFFICER}},
    ),
    (
        "LKP108",
        {"penanganan_pengaduan": {"butir": CHANNELS, "penanggung_jawab": {"jabatan": "Kepala Bagian Humas"}}},
        "penanganan_pengaduan.penanggung_jawab",
        {"penanganan_pengaduan": ["Penanggung jawab: Rina Contoh, S.Sos., Jalan Melati Contoh Nomor 1"]},
    ),
    (
        "LKP109",
        {"penanganan_pengaduan": ["Telepon (0999) 700520 setiap hari selama 24 jam"]},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": ["Kotak saran", "Koordinasi 1x24 jam"]},
    ),
    (
        "LKP109",
        {"penanganan_pengaduan": ["Kotak saran", "SP4N-LAPOR!"]},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": ["SP4N-LAPOR!"]},
    ),
    (
        "LKP110",
        {"penanganan_pengaduan": ["Kotak saran"]},
        "penanganan_pengaduan",
        {"penanganan_pengaduan": ["LAPOR! (with 5/14/60-day limits)"]},
    ),
    (
        "LKP111",
        {"sarana_prasarana_fasilitas": ["Meja tamu", "Kipas angin", "Pojok baca"]},
        "sarana_prasarana_fasilitas",
        {"sarana_prasarana_fasilitas": ["Meja tamu", "Kursi roda"]},
    ),
    (
        "LKP111",
        {"sarana_prasarana_fasilitas": "Loket"},
        "sarana_prasarana_fasilitas",
        {"sarana_prasarana_fasilitas": "(terlampir)"},
    ),
    (
        "LKP112",
        {"sistem_mekanisme_prosedur": ["Menerima dan memverifikasi berkas permohonan", "Membuat draf surat"]},
        "sistem_mekanisme_prosedur",
        {"sistem_mekanisme_prosedur": ["Menyerahkan berkas", "Mengisi formulir", "Menerima hasil"]},
    ),
    (
        "LKP112",
        {"sistem_mekanisme_prosedur": ["Petugas meneliti", "Kepala Seksi memberi paraf"]},
        "sistem_mekanisme_prosedur",
        {"sistem_mekanisme_prosedur": ["Penderita datang ke ruang triage", "Pemeriksaan oleh dokter jaga"]},
    ),
    (
        "LKP113",
        {
            "produk_pelayanan": "Surat Keterangan Domisili",
            "sistem_mekanisme_prosedur": [
                "Petugas membuat draf",
                "Kepala Seksi memaraf",
                "Lurah menandatangani",
            ],
        },
        "sistem_mekanisme_prosedur[2]",
        {
            "produk_pelayanan": "Surat Keterangan Pengganti Ijazah",
            "sistem_mekanisme_prosedur": [
                "Kepala Bidang paraf",
                "Kepala Dinas tanda tangan",
                "Petugas menyerahkan",
            ],
        },
    ),
    (
        "LKP114",
        {"jaminan_pelayanan": "Jaminan Pelaksanaan Bersifat"},
        "jaminan_pelayanan[0]",
        {"produk_pelayanan": "Tindakan dokter spesialis penyakit dalam", "persyaratan": ["KTP; dan", "KK"]},
    ),
    (
        "LKP114",
        {"persyaratan": ["Surat keterangan dari", "Fotokopi KTP"]},
        "persyaratan[0]",
        {"persyaratan": ["Surat keterangan kehilangan dari", "kepolisian"]},
    ),
    ("LKP114", {"persyaratan": ["KTP;", "KK; dan"]}, "persyaratan[1]", {"jaminan_pelayanan": "Bersifat"}),
    (
        "LKP115",
        {"maklumat": "Kami siap melayani dengan sepenuh hati."},
        "maklumat",
        {"maklumat": MAKLUMAT},
    ),
    ("LKP116", {}, "maklumat", {"maklumat": "Kami sanggup"}),
    (
        "LKP117",
        {"dasar_hukum": ["Peraturan Pemerintah Nomor 25 Tahun 2000"]},
        "dasar_hukum[0]",
        {
            "dasar_hukum": [
                "Undang-undang Nomor 24 Tahun 2013 Perubahan dari UU 23/2006 Administrasi Kependudukan",
                "UU 1/2022 tentang HKPD",
                "UU 25/2009 mengenai Pelayanan Publik",
            ]
        },
    ),
    (
        "LKP118",
        {"tambahan": {"maklumat_pelayanan": "MAKLUMAT"}},
        "tambahan.maklumat_pelayanan",
        {"biaya_tarif": "Gratis"},
    ),
    (
        "LKP119",
        {"dasar_hukum": "Sesuai peraturan yang berlaku"},
        "dasar_hukum",
        {"dasar_hukum": "UU N0 25 tahun 2009"},
    ),
    ("LKP119", {"dasar_hukum": ["Peraturan daerah setempat"]}, "dasar_hukum", {"dasar_hukum": "-"}),
]


@pytest.mark.parametrize(("code", "faulty", "path", "sound"), CASES)
def test_a_rule_finds_its_defect_where_it_is_and_no_other(code, faulty, path, sound):
    defects = found(code, **faulty)
    assert path in {finding.path for finding in defects}
    assert {finding.code for finding in defects} == {code}
    assert found(code, **sound) == []


def test_every_rule_has_a_true_and_a_false_case():
    assert {case[0] for case in CASES} == set(BY_CODE)
    assert len(BY_CODE) == len(RULES)


@pytest.mark.parametrize("code", BY_CODE)
def test_a_rule_has_its_words_in_both_languages_and_fills_them(code):
    words = catalogue()[code]
    assert all((words.judul, words.title, words.pesan, words.message, words.saran, words.suggestion))
    faulty = next(case[1] for case in CASES if case[0] == code)
    for finding in found(code, **faulty):
        for lang in ("id", "en"):
            said = finding.message(lang) + finding.suggestion(lang)
            assert "?)" not in said  # a fact that the words ask for and the rule does not give


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_explained_with_before_after_and_source(rule):
    page = inspect.getdoc(rule.run)
    assert "Before::" in page
    assert "After::" in page
    assert "Source: " in page


@pytest.mark.parametrize("code", BY_CODE)
def test_a_rule_is_selected_by_its_code(code):
    faulty = next(case[1] for case in CASES if case[0] == code)
    assert {finding.code for finding in sipukat.check(faulty, select=code, on=ON)} == {code}


def test_a_missing_komponen_cites_its_place_and_shows_a_sentence_that_would_be_right():
    by_path = {finding.path: finding for finding in found("LKP101", nama="Surat Pindah")}
    assert set(by_path) == set(LAW.komponen_keys)
    fee = by_path["biaya_tarif"]
    assert fee.citation.place == "Pasal 21 huruf e"
    assert "Gratis (tidak dipungut biaya)" in fee.suggestion("id")
    assert fee.severity is Severity.ERROR


def test_the_officer_for_complaints_cites_pasal_36_and_says_what_lacks():
    officer = {"nama": "Rina Contoh", "jabatan": "Sekretaris"}
    (finding,) = found("LKP108", penanganan_pengaduan={"butir": ["Kotak saran"], "penanggung_jawab": officer})
    assert finding.citation.place == "Pasal 36 ayat (4)"
    assert finding.facts["kurang"] == "alamat"


def test_a_citation_without_title_is_given_the_title_that_is_known():
    (finding,) = found("LKP117", dasar_hukum="UU 23/2006")
    assert finding.suggestion("id").endswith('tentang Administrasi Kependudukan".')


@pytest.mark.parametrize("name", GOOD)
def test_a_good_draft_lacks_nothing(name):
    doc = load(datasets.path(name))
    case = Case(doc=doc, standard=LAW, on=ON)
    assert [str(finding) for rule in RULES for finding in rule.run(case)] == []


@pytest.mark.parametrize("name", POOR)
def test_a_poor_draft_lacks_something(name):
    case = Case(doc=load(datasets.path(name)), standard=LAW, on=ON)
    assert [finding for rule in RULES for finding in rule.run(case)]


def _document(entry):
    content = {}
    for key, value in entry["components"].items():
        if value is None:
            continue
        if isinstance(value, dict) and "table" in value:
            content[key] = {"butir": [*value.get("notes", []), *value["table"]]}
        else:
            content[key] = value["variants"] if isinstance(value, dict) and "variants" in value else value
    return StandarPelayanan(nama=entry["title"], unit=entry["unit"], wilayah=entry["region"], **content)


def test_full_documents_of_the_facts_have_every_komponen(facts):
    entries = [e for e in facts("real-standards.json")["documents"] if e["completeness"] == "full"]
    assert entries
    for entry in entries:
        case = Case(doc=_document(entry), standard=LAW, on=ON)
        assert [f.path for code in ("LKP101", "LKP102") for f in BY_CODE[code].run(case)] == []


@pytest.mark.parametrize(
    ("name", "code", "path"),
    [
        ("kutaibarat-domisili", "LKP106", "penanganan_pengaduan[4]"),
        ("kutaibarat-domisili", "LKP109", "penanganan_pengaduan"),
        ("kutaibarat-domisili", "LKP112", "sistem_mekanisme_prosedur"),
        ("sleman-pengganti-ijazah-dikmas", "LKP117", "dasar_hukum[2]"),
    ],
)
def test_defects_that_the_facts_list_are_found(facts, name, code, path):
    (entry,) = [e for e in facts("real-standards.json")["documents"] if e["id"] == name]
    case = Case(doc=_document(entry), standard=LAW, on=ON)
    assert path in {finding.path for finding in BY_CODE[code].run(case)}


@pytest.mark.parametrize("piece", ["1 ", "(", "5 (aa", "a, n", "jalan ", "\u2026"])
def test_hostile_text_is_checked_in_bounded_time(piece, bounded):
    text = piece * (160_000 // len(piece))
    keys = ("dasar_hukum", "persyaratan", "sistem_mekanisme_prosedur", "penanganan_pengaduan")
    with bounded():
        doc = StandarPelayanan(nama=text, maklumat=text, **dict.fromkeys(keys, text))
        case = Case(doc=doc, standard=LAW, on=ON)
        for rule in RULES:
            list(rule.run(case))
