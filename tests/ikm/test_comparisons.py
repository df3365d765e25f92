"""Two indices against each other: as R does it, without guessing, and never "no change"."""

import json
import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm, read_survey, standards
from sipukat.errors import ArgumentError, ColumnError, DesignError, EstimationError
from sipukat.ikm.comparing.comparisons import compare
from sipukat.ikm.comparing.contrasts import UnsurDifference
from sipukat.ikm.comparing.instruments import Instrument, unlike_unsur
from sipukat.ikm.comparing.paired import link
from sipukat.ikm.comparing.t_tests import detectable, t_test
from sipukat.ikm.ranks.holm import holm

REL = 1e-9
R = json.loads((Path(__file__).parent.parent / "reference/change.json").read_text(encoding="utf-8"))
CODES = [f"U{i}" for i in range(1, 10)]
DESIGN = ikm.Design(weight="w", stratum="stratum")


def data(name):
    return pd.DataFrame(R["data"][name])


def wave(year):
    panel = data("panel")
    return panel[panel["year"] == year].drop(columns="year")


def survey(scores, **columns):
    """Return respondents who gave one score to every unsur."""
    return pd.DataFrame({**columns, **dict.fromkeys(CODES, scores)})


def assert_as_in_r(ours, theirs):
    for name in ("difference", "se", "df", "t", "p"):
        assert getattr(ours, name) == pytest.approx(theirs[name], rel=REL), name
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.get("ci", theirs.get("ci_t"))), rel=REL)


# --- worked by hand, and against R ----------------------------------------------------------------


def test_two_samples_worked_by_hand():
    # scores 3 3 4 2: mean 3, variance 2/3; scores 4 4 3 3: mean 3.5, variance 1/3; four of each
    before, after = ikm.estimate(survey([3, 3, 4, 2])), ikm.estimate(survey([4, 4, 3, 3]))
    found = compare(before, after)
    assert found.samples == "independent"
    assert found.difference == pytest.approx(12.5)
    assert found.se == pytest.approx(25 * (2 / 3 / 4 + 1 / 3 / 4) ** 0.5)
    assert found.df == pytest.approx((2 / 3 + 1 / 3) ** 2 / ((2 / 3) ** 2 / 3 + (1 / 3) ** 2 / 3))
    assert found.t == pytest.approx(1.0)
    assert (found.n_a, found.n_b, found.published) == (4, 4, Decimal("12.50"))


def test_two_samples_are_welchs_t_test_of_r():
    found = compare(ikm.estimate(data("alone")[CODES]), ikm.estimate(data("others")[CODES]))
    assert_as_in_r(found, R["welch"])


def test_a_complete_panel_is_the_paired_t_test_of_r():
    first, second = data("paired_first"), data("paired_second")
    found = compare(first, second.sample(frac=1, random_state=3), same="id")
    assert found.samples == "paired"
    assert_as_in_r(found, R["paired"])


def test_an_overlapping_panel_with_gaps_weights_and_strata_is_that_of_r():
    found = compare(wave(2024), wave(2025), same="id", design=DESIGN, order="peraturan")
    assert found.samples == "overlapping"
    assert_as_in_r(found, R["overlap"])
    rows = dict(zip(CODES, found.unsur_differences, strict=True))
    for code, theirs in R["overlap"]["unsur"].items():
        assert_as_in_r(rows[code], theirs)
    assert rows["U1"].se == pytest.approx(R["svyby_u1"]["se"], rel=REL)  # svyby and svycontrast


def test_the_covariance_of_those_who_came_back_makes_the_error_smaller():
    linked = compare(wave(2024), wave(2025), same="id", design=DESIGN)
    apart = compare(ikm.estimate(wave(2024), design=DESIGN), ikm.estimate(wave(2025), design=DESIGN))
    assert linked.se < 0.9 * apart.se


