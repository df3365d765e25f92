"""Clarity: each rule sees what is unclear in real words, and leaves clear words alone."""

from __future__ import annotations

from datetime import date

import pytest

import sipukat
from sipukat.checks.clarity import RULES
from sipukat.checks.vocabulary import vague_in, vocabulary

ON = date(2026, 11, 24)
WAKTU, BIAYA = "jangka_waktu_penyelesaian", "biaya_tarif"


def found(code, **komponen):
    return sipukat.check({"nama": "Layanan", **komponen}, select=code, on=ON)


# code, komponen, what is seen (from real documents), what is left alone
CASES = [
    ("JLS324", BIAYA, "Tidak Ada.", "Gratis"),
    ("JLS324", BIAYA, "Nihil", "-"),
    ("JLS321", BIAYA, "Rp -", "-"),
    ("JLS301", WAKTU, "secepatnya", "3 (tiga) hari kerja"),
    ("JLS301", WAKTU, "± 15 Menit", "15 Menit"),
    ("JLS301", WAKTU, "selambat-lambatnya", "selambat-lambatnya 1 (satu) hari kerja"),
    ("JLS301", BIAYA, "Tindakan: Sesuai PERDA", "Sesuai Perda Nomor 8 Tahun 2018"),
    ("JLS301", BIAYA, "Pasien BPJS: sesuai dengan haknya", "Gratis"),
    ("JLS301", "persyaratan", "Foto lokasi (bila ada)", "Foto lokasi"),
    ("JLS301", "persyaratan", "Dokumen lain yang dibutuhkan", "Dokumen kelahiran"),
    ("JLS301", "pengawasan_internal",
     "Secara berjenjang",
     "Secara berjenjang setiap bulan oleh Kepala Bidang"),
    ("JLS301", "evaluasi_kinerja_pelaksana", "Secara berkala", "SKM secara berkala, 2 (dua) kali setahun"),
    ("JLS301", "kompetensi_pelaksana",
     "SDM yang kompeten",
     "Kompeten dan berpendidikan paling rendah sarjana"),
    ("JLS301", "jaminan_pelayanan",
     "Dilayani sesuai standar oleh petugas yang santun",
     "Waktu dalam standar ini dijamin"),
    ("JLS301", "produk_pelayanan", "KTP, KK, dll", "KTP dan KK"),
    ("JLS302", "persyaratan", "Petugas ( sebutkan nama SKPD)", "Petugas Dinas Pendidikan"),
    ("JLS302", "produk_pelayanan", "Surat .......... ", "Surat keterangan domisili."),
    ("JLS303", BIAYA, "PERDA_No__3_Tahun_2012_…", "Perda Nomor 3 Tahun 2012"),
    ("JLS303", "dasar_hukum", "sk-2024.pdf", "Unggah berkas di www.contoh.example/sk_berkas_baru.pdf"),
    ("JLS311", WAKTU, "Mengikuti antrean", "Mengikuti antrean, paling lama 30 menit"),
    ("JLS312", WAKTU, "4 hari jam kerja", "4 hari kerja"),
    ("JLS312", WAKTU, "15", "15 menit"),
    ("JLS320", WAKTU, "Minimal 3 hari", "Maksimal 3 hari"),
    ("JLS313", WAKTU, "14 (empat belas) hari kerja", "3 hari kerja (sejak permohonan lengkap dan benar)"),
    ("JLS313", WAKTU, "Proses 1 Minggu", "30 Menit"),
    ("JLS314", WAKTU, "Paling lambat 3 (tiga) hari", "Paling lambat 3 (tiga) hari kerja"),
    ("JLS314", WAKTU, "14 hari", "14 hari kalender"),
    ("JLS315", WAKTU, "3-5 menit", "5 menit"),
    ("JLS316", WAKTU, "kurang lebih 30 menit", "paling lama 30 menit"),
    ("JLS317", WAKTU,
     "6 jam, dengan catatan: tersedia tempat tidur",
     "3 hari kerja (bila berkas lengkap dan benar)"),
    ("JLS318", WAKTU,
     "Paling lama 5 hari kerja*)",
     "Paling lama 1 hari kerja*) Apabila pejabat berada di tempat"),
    ("JLS319", WAKTU,
     "3 hari kerja; 6 hari kerja",
     "Mutasi masuk: 10 hari kerja; mutasi keluar: 5 hari kerja"),
    ("JLS321", BIAYA, "Sesuai Perda no 8 tahun 2018", "Rp10.000,00 (Perda Nomor 8 Tahun 2018)"),
    ("JLS321", BIAYA, "Seikhlasnya", "Tidak dipungut biaya"),
    ("JLS322", BIAYA, "Rp. 15.000,- × indeks …", "Rp. 15.000,-"),
    ("JLS323", BIAYA, "15.000", "Rp15.000"),
    ("JLS331", "pengawasan_internal", "Dilakukan terus-menerus", "Pengawasan oleh atasan langsung"),
    ("JLS332", "kompetensi_pelaksana", "Ramah dan sabar", "Minimal SMA"),
    ("JLS333", "jaminan_keamanan_keselamatan", "Pelayanan bebas pungli", "Titik kumpul dan jalur evakuasi"),
    ("JLS334", "jaminan_pelayanan",
     "Standar Pelayanan Kampung",
     "Apabila waktu terlampaui, surat diantar tanpa biaya"),
    ("JLS335", "produk_pelayanan", "Pendaftaran pasien", "Nomor antrean poli dan kartu berobat"),
    ("JLS336", "jumlah_pelaksana", "Petugas cukup", "111 0rang"),
    ("JLS341", "sistem_mekanisme_prosedur",
     "Pemohon " + "yang telah hadir " * 14,
     "Pemohon menyerahkan berkas."),
    ("JLS342", "persyaratan", "Mengisi SPTJM", "Mengisi Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)"),
    ("JLS342", "persyaratan", "Surat dari PKBM", "FOTOKOPI KTP DAN KK"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "komponen", "unclear", "clear"), CASES)
