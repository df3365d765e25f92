"""The cells of one sheet part, counted and measured without parsing it.

A parser makes room for the rectangle that holds all cells, so one far cell is enough to
exhaust the memory. Sheets as programs write them (``<c r="A1"``) are measured by a
bound that takes three passes of a fast search; all others are read tag by tag, and a
tag that does not follow the grammar is refused, as a parser might read it otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS: Final = 20_000_000
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 1_024
_STEP: Final = 8 * 1024 * 1024
_WIDTHS: Final = {1: 26, 2: 702}  # letters of a reference, and the columns that they can name
_DIGITS: Final = b"0123456789"

_CELL: Final = re.compile(rb"<(?:\w{1,20}:)?c(?=[\s/>])")
_ATTRIBUTE: Final = rb"""\s{1,9}[\w:.\-]{1,40}\s{0,9}=\s{0,9}(?:"[^"<>&]{0,200}"|'[^'<>&]{0,200}')"""
_REFERENCE: Final = rb"""\s{1,9}r\s{0,9}=\s{0,9}["']([A-Za-z]{1,3}[0-9]{1,7})["']"""
_TAG: Final = re.compile(rb"<(?:\w{1,20}:)?c((?:%b){0,12})\s{0,9}/?>" % _ATTRIBUTE)
_NAMED: Final = re.compile(_REFERENCE)
_ROW: Final = re.compile(rb"<(?:\w{1,20}:)?row(?=[\s/>])")
_ROW_TAG: Final = re.compile(rb"<(?:\w{1,20}:)?row((?:%b){0,30})\s{0,9}/?>" % _ATTRIBUTE)
_ROW_NUMBER: Final = re.compile(rb"""\s{1,9}r\s{0,9}=\s{0,9}["']([0-9]{1,7})["']""")
_NUMBERED: Final = re.compile(rb"\s{1,9}r\s{0,9}=")

_OPEN: Final = rb"""<(?:\w{1,20}:)?c\s(?=[^>]{0,400}?\br=["']([A-Za-z]{1,3}[0-9]{1,7})["'])"""
_ERROR: Final = re.compile(
    _OPEN + rb"""(?=[^>]{0,400}?\bt=["']e["'])[^>]{0,400}>"""
    rb"""(?:[^<]|<(?!/?(?:\w{1,20}:)?(?:v|c)\b)){0,9000}<(?:\w{1,20}:)?v>([^<]{1,20})<"""
)
_UNCOMPUTED: Final = re.compile(
    _OPEN + rb"""[^>]{0,400}><(?:\w{1,20}:)?f\b[^>]{0,300}?(?:/>|>([^<]{0,8192})</(?:\w{1,20}:)?f>)\s{0,9}"""
    rb"""(?:<(?:\w{1,20}:)?v\s?/>|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>)?\s{0,9}</(?:\w{1,20}:)?c>"""
)
_HIDDEN: Final = re.compile(
    rb"""<(?:\w{1,20}:)?row\s(?=[^>]{0,400}?\bhidden=["'](?:1|true)["'])[^>]{0,400}?\br=["'](\d{1,7})["']"""
)


class OversizeError(ValueError):
    """A sheet that a parser would make too much room for, or that could be read in two ways."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one sheet part holds that its parser does not tell.

    Parameters
    ----------
    cells
        How many cells it has, blank ones included.
    uncomputed
        (row, column) from 0, and the text, of cells whose value is an error or is a
        formula that was never computed; a parser shows both as blank.
    hidden_rows
        Numbers of hidden rows, from 1.
    """

    cells: int = 0
    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()


def scan(part: bytes) -> Part | None:
    """Return what a sheet part holds, or None where it has no cells.

    Raises
    ------
    OversizeError
        If it has too many cells, spans too many, or holds a tag that breaks the grammar.

    Examples
    --------
    >>> scan(b'<row r="1"><c r="A1"><v>4</v></c></row>').cells
    1
    >>> scan(b'<row r="1"><c r="XFD1048576"/></row>')
    Traceback (most recent call last):
    sipukat.readers.cellscan.OversizeError: a sheet has a cell in row 1,048,576, column 16,384
    """
    cells, width, height = _bound(part) or _measure(part)
    if not cells and not height:
        return None
    if cells > MOST_CELLS:
        raise OversizeError(f"a sheet has more than {MOST_CELLS:,} cells")
    if height > MOST_ROWS or width > MOST_COLUMNS:
        raise OversizeError(f"a sheet has a cell in row {height:,}, column {width:,}")
    if width * height > MOST_CELLS:
        raise OversizeError(
            f"a sheet spans {height:,} rows x {width:,} columns, more than {MOST_CELLS:,} cells"
        )
    hidden = tuple(map(int, _HIDDEN.findall(part))) if b"hidden=" in part else ()
    return Part(cells=cells, uncomputed=dict(_uncomputed(part)), hidden_rows=hidden)


