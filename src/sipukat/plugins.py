"""Registries: things by name, built in or brought by other packages.

Listing names imports nothing. A plugin is imported when it is asked for, and a broken
one breaks no other. A name that two packages claim is an error for that name alone.
``SIPUKAT_NO_PLUGINS=1`` switches other packages' plugins off; ``SIPUKAT_PLUGINS=a,b``
allows only those distributions (empty allows none).
"""

from __future__ import annotations

import os
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from sipukat.errors import DuplicatePluginError, PluginLoadError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

T = TypeVar("T")

GROUPS = ("sipukat.standards", "sipukat.readers", "sipukat.checks", "sipukat.exporters")
_OURS = "sipukat"


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else _OURS


def _allowed(point: EntryPoint) -> bool:
    if os.environ.get("SIPUKAT_NO_PLUGINS"):
        return False
    allow = os.environ.get("SIPUKAT_PLUGINS")
    name = point.dist.name if point.dist else ""
    return allow is None or name in {part.strip() for part in allow.split(",")}


class Registry(Generic[T]):
    """Plugins of one kind, by name.

    Parameters
    ----------
    group
        The entry-point group, e.g. ``"sipukat.exporters"``.
    kind
        What its members are, for messages, e.g. ``"exporter"``.
    builtins
        Name to ``"module:attribute"`` of what the library brings itself.

    Examples
    --------
    >>> registry = Registry("sipukat.examples", kind="codec", builtins={"json": "json:dumps"})
    >>> list(registry)
    ['json']
    >>> registry["json"]({"a": 1})
    '{"a": 1}'
    """

    def __init__(self, group: str, *, kind: str, builtins: Mapping[str, str]) -> None:
        self.group = group
        self.kind = kind
        self._builtins = dict(builtins)

    @cached_property
    def points(self) -> dict[str, list[EntryPoint]]:
        """Every claim on every name, unloaded."""
        found = [EntryPoint(name, value, self.group) for name, value in self._builtins.items()]
        found += [point for point in entry_points(group=self.group) if _allowed(point)]
        by_name: dict[str, list[EntryPoint]] = {}
        for point in found:
            claims = by_name.setdefault(point.name, [])
            if (point.value, _origin(point)) not in {(p.value, _origin(p)) for p in claims}:
                claims.append(point)
        return by_name

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.points))

    def __len__(self) -> int:
        return len(self.points)

    def __contains__(self, name: object) -> bool:
        return name in self.points

    def __getitem__(self, name: str) -> T:
        """Import and return the member called `name`.

        Raises
        ------
        UnknownNameError
            If there is none.
        DuplicatePluginError
            If two packages claim the name.
        PluginLoadError
            If it raised while it was loaded.
        """
        match self.points.get(name, []):
            case []:
                raise UnknownNameError(self.kind, name, self)
            case [point]:
                return self._load(point)
            case claims:
                raise DuplicatePluginError(self.kind, name, map(_origin, claims))

    def origin(self, name: str) -> str:
        """Return the distribution, or distributions, that claim `name`."""
        return ", ".join(map(_origin, self.points.get(name, [])))

    def _load(self, point: EntryPoint) -> T:
        try:
            return cast("T", point.load())
        except (Exception, SystemExit) as failure:
            reason = f"{type(failure).__name__}: {failure}"
            raise PluginLoadError(self.kind, point.name, _origin(point), reason) from failure
