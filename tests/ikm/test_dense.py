"""Sums that need every row: the same whatever the size of a piece."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.ikm.dense import answer_rows, runs

CODES = [f"U{n}" for n in range(1, 10)]


@pytest.fixture
def frame():
    rng = np.random.default_rng(11)
    rows = pd.DataFrame(rng.integers(1, 5, (48, 9)), columns=CODES)
    rows.loc[[3, 20], "U4"] = np.nan
    return rows.assign(
        h=[*"xxxyyy" * 8], k=np.arange(48) // 6, unit=[*"aab" * 16], w=1.0 + rng.integers(0, 4, 48), dasar=1.0
    )


@pytest.mark.parametrize("missing", ["per_unsur", "complete"])
@pytest.mark.parametrize("psu", [None, "k"])
def test_fitted_weights_give_the_same_in_pieces_of_three_rows(monkeypatch, frame, missing, psu):
    fit = ikm.Calibration(base="dasar", margins=(("h",),))
    design = ikm.Design(weight="w", psu=psu, calibration=fit)
    results = []
    for piece in (1 << 15, 3):
        monkeypatch.setattr("sipukat.ikm.dense._PIECE", piece)
        result = ikm.estimate(frame, by="unit", design=design, missing=missing)
        results.append([(e.ikm, e.se) for e in (result.overall, result["a"], result["b"])])
    assert results[1] == [pytest.approx(one, rel=1e-12) for one in results[0]]


def test_each_row_comes_once_with_its_cell(monkeypatch):
    monkeypatch.setattr("sipukat.ikm.dense._PIECE", 2)
    cell = np.array([1, 0, 1, 1, 0, 2])
    found = [(at, rows.tolist()) for at, rows in runs(cell)]
    assert found == [(0, [1, 4]), (1, [0, 2]), (1, [3]), (2, [5])]


def test_rows_of_answers_are_one_where_answered_and_nothing_where_the_form_has_a_gap():
    answers = [np.array([4, 0, 3], np.int8), np.array([1, 2, 2], np.int8)]
    wide, complete = answer_rows(answers, np.array([2, 1]))
    assert wide.tolist() == [[1, 1, 3, 2], [0, 1, 0, 2]]
    assert complete.tolist() == [[1, 3, 2], [0, 0, 0]]
    assert wide.dtype == complete.dtype == np.float64
