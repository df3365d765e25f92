"""Standar daerah: menambah, tidak mengurangi."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import sipukat
from sipukat.testing import StandardConformance

LAW = "perbup-contoh-12-2025"
DATA = Path(__file__).parent / "data"


class TestSkm(StandardConformance):
    name = f"{LAW}-skm"


class TestStandarPelayanan(StandardConformance):
    name = f"{LAW}-sp"


class TestTarget(StandardConformance):
    name = f"{LAW}-target"


def test_unsur_kesepuluh_ditambahkan_dan_bobotnya_rata():
    skm = sipukat.standards.survey(f"{LAW}-skm")
    nasional = sipukat.standards.survey("permenpanrb-14-2017")
    assert skm.unsur_keys == (*nasional.unsur_keys, "kanal_daring")
    assert set(skm.weights.values()) == {Fraction(1, 10)}
    assert skm.bands == nasional.bands


def test_ikm_dihitung_dengan_sepuluh_unsur():
    bacaan = sipukat.read_survey(DATA / "survei.csv", standard=f"{LAW}-skm")
    hasil = sipukat.ikm.estimate(bacaan.responses, f"{LAW}-skm").overall
    # 40 responden; rata-rata sembilan unsur 3,5 dan kanal daring 2: (9 x 3,5 + 2) / 10 x 25 = 83,75
    assert (hasil.n, hasil.ikm) == (40, 83.75)


def test_komponen_daerah_yang_tidak_ada_ditemukan():
    lengkap = sipukat.pelayanan.load(DATA / "layanan.toml")
    kurang = lengkap.model_copy(update={"tambahan": {}})
    assert not sipukat.check(lengkap, f"{LAW}-sp", select="LKP101")
    assert [f.path for f in sipukat.check(kurang, f"{LAW}-sp", select="LKP101")] == ["kanal_daring"]


def test_target_dimulai_pada_batas_bawahnya():
    sebutan = [sipukat.compliance.classify(ikm, f"{LAW}-target").code for ikm in ("82.99", "83", "90")]
    assert sebutan == ["BELUM", "TERCAPAI", "MELAMPAUI"]