def test_unclear_words_are_seen_and_clear_ones_left_alone(code, komponen, unclear, clear):
    seen = found(code, **{komponen: unclear})
    assert [f.code for f in seen] == [code] * len(seen)
    assert seen
    assert seen[0].path.startswith(komponen)
    assert not found(code, **{komponen: clear})


def test_every_rule_has_a_true_and_a_false_case():
    assert {case[0] for case in CASES} == {rule.code for rule in RULES}


def test_the_phrases_are_those_of_the_facts(facts):
    data = facts("standards-facts.json")
    keys = {part["letter"]: part["key"] for part in data["components"]}
    ours = {phrase.phrase: phrase for phrase in vocabulary().phrases}
    assert len(ours) == len(data["vague_phrases"]) == 40
    assert {phrase.confidence for phrase in vocabulary().added} == {"C"}
    for fact in data["vague_phrases"]:
        mine = ours[fact["phrase"]]
        assert set(mine.komponen) == {keys.get(letter, letter) for letter in fact["components"]}
        assert mine.severity == fact["severity"].partition("_")[0]
        condition = {"no_number": "number", "alone": "more"}.get(fact["severity"].partition("_if_")[2])
        assert condition in {None, mine.unless}
        assert mine.seen == fact["origin"]
        assert (mine.confidence == "C") == (fact["origin"] == "recall")
        assert mine.contoh
        assert mine.example


def test_a_maklumat_may_follow_the_law():
    promise = "Kami siap menerima sanksi sesuai peraturan perundang-undangan yang berlaku."
    assert not found("JLS", maklumat=promise)
    assert found("JLS301", jaminan_pelayanan=promise)


def test_the_severity_of_a_phrase_is_that_of_the_data():
    assert [str(f.severity) for f in found("JLS301", **{WAKTU: "segera"})] == ["error"]
    assert [str(f.severity) for f in found("JLS301", persyaratan="SPPT (jika ada)")] == ["info"]


def test_the_sentence_that_would_be_right_keeps_the_number():
    (finding,) = found("JLS318", **{WAKTU: "Paling lama 5 hari kerja*)"})
    assert "paling lama 5 (lima) hari kerja sejak berkas diterima lengkap dan benar" in finding.suggestion()
    (finding,) = found("JLS315", **{WAKTU: "3-5 menit"})
    assert "paling lama 5 (lima) menit" in finding.suggestion()


