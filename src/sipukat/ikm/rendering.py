"""A result in a notebook: one small table, escaped, no external resource."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sipukat._text import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.unit import Estimate
    from sipukat.standards import SurveyStandard

_MOST = 40


def result_html(
    by: Sequence[str],
    rows: Sequence[tuple[Group, Estimate]],
    overall: Estimate,
    standard: SurveyStandard,
    confidence_level: float,
) -> str:
    """Return the groups, at most 40 of them, and the overall row."""
    heads = [*by, "n", "IKM", f"selang {number(confidence_level * 100, 0)} %", "mutu", "kinerja"]
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    shown = [row for row in rows if by][:_MOST]
    body = "".join(_row(list(map(_name, group)), e) for group, e in shown)
    left = len(rows) - len(shown) if by else 0
    more = f'<tr><td colspan="{len(heads)}">… {left} kelompok lain</td></tr>' if left else ""
    total = _row(["Keseluruhan", *[""] * (len(by) - 1)] if by else [], overall)
    return (
        f"<table><caption>IKM menurut {escape(standard.title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}{more}{total}</tbody></table>"
    )


def _name(value: object) -> str:
    return "(kosong)" if value is None else str(value)


def _row(names: list[str], e: Estimate) -> str:
    between = f"{number(e.low)} – {number(e.high)}"
    cells = [*names, number(e.n, 0), number(e.published), between, e.mutu or "–", e.kinerja or "–"]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
