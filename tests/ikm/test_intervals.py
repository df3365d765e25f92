"""Intervals on a bounded scale: on it, around the estimate, and never of no width near its end."""

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sipukat import ikm
from sipukat.errors import UnknownNameError
from sipukat.ikm.binomial import clopper_pearson_bounds, likelihood_bounds, wilson_bounds
from sipukat.ikm.intervals import (
    INTERVALS,
    Spread,
    beta_ends,
    beta_fit,
    effective_size,
    method_of,
    t_quantile,
)

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = json.loads((ROOT / "tests/reference/intervals.json").read_text(encoding="utf-8"))
CODES = [f"U{i}" for i in range(1, 10)]
ON_EFFECTIVE_N = ["korn_graubard", "likelihood_ratio", "wilson"]
OF_R = {
    "t": ("mean", 1e-9),
    "logit": ("xlogit", 1e-9),
    "wilson": ("wilson", 1e-9),
    "korn_graubard": ("beta", 1e-9),
    "likelihood_ratio": ("likelihood", 2e-4),  # R reads it off a spline through ten points
}


def spread(value, between, n, fraction=0.0, variance=None, df=None, kish=1.0):
    variance = (1 - fraction) * between / (n - 1) if variance is None else variance
    held = {
        "value": value,
        "variance": variance,
        "between": between,
        "n": n,
        "df": n - 1 if df is None else df,
        "fraction": fraction,
        "kish": kish,
    }
    return Spread(**{name: np.array([float(x)]) for name, x in held.items()})


def bounds(method, s, level=0.95):
    low, high = INTERVALS[method](s, level)
    return float(low[0]), float(high[0])


@pytest.mark.parametrize("method", sorted(INTERVALS))
@given(
    value=st.floats(0.05, 0.95), share=st.floats(0.05, 0.9), n=st.integers(5, 500), level=st.floats(0.5, 0.98)
)
def test_an_interval_holds_its_estimate_and_grows_with_the_level(method, value, share, n, level):
    s = spread(value, share * value * (1 - value), n)
    low, high = bounds(method, s, level)
    assert low <= value <= high
    wider = bounds(method, s, level + 0.01)
    assert wider[0] <= low
    assert high <= wider[1]
    if method != "t":
        assert low >= 0
        assert high <= 1


def test_t_is_the_textbook_interval():
    low, high = bounds("t", spread(0.7, 0.04, 30))
    half = stats.t.ppf(0.975, 29) * np.sqrt(0.04 / 29)
    assert (low, high) == pytest.approx((0.7 - half, 0.7 + half), rel=1e-12)


def test_beta_ends_is_its_published_formula():
    n, m, s2, f = 40, 0.8, 0.05, 0.25
    a = (1 - f) / 3
    m1 = (n * m + a) / (n + 2 * a)
    q = (n * (s2 + (m - m1) ** 2) + a * (m1**2 + (1 - m1) ** 2)) / (n + 2 * a)
    v = (1 - f) * q / (n + 2 * a + 1) * (stats.t.ppf(0.975, 39) / stats.norm.ppf(0.975)) ** 2
    k = m1 * (1 - m1) / v - 1
    expected = stats.beta.ppf([0.025, 0.975], m1 * k, (1 - m1) * k)
    assert bounds("beta_ends", spread(m, s2, n, f)) == pytest.approx(expected.tolist(), rel=1e-10)


@pytest.mark.parametrize(("n", "low"), [(10, 84.2), (30, 94.9), (100, 98.5)])
def test_all_best_answers_still_leave_room_below(n, low):
    e = ikm.estimate(pd.DataFrame([[4] * 9] * n, columns=CODES)).overall
    assert round(e.low, 1) == low
    assert e.high == 100


@pytest.mark.parametrize("n", [1, 2])
def test_below_three_respondents_the_whole_scale_is_possible(n):
    e = ikm.estimate(pd.DataFrame([[3, 4, 3, 4, 3, 4, 3, 4, 3]] * n, columns=CODES)).overall
    assert (e.low, e.high) == (25, 100)


