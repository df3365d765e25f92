"""The tables and figures of the IKM report, and the same numbers for programs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number, round_half_up
from sipukat.ikm.tables import unsur_frame
from sipukat.report.document import Column, Figure, Table
from sipukat.report.ikm_words import between, has_interval, level_of, number_of, words_of
from sipukat.report.sheets import Band

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult
    from sipukat.report.withholding import Withheld

FEW: Final = 30
MOST_UNITS: Final = 60  # lines of a figure that can still be read
_ZOOM_STEP, _ZOOM_SPAN = 5, 20


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A result, the language it is told in, and what is withheld."""

    result: IkmResult
    lang: Lang
    hidden: Withheld[Any]

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the language."""
        return words_of(self.lang)

    @cached_property
    def index(self) -> str:
        """What the index is called: IKM where the law gives the factor."""
        return "IKM" if self.result.standard.scale.to_ikm is not None else self.words["index"]

    @cached_property
    def level(self) -> str:
        """The confidence level in per cent."""
        return level_of(self.result, self.lang)

    @cached_property
    def by(self) -> str:
        """Names of the grouping columns, as one."""
        return " × ".join(self.result.by)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The bands, lowest first, in the language of the document."""
        return tuple(
            Band(
                low=band.low, mutu=band.mutu, kinerja=band.kinerja if self.lang == "id" else band.performance
            )
            for band in sorted(self.result.standard.bands, key=lambda band: band.low)
        )

    @cached_property
    def axis(self) -> tuple[Decimal, Decimal]:
        """Ends of the published scale."""
        scale = self.result.standard.scale
        factor = scale.to_ikm or Fraction(1)
        return round_half_up(scale.low * factor, 2), round_half_up(scale.high * factor, 2)

    def kinerja(self, mutu: str | None) -> str:
        """Return what a letter says of the unit."""
        return next((band.kinerja for band in self.bands if band.mutu == mutu), "")

    def say(self, key: str, **more: object) -> str:
        """Return one of the phrases, filled."""
        known: dict[str, object] = {"index": self.index, "level": self.level, "by": self.by}
        return self.words[key].format(**known | more)

    def label(self, group: object) -> tuple[str, ...]:
        """Return the name of a group, a text for each grouping column."""
        parts = group if isinstance(group, tuple) else (group,)
        return tuple(self.words["empty"] if part is None else str(part) for part in parts)


def units_table(told: Telling) -> Table:
    """Return one row a group, in the order of the result, and the overall row."""
    result = told.result
    by = result.by or (told.words["group"],)
    columns = (
        Column(key="no", label="No.", kind="integer"),
        *(Column(key=f"by_{place}", label=name) for place, name in enumerate(by, start=1)),
        Column(key="n", label=told.say("respondents"), kind="integer"),
        Column(key="ikm", label=told.index, kind="number"),
        Column(key="low", label=told.say("low"), kind="number"),
        Column(key="high", label=told.say("high"), kind="number"),
        *((Column(key="mutu", label=told.say("mutu")),) if told.bands else ()),
        *((Column(key="kinerja", label=told.say("kinerja")),) if told.bands else ()),
        Column(key="keterangan", label=told.say("flag")),
    )
    rows: list[tuple[Any, ...]] = [
        (place, *told.label(group), *_cells(told, e, hidden=group in told.hidden.names))
        for place, (group, e) in enumerate(result.items(), start=1)
    ]
    blank = ("",) * (len(by) - 1)
    rows.append(("", told.say("overall"), *blank, *_cells(told, result.overall, hidden=False)))
    notes = [told.say("units_note")] if result.by else []
    if told.hidden.names:
        notes.append(told.say("withheld_note"))
    return Table(
        id="ikm",
        name="Unit" if told.lang == "id" else "Units",
        caption=told.say("units_caption" if result.by else "total_caption"),
        columns=columns,
        rows=tuple(rows),
        total_rows=1,
        note=" ".join(notes),
    )


def _cells(told: Telling, e: Estimate, *, hidden: bool) -> tuple[Any, ...]:
    letters: tuple[Any, ...] = (e.mutu, told.kinerja(e.mutu)) if told.bands else ()
    if hidden:
        return (None, None, None, None, *("" for _ in letters), told.say("withheld"))
    low, high = (e.low, e.high) if e.published is not None else (None, None)
    return (e.n, e.published, low, high, *letters, _flag(told, e))


def _flag(told: Telling, e: Estimate) -> str:
    if e.published is None:
        return told.say("nothing")
    if not has_interval(e):
        return told.say("loose")
    return told.say("few") if e.n < FEW else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsurRow:
    """What the report says of one unsur over all respondents, rounded once."""

    code: str
    nama: str
    nrr: Fraction | float | None
    nilai: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mutu: str | None
    n: int


def unsur_rows(told: Telling) -> list[UnsurRow]:
    """Return the unsur over all respondents, in the order of the survey.

    Counted respondents give exact fractions; a float such as 76.62499… would round down.
    """
    result = told.result
    rule, points = result.standard, result.whole.points
    frame = unsur_frame(
        (), result.whole, rule, interval=result.interval, confidence_level=result.confidence_level
    )
    factor = rule.scale.to_ikm or Fraction(1)
    known = {unsur.key: unsur for unsur in rule.unsur}
    rows = []
    for place, (key, line) in enumerate(zip(result.unsur, frame.to_dict("records"), strict=True)):
        answered = points.answered[0][place]
        nrr: Fraction | float | None = None
        if answered > 0:
            total = points.total[0][place]
            nrr = total / answered if result.moments.weighted else Fraction(int(total), int(answered))
        sure = nrr is not None and all(math.isfinite(line[name]) for name in ("se", "low", "high"))
        unsur = known.get(key)  # none where the column is a bare code
        rows.append(
            UnsurRow(
                code=unsur.code if unsur else key,
                nama=(unsur.nama if told.lang == "id" else unsur.name) if unsur else key,
                nrr=nrr,
                nilai=None if nrr is None else round_half_up(Fraction(nrr) * factor, 2),
                low=round_half_up(line["low"], 2) if sure else None,
                high=round_half_up(line["high"], 2) if sure else None,
                mutu=line["mutu"] if told.bands else None,
                n=int(line["n"]),
            )
        )
    return rows


