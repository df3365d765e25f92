"""R's `survey` on the California API data: 30 of its designs, two codings of the data as answers.

``yes``: all nine unsur are 4 for yes and 1 for no, so that the NRR is 1 + 3 p, its error
three times that of p, and the design effect of the index that of p.

``digits``: a whole number below 1024 is five digits in base 4, one an unsur (0 is the score
1); the mean of the number and its variance then come from the means and covariance of the
unsur, in all designs and domains.
"""

import json
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import EstimationError

REL = 1e-9
ZERO = 1e-8
"""A standard error below this share of its estimate is 0, as the README of the numbers says."""
CODES = [f"U{i}" for i in range(1, 10)]
PLACES = 4.0 ** np.arange(5)
ON_STYPE = {"base": "pw", "margins": (("stype",),)}
ON_BOTH = {"base": "pw", "margins": (("stype",), ("sch.wide",))}
ON_API = {**ON_STYPE, "totals": ("api99",)}
CLUS1 = {"psu": "dnum", "population": "fpc"}
STRAT = {"stratum": "stype", "population": "fpc"}

DRAWN = {
    "srs_fpc": ("apisrs", {"weight": "pw", "population": "fpc"}),
    "srs_wr": ("apisrs", {"weight": "pw"}),
    "strat_fpc": ("apistrat", {"weight": "pw", **STRAT}),
    "strat_wr": ("apistrat", {"weight": "pw", "stratum": "stype"}),
    "clus1_fpc": ("apiclus1", {"weight": "pw", **CLUS1}),
    "clus1_wr": ("apiclus1", {"weight": "pw", "psu": "dnum"}),
    "clus2_wr": ("apiclus2", {"weight": "pw", "psu": "dnum"}),
}
TWO_STAGE = {"weight": "fitted", "psu": "dnum", "population": "fpc1", "ssu_population": "fpc2"}
FITTED = {
    "post_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_STYPE)}),
    "greg_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_API)}),
    "calrake_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_API)}),
    "callogit_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_API)}),
    "calrake_ind_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_BOTH)}),
    "calrake_ind_strat": ("apistrat", {**STRAT, "calibration": ikm.Calibration(**ON_BOTH)}),
    # R's rake() takes its margins off one after another; the exact variance is calibrate()'s
    "rake_clus1": ("apiclus1", {**CLUS1, "calibration": ikm.Calibration(**ON_BOTH)}),
    "rake_strat": ("apistrat", {**STRAT, "calibration": ikm.Calibration(**ON_BOTH)}),
}
EXACT = {"rake_clus1": "calrake_ind_clus1", "rake_strat": "calrake_ind_strat"}
METHODS = {"JK1": "JK1", "JKn": "JKn", "bootstrap": "bootstrap", "subbootstrap": "bootstrap"}
REPLICATED = {
    "jk1_clus1_nofpc": "apiclus1",
    "jk1_clus1_fpc": "apiclus1",
    "jkn_strat_fpc": "apistrat",
    "boot_clus1": "apiclus1",
    "subboot_strat": "apistrat",
    "post_jk1_clus1": "apiclus1",
}
LONELY = {
    f"lonely_{theirs}_{fpc}": (
        "apistrat_lonely",
        {
            "weight": "pw",
            "stratum": "stype",
            "lonely_psu": ours,
            "population": "fpc" if fpc == "fpc" else None,
        },
    )
    for theirs, ours in (
        ("remove", "certainty"),
        ("certainty", "certainty"),
        ("adjust", "adjust"),
        ("average", "average"),
    )
    for fpc in ("fpc", "wr")
}
TWO = ("clus2_fpc_people", "clus2_fpc_ssu")
DESIGNS = (*DRAWN, *TWO, *FITTED, *REPLICATED)
"""clus2_fpc twice: its schools as respondents of the second stage, and as named SSUs."""


@pytest.fixture(scope="module")
def api(shared):
    """Return all of R's numbers, by id."""
    held = json.loads(shared("data/r-survey/api_R.json").read_text(encoding="utf-8"))
    return held["designs"], {case["id"]: case for case in held["cases"]}


