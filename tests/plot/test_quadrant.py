import xml.etree.ElementTree as ET
from decimal import Decimal

from sipukat import plot
from sipukat.plot.quadrant import importance_axis
from sipukat.report import Figure

NS = "{http://www.w3.org/2000/svg}"
CUT = {"label": "rata-rata", "value": Decimal(80), "importance": Decimal("0.60"), "role": "cut"}


def unsur(code, value, importance, *, sure=1, whole=True):
    value, importance = Decimal(value), Decimal(importance)
    spread, wide = (Decimal(1), Decimal("0.03")) if whole else (None, None)
    return {
        "label": f"{code} Nama", "kode": code, "value": value, "importance": importance,
        "low": value - spread if whole else None, "high": value + spread if whole else None,
        "importance_low": importance - wide if whole else None,
        "importance_high": importance + wide if whole else None,
        "sure": sure, "role": "unsur",
    }  # fmt: skip


def drawn(*records, width=720, **more):
    made = Figure(
        id="q", chart="importance_performance", caption="J", alt="K", axis=("70", "90"), data=records, **more
    )
    return ET.fromstring(plot.svg(made, width=width))  # noqa: S314  our own


def test_important_lies_higher_and_good_lies_to_the_right_of_the_cut():
    root = drawn(unsur("U1", 75, "0.70"), unsur("U2", 85, "0.50", sure=0), CUT)
    first, second = ((float(e.get("cx")), float(e.get("cy"))) for e in root.iter(f"{NS}circle"))
    dashed = [e for e in root.iter(f"{NS}line") if e.get("stroke-dasharray")]
    x = next(float(e.get("x1")) for e in dashed if e.get("x1") == e.get("x2"))
    y = next(float(e.get("y1")) for e in dashed if e.get("y1") == e.get("y2"))
    assert first[0] < x < second[0]
    assert first[1] < y < second[1]


def test_an_unsure_quadrant_has_a_hollow_dot():
    classes = [
        e.get("class")
        for e in drawn(unsur("U1", 75, "0.70"), unsur("U2", 85, "0.50", sure=0), CUT).iter(f"{NS}circle")
    ]
    assert classes == ["mark", "pale edge"]


def test_every_unsur_is_named_below_and_all_four_quadrants_in_their_corners():
    records = [unsur(f"U{n}", 80, "0.60") for n in range(1, 10)]
    for width in (280, 720):
        told = [t.text for t in drawn(*records, CUT, width=width).iter(f"{NS}text")]
        assert all(f"U{n} Nama" in told and f"U{n}" in told for n in range(1, 10))
    assert {"prioritas utama", "pertahankan", "prioritas rendah", "berlebihan"} <= set(told)
    english = {t.text for t in drawn(*records, CUT, lang="en").iter(f"{NS}text")}
    assert {"concentrate here", "possible overkill"} <= english


def test_one_unsur_without_intervals_or_cut_is_drawn():
    assert len(list(drawn(unsur("U1", 80, "0.60", whole=False)).iter(f"{NS}circle"))) == 1


def test_the_axis_of_importance_holds_every_interval():
    assert importance_axis([unsur("U1", 80, "0.60"), unsur("U2", 80, "0.35")]) == (0.3, 0.7)
    assert importance_axis([]) == (0.0, 1.0)
