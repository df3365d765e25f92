"""What a local compliance standard adds to one of the law, and how the two become one.

It may add indicators, scales and conditions, and fill what is assumed or inferred: weights
that were not found and bands of confidence C. It can take nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field

from sipukat._model import Record
from sipukat.regulation import Regulation
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.compliance_parts import (
    DecisiveCondition,
    Indicator,
    IndicatorWeighting,
    Measurement,
    NodeKey,
    Remark,
    Requirement,
    ScoreBand,
)
from sipukat.standards.consistency import Scope, twice
from sipukat.standards.values import Bulat, Confidence, Id, Key, MisfitError, Pecahan, Tanggal, Teks


class IndicatorChange(Record):
    """One indicator in a file with ``extends``: a new one, or what one of the law lacks.

    For one of the law only `key` is needed; its name, parent and known weight stay.

    Parameters
    ----------
    key
        Its key; one that the extended standard has is that indicator.
    parent, nama, name, scale, place, confidence
        As in `Indicator`; `nama`, `name`, `place` and `confidence` are needed for a new one.
        `scale` of one of the law may be given where it was inferred (confidence C).
    weight, weight_confidence
        The weight; for one of the law only where none is known.
    gate
        The condition without which a new one counts 0.
    requires, sources
        Added to those that are known.
    note
        As in `Indicator`.
    """

    key: NodeKey
    parent: NodeKey | Literal[""] | None = None
    nama: Teks | None = None
    name: Teks | None = None
    weight: Pecahan | None = None
    weight_confidence: Confidence | None = None
    scale: Key | None = None
    gate: NodeKey | None = None
    requires: tuple[Requirement, ...] = ()
    place: Teks | None = None
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    note: Teks | None = None


class ComplianceExtension(Record):
    """What a local compliance standard adds to the one that it extends.

    Parameters
    ----------
    kind, id, title, scope, regulation, aliases, years, berlaku, dicabut
        As in `ComplianceStandard`; `regulation` left out is that of the extended standard.
    dates_confidence, dates_note, replaced_by
        As in `ComplianceStandard`.
    extends
        Id of the standard that it adds to.
    bands
        All bands, where those of the extended standard are inferred (confidence C).
    weighting
        Where the weights come from, where none are known.
    scales, indicators, conditions, remarks
        More of them, and what those of the law lack.
    sources
        More sources.
    confidence, note
        As in `ComplianceStandard`.
    """

    kind: Literal["compliance"]
    id: Id
    title: Teks
    extends: Id
    scope: Scope = "local"
    regulation: Regulation | None = None
    aliases: tuple[Teks, ...] = ()
    years: tuple[Bulat, ...] = ()
    berlaku: Tanggal | None = None
    dicabut: Tanggal | None = None
    dates_confidence: Confidence | None = None
    dates_note: str = ""
    replaced_by: Id | None = None
    bands: tuple[ScoreBand, ...] = ()
    weighting: IndicatorWeighting | None = None
    scales: Mapping[Key, Measurement] = Field(default_factory=dict)
    indicators: tuple[IndicatorChange, ...] = ()
    conditions: tuple[DecisiveCondition, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sources: Mapping[str, Teks] = Field(default_factory=dict)
    confidence: Confidence
    note: str = ""


_OWN: Final = {
    "id", "title", "scope", "aliases", "years", "berlaku", "dicabut", "dates_confidence", "dates_note",
    "replaced_by", "confidence", "note",
}  # fmt: skip
_NEEDED: Final = ("nama", "name", "place", "confidence")
_FIXED: Final = ("parent", "nama", "name", "gate", "place", "confidence")


def extend_compliance(base: ComplianceStandard, extension: ComplianceExtension) -> ComplianceStandard:
    """Return the standard that `extension` makes of `base`.

    Where a leaf of the law gets indicators below it, it becomes their dimension and is no
    longer measured itself.

    Raises
    ------
    MisfitError
        If it renames or moves an indicator of the law, changes a known weight, a scale or
        a band that is not inferred, or takes the key of a scale or a condition.
    """
    if again := twice(change.key for change in extension.indicators):
        raise MisfitError("indicators.key", f"{again[0]!r} stands twice", "each once")
    changes = {change.key: (place, change) for place, change in enumerate(extension.indicators)}
    parents = {change.parent for change in extension.indicators}
    indicators = {old.key: _changed(old, base, *changes.get(old.key, (0, None))) for old in base.indicators}
    for record in indicators.values():
        if record["key"] in parents:
            record["scale"] = ""
    for key, (place, change) in changes.items():
        if key not in indicators:
            indicators[key] = _new(change, place)
    return ComplianceStandard.model_validate(
        base.model_dump()
        | extension.model_dump(include=_OWN)
        | {
            "regulation": (extension.regulation or base.regulation).model_dump(),
            "bands": _bands(base, extension),
            "weighting": _weighting(base, extension),
            "scales": _more("scales", base.scales, extension.scales),
            "indicators": list(indicators.values()),
            "conditions": [c.model_dump() for c in (*base.conditions, *extension.conditions)],
            "remarks": [r.model_dump() for r in (*base.remarks, *extension.remarks)],
            "sources": {**base.sources, **extension.sources},
            "extends": base.id,
        }
    )


def _changed(
    old: Indicator, base: ComplianceStandard, place: int, change: IndicatorChange | None
) -> dict[str, Any]:
    record = old.model_dump()
    if change is None:
        return record
    for name in _FIXED:
        stated, known = getattr(change, name), getattr(old, name)
        if stated not in {None, known}:
            raise MisfitError(
                f"indicators[{place}].{name}",
                f"{stated!r} for {old.key!r}",
                f"{known!r}: what the law says of its indicators stays",
            )
    if change.weight is not None:
        if old.weight not in {None, change.weight}:
            raise MisfitError(
                f"indicators[{place}].weight",
                f"{change.weight} for {old.key!r}",
                f"{old.weight}: a weight that is known stays; only assumed ones are filled",
            )
        record |= {"weight": change.weight, "weight_confidence": change.weight_confidence}
    if change.scale not in {None, old.scale}:
        measured = base.scales.get(old.scale)
        if measured is not None and measured.confidence != "C":
            raise MisfitError(
                f"indicators[{place}].scale",
                f"{change.scale!r} for {old.key!r}",
                f"{old.scale!r}: a scale that is known stays; only inferred ones are filled",
            )
        record["scale"] = change.scale
    return record | {
        "requires": [r.model_dump() for r in dict.fromkeys((*old.requires, *change.requires))],
        "sources": tuple(dict.fromkeys((*old.sources, *change.sources))),
        "note": change.note or old.note,
    }


def _new(change: IndicatorChange, place: int) -> dict[str, Any]:
    for name in _NEEDED:
        if getattr(change, name) is None:
            raise MisfitError(
                f"indicators[{place}].{name}",
                f"absent for the new indicator {change.key!r}",
                f"the key {name!r}",
            )
    return change.model_dump(exclude_none=True)


def _bands(base: ComplianceStandard, extension: ComplianceExtension) -> list[dict[str, Any]]:
    if not extension.bands:
        return [band.model_dump() for band in base.bands]
    for place, (old, new) in enumerate(zip(base.bands, extension.bands, strict=False)):
        if old.confidence != "C" and (old.code, old.low, old.high) != (new.code, new.low, new.high):
            raise MisfitError(
                f"bands[{place}]",
                f"{new.code} {new.low}-{new.high}",
                f"{old.code} {old.low}-{old.high}: a band that is known stays; only inferred ones are filled",
            )
    if len(extension.bands) < len(base.bands):
        raise MisfitError(
            "bands", f"{len(extension.bands)} bands", f"all {len(base.bands)}: none is left out"
        )
    return [band.model_dump() for band in extension.bands]


def _weighting(base: ComplianceStandard, extension: ComplianceExtension) -> dict[str, Any]:
    stated = extension.weighting
    if stated and base.indicators and stated.total != base.weighting.total:
        raise MisfitError(
            "weighting.total", str(stated.total), f"{base.weighting.total}, to which the law's weights add up"
        )
    return (stated or base.weighting).model_dump()


def _more(where: str, known: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    if taken := sorted(set(known) & set(added)):
        raise MisfitError(f"{where}.{taken[0]}", "a name that is taken", "a name of its own")
    return {name: record.model_dump() for name, record in {**known, **added}.items()}
