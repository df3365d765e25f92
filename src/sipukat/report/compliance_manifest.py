"""The manifest of a compliance assessment: what it takes to score it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat.compliance.assessment import Assessment
from sipukat.standards.manifest import Manifest, manifest_of, sha256_of, sources_used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from os import PathLike

    from sipukat.compliance.city_assessment import CityAssessment
    from sipukat.compliance.steps import Path


def compliance_manifest(
    subject: Assessment | CityAssessment,
    path: Path | None,
    *,
    results: Any,
    sources: Iterable[str | PathLike[str]],
    telling: Mapping[str, Any],
) -> Manifest:
    """Return the manifest of an assessment, of an office or of a city.

    Parameters
    ----------
    subject
        The assessment.
    path
        The way to a target that is told with it.
    results
        The numbers for programs, as plain data.
    sources
        The files that the evidence came from.
    telling
        Options of the report, as plain data.

    Examples
    --------
    >>> from sipukat.compliance.scoring import score
    >>> found = score({"nilai": "51.15"}, standard="ombudsman-2021")
    >>> compliance_manifest(found, None, results={}, sources=(), telling={}).estimating["kind"]
    'score'
    """
    return manifest_of(
        subject.standard,
        results=results,
        reading={"sources": sources_used(sources), "evidences": list(evidences_used(subject))},
        estimating={**_scored(subject), "path": None if path is None else _asked(path)},
        telling={**telling, "not_kept": [] if path is None or path.promise.options else ["path"]},
    )


def assessments_of(subject: Assessment | CityAssessment) -> Iterator[Assessment]:
    """Yield the assessment of every service."""
    if isinstance(subject, Assessment):
        yield subject
        return
    for unit in subject.units.values():
        yield from unit.services.values()


def evidences_used(subject: Assessment | CityAssessment) -> Iterator[dict[str, Any]]:
    """Yield whose evidence each service was scored by, of which day, and its hash."""
    for each in assessments_of(subject):
        known = each.evidence
        day = known.on.isoformat() if known.on else None
        sha256 = sha256_of(known.to_dict())
        yield {"unit": known.unit, "product": known.product, "on": day, "sha256": sha256}


def _scored(subject: Assessment | CityAssessment) -> dict[str, Any]:
    unknown = "zero" if subject.findings.by_code("CMP806") else "bounds"
    if isinstance(subject, Assessment):
        return {"kind": "score", "unknown": unknown}
    shares = {unit.unit: str(unit.share) for unit in subject.units.values()}
    weights = None if subject.method == "mean" else shares
    how = {"rollup": subject.method, "weights": weights, "name": subject.name}
    return {"kind": "city", "unknown": unknown, **how}


def _asked(path: Path) -> dict[str, Any]:
    return {"target": path.promise.target, "options": dict(path.promise.options)}