CONTRASTS = {
    ("P", "L"): "sex",
    ("2025Q4", "2025Q3"): "quarter",
    ("U01", "U05"): "unit_id",
    ("puskesmas", "other"): "kind",
}
DESIGNS = {
    "A_strat_fpc": ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop"),
    "B_strat_wr": ikm.Design(weight="w_base", stratum="unit_id"),
    "F_clus_wr": ikm.Design(weight="w_base", stratum="unit_id", psu="day_psu"),
    "G_srs_nowt": ikm.Design(),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_groups_of_one_survey_differ_as_in_r(design, shared):
    skm = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    skm["kind"] = np.where(skm["unit_kind"] == "puskesmas", "puskesmas", "other")
    theirs = json.loads(shared("data/r-survey/skm_synth_R.json").read_text())["designs"][design]["contrasts"]
    for (name, other), by, expected in zip(CONTRASTS, CONTRASTS.values(), theirs, strict=True):
        result = ikm.estimate(skm, by=by, design=DESIGNS[design])
        found = compare(result[other], result[name])
        assert found.samples == "same_design"
        assert_as_in_r(found, expected)


def test_holm_is_that_of_r():
    assert holm(R["p_adjust"]["p"]).tolist() == pytest.approx(R["p_adjust"]["holm"], rel=REL)
    assert np.isnan(holm([0.04, np.nan])).tolist() == [False, True]
    assert holm([0.04, np.nan])[0] == 0.04


# --- properties -------------------------------------------------------------------------------

SCORES = st.lists(st.integers(1, 4), min_size=4, max_size=12).filter(lambda s: len(set(s)) > 1)


@given(a=SCORES, b=SCORES)
def test_turning_the_sides_round_turns_the_sign_and_nothing_else(a, b):
    one, other = ikm.estimate(survey(a)), ikm.estimate(survey(b))
    there, back = compare(one, other), compare(other, one)
    assert there.difference == pytest.approx(-back.difference, abs=1e-12)
    assert (there.se, there.p, there.df) == pytest.approx((back.se, back.p, back.df), rel=1e-12)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-9)


@given(a=SCORES, b=SCORES, seed=st.integers(0, 99))
def test_neither_the_order_of_rows_nor_the_names_of_ids_matter(a, b, seed):
    size = min(len(a), len(b))
    first = survey(a[:size], id=list(range(size)))
    second = survey(b, id=[f"{i}" for i in range(len(b))]).assign(id=range(len(b)))
    if (pd.Series(a[:size]) - pd.Series(b[:size])).nunique() < 2:
        return
    plain = compare(first, second, same="id")
    renamed = [
        part.assign(id=part["id"].map(lambda i: f"orang {1000 - i}")).sample(frac=1, random_state=seed)
        for part in (first, second)
    ]
    other = compare(*renamed, same="id")
    assert (other.difference, other.se, other.df) == pytest.approx((plain.difference, plain.se, plain.df))


@pytest.mark.parametrize("scale", [0.001, 37.5])
def test_the_scale_of_the_weights_plays_no_part(scale):
    first, second = wave(2024), wave(2025)
    plain = compare(first, second, same="id", design=DESIGN)
    other = compare(
        first.assign(w=first["w"] * scale), second.assign(w=second["w"] * scale), same="id", design=DESIGN
    )
    assert (other.difference, other.se) == pytest.approx((plain.difference, plain.se), rel=1e-9)


def test_the_interval_of_two_samples_covers_what_it_promises():
    # 400 pairs of samples of 40 with the same truth; 95 % of 400 are 380, standard deviation 4.4
    draw = np.random.default_rng(5)
    pair = np.repeat(np.arange(400), 40)
    one, other = (
        ikm.estimate(
            survey(draw.choice([1, 2, 3, 4], size=16000, p=[0.02, 0.08, 0.5, 0.4]), pair=pair), by="pair"
        )
        for _ in range(2)
    )
    found = [compare(one[i], other[i]) for i in one]
    assert {c.samples for c in found} == {"independent"}
    assert 362 <= sum(c.low <= 0 <= c.high for c in found) <= 396


# --- what is compared ---------------------------------------------------------------------------


def test_degrees_of_freedom_can_be_careful_where_groups_are_small():
    frame = survey([4, 3, 2, 4, 3, 4, *[3, 4] * 200], unit=["A"] * 3 + ["B"] * 3 + ["C"] * 400)
    result = ikm.estimate(frame, by="unit")
    found = compare(result["A"], result["B"])
    assert found.df == 405
    (few,) = found.findings.by_code("IKM646")
    assert few.facts["used"] == "405"
    careful = compare(result["A"], result["B"], df="satterthwaite")
    assert careful.df < 5
    assert careful.se == found.se
    assert not careful.findings.by_code("IKM646")


