"""Headings and answers of our own forms are known as a whole, and change nothing for other files."""

from __future__ import annotations

import numpy as np
import pytest

from sipukat import standards
from sipukat.survey import headings
from sipukat.survey.answers import parse
from sipukat.survey.coded import Coded
from sipukat.survey.roles import role_of
from sipukat.survey.translations import questions

LAW = standards.survey("permenpanrb-14-2017")


@pytest.mark.parametrize("standard", standards.names("survey"))
def test_each_question_of_a_form_is_known_by_its_whole_text(standard):
    rule = standards.survey(standard)
    for unsur in rule.unsur:
        for text in questions(unsur):
            found = headings.read(text, rule)
            assert (found.key, found.strength) == (unsur.key, "name")


def test_a_question_after_a_code_is_known_as_limesurvey_exports_it():
    found = headings.read("sarana. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?", LAW)
    assert (found.key, found.strength) == ("sarana", "name")


def test_a_key_without_its_hyphens_below_is_known():
    assert headings.read("konsultasipengaduan", standards.survey("spkp")).strength == "name"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Usia (tahun) / Age (years)", "age"),
        ("jk. Jenis kelamin", "sex"),
        ("Penyandang disabilitas", "disability"),
        ("Nama / Name", "personal"),
        ("Apakah Saudara bersedia mengisi kuesioner ini?", "meta"),
        ("lastpage", "meta"),
        ("submitdate", "time"),
        ("Response ID", "respondent"),
        ("Kualitas / Quality", ""),
        ("a / b / c", ""),
    ],
)
def test_headings_of_form_services_have_a_role(heading, role):
    assert role_of(heading) == role


def test_a_heading_of_endless_codes_takes_no_time(bounded):
    with bounded():
        assert role_of("a. " * 5_000 + "usia") == ""
        assert headings.read("a. " * 5_000, LAW).key == ""


def test_english_answers_score_as_the_law_scores_their_indonesian_words():
    cells = Coded.of(["Free of charge", "Cheap", "Rather expensive", "Very expensive", "Gratis"])
    rows = np.arange(5)
    scores, _ = parse({"x": cells}, {"x": "biaya"}, LAW, rows)
    assert scores["biaya"].tolist() == [4, 3, 2, 1, 4]


def test_an_english_answer_of_another_unsur_is_refused():
    cells = Coded.of(["Free of charge"])
    with pytest.raises(ValueError, match="Free of charge"):
        parse({"x": cells}, {"x": "sarana"}, LAW, np.arange(1))
