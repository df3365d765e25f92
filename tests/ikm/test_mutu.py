"""The letter of a number, above all in the gaps between the printed bands."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat._text import round_half_up
from sipukat.errors import EstimationError
from sipukat.ikm.mutu import band_index, classify, ordered_bands

LAW = "permenpanrb-14-2017"
EDGES = [
    ("25", "D"), ("64.99", "D"), ("65", "C"), ("76.60", "C"),
    ("76.61", "B"), ("88.30", "B"), ("88.31", "A"), ("100", "A"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "mutu"), EDGES)
def test_the_edges_of_every_band_are_where_the_law_draws_them(value, mutu):
    for number in (value, Decimal(value), Fraction(value), float(value), value.replace(".", ",")):
        assert classify(number).mutu == mutu


def test_what_falls_between_two_printed_bands_has_a_letter(facts):
    for case in facts("skm-facts.json")["gap_cases"]:
        exact = Fraction(case["total"], 9 * case["n"]) * 25
        assert round_half_up(exact, 5) == Decimal(case["ikm_exact"])
        assert classify(exact).mutu == case["band_at_2dp"]
        assert classify(case["ikm_exact"]).mutu == case["band_at_2dp"]


def test_a_letter_comes_with_label_number_and_place():
    letter = classify("76,61")
    assert (letter.kinerja, letter.performance, letter.nilai) == ("Baik", "Good", Decimal("76.61"))
    assert letter.place
    assert letter.confidence == "A"


def test_older_bands_give_other_letters():
    assert classify(74.926).mutu == "C"
    assert classify(74.926, "kepmenpan-25-2004").kinerja == "Baik"
    assert classify(74.926, standards.get("KEP/25/M.PAN/2/2004")).mutu == "B"


def test_rounding_goes_half_up_and_once():
    assert classify(Decimal("76.605")).nilai == Decimal("76.61")
    assert classify("76.6049").nilai == Decimal("76.60")
    assert classify(88.305).mutu == "A"  # as it is written, not as binary keeps it


@pytest.mark.parametrize(
    "value",
    ["3.7", 3.7, 0, 24.9, 100.01, 101, -1, float("nan"), float("inf"), Decimal("NaN"), Fraction(7, 2)],
)
def test_what_is_off_the_scale_is_refused_with_its_value(value):
    with pytest.raises(ValueError, match=r"25 to 100|not a finite") as caught:
        classify(value)
    assert repr(value) in str(caught.value)


def test_an_average_is_refused_with_a_hint_and_never_multiplied():
    with pytest.raises(ValueError, match="on the scale 1-4 is first multiplied by 25"):
        classify("3,7")


@pytest.mark.parametrize("value", [True, None, "B", "", "76,61 %", [80], 1j])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="an IKM to classify"):
        classify(value)


def test_a_standard_without_bands_says_why():
    for name in ("spak", "spkp"):
        with pytest.raises(EstimationError, match=f"{name} draws no bands.*skala 1-6"):
            classify(80, name)
        with pytest.raises(EstimationError, match="draws no bands"):
            band_index(np.array([8000]), name)


@given(value=st.fractions(25, 100))
def test_every_number_on_the_scale_has_one_letter(value):
    letter = classify(value)
    lows = {band.mutu: band.low for band in ordered_bands(LAW)}
    assert lows[letter.mutu] <= letter.nilai
    assert all(low <= lows[letter.mutu] or low > letter.nilai for low in lows.values())


@given(one=st.fractions(25, 100), other=st.fractions(25, 100))
def test_a_better_number_never_has_a_worse_letter(one, other):
    low, high = sorted((one, other))
    assert classify(low).mutu >= classify(high).mutu


def test_many_letters_at_once_are_those_of_one_at_a_time():
    hundredths = np.arange(2500, 10001)
    letters = [ordered_bands(LAW)[place].mutu for place in band_index(hundredths)]
    assert letters == [classify(Decimal(int(h)).scaleb(-2)).mutu for h in hundredths]


def test_no_index_has_no_letter():
    assert band_index(np.array([[-1, 2499], [2500, 10000]])).tolist() == [[-1, -1], [0, 3]]
    assert band_index(np.array([], dtype=np.int64)).tolist() == []


def test_unrounded_indices_are_refused():
    with pytest.raises(TypeError, match="float64"):
        band_index(np.array([76.61]))


@pytest.mark.parametrize(
    ("name", "low", "high"), [("permenpanrb-14-2017", "25", "100"), ("kepmenpan-25-2004", "25", "100")]
)
def test_the_ends_of_the_scale_are_on_it_and_a_cent_beyond_is_not(name, low, high):
    lowest, highest = ordered_bands(name)[0].mutu, ordered_bands(name)[-1].mutu
    assert (classify(low, name).mutu, classify(high, name).mutu) == (lowest, highest)
    assert classify(Fraction(low) - Fraction(1, 200), name).mutu == lowest  # half up to 25.00
    for beyond in (Fraction(low) - Fraction(1, 100), Fraction(high) + Fraction(1, 200)):
        with pytest.raises(ValueError, match=r"25 to 100$"):
            classify(beyond, name)


@pytest.mark.parametrize(("value", "hint"), [("1", True), ("4", True), ("0,99", False), ("4,01", False)])
def test_only_an_average_on_the_scale_is_hinted_at(value, hint):
    with pytest.raises(ValueError, match="25 to 100") as refused:
        classify(value)
    assert ("first multiplied" in str(refused.value)) is hint


def test_what_lies_below_the_lowest_band_has_no_letter():
    law = standards.get(LAW)
    high = law.model_copy(update={"bands": tuple(band for band in law.bands if band.mutu != "D")})
    with pytest.raises(EstimationError, match=r"30.00 lies below the lowest band of .*, which starts at 65"):
        classify(30, high)
    bare = law.model_copy(update={"bands": (), "bands_note": ""})
    with pytest.raises(EstimationError, match=r"draws no bands, so no letter can be given$"):
        classify(30, bare)
