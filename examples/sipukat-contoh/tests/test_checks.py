"""Pemeriksaan daerah: yang jelas lolos, yang kabur ditemukan."""

from __future__ import annotations

from pathlib import Path

import sipukat
from sipukat.testing import ChecksConformance

DATA = Path(__file__).parent / "data"


class TestPemeriksaan(ChecksConformance):
    name = "sipukat-contoh"


def test_kanal_daring_dengan_alamat_lolos():
    layanan = sipukat.pelayanan.load(DATA / "layanan.toml")
    assert not sipukat.check(layanan, select="CON")


def test_kanal_daring_tanpa_alamat_ditemukan():
    kabur = sipukat.pelayanan.StandarPelayanan(nama="KTP-el", tambahan={"kanal_daring": "tersedia"})
    (temuan,) = sipukat.check(kabur, select="CON")
    assert (temuan.code, temuan.path) == ("CON101", "kanal_daring")
    assert "alamat" in temuan.message("id")
    assert "address" in temuan.message("en")
