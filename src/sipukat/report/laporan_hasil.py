"""Chapter III of the annual report: who answered, the index and its uncertainty, each unsur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import EstimationError
from sipukat.ikm.ranks.ranking import rank
from sipukat.ikm.rules import rollups
from sipukat.report.document import Column, Heading, Paragraph, Table
from sipukat.report.ikm_figures import distribution, ranks
from sipukat.report.ikm_parts import headline
from sipukat.report.ikm_tables import (
    MOST_UNITS,
    gauge,
    units_figure,
    units_table,
    unsur_figure,
    unsur_rows,
    unsur_table,
)
from sipukat.report.ikm_words import between, has_interval
from sipukat.report.laporan_profil import profile
from sipukat.report.laporan_subject import chance_told
from sipukat.report.withholding import CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.ikm.ranks.ranked import Ranking
    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Subject

DOUBT: Final = 0.95
"""Probability below which a letter is called not certain."""


def hasil(subject: Subject) -> Iterator[Block]:
    """Yield chapter III."""
    e = subject.result.overall
    yield Heading(level=2, text=subject.say("bab_3"))
    yield Heading(level=3, text=f"3.1 {subject.say('responden')}")
    told = [subject.say("responden_1", n=subject.number(e.n, 0))]
    if e.used != e.n:
        told.append(subject.say("responden_used", used=subject.number(e.used, 0)))
    yield Paragraph(text=" ".join(told))
    yield from profile(subject)
    yield Heading(level=3, text=f"3.2 {subject.say('indeks')}")
    yield Heading(level=4, text=subject.say("indeks_unit"))
    yield from overall(subject)
    if subject.result.by:
        yield Heading(level=4, text=subject.say("indeks_units"))
        yield from _units(subject)
    yield Heading(level=4, text=subject.say("indeks_unsur"))
    rows = unsur_rows(subject.told)
    yield unsur_table(subject.told, rows)
    if subject.rows:
        yield unsur_figure(subject.told, rows)
    figure = distribution(
        subject.result, lang=subject.lang, withhold_below=min(CELL, subject.told.hidden.below)
    )
    if figure is not None:
        yield figure


def overall(subject: Subject) -> Iterator[Block]:
    """Yield the overall value, how sure it is, and the probability of each letter."""
    e = subject.result.overall
    yield headline(subject.told)
    if e.published is None:
        yield Paragraph(text=subject.say("no_ikm"))
        return
    yield gauge(subject.told)
    said = [between(subject.result, subject.lang)]
    if has_interval(e):
        said.append(subject.say("selang"))
    yield Paragraph(text=" ".join(said))
    if e.mutu and e.mutu_probability:
        yield Paragraph(text=" ".join(chances(subject)))
        yield _chance_table(subject)


def chances(subject: Subject) -> Iterator[str]:
    """Say how sure the letter is."""
    e = subject.result.overall
    share = e.mutu_probability.get(e.mutu or "")
    if share is None:
        return
    yield subject.say("peluang_1", mutu=e.mutu, chance=chance_told(subject, share))
    yield subject.say("peluang_doubt" if share < DOUBT else "peluang_sure")


def _chance_table(subject: Subject) -> Table:
    shares = subject.result.overall.mutu_probability
    rows = [
        (band.mutu, band.kinerja, band.low, chance_told(subject, shares[band.mutu], words=False))
        for band in reversed(subject.told.bands)
    ]
    return Table(
        id="peluang",
        name=subject.say("peluang_name"),
        caption=subject.say("peluang_caption"),
        named_by="kinerja",
        columns=(
            Column(key="mutu", label=subject.told.say("mutu")),
            Column(key="kinerja", label=subject.told.say("kinerja")),
            Column(key="batas", label=subject.say("batas"), kind="number"),
            Column(key="peluang", label=subject.say("peluang"), kind="number", decimals=1),
        ),
        rows=tuple(rows),
    )


def _units(subject: Subject) -> Iterator[Block]:
    told, result = subject.told, subject.result
    yield units_table(told)
    if figure := units_figure(told):
        yield figure
    elif len(result) - len(told.hidden.names) > MOST_UNITS:
        yield Paragraph(text=told.say("too_many", n=subject.number(len(result), 0)))
    if (ranking := shown_ranking(subject)) is not None:
        yield Paragraph(text=ranking.sentence(subject.lang))
        if ranked := ranks(ranking, lang=subject.lang, hidden=()):
            yield ranked
    yield from _rollup(subject)


def shown_ranking(subject: Subject) -> Ranking | None:
    """Return the ranks of the groups that are shown, among themselves; None where there are none.

    A rank among all groups would tell between which two values a withheld one lies, and the
    critical value of all pairs how sure its value is.
    """
    hidden = subject.told.hidden.names
    try:
        return rank(subject.result, among=[group for group in subject.result if group not in hidden])
    except EstimationError:  # fewer than two groups with a known error, or too many
        return None


def _rollup(subject: Subject) -> Iterator[Block]:
    """Name the rule of the overall value, and show the others where that tells no withheld one."""
    said = [subject.say("rollup_1")]
    if subject.told.hidden.names:
        yield Paragraph(text=" ".join([*said, subject.say("rollup_hidden")]))
        return
    if len(subject.result) < 2:  # noqa: PLR2004  one group is its own whole
        return
    found = rollups(subject.result)
    known = {method: e for method, e in found.estimates.items() if e is not None and e.published is not None}
    if len(known) < 2:  # noqa: PLR2004  no rule besides the one in use
        yield Paragraph(text=said[0])
        return
    if subject.told.bands:
        said.append(subject.say("rollup_depends" if found.depends else "rollup_same"))
    yield Paragraph(text=" ".join(said))
    rows: list[tuple[Any, ...]] = []
    for method, e in known.items():
        low, high = (e.low, e.high) if has_interval(e) else (None, None)
        letter = (e.mutu or "",) if subject.told.bands else ()
        rows.append((subject.say(method), e.published, low, high, *letter))
    yield Table(
        id="gabungan",
        name=subject.say("rollup_name"),
        caption=subject.say("rollup_caption"),
        columns=(
            Column(key="cara", label=subject.say("cara_col")),
            Column(key="ikm", label=subject.told.index, kind="number"),
            Column(key="low", label=subject.told.say("low"), kind="number"),
            Column(key="high", label=subject.told.say("high"), kind="number"),
            *((Column(key="mutu", label=subject.told.say("mutu")),) if subject.told.bands else ()),
        ),
        rows=tuple(rows),
    )
