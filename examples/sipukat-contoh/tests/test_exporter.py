"""Pesan singkat: pendek, terbaca, dan tidak mengubah angka."""

from __future__ import annotations

import sipukat
from sipukat.testing import ExporterConformance

from sipukat_contoh.exporter import MOST


class TestPesan(ExporterConformance):
    name = "pesan"


def test_pesan_menyebut_ikm_dan_muat_dalam_satu_kiriman(tmp_path):
    bacaan = sipukat.read_survey(sipukat.datasets.path("puskesmas-contoh"))
    hasil = sipukat.ikm.estimate(bacaan.responses)
    teks = sipukat.publish(hasil, tmp_path / "pesan.txt").read_text(encoding="utf-8")
    assert f"{hasil.overall.ikm:.2f}".replace(".", ",") in teks
    assert len(teks) <= MOST + 1
