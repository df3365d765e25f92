"""A city from its units: four rules that differ, each by its name."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import EstimationError, UnknownNameError

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
