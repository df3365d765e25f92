"""Fitted weights against R's `survey`: invented data with its script, and the California schools."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.ikm.weighting import calibrate, post_stratify, rake, trim

REL = 1e-9
R = json.loads((Path(__file__).parent.parent / "reference" / "weighting.json").read_text(encoding="utf-8"))
DATA = pd.DataFrame(R["data"])
KNOWN = R["known"]
CROSSED = {(sex, age): None for sex in ("L", "P") for age in ("muda", "dewasa", "tua")}
CROSSED = {("jenis", "usia"): dict(zip(CROSSED, KNOWN["crossed"], strict=True))}
AGE = {"umur": KNOWN["umur"]}


def margins(*names):
    return {name: KNOWN[name] for name in names}


TWO = margins("jenis", "layanan")
THREE = margins("jenis", "layanan", "usia")
FITS = {
    "post": lambda: post_stratify(DATA, margins("layanan"), weight="w"),
    "post_crossed": lambda: post_stratify(DATA, CROSSED, weight="w"),
    "rake_two": lambda: rake(DATA, TWO, weight="w"),
    "rake_three": lambda: rake(DATA, THREE, weight="w"),
    "linear": lambda: calibrate(DATA, TWO, totals=AGE, weight="w"),
    "raking": lambda: calibrate(DATA, TWO, totals=AGE, method="raking", weight="w"),
    "logit": lambda: calibrate(DATA, TWO, totals=AGE, method="logit", bounds=(0.4, 2.6), weight="w"),
    "linear_bounded": lambda: calibrate(DATA, TWO, totals=AGE, bounds=(0.6, 2.5), weight="w"),
    "raking_three": lambda: calibrate(DATA, THREE, method="raking", weight="w"),
    "raking_bounded": lambda: rake(DATA, THREE, bounds=(0.9, 2.5), weight="w"),
    "population": lambda: calibrate(DATA, totals=AGE, population=KNOWN["population"], weight="w"),
}
SAME_SE = [name for name in FITS if not name.startswith("rake")]  # R's rake() takes margins one by one


def test_every_fit_of_the_script_is_tested():
    assert set(FITS) == set(R["fits"])


@pytest.mark.parametrize("name", FITS)
def test_fitted_weights_are_those_of_r(name):
    np.testing.assert_allclose(FITS[name]().weights, R["fits"][name]["weights"], rtol=REL)


@pytest.mark.parametrize("name", FITS)
def test_the_index_under_fitted_weights_is_that_of_r(name):
    fitted = FITS[name]()
    found = ikm.estimate(fitted.data, design=fitted.design).overall
    assert found.ikm == pytest.approx(R["fits"][name]["mean"], rel=REL)


@pytest.mark.parametrize("name", SAME_SE)
def test_the_standard_error_of_the_design_that_comes_back_is_that_of_r(name):
    fitted = FITS[name]()
    found = ikm.estimate(fitted.data, design=fitted.design).overall
    assert found.se == pytest.approx(R["fits"][name]["se"], rel=REL)


def test_raked_weights_have_the_error_of_exact_raking_not_of_margins_one_by_one():
    fitted = FITS["rake_three"]()
    found = ikm.estimate(fitted.data, design=fitted.design).overall
    assert found.se == pytest.approx(R["fits"]["raking_three"]["se"], rel=REL)
    assert found.se != pytest.approx(R["fits"]["rake_three"]["se"], rel=0.01)


@pytest.mark.parametrize(
    ("name", "bounds"),
    [("upper", {"high": 80}), ("both", {"low": 8, "high": 80}), ("upper_strict", {"high": 35})],
)
def test_trimmed_weights_in_equal_parts_are_those_of_trimweights(name, bounds):
    trimmed = trim(DATA, weight="w", method="equal", **bounds)
    np.testing.assert_allclose(trimmed.weights, R["trims"][name], rtol=REL)


TYPES = {"stype": {"E": 4421, "H": 755, "M": 1018}}
WIDE = {"sch.wide": {"No": 1072, "Yes": 5122}}
SCHOOLS = {"totals": {"api99": 3914069}, "weight": "pw"}
SHARED = {
    "post_clus1": ("apiclus1", lambda d: post_stratify(d, TYPES, weight="pw")),
    "rake_clus1": ("apiclus1", lambda d: rake(d, TYPES | WIDE, weight="pw")),
    "rake_strat": ("apistrat", lambda d: rake(d, TYPES | WIDE, weight="pw")),
    "greg_clus1": ("apiclus1", lambda d: calibrate(d, TYPES, **SCHOOLS)),
    "calrake_clus1": ("apiclus1", lambda d: calibrate(d, TYPES, method="raking", **SCHOOLS)),
    "callogit_clus1": (
        "apiclus1",
        lambda d: calibrate(d, TYPES, method="logit", bounds=(0.6, 1.7), **SCHOOLS),
    ),
    "calrake_ind_clus1": ("apiclus1", lambda d: calibrate(d, TYPES | WIDE, method="raking", weight="pw")),
    "calrake_ind_strat": ("apistrat", lambda d: calibrate(d, TYPES | WIDE, method="raking", weight="pw")),
}


@pytest.mark.parametrize("name", SHARED)
def test_weights_of_the_california_schools_are_those_of_r(name, shared):
    data, fit = SHARED[name]
    schools = pd.read_csv(shared(f"data/r-survey/{data}.csv"))
    expected = pd.read_csv(shared(f"data/r-survey/weights_{name}.csv"))["weight"]
    np.testing.assert_allclose(fit(schools).weights, expected, rtol=REL)


def test_the_synthetic_survey_is_post_stratified_as_its_makers_did(shared):
    survey = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    totals = pd.read_csv(shared("data/r-survey/skm_synth_pop_unit_sex.csv")).drop(columns="unit_sex")
    fitted = post_stratify(survey, totals, weight="w_base")
    assert fitted.design.calibration.margins == (("unit_id", "sex"),)
    np.testing.assert_allclose(fitted.weights, survey["w_cal"], rtol=REL)
