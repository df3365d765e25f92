"""What is said of a design: strata of one, PSUs in two strata, very unequal weights."""

from __future__ import annotations

import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{n}" for n in range(1, 10)]


def _facts(design, code, **columns):
    n = len(next(iter(columns.values())))
    rows = pd.DataFrame([[4 - i % 3] * 9 for i in range(n)], columns=CODES).assign(**columns)
    return [f.facts for f in ikm.estimate(rows, design=ikm.Design(**design)).findings.by_code(code)]


def test_strata_of_one_are_named_with_the_rule():
    told = _facts({"stratum": ("h", "s")}, "IKM620", h=["a", "a", "b", None], s=[1, 1, 2, 3])
    assert told == [{"count": 2, "strata": ["b / 2", "(kosong) / 3"], "rule": "fail"}]
    (adjusted,) = _facts({"stratum": "h", "lonely_psu": "adjust"}, "IKM620", h=["a", "a", "b"])
    assert adjusted == {"count": 1, "strata": ["b"], "rule": "adjust"}
    (many,) = _facts({"stratum": "h"}, "IKM620", h=range(12))
    assert (many["count"], len(many["strata"])) == (12, 10)
    assert _facts({"stratum": "h"}, "IKM620", h=["a", "a"]) == []
    assert _facts({"stratum": "h", "population": "N"}, "IKM620", h=["a", "a", "b"], N=[2, 2, 1]) == []


def test_a_psu_in_two_strata_is_named():
    columns = {"h": ["a", "a", "b", "b"], "k": [1, 2, 1, 3]}
    assert _facts({"stratum": "h", "psu": "k"}, "IKM621", **columns) == [{"count": 1, "psus": ["1"]}]
    assert _facts({"stratum": "h", "psu": "k"}, "IKM621", h=[*"aabb"], k=[1, 2, 3, 4]) == []


@pytest.mark.parametrize(
    ("heavy", "told"),
    [
        (9.0, []),  # 9 * 89 / 17^2 is 2.8
        (10.0, [{"kish": "3,0", "n": 9, "effective": 3}]),  # 9 * 108 / 18^2 is 3: two thirds are lost
        (30.0, [{"kish": "5,7", "n": 9, "effective": 1}]),
    ],
)
def test_very_unequal_weights_are_told_with_what_they_cost(heavy, told):
    assert _facts({"weight": "w"}, "IKM622", w=[heavy, *[1.0] * 8]) == told
