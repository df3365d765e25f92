"""Every plugin of every group, with what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

from sipukat.errors import PluginVersionError, SipukatError
from sipukat.plugins.claims import GROUPS, Claim, installed
from sipukat.plugins.naming import printable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.plugins.registry import Registry

State: TypeAlias = Literal["ready", "loaded", "not_allowed", "refused", "duplicate", "outdated", "failed"]
"""What became of a plugin.

``ready``: nothing speaks against it, and it was not loaded. ``loaded``: it was, and it fits.
``not_allowed``: the environment forbids it. ``refused``: its name or its metadata will not do.
``duplicate``: another claims its name. ``outdated``: it is made for an API that is not this
one's. ``failed``: it raised, or is not what its group asks for.
"""

BROKEN: Final = frozenset({"refused", "duplicate", "outdated", "failed"})
"""The states in which a plugin cannot be used, though nobody forbade it."""

# named, not imported: the rooms that own them stand on higher floors
_REGISTRIES: Final = {
    "sipukat.standards": "sipukat.standards.registry:REGISTRY",
    "sipukat.readers": "sipukat.readers:READERS",
    "sipukat.checks": "sipukat.checks.checking:REGISTRY",
    "sipukat.exporters": "sipukat.export.base:EXPORTERS",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One plugin, or one thing that wants to be one; every text is safe to print.

    Parameters
    ----------
    group
        Its entry-point group, e.g. ``"sipukat.exporters"``; empty where its package is too
        damaged to tell.
    name
        The name that it claims.
    origin
        Its distribution; ``"SIPUKAT_PATH"`` for a file of a folder.
    version
        Version of the distribution.
    value
        What the entry point says, or the path of the file.
    built_in
        Whether the library brings it itself.
    kind
        ``"declarative"``, a file that is read, or ``"code"``, which is run.
    state
        What became of it.
    reason
        Why, or what is worth knowing; may be empty.
    """

    group: str
    name: str
    origin: str
    version: str
    value: str
    built_in: bool
    kind: Literal["declarative", "code"]
    state: State
    reason: str

    @property
    def ok(self) -> bool:
        """Whether it can be used, as far as is known, or is kept out on purpose."""
        return self.state not in BROKEN


def listing(*, load: bool = False) -> tuple[Plugin, ...]:
    """Return every plugin of every group, the built-in ones first.

    Installed packages are looked up again, and what failed before is tried again.

    Parameters
    ----------
    load
        Whether to load those that may be loaded, to see whether they work. Without it no
        code of any plugin runs.

    Examples
    --------
    >>> [plugin.name for plugin in listing() if plugin.group == "sipukat.checks" and plugin.built_in]
    ['kejelasan', 'kelengkapan', 'konsistensi']
    """
    found = installed(again=True)
    lost = [_told(claim, "refused", _lost(claim)) for claim in found if claim.group not in GROUPS]
    return (*(plugin for group in GROUPS for plugin in _members(_registry(group), load=load)), *lost)


def _registry(group: str) -> Registry[Any]:
    return cast("Registry[Any]", EntryPoint(group, _REGISTRIES[group], "").load())


def _members(registry: Registry[Any], *, load: bool) -> Iterator[Plugin]:
    registry.forget()
    judged = sorted(registry.judged(), key=lambda each: (not each[0].built_in, each[0].name, each[0].place))
    for claim, state, reason in judged:
        if load and state == "ready":
            yield _told(claim, *_tried(registry, claim))
        else:
            yield _told(claim, cast("State", state), reason)


def _tried(registry: Registry[Any], claim: Claim) -> tuple[State, str]:
    try:
        _, remarks = registry.load(claim)
    except SipukatError as failure:
        outdated = isinstance(failure, PluginVersionError) or isinstance(
            failure.__cause__, PluginVersionError
        )
        return "outdated" if outdated else "failed", printable(str(getattr(failure, "reason", failure)))
    return "loaded", "; ".join(remarks)


def _told(claim: Claim, state: State, reason: str) -> Plugin:
    return Plugin(
        group=claim.group if claim.group in GROUPS else "",
        name=shown(claim.name),
        origin=claim.origin,
        version=claim.version,
        value=printable(str(claim.file)) if claim.file else shown(claim.value),
        built_in=claim.built_in,
        kind=claim.kind,
        state=state,
        reason=reason,
    )


def _lost(claim: Claim) -> str:
    near = get_close_matches(claim.group, GROUPS, n=1) or GROUPS
    return claim.trouble or f"there is no group {claim.group!r}; did it mean {' or '.join(near)}?"
