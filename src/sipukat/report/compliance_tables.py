"""The tables of a compliance assessment: contributions, what is not known, a path, its plan."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sipukat.compliance.plan import quarters
from sipukat.report.document import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.compliance.assessment import Assessment
    from sipukat.compliance.contributions import Contribution
    from sipukat.compliance.steps import Path
    from sipukat.compliance.tree import Node
    from sipukat.report.compliance_words import Telling


def contributions(told: Telling, assessment: Assessment, *, at: int = 0) -> Table:
    """Return what each indicator gives, under the dimensions that it is part of."""
    known = {row.key: row for row in assessment.contributions}
    open_ = bool(assessment.unknown)
    rows: list[tuple[Any, ...]] = []
    groups = []
    width = 7 + 2 * open_
    for node, depth in _ordered(told.tree.root):
        if node.children:
            groups.append(len(rows))
            rows.append((_group(told, node, known, depth), *(None,) * (width - 1)))
        else:
            rows.append(_row(told, known[node.key], open_=open_))
    total: tuple[Any, ...] = (told.say("total"), 100, None, assessment.score)
    if open_:
        total += (assessment.lowest.exact, assessment.highest.exact)
    rows.append((*total, Fraction(told.tree.high), None, None))
    notes = [told.say("contributions_note")]
    if told.assumed:
        notes.append(told.say("star_note"))
    number = {"kind": "number", "decimals": told.decimals}
    ends = ("lowest", "highest") if open_ else ()
    return Table(
        id=f"kontribusi_{at}" if at else "kontribusi",
        name=told.say("contributions") + (f" {at}" if at else ""),
        caption=told.say("contributions_caption"),
        columns=(
            Column(key="indikator", label=told.say("indicator")),
            Column(key="bobot", label=told.say("weight"), kind="number"),
            Column(key="nilai", label=told.say("value"), kind="number"),
            Column(key="poin", label=told.say("points"), **number),
            *(Column(key=key, label=told.say(key), **number) for key in ends),
            Column(key="paling_tinggi", label=told.say("possible"), **number),
            Column(key="sumber", label=told.say("source")),
            Column(key="keyakinan", label=told.say("confidence")),
        ),
        rows=tuple(rows),
        total_rows=1,
        group_rows=tuple(groups),
        note=" ".join(notes),
    )


def _ordered(root: Node, depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Yield the nodes below the root, each dimension before its parts."""
    for child in root.children:
        yield child, depth
        yield from _ordered(child, depth + 1)


def _leaves(node: Node) -> Iterator[str]:
    if not node.children:
        yield node.key
    for child in node.children:
        yield from _leaves(child)


def _group(told: Telling, node: Node, known: dict[str, Contribution], depth: int) -> str:
    rows = [known[key] for key in _leaves(node)]
    low, high, best = (
        sum((getattr(row, name) for row in rows), Fraction(0)) for name in ("lowest", "highest", "possible")
    )
    points = told.number(low, told.decimals)
    if low != high:
        points = told.say("span", low=points, high=told.number(high, told.decimals))
    share = 100 * sum((row.share for row in rows), Fraction(0))
    named = f"{'– ' * depth}{told.named(node)}{' *' if node.assumed else ''}"
    words = {"share": told.number(share), "points": points, "possible": told.number(best, told.decimals)}
    return told.say("group", nama=named, **words)


def _row(told: Telling, row: Contribution, *, open_: bool) -> tuple[Any, ...]:
    ends = (row.lowest, row.highest) if open_ else ()
    source = ", ".join(part for part in (row.source, row.place) if part)
    name = f"{told.named(row)}{' *' if row.assumed else ''}"
    value = told.value(row.value)
    told_of = (source or None, row.confidence)
    return (name, 100 * row.share, value, row.points, *ends, row.possible, *told_of)


def unknown(told: Telling, assessment: Assessment, *, at: int = 0) -> Table:
    """Return the indicators that are not known, and what they may still give."""
    number = {"kind": "number", "decimals": told.decimals}
    open_ = [row for row in assessment.contributions if row.key in assessment.unknown]
    rows: list[tuple[Any, ...]] = [(told.named(row), row.lowest, row.highest) for row in open_]
    ends = {
        end: told.score(verdict)
        for end, verdict in (("low", assessment.lowest), ("high", assessment.highest))
    }
    bands = {"low_band": told.band(assessment.lowest), "high_band": told.band(assessment.highest)}
    return Table(
        id=f"belum_diketahui_{at}" if at else "belum_diketahui",
        name=told.say("unknown_label") + (f" {at}" if at else ""),
        caption=told.say("unknown_caption"),
        columns=(
            Column(key="indikator", label=told.say("indicator")),
            Column(key="terendah", label=told.say("lowest"), **number),
            Column(key="tertinggi", label=told.say("highest"), **number),
        ),
        rows=tuple(rows),
        note=told.say("unknown_note", **ends, **bands),
    )


