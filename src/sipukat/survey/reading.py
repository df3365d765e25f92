"""`read_survey`: from a messy file to answers that can be counted on.

The steps, each of which says what it left out: the sheet, its heading, rows that are no
respondents, long form, what each column is, what each answer means, what is doubtful.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sipukat._text import listing, plain
from sipukat._validation import must_be, names_of
from sipukat.errors import ColumnError, SurveyError, UnreadableFileError
from sipukat.findings import Finding, Findings
from sipukat.survey import longform
from sipukat.survey.answers import looks_wider, parse, wider_scale
from sipukat.survey.columns import Resolution, resolve, survey_standard
from sipukat.survey.fingerprint import answers_sha256, left_out
from sipukat.survey.furniture import respondents_of
from sipukat.survey.headings import read as read_heading
from sipukat.survey.kept import kept_columns
from sipukat.survey.quality import quality
from sipukat.survey.responses import Provenance, Reading, Responses
from sipukat.survey.sources import from_frame, from_path

if TYPE_CHECKING:
    from collections.abc import Collection

    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.coded import Table
    from sipukat.survey.orders import StatedOrder

_DISTINCT_LOOKED_AT: Final = 300
_LEFT_OUT: Final = {
    "personal": "SRV404",
    "disability": "SRV404",  # specific personal data: Undang-Undang 27/2022, article 4
    "comment": "SRV434",
    "total": "SRV419",
    "meta": "SRV427",
}


def read_survey(
    source: Any,
    standard: SurveyStandard | str = "permenpanrb-14-2017",
    *,
    columns: Mapping[str, str | None] | None = None,
    sheet: str | int | None = None,
    order: StatedOrder = None,
    personal: Collection[str] = (),
    answers: Mapping[str, Any] | None = None,
    population: int | Mapping[Any, int] | None = None,
) -> Reading:
    """Read the answers of a survey, however they were kept.

    Parameters
    ----------
    source
        Path of a file (CSV, .xlsx, .xlsm, .xls, HTML, JSON, or what a plugin reads), any
        data frame, or a list of records. Nothing is fetched from a network.
    standard
        The survey standard that was asked, or its id.
    columns
        Heading to what the column is: key or code of an unsur (``"waktu"``, ``"U3"``), a
        role (``"unit"``), or None to leave it out. What is not stated is recognised.
    sheet
        Name, or position from 0, of the sheet, where several hold answers.
    order
        What U8 and U9 count: ``"peraturan"``, ``"kuesioner"``, or the keys of the unsur.
    personal
        Headings of columns of personal data, disability or comments to keep; others are
        left out.
    answers
        Further wordings of answers and their scores, for all unsur or by key.
    population
        Number of people served, of all or by unit, to check the number of respondents.

    Returns
    -------
    Reading
        The responses, and findings: all that was left out, converted or is doubtful, with
        the row numbers of the source.

    Raises
    ------
    UnreadableFileError
        If the file is not what it claims, is damaged or is hostile.
    ColumnError
        If an unsur has no column, or more than one.
    AnswerError
        If a cell is not an answer on the scale of the standard.

    Examples
    --------
    >>> people = [{"loket": "A", "nama": "Budi", "U1": "d", "U2": "c", "U3": "d", "U4": "d", "U5": "d",
    ...            "U6": "c", "U7": "d", "U8": "d", "U9": "b"}] * 2
    >>> responses, findings = read_survey(people, order="peraturan")
    >>> responses.frame[["loket", "prosedur", "sarana"]].values.tolist()
    [['A', 3, 2], ['A', 3, 2]]
    >>> print(findings.by_code("SRV404")[0].message("en"))
    1 columns of personal data were left out: nama.
    """
    rule = survey_standard(standard)
    if columns is not None:
        must_be(Mapping, columns, "columns", '{heading: unsur or role}, e.g. {"Pertanyaan 3": "waktu"}')
    stated = dict(columns or {})
    folded = {plain(str(name)) for name in stated}
    if isinstance(source, str | PathLike):
        table, name, digest, plugin = from_path(
            Path(source) if not isinstance(source, str) else source, rule, sheet=sheet, stated=folded
        )
    else:
        (table, name), digest, plugin = from_frame(source), "", ""
    rows_read = len(table)
    where = f"{name}, {table.name}" if table.name else name
    try:
        table = _respondents(table, rule, stated)
        found, table = _resolved(table, rule, stated, order)
        scores, converted = parse(table.columns, found.unsur, rule, table.rows, wordings=answers)
    except SurveyError as failure:
        raise type(failure)(failure.problem, _place(where, failure.where), failure.remedy) from None
    wanted = [*names_of(personal, "personal"), *(k for k, role in stated.items() if role == "disability")]
    kept, left = _kept(table, found, wanted)
    names = {name: f"{name} (kolom)" if name in scores else name for name in kept}
    roles = {names[name]: found.roles[name] for name in kept if name in found.roles}
    others, cleaned = kept_columns({names[name]: table.columns[name] for name in kept}, roles)
    frame = _frame(scores, others, table)
    digest = digest or _digest(frame[list(scores)])
    provenance = Provenance(
        source=name,
        sha256=digest,
        rows_read=rows_read,
        rows_used=len(table),
        answers_sha256=answers_sha256(scores),
        left_out=left_out(table.findings),
        columns={**found.unsur, **found.roles},
        options=_options(stated, sheet, order, personal, answers),
        reader=plugin,
    )
    responses = Responses(frame=frame, unsur=tuple(scores), roles=roles, standard=rule, provenance=provenance)
    doubts = quality(responses, population=population, identity=_identity(table, found))
    return Reading(
        responses, Findings([*table.findings, *found.findings, *left, *cleaned, *converted]) + doubts
    )


def _options(
    columns: Mapping[str, str | None],
    sheet: str | int | None,
    order: StatedOrder,
    personal: Collection[str],
    answers: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return what was stated, as plain data from which the file can be read again."""
    told = {
        "columns": {str(name): target for name, target in columns.items()},
        "sheet": sheet,
        "order": order if order is None or isinstance(order, str) else list(order),
        "personal": sorted(names_of(personal, "personal")),
        "answers": answers and {k: dict(v) if isinstance(v, Mapping) else v for k, v in answers.items()},
    }
    return {key: value for key, value in told.items() if value not in (None, {}, [])}