# lawful or understandable words that a coarse rule would flag
LAWFUL = [
    (WAKTU, "Secepatnya, paling lama 3 (tiga) hari kerja sejak berkas lengkap"),
    (WAKTU, ["Permohonan baru: 3 hari kerja sejak berkas lengkap", "Perpanjangan: 1 hari kerja"]),
    (WAKTU, ["Jangka waktu penyelesaian:", "3 (tiga) hari kerja sejak berkas lengkap"]),
    (WAKTU, ["2 hari kerja*) sejak berkas lengkap", "*) di luar hari libur nasional"]),
    (WAKTU, "Terlampir"),
    (
        BIAYA,
        ["Rp10.000,00 per lembar", "Besaran tarif menurut Peraturan Daerah Kota Contoh Nomor 1 Tahun 2024"],
    ),
    ("persyaratan", "Formulir permohonan diisi dengan huruf cetak"),
    ("persyaratan", "Unggah foto diri (format jpg) dengan nama ktp.jpg"),
    ("persyaratan", "Foto copy KARTU KELUARGA pemohon yang sah"),
    ("persyaratan", "Surat menurut Bab XIV"),
    ("dasar_hukum", "Peraturan Menteri Dalam Negeri Nomor 1 Tahun 2020 tentang Tata Cara dan lain-lain"),
    ("dasar_hukum", "Surat Edaran Nomor 440/" + "X" * 3 + "/2020 tentang Vaksinasi"),
    ("jaminan_pelayanan", "Kompensasi bila terlambat"),
    ("jaminan_pelayanan", "Menurut ketentuan yang berlaku, Peraturan Wali Kota Nomor 5 Tahun 2024"),
    ("jaminan_pelayanan", "Maklumat: siap menerima sanksi sesuai peraturan perundang-undangan yang berlaku"),
    ("jaminan_keamanan_keselamatan", "Rekam medis disimpan di ruang terkunci"),
    ("pengawasan_internal", "Manajer mutu memeriksa rekaman setiap hari"),
    ("penanganan_pengaduan", "Instagram disdukcapil_kota_contoh"),
    ("sistem_mekanisme_prosedur", "Petugas KHA. Dahlan mengisi formulir FM-SKP-01"),
    ("sarana_prasarana_fasilitas", "Meja, kursi, komputer, " * 16 + "dan pencetak"),
    ("produk_pelayanan", "Pemeriksaan dan tindakan dokter spesialis penyakit dalam"),
]


@pytest.mark.parametrize(("komponen", "text"), LAWFUL)
def test_lawful_words_are_left_alone(komponen, text):
    assert [str(finding) for finding in found("JLS", **{komponen: text})] == []


@pytest.mark.parametrize(
    ("komponen", "text"),
    [
        (WAKTU, "±15 Menit"),
        (WAKTU, "Selambat - lambatnya"),
        (WAKTU, "sesegera mungkin"),
        ("persyaratan", "Berkas lain yang diperlukan"),
        ("persyaratan", "Surat bermeterai cukup"),
        ("jaminan_pelayanan", "Sesuai dengan peraturan perundang – undangan yang berlaku"),
        ("evaluasi_kinerja_pelaksana", "Secara rutin"),
        ("kompetensi_pelaksana", "Kompeten di bidangnya"),
    ],
)
def test_other_spellings_of_a_phrase_are_seen(komponen, text):
    assert found("JLS301", **{komponen: text})


def test_a_condition_beside_another_vague_word_is_seen():
    assert found("JLS317", **{WAKTU: "± 15 menit jika kepala dinas ada di tempat"})


def test_a_blank_in_the_name_of_the_office_is_seen():
    draft = {
        "nama": "Layanan (sebutkan nama)",
        "unit": "Dinas ......",
        "maklumat": "Kami (nama SKPD) sanggup",
    }
    assert [f.path for f in sipukat.check(draft, select="JLS302", on=ON)] == ["nama", "unit", "maklumat"]


@pytest.mark.parametrize("text", [case[2] for case in CASES if case[1] == WAKTU] + ["3 (empat) hari"])
def test_a_time_that_is_said_to_be_right_is_right(text):
    for finding in found("JLS", **{WAKTU: text}):
        if "contoh" in finding.facts:
            assert not found("JLS", **{WAKTU: finding.facts["contoh"]}), finding


@pytest.mark.parametrize("phrase", [*vocabulary().phrases, *vocabulary().added], ids=lambda each: each.phrase)
def test_the_wording_that_would_do_has_no_vague_phrase(phrase):
    for komponen in phrase.komponen:
        key = "produk_pelayanan" if komponen == "*" else komponen
        assert not found("JLS301", **{key: phrase.contoh})
        assert [each.phrase for _, each in vague_in(key, phrase.phrase)][:1] == [phrase.phrase]


@pytest.mark.parametrize(
    "piece", ["A", "a ", "(", "…", "_", "SPTJM ", "dll ", "x_", "secara ", "a.pdf", "\n"]
)
def test_no_text_takes_long(piece, bounded):
    text = (piece * 200_000)[:200_000]
    with bounded():
        found("JLS", persyaratan=text, jaminan_pelayanan=text, biaya_tarif=text)