def path_table(told: Telling, path: Path) -> Table:
    """Return the steps of a path, and the score after each."""
    promise = path.promise
    rows: list[tuple[Any, ...]] = []
    score = promise.score_before
    for at, step in enumerate(path, start=1):
        score += step.gain
        values = (told.value(value) for value in (step.before, step.after, step.enough))
        rows.append((at, told.named(step), *values, step.gain, step.cost, step.weeks, score))
    cost = told.number(path.cost, 0 if path.cost.denominator == 1 else 2)
    total: tuple[Any, ...] = (
        None,
        told.say("total"),
        None,
        None,
        None,
        path.gain,
        path.cost,
        path.weeks,
        score,
    )
    number = {"kind": "number", "decimals": told.decimals}
    decimals = told.standard.scale.decimals
    weeks = any(step.weeks is not None for step in path)
    columns = (
        Column(key="no", label="No", kind="integer"),
        Column(key="langkah", label=told.say("step")),
        Column(key="dari", label=told.say("before"), kind="number"),
        Column(key="menjadi", label=told.say("after"), kind="number"),
        Column(key="cukup", label=told.say("enough"), kind="number"),
        Column(key="tambahan", label=told.say("gain"), **number),
        Column(key="biaya", label=told.say("cost"), kind="number"),
        Column(key="minggu", label=told.say("weeks"), kind="number", decimals=1),
        Column(key="nilai", label=told.say("score_after"), kind="number", decimals=decimals),
    )
    kept = [at for at, column in enumerate(columns) if column.key != "minggu" or weeks]
    return Table(
        id="jalan",
        name=told.say("path_name"),
        caption=told.say("path_caption", target=promise.target),
        columns=tuple(columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in [*rows, total]),
        named_by="langkah",
        total_rows=1,
        note=told.say("path_note_proven" if promise.proven else "path_note_open", cost=cost),
    )


def reasons(told: Telling, path: Path) -> Table:
    """Return why each step is part of a path."""
    return Table(
        id="alasan",
        name=told.say("why"),
        caption=told.say("why_caption"),
        columns=(
            Column(key="no", label="No", kind="integer"),
            Column(key="langkah", label=told.say("step")),
            Column(key="alasan", label=told.say("why")),
        ),
        named_by="langkah",
        rows=tuple(
            (at, told.named(step), step.alasan if told.lang == "id" else step.reason)
            for at, step in enumerate(path, start=1)
        ),
    )


def plan(told: Telling, path: Path, capacity: int) -> Table:
    """Return the steps of a path in quarters."""
    frame = quarters(path, capacity)
    number = {"kind": "number", "decimals": told.decimals}
    so_far = Fraction(0)
    rows = []
    for row, step in zip(frame.to_dict("records"), path, strict=True):
        so_far += step.gain
        rows.append((row["year"], row["triwulan"], told.named(step), step.gain, step.cost, so_far))
    return Table(
        id="rencana",
        name=told.say("plan_name"),
        caption=told.say("plan_caption", n=capacity),
        columns=(
            Column(key="tahun", label=told.say("year"), kind="integer"),
            Column(key="triwulan", label=told.say("quarter")),
            Column(key="langkah", label=told.say("step")),
            Column(key="tambahan", label=told.say("gain"), **number),
            Column(key="biaya", label=told.say("cost"), kind="number"),
            Column(key="terkumpul", label=told.say("so_far"), **number),
        ),
        named_by="langkah",
        rows=tuple(rows),
    )


def blocked(told: Telling, path: Path) -> Table:
    """Return what is in the way of a target that is out of reach."""
    rows: list[tuple[Any, ...]] = [
        (told.named(row), row.points, row.alasan if told.lang == "id" else row.reason) for row in path.blocked
    ]
    return Table(
        id="penahan",
        name=told.say("blocked_name"),
        caption=told.say("blocked_caption"),
        columns=(
            Column(key="indikator", label=told.say("indicator")),
            Column(key="poin", label=told.say("points"), kind="number", decimals=told.decimals),
            Column(key="alasan", label=told.say("why")),
        ),
        rows=tuple(rows),
    )
