"""Two publications, cell by cell: what is printed and what is computed.

What is printed is equal where its first twelve digits are: that is more than any report
prints. Of the unrounded numbers for programs eight are compared: beyond them versions of scipy
and processors differ; that somebody changed one there is told by its hash (VRF802).
"""

from __future__ import annotations

import math
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sipukat.report.cleaning import clean
from sipukat.verifying.verification import Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sipukat.readers import Grid

_DIGITS: Final = 12
_NEAR: Final = 1e-8
_ALIGNED: Final = 2_000
HIDDEN: Final = "…"
_MOST_LETTERS: Final = 200
_NAMES: Final = ("key", "name", "nama", "unit")


def said(value: Any) -> str:
    """Return a value as it is compared: a number by its digits, nothing as nothing.

    Examples
    --------
    >>> said(76.63), said(Decimal("76.630")), said(3), said(3.0), said(None), said(True)
    ('76.63', '76.63', '3', '3', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.{_DIGITS}g}"
    return str(value)


def _told(value: Any) -> str:
    """Return a value as it is told: a file that somebody forged may not write on a terminal what it likes."""
    text = clean(said(value))
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}{HIDDEN}"


def rows(
    table: str,
    printed: Sequence[Sequence[Any]],
    computed: Sequence[Sequence[Any]],
    *,
    row: Callable[[int, Sequence[Any]], str],
    column: Callable[[int], str],
    secret: bool = False,
) -> Iterator[Difference]:
    """Yield the differences of two tables; a row that is missing or too many moves no other.

    Parameters
    ----------
    table
        Its name.
    printed, computed
        Their rows.
    row, column
        How a row (its place, its cells) and a column (its place) are called.
    secret
        Whether its cells may be respondents' answers, which are never told.
    """
    pairs: list[tuple[int | None, int | None]]
    if len(printed) == len(computed):
        pairs = [(at, at) for at in range(len(printed))]
    else:
        pairs = list(
            _aligned([tuple(map(said, r)) for r in printed], [tuple(map(said, r)) for r in computed])
        )
    for old, new in pairs:
        if old is None and new is not None:
            yield Difference(table=table, row=row(new, computed[new]), computed=row(new, computed[new]))
        elif new is None and old is not None:
            yield Difference(table=table, row=row(old, printed[old]), printed=row(old, printed[old]))
        elif old is not None and new is not None:
            for place, (was, is_) in enumerate(zip_longest(printed[old], computed[new])):
                if said(was) != said(is_):
                    told = (HIDDEN, HIDDEN) if secret else (_told(was), _told(is_))
                    name = row(old, computed[new])
                    yield Difference(
                        table=table, row=name, column=column(place), printed=told[0], computed=told[1]
                    )


def _aligned(
    printed: list[tuple[str, ...]], computed: list[tuple[str, ...]]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield pairs of places, None where the other side has no such row."""
    if max(len(printed), len(computed)) > _ALIGNED:  # the search for what moved takes the square of it
        yield from zip_longest(range(len(printed)), range(len(computed)))
        return
    for kind, a, b, c, d in SequenceMatcher(None, printed, computed, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        yield from zip_longest(range(a, b), range(c, d))


def books(printed: Sequence[Grid], computed: Sequence[Grid], *, secret: str = "") -> Iterator[Difference]:
    """Yield the differences of two workbooks, sheet by sheet.

    Parameters
    ----------
    printed, computed
        Their sheets.
    secret
        Name of the sheet that holds respondents' answers.
    """
    old, new = ({grid.name: _stripped(grid.rows) for grid in book} for book in (printed, computed))
    yield from _whole(old, new)
    for name in new:
        if name in old:
            yield from rows(
                name, old[name], new[name], row=_row, column=_letters, secret=bool(secret) and name == secret
            )


def _whole(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    yield from (Difference(table=_told(name), printed=_told(name)) for name in old if name not in new)
    yield from (Difference(table=name, computed=name) for name in new if name not in old)


def _stripped(cells: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the rows without what is empty at their ends, of which programs make more or less."""
    kept = []
    for line in cells:
        last = max((place for place, cell in enumerate(line, start=1) if cell not in ("", None)), default=0)
        kept.append(list(line[:last]))
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _row(place: int, cells: Sequence[Any]) -> str:
    del cells  # a sheet counts its rows
    return str(place + 1)


def _letters(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def documents(printed: Mapping[str, Any], computed: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the differences of two documents: their tables cell by cell, all else part by part.

    Parameters
    ----------
    printed, computed
        As the exporter ``json`` writes them.
    """
    old, new = _tables(printed), _tables(computed)
    yield from _whole(old, new)
    for key, table in new.items():
        if key in old:
            yield from _table(old[key], table)
    for part in ("title", "subtitle", "lang", "data"):
        yield from trees(printed.get(part), computed.get(part), part)
    yield from trees(_others(printed), _others(computed), "blocks")
    before, after = ((book.get("provenance") or {}).get("items") for book in (printed, computed))
    yield from trees(before, after, "provenance.items")


def _blocks(book: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = book.get("blocks")
    return [block for block in found if isinstance(block, dict)] if isinstance(found, list) else []


def _tables(book: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {str(block.get("id")): block for block in _blocks(book) if block.get("kind") == "table"}


def _others(book: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [block for block in _blocks(book) if block.get("kind") != "table"]


def _table(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    name, labels = str(new["name"]), [str(column["label"]) for column in new["columns"]]
    keys = [column["key"] for column in new["columns"]]
    texts = [place for place, column in enumerate(new["columns"]) if column["kind"] == "text"]
    named = keys.index(new["named_by"]) if new["named_by"] in keys else (texts or [0])[0]

    def row(place: int, cells: Sequence[Any]) -> str:
        return (_told(cells[named]) if named < len(cells) else "") or str(place + 1)

    def column(place: int) -> str:
        return labels[place] if place < len(labels) else str(place + 1)

    lines = old.get("rows")
    lines = [line for line in lines if isinstance(line, list)] if isinstance(lines, list) else []
    yield from rows(name, lines, new["rows"], row=row, column=column)
    others = [{key: value for key, value in table.items() if key != "rows"} for table in (old, new)]
    yield from trees(others[0], others[1], name)


def trees(printed: Any, computed: Any, path: str) -> Iterator[Difference]:
    """Yield the differences of plain data, each by its path.

    Parameters
    ----------
    printed, computed
        Mappings, lists, texts, numbers.
    path
        Where they stand.

    Examples
    --------
    >>> [(each.column, each.printed) for each in trees({"n": [1, 2]}, {"n": [1, 3]}, "data")]
    [('n[1]', '2')]
    """
    yield from _trees(printed, computed, path, "")


def _same(printed: Any, computed: Any) -> bool:
    if isinstance(printed, float) and isinstance(computed, float):
        return math.isclose(printed, computed, rel_tol=_NEAR, abs_tol=_NEAR)
    return said(printed) == said(computed)


def _trees(printed: Any, computed: Any, part: str, path: str) -> Iterator[Difference]:
    if isinstance(printed, dict) and isinstance(computed, dict):
        for key in dict.fromkeys((*computed, *printed)):
            below = f"{path}.{key}" if path else str(key)
            yield from _trees(printed.get(key), computed.get(key), part, below)
    elif isinstance(printed, list) and isinstance(computed, list):
        for place, (was, is_) in enumerate(zip_longest(printed, computed)):
            called = _called(is_, was) if part.partition(".")[0] == "data" else ""
            yield from _trees(was, is_, part, f"{path}[{called or place}]")
    elif not _same(printed, computed):
        yield Difference(
            table=part, column=_told(path or part), printed=_told(printed), computed=_told(computed)
        )


def _called(*records: Any) -> str:
    """Return what a record in a list calls itself: its unit, its service, its indicator."""
    names = [str(each[key]) for each in records if isinstance(each, dict) for key in _NAMES if each.get(key)]
    return _told(names[0]) if names else ""
