"""From a data frame, or rows, to a grid of texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from sipukat._validation import kind_of
from sipukat.errors import DraftError
from sipukat.readers.base import Grid

MOST_CELLS: Final = 200_000
_ANSWERS: Final = 5
_LONGEST_ANSWER: Final = 30
_RIGHT: Final = "Give a data frame, or rows of cells, with the columns NO, KOMPONEN and URAIAN."
_FALSE_NAMES: Final = ("unnamed:", "column_", "__")  # names that libraries give to columns without one


def grid_of(source: Any) -> Grid:
    """Return a data frame of any library, a list of rows, or a grid, as a grid of texts.

    Parameters
    ----------
    source
        Names of the columns of a frame become its first row, unless they are numbers.

    Raises
    ------
    DraftError
        If it is none of these, or has more than 200,000 filled cells.

    Examples
    --------
    >>> import pandas as pd
    >>> grid_of(pd.DataFrame({"KOMPONEN": ["Biaya"], "URAIAN": [None]})).rows
    [['KOMPONEN', 'URAIAN'], ['Biaya', '']]
    """
    if isinstance(source, Grid):
        return Grid(name=source.name, rows=_texts(source.rows, source.name), above=source.above)
    if isinstance(source, Sequence) and not isinstance(source, str | bytes):
        if source and all(isinstance(row, Mapping) for row in source):
            names = list(dict.fromkeys(name for row in source for name in row))
            return Grid(name="", rows=_texts([names, *([row.get(n) for n in names] for row in source)], ""))
        if all(isinstance(row, Sequence) and not isinstance(row, str | bytes) for row in source):
            return Grid(name="", rows=_texts(source, ""))
    return Grid(name="", rows=_texts(_rows_of_frame(source), ""))


def holds_answers(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether rows are those of a survey: five columns or more of the same few short answers.

    Examples
    --------
    >>> holds_answers([["U1", "U2", "U3", "U4", "U5"], *[["3", "4", "3", "2", "4"]] * 6])
    True
    >>> holds_answers([["NO", "KOMPONEN", "URAIAN"], ["1", "Biaya", "Gratis"]])
    False
    """
    wide = max(map(len, rows), default=0)
    columns = [[row[at] for row in rows[1:] if at < len(row) and row[at]] for at in range(wide)]
    return sum(map(_few_answers, columns)) >= _ANSWERS


def _few_answers(cells: Sequence[str]) -> bool:
    kinds = set(cells)
    return len(cells) >= _ANSWERS and 2 * len(kinds) <= len(cells) and max(map(len, kinds)) <= _LONGEST_ANSWER


def _rows_of_frame(source: Any) -> list[Sequence[Any]]:
    import narwhals.stable.v2 as nw
    import pandas as pd

    if isinstance(source, pd.DataFrame):  # may repeat the name of a column, which narwhals refuses
        names = [" ".join(map(str, n)) if isinstance(n, tuple) else n for n in source.columns]
        return [*_named(names), *source.itertuples(index=False, name=None)]
    native: Any = source
    try:
        frame = nw.from_native(native)
    except TypeError:
        raise DraftError(f"{kind_of(source)} is no table", "source", _RIGHT) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return [*_named(frame.columns), *frame.iter_rows()]


def _named(names: Sequence[Any]) -> list[list[str]]:
    """Return the row of names, or no row where the columns have none."""
    if all(isinstance(name, int) for name in names):
        return []
    return [["" if str(name).casefold().startswith(_FALSE_NAMES) else str(name) for name in names]]


def _texts(rows: Iterable[Sequence[Any]], name: str) -> list[list[str]]:
    texts: list[list[str]] = []
    filled = 0
    for row in rows:
        texts.append([_text(cell) for cell in row])
        filled += sum(map(bool, texts[-1]))
        if filled > MOST_CELLS:
            raise DraftError(f"it has more than {MOST_CELLS:,} filled cells", name, _RIGHT)
    return texts


def _text(cell: Any) -> str:
    """Return the text of a cell; blank where it holds nothing."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or cell != cell:  # noqa: PLR0124  NaN, NaT
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