def test_a_group_and_the_whole_that_it_is_part_of_are_refused_with_the_remedy():
    frame = survey([4, 3, 2, 4, 3, 4], unit=list("AAABBB"), sex=list("LPLPLP"))
    result = ikm.estimate(frame, by="unit")
    with pytest.raises(EstimationError, match="the group from the rest"):
        compare(result, result["A"])
    with pytest.raises(EstimationError, match="by unit and by sex"):
        compare(result["A"], ikm.estimate(frame, by="sex")["L"])


def test_the_same_estimate_twice_is_refused_and_a_file_read_twice_is_said():
    frame = survey([4, 3, 2, 4], unit=list("AABB"))
    result = ikm.estimate(frame, by="unit")
    with pytest.raises(ArgumentError, match="same estimate"):
        compare(result["A"], result["A"])
    twice = compare(ikm.estimate(frame), ikm.estimate(frame))
    assert twice.findings.by_code("IKM644")[0].facts["places"] == ["a", "b"]
    assert twice.difference == 0
    # groups of a survey that was estimated twice still belong to one design
    assert compare(result["A"], ikm.estimate(frame, by="unit")["B"]).samples == "same_design"


def test_a_roll_up_is_compared_as_independent_and_that_is_said():
    frame = survey([4, 3, 2, 4, 3, 3], unit=list("AAABBB"))
    city = ikm.estimate(frame, by="unit").rollup("simple_mean")
    found = compare(city, ikm.estimate(survey([4, 4, 3, 4])))
    assert found.samples == "independent"
    assert found.findings.by_code("IKM644")
    with pytest.raises(EstimationError, match="roll-up"):
        found.unsur  # noqa: B018


@pytest.mark.parametrize(
    ("side", "words"),
    [
        (survey([3]), r"b \(n = 1\) has no standard error: df = 0"),
        (survey([None, None]), "b has no index"),
        (survey([4, 4]), "all gave the same answers"),
    ],
)
def test_a_side_without_an_error_is_refused_by_name(side, words):
    with pytest.raises(EstimationError, match=words):
        compare(ikm.estimate(survey([3, 4, 2])), ikm.estimate(side))


def test_a_lonely_psu_is_named_as_the_reason():
    frame = survey([3, 4, 2, 3], h=["x", "x", "x", "y"])
    with pytest.raises(EstimationError, match="lonely_psu='fail'"):
        compare(ikm.estimate(survey([3, 4])), ikm.estimate(frame, design=ikm.Design(stratum="h")))


def test_equal_answers_in_a_sample_are_no_certainty_but_a_census_is():
    some = ikm.estimate(survey([3, 4, 3, 4] * 5))
    same = compare(some, ikm.estimate(survey([4] * 20)))
    assert same.findings.by_code("IKM643")[0].facts["places"] == ["b"]
    assert same.se > ikm.estimate(survey([3, 4, 3, 4] * 5)).overall.se

    def census(scores):
        return ikm.estimate(survey(scores), design=ikm.Design(population=len(scores)))

    sure = compare(census([3, 4]), census([4, 4]))
    assert (sure.se, sure.t, sure.p, sure.low) == (0, np.inf, 0, 12.5)
    assert "sensus" in sure.sentence()
    assert json.loads(json.dumps(sure.to_dict(), allow_nan=False))["t"] is None
    even = compare(census([3, 4]), census([4, 3, 3, 4]))
    assert (even.t, even.p, even.differs) == (0, 1, False)


def test_everyone_changing_alike_gives_no_error_to_judge_from():
    first, second = survey([2, 3, 3], id=[1, 2, 3]), survey([3, 4, 4], id=[1, 2, 3])
    with pytest.raises(EstimationError, match="changed alike"):
        compare(first, second, same="id")


# --- other instruments --------------------------------------------------------------------------


