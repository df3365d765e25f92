"""Lanes: one a record, its name at the left or, where it is narrow, above its own mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat.plot.scale import CHARACTER, lines, shortened
from sipukat.plot.theme import label, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang

NARROW: Final = 480.0
"""Width in pixels below which a name stands above its mark."""

_BOLDER: Final = 1.12  # how much wider bold letters are

WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "id": {
        "rank": "peringkat",
        "index": "indeks",
        "value": "nilai unsur",
        "importance": "kepentingan",
        "missing": "kosong",
    },
    "en": {
        "rank": "rank",
        "index": "index",
        "value": "value of the unsur",
        "importance": "importance",
        "missing": "blank",
    },
}
"""The few words that stand on axes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Where names and marks of the lanes stand.

    Parameters
    ----------
    width
        Of the figure.
    head
        Height of what stands above the first lane.
    values
        Room at the right for numbers.
    pitch
        Height of a lane where it is wide.
    """

    width: float
    head: float
    values: float
    pitch: float

    @property
    def narrow(self) -> bool:
        """Whether names stand above their marks."""
        return self.width < NARROW

    @property
    def gutter(self) -> float:
        """Room for the names at the left."""
        return 0.0 if self.narrow else min(250.0, self.width * 0.36)

    @property
    def step(self) -> float:
        """Height of a lane."""
        return 46.0 if self.narrow else self.pitch

    @property
    def left(self) -> float:
        """Where marks begin."""
        return 6.0 if self.narrow else self.gutter + 12

    @property
    def right(self) -> float:
        """Where marks end."""
        return self.width - self.values

    def middle(self, lane: int) -> float:
        """Return the height of the mark of a lane."""
        return self.head + lane * self.step + (32.0 if self.narrow else self.step / 2)

    def bottom(self, count: int) -> float:
        """Return where `count` lanes end."""
        return self.head + self.step * count + 4

    def rule(self, x: float, count: int, **attributes: object) -> str:
        """Return an upright line through `count` lanes; narrow, it leaves out the names."""
        if not self.narrow:
            return line(x, self.head, x, self.bottom(count), **attributes)  # type: ignore[arg-type]
        middles = map(self.middle, range(count))
        return "".join(line(x, y - 11, x, y + 11, **attributes) for y in middles)  # type: ignore[arg-type]

    def name(self, words: str, lane: int, *, strong: bool = False) -> str:
        """Return the name of a lane, in one line or, where there is room, two."""
        weight = 650 if strong else 400
        room = (self.width - self.values if self.narrow else self.gutter) / (_BOLDER if strong else 1)
        letters = int(room / (13 * CHARACTER))
        if self.narrow:
            first = shortened(words, letters - 2)
            return label(first, self.left, self.middle(lane) - 14, size=13, font_weight=weight)
        broken = lines(words, width=room, size=13)
        if broken[-1].endswith("…"):
            broken = lines(shortened(words, 2 * letters - 10), width=room, size=13)
        top = self.middle(lane) + 4.5 - 7.5 * (len(broken) - 1)
        return "".join(
            label(part, self.gutter, top + 15 * i, size=13, text_anchor="end", font_weight=weight)
            for i, part in enumerate(broken)
        )