def unsur_table(told: Telling, rows: Sequence[UnsurRow]) -> Table:
    """Return one row an unsur."""
    letters = (Column(key="mutu", label=told.say("mutu")),) if told.bands else ()
    columns = (
        Column(key="kode", label=told.say("code")),
        Column(key="nama", label=told.say("unsur")),
        Column(key="nrr", label="NRR", kind="number", decimals=3),
        Column(key="nilai", label=told.say("nilai"), kind="number"),
        Column(key="low", label=told.say("low"), kind="number"),
        Column(key="high", label=told.say("high"), kind="number"),
        *letters,
        Column(key="n", label=told.say("answered"), kind="integer"),
    )
    factor = number_of(told.result.standard.scale.to_ikm or Fraction(1), told.lang)
    cells: list[tuple[Any, ...]] = [
        (r.code, r.nama, r.nrr, r.nilai, r.low, r.high, *((r.mutu or "",) if letters else ()), r.n)
        for r in rows
    ]
    return Table(
        id="unsur",
        name="Unsur",
        caption=told.say("unsur_caption", factor=factor),
        named_by="nama",
        columns=columns,
        rows=tuple(cells),
    )


def _record(label: str, e: Estimate, *, role: str) -> dict[str, Any]:
    sure = has_interval(e)
    low, high = (round_half_up(x, 2) if sure else None for x in (e.low, e.high))
    value = {"label": label, "value": e.published, "low": low, "high": high}
    return {**value, "mutu": e.mutu, "n": e.n, "role": role}


def gauge(told: Telling) -> Figure:
    """Return the overall index among the bands."""
    e = told.result.overall
    mutu = told.say("value_mutu", mutu=e.mutu) if e.mutu else ""
    value = number(e.published, lang=told.lang)
    alt = told.say("gauge_alt", value=value, mutu=mutu, between=between(told.result, told.lang))
    if told.bands:
        lows = [told.say("band", mutu=b.mutu, low=number(b.low, lang=told.lang)) for b in told.bands]
        alt += told.say("bands_alt", bands=", ".join(lows))
    return Figure(
        id="ikm",
        chart="band_gauge",
        caption=told.say("gauge_caption"),
        alt=alt.strip(),
        axis=told.axis,
        bands=told.bands,
        data=(_record(told.index, e, role="overall"),),
        lang=told.lang,
    )


def unsur_figure(told: Telling, rows: Sequence[UnsurRow]) -> Figure:
    """Return the unsur as bars, the highest first; unsur without answers are left out."""
    records = [
        {
            "label": r.nama if r.nama == r.code else f"{r.code} {r.nama}",
            "value": r.nilai,
            "low": r.low,
            "high": r.high,
            "mutu": r.mutu,
            "n": r.n,
            "role": "unsur",
        }
        for r in sorted(rows, key=lambda row: -(row.nilai or 0))
        if r.nilai is not None
    ]
    return Figure(
        id="unsur",
        chart="unsur_bars",
        caption=told.say("unsur_figure"),
        alt=f"{told.say('unsur_figure')} {_extremes(told, records)}".strip(),
        axis=told.axis,
        bands=told.bands,
        data=tuple(records),
        lang=told.lang,
    )


def units_figure(told: Telling) -> Figure | None:
    """Return the groups that are shown, as points; None where they are none or too many."""
    shown = [
        _record(" · ".join(told.label(group)), e, role="unit")
        for group, e in told.result.items()
        if group not in told.hidden.names and e.published is not None
    ]
    if not 1 <= len(shown) <= MOST_UNITS:
        return None
    records = [*shown, _record(told.say("overall"), told.result.overall, role="overall")]
    return Figure(
        id="unit",
        chart="unit_intervals",
        caption=told.say("units_figure"),
        alt=f"{told.say('units_figure')} {_extremes(told, shown)}",
        axis=_zoomed(told.axis, records),
        bands=told.bands,
        data=tuple(records),
        lang=told.lang,
    )


def _extremes(told: Telling, records: Sequence[Mapping[str, Any]]) -> str:
    if not records:
        return ""
    top, bottom = (f(records, key=lambda record: record["value"]) for f in (max, min))
    values = {
        "top_value": number(top["value"], lang=told.lang),
        "bottom_value": number(bottom["value"], lang=told.lang),
    }
    return told.say("rows_alt", top=top["label"], bottom=bottom["label"], **values)


def _zoomed(axis: tuple[Decimal, Decimal], records: Sequence[Mapping[str, Any]]) -> tuple[Decimal, Decimal]:
    """Start the axis of points below the lowest interval; bars always start at the scale's end."""
    if axis[1] - axis[0] <= _ZOOM_SPAN:
        return axis
    lowest = min(record["low"] if record["low"] is not None else record["value"] for record in records)
    start = min(Decimal(int(lowest) // _ZOOM_STEP * _ZOOM_STEP), axis[1] - _ZOOM_SPAN)
    return max(start, axis[0]), axis[1]
