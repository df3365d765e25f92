"""The report of a compliance assessment, of an office or of a city."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from sipukat._text import listing, tanggal
from sipukat._validation import check_zone
from sipukat._version import __version__
from sipukat.compliance.assessment import Assessment
from sipukat.compliance.causes import holding_back
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.report import compliance_city, compliance_figures, compliance_tables
from sipukat.report.cleaning import clean_data
from sipukat.report.compliance_manifest import assessments_of, compliance_manifest
from sipukat.report.compliance_words import Telling
from sipukat.report.document import Document, Fact, Heading, Headline, Item, Note, Paragraph, Provenance
from sipukat.report.laporan_words import words_of as laporan_words
from sipukat.report.ringkas_kepatuhan import page
from sipukat.standards.registry import provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from sipukat._text import Lang
    from sipukat.compliance.city_assessment import CityAssessment
    from sipukat.compliance.steps import Path
    from sipukat.findings import Finding
    from sipukat.report.document import Block

Part: TypeAlias = Literal["hasil", "ringkas"]

_NAMED: Final = 12  # names in one sentence


def build(
    assessment: Assessment | CityAssessment,
    *,
    lang: Lang = "id",
    part: Part = "hasil",
    path: Path | None = None,
    capacity: int = 3,
    generated: datetime | None = None,
    sources: Iterable[str | PathLike[str]] = (),
) -> Document:
    """Put a compliance assessment into words, tables and figures.

    The score never stands without the name of its scheme and what in it is assumed.

    Parameters
    ----------
    assessment
        What `sipukat.compliance.score` or `sipukat.compliance.city` returned.
    lang
        Language of the report.
    part
        ``"hasil"``, the whole report, or ``"ringkas"``, one page: the score, and the first
        steps of the path (without one, of the cheapest to the next zone).
    path
        The way to a target, from `Assessment.path_to` or `sipukat.compliance.city_path`:
        it adds the steps, their figure, and the plan in quarters. `sipukat.publish` has a
        `path` of its own; give it the document that is built here.
    capacity
        Steps that fit into one quarter of the plan.
    generated
        The time to state, with its zone; by default now.
    sources
        The checklists and Standar Pelayanan that the evidence came from. Their names and
        hashes are stated, so that `sipukat.verify` finds them and sees whether they changed.

    Raises
    ------
    UnknownNameError
        If there is no such part.
    UnreadableFileError
        If one of `sources` cannot be read.
    ArgumentError
        If `path` is of another scheme, starts from another score, `capacity` is below 1, or
        `generated` has no time zone.

    Examples
    --------
    >>> from sipukat.compliance.scoring import score
    >>> document = build(score({"nilai": "51.15"}, standard="ombudsman-2021"))
    >>> print(document.blocks[0].text)
    51,15 · Kepatuhan Sedang · zona KUNING · menurut ombudsman-2021
    """
    if part not in get_args(Part):
        raise UnknownNameError("part", part, get_args(Part))
    check_zone(generated, "generated")
    if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 1:
        raise ArgumentError(f"capacity: {capacity!r} steps a quarter; give a whole number from 1")
    if path is not None:
        _same(assessment, path)
    moment = generated or datetime.now(UTC).astimezone()
    told = Telling(subject=assessment, tree=_tree(assessment), lang=lang)
    data = {**assessment.to_dict(), "path": path.to_dict() if path is not None else None}
    single = isinstance(assessment, Assessment)
    title = told.say("title" if single else "title_city")
    if part == "ringkas":
        blocks, title = tuple(page(told, _headline(told), path)), laporan_words(lang)["kepatuhan_title"]
    else:
        blocks = tuple(_blocks(told, path, capacity))
    return Document(
        title=title,
        subtitle=" · ".join(filter(None, _whose(told))),
        lang=lang,
        blocks=blocks,
        provenance=Provenance(
            generated=moment,
            items=tuple(_items(told, moment, path, data)),
            manifest=compliance_manifest(
                assessment,
                path,
                results=clean_data(data),
                sources=sources,
                telling={"lang": lang, "part": part, "capacity": capacity},
            ),
        ),
        data=data,
    )


def _same(assessment: Assessment | CityAssessment, path: Path) -> None:
    if path.promise.standard != assessment.standard.id:
        raise ArgumentError(
            f"the path is under {path.promise.standard}, the assessment under {assessment.standard.id}; "
            "give a path of this assessment"
        )
    if path.promise.score_before != assessment.lowest.exact:
        raise ArgumentError(
            f"the path starts from {float(path.promise.score_before):g}, the assessment scores "
            f"{float(assessment.lowest.exact):g}; give a path of this assessment"
        )


def _tree(assessment: Assessment | CityAssessment) -> Any:
    if isinstance(assessment, Assessment):
        return assessment.tree
    unit = next(iter(assessment.units.values()))
    return next(iter(unit.services.values())).tree


def _whose(told: Telling) -> Iterator[str]:
    subject = told.subject
    if isinstance(subject, Assessment):
        yield subject.unit
        yield subject.evidence.product
    else:
        yield subject.name or told.say("city")
    yield told.standard.id


def _blocks(told: Telling, path: Path | None, capacity: int) -> Iterator[Block]:
    subject = told.subject
    yield _headline(told)
    yield compliance_figures.gauge(told)
    if isinstance(subject, Assessment):
        yield compliance_tables.contributions(told, subject)
        if subject.unknown:
            yield Heading(level=2, text=told.say("unknown_heading"))
            yield compliance_tables.unknown(told, subject)
    else:
        yield compliance_city.units(told, subject)
        yield compliance_figures.heat(told, subject)
        yield compliance_city.cells(told, subject)
        yield compliance_city.causes(told, subject)
        if path is not None:
            yield Heading(level=2, text=told.say("holding"))
            yield Paragraph(text=holding_back(subject, path.promise.target).sentence(told.lang))
    if path is not None:
        yield from _path(told, path, capacity)
    yield Heading(level=2, text=told.say("assumptions"))
    yield Paragraph(text=" ".join(_assumptions(told)))
    notes = list(_notes(told, [*subject.findings, *(path.findings if path is not None else ())]))
    if notes:
        yield Heading(level=2, text=told.say("notes"))
        yield from notes


def _headline(told: Telling) -> Headline:
    subject, standard = told.subject, told.standard
    low, high = told.score(subject.lowest), told.score(subject.highest)
    known = subject.published is not None
    band, zone = compliance_figures.band_told(told), told.zone(subject.zone)
    words = {"band": band, "zone": zone, "standard": standard.id}
    text = told.say("headline", score=low, **words) if known else ""
    n, every = len(told.assumed), len(told.tree.keys)
    facts = [
        (told.say("score"), low if known else f"{low}–{high}"),
        (told.say("band"), band),
        (told.say("zone_label"), told.zone_name(subject.zone)),
        (told.say("scheme"), standard.id),
        (told.say("assumed_label"), told.say("of", n=n, all=every)),
    ]
    if isinstance(subject, Assessment):
        facts.append((told.say("unknown_label"), told.say("of", n=len(subject.unknown), all=every)))
    return Headline(
        text=text or told.say("headline_open", low=low, high=high, **words),
        detail=" ".join(_detail(told)),
        facts=tuple(Fact(label=label, value=value) for label, value in facts),
    )


def _detail(told: Telling) -> Iterator[str]:
    subject = told.subject
    if not isinstance(subject, Assessment):
        yield told.say(f"detail_{subject.method}", n=len(subject.units))
    if subject.unknown:
        key = "detail_zero" if subject.published is not None else "detail_open"
        key += "" if isinstance(subject, Assessment) else "_city"
        yield told.say(key, n=len(subject.unknown))
    n, every = len(told.assumed), len(told.tree.keys)
    if not n:
        yield told.say("detail_sure")
        return
    yield told.say("detail_assumed", n=n, all=every, percent=told.number(told.assumed_percent))


def _path(told: Telling, path: Path, capacity: int) -> Iterator[Block]:
    yield Heading(level=2, text=told.say("path_heading", target=path.promise.target))
    yield Paragraph(text=path.sentence(told.lang))
    if path.reachable and path:
        yield compliance_figures.waterfall(told, path)
        yield compliance_tables.path_table(told, path)
        yield compliance_tables.reasons(told, path)
        yield Heading(level=3, text=told.say("plan_heading"))
        yield compliance_tables.plan(told, path, capacity)
    elif not path.reachable and path.blocked:
        yield compliance_tables.blocked(told, path)


def _assumptions(told: Telling) -> Iterator[str]:
    rule = told.standard
    scale = rule.scale
    yield told.say("basis", id=rule.id, title=rule.title, confidence=rule.confidence)
    tie = scale.rounding_confidence
    yield told.say("rounding", wording=_bare(scale.wording), confidence=scale.confidence, tie=tie)
    weighting = rule.weighting
    yield told.say("weighting", wording=_bare(weighting.wording), confidence=weighting.confidence)
    rows = {leaf.key: told.named(leaf) for leaf in told.tree.leaves()}
    inferred = [leaf for leaf in told.tree.leaves() if leaf.measure and leaf.measure.confidence == "C"]
    bands = [band.code for band in rule.bands if band.confidence == "C"]
    zones = [
        f"{band.code} {band.zone}"
        for band in rule.bands
        if band.zone and (band.zone_confidence or band.confidence) == "C"
    ]
    named = {
        "assumed_keys": [rows[key] for key in told.assumed],
        "inferred_bands": bands,
        "inferred_zones": zones,
        "weak": [rows[key] for key in _weak(told.subject)],
    }
    doubtful = bool(inferred) or tie == "C"
    for key, names in named.items():
        if names:
            doubtful = True
            yield told.say(key, names=listing(names, lang=told.lang, most=_NAMED))
    if inferred:
        yield told.say("inferred_scales", n=len(inferred), all=len(rows))
    if doubtful:
        yield told.say("not_law")


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def _weak(subject: Assessment | CityAssessment) -> list[str]:
    keys = [
        row.key for each in assessments_of(subject) for row in each.contributions if row.confidence == "C"
    ]
    return list(dict.fromkeys(keys))


def _notes(told: Telling, findings: Iterable[Finding]) -> Iterator[Note]:
    """Yield the findings as notes; those that say the same of several units are one."""
    other: Lang = "en" if told.lang == "id" else "id"
    grouped: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.message(told.lang), finding.suggestion(told.lang))
        grouped.setdefault(key, []).append(finding)
    names = () if isinstance(told.subject, Assessment) else tuple(told.subject.units)
    for (code, text, suggestion), group in grouped.items():
        places = [f.path for f in group if f.path in names]
        opening = f"{listing(dict.fromkeys(places), lang=told.lang, most=_NAMED)}: " if places else ""
        yield Note(
            severity=group[0].severity,
            text=f"{opening}{text}",
            beside=group[0].message(other),
            suggestion=suggestion,
            code=code,
        )


def _items(told: Telling, moment: datetime, path: Path | None, data: dict[str, Any]) -> Iterator[Item]:
    rule = told.standard
    if isinstance(told.subject, Assessment):
        evidence: Any = told.subject.evidence.to_dict()
    else:
        evidence = [each.evidence.to_dict() for each in assessments_of(told.subject)]
    stated = {"target": path.promise.target, "method": path.promise.method} if path is not None else {}
    if "method" in data:
        stated = {"rollup": data["method"], **stated}
    values = {
        "generated": f"{tanggal(moment.date(), lang=told.lang)}, {moment.strftime('%H:%M:%S %z')}",
        "library": f"sipukat {__version__}",
        "standard": provenance(rule),
        "confidence": rule.confidence,
        "options": "; ".join(f"{key} = {value}" for key, value in stated.items()) or "–",
        "sha256": hashlib.sha256(json.dumps(evidence, ensure_ascii=False).encode()).hexdigest(),
    }
    for key, value in values.items():
        yield Item(key=key, label=told.say(f"provenance_{key}"), value=value)
