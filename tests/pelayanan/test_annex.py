"""An annex that was published and is read again is of the same service and office."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sipukat
from sipukat.pelayanan import StandarPelayanan, load, load_all

NAMES = st.one_of(
    st.sampled_from(
        ["Izin A. Kecil.", "Surat: baru", "KTP-el (baru)", "Dinas", "Izin, 2 hari", "tabel 1. a"]
    ),
    st.text("abcXYZ 0123.,()/-&", min_size=3, max_size=30).map(lambda text: f"Izin {text}x"),
).map(lambda text: " ".join(text.split()))


@pytest.mark.parametrize("suffix", ["csv", "html", "docx", "xlsx"])
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nama=st.one_of(st.just(""), NAMES), unit=st.one_of(st.just(""), NAMES))
def test_name_and_office_of_an_annex_are_read_back(tmp_path, suffix, nama, unit):
    doc = StandarPelayanan(nama=nama, unit=unit, persyaratan=["KK", "KTP"], biaya_tarif="Gratis")
    path = sipukat.publish(doc, tmp_path / f"sp.{suffix}", part="lampiran")
    back = load(path)
    assert (back.nama, back.unit, back.instansi) == (nama, unit, "")
    assert (back.persyaratan, back.biaya_tarif) == (doc.persyaratan, doc.biaya_tarif)
    assert not back.tambahan


@pytest.mark.parametrize("suffix", ["csv", "html", "docx", "xlsx"])
def test_several_services_of_one_annex_keep_their_names(tmp_path, suffix):
    docs = [StandarPelayanan(nama=f"Izin {n}", unit="Dinas Contoh", biaya_tarif="Gratis") for n in "AB"]
    path = sipukat.publish(docs, tmp_path / f"sp.{suffix}", part="lampiran")
    assert [(each.nama, each.unit) for each in load_all(path)] == [(doc.nama, doc.unit) for doc in docs]
