"""What a workbook declares, looked at before any parser sees it.

A parser can be made to abort the whole process by a workbook of 1.5 kB that names one
far cell, or to fill the memory by one that inflates. Nothing here trusts what a file
says of itself but the sizes in its central directory, and those are checked while the
parts are read (a part that is longer, or another, fails its checksum).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from sipukat.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES: Final = 10_000
MOST_INFLATED: Final = 256 * 1024 * 1024
MOST_RATIO: Final = 200
MOST_CELLS: Final = 20_000_000
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 1_024
MOST_TEXT: Final = 256 * 1024 * 1024
_SMALL: Final = 1024 * 1024  # a ratio says nothing of parts that are small anyway
_STEP: Final = 8 * 1024 * 1024
_ENCRYPTED: Final = 0x1
_DIGITS: Final = b"0123456789"
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(rb"""<(?:\w{1,20}:)?c(?=[\s/>])""")
_NAMED: Final = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^>]{0,200}?\br\s{0,3}=\s{0,3}["']([A-Z]{1,9}[0-9]{1,9})["']"""
)
_ERROR: Final = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}?\bt="e"[^>]{0,200}>"""
    rb"""(?:[^<]|<(?!/?(?:\w{1,20}:)?(?:v|c)\b)){0,9000}<(?:\w{1,20}:)?v>([^<]{1,20})<"""
)
_UNCOMPUTED: Final = re.compile(
    rb"""<(?:\w{1,20}:)?c\s[^>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,200}><(?:\w{1,20}:)?f\b[^>]{0,300}?"""
    rb"""(?:/>|>([^<]{0,8192})</(?:\w{1,20}:)?f>)\s{0,9}(?:<(?:\w{1,20}:)?v\s?/>|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>)?\s{0,9}</(?:\w{1,20}:)?c>"""
)
_HIDDEN: Final = re.compile(
    rb"""<(?:\w{1,20}:)?row\s(?=[^>]{0,400}?\bhidden="(?:1|true)")[^>]{0,400}?\br="(\d{1,7})\""""
)
_TEXT_CELL: Final = re.compile(rb"""\bt="s"[^>]{0,200}><(?:\w{1,20}:)?v>(\d{1,9})<""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one sheet part holds that its parser does not tell.

    Parameters
    ----------
    uncomputed
        (row, column) from 0, and the text, of cells whose value is an error or is a
        formula that was never computed; a parser shows both as blank.
    hidden_rows
        Numbers of hidden rows, from 1.
    """

    uncomputed: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()


def inspect(data: bytes, name: str) -> dict[str, Part]:
    """Return what each sheet part of a workbook holds, or refuse the workbook.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name, for messages.

    Raises
    ------
    UnreadableFileError
        If it is damaged, encrypted, declares entities, or could exhaust the memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), name)
            lengths: list[int] = []
            parts: dict[str, Part] = {}
            texts: list[bytes] = []
            for entry in archive.infolist():
                part, kind = archive.read(entry), entry.filename.lower()
                if not kind.endswith((".xml", ".rels")):
                    if b"sheetData" in part:
                        _refuse(
                            name, f"its part {entry.filename} is a sheet that does not bear the name of one"
                        )
                    continue
                _check_markup(part, entry.filename, name)
                if kind.endswith("sharedstrings.xml"):
                    lengths = [len(piece) for piece in re.split(rb"</(?:\w{1,20}:)?si>", part)]
                elif _CELL.search(part):
                    parts[entry.filename] = _sheet(part, name)
                    texts.append(part)
            _check_amplification(texts, lengths, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as failure:
        if isinstance(failure, UnreadableFileError):
            raise
        raise UnreadableFileError(
            f"it is a damaged workbook: {failure}",
            name,
            "Open it in a spreadsheet program and save it again as .xlsx.",
        ) from None
    return parts


def _refuse(name: str, problem: str) -> NoReturn:
    raise UnreadableFileError(
        f"{problem}, so it is not opened",
        name,
        "Copy the answers alone into a new workbook, or export them as CSV.",
    )


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        _refuse(name, f"the workbook has {len(entries):,} parts, more than {MOST_ENTRIES:,}")
    if len({entry.filename for entry in entries}) < len(entries):
        _refuse(name, "the workbook holds one part twice")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        _refuse(name, "the workbook is encrypted")
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MOST_INFLATED:
        _refuse(
            name, f"the workbook inflates to {inflated // 2**20:,} MiB, more than {MOST_INFLATED // 2**20}"
        )
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            _refuse(name, f"its part {entry.filename} inflates {ratio:,}-fold, more than {MOST_RATIO}")


def _check_markup(part: bytes, part_name: str, name: str) -> None:
    if b"\0" in part[:64]:
        _refuse(name, f"its part {part_name} is not in UTF-8")
    if _DECLARATION.search(part):
        _refuse(name, f"its part {part_name} declares a document type or an entity")


def _windows(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield bounds of pieces that each start at a tag, so that lists of matches stay small."""
    start = 0
    while start < len(part):
        end = part.find(b"<", start + _STEP)
        end = len(part) if end < 0 else end
        yield start, end
        start = end


def _sheet(part: bytes, name: str) -> Part:
    cells = named = 0
    columns: set[bytes] = set()
    rows: set[int] = set()
    odd = any(form in part for form in (b":c", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r"))
    for start, end in _windows(part):
        found = _NAMED.findall(part, start, end)
        named += len(found)
        cells += len(_CELL.findall(part, start, end)) if odd else part.count(b"<c ", start, end)
        joined = b" ".join(found)
        columns.update(joined.translate(None, _DIGITS).split())
        rows.add(max(map(int, set(joined.translate(None, _LETTERS).split())), default=0))
        if cells > MOST_CELLS:
            _refuse(name, f"a sheet has more than {MOST_CELLS:,} cells")
    width, height = max(map(_column, columns), default=0), max(rows, default=0)
    if named < cells:  # cells without a reference stand after the one before
        width, height = _implicit(part, name, width, height)
    if height > MOST_ROWS or width > MOST_COLUMNS:
        _refuse(
            name,
            f"a sheet has a cell in row {height:,}, column {width:,}: "
            f"beyond row {MOST_ROWS:,} or column {MOST_COLUMNS:,}",
        )
    if width * height > MOST_CELLS:
        _refuse(name, f"a sheet spans {height:,} rows x {width:,} columns, more than {MOST_CELLS:,} cells")
    hidden = tuple(map(int, _HIDDEN.findall(part))) if b"hidden=" in part else ()
    return Part(uncomputed=dict(_uncomputed(part)), hidden_rows=hidden)


def _implicit(part: bytes, name: str, width: int, height: int) -> tuple[int, int]:
    rows = len(re.findall(rb"<(?:\w{1,20}:)?row[\s/>]", part))
    most = max((len(_CELL.findall(row)) for row in re.split(rb"</(?:\w{1,20}:)?row>", part)), default=0)
    if rows > MOST_ROWS:
        _refuse(name, f"a sheet has {rows:,} rows")
    return width + most, height + rows


def _row(ref: bytes) -> int:
    return int(ref.lstrip(_LETTERS))


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _uncomputed(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b'"e"' in part:
        for ref, text in _ERROR.findall(part):
            yield (_row(ref) - 1, _column(ref.rstrip(_DIGITS)) - 1), text.decode("utf-8", "replace")
    if b"<f" in part or b":f" in part:
        for ref, formula in _UNCOMPUTED.findall(part):
            shown = "=" + formula[:60].decode("utf-8", "replace")
            yield (_row(ref) - 1, _column(ref.rstrip(_DIGITS)) - 1), shown


def _check_amplification(sheets: list[bytes], lengths: list[int], name: str) -> None:
    """Refuse a workbook in which many cells share a long text: a parser copies it for each."""
    longest, every = max(lengths, default=0), 0
    for sheet in sheets:
        if (sheet.count(b't="s"') + sheet.count(b"t='s'")) * longest <= MOST_TEXT:
            continue
        for start, end in _windows(sheet):
            every += sum(
                lengths[place]
                for place in map(int, _TEXT_CELL.findall(sheet, start, end))
                if place < len(lengths)
            )
        if every > MOST_TEXT or b"t='s'" in sheet:
            _refuse(name, f"its cells repeat texts of {MOST_TEXT // 2**20} MiB and more in all")
