"""All pairs of groups at once: by hand, against R, turned round, and censuses."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.ikm.ranks.simultaneous import _holm, differences
from sipukat.ikm.ranks.studentized import range_quantile, range_tail

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "ranking.json").read_text("utf-8"))
UNSUR = [f"U{i}" for i in range(1, 10)]
METHODS = ["holm", "tukey", "max_t"]
STRATA = ikm.Design(stratum="unit")


def result_of(answers, design=None):
    rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    frame = pd.DataFrame({name: [score for _, score in rows] for name in UNSUR})
    return ikm.estimate(frame.assign(unit=[unit for unit, _ in rows]), by="unit", design=design)


@pytest.fixture(scope="module")
def invented():
    frame = pd.DataFrame(REFERENCE["answers"], columns=UNSUR).assign(unit=REFERENCE["unit"])
    return ikm.estimate(frame, by="unit", design=STRATA)


def surveys():
    scores = st.lists(st.integers(1, 4), min_size=2, max_size=12)
    return st.lists(scores, min_size=2, max_size=6)


def test_holm_by_hand():
    # sorted .01 .02 .03 .04: 4 * .01 = .04, 3 * .02 = .06, 2 * .03 = .06, then not below .06
    adjusted, times = _holm(np.array([0.04, 0.01, 0.03, 0.02]), np.full(4, 1e9), 0.95)
    assert adjusted == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert times == pytest.approx(2.4977, abs=1e-4)  # the normal quantile at 1 - .05 / 8


def test_a_difference_by_hand():
    # 2 units of 4: means 87.5 and 62.5, s^2 = 4 / 3 * 156.25 = 208.33, SE^2 = 2 * 52.08 = 104.17
    found = differences(result_of({"A": [3, 4, 3, 4], "B": [2, 3, 2, 3]}, STRATA))
    row = found["A", "B"]
    assert row.difference == pytest.approx(25)
    assert row.se == pytest.approx(104.1667**0.5, rel=1e-5)
    assert row.df == pytest.approx(6)
    # t^2 = 6 = df, so 1 - p = sin 45 (1 + cos^2 45 / 2 + 3 cos^4 45 / 8) = 1.34375 / sqrt 2
    assert row.p == row.p_adjusted == pytest.approx(1 - 1.34375 / 2**0.5, rel=1e-4)
    assert (row.low, row.high) == pytest.approx((25 - 2.4469 * 10.2062, 25 + 2.4469 * 10.2062), abs=1e-3)
    assert row.significant


@pytest.mark.parametrize("method", METHODS)
def test_pairs_are_those_of_r(invented, method):
    expected = REFERENCE["pairs"]
    found = differences(invented, method=method, draws=400_000)
    for name in ("difference", "se", "df", "p"):
        assert getattr(found, name) == pytest.approx(expected[name], rel=1e-9), name
    # R's ptukey is good to 1e-8, a share of 400,000 draws to 3 sqrt(p / 400,000)
    within = {"holm": 1e-12, "tukey": 2e-7, "max_t": 0.0025}[method]
    assert found.p_adjusted == pytest.approx(expected[method], rel=1e-9, abs=within)
    half = (found.high - found.low) / 2
    if method == "max_t":
        from scipy.special import ndtr, stdtrit

        assert half / found.se == pytest.approx(
            -stdtrit(found.df, ndtr(-REFERENCE["joint"]["critical"][0])), rel=0.01
        )
    else:
        name = {"holm": "bonferroni_half", "tukey": "tukey_half"}[method]
        assert half == pytest.approx(expected[name], rel=1e-5)


def test_the_studentized_range_is_that_of_r():
    for row in REFERENCE["range"]:
        tail = range_tail(np.array([row["q"]]), row["count"], np.array([row["df"]]))
        # for few df R's is good to no more than 2e-5, see the next test
        assert tail == pytest.approx([row["tail"]], abs=1e-7 if row["df"] >= 10 else 2e-5)


def test_the_studentized_range_of_two_means_is_a_t_test():
    # with 2 df the t test has the closed form 1 - t / sqrt(2 + t^2)
    for t in (0.1, 0.5**0.5, 3.0, 50.0):
        tail = range_tail(np.array([t * 2**0.5]), 2, np.array([2.0]))
        assert tail == pytest.approx([1 - t / (2 + t**2) ** 0.5], abs=1e-10)


def test_the_studentized_range_is_that_of_scipy():
    from scipy.stats import studentized_range

    df = np.array([1.0, 3.0, 20.0, 5000.0])
    q = np.array([3.0, 6.0, 4.0, 3.3])
    for count in (2, 5, 60):
        expected = [studentized_range.sf(a, count, b) for a, b in zip(q, df, strict=True)]
        assert range_tail(q, count, df) == pytest.approx(expected, abs=1e-7)
    assert range_tail(np.array([3.31449]), 3, np.array([1e9])) == pytest.approx([0.05], abs=1e-6)


@settings(max_examples=25)
@given(st.floats(1, 500), st.sampled_from([2, 5, 13, 60]), st.floats(0.5, 0.999))
def test_the_quantile_of_the_range_is_the_inverse_of_its_tail(df, count, level):
    q = range_quantile(level, count, np.array([df]))
    assert range_tail(q, count, np.array([df])) == pytest.approx([1 - level], rel=1e-6)


def test_quantiles_between_many_degrees_of_freedom_are_those_of_each():
    df = np.linspace(2, 300, 500)
    some = slice(None, None, 50)
    assert range_quantile(0.95, 8, df)[some] == pytest.approx(range_quantile(0.95, 8, df[some]), rel=1e-6)


@settings(max_examples=25)
@given(surveys(), st.sampled_from(METHODS))
def test_a_pair_turned_round_is_the_same_with_the_other_sign(groups, method):
    names = [f"g{i}" for i in range(len(groups))]
    result = result_of(dict(zip(names, groups, strict=True)))
    found = differences(result, method=method, draws=1000)
    assert len(found) == len(names) * (len(names) - 1) // 2
    for row in found:
        back = found[row.other, row.group]
        assert (back.difference, back.low, back.high) == (-row.difference, -row.high, -row.low)
        assert (back.p, back.p_adjusted, back.significant) == (row.p, row.p_adjusted, row.significant)
        assert found[row.group, row.other] == row
        assert row.difference == pytest.approx(result[row.group].ikm - result[row.other].ikm, abs=1e-9)


@settings(max_examples=25)
@given(surveys(), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_order_and_names_of_groups_play_no_part(groups, method, random):
    names = [f"g{i}" for i in range(len(groups))]
    others = random.sample(names, len(names))
    renamed = dict(zip(names, others, strict=True))
    here = differences(result_of(dict(zip(names, groups, strict=True))), method=method, draws=1000)
    there = differences(result_of(dict(zip(others, groups, strict=True))), method=method, draws=1000)
    for row in here:
        same = there[renamed[row.group], renamed[row.other]]
        assert same.p_adjusted == pytest.approx(row.p_adjusted, rel=1e-6, abs=1e-9)
        assert (same.low, same.high) == pytest.approx((row.low, row.high), rel=1e-6, abs=1e-6)


@settings(max_examples=25)
@given(surveys(), st.sampled_from(METHODS))
def test_an_adjusted_p_is_never_below_the_raw_one_and_agrees_with_its_interval(groups, method):
    found = differences(result_of({f"g{i}": s for i, s in enumerate(groups)}), method=method, draws=1000)
    if method != "max_t":  # simulated, so good to the third decimal only
        assert (found.p_adjusted >= found.p - 1e-9).all()
    outside = (found.low > 0) | (found.high < 0)
    if method == "holm":  # the intervals are Bonferroni's: they never claim more than the tests
        assert (found.significant | ~outside).all()
    else:
        assert (found.significant == outside).all()


def test_one_false_alarm_in_all_pairs_is_as_rare_as_promised():
    random = np.random.default_rng(20220330)
    n = {"A": 12, "B": 30, "C": 30, "D": 60}
    alarms = dict.fromkeys(METHODS, 0)
    for _ in range(40):
        result = result_of(
            {name: random.choice([2, 3, 4], p=[0.2, 0.5, 0.3], size=k) for name, k in n.items()}
        )
        for method in METHODS:
            alarms[method] += bool(differences(result, method=method, draws=1000).significant.any())
    # at .05 two alarms are expected in 40; more than 6 happen once in 300 times
    assert max(alarms.values()) <= 6


def test_a_difference_of_two_censuses_is_certain():
    frame = pd.DataFrame({name: [4, 3, 3, 3, 4, 3, 3, 3, 3] for name in UNSUR})
    frame = frame.assign(unit=list("AAABBBCCC"), people=3)
    result = ikm.estimate(frame, by="unit", design=ikm.Design(stratum="unit", population="people"))
    for method in METHODS:
        found = differences(result, method=method)
        assert (found["A", "C"].p_adjusted, found["A", "B"].p_adjusted) == (0.0, 1.0)
        assert found["A", "C"].low == found["A", "C"].high == found["A", "C"].difference
        assert found["A", "C"].significant
        assert not found["A", "B"].significant
        json.dumps(found.to_dict(), allow_nan=False)


def test_a_certain_pair_does_not_count_among_those_left_to_chance():
    frame = pd.DataFrame({name: [4, 3, 3, 3, 4, 4, 2, 3, 3, 4] for name in UNSUR})
    frame = frame.assign(unit=list("AAABBBCCCC"), people=[3] * 6 + [400] * 4)
    result = ikm.estimate(frame, by="unit", design=ikm.Design(stratum="unit", population="people"))
    found = differences(result)
    assert found["B", "C"].p_adjusted == pytest.approx(2 * found["B", "C"].p)


def test_tukey_says_when_groups_are_not_independent():
    random = np.random.default_rng(5)
    day = np.repeat(np.arange(20), 20)
    score = np.clip(np.round(3 + 0.6 * random.normal(size=20)[day] + random.normal(0, 0.5, 400)), 1, 4)
    frame = pd.DataFrame(dict.fromkeys(UNSUR, score.astype(int)))
    frame = frame.assign(unit=np.tile(list("ABCD"), 100), day=day)
    result = ikm.estimate(frame, by="unit", design=ikm.Design(psu="day"))
    assert [f.code for f in differences(result, method="tukey").findings] == ["IKM673"]
    assert "tukey" in differences(result, method="tukey").findings[0].message("id")
    assert not differences(result, method="max_t").findings
    # the most df that a difference can have is that of the design
    assert differences(result).df.max() <= 19


def test_a_group_left_out_is_named(invented):
    found = differences(result_of({"A": [3, 4], "B": [2, 3], "C": [4]}))
    assert found.names == ("A", "B")
    assert [(f.code, f.facts["groups"]) for f in found.findings] == [("IKM670", ["C"])]
    assert not differences(invented).findings
    for pair in (("A", "C"), ("A", "A")):
        with pytest.raises(UnknownNameError, match="compared group"):
            found[pair]


@pytest.mark.parametrize("method", METHODS)
def test_thirteen_units_of_the_invented_skm(shared, method):
    frame = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    design = ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop")
    found = differences(ikm.estimate(frame, by="unit_id", design=design), method=method)
    assert len(found) == 78
    assert (found.p <= 0.05).sum() == 64
    assert found.significant.sum() == 43


def test_the_frame_the_data_and_the_sentence(invented):
    found = differences(invented)
    frame = found.to_frame()
    assert list(frame.columns) == "group other difference se df p p_adjusted low high significant".split()
    assert (frame.loc[0, "group"], frame.loc[0, "other"]) == ("A", "B")
    held = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert held["format"] == "urn:sipukat:differences:1"
    assert held["interval"] == "bonferroni"
    assert len(held["pairs"]) == 15
    assert found.sentence().startswith("Dari 15 pasang kelompok, 9 berbeda nyata (Holm")
    assert "at most 5%" in found.sentence("en")
    assert repr(found) == "<Differences holm 0.95: 9 of 15 pairs differ>"


def test_arguments_without_sense_are_refused(invented):
    with pytest.raises(UnknownNameError, match="scheffe"):
        differences(invented, method="scheffe")
    with pytest.raises(ArgumentError, match="confidence_level"):
        differences(invented, confidence_level=0)
    with pytest.raises(ArgumentError, match="draws"):
        differences(invented, method="max_t", draws=5)
    with pytest.raises(EstimationError, match="by="):
        differences(ikm.estimate(pd.DataFrame({name: [3, 4] for name in UNSUR})))
    with pytest.raises(EstimationError, match="at most 1,000"):
        differences(result_of({f"u{i}": [2 + i % 2, 3] for i in range(1001)}))
