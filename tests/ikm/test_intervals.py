"""Intervals on a bounded scale: on it, around the estimate, and never of no width near its end."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sipukat import ikm
from sipukat.errors import UnknownNameError
from sipukat.ikm.intervals import INTERVALS, Spread, beta_ends, method_of

CODES = [f"U{i}" for i in range(1, 10)]


def spread(value, between, n, fraction=0.0, variance=None):
    variance = (1 - fraction) * between / (n - 1) if variance is None else variance
    held = {
        "value": value,
        "variance": variance,
        "between": between,
        "n": n,
        "df": n - 1,
        "fraction": fraction,
        "kish": 1.0,
    }
    return Spread(**{name: np.array([float(x)]) for name, x in held.items()})


def bounds(method, s, level=0.95):
    low, high = INTERVALS[method](s, level)
    return float(low[0]), float(high[0])


@pytest.mark.parametrize("method", sorted(INTERVALS))
@given(
    value=st.floats(0.05, 0.95), share=st.floats(0.05, 0.9), n=st.integers(5, 500), level=st.floats(0.5, 0.98)
)
def test_an_interval_holds_its_estimate_and_grows_with_the_level(method, value, share, n, level):
    s = spread(value, share * value * (1 - value), n)
    low, high = bounds(method, s, level)
    assert low <= value <= high
    wider = bounds(method, s, level + 0.01)
    assert wider[0] <= low
    assert high <= wider[1]
    if method != "t":
        assert low >= 0
        assert high <= 1


def test_t_is_the_textbook_interval():
    low, high = bounds("t", spread(0.7, 0.04, 30))
    half = stats.t.ppf(0.975, 29) * np.sqrt(0.04 / 29)
    assert (low, high) == pytest.approx((0.7 - half, 0.7 + half), rel=1e-12)


def test_beta_ends_is_its_published_formula():
    n, m, s2, f = 40, 0.8, 0.05, 0.25
    a = (1 - f) / 3
    m1 = (n * m + a) / (n + 2 * a)
    q = (n * (s2 + (m - m1) ** 2) + a * (m1**2 + (1 - m1) ** 2)) / (n + 2 * a)
    v = (1 - f) * q / (n + 2 * a + 1) * (stats.t.ppf(0.975, 39) / stats.norm.ppf(0.975)) ** 2
    k = m1 * (1 - m1) / v - 1
    expected = stats.beta.ppf([0.025, 0.975], m1 * k, (1 - m1) * k)
    assert bounds("beta_ends", spread(m, s2, n, f)) == pytest.approx(expected.tolist(), rel=1e-10)


@pytest.mark.parametrize(("n", "low"), [(10, 84.2), (30, 94.9), (100, 98.5)])
def test_all_best_answers_still_leave_room_below(n, low):
    e = ikm.estimate(pd.DataFrame([[4] * 9] * n, columns=CODES)).overall
    assert round(e.low, 1) == low
    assert e.high == 100


@pytest.mark.parametrize("n", [1, 2])
def test_below_three_respondents_the_whole_scale_is_possible(n):
    e = ikm.estimate(pd.DataFrame([[3, 4, 3, 4, 3, 4, 3, 4, 3]] * n, columns=CODES)).overall
    assert (e.low, e.high) == (25, 100)


def test_a_census_leaves_no_sampling_error():
    assert bounds("beta_ends", spread(0.8, 0.05, 40, fraction=1.0)) == (0.8, 0.8)


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=3, max_size=30))
def test_the_letter_has_a_probability_that_sums_to_one(rows):
    e = ikm.estimate(pd.DataFrame(rows, columns=CODES)).overall
    if e.mutu_probability:
        assert sum(e.mutu_probability.values()) == pytest.approx(1, abs=1e-12)
        assert list(e.mutu_probability) == ["D", "C", "B", "A"]


def test_coverage_near_the_ceiling_is_what_is_promised():
    """A good unit (85 % fours on average), n = 20: t covers far too little, beta_ends does not."""
    rng = np.random.default_rng(7)
    base = np.array([0.01, 0.03, 0.11, 0.85])
    truth = float(base @ [1, 2, 3, 4]) * 25
    hit = {"t": 0, "beta_ends": 0}
    rounds = 400
    for _ in range(rounds):
        level = rng.choice(4, 20, p=base) + 1
        rows = np.repeat(level[:, None], 9, axis=1)
        frame = pd.DataFrame(rows, columns=CODES)
        for method in hit:
            e = ikm.estimate(frame, interval=method).overall
            hit[method] += e.low <= truth <= e.high
    assert hit["beta_ends"] / rounds >= 0.93
    assert hit["t"] < hit["beta_ends"]


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(UnknownNameError, match="Known: beta_ends, logit, t"):
        method_of("bootstrap")
    assert method_of("beta_ends") is beta_ends
