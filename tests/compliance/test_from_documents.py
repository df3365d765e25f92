"""Documents fill what they show, with source and place; what they do not show stays unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sipukat
from sipukat import datasets, pelayanan
from sipukat.checks import ladder
from sipukat.compliance import score
from sipukat.compliance.from_documents import evidence_from
from sipukat.compliance.known import remarks
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.findings import Findings
from sipukat.pelayanan import StandarPelayanan

ON = date(2026, 11, 24)
NAMES = datasets.names("pelayanan")
DRAFTS = {name: pelayanan.load(datasets.path(name)) for name in NAMES}
POOR = [doc for name, doc in DRAFTS.items() if name.endswith("-poor")]
GOOD = [doc for name, doc in DRAFTS.items() if name.endswith("-good")]
SP, TANGGA, PENINJAUAN = "proses.standar_pelayanan", "kebijakan_pelayanan.1", "kebijakan_pelayanan.4"


def reviewed(*days):
    return [StandarPelayanan(nama=f"Layanan {at}", unit="Dinas", ditinjau=day) for at, day in enumerate(days)]


@pytest.mark.parametrize("name", NAMES)
def test_the_rung_is_that_of_the_ladder_of_the_checks(name):
    known = evidence_from(DRAFTS[name], standard="ipp-29-2022", on=ON)
    assert known.get(TANGGA).value == ladder(DRAFTS[name]).score


def test_the_rung_of_an_office_is_the_lowest_of_its_documents_and_names_it():
    item = evidence_from([*GOOD, DRAFTS["kelurahan-domisili-poor"]], standard="ipp-29-2022", on=ON).get(
        TANGGA
    )
    assert item.value == 3
    assert "Surat Keterangan Domisili tidak mencatat tanggal pelibatan masyarakat" in item.note


def test_a_whole_standard_gives_a_hundred_and_nine_of_fourteen_what_an_assessor_would_write():
    good, poor = DRAFTS["puskesmas-pendaftaran-good"], DRAFTS["puskesmas-pendaftaran-poor"]
    assert evidence_from(good, standard="ombudsman-2022", on=ON).get(SP).value == 100
    item = evidence_from(poor, sipukat.check(poor, on=ON), standard="ombudsman-2022", on=ON).get(SP)
    assert item.value == Decimal("64.29")  # 9/14
    assert item.confidence == "C"
    assert "9 dari 14 komponen terisi" in item.note
    assert "kompetensi_pelaksana" in item.note  # it still holds the blank of a form: only the findings know


def test_findings_lower_the_share_and_never_raise_it():
    poor = DRAFTS["puskesmas-pendaftaran-poor"]
    bare = evidence_from(poor, standard="ombudsman-2022", on=ON).get(SP).value
    assert bare == Decimal("71.43")  # 10/14: without findings the blank of the form is not seen


def test_findings_of_several_documents_go_to_their_own_document_however_they_come():
    together = evidence_from(POOR, sipukat.check(POOR, on=ON), standard="ombudsman-2022", on=ON)
    each = evidence_from(POOR, [sipukat.check(doc, on=ON) for doc in POOR], standard="ombudsman-2022", on=ON)
    assert together == each
    assert together.get(SP).value == Decimal("87.50")  # 98 of 112
    with pytest.raises(ArgumentError, match="2 sets of findings for 8 documents"):
        evidence_from(POOR, [Findings(), Findings()], on=ON)


@pytest.mark.parametrize(
    ("days", "level", "bounds"),
    [
        ((None,), 0, (None, None)),
        ((date(2025, 11, 24),), 5, (None, None)),  # a year ago to the day
        ((date(2025, 11, 23),), 3, (None, None)),
        ((date(2026, 1, 1), None), 4, (None, None)),
        ((date(2026, 1, 1), date(2020, 1, 1)), 4, (None, None)),
        ((date(2024, 11, 24), date(2025, 1, 1)), 3, (None, None)),
        ((date(2023, 11, 24), date(2021, 1, 1)), 1, (None, None)),
        ((date(2024, 11, 1), None), 2, (None, None)),
        ((date(2024, 11, 1),), None, (1, 3)),  # all, between two and three years: the scale has no words
        ((date(2025, 1, 1), None), None, (2, 3)),  # some, between one and two
    ],
)
def test_the_review_scale_is_read_as_it_is_worded_and_bounded_where_it_has_no_words(days, level, bounds):
    item = evidence_from(reviewed(*days), standard="ipp-29-2022", on=ON).get(PENINJAUAN)
    assert (item.value, (item.low, item.high)) == (level, bounds)


def test_a_review_of_29_february_is_a_year_old_on_the_first_of_march():
    doc = reviewed(date(2024, 2, 29))
    levels = [
        evidence_from(doc, standard="ipp-29-2022", on=day).get(PENINJAUAN).value
        for day in (date(2025, 3, 1), date(2025, 3, 2))
    ]
    assert levels == [5, 3]


def test_a_review_in_the_future_is_refused():
    with pytest.raises(ArgumentError, match="2027-01-01 is after 2026-11-24"):
        evidence_from(reviewed(date(2027, 1, 1)), on=ON)


@given(st.permutations(range(len(POOR))))
def test_the_order_of_documents_changes_no_value(order):
    straight = evidence_from(POOR, standard="ipp-29-2022", on=ON)
    turned = evidence_from([POOR[at] for at in order], standard="ipp-29-2022", on=ON)
    assert straight.values() == turned.values()


def test_every_item_has_a_source_and_a_note():
    known = evidence_from(POOR, skm={"done": True, "media": 2, "source": "Laporan SKM"}, on=ON)
    assert all(item.source and item.note for item in known.items)
    assert known.get("kebijakan_pelayanan.7").source == "Laporan SKM"


def test_without_a_scheme_it_serves_every_scheme_of_the_library():
    known = evidence_from(GOOD[0], on=ON)
    for scheme in ("ombudsman-2022", "ombudsman-2025", "ipp-29-2022", "ombudsman-2021"):
        found = score(known, standard=scheme)
        assert found.lowest.score <= found.highest.score
    assert score(known, standard="ombudsman-2022").contribution(SP).value == 100


def test_what_has_no_scale_is_told_and_not_made_a_number():
    known = evidence_from(GOOD[0], standard="ipp-29-2022", skm={"media": 3}, on=ON)
    item = known.get("kebijakan_pelayanan.7")
    assert item.value is None
    told = remarks(known)
    assert "CMP850" in {finding.code for finding in told if finding.path == item.key}
    assert remarks(evidence_from(GOOD[0], standard="ombudsman-2022", on=ON)).by_code("CMP851")
    assert not remarks(known.with_(TANGGA, 5)).by_code("CMP851")


def test_no_document_another_thing_and_an_unknown_scheme_are_refused():
    with pytest.raises(ArgumentError, match="no document"):
        evidence_from([], on=ON)
    with pytest.raises(ArgumentError, match=r"docs\[0\] is a str"):
        evidence_from(["draf.toml"], on=ON)
    with pytest.raises(UnknownNameError, match="ombudsman-2022"):
        evidence_from(GOOD[0], standard="ombudsman-2026", on=ON)


FITS_NOT = "; skala penilaiannya tidak cocok dengan fakta ini, maka nilainya diisi penilai"
KTP = StandarPelayanan(
    nama="KTP-el",
    unit="Dinas A",
    persyaratan="KK",
    biaya_tarif="Gratis",
    kompetensi_pelaksana="SMA",
    sarana_prasarana_fasilitas=["Kursi"],
    penanganan_pengaduan={
        "butir": ["Telp. (0274) 523347", "Kotak saran"],
        "penanggung_jawab": {"jabatan": "Kepala Seksi"},
    },
    maklumat="Kami sanggup",
    disepakati=date(2026, 1, 5),
    ditinjau=date(2026, 1, 6),
)
AKTA = StandarPelayanan(nama="Akta", unit="Dinas A")


def _told(item):
    return item.value, item.place, item.confidence, item.note


def test_what_two_documents_show_of_each_indicator_is_told_with_its_place():
    known = evidence_from([KTP, AKTA], standard="ipp-29-2022", on=ON)
    assert (known.unit, known.product, known.on) == ("Dinas A", "", ON)
    assert {item.source for item in known.items} == {"KTP-el dan Akta"}
    behind = "pengelolaannya tidak terlihat dari dokumen"
    reviewed_ = "peninjauan tercatat pada 1 dari 2 dokumen,"
    assert {item.key: _told(item) for item in known.items} == {
        "kebijakan_pelayanan.1": (
            1, "dasar_hukum", "B",
            ("yang terendah dari 2 dokumen: KTP-el tidak mencatat komponen dasar_hukum, "
            "sistem_mekanisme_prosedur, jangka_waktu_penyelesaian, produk_pelayanan dan 5 lainnya"),
        ),
        "kebijakan_pelayanan.2": (
            None, "disepakati", "B",
            f"pelibatan masyarakat tercatat pada 1 dari 2 dokumen: KTP-el 5 Januari 2026{FITS_NOT}",
        ),
        "kebijakan_pelayanan.4": (
            4, "ditinjau", "B",
            f"{reviewed_} dihitung dari 24 November 2026: KTP-el 6 Januari 2026",
        ),
        "kebijakan_pelayanan.5": (
            None, "maklumat", "B", "maklumat disertakan pada 1 dari 2 dokumen; pemasangannya tidak terlihat",
        ),
        "konsultasi_pengaduan.25": (
            None, "penanganan_pengaduan", "B", f"sarana fisik yang disebut: kotak_saran{FITS_NOT}",
        ),
        "konsultasi_pengaduan.26": (
            None, "penanganan_pengaduan", "B", f"2 jenis kanal disebut: telepon dan kotak_saran{FITS_NOT}",
        ),
        "konsultasi_pengaduan.27": (
            None, "penanganan_pengaduan", "B",
            f"2 jenis kanal, penanggung jawab disebut pada 1 dari 2 dokumen; {behind}",
        ),
    }  # fmt: skip


def test_what_the_ombudsman_asks_is_told_of_one_document():
    known = evidence_from(KTP, standard="ombudsman-2022", on=ON)
    assert (known.unit, known.product) == ("Dinas A", "KTP-el")
    seen = "terisi pada 1 dari 1 dokumen; keadaannya tidak terlihat dari dokumen"
    lacking = (
        "dasar_hukum, sistem_mekanisme_prosedur, jangka_waktu_penyelesaian, produk_pelayanan, "
        "pengawasan_internal, jumlah_pelaksana, jaminan_pelayanan, jaminan_keamanan_keselamatan dan "
        "evaluasi_kinerja_pelaksana"
    )
    assert {item.key: _told(item) for item in known.items} == {
        "input.kompetensi": (None, "kompetensi_pelaksana", "B", f"komponen kompetensi_pelaksana {seen}"),
        "input.sarana_prasarana": (
            None, "sarana_prasarana_fasilitas", "B", f"komponen sarana_prasarana_fasilitas {seen}",
        ),
        SP: (
            Decimal("35.71"), "komponen", "C",
            (f"5 dari 14 komponen terisi; tidak ada atau kosong: KTP-el: {lacking}; "
            "pemasangannya tidak terlihat dari dokumen"),
        ),
        "pengaduan.pengelolaan": (
            None, "penanganan_pengaduan", "B",
            ("2 jenis kanal, penanggung jawab disebut pada 1 dari 1 dokumen; "
            "pengelolaannya tidak terlihat dari dokumen"),
        ),
    }  # fmt: skip


def test_a_bare_document_shows_that_nothing_is_there():
    known = evidence_from(AKTA, standard="ipp-29-2022", on=ON)
    note = {item.key: item.note for item in known.items}
    assert note["kebijakan_pelayanan.4"] == (
        "peninjauan tercatat pada 0 dari 1 dokumen, dihitung dari 24 November 2026; "
        "yang tidak tercatat dihitung tidak ditinjau"
    )
    assert note["kebijakan_pelayanan.2"] == f"pelibatan masyarakat tercatat pada 0 dari 1 dokumen{FITS_NOT}"
    assert note["konsultasi_pengaduan.25"] == f"tidak ada sarana fisik yang disebut{FITS_NOT}"
    assert note["konsultasi_pengaduan.26"] == f"0 jenis kanal disebut{FITS_NOT}"
    every = evidence_from([AKTA, KTP.model_copy(update={"unit": "Dinas B"})], standard="ipp-29-2022", on=ON)
    assert (every.unit, every.get(TANGGA).note.split(":")[0]) == ("", "yang terendah dari 2 dokumen")
    assert "Akta tidak mencatat komponen" in every.get(TANGGA).note


def test_the_indicators_of_a_survey_are_asked_of_its_facts():
    told = {"done": True, "media": 2, "rtl_done": Decimal("0.5"), "weeks": Decimal(6)}
    known = evidence_from(AKTA, skm=told, standard="ipp-29-2022", on=ON)
    asked = {f"kebijakan_pelayanan.{n}": known.get(f"kebijakan_pelayanan.{n}").note for n in range(6, 10)}
    assert [note.split(";")[0] for note in asked.values()] == [
        "SKM dilakukan",
        "hasil SKM dipublikasikan pada 2 media",
        "50% dari rencana tindak lanjut selesai",
        "tindak lanjut 6 minggu setelah hasil",
    ]


def test_a_document_without_a_word_stands_on_no_rung():
    item = evidence_from(StandarPelayanan(), standard="ipp-29-2022", on=ON).get(TANGGA)
    assert (item.value, item.place) == (0, "nama")
    assert item.note.endswith("tidak mencatat isi")
