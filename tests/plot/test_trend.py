import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import plot
from sipukat.plot.trend import kept
from sipukat.report import Band, Figure

NS = "{http://www.w3.org/2000/svg}"


def period(label, value, *, spread=2, time=None, sure=None, n=90):
    value = None if value is None else Decimal(value)
    ends = (None, None) if spread is None or value is None else (value - spread, value + spread)
    return {
        "label": label, "time": time, "value": value, "low": ends[0], "high": ends[1],
        "mutu": "B", "n": n, "sure": sure,
    }  # fmt: skip


def figure(*records, **more):
    return Figure(id="t", chart="trend", caption="J", alt="K", axis=("70", "100"), data=records, **more)


def drawn(made, width=720):
    return ET.fromstring(plot.svg(made, width=width))  # noqa: S314  our own


def dots(root):
    return list(root.iter(f"{NS}circle"))


def joints(root):
    return [e for e in root.iter(f"{NS}line") if e.get("x1") != e.get("x2") and e.get("y1") != e.get("y2")]


def test_higher_lies_higher_and_distances_in_time_are_kept():
    times = [Decimal(2023), Decimal(2024), Decimal(2026)]
    root = drawn(figure(*(period(str(t), 80 + i, time=t) for i, t in enumerate(times))))
    x, y = ([float(dot.get(key)) for dot in dots(root)] for key in ("cx", "cy"))
    assert y[0] > y[1] > y[2]
    assert x[2] - x[1] == pytest.approx(2 * (x[1] - x[0]), abs=0.05)


def test_a_change_beyond_sampling_error_is_a_solid_line_and_one_within_is_dashed():
    made = figure(period("a", 80), period("b", 84, sure=1), period("c", 85, sure=0), period("d", 86))
    solid, dashed, unknown = joints(drawn(made))
    assert solid.get("stroke-dasharray") is None
    assert solid.get("opacity") is None
    assert dashed.get("stroke-dasharray")
    assert unknown.get("opacity")


def test_one_period_stands_in_the_middle_and_one_without_index_is_left_out():
    assert len(dots(drawn(figure(period("2026", "100.00", spread=None))))) == 1
    gap = drawn(figure(period("a", 80), period("b", None), period("c", 82)))
    assert len(dots(gap)) == 2
    assert len(joints(gap)) == 1
    assert not dots(drawn(figure(period("a", None))))


def test_few_respondents_have_a_hollow_dot_and_bands_their_letters():
    bands = [Band(low="70", mutu="C", kinerja=""), Band(low="85", mutu="B", kinerja="")]
    root = drawn(figure(period("a", 80, n=12), period("b", 90), bands=bands))
    assert [dot.get("class") for dot in dots(root)] == ["pale edge", "mark"]
    assert {"B", "C"} <= {t.text for t in root.iter(f"{NS}text")}


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(1, 200)), min_size=1, max_size=30))
def test_labels_that_are_kept_do_not_touch_and_the_last_is_kept(spots):
    places, widths = zip(*sorted(spots), strict=True)
    shown = sorted(kept(places, widths))
    assert shown[-1] == len(places) - 1
    for a, b in pairwise(shown):
        assert places[a] + widths[a] / 2 < places[b] - widths[b] / 2
