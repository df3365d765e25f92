"""Where a value lies on the paper, and how a long name is broken into short lines."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from sipukat.report.document import Figure
    from sipukat.report.sheets import Band

CHARACTER: Final = 0.6
"""Width of a letter in a wide common font, as a share of its size."""

_STEPS = (1, 2, 5, 10, 25)
_MOST_TICKS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight scale from values to positions.

    Parameters
    ----------
    low, high
        Ends of the axis.
    left, right
        Their positions.

    Examples
    --------
    >>> scale = Scale(low=25, high=100, left=0, right=150)
    >>> scale(100), scale(10), scale.ticks()
    (150.0, 0.0, (25, 50, 75, 100))
    """

    low: float
    high: float
    left: float
    right: float

    def __call__(self, value: Decimal | float) -> float:
        """Return the position of a value; one beyond an end lies on the end."""
        share = (float(value) - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self) -> tuple[int, ...]:
        """Return a few round values between the ends."""
        span = self.high - self.low
        step = next((s for s in _STEPS if span / s < _MOST_TICKS), 50)
        first = int(-(-self.low // step) * step)
        return tuple(range(first, int(self.high) + 1, step))


def spans(figure: Figure, scale: Scale) -> Iterator[tuple[Band, float, float]]:
    """Yield each band of a figure with the positions at which it starts and ends."""
    starts = [scale(band.low) for band in figure.bands]
    yield from zip(figure.bands, starts, [*starts[1:], scale.right][: len(starts)], strict=True)


def lines(name: str, *, width: float, size: float, most: int = 2) -> list[str]:
    """Break a name into at most `most` lines that fit into `width`; the rest is an ellipsis.

    Examples
    --------
    >>> lines("Dinas Kependudukan dan Pencatatan Sipil", width=180, size=13)
    ['Dinas Kependudukan dan', 'Pencatatan Sipil']
    """
    characters = max(int(width / (size * CHARACTER)), 4)
    kept = name[: characters * (most + 1)]
    return textwrap.wrap(kept, width=characters, max_lines=most, placeholder=" …") or [""]


def shortened(name: str, characters: int) -> str:
    """Return a name with its middle left out, so that its end, which often tells it apart, stays.

    Examples
    --------
    >>> shortened("Dinas Kependudukan dan Pencatatan Sipil wilayah 7", 30)
    'Dinas Kependuduk…pil wilayah 7'
    """
    if len(name) <= characters:
        return name
    tail = characters * 9 // 20
    return f"{name[: characters - tail - 1].rstrip()}…{name[-tail:].lstrip()}"


def text_width(words: str, size: float) -> float:
    """Return about how wide a text is."""
    return len(words) * size * CHARACTER
