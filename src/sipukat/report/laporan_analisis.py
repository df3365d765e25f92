"""Chapter IV of the annual report, first part: strengths and weaknesses, from the numbers alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sipukat.findings import Finding
from sipukat.report.document import Column, Paragraph, Table
from sipukat.report.ikm_figures import priorities as priorities_figure
from sipukat.survey.privacy import redact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Subject

_SIDES = {1: "side_up", -1: "side_down", 0: "side_none"}


def analisis(subject: Subject) -> Iterator[Block]:
    """Yield which unsur are surely above or below the others, and what mending each would bring."""
    if subject.result.overall.published is None:
        yield Paragraph(text=subject.say("no_ikm"))
        return
    for text in strengths(subject):
        yield Paragraph(text=text)
    if subject.standings:
        yield _standing_table(subject)
    found = subject.priorities
    if found is not None and len(found) > 1:
        yield Paragraph(text=" ".join(lowest(subject)))
        yield _priority_table(subject)
        if figure := priorities_figure(found, lang=subject.lang):
            yield Paragraph(text=subject.say("prioritas_quadrant"))
            yield figure


def strengths(subject: Subject, *, brief: bool = False) -> Iterator[str]:
    """Say which unsur are strengths and weaknesses and, unless `brief`, which are neither."""
    rows = subject.standings
    if not rows:
        return
    if not any(row.difference for row in rows):
        yield subject.say("letak_equal")
        return
    if not any(row.side for row in rows):
        known = any(math.isfinite(row.low) for row in rows)
        n = subject.number(subject.result.overall.n, 0)
        yield subject.say("letak_no") if known else subject.say("letak_unknown", n=n)
        return
    ordered = sorted(rows, key=lambda row: -row.difference)
    up = [row.unsur for row in ordered if row.side > 0]
    down = [row.unsur for row in reversed(ordered) if row.side < 0]
    rest = [row.unsur for row in ordered if not row.side]
    poor = [key for key in up if is_poor(subject, key)]
    if up:
        yield subject.say("letak_up_poor" if poor == up else "letak_up", names=_told(subject, up))
    else:
        yield subject.say("letak_no_up")
    if poor:
        yield subject.say("letak_poor", names=subject.listed([subject.named(key) for key in poor]))
    yield subject.say("letak_down", names=_told(subject, down)) if down else subject.say("letak_no_down")
    if rest and not brief:
        yield subject.say("letak_rest", names=_told(subject, rest))


def _told(subject: Subject, keys: Sequence[str]) -> str:
    return subject.listed([each_told(subject, key) for key in keys])


def each_told(subject: Subject, key: str) -> str:
    """Return the name of an unsur with its value and letter."""
    row = subject.by_key[key]
    mutu = subject.say("letak_mutu", mutu=row.mutu) if row.mutu else ""
    return subject.say("letak_each", nama=subject.named(key), nilai=subject.number(row.nilai), mutu=mutu)


def is_poor(subject: Subject, key: str) -> bool:
    """Say whether an unsur lies in the lower half of the bands, which the law does not call good."""
    letters = [band.mutu for band in subject.told.bands]
    mutu = subject.by_key[key].mutu
    return mutu in letters[: len(letters) // 2]


def _standing_table(subject: Subject) -> Table:
    rows: list[tuple[Any, ...]] = []
    for row in subject.standings:
        shown = subject.by_key[row.unsur]
        ends = (row.low, row.high) if math.isfinite(row.low) else (None, None)
        side = subject.say(_SIDES[row.side])
        rows.append((shown.code, shown.nama, shown.nilai, row.difference, *ends, side))
    return Table(
        id="kedudukan",
        name=subject.say("letak_name"),
        caption=subject.say("letak_caption"),
        columns=(
            Column(key="kode", label=subject.say("kode")),
            Column(key="nama", label=subject.say("unsur")),
            Column(key="nilai", label=subject.told.say("nilai"), kind="number"),
            Column(key="selisih", label=subject.say("selisih"), kind="number"),
            Column(key="low", label=subject.say("low_d"), kind="number"),
            Column(key="high", label=subject.say("high_d"), kind="number"),
            Column(key="kedudukan", label=subject.say("kedudukan")),
        ),
        named_by="nama",
        rows=tuple(rows),
        note=subject.say("letak_note"),
    )


def lowest(subject: Subject) -> Iterator[str]:
    """Say which unsur is the lowest, how sure that is, and what mending it would bring."""
    found = subject.priorities
    if found is None or len(found) < 2:  # noqa: PLR2004  nothing to compare with
        return
    first, others = found.rows[0], [row.unsur for row in found.rows[1:] if row.lowest]
    nama = subject.named(first.unsur)
    values = {"nama": nama, "nilai": subject.number(subject.by_key[first.unsur].nilai)}
    if len(others) == len(found) - 1 and not first.gain:
        return  # all are equal: said already
    if others:
        names = subject.listed([subject.named(key) for key in others])
        yield subject.say("prioritas_unsure", others=names, **values)
    else:
        yield subject.say("prioritas_alone", **values)
    if first.gain > 0:
        yield subject.say("prioritas_gain", gain=subject.number(first.gain))


def _priority_table(subject: Subject) -> Table:
    found = subject.priorities
    rows: list[tuple[Any, ...]] = []
    for at, row in enumerate(found.rows if found else (), start=1):
        shown = subject.by_key[row.unsur]
        letter = (shown.mutu or "",) if subject.told.bands else ()
        ends = subject.say("yes" if row.lowest else "no")
        rows.append((at, subject.named(row.unsur), shown.nilai, *letter, row.gain, ends))
    return Table(
        id="prioritas",
        name=subject.say("prioritas_name"),
        caption=subject.say("prioritas_caption"),
        columns=(
            Column(key="no", label="No.", kind="integer"),
            Column(key="nama", label=subject.say("unsur")),
            Column(key="nilai", label=subject.told.say("nilai"), kind="number"),
            *((Column(key="mutu", label=subject.told.say("mutu")),) if subject.told.bands else ()),
            Column(key="tambahan", label=subject.say("tambahan"), kind="number"),
            Column(key="terendah", label=subject.say("terendah")),
        ),
        named_by="nama",
        rows=tuple(rows),
        note=subject.say("prioritas_note"),
    )


def comments(subject: Subject) -> Iterator[Block]:
    """Yield the comments that the office chose, numbers of people masked."""
    texts = [redact(text.strip()) for text in subject.comments if text.strip()]
    if not texts:
        return
    yield Paragraph(text=subject.say("masukan_1"))
    yield Table(
        id="masukan",
        name=subject.say("masukan_name"),
        caption=subject.say("masukan_caption"),
        columns=(
            Column(key="no", label="No.", kind="integer"),
            Column(key="masukan", label=subject.say("masukan_col")),
        ),
        rows=tuple(enumerate(texts, start=1)),
    )


def comment_findings(subject: Subject) -> Iterator[Finding]:
    """Yield the warning that comments are shown."""
    n = sum(bool(text.strip()) for text in subject.comments)
    if n:
        yield Finding.of("PUB734", n=n)
