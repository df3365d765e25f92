"""Evidence holds one value an indicator, exactly, with its source; it never guesses and never rounds."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.compliance.evidence import Evidence, Item
from sipukat.errors import ArgumentError

KEYS = st.sampled_from(["a", "b.1", "c.d", "sipp.21"])
VALUES = st.none() | st.booleans() | st.integers(0, 100) | st.decimals(0, 100, places=3)
EVIDENCE = st.dictionaries(KEYS, VALUES).map(Evidence.of)


@given(EVIDENCE)
def test_evidence_comes_back_from_plain_data(known):
    assert Evidence.from_dict(known.to_dict()) == known


@given(EVIDENCE, KEYS, VALUES)
def test_a_change_is_seen_in_the_copy_only(known, key, value):
    before = known.get(key)
    changed = known.with_(key, value, note="rencana")
    assert changed.get(key).value == value
    assert known.get(key) == before
    assert {k: v for k, v in changed.by_key.items() if k != key} == {
        k: v for k, v in known.by_key.items() if k != key
    }


@given(EVIDENCE, EVIDENCE)
def test_a_merge_knows_what_either_knows_and_overwrites_when_told(a, b):
    both = a.merge(b, overwrite=True)
    assert both.values().keys() == a.values().keys() | b.values().keys()
    assert all(both.get(key).value == value for key, value in b.values().items())


def test_a_decimal_comma_and_thirty_five_digits_are_kept_exactly():
    known = Evidence.of({"a": "84,68", "b": "0.12345678901234567890", "c": 0.1})
    assert known.get("a").value == Decimal("84.68")
    assert str(known.get("b").value) == "0.12345678901234567890"
    assert known.get("c").value == Decimal("0.1")


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "NaN", "ya", "1.234,5", [1], Decimal("NaN")])
def test_a_value_that_is_no_number_is_refused_with_its_place(bad):
    with pytest.raises(ArgumentError, match=r"items\[0\]\.value"):
        Evidence.of({"a": bad})


def test_two_values_of_one_indicator_are_refused_with_both_sources():
    twice = [{"key": "a", "value": 1, "source": "SK"}, {"key": "a", "value": 2, "source": "laman"}]
    with pytest.raises(ArgumentError, match=r"1 \(SK\) and 2 \(laman\)"):
        Evidence.from_dict({"items": twice})


def test_a_merge_that_contradicts_names_every_clash():
    a = Evidence.of({"a": 1, "b": True}, source="dokumen")
    with pytest.raises(ArgumentError, match=r"a: 1 .*; b: True .*overwrite=True"):
        a.merge(Evidence.of({"a": 2, "b": 1}))


def test_bounds_are_worth_more_than_nothing_and_less_than_a_value():
    bounded = Evidence(items=(Item(key="a", low=1, high=3),))
    blank = Evidence(items=(Item(key="a", note="belum diperiksa"),))
    assert bounded.merge(blank).get("a").low == 1
    assert blank.merge(bounded).get("a").high == 3
    assert bounded.merge(Evidence.of({"a": 2})).get("a").value == 2


@pytest.mark.parametrize("item", [{"low": 3, "high": 2}, {"value": 1, "low": 0}, {"low": True}])
def test_bounds_that_make_no_sense_are_refused(item):
    with pytest.raises(ArgumentError, match="low"):
        Evidence.from_dict({"items": [{"key": "a", **item}]})


def test_an_unknown_field_format_or_key_is_refused():
    with pytest.raises(ArgumentError, match="'value'"):
        Evidence.from_dict({"items": [{"key": "a", "valeu": 1}]})
    with pytest.raises(ArgumentError, match="format 'x'"):
        Evidence.from_dict({"format": "x"})
    with pytest.raises(ArgumentError, match="key"):
        Evidence.of({"Input Kompetensi": 1})


def test_what_was_gathered_for_a_scheme_is_kept_for_it_alone():
    items = (Item(key="a", value=1, schemes=("x",)), Item(key="b", value=2))
    known = Evidence(items=items, unit="Dinas Contoh", on=date(2026, 1, 2))
    assert known.of_scheme("y").values() == {"b": 2}
    assert known.of_scheme("y").unit == "Dinas Contoh"
    assert known.of_scheme("x") is known


def test_a_copy_with_other_items_does_not_remember_the_old_ones():
    known = Evidence.of({"a": 1})
    assert "a" in known
    copy = known.model_copy(update={"items": Evidence.of({"b": 2}).items})
    assert "b" in copy
    assert "a" not in copy


def test_plain_data_is_what_json_holds():
    item = Item(key="a", value=Decimal("50.20"), schemes=("ombudsman-2022",))
    told = Evidence(items=(item,), unit="Dinas", on=date(2026, 7, 1)).to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["items"][0]["value"], told["on"], told["unit"]) == ("50.20", "2026-07-01", "Dinas")
