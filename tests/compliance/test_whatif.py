"""What if: the score before and after, and the difference leaf by leaf."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import compliance, standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.tree import tree_of
from sipukat.compliance.whatif import what_if
from sipukat.errors import ArgumentError, UnknownNameError

TREE = tree_of(standards.compliance("ombudsman-2022"))
SIXTY = Evidence.of(dict.fromkeys(TREE.keys, 60))
STANDAR = "proses.standar_pelayanan"


def test_worked_by_hand_a_standard_at_100_adds_40_hundredths_of_its_weight():
    found = what_if(SIXTY, "ombudsman-2022", {STANDAR: 100})
    assert found.difference == Fraction("32.37") * Fraction(40, 100)
    assert [(c.key, c.difference) for c in found.changes if c.difference] == [(STANDAR, Fraction("12.948"))]
    assert (found.band_before.code, found.band_after.code) == ("C", "C")
    assert "60,00 (C kuning) menjadi 72,95 (C kuning)" in found.sentence()


def test_the_evidence_that_was_given_stays_as_it_was():
    found = what_if(SIXTY, "ombudsman-2022", {STANDAR: 100})
    assert SIXTY.get(STANDAR).value == 60
    assert found.evidence.get(STANDAR).value == 100


def test_a_value_that_is_taken_away_counts_as_nothing_and_is_named():
    found = what_if(SIXTY, "ombudsman-2022", {STANDAR: None})
    assert found.unknown == (STANDAR,)
    assert found.score_after == 60 - Fraction("32.37") * Fraction(60, 100)


@given(
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
)
def test_differences_add_up_to_that_of_the_scores_and_agree_with_scoring(before, after):
    known, then = (Evidence.of(dict(zip(TREE.keys, values, strict=True))) for values in (before, after))
    found = what_if(known, "ombudsman-2022", dict(zip(TREE.keys, after, strict=True)))
    assert sum(c.difference for c in found.changes) == found.difference
    assert found.score_before == compliance.score(known, standard="ombudsman-2022").score
    assert found.score_after == compliance.score(then, standard="ombudsman-2022").score


def test_a_gate_that_opens_lets_its_leaf_count():
    known = Evidence.of({"f03": 4})
    found = what_if(known, "ipp-29-2022", {"responden_minimum": True})
    assert (found.score_before, found.score_after) == (0, 1)
    assert [(c.key, c.difference) for c in found.changes if c.difference] == [("f03", Fraction(1))]


def test_unknown_indicators_and_values_are_refused():
    with pytest.raises(UnknownNameError, match=r"proses\.standar_pelayanan"):
        what_if(SIXTY, "ombudsman-2022", {"proses.standar": 1})
    with pytest.raises(ArgumentError, match="from 0 to 100"):
        what_if(SIXTY, "ombudsman-2022", {STANDAR: 101})
    with pytest.raises(UnknownNameError, match="ombudsman-2023"):
        what_if(SIXTY, "ombudsman-2023x", {})


def test_it_is_a_frame_and_plain_data():
    found = what_if(SIXTY, "ombudsman-2022", {STANDAR: 100})
    assert found.to_frame().set_index("key").loc[STANDAR, "difference"] == pytest.approx(12.948)
    plain = json.loads(json.dumps(found.to_dict()))
    assert plain["format"] == "urn:sipukat:what_if:1"
    assert plain["changes"] == [{"key": STANDAR, "before": "60", "after": "100", "difference": "3237/250"}]


def test_all_of_it_is_plain_data_and_a_frame():
    found = what_if(SIXTY, "ombudsman-2022", {STANDAR: 100, "input.kompetensi": None})
    assert found.to_dict() == {
        "format": "urn:sipukat:what_if:1", "standard": "ombudsman-2022", "score_before": "60",
        "score_after": str(60 + Fraction("12.948") - Fraction("6.555")), "published_before": "60.00",
        "published_after": "66.39", "code_before": "C", "code_after": "C", "zone_before": "kuning",
        "zone_after": "kuning", "unknown": ["input.kompetensi"],
        "changes": [
            {"key": "input.kompetensi", "before": "60", "after": None, "difference": "-1311/200"},
            {"key": STANDAR, "before": "60", "after": "100", "difference": "3237/250"},
        ],
    }  # fmt: skip
    assert found.sentence("en") == (
        "The score under ombudsman-2022 changes from 60.00 (C kuning) to 66.39 (C kuning)."
    )
    frame = found.to_frame()
    columns = "key nama name before after points_before points_after difference"
    assert list(frame.columns) == columns.split()
    row = frame.iloc[2].tolist()
    assert row[:5] == [STANDAR, "Standar Pelayanan", "Service standard", 60, 100]
    assert row[5:] == pytest.approx([19.422, 32.37, 12.948])
    better = what_if(SIXTY, "ombudsman-2022", dict.fromkeys(TREE.keys, 90)).to_dict()
    assert (better["code_after"], better["zone_after"]) == ("A", "hijau")
