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
from typing import Final, NoReturn

from sipukat.errors import UnreadableFileError
from sipukat.readers.cellscan import Part, scan

MOST_ENTRIES: Final = 10_000
MOST_INFLATED: Final = 256 * 1024 * 1024
MOST_RATIO: Final = 200
MOST_TEXT: Final = 256 * 1024 * 1024
_SMALL: Final = 1024 * 1024  # a ratio says nothing of parts that are small anyway
_ENCRYPTED: Final = 0x1
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TEXT: Final = re.compile(rb"""\bt\s{0,9}=\s{0,9}["']s["']""")
_TEXT_CELL: Final = re.compile(
    rb"""\bt\s{0,9}=\s{0,9}["']s["'][^>]{0,400}>\s{0,9}<(?:\w{1,20}:)?v[^>]{0,40}>\s{0,9}(\d{1,9})\s{0,9}<"""
)


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
            texts: list[tuple[bytes, int]] = []
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
                elif found := scan(part):
                    parts[entry.filename] = found
                    texts.append((part, found.cells))
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


def _check_amplification(sheets: list[tuple[bytes, int]], lengths: list[int], name: str) -> None:
    """Refuse a workbook in which many cells share a long text: a parser copies it for each."""
    longest, every = max(lengths, default=0), 0
    for sheet, cells in sheets:
        if cells * longest <= MOST_TEXT:
            continue
        places = list(map(int, _TEXT_CELL.findall(sheet)))
        every += sum(lengths[place] for place in places if place < len(lengths))
        if every > MOST_TEXT or len(places) != len(_TEXT.findall(sheet)):
            _refuse(name, f"its cells repeat texts of {MOST_TEXT // 2**20} MiB and more in all")
