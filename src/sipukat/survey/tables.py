"""Find the table of answers on a sheet: its heading, its columns, its first row.

Above it stand titles, beside it legends and other tables; a heading may take two or
three rows, of which merged cells leave all but the first blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import plain
from sipukat.errors import ColumnError, UnreadableFileError
from sipukat.findings import Finding
from sipukat.survey import headings
from sipukat.survey.coded import Coded, Table
from sipukat.survey.columns import recognised
from sipukat.survey.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sipukat.readers.base import Grid
    from sipukat.standards.model import SurveyStandard

_ROWS_LOOKED_AT: Final = 200
_ENOUGH: Final = 0.6
_LEAST: Final = 2
_SHORT_LABEL: Final = 40
_LONG_FORM: Final = frozenset({"question", "answer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the heading of a table stands.

    Parameters
    ----------
    row
        Its last row, counted from 0 in the grid.
    labels
        The label of each column; blank where it has none.
    unsur
        How many unsur it names.
    """

    row: int
    labels: tuple[str, ...]
    unsur: int


def _text(cell: Any) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124  NaN
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _score(row: Sequence[Any], rule: SurveyStandard, stated: Collection[str]) -> int:
    labels = {plain(_text(cell)) for cell in row if isinstance(cell, str)}
    found = recognised(row, rule)
    if _is_long([_text(cell) for cell in row]):
        found = max(found, len(rule.unsur))
    return max(found, len(labels & set(stated)))


def _is_long(labels: Sequence[str]) -> bool:
    return {role_of(label) for label in labels if label and len(label) < 60} >= _LONG_FORM or (  # noqa: PLR2004
        {"question", "total"} <= {role_of(label) for label in labels if label and len(label) < 60}  # noqa: PLR2004
        and any(headings.words(label) in {"nilai", "skor", "jawaban"} for label in labels)
    )


def find_header(grid: Grid, rule: SurveyStandard, stated: Collection[str] = ()) -> Header | None:
    """Find the heading of the table of answers.

    Parameters
    ----------
    grid
        A sheet.
    rule
        The standard whose unsur are looked for.
    stated
        Headings that were stated to be unsur, folded.

    Returns
    -------
    Header or None
        The first row that names most unsur; failing that, the first row of several
        texts; None where there is neither.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.readers import Grid
    >>> rows = [["IKM"], ["NO.", "NILAI UNSUR"], ["RESP", "A1", "A2", "A3", "A4", "A5"], [1, 6, 6, 5, 6, 6]]
    >>> find_header(Grid(name="", rows=rows), standards.survey("spak")).labels[:2]
    ('NO. RESP', 'A1')
    """
    looked = list(grid.rows[:_ROWS_LOOKED_AT])
    scores = [_score(row, rule, stated) for row in looked]
    best = max(scores, default=0)
    if best >= _LEAST:
        row = next(place for place, score in enumerate(scores) if score >= max(_LEAST, _ENOUGH * best))
    else:
        texts = [[cell for cell in row if isinstance(cell, str) and cell.strip()] for row in looked]
        numbers = [sum(not isinstance(cell, str) and _text(cell) != "" for cell in row) for row in looked]
        wide = (place for place, found in enumerate(texts) if len(found) > 1 and len(found) > numbers[place])
        first = next(wide, None)
        if first is None:
            return None
        row = first
    labels = _labels(looked, row, rule)
    row, labels = _continued(looked, row, labels, rule)
    return Header(row=row, labels=tuple(labels), unsur=max(recognised(labels, rule), best))


def _labels(looked: list[Sequence[Any]], row: int, rule: SurveyStandard) -> list[str]:
    """Label each column by the row, and where it is blank or half a label by the rows above."""
    lower = [_text(cell) for cell in looked[row]]
    for above in looked[max(row - 2, 0) : row][::-1]:
        upper = [_text(cell) for cell in above]
        several = sum(1 for label in upper if label) > 1
        for place, label in enumerate(upper[: len(lower)]):
            if not label:
                continue
            joined = f"{label} {lower[place]}".strip()
            known = role_of(joined) or recognised([joined], rule)
            if not lower[place]:
                lower[place] = label if known or (several and place and lower[place - 1]) else ""
            elif (
                known
                and not role_of(lower[place])
                and not recognised([lower[place]], rule)
                and len(joined) < _SHORT_LABEL
            ):
                lower[place] = joined
    return lower


