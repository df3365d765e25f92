"""Sums of products against the plainest computation there is, on every scale and width."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.ikm.kernel import sum_patterns
from sipukat.ikm.patterns import bits_per_answer, count_patterns


def plain_sums(cell, answers, weight, high):
    out = {}
    for c in np.unique(cell):
        rows = answers[cell == c].astype(np.int64)
        w = weight[cell == c]
        v = np.concatenate([rows > 0, rows], axis=1).astype(np.int64)
        full = (rows > 0).all(axis=1)
        one = np.concatenate([np.ones((len(rows), 1), np.int64), rows], axis=1)[full]
        out[int(c)] = {
            "n": len(rows),
            "levels": [
                [int((rows[:, k] == s).sum()) for s in range(1, high + 1)] for k in range(rows.shape[1])
            ],
            "gram": (v * w[:, None]).T @ v,
            "gram_complete": (one * w[full][:, None]).T @ one,
            "gram2": (v * w[:, None] ** 2).T @ v,
        }
    return out


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([(4, 9), (4, 14), (6, 8), (6, 5), (10, 4), (2, 3), (3, 2), (4, 30)]),
    st.integers(1, 120),
    st.sampled_from([1, 3, 40]),
    st.floats(0, 0.5),
)
def test_sums_are_those_of_the_definition(seed, shape, rows, cells, blank):
    high, k = shape
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, high + 1, (rows, k)).astype(np.int8)
    answers[rng.random(answers.shape) < blank] = 0
    cell = rng.integers(0, cells, rows)
    weight = rng.integers(1, 9, rows).astype(float)
    columns = list(answers.T)
    counted = sum_patterns(*count_patterns(cell, columns, high=high, n_cells=cells), low=1, high=high)
    weighted = sum_patterns(
        *count_patterns(cell, columns, high=high, n_cells=cells, weight=weight), low=1, high=high
    )
    expected = plain_sums(cell, answers, np.ones(rows, np.int64), high)
    expected_weighted = plain_sums(cell, answers, weight, high)
    assert counted.cell.tolist() == sorted(expected)
    for at, c in enumerate(counted.cell.tolist()):
        assert counted.n[at] == expected[c]["n"]
        assert counted.levels[at].tolist() == expected[c]["levels"]
        assert (counted.gram[at] == expected[c]["gram"]).all()
        assert (counted.gram_complete[at] == expected[c]["gram_complete"]).all()
        assert (weighted.gram[at] == expected_weighted[c]["gram"]).all()  # whole weights: exact in float64
        assert (weighted.gram2[at] == expected_weighted[c]["gram2"]).all()
        assert weighted.levels[at].tolist() == expected[c]["levels"]


def test_sums_stay_exact_where_float32_would_not():
    n = 1 << 20
    answers = [np.full(n, 4, dtype=np.int8) for _ in range(9)]
    sums = sum_patterns(*count_patterns(np.zeros(n, np.int64), answers, high=4, n_cells=1), low=1, high=4)
    assert (sums.gram[0, 9:, 9:] == 16 * n).all()
    bigger = [np.append(a, np.int8(3)) for a in answers]
    sums = sum_patterns(*count_patterns(np.zeros(n + 1, np.int64), bigger, high=4, n_cells=1), low=1, high=4)
    assert (sums.gram[0, 9:, 9:] == 16 * n + 9).all()


def test_many_patterns_of_one_cell_are_split_and_added():
    rng = np.random.default_rng(5)
    answers = rng.integers(1, 5, (30_000, 9)).astype(np.int8)
    patterns = count_patterns(np.zeros(30_000, np.int64), list(answers.T), high=4, n_cells=1)
    assert len(patterns[0]) > 20_000
    sums = sum_patterns(*patterns, low=1, high=4)
    rows = answers.astype(np.int64)
    assert (sums.gram[0, 9:, 9:] == rows.T @ rows).all()


@pytest.mark.parametrize("high", range(2, 15))
def test_a_pattern_leaves_room_for_blank_and_for_one_mark(high):
    assert 2 ** bits_per_answer(high) > high + 1
