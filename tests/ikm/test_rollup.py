"""A city from its units: four rules that differ, each by its name."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from sipukat import ikm, standards
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.rollup import combine, shares
from sipukat.ikm.rules import rollups

REFERENCE = json.loads((Path(__file__).parent.parent / "reference" / "planning.json").read_text())
CODES = [f"U{i}" for i in range(1, 10)]


def city(**units):
    rows = [([score] * 9, name) for name, scores in units.items() for score in scores]
    return pd.DataFrame([r for r, _ in rows], columns=CODES).assign(unit=[name for _, name in rows])


def test_the_four_rules_by_hand():
    result = ikm.estimate(city(a=[4, 4, 4], b=[2]), by="unit")
    assert result.rollup("pooled").exact == Fraction(175, 2)
    assert result.rollup("respondent_weighted").exact == Fraction(175, 2)
    assert result.rollup("simple_mean").exact == 75
    assert result.rollup("population", population={"a": 1, "b": 3}).exact == Fraction(125, 2)


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.integers(1, 4), min_size=2, max_size=6), min_size=2
    )
)
def test_with_complete_forms_weighting_by_respondents_is_pooling(units):
    result = ikm.estimate(city(**units), by="unit")
    by_respondents, pooled = result.rollup("respondent_weighted"), result.rollup("pooled")
    assert by_respondents.exact == pooled.exact
    assert min(e.exact for _, e in result.items()) <= result.rollup("simple_mean").exact
    assert result.rollup("simple_mean").exact <= max(e.exact for _, e in result.items())


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022, 2023])
def test_quarters_of_a_real_office_roll_up_to_the_known_years(year, facts, shared):
    known = {r["id"]: r for r in facts("rollups.json")["rollups"]}[f"dpmptsp-pulang-pisau-{year}-triwulan"]
    rows = pd.read_csv(shared("data/respondents/dpmptsp-pulang-pisau-2018-2023.csv"))
    rows = rows[(rows["tahun"] == year) & rows["triwulan"].isin([u["unit"] for u in known["units"]])]
    result = ikm.estimate(rows, by="triwulan")
    assert {u["unit"]: u["ikm"] for u in known["units"]} == {q: round(e.ikm, 4) for q, e in result.items()}
    assert round(result.rollup("simple_mean").ikm, 4) == known["simple_mean_of_ikm"]
    assert round(result.rollup("respondent_weighted").ikm, 4) == known["respondent_weighted_mean"]
    assert round(result.rollup("pooled").ikm, 4) == known["pooled_unsur_means"]


def test_a_city_whose_letter_depends_on_the_rule_is_told_so():
    result = ikm.estimate(city(a=[4] * 9, b=[2] * 3), by="unit")
    found = result.findings.by_code("IKM611")[0]
    assert found.facts["rules"] == [
        "pooled: 87,50 (B)",
        "simple_mean: 75,00 (C)",
        "respondent_weighted: 87,50 (B)",
    ]


def test_a_rule_without_a_name_or_without_populations_is_refused():
    result = ikm.estimate(city(a=[4, 3], b=[2, 3]), by="unit")
    with pytest.raises(UnknownNameError, match="pooled, population, respondent_weighted, simple_mean"):
        result.rollup("average")
    with pytest.raises(EstimationError, match="population="):
        result.rollup("population")
    with pytest.raises(EstimationError, match="lacks 1 groups: b"):
        result.rollup("population", population={"a": 10})
    with pytest.raises(EstimationError, match="above 0"):
        result.rollup("population", population={"a": 10, "b": -1})
    with pytest.raises(EstimationError, match="population of 'b' is 'many'"):
        result.rollup("population", population={"a": 10, "b": "many"})


# --- errors --------------------------------------------------------------------------------


def test_the_mean_of_two_units_has_the_error_and_the_df_of_welch():
    known = REFERENCE["rollup"]
    result = ikm.estimate(city(a=known["a"], b=known["b"]), by="unit", design=ikm.Design(stratum="unit"))
    e = result.rollup("simple_mean")
    assert (e.ikm, e.se, e.df) == pytest.approx((known["ikm"], known["se"], known["df"]), rel=1e-9)


def test_a_unit_of_one_respondent_leaves_the_error_unknown_and_not_too_small():
    result = ikm.estimate(city(a=[4, 3, 4, 2], b=[2]), by="unit")
    e = result.rollup("simple_mean")
    assert math.isnan(e.se)
    assert (e.low, e.high) == (25, 100)
    assert e.mutu_probability == {}
    assert result.rollup("pooled").se > 0


def test_everybody_asked_or_a_rule_for_lonely_units_leaves_the_error_known():
    frame = city(a=[4, 3, 4, 2], b=[2]).assign(served=[40, 40, 40, 40, 1])
    census = ikm.estimate(frame, by="unit", design=ikm.Design(stratum="unit", population="served"))
    assert census.rollup("simple_mean").se == pytest.approx(census["a"].se / 2)
    design = ikm.Design(stratum="unit", lonely_psu="certainty")
    certain = ikm.estimate(frame, by="unit", design=design)
    assert certain.rollup("simple_mean").se == pytest.approx(certain["a"].se / 2)


def test_units_that_share_their_days_have_no_more_df_than_the_design():
    frame = pd.concat([city(a=[4, 3], b=[2, 3], c=[4, 4]).assign(day=day) for day in range(5)])
    frame["U1"] = [1 + (i * 7) % 4 for i in range(len(frame))]
    result = ikm.estimate(frame, by="unit", design=ikm.Design(psu="day"))
    assert all(e.df == 4 for _, e in result.items())
    assert result.rollup("simple_mean").df <= 4


@given(units=st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=6), min_size=2, max_size=5))
def test_errors_of_independent_units_add_up_by_pythagoras(units):
    named = {f"u{i}": scores for i, scores in enumerate(units)}
    result = ikm.estimate(city(**named), by="unit", design=ikm.Design(stratum="unit"))
    e = result.rollup("simple_mean")
    assert e.se == pytest.approx(math.sqrt(sum(u.se**2 for _, u in result.items())) / len(units), abs=1e-9)
    spread = [u.df for _, u in result.items() if u.se > 0]
    if spread:
        assert min(spread) - 1e-9 <= e.df <= sum(u.df for _, u in result.items()) + 1e-9


# --- side by side ----------------------------------------------------------------------------


def test_the_four_rules_stand_side_by_side():
    found = rollups(ikm.estimate(city(a=[4, 4, 4], b=[2, 2]), by="unit"), population={"a": 100, "b": 300})
    frame = found.to_frame("en").set_index("method")
    assert list(frame.index) == list(ikm.ROLLUPS)
    assert [str(p) for p in frame["published"]] == ["80.00", "75.00", "80.00", "62.50"]
    assert list(frame["mutu"]) == ["B", "C", "B", "D"]
    assert frame.loc["population", "shares"] == "b 75.00 % and a 25.00 %"
    assert frame.loc["pooled", "shares"] == ""
    assert (frame["note"] == "").all()
    assert found.depends
    assert found.findings.by_code("IKM611")[0].facts["rules"][3] == "population: 62,50 (D)"
    assert found["population"].exact == Fraction(125, 2)
    assert found.shares["population"] == {"a": Fraction(1, 4), "b": Fraction(3, 4)}


def test_where_the_rules_agree_nothing_is_said():
    found = rollups(ikm.estimate(city(a=[4, 4, 3], b=[4, 3, 4]), by="unit"), population={"a": 1, "b": 2})
    assert not found.findings
    assert not found.depends
    assert "mutunya sama" in found.sentence()


def test_a_rule_that_cannot_be_computed_is_a_row_with_its_reason():
    result = ikm.estimate(city(a=[4, 4, 4], b=[2, 3]), by="unit")
    row = rollups(result).to_frame().set_index("method").loc["population"]
    assert math.isnan(row["ikm"])
    assert row["published"] is None
    assert "population=" in row["note"]
    absent = rollups(result, population={"a": 10})
    assert absent["population"] is None
    assert "population={b: …}" in absent.findings.by_code("IKM697")[0].message("id")
    alone = rollups(ikm.estimate(city(a=[4, 3, 4])))
    assert alone["pooled"].exact == Fraction(275, 3)
    assert [f.path for f in alone.findings.by_code("IKM697")] == list(ikm.ROLLUPS[1:])


def test_units_without_an_index_are_named_with_what_they_stand_for():
    frame = city(a=[4, 4, 4], b=[2, 3], c=[3])
    frame.loc[frame["unit"] == "c", CODES] = np.nan
    found = rollups(ikm.estimate(frame, by="unit"), population={"a": 500, "b": 300, "c": 100, "d": 100})
    left = {f.path: f for f in found.findings.by_code("IKM698")}
    assert left["population"].facts["groups"] == ["c", "d"]
    assert left["population"].facts["share"] == "20,00"
    assert left["simple_mean"].facts == {"method": "simple_mean", "groups": ["c"], "share": "33,33"}
    assert found.shares["population"]["a"] == Fraction(5, 8)
    assert "2 kelompok tanpa indeks" in found.to_frame().set_index("method").loc["population", "note"]


def test_an_error_that_cannot_be_known_is_named_by_its_unit():
    found = rollups(ikm.estimate(city(a=[4, 3, 4], b=[2]), by="unit"))
    assert math.isnan(found["simple_mean"].se)
    assert found.findings.by_code("IKM699")[0].facts["groups"] == ["b"]
    assert "b" in found.to_frame("en").set_index("method").loc["simple_mean", "note"]


def test_no_answers_at_all_give_four_reasons():
    frame = city(a=[4, 4], b=[2, 3])
    frame[CODES] = np.nan
    found = rollups(ikm.estimate(frame, by="unit"))
    assert set(found.estimates.values()) == {None}
    assert len(found.findings.by_code("IKM697")) == 4
    assert "tidak ada" in found.sentence()


def test_populations_that_make_no_sense_are_refused_and_unknown_rules_too():
    result = ikm.estimate(city(a=[4, 3], b=[2, 3]), by="unit")
    with pytest.raises(EstimationError, match="population of 'b' is -1"):
        rollups(result, population={"a": 10, "b": -1})
    with pytest.raises(UnknownNameError, match="mean"):
        rollups(result)["mean"]


@given(order=st.permutations(range(12)))
def test_the_order_of_the_rows_decides_nothing(order):
    frame = city(a=[4, 4, 3, 4], b=[2, 3, 1, 3], c=[3, 3, 4, 2])
    one = rollups(ikm.estimate(frame, by="unit")).to_frame()
    other = rollups(ikm.estimate(frame.iloc[list(order)], by="unit")).to_frame()
    pd.testing.assert_frame_equal(one, other, rtol=1e-12)


def test_side_by_side_can_be_read_by_programs():
    found = rollups(ikm.estimate(city(a=[4, 3, 4], b=[2]), by="unit"))
    data = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert data["format"] == "urn:sipukat:rollups:1"
    assert [rule["method"] for rule in data["rules"]] == list(ikm.ROLLUPS)
    assert data["rules"][1]["se"] is None
    assert data["rules"][3]["published"] is None
    assert "simple_mean" in repr(found)


@pytest.fixture(scope="module")
def skm(shared):
    return pd.read_csv(shared("data/r-survey/skm_synth.csv"))


def test_side_by_side_the_errors_are_those_of_r(skm, shared):
    theirs = json.loads(shared("data/r-survey/skm_synth_R.json").read_text())["designs"]["F_clus_wr"]
    design = ikm.Design(weight="w_base", stratum="unit_id", psu="day_psu")
    served = skm.groupby("unit_id")["n_unit_pop"].first().to_dict()
    found = rollups(ikm.estimate(skm, by="unit_id", design=design), population=served)
    for method, block in (
        ("pooled", theirs["overall"]),
        ("population", theirs["rollup_separate"]["all"]),
        ("simple_mean", theirs["rollup_unweighted_mean_of_units"]["all"]),
    ):
        assert (found[method].ikm, found[method].se) == pytest.approx((block["ikm"], block["se"]), rel=1e-9)
        assert found[method].df <= theirs["overall"]["df"]


REAL = (
    "mpp-jepara-2021",
    "mpp-pangkep-2024",
    *(f"dpmptsp-pulang-pisau-{year}-triwulan" for year in range(2019, 2024)),
    "dpmptsp-pulang-pisau-2022-izin",
    "setda-mahakam-ulu-2025",
    "kelurahan-guntung-paikat-2016-bulan",
)


def forms(units):
    """Return forms that have the recorded averages: the most answers that give each, and its total."""
    rows = []
    for unit in units:
        columns = []
        for nrr in unit["nrr"]:
            n = next(m for m in range(unit["n"], 0, -1) if abs(round(nrr * m) / m - nrr) <= 0.5001e-4)
            low, more = divmod(round(nrr * n), n)
            columns.append([low + 1] * more + [low] * (n - more) + [np.nan] * (unit["n"] - n))
        rows.append(
            pd.DataFrame(dict(enumerate(columns, 1))).rename(columns="U{}".format).assign(unit=unit["unit"])
        )
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize("name", REAL)
def test_the_rules_give_the_recorded_values_of_real_cities(name, facts):
    known = {r["id"]: r for r in facts("rollups.json")["rollups"]}[name]
    standard = "kepmenpan-25-2004" if "guntung" in name else "permenpanrb-14-2017"
    found = rollups(ikm.estimate(forms(known["units"]), standard, by="unit"))
    half = 0.00005 + 1e-9  # of the last decimal recorded
    assert found["simple_mean"].ikm == pytest.approx(known["simple_mean_of_ikm"], abs=half)
    assert found["respondent_weighted"].ikm == pytest.approx(known["respondent_weighted_mean"], abs=half)
    # Where answers are missing, averages do not tell how many, on which pooling depends a little.
    assert found["pooled"].ikm == pytest.approx(known["pooled_unsur_means"], abs=0.005)
    values = [found[m].ikm for m in ikm.ROLLUPS[:3]]
    assert max(values) - min(values) == pytest.approx(known["spread_max_minus_min_of_rules"], abs=0.005)
    letters = {found[m].mutu for m in ikm.ROLLUPS[:3]}
    assert found.depends == (len(letters) > 1)


def test_a_real_city_whose_letter_hangs_on_the_rule(facts):
    known = {r["id"]: r for r in facts("rollups.json")["rollups"]}["dpmptsp-pulang-pisau-2021-triwulan"]
    found = rollups(ikm.estimate(forms(known["units"]), by="unit"))
    assert found.depends  # 84.19 as a mean of quarters, 89.06 as one year
    assert found["simple_mean"].mutu == "B"
    assert found["pooled"].mutu == "A"


def test_ten_thousand_units_are_rolled_up_exactly_and_at_once():
    scores = np.tile([4, 3, 2, 4, 3], 6000)
    frame = pd.DataFrame(dict.fromkeys(CODES, scores)).assign(unit=np.arange(30_000) % 10_000)
    part = ikm.estimate(frame, by="unit").groups
    share = shares(part, "respondent_weighted", None)
    assert share == (Fraction(1, 10_000),) * 10_000
    assert combine(part, share).ikm == pytest.approx(80)  # (4 + 3 + 2 + 4 + 3) / 5 * 25


def _spread(units, share, **design):
    """Return what is combined of three units, and of each what its interval needs."""
    result = ikm.estimate(units, by="unit", **design)
    part = result.groups
    return combine(part, share), part


def test_a_city_is_combined_by_hand():
    units = city(a=[4, 4, 3, 1], b=[2, 3], c=[4, 3, 3])
    share = (Fraction(1, 2), Fraction(1, 8), Fraction(3, 8))
    found, part = _spread(units, share)
    index = np.array([75.0, 62.5, 250 / 3])
    c = np.array([0.5, 0.125, 0.375])
    assert found.share == share
    assert found.ikm == pytest.approx(c @ index)
    assert (found.n, found.used) == (9, 9)
    between = np.array([np.var(s) * 625 for s in ([4, 4, 3, 1], [2, 3], [4, 3, 3])])
    assert part.index_between == pytest.approx(between)
    # units are independent strata of one sample here only up to n / (n - 1) of the whole: 9 / 8
    variance = 9 / 8 * between / np.array([4, 2, 3])
    assert part.index_variance == pytest.approx(variance)
    assert found.variance == pytest.approx((c**2) @ variance)
    spread = found.spread
    assert spread.value == pytest.approx([(found.ikm - 25) / 75])
    assert spread.variance == pytest.approx([found.variance / 75**2])
    assert spread.between == pytest.approx([c @ (between + (index - found.ikm) ** 2) / 75**2])
    assert spread.n == pytest.approx([9])
    assert spread.kish == pytest.approx([9 * (c**2 / np.array([4, 2, 3])).sum()])
    assert spread.fraction == pytest.approx([0])
    own = c**2 * variance
    by_hand = own.sum() ** 2 / (own**2 / np.array([3, 1, 2])).sum()
    assert found.df == pytest.approx(by_hand)
    assert spread.df == pytest.approx([by_hand])


def test_a_share_of_nothing_leaves_a_unit_out():
    units = city(a=[4, 4, 3, 1], b=[2, 3], c=[4, 3, 3])
    found, _ = _spread(units, (Fraction(1, 2), Fraction(0), Fraction(1, 2)))
    assert (found.n, found.used) == (7, 7)
    assert found.ikm == pytest.approx((75 + 250 / 3) / 2)


def test_units_of_unequal_weights_and_printed_ends_are_combined_on_their_scale():
    units = city(a=[4, 4, 3, 1], b=[2, 3]).assign(w=[1.0, 2, 1, 1, 3, 1])
    share = (Fraction(1, 4), Fraction(3, 4))
    found, part = _spread(units, share, design=ikm.Design(weight="w"), profile="0.11")
    assert (part.low[0], part.high[0]) == (pytest.approx(24.75), pytest.approx(99))
    assert found.spread.value == pytest.approx([(found.ikm - 24.75) / 74.25])
    kish = np.array([4 * 7 / 25, 2 * 10 / 16])
    assert part.kish == pytest.approx(kish)
    c = np.array([0.25, 0.75])
    assert found.spread.kish == pytest.approx([6 * (c**2 * kish / [4, 2]).sum()])


def test_the_degrees_of_units_without_an_error_are_added_up_and_never_exceed_those_of_the_whole():
    alike, _ = _spread(city(a=[3, 3, 3], b=[2, 2]), (Fraction(1, 2), Fraction(1, 2)))
    assert (alike.variance, alike.df) == (0, 3)  # 2 and 1 of the units; 4 of the whole
    one = city(a=[4, 2, 3, 3], b=[3, 3, 3])
    assert _spread(one, (Fraction(1, 2), Fraction(1, 2)))[0].df == pytest.approx(3)
    left_out, _ = _spread(city(a=[3, 3, 3], b=[2, 2]), (Fraction(1), Fraction(0)))
    assert left_out.df == 2


def test_populations_of_the_strata_of_a_unit_are_added_up():
    units = city(a=[4, 4, 3, 1], b=[2, 3, 3]).assign(
        stratum=[*"xxyyzzz"], people=[10.0, 10, 20, 20, 90, 90, 90]
    )
    design = ikm.Design(stratum="stratum", population="people")
    result = ikm.estimate(units, by="unit", design=design)
    assert shares(result.groups, "population", None) == (Fraction(1, 4), Fraction(3, 4))
    assert shares(result.groups, "simple_mean", None) == (Fraction(1, 2), Fraction(1, 2))
    assert shares(result.groups, "respondent_weighted", None) == (Fraction(4, 7), Fraction(3, 7))
    combined = combine(result.groups, (Fraction(1, 4), Fraction(3, 4)))
    assert combined.spread.fraction == pytest.approx([4 / 30 / 4 + 3 / 4 * 3 / 90])
    crossed = ikm.estimate(units.assign(stratum=[*"xxyyxxy"], people=50.0), by="unit", design=design)
    with pytest.raises(EstimationError, match="strata lie within the groups"):
        shares(crossed.groups, "population", None)


@pytest.mark.parametrize(("size", "share"), [(2.5, Fraction(5, 7)), (2, Fraction(2, 3)), ("2.5", None)])
def test_people_served_may_be_any_number_above_nothing(size, share):
    part = ikm.estimate(city(a=[4, 3], b=[2, 3]), by="unit").groups
    if share is not None:
        assert shares(part, "population", {"a": size, "b": 1})[0] == share
        return
    for bad in (size, True, 0, float("inf"), float("nan"), None):
        with pytest.raises(EstimationError, match=r"population of 'a' is .*; it must be a number above 0"):
            shares(part, "population", {"a": bad, "b": 1})


def test_ten_of_the_groups_without_a_population_are_named():
    units = {f"u{n:02d}": [3] for n in range(12)}
    part = ikm.estimate(city(**units), by="unit").groups
    with pytest.raises(EstimationError, match=r"lacks 12 groups: u00, .*u09$"):
        shares(part, "population", {})


def test_units_without_any_answer_have_no_share_and_all_of_them_nothing_to_roll_up():
    units = city(a=[4, 3], b=[2, 3])
    units.loc[units["unit"] == "b", CODES] = np.nan
    part = ikm.estimate(units, by="unit").groups
    assert shares(part, "simple_mean", None) == (1, 0)
    assert combine(part, (Fraction(1), Fraction(0))).ikm == pytest.approx(87.5)


def test_people_that_the_design_states_need_no_population():
    data = pd.DataFrame({"unit": list("AABB"), **{f"U{i}": [4, 3, 2, 4] for i in range(1, 10)}})
    design = ikm.Design(stratum="unit", population={"A": 10, "B": 20})
    found = rollups(ikm.estimate(data, by="unit", design=design))
    assert found.estimates["population"].ikm == pytest.approx((10 * 87.5 + 20 * 75) / 30)
    assert not found.findings.by_code("IKM697")


def test_groups_of_a_standard_without_letters_are_rolled_up_to_a_number():
    keys = standards.survey("spak").unsur_keys
    data = pd.DataFrame({"unit": list("AABB"), **{key: [6, 5, 4, 3] for key in keys}})
    city = ikm.estimate(data, "spak", by="unit").rollup("simple_mean")
    assert city.ikm == pytest.approx(4.5)
    assert (city.mutu, dict(city.mutu_probability)) == (None, {})


def test_a_letter_without_a_chance_has_none_that_is_a_number():
    alone = pd.DataFrame({f"U{i}": [3, 4] for i in range(1, 10)}).assign(unit=["a", "b"])
    frame = rollups(ikm.estimate(alone, by="unit"), population={"a": 9, "b": 9}).to_frame()
    chances = frame.filter(regex="^p_")
    assert set(chances.dtypes) == {np.dtype(float)}
    assert chances.loc[frame["method"] == "simple_mean"].isna().all(axis=None)


def test_the_interval_of_a_combination_lies_about_it_on_both_sides():
    both = ikm.estimate(city(a=[4, 3, 4, 2] * 20, b=[3, 2, 3, 3] * 20), by="unit", interval="t")
    found = both.rollup("simple_mean")
    assert found.low < found.ikm < found.high
    assert found.ikm - found.low == pytest.approx(found.high - found.ikm)
    # two independent samples of 80, with the degrees of freedom of Welch
    first, second = (both[name].se ** 2 for name in ("a", "b"))
    assert found.se == pytest.approx(0.5 * (first + second) ** 0.5)
    assert found.df == pytest.approx((first + second) ** 2 / (first**2 / 79 + second**2 / 79))
    assert found.high - found.ikm == pytest.approx(stdtrit(found.df, 0.975) * found.se)