def _bound(part: bytes) -> tuple[int, int, int] | None:
    """Return cells, and bounds of columns and rows, of a sheet as programs write it; else None."""
    cells = part.count(b'<c r="')
    if not cells or b":c" in part or part.count(b"<c ") != cells:
        return None
    if part.count(b"<c") != cells and any(
        tag[2:3] in b">/\t\r\n" for tag in re.findall(rb"(?s)<c(?! r=).?", part)
    ):
        return None
    numbers = re.findall(rb'<row r="([0-9]{1,7})"', part)
    digits = len(str(max(map(int, numbers), default=0)))
    height = 10**digits - 1
    for letters, width in _WIDTHS.items():
        if width * height > MOST_CELLS or height > MOST_ROWS:
            break
        # each reference has no more letters, and no more digits than the last row, or it is found here
        if not re.search(rb'<c r="(?![A-Z]{1,%d}[0-9]{1,%d}")' % (letters, digits), part):
            return cells, width, height
    return None


def _windows(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield bounds of pieces that each start at a tag, so that lists of matches stay small."""
    start = 0
    while start < len(part):
        end = part.find(b"<", start + _STEP)
        end = len(part) if end < 0 else end
        yield start, end
        start = end


def _measure(part: bytes) -> tuple[int, int, int]:
    """Return cells, and a rectangle that holds them all, however the sheet is written."""
    cells = named = 0
    height = 0
    columns: set[bytes] = set()
    for start, end in _windows(part):
        here = len(_CELL.findall(part, start, end))
        tags = _TAG.findall(part, start, end)
        if len(tags) != here:
            raise OversizeError("a sheet holds a cell whose tag can be read in two ways")
        cells += here
        if cells > MOST_CELLS:
            raise OversizeError(f"a sheet has more than {MOST_CELLS:,} cells")
        attributes = b"\n".join(tags)
        found = _NAMED.findall(attributes)
        if len(found) != len(_NUMBERED.findall(attributes)):
            raise OversizeError("a sheet holds a cell with a reference that is none")
        named += len(found)
        columns.update(ref.rstrip(_DIGITS).upper() for ref in found)
        height = max(height, max((_row(ref) for ref in found), default=0))
    width = max(map(_column, columns), default=0)
    if named < cells:  # cells without a reference stand right of the one before, in the row of their tag
        height = max(height, _last_row(part))
        width += max(
            (len(_CELL.findall(row)) for row in re.split(rb"</(?:\w{1,20}:)?row\s{0,9}>", part)), default=0
        )
    return cells, width, height


def _last_row(part: bytes) -> int:
    """Return the last row that the row tags can stand for: numbered, or after the one before."""
    unnumbered = last = 0
    for start, end in _windows(part):
        tags = _ROW_TAG.findall(part, start, end)
        if len(tags) != len(_ROW.findall(part, start, end)):
            raise OversizeError("a sheet holds a row whose tag can be read in two ways")
        attributes = b"\n".join(tags)
        found = _ROW_NUMBER.findall(attributes)
        if len(found) != len(_NUMBERED.findall(attributes)):
            raise OversizeError("a sheet holds a row with a number that is none")
        last = max(last, max(map(int, found), default=0))
        unnumbered += len(tags) - len(found)
    return last + unnumbered


def _row(ref: bytes) -> int:
    return int(ref.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _uncomputed(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b'"e"' in part or b"'e'" in part:
        for ref, text in _ERROR.findall(part):
            yield _place(ref), text.decode("utf-8", "replace")
    if b"<f" in part or b":f" in part:
        for ref, formula in _UNCOMPUTED.findall(part):
            yield _place(ref), "=" + formula[:60].decode("utf-8", "replace")


def _place(ref: bytes) -> tuple[int, int]:
    return _row(ref) - 1, _column(ref.rstrip(_DIGITS).upper()) - 1
