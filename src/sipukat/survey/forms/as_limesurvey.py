"""LimeSurvey: its documented tab-separated structure of a survey, UTF-8 with a byte order mark.

Texts there are HTML in which ``{…}`` is computed; every text from outside is escaped for both.
Codes of questions are letters and digits only, and codes of answers at most five of them.
"""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import TYPE_CHECKING, Final

from sipukat.survey.forms.model import AGREED, CONSENT, OLDEST, YOUNGEST, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.survey.forms.model import Question, Questionnaire

_COLUMNS: Final = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory",
    "other", "default", "same_default", "em_validation_q", "em_validation_q_tip",
)  # fmt: skip
_TYPES: Final = {"choice": "L", "number": "N", "date": "D", "text": "S", "comment": "T"}
_SHORT: Final = {
    "jenis_kelamin": "jk", "jenis_layanan": "layanan", "tanggal_survei": "tanggal", "jam_survei": "jam",
}  # fmt: skip
_CODE: Final = 5


def write(form: Questionnaire, *, generated: datetime | None = None) -> bytes:  # noqa: ARG001  it has no date
    r"""Return the structure, all of it in the first language and then in the second.

    Examples
    --------
    >>> from sipukat.survey.forms.model import questionnaire
    >>> write(questionnaire("spak")).decode("utf-8-sig").split("\t")[:3]
    ['class', 'type/scale', 'name']
    """
    buffer = io.StringIO(newline="")
    table: csv.DictWriter[str] = csv.DictWriter(buffer, _COLUMNS, restval="", dialect="excel-tab")
    table.writeheader()
    table.writerows(_rows(form))
    return buffer.getvalue().encode("utf-8-sig")


def _html(text: str) -> str:
    """Return a text as HTML in which nothing is a tag, and nothing an expression."""
    quiet = escape(text, quote=True).replace("{", "&#123;").replace("}", "&#125;").replace("\\", "&#92;")
    return " ".join(quiet.split())


def _rows(form: Questionnaire) -> Iterator[dict[str, str]]:
    base = form.languages[0]
    for name, text in {
        "language": base,
        "additional_languages": " ".join(form.languages[1:]),
        "format": "G",
        "anonymized": "Y",
        "datestamp": "Y",
        "ipaddr": "N",
        "refurl": "N",
        "showwelcome": "Y",
        "allowprev": "Y",
    }.items():
        yield {"class": "S", "name": name, "text": text}
    office = ", ".join(filter(None, (form.unit, form.instansi)))
    for lang in form.languages:
        for name, text in {
            "surveyls_title": form.title[lang],
            "surveyls_description": office,
            "surveyls_welcometext": form.consent[lang],
            "surveyls_endtext": words()["texts"]["thanks"][lang],
        }.items():
            yield {"class": "SL", "name": name, "text": _html(text), "language": lang}
    for lang in form.languages:
        yield from _body(form, lang)


def _body(form: Questionnaire, lang: Lang) -> Iterator[dict[str, str]]:
    agreed = f'{CONSENT}.NAOK == "{answer_codes(form.of(CONSENT)[0])[AGREED]}"'
    number = 0
    for group in ("persetujuan", "profil", "unsur", "saran"):
        questions = form.of(group)
        if not questions:
            continue
        number += 1
        yield {
            "class": "G",
            "type/scale": str(number),
            "name": words()["groups"][group][lang],
            "relevance": "1" if group == CONSENT else agreed,
            "language": lang,
        }
        for question in questions:
            yield from _question(form, question, lang)


def _question(form: Questionnaire, question: Question, lang: Lang) -> Iterator[dict[str, str]]:
    codes = answer_codes(question)
    row = {
        "class": "Q",
        "type/scale": _TYPES[question.kind],
        "name": question_code(question.name),
        "relevance": "1",
        "text": _html(question.label[lang]),
        "help": _html(question.hint.get(lang, "")),
        "language": lang,
        "mandatory": "Y" if question.required else "N",
        "other": "N",
    }
    if question.only_if:
        name, code = question.only_if
        asked = next(other for other in form.questions if other.name == name)
        row["relevance"] = f'{question_code(name)}.NAOK == "{answer_codes(asked)[code]}"'
    if question.name == "usia":
        row["em_validation_q"] = (
            f"is_empty(this) or (this >= {YOUNGEST} and this <= {OLDEST} and floor(this) == this)"
        )
        row["em_validation_q_tip"] = words()["texts"]["age_wrong"][lang]
    if len(codes) == 1:
        row |= {"default": next(iter(codes.values())), "same_default": "1"}
    yield row
    for choice in question.choices:
        yield {
            "class": "A",
            "type/scale": "0",
            "name": codes[choice.code],
            "text": _html(choice.label[lang]),
            "language": lang,
        }


def question_code(name: str) -> str:
    """Return the code of a question: letters and digits.

    Examples
    --------
    >>> question_code("jenis_kelamin"), question_code("konsultasi_pengaduan")
    ('jk', 'konsultasipengaduan')
    """
    return _SHORT.get(name) or re.sub(r"[^a-zA-Z0-9]", "", name)


def answer_codes(question: Question) -> dict[str, str]:
    """Return the code of each choice: at most five letters and digits, each once.

    A code that would have to be cut is numbered instead: a cut one would not say what it was.

    Examples
    --------
    >>> from sipukat.survey.forms.model import questionnaire
    >>> answer_codes(questionnaire().questions[6])
    {'PNS': 'PNS', 'TNI': 'TNI', 'POLRI': 'POLRI', 'swasta': 'A4', 'wirausaha': 'A5', 'lainnya': 'A6'}
    """
    found: dict[str, str] = {}
    for place, choice in enumerate(question.choices, start=1):
        fits = len(choice.code) <= _CODE and choice.code.isalnum()
        found[choice.code] = choice.code if fits else f"A{place}"
    if len(set(found.values())) < len(found):
        return {choice.code: f"A{place}" for place, choice in enumerate(question.choices, start=1)}
    return found
