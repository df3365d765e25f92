"""Every number of R's `survey` on an invented SKM; its calls are in the README of the shared data."""

import json

import pandas as pd
import pytest

from sipukat import ikm

REL = 1e-9
DESIGNS = {
    "A_strat_fpc": ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop"),
    "B_strat_wr": ikm.Design(weight="w_base", stratum="unit_id"),
    "F_clus_wr": ikm.Design(weight="w_base", stratum="unit_id", psu="day_psu"),
    "G_srs_nowt": ikm.Design(),
}
GROUPINGS = {
    "unit": ("unit_id",),
    "sex": ("sex",),
    "education": ("education",),
    "age_group": ("age_group",),
    "quarter": ("quarter",),
    "unit_kind": ("unit_kind",),
}


@pytest.fixture(scope="module")
def skm(shared):
    return pd.read_csv(shared("data/r-survey/skm_synth.csv"))


@pytest.fixture(scope="module")
def reference(shared):
    return json.loads(shared("data/r-survey/skm_synth_R.json").read_text())["designs"]


def assert_same(ours, theirs):
    for name in ("ikm", "se", "cv", "df", "deff"):
        if theirs[name] is not None:
            assert getattr(ours, name) == pytest.approx(theirs[name], rel=REL), name
    assert ours.n == theirs["n"]


@pytest.mark.parametrize("design", DESIGNS)
def test_overall_estimate_error_df_and_deff_are_those_of_r(design, skm, reference):
    ours = ikm.estimate(skm, design=DESIGNS[design]).overall
    theirs = reference[design]["overall"]
    assert_same(ours, theirs)
    assert ours.mutu == theirs["mutu"]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("grouping", GROUPINGS)
def test_groups_are_domains_of_the_whole_design_as_in_r(design, grouping, skm, reference):
    ours = ikm.estimate(skm, by=GROUPINGS[grouping], design=DESIGNS[design])
    theirs = reference[design]["by"][grouping]
    assert len(ours) == len(theirs)
    for name, estimate in theirs.items():
        assert_same(ours[name], estimate)


@pytest.mark.parametrize("design", DESIGNS)
def test_unsur_means_and_errors_are_those_of_r(design, skm, reference):
    theirs = reference[design]["overall"]
    ours = ikm.estimate(skm, design=DESIGNS[design]).unsur_frame()
    assert ours["nrr"].tolist() == pytest.approx(theirs["item_mean"], rel=REL)
    assert (ours["se"] / 25).tolist() == pytest.approx(theirs["item_se"], rel=REL)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(("interval", "theirs"), [("t", "ci_t"), ("logit", "ci_logit_t")])
def test_t_and_logit_intervals_are_those_of_r(design, interval, theirs, skm, reference):
    ours = ikm.estimate(skm, design=DESIGNS[design], interval=interval).overall
    assert (ours.low, ours.high) == pytest.approx(reference[design]["overall"][theirs], rel=1e-8)


@pytest.mark.parametrize("design", DESIGNS)
def test_rollups_have_the_value_and_error_of_r(design, skm, reference):
    result = ikm.estimate(skm, by="unit_id", design=DESIGNS[design])
    served = skm.groupby("unit_id")["n_unit_pop"].first().to_dict()
    for ours, block in (
        (result.rollup("population", population=served), "rollup_separate"),
        (result.rollup("simple_mean"), "rollup_unweighted_mean_of_units"),
    ):
        theirs = reference[design][block]["all"]
        assert (ours.ikm, ours.se) == pytest.approx((theirs["ikm"], theirs["se"]), rel=REL)


def test_populations_of_the_strata_serve_the_roll_up(skm, reference):
    result = ikm.estimate(skm, by="unit_id", design=DESIGNS["A_strat_fpc"])
    theirs = reference["A_strat_fpc"]["rollup_separate"]["all"]
    assert result.rollup("population").ikm == pytest.approx(theirs["ikm"], rel=REL)


def test_complete_cases_are_the_listwise_means_of_r(skm, reference):
    ours = ikm.estimate(skm, missing="complete", design=DESIGNS["B_strat_wr"]).overall
    theirs = reference["B_strat_wr"]["overall"]["listwise"]
    assert (ours.ikm, ours.se, ours.deff) == pytest.approx(
        (theirs["ikm"], theirs["se"], theirs["deff"]), rel=REL
    )
    assert (ours.used, ours.n) == (reference["B_strat_wr"]["overall"]["n_complete"], 2932)


def test_the_covariance_of_the_unsur_means_is_that_of_r(skm, reference):
    for name, design in DESIGNS.items():
        ours = ikm.estimate(skm, design=design).overall.covariance
        for mine, theirs in zip(ours.tolist(), reference[name]["overall"]["item_vcov"], strict=True):
            assert mine == pytest.approx(theirs, rel=REL)


def test_the_printed_weight_scales_index_and_error_as_in_r(skm, reference):
    ours = ikm.estimate(skm, design=DESIGNS["B_strat_wr"], profile="0.11").overall
    theirs = reference["B_strat_wr"]["overall"]
    assert (ours.ikm, ours.se) == pytest.approx((theirs["ikm_011"], theirs["se_011"]), rel=REL)
