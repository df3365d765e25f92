"""Strata with one sampled unit: what each rule adds to the variance, worked by hand.

All nine unsur have the same score, so a respondent of score s is worth 25 s points. The
survey of five has mean 2.6; a respondent's linearised value is 25 (s - 2.6) / 5 points.

====  ======  ========  ====================================
 h    scores   values    n / (n - 1) sum (value - mean)^2
====  ======  ========  ====================================
A     4, 2     7, -3     2 (25 + 25) = 100
B     3, 1     2, -8     2 (25 + 25) = 100
C     3        2         lonely
====  ======  ========  ====================================
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]
RULES = ["fail", "certainty", "adjust", "average"]


def survey(scores, **columns):
    return pd.DataFrame({**dict.fromkeys(CODES, scores), **columns})


FIVE = survey([4, 2, 3, 1, 3], h=list("AABBC"), kasir=["a1", "a2", "b1", "b2", "c1"], tamu=list("yxyyx"))
BY_HAND = {"certainty": 200, "average": 200 * 3 / 2, "adjust": 200 + 2**2}
LEFT = {"A": 10, "B": 10, "C": 4}
"""Populations: what was left out is 4/5, 4/5 and 3/4."""
BY_HAND_FPC = {"certainty": 160, "average": 160 * 3 / 2, "adjust": 160 + 3 / 4 * 2**2}
OUTSIDE = 2 * 2 * (50 / 9) ** 2 + 2 * 2 * (75 / 9) ** 2
"""Guests y were met in A (4) and B (3, 1): mean 8/3, values 100/9 and 0; 25/9 and -125/9."""


@pytest.mark.parametrize("psu", [None, "kasir"])
@pytest.mark.parametrize("rule", BY_HAND)
def test_each_rule_adds_what_is_worked_by_hand(rule, psu):
    design = ikm.Design(stratum="h", psu=psu, lonely_psu=rule)
    e = ikm.estimate(FIVE, design=design).overall
    assert (e.ikm, e.df) == (65, 2)
    assert e.se**2 == pytest.approx(BY_HAND[rule], rel=1e-13)
    finite = design.model_copy(update={"population": LEFT})
    assert ikm.estimate(FIVE, design=finite).overall.se ** 2 == pytest.approx(BY_HAND_FPC[rule], rel=1e-13)


@pytest.mark.parametrize("psu", [None, "kasir"])
def test_without_a_rule_nothing_is_said_of_what_touches_the_stratum(psu):
    result = ikm.estimate(FIVE, by="tamu", design=ikm.Design(stratum="h", psu=psu))
    assert result.overall.ikm == 65
    assert np.isnan(result.overall.se)
    assert np.isnan(result["x"].se)  # x was also met in C
    assert "IKM603" in {finding.code for finding in result.findings}
    assert result["y"].se ** 2 == pytest.approx(OUTSIDE, rel=1e-13)


@pytest.mark.parametrize("rule", RULES)
def test_a_group_outside_the_lonely_stratum_is_no_surer_nor_less_sure_for_the_rule(rule):
    result = ikm.estimate(FIVE, by="tamu", design=ikm.Design(stratum="h", lonely_psu=rule))
    assert result["y"].se ** 2 == pytest.approx(OUTSIDE, rel=1e-13)
    assert result["y"].df == 1


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("psu", [None, "kasir"])
def test_a_stratum_whose_only_unit_was_taken_is_certain_not_lonely(rule, psu):
    design = ikm.Design(stratum="h", psu=psu, population=LEFT | {"C": 1}, lonely_psu=rule)
    result = ikm.estimate(FIVE, by="h", design=design)
    assert result.overall.se**2 == pytest.approx(160, rel=1e-13)
    assert result.overall.df == 2


@pytest.mark.parametrize("rule", RULES)
def test_without_lonely_strata_the_rules_agree(rule):
    four = FIVE[:4]
    e = ikm.estimate(four, design=ikm.Design(stratum="h", lonely_psu=rule)).overall
    # mean 2.5, values 25 (s - 2.5) / 4: 9.375 and -3.125; 3.125 and -9.375
    assert e.se**2 == pytest.approx(2 * 2 * 2 * 6.25**2, rel=1e-13)


@pytest.mark.parametrize("rule", RULES)
def test_one_respondent_in_all_is_never_estimable(rule):
    for design in (ikm.Design(lonely_psu=rule), ikm.Design(stratum="h", psu="kasir", lonely_psu=rule)):
        e = ikm.estimate(FIVE[:1], design=design).overall
        assert e.ikm == 100
        assert np.isnan(e.se)


@pytest.mark.parametrize("rule", RULES)
def test_a_survey_of_lonely_strata_only_is_never_estimable(rule):
    design = ikm.Design(stratum="h", lonely_psu=rule)
    e = ikm.estimate(FIVE.iloc[[0, 2, 4]].reset_index(drop=True), design=design).overall
    assert e.df == 0
    assert np.isnan(e.se)


TWO_STAGE = {"psu": "kasir", "population": 10, "ssu_population": "dilayani"}
VISITS = survey([4, 2, 3, 1, 3], kasir=["a", "a", "b", "b", "c"], dilayani=[4, 4, 4, 4, 4])


def test_a_psu_with_one_respondent_is_lonely_at_the_second_stage():
    # values as above; PSU totals 4, -6, 2 with mean 0: 7/10 x 3/2 x (16 + 36 + 4) = 58.8;
    # second stage: 3/10 x (1/2 x 2 x 50 + 1/2 x 2 x 50) = 30, c apart
    def variance(rule, frame=VISITS):
        return ikm.estimate(frame, design=ikm.Design(**TWO_STAGE, lonely_psu=rule)).overall.se ** 2

    assert np.isnan(variance("fail"))
    assert variance("certainty") == pytest.approx(88.8, rel=1e-13)
    assert variance("fail", VISITS.assign(dilayani=[4, 4, 4, 4, 1])) == pytest.approx(88.8, rel=1e-13)


rows = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("ABCDE"), st.sampled_from("xy")), min_size=3, max_size=25
)


def frame_of(drawn):
    scores, strata, guests = zip(*drawn, strict=True)
    return survey(list(scores), h=list(strata), tamu=list(guests))


@given(rows)
def test_a_rule_never_makes_the_whole_surer_than_certainty(drawn):
    se = {
        rule: ikm.estimate(frame_of(drawn), design=ikm.Design(stratum="h", lonely_psu=rule)).overall.se
        for rule in ("certainty", "adjust", "average")
    }
    for rule in ("adjust", "average"):
        assert np.isnan(se[rule]) or se[rule] >= se["certainty"] * (1 - 1e-12)


@settings(max_examples=15)
@given(rows, st.permutations("ABCDE"))
def test_the_names_of_strata_do_not_matter(drawn, names):
    frame = frame_of(drawn)
    renamed = frame.assign(h=frame["h"].map(dict(zip("ABCDE", names, strict=True))))
    for rule in RULES:
        design = ikm.Design(stratum="h", lonely_psu=rule)
        one, other = (ikm.estimate(f, by="tamu", design=design) for f in (frame, renamed))
        for group in one:
            assert other[group].se == pytest.approx(one[group].se, rel=1e-12, abs=1e-9, nan_ok=True)
        assert other.overall.se == pytest.approx(one.overall.se, rel=1e-12, abs=1e-9, nan_ok=True)


@given(rows)
def test_the_covariance_matrix_and_the_contrast_tell_the_same_error(drawn):
    for rule in ("certainty", "adjust"):
        result = ikm.estimate(frame_of(drawn), by="tamu", design=ikm.Design(stratum="h", lonely_psu=rule))
        if len(result) == 2:
            joint = result.groups.index_joint
            c = np.array([[1.0, -1.0]])
            direct = result.groups.index_contrast(c)[0]
            assert (c @ joint @ c.T)[0, 0] == pytest.approx(direct, rel=1e-10, abs=1e-9, nan_ok=True)
