"""The report of an `IkmResult`: the number, how sure it is, how it came about, of whom."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import listing, number, tanggal
from sipukat._version import __version__
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, catalogue
from sipukat.ikm.remarks import label as name_of
from sipukat.report.cleaning import clean
from sipukat.report.document import (
    Document,
    Fact,
    Heading,
    Headline,
    Item,
    Note,
    Paragraph,
    Provenance,
)
from sipukat.report.ikm_processing import MOST, processing
from sipukat.report.ikm_tables import (
    Telling,
    gauge,
    units_figure,
    units_table,
    unsur_figure,
    unsur_rows,
    unsur_table,
)
from sipukat.report.ikm_words import between, has_interval, level_of, method
from sipukat.report.withholding import DEFAULT, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult
    from sipukat.report.document import Block
    from sipukat.survey import Responses

_ALIKE: Final = 3  # findings of one code that are told one by one
_NAMED: Final = 15
_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "generated": "Dibuat",
        "library": "Perangkat lunak",
        "standard": "Standar",
        "confidence": "Keyakinan atas isi standar",
        "options": "Pilihan hitung",
        "n": "Responden",
        "source": "Berkas masukan",
        "sha256": "SHA-256 masukan",
        "rows": "Baris dibaca / dipakai",
        "at": "{day} pukul {time}",
        "no_file": "data dari program, bukan berkas",
    },
    "en": {
        "generated": "Generated",
        "library": "Software",
        "standard": "Standard",
        "confidence": "Confidence in the standard's figures",
        "options": "Options",
        "n": "Respondents",
        "source": "Input file",
        "sha256": "SHA-256 of the input",
        "rows": "Rows read / used",
        "at": "{day}, {time}",
        "no_file": "data from a program, not a file",
    },
}


def build(
    result: IkmResult,
    *,
    lang: Lang = "id",
    responses: Responses | None = None,
    findings: Sequence[Finding] = (),
    subject: str = "",
    period: str = "",
    withhold_below: int = DEFAULT,
    generated: datetime | None = None,
) -> Document:
    """Put a result into words, tables and figures.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    responses
        What it was estimated from; given, the workbook has the official processing
        sheet, with every respondent's answers.
    findings
        What was noticed while the file was read, to be told with the result's own.
    subject, period
        Whose result it is, and of when, for the subtitle.
    withhold_below
        Groups with fewer respondents are withheld from the breakdown, and with them as
        many others as keep them from being computed; 0 withholds none.
    generated
        The time to state, with its zone; by default now. The same time gives the same
        bytes.

    Raises
    ------
    EstimationError
        If `responses` are not those of the result.
    ArgumentError
        If `withhold_below` is negative, or `generated` has no time zone.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": ["A"] * 20 + ["B"] * 12, **{f"U{i}": [4, 3] * 16 for i in range(1, 10)}})
    >>> document = build(ikm.estimate(frame, by="unit"))
    >>> document.blocks[0].text
    'IKM 87,50 · mutu B · Baik'
    """
    moment = datetime.now(UTC).astimezone() if generated is None else generated
    if moment.tzinfo is None:
        raise ArgumentError("generated must have a time zone, e.g. datetime.now(timezone.utc)")
    hidden = withheld({group: e.n for group, e in result.items()}, below=withhold_below)
    told = Telling(result=result, lang=lang, hidden=hidden)
    found = [*_own_findings(told, responses, withhold_below), *_kept(told, [*findings, *result.findings])]
    blocks: list[Block] = [*_result(told), *_notes(told, found)]
    if responses is not None and _sheet_refusal(told, responses) is None:
        blocks += [Heading(level=2, text=told.say("processing")), processing(told, responses)]
    return Document(
        title=told.say("title"),
        subtitle=" · ".join(filter(None, (subject, period))),
        lang=lang,
        blocks=blocks,
        provenance=Provenance(generated=moment, items=_items(told, moment, withhold_below)),
        data=_data(told),
    )


def _result(told: Telling) -> Iterator[Block]:
    result, rows = told.result, unsur_rows(told)
    yield _headline(told)
    if result.overall.published is not None:
        yield gauge(told)
    yield Heading(level=2, text=told.say("units" if result.by else "total"))
    yield units_table(told)
    if result.by:
        figure = units_figure(told)
        yield figure or Paragraph(text=told.say("too_many", n=number(len(result), 0, lang=told.lang)))
    yield Heading(level=2, text=told.say("per_unsur"))
    yield unsur_table(told, rows)
    if any(row.nilai is not None for row in rows):
        yield unsur_figure(told, rows)
    yield Heading(level=2, text=told.say("method"))
    yield Paragraph(text=method(result, told.lang))


def _headline(told: Telling) -> Headline:
    e, lang = told.result.overall, told.lang
    n = Fact(label=told.say("respondents"), value=number(e.n, 0, lang=lang))
    if e.published is None:
        return Headline(text=told.say("no_ikm"), facts=(Fact(label=told.index, value="–"), n))
    value = number(e.published, lang=lang)
    facts, parts = [Fact(label=told.index, value=value)], [f"{told.index} {value}"]
    if e.mutu:
        kinerja = told.kinerja(e.mutu)
        parts += [f"mutu {e.mutu}", kinerja]
        facts.append(Fact(label=told.say("mutu_long"), value=e.mutu))
        facts.append(Fact(label=told.say("kinerja_long"), value=kinerja))
    facts.append(n)
    if has_interval(e):
        ends = " – ".join(number(end, lang=lang) for end in (e.low, e.high))
        facts.append(Fact(label=told.say("interval"), value=ends))
    return Headline(text=" · ".join(parts), detail=between(told.result, lang), facts=facts)


def _sheet_refusal(told: Telling, responses: Responses) -> Finding | None:
    """Say why the processing sheet cannot be made, or nothing."""
    if told.result.design.weight:
        return Finding.of("PUB704", weight=told.result.design.weight)
    if len(responses) > MOST:
        return Finding.of("PUB705", n=len(responses), most=MOST)
    return None


def _own_findings(told: Telling, responses: Responses | None, threshold: int) -> Iterator[Finding]:
    hidden, n = told.hidden, told.result.overall.n
    if n < threshold:
        yield Finding.of("PUB702", n=n, threshold=threshold)
    if hidden.names:
        small, complement = len(hidden.small), len(hidden.complement)
        yield Finding.of(
            "PUB701", hidden=small + complement, small=small, complement=complement, threshold=threshold
        )
    if responses is not None:
        yield _sheet_refusal(told, responses) or Finding.of("PUB703")
    changed = sum(any(clean(part) != part for part in told.label(group)) for group in told.result)
    if changed:
        yield Finding.of("PUB706", names=changed)


def _kept(told: Telling, findings: Sequence[Finding]) -> list[Finding]:
    """Take out of findings what they say of a group that is withheld: it may be its number."""
    names = {name_of(group) for group in told.hidden.names}
    names |= {part for group in told.hidden.names for part in told.label(group)[:1] if len(told.result.by) == 1}
    if not names:
        return list(findings)
    # A list in a finding names its group first: "Dinas A (4)".
    named = re.compile("|".join(rf"\W?{re.escape(name)}(?!\w)" for name in names))
    kept = []
    for finding in findings:
        facts = {
            key: [item for item in value if not named.match(str(item))]
            if isinstance(value, list | tuple)
            else value
            for key, value in finding.facts.items()
        }
        emptied = any(facts[key] == [] and value for key, value in finding.facts.items())
        if not emptied and not (finding.path and finding.path in names):
            kept.append(finding.model_copy(update={"facts": facts}))
    return kept


def _notes(told: Telling, findings: Sequence[Finding]) -> Iterator[Block]:
    if not findings:
        return
    yield Heading(level=2, text=told.say("remarks"))
    order = {"error": 0, "warning": 1, "info": 2}
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: order[str(f.severity)]):
        by_code.setdefault(finding.code, []).append(finding)
    for alike in by_code.values():
        if len(alike) > _ALIKE and all(f.path for f in alike) and alike[0].code in catalogue():
            yield _gathered(alike, told.lang)
        else:
            yield from (_note(finding, told.lang) for finding in alike)


def _other(lang: Lang) -> Lang:
    return "en" if lang == "id" else "id"


def _sentence(finding: Finding, lang: Lang) -> str:
    said = finding.message(lang).strip()
    if not finding.path or finding.path not in said:
        return said
    # A message may begin with its place: set it off from the sentence.
    place, rest = finding.path, said.removeprefix(finding.path)
    return f"{place}: {rest.strip()}" if rest != said else said


def _note(finding: Finding, lang: Lang) -> Note:
    return Note(
        severity=str(finding.severity),
        text=_sentence(finding, lang),
        beside=_sentence(finding, _other(lang)),
        suggestion=finding.suggestion(lang),
        code=finding.code,
    )


def _gathered(alike: Sequence[Finding], lang: Lang) -> Note:
    """Tell many findings of one code as one, by the names of their places."""

    def said(language: Lang) -> str:
        words = catalogue()[alike[0].code]
        title = words.judul if language == "id" else words.title
        return f"{title}: {listing([f.path for f in alike], lang=language, most=_NAMED)}."

    suggestion = alike[0].suggestion(lang)
    severity = str(alike[0].severity)
    return Note(
        severity=severity, text=said(lang), beside=said(_other(lang)), suggestion=suggestion, code=alike[0].code
    )


def _items(told: Telling, moment: datetime, threshold: int) -> list[Item]:
    result, labels = told.result, _LABELS[told.lang]
    day = tanggal(moment.date(), lang=told.lang)
    options = {
        "by": listing(result.by, lang=told.lang) or "–",
        "profile": result.profile,
        "missing": result.missing,
        "interval": f"{result.interval}, {level_of(result, told.lang)} %",
        **{key: str(value) for key, value in result.design.model_dump().items() if value is not None},
        "withhold_below": str(threshold),
    }
    values = {
        "generated": labels["at"].format(day=day, time=moment.strftime("%H:%M:%S %z")),
        "library": f"sipukat {__version__}",
        "standard": f"{result.standard.id}: {result.standard.title}, {result.standard.regulation}",
        "confidence": result.standard.confidence,
        "options": "; ".join(f"{key} = {value}" for key, value in options.items()),
        "n": number(result.overall.n, 0, lang=told.lang),
    }
    if result.provenance is None:
        values["source"] = labels["no_file"]
    else:
        came = result.provenance
        values |= {"source": came.source, "sha256": came.sha256}
        values["rows"] = " / ".join(number(n, 0, lang=told.lang) for n in (came.rows_read, came.rows_used))
    return [Item(key=key, label=labels[key], value=value) for key, value in values.items()]


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _plain(e: Estimate) -> dict[str, Any]:
    return {
        "n": e.n,
        "published": None if e.published is None else str(e.published),
        **{key: _finite(getattr(e, key)) for key in ("ikm", "se", "low", "high")},
        "mutu": e.mutu,
        "kinerja": e.kinerja,
        "mutu_probability": dict(e.mutu_probability),
    }


def _data(told: Telling) -> dict[str, Any]:
    """Return the numbers for programs; a withheld group is named, and has no number."""
    result = told.result
    groups = []
    for group, e in result.items():
        name = list(group) if isinstance(group, tuple) else [group]
        hidden = group in told.hidden.names
        groups.append({"group": name, "withheld": hidden, **({} if hidden else _plain(e))})
    overall = result.overall
    return {
        "standard": result.standard.id,
        "standard_confidence": result.standard.confidence,
        "profile": result.profile,
        "missing": result.missing,
        "interval": result.interval,
        "confidence_level": result.confidence_level,
        "by": list(result.by),
        "overall": {
            **_plain(overall),
            "nrr": {key: _finite(value) for key, value in overall.nrr.items()},
            "answered": dict(overall.answered),
        },
        "groups": groups,
    }
