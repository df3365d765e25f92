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


@pytest.mark.parametrize(("high", "k"), [(4, 9), (4, 30), (10, 16)])  # one word, and more than one
def test_levels_and_weights_are_those_of_the_definition_with_and_without_gaps(high, k):
    rng = np.random.default_rng(high * k)
    answers = rng.integers(0, high + 1, (60, k)).astype(np.int8)
    answers[:30] = rng.integers(1, high + 1, (30, k))  # half of the forms are full
    answers[40:50] = answers[30:40]
    cell, weight = rng.integers(0, 3, 60), rng.integers(1, 9, 60).astype(float)
    patterns = count_patterns(cell, list(answers.T), high=high, n_cells=3, weight=weight)
    sums = sum_patterns(*patterns, low=1, high=high)
    for at in range(3):
        rows, w = answers[cell == at], weight[cell == at]
        full = (rows > 0).all(axis=1)
        assert (sums.n[at], sums.n_complete[at]) == (len(rows), full.sum())
        assert (sums.weight[at], sums.weight2[at]) == (w.sum(), (w**2).sum())
        for found, factor in ((sums.level_weight, w), (sums.level_weight2, w**2)):
            expected = [[factor[rows[:, u] == s].sum() for s in range(1, high + 1)] for u in range(k)]
            assert found[at].tolist() == expected
        one = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)[full]
        assert (sums.gram2_complete[at] == (one * w[full, None] ** 2).T @ one).all()
        v = np.concatenate([rows > 0, rows], axis=1).astype(float)
        assert (sums.gram[at] == (v * w[:, None]).T @ v).all()


@pytest.mark.parametrize("k", [9, 30])
def test_patterns_are_those_that_were_counted(k):
    rng = np.random.default_rng(k)
    answers = rng.integers(0, 3, (40, k)).astype(np.int8)
    answers[20:] = answers[:20]
    cell = np.repeat([0, 1], 20)
    cell[:10] = 1
    complete, incomplete = count_patterns(cell, list(answers.T), high=4, n_cells=2)
    seen = sorted(
        (int(c), tuple(map(int, row)), int(n))
        for part in (complete, incomplete)
        for c, row, n in zip(part.cell, part.answers.T, part.count, strict=True)
    )
    expected = {}
    for c, row in zip(cell.tolist(), answers.tolist(), strict=True):
        expected[c, tuple(row)] = expected.get((c, tuple(row)), 0) + 1
    assert seen == sorted((c, row, n) for (c, row), n in expected.items())
    assert (complete.answers > 0).all()
    assert (incomplete.answers == 0).any(axis=0).all()
    for part in (complete, incomplete):
        assert (np.diff(part.cell) >= 0).all()


def test_a_short_scale_of_high_scores_is_counted_level_by_level():
    answers = [np.array([8, 9, 10, 10], np.int8), np.array([9, 9, 0, 8], np.int8)]
    patterns = count_patterns(np.zeros(4, np.int64), answers, high=10, n_cells=1)
    assert sum_patterns(*patterns, low=8, high=10).levels[0].tolist() == [[1, 1, 2], [1, 2, 0]]