def _place(where: str, within: str) -> str:
    return f"{where}, {within}" if within else where


def _likely(table: Table, rule: SurveyStandard, stated: Mapping[str, str | None]) -> list[str]:
    """Return the columns that may be unsur, by their headings alone."""
    names = {plain(name) for name, target in stated.items() if target}
    likely = []
    for name in table.columns:
        heading = read_heading(name, rule)
        if (
            plain(name) in names
            or (heading.number and heading.family != "#")
            or (heading.key and plain(name) not in stated)
        ):
            likely.append(name)
    coded = [name for name in likely if read_heading(name, rule).number]
    return coded if len(coded) >= len(rule.unsur) else likely


def _respondents(table: Table, rule: SurveyStandard, stated: Mapping[str, str | None]) -> Table:
    if not len(table):
        raise UnreadableFileError(
            "there are no rows below the heading", "", "Export the survey with its answers."
        )
    parts = longform.parts_of(table, rule, stated)
    if parts:
        table = longform.widen(respondents_of(table, rule, [parts[2]]), parts, stated)
    likely = _likely(table, rule, stated)
    table = respondents_of(table, rule, likely) if likely and not parts else table
    if not len(table):
        raise UnreadableFileError(
            "no row below the heading is a respondent", "", "Export the survey with its answers."
        )
    return table


def _resolved(
    table: Table, rule: SurveyStandard, stated: Mapping[str, str | None], order: StatedOrder
) -> tuple[Resolution, Table]:
    values = {name: column.distinct()[:_DISTINCT_LOOKED_AT] for name, column in table.columns.items()}
    try:
        return resolve(list(table.columns), rule, order=order, columns=stated, values=values), table
    except ColumnError:
        # answers on a wider scale are no survey of this standard at all, whatever their headings
        asked = {name: column for name, column in table.columns.items() if len(column.values)}
        if top := looks_wider(asked, rule):
            raise wider_scale(top, rule, "", f"most of its {len(asked)} columns go up to {top}") from None
        raise


def _kept(table: Table, found: Resolution, personal: Collection[str]) -> tuple[list[str], list[Finding]]:
    """Return the columns that stay beside the unsur, and what was left out."""
    asked = {plain(name) for name in names_of(personal, "personal")}
    if absent := asked - {plain(name) for name in table.columns}:
        raise ColumnError(
            f"no column is headed {listing(map(repr, sorted(absent)), lang='en')}",
            "personal=",
            f"The headings: {', '.join(table.columns)}.",
        )
    left: dict[str, list[str]] = {}
    kept = []
    for name in table.columns:
        code = _LEFT_OUT.get(found.roles.get(name, ""))
        if name in found.unsur:
            continue
        if name in found.empty or (name in found.unknown and not table.columns[name].distinct()):
            left.setdefault("SRV407", []).append(name)
        elif code and plain(name) not in asked:
            left.setdefault(code, []).append(name)
        elif name in found.roles or name in found.unknown or plain(name) in asked:
            kept.append(name)
    return kept, [Finding.of(code, path=table.name, columns=names) for code, names in sorted(left.items())]


def _frame(scores: Mapping[str, Any], others: Mapping[str, Any], table: Table) -> pd.DataFrame:
    arrays = {name: pd.arrays.IntegerArray(column, column == 0) for name, column in scores.items()}
    return pd.DataFrame({**others, **arrays}, index=pd.Index(table.rows, name="baris"))


def _digest(unsur: pd.DataFrame) -> str:
    return hashlib.sha256(unsur.to_csv(index=False).encode()).hexdigest()


def _identity(table: Table, found: Resolution) -> list[int | None] | None:
    """Return a number for each person, by personal data that go no further."""
    names = [
        name for name, role in found.roles.items() if role == "personal" and table.columns[name].distinct()
    ]
    if not names:
        return None
    codes = np.column_stack([table.columns[name].codes for name in names])
    numbers = pd.factorize(pd.MultiIndex.from_arrays(list(codes.T)))[0] if len(names) > 1 else codes[:, 0]
    return [int(number) if (row >= 0).any() else None for number, row in zip(numbers, codes, strict=True)]
