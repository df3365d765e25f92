"""The report of an `IkmResult`: the number, how sure it is, how it came about, of whom."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sipukat._text import listing, number, tanggal
from sipukat._version import __version__
from sipukat.errors import ArgumentError
from sipukat.report.document import (
    Document,
    Fact,
    Heading,
    Headline,
    Item,
    Paragraph,
    Provenance,
)
from sipukat.report.ikm_notes import kept, notes, own_findings, sheet_refusal
from sipukat.report.ikm_processing import processing
from sipukat.report.ikm_tables import (
    MOST_UNITS,
    Telling,
    gauge,
    units_figure,
    units_table,
    unsur_figure,
    unsur_rows,
    unsur_table,
)
from sipukat.report.ikm_tally import tally
from sipukat.report.ikm_words import between, has_interval, level_of, method, words_of
from sipukat.report.withholding import DEFAULT, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat._text import Lang
    from sipukat.findings import Finding
    from sipukat.ikm import Estimate, IkmResult
    from sipukat.report.document import Block
    from sipukat.survey import Responses


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
        Groups with fewer respondents are withheld from the breakdown, and others with
        them, so that they cannot be computed; 0 withholds none.
    generated
        The time to state, with its zone; by default now.

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
    >>> frame = pd.DataFrame({"unit": ["A"] * 32, **{f"U{i}": [4, 3] * 16 for i in range(1, 10)}})
    >>> document = build(ikm.estimate(frame, by="unit"))
    >>> document.blocks[0].text
    'IKM 87,50 · mutu B · Baik'
    """
    moment = _moment(generated)
    hidden = withheld({group: e.n for group, e in result.items()}, below=withhold_below)
    told = Telling(result=result, lang=lang, hidden=hidden)
    found = [*own_findings(told, responses, withhold_below), *kept(told, [*findings, *result.findings])]
    blocks: list[Block] = [*_result(told), *notes(told, found)]
    if responses is not None and sheet_refusal(told, responses) is None:
        blocks += [Heading(level=2, text=told.say("processing")), processing(told, responses)]
    elif sums := tally(told):
        blocks.append(sums)
    return Document(
        title=told.say("title"),
        subtitle=" · ".join(filter(None, (subject, period))),
        lang=lang,
        blocks=tuple(blocks),
        provenance=Provenance(generated=moment, items=_items(told, moment, withhold_below)),
        data=_data(told),
    )


def _moment(generated: datetime | None) -> datetime:
    if generated is None:
        return datetime.now(UTC).astimezone()
    if generated.tzinfo is None:
        raise ArgumentError("generated must have a time zone, e.g. datetime.now(timezone.utc)")
    return generated


def _result(told: Telling) -> Iterator[Block]:
    result, rows = told.result, unsur_rows(told)
    yield _headline(told)
    if result.overall.published is not None:
        yield gauge(told)
    yield Heading(level=2, text=told.say("units" if result.by else "total"))
    yield units_table(told)
    if result.by:
        if figure := units_figure(told):
            yield figure
        elif len(result) - len(told.hidden.names) > MOST_UNITS:
            yield Paragraph(text=told.say("too_many", n=number(len(result), 0, lang=told.lang)))
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
    return Headline(text=" · ".join(parts), detail=between(told.result, lang), facts=tuple(facts))


def _items(told: Telling, moment: datetime, threshold: int) -> tuple[Item, ...]:
    result, labels = told.result, words_of(told.lang, "provenance")
    day = tanggal(moment.date(), lang=told.lang)
    options = {
        "by": listing(result.by, lang=told.lang) or "–",
        "profile": result.profile,
        "missing": result.missing,
        "interval": f"{result.interval}, {level_of(result, told.lang)} %",
        **{key: str(value) for key, value in result.design.model_dump(exclude_defaults=True).items()},
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
    return tuple(Item(key=key, label=labels[key], value=value) for key, value in values.items())


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
