"""Sums of answers by unit, from the moments of a result: what a workbook computes the index from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat.ikm.point import factor_of, unsur_weights
from sipukat.report.sheets import ProcessedUnsur, Tally, TallyRow

if TYPE_CHECKING:
    from sipukat.ikm.parts import Part
    from sipukat.report.ikm_tables import Telling


def tally(told: Telling) -> Tally | None:
    """Return the sums of every unit that is shown, and of the whole; None where respondents are weighted."""
    result = told.result
    if result.moments.weighted:
        return None
    rule, profile = result.standard, result.standard.profile(result.profile)
    known = {unsur.key: unsur for unsur in rule.unsur}
    rows = []
    if result.groups is not None:
        rows = [
            _row(result.groups, at, number=at + 1, name=" · ".join(told.label(group)), published=e.published)
            for at, (group, e) in enumerate(result.items())
            if group not in told.hidden.names
        ]
    whole = _row(result.whole, 0, number=None, name=told.say("overall"), published=result.overall.published)
    return Tally(
        title=told.say("tally"),
        note=told.say("tally_note"),
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