def test_unsur_behind_bare_codes_are_never_guessed():
    bare, stated = (ikm.estimate(survey([3, 4, 3, 2]), order=order) for order in (None, "kuesioner"))
    for a, b in [(bare, stated), (stated, bare)]:
        found = compare(a, b)
        assert not found.findings.by_code("IKM641")  # the index does not depend on which is which
        with pytest.raises(EstimationError, match=r"U8 and U9 of [ab].*order="):
            found.unsur  # noqa: B018
        assert found.to_dict()["unsur"] == []
    both = compare(stated, ikm.estimate(survey([3, 4, 4, 2]), order="peraturan")).unsur
    assert set(both["unsur"]) == set(standards.survey("permenpanrb-14-2017").unsur_keys)
    one = ikm.estimate(survey([3, 4, 2, 3], sex=list("LLPP")), by="sex")
    assert "U8" in set(compare(one["L"], one["P"]).unsur["unsur"])  # one questionnaire


def test_surveys_linked_by_ids_do_not_make_a_bare_code_mean_anything():
    found = compare(wave(2024), wave(2025), same="id")
    with pytest.raises(EstimationError, match="never guessed"):
        found.unsur  # noqa: B018


def test_other_scales_are_refused_and_other_ways_of_computing_said():
    skm = ikm.estimate(survey([3, 4, 3, 2]), order="kuesioner")
    spak = ikm.estimate(pd.DataFrame({f"A{i}": [5, 6, 4] for i in range(1, 6)}), "spak")
    with pytest.raises(EstimationError, match="different scales"):
        compare(skm, spak)
    rounded = ikm.estimate(survey([3, 4, 4, 2]), order="kuesioner", profile="0.11", missing="complete")
    (options,) = compare(skm, rounded).findings.by_code("IKM642")
    assert options.facts["options"] == ["profile='exact' / '0.11'", "missing='per_unsur' / 'complete'"]
    (seen,) = compare(skm.overall, rounded.overall).findings.by_code("IKM642")
    assert len(seen.facts["options"]) == 2


def test_another_standard_on_the_same_scale_is_compared_and_said():
    old = "permenpanrb-16-2014"
    keys = standards.survey(old).unsur_keys
    before = ikm.estimate(pd.DataFrame({key: [3, 4, 3, 2] for key in keys}), old)
    after = ikm.estimate(survey([3, 4, 4, 2]), order="kuesioner")
    found = compare(before, after)
    assert found.findings.by_code("IKM640")[0].facts["standards"] == [old, "permenpanrb-14-2017"]
    common = set(keys) & set(after.unsur)
    assert set(found.unsur["unsur"]) == common
    assert bool(found.findings.by_code("IKM641")) == (set(keys) != set(after.unsur))


# --- linked rows ----------------------------------------------------------------------------------


def test_polars_and_pandas_and_responses_say_the_same():
    first, second = data("paired_first"), data("paired_second")
    plain = compare(first, second, same="id", design=DESIGN)
    lists = [{name: part[name].tolist() for name in part} for part in (first, second)]
    assert compare(*map(pl.DataFrame, lists), same="id", design=DESIGN).se == plain.se
    read = [read_survey(part, order="kuesioner").responses for part in (first, second)]
    told = compare(*read, same="id", design=DESIGN)
    assert told.se == pytest.approx(plain.se, rel=1e-12)
    assert len(told.unsur) == 9


def test_ids_that_are_missing_double_or_moved_are_said():
    first, second = wave(2024), wave(2025)
    lost = first.assign(id=first["id"].astype(float).where(np.arange(len(first)) != 4))
    with pytest.raises(ColumnError, match=r"1 respondents have no 'id', first at rows 5"):
        compare(lost, second, same="id")
    double = compare(pd.concat([first, first[:2]]), second, same="id").findings.by_code("IKM645")
    assert [(f.facts["ids"], f.facts["rows"], f.facts["period"]) for f in double] == [(2, 4, "a")]
    moved = second.assign(stratum=np.where(second["id"] == 45, "desa", second["stratum"]))
    (said,) = compare(first, moved, same="id", design=DESIGN).findings.by_code("IKM647")
    assert said.facts["ids"] == 1


