"""The brief of a survey: one page for the head of the office, and three things to decide."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from sipukat.report.document import Document, Heading, Paragraph, Table
from sipukat.report.ikm_notes import kept, notes, own_findings
from sipukat.report.ikm_parts import headline, moment_of, numbers, provenance_of, telling_of
from sipukat.report.ikm_tables import gauge, units_table, unsur_rows, unsur_table
from sipukat.report.laporan import more_numbers
from sipukat.report.laporan_analisis import is_poor, lowest, strengths
from sipukat.report.laporan_awal import needed, sample_findings
from sipukat.report.laporan_hasil import DOUBT, chances, shown_ranking
from sipukat.report.laporan_subject import Subject, chance_told, earlier_of, kepala_of
from sipukat.report.laporan_tren import change_findings, changes_of, plan_of
from sipukat.report.withholding import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.findings import Finding
    from sipukat.ikm import IkmResult
    from sipukat.ikm.mending.rtl import Rencana, Rtl
    from sipukat.report.document import Block
    from sipukat.report.ikm_tables import UnsurRow
    from sipukat.report.laporan_subject import Earlier
    from sipukat.report.laporan_tren import Changes

MOST_ROWS: Final = 13
"""Units that the one table of the page has room for."""

_ENDS: Final = 3  # unsur named at either end
_DECISIONS: Final = 3
_NAMED: Final = 4  # units in one sentence
_TOLD: Final = {"PUB701", "PUB702", "PUB732"}  # notes that a page has room for, besides errors


def build(
    result: IkmResult,
    *,
    lang: Lang = "id",
    findings: Sequence[Finding] = (),
    subject: str = "",
    period: str = "",
    withhold_below: int = DEFAULT,
    generated: datetime | None = None,
    earlier: Earlier = (),
    rtl: Rtl | Sequence[Rencana | Mapping[str, Any]] = (),
    population: int | None = None,
    **identity: Any,
) -> Document:
    """Put a result on one page: the value, the ends of the unsur, the change, what to decide.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    findings
        What was noticed while the file was read; the page tells errors, and
        how many warnings the annual report tells.
    subject, period
        Whose result it is, and of when.
    withhold_below
        Groups with fewer respondents are withheld, and others with them; 0 withholds none.
    generated
        The time to state, with its zone; by default now.
    earlier, rtl, population
        As for `sipukat.report.laporan.build`.
    **identity
        What the office knows, as for the annual report; the page shows ``unit`` and
        ``instansi``.

    Raises
    ------
    ArgumentError
        If an argument makes no sense; says which.
    TypeError
        If the office has no such field.
    UnknownNameError
        If a plan is for an unsur that was not asked.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 3, 2 + i % 3] * 9 for i in range(1, 10)})
    >>> document = build(ikm.estimate(frame), subject="Dinas Contoh")
    >>> said = [block.text[:27] for block in document.blocks if block.kind == "paragraph"]
    >>> [text for text in said if text[1] == "."]
    ['1. Siapa yang membenahi U3 ', '2. Kapan program tindak lan', '3. Di mana dan kapan hasil ']
    """
    moment = moment_of(generated)
    made = Subject(
        told=telling_of(result, lang=lang, withhold_below=withhold_below),
        kepala=kepala_of(identity, subject, "ringkas"),
        period=period.strip(),
        earlier=earlier_of(period.strip(), earlier, lang),
        plans=rtl if not isinstance(rtl, list) else tuple(rtl),
        population=population,
    )
    plan, changes = plan_of(made), changes_of(made)
    found = [
        *own_findings(made.told, None, withhold_below),
        *sample_findings(made),
        *change_findings(made, changes),
        *kept(made.told, [*findings, *result.findings]),
    ]
    grave = [each for each in found if str(each.severity) == "error" or each.code in _TOLD]
    left = sum(str(each.severity) == "warning" and each not in grave for each in found)
    data = {"part": "ringkas", **numbers(made.told), **more_numbers(made, plan, changes)}
    return Document(
        title=made.say("title_ringkas", survey=made.survey),
        subtitle=" · ".join(filter(None, (made.kepala.unit, made.kepala.instansi, made.period))),
        lang=lang,
        blocks=(*_page(made, plan, changes, left), *notes(made.told, grave)),
        provenance=provenance_of(made.told, moment, withhold_below, data),
        data=data,
    )


def _page(subject: Subject, plan: Rtl | None, changes: Changes, left: int) -> Iterator[Block]:
    head = headline(subject.told)
    sure = " ".join(filter(None, (head.detail, next(chances(subject), ""))))
    yield head.model_copy(update={"detail": sure})
    if subject.result.overall.published is not None:
        yield gauge(subject.told)
    if subject.rows:
        yield from _extremes(subject)
    if changes.last is not None:
        yield Paragraph(text=changes.last.sentence(subject.lang))
    yield Heading(level=2, text=subject.say("decide"))
    for text in decisions(subject, plan, changes):
        yield Paragraph(text=text)
    yield _table(subject)
    if left:
        yield Paragraph(text=subject.say("more_warnings", n=left))


def _extremes(subject: Subject) -> Iterator[Paragraph]:
    ordered = sorted(subject.rows, key=lambda row: (-(row.nilai or 0), row.code))
    ends = min(_ENDS, len(ordered) // 2)
    said = []
    if ends and any(row.difference for row in subject.standings):
        top, bottom = ordered[:ends], ordered[: -ends - 1 : -1]
        said = [
            subject.say("highest", names=_named(subject, top)),
            subject.say("lowest", names=_named(subject, bottom)),
        ]
    sure = [subject.by_key[row.unsur].code for row in subject.standings if row.side]
    if sure:
        said.append(subject.say("ends_sure", names=subject.listed(sure)))
        poor = [row.unsur for row in subject.standings if row.side > 0 and is_poor(subject, row.unsur)]
        if poor:
            said.append(subject.say("letak_poor", names=subject.listed([subject.named(key) for key in poor])))
    else:
        said += strengths(subject)
    if said:
        yield Paragraph(text=" ".join(said))


def _named(subject: Subject, rows: Sequence[UnsurRow]) -> str:
    told = []
    for row in rows:
        nama = row.nama if row.nama == row.code else f"{row.code} {row.nama}"
        values = {"nama": nama, "nilai": subject.number(row.nilai)}
        if row.low is None:
            told.append(subject.say("each_plain", **values))
        else:
            ends = {"low": subject.number(row.low), "high": subject.number(row.high)}
            told.append(subject.say("each_interval", **values, **ends))
    return subject.listed(told)


def decisions(subject: Subject, plan: Rtl | None, changes: Changes) -> Iterator[str]:
    """Yield three things that only the head of the office can decide, the most pressing first.

    Parameters
    ----------
    subject
        What is reported on.
    plan
        The follow-up plan.
    changes
        The change since earlier surveys.
    """
    places = count(1)
    for (key, values), place in zip(_candidates(subject, plan, changes), places, strict=False):
        if place > _DECISIONS:
            return
        yield subject.say(key, no=place, **values)


def _candidates(subject: Subject, plan: Rtl | None, changes: Changes) -> Iterator[tuple[str, dict[str, Any]]]:
    e, last, found = subject.result.overall, changes.last, subject.priorities
    if last is not None and changes.sure(-1) and last.difference < 0:
        before = changes.surveys[-2][0]
        yield "decide_change", {"size": subject.number(abs(last.published)), "before": before}
    if found is not None and len(found) > 1:
        if said := list(lowest(subject)):
            may = [subject.named(row.unsur) for row in found.rows if row.lowest]
            yield "decide_unsur", {"nama": subject.listed(may[:1]), "alasan": " ".join(said)}
        else:
            yield "decide_equal", {}
    if (units := _worst_units(subject)) is not None:
        yield "decide_units", units
    share = e.mutu_probability.get(e.mutu or "")
    if share is not None and share < DOUBT:
        yield "decide_mutu", {"mutu": e.mutu, "chance": chance_told(subject, share)}
    size = needed(subject)
    if size is not None and e.n < size.n:
        yield "decide_sample", {"m": subject.number(e.n, 0), "needed": subject.number(size.n, 0)}
    if plan is not None and plan.rows:
        opened = {"open": len(plan.open), "rows": len({row.unsur for row in plan.rows})}
        yield ("decide_rtl" if plan.open else "decide_rtl_done"), opened
    yield "decide_publish", {}
    yield "decide_compare", {}
    yield "decide_equal", {}


def _worst_units(subject: Subject) -> dict[str, Any] | None:
    """Return the shown units that may be the lowest, where some unit surely is not."""
    ranking = shown_ranking(subject) if subject.result.by else None
    if ranking is None or not ranking.above.any():
        return None
    rows = sorted((row for row in ranking.rows if row.rank_high == len(ranking)), key=lambda row: -row.rank)
    names = [" · ".join(subject.told.label(row.group)) for row in rows]
    return {"count": len(ranking), "names": subject.listed(names, most=_NAMED)}


def _table(subject: Subject) -> Table:
    """Return the one table: units, the lowest where they are many; without units, the unsur."""
    if not subject.result.by:
        table = unsur_table(subject.told, unsur_rows(subject.told))
        return _narrow(subject, table, subject.say("unsur_brief"), {"nrr", "n"})
    table = units_table(subject.told)
    at = {column.key: place for place, column in enumerate(table.columns)}
    rows = table.rows[:-1]
    caption = subject.say("units_brief")
    if len(rows) > MOST_ROWS:
        value = {row: ikm for row in rows if isinstance(ikm := row[at["ikm"]], Decimal)}
        shown = [row for row in rows if row in value]
        least = sorted(shown, key=lambda row: value[row])[:MOST_ROWS]
        caption = subject.say("units_brief_some", shown=len(least), count=len(shown))
        rows = tuple(row for row in shown if row in least)
    flagged = any(row[at["keterangan"]] for row in rows)
    note = table.note if flagged else ""
    # The overall value stands in the headline.
    table = table.model_copy(update={"rows": rows, "total_rows": 0, "note": note})
    return _narrow(subject, table, caption, {"no", "kinerja"} | (set() if flagged else {"keterangan"}))


def _narrow(subject: Subject, table: Table, caption: str, left_out: set[str]) -> Table:
    """Leave columns out, and give the ends of the interval headings of one line."""
    short = {"low": subject.say("from"), "high": subject.say("to")}
    kept = [place for place, column in enumerate(table.columns) if column.key not in left_out]
    columns = [table.columns[place] for place in kept]
    return Table(
        id=table.id,
        name=table.name,
        caption=f"{caption} {subject.say('units_ends')}",
        columns=tuple(
            column.model_copy(update={"label": short.get(column.key, column.label)}) for column in columns
        ),
        named_by=table.named_by,
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        total_rows=table.total_rows,
        note=table.note,
    )
