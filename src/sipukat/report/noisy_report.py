"""The report of an index with noise: that there is noise, how much, and what the figures mean then."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._text import number, round_half_up, tanggal
from sipukat._version import __version__
from sipukat.ikm.mutu import classify
from sipukat.ikm.noise import TOO_MUCH
from sipukat.report.cleaning import clean_data
from sipukat.report.document import (
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Headline,
    Item,
    Note,
    Paragraph,
    Provenance,
    Table,
)
from sipukat.report.ikm_parts import moment_of
from sipukat.report.sheets import Band
from sipukat.standards.manifest import manifest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from decimal import Decimal

    from sipukat._text import Lang
    from sipukat.ikm.noise import Noisy, NoisyIndex
    from sipukat.report.document import Block
    from sipukat.standards.model import SurveyStandard

_MOST: Final = 60  # lines of a figure that can still be read


@cache
def words_of(lang: Lang) -> Mapping[str, str]:
    """Return the words, from ``noisy_words.toml`` beside this file.

    Examples
    --------
    >>> words_of("en")["title"]
    'Index with noise'
    """
    text = files("sipukat.report").joinpath("noisy_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is told, and in which language."""

    noisy: Noisy
    lang: Lang

    @property
    def rule(self) -> SurveyStandard:
        return standards.survey(self.noisy.standard)

    @property
    def index(self) -> str:
        named = "Indeks" if self.lang == "id" else "Index"
        return "IKM" if self.rule.scale.to_ikm is not None else named

    def say(self, key: str, **more: object) -> str:
        exact = self.noisy.epsilon
        known = {
            "index": self.index,
            "by": " × ".join(self.noisy.by),
            "level": self.short(Fraction(str(self.noisy.confidence_level)) * 100),
            "epsilon": self.short(exact),
            "ratio": self.short(Fraction(str(round(math.exp(min(float(exact), 50.0)), 2)))),
            "points": self.short(Fraction(str(TOO_MUCH))),
        }
        return words_of(self.lang)[key].format(**known | more)

    def short(self, value: Fraction) -> str:
        decimals = next((d for d in range(7) if (value * 10**d).denominator == 1), 6)
        return number(value, decimals, lang=self.lang)

    def kinerja(self, mutu: str) -> str:
        band = next(band for band in self.rule.bands if band.mutu == mutu)
        return band.kinerja if self.lang == "id" else band.performance


def build(
    noisy: Noisy,
    *,
    lang: Lang = "id",
    subject: str = "",
    period: str = "",
    generated: datetime | None = None,
) -> Document:
    """Put an index with noise into words, a table and a figure; none of them is without its budget.

    An index with more noise than is of use (``IKM710``) is withheld, in the numbers for
    programs too. There is no figure without noise in the document, nor a hash of one.

    Parameters
    ----------
    noisy
        What `sipukat.ikm.with_noise` gave away.
    lang
        ``"id"`` or ``"en"``.
    subject, period
        Whose result it is, and of when, for the subtitle.
    generated
        The time to state, with its zone; by default now.

    Raises
    ------
    ArgumentError
        If `generated` has no time zone.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [3, 4] * 5000 for i in range(1, 10)})
    >>> document = build(ikm.with_noise(ikm.moments(frame), epsilon=1), lang="en")
    >>> document.blocks[0].facts[-1].value
    '1'
    """
    moment = moment_of(generated)
    told = _Told(noisy=noisy, lang=lang)
    data = clean_data(_numbers(noisy))
    manifest = manifest_of(
        told.rule,
        results=data,
        estimating={"kind": "noise", "epsilon": str(noisy.epsilon), "by": list(noisy.by)},
        telling={"lang": lang},
    )
    values = {
        "generated": f"{tanggal(moment.date(), lang=lang)}, {moment.strftime('%H:%M:%S %z')}",
        "library": f"sipukat {__version__}",
        "standard": standards.provenance(told.rule),
        "confidence": told.rule.confidence,
        "options": f"epsilon = {noisy.epsilon}; by = {', '.join(noisy.by) or '–'}; "
        f"confidence_level = {noisy.confidence_level}",
        "results_sha256": manifest.results_sha256,
    }
    items = tuple(Item(key=key, label=told.say(key), value=value) for key, value in values.items())
    return Document(
        title=told.say("title"),
        subtitle=" · ".join(filter(None, (subject, period))),
        lang=lang,
        blocks=tuple(_blocks(told)),
        provenance=Provenance(generated=moment, items=items, manifest=manifest),
        data=data,
    )


def useless(each: NoisyIndex) -> bool:
    """Say whether an index has more noise than is of use, and so is withheld."""
    return each.ikm is None or each.noise_se is None or each.noise_se > TOO_MUCH


def _numbers(noisy: Noisy) -> dict[str, Any]:
    """Return the numbers for programs; a withheld group is named, and has no number."""
    plain = noisy.to_dict()
    rows = [plain["overall"], *plain["groups"]]
    for row, each in zip(rows, (noisy.overall, *noisy.groups), strict=True):
        row["withheld"] = useless(each)
        if row["withheld"]:
            row.update(dict.fromkeys(("ikm", "low", "high", "mutu", "n", "noise_se")))
    return plain


