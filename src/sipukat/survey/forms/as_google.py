"""Google Forms: a table of its items for the person who makes the form, since no file can be imported.

One row a question: title, description, type, the choices one a line (pasted into the first
option they become one option each), whether it is required. The sheet of answers has the titles
as headings and the choices as values.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from sipukat.survey.forms.model import CONSENT, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sipukat.survey.forms.model import Question, Questionnaire

_HEADS: Final = {
    "id": ("No.", "Bagian", "Pertanyaan", "Deskripsi", "Jenis", "Pilihan (satu per baris)", "Wajib"),
    "en": ("No.", "Section", "Question", "Description", "Type", "Options (one a line)", "Required"),
}
_TYPES: Final = {
    "id": {
        "choice": "Pilihan ganda",
        "number": "Jawaban singkat (validasi: angka 1-120)",
        "date": "Tanggal",
        "text": "Jawaban singkat",
        "comment": "Paragraf",
    },
    "en": {
        "choice": "Multiple choice",
        "number": "Short answer (validation: number 1-120)",
        "date": "Date",
        "text": "Short answer",
        "comment": "Paragraph",
    },
}
_YES: Final = {"id": ("ya", "tidak"), "en": ("yes", "no")}
_ACTIVE: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write(form: Questionnaire, *, generated: datetime | None = None) -> bytes:  # noqa: ARG001  it has no date
    """Return the table as CSV: UTF-8 with a byte order mark, semicolons.

    Examples
    --------
    >>> from sipukat.survey.forms.model import questionnaire
    >>> write(questionnaire("spak", lang="en")).decode("utf-8-sig").splitlines()[0]
    'No.;Section;Question;Description;Type;Options (one a line);Required'
    """
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADS[form.languages[0]])
    table.writerows([_inert(cell) for cell in row] for row in _rows(form))
    return buffer.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, in its first line or its others."""
    return f"'{text}" if text.lstrip().startswith(_ACTIVE) else text


def _rows(form: Questionnaire) -> Iterator[list[str]]:
    lang = form.languages[0]
    yes, no = _YES[lang]
    office = ", ".join(filter(None, (form.unit, form.instansi)))
    title = {"id": "Judul formulir", "en": "Title of the form"}[lang]
    yield ["", title, form.text(form.title), office, "", "", ""]
    for number, question in enumerate(form.questions, start=1):
        yield [
            str(number),
            form.text(words()["groups"][question.group]),
            form.text(question.label),
            _description(form, question),
            _TYPES[lang][question.kind],
            "\n".join(form.text(choice.label) for choice in question.choices),
            yes if question.required else no,
        ]


def _description(form: Questionnaire, question: Question) -> str:
    if question.name == CONSENT:
        return form.text(form.consent)
    if question.only_if is None:
        return form.text(question.hint)
    name, code = question.only_if
    asked = next(other for other in form.questions if other.name == name)
    chosen = next(choice for choice in asked.choices if choice.code == code)
    said = words()["texts"]["only_if"]
    return form.text(
        {
            lang: said[lang].format(question=asked.label[lang], answer=chosen.label[lang])
            for lang in form.languages
        }
    )
