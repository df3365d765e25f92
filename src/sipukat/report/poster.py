"""The poster that publishes a result (*papan publikasi IKM*): one page for the wall.

Its elements are those of the regulation's annex; the letter, the interval and the address
of the full result are added, and what is not known is left out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number, round_half_up, tanggal
from sipukat._version import __version__
from sipukat.errors import ArgumentError, ArgumentTypeError
from sipukat.findings import Finding
from sipukat.report.cleaning import clean, clean_data, shortened
from sipukat.report.document import (
    Document,
    Fact,
    Figure,
    Headline,
    Item,
    Note,
    Poster,
    Provenance,
)
from sipukat.report.ikm_parts import hidden_groups, moment_of
from sipukat.report.ikm_tables import Telling
from sipukat.report.ikm_words import has_interval, level_of, words_of
from sipukat.report.poster_options import Layout, address, fewest, in_order, known
from sipukat.report.poster_profile import KINDS, Counts, counted, given, hidden_cells, told
from sipukat.report.withholding import CELL, DEFAULT, Withheld
from sipukat.standards.registry import provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult
    from sipukat.survey import Responses

_LINE: Final = 160  # letters that a line of a poster has room for
_SHORT: Final = 12  # digits of a digest that tell two files apart


@cache
def _words(lang: Lang) -> Mapping[str, Any]:
    text = files("sipukat.report").joinpath("poster_words.toml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = tomllib.loads(text)[lang]
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """What all posters of one result have in common."""

    telling: Telling
    layout: Layout
    instansi: str
    wilayah: str
    layanan: str
    period: str
    dates: tuple[date, date] | None
    url: str
    generated: datetime

    def say(self, key: str, **more: object) -> str:
        return str(_words(self.telling.lang)[key]).format(index=self.telling.index, **more)


def build(  # noqa: PLR0913  each is a line of the poster
    result: IkmResult,
    *,
    lang: Lang = "id",
    layout: Layout = "a3",
    instansi: str = "",
    unit: str = "",
    layanan: str = "",
    wilayah: str = "",
    period: str = "",
    dates: tuple[date, date] | None = None,
    profile: Mapping[str, Mapping[str, int]] | None = None,
    responses: Responses | None = None,
    url: str = "",
    generated: datetime | None = None,
    withhold_below: int = DEFAULT,
) -> Document:
    """Make the poster of the overall value of a result.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    layout
        ``"a3"``, ``"a3-landscape"``, or ``"square"`` for social media (1080 by 1080 pixels).
    instansi, unit, wilayah
        Whose result it is: the government body, the unit, the regency or city. A line that
        is empty is left out.
    layanan
        The service that was asked about.
    period
        As the title says it, e.g. ``"SEMESTER I TAHUN 2026"``.
    dates
        First and last day of the survey.
    profile
        ``"jenis kelamin"`` and ``"pendidikan"``, each with how many respondents gave which
        answer; whichever is missing is left out.
    responses
        What the result was estimated from, to count these where `profile` is not given.
    url
        Address of the full result, http or https, drawn as a QR code.
    generated
        The time to state, with its zone; by default now.
    withhold_below
        With fewer respondents the poster shows no value; 0 shows every one. Counts of
        respondents below 5 are merged, unless it is 0.

    Raises
    ------
    UnknownNameError
        If the layout is none of the three.
    ArgumentError
        If `url` is no http address, `generated` has no time zone, `dates` end before they
        begin, or `profile` counts something else.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [4, 3] * 16 for i in range(1, 10)})
    >>> poster = build(ikm.estimate(frame), unit="Dinas Contoh").blocks[0]
    >>> poster.head[:2], poster.headline.text
    (('INDEKS KEPUASAN MASYARAKAT (IKM)', 'Dinas Contoh'), 'IKM 87,50 · mutu B · Baik')
    """
    nobody: Withheld[Any] = Withheld(small=frozenset(), complement=frozenset())
    board = _Board(
        telling=Telling(result=result, lang=lang, hidden=nobody), layout=known(layout), url=address(url),
        instansi=instansi, wilayah=wilayah, layanan=layanan, period=period, dates=in_order(dates),
        generated=moment_of(generated),
    )  # fmt: skip
    whole = None if responses is None or profile is not None else counted(responses, (), [None])[None]
    counts = given(profile) if whole is None else whole
    code = "PUB720" if result.overall.used < fewest(withhold_below) else ""
    cells = hidden_cells({None: counts}, below=CELL if withhold_below else 0)
    gone = {(kind, label) for kind, _, label in cells}
    return _document(board, result.overall, unit, counts, gone, code, withhold_below)


def posters(
    result: IkmResult,
    *,
    lang: Lang = "id",
    responses: Responses | None = None,
    withhold_below: int = DEFAULT,
    **opts: Any,
) -> Iterator[tuple[Any, Document]]:
    """Yield a poster for every group of a result, in the order of the result.

    The group names the unit. A group that may not be told apart, because it or another is
    small, has a poster without a value, and a finding says why. Counts of respondents are
    merged such that no small one can be computed from all posters together.

    Parameters
    ----------
    result
        A result by one or more columns.
    lang
        ``"id"`` or ``"en"``.
    responses
        What it was estimated from, to count sex and education.
    withhold_below
        As for `build`.
    **opts
        The other options of `build`, but `unit` and `profile`. A ``url`` may hold
        ``{unit}``, which becomes the name of the group.

    Raises
    ------
    ArgumentError
        If the result has no groups, or as for `build`.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": ["A", "B"] * 16, **{f"U{i}": [4, 3] * 16 for i in range(1, 10)}})
    >>> [(group, one.blocks[0].headline.text) for group, one in posters(ikm.estimate(frame, by="unit"))]
    [('A', 'IKM 100,00 · mutu A · Sangat baik'), ('B', 'IKM 75,00 · mutu C · Kurang baik')]
    """
    if not result.by:
        raise ArgumentError("the result has no groups: give estimate by=, or make one poster with build")
    hidden = hidden_groups(result, below=fewest(withhold_below))
    telling = Telling(result=result, lang=lang, hidden=hidden)
    url = str(opts.pop("url", ""))
    texts = {name: str(opts.pop(name, "")) for name in ("instansi", "wilayah", "layanan", "period")}
    layout, dates = known(opts.pop("layout", "a3")), in_order(opts.pop("dates", None))
    made = moment_of(opts.pop("generated", None))
    if opts:
        raise ArgumentTypeError(f"posters knows no option {', '.join(sorted(opts))}")
    groups = [group for group, _ in result.items()]
    every = {} if responses is None else counted(responses, result.by, groups)
    shown = {group: counts for group, counts in every.items() if group not in hidden.names}
    cells = hidden_cells(shown, below=CELL if withhold_below else 0)
    gone: dict[Any, set[tuple[str, str]]] = {}
    for kind, group, label in cells:
        gone.setdefault(group, set()).add((kind, label))
    for group, e in result.items():
        unit = " · ".join(telling.label(group))
        board = _Board(
            telling=telling, layout=layout, dates=dates, generated=made, url=address(url, unit), **texts
        )
        code = "PUB721" if group in hidden.names else ""  # which of them are small would bound the others
        yield (
            group,
            _document(board, e, unit, shown.get(group, {}), gone.get(group, set()), code, withhold_below),
        )


def _document(
    board: _Board,
    e: Estimate,
    unit: str,
    counts: Counts,
    gone: set[tuple[str, str]],
    code: str,
    threshold: int,
) -> Document:
    lang, found = board.telling.lang, []
    if code:
        found.append(Finding.of(code, path=clean(unit) or board.say("title"), threshold=threshold))
    elif gone:
        found.append(Finding.of("PUB722", kinds=len(gone), threshold=CELL))
    poster = _poster(board, e, unit, () if code else _people(board, counts, gone), hidden=bool(code))
    other: Lang = "en" if lang == "id" else "id"
    notes = [
        Note(
            severity=f.severity, text=f.message(lang), beside=f.message(other),
            suggestion=f.suggestion(lang), code=f.code,
        )
        for f in found
    ]  # fmt: skip
    result, manifest = board.telling.result, None
    data = {"standard": result.standard.id, "unit": unit, **_numbers(e, hidden=bool(code))}
    if not code:  # the counts of the input would tell how many there are of a unit that is withheld
        manifest = result.manifest(clean_data(data), telling={"lang": lang, "withhold_below": threshold})
    return Document(
        title=poster.head[0],
        subtitle=" · ".join(poster.head[1:]),
        lang=lang,
        blocks=(poster, *notes),
        provenance=Provenance(
            generated=board.generated, items=_items(board, e, code, threshold), manifest=manifest
        ),
        data=data,
    )


def _poster(board: _Board, e: Estimate, unit: str, people: tuple[Fact, ...], *, hidden: bool) -> Poster:
    telling, lang = board.telling, board.telling.lang
    result, law = telling.result, telling.result.standard.texts.poster
    published = None if hidden else e.published
    mutu = (e.mutu or "") if published is not None else ""
    facts = [Fact(label=board.say("layanan"), value=_line(board.layanan))] if board.layanan else []
    if not hidden:
        n = number(e.n, 0, lang=lang)
        facts.append(Fact(label=board.say("respondents"), value=board.say("people", n=n)))
    facts += people
    if board.dates:
        start, end = (day.strftime("%d-%m-%Y") for day in board.dates)
        facts.append(Fact(label=board.say("dates"), value=board.say("until", start=start, end=end)))
    title = law.title_lines[0] if law and lang == "id" else board.say("title")
    if result.standard.scale.to_ikm is None:
        title = board.say("title_index")
    closing = law.closing if law and lang == "id" else tuple(_words(lang)["thanks"])
    file = board.say("file", sha256=result.provenance.sha256[:_SHORT]) if result.provenance else ""
    return Poster(
        layout=board.layout,
        head=(title, *(_line(t) for t in (unit, board.instansi, board.wilayah, board.period) if t)),
        headline=_headline(board, e, mutu, tuple(facts), hidden=hidden),
        mutu=mutu,
        kinerja=telling.kinerja(mutu),
        gauge=_gauge(board, e) if published is not None else None,
        facts=tuple(facts),
        closing=closing,
        url=board.url,
        source=board.say(
            "source", regulation=result.standard.regulation, version=__version__, file=file,
            day=tanggal(board.generated.date(), lang=lang),
        ),
    )  # fmt: skip


def _line(text: str) -> str:
    return shortened(" ".join(clean(text).split()), _LINE)


def _people(board: _Board, counts: Counts, gone: set[tuple[str, str]]) -> tuple[Fact, ...]:
    lang, others = board.telling.lang, board.say("others")
    facts = []
    for kind in KINDS:
        labels = {label for place, label in gone if place == kind}
        words = told(counts.get(kind, {}), labels, others=others, lang=lang)
        if words:
            facts.append(Fact(label=board.say(kind), value=_line(words)))
    return tuple(facts)


def _headline(board: _Board, e: Estimate, mutu: str, beside: tuple[Fact, ...], *, hidden: bool) -> Headline:
    telling, lang = board.telling, board.telling.lang
    label = board.say("value")
    if hidden or e.published is None:
        detail = board.say("withheld_detail") if hidden else ""
        says = board.say("withheld" if hidden else "empty")
        return Headline(text=says, detail=detail, facts=(Fact(label=label, value="–"), *beside))
    value = number(e.published, lang=lang)
    facts, parts = [Fact(label=label, value=value)], [f"{telling.index} {value}"]
    if mutu:
        parts += [f"mutu {mutu}", telling.kinerja(mutu)]
        facts.append(Fact(label=telling.say("mutu_long"), value=mutu))
        facts.append(Fact(label=telling.say("kinerja_long"), value=telling.kinerja(mutu)))
    return Headline(text=" · ".join(parts), detail=_between(board, e), facts=(*facts, *beside))


def _between(board: _Board, e: Estimate) -> str:
    lang, words = board.telling.lang, words_of(board.telling.lang)
    if not has_interval(e):
        return words["unknown"].format(n=number(e.n, 0, lang=lang))
    ends = {"low": number(e.low, lang=lang), "high": number(e.high, lang=lang)}
    return words["between"].format(level=level_of(board.telling.result, lang), **ends)


def _gauge(board: _Board, e: Estimate) -> Figure:
    telling = board.telling
    sure = has_interval(e)
    low, high = (round_half_up(end, 2) if sure else None for end in (e.low, e.high))
    record = {"label": telling.index, "value": e.published, "low": low, "high": high, "mutu": e.mutu}
    value = number(e.published, lang=telling.lang)
    said = telling.say("value_mutu", mutu=e.mutu) if e.mutu else ""
    return Figure(
        id="ikm",
        chart="band_gauge",
        caption=telling.say("gauge_caption"),
        alt=telling.say("gauge_alt", value=value, mutu=said, between=_between(board, e)).strip(),
        axis=telling.axis,
        bands=telling.bands,
        data=({**record, "n": e.n, "role": "overall"},),
        lang=telling.lang,
    )


def _items(board: _Board, e: Estimate, code: str, threshold: int) -> tuple[Item, ...]:
    result, lang = board.telling.result, board.telling.lang
    labels = words_of(lang, "provenance")
    day, came = tanggal(board.generated.date(), lang=lang), result.provenance
    level = level_of(result, lang)
    values = {
        "generated": labels["at"].format(day=day, time=board.generated.strftime("%H:%M:%S %z")),
        "library": f"sipukat {__version__}",
        "standard": provenance(result.standard),
        "confidence": result.standard.confidence,
        "options": f"profile = {result.profile}; missing = {result.missing}; "
        f"interval = {result.interval}, {level} %; withhold_below = {threshold}",
        **({} if code else {"n": number(e.n, 0, lang=lang)}),
        "source": came.source if came else labels["no_file"],
        **({"sha256": came.sha256} if came else {}),
    }
    return tuple(Item(key=key, label=labels[key], value=value) for key, value in values.items())


def _numbers(e: Estimate, *, hidden: bool) -> dict[str, Any]:
    """Return the numbers for programs; a withheld unit has none."""
    if hidden or e.published is None:
        return {"withheld": hidden}
    ends = {
        key: str(round_half_up(value, 2)) if has_interval(e) else None
        for key, value in (("low", e.low), ("high", e.high))
    }
    return {"withheld": False, "n": e.n, "published": str(e.published), "mutu": e.mutu, **ends}
