"""How an unsur stands to the others: the paired t test of SciPy, by hand, and what chance does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sipukat import ikm
from sipukat.report.unsur_standing import standings

ANSWERS = st.lists(st.tuples(*(st.integers(1, 4) for _ in range(9))), min_size=3, max_size=30)


def frame_of(rows):
    return pd.DataFrame(rows, columns=[f"U{i}" for i in range(1, 10)])


@given(rows=ANSWERS)
def test_difference_and_interval_are_the_paired_t_of_each_against_the_mean_of_the_others(rows):
    frame = frame_of(rows)
    values, n = frame.to_numpy(dtype=float), len(frame)
    for j, row in enumerate(standings(ikm.estimate(frame))):
        each = 25 * (values[:, j] - np.delete(values, j, axis=1).mean(axis=1))
        assert row.difference == pytest.approx(each.mean(), abs=1e-8)
        spread = each.std(ddof=1)
        if spread > 1e-6:
            half = stats.t.ppf(1 - 0.05 / 9 / 2, n - 1) * spread / np.sqrt(n)
            assert row.high - row.low == pytest.approx(2 * half, rel=1e-6)
            assert row.side == (row.low > 0) - (row.high < 0)


def test_a_difference_without_variance_is_sure_by_the_sign_test_and_has_no_interval():
    few, many = (standings(ikm.estimate(frame_of([(3,) * 8 + (2,)] * n)))[-1] for n in (4, 20))
    assert (few.side, many.side) == (0, -1)
    assert np.isnan(many.low)


def test_one_respondent_and_equal_unsur_tell_nothing():
    assert {row.side for row in standings(ikm.estimate(frame_of([(3,) * 8 + (2,)])))} == {0}
    assert {row.difference for row in standings(ikm.estimate(frame_of([(4,) * 9] * 20)))} == {0.0}


def test_chance_alone_names_an_unsur_in_at_most_one_survey_in_twenty():
    random = np.random.default_rng(20170508)
    wrong = 0
    for _ in range(150):
        person = random.integers(1, 4, (40, 1)) + random.integers(0, 2, (40, 9))
        wrong += any(row.side for row in standings(ikm.estimate(frame_of(person))))
    assert wrong <= 150 * 0.05 + 3 * np.sqrt(150 * 0.05 * 0.95)
