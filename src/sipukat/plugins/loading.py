"""Load what a claim promises: read a file, or run code, and turn whatever goes wrong into one error."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import PluginLoadError, PluginVersionError, SipukatError
from sipukat.plugins.naming import printable, shown, told
from sipukat.plugins.versions import compared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution
    from importlib.resources.abc import Traversable

    from sipukat.plugins.claims import Claim

SLOW: Final = 2.0
"""Seconds after which an import is reported as slow."""

_FIRST: Final = "1.0"
"""What a plugin that declares no version was made for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a claim gave, and what is worth knowing about it."""

    thing: Any
    remarks: tuple[str, ...] = ()


@contextmanager
def guarded(claim: Claim, kind: str) -> Iterator[None]:
    """Turn whatever a stranger's code raises into a `PluginLoadError`; only Ctrl-C stays Ctrl-C."""
    try:
        yield
    except (SipukatError, KeyboardInterrupt):
        raise
    except BaseException as failure:
        raise PluginLoadError(kind, claim.name, claim.place, _reason(failure, claim)) from failure


def _reason(failure: BaseException, claim: Claim) -> str:
    missing = getattr(failure, "name", None)
    if isinstance(failure, ModuleNotFoundError) and isinstance(missing, str):
        own = claim.value.partition(":")[0].strip()
        if own == missing or own.startswith(f"{missing}."):
            return f"its module {shown(missing)!r} is not there; was the package removed in the meantime?"
        return f"it needs the module {shown(missing)!r}, which is not installed"
    return told(failure)


def run(claim: Claim, kind: str) -> Loaded:
    """Import the attribute that an entry point names.

    What the import prints goes to stderr, since a command's stdout may be read by a program.

    Raises
    ------
    PluginLoadError
        If it raised, names no attribute, or is made for another version of the protocols.
    """
    match = EntryPoint.pattern.match(claim.value)
    if match is None or not match["attr"]:
        reason = f"its value {shown(claim.value)!r} names no attribute; write 'package:attribute'"
        raise PluginLoadError(kind, shown(claim.name), claim.place, reason)
    point = EntryPoint(claim.name, claim.value, claim.group)
    if claim.built_in:
        with guarded(claim, kind):
            return Loaded(point.load())
    remarks: list[str] = []
    with _watched(remarks), guarded(claim, kind):
        thing = point.load()
        module = sys.modules.get(match["module"])
        declared = getattr(thing, "api_version", getattr(module, "api_version", _FIRST))
    return Loaded(thing, (*remarks, *_version(claim, kind, declared)))


@contextmanager
def _watched(remarks: list[str]) -> Iterator[None]:
    """Measure how long an import takes, and send to stderr what it prints."""
    printed = StringIO()
    begun = perf_counter()
    try:
        with redirect_stdout(printed):
            yield
    finally:
        took = perf_counter() - begun
        if took > SLOW:
            remarks.append(f"its import is slow: it took {took:.1f} s")
        if text := printed.getvalue():
            print(text, end="", file=sys.stderr)  # noqa: T201  so that it is not lost
            remarks.append(f"its import printed {len(text)} characters; they went to stderr")


def _version(claim: Claim, kind: str, declared: object) -> tuple[str, ...]:
    refused, remark = compared(declared)
    if refused:
        raise PluginVersionError(kind, shown(claim.name), claim.place, refused)
    return (remark,) if remark else ()


def file_of(claim: Claim, kind: str) -> Traversable:
    """Return the TOML file of a declarative plugin; its package is found, and not imported.

    Raises
    ------
    PluginLoadError
        If the package or the file is not there, or if another package of the same name
        stands before it on the search path.
    """
    if claim.file is not None:
        return claim.file
    match = EntryPoint.pattern.match(claim.value)
    if match is None or claim.distribution is None:
        reason = f"its value {shown(claim.value)!r} is neither 'package' nor 'package:attribute'"
        raise PluginLoadError(kind, shown(claim.name), claim.place, reason)
    parts = match["module"].split(".")
    with guarded(claim, kind):
        # what was installed lies beside its metadata: no folder elsewhere can stand in its way
        folder: Any = claim.distribution.locate_file("/".join(parts))  # of a folder, or of a zip file
        beside = folder / f"{claim.name}.toml"
        file = beside if beside.is_file() else _elsewhere(parts, claim, installed=folder)
    if isinstance(file, str):
        raise PluginLoadError(kind, shown(claim.name), claim.place, file)
    found: Traversable = file
    return found


def _elsewhere(parts: list[str], claim: Claim, *, installed: Any) -> Path | str:
    """Return the file of a package that lies where it is developed, or why it is not there."""
    name = f"{claim.name}.toml"
    root = _developed_in(claim.distribution)
    if root is None:
        what = f"no file {name} in" if installed.is_dir() else "no folder"
        return f"there is {what} {printable(str(installed))}; install {claim.origin} again"
    spec = find_spec(parts[0])  # of a package at the top, so that nothing is imported
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        return f"there is no package {parts[0]!r} in {printable(str(root))}; was it moved or removed?"
    within = [Path(place) for place in places if Path(place).resolve().is_relative_to(root)]
    if not within:
        return (
            f"another package named {parts[0]!r} stands before it, in {printable(places[0])}; "
            "move or rename that folder, or leave it"
        )
    files = [place.joinpath(*parts[1:], name) for place in within]
    return next(
        (file for file in files if file.is_file()), f"there is no file {name} in {claim.value.strip()!r}"
    )


def _developed_in(distribution: Distribution | None) -> Path | None:
    """Return the folder of an editable install (PEP 610)."""
    text = distribution.read_text("direct_url.json") if distribution else None
    if not text:
        return None
    from urllib.parse import urlsplit
    from urllib.request import url2pathname  # brings half of the network along

    direct = json.loads(text)
    url = urlsplit(direct["url"])
    editable = url.scheme == "file" and direct.get("dir_info", {}).get("editable") is True
    return Path(url2pathname(url.path)).resolve() if editable else None
