"""Two versions are told apart in words, and equal ones are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sipukat.pelayanan import StandarPelayanan, diff

lines = st.lists(st.text(min_size=1, max_size=8), max_size=5)


def test_a_line_put_in_between_moves_no_other():
    old = StandarPelayanan(persyaratan=["KTP", "KK"])
    new = StandarPelayanan(persyaratan=["KTP", "Pasfoto", "KK"])
    assert [str(change) for change in diff(old, new)] == ["persyaratan: ditambahkan “Pasfoto”."]


def test_every_kind_of_change_is_said_in_both_languages():
    old = StandarPelayanan(nama="A", biaya_tarif="Gratis", persyaratan={"BPJS": ["KTP"]})
    new = StandarPelayanan(
        nama="B", persyaratan={"BPJS": ["KTP", "KK"]}, produk_pelayanan="Kartu", berlaku="2026-03-09"
    )
    assert [change.message("en") for change in diff(old, new)] == [
        "nama: “A” became “B”.",
        "berlaku: added “9 Maret 2026”.",
        "persyaratan.BPJS: added “KK”.",
        "biaya tarif: removed “Gratis”.",
        "produk pelayanan: added “Kartu”.",
    ]


def test_what_is_stated_beside_the_words_counts():
    old = StandarPelayanan(sistem_mekanisme_prosedur=[{"text": "Periksa", "waktu": "10 menit"}])
    new = StandarPelayanan(sistem_mekanisme_prosedur=[{"text": "Periksa", "waktu": "5 menit"}])
    (change,) = diff(old, new)
    assert (change.old, change.new) == ("Periksa (waktu: 10 menit)", "Periksa (waktu: 5 menit)")


def test_a_blank_heading_that_comes_or_goes_is_a_change():
    (change,) = diff(StandarPelayanan(), StandarPelayanan(biaya_tarif=[]))
    assert (change.kind, change.path) == ("added", "biaya_tarif")


def test_the_officer_for_complaints_is_compared():
    old = StandarPelayanan(penanganan_pengaduan={"butir": [], "penanggung_jawab": {"nama": "Rina"}})
    new = StandarPelayanan(penanganan_pengaduan={"butir": [], "penanggung_jawab": {"nama": "Budi"}})
    assert [str(c) for c in diff(old, new)] == [
        "penanganan pengaduan.penanggung jawab: “Rina” menjadi “Budi”."
    ]


@given(lines, lines)
def test_there_is_a_change_exactly_where_two_differ(before, after):
    old, new = StandarPelayanan(persyaratan=before), StandarPelayanan(persyaratan=after)
    assert diff(old, old) == ()
    assert bool(diff(old, new)) == (old != new)
