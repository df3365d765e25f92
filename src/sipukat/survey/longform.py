"""Long form: one row an answer, as databases keep it, turned into one row a respondent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from sipukat._text import plain
from sipukat.errors import ColumnError
from sipukat.findings import Finding
from sipukat.survey import headings
from sipukat.survey.coded import Coded, Table
from sipukat.survey.columns import recognised
from sipukat.survey.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.standards.model import SurveyStandard

_ANSWER_WORDS: Final = frozenset({"jawaban", "jawab", "nilai", "skor", "score", "answer", "value"})


def parts_of(
    table: Table, rule: SurveyStandard, stated: Mapping[str, str | None]
) -> tuple[str, str, str] | None:
    """Return the columns of respondent, question and answer, or None where a row is a respondent.

    Examples
    --------
    >>> import numpy as np
    >>> from sipukat import standards
    >>> cells = {"id_responden": [1, 1], "pertanyaan": ["A1", "A2"], "jawaban": [6, 5]}
    >>> table = Table(name="", columns={n: Coded.of(c) for n, c in cells.items()}, rows=np.arange(2))
    >>> parts_of(table, standards.survey("spak"), {})
    ('id_responden', 'pertanyaan', 'jawaban')
    """
    told = {
        plain(name): role for name, role in stated.items() if role in {"respondent", "question", "answer"}
    }
    roles = {name: told.get(plain(name)) or role_of(name) for name in table.columns}
    questions = [name for name, role in roles.items() if role == "question"]
    answers = [name for name, role in roles.items() if role == "answer"]
    if not answers:
        answers = [
            name
            for name in table.columns
            if set(headings.words(name).split()) & _ANSWER_WORDS and name not in questions
        ]
    others = [name for name in table.columns if name not in {*questions, *answers}]
    if not questions or not answers or recognised(others, rule) > 1:
        return None
    ids = [
        name for name, role in roles.items() if role == "respondent" or "nik" in headings.words(name).split()
    ]
    repeated = [name for name in ids if 0 < len(table.columns[name].distinct()) < len(table)]
    if not repeated:
        return None
    named = [name for name in repeated if "respon" in plain(name)] or repeated
    question = max(questions, key=lambda name: _known(table.columns[name], rule))
    return named[0], question, answers[0]


def _known(column: Coded, rule: SurveyStandard) -> int:
    return recognised([_heading(value) for value in column.distinct()[:500]], rule)


def _heading(value: object) -> str:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return f"pertanyaan {text.strip()}" if text.strip().isdigit() else text


def widen(table: Table, parts: tuple[str, str, str], stated: Mapping[str, str | None]) -> Table:
    """Turn one row an answer into one row a respondent.

    The first answer to a question counts; a repeated one is a finding. What else stands
    in the rows (sex, unit) is taken from the first row of a respondent.

    Raises
    ------
    ColumnError
        If a respondent or a question is blank.
    """
    who, what, said = parts
    ids, asked, answers = table.columns[who], table.columns[what], table.columns[said]
    lost = ids.blank | asked.blank
    if lost.any():
        rows = table.numbers(lost)
        raise ColumnError(
            f"{len(rows)} answers have no respondent or no question",
            f"columns {who!r} and {what!r}, first row {rows[0]}",
            "Fill them in, or delete these rows.",
        )
    person, people = pd.factorize(ids.codes)
    pair = person.astype(np.int64) * len(asked.values) + asked.codes
    repeated = pd.Series(pair).duplicated().to_numpy()
    found = [Finding.of("SRV422", path=table.name, rows_read=len(table), respondents=len(people))]
    if repeated.any():
        found.append(Finding.of("SRV421", path=table.name, rows=table.numbers(repeated)))
    firsts = np.full(len(people), -1, dtype=np.intp)
    firsts[person[::-1]] = np.arange(len(table))[::-1]
    numbered = Coded(np.arange(len(people)), tuple(range(1, len(people) + 1)))
    columns = {who: numbered if role_of(who) == "personal" else ids[firsts]}
    for name, column in table.columns.items():
        if name not in parts:
            columns[name] = column[firsts]
    wanted = {plain(name): name for name in stated}
    for place, question in enumerate(asked.values):
        mine = (asked.codes == place) & ~repeated
        codes = np.full(len(people), -1, dtype=np.intp)
        codes[person[mine]] = answers.codes[mine]
        text = str(question)
        columns[wanted.get(plain(text)) or _heading(question)] = Coded(codes, answers.values)
    return Table(
        name=table.name, columns=columns, rows=table.rows[firsts], findings=(*table.findings, *found)
    )
