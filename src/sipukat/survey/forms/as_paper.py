"""Paper: an A4 form to print, as PDF/A-2a and PDF/UA-1, by Typst and its own fonts.

Texts go to Typst as data, never as markup, and it reads no file and no network. Whoever types the
answers into a table heads its columns with the bold names, and writes the small numbers.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat.errors import ArgumentError
from sipukat.survey.forms.model import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.survey.forms.model import Choice, Question, Questionnaire, Words

_NO_DATE: Final = datetime(
    2017, 5, 12, tzinfo=UTC
)  # without a stated time the bytes may not hold the clock's
_STANDARDS: Final = ["a-2a", "ua-1"]
_UNPRINTABLE: Final = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_SHOWN_INSTEAD: Final = "□"
_MOST_TRIES: Final = 400
_MANY_CHOICES: Final = 12
_LONG_LABEL: Final = 70
_LONG_WORD: Final = 24


def write(form: Questionnaire, *, generated: datetime | None = None) -> bytes:
    """Return the PDF. Needs ``sipukat[pdf]``.

    A character that Typst's fonts lack is printed as □.

    Raises
    ------
    MissingExtraError
        If Typst, or segno where there is an address, is not installed.
    ArgumentError
        If Typst refuses to make the page.
    """
    typst = require("typst", extra="pdf", purpose="writing a paper form")
    template = files("sipukat.survey.forms").joinpath("paper.typ").read_bytes()
    made = (generated or _NO_DATE).astimezone(UTC)
    data = json.dumps(_data(form, made), ensure_ascii=False)
    for _ in range(_MOST_TRIES):
        try:
            content: bytes = typst.compile(
                template,
                sys_inputs={"form": data},
                pdf_standards=_STANDARDS,
                ignore_system_fonts=True,
                timestamp=int(made.timestamp()),
            )
        except typst.TypstError as failure:
            lacking = _unprintable(str(failure)) & set(data)
            if not lacking:
                raise ArgumentError(f"Typst could not make the form: {str(failure)[:300]}") from failure
            data = data.translate(dict.fromkeys(map(ord, lacking), _SHOWN_INSTEAD))
        else:
            return content
    raise ArgumentError(f"the form holds more than {_MOST_TRIES} characters that its fonts lack")


def _unprintable(message: str) -> set[str]:
    found = "".join(_UNPRINTABLE.findall(message))
    return set(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), found))


def _data(form: Questionnaire, made: datetime) -> dict[str, Any]:
    texts, lang = words()["texts"], form.languages[0]
    unsur, comments = form.of("unsur"), form.of("saran")
    numbered = bool(unsur and unsur[0].hint)
    return {
        "lang": lang,
        "date": [made.year, made.month, made.day],
        "title": " · ".join(filter(None, (form.title[lang], form.unit))),
        "titles": _in(form, form.title),
        "office": _breakable(", ".join(filter(None, (form.unit, form.instansi)))),
        "basis": texts["basis"][lang].format(regulation=form.regulation),
        "number": _in(form, texts["number"]),
        "consent": _in(form, form.consent),
        "agree": _in(form, texts["agree"]),
        "tick": _in(form, texts["tick"]),
        "groups": {name: _in(form, group) for name, group in words()["groups"].items()},
        "profile": _profile(form),
        "scale": _in(form, unsur[0].hint) if numbered else [],
        "unsur": [_unsur(form, question) for question in unsur],
        "comments": [_in(form, comments[0].label), _in(form, comments[0].hint)] if comments else [],
        "thanks": _in(form, texts["thanks"]),
        "qr": _qr(form.url) if form.url else "",
        "qr_alt": f"{texts['online'][lang]}: {form.url}",
        "online": _in(form, texts["online"]),
    }


def _in(form: Questionnaire, texts: Words) -> list[str]:
    """Return a text in each language, once where two are the same."""
    return list(dict.fromkeys(texts[lang] for lang in form.languages if texts.get(lang)))


def _profile(form: Questionnaire) -> list[dict[str, Any]]:
    """Return the head of the form: what is asked after another answer is a line behind that answer."""
    followed = {question.only_if for question in form.questions if question.only_if}
    rows = []
    for question in form.of("profil"):
        if question.only_if or (question.name == "unit" and form.unit):
            continue
        # a long list is no list to tick on paper: it is written in
        choices: Sequence[Choice] = question.choices if len(question.choices) <= _MANY_CHOICES else ()
        options = []
        for choice in choices:
            label = [_breakable(text) for text in _in(form, choice.label)]
            long = sum(map(len, label)) > _LONG_LABEL
            options.append({"label": label, "long": long, "line": (question.name, choice.code) in followed})
        short = question.kind in {"number", "date"}
        rows.append(
            {"label": _in(form, question.label), "choices": options, "line": not choices, "short": short}
        )
    return rows


def _breakable(text: str) -> str:
    """Return a text whose words fit on a line: a longer one may break anywhere."""
    words_ = (
        "\u200b".join(word[at : at + _LONG_WORD] for at in range(0, len(word), _LONG_WORD))
        for word in text.split(" ")
    )
    return " ".join(words_)


def _unsur(form: Questionnaire, question: Question) -> dict[str, Any]:
    choices = []
    for choice in question.choices:
        label = _in(form, choice.label)
        choices.append({"score": "" if label[0].startswith(choice.code) else choice.code, "label": label})
    return {"name": question.title[form.languages[0]], "label": _in(form, question.label), "choices": choices}


def _qr(url: str) -> str:
    segno = require("segno", extra="pdf", purpose="a QR code on a paper form")
    svg: str = segno.make(url, error="m", micro=False).svg_inline(border=2, dark="#17212b", light="#ffffff")
    return svg if "xmlns=" in svg else svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
