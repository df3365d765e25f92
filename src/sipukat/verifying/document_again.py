"""A report that was made again, laid beside the published one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sipukat.verifying.grounds import not_kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sipukat.findings import Finding
    from sipukat.report import Document
    from sipukat.standards.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAgain:
    """What was made again of an assessment, or of Standar Pelayanan.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    make
        Makes the report, at the time that it is told to state.
    keys
        Numbers for programs that come from the input alone, whatever is not in the manifest.
    findings
        What is other than it was at the publication.
    """

    manifest: Manifest
    make: Callable[[datetime | None], Document]
    keys: tuple[str, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def not_kept(self) -> tuple[str, ...]:
        """Material of the report that is not in the manifest."""
        return not_kept(self.manifest)

    def document(self, generated: datetime | None) -> Document:
        """Return the report made again; another version of the library is no difference of it.

        Parameters
        ----------
        generated
            The time to state.
        """
        document = self.make(generated)
        came = document.provenance
        library = f"sipukat {self.manifest.library}"
        items = tuple(
            item.model_copy(update={"value": library}) if item.key == "library" else item
            for item in came.items
        )
        told = came.model_copy(update={"items": items, "manifest": self.manifest})
        return document.model_copy(update={"provenance": told})

    def numbers(self) -> dict[str, Any]:
        """Return nothing: it is published as a document only."""
        return {}
