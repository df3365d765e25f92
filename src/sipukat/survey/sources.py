"""From a path, a data frame or records to tables of raw cells."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sipukat._text import plain
from sipukat._validation import kind_of
from sipukat.errors import ColumnError, SurveyError, UnreadableFileError
from sipukat.findings import Finding
from sipukat.readers import READERS
from sipukat.readers.from_json import grid_of
from sipukat.readers.kinds import read_file
from sipukat.survey.coded import Coded, Table
from sipukat.survey.columns import recognised
from sipukat.survey.meaning import understand
from sipukat.survey.tables import find_header, table_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sipukat.readers import Grid
    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.tables import Header

_ROWS_LOOKED_AT: Final = 50
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls")


def from_path(
    source: str | Path, rule: SurveyStandard, *, sheet: str | int | None, stated: Collection[str]
) -> tuple[Table, str, str, str]:
    """Read the one table of answers of a file.

    Returns
    -------
    tuple
        The table, the name of the file, the SHA-256 of its bytes, and the plugin that read
        it with its version, empty where none did.

    Raises
    ------
    UnreadableFileError
        If the file cannot be read.
    ColumnError
        If no sheet, or more than one, has a heading that names unsur.
    """
    if "://" in str(source):
        raise UnreadableFileError(
            "it is an address on a network", str(source)[:80], "Download the file, and give its path."
        )
    path = Path(source)
    try:
        kind = "" if path.is_file() else "a folder" if path.is_dir() else "no file"
    except (OSError, ValueError):  # too long for a name, or no name at all
        kind = "no file"
    if kind:
        problem = f"there is {kind} of that name" if str(source) else "the path is empty"
        raise UnreadableFileError(problem, str(source)[:200], "Give the path of a file.")
    seen = _stamp(path)
    grids, kind = read_file(path, sheet=sheet)
    table = _choose(grids, rule, stated, path.name)
    if kind == "html" and path.suffix.lower() in _WORKBOOKS:
        table = table.keep(
            np.ones(len(table), dtype=bool), Finding.of("SRV420", path=path.name, suffix=path.suffix.lower())
        )
    plugin = "" if kind in READERS.builtins else READERS.origin(kind)
    digest = _digest(path)
    if _stamp(path) != seen:  # the hash must be that of what was read
        raise UnreadableFileError("it changed while it was read", path.name, "Read it when it is complete.")
    return table, path.name, digest, plugin


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what tells one state of a file from another."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise UnreadableFileError(
            f"it can no longer be read: {reason}", path.name, "Read it from a disk that stays."
        ) from None


def _choose(grids: list[Grid], rule: SurveyStandard, stated: Collection[str], name: str) -> Table:
    """Return the table of the sheet whose heading names most unsur."""
    headers = {
        place: header for place, grid in enumerate(grids) if (header := find_header(grid, rule, stated))
    }
    if not headers:
        filled = any(cell not in ("", None) for grid in grids for row in grid.rows for cell in row)
        problem = "no row names its columns" if filled else "it holds no cells"
        raise UnreadableFileError(
            problem, name, "The first row of the table names its columns: NO, U1, U2, …"
        )
    shown = [place for place in headers if not grids[place].hidden] or list(headers)
    most = max(headers[place].unsur for place in shown)
    best = [place for place in shown if headers[place].unsur == most and most > 0] or shown[:1]
    if len(best) > 1:
        best = [place for place in best if _has_rows(grids[place], headers[place].row)] or best[:1]
        best = [place for place in best if _has_answers(grids[place], headers[place], rule)] or best
    if len(best) > 1:
        names = ", ".join(repr(grids[place].name) for place in best)
        raise ColumnError(f"{len(best)} sheets hold answers: {names}", name, 'State which with sheet="…".')
    place = best[0]
    try:
        table = table_of(grids[place], headers[place], rule, stated)
    except SurveyError as failure:
        within = ", ".join(filter(None, (name, failure.where or grids[place].name)))
        raise type(failure)(failure.problem, within, failure.remedy) from None
    others = [grid.name for other, grid in enumerate(grids) if other != place and any(map(any, grid.rows))]
    if others:
        note = Finding.of("SRV418", path=grids[place].name, sheets=others)
        table = table.keep(np.ones(len(table), dtype=bool), note)
    return table


def _has_rows(grid: Grid, header: int) -> bool:
    return any(cell not in ("", None) for row in grid.rows[header + 1 :] for cell in row)


def _has_answers(grid: Grid, header: Header, rule: SurveyStandard) -> bool:
    """Say whether a row below the heading answers most unsur: a summary by unsur does not."""
    places = [place for place, label in enumerate(header.labels) if recognised([label], rule)]
    words = {text: score for unsur in rule.unsur for text, score in unsur.vocabulary.items()}
    for row in grid.rows[header.row + 1 : header.row + 1 + _ROWS_LOOKED_AT]:
        cells = [understand(row[place], words, rule.scale.levels) for place in places if place < len(row)]
        answers = [cell for cell in cells if cell.kind in {"number", "letter", "label"}]
        if 2 * len(answers) >= len(places) and places:
            return True
    return False


def from_frame(source: Any) -> tuple[Table, str]:
    """Take the columns of any data frame, or of records, as they are.

    Returns
    -------
    tuple
        The table, whose first row is number 1; and what it was.

    Raises
    ------
    SurveyError
        If it is no data frame and no list of records.
    ColumnError
        If a column stands twice.
    """
    if (
        isinstance(source, Sequence)
        and not isinstance(source, str | bytes)
        and all(isinstance(r, Mapping) for r in source)
    ):
        grid = grid_of([dict(record) for record in source])
        names, *rows = (list(row) for row in grid.rows)
        cells = {str(name): [row[place] for row in rows] for place, name in enumerate(names)}
        return _table({name: Coded.of(column) for name, column in cells.items()}, len(rows)), "records"
    if isinstance(source, pd.DataFrame):
        labels = [
            " ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in source.columns
        ]
        _check_unique(labels)
        columns = {label: Coded.of(source.iloc[:, place]) for place, label in enumerate(labels)}
        return _table(columns, len(source)), "pandas.DataFrame"
    import narwhals.stable.v2 as nw

    try:
        native: Any = source
        frame = nw.from_native(native)
    except TypeError:
        raise SurveyError(
            f"{kind_of(source)} is no survey", "source", "Give a path, a data frame, or a list of records."
        ) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    _check_unique(frame.columns)
    columns = {name: Coded.of(_cells(frame[name])) for name in frame.columns}
    return _table(columns, len(frame)), f"{type(source).__module__.partition('.')[0]}.{type(source).__name__}"


def _cells(column: Any) -> Any:
    if column.dtype.is_integer() and not column.is_null().any():
        return column.to_numpy()
    return column.to_list()


def _check_unique(names: Sequence[str]) -> None:
    folded = sorted(plain(str(name)) for name in names)
    twice = sorted({name for name, following in pairwise(folded) if name == following})
    if twice:
        raise ColumnError(
            f"columns stand twice: {', '.join(map(repr, twice))}", "", "Give each column a name of its own."
        )


def _table(columns: Mapping[str, Coded], n: int) -> Table:
    return Table(name="", columns=columns, rows=np.arange(1, n + 1, dtype=np.int64))
