"""The brief of a compliance assessment: the score, its zone, and the first steps of the cheapest way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.compliance.assessment import Assessment
from sipukat.report import compliance_city, compliance_figures, compliance_tables
from sipukat.report.document import Heading, Paragraph
from sipukat.report.laporan_words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.compliance.steps import Path
    from sipukat.report.compliance_words import Telling
    from sipukat.report.document import Block, Headline, Table

MOST_ROWS: Final = 13
"""Units that the page has room for."""

_STEPS: Final = 3


def page(told: Telling, headline: Headline, path: Path | None) -> Iterator[Block]:
    """Yield the blocks of the page.

    Parameters
    ----------
    told
        The assessment, and the language.
    headline
        Score, band and zone.
    path
        The way to a target; by default the cheapest to the next zone or band.
    """
    words = words_of(told.lang)
    yield headline
    yield compliance_figures.gauge(told)
    subject = told.subject
    if not isinstance(subject, Assessment):
        yield _first(compliance_city.units(told, subject), MOST_ROWS, words["kepatuhan_some"])
        yield compliance_city.causes(told, subject)
        return
    way = path if path is not None else _cheapest(subject)
    if way is None:
        yield Paragraph(text=words["kepatuhan_reached"])
    else:
        yield Heading(level=2, text=words["kepatuhan_more"].format(target=way.promise.target))
        yield Paragraph(text=way.sentence(told.lang))
        if way.reachable and way:
            table = compliance_tables.path_table(told, way)
            yield _first(table, _STEPS, words["kepatuhan_first"])
        if path is None:
            yield Paragraph(text=words["kepatuhan_cost"])
    if subject.unknown:
        yield compliance_tables.unknown(told, subject)


def _cheapest(assessment: Assessment) -> Path | None:
    """Return the cheapest way to the next better zone, or band without zones; None at the top."""
    standard, now = assessment.standard, assessment.lowest
    if standard.zones:
        zones = list(standard.zones)
        at = zones.index(now.zone) if now.zone in zones else -1
        return assessment.path_to(zones[at + 1]) if at + 1 < len(zones) else None
    codes = [band.code for band in sorted(standard.bands, key=lambda band: band.low)]
    at = codes.index(now.code)
    return assessment.path_to(codes[at + 1]) if at + 1 < len(codes) else None


def _first(table: Table, most: int, words: str) -> Table:
    """Return the first rows of a table, and say of how many."""
    rows = table.rows[: len(table.rows) - table.total_rows]
    if len(rows) <= most:
        return table
    said = words.format(n=most, all=len(rows))
    return table.model_copy(
        update={"rows": rows[:most], "total_rows": 0, "note": " ".join(filter(None, (said, table.note)))}
    )
