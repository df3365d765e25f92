"""What a local standard takes away from the one that it extends; it may take nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.model import SurveyStandard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.standards.loader import Standard


def taken_away(base: Standard, standard: Standard) -> Iterator[str]:
    """Yield what `standard` has no longer, or has changed, of `base`.

    Parameters
    ----------
    base
        The standard of the law.
    standard
        The one that extends it.

    Examples
    --------
    >>> from sipukat import standards
    >>> list(taken_away(standards.get("uu-25-2009"), standards.get("permenpanrb-15-2014")))
    []
    """
    if isinstance(base, SurveyStandard) and isinstance(standard, SurveyStandard):
        yield from _of_survey(base, standard)
    elif isinstance(base, DocumentStandard) and isinstance(standard, DocumentStandard):
        yield from _of_document(base, standard)
    elif isinstance(base, ComplianceStandard) and isinstance(standard, ComplianceStandard):
        yield from _of_compliance(base, standard)
    else:
        yield f"its kind, {base.kind} (it is of kind {standard.kind})"


def _of_survey(base: SurveyStandard, standard: SurveyStandard) -> Iterator[str]:
    there = {unsur.key: unsur for unsur in standard.unsur}
    for unsur in base.unsur:
        own = there.get(unsur.key)
        if own is None:
            yield f"the unsur {unsur.key}"
        elif (own.code, own.options) != (unsur.code, unsur.options):
            yield f"the code or the answers of {unsur.key}"
    if [(band.mutu, band.low) for band in base.bands] != [(band.mutu, band.low) for band in standard.bands]:
        yield "its bands"
    if (base.scale.low, base.scale.high) != (standard.scale.low, standard.scale.high):
        yield "its scale"


def _of_document(base: DocumentStandard, standard: DocumentStandard) -> Iterator[str]:
    there = {komponen.key: komponen for komponen in standard.komponen}
    for komponen in base.komponen:
        own = there.get(komponen.key)
        if own is None:
            yield f"the komponen {komponen.key}"
        elif (own.letter, own.nama, own.group) != (komponen.letter, komponen.nama, komponen.group):
            yield f"the letter, the name or the group of {komponen.key}"
        elif komponen.must_publish and not own.must_publish:
            yield f"the publication of {komponen.key}"
        elif lost := [label for label in komponen.labels if label not in own.labels]:
            yield f"the label {lost[0]!r} of {komponen.key}"


def _of_compliance(base: ComplianceStandard, standard: ComplianceStandard) -> Iterator[str]:
    there = {indicator.key: indicator for indicator in standard.indicators}
    for indicator in base.indicators:
        own = there.get(indicator.key)
        if own is None:
            yield f"the indicator {indicator.key}"
        elif indicator.weight is not None and own.weight != indicator.weight:
            yield f"the weight of {indicator.key}"
    for place, band in enumerate(base.bands):
        own_bands = standard.bands[place : place + 1]
        known = band.confidence != "C"
        if not own_bands or (known and (own_bands[0].code, own_bands[0].low) != (band.code, band.low)):
            yield f"the band {band.code}"
