"""Designs against R's `survey`: on invented data with its script, and on an invented SKM."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

HERE = Path(__file__).parent.parent / "reference"
REL = 1e-9
DATA = pd.read_csv(HERE / "designs.csv")
R = json.loads((HERE / "designs.json").read_text(encoding="utf-8"))["designs"]
SERVED = DATA.groupby("stratum")["served"].first().to_dict()
PEOPLE = sum(SERVED.values())
PSUS = int(DATA.groupby("stratum")["psus"].first().sum())
BY_LAYANAN = (("layanan",),)

STRATIFIED = {"weight": "w", "stratum": "stratum"}
CLUSTERED = {**STRATIFIED, "psu": "psu"}
LINEAR = {
    "srs": ikm.Design(),
    "srs_weighted": ikm.Design(weight="w"),
    "srs_fpc": ikm.Design(weight="w_srs", population=PEOPLE),
    "strat": ikm.Design(**STRATIFIED),
    "strat_fpc": ikm.Design(**STRATIFIED, population="served"),
    "clus": ikm.Design(weight="w", psu="psu"),
    "clus_fpc": ikm.Design(weight="w", psu="psu", population=PSUS),
    "strat_clus": ikm.Design(**CLUSTERED),
    "strat_clus_fpc": ikm.Design(**CLUSTERED, population="psus"),
    "two_stage": ikm.Design(**CLUSTERED, population="psus", ssu="ssu", ssu_population="ssus"),
    "two_stage_people": ikm.Design(**CLUSTERED, population="psus", ssu_population="people"),
}
LONELY = {
    f"lonely_{rule}{fpc}": ikm.Design(**CLUSTERED, lonely_psu=rule, population="psus" if fpc else None)
    for rule in ("certainty", "adjust", "average")
    for fpc in ("", "_fpc")
}


def fitted(base="w", *, margins=BY_LAYANAN, totals=(), **more):
    calibration = ikm.Calibration(base=base, margins=margins, totals=totals)
    return ikm.Design(weight="fitted", calibration=calibration, **more)


BOTH = {"margins": BY_LAYANAN, "totals": ("usia",)}
AS_DRAWN = {"stratum": "stratum", "psu": "psu", "population": "psus"}
FITTED = {
    "post": fitted(margins=(("jenis", "layanan"),), stratum="stratum", psu="psu"),
    "post_fpc": fitted(margins=(("jenis", "layanan"),), **AS_DRAWN),
    "post_srs": fitted("w_srs", population=PEOPLE),
    "linear_fpc": fitted(**BOTH, **AS_DRAWN),
    "linear_strat": fitted(**BOTH, stratum="stratum"),
    "raking_fpc": fitted(margins=(("jenis",), ("layanan",)), **AS_DRAWN),
    "logit_fpc": fitted(**BOTH, **AS_DRAWN),
    "linear_two_stage": fitted(**BOTH, **AS_DRAWN, ssu="ssu", ssu_population="ssus"),
}
METHODS = {
    "jk1": "JK1",
    "jk1_mse": "JK1",
    "jkn": "JKn",
    "jkn_fpc": "JKn",
    "brr": "BRR",
    "fay": "Fay",
    "bootstrap": "bootstrap",
}
LINEARISED = (*LINEAR, *LONELY, *FITTED)
ALL = (*LINEARISED, *METHODS)


def case(name):
    """Return the rows and the design of one case."""
    frame = DATA.assign(w_srs=PEOPLE / len(DATA))
    if name in LINEAR:
        return frame, LINEAR[name]
    if name in LONELY:
        return frame[frame["lonely"] == 1].reset_index(drop=True), LONELY[name]
    if name in FITTED:
        return frame.assign(fitted=R[name]["weights"]), FITTED[name]
    if name in ("brr", "fay"):
        frame = frame[frame["pair"] == 1].reset_index(drop=True)
    return frame, None


def replicated(name, *, scale=True):
    """Return the rows with the replicate weights of R, and the design that names them."""
    frame, _ = case(name)
    r = R[name]["replicates"]
    factors = np.array(r["factors"])[[r["psu"].index(psu) for psu in frame["psu"]]]
    columns = tuple(f"ulang{i}" for i in range(factors.shape[1]))
    extra = pd.DataFrame(frame["w"].to_numpy()[:, None] * factors, columns=list(columns))
    weights = ikm.ReplicateWeights(
        columns=columns,
        method=METHODS[name],
        scale=r["scale"] if scale else None,
        rscales=tuple(r["rscales"]) if METHODS[name] == "JKn" else None,
        rho=0.3 if METHODS[name] == "Fay" else 0.0,
        mse=r["mse"],
    )
    return pd.concat([frame, extra], axis=1), ikm.Design(weight="w", replicate_weights=weights)


def ready(name):
    return replicated(name) if name in METHODS else case(name)


def same(ours, theirs, *, rel=REL):
    assert ours == pytest.approx(theirs, rel=rel)


def assert_estimate(ours, theirs):
    same(ours.ikm, theirs["ikm"])
    same(ours.se, theirs["se"])
    assert ours.df == theirs["df"]
    if theirs["deff"] is not None:
        same(ours.deff, theirs["deff"])


@pytest.mark.parametrize("name", ALL)
def test_index_error_df_and_deff_of_every_design_are_those_of_r(name):
    frame, design = ready(name)
    ours = ikm.estimate(frame, design=design).overall
    assert ours.n == R[name]["n"]
    assert_estimate(ours, R[name])
    same(list(ours.nrr.values()), R[name]["nrr"])


@pytest.mark.parametrize("name", ALL)
def test_the_covariance_of_the_nine_unsur_is_that_of_r(name):
    frame, design = ready(name)
    ours = ikm.estimate(frame, design=design).overall.covariance
    theirs = np.array(R[name]["covariance"])
    # an element near 0 is a difference of large ones: beside its variances, not beside itself
    size = np.sqrt(np.outer(np.diag(theirs), np.diag(theirs)))
    np.testing.assert_allclose(ours / size, theirs / size, rtol=0, atol=REL)


@pytest.mark.parametrize(("name", "by"), [(name, by) for name in ALL for by in R[name]["by"]])
def test_domains_are_subpopulations_of_the_whole_design_as_in_r(name, by):
    frame, design = ready(name)
    result = ikm.estimate(frame, by=by, design=design)
    assert set(result) == set(R[name]["by"][by])
    for group, theirs in R[name]["by"][by].items():
        ours = result[group]
        assert ours.n == theirs["n"]
        if theirs["df"] < 1:  # one PSU alone: R says 0 or NA, here nothing is said
            same(ours.ikm, theirs["ikm"])
            assert np.isnan(ours.se)
        else:
            assert_estimate(ours, theirs)


@pytest.mark.parametrize("name", ALL)
def test_the_difference_of_two_domains_knows_that_they_share_psus(name):
    frame, design = ready(name)
    result = ikm.estimate(frame, by="layanan", design=design)
    theirs = R[name]["contrast"]
    at = [result.keys().index(theirs[side]) for side in ("a", "b")]
    c = np.zeros((1, len(result)))
    c[0, at] = 1, -1
    same(float((c[0] * result.groups.points.ikm).sum()), theirs["difference"])
    same(float(np.sqrt(result.groups.index_contrast(c)[0])), theirs["se"])
    joint = result.groups.index_joint
    same(float(np.sqrt(c[0] @ joint @ c[0])), theirs["se"])


@pytest.mark.parametrize("name", [name for name in LINEARISED if not name.startswith("lonely")])
def test_rollups_of_the_strata_have_the_index_and_error_of_r(name):
    frame, design = ready(name)
    result = ikm.estimate(frame, by="stratum", design=design)
    for ours, key in (
        (result.rollup("population", population=SERVED), "population"),
        (result.rollup("simple_mean"), "simple_mean"),
    ):
        same((ours.ikm, ours.se), (R[name]["rollup"][key]["ikm"], R[name]["rollup"][key]["se"]))


@pytest.mark.parametrize("name", LINEARISED)
@pytest.mark.parametrize("missing", ["complete", "pooled"])
def test_the_other_rules_for_unanswered_questions_have_the_error_of_r(name, missing):
    frame, design = ready(name)
    ours = ikm.estimate(frame, design=design, missing=missing).overall
    same((ours.ikm, ours.se), (R[name][missing]["ikm"], R[name][missing]["se"]))


@pytest.mark.parametrize("name", ["jk1", "jk1_mse", "jkn", "brr", "fay", "bootstrap"])
def test_the_usual_scale_of_a_method_is_that_of_r(name):
    frame, design = replicated(name, scale=False)
    same(ikm.estimate(frame, design=design).overall.se, R[name]["se"])


def test_a_number_a_mapping_and_a_column_of_populations_are_one_design():
    column = ikm.estimate(DATA, design=LINEAR["strat_fpc"]).overall
    mapping = ikm.estimate(DATA, design=ikm.Design(**STRATIFIED, population=SERVED)).overall
    assert mapping.se == column.se
    frame = DATA.assign(all_psus=PSUS)
    number = ikm.estimate(frame, design=LINEAR["clus_fpc"]).overall
    held = ikm.estimate(frame, design=ikm.Design(weight="w", psu="psu", population="all_psus")).overall
    assert held.se == number.se
    assert mapping.se < ikm.estimate(DATA, design=LINEAR["strat"]).overall.se


def test_a_second_stage_adds_to_the_variance_of_the_first():
    names = ("strat_clus", "strat_clus_fpc", "two_stage")
    se = {name: ikm.estimate(DATA, design=LINEAR[name]).overall.se for name in names}
    assert se["strat_clus_fpc"] < se["two_stage"] < se["strat_clus"]
    census = ikm.Design(**CLUSTERED, population="psus", ssu="ssu", ssu_population="taken")
    frame = DATA.assign(taken=DATA.groupby("psu")["ssu"].transform("nunique"))
    same(ikm.estimate(frame, design=census).overall.se, se["strat_clus_fpc"], rel=1e-13)


@pytest.mark.parametrize("name", ["strat_clus", "strat_clus_fpc"])
def test_jackknife_weights_made_here_give_the_error_of_r(name):
    reference = {"strat_clus": "jkn", "strat_clus_fpc": "jkn_fpc"}[name]
    frame, design = ikm.replicate_weights(DATA, LINEAR[name], method="JKn")
    ours = ikm.estimate(frame, by="layanan", design=design)
    same((ours.overall.ikm, ours.overall.se), (R[reference]["ikm"], R[reference]["se"]))
    assert ours.overall.df == R[reference]["df"]
    for group, theirs in R[reference]["by"]["layanan"].items():
        same(ours[group].se, theirs["se"])


def test_bootstrap_weights_made_here_agree_with_linearisation_as_far_as_300_draws_tell():
    frame, design = ikm.replicate_weights(
        DATA, LINEAR["strat_clus"], method="bootstrap", replicates=300, seed=20260104
    )
    ours = ikm.estimate(frame, design=design).overall
    assert ours.ikm == pytest.approx(R["strat_clus"]["ikm"], rel=1e-12)
    # the error of 300 draws is 1 / sqrt(2 x 300) = 4.1 %; 3.6 times that
    assert ours.se == pytest.approx(R["strat_clus"]["se"], rel=0.15)


def test_the_same_seed_makes_the_same_bootstrap_and_another_seed_another():
    def draw(seed):
        frame, design = ikm.replicate_weights(
            DATA, LINEAR["strat_clus"], method="bootstrap", replicates=20, seed=seed
        )
        return frame[list(design.replicate_weights.columns)].to_numpy()

    assert (draw(1) == draw(1)).all()
    assert (draw(1) != draw(2)).any()


@pytest.fixture(scope="module")
def skm(shared):
    return pd.read_csv(shared("data/r-survey/skm_synth.csv"))


@pytest.fixture(scope="module")
def skm_r(shared):
    return json.loads(shared("data/r-survey/skm_synth_R.json").read_text(encoding="utf-8"))


SKM = {
    "A_strat_fpc": ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop"),
    "B_strat_wr": ikm.Design(weight="w_base", stratum="unit_id"),
    "G_srs_nowt": ikm.Design(),
    "F_clus_wr": ikm.Design(weight="w_base", stratum="unit_id", psu="day_psu"),
    "E_poststrat": ikm.Design(
        weight="w_cal",
        stratum="unit_id",
        population="n_unit_pop",
        calibration=ikm.Calibration(base="w_base", margins=(("unit_id", "sex"),)),
    ),
}
GROUPINGS = {
    "unit": "unit_id",
    "sex": "sex",
    "education": "education",
    "age_group": "age_group",
    "quarter": "quarter",
    "unit_kind": "unit_kind",
}
SIDES = {"P": "sex", "L": "sex", "Q4": "quarter", "Q3": "quarter", "U01": "unit_id", "U05": "unit_id"}
LEVELS = {"Q4": "2025Q4", "Q3": "2025Q3"}


def test_post_stratification_to_unit_and_sex_has_the_error_of_r(skm, skm_r):
    theirs = skm_r["designs"]["E_poststrat"]["overall"]
    ours = ikm.estimate(skm, design=SKM["E_poststrat"]).overall
    assert_estimate(ours, theirs)
    size = np.sqrt(np.outer(theirs["item_se"], theirs["item_se"]))
    np.testing.assert_allclose(ours.covariance / size, np.array(theirs["item_vcov"]) / size, atol=REL, rtol=0)


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_post_stratified_groups_are_domains_of_the_whole_design(grouping, skm, skm_r):
    ours = ikm.estimate(skm, by=GROUPINGS[grouping], design=SKM["E_poststrat"])
    theirs = skm_r["designs"]["E_poststrat"]["by"][grouping]
    assert len(ours) == len(theirs)
    for name, estimate in theirs.items():
        assert ours[name].n == estimate["n"]
        assert_estimate(ours[name], estimate)


@pytest.mark.parametrize("design", SKM)
def test_contrasts_and_their_covariance_are_those_of_r(design, skm, skm_r):
    block = skm_r["designs"][design]
    for theirs in block["contrasts"]:
        if theirs["a"] == "puskesmas":
            frame, by = (
                skm.assign(kind=(skm["unit_kind"] == "puskesmas").map({True: "ya", False: "tidak"})),
                "kind",
            )
            a, b = "ya", "tidak"
        else:
            frame, by = skm, SIDES[theirs["a"]]
            a, b = (LEVELS.get(theirs[side], theirs[side]) for side in ("a", "b"))
        result = ikm.estimate(frame, by=by, design=SKM[design])
        i, j = result.keys().index(a), result.keys().index(b)
        joint = result.groups.index_joint
        same(result[a].ikm - result[b].ikm, theirs["difference"], rel=1e-8)
        same(float(np.sqrt(joint[i, i] + joint[j, j] - 2 * joint[i, j])), theirs["se"])
        assert joint[i, j] == pytest.approx(theirs["cov"], rel=1e-8, abs=1e-9 * theirs["se"] ** 2)


def test_crossed_domains_have_the_error_of_r(skm, skm_r):
    for name, design in SKM.items():
        ours = ikm.estimate(skm, by=("unit_kind", "sex"), design=design)
        for sex, theirs in skm_r["designs"][name]["by"]["puskesmas_by_sex"].items():
            assert_estimate(ours[("puskesmas", sex)], theirs)


def test_rollups_of_post_stratified_units_have_the_error_of_r(skm, skm_r):
    result = ikm.estimate(skm, by="unit_id", design=SKM["E_poststrat"])
    served = skm.groupby("unit_id")["n_unit_pop"].first().to_dict()
    block = skm_r["designs"]["E_poststrat"]
    for ours, key in (
        (result.rollup("population", population=served), "rollup_separate"),
        (result.rollup("simple_mean"), "rollup_unweighted_mean_of_units"),
    ):
        same((ours.ikm, ours.se), (block[key]["all"]["ikm"], block[key]["all"]["se"]))


METHODS_OF_SHARES = {"t": "mean", "logit": "xlogit", "korn_graubard": "beta", "wilson": "wilson"}


@pytest.mark.parametrize("design", [name for name in SKM if name != "E_poststrat"])
@pytest.mark.parametrize("interval", METHODS_OF_SHARES)
def test_shares_of_satisfied_respondents_are_those_of_r(design, interval, skm, skm_r):
    result = ikm.estimate(skm, by="unit_id", design=SKM[design])
    whole = ikm.estimate(skm, design=SKM[design])
    frames = {held: held.shares_frame(at_least=3, interval=interval) for held in (result, whole)}
    for theirs in skm_r["designs"][design]["satisfied"]:
        at = int(theirs["item"][1:]) - 1
        if theirs["group"] == "all":
            row = frames[whole].iloc[at]
        else:
            shown = frames[result]
            row = shown[shown["unit_id"] == theirs["group"]].iloc[at]
        same((row["share"], row["se"]), (theirs["estimate"], theirs["se"]))
        assert (row["n"], row["df"]) == (theirs["n"], theirs["df"])
        same([row["low"], row["high"]], theirs["ci"][METHODS_OF_SHARES[interval]], rel=1e-7)


@pytest.mark.parametrize(
    "name", ["adjust_wr", "remove_fpc", "remove_wr", "certainty_fpc", "certainty_wr", "average_fpc"]
)
def test_units_of_one_respondent_of_equal_answers_and_of_a_census_are_as_in_r(name, shared, skm_r):
    frame = pd.read_csv(shared("data/r-survey/skm_edge.csv"))
    theirs = skm_r["edge"][name]
    design = ikm.Design(
        weight="w_base",
        stratum="unit_id",
        population="n_unit_pop" if theirs["fpc"] else None,
        lonely_psu=theirs["lonely"].replace("remove", "certainty"),
    )
    result = ikm.estimate(frame, by="unit_id", design=design)
    e = result.overall
    same((e.ikm, e.se), (theirs["overall"]["ikm"], theirs["overall"]["se"]))
    assert e.df == theirs["degf"]
    same(list(e.nrr.values()), theirs["overall"]["item_mean"])
    same(np.sqrt(np.diag(e.covariance)), theirs["overall"]["item_se"])
    for unit, r in theirs["units"].items():
        ours = result[unit]
        same(ours.ikm, r["ikm_over_answered_items"])
        assert (ours.n, sum(count > 0 for count in ours.answered.values())) == (r["n"], r["items_answered"])
        if r["df"] < 1:  # R says 0 of one respondent; here it is not estimable
            assert np.isnan(ours.se)
        else:
            assert ours.df == r["df"]
            assert ours.se == pytest.approx(r["se"], rel=REL, abs=1e-12)


def test_jackknife_weights_made_here_are_those_of_r_on_164_unit_days(skm, skm_r):
    theirs = skm_r["designs"]["F_clus_jkn"]
    frame, design = ikm.replicate_weights(skm, SKM["F_clus_wr"], method="JKn")
    assert len(design.replicate_weights.columns) == theirs["replicates"]
    ours = ikm.estimate(frame, by="sex", design=design)
    same((ours.overall.ikm, ours.overall.se), (theirs["overall"]["ikm"], theirs["overall"]["se"]))
    assert ours.overall.df == theirs["degf"]
    for sex, estimate in theirs["by_sex"].items():
        same((ours[sex].ikm, ours[sex].se), (estimate["ikm"], estimate["se"]))
