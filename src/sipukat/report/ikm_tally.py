"""Sums of answers by unit, from the moments of a result: what a workbook computes the index from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat._text import number
from sipukat.ikm.point import factor_of, unsur_weights
from sipukat.report.sheets import ProcessedUnsur, Tally, TallyRow
from sipukat.report.withholding import CELL, withheld

if TYPE_CHECKING:
    from sipukat.ikm.parts import Part
    from sipukat.report.ikm_tables import Telling


def tally(told: Telling) -> Tally | None:
    """Return the sums of every unit that may show them, and of the whole; None under sampling weights.

    A sum of few answers is nearly the answers: a unit that shows its index does not show its
    sums where fewer than `sipukat.report.withholding.CELL` people answered one of the unsur,
    unless nothing is withheld.
    """
    result = told.result
    if result.moments.weighted:
        return None
    rule, profile = result.standard, result.standard.profile(result.profile)
    known = {unsur.key: unsur for unsur in rule.unsur}
    rows: list[TallyRow] = []
    if result.groups is not None:
        hidden = _hidden(told, result.groups)
        rows = [
            _row(result.groups, at, number=at + 1, name=" · ".join(told.label(group)), published=e.published)
            for at, (group, e) in enumerate(result.items())
            if group not in hidden
        ]
    whole = _row(result.whole, 0, number=None, name=told.say("overall"), published=result.overall.published)
    left_out = len(result) - len(told.hidden.names) - len(rows)
    few = told.say("tally_few", n=number(left_out, 0, lang=told.lang), cell=CELL) if left_out else ""
    return Tally(
        title=told.say("tally"),
        note=" ".join(filter(None, (told.say("tally_note"), few))),
        unsur=tuple(
            ProcessedUnsur(
                code=known[key].code if key in known else key,
                nama=known[key].nama if key in known else key,
                weight=weight,
            )
            for key, weight in zip(result.unsur, unsur_weights(rule, result.unsur, profile), strict=True)
        ),
        rows=(*rows, whole),
        factor=factor_of(rule),
        missing=result.missing,
        nrr_decimals=profile.nrr_decimals,
        weighted_decimals=profile.weighted_decimals,
        index_decimals=profile.index_decimals,
        bands=told.bands,
    )


def _hidden(told: Telling, part: Part) -> frozenset[Any]:
    """Return the groups that do not show their sums, unsur by unsur until nothing can be computed."""
    below = min(CELL, told.hidden.below)
    m, points = part.moments, part.points
    counts = dict(zip(told.result.keys(), np.asarray(points.answered).tolist(), strict=True))
    totals = dict(zip(counts, np.asarray(points.total).tolist(), strict=True))
    hidden: frozenset[Any] = told.hidden.names
    grown = True
    while grown:
        before = hidden
        for place in range(len(told.result.unsur)):
            sizes = {group: int(row[place]) for group, row in counts.items() if row[place]}
            alike = {
                group: score
                for group, n in sizes.items()
                for score in (m.low, m.high)  # only these a sum tells of everybody
                if totals[group][place] == score * n
            }
            hidden |= withheld(sizes, below=below, already=hidden, alike=alike).names
        grown = hidden != before
    return hidden


def _row(part: Part, at: int, *, number: int | None, name: str, published: Any) -> TallyRow:
    def whole(values: Any) -> tuple[int, ...]:
        return tuple(int(value) for value in np.asarray(values)[at])

    return TallyRow(
        number=number,
        name=name,
        respondents=int(part.used[at]),
        totals=whole(part.points.total),
        answered=whole(part.points.answered),
        expected=published,
    )
