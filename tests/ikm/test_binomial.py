"""Bounds of a share against their definitions, at the ends, and where nothing is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sipukat.ikm.binomial import clopper_pearson_bounds, likelihood_bounds, wilson_bounds

SHARES = np.array([0.0, 1e-9, 0.01, 0.3, 0.5, 0.97, 1 - 1e-9, 1.0])
SIZES = np.array([1.0, 7.0, 30.0, 123.4, 5000.0])


@pytest.mark.parametrize("size", SIZES)
def test_wilson_bounds_are_where_the_estimate_lies_a_quantile_away(size):
    low, high = wilson_bounds(SHARES, np.full_like(SHARES, size), np.full_like(SHARES, 1.96))
    assert (low[0], high[-1]) == (0.0, 1.0)  # exactly
    assert (low[-1], high[0]) == pytest.approx((size / (size + 1.96**2), 1.96**2 / (size + 1.96**2)))
    for share, bound in ((SHARES[1:], low[1:]), (SHARES[:-1], high[:-1])):
        far = (share - bound) ** 2 * size
        assert far == pytest.approx(1.96**2 * bound * (1 - bound), rel=1e-6)
    assert (low < SHARES)[1:].all()
    assert (high > SHARES)[:-1].all()


@pytest.mark.parametrize("size", [1, 7, 30, 200])
def test_clopper_pearson_bounds_are_where_the_tail_is_just_that_large(size):
    hits = np.arange(size + 1)
    low, high = clopper_pearson_bounds(hits / size, np.full(size + 1, float(size)), 0.025)
    assert (low[0], high[-1]) == (0.0, 1.0)
    assert (low[-1], high[0]) == pytest.approx((0.025 ** (1 / size), 1 - 0.025 ** (1 / size)))
    assert stats.binom.sf(hits[1:] - 1, size, low[1:]) == pytest.approx(0.025)
    assert stats.binom.cdf(hits[:-1], size, high[:-1]) == pytest.approx(0.025)


def _divergence(share, at):
    return share * np.log(share / at) + (1 - share) * np.log((1 - share) / (1 - at))


@pytest.mark.parametrize("size", [*SIZES, 1e9])
def test_likelihood_bounds_are_where_the_likelihood_has_fallen_that_far(size):
    inner = SHARES[1:-1]
    low, high = likelihood_bounds(inner, np.full_like(inner, size), np.full_like(inner, 2.0))
    for bound in (low, high):
        usable = (bound > 1e-12) & (bound < 1 - 1e-12)
        fallen = 2 * size * _divergence(inner[usable], bound[usable])
        assert fallen == pytest.approx(np.full(usable.sum(), 4.0), rel=1e-4)
    assert (low < inner).all()
    assert (high > inner).all()
    ends = likelihood_bounds(np.array([0.0, 1.0]), np.full(2, size), np.full(2, 2.0))
    assert (ends[0][0], ends[1][1]) == (0.0, 1.0)
    assert (ends[0][1], ends[1][0]) == pytest.approx((np.exp(-2 / size), 1 - np.exp(-2 / size)))


def test_bounds_that_are_not_found_in_time_still_hold_the_share(monkeypatch):
    monkeypatch.setattr("sipukat.ikm.binomial._STEPS", 1)
    shares = np.array(SHARES[1:-1])
    low, high = likelihood_bounds(shares, np.full_like(shares, 5.0), np.full_like(shares, 2.0))
    assert ((low >= 0) & (low < shares) & (shares < high) & (high <= 1)).all()


def test_a_share_of_endless_answers_is_known():
    low, high = likelihood_bounds(np.array([0.9]), np.array([1e40]), np.array([1.96]))
    assert (low[0], high[0]) == pytest.approx((0.9, 0.9), rel=1e-8)
    assert low[0] <= 0.9 <= high[0]


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0, np.nan])
@pytest.mark.parametrize("bounds", [wilson_bounds, clopper_pearson_bounds, likelihood_bounds])
def test_what_is_not_known_has_no_bounds(bounds, share):
    tail = 0.025 if bounds is clopper_pearson_bounds else np.array([1.96])
    for found in bounds(np.array([share]), np.array([np.nan]), tail):
        assert np.isnan(found).all()
