"""What a notebook shows of a result: small, escaped, without script, style sheet or resource.

Colours are those of the page, or shine through, so that light and dark notebooks both do.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS: Final = 20
"""Rows of a table; the others are counted below it."""

_MOST_LETTERS: Final = 400
_TINTS: Final = ("#d55e00", "#e69f00", "#56b4e9", "#0072b2")  # Okabe & Ito, worst to best
_LINE: Final = "1px solid rgba(128,128,128,.4)"
_CELL: Final = (
    f"padding:.2em .7em;vertical-align:top;border-bottom:{_LINE};overflow-wrap:break-word;max-width:28em;"
)
_LEFT: Final = f"{_CELL}text-align:left;font-weight:normal"
_NUMBER: Final = "text-align:right;font-variant-numeric:tabular-nums"
_NO_BREAK: Final = ";white-space:nowrap"
_SHORT: Final = 20  # letters of a cell that stay in one line
_TABLE: Final = "border-collapse:collapse;margin:.4em 0;color:inherit;background:none"
_CAPTION: Final = "text-align:left;font-weight:600;padding:.2em 0;color:inherit"
_SVG: Final = "display:block;width:100%;max-width:30em;height:auto;margin:.4em 0"


def safe(words: object) -> str:
    """Return a text without invisible characters, at most 400 letters of it, escaped.

    Examples
    --------
    >>> safe("<b>" + chr(0) + "A" + chr(0x202E))
    '&lt;b&gt;A'
    """
    text = " ".join(str(words)[: 4 * _MOST_LETTERS].split())
    text = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return escape(text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…")


def table(
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    more: str = "",
    numeric: Sequence[int] = (),
    last: Sequence[str] | None = None,
) -> str:
    """Return a table; the first cell of a row names it.

    Parameters
    ----------
    caption
        What it shows.
    heads
        Heads of the columns.
    rows
        Their cells; at most `MOST_ROWS` are shown.
    more
        What the rows are called that are not shown.
    numeric
        Places of the columns that are numbers.
    last
        A row that is always shown.

    Examples
    --------
    >>> "… dan 2 baris lainnya" in table("Judul", ["a"], [["x"]] * 22, more="baris")
    True
    """
    kind = [f"{_CELL}{_NUMBER if at in numeric else 'text-align:left'}" for at in range(len(heads))]
    head = "".join(
        f'<th scope="col" style="{_CELL}font-weight:600;text-align:{"right" if at in numeric else "left"}">'
        f"{safe(words)}</th>"
        for at, words in enumerate(heads)
    )

    def row(cells: Sequence[str], weight: str = "") -> str:
        first = f'<th scope="row" style="{_LEFT}{weight}">{safe(cells[0])}</th>'
        rest = "".join(
            f'<td style="{style}{weight}{_NO_BREAK if len(cell) <= _SHORT else ""}">{safe(cell)}</td>'
            for style, cell in zip(kind[1:], cells[1:], strict=True)
        )
        return f"<tr>{first}{rest}</tr>"

    body = [row(cells) for cells in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        words = safe(f"… dan {len(rows) - MOST_ROWS} {more or 'baris'} lainnya")
        body.append(f'<tr><td colspan="{len(heads)}" style="{_CELL}">{words}</td></tr>')
    body += [row(last, ";font-weight:600")] if last is not None else []
    said = f'<caption style="{_CAPTION}">{safe(caption)}</caption>'
    filled = f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>"
    return f'<table style="{_TABLE}">{said}{filled}</table>'


def paragraph(words: str, *, strong: bool = False) -> str:
    """Return a line of text.

    Examples
    --------
    >>> paragraph("a < b")
    '<p style="margin:.2em 0">a &lt; b</p>'
    """
    weight = ";font-size:1.15em;font-weight:600" if strong else ""
    return f'<p style="margin:.2em 0{weight}">{safe(words)}</p>'


def panel(*parts: str) -> str:
    """Return the parts as one.

    Examples
    --------
    >>> panel("<p>a</p>")
    '<div style="color:inherit;max-width:60em;overflow-x:auto"><p>a</p></div>'
    """
    return f'<div style="color:inherit;max-width:60em;overflow-x:auto">{"".join(parts)}</div>'


def gauge(
    words: str,
    value: float,
    ends: tuple[float, float] | None,
    *,
    axis: tuple[float, float],
    bands: Sequence[tuple[float, str]] = (),
) -> str:
    """Return a small picture of where a value lies on its scale.

    Parameters
    ----------
    words
        The same in words, for those who cannot see it.
    value, ends
        The value, and its interval or None.
    axis
        Ends of the scale.
    bands
        Where each band starts, lowest first, and its letter.

    Examples
    --------
    >>> gauge("IKM 80", 80, None, axis=(25, 100), bands=[(25, "D"), (88.31, "A")]).count("<rect")
    2
    """
    low, high = axis

    def x(at: float) -> float:
        return min(max((at - low) / (high - low), 0.0), 1.0) * 400

    starts = [start for start, _ in bands] or [low]
    letters = [letter for _, letter in bands] or [""]
    parts = []
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], high], strict=True)):
        left, wide = x(start), x(end) - x(start)
        tint = _TINTS[-1 if len(starts) == 1 else round(place * 3 / (len(starts) - 1))]
        parts.append(
            f'<rect x="{left:.1f}" y="8" width="{max(wide - 1, 0):.1f}" height="16" '
            f'fill="{tint}" fill-opacity=".35"/>'
            f'<text x="{left + wide / 2:.1f}" y="38" font-size="12" text-anchor="middle" '
            f'fill="currentColor">{safe(letters[place])}</text>'
        )
    if ends is not None:
        left, right = x(ends[0]), x(ends[1])
        parts.append(
            f'<path d="M{left:.1f} 16H{max(right, left + 1):.1f}" stroke="currentColor" '
            'stroke-width="6" stroke-opacity=".55"/>'
        )
    at = x(value)
    parts.append(f'<path d="M{at:.1f} 3V29" stroke="currentColor" stroke-width="2.5"/>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 404 42" role="img" '
        f'aria-label="{safe(words)}" style="{_SVG}">{"".join(parts)}</svg>'
    )
