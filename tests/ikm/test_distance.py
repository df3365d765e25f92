"""Distances between weights before and after a fit: their slope and their integral agree with them."""

import numpy as np
import pytest

from sipukat.ikm.weighting.distance import DISTANCES

U = np.array([-0.6, -0.2, 0.0, 0.3, 0.9])
STEP = 1e-6


@pytest.mark.parametrize("name", DISTANCES)
@pytest.mark.parametrize("bounds", [(0.3, 3.0), (0.5, 1.5)])
def test_a_weight_that_need_not_move_stays_and_begins_to_move_at_a_slope_of_one(name, bounds):
    distance = DISTANCES[name](*bounds)
    assert distance.ratio(np.zeros(1)) == pytest.approx([1])
    assert distance.slope(np.zeros(1)) == pytest.approx([1])


@pytest.mark.parametrize("name", DISTANCES)
@pytest.mark.parametrize("bounds", [(0.3, 3.0), (0.6, 1.5)])
def test_the_ratio_is_the_slope_of_the_integral_and_stays_within_its_bounds(name, bounds):
    distance = DISTANCES[name](*bounds)
    risen = (distance.integral(U + STEP) - distance.integral(U - STEP)) / (2 * STEP)
    assert risen == pytest.approx(distance.ratio(U), rel=1e-6)
    bent = (distance.ratio(U + STEP) - distance.ratio(U - STEP)) / (2 * STEP)
    assert bent == pytest.approx(distance.slope(U), abs=1e-6)
    far = distance.ratio(np.array([-50.0, 50.0]))
    assert far == pytest.approx(bounds)


def test_without_bounds_a_ratio_is_a_line_or_an_exponential():
    assert DISTANCES["linear"](-np.inf, np.inf).ratio(U) == pytest.approx(1 + U)
    assert DISTANCES["raking"](0.0, np.inf).ratio(U) == pytest.approx(np.exp(U))
