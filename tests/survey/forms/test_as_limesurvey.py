"""The tab-separated structure follows LimeSurvey's documentation, and no name computes or is a tag."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from sipukat import standards
from sipukat.survey import form, questionnaire
from sipukat.survey.forms.as_limesurvey import answer_codes, question_code

CLASSES = {"S", "SL", "G", "Q", "A"}


def rows(**more):
    content = form(kind="limesurvey", **more)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), dialect="excel-tab"))


def test_every_row_is_of_a_documented_class_and_as_wide_as_the_heading():
    content = form(kind="limesurvey", lang=("id", "en")).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(content, newline=""), dialect="excel-tab"))
    assert {len(row) for row in table} == {len(table[0])}
    assert {row[0] for row in table[1:]} == CLASSES
    assert table[0][:5] == ["class", "type/scale", "name", "relevance", "text"]


@pytest.mark.parametrize("standard", standards.names("survey"))
def test_codes_are_what_limesurvey_takes(standard):
    asked = questionnaire(standard, units=["A", "B"], layanan=["Akta Kelahiran", "KTP"])
    codes = [question_code(question.name) for question in asked.questions]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]*", code) for code in codes)
    for question in asked.questions:
        found = answer_codes(question).values()
        assert len(set(found)) == len(question.choices)
        assert all(re.fullmatch(r"[a-zA-Z0-9]{1,5}", code) for code in found)


def test_the_second_language_repeats_the_same_rows_in_the_same_order():
    body = [row for row in rows(lang=("id", "en")) if row["class"] in {"G", "Q", "A"}]
    first, second = ([r for r in body if r["language"] == lang] for lang in ("id", "en"))
    same = ("class", "type/scale", "relevance", "mandatory", "default")
    assert [[r[key] for key in same] for r in first] == [[r[key] for key in same] for r in second]
    assert [r["name"] for r in first if r["class"] != "G"] == [r["name"] for r in second if r["class"] != "G"]
    (language,) = [r["text"] for r in rows(lang=("id", "en")) if r["name"] == "additional_languages"]
    assert language == "en"


def test_every_condition_names_a_question_and_an_answer_that_stand_before_it():
    before: dict[str, set[str]] = {}
    last = ""
    for row in rows():
        for name, code in re.findall(r'(\w+)\.NAOK == "(\w+)"', row["relevance"]):
            assert code in before[name]
        if row["class"] == "Q":
            last = row["name"]
            before[last] = set()
        elif row["class"] == "A":
            before[last].add(row["name"])


def test_no_name_is_a_tag_or_an_expression_and_each_can_be_read(hostile):
    table = rows(units=hostile, instansi=hostile[1])
    texts = [row[key] for row in table for key in ("text", "help") if row["class"] in {"Q", "A", "SL"}]
    assert not any(set(text) & set('<>{}"\\\t\n') for text in texts)
    shown = [html.unescape(text) for text in texts]
    assert {hostile[0], hostile[1], hostile[2], hostile[3]} <= set(shown)


def test_ip_addresses_are_not_kept_and_answers_are_anonymous():
    settings = {row["name"]: row["text"] for row in rows() if row["class"] == "S"}
    assert settings["ipaddr"] == "N"
    assert settings["anonymized"] == "Y"
