"""From the text of a cell to items and variants."""

from __future__ import annotations

import pytest

from sipukat.pelayanan.lines import content_of, joined, marked


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1. KTP\n2. KK\n3. Akta", ["KTP", "KK", "Akta"]),
        ("a. KTP\nb. KK", ["KTP", "KK"]),
        ("1) KTP\n2) KK", ["KTP", "KK"]),
        ("(1) KTP\n(2) KK", ["KTP", "KK"]),
        ("1.KTP\n2.KK", ["KTP", "KK"]),
        ("- KTP\n- KK", ["KTP", "KK"]),
        ("•\tKTP\n•\tKK", ["KTP", "KK"]),
        ("\uf0b7 KTP\n\uf0b7 KK", ["KTP", "KK"]),
        ("KTP\nKK", ["KTP", "KK"]),
        ("  KTP   asli  \n\n\n KK ", ["KTP asli", "KK"]),
        ("fotokopi KTP\nfotokopi KK", ["fotokopi KTP", "fotokopi KK"]),
        ("1. KTP", ["KTP"]),
        ("- Gratis", ["Gratis"]),
        ("Syarat sebagai berikut:\n1. KTP\n2. KK", ["Syarat sebagai berikut:", "KTP", "KK"]),
        ("1. KTP yang\nmasih berlaku\n2. KK", ["KTP yang masih berlaku", "KK"]),
        ("1. KTP\n2. KK\nCatatan: dibawa asli", ["KTP", "KK", "Catatan: dibawa asli"]),
        ("1. Dokumen:\na. KTP\nb. KK\n2. Formulir", ["Dokumen: a. KTP b. KK", "Formulir"]),
        ("1. Dokumen\n- KTP\n- KK\n2. Formulir", ["Dokumen - KTP - KK", "Formulir"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_marks_go_where_the_lines_are_a_list(cell, items):
    assert content_of([cell]) == items


@pytest.mark.parametrize(
    "lines",
    [
        ["08.00 - 15.00", "13.00 - 15.00"],
        ["3 - 14 hari kerja"],
        ["15.000", "30.000"],
        ["2. KTP", "4. KK"],
        ["b. Kepala Dinas"],
        ["a.n. Kepala Dinas"],
        ["-"],
        ["-5 menit"],
        ["1 (satu) hari kerja"],
        ["Rp. 15.000,-"],
    ],
)
def test_what_only_looks_like_a_mark_stays(lines):
    assert content_of(["\n".join(lines)]) == lines


def test_a_list_may_go_over_several_cells():
    assert content_of(["1. KTP", "2. KK", "3. Akta\n4. Foto"]) == ["KTP", "KK", "Akta", "Foto"]


# --- variants


@pytest.mark.parametrize(
    "cell",
    [
        "BPJS:\n1. KK\n2. KTP\nUmum:\n1. KTP",
        "BPJS :\n- KK\n- KTP\nUmum :\n- KTP",
        "A. BPJS:\n1. KK\n2. KTP\nB. Umum:\n1. KTP",
        "BPJS:\nKK\nKTP\nUmum:\nKTP",
        "BPJS:\nKK\nUmum:\nKTP\nBPJS:\nKTP",
    ],
)
def test_headings_with_lines_below_them_are_variants(cell):
    assert content_of([cell], "persyaratan") == {
        "butir": [],
        "varian": {"BPJS": ["KK", "KTP"], "Umum": ["KTP"]},
    }


def test_lines_before_the_first_variant_hold_for_everybody():
    assert content_of(["Formulir\nBPJS:\nKK\nUmum:\nKTP"]) == {
        "butir": ["Formulir"],
        "varian": {"BPJS": ["KK"], "Umum": ["KTP"]},
    }


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("persyaratan", "Pemohon melampirkan:\nKTP\nKK"),
        ("persyaratan", "BPJS:\nKTP\nUmum:"),
        ("persyaratan", "BPJS:\nUmum:\nKTP"),
        ("penanganan_pengaduan", "Telepon:\n0274 523347\nSurel:\nloket@contoh.go.id"),
        ("sistem_mekanisme_prosedur", "Pemohon:\nDatang\nPetugas:\nMencatat"),
        ("persyaratan", "Pasien yang datang dengan kendaraan sendiri dari rumah:\nKTP\nUmum:\nKK\nSisa"),
    ],
)
def test_introductions_channels_and_actors_are_no_variants(key, cell):
    content = content_of([cell], key)
    assert content == cell.split("\n")


def test_a_heading_in_a_list_hangs_in_that_list():
    cell = "1. Pemohon membawa:\na. KTP\nb. KK\n2. Petugas mencatat:\na. nama\n3. Selesai"
    assert content_of([cell], "persyaratan") == [
        "Pemohon membawa: a. KTP b. KK",
        "Petugas mencatat: a. nama",
        "Selesai",
    ]


def test_a_duration_keeps_what_it_depends_on():
    cell = "Pelayanan maksimal 6 jam, dengan catatan:\na. tersedia tempat tidur;\nb. kondisi stabil"
    one = "Pelayanan maksimal 6 jam, dengan catatan: a. tersedia tempat tidur; b. kondisi stabil"
    assert content_of([cell], "jangka_waktu_penyelesaian") == [one]
    assert len(content_of([cell], "persyaratan")) == 3


# --- several columns


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ([["a.", "KTP"], ["b.", "KK"]], ["a. KTP", "b. KK"]),
        ([["1", "KTP"], ["2", "KK"]], ["1. KTP", "2. KK"]),
        ([["1", "orang"]], ["1 orang"]),
        ([["Dokter umum", "15.000"]], ["Dokter umum 15.000"]),
        ([["satu\ndua", "tiga"]], ["satu\ndua", "tiga"]),
        ([], []),
    ],
)
def test_columns_of_one_row_are_one_text(rows, cells):
    assert joined(rows) == cells


@pytest.mark.parametrize(
    "attack", ["(" * 100_000, "1." * 100_000, "- " * 100_000, "a) " * 100_000, "1.\n" * 50_000]
)
def test_hostile_text_is_read_in_bounded_time(attack, bounded):
    with bounded():
        content_of([attack], "persyaratan")
        marked(attack)
