"""What a file is, by its content; its suffix is a hint that may not contradict."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from sipukat.errors import UnreadableFileError
from sipukat.readers import READERS
from sipukat.readers.base import content, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from sipukat.readers.base import Grid

_HEAD: Final = 65_536
_BUILT_IN: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xls": "excel",
    ".docx": "word",
}
_SPOKEN: Final = {
    "csv": ("delimited text", ".csv"),
    "json": ("JSON", ".json"),
    "html": ("HTML", ".html"),
    "excel": ("a workbook", ".xlsx"),
    "word": ("a Word document", ".docx"),
}
_OTHER: Final[dict[bytes, str]] = {
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"(\xb5/\xfd": "a zstd archive",
    b"Rar!": "a RAR archive",
    b"%PDF": "a PDF",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF text",
    b"$FL2": "an SPSS file",
    b"ARROW1": "an Arrow file",
}
_REMEDY: Final = "Export the survey as .xlsx or CSV, or load it yourself and pass the data frame."
_SQL: Final = re.compile(r"^\s{0,9}(?:insert\s+into|create\s+table)\s", re.IGNORECASE | re.MULTILINE)


def kind_of(data: bytes, name: str) -> str:
    r"""Return the name of the built-in reader for a content.

    Raises
    ------
    UnreadableFileError
        If it is of a kind that holds no survey that can be read.

    Examples
    --------
    >>> kind_of(b"U1,U2", "a.csv"), kind_of(b"<table><tr><td>U1", "a.xls"), kind_of(b'[{"U1": 3}]', "a.json")
    ('csv', 'html', 'json')
    """
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_kind(name)
    for magic, what in _OTHER.items():
        if data.startswith(magic):
            raise UnreadableFileError(f"it is {what}", name, _REMEDY)
    head = text_of(data, name)[:_HEAD].lstrip()
    folded = head.casefold()
    if head.startswith("<") or "mime-version:" in folded[:200]:
        if "schemas-microsoft-com:office:spreadsheet" in folded and "<workbook" in folded:
            raise UnreadableFileError(
                "it is an XML Spreadsheet 2003",
                name,
                "Open it in a spreadsheet program and save it as .xlsx.",
            )
        if "<table" in folded or "<html" in folded:
            return "html"
        raise UnreadableFileError("it is XML or a web archive, not a table", name, _REMEDY)
    if (
        head.startswith("{")
        or (head.startswith("[") and name.lower().endswith(".json"))
        or re.match(r'\[\s*(?:\{|"|\])', head)
    ):
        return "json"
    if _SQL.search(head):
        remedy = "Load it into a database and export the table, or the answers one a row, as CSV."
        raise UnreadableFileError("it is an SQL dump", name, remedy)
    return "csv"


def _compound_kind(name: str) -> str:
    if name.lower().endswith((".doc", ".docx")):
        remedy = "Open it in Word and save it as .docx, without a password."
        raise UnreadableFileError("it is an old (.doc) or an encrypted Word document", name, remedy)
    return "excel"


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()[:20_000]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as failure:
        raise UnreadableFileError(
            f"it is a damaged workbook or document: {failure}", name, "Save it again as .xlsx or .docx."
        ) from None
    if "xl/workbook.xml" in names:
        return "excel"
    if any(part.startswith("word/document") for part in names):
        return "word"
    kinds = {
        "xl/workbook.bin": "a binary workbook (.xlsb)",
        "mimetype": "an OpenDocument file",
    }
    what = next((text for part, text in kinds.items() if part in names), "a zip archive without a workbook")
    raise UnreadableFileError(f"it is {what}", name, "Save it as .xlsx, or export the answers as CSV.")


def read_file(path: Path, *, sheet: str | int | None = None) -> tuple[list[Grid], str]:
    """Read a file by what it is, and return its grids and the name of the reader.

    A reader brought by another package reads the suffixes that no built-in one knows.
    HTML saved under the name of a workbook is read, as that is what applications
    write; any other content under the name of another kind is refused.

    Raises
    ------
    UnreadableFileError
        If it cannot be read, or is not what its name claims.
    """
    suffix = path.suffix.lower()
    if suffix not in _BUILT_IN:
        for name, reader in READERS.usable():
            if name not in READERS.builtins and suffix in reader.suffixes:
                return reader(path, sheet=sheet), name
    kind, claimed = kind_of(content(path), path.name), _BUILT_IN.get(suffix)
    if claimed not in {None, kind} and not (kind == "html" and claimed == "excel"):
        spoken, right = _SPOKEN[kind]
        raise UnreadableFileError(
            f"its name ends in {suffix}, but it is {spoken}",
            path.name,
            f"Rename it to {right}, or export it as what it claims.",
        )
    return READERS[kind](path, sheet=sheet), kind
