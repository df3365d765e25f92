"""Sums that wait are those that would have been taken at once."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.ikm import deferred
from sipukat.ikm.moments import Moments, merge

U = [f"U{i}" for i in range(1, 10)]
LATER = ("n_complete", "gram", "gram_complete")


def frame_of(rows):
    frame = pd.DataFrame([answers for _, answers in rows], columns=U, dtype="Int8").replace(0, pd.NA)
    return frame.assign(unit=[unit for unit, _ in rows])


ROWS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.lists(st.integers(0, 4), min_size=9, max_size=9)),
    min_size=1,
    max_size=30,
)


def by_hand(rows, unit):
    x = np.array([answers for name, answers in rows if unit in (name, "")])
    full = x[(x > 0).all(axis=1)]
    both, ones = np.hstack([x > 0, x]), np.hstack([np.ones((len(full), 1), dtype=int), full])
    return len(full), both.T @ both, ones.T @ ones


@given(rows=ROWS)
def test_sums_that_waited_are_the_products_of_the_answers(rows):
    sums = ikm.moments(frame_of(rows), by="unit")
    assert sums.pending is not None
    whole = sums.pooled()
    for at, (unit,) in enumerate(sums.groups):
        n, gram, full = by_hand(rows, unit)
        assert sums.n_complete[at] == n
        assert (sums.gram[at] == gram).all()
        assert (sums.gram_complete[at] == full).all()
    assert sums.gram.dtype == sums.gram_complete.dtype == sums.n_complete.dtype == np.int64
    assert sums.pending is None
    n, gram, full = by_hand(rows, "")
    assert whole.pending is not None  # all as one are summed by themselves, or not at all
    assert (whole.n_complete[0], whole.gram[0].tolist()) == (n, gram.tolist())
    assert whole.gram_complete[0].tolist() == full.tolist()
    assert whole == merge([sums]).pooled()


@given(rows=ROWS)
def test_a_result_is_the_same_whether_its_sums_waited_or_not(rows):
    frame = frame_of(rows)
    at_once = ikm.moments(frame, by="unit")
    at_once = Moments.from_json(at_once.to_json())
    assert at_once.pending is None
    waiting, summed = ikm.estimate(frame, by="unit"), ikm.estimate(at_once)
    assert waiting.to_dict()["groups"] == summed.to_dict()["groups"]
    assert waiting.to_dict()["overall"] == summed.to_dict()["overall"]


@pytest.fixture
def rows():
    rng = np.random.default_rng(5)
    return [("ABC"[i % 3], rng.integers(0, 5, 9).tolist()) for i in range(40)]


def test_an_estimate_takes_no_sums_of_products_until_uncertainty_is_asked_for(rows):
    result = ikm.estimate(frame_of(rows), by="unit")
    assert np.isfinite(result.groups.points.ikm).all()
    assert result.moments.pending is not None
    assert result["A"].low < result["A"].ikm < result["A"].high
    assert result.moments.pending is None


def test_a_frame_that_is_changed_later_changes_no_result(rows):
    frame = frame_of(rows)
    plain = frame[U].fillna(1).astype("int8").assign(unit=frame["unit"])  # what the sums could be views of
    for data in (frame, plain):
        want, held = ikm.estimate(data.copy(), by="unit"), ikm.estimate(data, by="unit")
        data.loc[:, U] = 4
        data.loc[:, "unit"] = "A"
        assert held.overall.se == want.overall.se
        assert held.moments == want.moments


def _sent(sums):
    return pickle.loads(pickle.dumps(sums))  # noqa: S301  as between processes


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, replace, _sent])
def test_copies_of_waiting_sums_are_whole(rows, again):
    want = ikm.moments(frame_of(rows), by="unit")
    copied = again(ikm.moments(frame_of(rows), by="unit"))
    assert copied == want
    assert all((getattr(copied, name) == getattr(want, name)).all() for name in LATER)


def test_waiting_sums_merge_with_those_of_another_file(rows):
    first, second = frame_of(rows[:15]), frame_of(rows[15:])
    both = ikm.moments(first, by="unit") + ikm.moments(second, by="unit")
    assert both.pending is not None
    assert both == ikm.moments(frame_of(rows), by="unit")
    other = frame_of([(unit + "2", answers) for unit, answers in rows[15:]])
    apart = ikm.moments(first, by="unit") + ikm.moments(other, by="unit")
    assert apart.pooled() == both.pooled()
    assert apart == ikm.moments(pd.concat([first, other]), by="unit")


def test_waiting_sums_that_are_merged_with_sums_are_summed(rows):
    first, second = ikm.moments(frame_of(rows[:15]), by="unit"), ikm.moments(frame_of(rows[15:]), by="unit")
    first = Moments.from_json(first.to_json())
    assert (first + second).pending is None
    assert first + second == ikm.moments(frame_of(rows), by="unit")


def test_sums_that_wait_in_pieces_are_taken_when_they_are_no_longer_worth_it():
    half = ikm.moments(frame_of([("A", [1 + i % 4] * 9) for i in range(deferred.WORTH - 1)]), by="unit")
    assert half.pending is not None
    assert half.pooled().pending is not None
    assert (half + half).pending is None
    assert (half + half).n.tolist() == [2 * (deferred.WORTH - 1)]
    assert (half + half).gram.tolist() == (2 * half.gram).tolist()


def test_all_as_one_wait_however_many_they_are():
    rows = [(f"u{i % 9}", [1 + i % 4] * 9) for i in range(2 * deferred.WORTH)]
    assert ikm.moments(frame_of(rows), by="unit").pooled().pending is not None


def test_several_threads_may_ask_at_once(rows):
    sums = ikm.moments(frame_of(rows * 50), by="unit")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: getattr(sums, name), LATER * 4))
    assert all((one == getattr(sums, name)).all() for one, name in zip(found, LATER * 4, strict=True))


def test_large_groups_do_not_wait():
    frame = frame_of([("A", [1 + i % 4] * 9) for i in range(deferred.WORTH + 1)])
    assert ikm.moments(frame, by="unit").pending is None
    assert ikm.moments(frame.head(deferred.WORTH), by="unit").pending is not None


def test_weights_units_and_populations_of_a_column_are_summed_at_once(rows):
    frame = frame_of(rows).assign(w=1.5, people=500, school=list(range(40)))
    for design in (ikm.Design(weight="w"), ikm.Design(psu="school"), ikm.Design(population="people")):
        assert ikm.moments(frame, by="unit", design=design).pending is None


def test_groups_that_no_respondent_is_in_are_left_out():
    frame = frame_of([("C", [4] * 9), ("A", [2] * 9), ("C", [1, *[4] * 8])])
    frame["unit"] = pd.Categorical(frame["unit"], categories=list("DCBA"))
    sums = ikm.moments(frame, by="unit")
    assert (sums.groups, sums.n.tolist()) == ((("A",), ("C",)), [1, 2])
    assert sums.levels[:, 0].tolist() == [[0, 1, 0, 0], [1, 0, 0, 1]]
    assert sums.gram[:, 9, 9].tolist() == [4, 17]


def test_a_grid_that_is_mostly_empty_is_counted_by_what_occurs():
    frame = frame_of([("A", [3] * 9)] * 60).assign(unit=range(60), desk=[f"loket {i}" for i in range(60)])
    sums = ikm.moments(frame, by=("desk", "unit"))  # 3,600 cells could occur
    assert len(sums.groups) == 60
    assert sums.n.tolist() == [1] * 60
    assert (sums.gram[:, 9, 9] == 9).all()


def test_what_sums_do_not_have_is_no_part_of_them(rows):
    with pytest.raises(AttributeError, match="'Moments' object has no attribute 'mean'"):
        _ = ikm.moments(frame_of(rows)).mean


def test_who_asks_when_another_thread_has_just_summed_finds_the_sums(rows):
    sums = ikm.moments(frame_of(rows))
    gram = sums.gram
    assert Moments.__getattr__(sums, "gram") is gram  # as of a thread that found nothing a moment ago


def test_waiting_sums_report_their_rows_too(rows):
    told = []
    ikm.moments(frame_of(rows), by="unit", progress=told.append)
    assert told == [40]


def test_surveys_that_together_have_too_many_cells_for_one_integer_are_summed():
    answers = [np.full(100, 3, np.int8)] * 18
    half = deferred.Pending.of(np.arange(100), answers, cells=100, high=4)  # 54 bits, and 7 for the cells
    places = [np.arange(100), np.arange(100, 200)]
    assert deferred.Pending.joined([half, half], places, 200) is None
    assert (
        deferred.Pending.joined([half, half], [places[0]] * 2, 100).sums()["n_complete"].tolist() == [2] * 100
    )
