"""The answers to each kind of form come back through `read_survey` without a mapping.

Each shape below is what the service exports: its headings, its own columns, its separators.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sipukat import read_survey, standards
from sipukat.errors import AnswerError
from sipukat.survey import questionnaire
from sipukat.survey.forms.as_limesurvey import answer_codes, question_code

STANDARDS = ["permenpanrb-14-2017", "kepmenpan-25-2004", "permenpanrb-16-2014", "spkp", "spak"]
LANGUAGES = ["id", "en", ("id", "en"), ("en", "id")]
ROLES = {
    "tanggal_survei": "time",
    "jenis_kelamin": "sex",
    "usia": "age",
    "pendidikan": "education",
    "pekerjaan": "job",
    "jenis_layanan": "service",
    "unit": "unit",
}
_DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
UNITS = ["Loket Kependudukan", "RSUD Contoh"]
SERVICES = ["KTP elektronik", "Akta Kelahiran"]


def asked(standard, lang):
    return questionnaire(standard, lang=lang, units=UNITS, layanan=SERVICES)


@st.composite
def people(draw, form):
    """Draw respondents: name of a question to the code that they chose, or to what they wrote."""

    def one(question):
        if question.name == "persetujuan":
            return st.just("ya")
        if question.kind == "choice":
            return st.sampled_from([choice.code for choice in question.choices])
        if question.kind == "number":
            return st.integers(17, 90)
        if question.kind == "date":
            return _DAYS.map(str)
        return st.sampled_from(["", "Antrean lama sekali", "Baik, terima kasih"])

    row = st.fixed_dictionaries({question.name: one(question) for question in form.questions})
    return draw(st.lists(row, min_size=2, max_size=6))


def label(form, question, code, lang):
    if question.kind != "choice":
        return code
    said = next(choice.label for choice in question.choices if choice.code == code)
    return form.text(said) if lang is None else said[lang]


def comma(rows, delimiter=","):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def kobo(form, answers):
    """KoboToolbox: XML values and headings, the groups in the headings, semicolons."""
    group = {q.name: "" if q.group == "persetujuan" else f"{q.group}/" for q in form.questions}
    names = [q.name for q in form.questions]
    own = ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"]
    own += ["__version__", "_tags", "_index"]
    rows = [["start", "end", *(group[name] + name for name in names), *own]]
    for place, row in enumerate(answers, start=1):
        times = [f"2026-03-02T08:{place:02}:00.000+07:00", f"2026-03-02T08:{place:02}:59.000+07:00"]
        more = [700 + place, f"uuid-{place}", f"2026-03-02T01:{place:02}:59", "", "", "submitted_via_web", ""]
        rows.append([*times, *(row[name] for name in names), *more, "vA1", "", place])
    return ".csv", comma(rows, ";")


def kobo_labels(form, answers):
    """KoboToolbox: labels in the first language, as headings and as values, without the groups."""
    lang = form.languages[0]
    rows = [["start", "end", *(q.label[lang] for q in form.questions), "_id", "_uuid", "_index"]]
    for place, row in enumerate(answers, start=1):
        times = [f"2026-03-02T08:{place:02}:00.000+07:00", f"2026-03-02T08:{place:02}:59.000+07:00"]
        said = [label(form, q, row[q.name], lang) for q in form.questions]
        rows.append([*times, *said, 700 + place, f"uuid-{place}", place])
    return ".xlsx", workbook(rows)


def odk(form, answers):
    """ODK Central: the groups before a hyphen, and the columns of Central."""
    head = [q.name if q.group == "persetujuan" else f"{q.group}-{q.name}" for q in form.questions]
    tail = ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"]
    tail += ["AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    rows = [["SubmissionDate", "start", "end", *head, *tail]]
    for place, row in enumerate(answers, start=1):
        times = [f"2026-03-02T01:{place:02}:59.000Z"] * 3
        key = f"uuid:{place}"
        more = [key, key, 5, "App User", 0, 0, "", "", "device", 0, "abc"]
        rows.append([*times, *(row[q.name] for q in form.questions), *more])
    return ".csv", comma(rows)


def surveyjs(form, answers):
    """SurveyJS: one object a respondent, unanswered questions left out."""
    unsur = {q.name for q in form.questions if q.group == "unsur"}
    said = [{n: int(v) if n in unsur else v for n, v in row.items() if v != ""} for row in answers]
    return ".json", json.dumps(said).encode()


def _limesurvey(form, answers, head, full):
    lang = form.languages[0]
    names = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
    if head != "code":
        names = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started"]
        names += ["Date last action"]
    heads = {
        "code": [question_code(q.name) for q in form.questions],
        "text": [q.label[lang] for q in form.questions],
        "both": [f"{question_code(q.name)}. {q.label[lang]}" for q in form.questions],
    }[head]
    rows = [[*names, *heads]]
    for place, row in enumerate(answers, start=1):
        when = f"2026-03-02 08:{place:02}:59"
        said = [
            label(form, q, row[q.name], lang) if full or q.kind != "choice" else answer_codes(q)[row[q.name]]
            for q in form.questions
        ]
        rows.append([place, when, 4, lang, 123456 + place, when, when, *said])
    return ".csv", comma(rows)


def limesurvey_codes(form, answers):
    """LimeSurvey: codes of questions and of answers."""
    return _limesurvey(form, answers, "code", full=False)


def limesurvey_code_and_answer(form, answers):
    """LimeSurvey: codes of questions, full answers."""
    return _limesurvey(form, answers, "code", full=True)


def limesurvey_text(form, answers):
    """LimeSurvey: full questions and answers, its default."""
    return _limesurvey(form, answers, "text", full=True)


def limesurvey_code_and_text(form, answers):
    """LimeSurvey: code and text of the questions, full answers."""
    return _limesurvey(form, answers, "both", full=True)


def google(form, answers):
    """Google Forms: the sheet of answers, with titles as headings and the chosen options as values."""
    rows = [["Stempel waktu", *(form.text(q.label) for q in form.questions)]]
    for place, row in enumerate(answers, start=1):
        when = dt.datetime(2026, 3, 2, 8, place)  # noqa: DTZ001  a workbook has no time zone
        rows.append([when, *(label(form, q, row[q.name], None) for q in form.questions)])
    return ".xlsx", workbook(rows)


def paper(form, answers):
    """Paper, typed into a table: the bold names, the small numbers, the words that were ticked."""
    lang = form.languages[0]
    typed = [q for q in form.questions if q.name != "persetujuan" and not q.only_if]
    rows = [["No", *(q.title.get(lang) or q.label[lang] for q in typed)]]
    for place, row in enumerate(answers, start=1):
        said = [int(row[q.name]) if q.group == "unsur" else label(form, q, row[q.name], lang) for q in typed]
        rows.append([place, *said])
    return ".xlsx", workbook(rows)


SHAPES = [
    kobo,
    kobo_labels,
    odk,
    surveyjs,
    limesurvey_codes,
    limesurvey_code_and_answer,
    limesurvey_text,
    limesurvey_code_and_text,
    google,
    paper,
]


def check(form, answers, shape, folder):
    suffix, content = shape(form, answers)
    path = folder / f"jawaban{suffix}"
    path.write_bytes(content)
    responses, findings = read_survey(path, standard=form.standard)
    rule = standards.survey(form.standard)
    assert responses.unsur == rule.unsur_keys
    expected = [[int(row[key]) for key in rule.unsur_keys] for row in answers]
    assert responses.frame[list(rule.unsur_keys)].to_numpy(dtype=int).tolist() == expected
    assert not findings.by_code("SRV415"), "a question was recognised by a guess only"
    found = set(responses.roles.values())
    assert found >= set(ROLES.values())
    assert "disability" in responses.provenance.columns.values()
    assert findings.by_code("SRV404"), "disability is left out, and it is said"
    assert not responses.columns("comment")
    ages = responses.frame[responses.columns("age")[0]].tolist()
    assert ages == [row["usia"] for row in answers]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(data=st.data())
def test_the_answers_come_back_without_a_mapping(shape, data, tmp_path):
    form = asked("permenpanrb-14-2017", data.draw(st.sampled_from(LANGUAGES)))
    check(form, data.draw(people(form)), shape, tmp_path)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("standard", STANDARDS[1:])
def test_the_answers_to_every_other_standard_come_back(standard, shape, tmp_path):
    for lang in ("id", ("en", "id")):
        form = asked(standard, lang)
        answers = [
            {q.name: q.choices[(row + at) % len(q.choices)].code if q.choices else "" for at, q in places}
            | {"persetujuan": "ya", "usia": 20 + row, "tanggal_survei": f"2026-03-0{row}"}
            for places in [list(enumerate(form.questions))]
            for row in range(1, 8)
        ]
        check(form, answers, shape, tmp_path)


@pytest.mark.parametrize("shape", [limesurvey_text, limesurvey_code_and_answer], ids=["text", "codes"])
def test_an_answer_that_the_form_does_not_offer_is_refused(shape, tmp_path):
    """Otherwise the tests above could pass on a reader that takes anything."""
    form = asked("permenpanrb-14-2017", "id")
    row = {q.name: q.choices[0].code if q.choices else "" for q in form.questions}
    suffix, content = shape(form, [{**row, "usia": 30, "tanggal_survei": "2026-03-02"}] * 3)
    path = tmp_path / f"jawaban{suffix}"
    path.write_bytes(content.replace(b"Tidak kompeten", b"Luar biasa"))
    with pytest.raises(AnswerError, match="Luar biasa"):
        read_survey(path)


def test_who_does_not_consent_is_left_with_no_answer(tmp_path):
    form = asked("permenpanrb-14-2017", "id")
    row = {q.name: q.choices[-1].code if q.choices else "" for q in form.questions}
    row |= {"persetujuan": "ya", "usia": 30, "tanggal_survei": "2026-03-02"}
    refusal = dict.fromkeys(row, "") | {"persetujuan": "tidak"}
    suffix, content = kobo(form, [row, refusal, row, row])
    path = tmp_path / f"jawaban{suffix}"
    path.write_bytes(content)
    frame = read_survey(path).responses.frame
    assert frame["sarana"].count() == 3
