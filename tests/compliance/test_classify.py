"""A bare score: its band and zone under the scheme that is named."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance import classify
from sipukat.errors import ArgumentError, UnknownNameError

SCHEMES = {
    "kepatuhan_2015_2021": "ombudsman-2021",
    "opini_2022_2024": "ombudsman-2022",
    "maladministrasi_2025": "ombudsman-2025",
}
NAMES = standards.names("compliance")


@pytest.fixture(scope="module")
def ombudsman(facts):
    return facts("standards-facts.json")["ombudsman"]


def test_every_published_pair_of_score_and_category_is_told_again(ombudsman):
    pairs = ombudsman["test_pairs"]
    assert len(pairs) >= 70
    for pair in pairs:
        told = classify(pair["score"], standard=SCHEMES[pair["scheme"]])
        assert (told.code, told.label) == (pair["code"], pair["label"]), pair
        assert pair["zone"] in {told.zone, None}, pair  # none was printed for 2025
        if "opini" in pair:
            assert pair["opini"].startswith(told.opini)


def test_the_boundaries_are_those_of_the_facts(ombudsman):
    for case in ombudsman["boundary_tests"]:
        assert classify(case["score"], SCHEMES[case["scheme"]]).code == case["code"], case


def test_one_score_has_two_colours_in_two_schemes(ombudsman):
    for trap in ombudsman["cross_scheme_traps"]:
        old, new = (classify(trap["score"], scheme) for scheme in ("ombudsman-2021", "ombudsman-2022"))
        assert old.code == trap["k2021"]
        assert f"{new.code}/{new.zone}" == trap["o2022"]


def test_the_bands_of_the_ipp_hold_their_printed_ends(facts):
    for band in facts("standards-facts.json")["ipp"]["bands"]:
        for end in ("min", "max"):
            assert classify(band[end], "ipp-29-2022").code == band["code"]


def test_the_story_of_the_city(ombudsman):
    told = {row["year"]: row for row in ombudsman["tanjungbalai"] if row["score"]}
    for year, row in told.items():
        scheme = "ombudsman-2021" if year <= 2021 else "ombudsman-2022"
        verdict = classify(row["score"], scheme)
        assert verdict.zone == row["zone"]
        assert row.get("category", verdict.code) == verdict.code


@pytest.mark.parametrize(
    ("score", "scheme", "code", "zone"),
    [
        ("10.02", "ombudsman-2021", "MERAH", "merah"),
        ("51.15", "ombudsman-2021", "KUNING", "kuning"),
        ("51.15", "ombudsman-2022", "D", "merah"),
        ("50.20", "ombudsman-2022", "D", "merah"),
        ("84,68", "ombudsman-2022", "B", "hijau"),
        (85.84, "ombudsman-2022", "B", "hijau"),
        (Decimal("53.38"), "ombudsman-2025", "K", "merah"),
        (Fraction(5), "ipp-29-2022", "A", "hijau"),
        (0, "ipp-29-2022", "F", "merah"),
        (np.float64(78.78), "ombudsman-2022", "B", "hijau"),
        (np.int64(54), "ombudsman-2022", "C", "kuning"),
    ],
)
def test_a_score_may_come_as_text_or_as_any_number(score, scheme, code, zone):
    told = classify(score, standard=scheme)
    assert (told.code, told.zone) == (code, zone)
    assert told.place
    assert told.confidence == told.band.confidence


@pytest.mark.parametrize(
    ("score", "scheme", "rounded", "code"),
    [
        ("80.995", "ombudsman-2021", "81.00", "HIJAU"),
        (80.995, "ombudsman-2021", "81.00", "HIJAU"),
        ("80.9949", "ombudsman-2021", "80.99", "KUNING"),
        ("77.995", "ombudsman-2022", "78.00", "B"),
        ("4.505", "ipp-29-2022", "4.51", "A"),
        ("4.5049", "ipp-29-2022", "4.50", "A-"),
    ],
)
def test_a_score_is_rounded_by_the_rule_of_the_scheme_and_the_rule_is_named(score, scheme, rounded, code):
    told = classify(score, scheme)
    assert (str(told.score), told.code) == (rounded, code)
    assert "angka 5 ke atas" in told.rule
    decided = classify(rounded, scheme).code != _cut(score, scheme)
    assert bool(told.findings.by_code("CMP800")) == decided


def _cut(score, scheme):
    return classify(str(Decimal(str(score)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")), scheme).code


def test_the_finding_on_rounding_names_the_rule_and_both_bands():
    (found,) = classify("80.995", "ombudsman-2021").findings
    assert found.code == "CMP800"
    assert "81,00" in found.message("id")
    assert all(word in found.message("en") for word in ("81.00", "HIJAU", "80.99", "KUNING", "angka 5"))


def test_inferred_bounds_and_colours_are_never_told_as_law():
    codes = [f.code for f in classify("62.57", "ombudsman-2025").findings]
    assert codes == ["CMP801", "CMP802"]
    assert [f.code for f in classify("3.2", "ipp-29-2022").findings] == ["CMP802"]
    assert not classify("62.57", "ombudsman-2022").findings
    assert "keyakinan C" in classify("62.57", "ombudsman-2025").sentence()


@pytest.mark.parametrize(
    ("score", "why"),
    [
        (float("nan"), "nan is no score; expected a number from 0 to 100"),
        (Decimal("NaN"), "is no score"),
        (float("inf"), "inf is no score"),
        (True, "True is no score"),
        (None, "None is no score"),
        ("hijau", "'hijau' is no score"),
        ("", "'' is no score"),
        ("84.68 B", "is no score"),
        (84.68 + 0j, "is no score"),
        (-0.001, "-0.001 is off the scale of ombudsman-2022; expected a number from 0 to 100"),
        ("100.004", "100.004 is off the scale"),
        (1e300, "off the scale"),
    ],
)
def test_what_is_no_score_is_refused_with_what_would_be_right(score, why):
    with pytest.raises(ArgumentError, match=why):
        classify(score, "ombudsman-2022")


def test_the_scheme_has_no_default_and_must_be_one():
    with pytest.raises(TypeError, match="standard"):
        classify("51.15")
    with pytest.raises(UnknownNameError, match="ombudsman-2022"):
        classify("51.15", "ombudsman-2023x")
    with pytest.raises(UnknownNameError, match="of kind survey"):
        classify("51.15", "permenpanrb-14-2017")


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_higher_score_never_has_a_worse_band(name, data):
    scheme = standards.compliance(name)
    top = int(scheme.scale.high) * 1000
    low, high = sorted((data.draw(st.integers(0, top)), data.draw(st.integers(0, top))))
    codes = [band.code for band in scheme.bands]
    told = [classify(Fraction(n, 1000), scheme) for n in (low, high)]
    assert codes.index(told[0].code) <= codes.index(told[1].code)
    for verdict in told:
        assert verdict.band.low <= verdict.score <= verdict.band.high  # no gap anywhere


def test_a_verdict_is_plain_data_and_pickles():
    told = classify("80.995", "ombudsman-2021")
    data = json.loads(json.dumps(told.to_dict()))
    assert data["format"] == "urn:sipukat:verdict:1"
    assert (data["score"], data["exact"], data["zone"]) == ("81.00", "16199/200", "hijau")
    assert pickle.loads(pickle.dumps(told)) == told  # noqa: S301  our own bytes


def test_a_verdict_is_a_sentence_in_two_languages():
    told = classify("50.20", "ombudsman-2022")
    assert told.sentence() == "Nilai 50,20 menurut ombudsman-2022: D, Kualitas Rendah, zona merah."
    assert told.sentence("en") == "A score of 50.20 under ombudsman-2022: D, Low quality, zone merah."
    assert repr(told) == "Verdict(50.20 under ombudsman-2022: D, Kualitas Rendah, zone merah)"


def _facts(score, scheme):
    return [(f.code, f.path, f.facts) for f in classify(score, scheme).findings]


def test_each_remark_has_its_scheme_and_its_facts():
    rule = standards.compliance("ipp-29-2022").scale.wording
    cut = {"score": "4.505", "rounded": 4.51, "cut": 4.5, "band": "A", "below": "A-"}
    assert _facts("4.505", "ipp-29-2022") == [
        ("CMP800", "ipp-29-2022", cut | {"rule": rule, "confidence": "C"}),
        ("CMP802", "ipp-29-2022", {"zone": "hijau", "band": "A"}),
    ]
    assert _facts(80, "ombudsman-2025") == [
        ("CMP801", "ombudsman-2025", {"band": "B", "low": 78.0}),
        ("CMP802", "ombudsman-2025", {"zone": "hijau", "band": "B"}),
    ]
    # rounded within one band: nobody is concerned
    assert _facts("80.005", "ombudsman-2022") == []


def test_a_verdict_has_all_that_its_band_has():
    told = classify("80", "ombudsman-2025").to_dict()
    assert {key: told[key] for key in ("code", "label", "zone", "opini", "confidence",
    "zone_confidence")} == {
        "code": "B", "label": "Baik", "zone": "hijau", "opini": "Kualitas Tinggi", "confidence": "C",
        "zone_confidence": "C",
    }  # fmt: skip
    assert [f["code"] for f in told["findings"]] == ["CMP801", "CMP802"]
    assert classify("80", "ombudsman-2022").to_dict()["opini"] is None
    assert told["place"] == standards.compliance("ombudsman-2025").band(Decimal(80)).place
    assert told["rule"] == standards.compliance("ombudsman-2025").scale.wording


def test_a_sentence_leaves_out_what_a_band_does_not_have():
    scheme = standards.compliance("ombudsman-2025")
    bare = tuple(band.model_copy(update={"zone": None}) for band in scheme.bands)
    told = classify("80", scheme.model_copy(update={"bands": bare}))
    assert told.sentence() == "Nilai 80,00 menurut ombudsman-2025: B, Baik (batas keyakinan C)."
    assert told.sentence("en") == "A score of 80.00 under ombudsman-2025: B, Good (bounds of confidence C)."
    assert told.to_dict()["zone_confidence"] is None
    whole = scheme.scale.model_copy(update={"decimals": 0})
    assert (
        classify("80.4", scheme.model_copy(update={"scale": whole})).sentence().startswith("Nilai 80 menurut")
    )
    # a band that is called as its zone is says so once
    assert classify("51.15", "ombudsman-2021").sentence().endswith(": Kepatuhan Sedang, zona kuning.")


def test_a_long_score_off_the_scale_is_said_in_few_figures():
    with pytest.raises(ArgumentError, match=r"^100\.333333 is off the scale of ombudsman-2022"):
        classify(Fraction(301, 3), "ombudsman-2022")
    with pytest.raises(ArgumentError, match=r"^101 is off the scale"):
        classify(101, "ombudsman-2022")
