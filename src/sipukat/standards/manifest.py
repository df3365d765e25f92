"""The manifest of a result: all that it takes to compute it again, and nothing of a respondent.

It says which library, which packages below it, which text of which standard, which input and
which options. It holds no path, user, machine or answer. `sipukat.verify` reads it.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field, JsonValue

from sipukat._model import Record
from sipukat._version import __version__
from sipukat.errors import ArgumentTypeError
from sipukat.readers.base import content
from sipukat.standards.registry import brought_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sipukat.standards.loader import Standard

FORMAT: Final = "urn:sipukat:manifest:1"
_BELOW: Final = ("numpy", "scipy", "pandas")


class StandardUsed(Record):
    """Which standard, and which text of it.

    Parameters
    ----------
    id
        Its id.
    confidence
        How sure its figures are, A to C.
    sha256
        Of all that it says, from which any change of a figure is seen.
    origin
        The plugin that brought it, with its version; empty where the library did.
    """

    id: str
    confidence: str
    sha256: str
    origin: str = ""


class InputUsed(Record):
    """Which input; hashes and counts alone.

    Parameters
    ----------
    source
        Name of the file without its folder, or the kind of data frame.
    sha256
        Of the bytes of the file.
    answers_sha256
        Of the answers alone, so that a CSV and a workbook of the same answers agree.
    rows_read, rows_used
        Number of rows below the heading, and of those that are respondents.
    left_out
        Rows that were no respondents, by the code of the finding that names them.
    columns
        Heading to what its column was taken for.
    """

    source: str
    sha256: str
    answers_sha256: str = ""
    rows_read: int = Field(ge=0)
    rows_used: int = Field(ge=0)
    left_out: Mapping[str, int] = Field(default_factory=dict)
    columns: Mapping[str, str] = Field(default_factory=dict)


class SourceUsed(Record):
    """A file that something of a publication was read from.

    Parameters
    ----------
    source
        Its name without its folder.
    sha256
        Of its bytes.
    """

    source: str
    sha256: str


class Manifest(Record):
    """What it takes to compute a result again.

    Parameters
    ----------
    format
        Version of the manifest.
    library
        Version of the library.
    environment
        Versions of Python and of the packages that the numbers pass through.
    standard
        The standard.
    plugins
        Plugins that took part, each with its version.
    input
        The input; None where the answers did not come through `sipukat.read_survey`.
    reading, estimating, telling
        Options of reading the input, of estimating, and of the report.
    results_sha256
        Of the numbers for programs (`data`) that stand beside the manifest.

    Examples
    --------
    >>> from sipukat import standards
    >>> made = manifest_of(standards.get("spak"), results={"n": 3})
    >>> made.standard.id, made.results_sha256 == sha256_of({"n": 3}), sorted(made.environment)
    ('spak', True, ['numpy', 'pandas', 'python', 'scipy'])
    """

    format: Literal["urn:sipukat:manifest:1"] = FORMAT
    library: str
    environment: Mapping[str, str]
    standard: StandardUsed
    plugins: tuple[str, ...] = ()
    input: InputUsed | None = None
    reading: Mapping[str, JsonValue] = Field(default_factory=dict)
    estimating: Mapping[str, JsonValue] = Field(default_factory=dict)
    telling: Mapping[str, JsonValue] = Field(default_factory=dict)
    results_sha256: str


def manifest_of(
    standard: Standard,
    *,
    results: Any,
    source: InputUsed | None = None,
    reading: Mapping[str, Any] | None = None,
    estimating: Mapping[str, Any] | None = None,
    telling: Mapping[str, Any] | None = None,
    plugins: Iterable[str] = (),
) -> Manifest:
    """Return the manifest of a result that is made here and now.

    Parameters
    ----------
    standard
        The standard that was used.
    results
        Its numbers, as plain data.
    source
        The input, where it is known.
    reading, estimating, telling
        Options, as plain data.
    plugins
        Plugins that took part, besides that of the standard.

    Examples
    --------
    >>> from sipukat import standards
    >>> manifest_of(standards.get("spak"), results={}).plugins
    ()
    """
    origin = brought_by(standard)
    return Manifest(
        library=__version__,
        environment=environment(),
        standard=StandardUsed(
            id=standard.id, confidence=standard.confidence, sha256=standard_sha256(standard), origin=origin
        ),
        plugins=tuple(sorted({name for name in (origin, *plugins) if name})),
        input=source,
        reading=dict(reading or {}),
        estimating=dict(estimating or {}),
        telling=dict(telling or {}),
        results_sha256=sha256_of(results),
    )


def sources_used(paths: Iterable[str | PathLike[str]]) -> list[dict[str, str]]:
    """Return names and hashes of files, each once, as a manifest holds them under ``reading``.

    Parameters
    ----------
    paths
        The files.

    Raises
    ------
    ArgumentTypeError
        If it is one path and no sequence of paths.
    UnreadableFileError
        If one cannot be read.

    Examples
    --------
    >>> sources_used([])
    []
    """
    if isinstance(paths, str | PathLike):
        raise ArgumentTypeError(f"sources: {str(paths)!r} is one path; give a list of paths")
    files = dict.fromkeys(map(Path, paths))
    return [
        SourceUsed(source=file.name, sha256=hashlib.sha256(content(file)).hexdigest()).model_dump()
        for file in files
    ]


@lru_cache(maxsize=1)
def environment() -> Mapping[str, str]:
    """Return the versions of Python and of the packages that the numbers pass through.

    Examples
    --------
    >>> environment()["python"] == platform.python_version()
    True
    """
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _BELOW}}


def standard_sha256(standard: Standard) -> str:
    """Return the SHA-256 of all that a standard says, what it takes from another included.

    Parameters
    ----------
    standard
        A standard of any kind.

    Examples
    --------
    >>> from sipukat import standards
    >>> len(standard_sha256(standards.get("spak")))
    64
    """
    return sha256_of(standard.model_dump(mode="json"))


def sha256_of(data: Any) -> str:
    """Return the SHA-256 of plain data as JSON: UTF-8, keys sorted, no blanks, no NaN.

    Parameters
    ----------
    data
        Mappings, lists, texts, numbers, booleans and None.

    Examples
    --------
    >>> sha256_of({"b": 1, "a": [2]}) == hashlib.sha256(b'{"a":[2],"b":1}').hexdigest()
    True
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
