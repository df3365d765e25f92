"""What is other here than it was at a publication, and what of it excuses a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from sipukat._version import __version__
from sipukat.errors import SipukatError, UnknownNameError
from sipukat.findings import Finding
from sipukat.standards.manifest import environment, standard_sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sipukat.standards.loader import Standard
    from sipukat.standards.manifest import Manifest

    Rule = TypeVar("Rule", bound=Standard)

EXCUSES: Final = frozenset({"VRF814", "VRF815", "VRF818", "VRF819", "VRF823"})
"""What may be the reason of a difference, so that the file alone is not to blame."""


class UndecidedError(Exception):
    """It cannot be computed again; `finding` says why. Never leaves the room."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def grounds(
    manifest: Manifest, of_kind: Callable[[Any], Rule], stated: Standard | str | None
) -> tuple[Rule, list[Finding]]:
    """Return the standard that a publication is computed again by, and what is other than it was.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    of_kind
        What finds a standard of the kind by its name.
    stated
        The standard, where it is not one that `of_kind` finds.

    Raises
    ------
    UndecidedError
        If there is no such standard.
    """
    name = manifest.standard.id
    try:
        rule = of_kind(name if stated is None else stated)
    except UnknownNameError:
        origin = manifest.standard.origin or "sipukat"
        raise UndecidedError(Finding.of("VRF813", path=name, standard=name, origin=origin)) from None
    except SipukatError as failure:
        raise UndecidedError(Finding.of("VRF816", path=name, reason=str(failure))) from None
    found = [*_versions(manifest)]
    if standard_sha256(rule) != manifest.standard.sha256:
        found.append(Finding.of("VRF814", path=rule.id, standard=rule.id))
    return rule, found


def _versions(manifest: Manifest) -> Iterator[Finding]:
    if manifest.library != __version__:
        yield Finding.of("VRF819", path="", then=manifest.library, now=__version__)
    then, now = (
        ", ".join(f"{k} {v}" for k, v in sorted(told.items()))
        for told in (manifest.environment, environment())
    )
    if then != now:
        yield Finding.of("VRF820", path="", then=then, now=now)


def lacking(manifest: Manifest, took_part: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding where plugins took part in the publication and do not now."""
    if lost := [name for name in manifest.plugins if name not in took_part]:
        yield Finding.of("VRF815", path="", plugins=lost)


def not_kept(manifest: Manifest) -> tuple[str, ...]:
    """Return the material of a report that is not in its manifest."""
    told = manifest.telling.get("not_kept")
    return tuple(map(str, told)) if isinstance(told, list) else ()


def listed(value: Any) -> list[dict[str, Any]]:
    """Return the records in what a manifest, which may be forged, says."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
