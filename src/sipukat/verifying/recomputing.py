"""The computation done again, from the input and the manifest alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from sipukat import standards
from sipukat.errors import SipukatError
from sipukat.findings import Finding
from sipukat.report import build
from sipukat.verifying.grounds import UndecidedError, grounds, not_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sipukat.ikm import IkmResult
    from sipukat.report import Document
    from sipukat.standards.loader import Standard
    from sipukat.standards.manifest import Manifest
    from sipukat.survey import Reading

_OF_SURVEY: Final = ("standard", "overall", "groups")


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What was computed again.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    reading, result
        The answers, and what they amount to.
    findings
        What is other than it was at the publication.
    """

    manifest: Manifest
    reading: Reading
    result: IkmResult
    findings: tuple[Finding, ...] = field(default=())

    @property
    def not_kept(self) -> tuple[str, ...]:
        """Material of the report that is not in the manifest."""
        return not_kept(self.manifest)

    @property
    def keys(self) -> tuple[str, ...]:
        """The numbers for programs that come from the survey alone, whatever is not in the manifest."""
        return _OF_SURVEY

    def numbers(self) -> dict[str, Any]:
        """Return the result itself as plain data."""
        return self.result.to_dict()

    def document(self, generated: datetime | None) -> Document:
        """Return the report made again.

        What it says of the machine and of the file that was read is taken from the manifest:
        another machine, or a workbook of the same answers, is no difference.

        Parameters
        ----------
        generated
            The time to state.
        """
        told = dict(self.manifest.telling)
        options = told.get("options")
        from sipukat.report.ikm_parts import items_of_machine

        document = build(
            self.result,
            lang=told.get("lang", "id"),  # type: ignore[arg-type]
            part=told.get("part", "hasil"),
            responses=self.reading.responses if told.get("responses") else None,
            findings=self.reading.findings if told.get("findings") else (),
            subject=told.get("subject", ""),
            period=told.get("period", ""),
            withhold_below=told.get("withhold_below", 0),
            generated=generated,
            **(options if isinstance(options, dict) else {}),
        )
        theirs = items_of_machine(self.manifest)
        came = document.provenance
        items = tuple(
            item.model_copy(update={"value": theirs.get(item.key, item.value)}) for item in came.items
        )
        return document.model_copy(
            update={"provenance": came.model_copy(update={"items": items, "manifest": self.manifest})}
        )


def computed_again(manifest: Manifest, source: Any, *, standard: Standard | str | None) -> Again:
    """Read the input and estimate, as the manifest says.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    source
        The input: what `sipukat.read_survey` takes.
    standard
        The standard, where it is not one that `sipukat.standards.get` finds.

    Raises
    ------
    UndecidedError
        If it cannot be done, or the input holds other answers.
    """
    from sipukat.ikm import Design, estimate
    from sipukat.survey import read_survey

    rule, found = grounds(manifest, standards.survey, standard)
    try:
        reading = read_survey(source, rule, **dict(manifest.reading))  # type: ignore[arg-type]
        found += _input(manifest, reading, source)
        how = dict(manifest.estimating)
        design = Design.model_validate(how.pop("design", {}))
        result = estimate(reading.responses, design=design, **how)  # type: ignore[arg-type]
    except (SipukatError, ValidationError, TypeError) as failure:  # options that no call takes
        reason = str(failure) if isinstance(failure, SipukatError) else type(failure).__name__
        raise UndecidedError(Finding.of("VRF816", path="", reason=reason)) from None
    took_part = set(result.manifest({}).plugins)
    if lacking := [name for name in manifest.plugins if name not in took_part]:
        found.append(Finding.of("VRF815", path="", plugins=lacking))
    return Again(manifest=manifest, reading=reading, result=result, findings=tuple(found))


def _input(manifest: Manifest, reading: Reading, source: Any) -> Iterator[Finding]:
    """Yield what is other of the input.

    Raises
    ------
    UndecidedError
        If its answers are others.
    """
    then, now = manifest.input, reading.responses.provenance
    if then is None or then.sha256 == now.sha256:
        return
    name = Path(source).name if isinstance(source, str | Path) else now.source
    if then.answers_sha256 != now.answers_sha256:
        facts: dict[str, Any] = {"used": then.rows_used, "now": now.rows_used}
        facts |= {"sha256": then.answers_sha256[:12], "sha256_now": now.answers_sha256[:12]}
        raise UndecidedError(Finding.of("VRF817", path=name, **facts))
    yield Finding.of("VRF818", path=name, sha256=then.sha256[:12], sha256_now=now.sha256[:12])
