"""Sums that take one answer at a time are those of the file that holds all of them."""

import pickle
import threading

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import AnswerError, ArgumentError, ColumnError, EstimationError, UnknownNameError
from sipukat.ikm.running import RunningMoments

CODES = [f"U{i}" for i in range(1, 10)]
SCORES = st.one_of(st.none(), st.integers(1, 4))
ROWS = st.lists(
    st.tuples(st.sampled_from(["Disdukcapil", "RSUD", "", None]), st.lists(SCORES, min_size=9, max_size=9)),
    max_size=30,
)


def as_frame(rows):
    frame = pd.DataFrame([scores for _, scores in rows], columns=CODES).astype("Int8")
    return frame.assign(unit=pd.Series([unit for unit, _ in rows], dtype=object))


def filled(rows):
    desk = RunningMoments(by=("unit",), unsur=CODES)
    for unit, scores in rows:
        desk.add(scores, group=(unit,))
    return desk


def test_two_answers_by_hand():
    desk = RunningMoments("spak", by="unit")
    desk.add([4, 3, 4, 4, None], group="RSUD")
    desk.add([2, 3, 1, 4, 1], group="RSUD")
    sums = desk.moments()
    assert (sums.n.tolist(), sums.n_complete.tolist()) == ([2], [1])
    k = 5
    assert sums.gram[0].diagonal()[:k].tolist() == [2, 2, 2, 2, 1]  # answers to each question
    assert sums.gram[0, range(k), range(k, 2 * k)].tolist() == [6, 6, 5, 8, 1]  # sums of scores
    assert sums.gram[0, k, k + 2] == 4 * 4 + 2 * 1
    assert sums.gram[0, 4, k] == 2  # the first score of those who answered the fifth question
    assert sums.gram_complete[0, 0].tolist() == [1, 2, 3, 1, 4, 1]
    assert sums.levels[0, 0].tolist()[1] == 1


@given(ROWS)
def test_one_by_one_gives_the_sums_of_the_frame_to_the_bit(rows):
    ours, theirs = filled(rows).moments(), ikm.moments(as_frame(rows), by="unit")
    assert ours == theirs
    for name in ("n", "weight", "weight2", "levels", "gram", "gram_complete", "group", "stratum"):
        assert getattr(ours, name).dtype == getattr(theirs, name).dtype
        assert getattr(ours, name).shape == getattr(theirs, name).shape


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_who_took_them_do_not_matter(rows, random):
    mixed = random.sample(rows, len(rows))
    cut = random.randint(0, len(rows))
    front, back = filled(mixed[:cut]), filled(mixed[cut:])
    front.merge(back)
    assert front.moments() == filled(rows).moments()
    assert front.n == len(rows)


def test_a_mapping_is_read_by_name_and_what_is_no_unsur_is_passed_over():
    desk = RunningMoments(by=("unit", "sex"), unsur=CODES[::-1])
    desk.add(dict.fromkeys(CODES, 3) | {"U1": 4, "nama": "Siti"}, group=("RSUD", "P"))
    desk.add([1, 1, 1, 1, 1, 1, 1, 1, 2], group=("RSUD", "L"))  # the last given is U1
    assert desk.unsur[0] == "persyaratan"
    assert desk.moments().gram[:, 0, 9].tolist() == [2, 4]
    assert "Siti" not in desk.moments().to_json()


def test_numbers_that_are_whole_are_taken_and_groups_are_named_as_in_a_frame():
    desk = RunningMoments("spak", by="day")
    day = pd.Timestamp("2026-03-02")
    desk.add([np.int8(4), 3.0, np.float64(2), float("nan"), pd.NA], group=[day])
    desk.add([4, 3, 2, None, None], group=day.date())
    assert desk.moments().groups == (("2026-03-02",),)
    assert desk.moments().levels[0].sum(axis=1).tolist() == [2, 2, 2, 0, 0]


@pytest.mark.parametrize(
    ("bad", "what"),
    [(5, "outside the scale: 5"), (0, "outside"), (3.5, "3.5"), ("4", "no number"), (True, "True/False")],
)
def test_a_score_that_is_none_is_refused_with_its_place_and_nothing_is_added(bad, what):
    desk = RunningMoments(by="unit", unsur=CODES)
    desk.add([3] * 9, group="RSUD")
    before = desk.moments()
    with pytest.raises(AnswerError, match=what) as failure:
        desk.add([3] * 8 + [bad], group="Kantor lain")
    assert failure.value.where == "column 'U9'"
    assert desk.moments() == before


def test_what_does_not_fit_is_refused():
    desk = RunningMoments(by="unit", unsur=CODES)
    with pytest.raises(ColumnError, match="8 scores were given for 9 unsur"):
        desk.add([3] * 8, group="a")
    with pytest.raises(ColumnError, match="do not name 'U4'"):
        desk.add({code: 3 for code in CODES if code != "U4"}, group="a")
    with pytest.raises(ArgumentError, match="has 0 values"):
        desk.add([3] * 9)
    with pytest.raises(ArgumentError, match="has 2 values"):
        desk.add([3] * 9, group=("a", "b"))
    with pytest.raises(ColumnError, match="loket"):
        RunningMoments(unsur=[*CODES, "loket"])
    with pytest.raises(ColumnError):
        RunningMoments(unsur=CODES[:-1])
    with pytest.raises(ArgumentError, match="list of names"):
        RunningMoments(unsur="U1")
    with pytest.raises(UnknownNameError):
        RunningMoments("permenpan-1")
    assert desk.n == 0


def test_sums_of_another_kind_are_not_merged():
    desk = filled([("RSUD", [3] * 9)])
    frame = as_frame([("RSUD", [4] * 9)]).assign(w=2.0)
    for other in (
        RunningMoments("spak", by="unit"),
        RunningMoments(unsur=CODES),
        ikm.moments(frame, by="unit", design=ikm.Design(weight="w")),
    ):
        with pytest.raises(EstimationError, match="cannot be merged"):
            desk.merge(other)
    desk.merge(ikm.moments(frame, by="unit"))
    assert desk.moments() == filled([("RSUD", [3] * 9), ("RSUD", [4] * 9)]).moments()


def test_moments_taken_do_not_change_with_what_comes_later():
    desk = filled([("RSUD", [3] * 9)])
    taken = desk.moments()
    text = taken.to_json()
    desk.add([4] * 9, group="RSUD")
    assert taken.to_json() == text
    assert pickle.loads(pickle.dumps(desk.moments())) == desk.moments()  # noqa: S301  our own


def test_a_hundred_groups_find_room():
    rows = [(f"unit {i:03}", [1 + (i + j) % 4 for j in range(9)]) for i in range(100)]
    assert filled(rows).moments() == ikm.moments(as_frame(rows), by="unit")


def test_several_desks_may_add_at_once():
    desk = RunningMoments(by="unit", unsur=CODES)
    rows = [(f"unit {i % 37}", [1 + (i * j) % 4 for j in range(9)]) for i in range(400)]

    def work():
        for unit, scores in rows:
            desk.add(scores, group=unit)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.moments() == filled(rows * 4).moments()


def test_an_empty_desk_has_no_index():
    with pytest.raises(EstimationError, match="no respondent"):
        ikm.estimate(RunningMoments().moments())
    assert repr(RunningMoments(by="unit")) == "<RunningMoments permenpanrb-14-2017: 0 respondents, 0 groups>"
