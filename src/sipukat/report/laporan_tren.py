"""Chapter IV of the annual report, the rest: the follow-up plan, and the change since earlier surveys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import tanggal
from sipukat.errors import EstimationError
from sipukat.findings import Finding
from sipukat.ikm.comparing.comparisons import compare
from sipukat.ikm.comparing.trend import trend
from sipukat.ikm.mending.rtl import Rtl, rtl
from sipukat.report.document import Column, Paragraph, Table
from sipukat.report.ikm_figures import trend as trend_figure
from sipukat.report.ikm_words import has_interval
from sipukat.report.pelayanan_words import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.ikm import IkmResult
    from sipukat.ikm.comparing.compared import Comparison
    from sipukat.ikm.comparing.trended import Trend
    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Subject

_PLANNED: Final = 3  # unsur that a plan names where nobody has planned for more
_FEWEST: Final = 3  # periods of a trend
_RTL: Final = ("no", "unsur", "program", "waktu", "penanggung_jawab")


def plan_of(subject: Subject) -> Rtl | None:
    """Return the follow-up plan: what was given, in the order of the unsur; None without answers.

    Unsur that have no plan are named where they are among the three lowest.
    """
    if isinstance(subject.plans, Rtl):
        return subject.plans
    if subject.priorities is None:
        return None
    table = rtl(subject.priorities).filled(subject.plans)
    rows = tuple(
        row for row in table.rows if row.number <= _PLANNED or row.rencana.program or row.rencana.waktu
    )
    return replace(table, rows=rows)


def follow_up(subject: Subject, plan: Rtl | None) -> Iterator[Block]:
    """Yield the table of the follow-up plan, dots where people have to decide."""
    if plan is None:
        yield Paragraph(text=subject.say("rtl_none"))
        return
    said = [subject.say("rtl_1")]
    if plan.open:
        said.append(subject.say("rtl_open"))
    programs = [row.rencana for row in plan.rows if row.rencana.program.strip()]
    if done := sum(row.status == "selesai" for row in programs):
        said.append(subject.say("rtl_done", done=done, all=len(programs)))
    yield Paragraph(text=" ".join(said))
    heads = plan.columns if subject.lang == "id" and len(plan.columns) == len(_RTL) else ()
    labels = heads or tuple(subject.say(f"rtl_{key}") for key in _RTL)
    followed = any(row.status != "belum" for row in programs)
    columns = [Column(key=key, label=label) for key, label in zip(_RTL, labels, strict=True)]
    if followed:
        columns.append(Column(key="status", label=subject.say("rtl_status")))
    rows: list[tuple[str, ...]] = []
    for row in plan.rows:
        each = row.rencana
        when = " ".join(filter(None, (subject.listed(each.waktu), str(each.tahun or ""))))
        name = subject.named(row.unsur) if row.unsur in subject.by_key else row.nama
        cells = [str(row.number), name, each.program, when, each.penanggung_jawab]
        if followed:
            day = tanggal(each.selesai_pada, lang=subject.lang) if each.selesai_pada else ""
            cells.append(subject.say(each.status, day=day))
        rows.append(tuple(cell.strip() or BLANK for cell in cells))
    yield Table(
        id="rtl",
        name=subject.say("rtl_name"),
        caption=subject.say("rtl_caption"),
        columns=tuple(columns),
        named_by="unsur",
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The change since earlier surveys.

    Parameters
    ----------
    surveys
        Period and result, the oldest first, this survey last.
    steps
        The change to each period but the first; None where it cannot be computed.
    found
        The trend over three and more periods; None with fewer, or where it cannot be drawn.
    """

    surveys: tuple[tuple[str, IkmResult], ...]
    steps: tuple[Comparison | None, ...]
    found: Trend | None

    @property
    def last(self) -> Comparison | None:
        """The change since the survey before."""
        return self.steps[-1] if self.steps else None

    def sure(self, at: int) -> bool:
        """Say whether a step exceeds sampling error, all steps considered."""
        step = self.steps[at]
        if step is None:
            return False
        if self.found is None:
            return step.differs
        after = self.surveys[at + 1][0]
        row = next((row for row in self.found.rows if str(row.period) == after), None)
        return row is not None and row.change_p_holm < 1 - self.found.confidence_level


