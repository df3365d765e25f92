"""Sums that come as JSON are taken as they stand, or refused with the part that is wrong."""

import json

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import EstimationError

CODES = [f"U{i}" for i in range(1, 6)]
WRONG = [None, "5", True, [None], {}, {"shape": [9, 10**12]}, 1e308, 2**63, -1, 3.7]


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(8)
    rows = rng.integers(1, 5, (8, 5))
    return pd.DataFrame(rows, columns=CODES).assign(
        unit=[*"aabbba", "b", None],
        sex=list("LP") * 4,
        day=[1, 2, 1, 2, 3, 2, 3, 2],
        w=rng.uniform(0.5, 4, 8),
        r1=rng.uniform(0, 2, 8),
        r2=1.25,
        N=40,
    )


DESIGNS = {
    "plain": ikm.Design(),
    "strata": ikm.Design(weight="w", stratum="sex", population={"L": 900, "P": 700}),
    "clusters": ikm.Design(weight="w", stratum="sex", psu="day"),
    "two stages": ikm.Design(psu="day", population=90, ssu_population="N"),
    "replicates": ikm.Design(
        weight="w", replicate_weights=ikm.ReplicateWeights(columns=("r1", "r2"), method="BRR")
    ),
    "calibrated": ikm.Design(weight="w", calibration=ikm.Calibration(margins=(("sex",),))),
}


def held_of(frame, design):
    by = "unit" if design == "plain" else ()  # fewer numbers for each of a thousand readings
    return json.loads(ikm.moments(frame, "spak", by=by, design=DESIGNS[design]).to_json())


def places(value):
    """Yield every field with its container; of a list the first item, as the others are like it."""
    items = value.items() if isinstance(value, dict) else enumerate(value[:1])
    for name, inner in list(items):
        yield value, name
        if isinstance(inner, dict | list):
            yield from places(inner)


def same(ours, theirs):
    """Say whether JSON holds the same numbers; a part of a design that was not stated is its default."""
    if isinstance(ours, dict):
        return all(name in ours and same(ours[name], value) for name, value in theirs.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return ours == theirs or str(ours).removesuffix(".0") == theirs  # pydantic takes "5" for 5


@pytest.mark.parametrize("design", sorted(DESIGNS.keys() - {"strata"}))  # the clusters have them too
def test_whatever_stands_in_a_field_is_kept_or_refused(design, frame):
    held, refused = held_of(frame, design), 0
    for container, name in places(held):
        before = container[name]
        for wrong in WRONG:
            container[name] = wrong
            try:
                found = ikm.Moments.from_json(json.dumps(held))
            except EstimationError:
                refused += 1
            else:
                assert same(json.loads(found.to_json()), held), (name, wrong)
        container[name] = before
    assert refused > 200
    assert json.loads(ikm.Moments.from_json(json.dumps(held)).to_json()) == held


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(number, frame):
    text = ikm.moments(frame, "spak").to_json()
    with pytest.raises(EstimationError, match="is no sum"):
        ikm.Moments.from_json(text.replace('"n":[8]', f'"n":[{number}]'))


@pytest.mark.parametrize(
    ("design", "path", "value", "said"),
    [
        ("strata", ("population",), [900.0, None], r"population\[1\] is inf, and the design states"),
        ("plain", ("population",), [40.0], r"population\[0\] is 40, and the design states population=None"),
        ("plain", ("population",), [None, None], r"'population' has not the shape \(1,\)"),
        ("plain", ("n",), [3.7, 5, 1], "'n' does not hold whole numbers"),
        ("plain", ("n",), ["5", "5", "2"], "'n' does not hold whole numbers"),
        ("plain", ("by",), "unit", "'by' is no list"),
        ("plain", ("unsur", 0), "U2", "do not fit|names one twice|'unsur'"),
        ("plain", ("levels", 0, 0, 0), 7, "'n', 'n_complete' and 'levels' do not fit together"),
        ("plain", ("weight", 0), 1, "'weight', 'gram' and 'levels' do not fit together"),
        ("plain", ("groups", 0), ["a", "b"], r"groups\[0\] is no label of 1 parts"),
        ("plain", ("gram",), {"shape": [100_000, 100_000]}, "'gram' is said to be empty"),
        ("clusters", ("clusters",), None, r"do not agree on psu= \('clusters'\)"),
        ("strata", ("gram2",), None, "its design is weighted, and its sums are not"),
        ("two stages", ("within", "n", 0), -1, "do not fit together"),
        ("clusters", ("clusters", "psu", 0), 99, "'clusters.psu' points outside"),
        ("replicates", ("replicates", "total"), [[[1.0]]], "'replicates.total' has not the shape"),
        (
            "replicates",
            ("replicates", "overlap"),
            [[[1.0, 1.0]] * 2] * 7,
            "neither of the cells nor of the whole",
        ),
        ("plain", ("unsur",), [], "'unsur' is empty"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(design, path, value, said, frame):
    held = held_of(frame, design)
    if path == ("unsur", 0):
        value = held["unsur"][1]
    container = held
    for step in path[:-1]:
        container = container[step]
    container[path[-1]] = value
    with pytest.raises(EstimationError, match=said):
        ikm.Moments.from_json(json.dumps(held))


def test_sums_under_replicates_that_are_held_for_the_whole_only_are_taken(frame, monkeypatch):
    monkeypatch.setattr("sipukat.ikm.replicates.MOST_OVERLAP", 1)
    sums = ikm.moments(frame, "spak", by="unit", design=DESIGNS["replicates"])
    assert len(sums.replicates.overlap) == 1 < len(sums.n)
    assert ikm.Moments.from_json(sums.to_json()) == sums
