"""A heat map of units by indicators: every value printed, and darker where more is lacking.

A record is a cell: ``label`` (the unit, a row), ``column`` (the indicator), ``value`` (what the
unit has of all that the indicator can give, in per cent), or where that is not known ``low``
and ``high``. Rows and columns stand in the order in which they first come. What does not fit
side by side goes on in a strip below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.scale import lines, text_width
from sipukat.plot.theme import box, label, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Figure

_NARROW: Final = 480.0
_GAP: Final = 16.0
_LINE: Final = 14.0
_HEADING: Final = 11.0  # size of the letters above the columns
_DARKEST: Final = 0.45  # the ink stays readable on it
_MOST_LINES: Final = 3
_CELL: Final = 44.0  # the narrowest that holds two bounds
_MOST_CELLS: Final = 8


class _Layout:
    """How wide names and cells are, and what stands above the columns."""

    def __init__(self, figure: Figure, width: float) -> None:
        narrow = width < _NARROW
        self.width = width
        self.pitch = 46.0 if narrow else 34.0
        self.most = 3 if narrow else 2  # lines of a name
        self.gutter = 112.0 if narrow else min(230.0, width * 0.32)
        self.units = list(dict.fromkeys(str(r["label"]) for r in figure.data))
        self.columns = list(dict.fromkeys(str(r["column"]) for r in figure.data))
        fit = int((width - self.gutter - 8) // _CELL)
        self.strip = min(len(self.columns), fit, _MOST_CELLS) or 1
        self.cell = (width - self.gutter - 8) / self.strip
        room = self.cell - 6
        words = [word for name in self.columns for word in name.split()]
        fits = all(text_width(word, _HEADING) <= room for word in words)
        heads = [lines(name, width=room, size=_HEADING, most=_MOST_LINES) for name in self.columns]
        self.numbered = not fits or any(head[-1].endswith("…") for head in heads)
        self.heads = [[str(n)] for n in range(1, len(self.columns) + 1)] if self.numbered else heads

    def left(self, place: int) -> float:
        """Return where the cell at a place of its strip starts."""
        return self.gutter + 8 + place * self.cell


def _cell(record: Mapping[str, Any], layout: _Layout, place: int, y: float, lang: Lang) -> Iterator[str]:
    x, wide, tall = layout.left(place), layout.cell - 2, layout.pitch - 2
    value, low, high = (record.get(name) for name in ("value", "low", "high"))
    middle, base = x + wide / 2, y + tall / 2 + 4.5
    yield box(x, y, wide, tall, colour="pale")
    if value is not None:
        lacking = min(max(1 - float(value) / 100, 0.0), 1.0)
        yield box(x, y, wide, tall, colour="mark", opacity=0.04 + (_DARKEST - 0.04) * lacking)
        yield label(number(value, 0, lang=lang), middle, base, size=13, text_anchor="middle")
        return
    known = low is not None and high is not None
    words = f"{number(low, 0, lang=lang)}–{number(high, 0, lang=lang)}" if known else "?"
    yield line(x + 3, y + tall - 3, x + wide - 3, y + tall - 3, colour="whisker", stroke_dasharray="2 3")
    yield label(words, middle, base, size=12, ink="muted", text_anchor="middle")


def _strip(figure: Figure, layout: _Layout, places: Sequence[int], top: float) -> tuple[list[str], float]:
    """Return the elements of some columns, and where they end."""
    parts: list[str] = []
    tall = max(len(layout.heads[at]) for at in places)
    for place, at in enumerate(places):
        middle = layout.left(place) + layout.cell / 2 - 1
        first = top + 12 + (tall - len(layout.heads[at])) * _LINE
        parts += [
            label(words, middle, first + i * _LINE, size=_HEADING, text_anchor="middle", font_weight=600)
            for i, words in enumerate(layout.heads[at])
        ]
    cells = {(str(r["label"]), str(r["column"])): r for r in figure.data}
    start = top + tall * _LINE + 6
    for row, unit in enumerate(layout.units):
        y = start + row * layout.pitch
        broken = lines(unit, width=layout.gutter, size=12, most=layout.most)
        base = y + layout.pitch / 2 + 3.5 - 7 * (len(broken) - 1)
        parts += [
            label(part, layout.gutter, base + _LINE * i, size=12, text_anchor="end")
            for i, part in enumerate(broken)
        ]
        for place, at in enumerate(places):
            if record := cells.get((unit, layout.columns[at])):
                parts += _cell(record, layout, place, y, figure.lang)
    return parts, start + len(layout.units) * layout.pitch


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a heat map `width` wide, and its height."""
    layout = _Layout(figure, width)
    parts: list[str] = []
    bottom = 0.0
    every = range(len(layout.columns))
    for first in range(0, len(every), layout.strip):
        places = every[first : first + layout.strip]
        drawn, bottom = _strip(figure, layout, places, bottom + (_GAP if bottom else 0))
        parts += drawn
    if layout.numbered:
        bottom += 6
        for at, name in enumerate(layout.columns, start=1):
            broken = lines(f"{at}  {name}", width=width - 8, size=12, most=1)
            bottom += 17
            parts.append(label(broken[0], 4, bottom, size=12))
    return "".join(parts), bottom + 10
