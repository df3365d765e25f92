"""With a budget so large that the noise is nothing, every figure is the one worked by hand."""

import json
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]
NORMAL = 1.959963984540054  # the 97.5 % point of the normal distribution


@pytest.fixture
def noisy():
    rows = pd.DataFrame({c: [3, 3, 3, 3, 4, 4, 4, 4] for c in CODES}, dtype=float)
    rows.loc[0, "U1"] = np.nan
    return ikm.with_noise(ikm.moments(rows.assign(unit=list("AAAABBBB")), by="unit"), epsilon=10**9)


def test_index_interval_and_letter_of_a_group_are_those_of_its_answers(noisy):
    first, second = noisy.groups
    assert (first.group, first.ikm, first.mutu, first.n) == (("A",), Decimal("75.00"), "C", 4)
    # mean 3 lies at 2/3 of the scale of 3 scores; 35 answers of 9 unsur are 3.89 people
    half = NORMAL * 3 * math.sqrt(2 / 3 * (1 / 3) / (35 / 9)) * 25
    assert (first.low, first.high) == pytest.approx((75 - half, 100.0))
    assert (second.ikm, second.mutu, second.n) == (Decimal("100.00"), "A", 4)
    assert (second.low, second.high) == pytest.approx((100, 100))
    assert noisy.overall.ikm == Decimal("87.68")  # (35 x 3 + 36 x 4) / 71 x 25


def test_the_error_of_the_noise_is_that_of_the_first_order(noisy):
    # scales: 2 x 9 / epsilon for the answers, 3 times that for their sum; a variance is 2 scale^2
    for found, answers, off, times in ((noisy.groups[0], 35, 1, 1), (noisy.groups[1], 36, 3, 1)):
        a, t = 18 / 1e9, 54 / 1e9
        expected = math.sqrt((2 * t**2 + off**2 * 2 * a**2) * times) / (2 * answers) * 25
        assert found.noise_se == pytest.approx(expected)
    together = math.sqrt(2 * (2 * (54e-9) ** 2 + (2 * 249 / 71 - 5) ** 2 * 2 * (18e-9) ** 2)) / (2 * 71) * 25
    assert noisy.overall.noise_se == pytest.approx(together)


def test_noisy_indices_as_plain_data_and_as_a_frame(noisy):
    held = json.loads(json.dumps(noisy.to_dict()))
    assert held["format"] == "urn:sipukat:noisy:1"
    assert (held["standard"], held["by"], held["epsilon"]) == ("permenpanrb-14-2017", ["unit"], "1000000000")
    assert [(row["group"], row["ikm"]) for row in held["groups"]] == [(["A"], "75.00"), (["B"], "100.00")]
    assert (held["overall"]["group"], held["overall"]["ikm"]) == ([], "87.68")
    assert held["note"] == noisy.sentence("en")
    assert (
        "The figures carry noise (differential privacy, epsilon 1,000,000,000 a respondent)" in held["note"]
    )
    frame = noisy.to_frame()
    assert list(frame.columns) == ["unit", "ikm", "low", "high", "mutu", "n", "noise_se", "epsilon"]
    assert frame["unit"].tolist() == ["A", "B"]
    assert frame["epsilon"].tolist() == [1e9, 1e9]


def test_the_letter_is_that_of_the_standard_of_the_sums():
    rows = pd.DataFrame({f"U{i}": [3, 3, 3, 3] for i in range(1, 15)})
    older = ikm.with_noise(ikm.moments(rows, "kepmenpan-25-2004"), epsilon=10**9)
    assert (older.overall.ikm, older.overall.mutu) == (Decimal("75.00"), "B")  # C since 2017
    assert older.groups == ()


def test_what_noise_left_without_answers_is_none_in_plain_data():
    rows = pd.DataFrame({c: [np.nan, np.nan, 3.0] for c in CODES}).assign(unit=list("AAB"))
    found = ikm.with_noise(ikm.moments(rows, by="unit"), epsilon=10**9)
    empty = found.to_dict()["groups"][0]
    assert empty == {
        "group": ["A"], "ikm": None, "low": None, "high": None, "mutu": None, "n": 0, "noise_se": None,
    }  # fmt: skip
    assert [(one.code, one.facts["groups"], one.facts["all"]) for one in found.findings] == [("IKM710", 1, 2)]
