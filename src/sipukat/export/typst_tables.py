"""How wide the columns of a table are on paper, and whether it needs the paper turned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sipukat.export.base import shown
from sipukat.export.typst_setting import breakable

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.report.document import Table

_UPRIGHT, _TURNED = 481.0, 728.0  # points between the margins of A4
_SIZES: Final = (9.0, 8.5, 8.0)
_SMALLER: Final = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_LETTER: Final = 0.56  # mean width of a letter, in ems, a little on the safe side
_INSET: Final = 9.0
_LONGEST_WORD, _WIDEST = 16, 60
_LONG_HEAD: Final = 12


def laid_out(table: Table, *, lang: Lang) -> dict[str, Any]:
    """Return a table as a template takes it: strings, widths in points, a size of type.

    Numbers keep their line. Where the narrowest columns do not fit an upright page in
    readable type, the page is turned.
    """
    cells = [
        [shown(cell, column, lang) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    plain = [row for place, row in enumerate(cells) if place not in set(table.group_rows)]
    size, wide = _size(table, plain)
    widths = _widths(table, plain, size, _TURNED if wide else _UPRIGHT)
    columns = [
        {"label": breakable(column.label), "width": round(width, 1), "align": _align(column.key, column.kind)}
        for column, width in zip(table.columns, widths, strict=True)
    ]
    first_total = len(cells) - table.total_rows
    rows = [
        _group(row)
        if place in set(table.group_rows)
        else {"kind": "total" if place >= first_total else "row", "cells": [breakable(c) for c in row]}
        for place, row in enumerate(cells)
    ]
    return {
        "kind": "table",
        "caption": breakable(table.caption),
        "note": breakable(table.note),
        "columns": columns,
        "rows": rows,
        "size": size,
        "wide": wide,
    }


def _align(key: str, kind: str) -> str:
    if kind != "text":
        return "right"
    return "center" if key in {"mutu", "no"} else "left"


def _group(row: list[str]) -> dict[str, Any]:
    before = next((place for place, cell in enumerate(row) if cell), 0)
    return {"kind": "group", "before": before, "cells": [breakable(row[before])]}


def _needs(table: Table, rows: list[list[str]]) -> tuple[list[int], list[int]]:
    """Return for each column the letters that it must have in a line, and those that it would like."""
    least, liked = [], []
    for place, column in enumerate(table.columns):
        head = max((len(word) for word in re.split(r"\s+", column.label)), default=1)
        lines = [line for row in rows for line in row[place].splitlines()]
        longest = max(map(len, lines), default=1)
        if column.kind == "text":
            word = max((len(word) for line in lines for word in line.split()), default=1)
            least.append(max(min(word, _LONGEST_WORD), min(head, _LONGEST_WORD), 3))
            liked.append(max(least[-1], min(longest, _WIDEST), min(len(column.label), _LONG_HEAD)))
        else:
            least.append(max(min(longest, _LONGEST_WORD), head, 4))
            liked.append(least[-1])
    return least, liked


def _size(table: Table, rows: list[list[str]]) -> tuple[float, bool]:
    least, _ = _needs(table, rows)
    room = _INSET * len(least)
    for size in _SIZES:
        if sum(least) * size * _LETTER + room <= _UPRIGHT:
            return size, False
    for size in _SMALLER:
        if sum(least) * size * _LETTER + room <= _TURNED:
            return size, True
    return _SMALLER[-1], True


def _widths(table: Table, rows: list[list[str]], size: float, room: float) -> list[float]:
    least, liked = _needs(table, rows)
    em = size * _LETTER
    base = [n * em + _INSET for n in least]
    spare = room - sum(base)
    if spare < 0:  # a table of very many columns: all shrink alike
        return [width * room / sum(base) for width in base]
    wish = [(want - need) * em for need, want in zip(least, liked, strict=True)]
    widths = list(base)
    asking = sorted((more, place) for place, more in enumerate(wish))
    for left, (more, place) in zip(range(len(asking), 0, -1), asking, strict=True):  # small wishes first
        given = min(more, spare / left)
        widths[place] += given
        spare -= given
    words = [place for place, column in enumerate(table.columns) if column.kind == "text"]
    whole = sum(widths[place] for place in words)
    if whole:  # the rest goes to the columns of words, so that the table is as wide as the text
        for place in words:
            widths[place] += spare * widths[place] / whole
    return widths
