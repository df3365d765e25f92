"""A draft loads whatever it lacks, keeps its words, and says what was understood."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sipukat.pelayanan import KOMPONEN, StandarPelayanan


def test_the_komponen_are_the_fourteen_of_the_law_in_its_order(facts):
    law = sorted(facts("standards-facts.json")["components"], key=lambda part: part["order_uu25"])
    assert tuple(part["key"] for part in law) == KOMPONEN


def test_an_empty_draft_loads():
    assert StandarPelayanan().model_dump() == {}


def test_a_komponen_that_is_absent_differs_from_one_left_blank():
    draft = StandarPelayanan(biaya_tarif=[])
    assert draft.persyaratan is None
    assert draft.biaya_tarif.kosong
    assert draft.model_dump() == {"biaya_tarif": ()}


@pytest.mark.parametrize("blank", ["", " ", []])
def test_blank_content_is_blank(blank):
    assert StandarPelayanan(persyaratan=blank).persyaratan.kosong


def test_the_words_stay_beside_what_was_understood():
    waktu = StandarPelayanan(jangka_waktu_penyelesaian="± 15 Menit (Jaringan Internet Stabil)")
    (butir,) = waktu.jangka_waktu_penyelesaian.butir
    assert butir.text == "± 15 Menit (Jaringan Internet Stabil)"
    assert (butir.max, butir.unit, butir.approx, butir.condition) == (
        15,
        "menit",
        True,
        "Jaringan Internet Stabil",
    )


def test_variants_are_kept_apart():
    draft = StandarPelayanan(persyaratan={"BPJS": ["Kartu BPJS", "KTP"], "Umum": "KTP"})
    assert [butir.text for butir in draft.persyaratan.varian["BPJS"]] == ["Kartu BPJS", "KTP"]
    assert draft.persyaratan.butir == ()
    assert len(draft.persyaratan.semua) == 3


def test_a_step_knows_its_actor_and_time_from_words_or_as_stated():
    draft = StandarPelayanan(
        sistem_mekanisme_prosedur=[
            {"text": "Berkas diperiksa", "pelaku": "Petugas loket", "waktu": "10 menit"},
            "Pemohon menyerahkan berkas (5 menit)",
            "Kepala Dinas menandatangani",
        ]
    )
    stated, read, untimed = draft.sistem_mekanisme_prosedur.butir
    assert (stated.oleh, stated.lama.max) == ("Petugas loket", 10)
    assert (read.oleh, read.lama.max) == ("pemohon", 5)
    assert (untimed.oleh, untimed.lama) == ("kepala dinas", None)


@pytest.mark.parametrize(
    ("text", "kanal"),
    [
        ("Telp. (0274) 523347", "telepon"),
        ("SP4N-LAPOR!", "sp4n_lapor"),
        ("SQUAD LIBI (WA GROUP)", "whatsapp"),
        ("Kotak saran dibuka setiap Senin", "kotak_saran"),
        ("SMS ke customer service", "sms"),
        ("WA: 0811 000 000", "whatsapp"),
        ("pengaduan@dinas.example", "surel"),
        ("Hp. 0811 000 000", "telepon"),
        ("Koordinasi 1x24 jam", None),
        ("Siswa dan mahasiswa dapat bertanya", None),  # "wa" ends other words
        ("Jawaban diberikan", None),
    ],
)
def test_a_channel_is_recognised(text, kanal):
    (butir,) = StandarPelayanan(penanganan_pengaduan=[text]).penanganan_pengaduan.butir
    assert butir.kanal == kanal


@pytest.mark.parametrize("text", ["Website -", "Telepon:", "Email –"])
def test_a_channel_with_nothing_behind_it_is_blank(text):
    assert StandarPelayanan(penanganan_pengaduan=text).penanganan_pengaduan.butir[0].blank


def test_a_channel_with_an_address_is_not_blank():
    assert (
        not StandarPelayanan(penanganan_pengaduan="Telepon 0274-523347").penanganan_pengaduan.butir[0].blank
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("berlaku", 1700000000),
        ("berlaku", "9 Maret 2026"),
        ("berlaku", "2026-03-09T00:00:00"),
        ("berlaku", "2026-02-30"),
        ("persyaratan", 3),
        ("persyaratan", [{"text": "KTP", "jenis": "penting"}]),
        ("persyaratan", [{"isi": "KTP"}]),
        ("sistem_mekanisme_prosedur", [{"text": "Berkas diperiksa", "waktu": "tiga hari"}]),
        ("sistem_mekanisme_prosedur", [{"text": "Berkas diperiksa", "waktu": "segera"}]),
        ("biaya_tarif", [{"text": "Rp 5.000", "kind": "fixed", "amount": "abc"}]),
        ("jangka_waktu_penyelesaian", [{"text": "tiga hari", "max": "tiga", "unit": "hari"}]),
        ("tambahan", {"persyaratan": ["KTP"]}),
        ("tambahan", {"Kunci Salah": ["KTP"]}),
        ("persyaratn", ["KTP"]),
    ],
)
def test_nonsense_is_refused(field, value):
    with pytest.raises(ValidationError):
        StandarPelayanan.model_validate({field: value})


def test_every_line_has_a_place():
    draft = StandarPelayanan(
        persyaratan={"BPJS": ["Kartu BPJS"]},
        biaya_tarif="Gratis",
        tambahan={"jam_pelayanan": "Senin, 08.00-15.00"},
    )
    assert list(draft.lines()) == [
        ("persyaratan", "persyaratan.BPJS[0]", "Kartu BPJS"),
        ("biaya_tarif", "biaya_tarif[0]", "Gratis"),
        ("jam_pelayanan", "jam_pelayanan[0]", "Senin, 08.00-15.00"),
    ]
