"""XLSForm, for KoboToolbox, ODK and whatever else reads it: the sheets survey, choices, settings.

The columns of the answers are ``group/name`` (Kobo) or ``group-name`` (ODK), and an unsur is named by
its key, never by a code: what ``U8`` counts depends on the order of a questionnaire.
"""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sipukat._require import require
from sipukat._version import __version__
from sipukat.survey.forms.model import AGREED, CONSENT, OLDEST, YOUNGEST, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat.survey.forms.model import Choice, Question, Questionnaire, Words

_LANGUAGES: Final = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_TYPES: Final = {"number": "integer", "date": "date", "text": "text", "comment": "text"}
_SAFE: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_DATE: Final = datetime(
    2017, 5, 12, tzinfo=UTC
)  # without a stated time the bytes may not hold the clock's
_WIDTHS: Final = {"type": 24, "name": 20, "list_name": 20, "relevant": 34, "constraint": 26}


def write(form: Questionnaire, *, generated: datetime | None = None) -> bytes:
    """Return the workbook. Needs ``sipukat[excel]``.

    Raises
    ------
    MissingExtraError
        If XlsxWriter is not installed.

    Examples
    --------
    >>> from sipukat.survey.forms.model import questionnaire
    >>> write(questionnaire("spak"))[:2]
    b'PK'
    """
    xlsxwriter = require("xlsxwriter", extra="excel", purpose="writing an XLSForm")
    survey, choices = list(_survey(form)), list(_choices(form))
    sheets = {"survey": survey, "choices": choices, "settings": [_settings(form, [*survey, *choices])]}
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **_SAFE})
    made = (generated or _NO_DATE).astimezone(UTC).replace(tzinfo=None, microsecond=0)
    title = form.text(form.title)[:255]
    workbook.set_properties({"title": title, "author": f"sipukat {__version__}", "created": made})
    head = workbook.add_format({"bold": True, "bg_color": "#eef3f7", "bottom": 1})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column, 46 if "::" in column else 14))
            sheet.write_string(0, place, column, head)
            for line, row in enumerate(rows, start=1):
                if text := row.get(column, ""):
                    sheet.write_string(line, place, text, body)
        sheet.freeze_panes(1, 2)
    workbook.close()
    return buffer.getvalue()


def _inert(text: str) -> str:
    """Return a text in which no form server finds a reference to an answer, ``${…}``."""
    return text.replace("${", "$ {")


def _in(form: Questionnaire, column: str, texts: Words) -> dict[str, str]:
    return {
        f"{column}::{_LANGUAGES[lang]}": _inert(texts[lang]) for lang in form.languages if texts.get(lang)
    }


def _survey(form: Questionnaire) -> Iterator[dict[str, str]]:
    """Yield the rows of the sheet survey; the first tells every column in its usual order."""
    labels, hints, wrong = (
        _in(form, column, {"id": " ", "en": " "}) for column in ("label", "hint", "constraint_message")
    )
    order = {"type": "start", "name": "start", **labels, **hints, "required": "", "relevant": ""}
    more = {"appearance": "", "default": "", "constraint": "", **wrong}
    yield dict.fromkeys([*order, *more], "") | {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    head: Words = {lang: f"{text}\n{_office(form)}".rstrip() for lang, text in form.title.items()}
    yield {"type": "note", "name": "judul", **_in(form, "label", head)}
    yield {"type": "note", "name": "penjelasan", **_in(form, "label", form.consent)}
    for question in form.of(CONSENT):
        yield _row(form, question)
    for group in ("profil", "unsur", "saran"):
        questions = form.of(group)
        if questions:
            agreed = {"relevant": f"${{{CONSENT}}} = '{AGREED}'", "appearance": "field-list"}
            yield {
                "type": "begin_group",
                "name": group,
                **_in(form, "label", words()["groups"][group]),
                **agreed,
            }
            for question in questions:
                yield _row(form, question)
            yield {"type": "end_group"}
    yield {"type": "note", "name": "terima_kasih", **_in(form, "label", words()["texts"]["thanks"])}


def _office(form: Questionnaire) -> str:
    return ", ".join(filter(None, (form.unit, form.instansi)))


def _row(form: Questionnaire, question: Question) -> dict[str, str]:
    chosen = question.kind == "choice"
    row = {
        "type": f"select_one {_list(question)}" if chosen else _TYPES[question.kind],
        "name": question.name,
        **_in(form, "label", question.label),
        **_in(form, "hint", question.hint),
    }
    if question.required:
        row["required"] = "yes"
    if question.only_if:
        name, code = question.only_if
        row["relevant"] = f"${{{name}}} = '{code}'"
    if question.group == "unsur":
        row["appearance"] = "likert"
    elif question.kind == "comment":
        row["appearance"] = "multiline"
    if question.kind == "date":
        row |= {"default": "today()"}
    if question.name == "usia":
        row["constraint"] = f". >= {YOUNGEST} and . <= {OLDEST}"
        row |= _in(form, "constraint_message", words()["texts"]["age_wrong"])
    if chosen and len(question.choices) == 1:
        row["default"] = question.choices[0].code
    return row


def _list(question: Question) -> str:
    """Return the name of the list of choices: its own, so that each unsur has the words of the law."""
    return f"jawaban_{question.name}"


def _choices(form: Questionnaire) -> Iterator[dict[str, str]]:
    for question in form.questions:
        for choice in question.choices:
            yield _choice(form, question, choice)


def _choice(form: Questionnaire, question: Question, choice: Choice) -> dict[str, str]:
    return {"list_name": _list(question), "name": choice.code, **_in(form, "label", choice.label)}


def _settings(form: Questionnaire, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the row of the sheet settings; the version changes when, and only when, the form does."""
    version = hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
    return {
        "form_title": _inert(" · ".join(filter(None, (form.title[form.languages[0]], form.unit)))),
        "form_id": f"{form.standard.replace('-', '_')}",
        "version": version,
        "default_language": _LANGUAGES[form.languages[0]],
    }