def changes_of(subject: Subject) -> Changes:
    """Compare each survey with the one before, and follow all of them."""
    surveys = (*subject.earlier, (subject.period or subject.say("now"), subject.result))
    steps: list[Comparison | None] = []
    for (_, before), (_, after) in pairwise(surveys):
        try:
            steps.append(compare(before, after, confidence_level=subject.result.confidence_level))
        except EstimationError:
            steps.append(None)
    found = None
    if len(surveys) >= _FEWEST and None not in steps:
        names = [name for name, _ in surveys]
        level = subject.result.confidence_level
        try:
            found = trend(dict(surveys), periods=names, confidence_level=level)
        except EstimationError:
            found = None
    return Changes(surveys=surveys, steps=tuple(steps), found=found)


def change_findings(subject: Subject, changes: Changes) -> Iterator[Finding]:
    """Yield which changes cannot be computed, and what must be known of the others."""
    for (period, _), step in zip(changes.surveys[1:], changes.steps, strict=True):
        if step is None:
            yield Finding.of("PUB732", path=period)
    seen: set[tuple[str, str]] = set()
    held = [f for step in changes.steps if step is not None for f in step.findings]
    for finding in [*held, *(changes.found.findings if changes.found else ())]:
        key = (finding.code, finding.message(subject.lang))
        if key not in seen:
            seen.add(key)
            yield finding


def tren(subject: Subject, changes: Changes) -> Iterator[Block]:
    """Yield each period, its change and how sure it is; with nothing earlier, that."""
    if not changes.steps:
        yield Paragraph(text=subject.say("tren_none"))
        return
    if changes.found is not None:
        yield Paragraph(text=changes.found.sentence(subject.lang))
    elif None in changes.steps:
        yield Paragraph(text=subject.say("tren_unknown"))
    if changes.last is not None:
        yield Paragraph(text=changes.last.sentence(subject.lang))
    yield _table(subject, changes)
    figure = trend_figure(
        changes.found or dict(changes.surveys), lang=subject.lang, standard=subject.result.standard
    )
    if figure is not None:
        yield figure


def _table(subject: Subject, changes: Changes) -> Table:
    told = subject.told
    rows: list[tuple[Any, ...]] = []
    for at, (period, result) in enumerate(changes.surveys):
        e = result.overall
        ends = (e.low, e.high) if has_interval(e) else (None, None)
        letter = (e.mutu or "",) if told.bands else ()
        rows.append((period, e.n, e.published, *ends, *letter, *_step(subject, changes, at)))
    note = "tren_note" if changes.found is not None else "tren_note_2"
    return Table(
        id="tren",
        name=subject.say("tren_name"),
        caption=subject.say("tren_caption"),
        columns=(
            Column(key="periode", label=subject.say("periode")),
            Column(key="n", label=told.say("respondents"), kind="integer"),
            Column(key="ikm", label=told.index, kind="number"),
            Column(key="low", label=told.say("low"), kind="number"),
            Column(key="high", label=told.say("high"), kind="number"),
            *((Column(key="mutu", label=told.say("mutu")),) if told.bands else ()),
            Column(key="perubahan", label=subject.say("perubahan"), kind="number"),
            Column(key="perubahan_low", label=subject.say("low_c"), kind="number"),
            Column(key="perubahan_high", label=subject.say("high_c"), kind="number"),
            Column(key="kepastian", label=subject.say("kepastian")),
        ),
        rows=tuple(rows),
        note=subject.say(note),
    )


def _step(subject: Subject, changes: Changes, at: int) -> tuple[Any, ...]:
    step = changes.steps[at - 1] if at else None
    if step is None:
        return (None, None, None, "" if not at else "–")
    word = "unclear"
    if changes.sure(at - 1):
        word = "rose" if step.difference > 0 else "fell"
    return (step.published, step.low, step.high, subject.say(word))
