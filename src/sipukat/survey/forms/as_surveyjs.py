"""SurveyJS: the JSON that its free library shows, and that its form services take.

The results are one object a respondent, with the names of the questions; an answer to an unsur is
its score. Set ``survey.locale`` to change the language of a form that has two.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sipukat.survey.forms.model import CONSENT, OLDEST, REFUSED, YOUNGEST, words

if TYPE_CHECKING:
    from datetime import datetime

    from sipukat.survey.forms.model import Choice, Question, Questionnaire, Words


def write(form: Questionnaire, *, generated: datetime | None = None) -> bytes:  # noqa: ARG001  it has no date
    """Return the JSON, UTF-8.

    Examples
    --------
    >>> from sipukat.survey.forms.model import questionnaire
    >>> [page["name"] for page in json.loads(write(questionnaire("spak")))["pages"]]
    ['persetujuan', 'profil', 'unsur', 'saran']
    """
    office = ", ".join(filter(None, (form.unit, form.instansi)))
    survey: dict[str, Any] = {
        "locale": form.languages[0],
        "title": _text(form, form.title),
        "description": office,
        "showProgressBar": True,
        "checkErrorsMode": "onNextPage",
        "completedHtml": _text(form, words()["texts"]["thanks"]),
        "pages": [
            page for group in ("persetujuan", "profil", "unsur", "saran") if (page := _page(form, group))
        ],
    }
    return (json.dumps(survey, ensure_ascii=False, indent=2) + "\n").encode()


def _text(form: Questionnaire, texts: Words) -> Any:
    """Return a text, or one a language; for SurveyJS English is the default of all others."""
    if len(form.languages) == 1:
        return texts[form.languages[0]]
    return {"default": texts["en"], "id": texts["id"]}


def _page(form: Questionnaire, group: Any) -> dict[str, Any] | None:
    questions = form.of(group)
    if not questions:
        return None
    page: dict[str, Any] = {"name": group, "title": _text(form, words()["groups"][group])}
    if group == CONSENT:
        page["description"] = _text(form, form.consent)
    else:
        # not "= ya": before the first answer the pages ahead are there, and the button says "next"
        page["visibleIf"] = f"{{{CONSENT}}} <> '{REFUSED}'"
    return page | {"elements": [_element(form, question) for question in questions]}


def _element(form: Questionnaire, question: Question) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": {"choice": "radiogroup", "comment": "comment"}.get(question.kind, "text"),
        "name": question.name,
        "title": _text(form, question.label),
    }
    if question.hint:
        element["description"] = _text(form, question.hint)
    if question.required:
        element["isRequired"] = True
    if question.only_if:
        name, code = question.only_if
        element["visibleIf"] = f"{{{name}}} = '{code}'"
    if question.kind == "choice":
        element["choices"] = [_choice(form, question, choice) for choice in question.choices]
    elif question.kind == "number":
        element |= {"inputType": "number", "min": YOUNGEST, "max": OLDEST} if question.name == "usia" else {}
    elif question.kind == "date":
        element |= {"inputType": "date", "defaultValueExpression": "today()"}
    if len(question.choices) == 1:
        element |= {"defaultValue": _value(question, question.choices[0]), "readOnly": True}
    return element


def _choice(form: Questionnaire, question: Question, choice: Choice) -> dict[str, Any]:
    return {"value": _value(question, choice), "text": _text(form, choice.label)}


def _value(question: Question, choice: Choice) -> str | int:
    return int(choice.code) if question.group == "unsur" else choice.code
