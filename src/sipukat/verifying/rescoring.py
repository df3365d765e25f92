"""A compliance assessment scored again, from its checklists and documents and its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat.compliance.asking import options_of, share_of
from sipukat.compliance.city_path import city_tree
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import cheapest
from sipukat.compliance.rollup import city
from sipukat.compliance.scoring import score
from sipukat.errors import ArgumentError
from sipukat.report import build
from sipukat.report.compliance_manifest import evidences_used
from sipukat.verifying.document_again import DocumentAgain
from sipukat.verifying.gathering import gathered
from sipukat.verifying.grounds import grounds, lacking, listed
from sipukat.verifying.originals import changed_files, originals, otherwise, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as File

    from sipukat.compliance.assessment import Assessment
    from sipukat.compliance.city_assessment import CityAssessment
    from sipukat.compliance.steps import Path
    from sipukat.findings import Finding
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.loader import Standard
    from sipukat.standards.manifest import Manifest

KINDS: Final = frozenset({"score", "city"})
_DAYS: Final = 8
_OF_ASSESSMENT: Final = (
    *("standard", "unit", "product", "score", "exact", "code", "zone", "lowest", "highest"),
    *("contributions", "name", "method", "units"),
)


def scored_again(
    manifest: Manifest, folder: File, source: Any, *, standard: Standard | str | None
) -> DocumentAgain:
    """Gather the evidence and score it, as the manifest says.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    folder
        Its folder, where its input is looked for.
    source
        The input: checklists and Standar Pelayanan, or `Evidence`; one or several.
    standard
        The scheme, where it is not one that `sipukat.standards.get` finds.

    Raises
    ------
    UndecidedError
        If the input or the scheme is not there.
    SipukatError
        If the input, or what the manifest asks for, makes no sense.
    """
    scheme, found = grounds(manifest, standards.compliance, standard)
    given = originals(manifest, folder, source)
    assessed, changed = _closest(manifest, given, scheme)
    found += [*changed_files(manifest, paths_of(given)), *changed]
    path = _path(manifest, assessed)
    told = manifest.telling
    document = build(
        assessed,
        told.get("lang", "id"),  # type: ignore[arg-type]
        part=told.get("part", "hasil"),
        capacity=told.get("capacity", 3),
        path=path,
    )
    took_part = document.provenance.manifest
    found += lacking(manifest, took_part.plugins if took_part else ())
    return DocumentAgain(
        manifest=manifest,
        make=lambda generated: build(
            assessed,
            document.lang,
            part=told.get("part", "hasil"),
            capacity=told.get("capacity", 3),
            path=path,
            generated=generated,
        ),
        keys=_OF_ASSESSMENT,
        findings=tuple(found),
    )


def _closest(
    manifest: Manifest, given: list[Any], scheme: ComplianceStandard
) -> tuple[Assessment | CityAssessment, list[Finding]]:
    """Score the evidence as of the day of the publication, which only the manifest knows."""
    days = dict.fromkeys(each.get("on") for each in listed(manifest.reading.get("evidences")))
    tried: list[tuple[Assessment | CityAssessment, list[Finding]]] = []
    for day in [*days][:_DAYS] or [None]:
        on = date.fromisoformat(day) if isinstance(day, str) else None
        assessed = _assessed(manifest, _evidences(manifest, given, scheme, on), scheme)
        tried.append((assessed, list(_others(manifest, assessed))))
        if not tried[-1][1]:
            break
    return min(tried, key=lambda each: len(each[1]))


def _evidences(
    manifest: Manifest, given: list[Any], scheme: ComplianceStandard, on: date | None
) -> list[Evidence]:
    stated = [Evidence.of(each) if isinstance(each, Mapping) else each for each in given]
    known = [each for each in stated if isinstance(each, Evidence)]
    if files := paths_of(given):  # where a checklist and a document differ, its hash says which won
        known += gathered(files, scheme, on=on, overwrite=True)[0]
    if len(known) < len(given) - len(files):
        raise ArgumentError("an assessment is computed again from files, or from Evidence")
    order = [_whose(each) for each in listed(manifest.reading.get("evidences"))]
    places = {whose: at for at, whose in enumerate(order)}
    return sorted(known, key=lambda each: places.get((each.unit, each.product), len(order)))


def _assessed(
    manifest: Manifest, known: list[Evidence], scheme: ComplianceStandard
) -> Assessment | CityAssessment:
    how = manifest.estimating
    unknown: Any = how.get("unknown", "bounds")
    if how.get("kind") == "score":
        if len(known) != 1:
            raise ArgumentError(f"it is of one service, and the input of {len(known)}")
        return score(known[0], scheme, unknown=unknown)
    shares = how.get("weights")
    weights = {unit: share_of(each) for unit, each in shares.items()} if isinstance(shares, Mapping) else None
    return city(
        known,
        scheme,
        rollup=how.get("rollup", "mean"),  # type: ignore[arg-type]
        weights=weights,
        unknown=unknown,
        name=str(how.get("name", "")),
    )


def _others(manifest: Manifest, assessed: Assessment | CityAssessment) -> Iterator[Finding]:
    """Yield a finding for each service whose evidence is not that of the publication."""
    then = {_whose(each): each.get("sha256", "") for each in listed(manifest.reading.get("evidences"))}
    now = {_whose(each): each["sha256"] for each in evidences_used(assessed)}
    for whose in dict.fromkeys((*then, *now)):
        if then.get(whose, "") != now.get(whose, ""):
            name = ", ".join(filter(None, whose)) or assessed.standard.id
            yield otherwise(name, then.get(whose, ""), now.get(whose, ""))


def _whose(told: Mapping[str, Any]) -> tuple[str, str]:
    return str(told.get("unit", "")), str(told.get("product", ""))


def _path(manifest: Manifest, assessed: Assessment | CityAssessment) -> Path | None:
    told = manifest.estimating.get("path")
    if not isinstance(told, Mapping):
        return None
    target, options = str(told.get("target", "")), told.get("options")
    asked = options_of(options) if isinstance(options, Mapping) else {}
    if manifest.estimating.get("kind") == "score":
        return assessed.path_to(target, **asked)  # type: ignore[union-attr]
    tree, known = city_tree(assessed)  # type: ignore[arg-type]
    return cheapest(tree, known, assessed.standard, target, **asked)