@pytest.fixture(scope="module")
def case(api, shared):
    """Return a function from the name of a design to its rows and its Design."""

    @cache
    def read(name):
        return pd.read_csv(shared(f"data/r-survey/{name}.csv"))

    @cache
    def make(name):
        if name in REPLICATED:
            theirs = api[0][name]
            extra = read(f"repweights_{name}")
            columns = tuple(c for c in extra if c.startswith("rw"))
            weights = ikm.ReplicateWeights(
                columns=columns,
                method=METHODS[theirs["rep_type"]],
                scale=theirs["scale"],
                rscales=tuple(theirs["rscales"]),
                mse=theirs["mse"],
            )
            frame = read(REPLICATED[name]).drop(columns="pw")
            frame = pd.concat([frame, extra.drop(columns="row")], axis=1)
            return frame, ikm.Design(weight="pw", replicate_weights=weights)
        if name in TWO:
            frame = read("apiclus2").assign(fitted=read("weights_clus2_fpc")["weight"])
            return frame, ikm.Design(**TWO_STAGE, ssu="snum" if name == TWO[1] else None)
        if name in FITTED:
            data, options = FITTED[name]
            frame = read(data).assign(fitted=read(f"weights_{name}")["weight"])
            return frame, ikm.Design(weight="fitted", **options)
        data, options = (DRAWN | LONELY)[name]
        return read(data), ikm.Design(**options)

    return make


def key(name, case):
    """Return the id of R's case, for the design that holds its error."""
    return f"{name.removesuffix('_people').removesuffix('_ssu')}/{case}"


def held(api, name, case):
    """Return R's case; with the error of `EXACT`, where R's own is an approximation."""
    return api[1][key(EXACT.get(name, name), case)]


def estimated(frame, columns, design, **options):
    columns = columns if isinstance(columns, dict) else dict.fromkeys(CODES, columns)
    wide = pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)
    return ikm.estimate(wide, design=design, **options)


def yes(column, value):
    return np.where(column == value, 4, 1)


