"""Who claims which name: the entry points of installed packages and the files of a folder, all unloaded."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sipukat.plugins.naming import normalised, printable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import Distribution

GROUPS: Final = ("sipukat.standards", "sipukat.readers", "sipukat.checks", "sipukat.exporters")
"""The entry-point groups that the library looks at."""

OURS: Final = "sipukat"
"""The origin of what the library brings itself."""

FOLDERS: Final = "SIPUKAT_PATH"
"""The environment variable that names folders of standards, parted as in ``PATH``."""

ENVIRONMENT: Final = ("SIPUKAT_NO_PLUGINS", "SIPUKAT_PLUGINS", FOLDERS)
"""The environment variables that say which plugins are used."""

_OF_NO_GROUP: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim on one name.

    Parameters
    ----------
    group
        The entry-point group; empty where a package is too damaged to tell.
    name, value
        As the package writes them; not safe to print before `shown`.
    origin
        The distribution, safe to print; ``"sipukat"``, or the variable that names the folder.
    version
        Version of the distribution, safe to print.
    trouble
        Why it cannot be used, known before anything is loaded.
    file
        The file in a folder of standards.
    location
        Where the distribution is installed.
    distribution
        The installed distribution.
    """

    group: str
    name: str
    value: str
    origin: str = OURS
    version: str = ""
    trouble: str = ""
    file: Path | None = None
    location: str = ""
    distribution: Distribution | None = field(default=None, compare=False, repr=False)

    @property
    def built_in(self) -> bool:
        """Whether the library brings it."""
        return self.distribution is None and self.file is None and self.origin == OURS

    @property
    def place(self) -> str:
        """Where it comes from, for a message."""
        return printable(str(self.file)) if self.file else f"{self.origin} {self.version}".strip()

    @property
    def source(self) -> str:
        """What brings it, without a folder of this machine: a distribution and its version, or a file."""
        return f"{printable(self.file.name)} ({self.origin})" if self.file else self.place

    @property
    def kind(self) -> Literal["declarative", "code"]:
        """Whether it is a file that is read, or code that is run."""
        return "code" if self.file is None and ":" in self.value else "declarative"


def switched_off(claim: Claim) -> str:
    """Return why the environment forbids a claim, or an empty text if it does not."""
    if claim.distribution is None:  # the library's own, or a folder that the environment itself names
        return ""
    if os.environ.get("SIPUKAT_NO_PLUGINS"):
        return "SIPUKAT_NO_PLUGINS is set"
    allow = os.environ.get("SIPUKAT_PLUGINS")
    if allow is None or normalised(claim.origin) in {normalised(part.strip()) for part in allow.split(",")}:
        return ""
    return f"SIPUKAT_PLUGINS does not name {claim.origin}"


def installed(*, again: bool = False) -> tuple[Claim, ...]:
    """Return the claims of all installed packages; looked up once for each search path.

    Parameters
    ----------
    again
        Whether to look again, because packages may have come or gone.
    """
    if again:
        _installed.cache_clear()
    return _installed(tuple(sys.path))


@lru_cache(maxsize=4)
def _installed(_path: tuple[str, ...]) -> tuple[Claim, ...]:
    seen: set[str] = set()
    return tuple(claim for each in distributions() for claim in _of(each, seen))


def _of(distribution: Distribution, seen: set[str]) -> Iterator[Claim]:
    """Yield the claims of one distribution; a damaged one yields a claim with its trouble."""
    try:
        text = distribution.read_text("entry_points.txt") or ""
        if "sipukat." not in text:
            return
    except (OSError, ValueError) as failure:
        yield _damaged(distribution, f"entry_points.txt cannot be read: {failure}")
        return
    name, version = _identity(distribution)
    if not name:
        yield _damaged(distribution, "METADATA has no Name; install the package again")
        return
    if normalised(name) in seen:
        return  # Python too imports the one that comes first on the search path
    seen.add(normalised(name))
    try:
        points = tuple(distribution.entry_points)
    except (TypeError, ValueError, AttributeError):
        yield _damaged(distribution, "entry_points.txt cannot be parsed", name, version)
        return
    for point in points:
        if point.group.startswith("sipukat."):
            yield Claim(
                group=shown(point.group),
                name=point.name,
                value=point.value,
                origin=shown(name),
                version=shown(version, most=40),
                location=str(distribution.locate_file("")),
                distribution=distribution,
            )


def _identity(distribution: Distribution) -> tuple[str, str]:
    try:
        fields = distribution.metadata
        return tuple(str(fields[key]) if key in fields else "" for key in ("Name", "Version"))  # type: ignore[return-value]
    except (OSError, ValueError, ImportError):  # no METADATA at all, or none that can be read
        return "", ""


def _damaged(distribution: Distribution, trouble: str, name: str = "", version: str = "") -> Claim:
    return Claim(
        group=_OF_NO_GROUP,
        name="?",
        value="",
        origin=shown(name) or printable(str(distribution.locate_file(""))),
        version=shown(version, most=40),
        trouble=printable(trouble),
        distribution=distribution,
    )


def in_folders(group: str, variable: str) -> list[Claim]:
    """Return a claim for each ``.toml`` file of the folders that an environment variable names.

    A folder that cannot be listed is a claim with its trouble.
    """
    found = []
    for part in os.environ.get(variable, "").split(os.pathsep):
        if not part.strip():
            continue
        folder = Path(part)
        try:
            files = sorted(each for each in folder.iterdir() if each.suffix == ".toml")
        except OSError as failure:
            reason = f"the folder cannot be listed: {failure.strerror}"
            found.append(
                Claim(group=group, name=part, value=part, origin=variable, trouble=reason, file=folder)
            )
            continue
        found += [
            Claim(group=group, name=file.stem, value=file.name, origin=variable, file=file) for file in files
        ]
    return found
