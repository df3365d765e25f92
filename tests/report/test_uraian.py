"""The cell of a komponen: the office's words, a line each, with what is stated beside them."""

from __future__ import annotations

import pytest

from sipukat.pelayanan import StandarPelayanan
from sipukat.report.uraian import cell


def written(key, content):
    return cell(StandarPelayanan.model_validate({key: content}), key)


@pytest.mark.parametrize(
    ("key", "content", "text"),
    [
        ("persyaratan", "KTP", "KTP"),
        ("persyaratan", ["KTP", "KK"], "1. KTP\n2. KK"),
        ("persyaratan", ["a. KTP", "b. KK"], "a. KTP\nb. KK"),
        ("persyaratan", ["1. KTP\n2. KK", "Pas foto"], "1. KTP\n2. KK\nPas foto"),
        ("persyaratan", [{"text": "KTP", "jenis": "administratif"}], "KTP (administratif)"),
        ("persyaratan", [], ""),
        ("persyaratan", [" "], ""),
        ("biaya_tarif", {"BPJS": "Gratis", "Umum": ["Rp1", "Rp2"]}, "BPJS:\nGratis\nUmum:\n1. Rp1\n2. Rp2"),
        ("jangka_waktu_penyelesaian", "± 15 Menit (Jaringan Internet Stabil)", None),
    ],
)
def test_lines_are_printed_as_they_stand(key, content, text):
    assert written(key, content) == (content if text is None else text)


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (
            {"text": "Memeriksa berkas", "pelaku": "Petugas", "waktu": "5 menit"},
            "Petugas: Memeriksa berkas (5 menit)",
        ),
        ({"text": "Petugas memeriksa berkas", "pelaku": "Petugas"}, "Petugas memeriksa berkas"),
        (
            {"text": "Petugas memeriksa berkas", "pelaku": "Petugas loket", "waktu": "5 menit"},
            "Petugas memeriksa berkas (oleh Petugas loket) (5 menit)",
        ),
        ({"text": "Petugas memeriksa (5 menit)", "waktu": "5 menit"}, "Petugas memeriksa (5 menit)"),
    ],
)
def test_a_step_says_who_and_how_long_once(step, text):
    assert written("sistem_mekanisme_prosedur", [step]) == text
    again = StandarPelayanan(sistem_mekanisme_prosedur=[text]).sistem_mekanisme_prosedur.butir[0]
    if "waktu" in step:
        assert again.lama.minutes_max == 5


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ({"text": "Telepon", "alamat": "(0999) 1"}, "Telepon: (0999) 1"),
        ({"text": "0812-0000-0000", "jenis": "whatsapp"}, "WhatsApp: 0812-0000-0000"),
        ({"text": "WhatsApp 0812", "jenis": "whatsapp", "nama": "Rina"}, "WhatsApp 0812 (Rina)"),
    ],
)
def test_a_channel_has_its_kind_address_and_name(channel, text):
    assert written("penanganan_pengaduan", [channel]) == text


def test_the_officer_for_complaints_stands_below_the_channels():
    content = {"butir": ["Telepon 1"], "penanggung_jawab": {"nama": "Rina", "alamat": "Jalan A 1"}}
    assert written("penanganan_pengaduan", content) == "Telepon 1\nPenanggung jawab: Rina, Jalan A 1"
    assert written("penanganan_pengaduan", {"butir": [], "penanggung_jawab": {"nama": "Rina"}}) == (
        "Penanggung jawab: Rina"
    )


def test_a_komponen_that_is_not_there_is_empty():
    assert cell(StandarPelayanan(), "biaya_tarif") == cell(StandarPelayanan(), "maskot") == ""
