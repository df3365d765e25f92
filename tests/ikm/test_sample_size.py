"""The table of Krejcie and Morgan, and the formula between its entries."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.planning.sample_size import sample_size


def test_all_ninety_entries_of_the_table_come_out(facts):
    table = facts("skm-facts.json")["krejcie_morgan"]["table"]
    assert len(table) == 90
    assert [[population, sample_size(population).n] for population, _ in table] == table


def test_below_ten_everybody_is_asked():
    assert [sample_size(population).n for population in range(1, 10)] == list(range(1, 10))
    assert sample_size(9).census


def test_between_entries_the_formula_holds():
    assert sample_size(125).n == 94  # by hand: 3.841 * 125 * .25 / (.0025 * 124 + 3.841 * .25) = 94.46…
    assert sample_size(1501).n == 306


def test_the_number_of_the_law_says_where_it_stands():
    size = sample_size(1500)
    assert (size.n, size.by_law, size.chi2, size.margin, size.confidence_level) == (
        306,
        True,
        3.841,
        0.05,
        0.95,
    )
    assert "Lampiran" in size.place
    assert size.confidence == "A"
    assert size.standard == "permenpanrb-14-2017"


def test_the_level_of_the_law_said_aloud_changes_nothing():
    assert sample_size(1700, confidence_level=0.95, margin=Decimal("0.05")) == sample_size(1700)
    assert sample_size(40_000, confidence_level=0.95).n == 380  # 381 with 3.8415


@pytest.mark.parametrize(
    ("margin", "level", "n"),
    [(0.03, None, 624), (0.05, 0.99, 460), (Fraction(1, 10), 0.9, 65), (0.01, 0.95, 1297)],
)
def test_another_margin_or_level_goes_through_the_same_formula(margin, level, n):
    size = sample_size(1500, margin=margin, confidence_level=level)
    assert size.n == n
    assert not size.by_law
    chi2 = {None: 3.841, 0.99: 6.634897, 0.9: 2.705543, 0.95: 3.841}[level]
    assert size.chi2 == pytest.approx(chi2, abs=1e-6)
    by_hand = chi2 * 1500 * 0.25 / (float(margin) ** 2 * 1499 + chi2 * 0.25)
    assert abs(size.n - by_hand) <= 0.5


def test_cochran_differs_in_rounding_only():
    assert sample_size(1500, method="cochran").n == 306
    assert sample_size(460, method="cochran").n == 210
    assert sample_size(10**9, method="cochran").n == math.ceil(3.841 * 0.25 / 0.0025)


@given(population=st.integers(10, 10**7))
def test_a_sample_is_never_more_than_everybody_and_never_far_from_cochran(population):
    krejcie, cochran = sample_size(population).n, sample_size(population, method="cochran").n
    assert 1 <= krejcie <= population
    assert 0 <= cochran - krejcie <= 1


@given(population=st.integers(10, 10**6), more=st.integers(0, 1000))
def test_more_users_never_need_fewer_respondents(population, more):
    assert sample_size(population).n <= sample_size(population + more).n


@given(population=st.integers(10, 10**6), margin=st.floats(0.005, 0.2))
def test_a_wider_margin_never_needs_more_respondents(population, margin):
    assert sample_size(population, margin=margin).n >= sample_size(population, margin=margin * 1.5).n


@pytest.mark.parametrize(
    "population", [0, -1, True, 2.5, float("nan"), float("inf"), "100", None, Decimal(100)]
)
def test_a_population_that_is_none_is_refused_by_its_value(population):
    with pytest.raises(ValueError, match=r"population must be a whole number of at least 1, got") as caught:
        sample_size(population)
    assert repr(population) in str(caught.value)


def test_whole_numbers_of_numpy_are_whole_numbers():
    assert sample_size(np.int64(100)).n == 80


@pytest.mark.parametrize("name", ["margin", "confidence_level"])
@pytest.mark.parametrize("value", [0, 1, -0.05, 95, float("nan"), True])
def test_a_margin_or_level_outside_0_and_1_is_refused_by_its_value(name, value):
    with pytest.raises(ValueError, match=f"{name} must lie between 0 and 1"):
        sample_size(100, **{name: value})


def test_a_standard_without_a_rule_says_so():
    with pytest.raises(EstimationError, match="kepmenpan-25-2004 has no rule"):
        sample_size(100, standard="kepmenpan-25-2004")


def test_an_unknown_method_is_refused_by_its_name():
    with pytest.raises(UnknownNameError, match="slovin"):
        sample_size(100, method="slovin")


def test_a_design_effect_multiplies_before_the_population_is_corrected_for():
    size = sample_size(1500, deff=2)
    # by hand: 2 * 3.841 * 1500 * .25 / (.0025 * 1499 + 2 * 3.841 * .25) = 2880.75 / 5.668 = 508.2…
    assert (size.n, size.by_law, size.deff) == (509, False, 2.0)
    assert "deff" in size.formula
    # by hand: n0 = 2 * 384.1 = 768.2; 768.2 / (1 + 767.2 / 1500) = 508.2…
    assert sample_size(1500, deff=2, method="cochran").n == 509


def test_a_response_rate_changes_who_is_invited_and_not_the_number_of_the_law():
    size = sample_size(1500, response_rate=0.6)
    assert (size.n, size.invited, size.by_law) == (306, 510, True)
    assert (sample_size(1500).invited, sample_size(1500).findings.ok) == (306, True)
    assert sample_size(1500, response_rate=Decimal("0.9")).invited == 340  # exactly, not 341


def test_it_is_said_when_not_even_everybody_is_enough():
    size = sample_size(100, response_rate=0.5)
    assert (size.n, size.invited) == (80, 100)
    finding = size.findings.by_code("IKM690")[0]
    assert finding.facts == {"n": 80, "population": 100, "response_rate": "50", "expected": 50}
    assert "80 jawaban" in finding.message("id")
    assert not sample_size(100, response_rate=0.8).findings


@given(population=st.integers(1, 10**6), deff=st.floats(0.2, 20), rate=st.floats(0.05, 1))
def test_a_larger_design_effect_never_needs_fewer_and_nobody_is_asked_twice(population, deff, rate):
    for method in ("krejcie_morgan", "cochran"):
        small = sample_size(population, deff=deff, response_rate=rate, method=method)
        large = sample_size(population, deff=deff * 1.5, response_rate=rate, method=method)
        assert 1 <= small.n <= large.n <= population
        assert small.n <= small.invited <= population


@pytest.mark.parametrize("name", ["deff", "response_rate"])
@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), True, "2", None])
def test_a_design_effect_or_response_rate_that_is_none_is_refused_by_its_value(name, value):
    with pytest.raises(ValueError, match=f"{name} must be a number above 0"):
        sample_size(100, **{name: value})


def test_more_answers_than_invited_are_refused():
    with pytest.raises(ValueError, match=r"response_rate must be a number above 0 and at most 1, got 1\.2"):
        sample_size(100, response_rate=1.2)
