"""Sums come back from plain data with every number, kind and width that they had."""

import json
from dataclasses import fields, is_dataclass

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.ikm import Moments

CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(rng.integers(1, 5, (40, 9)), columns=CODES, dtype=float)
    return rows.assign(
        unit=["A", "B"] * 20, w=rng.uniform(1, 4, 40), hari=range(40), sex=["L", "L", "P", "P"] * 10
    )


def designs(frame):
    fitted = ikm.post_stratify(frame, {"sex": {"L": 60, "P": 40}}, weight="w")
    return {
        "days": (frame, ikm.Design(weight="w", psu="hari", population=900)),
        "fitted weights": (fitted.data, fitted.design),
    }


def kinds(record):
    """Return the type of every field, and of an array the kind of its numbers and its shape."""
    held = {f.name: getattr(record, f.name) for f in fields(record)}
    return {
        name: kinds(value)
        if is_dataclass(value)
        else (value.dtype, value.shape)
        if isinstance(value, np.ndarray)
        else [type(value), [type(item) for item in value] if isinstance(value, tuple) else None]
        for name, value in held.items()
    }


@pytest.mark.parametrize("name", ["days", "fitted weights"])
@pytest.mark.parametrize("rows", [40, 0])
def test_every_part_comes_back_as_it_was(frame, name, rows):
    data, design = designs(frame)[name]
    sums = ikm.moments(data.head(rows), by="unit", design=design)
    back = Moments.from_json(sums.to_json())
    assert back == sums
    before, after = kinds(sums), kinds(back)
    if not rows:  # counts of nobody are 0, whatever their kind
        before["levels"] = after["levels"]
    assert after == before


def test_data_from_before_a_part_was_added_keep_the_parts_after_it(frame):
    sums = ikm.moments(frame, by="unit", design=ikm.Design(psu="hari"))
    held = json.loads(sums.to_json())
    assert held["gram2"] is held["level_weight"] is None
    older = {name: value for name, value in held.items() if name not in {"gram2", "level_weight"}}
    assert Moments.from_json(json.dumps(older)) == sums
    assert Moments.from_json(json.dumps(older)).clusters is not None


def test_an_empty_list_is_an_array_of_nothing_of_its_own_kind(frame):
    held = json.loads(ikm.moments(frame.head(0), by="unit").to_json())
    assert held["n"] == {"shape": [0]}
    back = Moments.from_json(json.dumps(held | {"n": [], "weight": []}))
    assert (back.n.dtype, back.n.shape) == (np.int64, (0,))
    assert (back.weight.dtype, back.weight.shape) == (np.float64, (0,))
