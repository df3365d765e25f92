"""Fay-Herriot: by hand, against metafor, and never in place of the official index."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.ikm.shrinking.fay_herriot import _log_likelihood, fit, predict, reml_score
from sipukat.ikm.shrinking.shrinkage import shrink

CASES = json.loads((Path(__file__).parents[1] / "reference" / "shrinkage.json").read_text("utf-8"))["cases"]
UNSUR = [f"U{i}" for i in range(1, 10)]
STRATA = ikm.Design(stratum="unit")
SURVEY = {
    "A": [4, 4, 3, 4] * 20,
    "B": [3, 4, 3, 4],
    "C": [2, 3, 2, 3] * 20,
    "D": [3, 3, 2, 4, 4, 3],
    "E": [2, 2, 3, 1, 3],
}


def frame_of(answers):
    rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    frame = pd.DataFrame({name: [score for _, score in rows] for name in UNSUR})
    return frame.assign(unit=[unit for unit, _ in rows])


def result_of(answers, design=STRATA):
    return ikm.estimate(frame_of(answers), by="unit", design=design)


def arrays(case):
    y, sampling = np.array(case["y"]), np.array(case["sampling"])
    covariates = np.array(case["x"]).reshape(len(y), -1)
    return y, np.hstack([np.ones((len(y), 1)), covariates]), sampling


def test_three_equal_areas_by_hand():
    # s^2 = 4, so A = 4 - 1 = 3 and w = 3/4; the middle is 2. Var(A) = 2 / (3 / 16) = 32/3,
    # g1 = 3/4, g2 = (1/16) (4/3) = 1/12, g3 = (1/64) (32/3) = 1/6: MSE = 3/4 + 1/12 + 1/3 = 7/6
    y, x, sampling = np.array([0.0, 2.0, 4.0]), np.ones((3, 1)), np.ones(3)
    model = fit(y, x, sampling)
    estimate, mse, weight = predict(model, y, x, sampling)
    assert model.between == pytest.approx(3)
    assert weight == pytest.approx(0.75)
    assert estimate == pytest.approx([0.5, 2, 3.5])
    assert mse == pytest.approx(7 / 6)
    # without a direct estimate: the middle, with A + Var(b) = 3 + 4/3
    estimate, mse, weight = predict(model, np.zeros(1), x[:1], np.array([np.inf]))
    assert (estimate[0], mse[0], weight[0]) == pytest.approx((2, 13 / 3, 0))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_model_is_that_of_metafor(case):
    y, x, sampling = arrays(case)
    model = fit(y, x, sampling)
    assert model.between == pytest.approx(case["between"], rel=1e-6, abs=1e-9)
    assert model.coefficient == pytest.approx(np.atleast_1d(case["coefficient"]), rel=1e-6)
    errors = np.sqrt(np.diag(model.coefficient_covariance))
    assert errors == pytest.approx(np.atleast_1d(case["coefficient_se"]), rel=1e-6)
    estimate, mse, weight = predict(model, y, x, sampling)
    assert estimate == pytest.approx(case["blup"], rel=1e-7)
    assert mse == pytest.approx(case["mse"], rel=1e-6)
    assert weight == pytest.approx(case["weight"], rel=1e-6, abs=1e-12)
    estimate, mse, _ = predict(model, y, x, np.full(len(y), np.inf))
    assert estimate == pytest.approx(case["synthetic"], rel=1e-7)
    assert mse == pytest.approx(case["synthetic_mse"], rel=1e-6)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("between", [0.3, 2.0, 40.0])
def test_the_score_is_the_slope_of_the_likelihood(case, between):
    y, x, sampling = arrays(case)
    step = 1e-4 * between
    slope = (
        _log_likelihood(between + step, y, x, sampling) - _log_likelihood(between - step, y, x, sampling)
    ) / (2 * step)
    assert reml_score(between, y, x, sampling) == pytest.approx(slope, rel=1e-5, abs=1e-8)


areas = st.lists(st.tuples(st.floats(50, 100), st.floats(0.05, 30)), min_size=4, max_size=12)


@given(areas)
def test_no_other_variance_is_likelier(held):
    y, sampling = np.array(held).T
    x = np.ones((len(y), 1))
    model = fit(y, x, sampling)
    best = _log_likelihood(model.between, y, x, sampling)
    others = np.concatenate([[0.0], np.geomspace(1e-3, 1e4, 60)])
    assert best >= max(_log_likelihood(a, y, x, sampling) for a in others) - 1e-8
    assert model.between >= 0


@given(areas, st.floats(0.1, 50), st.floats(-100, 100), st.randoms(use_true_random=False))
def test_order_scale_and_origin_move_with_the_estimates(held, scale, shift, random):
    order = list(range(len(held)))
    random.shuffle(order)
    y, sampling = np.array(held).T
    x = np.ones((len(y), 1))
    model = fit(y, x, sampling)
    other = fit((scale * y + shift)[order], x, (scale**2 * sampling)[order])
    if model.between > 1e-4 * sampling.min():  # near 0 the likelihood is flat
        assert other.between == pytest.approx(scale**2 * model.between, rel=1e-5)
    here, mse, _ = predict(model, y, x, sampling)
    there, other_mse, _ = predict(other, (scale * y + shift)[order], x, (scale**2 * sampling)[order])
    assert there == pytest.approx((scale * here + shift)[order], rel=1e-4, abs=1e-3 * scale)
    assert other_mse == pytest.approx(scale**2 * mse[order], rel=1e-3)


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=12), min_size=3, max_size=7),
    st.randoms(use_true_random=False),
)
def test_a_shrunken_estimate_lies_between_its_own_and_the_model_whatever_it_is_called(groups, random):
    if all(len(set(scores)) == 1 for scores in groups):
        return
    names = [f"g{i}" for i in range(len(groups))]
    found = shrink(result_of(dict(zip(names, groups, strict=True))))
    middle = found.coefficients["intercept"][0]
    for row in found.rows:
        assert 0 <= row.weight <= 1
        ends = sorted([row.ikm_direct, middle])
        assert ends[0] - 1e-9 <= row.ikm_shrunken <= ends[1] + 1e-9
    others = random.sample(names, len(names))
    renamed = shrink(result_of(dict(zip(others, groups, strict=True))))
    for name, other in zip(names, others, strict=True):
        assert renamed[other].ikm_shrunken == pytest.approx(found[name].ikm_shrunken, rel=1e-4)


def test_the_official_index_stands_beside_the_estimate_everywhere():
    result = result_of(SURVEY)
    found = shrink(result)
    for row in found.rows:
        assert row.ikm_direct == result[row.group].ikm
        assert row.se_direct == pytest.approx(result[row.group].se)
        assert row.method == "fay_herriot_reml"
    frame = found.to_frame()
    assert {"ikm_direct", "ikm_shrunken", "se_direct", "rmse", "weight", "method"} <= set(frame.columns)
    assert set(frame["method"]) == {"fay_herriot_reml"}
    held = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert held["format"] == "urn:sipukat:shrunken:1"
    assert held["official"] is False
    assert held["method"] == held["groups"][0]["method"] == "fay_herriot_reml"
    assert held["groups"][0]["group"] == "A"
    for text in (repr(found), found.sentence(), found.sentence(group="A"), found.sentence("en", group="A")):
        assert "fay_herriot_reml" in text
        assert "bukan IKM resmi" in text or "not the official IKM" in text
    assert "93,75" in found.sentence(group="A")
    with pytest.raises(UnknownNameError, match="group"):
        found["Z"]


def test_a_small_group_is_shrunk_more_than_a_large_one():
    found = shrink(result_of(SURVEY))
    assert found["B"].weight < found["A"].weight
    assert found["B"].rmse < found["B"].se_direct


def test_pooled_variances_are_the_variance_within_groups_over_their_size():
    found = shrink(result_of(SURVEY), variances="pooled")
    scores = [25 * np.array(s) for s in SURVEY.values()]
    pooled = sum(((s - s.mean()) ** 2).sum() for s in scores) / sum(len(s) - 1 for s in scores)
    assert [row.se_direct for row in found.rows] == pytest.approx([(pooled / len(s)) ** 0.5 for s in scores])
    assert found.variances == "pooled"


def test_pooled_variances_know_the_finite_population():
    frame = frame_of(SURVEY)
    frame = frame.assign(people=frame["unit"].map({"A": 160, "B": 8, "C": 160, "D": 12, "E": 10}))
    design = ikm.Design(stratum="unit", population="people")
    half = shrink(ikm.estimate(frame, by="unit", design=design), variances="pooled")
    whole = shrink(result_of(SURVEY), variances="pooled")
    for a, b in zip(half.rows, whole.rows, strict=True):
        assert a.se_direct == pytest.approx(b.se_direct * 0.5**0.5)  # half of the people were asked


def test_a_group_whose_answers_are_equal_gets_the_pooled_variance_and_is_named():
    found = shrink(result_of(SURVEY | {"F": [4] * 6}))
    pooled = shrink(result_of(SURVEY | {"F": [4] * 6}), variances="pooled")
    assert [f.facts["groups"] for f in found.findings.by_code("IKM676")] == [["F"]]
    assert found["F"].se_direct == pytest.approx(pooled["F"].se_direct)
    assert found["F"].ikm_direct == 100
    assert found["F"].ikm_shrunken < 100
    assert not shrink(result_of(SURVEY)).findings.by_code("IKM676")


def test_a_group_without_an_error_gets_the_value_of_the_model():
    found = shrink(result_of(SURVEY | {"F": [4]}, design=None))
    row = found["F"]
    assert row.synthetic
    assert (row.source, row.weight, row.ikm_direct) == ("synthetic", 0, 100)
    assert np.isnan(row.se_direct)
    intercept, se = found.coefficients["intercept"]
    assert row.ikm_shrunken == pytest.approx(intercept)
    assert row.rmse == pytest.approx((found.between + se**2) ** 0.5)
    assert [f.facts["groups"] for f in found.findings.by_code("IKM675")] == [["F"]]
    assert "sintetis" in found.sentence(group="F")
    assert found.to_dict()["groups"][-1]["se_direct"] is None
    assert not any(r.synthetic for r in shrink(result_of(SURVEY)).rows)


def test_a_census_is_left_as_it_is():
    frame = frame_of(SURVEY | {"F": [4, 3, 1]})
    sizes = {"A": 900, "B": 900, "C": 900, "D": 900, "E": 900, "F": 3}
    design = ikm.Design(stratum="unit", population="people")
    result = ikm.estimate(frame.assign(people=frame["unit"].map(sizes)), by="unit", design=design)
    found = shrink(result)
    row = found["F"]
    assert (row.source, row.weight, row.rmse, row.se_direct) == ("census", 1, 0, 0)
    assert row.ikm_shrunken == pytest.approx(row.ikm_direct)
    assert [f.facts["groups"] for f in found.findings.by_code("IKM679")] == [["F"]]


def test_without_variance_between_groups_all_get_the_model_and_a_finding():
    found = shrink(result_of({"A": [3, 4, 2], "B": [4, 3, 2], "C": [2, 3, 4], "D": [4, 2, 3]}))
    assert found.between == 0
    assert [f.code for f in found.findings] == ["IKM674", "IKM677"]
    assert {round(row.ikm_shrunken, 9) for row in found.rows} == {75.0}
    assert all(row.weight == 0 for row in found.rows)
    assert not shrink(result_of(SURVEY)).findings.by_code("IKM674")


def test_covariates_come_as_numbers_sequences_names_or_a_frame():
    distance = {"A": 1.0, "B": 4.0, "C": 9.0, "D": 3.0, "E": 7.5}
    result = result_of(SURVEY)
    ways = [
        distance,
        {name: [value] for name, value in distance.items()},
        {name: {"jarak": value} for name, value in distance.items()},
        pd.DataFrame({"jarak": distance}),
    ]
    found = [shrink(result, covariates=way) for way in ways]
    assert len({tuple(row.ikm_shrunken for row in one.rows) for one in found}) == 1
    assert [list(one.coefficients) for one in found] == [
        ["intercept", "x1"],
        ["intercept", "x1"],
        ["intercept", "jarak"],
        ["intercept", "jarak"],
    ]
    assert found[0].coefficients["x1"][0] < 0


def test_only_a_model_of_few_groups_is_called_poorly_known():
    random = np.random.default_rng(3)
    many = {f"u{i:02}": [*random.choice([2, 3, 4], 8).tolist(), 2, 4] for i in range(15)}
    assert shrink(result_of(SURVEY)).findings.by_code("IKM677")[0].facts["enough"] == 15
    assert not shrink(result_of(many)).findings.by_code("IKM677")


def test_an_estimate_off_the_scale_is_named_and_left():
    distance = {"A": 1.0, "B": 4.0, "C": 9.0, "D": 3.0, "E": 7.5, "F": -20.0}
    found = shrink(result_of(SURVEY | {"F": [4]}, design=None), covariates=distance)
    assert found["F"].ikm_shrunken > 100
    assert [f.facts["groups"] for f in found.findings.by_code("IKM678")] == [["F"]]
    assert not shrink(result_of(SURVEY)).findings.by_code("IKM678")
    assert "25,00-100,00" in found.findings.by_code("IKM678")[0].message("id")


@pytest.mark.parametrize(
    ("covariates", "error"),
    [
        ({"A": 1}, "lack 4 groups: B, C, D, E"),
        (dict.fromkeys("ABCDE", 1.0), "same for all"),
        ({"A": 1, "B": 2, "C": 3, "D": 4, "E": "jauh"}, "must be numbers"),
        ({"A": 1, "B": 2, "C": 3, "D": 4, "E": float("nan")}, "of E are missing"),
        ({"A": [1], "B": [2, 1], "C": [3], "D": [4], "E": [5]}, "same number of values"),
        ({"A": {"x": 1}, "B": {"y": 2}, "C": {"x": 3}, "D": {"x": 4}, "E": {"x": 5}}, "of B are not x"),
        (pd.DataFrame({"x": [1.0, 2.0]}, index=["A", "A"]), "twice"),
    ],
)
def test_covariates_without_sense_are_refused(covariates, error):
    with pytest.raises(ArgumentError, match=error):
        shrink(result_of(SURVEY), covariates=covariates)


def test_too_few_groups_for_the_model_are_refused():
    with pytest.raises(EstimationError, match="1 groups"):
        shrink(result_of({"A": [3, 4], "B": [4]}, design=None))
    with pytest.raises(EstimationError, match="x1, x2"):
        shrink(
            result_of({"A": [3, 4], "B": [2, 4], "C": [3, 2]}),
            covariates={"A": [1, 2], "B": [2, 2], "C": [3, 9]},
        )
    with pytest.raises(EstimationError, match="by="):
        shrink(ikm.estimate(frame_of({"A": [3, 4]})))
    with pytest.raises(UnknownNameError, match="ML"):
        shrink(result_of(SURVEY), method="ML")
    with pytest.raises(UnknownNameError, match="smooth"):
        shrink(result_of(SURVEY), variances="smooth")


def test_groups_that_share_psus_are_taken_as_independent_and_it_is_said():
    random = np.random.default_rng(5)
    day = np.repeat(np.arange(20), 20)
    score = np.clip(np.round(3 + 0.6 * random.normal(size=20)[day] + random.normal(0, 0.5, 400)), 1, 4)
    frame = pd.DataFrame(dict.fromkeys(UNSUR, score.astype(int)))
    frame = frame.assign(unit=np.tile(list("ABCD"), 100), day=day)
    found = shrink(ikm.estimate(frame, by="unit", design=ikm.Design(psu="day")))
    assert found.findings.by_code("IKM673")[0].facts["method"] == "fay_herriot_reml"
    assert not shrink(result_of(SURVEY)).findings.by_code("IKM673")


def test_the_mean_squared_error_is_what_it_says_on_average():
    # 150 surveys of 15 areas: the mean of the estimated MSE is within a fifth of the actual one,
    # whose own error is some 3 %
    random = np.random.default_rng(20220330)
    sampling = np.linspace(0.5, 8, 15)
    x = np.ones((15, 1))
    actual, said, direct = np.zeros(15), np.zeros(15), np.zeros(15)
    for _ in range(150):
        true = 80 + random.normal(0, 2, 15)
        y = true + random.normal(size=15) * np.sqrt(sampling)
        estimate, mse, _ = predict(fit(y, x, sampling), y, x, sampling)
        actual += (estimate - true) ** 2 / 150
        said += mse / 150
        direct += (y - true) ** 2 / 150
    assert said.mean() == pytest.approx(actual.mean(), rel=0.2)
    assert actual.mean() < 0.8 * direct.mean()


def test_thirteen_units_of_the_invented_skm(shared):
    frame = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    design = ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop")
    found = shrink(ikm.estimate(frame, by="unit_id", design=design))
    assert found.between > 5
    assert min(row.weight for row in found.rows) > 0.9  # every unit has 53 or more respondents
    assert [f.code for f in found.findings] == ["IKM677"]


def test_a_result_without_groups_has_nothing_to_shrink():
    whole = ikm.estimate(pd.DataFrame({f"U{i}": [3, 4, 2] for i in range(1, 10)}))
    with pytest.raises(EstimationError, match="no groups to shrink"):
        shrink(whole)


def test_a_table_of_units_is_as_long_as_there_are_units():
    scores = {f"U{i}": [4, 3, 4, 2, 3, 3, 2, 1] for i in range(1, 10)}
    found = shrink(ikm.estimate(pd.DataFrame({"unit": list("AABBCCDD"), **scores}), by="unit"))
    assert len(found) == len(found.rows) == 4