def test_a_census_leaves_no_sampling_error():
    assert bounds("beta_ends", spread(0.8, 0.05, 40, fraction=1.0)) == (0.8, 0.8)


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=3, max_size=30))
def test_the_letter_has_a_probability_that_sums_to_one(rows):
    e = ikm.estimate(pd.DataFrame(rows, columns=CODES)).overall
    if e.mutu_probability:
        assert sum(e.mutu_probability.values()) == pytest.approx(1, abs=1e-12)
        assert list(e.mutu_probability) == ["D", "C", "B", "A"]


def test_coverage_near_the_ceiling_is_what_is_promised():
    """A good unit (85 % fours on average), n = 20: t covers far too little, beta_ends does not."""
    rng = np.random.default_rng(7)
    base = np.array([0.01, 0.03, 0.11, 0.85])
    truth, units = float(base @ [1, 2, 3, 4]) * 25, 400
    level = rng.choice(4, (units, 20), p=base) + 1
    frame = pd.DataFrame(np.repeat(level.reshape(-1, 1), 9, axis=1), columns=CODES)
    frame["unit"] = np.repeat(np.arange(units), 20)
    share = {}
    for method in ("t", "beta_ends"):
        found = ikm.estimate(frame, by="unit", interval=method).to_frame()
        share[method] = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    assert share["beta_ends"] >= 0.93
    assert share["t"] < share["beta_ends"]


def test_an_unknown_method_names_the_known_ones():
    with pytest.raises(
        UnknownNameError, match="Known: beta_ends, korn_graubard, likelihood_ratio, logit, t, wilson"
    ):
        method_of("bootstrap")
    assert method_of("beta_ends") is beta_ends


# --- the methods on an effective number of answers ----------------------------------------


def test_a_wilson_interval_worked_by_hand():
    # share 1/2, quantile^2 = size: (1/2 + 1/2 -+ sqrt(1/4 + 1/4)) / 2
    low, high = wilson_bounds(np.array([0.5]), np.array([4.0]), np.array([2.0]))
    assert (low[0], high[0]) == pytest.approx(((1 - 0.5**0.5) / 2, (1 + 0.5**0.5) / 2), rel=1e-14)


def test_effective_answers_are_the_binomial_variance_over_the_design_variance():
    s = spread(0.8, 0.16, 50, variance=0.004)
    assert effective_size(s)[0] == pytest.approx(0.16 / 0.004)  # 40 of 50
    assert effective_size(spread(1.0, 0.0, 50, kish=1.25))[0] == 40  # 50 / 1.25: no variance to go by
    assert np.isnan(effective_size(spread(0.8, 0.16, 50, variance=np.nan))[0])


@pytest.mark.parametrize("case", REFERENCE["plain"], ids=lambda c: f"{c['hits']} of {c['size']}")
def test_whole_numbers_of_answers_give_the_bounds_of_base_r(case):
    share, size = np.array([case["hits"] / case["size"]]), np.array([float(case["size"])])
    z = np.array([stats.norm.ppf(0.975)])
    for found, name in (
        (wilson_bounds(share, size, z), "wilson"),
        (clopper_pearson_bounds(share, size, 0.025), "clopper_pearson"),
        (likelihood_bounds(share, size, z), "likelihood"),
    ):
        assert np.ravel(found).tolist() == pytest.approx(case[name], rel=1e-12), name


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda c: f"{c['design']} {c['item']}")
def test_shares_of_designs_have_the_intervals_of_r(case):
    p = case["estimate"]
    s = spread(p, p * (1 - p), case["n"], variance=case["se"] ** 2, df=case["df"])
    for method, (name, rel) in OF_R.items():
        if name in case["ci"]:
            assert bounds(method, s) == pytest.approx(case["ci"][name], rel=rel), method
    # its own profile on a fine grid, where the spline no longer matters
    assert bounds("likelihood_ratio", s) == pytest.approx(case["ci"]["likelihood_fine"], rel=1e-7)


