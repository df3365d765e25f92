"""What every report of an IKM says: the headline, where it comes from, the numbers for programs."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sipukat._text import listing, number, tanggal
from sipukat._version import __version__
from sipukat.errors import ArgumentError
from sipukat.report.document import Fact, Headline, Item
from sipukat.report.ikm_tables import Telling
from sipukat.report.ikm_words import between, has_interval, level_of, words_of
from sipukat.report.withholding import withheld

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult


def telling_of(result: IkmResult, *, lang: Lang, withhold_below: int) -> Telling:
    """Return what is told of a result, and which of its groups are not.

    Raises
    ------
    ArgumentError
        If `withhold_below` is negative.
    """
    hidden = withheld({group: e.used for group, e in result.items()}, below=withhold_below)
    return Telling(result=result, lang=lang, hidden=hidden)


def moment_of(generated: datetime | None) -> datetime:
    """Return the time to state, now where none is given.

    Raises
    ------
    ArgumentError
        If it has no time zone.
    """
    if generated is None:
        return datetime.now(UTC).astimezone()
    if generated.tzinfo is None:
        raise ArgumentError("generated must have a time zone, e.g. datetime.now(timezone.utc)")
    return generated


def headline(told: Telling) -> Headline:
    """Return the overall value, its letter and its interval."""
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


def items(told: Telling, moment: datetime, threshold: int) -> tuple[Item, ...]:
    """Return where the numbers come from."""
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


def numbers(told: Telling) -> dict[str, Any]:
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