@pytest.mark.parametrize(
    ("kind", "words", "change"),
    [
        (EstimationError, "occurs in more than one period", lambda b: b.assign(id=b["id"] + 1000)),
        (ColumnError, "is text in 'b' and numbers in 'a'", lambda b: b.assign(id=b["id"].astype(str))),
        (ColumnError, "no column is named 'id'", lambda b: b.drop(columns="id")),
        (ColumnError, "holds no rows", lambda b: pl.from_dict(b.to_dict("list")).lazy()),
    ],
)
def test_rows_that_cannot_be_linked_are_refused(kind, words, change):
    with pytest.raises(kind, match=words):
        compare(data("paired_first"), change(data("paired_second")), same="id")


def test_a_design_that_says_otherwise_is_refused():
    first, second = wave(2024), wave(2025)
    with pytest.raises(DesignError, match="use same='stratum'"):
        compare(first, second, same="id", design=ikm.Design(psu="stratum"))
    fitted = ikm.Design(weight="w", calibration=ikm.Calibration(margins=(("stratum",),)))
    with pytest.raises(DesignError, match="calibration"):
        compare(first, second, same="id", design=fitted)


def test_the_same_days_visited_again_are_the_psus_of_both_periods():
    frame = survey([4, 4, 3, 3, 2, 2, 3, 4], day=[1, 1, 2, 2, 3, 3, 4, 4])
    after = survey([4, 3, 3, 3, 2, 3, 4, 4], day=[1, 1, 2, 2, 3, 3, 4, 4])
    found = compare(frame, after, same="day", design=ikm.Design(psu="day"))
    # by hand: four days, changes of their sums -1, 0, 1, 1 in scores, four fifths of nothing else
    change = np.array([-1, 0, 1, 1]) / 8
    assert found.se == pytest.approx(25 * (4 / 3 * ((change - change.mean()) ** 2).sum()) ** 0.5)
    assert found.df == 3


def test_several_periods_are_linked_at_once():
    linked = link({year: wave(year) for year in (2023, 2024, 2025)}, same="id", design=DESIGN)
    assert linked.periods == (2023, 2024, 2025)
    assert (linked.ids, linked.shared, linked.complete) == (86, 72, 41)
    with pytest.raises(ArgumentError, match="at least two"):
        link({2023: wave(2023)}, same="id")


# --- arguments and words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"confidence_level": 95}, "95 percent is 0.95"),
        ({"null": float("nan")}, "null is nan"),
        ({"df": "welch"}, "df is 'welch'"),
        ({"standard": "spak"}, "standard only go with same="),
        ({"same": "id"}, "holds no respondent"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments, words):
    with pytest.raises(ArgumentError, match=words):
        compare(ikm.estimate(survey([3, 4])), ikm.estimate(survey([3, 2])), **arguments)


def test_something_that_is_no_estimate_is_refused():
    with pytest.raises(ArgumentError, match="a is a DataFrame"):
        compare(survey([3, 4]), ikm.estimate(survey([3, 4])))


def test_the_level_is_that_of_the_results_unless_asked():
    a, b = (ikm.estimate(survey(s), confidence_level=0.9) for s in ([3, 4, 3], [3, 2, 3]))
    assert compare(a, b).confidence_level == 0.9
    assert compare(a.overall, b.overall).confidence_level == 0.95
    assert compare(a, b, confidence_level=0.8).confidence_level == 0.8


def test_the_sentence_of_a_rise_says_how_much_and_how_surely():
    change = compare(ikm.estimate(survey([3, 3, 4, 2] * 20)), ikm.estimate(survey([4, 4, 3, 3] * 20)))
    assert change.differs
    assert change.sentence() == (
        "IKM naik 12,50 poin (95 %: 7,68 sampai 17,32), dari 75,00 (C) menjadi 87,50 (B); "
        "kenaikan ini lebih besar daripada galat penarikan sampel."
    )
    back = compare(ikm.estimate(survey([4, 4, 3, 3] * 20)), ikm.estimate(survey([3, 3, 4, 2] * 20)))
    assert back.sentence("en").startswith(
        "The IKM fell by 12.50 points (95%: -17.32 to -7.68), from 87.50 (B)"
    )


def test_the_sentence_never_says_that_nothing_changed():
    change = compare(ikm.estimate(survey([3, 3, 4, 2])), ikm.estimate(survey([4, 4, 3, 3])))
    assert not change.differs
    assert "tidak dapat dibedakan" in change.sentence()
    assert "tidak berubah" not in change.sentence()
    assert "Berubahnya huruf mutu dari C ke B" in change.sentence()
    assert change.detectable == pytest.approx(detectable(change.se, change.df, 0.95))
    assert "no change" not in change.sentence("en")


