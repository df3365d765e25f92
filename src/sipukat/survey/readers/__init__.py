"""Readers: from a file to grids of raw cells. The only place where survey files are opened.

A reader has the `suffixes` of the files it knows and, called with a path, returns the
`Grid` of each sheet or table. Other packages bring readers for other suffixes through
the entry-point group ``sipukat.readers``.
"""

from __future__ import annotations

from sipukat.plugins import Registry
from sipukat.survey.readers.base import Grid, Reader

READERS: Registry[Reader] = Registry(
    "sipukat.readers",
    kind="reader",
    builtins={
        "csv": "sipukat.survey.readers.from_csv:read_csv",
        "excel": "sipukat.survey.readers.from_xlsx:read_workbook",
        "html": "sipukat.survey.readers.from_html:read_html",
        "json": "sipukat.survey.readers.from_json:read_json",
    },
)

__all__ = ["READERS", "Grid", "Reader"]
