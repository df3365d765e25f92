"""The model: a standard that contradicts itself cannot be made."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat import standards
from sipukat._text import round_half_up
from sipukat.errors import ArgumentError, DesignError, UnknownNameError
from sipukat.standards import Option, Sampling, Scale, SurveyStandard

SKM = standards.get("permenpanrb-14-2017")


@pytest.mark.parametrize(
    ("value", "mutu"),
    [
        ("25.00", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"),
        ("88.31", "A"), ("100.00", "A"), ("76.6", "C"), ("100", "A"),
    ],
)  # fmt: skip
def test_a_band_starts_at_its_lower_bound(value, mutu):
    assert SKM.band(Decimal(value)).mutu == mutu


@pytest.mark.parametrize("value", ["24.99", "0", "100.01", "-5"])
def test_a_value_off_the_scale_has_no_band(value):
    assert SKM.band(Decimal(value)) is None


@pytest.mark.parametrize("value", ["76.606", "88.3049", "NaN", "Infinity"])
def test_a_band_is_refused_to_a_value_that_is_not_rounded(value):
    with pytest.raises(ValueError, match=r"round .* half up to 2 decimals"):
        SKM.band(Decimal(value))


@given(st.fractions(min_value=25, max_value=100))
def test_every_index_on_the_scale_has_exactly_one_band(index):
    rounded = round_half_up(index, 2)
    below = [band for band in SKM.bands if band.low <= rounded]
    assert SKM.band(rounded) == below[-1]


def test_bare_u8_and_u9_are_ambiguous_in_the_rule_in_force_only():
    assert SKM.ambiguous_codes() == ("U8", "U9")
    others = [standards.get(name) for name in standards.names("survey") if name != SKM.id]
    assert [other.ambiguous_codes() for other in others] == [()] * 4


def test_named_parts_are_found_and_unknown_ones_name_what_is_there():
    assert SKM.profile("0.111").weight == Fraction(111, 1000)
    assert SKM.order("kuesioner").keys[7:] == ("sarana", "pengaduan")
    assert SKM.unsur_of("biaya").code == "U4"
    assert SKM.missing_policy("pooled").default is False
    assert SKM.default_missing.id == "per_unsur"
    with pytest.raises(UnknownNameError, match=r"no profile of permenpanrb-14-2017 is named '0\.12'.*mahulu"):
        SKM.profile("0.12")
    with pytest.raises(UnknownNameError, match="order of the unsur"):
        SKM.order("abjad")
    with pytest.raises(UnknownNameError, match="Did you mean 'biaya'"):
        SKM.unsur_of("biayaa")


def test_the_vocabulary_folds_case_and_blanks_and_holds_other_wordings():
    waktu = SKM.unsur_of("waktu").vocabulary
    assert waktu["sangat cepat"] == 4
    assert waktu["selalu tepat waktu"] == 4
    assert waktu["tidak tepat waktu"] == 1


def test_a_standard_is_frozen_hashes_and_pickles():
    with pytest.raises(ValidationError, match="frozen"):
        SKM.title = "x"
    assert pickle.loads(pickle.dumps(SKM)) == SKM  # noqa: S301  our own bytes
    assert len({SKM, pickle.loads(pickle.dumps(SKM)), standards.get("spak")}) == 2  # noqa: S301
    assert len({unsur for unsur in SKM.unsur} | set(SKM.bands)) == 13  # noqa: C416


def test_a_standard_survives_its_own_json():
    for name in standards.names("survey"):
        standard = standards.get(name)
        assert SurveyStandard.model_validate_json(standard.model_dump_json()) == standard


def test_figures_are_listed_by_their_key_and_confidence():
    keys = set(SKM.figures())
    assert {
        "scale",
        "weighting",
        "sampling",
        "unsur[8]",
        "bands[0]",
        "texts.poster",
        "texts.reports[1]",
    } <= keys
    assert set(SKM.figures("C")) == {"missing[2]"}


@pytest.mark.parametrize("population", [0, -3, 2.5, True, "100", None])
def test_a_sample_of_nonsense_is_refused_with_the_value(population):
    with pytest.raises(DesignError, match="whole number of at least 1, got"):
        SKM.sampling.size(population)


@given(st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_sample_is_never_larger_than_its_population_nor_falls_as_it_grows(population, more):
    size = SKM.sampling.size(population)
    assert 1 <= size <= population
    assert size <= SKM.sampling.size(population + more)


def test_below_ten_everybody_is_asked():
    assert [SKM.sampling.size(n) for n in range(1, 11)] == list(range(1, 11))


@pytest.mark.parametrize("score", [True, "1", 1.0, None])
def test_a_score_is_a_whole_number_and_nothing_that_looks_like_one(score):
    with pytest.raises(ArgumentError):
        Option(score=score, label="Baik")


@pytest.mark.parametrize("factor", ["1/0", "-1", "abc", "", "1e5", 0.111, True, "٢٥", "25 "])
def test_a_factor_is_an_exact_fraction(factor):
    with pytest.raises(ArgumentError, match="is not a fraction"):
        Scale(low=1, high=4, to_ikm=factor, place="Lampiran", confidence="A")


@pytest.mark.parametrize(("low", "high"), [(4, 1), (1, 1), (-1, 4), (0, 1000)])
def test_a_scale_ascends(low, high):
    with pytest.raises(ArgumentError, match="0 <= low < high <= 100"):
        Scale(low=low, high=high, place="Lampiran", confidence="A")


def test_a_sampling_rule_that_cannot_be_computed_is_refused():
    with pytest.raises(ArgumentError, match="chi2 above 0"):
        Sampling(chi2="3.841", p="1", d="0.05", place="Lampiran", confidence="A")