def test_every_linearized_proportion_of_the_shared_reference_has_the_interval_of_r(shared):
    held = json.loads(shared("data/r-survey/api_R.json").read_text())
    seen = dict.fromkeys((name for name, _ in OF_R.values()), 0)
    for case in held["cases"]:
        ours = [m for m, (name, _) in OF_R.items() if name == case.get("method")]
        if case["statistic"] != "proportion_ci" or not ours:
            continue
        design = held["designs"][case["design"]]
        if case["method"] == "likelihood" and ("jk" in case["design"] or "boot" in case["design"]):
            continue  # R scales its dispersion by the replicates there
        p = case["estimate"]
        s = spread(p, p * (1 - p), design["n"], variance=case["se"] ** 2, df=case["df"])
        assert bounds(ours[0], s) == pytest.approx(case["ci"], rel=OF_R[ours[0]][1]), case["id"]
        seen[case["method"]] += 1
    assert min(seen.values()) >= 24


def test_the_satisfied_of_the_shared_skm_have_the_intervals_of_r(shared):
    held = json.loads(shared("data/r-survey/skm_synth_R.json").read_text())["designs"]
    rows = [(name, row) for name, d in held.items() for row in d.get("satisfied", []) if row["se"]]
    assert len(rows) >= 12
    for name, row in rows:
        p = row["estimate"]
        s = spread(p, p * (1 - p), row["n"], variance=row["se"] ** 2, df=row["df"])
        for method, (theirs, rel) in OF_R.items():
            if theirs in row["ci"]:
                assert bounds(method, s) == pytest.approx(row["ci"][theirs], rel=rel), (name, method)


@given(share=st.floats(1e-6, 1 - 1e-6), size=st.floats(1, 1e6), quantile=st.floats(0.5, 13))
def test_a_likelihood_bound_lies_where_the_likelihood_has_fallen_enough(share, size, quantile):
    low, high = likelihood_bounds(np.array([share]), np.array([size]), np.array([quantile]))
    assert 0 <= low[0] <= share <= high[0] <= 1
    for p in (low[0], high[0]):
        if 1e-12 < p < 1 - 1e-12:
            fall = share * np.log(share / p) + (1 - share) * np.log((1 - share) / (1 - p))
            assert 2 * size * fall == pytest.approx(quantile**2, rel=1e-6, abs=size * 1e-9)


@pytest.mark.parametrize("method", sorted(INTERVALS))
@given(value=st.floats(0.02, 0.98), share=st.floats(0.05, 1), n=st.integers(3, 300), df=st.integers(1, 300))
def test_a_mirrored_scale_mirrors_the_interval(method, value, share, n, df):
    between = share * value * (1 - value)
    low, high = bounds(method, spread(value, between, n, df=df))
    mirrored = bounds(method, spread(1 - value, between, n, df=df))
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize("method", ON_EFFECTIVE_N)
@given(value=st.floats(0.05, 0.95), n=st.integers(3, 300), factor=st.floats(1.01, 4))
def test_more_variance_never_narrows_an_interval(method, value, n, factor):
    between = value * (1 - value)
    low, high = bounds(method, spread(value, between, n))
    wider = bounds(method, spread(value, between, n, variance=factor * between / (n - 1)))
    assert wider[0] <= low + 1e-12
    assert high <= wider[1] + 1e-12


# --- where there is nothing to go by ------------------------------------------------------


@pytest.mark.parametrize("method", sorted(set(INTERVALS) - {"t"}))
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_saturated_answers_leave_room_on_the_inner_side_only(method, value):
    low, high = bounds(method, spread(value, 0.0, 30))
    outer, inner = (high, low) if value else (low, high)
    assert outer == value
    assert 0.005 < abs(inner - value) < 0.15


