"""Rounding on the way in whole numbers: the same as one group at a time, or not at all."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from sipukat import standards
from sipukat.ikm.point import exact_index
from sipukat.ikm.stepwise import stepwise_hundredths

LAW = standards.get("permenpanrb-14-2017")


@pytest.mark.parametrize("name", ["nrr2-0.11", "mahulu", "kardinah"])
def test_many_groups_are_rounded_like_one(name):
    rng = np.random.default_rng(4)
    profile = LAW.profile(name)
    weight = [profile.weight or Fraction(1, 9)] * 9
    answered = rng.integers(1, 60, (50, 9))
    total = answered + rng.integers(0, 3 * answered + 1)
    index, hundredths = stepwise_hundredths(answered, total, weight, Fraction(25), profile)
    for g in range(50):
        exact = exact_index(answered[g].tolist(), total[g].tolist(), weight, Fraction(25), profile=profile)
        assert index[g] == pytest.approx(float(exact), rel=1e-15)
        assert hundredths[g] == (exact * 200 + 1) // 2


def test_what_whole_numbers_cannot_hold_is_left_to_fractions():
    profile, weight = LAW.profile("nrr2-0.11"), [Fraction(11, 100)] * 9
    few = np.full((1, 9), 3), np.full((1, 9), 10)
    assert stepwise_hundredths(*few, weight, Fraction(25), profile) is not None
    most = (1 << 61) // 200
    for total, held in ((most, True), (most + 1, False)):
        sums = np.full((1, 9), most), np.full((1, 9), total)
        assert (stepwise_hundredths(*sums, weight, Fraction(25), profile) is not None) is held
    assert stepwise_hundredths(few[0][:0], few[1][:0], weight, Fraction(25), profile) is None
    assert stepwise_hundredths(*few, weight, Fraction(25), LAW.profile("index2")) is None
