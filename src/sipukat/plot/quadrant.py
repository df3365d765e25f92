"""Unsur by their value (across) and their importance (upwards), with the cuts at both means.

A record is an unsur: ``label``, ``kode`` (beside its dot), ``value``, ``low``, ``high``,
``importance``, ``importance_low``, ``importance_high``, and ``sure`` (0 has a hollow dot); the
record with the role ``"cut"`` holds where the quadrants part. Names stand in a list below.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.lanes import NARROW, WORDS
from sipukat.plot.scale import Scale, lines, text_width
from sipukat.plot.theme import box, dot, label, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Figure

_TOP: Final = 24.0
_LEFT: Final = 38.0
_STRIP: Final = 12.0  # above and below the name of a quadrant; no dot lies in it
_FOOT: Final = 44.0
_TALL: Final = 0.56  # height as a share of the width
_STEPS: Final = (0.02, 0.05, 0.1, 0.2, 0.25, 0.5)
_MOST_TICKS: Final = 7
_SIZE: Final = 12.0
_LINE: Final = 18.0

_Box = tuple[float, float, float, float]


def importance_axis(records: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Return the ends of the axis of importance, on tenths."""
    keys = ("importance", "importance_low", "importance_high")
    known = [float(r[key]) for r in records for key in keys if r.get(key) is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    start, end = math.floor(low * 10 + 1e-9) / 10, math.ceil(high * 10 - 1e-9) / 10
    return start, max(end, start + 0.1)


def _quadrants(lang: Lang) -> list[str]:
    """Return the names of the quadrants: upper left and right, lower left and right."""
    from sipukat.ikm.mending.prioritized import QUADRANTS  # numpy comes with it

    return list(QUADRANTS) if lang == "id" else list(QUADRANTS.values())


class _Ground:
    """The paper: two scales, and the rectangle that holds them."""

    def __init__(self, figure: Figure, width: float) -> None:
        rows: list[Mapping[str, Any]] = [r for r in figure.data if r.get("importance") is not None]
        self.width = width
        self.lang: Lang = figure.lang
        self.cut = next((r for r in rows if r.get("role") == "cut"), None)
        self.rows = [r for r in rows if r.get("role") != "cut" and r.get("value") is not None]
        told = _quadrants(figure.lang)
        self.names = [lines(words, width=(width - _LEFT) / 2 - 14, size=12) for words in told]
        strip = _STRIP + 14.0 * max(map(len, self.names))
        self.bottom = _TOP + max(width * _TALL, 230.0)
        low, high = (float(end) for end in figure.axis)
        self.x = Scale(low=low, high=high, left=_LEFT + 14, right=width - 14)
        low, high = importance_axis(rows)
        self.y = Scale(low=low, high=high, left=self.bottom - strip, right=_TOP + strip)

    def at(self, record: Mapping[str, Any]) -> tuple[float, float]:
        """Return the position of a record."""
        return self.x(record["value"]), self.y(record["importance"])

    def drawn(self) -> Iterator[str]:
        """Yield the quadrants, their names, and the axes."""
        right = self.width - 2
        yield box(_LEFT, _TOP, right - _LEFT, self.bottom - _TOP, colour="pale")
        if self.cut is not None:
            x, y = self.at(self.cut)
            yield box(_LEFT, _TOP, x - _LEFT, y - _TOP, colour="tint0", opacity=0.5)
            yield box(x, _TOP, right - x, y - _TOP, colour="tint3", opacity=0.4)
            yield box(_LEFT, y, x - _LEFT, self.bottom - y, colour="tint1", opacity=0.35)
            yield box(x, y, right - x, self.bottom - y, colour="tint2", opacity=0.35)
            yield line(x, _TOP, x, self.bottom, colour="whisker", stroke_dasharray="5 3")
            yield line(_LEFT, y, right, y, colour="whisker", stroke_dasharray="5 3")
        yield from self._names(right)
        yield from self._axes(right)

    def _names(self, right: float) -> Iterator[str]:
        for place, broken in enumerate(self.names):
            x, anchor = ((_LEFT + 7, "start"), (right - 7, "end"))[place % 2]
            top = _TOP + 17 if place < len(self.names) // 2 else self.bottom - 9 - 14 * (len(broken) - 1)
            for at, words in enumerate(broken):
                yield label(
                    words, x, top + 14 * at, size=12, ink="muted", text_anchor=anchor, font_weight=650
                )

    def _axes(self, right: float) -> Iterator[str]:
        words = WORDS[self.lang]
        for tick in self.x.ticks():
            x = self.x(tick)
            yield line(x, self.bottom, x, self.bottom + 5)
            shown = number(tick, 0, lang=self.lang)
            yield label(shown, x, self.bottom + 18, size=12, ink="muted", text_anchor="middle")
        span = self.y.high - self.y.low
        step = next((s for s in _STEPS if span / s < _MOST_TICKS), 1.0)
        decimals = 1 if (step * 10).is_integer() else 2
        for place in range(int(span / step + 1e-9) + 1):
            y = self.y(self.y.low + place * step)
            yield line(_LEFT - 5, y, _LEFT, y)
            shown = number(self.y.low + place * step, decimals, lang=self.lang)
            yield label(shown, _LEFT - 8, y + 4, size=12, ink="muted", text_anchor="end")
        yield label(f"↑ {words['importance']}", 2, 14, size=12, ink="muted")
        yield label(f"{words['value']} →", right, self.bottom + 36, size=12, ink="muted", text_anchor="end")


def _clear(spot: _Box, taken: Sequence[_Box]) -> float:
    """Return the area of a box that is taken already."""
    total = 0.0
    for left, top, right, bottom in taken:
        wide, tall = min(spot[2], right) - max(spot[0], left), min(spot[3], bottom) - max(spot[1], top)
        total += max(wide, 0.0) * max(tall, 0.0)
    return total


def _codes(ground: _Ground) -> Iterator[str]:
    """Yield the code beside each dot, where it covers the least of what is there already."""
    taken: list[_Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in map(ground.at, ground.rows)]
    for record in ground.rows:
        x, y = ground.at(record)
        code = str(record.get("kode") or record["label"])
        words = lines(code, width=60, size=_SIZE, most=1)[0]
        wide, tall = text_width(words, _SIZE) + 2, _SIZE + 1
        spots: list[_Box] = []
        for far in (8.0, 14.0, 22.0):
            near = far * 0.6
            for left, top in (
                (x + far, y - tall / 2), (x + near, y - near - tall), (x + near, y + near),
                (x - far - wide, y - tall / 2), (x - near - wide, y - near - tall),
                (x - near - wide, y + near), (x - wide / 2, y - far - tall), (x - wide / 2, y + far),
            ):  # fmt: skip
                if left > _LEFT and left + wide < ground.width - 2:
                    spots.append((left, top, left + wide, top + tall))
        best = min(spots, key=lambda spot: _clear(spot, taken))
        taken.append(best)
        yield label(words, best[0] + 1, best[3] - 3, size=_SIZE, font_weight=650)


def _whiskers(record: Mapping[str, Any], ground: _Ground) -> Iterator[str]:
    x, y = ground.at(record)
    thin = {"colour": "whisker", "opacity": 0.35}
    if record.get("low") is not None and record.get("high") is not None:
        yield line(ground.x(record["low"]), y, ground.x(record["high"]), y, **thin)  # type: ignore[arg-type]
    ends = record.get("importance_low"), record.get("importance_high")
    if ends[0] is not None and ends[1] is not None:
        yield line(x, ground.y(ends[0]), x, ground.y(ends[1]), **thin)  # type: ignore[arg-type]


def _list(ground: _Ground, top: float) -> tuple[list[str], float]:
    """Return the names in the order of their codes, in as many columns as fit."""
    columns = 1 if ground.width < NARROW else 2
    room = (ground.width - 8) / columns
    rows = sorted(ground.rows, key=lambda r: (len(str(r.get("kode"))), str(r.get("kode"))))
    deep = -(-len(rows) // columns)
    parts = []
    for place, record in enumerate(rows):
        column, row = divmod(place, deep)
        words = lines(str(record["label"]), width=room - 8, size=_SIZE, most=1)[0]
        parts.append(label(words, 4 + column * room, top + _LINE * (row + 1), size=_SIZE))
    return parts, top + _LINE * deep


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of an importance-performance figure `width` wide, and its height."""
    ground = _Ground(figure, width)
    parts = list(ground.drawn())
    for record in ground.rows:
        parts += _whiskers(record, ground)
    for record in ground.rows:
        parts.append(dot(*ground.at(record), 5, hollow=not record.get("sure")))
    names, end = _list(ground, ground.bottom + _FOOT)
    return "".join([*parts, *_codes(ground), *names]), end + 10
