"""The index of groups of respondents: exact, rounded half up once, without gaps."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm, read_survey
from sipukat.errors import (
    AnswerError,
    ArgumentError,
    ColumnError,
    DesignError,
    EstimationError,
    UnknownNameError,
)
from sipukat.standards import get

CODES = [f"U{i}" for i in range(1, 10)]


def frame(rows, **more):
    return pd.DataFrame(rows, columns=CODES).assign(**more)


def complete_survey(n, total):
    """Spread a total of scores over n complete forms of nine unsur."""
    low, more = divmod(total, 9 * n)
    answers = np.full(9 * n, low)
    answers[:more] += 1
    return frame(answers.reshape(n, 9))


def test_a_survey_by_hand():
    result = ikm.estimate(frame([[4] * 9, [3] * 9, [2] * 9]))
    e = result.overall
    assert (e.n, e.exact, e.published, e.mutu, e.kinerja) == (
        3,
        Fraction(75),
        Decimal("75.00"),
        "C",
        "Kurang baik",
    )
    assert e.nrr["waktu"] == 3
    assert e.counts["waktu"] == (0, 1, 1, 1)
    assert e.se == pytest.approx(25 * np.std([4, 3, 2], ddof=1) / np.sqrt(3), rel=1e-14)
    assert e.df == 2


def test_the_error_of_the_index_knows_that_answers_of_one_person_go_together():
    rows = [[4, 4, 4, 4, 4, 4, 4, 4, 4], [1, 1, 1, 1, 1, 1, 1, 1, 1], [4, 4, 4, 4, 4, 4, 4, 4, 1], [2] * 9]
    e = ikm.estimate(frame(rows)).overall
    person = np.array(rows).mean(axis=1) * 25
    assert e.se == pytest.approx(person.std(ddof=1) / 2, rel=1e-13)
    as_if_independent = 25 / 9 * np.sqrt(np.trace(e.covariance))
    assert as_if_independent < 0.5 * e.se


@pytest.mark.parametrize("case", range(5))
def test_values_between_the_printed_bands_get_the_letter_of_their_rounded_number(case, facts):
    known = facts("skm-facts.json")["gap_cases"][case]
    e = ikm.estimate(complete_survey(known["n"], known["total"])).overall
    assert f"{e.ikm:.5f}" == known["ikm_exact"]
    assert e.mutu == known["band_at_2dp"]


@pytest.mark.parametrize(
    ("missing", "key"), [("per_unsur", "available_per_unsur"), ("pooled", "pooled_filled")]
)
def test_unanswered_questions_follow_the_named_policy(missing, key, facts):
    known = facts("skm-facts.json")["missing_demo"]
    e = ikm.estimate(frame(known["scores"]), missing=missing).overall
    assert f"{e.ikm:.4f}" == known["ikm"][key]


def test_complete_keeps_only_full_forms(facts):
    known = facts("skm-facts.json")["missing_demo"]
    e = ikm.estimate(frame(known["scores"]), missing="complete").overall
    assert e.ikm == 100


@given(
    st.lists(st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=9, max_size=9), min_size=1, max_size=25)
)
def test_every_policy_equals_its_definition_in_fractions(rows):
    data = frame(rows)
    sums = [sum(r[k] for r in rows if r[k]) for k in range(9)]
    counts = [sum(r[k] is not None for r in rows) for k in range(9)]
    e = ikm.estimate(data).overall
    means = [Fraction(s, n) for s, n in zip(sums, counts, strict=True) if n]
    assert e.exact == (25 * sum(means) / len(means) if means else None)
    pooled = ikm.estimate(data, missing="pooled").overall
    assert pooled.exact == (Fraction(25 * sum(sums), sum(counts)) if sum(counts) else None)
    full = [r for r in rows if None not in r]
    complete = ikm.estimate(data, missing="complete").overall
    assert complete.exact == (Fraction(25 * sum(map(sum, full)), 9 * len(full)) if full else None)
    assert (e.published is None) == (e.exact is None)


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=2, max_size=12),
    st.randoms(use_true_random=False),
)
def test_order_of_rows_and_splitting_do_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    whole = ikm.moments(frame(rows))
    assert ikm.moments(frame(shuffled)) == whole
    cut = len(rows) // 2
    assert ikm.moments(frame(rows[:cut])) + ikm.moments(frame(rows[cut:])) == whole


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=3, max_size=12), st.floats(0.1, 50)
)
def test_scaling_all_weights_changes_nothing(rows, factor):
    one = ikm.estimate(frame(rows, w=1.0), design=ikm.Design(weight="w")).overall
    scaled = ikm.estimate(frame(rows, w=factor), design=ikm.Design(weight="w")).overall
    plain = ikm.estimate(frame(rows)).overall
    assert scaled.ikm == pytest.approx(one.ikm, rel=1e-12)
    assert scaled.se == pytest.approx(one.se, rel=1e-9, abs=1e-9)
    assert one.published == plain.published
    assert one.se == pytest.approx(plain.se, rel=1e-9, abs=1e-9)


@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=3, max_size=12))
def test_a_better_answer_never_lowers_the_index(rows):
    before = ikm.estimate(frame(rows)).overall
    row = next((i for i, r in enumerate(rows) if min(r) < 4), None)
    if row is not None:
        rows[row] = [min(x + 1, 4) for x in rows[row]]
        assert ikm.estimate(frame(rows)).overall.exact > before.exact


def test_effective_n_is_the_simple_sample_of_the_same_precision():
    rows = [[4] * 9, [3] * 9, [2] * 9, [4] * 9] * 10
    assert ikm.estimate(frame(rows)).overall.effective_n == pytest.approx(40)
    # everyone twice, as one cluster: SS/(39 x 40) by cluster, 2 SS/(79 x 80) as a simple sample
    twice = frame(rows * 2, keluarga=[*range(40), *range(40)])
    e = ikm.estimate(twice, design=ikm.Design(psu="keluarga")).overall
    assert e.effective_n == pytest.approx(80 * 39 / 79)


def test_real_ties_go_up():
    ties = [
        (n, t)
        for n in range(1, 60)
        for t in range(9 * n, 36 * n + 1)
        if (2 * 2500 * t) % (9 * n) == 0 and (2500 * t * 2 // (9 * n)) % 2 == 1
    ]
    assert len(ties) > 20
    for n, total in ties[:40]:
        exact = Fraction(25 * total, 9 * n)
        e = ikm.estimate(complete_survey(n, total)).overall
        assert Fraction(e.published) == exact + Fraction(1, 200)
        frame_row = ikm.estimate(complete_survey(n, total).assign(g="a"), by="g").to_frame()
        assert frame_row["published"][0] == e.published


def test_groups_of_every_kind_of_key():
    data = frame(
        [[4] * 9, [3] * 9, [2] * 9, [1] * 9], unit=["b", None, "a", "b"], year=[2024, 2025, 2024, 2024]
    )
    result = ikm.estimate(data, by=("unit", "year"))
    assert result.keys() == (("a", 2024), ("b", 2024), (None, 2025))
    assert result["b", 2024].ikm == 62.5
    assert result.to_frame()["unit"].tolist()[:2] == ["a", "b"]
    with pytest.raises(UnknownNameError, match="no group is named 'x'"):
        result["x"]


def test_a_unit_name_that_starts_like_another_is_another_unit():
    data = frame([[4] * 9, [1] * 9], unit=["Puskesmas 1", "Puskesmas 12"])
    result = ikm.estimate(data, by="unit")
    assert result["Puskesmas 1"].n == 1
    assert result["Puskesmas 1"].ikm == 100


def test_units_spelled_nearly_alike_are_reported():
    data = frame([[4] * 9] * 2, unit=["Disdukcapil", "DISDUKCAPIL "])
    assert len(ikm.estimate(data, by="unit").findings.by_code("IKM610")) == 1


@pytest.mark.parametrize("value", [0, 5, 2.5, -1, float("inf"), 257])
def test_answers_off_the_scale_are_refused_with_value_and_row(value):
    data = frame([[4.0] * 9, [3.0] * 9])
    data.loc[1, "U3"] = value
    with pytest.raises(AnswerError, match=rf"column 'U3'.*{value:g} \(1 x\), first at rows 2"):
        ikm.estimate(data)


def test_true_and_text_are_no_answers():
    with pytest.raises(AnswerError, match="True/False"):
        ikm.estimate(frame([[True] * 9]))
    with pytest.raises(AnswerError, match="read_survey"):
        ikm.estimate(frame([["4"] * 9], dummy=1).astype({"U1": object}))


def test_a_scale_of_five_is_named_and_not_rescaled():
    with pytest.raises(AnswerError, match="look like a scale of 1 to 5: they must not be rescaled"):
        ikm.estimate(frame([[5] * 9, [4] * 9]))


def test_one_respondent_has_an_index_and_no_precision():
    result = ikm.estimate(frame([[3, 3, 3, 4, 3, 3, 3, 3, 3]]))
    e = result.overall
    assert e.published == Decimal("77.78")
    assert np.isnan(e.se)
    assert (e.low, e.high) == (25, 100)
    assert e.mutu_probability == {}
    assert len(result.findings.by_code("IKM603")) == 1


def test_equal_answers_have_an_error_of_zero_that_is_explained():
    result = ikm.estimate(frame([[3] * 9] * 30))
    e = result.overall
    assert e.se == 0
    assert e.low < 75 < e.high
    assert (round(e.low, 1), round(e.high, 1)) == (72.6, 76.8)
    assert len(result.findings.by_code("IKM604")) == 1


def test_weighted_equal_answers_have_an_error_of_exactly_zero():
    data = frame([[3] * 9] * 30, w=np.linspace(0.1, 7.3, 30))
    assert ikm.estimate(data, design=ikm.Design(weight="w")).overall.se == 0


def test_a_unit_without_answers_has_no_index():
    data = frame([[None] * 9, [4] * 9], unit=["kosong", "isi"]).astype(dict.fromkeys(CODES, "Int8"))
    result = ikm.estimate(data, by="unit")
    e = result["kosong"]
    assert (e.published, e.mutu, e.n) == (None, None, 1)
    assert [f.path for f in result.findings.by_code("IKM605")] == ["kosong"]
    assert not result.findings.ok
    assert result.rollup("simple_mean").published == Decimal("100.00")


def test_an_unsur_that_nobody_answered_is_an_error_finding_and_never_a_zero():
    data = frame([[4, 4, 4, None, 4, 4, 4, 4, 4]] * 5)
    result = ikm.estimate(data)
    assert result.overall.ikm == 100
    assert result.findings.by_code("IKM606")[0].facts["unsur"] == ["biaya"]


def test_nobody_at_all_is_refused():
    with pytest.raises(EstimationError, match="no respondent"):
        ikm.estimate(frame([]).astype("Int8"))


def test_the_letter_that_depends_on_the_printed_weight_is_reported():
    result = ikm.estimate(complete_survey(200, 5520))  # 76.67
    found = result.findings.by_code("IKM601")[0]
    assert result.overall.mutu == "B"
    assert any(other.startswith("0.11:") and "(C)" in other for other in found.facts["others"])
    assert ikm.estimate(complete_survey(200, 5520), profile="0.11").overall.mutu == "C"


def test_profiles_of_the_2004_rule_reproduce_its_worked_example(facts):
    known = next(w for w in facts("skm-facts.json")["worked_examples"] if w["id"] == "kep25-annex")
    answers = np.zeros((100, 14), dtype=int)
    for k, nrr in enumerate(known["nrr"]):
        low, more = divmod(round(float(nrr) * 100), 100)
        answers[:, k] = low
        answers[:more, k] += 1
    data = pd.DataFrame(answers, columns=get("kepmenpan-25-2004").unsur_keys)
    result = ikm.estimate(data, "kepmenpan-25-2004", profile="kepmenpan-3dp")
    assert (str(result.overall.published), result.overall.mutu) == (known["ikm"], known["mutu"])
    exact = ikm.estimate(data, "kepmenpan-25-2004").overall
    assert f"{exact.ikm:.4f}" == known["unrounded"]["ikm_exact_1/14"]


@pytest.mark.parametrize("weight", [0, -1, np.nan, np.inf])
def test_weights_that_make_no_sense_are_refused(weight):
    with pytest.raises(DesignError, match=r"1 weights that are not finite and above 0.*rows 2"):
        ikm.estimate(frame([[4] * 9] * 3, w=[1.0, weight, 1.0]), design=ikm.Design(weight="w"))


def test_a_population_smaller_than_its_sample_is_refused():
    with pytest.raises(DesignError, match=r"sample of 3 and a population of 2"):
        ikm.estimate(frame([[4] * 9] * 3), design=ikm.Design(population=2))


def test_a_census_has_no_sampling_error():
    e = ikm.estimate(frame([[4] * 9, [3] * 9, [2] * 9]), design=ikm.Design(population=3)).overall
    assert (e.se, e.low, e.high) == (0, 75, 75)


def test_unknown_options_name_the_known_ones():
    data = frame([[4] * 9] * 3)
    with pytest.raises(UnknownNameError, match=r"beta_ends, korn_graubard, .*, wilson"):
        ikm.estimate(data, interval="wald")
    with pytest.raises(UnknownNameError, match="complete, per_unsur, pooled"):
        ikm.estimate(data, missing="zero")
    with pytest.raises(UnknownNameError, match="exact"):
        ikm.estimate(data, profile="0.12")
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        ikm.estimate(data, confidence_level=95)
    with pytest.raises(ColumnError, match="no column is named 'unit'"):
        ikm.estimate(data, by="unit")


def test_bare_u8_and_u9_give_the_index_and_a_finding():
    result = ikm.estimate(frame([[4, 3, 4, 3, 4, 3, 4, 1, 4]]))
    assert result.unsur[-2:] == ("U8", "U9")
    assert len(result.findings.by_code("IKM602")) == 1
    stated = ikm.estimate(frame([[4, 3, 4, 3, 4, 3, 4, 1, 4]]), order="kuesioner")
    assert stated.overall.nrr["sarana"] == 1
    assert stated.overall.exact == result.overall.exact
    assert not stated.findings.by_code("IKM602")


def test_results_survive_json_and_print_a_table():
    result = ikm.estimate(frame([[4] * 9, [3] * 9], unit=["<b>", "&"]), by="unit")
    html = result._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert '"published": "100.00"' in result.to_json()
    again = ikm.Moments.from_json(result.moments.to_json())
    assert ikm.estimate(again).to_json() == ikm.estimate(result.moments).to_json()


def test_weights_printed_as_text_are_numbers_and_words_are_refused():
    data = frame([[4] * 9, [2] * 9], w=["1,5", "0.5"])
    assert ikm.estimate(data, design=ikm.Design(weight="w")).overall.published == Decimal("87.50")
    with pytest.raises(DesignError, match="holds 'berat' in row 2"):
        ikm.estimate(frame([[4] * 9, [2] * 9], w=["1,5", "berat"]), design=ikm.Design(weight="w"))


def test_an_unsur_cannot_group_respondents():
    held = read_survey(frame([[4] * 9, [3] * 9]), order="kuesioner").responses
    with pytest.raises(ColumnError, match="column 'waktu' is an unsur and cannot group respondents"):
        ikm.estimate(held, by="waktu")


def test_forms_that_are_not_complete_are_left_out_and_counted():
    rows = [[4] * 9, [3] * 9, [None, *[2] * 8]]
    whole = ikm.estimate(frame(rows[:2]), missing="complete")
    found = ikm.estimate(frame(rows), missing="complete")
    assert found.overall.published == whole.overall.published == Decimal("87.50")
    (said,) = found.findings.by_code("IKM612")
    assert (said.facts["left"], said.facts["n"]) == (1, 3)
    assert not whole.findings.by_code("IKM612")
