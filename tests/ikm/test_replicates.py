"""Replicate weights in pieces, and where their overlap is too much to hold by group."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import DesignError
from sipukat.ikm.replicates import checked_replicates, ranks, replicated_sums
from sipukat.ikm.replicating import _bootstrap

CODES = [f"U{n}" for n in range(1, 10)]
REPLICATES = ("r1", "r2", "r3")
DESIGN = ikm.Design(weight="w", replicate_weights=ikm.ReplicateWeights(columns=REPLICATES, method="JK1"))


@pytest.fixture
def frame():
    rng = np.random.default_rng(7)
    rows = pd.DataFrame(rng.integers(1, 5, (40, 9)), columns=CODES)
    rows.loc[3, "U4"] = np.nan
    weights = pd.DataFrame(rng.integers(0, 3, (40, 3)).astype(float), columns=[*REPLICATES])
    return rows.join(weights).assign(w=1.0, unit=[*"ab" * 20])


def _estimates(frame):
    result = ikm.estimate(frame, by="unit", design=DESIGN)
    return [(e.ikm, e.se, e.df) for e in (result.overall, result["a"], result["b"])]


def test_sums_are_those_of_the_definition_whatever_the_size_of_a_piece(monkeypatch):
    rng = np.random.default_rng(3)
    answers = rng.integers(0, 5, (20, 4)).astype(np.int8)
    weights = rng.integers(0, 4, (20, 3)).astype(float)
    cell = rng.integers(0, 2, 20)
    for piece in (1 << 15, 3):
        monkeypatch.setattr("sipukat.ikm.dense._PIECE", piece)
        found = replicated_sums(cell, list(answers.T), weights, cells=2)
        for at in range(2):
            x, w = answers[cell == at].astype(float), weights[cell == at]
            full = (x > 0).all(axis=1, keepdims=True)
            assert (found.total[at] == w.T @ np.hstack([x > 0, x])).all()
            assert (found.total_complete[at] == w.T @ np.hstack([full, x * full])).all()
            assert (found.overlap[at] == w.T @ w).all()


def test_an_overlap_that_is_too_much_to_hold_is_that_of_all(monkeypatch, frame):
    by_group = _estimates(frame)
    monkeypatch.setattr("sipukat.ikm.replicates.MOST_OVERLAP", 17)  # two groups would need 18
    pooled = _estimates(frame)
    assert [e[:2] for e in pooled] == [e[:2] for e in by_group]
    assert [e[2] for e in pooled] == [2, 2, 2]
    few = frame.iloc[:3].assign(unit=[*"aab"], r1=[1.0, 0, 0], r2=[0, 1.0, 0], r3=[0, 0, 1.0])
    assert [e[2] for e in _estimates(few)] == [2, 1, 0]  # never more than respondents less one
    half, rest = (ikm.moments(part, by="unit", design=DESIGN) for part in (frame.iloc[:20], frame.iloc[20:]))
    assert ikm.estimate(half + rest, by="unit")["a"].df == 2


@pytest.mark.parametrize("most", [17, 18])
def test_two_cells_of_three_replicates_need_eighteen_numbers(monkeypatch, most):
    monkeypatch.setattr("sipukat.ikm.replicates.MOST_OVERLAP", most)
    found = replicated_sums(np.array([0, 1]), [np.array([4, 3], np.int8)], np.ones((2, 3)), cells=2)
    assert len(found.overlap) == (2 if most == 18 else 1)


def test_a_weight_that_is_none_is_named_with_its_first_ten_rows():
    good, bad = np.ones(30), np.ones(30)
    bad[5:20] = -1.0
    with pytest.raises(
        DesignError, match=r"column 'two' has 15 values .* first at rows 6 to 15$|6-15$"
    ) as told:
        checked_replicates([good, bad, bad], ["one", "two", "three"])
    assert "16" not in str(told.value)
    assert checked_replicates([good, 0 * good], ["one", "two"]).shape == (30, 2)
    for value in (np.nan, np.inf):
        with pytest.raises(DesignError, match="'one' has 1 values"):
            checked_replicates([np.where(np.arange(30) == 4, value, 1.0)], ["one"])


def test_the_rank_is_that_of_the_weights_behind_an_overlap():
    one, two = np.array([[1.0, 2.0], [2.0, 4.0]]), np.eye(2)
    assert ranks(np.stack([one, two, np.zeros((2, 2))])).tolist() == [1, 2, 0]


def test_a_bootstrap_of_rao_and_wu_keeps_the_size_of_every_stratum_and_leaves_one_draw_out():
    home, counts = np.repeat([0, 1, 2], [4, 1, 7]), np.array([4, 1, 7])
    every = _bootstrap(home, counts, np.ones(3), 500, 7)
    assert every[home == 0].sum(axis=0) == pytest.approx(4)
    assert every[home == 2].sum(axis=0) == pytest.approx(7)
    assert (every[home == 1] == 1).all()
    # left of 1: a factor is a whole number of draws, n - 1 in all, times n / (n - 1)
    assert np.allclose(every[home == 0] * 3 / 4 % 1, 0)
    # a quarter left: half the way from 1
    part = _bootstrap(home, counts, np.full(3, 0.25), 500, 7)
    assert part - 1 == pytest.approx((every - 1) / 2)


def test_sums_under_replicates_that_their_design_does_not_name_have_no_error(frame):
    sums = ikm.moments(frame, by="unit", design=DESIGN)
    result = ikm.estimate(replace(sums, design=ikm.Design(weight="w")))
    with pytest.raises(DesignError, match="names no replicate weights"):
        _ = result.overall.se
