"""Standards by name, by regulation, and by date."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from sipukat._text import plain
from sipukat._validation import must_be, summarised
from sipukat.errors import (
    CitationError,
    NotInForceError,
    SipukatError,
    StandardError,
    UnknownNameError,
)
from sipukat.plugins import API_VERSION, Registry
from sipukat.regulation import Citation
from sipukat.standards import loader, packaged
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.loader import KINDS, Standard
from sipukat.standards.model import SurveyStandard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable


def get(name: str | Standard) -> Standard:
    """Return a standard by its id, by its regulation, or by another name of it.

    Parameters
    ----------
    name
        An id (``"permenpanrb-14-2017"``), the regulation as people write it
        (``"Permenpan RB 14/2017"``), or an alias from the data. A standard is returned
        as it is.

    Raises
    ------
    UnknownNameError
        If none has that name, or if several have; the message lists what would be right.
    DuplicatePluginError
        If two packages claim the id.
    PluginLoadError
        If the plugin that brings it raised.
    StandardError
        If its file cannot be used.

    Examples
    --------
    >>> get("PermenPAN-RB Nomor 14 Tahun 2017").id
    'permenpanrb-14-2017'
    >>> get("UU N0 25 tahun 2009").kind
    'document'
    """
    if isinstance(name, SurveyStandard | DocumentStandard | ComplianceStandard):
        return name
    known = names()
    if not isinstance(name, str):
        raise UnknownNameError("standard", name, known)
    if name in known:
        return REGISTRY[name]
    if len(hits := set(_also_called(name, known))) == 1:
        return REGISTRY[hits.pop()]
    raise UnknownNameError("standard", name, hits or known)


def survey(name: str | Standard) -> SurveyStandard:
    """Return a survey standard by any name that `get` knows.

    Parameters
    ----------
    name
        As in `get`.

    Raises
    ------
    UnknownNameError
        If none has that name, or if it is of another kind; lists the survey standards.
    DuplicatePluginError, PluginLoadError, StandardError
        As `get`.

    Examples
    --------
    >>> survey("KEP/25/M.PAN/2/2004").scale.high
    4
    """
    standard = get(name)
    if isinstance(standard, SurveyStandard):
        return standard
    raise _of_another_kind(standard, "survey")


def document(name: str | Standard) -> DocumentStandard:
    """Return a document standard by any name that `get` knows.

    Parameters
    ----------
    name
        As in `get`.

    Raises
    ------
    UnknownNameError
        If none has that name, or if it is of another kind; lists the document standards.
    DuplicatePluginError, PluginLoadError, StandardError
        As `get`.

    Examples
    --------
    >>> document("Permenpan RB 15/2014").published[0].nama
    'Persyaratan'
    """
    standard = get(name)
    if isinstance(standard, DocumentStandard):
        return standard
    raise _of_another_kind(standard, "document")


def compliance(name: str | Standard) -> ComplianceStandard:
    """Return a compliance standard by any name that `get` knows.

    Parameters
    ----------
    name
        As in `get`.

    Raises
    ------
    UnknownNameError
        If none has that name, or if it is of another kind; lists the compliance standards.
    DuplicatePluginError, PluginLoadError, StandardError
        As `get`.

    Examples
    --------
    >>> compliance("ombudsman-2022").bands[-1].label
    'Kualitas Tertinggi'
    """
    standard = get(name)
    if isinstance(standard, ComplianceStandard):
        return standard
    raise _of_another_kind(standard, "compliance")


def _of_another_kind(standard: Standard, wanted: str) -> UnknownNameError:
    asked = f"{standard.id} (of kind {standard.kind})"
    return UnknownNameError(f"{wanted} standard", asked, names(wanted))


def names(kind: str | None = None) -> tuple[str, ...]:
    """Return the ids of all standards, or of those of one kind, sorted.

    Without `kind` nothing is loaded. With it, standards that cannot be loaded are left
    out; `get` says what is wrong with them.

    Raises
    ------
    UnknownNameError
        If there is no such kind.

    Examples
    --------
    >>> names("survey")
    ('kepmenpan-25-2004', 'permenpanrb-14-2017', 'permenpanrb-16-2014', 'spak', 'spkp')
    """
    if kind is None:
        return tuple(REGISTRY)
    _check_kind(kind)
    return tuple(standard.id for _, standard in REGISTRY.usable() if standard.kind == kind)


def in_force(kind: str = "survey", *, on: date) -> Standard:
    """Return the national standard that was in force on a day.

    Standards of programmes and regions, and those whose day of effect is not known, are
    not considered. Where two overlap, the later one counts.

    Parameters
    ----------
    kind
        Kind of standard.
    on
        The day.

    Raises
    ------
    UnknownNameError
        If there is no such kind.
    NotInForceError
        If none was in force that day.
    ArgumentTypeError
        If `on` is no date.

    Examples
    --------
    >>> from datetime import date
    >>> in_force("survey", on=date(2016, 3, 1)).id
    'permenpanrb-16-2014'
    """
    _check_kind(kind)
    must_be(date, on, "on", "a datetime.date, such as date(2026, 3, 1)")
    if isinstance(on, datetime):
        on = on.date()  # a date and a datetime do not compare
    dated = [
        (s.berlaku, s) for _, s in REGISTRY.usable() if s.kind == kind and s.scope == "national" and s.berlaku
    ]
    valid = [(since, s) for since, s in dated if since <= on and (s.dicabut is None or on < s.dicabut)]
    if not valid:
        spans = (f"{s.id} ({since} to {s.dicabut or 'now'})" for since, s in dated)
        raise NotInForceError(f"national {kind} standard", str(on), spans)
    return max(valid, key=lambda pair: pair[0])[1]


def load(path: str | Path) -> Standard:
    """Read a standard from a TOML file.

    Raises
    ------
    StandardError
        If it cannot be used; names the file, the line or key, what stands there and what
        would be right.
    """
    return loader.load(Path(path), base=_by_id)


def from_package(package: str, name: str) -> Standard:
    """Read a standard from a TOML file of an installed package: what a plugin calls.

    Parameters
    ----------
    package
        The package, ``__name__`` in its ``__init__``.
    name
        Name of the file in it.

    Raises
    ------
    StandardError
        If it cannot be used.

    Examples
    --------
    >>> from_package("sipukat.standards", "data/spak.toml").id
    'spak'
    """
    return loader.load(files(package) / name, base=_by_id)


def provenance(standard: Standard) -> str:
    """Return the line that says which standard was used and, if the library did not bring it, what did.

    Parameters
    ----------
    standard
        A standard; what brought it is known of those that `get` finds by their id.

    Examples
    --------
    >>> provenance(get("spak"))  # doctest: +ELLIPSIS
    'spak: Survei Persepsi Anti Korupsi (SPAK), ..., Peraturan Menteri PANRB Nomor 90 Tahun 2021'
    """
    line, source = f"{standard.id}: {standard.title}, {standard.regulation}", brought_by(standard)
    return f"{line} [{source}]" if source else line


def brought_by(standard: Standard) -> str:
    """Return the plugin, with its version, that brought a standard; empty where none did.

    Examples
    --------
    >>> brought_by(get("spak"))
    ''
    """
    if standard.id in REGISTRY.builtins or standard.id not in REGISTRY:
        return ""
    try:
        same = REGISTRY[standard.id] == standard
    except SipukatError:  # what stands there now cannot be used, so it did not give this one
        return ""
    return REGISTRY.origin(standard.id) if same else ""


def json_schema(kind: str = "survey") -> dict[str, Any]:
    """Return the JSON Schema of a standard file: a complete one, or one with ``extends``.

    Raises
    ------
    UnknownNameError
        If there is no such kind.

    Examples
    --------
    >>> sorted(json_schema())
    ['$defs', '$id', '$schema', 'anyOf', 'title']
    """
    _check_kind(kind)
    both: Any = KINDS[kind].complete | KINDS[kind].partial
    schema = summarised(TypeAdapter[Any](both).json_schema())
    for model in (KINDS[kind].complete, KINDS[kind].partial):  # a key of the file, not of the standard
        schema["$defs"][model.__name__]["properties"] |= {loader.API_KEY: _API}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sipukat:standard:{kind}",
        "title": f"sipukat standard file of kind {kind}",
        **schema,
    }


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownNameError("kind of standard", kind, KINDS)


def _by_id(id: str) -> Standard:  # noqa: A002  the word of the data
    return REGISTRY[id]


def _read(file: Traversable) -> tuple[Standard, str]:
    return loader.read(file, base=_by_id)


def _accepted(thing: Any, id: str, place: str) -> Standard:  # noqa: A002  the word of the data
    """Return the standard that a plugin is, or makes when it is called."""
    standard = thing() if callable(thing) else thing
    if not isinstance(standard, SurveyStandard | DocumentStandard | ComplianceStandard):
        right = "a standard, or a callable that returns one"
        raise StandardError(place, id, f"a {type(standard).__name__}", right)
    if standard.id != id:
        raise StandardError(place, "id", f"{standard.id!r}", f"{id!r}, the name under which it is found")
    return standard


_API: Final = {
    "type": "string",
    "pattern": "^(0|[1-9][0-9]{0,3})([.](0|[1-9][0-9]{0,3}))?$",
    "default": API_VERSION,
    "description": "Version of the file format.",
}


def registry_of(builtins: Mapping[str, str]) -> Registry[Standard]:
    """Return a registry of standards: those given, those of plugins, and those of ``SIPUKAT_PATH``.

    Parameters
    ----------
    builtins
        Id to ``"module:attribute"``.

    Examples
    --------
    >>> registry_of({"spak": "sipukat.standards.packaged:spak"})["spak"].scope
    'programme'
    """
    return Registry(
        "sipukat.standards",
        kind="standard",
        builtins=builtins,
        accept=_accepted,
        read=_read,
        folders="SIPUKAT_PATH",
    )


REGISTRY: Final = registry_of(
    {id: f"sipukat.standards.packaged:{id.replace('-', '_')}" for id in packaged.IDS}  # noqa: A001
)
"""The standards of the library, of plugins, and of the folders that ``SIPUKAT_PATH`` names."""


def _also_called(name: str, known: tuple[str, ...]) -> Iterator[str]:
    """Yield the ids of the standards whose regulation or alias is `name`."""
    folded = plain(name)
    cited = None
    if " " in folded or "/" in folded:  # a mistyped id must not fall back on the law that it starts with
        try:
            cited = Citation.parse(name).regulation.id
        except CitationError:
            cited = None
    if cited in known:
        yield cited
        return
    for _, standard in REGISTRY.usable():
        called = {plain(alias) for alias in standard.aliases}
        if folded in called or (cited == standard.regulation.id and standard.extends is None):
            yield standard.id