def test_groups_of_one_survey_are_not_said_to_rise():
    result = ikm.estimate(survey([4, 4, 3, 4, 2, 3, 2, 3] * 10, unit=list("AAAABBBB") * 10), by="unit")
    assert compare(result["A"], result["B"]).sentence().startswith("IKM B lebih rendah 31,25 poin daripada A")


def test_a_bound_is_tested_instead_of_nothing():
    a, b = ikm.estimate(survey([3, 3, 4, 2] * 20)), ikm.estimate(survey([4, 4, 3, 3] * 20))
    beyond = compare(a, b, null=20)
    assert beyond.t < 0
    assert "lebih kecil daripada batas 20,00 poin" in beyond.sentence()
    assert "tidak dapat dibedakan dari batas 12,00 poin" in compare(a, b, null=12).sentence()


def test_a_comparison_goes_to_a_frame_to_json_and_into_a_pickle():
    change = compare(ikm.estimate(survey([3, 3, 4, 2])), ikm.estimate(survey([4, 4, 3, 3])))
    row = change.to_frame().iloc[0]
    assert (row["published"], row["samples"]) == (Decimal("12.50"), "independent")
    held = change.to_dict()
    assert held["format"] == "urn:sipukat:comparison:1"
    assert json.loads(json.dumps(held, allow_nan=False))["published_b"] == "87.50"
    assert pickle.loads(pickle.dumps(change)).t == change.t  # noqa: S301
    assert repr(change).startswith("<Comparison independent: b - a = 12.50 (-")


def test_an_unsur_that_nobody_answered_on_one_side_has_no_p_value():
    half = survey([3, 4, 2, 3]).assign(U1=None)
    frame = compare(
        ikm.estimate(survey([3, 4, 3, 4]), order="kuesioner"), ikm.estimate(half, order="kuesioner")
    ).unsur
    assert list(frame.columns) == list(UnsurDifference.__dataclass_fields__)
    assert frame["p"].isna().tolist() == [True] + [False] * 8
    assert frame["p_holm"][1] == pytest.approx(min(8 * frame["p"][1], 1))


def test_equal_answers_to_one_unsur_are_mended_and_said():
    mixed = survey([3, 4, 2, 3]).assign(U1=4)
    found = compare(
        ikm.estimate(survey([3, 4, 3, 4]), order="kuesioner"), ikm.estimate(mixed, order="kuesioner")
    )
    assert found.findings.by_code("IKM643")[0].facts["places"] == ["persyaratan"]
    assert found.unsur["se"].min() > 0


def test_a_difference_without_error_is_certain():
    assert (
        t_test(1, 0, np.inf, null=0, confidence_level=0.95).t,
        t_test(0, 0, 3, null=0, confidence_level=0.9).p,
    ) == (
        np.inf,
        1.0,
    )


# --- what else stands in the way -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "units", "words"),
    [
        ([4, 3, 2], "AAB", "one of the groups that were rolled up has none"),
        ([4, 4, 2, 2], "AABB", "a is a roll-up of groups whose answers are all equal"),
    ],
)
def test_a_roll_up_without_an_error_is_refused_by_name(scores, units, words):
    city = ikm.estimate(survey(scores, unit=list(units)), by="unit").rollup("simple_mean")
    with pytest.raises(EstimationError, match=words):
        compare(city, ikm.estimate(survey([4, 3, 2])))


def test_other_breakdowns_of_other_answers_are_independent():
    units = ikm.estimate(survey([4, 3, 2, 4], unit=list("AABB")), by="unit")
    towns = ikm.estimate(survey([4, 3, 2, 2], kota=list("AABC")), by="kota")
    assert compare(units["A"], towns["A"]).samples == "independent"


@pytest.mark.parametrize("name", [True, 2024.0, None])
def test_a_period_is_a_text_or_a_whole_number(name):
    with pytest.raises(ArgumentError, match=f"period {name!r} is .*; name it by a text or a whole number"):
        link({2023: wave(2023), name: wave(2024)}, same="id")


