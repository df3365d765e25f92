"""Workbooks: inspected by `preflight`, then parsed by calamine."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET  # the parts were searched for declarations of entities

from sipukat._require import require
from sipukat.errors import UnreadableFileError
from sipukat.readers import preflight
from sipukat.readers.base import Grid, content, wanted
from sipukat.readers.cellscan import Part

if TYPE_CHECKING:
    from pathlib import Path

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_LEGACY: Final = 32 * 1024 * 1024
_AGAIN: Final = "Open it in a spreadsheet program and save it again as .xlsx, without a password."


def _attributes(element: ET.Element) -> dict[str, str]:
    return {_local(key): value for key, value in element.attrib.items()}


def _local(name: str) -> str:
    """Return a name without its namespace: what follows the last brace, found in one step."""
    return name.rpartition("}")[2]


def _parts_by_sheet(data: bytes) -> dict[str, str]:
    """Return the name of each sheet and of the part that holds it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  no declarations, see above
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {a["Id"]: a["Target"] for a in map(_attributes, links) if "Id" in a and "Target" in a}
    sheets = [_attributes(e) for e in book.iter() if _local(e.tag) == "sheet"]
    return {
        sheet["name"]: posixpath.normpath(posixpath.join("/xl", targets[sheet["id"]])).lstrip("/")
        for sheet in sheets
        if sheet.get("id") in targets and "name" in sheet
    }


def _parse(data: bytes, name: str) -> list[tuple[str, bool, list[list[Any]]]]:
    """Return name, hidden and rows of each sheet; no failure of the parser comes out as it is."""
    calamine = require("python_calamine", extra="excel", purpose="reading a workbook")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (
                sheet.name,
                not str(sheet.visible).endswith(".Visible"),
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
            )
            for sheet in book.sheets_metadata
            if str(sheet.typ).endswith(".WorkSheet")
        ]
    except BaseException as failure:
        # the parser's panics are no Exception; anything else that is none (an interrupt) passes
        if not isinstance(failure, Exception) and type(failure).__name__ != "PanicException":
            raise
        raise UnreadableFileError(
            f"it is a workbook that cannot be read: {str(failure)[:200]}", name, _AGAIN
        ) from None


class WorkbookReader:
    """Reads .xlsx and .xlsm after an inspection of what they declare, and legacy .xls.

    Cells whose value is an error (``#DIV/0!``), or a formula that no program computed,
    keep that text: a blank would pass for a missing answer.

    Examples
    --------
    >>> read_workbook.suffixes
    ('.xlsx', '.xlsm', '.xls')
    """

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xls")

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return one grid for each worksheet, hidden ones included.

        Raises
        ------
        UnreadableFileError
            If it is damaged, encrypted, hostile, or no workbook.
        MissingExtraError
            If python-calamine is not installed.
        """
        data = content(path)
        if data.startswith(_OLE):
            if len(data) > _MOST_LEGACY:
                raise UnreadableFileError("it is a legacy .xls of more than 32 MiB", path.name, _AGAIN)
            found: dict[str, Part] = {}
        else:
            parts = preflight.inspect(data, path.name)
            try:
                found = {name: parts.get(part, Part()) for name, part in _parts_by_sheet(data).items()}
            except (KeyError, ET.ParseError, zipfile.BadZipFile) as failure:
                raise UnreadableFileError(
                    f"it lacks a part of a workbook: {failure}", path.name, _AGAIN
                ) from None
        grids = []
        for name, hidden, rows in _parse(data, path.name):
            part = found.get(name, Part())
            for (row, column), text in part.uncomputed.items():
                _put(rows, row, column, text)
            grids.append(Grid(name=name, rows=rows, hidden=hidden, hidden_rows=part.hidden_rows))
        return wanted(grids, sheet, path.name)


def _put(rows: list[list[Any]], row: int, column: int, text: str) -> None:
    width = len(rows[0]) if rows else 0
    if row < len(rows) and column < width:
        if rows[row][column] == "":
            rows[row][column] = text
        return
    for line in rows:
        line.extend([""] * (column + 1 - width))
    width = max(width, column + 1)
    rows.extend([""] * width for _ in range(row + 1 - len(rows)))
    rows[row][column] = text


read_workbook: Final = WorkbookReader()
