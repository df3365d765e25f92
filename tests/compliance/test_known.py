"""Facts fit the leaves that ask for them, on the scales they can be read on, and no others."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance import Evidence, Item, Level, Measure, Node, tree_of
from sipukat.compliance.known import ASKED, Known, gathered, item_of, remarks

LADDER = Measure(
    kind="levels",
    high=Decimal(4),
    levels=tuple(Level(value=Fraction(n, 4), score=Decimal(n), jika="ada", when="exists") for n in (0, 1, 4)),
)
HUNDRED = Measure(kind="measure", high=Decimal(100))
COUNT, YES_NO = Measure(kind="count", high=Decimal(5)), Measure(kind="yes_no")
NO_SCALE = "skala penilaiannya tidak cocok dengan fakta ini, maka nilainya diisi penilai"


def _item(measure, **known):
    leaf = Node(key="a", nama="A", name="A", weight=Fraction(1), assumed=False, measure=measure)
    return item_of(leaf, Known(**known), "uji")


def test_every_leaf_that_asks_is_one_of_a_packaged_scheme():
    keys = {key for name in standards.names("compliance") for key in tree_of(standards.compliance(name)).keys}
    assert set(ASKED) - keys <= {"kualitas_pelayanan.proses", "kualitas_pelayanan.pengaduan"}
    assert (
        sorted(set(ASKED.values()))
        == (
            "kanal kompetensi komponen maklumat pelibatan pengaduan peninjauan sarana sarana_pengaduan skm "
            "skm_kecepatan skm_media skm_tindak_lanjut tangga"
        ).split()
    )


@pytest.mark.parametrize(
    ("measure", "fact", "value", "read"),
    [
        (LADDER, "level", 4, 4), (LADDER, "level", 3, None), (LADDER, "count", 4, None),
        (HUNDRED, "share", Fraction(1, 3), Decimal("33.33")),
        (HUNDRED, "share", Fraction(1, 800), Decimal("0.13")),
        (COUNT, "share", Fraction(1), None), (YES_NO, "share", Fraction(1), True),
        (YES_NO, "share", Fraction(9, 10), False), (COUNT, "count", 3, 3), (HUNDRED, "count", 3, None),
        (YES_NO, "yes_no", False, False), (HUNDRED, "level", 4, None), (None, "level", 4, None),
    ],
)  # fmt: skip
def test_a_fact_is_read_on_its_own_scale_only(measure, fact, value, read):
    item = _item(measure, fact=fact, value=value, note="catatan", source="s", place="p", confidence="C")
    assert item.value == read
    assert type(item.value) is type(read) or isinstance(item.value, Decimal)
    assert item.note == ("catatan" if read is not None else f"catatan; {NO_SCALE}")
    assert (item.key, item.source, item.place, item.confidence, item.schemes) == (
        "a",
        "s",
        "p",
        "C",
        ("uji",),
    )
    bare = _item(measure, fact=fact, value=value)
    assert bare.note == ("" if read is not None else NO_SCALE)


def test_bounds_of_a_rung_are_kept_on_a_ladder_where_there_is_no_value():
    bounds = {"fact": "level", "low": 1, "high": 4, "note": "catatan"}
    assert (_item(LADDER, **bounds).low, _item(LADDER, **bounds).high) == (1, 4)
    assert _item(LADDER, **bounds).note == "catatan"
    off = _item(HUNDRED, **bounds)
    assert (off.low, off.high, off.note) == (None, None, f"catatan; {NO_SCALE}")
    sure = _item(LADDER, **bounds, value=1)
    assert (sure.value, sure.low, sure.high) == (1, None, None)
    hint = _item(LADDER, fact="hint", note="hanya kata")
    assert (hint.value, hint.note) == (None, "hanya kata")


def test_what_two_schemes_share_is_one_item_of_both():
    trees = {name: tree_of(standards.compliance(name)) for name in ("ombudsman-2022", "ipp-29-2022")}
    twice = {"satu": trees["ombudsman-2022"], "dua": trees["ombudsman-2022"], "ipp": trees["ipp-29-2022"]}
    found = gathered({"komponen": Known(fact="share", value=Fraction(1, 2))}, twice, unit="Dinas")
    assert [(item.key, item.schemes) for item in found.items] == [
        ("proses.standar_pelayanan", ("satu", "dua"))
    ]
    assert found.unit == "Dinas"


def test_what_has_no_value_and_what_is_inferred_is_remarked():
    items = (
        Item(key="a.1", note="ada tautan"), Item(key="a.2"), Item(key="a.3", value=3, confidence="C"),
        Item(key="a.4", value=3, confidence="B", note="x"),
        Item(key="a.5", value=4, confidence="C", note="hitungan"),
    )  # fmt: skip
    assert [(f.code, f.path, f.facts) for f in remarks(Evidence(items=items))] == [
        ("CMP850", "a.1", {"indikator": "a.1", "catatan": "ada tautan"}),
        ("CMP851", "a.3", {"indikator": "a.3", "nilai": 3, "catatan": "tanpa catatan"}),
        ("CMP851", "a.5", {"indikator": "a.5", "nilai": 4, "catatan": "hitungan"}),
    ]
