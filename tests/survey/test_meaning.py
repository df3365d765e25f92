"""What one value means, for one unsur."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from sipukat.survey.meaning import MISSING, understand

WORDS = {"gratis": 4, "murah": 3}


def _meant(value, levels=(1, 2, 3, 4)):
    meaning = understand(value, WORDS, levels)
    return meaning.kind, meaning.score, meaning.reason


@pytest.mark.parametrize(
    ("value", "score"),
    [
        (3, 3), (3.0, 3), (np.int8(3), 3), (Decimal("3.00"), 3), (Fraction(6, 2), 3), ("3", 3), ("3,0", 3),
        ("3.0000000", 3), ("003", 3), ("1000", 1000), ("-2", -2), ("0", 0), (0, 0), ("3 ", 3), ("１", 1),
        ("9" * 15, 10**15 - 1), ("3,0" + "0" * 14, 3),
    ],
)  # fmt: skip
def test_a_number_is_one_in_any_writing(value, score):
    assert _meant(value) == ("number", score, "")


@pytest.mark.parametrize(
    "mark", ["3.", "3)", "(3)", "(3).", "3:", "3=", "3 -", "3 –", "3 —", "3-", "3–", "3 .", "3) "]
)
def test_a_number_may_stand_before_words(mark):
    assert _meant(f"{mark} murah") == _meant(f"{mark} wajar") == ("number", 3, "")
    assert _meant("3-murah") == _meant("3—wajar") == ("number", 3, "")
    wrong = mark.replace("3", "4")
    assert _meant(f"{wrong} Murah.") == ("bad", 0, "its number and its words disagree ('murah' is 3)")


@pytest.mark.parametrize("text", ["3 (murah)", "3[murah]", "3 (murah.)", "3 (wajar)"])
def test_a_number_may_stand_before_words_in_brackets(text):
    assert _meant(text) == ("number", 3, "")
    assert _meant(text.replace("3", "4")) == (
        ("number", 4, "")
        if "wajar" in text
        else ("bad", 0, "its number and its words disagree ('murah' is 3)")
    )


@pytest.mark.parametrize(
    ("text", "kind", "score"),
    [
        ("a", "letter", 1), ("d", "letter", 4), ("D", "letter", 4), ("z", "letter", 26), ("c. wajar",
        "letter", 3),
        ("c. murah", "label", 3), ("d) gratis", "label", 4), ("f. wajar", "letter", 6), ("a - wajar",
        "letter", 1),
        (" GRATIS ", "label", 4), ("murah", "label", 3),
    ],
)  # fmt: skip
def test_letters_and_words_are_told_apart(text, kind, score):
    assert _meant(text) == (kind, score, "")


def test_letters_begin_where_the_scale_begins():
    assert _meant("b", (0, 1, 2)) == ("letter", 1, "")
    assert _meant("b. wajar", (0, 1, 2)) == ("letter", 1, "")


@pytest.mark.parametrize("word", sorted(MISSING))
def test_each_word_of_a_missing_answer_is_one(word):
    assert _meant(word) == _meant(f" {word.upper()} ") == ("missing", 0, "")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "a truth value"), (np.False_, "a truth value"), ("true", "a truth value"), ("FALSE",
        "a truth value"),
        (2.5, "not a whole number"), ("2,5", "not a whole number"), ("2.5", "not a whole number"),
        (Fraction(5, 2), "not a whole number"), (float("nan"), "not finite"), (-float("inf"), "not finite"),
        (None, "a NoneType"), ([3], "a list"), ("#REF!", "an error of the spreadsheet"),
        ("=A1", "a formula that no program has computed"),
        *((text, "not an answer that is known") for text in (
            "é", "baik", "g. wajar", "a-murah", "3 murah", "3 (murah", "4. 5", "4 (5)", "(murah) 3",
            "33. murah",
            "3. " + "y" * 202, "3 (" + "y" * 202 + ")", "9" * 16, "3." + "0" * 16, "{", "`",
        )),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said_to_be_none(value, reason):
    assert _meant(value) == ("bad", 0, reason)


def test_words_up_to_two_hundred_letters_and_one_are_read():
    assert _meant("3. " + "y" * 201)[:2] == _meant("3 (" + "y" * 201 + ")")[:2] == ("number", 3)