def test_the_room_left_by_saturated_answers_is_the_closed_form():
    t = stats.t.ppf(0.975, 29)
    s = spread(1.0, 0.0, 30)
    assert bounds("korn_graubard", s)[0] == pytest.approx(0.025 ** (1 / 30), rel=1e-12)
    assert bounds("logit", s)[0] == bounds("korn_graubard", s)[0]
    assert bounds("wilson", s)[0] == pytest.approx(1 / (1 + t**2 / 30), rel=1e-12)
    assert bounds("likelihood_ratio", s)[0] == pytest.approx(np.exp(-(t**2) / 58), rel=1e-12)


@pytest.mark.parametrize("method", sorted(INTERVALS))
def test_equal_answers_inside_the_scale_have_a_width_or_are_refused(method):
    low, high = bounds(method, spread(2 / 3, 0.0, 30))
    if method == "t":
        assert np.isnan([low, high]).all()
    else:
        assert low < 2 / 3 - 0.01 < 2 / 3 + 0.01 < high


@pytest.mark.parametrize("method", sorted(INTERVALS))
def test_one_respondent_is_refused_or_leaves_the_whole_scale(method):
    found = bounds(method, spread(0.7, 0.0, 1, variance=np.nan))
    assert found == (0, 1) if method == "beta_ends" else np.isnan(found).all()


@pytest.mark.parametrize("method", sorted(INTERVALS))
def test_no_answers_are_no_interval_and_a_census_is_its_own(method):
    assert np.isnan(bounds(method, spread(np.nan, np.nan, 0, variance=np.nan))).all()
    assert bounds(method, spread(0.8, 0.05, 40, fraction=1.0)) == (0.8, 0.8)


def test_every_method_takes_a_table_of_groups_and_unsur():
    frame = pd.DataFrame([[4, 3, 4, 4, 3, 4, 4, 2, 4]] * 3 + [[4, 4, 4, 3, 3, 4, 4, 4, 4]] * 4, columns=CODES)
    for method in INTERVALS:
        result = ikm.estimate(frame, interval=method)
        shown = result.unsur_frame()
        assert (result.overall.low < result.overall.ikm < result.overall.high) is True
        assert (shown["low"].isna() == (method == "t") & (shown["se"] == 0)).all()


# --- the coverage study -------------------------------------------------------------------


@pytest.fixture
def coverage(monkeypatch):
    """Return the script, loaded from its place under a name that hides no other module."""

    def loaded(name, path):
        spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / path)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    loaded("coverage_tables", "coverage_tables.py")
    return loaded("coverage_of_intervals", "coverage.py")


def test_the_study_estimates_what_the_library_estimates(coverage):
    rng = np.random.default_rng(3)
    office = coverage.OFFICES["baik, isian kosong"]
    scores, given_ = coverage.answers(rng, office, 40)
    frame = pd.DataFrame(np.where(given_, scores + 1.0, np.nan), columns=CODES)
    ours, theirs = ikm.estimate(frame).whole.index_spread, coverage.with_gaps(scores[None], given_[None])
    for name in ("value", "variance", "between", "n", "df"):
        assert getattr(theirs, name)[0] == pytest.approx(getattr(ours, name)[0], rel=1e-9), name


def test_the_study_knows_the_true_index_of_its_offices(coverage):
    for office in coverage.OFFICES.values():
        exact = coverage.person_shares(office) @ np.arange(28) / 27
        stated = (1 - office.angry) * np.dot(office.shares, range(4)) / 3
        assert exact == pytest.approx(stated, abs=1e-5)


def test_the_study_is_the_same_under_the_same_seed(coverage):
    first, second = (coverage.unsur_table(300, seed=5, sizes=(20,)) for _ in range(2))
    assert first == second
    assert first != coverage.unsur_table(300, seed=6, sizes=(20,))


def test_the_default_covers_a_hard_shape_and_t_does_not(coverage):
    # 600 samples: a standard error of 1 % at 94 %
    found = coverage.index_table(600, sizes=(30,))
    hard = found["90 % empat, 4 % marah", 30]
    assert hard["beta_ends"].holds >= 0.90
    assert hard["t"].holds < 0.90
    assert hard["t"].above > 5 * hard["t"].below  # where t fails, it flatters
    for cells in found.values():
        for cell in cells.values():
            assert cell.holds + cell.above + cell.below <= 1 + 1e-9
    assert "MISSED" not in coverage.tables.bar({key: {"beta_ends": found[key]["beta_ends"]} for key in found})


