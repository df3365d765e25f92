"""The score of a city from those of its units, and of a unit from those of its services.

How the scores are combined is always named: the law was not found to say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from sipukat._validation import kind_of
from sipukat.compliance.city_assessment import CityAssessment, Method, UnitAssessment
from sipukat.compliance.classify import verdict_of
from sipukat.compliance.contributions import total
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.scoring import Unknown, score
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.standards.registry import compliance

if TYPE_CHECKING:
    from sipukat.compliance.assessment import Assessment
    from sipukat.compliance.classify import Verdict
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.loader import Standard


Known: TypeAlias = Evidence | Mapping[str, Any]


def city(
    evidences: Mapping[str, Known | Mapping[str, Known]] | Sequence[Evidence],
    standard: str | Standard,
    *,
    rollup: Method = "mean",
    weights: Mapping[str, Decimal | Fraction | float] | None = None,
    unknown: Unknown = "bounds",
    name: str = "",
) -> CityAssessment:
    """Score a city of several units, each with one or several services.

    Parameters
    ----------
    evidences
        Name of the unit to its evidence, or to the evidence of each of its services by
        name; or a sequence of evidences, each of which names its unit and service.
    standard
        The scheme, by any name; there is no default.
    rollup
        ``"mean"``: each unit counts the same. ``"weighted"``: by `weights`.
    weights
        A weight above 0 for every unit, e.g. how many people it serves.
    unknown
        As in `sipukat.compliance.scoring.score`.
    name
        Name of the city.

    Raises
    ------
    ArgumentError
        If there are no units, `rollup` is neither of the two, weights are missing,
        unknown, not above 0, or given where they are not used.
    UnknownNameError
        As `score`; a value that is wrong is an ArgumentError that names the unit.

    Notes
    -----
    ``sum(share * mean of the services)``, of the exact scores: nothing is rounded before
    the end. The law was not found to say how units are combined (CMP815).

    Examples
    --------
    >>> city({"Dinas A": {"nilai": "40"}, "Dinas B": {"nilai": "61"}}, "ombudsman-2021").zone
    'merah'
    """
    scheme = compliance(standard)
    parts = _parts(evidences)
    shares = _shares(tuple(parts), rollup, weights)
    units = {}
    for unit, services in parts.items():
        scored = {
            service: _scored(unit, service, known, scheme, unknown) for service, known in services.items()
        }
        lows, highs = ([v.exact for v in verdicts] for verdicts in _ends(scored.values()))
        units[unit] = UnitAssessment(
            unit=unit,
            share=shares[unit],
            services=MappingProxyType(scored),
            lowest=verdict_of(total(lows) / len(lows), scheme),
            highest=verdict_of(total(highs) / len(highs), scheme),
        )
    low = total(u.share * u.lowest.exact for u in units.values())
    high = total(u.share * u.highest.exact for u in units.values())
    made = CityAssessment(
        name=name,
        standard=scheme,
        method=rollup,
        units=MappingProxyType(units),
        lowest=verdict_of(low, scheme),
        highest=verdict_of(high, scheme),
        findings=Findings(),
    )
    return replace(made, findings=_findings(made))


def _parts(evidences: object) -> dict[str, dict[str, Known]]:
    if isinstance(evidences, Mapping):
        found = {unit: _services(unit, known) for unit, known in evidences.items()}
    elif isinstance(evidences, Sequence) and all(isinstance(known, Evidence) for known in evidences):
        found = {}
        for place, known in enumerate(evidences):
            if not known.unit:
                raise ArgumentError(
                    f"evidence {place} names no unit; set its unit, or give a mapping by unit"
                )
            services = found.setdefault(known.unit, {})
            if known.product in services:
                raise ArgumentError(
                    f"{known.unit}: two evidences of {known.product or 'the whole unit'!r}; one"
                )
            services[known.product] = known
    else:
        raise ArgumentError(
            f"{kind_of(evidences)} is no evidence of units; give a mapping of name to Evidence"
        )
    if not found:
        raise ArgumentError("no units: give the evidence of at least one")
    return found


def _services(unit: str, known: object) -> dict[str, Known]:
    if isinstance(known, Evidence):
        return {known.product: known}
    if not isinstance(known, Mapping):
        raise ArgumentError(f"{unit}: {kind_of(known)} is no evidence; give an Evidence or a mapping")
    if known and all(isinstance(value, Evidence | Mapping) for value in known.values()):
        return dict(known)
    return {"": known}


def _scored(
    unit: str, service: str, known: Known, scheme: ComplianceStandard, unknown: Unknown
) -> Assessment:
    try:
        if not isinstance(known, Evidence):
            known = Evidence.of(known, unit=unit, product=service)
        elif (known.unit, known.product) != (unit, service):
            known = Evidence(items=known.items, unit=unit, product=service, on=known.on)
        return score(known, scheme, unknown=unknown)
    except ArgumentError as failure:
        place = f"{unit}, {service}" if service else unit
        raise ArgumentError(f"{place}: {failure}") from failure
    except UnknownNameError as failure:
        place = f"{unit}, {service}" if service else unit
        raise UnknownNameError(f"{failure.kind} (in {place})", failure.name, failure.known) from failure


def _ends(scored: Iterable[Assessment]) -> tuple[list[Verdict], list[Verdict]]:
    found = list(scored)
    return [a.lowest for a in found], [a.highest for a in found]


def _shares(
    units: tuple[str, ...], method: object, weights: Mapping[str, Decimal | Fraction | float] | None
) -> dict[str, Fraction]:
    if method == "mean":
        if weights is not None:
            raise ArgumentError('weights are given but not used with rollup="mean"; use "weighted"')
        return dict.fromkeys(units, Fraction(1, len(units)))
    if method != "weighted":
        raise ArgumentError(f'rollup={method!r} is no way to combine units; "mean" or "weighted"')
    if weights is None:
        raise ArgumentError('rollup="weighted" needs weights: a number above 0 for every unit')
    if odd := sorted(set(units) ^ set(weights)):
        raise ArgumentError(f"weights: {', '.join(odd)} missing or unknown; one weight for every unit")
    exact = {unit: _weight(unit, weights[unit]) for unit in units}
    whole = total(exact.values())
    return {unit: weight / whole for unit, weight in exact.items()}


def _weight(unit: str, value: object) -> Fraction:
    right = "a number above 0"
    if isinstance(value, bool) or not isinstance(value, Decimal | Fraction | float | int):
        raise ArgumentError(f"weights[{unit!r}]: {value!r}; expected {right}")
    try:
        exact = Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError) as failure:  # NaN and infinities
        raise ArgumentError(f"weights[{unit!r}]: {value!r}; expected {right}") from failure
    if exact <= 0:
        raise ArgumentError(f"weights[{unit!r}]: {value!r}; expected {right}")
    return exact


def _findings(city_: CityAssessment) -> Findings:
    scheme, units = city_.standard, city_.units
    found: list[Finding] = [*city_.lowest.findings, *city_.highest.findings]
    if len(units) > 1 or any(len(unit.services) > 1 for unit in units.values()):
        how = {"mean": "rata-rata (mean)", "weighted": "rata-rata tertimbang (weighted mean)"}
        n = sum(len(unit.services) for unit in units.values())
        combined = how[city_.method]
        found.append(Finding.of("CMP815", path=scheme.id, method=combined, n=n, units=len(units)))
    if open_ := list(city_.unknown):
        found.append(Finding.of("CMP816", path=city_.name, units=open_, n=len(open_), of=len(units)))
    for unit in units.values():
        for assessment in unit.services.values():
            found.extend(assessment.findings)
    seen = {(f.code, f.path, str(f.facts)): f for f in found}
    return Findings(list(seen.values()))
