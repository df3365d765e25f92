"""An assertion passes what is right, and says of what is wrong what it saw."""

from __future__ import annotations

import pandas as pd
import pytest

import sipukat
from sipukat import datasets, ikm, read_survey, report
from sipukat.findings import Finding, Findings
from sipukat.testing import assert_document_has, assert_finds, assert_no_errors, assert_same_result

FOUND = Findings([Finding.of("LKP101", path="persyaratan", nama="Persyaratan", huruf="b", contoh="KTP")])


def survey(weights=None, last=4):
    frame = pd.DataFrame({"unit": list("AABB"), **{f"U{n}": [4, 3, 2, last] for n in range(1, 10)}})
    return frame if weights is None else frame.assign(w=weights)


def test_a_finding_is_given_back():
    assert assert_finds(FOUND, "LKP101", path="persyaratan", huruf="b") is FOUND[0]


@pytest.mark.parametrize(
    ("code", "how", "said"),
    [
        ("KNS201", {}, "codes found: LKP101"),
        ("LKP101", {"path": "biaya_tarif"}, "was found at: persyaratan"),
        ("LKP101", {"huruf": "c"}, "'huruf': 'b'"),
    ],
)
def test_an_absent_finding_is_told_with_what_was_found(code, how, said):
    with pytest.raises(AssertionError, match="was not found") as caught:
        assert_finds(FOUND, code, **how)
    assert said in str(caught.value)


def test_errors_are_told_with_what_would_be_right():
    assert_no_errors(Findings([Finding.of("SRV412", n=20)]))
    with pytest.raises(AssertionError, match="1 errors were found:\nLKP101 persyaratan"):
        assert_no_errors(FOUND)


def test_results_of_the_same_answers_are_the_same():
    first, second = ikm.estimate(survey(), by="unit"), ikm.estimate(survey().iloc[::-1], by="unit")
    assert_same_result(first, second)


def test_a_weighted_result_is_the_same_to_the_twelfth_digit():
    design = ikm.Design(weight="w")
    weights = pd.Series([1.1, 2.3, 3.7, 0.9])
    first = ikm.estimate(survey(weights), design=design)
    assert_same_result(first, ikm.estimate(survey(weights * (1 + 1e-15)), design=design))
    with pytest.raises(AssertionError, match="overall, ikm"):
        assert_same_result(first, ikm.estimate(survey(weights * (1 + 1e-9 * weights)), design=design))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (lambda: ikm.estimate(survey(last=3), by="unit"), "group 'B', ikm"),
        (lambda: ikm.estimate(survey()), "by: "),
        (lambda: ikm.estimate(survey().iloc[:2], by="unit"), "groups: "),
        (lambda: ikm.estimate(survey(), by="unit", confidence_level=0.9), "confidence_level: "),
    ],
)
def test_results_that_differ_are_told_where(other, said):
    with pytest.raises(AssertionError) as caught:
        assert_same_result(ikm.estimate(survey(), by="unit"), other())
    assert said in str(caught.value)


@pytest.fixture(scope="module")
def document():
    return report.build(ikm.estimate(read_survey(datasets.path("puskesmas-contoh")).responses))


def test_a_document_has_its_parts(document):
    figure = next(block.id for block in document.blocks if block.kind == "figure")
    assert_document_has(document, table="unsur", figure=figure, text="mutu")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"table": "tiada"}, "has no table 'tiada'; it has: "),
        ({"figure": "tiada"}, "has no figure"),
        ({"note": "IKM999"}, "has no note"),
        ({"text": "tiada kata"}, "nowhere says 'tiada kata'"),
    ],
)
def test_what_a_document_lacks_is_told(document, how, said):
    with pytest.raises(AssertionError) as caught:
        assert_document_has(document, **how)
    assert said in str(caught.value)


def test_a_draft_is_checked_in_one_line():
    assert_finds(sipukat.check({"nama": "KTP-el"}), "LKP101", path="biaya_tarif")
