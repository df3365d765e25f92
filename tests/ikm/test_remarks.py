"""What is remarked of a result has all its figures."""

import numpy as np
import pandas as pd

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]


def remarks(scores, **columns):
    frame = pd.DataFrame({**columns, **dict.fromkeys(CODES, scores)})
    return ikm.estimate(frame, by=list(columns), order="peraturan").findings


def facts(findings, code):
    return [(found.path, dict(found.facts)) for found in findings.by_code(code)]


def test_one_or_two_respondents_have_no_error_and_are_counted():
    found = remarks([3, 3, 4, 2, 4, 4], unit=list("ABBBCC"))
    assert facts(found, "IKM603") == [("A", {"n": 1}), ("C", {"n": 2})]
    assert facts(found, "IKM608") == [("", {"groups": ["keseluruhan (6)", "B (3)"]})]


def test_answers_all_alike_have_an_error_of_zero_which_is_said():
    assert facts(remarks([3, 3, 3]), "IKM604") == [("", {"n": 3})]
    assert facts(remarks([3, 3, 4]), "IKM604") == []


def test_a_group_without_an_answer_has_no_index_which_is_said():
    found = remarks([3, 4, 3, np.nan, np.nan], unit=list("AAABB"))
    assert facts(found, "IKM605") == [("B", {"n": 2})]


def test_a_letter_that_depends_on_how_groups_are_combined_is_said_with_every_way():
    # A: 300 of score 4 is 100; B: 100 of score 2 is 50. All: 87.50; mean of the two: 75.00
    found = remarks([4] * 300 + [2] * 100, unit=["A"] * 300 + ["B"] * 100)
    (said,) = facts(found, "IKM611")
    assert said[1]["rules"] == [
        "pooled: 87,50 (B)",
        "simple_mean: 75,00 (C)",
        "respondent_weighted: 87,50 (B)",
    ]


def test_a_letter_near_a_border_is_said_with_its_chances():
    (said,) = facts(remarks([3, 3, 4, 2, 3, 4, 4, 3]), "IKM609")
    (only,) = said[1]["groups"]
    assert only.startswith("keseluruhan B (B ")
    assert only.endswith(" %)")
    assert "A " in only
    assert "C " in only
