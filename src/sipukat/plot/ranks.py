"""Groups in the order of their index (a caterpillar), with the ranks that each may have.

A record is a group: ``label``, ``rank`` (the dot), ``rank_low`` and ``rank_high`` (the bar), and
at the right the ranks in figures, ``value`` (its index) and ``mutu``. The name of a group that
may be the first is bold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.lanes import NARROW, WORDS, Lanes
from sipukat.plot.scale import Scale, text_width
from sipukat.plot.theme import box, dot, label, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.report.document import Figure

_HEAD: Final = 30.0
_FOOT: Final = 30.0
_HALF: Final = 0.4  # how far a bar reaches beyond the middle of its ranks


def _ground(figure: Figure, lanes: Lanes, scale: Scale) -> list[str]:
    words = WORDS[figure.lang]
    end: dict[str, Any] = {"size": 12, "ink": "muted", "text_anchor": "end"}
    parts = [label(words["rank"], scale.left, _HEAD - 12, size=12, ink="muted")]
    if not lanes.narrow:
        parts += [label(words["index"], lanes.width - 22, _HEAD - 12, **end)]
    reached = -1.0
    last = int(figure.axis[1])
    stop = scale(last) - text_width(str(last), 12)
    for rank in dict.fromkeys((1, *scale.ticks())):
        x, half = scale(rank), text_width(str(rank), 12) / 2
        if x - half > reached and x + half < stop and rank < last:
            parts += _tick(lanes, rank, x, len(figure.data))
            reached = x + half + 4
    return [*parts, *_tick(lanes, last, scale(last), len(figure.data))]


def _tick(lanes: Lanes, rank: int, x: float, count: int) -> list[str]:
    bottom = lanes.bottom(count)
    return [
        lanes.rule(x, count, opacity=0.6),
        line(x, bottom, x, bottom + 5),
        label(str(rank), x, bottom + 19, size=12, ink="muted", text_anchor="middle"),
    ]


def _lane(figure: Figure, lanes: Lanes, scale: Scale, lane: int) -> list[str]:
    record: Mapping[str, Any] = figure.data[lane]
    y, low, high = lanes.middle(lane), record.get("rank_low"), record.get("rank_high")
    parts = [lanes.name(str(record["label"]), lane, strong=low == 1)]
    told = ""
    if low is not None and high is not None:
        left, right = scale(low - _HALF), scale(high + _HALF)
        parts.append(box(left, y - 6, max(right - left, 4.0), 12, colour="mark", opacity=0.3, rx=6))
        told = str(low) if low == high else f"{low}–{high}"
    if record.get("rank") is not None:
        parts.append(dot(scale(record["rank"]), y, 4.5, hollow=False))
    letter, value = str(record.get("mutu") or ""), number(record.get("value"), 2, lang=figure.lang)
    end: dict[str, Any] = {"text_anchor": "end"}
    parts.append(label(value, lanes.width - 22, y + 4.5, size=13, font_weight=600, **end))
    parts.append(label(letter, lanes.width - 2, y + 4.5, size=13, ink="muted", **end))
    # Narrow, the ranks in figures stand beside the name, where there is room for them.
    at = (lanes.width - 2, y - 14) if lanes.narrow else (lanes.width - 74, y + 4.5)
    parts.append(label(told, *at, size=12, ink="muted", **end))
    return parts


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a ranking `width` wide, and its height."""
    lanes = Lanes(width=width, head=_HEAD, values=78.0 if width < NARROW else 130.0, pitch=32.0)
    low, high = (float(end) for end in figure.axis)
    scale = Scale(low=low - 0.5, high=high + 0.5, left=lanes.left, right=lanes.right)
    parts = _ground(figure, lanes, scale)
    for lane in range(len(figure.data)):
        parts += _lane(figure, lanes, scale, lane)
    return "".join(parts), lanes.bottom(len(figure.data)) + _FOOT
