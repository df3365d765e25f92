"""The files that a publication came from: where they are, and whether they are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sipukat.findings import Finding
from sipukat.readers.base import content
from sipukat.verifying.grounds import UndecidedError, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sipukat.standards.manifest import Manifest

_MOST: Final = 1_000
_SHOWN: Final = 12


def beside(folder: Path, names: Iterable[Any]) -> list[Path]:
    """Return files of a folder by the names that a manifest gives.

    Parameters
    ----------
    folder
        The folder of the publication.
    names
        The names; one that leads to another folder is taken for one that is not there.

    Raises
    ------
    UndecidedError
        If one is not there, or there is no name at all; names it.
    """
    files = []
    for name in [*names][:_MOST] or [""]:
        named = isinstance(name, str) and bool(name) and Path(name).name == name
        file = folder / name if named else folder
        if not named or not file.is_file():
            raise UndecidedError(Finding.of("VRF811", path=str(name) or "–"))
        files.append(file)
    return files


def originals(manifest: Manifest, folder: Path, stated: Any) -> list[Any]:
    """Return what a publication is computed again from: what is stated, or the files beside it.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    folder
        Its folder.
    stated
        A file, evidence or document, or several; None for the files that the manifest names.

    Raises
    ------
    UndecidedError
        If a file is not there.
    """
    if stated is not None:
        many = isinstance(stated, Sequence) and not isinstance(stated, str | PathLike)
        return list(stated) if many else [stated]
    return [*beside(folder, (each.get("source") for each in listed(manifest.reading.get("sources"))))]


def paths_of(given: Iterable[Any]) -> list[Path]:
    """Return the files among what was given."""
    return [Path(each) for each in given if isinstance(each, str | PathLike)]


def changed_files(manifest: Manifest, files: Iterable[Path]) -> Iterator[Finding]:
    """Yield a finding for each file whose bytes are none that the manifest knows.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    files
        The files of now.
    """
    then = {
        str(each.get("source")): str(each.get("sha256")) for each in listed(manifest.reading.get("sources"))
    }
    if not then:
        return
    for file in files:
        now = hashlib.sha256(content(file)).hexdigest()
        if now not in then.values():
            sha256 = then.get(file.name, "–")[:_SHOWN]
            yield Finding.of("VRF824", path=file.name, sha256=sha256, sha256_now=now[:_SHOWN])


def otherwise(name: str, then: object, now: object) -> Finding:
    """Return the finding that the content of an input is not that of the publication.

    Parameters
    ----------
    name
        Whose content.
    then, now
        Its hashes; empty where it is missing or one too many.
    """
    shown = [str(sha256)[:_SHOWN] or "–" for sha256 in (then, now)]
    return Finding.of("VRF823", path=name, sha256=shown[0], sha256_now=shown[1])
