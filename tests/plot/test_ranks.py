import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from sipukat import plot
from sipukat.report import Figure

NS = "{http://www.w3.org/2000/svg}"


def figure(*sets):
    records = [
        {
            "label": f"Unit {at}", "value": Decimal(90 - at), "rank": at,
            "rank_low": low, "rank_high": high, "mutu": "B", "n": 40,
        }
        for at, (low, high) in enumerate(sets, start=1)
    ]  # fmt: skip
    return Figure(id="p", chart="unit_ranks", caption="J", alt="K", axis=("1", str(len(sets))), data=records)


def drawn(made):
    return ET.fromstring(plot.svg(made))  # noqa: S314  our own


def bars(root):
    return [e for e in root.iter(f"{NS}rect") if e.get("class") == "mark"]


def test_a_bar_is_as_long_as_its_ranks_are_many():
    wide, narrow, _ = bars(drawn(figure((1, 3), (2, 2), (1, 3))))
    assert float(wide.get("width")) / float(narrow.get("width")) == pytest.approx(2.8 / 0.8, rel=0.01)


def test_every_dot_lies_on_its_bar():
    root = drawn(figure((1, 2), (1, 3), (2, 4), (3, 4)))
    for bar, dot in zip(bars(root), root.iter(f"{NS}circle"), strict=True):
        left = float(bar.get("x"))
        assert left < float(dot.get("cx")) < left + float(bar.get("width"))


def test_those_that_may_be_first_are_bold_and_ranks_are_told_in_figures():
    told = {t.text: t.get("font-weight") for t in drawn(figure((1, 1), (2, 3), (2, 3))).iter(f"{NS}text")}
    assert (told["Unit 1"], told["Unit 2"]) == ("650", "400")
    assert {"1", "2–3"} <= set(told)


def test_first_and_last_rank_stand_on_the_axis_even_of_many():
    told = [t.text for t in drawn(figure(*[(1, 57)] * 57)).iter(f"{NS}text")]
    assert {"1", "57"} <= set(told)