def _blocks(told: _Told) -> Iterator[Block]:
    noisy = told.noisy
    yield _headline(told)
    yield Heading(level=2, text=told.say("meaning"))
    for key in ("meaning_numbers", "meaning_interval", "meaning_groups", "meaning_again"):
        yield Paragraph(text=told.say(key))
    if any(map(useless, (noisy.overall, *noisy.groups))):
        yield Paragraph(text=told.say("withheld_meaning"))
    yield _table(told)
    if figure := _figure(told):
        yield figure
    if noisy.findings:
        yield Heading(level=2, text=told.say("remarks"))
    other: Lang = "en" if told.lang == "id" else "id"
    for finding in noisy.findings:
        yield Note(
            severity=finding.severity,
            text=finding.message(told.lang),
            beside=finding.message(other),
            suggestion=finding.suggestion(told.lang),
            code=finding.code,
        )


def _headline(told: _Told) -> Headline:
    e, lang = told.noisy.overall, told.lang
    budget = Fact(label=told.say("epsilon_fact"), value=told.short(told.noisy.epsilon))
    if useless(e):
        none = Fact(label=told.say("index_fact"), value="–")
        return Headline(
            text=told.say("headline_none"), detail=told.noisy.sentence(lang), facts=(none, budget)
        )
    ikm, ends = number(e.ikm, lang=lang), " – ".join(number(end, lang=lang) for end in (e.low, e.high))
    facts = [Fact(label=told.say("index_fact"), value=ikm)]
    text = told.say("headline", ikm=ikm)
    if e.mutu:
        text = told.say("headline_mutu", ikm=ikm, mutu=e.mutu, kinerja=told.kinerja(e.mutu))
        facts.append(Fact(label=told.say("mutu_fact"), value=e.mutu))
    facts.append(Fact(label=told.say("n_fact"), value=number(e.n, 0, lang=lang)))
    facts += [Fact(label=told.say("interval_fact"), value=ends), budget]
    return Headline(text=text, detail=told.noisy.sentence(lang), facts=tuple(facts))


def _table(told: _Told) -> Table:
    noisy = told.noisy
    by = noisy.by or (told.say("group"),)
    letters = bool(told.rule.bands)
    columns = (
        *(Column(key=f"by_{place}", label=name) for place, name in enumerate(by, start=1)),
        Column(key="n", label=told.say("n"), kind="integer"),
        Column(key="ikm", label=told.say("index_fact"), kind="number"),
        Column(key="low", label=told.say("low"), kind="number"),
        Column(key="high", label=told.say("high"), kind="number"),
        *((Column(key="mutu", label=told.say("mutu")),) if letters else ()),
        Column(key="noise_se", label=told.say("noise"), kind="number"),
        Column(key="keterangan", label=told.say("flag")),
    )
    rows = [(*_named(told, each), *_cells(told, each, letters=letters)) for each in noisy.groups]
    blank = ("",) * (len(by) - 1)
    rows.append((told.say("overall"), *blank, *_cells(told, noisy.overall, letters=letters)))
    return Table(
        id="derau",
        name="Derau" if told.lang == "id" else "Noise",
        caption=told.say("caption" if noisy.by else "caption_overall"),
        columns=columns,
        rows=tuple(rows),
        total_rows=1,
        note=noisy.sentence(told.lang),
    )


def _named(told: _Told, each: NoisyIndex) -> tuple[str, ...]:
    return tuple(told.say("empty") if part is None else str(part) for part in each.group)


def _cells(told: _Told, each: NoisyIndex, *, letters: bool) -> tuple[Any, ...]:
    mutu = (each.mutu or "",) if letters else ()
    if useless(each):
        flag = told.say("nothing" if each.ikm is None else "withheld")
        return (None, None, None, None, *("" for _ in mutu), None, flag)
    return (each.n, each.ikm, each.low, each.high, *mutu, each.noise_se, _flag(told, each))


def _flag(told: _Told, each: NoisyIndex) -> str:
    if not told.rule.bands:
        return ""
    ends = {classify(round_half_up(end, 2), told.rule).mutu for end in _ends(each)}
    return "" if ends == {each.mutu} else told.say("unsure")


def _ends(each: NoisyIndex) -> tuple[float, float]:
    return (each.low or 0.0, each.high or 0.0)


def _figure(told: _Told) -> Figure | None:
    shown = [each for each in told.noisy.groups if not useless(each)]
    if not 1 <= len(shown) <= _MOST:
        return None
    overall = [] if useless(told.noisy.overall) else [told.noisy.overall]
    records = [_record(" · ".join(_named(told, each)), each, "unit") for each in shown]
    records += [_record(told.say("overall"), each, "overall") for each in overall]
    scale = told.rule.scale
    factor = scale.to_ikm or Fraction(1)
    bands = sorted(told.rule.bands, key=lambda band: band.low)
    return Figure(
        id="derau",
        chart="unit_intervals",
        caption=f"{told.say('figure')}. {told.noisy.sentence(told.lang)}",
        alt=told.say("figure_alt", n=len(shown)),
        axis=(round_half_up(scale.low * factor, 2), round_half_up(scale.high * factor, 2)),
        bands=tuple(Band(low=b.low, mutu=b.mutu, kinerja=told.kinerja(b.mutu)) for b in bands),
        data=tuple(records),
        lang=told.lang,
    )


def _record(label: str, each: NoisyIndex, role: str) -> dict[str, Any]:
    low, high = (_rounded(end) for end in (each.low, each.high))
    value = {"label": label, "value": each.ikm, "low": low, "high": high}
    return {**value, "mutu": each.mutu, "n": each.n, "role": role}


def _rounded(value: float | None) -> Decimal | None:
    return None if value is None else round_half_up(value, 2)
