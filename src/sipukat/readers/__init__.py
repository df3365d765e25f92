"""Readers: from a file to grids of raw cells. The only place where files of tables are opened.

A reader has the `suffixes` of the files it knows and, called with a path, returns the
`Grid` of each sheet or table. Other packages bring readers for other suffixes through
the entry-point group ``sipukat.readers``.
"""

from __future__ import annotations

from sipukat.plugins import Registry
from sipukat.readers.base import Grid, Reader

READERS: Registry[Reader] = Registry(
    "sipukat.readers",
    kind="reader",
    builtins={
        "csv": "sipukat.readers.from_csv:read_csv",
        "excel": "sipukat.readers.from_xlsx:read_workbook",
        "html": "sipukat.readers.from_html:read_html",
        "json": "sipukat.readers.from_json:read_json",
        "word": "sipukat.readers.from_docx:read_document",
    },
)

__all__ = ["READERS", "Grid", "Reader"]
