"""What an exporter is, which there are, and how a cell is printed in all of them."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, Protocol, cast, runtime_checkable

from sipukat._text import number
from sipukat.errors import PluginLoadError, UnknownNameError
from sipukat.plugins import Registry

if TYPE_CHECKING:
    from decimal import Decimal
    from os import PathLike

    from sipukat._text import Lang
    from sipukat.report.document import Column, Document


@runtime_checkable
class Exporter(Protocol):
    """Makes the bytes of a file from a document.

    An exporter that can fill an office's own template has, besides, a method
    ``with_template(path) -> Exporter``.

    Attributes
    ----------
    suffix
        Suffix of its files, e.g. ``".csv"``.
    media_type
        Their media type, e.g. ``"text/csv; charset=utf-8"``.
    """

    suffix: str
    media_type: str

    def __call__(self, document: Document, /) -> bytes:
        """Return the file; the same document gives the same bytes."""
        ...


_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,20}")
_MEDIA_TYPE: Final = re.compile(
    r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}(?:; ?[a-z0-9-]{1,40}=[\w.-]{1,40})*"
)


def _accepted(thing: Any, name: str, place: str) -> Exporter:
    """Return an exporter, or say what it lacks to be one."""
    suffix, media_type = getattr(thing, "suffix", None), getattr(thing, "media_type", None)
    if not callable(thing):
        lack = f"it is a {type(thing).__name__} that cannot be called with a document"
    elif not (isinstance(suffix, str) and _SUFFIX.fullmatch(suffix)):
        lack = "it has no `suffix` such as '.csv', of a-z and 0-9 after the point"
    elif not (isinstance(media_type, str) and _MEDIA_TYPE.fullmatch(media_type)):
        lack = "it has no `media_type` such as 'text/csv; charset=utf-8'"
    else:
        return cast("Exporter", thing)
    raise PluginLoadError("exporter", name, place, lack)


EXPORTERS: Final[Registry[Exporter]] = Registry(
    "sipukat.exporters",
    kind="exporter",
    builtins={
        "csv": "sipukat.export.as_csv:csv_people",
        "csv-machine": "sipukat.export.as_csv:csv_machine",
        "datapackage": "sipukat.export.as_datapackage:datapackage",
        "docx": "sipukat.export.as_docx:docx",
        "html": "sipukat.export.as_html:html",
        "json": "sipukat.export.as_json:json",
        "jsonld": "sipukat.export.as_jsonld:jsonld",
        "markdown": "sipukat.export.as_markdown:markdown",
        "pdf": "sipukat.export.as_pdf:pdf",
        "png": "sipukat.export.as_png:png",
        "svg": "sipukat.export.as_svg:svg",
        "xlsx": "sipukat.export.as_xlsx:xlsx",
    },
    accept=_accepted,
)


def names() -> tuple[str, ...]:
    """Return the names of all exporters, built in or brought by plugins; none is loaded.

    Examples
    --------
    >>> set(names()) >= {"csv", "html", "json", "xlsx"}
    True
    """
    return tuple(EXPORTERS)


def get(name: str) -> Exporter:
    """Return the exporter called `name`.

    Raises
    ------
    UnknownNameError
        If there is none.

    Examples
    --------
    >>> get("json").suffix
    '.json'
    """
    return EXPORTERS[name]


def _by_suffix() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, exporter in EXPORTERS.usable():
        if exporter.suffix not in found or exporter.suffix == f".{name}":
            found[exporter.suffix] = name
    return found


def for_path(path: str | PathLike[str]) -> Exporter:
    """Return the exporter that the suffix of a path asks for.

    The exporter that is called like its suffix goes first; where none is, the first by
    name that writes the suffix.

    Raises
    ------
    UnknownNameError
        If no exporter writes that suffix.

    Examples
    --------
    >>> for_path("laporan.HTML").media_type
    'text/html; charset=utf-8'
    """
    suffix = PurePath(path).suffix.casefold()
    if suffix[1:] in EXPORTERS:
        exporter = EXPORTERS[suffix[1:]]
        if exporter.suffix == suffix:
            return exporter
    known = _by_suffix()
    if suffix not in known:
        raise UnknownNameError("exporter for the suffix of a file", suffix or PurePath(path).name, known)
    return EXPORTERS[known[suffix]]


def shown(cell: str | int | Decimal | None, column: Column, lang: Lang, *, grouped: bool = True) -> str:
    """Print a cell, the same in every format.

    Parameters
    ----------
    cell
        What the table holds, rounded already.
    column
        Its column.
    lang
        Language of the number.
    grouped
        Whether thousands are marked; not where a program may take the mark for a decimal.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from sipukat.report import Column
    >>> shown(Decimal("1234.50"), Column(key="x", label="X", kind="number"), "id")
    '1.234,50'
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return "" if column.kind == "text" else "–"
    words = number(cell, column.decimals if column.kind == "number" else 0, lang=lang)
    return words if grouped else words.replace("." if lang == "id" else ",", "")
