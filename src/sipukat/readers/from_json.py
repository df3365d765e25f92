"""JSON records: a list of objects, or an object that holds one such list."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sipukat.errors import UnreadableFileError
from sipukat.readers.base import Grid, content, text_of, wanted

if TYPE_CHECKING:
    from pathlib import Path

_MOST_COLUMNS: Final = 1024
_WANTED: Final = 'Give a list of objects, one a respondent: [{"U1": 4, …}, …], or {"data": […]}.'


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the name {twice[:60]!r} stands twice in one object")
    return record


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def grid_of(records: list[dict[str, Any]], name: str = "") -> Grid:
    """Lay records out as a grid whose first row holds the names of all their fields.

    Raises
    ------
    UnreadableFileError
        If there are more than 1,024 of them, or a text holds half a character.

    Examples
    --------
    >>> grid_of([{"U1": 4}, {"U1": 3, "U2": 2}]).rows
    [['U1', 'U2'], [4, None], [3, 2]]
    """
    fields = list(dict.fromkeys(field for record in records for field in record))
    if len(fields) > _MOST_COLUMNS:
        # a name of its own in each record would make a grid of the square of their number
        raise UnreadableFileError(
            f"its records have {len(fields):,} names, more than {_MOST_COLUMNS:,}",
            name or "the records",
            "Give the survey alone.",
        )
    rows = [[_flat(record.get(field)) for field in fields] for record in records]
    return Grid(name=name, rows=[fields, *rows], first_row=0)


def _flat(cell: Any) -> Any:
    if isinstance(cell, str) and not cell.isprintable() and any("\ud800" <= c <= "\udfff" for c in cell):
        raise UnreadableFileError("half a character (a lone surrogate)", "a record", "Type the text again.")
    return json.dumps(cell, ensure_ascii=False, default=str) if isinstance(cell, dict | list) else cell


class JsonReader:
    """Reads JSON records, as web applications and form services export them.

    Examples
    --------
    >>> read_json.suffixes
    ('.json',)
    """

    suffixes: tuple[str, ...] = (".json",)

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return one grid for each list of records; row 1 is the first record.

        Raises
        ------
        UnreadableFileError
            If it is no JSON (``NaN`` and names that stand twice included), or holds no records.
        """
        try:
            value = json.loads(
                text_of(content(path), path.name), parse_constant=_no_constant, object_pairs_hook=_once
            )
        except RecursionError:
            raise UnreadableFileError("it is nested too deeply", path.name, _WANTED) from None
        except ValueError as failure:
            if isinstance(failure, UnreadableFileError):
                raise
            raise UnreadableFileError(
                f"it is no JSON that can be read: {failure}", path.name, _WANTED
            ) from None
        tables = {"": value} if isinstance(value, list) else value if isinstance(value, dict) else {}
        try:
            grids = [grid_of(records, name) for name, records in tables.items() if _is_table(records)]
        except UnreadableFileError as failure:
            raise UnreadableFileError(failure.problem, path.name, failure.remedy) from None
        if not grids:
            raise UnreadableFileError("it holds no list of records", path.name, _WANTED)
        return wanted(grids, sheet, path.name)


read_json: Final = JsonReader()