def _continued(
    looked: list[Sequence[Any]], row: int, labels: list[str], rule: SurveyStandard
) -> tuple[int, list[str]]:
    """Add the row below where it only ends labels (NO. / RESP)."""
    if row + 1 >= len(looked):
        return row, labels
    below = [_text(cell) for cell in looked[row + 1]][: len(labels)]
    filled = [place for place, text in enumerate(below) if text]
    joined = {place: f"{labels[place]} {below[place]}".strip() for place in filled}
    if len(filled) >= _LEAST and all(recognised([below[place]], rule) for place in filled):
        # the official form: U1 … U9, and their names in the row below
        said = {
            place: labels[place] if plain(below[place]) == plain(labels[place]) else joined[place]
            for place in filled
        }
        if all(recognised([labels[place]], rule) for place in filled):
            return row + 1, [said.get(place, label) for place, label in enumerate(labels)]
    ends = all(
        not below[place].isdigit() and role_of(text) and not recognised([labels[place]], rule)
        for place, text in joined.items()
    )
    if filled and ends and all(isinstance(looked[row + 1][place], str) for place in filled):
        return row + 1, [joined.get(place, label) for place, label in enumerate(labels)]
    return row, labels


def _extent(labels: Sequence[str], rule: SurveyStandard, stated: Collection[str]) -> tuple[int, int]:
    """Return the first column of the table, and the one after its last.

    A blank label ends it to the right of the unsur: what follows is another table or a legend.
    """
    wanted = [
        n for n, label in enumerate(labels) if label and (recognised([label], rule) or plain(label) in stated)
    ]
    named = [place for place, label in enumerate(labels) if label]
    if not wanted:
        wanted = named
    end = next(place for place in count(wanted[-1]) if place >= len(labels) or not labels[place])
    return named[0], end


def table_of(grid: Grid, header: Header, rule: SurveyStandard, stated: Collection[str] = ()) -> Table:
    """Cut the table below a heading out of its sheet.

    Raises
    ------
    ColumnError
        If two columns of the table have one heading.
    UnreadableFileError
        If a row has more fields than the heading has: its fields do not stand under their headings.
    """
    body = grid.rows[header.row + 1 :]
    first, end = _extent(header.labels, rule, stated)
    width = len(header.labels)
    if any(len(row) != width for row in body):
        _check_ragged(grid, header, body)
        body = [[*row, *[None] * (width - len(row))][:width] for row in body]
    cells = np.empty((len(body), width), dtype=object)
    if body:
        cells[:] = body
    columns: dict[str, Coded] = {}
    taken: set[str] = set()
    beside: list[str] = []
    for place in range(width):
        label, column = header.labels[place], Coded.of(cells[:, place])
        if first <= place < end and label:
            name = _own_name(label, taken, rule)
            columns[name] = column
            taken.add(plain(name))
        elif column.values or label:
            beside.append(label or _letter(place))
    found = [Finding.of("SRV423", path=grid.name, columns=beside)] if beside else []
    numbers = np.arange(len(body), dtype=np.int64) + grid.first_row + header.row + 1
    if hidden := [row for row in grid.hidden_rows if row > header.row + grid.first_row]:
        found.append(Finding.of("SRV428", path=grid.name, rows=hidden))
    return Table(name=grid.name, columns=columns, rows=numbers, findings=tuple(found))


def _check_ragged(grid: Grid, header: Header, body: Sequence[Sequence[Any]]) -> None:
    width = len(header.labels)
    wide = [place for place, row in enumerate(body) if any(_text(cell) for cell in row[width:])]
    if wide:
        rows = [place + header.row + 1 + grid.first_row for place in wide[:5]]
        raise UnreadableFileError(
            f"{len(wide)} rows have more fields than the {width} of the heading, first row {rows[0]}",
            f"{grid.name or 'table'}, rows {', '.join(map(str, rows))}",
            "A delimiter inside a field needs quotes around it; a decimal comma needs another delimiter.",
        )


def _own_name(label: str, taken: Collection[str], rule: SurveyStandard) -> str:
    folded = plain(label)
    if folded not in taken:
        return label
    if recognised([label], rule):
        blocks = headings.read(label, rule).number == 1 and len(taken) > 1
        raise ColumnError(
            f"two columns are headed {label!r}" + (": the questions start again" if blocks else ""),
            "",
            "Give each column a heading of its own; where questions start again at U1, number them through.",
        )
    return next(f"{label} ({n})" for n in count(2) if f"{folded} ({n})" not in taken)


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
