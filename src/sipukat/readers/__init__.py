"""Readers: from a file to grids of raw cells. The only place where files of tables are opened.

A reader has the `suffixes` of the files it knows and, called with a path, returns the
`Grid` of each sheet or table. Other packages bring readers for other suffixes through
the entry-point group ``sipukat.readers``.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

from sipukat.errors import PluginLoadError
from sipukat.plugins import Registry
from sipukat.readers.base import Grid, Reader, content, text_of, wanted

_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,20}")


def _accepted(thing: Any, name: str, place: str) -> Reader:
    """Return a reader, or say what it lacks to be one."""
    suffixes = getattr(thing, "suffixes", None)
    if not callable(thing):
        lack = f"it is a {type(thing).__name__} that cannot be called with a path"
    elif not isinstance(suffixes, tuple) or not suffixes:
        lack = "it has no `suffixes`, a tuple such as ('.csv',)"
    elif strange := [each for each in suffixes if not (isinstance(each, str) and _SUFFIX.fullmatch(each))]:
        lack = f"{strange[0]!r} is no suffix such as '.csv', of a-z and 0-9 after the point"
    else:
        return cast("Reader", thing)
    raise PluginLoadError("reader", name, place, lack)


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
    accept=_accepted,
)

__all__ = ["READERS", "Grid", "Reader", "content", "text_of", "wanted"]
