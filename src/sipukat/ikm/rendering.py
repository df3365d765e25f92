"""A result in a notebook: the number, a small gauge, and one table."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat._html import gauge, panel, paragraph, table
from sipukat._text import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.unit import Estimate
    from sipukat.standards import SurveyStandard


def result_html(
    by: Sequence[str],
    rows: Sequence[tuple[Group, Estimate]],
    overall: Estimate,
    standard: SurveyStandard,
    confidence_level: float,
) -> str:
    """Return the overall number, its place on the scale, and the groups, at most 20 of them."""
    names = [*by, "n", "IKM", f"selang {_percent(confidence_level)} %", "mutu", "kinerja"]
    cells = [[*map(_name, group), *_cells(e)] for group, e in rows if by]
    blank = ["Keseluruhan", *[""] * (len(by) - 1)]
    last = [*blank, *_cells(overall)] if by else None
    heads = names if by else ["kelompok", *names]
    body = table(
        f"IKM menurut {standard.title}",
        heads,
        cells if by else [["Keseluruhan", *_cells(overall)]],
        more="kelompok",
        numeric=[len(heads) - 5, len(heads) - 4],
        last=last,
    )
    return panel(_headline(overall), _gauge(overall, standard), body)


def _percent(confidence_level: float) -> str:
    percent = Fraction(str(confidence_level)) * 100
    return number(percent, 0 if percent.denominator == 1 else 1)


def _name(value: object) -> str:
    return "(kosong)" if value is None else str(value)


def _cells(e: Estimate) -> list[str]:
    return [number(e.n, 0), number(e.published), _between(e) or "–", e.mutu or "–", e.kinerja or "–"]


def _between(e: Estimate) -> str:
    if e.published is None or not all(map(math.isfinite, (e.low, e.high))):
        return ""
    return f"{number(e.low)} – {number(e.high)}"


def _headline(e: Estimate) -> str:
    if e.published is None:
        return paragraph("Tidak ada jawaban, jadi tidak ada indeks.", strong=True)
    mutu = [f"mutu {e.mutu}", e.kinerja or ""] if e.mutu else []
    return paragraph(" · ".join(filter(None, [f"IKM {number(e.published)}", *mutu])), strong=True)


def _gauge(e: Estimate, standard: SurveyStandard) -> str:
    if e.published is None:
        return ""
    factor = standard.scale.to_ikm or Fraction(1)
    between = _between(e)
    words = f"{number(e.published)} pada skala {number(standard.scale.low * factor)} sampai "
    words += number(standard.scale.high * factor)
    return gauge(
        f"{words}; selang {between}" if between else words,
        float(e.published),
        (e.low, e.high) if between else None,
        axis=(float(standard.scale.low * factor), float(standard.scale.high * factor)),
        bands=[(float(b.low), b.mutu) for b in sorted(standard.bands, key=lambda b: b.low)],
    )
