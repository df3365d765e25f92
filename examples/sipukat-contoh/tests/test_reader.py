"""Formulir `.skm`: yang baik dibaca, yang rusak disebut barisnya."""

from __future__ import annotations

from pathlib import Path

import pytest
import sipukat
from sipukat.errors import UnreadableFileError
from sipukat.testing import ReaderConformance

SAMPLE = Path(__file__).parent / "data" / "survei.skm"


class TestSkm(ReaderConformance):
    name = "skm"
    sample = SAMPLE
    expected = ("persyaratan", "prosedur")


def test_jawaban_dibaca_sebagai_responden():
    bacaan = sipukat.read_survey(SAMPLE)
    assert len(bacaan.responses.frame) == 3
    assert bacaan.responses.frame["biaya"].tolist() == [4, 4, 3]


def test_baris_yang_rusak_disebut_nomornya(tmp_path):
    rusak = tmp_path / "rusak.skm"
    rusak.write_text("persyaratan: 4\nini bukan isian\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="baris 2"):
        sipukat.read_survey(rusak)
