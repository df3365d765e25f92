"""SurveyJS's own library loads the JSON, finds no error in it, and runs it as a respondent would."""

from __future__ import annotations

import json
import subprocess

import pytest

from sipukat import standards
from sipukat.survey import form, questionnaire

SCRIPT = """
const { Model } = require(process.argv[1]);
require(process.argv[1] + "/i18n/indonesian.js");
const tasks = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(tasks.map(({ json, answers, locale, end }) => {
  const model = new Model(json);
  if (locale) model.locale = locale;
  const shown = {};
  for (const q of model.getAllQuestions())
    shown[q.name] = { title: q.processedTitle, texts: (q.choices || []).map(c => c.text),
                      values: (q.choices || []).map(c => c.value), type: q.getType() };
  for (const [name, value] of Object.entries(answers || {})) model.setValue(name, value);
  const visible = model.visiblePages.map(p => p.name);
  if (end) { while (model.nextPage()); model.tryComplete(); }
  return { errors: (model.jsonErrors || []).map(e => e.message), locale: model.locale, shown,
           title: model.processedTitle, visible,
           next: model.completeText, state: model.state, data: model.data };
})));
"""


@pytest.fixture(scope="module")
def run(node_modules):
    library = node_modules("survey-core")

    def load(*tasks):
        done = subprocess.run(
            ["node", "-e", SCRIPT, str(library)],  # noqa: S607  found by the fixture
            input=json.dumps(tasks),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return load


def surveyjs(standard="permenpanrb-14-2017", **more):
    return json.loads(form(standard, "surveyjs", **more))


def test_the_library_finds_no_error_and_every_question(run):
    names = standards.names("survey")
    seen = run(*({"json": surveyjs(name, lang=("id", "en"), layanan=["KTP"])} for name in names))
    for name, survey in zip(names, seen, strict=True):
        assert survey["errors"] == []
        assert survey["locale"] == "id"
        assert list(survey["shown"]) == [q.name for q in questionnaire(name).questions]


def test_the_library_would_see_an_error(run):
    wrong = surveyjs()
    wrong["pages"][0]["elements"][0]["typo"] = 1
    (seen,) = run({"json": wrong})
    assert seen["errors"]


def test_it_speaks_both_languages(run):
    both = surveyjs(lang=("id", "en"))
    indonesian, english = run({"json": both}, {"json": both, "locale": "en"})
    assert indonesian["shown"]["biaya"]["texts"] == ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]
    assert english["shown"]["biaya"]["texts"][-1] == "Free of charge"
    assert indonesian["next"] == "Selesai"
    assert english["shown"]["usia"]["title"] == "Age (years)"


def test_an_answer_to_an_unsur_is_its_score(run):
    (seen,) = run({"json": surveyjs()})
    assert seen["shown"]["waktu"]["values"] == [1, 2, 3, 4]


def test_without_consent_nothing_is_asked_and_the_survey_ends(run):
    asked = surveyjs()
    begins, agrees, refuses = run(
        {"json": asked},
        {"json": asked, "answers": {"persetujuan": "ya"}, "end": True},
        {"json": asked, "answers": {"persetujuan": "tidak"}, "end": True},
    )
    assert begins["visible"] == agrees["visible"]
    assert refuses["visible"] == ["persetujuan"]
    assert agrees["visible"] == ["persetujuan", "profil", "unsur", "saran"]
    assert agrees["state"] == "running", "the unsur must be answered first"
    assert refuses["state"] == "completed"
    assert refuses["data"] == {"persetujuan": "tidak"}


def test_hostile_names_are_shown_as_they_are(run, hostile):
    (seen,) = run({"json": surveyjs(units=hostile, instansi=hostile[2])})
    assert seen["errors"] == []
    texts = seen["shown"]["unit"]["texts"]
    assert texts[:5] == hostile[:5]
    assert all(isinstance(value, str) and value.isascii() for value in seen["shown"]["unit"]["values"])