def digits(column):
    """Return U1..U5, the base-4 digits of a column, lowest first, and constants beside."""
    numbers = column.to_numpy()
    assert (numbers < 1024).all()
    return {code: numbers // 4**i % 4 + 1 if i < 5 else np.ones_like(numbers) for i, code in enumerate(CODES)}


def number_of(e):
    """Return mean and standard error of the number behind the digits."""
    nrr = np.array(list(e.nrr.values()))[:5]
    return float(PLACES @ (nrr - 1)), float(np.sqrt(PLACES @ e.covariance[:5, :5] @ PLACES))


@pytest.mark.parametrize("name", DESIGNS)
def test_proportions_of_categories_have_value_error_df_and_deff_of_r(name, api, case):
    frame, design = case(name)
    theirs = held(api, name, "propcat/stype")
    for row in theirs["results"]:
        e = estimated(frame, yes(frame["stype"], row["name"].removeprefix("stype")), design).overall
        assert e.df == theirs["df"]
        assert ((e.ikm / 25) - 1) / 3 == pytest.approx(row["estimate"], rel=REL)
        if row["se"] < ZERO * row["estimate"]:  # strata, and what the weights were fitted to
            assert e.se / 75 < ZERO * row["estimate"]
            continue
        assert e.se / 75 == pytest.approx(row["se"], rel=REL)
        assert list(e.nrr.values()) == pytest.approx([1 + 3 * row["estimate"]] * 9, rel=REL)
        assert np.sqrt(np.diag(e.covariance)) == pytest.approx([3 * row["se"]] * 9, rel=REL)
        if row["deff"] is not None:
            assert e.deff == pytest.approx(row["deff"], rel=REL)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("column", ["sch.wide", "awards"])
def test_proportions_of_yes_have_value_error_and_df_of_r(name, column, api, case):
    if key(EXACT.get(name, name), f"prop/{column}_Yes/mean") not in api[1]:
        assert column == "sch.wide"  # where the weights were fitted to it
        assert design_fits_schwide(name)
        return
    frame, design = case(name)
    theirs = held(api, name, f"prop/{column}_Yes/mean")
    e = estimated(frame, yes(frame[column], "Yes"), design).overall
    assert (e.ikm / 25 - 1) / 3 == pytest.approx(theirs["estimate"], rel=REL)
    assert e.se / 75 == pytest.approx(theirs["se"], rel=REL)
    assert e.df == theirs["df"]


def design_fits_schwide(name):
    return "rake" in name and name != "calrake_clus1"


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize(("interval", "method"), [("t", "mean"), ("logit", "xlogit")])
def test_t_and_logit_intervals_of_a_proportion_are_those_of_r(name, interval, method, api, case):
    frame, design = case(name)
    theirs = held(api, name, f"prop/awards_Yes/{method}")
    e = estimated(frame, yes(frame["awards"], "Yes"), design, interval=interval).overall
    assert [(e.low - 25) / 75, (e.high - 25) / 75] == pytest.approx(theirs["ci"], rel=REL)


@pytest.mark.parametrize("name", [*DRAWN, *TWO])
@pytest.mark.parametrize(
    ("interval", "method"),
    [("korn_graubard", "beta"), ("wilson", "wilson"), ("t", "mean"), ("logit", "xlogit")],
)
def test_intervals_of_shares_are_those_of_r(name, interval, method, api, case):
    frame, design = case(name)
    theirs = held(api, name, f"prop/awards_Yes/{method}")
    result = estimated(frame, yes(frame["awards"], "Yes"), design)
    shares = result.shares_frame(at_least=3, interval=interval)
    assert len(shares) == 9
    for row in shares.to_dict("records"):
        assert row["share"] == pytest.approx(theirs["estimate"], rel=REL)
        assert row["se"] == pytest.approx(theirs["se"], rel=REL)
        assert row["df"] == theirs["df"]
        assert [row["low"], row["high"]] == pytest.approx(theirs["ci"], rel=1e-7)


@pytest.mark.parametrize("name", [*FITTED, *REPLICATED])
def test_shares_are_refused_where_the_sums_cannot_give_their_error(name, case):
    frame, design = case(name)
    result = estimated(frame, yes(frame["awards"], "Yes"), design)
    with pytest.raises(EstimationError, match="replicate or fitted weights"):
        result.shares_frame(at_least=3)


@pytest.mark.parametrize("name", DESIGNS)
def test_domain_proportions_are_those_of_r(name, api, case):
    frame, design = case(name)
    theirs = api[1][key(name, "domain_prop/awards_by_stype/logit")]
    result = estimated(frame, yes(frame["awards"], "Yes"), design, by="stype")
    for row in theirs["results"]:  # R iterates a logistic model here, to 1e-8 or so
        assert (result[row["by"]].ikm / 25 - 1) / 3 == pytest.approx(row["estimate"], rel=1e-7)


@pytest.mark.parametrize("name", [*DESIGNS, *LONELY])
def test_the_mean_of_a_number_has_value_error_and_df_of_r(name, api, case):
    frame, design = case(name)
    theirs = held(api, name, "mean/api00")
    e = estimated(frame, digits(frame["api00"]), design).overall
    (row,) = theirs["results"]
    assert number_of(e) == pytest.approx((row["estimate"], row["se"]), rel=REL)
    assert e.df == theirs["df"]


@pytest.mark.parametrize("name", DESIGNS)
def test_domain_means_of_a_number_are_those_of_r(name, api, case):
    frame, design = case(name)
    result = estimated(frame, digits(frame["api00"]), design, by="stype")
    theirs = held(api, name, "domain_mean/api00_by_stype")
    assert [row["by"] for row in theirs["results"]] == list(result)
    for row in theirs["results"]:
        e = result[row["by"]]
        assert number_of(e) == pytest.approx((row["estimate"], row["se"]), rel=REL)
        assert (e.n, e.df) == (row["n"], row["df"])
    no = held(api, name, "domain/schwide_No/mean")
    e = estimated(frame, digits(frame["api00"]), design, by="sch.wide")["No"]
    assert number_of(e) == pytest.approx((no["results"][0]["estimate"], no["results"][0]["se"]), rel=REL)
    assert e.df == no["df"]


@pytest.mark.parametrize("name", DESIGNS)
def test_differences_of_domains_have_the_error_of_r(name, api, case):
    frame, design = case(name)
    result = estimated(frame, digits(frame["api00"]), design, by="stype")
    theirs = held(api, name, "contrast/api00_E_minus_H")
    difference = number_of(result["E"])[0] - number_of(result["H"])[0]
    covariance = result.groups.unsur_contrast(np.array([[1.0, -1.0, 0.0]]))[0]
    se = np.sqrt(PLACES @ covariance[:5, :5] @ PLACES)
    assert difference == pytest.approx(theirs["estimate"], rel=REL)
    assert se == pytest.approx(theirs["se"], rel=REL)
    assert result.overall.df == theirs["df_design"]


@pytest.mark.parametrize("rule", ["certainty", "adjust", "average"])
def test_a_stratum_with_one_row_in_a_domain_is_not_lonely_while_more_were_drawn(rule, api, case):
    frame, design = case("strat_fpc")
    first = frame.index == frame.index[frame["stype"] == "H"][0]
    frame = frame.assign(kept=np.where((frame["stype"] != "H") | first, "ya", "tidak"))
    design = design.model_copy(update={"lonely_psu": rule})
    e = estimated(frame, digits(frame["api00"]), design, by="kept")["ya"]
    theirs = api[1][f"domainlonely_{rule}_adjFALSE/mean/api00"]
    assert number_of(e) == pytest.approx((theirs["estimate"], theirs["se"]), rel=REL)
    assert e.df == theirs["df"]


def test_a_lonely_stratum_says_nothing_unless_a_rule_is_named(case):
    frame, _ = case("lonely_adjust_wr")
    coded = digits(frame["api00"])
    result = estimated(frame, coded, ikm.Design(weight="pw", stratum="stype"), by="stype")
    assert np.isnan(result.overall.se)
    assert np.isnan(result["H"].se)
    assert result["E"].se > 0
