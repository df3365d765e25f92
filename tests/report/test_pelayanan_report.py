"""The documents around a Standar Pelayanan: in the office's own words, with visible blanks."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest

import sipukat
from sipukat import datasets
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.pelayanan import StandarPelayanan, from_table, load
from sipukat.report import build
from sipukat.report.keputusan import legal_basis
from sipukat.report.pelayanan_words import BLANK, Subject, words_of
from sipukat.report.uraian import cell

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
PARTS = ["lampiran", "keputusan", "maklumat", "berita_acara", "sippn", "pemeriksaan"]
GOOD = load(datasets.path("rsud-rawat-jalan-good"))
POOR = load(datasets.path("disdukcapil-ktp-el-poor"))
EMPTY = StandarPelayanan()
WORDS_IN_ORDER = ["KEPUTUSAN", "Menimbang", "Mengingat", "MEMUTUSKAN", "KESATU", "Ditetapkan di", "NO"]


def said(document) -> str:
    return "\n".join(getattr(block, "text", "") for block in document.blocks)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("doc", [GOOD, POOR, EMPTY, [GOOD, POOR]], ids=["good", "poor", "empty", "two"])
def test_every_part_is_made_in_every_format(doc, part, lang, tmp_path):
    for suffix in ("html", "json", "csv", "xlsx"):
        path = sipukat.publish(doc, tmp_path / f"sp.{suffix}", lang=lang, part=part, generated=NOW)
        assert path.stat().st_size > 100


def test_the_annex_has_fourteen_rows_in_two_groups_in_the_words_of_the_office():
    rows = build(GOOD, generated=NOW).tables[0].rows
    assert [row[0] for row in rows] == ["", *"123456", "", *"12345678"]
    assert rows[0][1] == "PENYAMPAIAN LAYANAN (Service Delivery)"
    assert rows[3][2] == GOOD.jangka_waktu_penyelesaian.butir[0].text
    running = build(GOOD, numbering="running", generated=NOW).tables[0].rows
    assert [row[0] for row in running if row[0]] == [str(number) for number in range(1, 15)]


@pytest.mark.parametrize("name", datasets.names("pelayanan"))
@pytest.mark.parametrize("standard", ["uu-25-2009", "permenpanrb-15-2014"])
def test_what_the_annex_prints_is_read_back(name, standard):
    doc = load(datasets.path(name))
    table = build(doc, standard=standard, generated=NOW).tables[0]
    back = from_table([[column.label for column in table.columns], *table.rows])
    for key in sipukat.pelayanan.KOMPONEN:
        was, now = doc.isi(key), back.isi(key)
        if was is None or was.kosong:
            assert now is None or now.kosong, key
        elif key not in {
            "sistem_mekanisme_prosedur",
            "penanganan_pengaduan",
        }:  # what stood beside is words now
            assert [item.text for item in now.semua] == [
                sipukat.pelayanan.komponen.words(item) for item in was.semua
            ], key


def test_the_decree_names_each_regulation_once_and_the_services():
    text = said(build([GOOD, POOR], part="keputusan", generated=NOW))
    assert (
        text.count("Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;") == 2
    )  # UU, and title of the PP
    assert "KEDUA: " in text
    assert GOOD.nama in text
    assert POOR.nama in text
    basis = legal_basis(Subject(docs=(GOOD,), standard=sipukat.standards.document("uu-25-2009"), lang="id"))
    assert len(basis) == len(set(basis))


def test_the_decree_revokes_an_old_one_only_where_one_is_named():
    without = said(build(GOOD, part="keputusan", generated=NOW))
    old = "Keputusan Direktur Nomor 1 Tahun 2020"
    with_one = said(build(GOOD, part="keputusan", mencabut=old, generated=NOW))
    assert "dicabut" not in without
    assert f"KEEMPAT: Pada saat keputusan ini mulai berlaku, {old} dicabut" in with_one
    assert "KELIMA: Keputusan ini mulai berlaku pada tanggal 1 April 2026." in with_one


def test_what_is_not_known_is_a_visible_blank_and_is_listed():
    document = build(EMPTY, part="keputusan", generated=NOW)
    assert f"NOMOR {BLANK}" in said(document)
    note = next(block for block in document.blocks if block.kind == "note" and "isian" in block.text)
    assert "nomor keputusan, tanggal penetapan, jabatan penanda tangan" in note.text
    assert "Persyaratan" in note.text
    assert "number of the decree, day it was set" not in note.text


def test_the_maklumat_is_that_of_the_office_or_the_usual_one_which_is_said():
    own = build(GOOD, part="maklumat", pejabat="Rina Contoh", tanggal=date(2026, 3, 2), generated=NOW)
    assert GOOD.maklumat in said(own)
    assert "2 Maret 2026" in said(own)
    usual = build(GOOD.model_copy(update={"maklumat": ""}), part="maklumat", generated=NOW)
    assert "sanggup menyelenggarakan pelayanan sesuai standar pelayanan" in said(usual)
    assert usual.blocks[-1].kind == "note"


def test_the_minutes_open_with_day_and_date_and_have_rows_to_fill_in():
    document = build(GOOD, part="berita_acara", generated=NOW)
    assert "Selasa, tanggal dua puluh empat bulan Februari tahun dua ribu dua puluh enam" in said(document)
    assert len(document.tables[0].rows) == 5
    filled = build(
        GOOD, part="berita_acara", masukan=[("Antre lama", "Tambah loket", "3 bulan")], generated=NOW
    )
    assert filled.tables[0].rows == (("1", "Antre lama", "Tambah loket", "3 bulan"),)
    with pytest.raises(ArgumentError, match="three texts"):
        build(GOOD, part="berita_acara", masukan=[("Antre lama",)], generated=NOW)


def test_sippn_has_the_six_published_rows_and_lapor():
    rows = build(GOOD, part="sippn", generated=NOW).tables[0].rows
    assert len(rows) == 3 + 6 + 1
    assert rows[-1][0] == "LAPOR!"
    assert rows[2][1] == GOOD.nomor_sk


def test_the_check_is_told_with_articles_and_what_would_be_right():
    document = build(POOR, part="pemeriksaan", on=date(2026, 11, 24), generated=NOW)
    notes = [block for block in document.blocks if block.kind == "note"]
    found = sipukat.check(POOR, "permenpanrb-15-2014", on=date(2026, 11, 24))
    assert sorted(note.code for note in notes if note.code != "LKP191") == sorted(f.code for f in found)
    assert any("Pasal 21 huruf d" in note.text for note in notes)
    assert "Tangga 1 dari 5" in document.blocks[0].detail


def test_a_document_of_nothing_wrong_says_so_and_promises_no_more():
    document = build(GOOD, part="pemeriksaan", on=date(2026, 11, 24), generated=NOW)
    assert "tidak menggantikan penilaian orang" in said(document)


def test_the_data_for_programs_is_the_document(tmp_path):
    path = sipukat.publish(GOOD, tmp_path / "sp.json", generated=NOW)
    stored = json.loads(path.read_text(encoding="utf-8"))["data"]["documents"][0]
    assert sipukat.pelayanan.loads(json.dumps(stored)) == GOOD


def test_misuse_is_refused():
    with pytest.raises(UnknownNameError, match="no part is named 'sk'"):
        build(GOOD, part="sk")
    with pytest.raises(UnknownNameError, match="numbering"):
        build(GOOD, numbering="roman")
    with pytest.raises(ArgumentError, match="time zone"):
        build(GOOD, generated=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError, match="no report is known"):
        build([])


def test_both_languages_have_the_same_words():
    assert set(words_of("id")) == set(words_of("en"))


@pytest.mark.parametrize("suffix", ["html", "xlsx", "csv"])
@pytest.mark.parametrize("name", [name for name in datasets.names("pelayanan") if name.endswith("good")])
def test_a_published_annex_is_read_back_from_its_file(name, suffix, tmp_path):
    doc = load(datasets.path(name))
    back = load(sipukat.publish(doc, tmp_path / f"sp.{suffix}", generated=NOW))
    for key in sipukat.pelayanan.KOMPONEN:
        # who answers for complaints is one more line now
        assert re.sub(r"\d+\. (?=Penanggung)", "", cell(back, key)) == cell(doc, key), key


def test_a_line_that_looks_like_a_formula_acts_in_no_format(tmp_path):
    doc = StandarPelayanan(nama="=1+1", persyaratan=["=cmd|A1", "<script>x</script>"])
    page = sipukat.publish(doc, tmp_path / "sp.html", generated=NOW).read_text(encoding="utf-8")
    assert "<script" not in page
    text = sipukat.publish(doc, tmp_path / "sp.csv", part="sippn", generated=NOW).read_text("utf-8-sig")
    assert "'=1+1" in text


@pytest.mark.parametrize("part", ["keputusan", "maklumat", "berita_acara"])
@pytest.mark.parametrize("suffix", ["html", "csv", "json"])
def test_the_words_of_a_letter_are_in_every_format(part, suffix, tmp_path):
    path = sipukat.publish(GOOD, tmp_path / f"sp.{suffix}", part=part, generated=NOW)
    text = path.read_text(encoding="utf-8")
    first = next(block.text for block in build(GOOD, part=part, generated=NOW).blocks if block.text)
    assert first.splitlines()[0] in text
    assert BLANK in text


def test_the_decree_in_a_workbook_has_its_words_above_the_annex(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = sipukat.publish(GOOD, tmp_path / "sk.xlsx", part="keputusan", generated=NOW)
    sheet = openpyxl.load_workbook(path)["Ringkasan"]
    column = [str(row[0].value or "") for row in sheet.iter_rows()]
    places = [next(i for i, text in enumerate(column) if text.startswith(w)) for w in WORDS_IN_ORDER]
    assert places == sorted(places)


def test_the_legal_basis_has_the_higher_and_older_first_and_leaves_no_line_out():
    doc = StandarPelayanan(
        dasar_hukum=[
            "Perwali Contoh 9/2025",
            "UU 17/2023 tentang Kesehatan;",
            "Kesepakatan forum",
            "PP 96/2012",
        ]
    )
    law = sipukat.standards.document("permenpanrb-15-2014")
    basis = legal_basis(Subject(docs=(doc, doc), standard=law, lang="id"))
    assert basis[1:3] == ("UU 17/2023 tentang Kesehatan", "PP 96/2012")
    assert basis[0].startswith("Undang-Undang Nomor 25 Tahun 2009")
    assert basis[-2:] == ("Perwali Contoh 9/2025", "Kesepakatan forum")
    assert len(basis) == 6


def test_blanks_are_listed_in_both_languages():
    notes = [block for block in build(EMPTY, part="maklumat", generated=NOW).blocks if block.kind == "note"]
    assert "jabatan penanda tangan" in notes[-1].text
    assert "position of the signer" in notes[-1].beside


def test_an_option_that_the_part_does_not_have_is_refused():
    with pytest.raises(TypeError, match="the part 'sippn' has no option numbering; it has none"):
        build(GOOD, part="sippn", numbering="running")
    with pytest.raises(TypeError, match="only StandarPelayanan are reported together, got int"):
        build([GOOD, 3])


def test_findings_that_were_made_already_are_told_for_each_document():
    found = sipukat.check([POOR, GOOD], "permenpanrb-15-2014", on=date(2026, 11, 24))
    given = build([POOR, GOOD], part="pemeriksaan", findings=found, generated=NOW)
    assert given == build([POOR, GOOD], part="pemeriksaan", on=date(2026, 11, 24), generated=NOW).model_copy(
        update={"provenance": given.provenance}
    )
    assert not any("documents[" in getattr(block, "text", "") for block in given.blocks)


def test_a_local_komponen_stands_last_under_its_name():
    doc = StandarPelayanan(persyaratan="KTP", tambahan={"maskot_layanan": "Si Lapor"})
    assert build(doc, generated=NOW).tables[0].rows[-1] == ("9", "Maskot layanan", "Si Lapor")


def test_the_same_document_and_time_give_the_same_bytes(tmp_path):
    for suffix in ("html", "xlsx", "csv", "json"):
        paths = [sipukat.publish(GOOD, tmp_path / f"{n}.{suffix}", generated=NOW) for n in "ab"]
        assert paths[0].read_bytes() == paths[1].read_bytes()
