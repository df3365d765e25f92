"""Weights worked by hand, every kind of frame, what is refused and what is said."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, read_survey
from sipukat.errors import ArgumentError, ColumnError, DesignError, EstimationError, UnknownNameError
from sipukat.ikm.weighting import adjust_nonresponse, calibrate, post_stratify, rake, trim

SEX = {"sex": {"L": 50, "P": 50}}
UNIT = {"unit": {"A": 70, "B": 30}}
FRAME = pd.DataFrame(
    {
        "sex": list("LLLPP"),
        "unit": list("AABAB"),
        "w": [1.0, 2.0, 3.0, 4.0, 5.0],
        "age": [20, 30, 35, 40, 50],
        **{f"U{i}": [4, 3, 2, 3, 4] for i in range(1, 10)},
    }
)


def test_post_stratification_by_hand():
    fitted = post_stratify(FRAME, SEX, weight="w")
    np.testing.assert_allclose(fitted.weights, [50 / 6, 100 / 6, 25, 200 / 9, 250 / 9])
    assert fitted.misfit.to_dict("records")[0] == {
        "margin": "sex",
        "category": "L",
        "target": 50.0,
        "before": 6.0,
        "after": pytest.approx(50.0),
        "difference": pytest.approx(0.0, abs=1e-12),
        "n": 3,
    }


def test_raking_by_hand():
    # a 2 x 2 table whose odds ratio stays that of the sample: (40 x 20) / (10 x 30) after, 8/3 before
    cells = {("L", "A"): 8, ("L", "B"): 2, ("P", "A"): 6, ("P", "B"): 4}
    frame = pd.DataFrame([cell for cell, n in cells.items() for _ in range(n)], columns=["sex", "unit"])
    result = rake(frame, {"sex": {"L": 50, "P": 50}, "unit": {"A": 70, "B": 30}})
    table = result.data.groupby(["sex", "unit"])["bobot"].sum()
    assert table["L", "A"] * table["P", "B"] / (table["L", "B"] * table["P", "A"]) == pytest.approx(8 / 3)
    assert table.to_dict() == pytest.approx({k: 5 * n for k, n in cells.items()})


def test_linear_calibration_by_hand():
    # d = 25 each, mean age 35; sum w x = 3600 needs g = 1 + b (x - 35) with b 25 sum (x - 35)^2 = 100
    frame = pd.DataFrame({"sex": list("LPLP"), "age": [20, 30, 40, 50]})
    result = calibrate(frame, totals={"age": 3600}, population=100)
    np.testing.assert_allclose(result.weights, [25 * (1 + x / 125) for x in (-15, -5, 5, 15)])


def test_trimming_by_hand():
    frame = pd.DataFrame({"w": [1.0, 1.0, 2.0, 12.0]})
    np.testing.assert_allclose(trim(frame, weight="w", high=8).weights, [2, 2, 4, 8])
    np.testing.assert_allclose(
        trim(frame, weight="w", high=8, method="equal").weights, [7 / 3, 7 / 3, 10 / 3, 8]
    )
    np.testing.assert_allclose(trim(frame, weight="w", ratio=4).weights, [2.5, 2.5, 5, 6])
    np.testing.assert_allclose(trim(frame, weight="w", low=2).weights, [2, 2, 2, 10])


def test_trimming_goes_on_where_sharing_lifts_others_above_the_bound():
    frame = pd.DataFrame({"w": [1.0, 1.0, 6.0, 12.0]})
    np.testing.assert_allclose(trim(frame, weight="w", high=7).weights, [3, 3, 7, 7])


def test_trimming_within_groups_keeps_the_sum_of_each():
    frame = pd.DataFrame({"unit": list("AAABBB"), "w": [1.0, 1, 10, 3, 3, 3]})
    result = trim(frame, weight="w", high=8, by="unit")
    np.testing.assert_allclose(result.weights, [2, 2, 8, 3, 3, 3])
    assert result.misfit["category"].tolist() == ["A", "B"]


def test_nonresponse_by_hand():
    asked = pd.DataFrame({"unit": list("AAAABB"), "ok": [1, 1, 0, 0, 1, 1], "w": [1.0, 2, 3, 6, 5, 5]})
    result = adjust_nonresponse(asked, "unit", responded="ok", weight="w")
    np.testing.assert_allclose(result.weights, [4, 8, 5, 5])
    assert result.data.index.tolist() == [0, 1, 4, 5]


def test_the_design_that_comes_back_tells_the_variance_what_was_fitted():
    rough = ikm.Design(weight="w", stratum="unit")
    fitted = rake(FRAME, SEX | {("unit",): UNIT["unit"]}, design=rough)
    told = ikm.Calibration(base="w", margins=(("sex",), ("unit",)))
    assert fitted.design == rough.model_copy(update={"weight": "bobot", "calibration": told})


def test_known_totals_make_the_index_surer():
    fitted = post_stratify(FRAME, SEX)
    knowing = ikm.estimate(fitted.data, design=fitted.design)
    plain = ikm.estimate(fitted.data, design=ikm.Design(weight="bobot"))
    assert knowing.overall.ikm == pytest.approx(plain.overall.ikm)
    assert knowing.overall.se < plain.overall.se


def test_without_a_weight_column_all_start_with_the_same_share_of_the_total():
    fitted = rake(FRAME, SEX | UNIT, bounds=(0.5, 2))  # the ratio to 20, not to 1
    assert fitted.misfit["before"].tolist() == pytest.approx([60, 40, 60, 40])
    assert fitted.design.calibration.base is None


FORMS = {
    "mapping": {("sex", "unit"): {("L", "A"): 40, ("L", "B"): 10, ("P", "A"): 30, ("P", "B"): 20}},
    "series": pd.Series(
        [40, 10, 30, 20],
        index=pd.MultiIndex.from_tuples(
            [("L", "A"), ("L", "B"), ("P", "A"), ("P", "B")], names=["sex", "unit"]
        ),
    ),
    "frame": pd.DataFrame({"sex": list("LLPP"), "unit": list("ABAB"), "people": [40, 10, 30, 20]}),
    "shuffled frame": pd.DataFrame({"people": [20, 30, 10, 40], "unit": list("BABA"), "sex": list("PPLL")}),
}


@pytest.mark.parametrize("form", FORMS)
def test_margins_may_come_in_any_form(form):
    np.testing.assert_allclose(
        post_stratify(FRAME, FORMS[form], weight="w").weights, [40 / 3, 80 / 3, 10, 30, 20]
    )


def test_a_plain_mapping_needs_by():
    by = post_stratify(FRAME, UNIT["unit"], by="unit")
    assert by.weights.tolist() == post_stratify(FRAME, UNIT).weights.tolist()
    with pytest.raises(ArgumentError, match="by="):
        post_stratify(FRAME, UNIT["unit"])


def _arrow(frame):
    return pytest.importorskip("pyarrow").Table.from_pandas(frame)


def _polars(frame):
    return pytest.importorskip("polars").from_pandas(frame)


@pytest.mark.parametrize("convert", [lambda f: f, _polars, _arrow], ids=["pandas", "polars", "arrow"])
def test_data_come_back_as_they_were_given_with_one_column_more(convert):
    given = convert(FRAME)
    fitted = rake(given, SEX | UNIT, weight="w")
    assert type(fitted.data) is type(given)
    np.testing.assert_allclose(fitted.weights, rake(FRAME, SEX | UNIT, weight="w").weights)
    columns = getattr(fitted.data, "column_names", None) or list(fitted.data.columns)
    assert columns == [*FRAME.columns, "bobot"]
    assert ikm.estimate(fitted.data, design=fitted.design).overall.n == 5


def test_an_index_that_is_not_in_order_moves_no_weight_to_another_row():
    mixed = FRAME.set_index(pd.Index([7, 7, 1, 0, 3]))
    fitted = post_stratify(mixed, SEX, weight="w")
    assert fitted.data["bobot"].tolist() == post_stratify(FRAME, SEX, weight="w").data["bobot"].tolist()
    assert fitted.data.index.tolist() == [7, 7, 1, 0, 3]


def test_responses_come_back_as_responses_and_their_roles_name_columns():
    rows = FRAME.drop(columns=["w", "age"]).rename(columns={"sex": "Jenis Kelamin"})
    responses = read_survey(rows).responses
    fitted = post_stratify(responses, {"sex": {"L": 40, "P": 60}})
    assert fitted.design.calibration.margins == (("Jenis Kelamin",),)
    assert len(fitted.data) == 5
    assert ikm.estimate(fitted.data, design=fitted.design).overall.ikm == pytest.approx(
        25 * (0.4 * 3 + 0.6 * 3.5)
    )
    assert "bobot" not in responses.frame


def test_those_who_did_not_answer_are_no_longer_counted_in_the_responses():
    rows = FRAME.drop(columns=["w", "age"]).assign(hadir=[1, 1, 0, 1, 1])
    left = adjust_nonresponse(read_survey(rows).responses, "sex", responded="hadir").data
    assert len(left) == left.provenance.rows_used == 4


def test_categories_are_matched_by_what_they_are_not_how_they_are_stored():
    frame = pd.DataFrame(
        {
            "kode": pd.array([1, 2, 2], dtype="Int64"),
            "hari": pd.to_datetime(["2026-01-01", "2026-01-02"] * 2)[:3],
        }
    )
    assert post_stratify(frame, {"kode": {1.0: 5, np.int64(2): 6}}).weights.tolist() == [5, 3, 3]
    days = {"hari": {dt.date(2026, 1, 1): 4, "2026-01-02": 9}}
    assert post_stratify(frame, days).weights.tolist() == [2, 9, 2]
    with pytest.raises(DesignError, match="no total for categories of the data: 1 "):
        post_stratify(frame, {"kode": {"1": 5, 2: 6}})


def test_shares_are_multiplied_by_the_sum_of_the_weights_before():
    fitted = rake(FRAME, {"sex": {"L": 0.5, "P": 0.5}, "unit": {"A": 0.7, "B": 0.3}}, weight="w")
    assert fitted.weights.sum() == pytest.approx(15)
    assert fitted.findings.by_code("IKM632")[0].facts["total"] == 15
    people = calibrate(FRAME, {"sex": {"L": 0.5, "P": 0.5}}, population=100, weight="w")
    np.testing.assert_allclose(people.weights, post_stratify(FRAME, SEX, weight="w").weights)


def test_totals_that_differ_by_rounding_are_scaled_and_that_is_said():
    fitted = rake(FRAME, {**SEX, "unit": {"A": 70, "B": 30.00005}})
    assert fitted.findings.by_code("IKM633")
    assert not rake(FRAME, SEX | UNIT).findings.by_code("IKM633")


REFUSED = [
    (
        lambda: rake(FRAME, {**SEX, "unit": {"A": 70, "B": 40}}),
        DesignError,
        "'sex' has 100, margin 'unit' has 110",
    ),
    (lambda: calibrate(FRAME, SEX, population=90), DesignError, "population= has 90, margin 'sex' has 100"),
    (lambda: post_stratify(FRAME, {"sex": {"L": 0.4, "P": 0.5}}), DesignError, "adds up to 0.9"),
    (
        lambda: post_stratify(FRAME, {"sex": {"L": 50, "P": 50, "X": 3}}),
        DesignError,
        "without a respondent: 'X'",
    ),
    (lambda: post_stratify(FRAME, {"sex": {"L": 50}}), DesignError, r"'P' \(2 rows\), first at rows 4-5"),
    (lambda: post_stratify(FRAME, {"sex": {"L": 0, "P": 50}}), DesignError, "sex 'L' is 0"),
    (lambda: post_stratify(FRAME, {"sex": {"L": -5, "P": 50}}), DesignError, "sex 'L' is -5"),
    (lambda: post_stratify(FRAME, {"sex": {"L": float("inf"), "P": 50}}), DesignError, "sex 'L' is inf"),
    (lambda: post_stratify(FRAME, {"sex": {"L": float("nan"), "P": 50}}), DesignError, "sex 'L' is nan"),
    (lambda: post_stratify(FRAME, {"sex": {"L": "50", "P": 50}}), DesignError, "is '50', which is no number"),
    (lambda: post_stratify(FRAME, {"seks": {"L": 50, "P": 50}}), ColumnError, "no column is named 'seks'"),
    (lambda: post_stratify(FRAME, SEX | UNIT), ArgumentError, "one margin, got 2"),
    (lambda: post_stratify(FRAME, {"sex": 4}), ArgumentError, "not a mapping"),
    (lambda: post_stratify(FRAME, {}), ArgumentError, "no margin was given"),
    (lambda: post_stratify(FRAME, {"sex": {}}), ArgumentError, "no categories"),
    (lambda: post_stratify(FRAME, 7), ArgumentError, "margins is an int; give"),
    (lambda: post_stratify(FRAME, pd.Series({"L": 1, "P": 2})), ArgumentError, "no name"),
    (
        lambda: rake(FRAME, [pd.DataFrame({"sex": ["L", "P"], "n": [5, 5], "m": [1, 1]})]),
        ColumnError,
        "one column of",
    ),
    (lambda: rake(FRAME, [SEX, SEX]), ArgumentError, "given twice"),
    (lambda: rake(FRAME, {7: {"L": 50}}), ArgumentError, "got 7"),
    (lambda: rake(FRAME, {("sex", "sex"): {("L", "L"): 50}}), ArgumentError, "names a column twice"),
    (lambda: rake(FRAME, {("sex", "unit"): {"L": 50}}), ArgumentError, r"one value a column \(2\), got 'L'"),
    (lambda: rake(FRAME, {"sex": {"L": 50, None: 50}}), DesignError, "without a name"),
    (lambda: rake(FRAME, {"sex": {"L": 50, "P": object()}}), DesignError, "which is no number"),
    (lambda: post_stratify(FRAME, 7, by="sex"), ArgumentError, "by= goes with one mapping"),
    (lambda: calibrate(FRAME, SEX, totals=["age"]), ArgumentError, "got a list"),
    (
        lambda: post_stratify(FRAME.assign(sex=["L", None, "P", "P", None]), SEX),
        DesignError,
        r"2 rows \(first 2, 5\)",
    ),
    (
        lambda: post_stratify(FRAME.assign(w=[1, 0, -1, np.nan, np.inf]), SEX, weight="w"),
        DesignError,
        "rows 2-5",
    ),
    (lambda: post_stratify(FRAME.assign(w=list("abcde")), SEX, weight="w"), DesignError, "'a' in row 1"),
    (lambda: post_stratify(FRAME, SEX, weight="bobot_lama"), ColumnError, "'bobot_lama'"),
    (lambda: post_stratify(FRAME, SEX, weight="w", into="w"), ColumnError, "a column 'w' already"),
    (lambda: post_stratify(FRAME, SEX, weight="w", design=ikm.Design(weight="age")), ArgumentError, "differ"),
    (lambda: post_stratify(FRAME.head(0), SEX), ArgumentError, "no rows"),
    (lambda: post_stratify([1, 2], SEX), ColumnError, "list is no frame"),
    (
        lambda: rake(FRAME, SEX | UNIT, bounds=(0.9, 1.1)),
        EstimationError,
        r"sex 'P' .* 1.25 times .*\(0.9, 1.1\)",
    ),
    (lambda: rake(FRAME, SEX, bounds=(2, 1)), ArgumentError, "low < high"),
    (lambda: rake(FRAME, SEX, bounds="ab"), ArgumentError, "two numbers"),
    (lambda: rake(FRAME, SEX, tolerance=0), ArgumentError, "tolerance"),
    (lambda: rake(FRAME, SEX, max_iterations=0), ArgumentError, "max_iterations"),
    (lambda: calibrate(FRAME), ArgumentError, "nothing to calibrate"),
    (lambda: calibrate(FRAME, totals={"age": 3000}), ArgumentError, "how many people"),
    (lambda: calibrate(FRAME, totals={"age": 3000}, population=-1), ArgumentError, "population"),
    (lambda: calibrate(FRAME, SEX, method="greg"), UnknownNameError, "greg"),
    (lambda: calibrate(FRAME, SEX, method="logit"), ArgumentError, "bounds"),
    (lambda: calibrate(FRAME, SEX, method="logit", bounds=(1.2, 3)), ArgumentError, "low < 1 < high"),
    (lambda: calibrate(FRAME, SEX, totals={"unit": 3}), DesignError, "no numbers"),
    (
        lambda: calibrate(FRAME.assign(age=[1, 2, None, 4, 5]), SEX, totals={"age": 3}),
        DesignError,
        r"first 3\b",
    ),
    (lambda: calibrate(FRAME, SEX, totals={"age": 4900}), EstimationError, r'[2-4] of 5 .* method="raking"'),
    (lambda: trim(FRAME, weight="w"), ArgumentError, "nothing to trim"),
    (lambda: trim(FRAME, high=3), ArgumentError, "no weights"),
    (lambda: trim(FRAME, weight="w", high=3, ratio=2), ArgumentError, "not both"),
    (lambda: trim(FRAME, weight="w", low=4, high=3), ArgumentError, "below high"),
    (lambda: trim(FRAME, weight="w", ratio=1), ArgumentError, "ratio must be"),
    (lambda: trim(FRAME, weight="w", high=2), ArgumentError, "add up to 10 instead of 15"),
    (lambda: trim(FRAME, weight="w", high=4, method="all"), UnknownNameError, "all"),
]


@pytest.mark.parametrize(("call", "error", "words"), REFUSED)
def test_nonsense_is_refused_with_its_place_and_numbers(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_category_given_twice_is_refused():
    twice = pd.DataFrame({"sex": ["L", "P", "L"], "people": [40, 50, 10]})
    with pytest.raises(ArgumentError, match="names a category twice: 'L'"):
        post_stratify(FRAME, twice)


def test_replicate_weights_are_refused_since_they_would_not_be_fitted():
    replicates = ikm.ReplicateWeights(columns=("r1", "r2"), method="BRR")
    design = ikm.Design(weight="w", replicate_weights=replicates)
    with pytest.raises(DesignError, match="replicate weights"):
        rake(FRAME, SEX, design=design)


@pytest.mark.parametrize("bounds", [None, (0.01, 100)])
def test_margins_that_no_weights_meet_name_what_is_missed_most(bounds):
    # all of q are in y, so that q cannot have 60 where y has 50
    frame = pd.DataFrame({"a": list("xxyy"), "b": list("pppq")})
    with pytest.raises(EstimationError, match=r"missed most: [ab] '[xypq]', where \d+ is known .* collapse"):
        rake(frame, {"a": {"x": 50, "y": 50}, "b": {"p": 40, "q": 60}}, bounds=bounds)


def test_too_few_iterations_are_no_silent_half_fit():
    frame = pd.DataFrame({"a": list("xxyyy"), "b": list("pqppq")})
    margins = {"a": {"x": 80, "y": 20}, "b": {"p": 30, "q": 70}}
    with pytest.raises(EstimationError, match="after 1 iterations"):
        rake(frame, margins, max_iterations=1)
    assert rake(frame, margins).misfit["difference"].abs().max() < 1e-8


def test_nobody_to_stand_for_a_class_is_an_error_that_names_it():
    asked = pd.DataFrame({"unit": list("AABB"), "ok": [True, False, False, False]})
    with pytest.raises(EstimationError, match=r"'B' \(2 rows\)"):
        adjust_nonresponse(asked, "unit", responded="ok")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["ya", "ya", "ya", "ya"], "'ya'"),
        ([1, 0, None, 1], "first 3"),
        (pd.array([True, False, None, True], dtype="boolean"), "first 3"),
        ([1, 0, 2, 1], r"2 \(first rows 3"),
    ],
    ids=["text", "empty", "masked", "other"],
)
def test_who_answered_is_said_by_yes_or_no(said, words):
    asked = pd.DataFrame({"unit": list("AABB"), "ok": said})
    with pytest.raises(DesignError, match=words):
        adjust_nonresponse(asked, "unit", responded="ok")


def codes(result):
    return {f.code for f in result.findings}


def big(n=200, **columns):
    return pd.DataFrame({"sex": ["L", "P"] * (n // 2), **columns})


def test_ordinary_weights_need_no_word():
    assert codes(post_stratify(big(), {"sex": {"L": 500, "P": 600}})) == set()


def test_categories_with_few_respondents_are_named_with_their_number():
    few = post_stratify(big(50), {"sex": {"L": 500, "P": 600}}).findings.by_code("IKM631")[0]
    assert list(few.facts["categories"]) == ["sex L (25)", "sex P (25)"]
    assert "25" in few.message("id")


def test_extreme_weights_are_told_with_their_ratio_and_design_effect():
    found = post_stratify(FRAME, {"sex": {"L": 10, "P": 990}}).findings.by_code("IKM630")[0]
    assert found.facts["ratio"] == pytest.approx(495 / (10 / 3))
    assert found.facts["deff"] == pytest.approx(5 * (2 * 495**2 + 3 * (10 / 3) ** 2) / 1000**2)


def test_percentages_and_small_populations_are_told_to_give_relative_weights():
    assert "IKM634" in codes(post_stratify(big(), {"sex": {"L": 48, "P": 52}}))


def test_a_fit_that_is_no_longer_exact_is_dropped_from_the_design_and_that_is_said():
    fitted = rake(FRAME, SEX | UNIT, weight="w")
    trimmed = trim(fitted.data, design=fitted.design, high=28, into="w2")
    assert trimmed.design == ikm.Design(weight="w2")
    assert list(trimmed.findings.by_code("IKM636")[0].facts["margins"]) == ["sex", "unit"]
    again = rake(fitted.data, SEX | UNIT, design=fitted.design, into="w2")
    assert "IKM636" not in codes(again)
    assert again.design.calibration.base == "bobot"


def test_trimming_tells_how_many_and_how_much():
    frame = pd.DataFrame({"w": [1.0, 1.0, 2.0, 12.0]})
    facts = trim(frame, weight="w", high=8).findings.by_code("IKM635")[0].facts
    assert (facts["lowered"], facts["raised"], facts["moved"], facts["percent"]) == (1, 0, 4.0, 25.0)


def test_nonresponse_tells_who_was_left_out_and_which_classes_are_weak():
    asked = pd.DataFrame({"unit": ["A"] * 60 + ["B"] * 10, "ok": [1] * 50 + [0] * 10 + [1] * 2 + [0] * 8})
    result = adjust_nonresponse(asked, "unit", responded="ok")
    assert result.findings.by_code("IKM637")[0].facts["count"] == 18
    assert list(result.findings.by_code("IKM638")[0].facts["classes"]) == ["B (2; 5.00)"]
    assert codes(adjust_nonresponse(asked.assign(ok=1), "unit", responded="ok")) == set()


def test_weights_at_a_bound_are_counted():
    frame = big(age=np.linspace(20, 60, 200))
    pulled = calibrate(
        frame, {"sex": {"L": 500, "P": 500}}, totals={"age": 42000}, method="raking", bounds=(0.75, 1.25)
    )
    facts = pulled.findings.by_code("IKM639")[0].facts
    ratio = pulled.weights / 5
    assert facts["at_low"] == (ratio < 0.75 + 1e-9).sum() > 0
    assert facts["at_high"] == (ratio > 1.25 - 1e-9).sum() > 0


def test_every_finding_is_said_in_both_languages_without_a_gap():
    results = [
        post_stratify(FRAME, {"sex": {"L": 10, "P": 990}}),
        post_stratify(FRAME, {"sex": {"L": 0.5, "P": 0.5}}),
        trim(rake(FRAME, SEX).data, weight="bobot", high=28, into="w2"),
    ]
    for finding in [f for result in results for f in result.findings]:
        for lang in ("id", "en"):
            assert "?)" not in finding.message(lang)


def test_a_weighting_can_be_printed_and_kept():
    fitted = rake(FRAME, SEX | UNIT, weight="w")
    kept = fitted.to_dict()
    assert kept["format"] == "urn:sipukat:weighted:1"
    assert kept["sum"] == pytest.approx(100)
    assert kept["design"]["calibration"]["base"] == "w"
    assert "5 rows" in repr(fitted)
    assert "Bobot 5 responden" in fitted.sentence()
    assert "100.00" in fitted.sentence("en")
    assert fitted.deff == pytest.approx(1 + (fitted.weights.std() / fitted.weights.mean()) ** 2)


def test_large_and_tiny_weights_do_not_cancel():
    scaled = rake(FRAME.assign(w=FRAME["w"] * 1e200), SEX | UNIT, weight="w")
    np.testing.assert_allclose(scaled.weights, rake(FRAME, SEX | UNIT, weight="w").weights)
    tiny = calibrate(FRAME.assign(w=FRAME["w"] * 1e-12), SEX | UNIT, weight="w")
    np.testing.assert_allclose(tiny.weights, calibrate(FRAME, SEX | UNIT, weight="w").weights)


def test_a_margin_that_names_one_column_by_its_heading_and_by_its_role_is_refused():
    data = pd.DataFrame({"Jenis Kelamin": list("LPL"), **{f"U{i}": [3, 4, 2] for i in range(1, 10)}})
    held = read_survey(data, order="kuesioner").responses
    margin = {("Jenis Kelamin", "sex"): {("L", "L"): 30, ("P", "P"): 70}}
    with pytest.raises(ArgumentError, match="names one column of the data twice"):
        rake(held, margin)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_raking_goes_as_near_as_numbers_go(seed):
    rng = np.random.default_rng(seed)
    data = pd.DataFrame({"a": rng.choice(list("xyz"), 40), "b": rng.choice(list("pq"), 40)})
    data = data.assign(**{f"U{i}": 3 for i in range(1, 10)})
    x, p = (1000 * rng.dirichlet([5] * size) for size in (3, 2))
    margins = {"a": dict(zip("xyz", x, strict=True)), "b": dict(zip("pq", p, strict=True))}
    found = rake(data, margins, tolerance=1e-13, max_iterations=1000)
    weight = found.data[found.design.weight]
    assert weight.groupby(data["a"]).sum().tolist() == pytest.approx(x.tolist(), rel=1e-12)
    assert weight.groupby(data["b"]).sum().tolist() == pytest.approx(p.tolist(), rel=1e-12)


@pytest.mark.parametrize("method", ["linear", "raking"])
@pytest.mark.parametrize("total", [12.5, 50, 110, 140])
def test_bounds_that_the_totals_lie_beyond_end_the_search(total, method):
    """Ratios from 0.5 to 2 of twelve values from 1 to 12 reach sums from 54 to 102."""
    data = pd.DataFrame({"v": range(1, 13), **{f"U{i}": [3] * 12 for i in range(1, 10)}})
    with pytest.raises(EstimationError, match=r"did not meet the totals within the bounds \(0.5, 2.0\)"):
        calibrate(data, totals={"v": total}, population=12, bounds=(0.5, 2), method=method)


def test_bounds_may_begin_at_nothing():
    free, bounded = rake(FRAME, SEX | UNIT), rake(FRAME, SEX | UNIT, bounds=(0, 100))
    assert bounded.weights == pytest.approx(free.weights)


def test_what_is_told_of_extreme_and_of_bounded_weights_has_all_its_figures():
    # 990 / 2 = 495 of two, 10 / 3 of three: the median is 10 / 3
    (extreme,) = post_stratify(FRAME, {"sex": {"L": 10, "P": 990}}).findings.by_code("IKM630")
    assert extreme.facts["medians"] == pytest.approx(148.5)
    assert (list(extreme.facts["rows"]), extreme.facts["count"]) == ([4, 5], 2)
    frame = big(age=np.linspace(20, 60, 200))
    pulled = calibrate(
        frame, {"sex": {"L": 500, "P": 500}}, totals={"age": 42000}, method="raking", bounds=(0.75, 1.25)
    )
    (bounded,) = pulled.findings.by_code("IKM639")
    assert {name: bounded.facts[name] for name in ("n", "low", "high")} == {
        "n": 200,
        "low": "0.75",
        "high": "1.25",
    }


@pytest.mark.parametrize(("bounds", "said"), [(None, ""), ((0.01, 100), ", widen bounds=")])
def test_a_fit_that_did_not_come_about_says_what_may_help(bounds, said):
    frame = pd.DataFrame({"a": list("xxyy"), "b": list("pppq")})
    with pytest.raises(EstimationError) as failure:
        rake(frame, {"a": {"x": 50, "y": 50}, "b": {"p": 40, "q": 60}}, bounds=bounds)
    assert str(failure.value).endswith(
        f"whether the totals contradict each other{said}, or raise max_iterations="
    )


def test_classes_of_two_columns_are_named_by_both():
    asked = pd.DataFrame(
        {
            "unit": ["A"] * 60 + ["B"] * 10,
            "sex": ["L", "P"] * 35,
            "ok": [1] * 50 + [0] * 10 + [1] * 2 + [0] * 8,
        }
    )
    result = adjust_nonresponse(asked, ["unit", "sex"], responded="ok")
    assert set(result.misfit["margin"]) == {"unit × sex"}
    (weak,) = result.findings.by_code("IKM638")
    assert weak.path == "unit × sex"
    assert list(weak.facts["classes"]) == ["B / L (1; 5.00)", "B / P (1; 5.00)"]


def test_post_stratification_by_two_margins_is_refused_by_their_names():
    with pytest.raises(ArgumentError, match="'sex' and 'unit'"):
        post_stratify(FRAME, SEX | UNIT)


@pytest.mark.parametrize("key", [("sex", 3), (), 3, (None,)])
def test_a_margin_is_named_by_columns_and_by_nothing_else(key):
    with pytest.raises(ArgumentError, match="a margin is named by its column or a tuple of columns"):
        rake(FRAME, {key: {"L": 50, "P": 50}})
