"""The plan of a survey as data and as a table: every heading and every field."""

import pandas as pd
import pytest

from sipukat import ikm
from sipukat.ikm.mending.priorities import priorities
from sipukat.ikm.mending.rtl import Rencana, rtl

PLAN = {
    "unsur": "waktu", "program": "Loket tambahan", "tahun": 2026, "waktu": ["TW II", "TW I"],
    "penanggung_jawab": "Bidang Pelayanan", "status": "selesai", "selesai_pada": "2026-05-04",
}  # fmt: skip


@pytest.fixture
def table():
    frame = pd.DataFrame({f"U{i}": [4, 3, 4, 2 + i % 3] for i in range(1, 10)})
    return rtl(priorities(ikm.estimate(frame)), most=2).filled([PLAN])


def test_the_table_is_headed_as_the_regulation_has_it_and_in_both_languages(table):
    frame = table.to_frame()
    assert list(frame.columns) == [
        "No.", "Prioritas Unsur", "Program / Kegiatan", "Waktu (TW I-IV)", "Penanggung Jawab",
        "Nilai", "Mutu", "Status", "Selesai pada",
    ]  # fmt: skip
    assert frame.iloc[0].tolist()[:5] == [
        1,
        table.rows[0].nama,
        "Loket tambahan",
        "TW I dan TW II 2026",
        "Bidang Pelayanan",
    ]
    assert frame.iloc[0]["Status"] == "selesai"
    english = table.to_frame("en")
    assert list(english.columns[5:]) == ["Value", "Letter", "Status", "Done on"]
    assert english["Status"].tolist() == ["done", "not started"]


def test_the_plan_as_plain_data_says_by_which_rule_and_where_it_stands(table):
    held = table.to_dict()
    assert (held["format"], held["standard"]) == ("urn:sipukat:rtl:1", "permenpanrb-14-2017")
    assert held["rule"] == "Dimulai dari unsur dengan nilai paling rendah."
    assert held["place"].endswith("Rencana Tindak Lanjut")
    assert held["confidence"] == "B"
    assert held["rows"][0] == {
        "number": 1,
        "nama": "Waktu Penyelesaian",
        "nilai": table.rows[0].nilai,
        "mutu": table.rows[0].mutu,
        "lowest": True,
        "rencana": {**PLAN, "waktu": ["TW I", "TW II"], "catatan": ""},
    }
    assert table.done_share == 1.0
    assert Rencana(unsur="a", waktu=("TW IV", "TW III", "TW I")).waktu == ("TW I", "TW III", "TW IV")
