import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import plot
from sipukat.plot.likert import reach, scores_of, sides
from sipukat.report import Figure

NS = "{http://www.w3.org/2000/svg}"


def figure(*records):
    return Figure(
        id="u", chart="answer_distribution", caption="J", alt="K", axis=("-100", "100"), data=records
    )


def record(*shares, label="U1", **more):
    value = sum(shares[(len(shares) + 1) // 2 :])
    return {"label": label, **dict(enumerate_shares(shares)), "value": Decimal(value), "n": 9, **more}


def enumerate_shares(shares):
    return ((f"share_{at}", Decimal(share)) for at, share in enumerate(shares, start=1))


def test_bars_part_between_the_scores_two_and_three():
    assert sides(record(10, 20, 30, 40), [1, 2, 3, 4]) == [
        (1, -30.0, -20.0), (2, -20.0, 0.0), (3, 0.0, 30.0), (4, 30.0, 70.0),
    ]  # fmt: skip


@given(st.lists(st.integers(0, 100), min_size=2, max_size=7))
def test_bars_follow_each_other_and_are_as_long_as_their_shares(shares):
    scores = list(range(1, len(shares) + 1))
    placed = sides(record(*shares), scores)
    assert [end - start for _, start, end in placed] == pytest.approx(shares)
    assert all(a[2] == pytest.approx(b[1]) for a, b in pairwise(placed))
    low, high = reach([record(*shares)], scores)
    assert low <= placed[0][1]
    assert high >= placed[-1][2]


def test_scores_are_read_from_the_records_in_their_order():
    assert scores_of([{"share_10": 1, "share_2": 1, "share_x": 1, "label": "a"}]) == [2, 10]


def test_what_is_withheld_has_its_note_and_no_bar():
    hidden = {"label": "U2", "share_1": None, "share_2": None, "value": None, "n": None, "note": "ditahan"}
    root = ET.fromstring(plot.svg(figure(record(25, 75), hidden)))  # noqa: S314  our own
    told = [t.text for t in root.iter(f"{NS}text")]
    assert "ditahan" in told
    assert told.count("75,0 %") == 1
    bars = [e for e in root.iter(f"{NS}rect") if e.get("height") == "20"]
    assert len(bars) == 2


def test_a_figure_without_any_share_is_drawn_empty():
    bare = {"label": "U1", "value": None, "note": "ditahan"}
    assert "ditahan" in plot.svg(figure(bare))
