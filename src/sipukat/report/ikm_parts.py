"""What every report of an IKM says: the headline, where it comes from, the numbers for programs."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sipukat._text import listing, number, tanggal
from sipukat._validation import check_zone
from sipukat.report.cleaning import clean_data
from sipukat.report.document import Fact, Headline, Item, Provenance
from sipukat.report.ikm_tables import Telling
from sipukat.report.ikm_words import between, has_interval, level_of, words_of
from sipukat.report.withholding import withheld
from sipukat.standards.registry import provenance

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult
    from sipukat.report.withholding import Withheld
    from sipukat.standards.manifest import Manifest


def telling_of(result: IkmResult, *, lang: Lang, withhold_below: int) -> Telling:
    """Return what is told of a result, and which of its groups are not.

    Raises
    ------
    ArgumentError
        If `withhold_below` is negative.
    """
    return Telling(result=result, lang=lang, hidden=hidden_groups(result, below=withhold_below))


def hidden_groups(result: IkmResult, *, below: int) -> Withheld[Any]:
    """Return the groups of a result that are not told.

    Raises
    ------
    ArgumentError
        If `below` is negative.
    """
    scale = result.standard.scale
    ends = {float(end * (scale.to_ikm or 1)) for end in (scale.low, scale.high)}
    alike = {
        group: e.published
        for group, e in result.items()
        # The error of the whole, less those of the others, tells that nobody differed.
        if e.published is not None and (e.used == 1 or e.se == 0 or e.ikm in ends)
    }
    return withheld({group: e.used for group, e in result.items()}, below=below, alike=alike)


def moment_of(generated: datetime | None) -> datetime:
    """Return the time to state, now where none is given.

    Raises
    ------
    ArgumentError
        If it has no time zone.
    """
    check_zone(generated, "generated")
    return generated or datetime.now(UTC).astimezone()


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


def provenance_of(told: Telling, moment: datetime, threshold: int, results: Any) -> Provenance:
    """Return where the numbers come from, for people and for programs.

    Parameters
    ----------
    told
        What is told.
    moment
        The time to state.
    threshold
        Groups with fewer respondents were withheld.
    results
        The numbers for programs, whose hash is stated.
    """
    manifest = told.result.manifest(
        clean_data(results), telling={"lang": told.lang, "withhold_below": threshold}
    )
    return Provenance(generated=moment, items=items(told, moment, threshold, manifest), manifest=manifest)


def items(told: Telling, moment: datetime, threshold: int, manifest: Manifest) -> tuple[Item, ...]:
    """Return where the numbers come from, a line each."""
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
        **items_of_machine(manifest),
        "standard": provenance(result.standard),
        "confidence": result.standard.confidence,
        "options": "; ".join(f"{key} = {value}" for key, value in options.items()),
        "n": number(result.overall.n, 0, lang=told.lang),
    }
    if result.provenance is None:
        values["source"] = labels["no_file"]
    else:
        came = result.provenance
        values["answers_sha256"] = came.answers_sha256
        values["rows"] = " / ".join(number(n, 0, lang=told.lang) for n in (came.rows_read, came.rows_used))
    return tuple(Item(key=key, label=labels[key], value=values[key]) for key in labels if values.get(key))


def items_of_machine(manifest: Manifest) -> dict[str, str]:
    """Return the lines that another machine, or another file of the same answers, may word otherwise.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.standards.manifest import manifest_of
    >>> sorted(items_of_machine(manifest_of(standards.get("spak"), results={})))
    ['environment', 'library', 'results_sha256']
    """
    below = ", ".join(f"{name} {version}" for name, version in sorted(manifest.environment.items()))
    told = {"library": f"sipukat {manifest.library}", "environment": below}
    told["results_sha256"] = manifest.results_sha256  # processors differ in the last digits of doubles
    if manifest.input is not None:
        told |= {"source": manifest.input.source, "sha256": manifest.input.sha256}
    return told


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
