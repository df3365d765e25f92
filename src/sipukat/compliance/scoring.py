"""From evidence to a score under one scheme, exactly, with bounds for what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sipukat._validation import kind_of
from sipukat.compliance.assessment import Assessment
from sipukat.compliance.classify import verdict_of
from sipukat.compliance.contributions import Contribution, contributions_of, total
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.tree import WHOLE, tree_of
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings
from sipukat.standards.registry import compliance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.compliance.classify import Verdict
    from sipukat.compliance.tree import Tree
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.loader import Standard

Unknown: TypeAlias = Literal["bounds", "zero"]
"""What becomes of an indicator that is not known: it gives bounds, or counts at its least."""


def score(
    evidence: Evidence | Mapping[str, Any], standard: str | Standard, *, unknown: Unknown = "bounds"
) -> Assessment:
    """Score an office under one scheme.

    Parameters
    ----------
    evidence
        What is known: an `Evidence`, or bare values by the keys of the indicators.
    standard
        The scheme, by any name that `sipukat.standards.get` knows; there is no default,
        since the same office has another colour under another scheme.
    unknown
        ``"bounds"``: what is not known gives a lowest and a highest score, and there is a
        score only where they are one. ``"zero"``: it counts at its least, and a finding
        names it.

    Raises
    ------
    UnknownNameError
        If there is no such scheme, or the evidence speaks of an indicator that it does
        not have.
    ArgumentError
        If a value is none of its indicator: off its scale, no level of it, NaN; or if
        `unknown` is neither of the two.

    Notes
    -----
    ``score = low + (high - low) * sum(share * fraction)`` over the leaves, in exact
    fractions; it is rounded once, as the scheme says, to be looked up and published. The
    share of a leaf is the product of the weights above it. Weights that were not found are
    equal parts of what the known ones leave over, and marked as assumed (CMP804).

    Examples
    --------
    >>> keys = "input.kompetensi input.sarana_prasarana proses.standar_pelayanan".split()
    >>> keys += ["output.persepsi_maladministrasi", "pengaduan.pengelolaan"]
    >>> city = score(dict.fromkeys(keys, "50.20"), standard="ombudsman-2022")
    >>> city.published, city.code, city.zone
    (Decimal('50.20'), 'D', 'merah')
    >>> sum(row.points for row in city.contributions) == city.score
    True
    """
    if unknown not in {"bounds", "zero"}:
        raise ArgumentError(f'unknown={unknown!r} is no way to treat what is not known; "bounds" or "zero"')
    scheme = compliance(standard)
    tree = tree_of(scheme)
    known = _gathered(evidence if isinstance(evidence, Evidence) else _bare(evidence), scheme)
    rows = contributions_of(tree, known)
    open_ = tuple(row.key for row in rows if not row.known)
    if open_ and unknown == "zero":
        rows = tuple(replace(row, highest=row.lowest) for row in rows)
    suffix = _suffix(tree, known)
    lowest = verdict_of(total(row.lowest for row in rows), scheme, suffix=suffix)
    sure = all(row.known for row in rows)
    highest = lowest if sure else verdict_of(total(row.highest for row in rows), scheme, suffix=suffix)
    remarks = Findings([*_of_verdict(lowest, highest), *_of_scheme(scheme, tree)])
    remarks += tuple(_of_evidence(tree, known, rows, open_, unknown))
    return Assessment(
        standard=scheme,
        tree=tree,
        evidence=known,
        verdict=lowest if sure else None,
        lowest=lowest,
        highest=highest,
        contributions=rows,
        findings=remarks,
        unknown=open_,
    )


def _bare(values: object) -> Evidence:
    if isinstance(values, Mapping):
        return Evidence.of(values)
    raise ArgumentError(
        f"{kind_of(values)} is no evidence; give an Evidence, e.g. checklist.evidence(), or values by the "
        "keys of the indicators"
    )


def _gathered(evidence: Evidence, scheme: ComplianceStandard) -> Evidence:
    """Return what was gathered for this scheme, for one that it extends, or for any."""
    if not any(item.schemes for item in evidence.items):
        return evidence
    line, above = {scheme.id}, scheme.extends
    while above is not None:
        line.add(above)
        above = compliance(above).extends
    kept = tuple(
        item if not item.schemes or scheme.id in item.schemes else item.model_copy(update={"schemes": ()})
        for item in evidence.items
        if not item.schemes or line & set(item.schemes)
    )
    return Evidence(items=kept, unit=evidence.unit, product=evidence.product, on=evidence.on)


def _suffix(tree: Tree, evidence: Evidence) -> str:
    earned = [
        condition.suffix
        for condition in tree.conditions
        if condition.effect == "suffix" and (item := evidence.get(condition.key)) and item.value is True
    ]
    return " ".join(earned)


def _of_verdict(lowest: Verdict, highest: Verdict) -> Iterator[Finding]:
    seen: list[Finding] = []
    for finding in (*lowest.findings, *highest.findings):
        if finding not in seen:
            seen.append(finding)
    yield from seen


def _of_scheme(scheme: ComplianceStandard, tree: Tree) -> Iterator[Finding]:
    if assumed := [key for key in tree.keys if tree.assumed(key)]:
        points = sum((tree.shares[key] for key in assumed), Fraction(0)) * 100
        yield Finding.of(
            "CMP804", path=scheme.id, keys=assumed, percent=float(points), n=len(assumed), of=len(tree.keys)
        )
    if tree.keys == (WHOLE,):
        yield Finding.of("CMP809", path=scheme.id, key=WHOLE)
        return
    inferred = [leaf.key for leaf in tree.leaves() if leaf.measure and leaf.measure.confidence == "C"]
    if inferred:
        yield Finding.of("CMP811", path=scheme.id, keys=inferred, n=len(inferred), of=len(tree.keys))


def _of_evidence(
    tree: Tree, evidence: Evidence, rows: tuple[Contribution, ...], open_: tuple[str, ...], unknown: Unknown
) -> Iterator[Finding]:
    where = evidence.unit
    if open_:
        code = "CMP806" if unknown == "zero" else "CMP805"
        yield Finding.of(code, path=where, keys=list(open_), n=len(open_), of=len(rows))
    for condition in tree.conditions:
        item = evidence.get(condition.key)
        value = item.value if item else None
        if condition.effect == "suffix":
            if value is None:
                yield Finding.of("CMP810", path=where, key=condition.key, suffix=condition.suffix)
            continue
        gated = [leaf.key for leaf in tree.leaves() if leaf.gate == condition.key]
        if value is False:
            yield Finding.of("CMP807", path=where, key=condition.key, syarat=condition.nama, keys=gated)
        elif value is None:
            yield Finding.of("CMP808", path=where, key=condition.key, syarat=condition.nama, keys=gated)
    if weak := [row.key for row in rows if row.confidence == "C"]:
        yield Finding.of("CMP812", path=where, keys=weak, n=len(weak))
