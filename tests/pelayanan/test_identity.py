"""What the lines above a table say of it."""

from __future__ import annotations

import pytest

from sipukat.pelayanan.identity import field_of, identity_of


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Jenis Pelayanan : Penerbitan KTP-el"], {"nama": "Penerbitan KTP-el"}),
        (["NAMA LAYANAN: KTP"], {"nama": "KTP"}),
        (["Standar Pelayanan: KTP"], {"nama": "KTP"}),
        (["Unit Kerja : Dinas A", "Instansi: Kota B"], {"unit": "Dinas A", "instansi": "Kota B"}),
        (["OPD : Dinas A"], {"unit": "Dinas A"}),
        (["Kabupaten : Contoh"], {"wilayah": "Kabupaten Contoh"}),
        (["Kabupaten/Kota : Kota Contoh"], {"wilayah": "Kota Contoh"}),
        (
            ["NOMOR : 060/12/2024", "TANGGAL : 5 Januari 2024"],
            {"nomor_sk": "060/12/2024", "ditetapkan": "2024-01-05"},
        ),
        (["Tanggal berlaku: 2024-02-29"], {"berlaku": "2024-02-29"}),
        (["STANDAR PELAYANAN PENERBITAN KTP-EL"], {"nama": "PENERBITAN KTP-EL"}),
        (["Standar Pelayanan Publik Penerbitan KTP-el"], {"nama": "Penerbitan KTP-el"}),
        (["STANDAR PELAYANAN", "PENERBITAN KTP-EL"], {"nama": "PENERBITAN KTP-EL"}),
        (["STANDAR PELAYANAN", "PADA DINAS A"], {"nama": "PADA DINAS A"}),
        (["STANDAR PELAYANAN PADA DINAS A"], {"unit": "DINAS A"}),
        (["STANDAR PELAYANAN DINAS A"], {"unit": "DINAS A"}),
        (["STANDAR PELAYANAN", "DINAS A"], {"unit": "DINAS A"}),
        (["PEMERINTAH KOTA CONTOH", "DINAS A"], {"instansi": "PEMERINTAH KOTA CONTOH", "unit": "DINAS A"}),
    ],
)
def test_identity_is_found(lines, found):
    assert identity_of(lines) == (found, [])


def test_the_nearer_of_two_lines_counts_and_the_other_is_left_over():
    assert identity_of(["Jenis Pelayanan : KTP", "Jenis Pelayanan : KK"]) == ({"nama": "KK"}, ["KTP"])


@pytest.mark.parametrize(
    "line",
    [
        "Standar Pelayanan ini ditetapkan untuk dilaksanakan.",
        "Standar Pelayanan yang wajib dipenuhi",
        "Dinas kami melayani dengan hati",
        "Tanggal : besok",
        "Tanggal : 31 Februari 2024",
        "Jenis Pelayanan :",
        "Lampiran I",
        "Catatan: penting",
        "STANDAR PELAYANAN " + "A" * 300,
    ],
)
def test_what_is_not_understood_is_kept_apart(line):
    assert identity_of([line]) == ({}, [line])


def test_words_that_mean_other_things_are_not_certain():
    assert field_of("Tanggal") == "ditetapkan"
    assert field_of("Tanggal", certain=True) == field_of("Persyaratan") == ""


@pytest.mark.parametrize(
    "attack", ["1 " * 100_000, ":" * 100_000, "standar pelayanan " * 20_000, "tanggal: " + "9 " * 9999]
)
def test_hostile_text_is_read_in_bounded_time(attack, bounded):
    with bounded():
        identity_of([attack])
