"""The waterfall of a path: where the score starts, what each step adds, and where it ends.

A record is a row; its ``role`` is ``"start"`` or ``"end"`` (``value``, the score), ``"step"``
(``value``, the points that it adds; ``low`` and ``high``, the scores before and after),
``"target"`` (``value``, the score that is to be reached; a line, no row) or ``"zone"`` (as in
`sipukat.plot.zones`). The scale need not start at nothing: no bar stands on its start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat._text import number
from sipukat.plot.scale import Scale, lines, text_width
from sipukat.plot.theme import box, dot, label, line
from sipukat.plot.zones import zone_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.report.document import Figure

_NARROW = 480.0
_HEAD = 40.0
_FOOT = 30.0
_VALUES = 66.0  # room at the right for the numbers
_ROLES = ("start", "step", "end")


class _Layout:
    """Where names, marks and numbers stand; narrow, each name stands above its own mark."""

    def __init__(self, figure: Figure, width: float) -> None:
        self.narrow = width < _NARROW
        self.width = width
        self.rows: list[Mapping[str, Any]] = [r for r in figure.data if r.get("role") in _ROLES]
        self.gutter = 0.0 if self.narrow else min(260.0, width * 0.36)
        self.pitch = 46.0 if self.narrow else 34.0
        left = 6.0 if self.narrow else self.gutter + 12
        low, high = (float(end) for end in figure.axis)
        self.scale = Scale(low=low, high=high, left=left, right=width - _VALUES)
        self.bottom = _HEAD + self.pitch * len(self.rows) + 4

    def middle(self, row: int) -> float:
        """Return the height of the mark of a row."""
        return _HEAD + row * self.pitch + (32.0 if self.narrow else self.pitch / 2)

    def name(self, words: str, row: int, *, strong: bool) -> str:
        """Return the name of a row, in one line or two."""
        weight = 650 if strong else 400
        if self.narrow:
            first = lines(words, width=self.width - _VALUES - 8, size=13, most=1)[0]
            return label(first, self.scale.left, self.middle(row) - 14, size=13, font_weight=weight)
        broken = lines(words, width=self.gutter, size=13)
        top = self.middle(row) + 4.5 - 7.5 * (len(broken) - 1)
        return "".join(
            label(part, self.gutter, top + 15 * i, size=13, text_anchor="end", font_weight=weight)
            for i, part in enumerate(broken)
        )


def _ground(figure: Figure, layout: _Layout) -> list[str]:
    parts: list[str] = []
    tall = layout.bottom - _HEAD
    for name, ink, left, right in zone_spans(figure, layout.scale):
        if right - left < 1:
            continue
        parts.append(box(left, _HEAD, right - left - 1, tall, colour=ink, opacity=0.6))
        if text_width(name, 12) < right - left:
            middle = (left + right) / 2
            parts.append(label(name, middle, _HEAD - 7, size=12, text_anchor="middle", font_weight=600))
    for tick in layout.scale.ticks():
        x = layout.scale(tick)
        parts.append(line(x, layout.bottom, x, layout.bottom + 5))
        words = number(tick, 0, lang=figure.lang)
        parts.append(label(words, x, layout.bottom + 19, size=12, ink="muted", text_anchor="middle"))
    return parts


def _target(figure: Figure, layout: _Layout) -> list[str]:
    record: Mapping[str, Any] | None = next((r for r in figure.data if r.get("role") == "target"), None)
    if record is None or record.get("value") is None:
        return []
    x = layout.scale(record["value"])
    words = f"{record['label']} {number(record['value'], 2, lang=figure.lang)}"
    half = text_width(words, 12) / 2
    middle = min(max(x, half), layout.width - half)
    return [
        line(x, _HEAD - 22, x, layout.bottom, colour="whisker", stroke_dasharray="5 3", stroke_width=1.5),
        label(words, middle, _HEAD - 26, size=12, text_anchor="middle", font_weight=650),
    ]


def _row(figure: Figure, layout: _Layout, row: int) -> str:
    record = layout.rows[row]
    y, scale, step = layout.middle(row), layout.scale, record["role"] == "step"
    parts = [layout.name(str(record["label"]), row, strong=not step)]
    value = record.get("value")
    if value is None:
        return "".join(parts)
    if step and record.get("low") is not None and record.get("high") is not None:
        left, right = scale(record["low"]), scale(record["high"])
        parts.append(box(left, y - 7, max(right - left, 2.0), 14, colour="mark", opacity=0.82, rx=2))
        if row + 1 < len(layout.rows):
            to = layout.middle(row + 1)
            parts.append(line(right, y + 7, right, to - 7, colour="whisker", stroke_dasharray="2 3"))
    elif not step:
        x = scale(value)
        parts.append(dot(x, y, 6.5, hollow=record["role"] == "start"))
    words = number(value, 2, lang=figure.lang)
    words = f"+{words}" if step else words
    weight = 500 if step else 700
    parts.append(label(words, layout.width - 2, y + 4.5, size=13, text_anchor="end", font_weight=weight))
    return "".join(parts)


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a waterfall `width` wide, and its height."""
    layout = _Layout(figure, width)
    parts = [*_ground(figure, layout), *_target(figure, layout)]
    parts += [_row(figure, layout, row) for row in range(len(layout.rows))]
    return "".join(parts), layout.bottom + _FOOT