def test_surveys_of_two_standards_are_never_linked():
    read = [read_survey(wave(year), order="kuesioner").responses for year in (2023, 2024)]
    old = standards.survey("permenpanrb-16-2014")
    other = replace(read[1], standard=old)
    with pytest.raises(
        ColumnError, match=r"different standards \(permenpanrb-14-2017, permenpanrb-16-2014\)"
    ):
        link({2023: read[0], 2024: other}, same="id")


def test_a_column_called_periode_keeps_its_name_and_its_meaning():
    halves = [wave(year).rename(columns={"stratum": "periode"}) for year in (2023, 2024)]
    renamed = link({2023: halves[0], 2024: halves[1]}, same="id", design=ikm.Design(stratum="periode"))
    plain = link({2023: wave(2023), 2024: wave(2024)}, same="id", design=ikm.Design(stratum="stratum"))
    assert renamed.result[2024].se == plain.result[2024].se


def test_an_id_column_with_the_name_of_an_unsur_is_refused():
    codes = {f"U{i}": f"a{i}" for i in range(1, 10)}
    frame = survey([3, 4, 2], persyaratan=[1, 2, 3]).rename(columns=codes)
    columns = {heading: code for code, heading in codes.items()}
    with pytest.raises(ColumnError, match="period 2023: column 'persyaratan' has the name of an unsur"):
        link({2023: frame, 2024: frame}, same="persyaratan", columns=columns)


def test_unsur_that_only_one_survey_has_are_named():
    bare = survey([3, 4, 2], id=[1, 2, 3])
    keys = standards.survey("permenpanrb-14-2017").unsur_keys
    named = bare.rename(columns=dict(zip(CODES, keys, strict=True)))
    with pytest.raises(ColumnError, match="have different unsur: U8, U9, pengaduan, sarana"):
        link({2023: bare, 2024: named}, same="id")


def test_what_does_not_come_from_one_result_is_called_a_and_b():
    first = ikm.estimate(survey([3, 2, 4, 2, 3, 3, 4, 2], unit=list("AAAABBBB")), by="unit")
    second = ikm.estimate(survey([4, 4, 3, 3, 4, 1, 3, 4], unit=list("AAAABBBB")), by="unit")
    assert compare(first["A"], second["B"]).names == ("a", "b")
    assert compare(first["A"], first["B"]).names == ("A", "B")


def test_the_second_of_two_linked_surveys_is_named_where_it_has_no_index():
    answered, empty = survey([3, 3, 4, 2], id=range(4)), survey([np.nan] * 4, id=range(4))
    with pytest.raises(EstimationError, match="b has no index: none of its 4 respondents answered"):
        compare(answered, empty, same="id")


def test_codes_stand_for_names_only_one_for_one_and_under_one_standard():
    held = {"scale": None, "reach": 100.0, "complete": False, "profile": None, "missing": None}
    coded = Instrument(label="a", standard="s", unsur=("waktu", "U8"), **held)
    shorter = Instrument(label="b", standard="s", unsur=("waktu",), **held)
    named = Instrument(label="b", standard="s", unsur=("waktu", "sarana"), **held)
    assert unlike_unsur([coded, shorter]) == ("U8",)
    assert unlike_unsur([coded, named]) == ()
    assert unlike_unsur([coded, replace(named, standard="t")]) == ("U8", "sarana")


@pytest.mark.parametrize("alike", [12, 3000])
def test_a_mended_error_is_added_on_whichever_side_it_lies_and_named_however_small(alike):
    rng = np.random.default_rng(4)
    first, second = (pd.DataFrame(rng.integers(2, 5, (n, 9)), columns=CODES) for n in (50, alike))
    mended = [ikm.estimate(held, order="peraturan") for held in (first, second.assign(U2=4))]
    found = compare(*mended), compare(*mended[::-1])
    for each in found:
        assert [said.facts["places"] for said in each.findings.by_code("IKM643")] == [["prosedur"]]
    one, other = (next(row for row in each.unsur_differences if row.unsur == "prosedur") for each in found)
    assert (one.difference, one.se, one.p) == pytest.approx((-other.difference, other.se, other.p))
    # more than the error of the side that has one
    own = 25 * np.std(first["U2"], ddof=1) / 50**0.5
    assert one.se > own
