"""Moments merge, survive JSON, and refuse what does not fit together."""

import json

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import ColumnError, DesignError, EstimationError
from sipukat.ikm.moments import add_at

CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture
def frame():
    rng = np.random.default_rng(3)
    rows = rng.integers(1, 5, (300, 9)).astype(float)
    rows[rng.random(rows.shape) < 0.08] = np.nan
    return pd.DataFrame(rows, columns=CODES).assign(
        unit=rng.choice(["a", "b", None], 300),
        sex=rng.choice(["L", "P"], 300),
        day=rng.integers(1, 12, 300),
        w=rng.uniform(0.5, 4, 300),
        N=5000,
    )


DESIGNS = {
    "plain": ikm.Design(),
    "weighted": ikm.Design(weight="w"),
    "strata": ikm.Design(weight="w", stratum=("unit", "sex"), population="N"),
    "clusters": ikm.Design(weight="w", stratum="sex", psu="day"),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_sixty_pieces_merge_into_the_whole(design, frame):
    whole = ikm.moments(frame, by="unit", design=DESIGNS[design])
    pieces = [ikm.moments(frame.iloc[i : i + 5], by="unit", design=DESIGNS[design]) for i in range(0, 300, 5)]
    merged = pieces[0]
    for piece in pieces[1:]:
        merged = merged + piece
    ours, theirs = ikm.estimate(merged), ikm.estimate(whole)
    for name, e in theirs.items():
        assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-11)
        assert ours[name].df == e.df
    if design == "plain":
        assert merged == whole


@pytest.mark.parametrize("design", DESIGNS)
def test_moments_survive_json(design, frame):
    sums = ikm.moments(frame, by=("unit", "sex"), design=DESIGNS[design])
    again = ikm.Moments.from_json(sums.to_json())
    assert again == sums
    assert ikm.estimate(again).to_json() == ikm.estimate(sums).to_json()


def test_moments_hold_no_respondent(frame):
    text = ikm.moments(frame.assign(nama="Siti"), by="unit").to_json()
    assert "Siti" not in text


def test_doubling_every_row_doubles_every_sum(frame):
    once = ikm.moments(frame, by="unit")
    twice = ikm.moments(pd.concat([frame, frame]), by="unit")
    assert once + once == twice
    assert ikm.estimate(twice)["a"].exact == ikm.estimate(once)["a"].exact


def test_subpopulations_of_a_stratified_design_are_not_filters(frame):
    design = ikm.Design(stratum="sex")
    domain = ikm.estimate(frame, by="unit", design=design)["a"]
    alone = ikm.estimate(frame[frame["unit"] == "a"], design=design).overall
    assert domain.exact == alone.exact
    assert domain.se != alone.se


def test_what_does_not_fit_is_refused(frame):
    sums = ikm.moments(frame, by="unit")
    with pytest.raises(EstimationError, match="different by"):
        _ = sums + ikm.moments(frame, by="sex")
    with pytest.raises(EstimationError, match="no rows to regroup"):
        ikm.estimate(sums, by="sex")
    with pytest.raises(EstimationError, match="no rows to weight"):
        ikm.estimate(sums, design=ikm.Design(weight="w"))
    with pytest.raises(EstimationError, match="not moments in the format"):
        ikm.Moments.from_json('{"format": "x"}')
    with pytest.raises(ColumnError, match="no column is named 'bobot'"):
        ikm.moments(frame, design=ikm.Design(weight="bobot"))
    with pytest.raises(ColumnError, match="no dataframe that is known"):
        ikm.moments(object())
    with pytest.raises(DesignError, match="not constant in stratum"):
        ikm.moments(frame.assign(N=range(1, 301)), design=ikm.Design(stratum="sex", population="N"))
    with pytest.raises(DesignError, match="names no stratum 'P'"):
        ikm.moments(frame, design=ikm.Design(stratum="sex", population={"L": 900}))


def test_a_stratum_with_one_unit_makes_its_groups_not_estimable(frame):
    frame = frame.assign(h=["alone"] + ["rest"] * 299)
    result = ikm.estimate(frame, by="h", design=ikm.Design(stratum="h"))
    assert np.isnan(result["alone"].se)
    assert np.isnan(result.overall.se)
    assert result["rest"].se > 0
    assert [f.path for f in result.findings.by_code("IKM603")] == ["", "alone"]


@pytest.mark.parametrize("design", ["plain", "strata", "clusters"])
def test_moments_do_not_depend_on_the_order_of_rows(design, frame):
    held = DESIGNS[design].model_copy(update={"weight": None})  # sums of weights round by their order
    shuffled = frame.sample(frac=1, random_state=5)
    assert ikm.moments(shuffled, by="unit", design=held) == ikm.moments(frame, by="unit", design=held)


def test_moments_without_a_respondent_survive_json_and_merge(frame):
    nobody = ikm.moments(frame.head(0))
    again = ikm.Moments.from_json(nobody.to_json())
    assert again == nobody
    assert (again + ikm.moments(frame)).n.tolist() == [300]


def test_moments_from_before_a_part_was_added_still_load(frame):
    held = json.loads(ikm.moments(frame).to_json())
    for name in ("within", "fitted", "replicates", "level_weight", "level_weight2"):
        del held[name]
    assert ikm.Moments.from_json(json.dumps(held)) == ikm.moments(frame)


MERGED = {
    "fitted": ikm.Design(weight="w", calibration=ikm.Calibration(base="one", margins=(("sex",),))),
    "fitted_clusters": ikm.Design(
        weight="w", psu="day", stratum="sex", calibration=ikm.Calibration(base="one", margins=(("sex",),))
    ),
    "stages": ikm.Design(weight="w", stratum="sex", psu="day", population="N", ssu_population=200),
    "replicates": ikm.Design(
        weight="w", replicate_weights=ikm.ReplicateWeights(columns=("r1", "r2", "r3"), method="JK1")
    ),
}


@pytest.mark.parametrize("by", ["unit", ("unit", "sex")])
@pytest.mark.parametrize("design", MERGED)
def test_two_halves_of_any_design_merge_into_the_whole(design, by, frame):
    rng = np.random.default_rng(9)
    frame = frame.assign(one=1.0, **{f"r{n}": rng.integers(0, 3, 300).astype(float) for n in (1, 2, 3)})
    halves = frame.sort_values("day").groupby(frame["day"] < 6)
    one, two = (ikm.moments(half, by=by, design=MERGED[design]) for _, half in halves)
    merged, whole = one + two, ikm.moments(frame, by=by, design=MERGED[design])
    ours, theirs = ikm.estimate(merged), ikm.estimate(whole)
    assert merged.pooled().groups == ((),)
    for name, e in [*theirs.items(), ((), theirs.overall)]:
        mine = ours.overall if name == () else ours[name]
        assert (mine.ikm, mine.se, mine.df) == pytest.approx((e.ikm, e.se, e.df), rel=1e-10, nan_ok=True)


def test_sums_over_no_row_are_zero():
    nobody = np.zeros(0, dtype=np.int64)
    assert add_at(nobody, np.zeros((0, 2)), 3).tolist() == [[0, 0]] * 3


def test_a_sum_that_is_infinite_is_no_sum(frame):
    text = ikm.moments(frame, design=DESIGNS["weighted"]).to_json()
    held = json.loads(text)
    assert isinstance(held["weight"][0], float)
    damaged = text.replace(str(held["weight"][0]), "1e999", 1)
    with pytest.raises(EstimationError):
        ikm.Moments.from_json(damaged)
