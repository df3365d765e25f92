"""Alpha, omega and what each unsur adds, against R's psych, factanal and survey, and by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.scales.answer_covariance import answer_covariance
from sipukat.ikm.scales.coefficients import cronbach, feldt, fisher, item_rest
from sipukat.ikm.scales.omega import omega, one_factor
from sipukat.ikm.scales.reliability import reliability
from sipukat.standards import survey

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "reliability.json").read_text(encoding="utf-8")
)
NAMES = [f"U{i}" for i in range(1, 10)]
LOADING = np.array([0.8, 0.75, 0.7, 0.4, 0.65, 0.85, 0.78, 0.55, 0.6])


@pytest.fixture
def frame():
    return pd.DataFrame(REFERENCE["answers"], columns=NAMES).assign(weight=REFERENCE["weight"])


def answers_of(rng, n, cuts):
    latent = rng.normal(size=(n, 1)) * LOADING + rng.normal(size=(n, 9)) * np.sqrt(1 - LOADING**2)
    return np.searchsorted(cuts, latent) + 1


def test_two_kinds_of_unsur_give_the_alpha_worked_by_hand():
    # scores 1, 2, 3, 4 and 2, 1, 4, 3: variances 5/3, covariance 1
    rows = {name: [1, 2, 3, 4] if i % 2 else [2, 1, 4, 3] for i, name in enumerate(NAMES)}
    v, c = 5 / 3, 1.0
    total = 9 * v + (20 + 12) * v + 40 * c  # pairs of the same kind: 5 x 4 and 4 x 3; others 2 x 5 x 4
    found = reliability(pd.DataFrame(rows))
    assert found.alpha == pytest.approx(9 / 8 * (1 - 9 * v / total), rel=1e-14)
    assert found.used == found.n == 4


def test_closed_forms_are_those_of_psych(frame):
    theirs = REFERENCE["unweighted"]
    found = reliability(frame[NAMES])
    table = found.to_frame()
    assert found.alpha == pytest.approx(theirs["alpha"], rel=1e-9)
    assert found.alpha_standardized == pytest.approx(theirs["alpha_standardized"], rel=1e-9)
    assert table["item_rest"].tolist() == pytest.approx(theirs["item_rest_psych"], rel=1e-9)
    assert table["alpha_dropped"].tolist() == pytest.approx(theirs["dropped"], rel=1e-9)


def test_intervals_are_those_of_psych_at_the_effective_n(frame):
    theirs = REFERENCE["unweighted"]
    assert feldt(theirs["alpha"], 240, 9, 0.95) == pytest.approx(theirs["alpha_interval"], rel=1e-9)
    low, high = fisher(np.array(theirs["item_rest"]), 240, 0.95)
    assert low == pytest.approx(theirs["item_rest_low"], rel=1e-9)
    assert high == pytest.approx(theirs["item_rest_high"], rel=1e-9)
    dropped = [feldt(a, 240, 8, 0.95) for a in theirs["dropped"]]
    assert [d[0] for d in dropped] == pytest.approx(theirs["dropped_low"], rel=1e-9)
    found = reliability(frame[NAMES])
    assert (found.alpha_low, found.alpha_high) == feldt(found.alpha, found.effective_n, 9, 0.95)
    item = found.items[3]
    assert (item.alpha_dropped_low, item.alpha_dropped_high) == feldt(
        item.alpha_dropped, found.effective_n, 8, 0.95
    )


def test_the_one_factor_and_omega_are_those_of_factanal_and_psych(frame):
    theirs = REFERENCE["unweighted"]
    found = reliability(frame[NAMES])
    assert [item.loading for item in found.items] == pytest.approx(theirs["loading"], rel=1e-5)
    assert found.omega == pytest.approx(theirs["omega"], rel=1e-5)
    assert found.omega_standardized == pytest.approx(theirs["omega_standardized"], rel=1e-5)
    assert found.omega_low < found.omega < found.omega_high < 1


def test_weighted_numbers_are_those_of_svyvar(frame):
    theirs = REFERENCE["weighted"]
    design = ikm.Design(weight="weight")
    found = reliability(frame, design=design)
    held = answer_covariance(ikm.moments(frame, design=design), survey("permenpanrb-14-2017"))
    assert held.covariance == pytest.approx(np.array(theirs["covariance"]), rel=1e-9)
    assert found.alpha == pytest.approx(theirs["alpha"], rel=1e-9)
    assert found.omega == pytest.approx(theirs["omega"], rel=1e-5)
    assert found.effective_n <= 240 / theirs["kish"] * (1 + 1e-12)


def test_the_shared_survey_gives_the_numbers_of_r(shared):
    rows = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    theirs = json.loads(shared("data/r-survey/skm_synth_R.json").read_text())
    plain = theirs["unweighted"]
    found = reliability(rows)
    assert found.used == plain["n"]
    assert found.alpha == pytest.approx(plain["cronbach_alpha_raw"], rel=1e-9)
    assert found.alpha_standardized == pytest.approx(plain["cronbach_alpha_std"], rel=1e-9)
    table = found.to_frame()
    assert table["item_rest"].tolist() == pytest.approx(plain["item_rest_correlation"], rel=1e-9)
    assert table["alpha_dropped"].tolist() == pytest.approx(plain["alpha_if_dropped"], rel=1e-9)
    design = ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop")
    weighted = reliability(rows, design=design).alpha
    theirs_weighted = theirs["designs"]["A_strat_fpc"]["cronbach_alpha_weighted_complete_cases"]
    assert weighted == pytest.approx(theirs_weighted, rel=1e-9)


def test_a_perfect_factor_is_found_again():
    loading = np.array([0.9, 0.5, 0.3, 0.7])
    fit = one_factor(np.outer(loading, loading) + np.diag(1 - loading**2))
    assert fit.loading == pytest.approx(loading, abs=1e-6)
    assert fit.discrepancy == pytest.approx(0, abs=1e-9)
    value = omega(fit, np.ones(4), 200, 0.95).value
    assert value == pytest.approx(loading.sum() ** 2 / (loading.sum() ** 2 + (1 - loading**2).sum()))


def test_equal_loadings_make_alpha_and_omega_the_same():
    r = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
    assert omega(one_factor(r), np.ones(5), 100, 0.95).value == pytest.approx(cronbach(r), rel=1e-6)


@pytest.mark.parametrize(("k", "rho"), [(3, 0.3), (5, 0.4), (9, 0.5)])
def test_the_standard_error_of_omega_is_that_of_alpha_where_all_unsur_are_alike(k, rho):
    # van Zyl, Neudecker & Nel (2000), Psychometrika 65(3): 2 k (1 - alpha)^2 / ((k - 1) n)
    r = np.full((k, k), rho) + (1 - rho) * np.eye(k)
    found = omega(one_factor(r), np.ones(k), 101, 0.95)
    assert found.se == pytest.approx((1 - found.value) * math.sqrt(2 * k / ((k - 1) * 100)), rel=1e-6)


@settings(max_examples=10)
@given(
    rows=st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=4, max_size=30),
    order=st.permutations(range(9)),
)
def test_order_of_rows_and_of_unsur_and_reversed_scales_change_nothing(rows, order):
    table = np.array(rows)
    if (table == table[0]).all(axis=0).sum() > 7 or table.sum(axis=1).std() == 0:
        return
    one = reliability(pd.DataFrame(table, columns=NAMES))
    back = reliability(pd.DataFrame(table[::-1], columns=NAMES))
    turned = reliability(pd.DataFrame(table[:, order], columns=NAMES))
    flipped = reliability(pd.DataFrame(5 - table, columns=NAMES))
    for other in (back, turned, flipped):
        assert other.alpha == pytest.approx(one.alpha, rel=1e-9, abs=1e-12)
        assert other.effective_n == pytest.approx(one.effective_n, rel=1e-9)
    assert one.alpha <= 1 + 1e-12
    assert math.isnan(one.omega) or 0 <= one.omega <= 1


@settings(max_examples=8)
@given(scale=st.floats(1e-3, 1e6))
def test_the_scale_of_the_weights_changes_nothing(scale):
    rows = pd.DataFrame(REFERENCE["answers"][:60], columns=NAMES)
    weight = np.array(REFERENCE["weight"][:60])
    one = reliability(rows.assign(w=weight), design=ikm.Design(weight="w"))
    other = reliability(rows.assign(w=weight * scale), design=ikm.Design(weight="w"))
    assert other.alpha == pytest.approx(one.alpha, rel=1e-9)
    assert other.effective_n == pytest.approx(one.effective_n, rel=1e-6)


def test_moments_a_result_and_merged_moments_give_the_same(frame):
    rows = frame[NAMES]
    one = reliability(rows)
    assert reliability(ikm.moments(rows)).to_dict() == one.to_dict()
    assert reliability(ikm.estimate(rows)).to_dict() == one.to_dict()
    merged = ikm.moments(rows[:100]) + ikm.moments(rows[100:])
    assert reliability(merged).to_dict() == one.to_dict()


def test_clusters_widen_the_intervals():
    rng = np.random.default_rng(11)
    day = np.repeat(np.arange(20), 15)
    person = rng.normal(size=20)[day, None] + rng.normal(size=(300, 1))
    answers = np.searchsorted([-2.5, -1, 1], person + rng.normal(size=(300, 9))) + 1
    rows = pd.DataFrame(answers, columns=NAMES).assign(day=day)
    simple = reliability(rows[NAMES])
    clustered = reliability(rows, design=ikm.Design(psu="day"))
    assert clustered.alpha == pytest.approx(simple.alpha, rel=1e-12)
    assert clustered.effective_n < simple.effective_n / 3  # icc of the index about .45: deff near 7


def test_a_ceiling_widens_the_intervals_and_they_cover():
    rng = np.random.default_rng(7)
    cuts = [-3, -2.2, -1.3]  # nine tenths of the answers are 4
    truth = cronbach(np.cov(answers_of(rng, 400_000, cuts).T))
    rule = survey("permenpanrb-14-2017")
    plain = ours = tried = 0
    for _ in range(100):
        rows = answers_of(rng, 100, cuts)
        if (rows == rows[0]).all(axis=0).any():
            continue
        tried += 1
        held = answer_covariance(ikm.moments(pd.DataFrame(rows, columns=NAMES)), rule)
        estimate = cronbach(held.covariance)
        for n, add in ((100, "plain"), (held.effective_n, "ours")):
            low, high = feldt(estimate, n, 9, 0.95)
            covers = low <= truth <= high
            plain += covers and add == "plain"
            ours += covers and add == "ours"
    assert tried > 70
    assert plain / tried < 0.85  # the textbook interval covers about 70 %
    assert ours / tried > 0.9


def test_incomplete_forms_are_counted_and_left_out():
    rows = pd.DataFrame(REFERENCE["answers"][:50], columns=NAMES).astype(float)
    rows.loc[[3, 7], "U5"] = np.nan
    found = reliability(rows)
    assert (found.n, found.used) == (50, 48)
    assert found.alpha == reliability(rows.dropna()).alpha
    assert found.findings.by_code("IKM680")[0].facts == {"left": 2, "n": 50}
    assert not reliability(rows.dropna()).findings.by_code("IKM680")


def test_an_unsur_without_variance_is_named_and_left_out():
    rows = pd.DataFrame(REFERENCE["answers"], columns=NAMES)
    found = reliability(rows.assign(U4=4))
    assert found.findings.by_code("IKM681")[0].facts["unsur"] == ["biaya"]
    assert len(found.items) == 8
    assert "biaya" not in [item.unsur for item in found.items]
    assert found.alpha == pytest.approx(REFERENCE["unweighted"]["dropped"][3], rel=1e-9)


def test_weighted_answers_all_alike_have_a_variance_of_exactly_zero():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(REFERENCE["answers"], columns=NAMES).assign(U4=3, w=rng.uniform(0.01, 1e4, 240))
    found = reliability(rows, design=ikm.Design(weight="w"))
    assert found.findings.by_code("IKM681")[0].facts["unsur"] == ["biaya"]


def test_a_reversed_unsur_is_said():
    rows = pd.DataFrame(REFERENCE["answers"], columns=NAMES)
    found = reliability(rows.assign(U6=5 - rows["U6"]))
    assert found.findings.by_code("IKM689")[0].facts["unsur"] == ["kompetensi"]
    assert not reliability(rows).findings.by_code("IKM689")


def test_omega_is_not_guessed_where_one_unsur_copies_another():
    rows = pd.DataFrame(REFERENCE["answers"], columns=NAMES)
    found = reliability(rows.assign(U2=rows["U1"]))
    assert math.isnan(found.omega)
    assert found.findings.by_code("IKM682")
    assert found.to_dict()["omega"] is None
    assert found.to_dict()["items"][0]["loading"] is None


def test_omega_needs_three_unsur_that_vary():
    rows = {name: [3] * 6 for name in NAMES} | {"U1": [1, 2, 3, 4, 2, 3], "U2": [2, 2, 3, 4, 3, 3]}
    found = reliability(pd.DataFrame(rows))
    assert math.isnan(found.omega)
    assert found.findings.by_code("IKM682")[0].facts == {"fewest": 3, "unsur": 2, "n": 6}
    assert math.isnan(found.items[0].alpha_dropped)
    with pytest.raises(EstimationError, match="at least 3 unsur"):
        one_factor(np.eye(2))


def test_a_factor_that_explains_everything_of_an_unsur_is_said():
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])  # uniqueness 1 - .64/.5 < 0
    assert one_factor(r).at_bound.tolist() == [True, False, False]
    rows = np.random.default_rng(2).multivariate_normal(
        np.zeros(9), np.pad(r - np.eye(3), (0, 6)) + np.eye(9), 4000
    )
    cut = pd.DataFrame(np.searchsorted([-1, 0, 1], rows) + 1, columns=NAMES)
    for name in NAMES[3:]:
        cut[name] = 4
    found = reliability(cut)
    assert found.findings.by_code("IKM687")[0].facts["unsur"] == ["persyaratan"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ({name: [3, 3, 3, 3] for name in NAMES}, "0 of 9 unsur vary"),
        ({name: [3, 4] for name in NAMES}, "at least 3"),
        ({name: [3, None, 4] for name in NAMES[:8]} | {"U9": [None, 3, 4]}, "1 of 3 respondents"),
        (
            {name: [3] * 4 for name in NAMES} | {"U1": [2, 3, 2, 3], "U2": [3, 2, 3, 2]},
            "add up to the same",
        ),
    ],
)
def test_answers_that_cannot_be_reliable_are_refused_with_the_reason(rows, problem):
    with pytest.raises(EstimationError, match=problem):
        reliability(pd.DataFrame(rows))


@pytest.mark.parametrize("level", [0, 1, 95, float("nan")])
def test_a_level_that_is_none_is_refused(frame, level):
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        reliability(frame[NAMES], confidence_level=level)


def test_options_beside_a_result_are_refused(frame):
    with pytest.raises(ArgumentError, match="its own order, columns"):
        reliability(ikm.estimate(frame[NAMES]), order="peraturan", columns={})


def test_the_sentence_has_decimal_commas_and_no_verdict(frame):
    found = reliability(frame[NAMES])
    assert "alfa Cronbach 0,842" in found.sentence()
    assert "omega McDonald 0,848" in found.sentence()
    assert "Cronbach's alpha 0.842" in found.sentence("en")
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["format"] == "urn:sipukat:reliability:1"


def test_item_rest_is_nan_without_variance():
    assert np.isnan(item_rest(np.zeros((2, 2)))).all()
    assert math.isnan(feldt(0.5, 1, 3, 0.95)[0])
    assert np.isnan(fisher(np.array([0.5]), 3, 0.95)).all()


def test_where_all_unsur_say_the_same_there_is_no_omega_and_none_is_said():
    found = reliability(pd.DataFrame({name: [3, 4, 2, 1, 4, 3] for name in NAMES}))
    assert math.isnan(found.omega)
    assert "omega" not in found.sentence().casefold()
    mixed = reliability(pd.DataFrame(REFERENCE["answers"], columns=NAMES))
    assert "omega" in mixed.sentence().casefold()


def test_a_search_for_one_factor_that_does_not_settle_is_refused():
    """Correlations that are nearly singular: what is given back is a solution, or nothing is."""
    refused, k = 0, 6
    for seed in range(12):
        turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(k, k)))[0]
        covariance = (turn * np.logspace(-9, 0, k)) @ turn.T
        size = np.sqrt(np.diag(covariance))
        try:
            fit = one_factor(covariance / np.outer(size, size))
        except EstimationError as failure:
            refused += "did not settle" in str(failure)
        else:
            inside = (fit.uniqueness > 0.006) & (fit.uniqueness < 0.99)
            assert (fit.loading**2 + fit.uniqueness)[inside] == pytest.approx(1, abs=1e-3)
    assert refused


def test_the_sentence_says_of_how_many_and_at_which_level_in_both_languages(frame):
    found = reliability(frame, confidence_level=0.975)
    assert f"{found.used} lembar lengkap" in found.sentence()
    assert "97,5 %" in found.sentence()
    assert f"{found.used} " in found.sentence("en")
    assert "97.5%" in found.sentence("en")
    for value in (
        found.alpha,
        found.alpha_low,
        found.alpha_high,
        found.omega,
        found.omega_low,
        found.omega_high,
    ):
        assert f"{value:.3f}" in found.sentence("en")
        assert f"{value:.3f}".replace(".", ",") in found.sentence()


def test_a_code_of_which_no_name_is_known_is_shown_as_it_is(frame):
    named = {item.unsur: item.nama for item in reliability(frame).items}
    assert (named["persyaratan"], named["U8"]) == ("Persyaratan", "U8")


def test_few_who_differ_by_one_score_are_as_reliable_as_any_others():
    # two of forty gave 4 to three unsur, all others 3 throughout: the sum varies by 9 x 0.0487 = 0.44
    rows = pd.DataFrame({f"U{i}": [3.0] * 40 for i in range(1, 10)})
    rows.loc[:1, ["U1", "U2", "U3"]] = 4
    assert reliability(rows).alpha == pytest.approx(1)
