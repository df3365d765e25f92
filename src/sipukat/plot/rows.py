"""Figures of one row a line: unsur as bars, units as points, both with their intervals.

Wide, the names stand at the left; narrow, each stands above its own mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat._text import number
from sipukat.plot.scale import Scale, lines, spans
from sipukat.plot.theme import box, dot, label, line, tint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.report.document import Figure

_NARROW = 480.0
_HEAD = 26.0
_FOOT = 30.0
_RELIABLE = 30  # respondents below which a letter is flagged
_VALUES = 78.0  # room at the right for the number and the letter


class _Layout:
    """Where names, marks and numbers of a figure stand."""

    def __init__(self, figure: Figure, width: float) -> None:
        self.narrow = width < _NARROW
        self.width = width
        self.gutter = 0.0 if self.narrow else min(250.0, width * 0.36)
        self.pitch = 46.0 if self.narrow else 32.0
        right = width - _VALUES
        left = 6.0 if self.narrow else self.gutter + 12
        self.scale = Scale(low=float(figure.axis[0]), high=float(figure.axis[1]), left=left, right=right)
        self.bottom = _HEAD + self.pitch * len(figure.data) + 4

    def middle(self, row: int) -> float:
        """Return the height of the mark of a row."""
        top = _HEAD + row * self.pitch
        return top + (32.0 if self.narrow else self.pitch / 2)

    def name(self, words: str, row: int, *, strong: bool) -> str:
        """Return the name of a row, in one line or two."""
        weight = 650 if strong else 400
        if self.narrow:
            first = lines(words, width=self.width - 8, size=13, most=1)[0]
            return label(first, self.scale.left, self.middle(row) - 14, size=13, font_weight=weight)
        broken = lines(words, width=self.gutter, size=13)
        top = self.middle(row) + 4.5 - 7.5 * (len(broken) - 1)
        return "".join(
            label(part, self.gutter, top + 15 * i, size=13, text_anchor="end", font_weight=weight)
            for i, part in enumerate(broken)
        )


def _ground(figure: Figure, layout: _Layout) -> list[str]:
    parts: list[str] = []
    scale, tall = layout.scale, layout.bottom - _HEAD
    for place, (band, left, right) in enumerate(spans(figure, scale)):
        if right - left < 1:
            continue
        colour, middle = tint(place, len(figure.bands)), (left + right) / 2
        parts.append(box(left, _HEAD, right - left - 1, tall, colour=colour, opacity=0.5))
        parts.append(label(band.mutu, middle, _HEAD - 8, text_anchor="middle", font_weight=600))
    for tick in scale.ticks():
        x = scale(tick)
        parts.append(line(x, layout.bottom, x, layout.bottom + 5))
        words = number(tick, 0, lang=figure.lang)
        parts.append(label(words, x, layout.bottom + 19, size=12, ink="muted", text_anchor="middle"))
    return parts


def _whisker(record: Mapping[str, Any], layout: _Layout, y: float) -> str:
    if record.get("low") is None or record.get("high") is None:
        return ""
    left, right = layout.scale(record["low"]), layout.scale(record["high"])
    caps = "".join(line(x, y - 4, x, y + 4, colour="whisker", stroke_width=1.5) for x in (left, right))
    return line(left, y, right, y, colour="whisker", stroke_width=1.5) + caps


def _row(figure: Figure, layout: _Layout, row: int, *, bars: bool) -> str:
    record: Mapping[str, Any] = figure.data[row]
    y, scale = layout.middle(row), layout.scale
    strong = record.get("role") == "overall"
    parts = [layout.name(str(record["label"]), row, strong=strong)]
    value = record.get("value")
    if value is None:
        return "".join(parts)
    x = scale(value)
    if bars:
        parts.append(box(scale.left, y - 7, x - scale.left, 14, colour="mark", opacity=0.82, rx=2))
        parts.append(_whisker(record, layout, y))
    else:
        parts.append(_whisker(record, layout, y))
        count = record.get("n")
        parts.append(dot(x, y, 6.5 if strong else 5, hollow=count is not None and count < _RELIABLE))
    weight = 700 if strong else 600
    right, letter = layout.width - 24, str(record.get("mutu") or "")
    words = number(value, 2, lang=figure.lang)
    parts.append(label(words, right, y + 4.5, size=13, text_anchor="end", font_weight=weight))
    parts.append(label(letter, layout.width - 2, y + 4.5, size=13, ink="muted", text_anchor="end"))
    return "".join(parts)


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a figure of rows `width` wide, and its height."""
    layout = _Layout(figure, width)
    parts = _ground(figure, layout)
    bars = figure.chart == "unsur_bars"
    for record in figure.data:
        if record.get("role") == "overall" and not bars and record.get("value") is not None:
            x = layout.scale(record["value"])  # type: ignore[arg-type]
            dashes = {"stroke_dasharray": "2 4", "opacity": 0.7}
            parts.append(line(x, _HEAD, x, layout.bottom, colour="whisker", **dashes))
    parts += [_row(figure, layout, row, bars=bars) for row in range(len(figure.data))]
    return "".join(parts), layout.bottom + _FOOT
