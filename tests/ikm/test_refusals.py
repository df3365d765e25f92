"""What no other test refuses, each in one sentence; and how results show themselves."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, read_survey, standards
from sipukat.errors import (
    AnswerError,
    ArgumentError,
    ColumnError,
    DesignError,
    EstimationError,
    UnknownNameError,
)
from sipukat.ikm.auditing.conventions import WeightRule
from sipukat.ikm.auditing.implied import implied_totals
from sipukat.ikm.mending.importance import relative_weights
from sipukat.ikm.planning.apportion import apportion
from sipukat.ikm.printed import Printed
from sipukat.ikm.replicating import replicate_weights

CODES = [f"U{n}" for n in range(1, 10)]
LAW = standards.get("permenpanrb-14-2017")


def _frame(*scores, **columns):
    return pd.DataFrame([[score] * 9 for score in scores], columns=CODES).assign(**columns)


UNITS = _frame(4, 3, 2, 4, 3, 3, unit=[*"aaabbb"], h=[*"xxyyzz"], k=[1, 1, 2, 2, 3, 3], N=[9, 9, 8, 8, 7, 7])
RESULT = ikm.estimate(UNITS, by="unit")


# --- replicate weights made here -------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "design", "options", "error", "reason"),
    [
        (UNITS, {"psu": "q"}, {}, ColumnError, "no column is named 'q'"),
        (
            UNITS,
            {"population": 5},
            {},
            DesignError,
            r"stratum \(\) has a sample of 6, more than its population",
        ),
        (UNITS[:5], {"stratum": "h"}, {}, DesignError, r"stratum \('z',\) has a single unit"),
        (UNITS.assign(w0001=1.0), {}, {"prefix": "w"}, ColumnError, "have a column 'w0001' already"),
        (UNITS, {}, {"method": "JK9"}, UnknownNameError, "no method of replicate weights is named 'JK9'"),
        (
            UNITS,
            {"psu": "k", "population": 9, "ssu_population": 9},
            {},
            DesignError,
            "of the first stage only",
        ),
        (UNITS, {"population": "N"}, {}, DesignError, "population column 'N' is not constant within strata"),
    ],
)
def test_replicates_are_not_made_of_a_design_that_has_none(frame, design, options, error, reason):
    with pytest.raises(error, match=reason):
        replicate_weights(frame, ikm.Design(**design), **options)


def test_replicates_are_not_made_twice_nor_of_fitted_weights():
    wide, made = replicate_weights(UNITS, ikm.Design(psu="k"))
    with pytest.raises(DesignError, match="the design has replicate weights already"):
        replicate_weights(wide, made)
    fitted = ikm.Design(weight="N", calibration=ikm.Calibration(margins=(("h",),)))
    with pytest.raises(DesignError, match="must be fitted again in every replicate"):
        replicate_weights(UNITS, fitted)


def test_a_unit_that_was_taken_with_certainty_is_in_every_bootstrap():
    design = ikm.Design(stratum="h", lonely_psu="certainty")
    for method in ("bootstrap", "JKn"):
        wide, made = replicate_weights(UNITS[:5], design, method=method, replicates=4, seed=1)
        columns = list(made.replicate_weights.columns)
        assert (wide.iloc[4][columns] == 1).all()


# --- arguments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "weights", "low", "high", "reason"),
    [
        (5, [1, 1], [0], [9, 9], "2 weights, 1 low and 2 high; one each a unit"),
        (5, [1, 0], [0, 0], [9, 9], "weights must be above 0, and low from 0 to high"),
        (5, [1, 1], [0, 3], [9, 2], "weights must be above 0, and low from 0 to high"),
        (5, [1, 1], [3, 3], [9, 9], "5 cannot be shared out: the limits add up to 6 and 18"),
        (19, [1, 1], [3, 3], [9, 9], "19 cannot be shared out"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(n, weights, low, high, reason):
    with pytest.raises(ArgumentError, match=reason):
        apportion(n, [Fraction(w) for w in weights], low=low, high=high)


@pytest.mark.parametrize("outcome", [-1, 2])
def test_an_outcome_is_one_of_the_variables(outcome):
    with pytest.raises(ArgumentError, match=f"outcome is {outcome}; the places are 0 to 1"):
        relative_weights(np.eye(2), outcome)


@pytest.mark.parametrize("at_least", [1, 5, True, 2.5])
def test_a_share_counts_from_a_score_above_the_lowest(at_least):
    with pytest.raises(ArgumentError, match="at_least must be a score from 2 to 4"):
        RESULT.shares_frame(at_least)


def test_a_result_without_groups_has_none_to_combine_shrink_or_list():
    whole = ikm.estimate(UNITS.drop(columns=["unit"]))
    with pytest.raises(UnknownNameError, match=r"result without groups \(give by=\)"):
        whole.rollup("simple_mean")
    with pytest.raises(EstimationError, match="groups"):
        ikm.shrink(whole)
    assert whole.to_frame()["n"].tolist() == [6]


def test_groups_without_any_answer_have_nothing_to_roll_up():
    empty = UNITS.assign(**dict.fromkeys(CODES, np.nan))
    with pytest.raises(EstimationError, match="no group has an index, so there is nothing to roll up"):
        ikm.estimate(empty, by="unit").rollup("simple_mean")


@pytest.mark.parametrize(
    ("options", "error", "reason"),
    [
        ({"by": "U1", "columns": {"U1": "persyaratan"}}, (ColumnError, ArgumentError), "persyaratan|U1"),
        ({"by": "bagian"}, ColumnError, "no column is named 'bagian'"),
    ],
)
def test_what_groups_respondents_is_a_column_that_is_no_unsur(options, error, reason):
    with pytest.raises(error, match=reason):
        ikm.estimate(UNITS, **options)


def test_too_many_groups_to_count_are_refused():
    wide = pd.concat([UNITS] * 5, ignore_index=True)
    names = [f"g{n}" for n in range(14)]
    wide = wide.assign(**{name: np.arange(30) for name in names})
    with pytest.raises(EstimationError, match="make too many groups"):
        ikm.estimate(wide, by=names)


def test_responses_are_grouped_by_a_column_or_by_a_role():
    records = [dict.fromkeys(LAW.unsur_keys, 3) | {"Jenis Kelamin": g, "Unit": "x"} for g in "LPLP"]
    responses = read_survey(records).responses
    by_column = ikm.estimate(responses, by="Jenis Kelamin")
    assert len(by_column) == 2
    role = responses.roles["Jenis Kelamin"]
    assert len(ikm.estimate(responses, by=role)) == 2
    with pytest.raises(ColumnError, match="no column or role is named 'bagian'"):
        ikm.estimate(responses, by="bagian")
    with pytest.raises(ColumnError, match="were read under permenpanrb-14-2017, not spak"):
        ikm.estimate(responses, "spak")


def test_moments_keep_the_standard_they_were_taken_under():
    m = ikm.moments(UNITS, by="unit")
    with pytest.raises(EstimationError, match="taken under permenpanrb-14-2017, not spak"):
        ikm.estimate(m, "spak")
    assert hash(m) == hash(ikm.moments(UNITS, by="unit"))
    with pytest.raises(ValueError, match="JSON object"):
        ikm.Moments.from_json("[1]")


# --- answers of other kinds ------------------------------------------------------------------


def test_decimals_and_objects_that_are_numbers_are_answers():
    odd = UNITS.assign(U1=[Decimal(4), 3, 2.0, np.int8(4), Fraction(3), None])
    assert ikm.estimate(odd).overall.answered["persyaratan"] == 5
    with pytest.raises(AnswerError, match="1 answers are not numbers"):
        ikm.estimate(UNITS.assign(U1=[4, 3, [2], 4, 3, 3]))


def test_numbers_of_nullable_columns_that_were_held_as_text_have_their_holes():
    weights = pd.Series(["1", "2", "1", None, "1", "1"], dtype=object)
    with pytest.raises(DesignError, match="weight column 'w' has 1 weights"):
        ikm.estimate(UNITS.assign(w=weights), design=ikm.Design(weight="w"))


# --- comparisons -----------------------------------------------------------------------------


def test_a_rolled_up_city_is_compared_only_where_its_groups_vary():
    alike = ikm.estimate(_frame(3, 3, 4, 4, unit=[*"aabb"]), by="unit").rollup("simple_mean")
    with pytest.raises(EstimationError, match=r"standard error of 0 is no certainty|has none"):
        ikm.compare(alike, RESULT["a"])
    lonely = ikm.estimate(_frame(3, 2, 4, unit=[*"aab"]), by="unit").rollup("simple_mean")
    with pytest.raises(EstimationError, match="one of the groups that were rolled up has none"):
        ikm.compare(lonely, RESULT["a"])
    combined = RESULT.rollup("simple_mean")
    other = ikm.estimate(_frame(4, 4, 3, 2, 3, 1, unit=[*"aaabbb"]), by="unit").rollup("simple_mean")
    assert "holds no unsur" in ikm.compare(combined, other).unsur_refusal


# --- how results show themselves -------------------------------------------------------------


def test_results_show_themselves_in_a_line():
    assert repr(RESULT).startswith("<IkmResult permenpanrb-14-2017: IKM 79.17 B, n = 6, 2 groups, beta_ends>")
    empty = ikm.estimate(UNITS.assign(**dict.fromkeys(CODES, np.nan)))
    assert "IKM -" in repr(empty)
    ranked = ikm.rank(RESULT)
    assert len(ranked) == 2
    table = ikm.priorities(RESULT)
    assert repr(table).startswith("<Priorities permenpanrb-14-2017: ")
    assert repr(table).endswith("may be lowest>")
    plan = ikm.rtl(table, most=3)
    assert repr(plan) == "<Rtl permenpanrb-14-2017: 3 lines, 3 unsur still open>"


def test_rules_of_rolling_up_are_said_in_english_too():
    told = ikm.rollups(RESULT).sentence("en")
    assert told.startswith("Combined IKM: pooled 79.17 (B)")
    assert told.endswith("the letter is the same.")


def test_an_empty_index_is_shown_as_none():
    page = ikm.estimate(UNITS.assign(**dict.fromkeys(CODES, np.nan)))._repr_html_()
    assert "Tidak ada jawaban, jadi tidak ada indeks." in page


def test_reliability_and_straightlining_show_themselves_in_a_line():
    answers = pd.DataFrame(np.random.default_rng(2).integers(1, 5, (40, 9)), columns=CODES)
    assert repr(ikm.reliability(answers)).startswith("<Reliability: alpha ")
    found = ikm.straightlining(answers.assign(unit=[*"ab" * 20]), by="unit")
    assert repr(found).startswith("<Straightlining: 0 of 40, IKM ")
    with pytest.raises(UnknownNameError, match="no group is named 'c'"):
        found["c"]


NAMED = dict(zip(["U8", "U9"], LAW.unsur_keys[7:], strict=True))


def _wave(ids, **columns):
    return _frame(*[3 + i % 2 for i in range(len(ids))], id=ids, **columns)


@pytest.mark.parametrize(
    ("surveys", "options", "error", "reason"),
    [
        (
            {2.5: _wave([1, 2]), 2: _wave([1, 2])},
            {},
            ArgumentError,
            "period 2.5 is .*; name it by a text or a whole number",
        ),
        ({1: _wave([1, 2]), 2: _wave([1, 2]).rename(columns=NAMED)}, {}, ColumnError, "different unsur: "),
        (
            {1: _wave([1, 2]), 2: _wave([None, 2])},
            {},
            ColumnError,
            "1 respondents have no 'id', first at rows 1",
        ),
        (
            {1: _wave([1, 2], persyaratan=[1, 1]), 2: _wave([1, 2], persyaratan=[1, 1])},
            {"design": ikm.Design(weight="persyaratan")},
            ColumnError,
            "column 'persyaratan' has the name of an unsur",
        ),
    ],
)
def test_surveys_that_cannot_be_linked_are_refused(surveys, options, error, reason):
    with pytest.raises(error, match=reason):
        ikm.link(surveys, same="id", **options)


def test_surveys_of_two_standards_are_not_linked():
    other = standards.get("permenpanrb-16-2014")
    waves = {
        name: read_survey([dict.fromkeys(law.unsur_keys, 3) | {"id": i} for i in (1, 2)], law).responses
        for name, law in ((1, LAW), (2, other))
    }
    with pytest.raises(ColumnError, match="follow different standards"):
        ikm.link(waves, same="id")


@pytest.mark.parametrize("power", [0.025, 0.01])
def test_a_power_is_more_than_chance_gives(power):
    with pytest.raises(ArgumentError, match=r"power = .* is what chance alone gives; it must be above 0.025"):
        ikm.detectable_change(300, 100, sd=12, power=power)


# --- what only odd data reach ----------------------------------------------------------------


def test_a_total_is_implied_only_where_all_answers_weigh_the_same():
    rules = [
        WeightRule(family="exact_1/n", weights=(Fraction(1, 2), Fraction(1, 2))),
        WeightRule(family="own", weights=(Fraction(1, 3), Fraction(2, 3))),
    ]
    found = implied_totals(Printed.of("75,00"), n=2, weights=rules, scale=LAW.scale, factor=Fraction(25))
    assert [(one.family, one.whole) for one in found] == [("exact_1/n", 12)]


def test_priorities_by_what_goes_together_say_what_was_left_out_and_what_never_moved():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame(rng.integers(1, 5, (60, 9)), columns=CODES).astype(float)
    frame["U3"], frame["U4"] = 4.0, 5.0 - frame["U1"]  # one never moves, one moves against another
    frame.loc[0, "U2"] = np.nan
    told = {f.code: f.facts for f in ikm.priorities(ikm.estimate(frame), importance="correlation").findings}
    assert told["IKM680"] == {"left": 1, "n": 60}
    assert told["IKM681"] == {"unsur": ["waktu"]}
    assert told["IKM683"] == {"method": "correlation"}


def test_running_sums_know_what_their_groups_are_told_by():
    running = ikm.RunningMoments(by=("unit",))
    assert running.by == ("unit",)


@pytest.mark.parametrize("covariates", [5, "x", [1.0, 2.0]])
def test_covariates_are_a_mapping_or_a_frame(covariates):
    with pytest.raises(ArgumentError, match=r"covariates is .*; give {group: number}, or a frame"):
        ikm.shrink(RESULT, covariates=covariates)


def test_a_period_that_is_named_as_a_column_is_told_apart():
    waves = {n: _wave([1, 2, 3], periode=[1, 1, 2]) for n in (1, 2)}
    linked = ikm.link(waves, same="id", design=ikm.Design(stratum="periode"))
    assert linked.periods == (1, 2)
