"""A published file, opened with suspicion: whoever made it, it is only data here."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import ValidationError

from sipukat.errors import UnreadableFileError
from sipukat.readers import READERS
from sipukat.readers.base import content, text_of
from sipukat.standards.manifest import FORMAT, Manifest

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from sipukat.readers import Grid

_MOST: Final = 64 * 1024 * 1024
_DOCUMENT: Final = "urn:sipukat:document:1"
_RESULT: Final = "urn:sipukat:ikm-result:1"
_FORMULA: Final = re.compile(rb"<f>([^<]{1,8192})</f>")
_VERSIONED: Final = re.compile(r"(urn:sipukat:(?:document|ikm-result)):[0-9]{1,6}")
_NEWER: Final = "A newer sipukat wrote it: verify it with that one."
_REMEDY: Final = "Give what sipukat published as .json or .xlsx."


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a published file holds.

    Parameters
    ----------
    path
        The file.
    kind
        ``"document"`` (JSON of a report), ``"result"`` (JSON of a result), ``"workbook"``.
    manifest, generated
        What it says of itself; None where it does not, or not so that it can be read.
    data
        The JSON; empty of a workbook.
    grids
        The sheets of a workbook.
    """

    path: Path
    kind: Literal["document", "result", "workbook"]
    manifest: Manifest | None
    generated: datetime | None = None
    data: dict[str, Any]
    grids: tuple[Grid, ...] = ()


def opened(path: Path) -> Published:
    """Read a published file, after the same inspection as that of a survey.

    Parameters
    ----------
    path
        A .json or .xlsx file.

    Raises
    ------
    UnreadableFileError
        If it is neither, is damaged or is hostile.
    """
    if path.suffix.lower() == ".xlsx":
        grids = tuple(READERS["excel"](path))
        text = "".join(str(row[1]) for grid in grids for row in grid.rows if row[:1] == [FORMAT] and row[1:])
        came = _plain(text, path.name, among="manifest") if text else {}
        manifest, generated = _said(came)
        return Published(
            path=path, kind="workbook", manifest=manifest, generated=generated, data={}, grids=grids
        )
    if path.suffix.lower() != ".json":
        raise UnreadableFileError("only .json and .xlsx can be computed again", path.name, _REMEDY)
    data = _plain(text_of(content(path, most=_MOST), path.name), path.name)
    if data.get("$schema") == _DOCUMENT:
        told = data.get("provenance")
        manifest, generated = _said(told if isinstance(told, dict) else {})
        return Published(path=path, kind="document", manifest=manifest, generated=generated, data=data)
    if data.get("format") == _RESULT:
        return Published(path=path, kind="result", manifest=_said(data)[0], data=data)
    for said in (data.get("$schema"), data.get("format")):
        if isinstance(said, str) and (other := _VERSIONED.fullmatch(said)):
            raise UnreadableFileError(
                f"it is of format {said}, and this version reads {other[1]}:1", path.name, _NEWER
            )
    raise UnreadableFileError("it is JSON, but no published document and no result", path.name, _REMEDY)


def _said(came: dict[str, Any]) -> tuple[Manifest | None, datetime | None]:
    try:
        manifest = Manifest.model_validate_json(json.dumps(came.get("manifest")))
        moment = came.get("generated")
        generated = None if moment is None else datetime.fromisoformat(moment)
    except (ValidationError, TypeError, ValueError):
        return None, None
    return manifest, generated


def _plain(text: str, name: str, *, among: str = "JSON") -> dict[str, Any]:
    """Return an object of JSON; nothing in it twice, no NaN, no depth that would not end."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a key stands twice")
        return found

    def never(constant: str) -> Any:
        raise ValueError(f"{constant} is no number")

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=never)
    except (ValueError, RecursionError) as failure:
        reason = "it is nested too deep" if isinstance(failure, RecursionError) else str(failure)
        raise UnreadableFileError(f"its {among} cannot be read: {reason[:200]}", name, _REMEDY) from None
    if not isinstance(data, dict):
        raise UnreadableFileError(f"its {among} is no object", name, _REMEDY)
    return data


def formulas(book: Path | IO[bytes]) -> Counter[bytes]:
    """Return the formulas of a workbook, and how often each stands there.

    Parameters
    ----------
    book
        A workbook that was inspected before.
    """
    with zipfile.ZipFile(book) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return Counter(found for name in sheets for found in _FORMULA.findall(parts.read(name)))