def test_a_finite_population_is_covered_by_its_own_mean(coverage):
    rows = coverage.finite_table(200)
    assert min(row.corrected["beta_ends"].holds for row in rows) >= 0.84  # 91 % less three errors of 2 %
    assert all(row.plain.width > row.corrected["beta_ends"].width for row in rows)


def test_shares_are_covered_by_korn_graubard_whatever_they_are(coverage):
    for (method, _), covered in coverage.share_table(sizes=(5, 30)).items():
        if method == "korn_graubard":
            assert covered.min() >= 0.95
        if method == "t":
            assert covered.min() < 0.05


def test_the_page_shows_the_exact_table_of_the_study(coverage):
    shown = coverage.tables.shares(coverage.share_table(), coverage.SHARES)
    assert shown in (ROOT / "docs/explanation/selang.md").read_text(encoding="utf-8")


def test_the_table_of_methods_on_the_page_has_them_all():
    page = (ROOT / "docs/explanation/selang.md").read_text(encoding="utf-8")
    assert [name for name in INTERVALS if f"\n| `{name}` |" not in page] == []


def test_the_beta_of_a_design_is_its_published_formula():
    # deff 2, a tenth of the population, four degrees of freedom
    n, m, s2, f, deff, df = 30.0, 0.7, 0.05, 0.1, 2.0, 4.0
    s = spread(m, s2, n, fraction=f, variance=deff * (1 - f) * s2 / (n - 1), df=df)
    a = (1 - f) / 3
    m1 = (n * m + a) / (n + 2 * a)
    q = (n * (s2 + (m - m1) ** 2) + a * (m1**2 + (1 - m1) ** 2)) / (n + 2 * a)
    v = deff * (1 - f) * q / (n + 2 * a + 1) * (stats.t.ppf(0.975, df) / stats.norm.ppf(0.975)) ** 2
    k = m1 * (1 - m1) / v - 1
    fit = beta_fit(s, 0.95)
    assert (fit.a, fit.b) == (pytest.approx([m1 * k]), pytest.approx([(1 - m1) * k]))
    low, high = stats.beta.ppf([0.025, 0.975], m1 * k, (1 - m1) * k)
    assert bounds("beta_ends", s) == pytest.approx((low, high))
    none = beta_fit(spread(m, 0.0, n, variance=0.0, df=df, kish=1.5), 0.95)  # then the weights tell
    more = beta_fit(spread(m, 0.0, n, variance=0.0, df=df, kish=1.0), 0.95)
    assert none.a[0] + none.b[0] == pytest.approx((more.a[0] + more.b[0] + 1) / 1.5 - 1)


@pytest.mark.parametrize(("df", "quantile"), [(1.0, 12.7062), (0.99, np.nan), (0.0, np.nan), (10.0, 2.22814)])
def test_student_needs_one_degree_of_freedom(df, quantile):
    assert t_quantile(np.array([df]), 0.95) == pytest.approx([quantile], rel=1e-5, nan_ok=True)


def test_effective_answers_are_n_over_kish_where_nothing_varies():
    assert effective_size(spread(0.4, 0.0, 30.0, variance=0.0, kish=1.5)) == pytest.approx([20])
    for end in (0.0, 1.0):
        assert effective_size(spread(end, 0.1, 30.0, variance=0.01, kish=1.5)) == pytest.approx([20])
    assert np.isnan(effective_size(spread(0.4, 0.1, 30.0, variance=np.nan))).all()
    assert np.isnan(effective_size(spread(0.4, 0.1, 30.0, df=0.5))).all()
    assert effective_size(spread(0.4, 0.1, 30.0, variance=0.24 / 17, df=1.0)) == pytest.approx([17])
