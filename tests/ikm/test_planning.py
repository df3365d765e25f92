"""How many respondents tell a change apart, or make a letter sure: against R and against surveys."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import betainc, ndtri, stdtrit

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.planning.certainty import sample_size_for_mutu
from sipukat.ikm.planning.changes import detectable_change, sample_size_for_change
from sipukat.ikm.planning.deviation import respondent_sd

REFERENCE = json.loads((Path(__file__).parent.parent / "reference" / "planning.json").read_text())
CODES = [f"U{i}" for i in range(1, 10)]


def survey(scores):
    return pd.DataFrame([[s] * 9 for s in scores], columns=CODES)


# --- change --------------------------------------------------------------------------------


def test_about_sixteen_times_the_squared_ratio_as_every_handbook_has_it():
    # Lehr (1992): n = 16 sd^2 / d^2 for 80 % power; here 16 * 144 / 9 = 256
    assert abs(sample_size_for_change(3, sd=12).n_a - 256) <= 4


@pytest.mark.parametrize(
    "case", REFERENCE["independent"], ids=lambda c: f"{c['points']}-{c['sd']}-{c['power']}"
)
def test_respondents_and_power_are_those_of_power_t_test(case):
    level = case["confidence_level"]
    plan = sample_size_for_change(case["points"], sd=case["sd"], power=case["power"], confidence_level=level)
    assert plan.n_a == plan.n_b == max(2, math.ceil(case["n"]))
    assert plan.power == pytest.approx(case["power_at_ceiling"], rel=1e-9)
    assert plan.df == 2 * plan.n_a - 2


@pytest.mark.parametrize("case", REFERENCE["paired"], ids=lambda c: str(c["paired_correlation"]))
def test_the_same_respondents_twice_are_the_paired_test_of_r(case):
    plan = sample_size_for_change(
        case["points"], sd=case["sd"], paired_correlation=case["paired_correlation"]
    )
    assert plan.n_a == math.ceil(case["n"])
    assert plan.power == pytest.approx(case["power_at_ceiling"], rel=1e-9)


@pytest.mark.parametrize("case", REFERENCE["detectable"], ids=lambda c: str(c["n"]))
def test_the_smallest_change_is_that_of_power_t_test(case):
    found = detectable_change(case["n"], case["n"], sd=case["sd"], power=case["power"])
    assert found.points == pytest.approx(case["points"], rel=1e-7)  # R's root is no finer


@pytest.mark.parametrize("case", REFERENCE["unequal"], ids=lambda c: str(c["n_a"]))
def test_unequal_sizes_follow_the_noncentral_t_of_r(case):
    found = detectable_change(case["n_a"], case["n_b"], sd=case["sd"])
    assert found.points == pytest.approx(case["points"], rel=1e-7)
    assert found.power == pytest.approx(0.8, rel=1e-9)


@given(
    points=st.floats(0.5, 30),
    sd=st.floats(2, 30),
    power=st.floats(0.3, 0.99),
    deff=st.floats(0.5, 4),
    r=st.sampled_from([0.0, 0.3, 0.7]),
)
def test_one_respondent_fewer_is_not_enough_and_the_inverse_gives_the_change_back(points, sd, power, deff, r):
    options = {"sd": sd, "deff": deff, "paired_correlation": r}
    plan = sample_size_for_change(points, power=power, **options)
    n = plan.n_a
    assert plan.power >= power
    exact = detectable_change(n, n, power=power, **options)
    assert exact.points <= points * (1 + 1e-9)
    if n > 2:
        assert detectable_change(n - 1, n - 1, power=power, **options).points > points
    assert detectable_change(n, n, power=plan.power, **options).points == pytest.approx(points, rel=1e-6) or (
        plan.power > 1 - 1e-9
    )


@given(points=st.floats(0.5, 20), sd=st.floats(2, 18), factor=st.sampled_from([0.5, 2.0]))
def test_only_the_ratio_of_change_to_spread_counts(points, sd, factor):
    n = sample_size_for_change(points, sd=sd).n_a
    assert sample_size_for_change(points * factor, sd=sd * factor).n_a == n


def test_a_design_effect_multiplies_the_respondents():
    plain, clustered = sample_size_for_change(1, sd=12).n_a, sample_size_for_change(1, sd=12, deff=2).n_a
    assert abs(clustered - 2 * plain) <= 2


def test_a_small_population_needs_fewer_and_a_census_is_said():
    free = sample_size_for_change(2, sd=12)
    small = sample_size_for_change(2, sd=12, populations=600)
    assert small.n_a < free.n_a
    assert not small.findings
    se = 12 * math.sqrt(2 * (1 / small.n_a - 1 / 600))
    assert small.se == pytest.approx(se)
    whole = sample_size_for_change(0.01, sd=12, populations=(50, 60))
    assert (whole.n_a, whole.n_b, whole.power) == (50, 60, 1.0)
    assert [f.code for f in whole.findings] == ["IKM695"]
    assert detectable_change(50, 60, sd=12, populations=(50, 60)).points == 0


def test_too_few_to_tell_anything_is_said():
    found = detectable_change(2, 2, sd=30)
    assert found.points > 75
    assert [f.code for f in found.findings] == ["IKM696"]
    assert "75" in found.findings[0].message("id")


def test_a_planned_change_is_found_as_often_as_promised():
    """5000 pairs of surveys: the share found is within four standard errors of the power."""
    plan = sample_size_for_change(5, sd=12, power=0.8)
    rng = np.random.default_rng(20260701)
    a = rng.normal(70, 12, (5000, plan.n_a))
    b = rng.normal(75, 12, (5000, plan.n_b))
    se = np.sqrt((a.var(axis=1, ddof=1) + b.var(axis=1, ddof=1)) / plan.n_a)
    found = ((b.mean(axis=1) - a.mean(axis=1)) / se > stdtrit(plan.df, 0.975)).mean()
    assert found == pytest.approx(plan.power, abs=4 * math.sqrt(0.8 * 0.2 / 5000))


def test_the_spread_is_taken_from_a_result_or_an_estimate():
    frame = survey([4, 3, 2, 4, 3]).assign(unit=list("aaabb"))
    result = ikm.estimate(frame, by="unit")
    assert respondent_sd(result) == pytest.approx(25 * np.std([4, 3, 2, 4, 3], ddof=1))
    assert respondent_sd(result["a"]) == pytest.approx(25.0)
    by_result = sample_size_for_change(10, sd=result)
    assert by_result == sample_size_for_change(10, sd=respondent_sd(result))
    with pytest.raises(EstimationError, match="roll-up"):
        respondent_sd(result.rollup("simple_mean"))
    with pytest.raises(EstimationError, match="all 2 respondents gave the same"):
        respondent_sd(ikm.estimate(survey([3, 3])))
    with pytest.raises(EstimationError, match="1 respondents show no"):
        respondent_sd(ikm.estimate(survey([3])))


@pytest.mark.parametrize(
    ("points", "options", "said"),
    [
        (0, {}, "points must be a finite number above 0, got 0"),
        (-3, {}, "got -3"),
        (75, {}, "points must be below 75"),
        (float("nan"), {}, "got nan"),
        (3, {"sd": 0}, "sd must be a finite number above 0"),
        (3, {"sd": 38}, r"at most 37\.5"),
        (3, {"sd": True}, "got True"),
        (3, {"sd": "12"}, "got '12'"),
        (3, {"power": 1}, "power must lie between 0 and 1, got 1"),
        (3, {"power": 0.02}, "what chance alone gives"),
        (3, {"confidence_level": 95}, "confidence_level must lie between 0 and 1, got 95"),
        (3, {"deff": -1}, "deff must be"),
        (3, {"paired_correlation": 1}, "paired_correlation must lie from 0 to below 1, got 1"),
        (3, {"paired_correlation": -0.5}, r"got -0\.5"),
        (3, {"populations": 1}, "populations must be"),
        (3, {"populations": (10, 20, 30)}, "populations must be"),
        (3, {"populations": (10, 20), "paired_correlation": 0.5}, "one population"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_with_its_value(points, options, said):
    with pytest.raises(ArgumentError, match=said):
        sample_size_for_change(points, **({"sd": 12} | options))


def test_sizes_that_make_no_sense_are_refused_with_their_value():
    with pytest.raises(ArgumentError, match="n_b must be a whole number of at least 2, got 1"):
        detectable_change(30, 1, sd=12)
    with pytest.raises(ArgumentError, match="n_a = 30, n_b = 40"):
        detectable_change(30, 40, sd=12, paired_correlation=0.5)
    with pytest.raises(ArgumentError, match="30 respondents are more than the 20 people served"):
        detectable_change(30, 30, sd=12, populations=(20, 90))
    with pytest.raises(EstimationError, match="would not tell"):
        sample_size_for_change(1e-6, sd=30)


def test_change_plans_can_be_read_by_people_and_by_programs():
    plan = sample_size_for_change(3, sd=12, paired_correlation=0.5, populations=5000)
    data = json.loads(json.dumps(plan.to_dict(), allow_nan=False))
    assert data["format"] == "urn:sipukat:change-plan:1"
    assert data["populations"] == [5000, 5000]
    assert "responden yang sama" in plan.sentence()
    assert "3.00 points" in plan.sentence("en")
    assert "in the second" in sample_size_for_change(3, sd=12).sentence("en")


# --- letter --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFERENCE["letter"], ids=lambda c: f"{c['ikm']}")
def test_respondents_for_a_letter_are_those_of_the_formula_written_anew_in_r(case):
    plan = sample_size_for_mutu(case["ikm"], sd=case["sd"], deff=case["deff"], population=case["N"])
    assert plan.n == case["n"]
    assert plan.probability == pytest.approx(case["probability"], rel=1e-9)


def test_a_survey_that_finds_what_was_expected_is_exactly_so_sure():
    """The plan promises the probability that `estimate` then prints."""
    scores = [4] * 40 + [3] * 50 + [2] * 20
    found = ikm.estimate(survey(scores)).overall
    plan = sample_size_for_mutu(found.ikm, sd=found, probability=found.mutu_probability["B"] - 1e-9)
    assert plan.mutu == found.mutu == "B"
    assert plan.n == found.n
    assert plan.probability == pytest.approx(found.mutu_probability["B"], rel=1e-9)


def test_the_nearer_the_border_the_more_respondents():
    numbers = [sample_size_for_mutu(ikm_, sd=12).n for ikm_ in (82, 85, 87, 88, 88.2)]
    assert numbers == sorted(numbers)
    assert numbers[-1] > 100 * numbers[0]
    assert sample_size_for_mutu(88.2, sd=12).n > 4096  # found by halving, past where all are tried
    assert sample_size_for_mutu(88.2, sd=12).distance == pytest.approx(0.11)


def chance(n, value, sd, lower, upper):
    """Probability of a letter by the formula of the guide, for many n at once."""
    m, s2, a = (value - 25) / 75, (sd / 75) ** 2 * (n - 1) / n, 1 / 3
    m1 = (n * m + a) / (n + 2 * a)
    q = (n * (s2 + (m - m1) ** 2) + a * (m1**2 + (1 - m1) ** 2)) / (n + 2 * a)
    k = m1 * (1 - m1) / (q / (n + 2 * a + 1) * (stdtrit(n - 1, 0.975) / ndtri(0.975)) ** 2) - 1
    inside = [betainc(m1 * k, (1 - m1) * k, min(max((cut - 25) / 75, 0), 1)) for cut in (lower, upper)]
    return np.where(k > 0, inside[1] - inside[0], 0)


@given(value=st.floats(40, 97), sd=st.floats(3, 12), sure=st.floats(0.6, 0.99))
def test_from_that_number_on_the_letter_stays_that_sure_and_just_before_it_was_not(value, sd, sure):
    assume(sd**2 < 0.9 * (value - 25) * (100 - value))
    assume(min(abs(value - border) for border in (65, 76.61, 88.31)) > 0.3)
    plan = sample_size_for_mutu(value, sd=sd, probability=sure)
    lower, upper = {"D": (25, 65), "C": (65, 76.61), "B": (76.61, 88.31), "A": (88.31, 100)}[plan.mutu]
    after = np.unique(np.geomspace(plan.n, 100 * plan.n, 60).astype(int))
    assert (chance(after, value, sd, lower, upper) >= sure).all()
    assert plan.n == 3 or chance(np.array([plan.n - 1]), value, sd, lower, upper)[0] < sure


@pytest.mark.parametrize("value", [65, 76.61, 88.31, Fraction(8831, 100), "88,31", 76.605, 88.306])
def test_on_a_border_no_number_suffices_and_that_is_said(value):
    with pytest.raises(EstimationError, match="no number of respondents suffices"):
        sample_size_for_mutu(value, sd=12)


def test_a_hair_from_a_border_it_says_how_far():
    with pytest.raises(EstimationError, match="more than 1000000000 respondents"):
        sample_size_for_mutu(88.3100001, sd=12)
    assert sample_size_for_mutu(88.3100001, sd=12, population=2000).n == 2000  # all of them, then


def test_asking_everybody_is_sure_and_is_said():
    plan = sample_size_for_mutu(88.2, sd=12, population=40)
    assert (plan.n, plan.probability) == (40, 1.0)
    assert [f.code for f in plan.findings] == ["IKM695"]


@pytest.mark.parametrize(
    ("value", "options", "said"),
    [
        (101, {}, "outside the IKM"),
        (3.2, {}, "first multiplied by 25"),
        (99, {"sd": 12}, r"sd is at most 8\.60, got 12"),
        (80, {"probability": 1}, "probability must lie between 0 and 1, got 1"),
        (80, {"population": 2}, "population must be a whole number of at least 3, got 2"),
        (80, {"deff": 0}, "deff must be"),
    ],
)
def test_a_letter_that_makes_no_sense_is_refused_with_its_value(value, options, said):
    with pytest.raises(ArgumentError, match=said):
        sample_size_for_mutu(value, **({"sd": 12} | options))


def test_another_standard_has_other_letters():
    assert sample_size_for_mutu(82, sd=12, standard="kepmenpan-25-2004").mutu == "A"


def test_letter_plans_can_be_read_by_people_and_by_programs():
    plan = sample_size_for_mutu("79,00", sd=12)
    data = json.loads(json.dumps(plan.to_dict(), allow_nan=False))
    assert (data["format"], data["n"]) == ("urn:sipukat:mutu-plan:1", 85)
    assert "85 responden" in plan.sentence()
    assert "79.00" in plan.sentence("en")


def test_a_change_that_no_sample_could_miss_has_a_power_of_one():
    sure = sample_size_for_change(74, sd=0.5)
    assert (sure.n_a, sure.power) == (2, 1.0)
