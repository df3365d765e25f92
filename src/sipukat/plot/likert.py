"""Answers as bars that part in the middle of the scale: good ones to the right, poor ones to the left.

A record is an unsur: ``label``, ``share_1`` and so on (per cent), ``value`` (the share of the
upper half, printed at the right), ``n``, and ``note``, which stands in the place of a bar where
there are no shares. A middle score lies half on either side.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.lanes import NARROW, Lanes
from sipukat.plot.scale import Scale, text_width
from sipukat.plot.theme import box, label, line, tint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Figure

_HEAD: Final = 38.0
_FOOT: Final = 30.0
_BAR: Final = 20.0
_TEN: Final = 10
_SHARE: Final = re.compile(r"share_(\d+)")


def scores_of(records: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the scores that have a share, ascending."""
    keys = {match[1] for record in records for key in record if (match := _SHARE.fullmatch(key))}
    return sorted(map(int, keys))


def sides(record: Mapping[str, Any], scores: Sequence[int]) -> list[tuple[int, float, float]]:
    """Return where the bar of each score starts and ends, in per cent right of the middle.

    Examples
    --------
    >>> sides({"share_1": 10, "share_2": 20, "share_3": 70}, [1, 2, 3])
    [(1, -20.0, -10.0), (2, -10.0, 10.0), (3, 10.0, 80.0)]
    """
    shares = [float(record.get(f"share_{score}") or 0) for score in scores]
    half, odd = divmod(len(scores), 2)
    at = -sum(shares[:half]) - (shares[half] / 2 if odd else 0)
    out = []
    for score, share in zip(scores, shares, strict=True):
        out.append((score, at, at + share))
        at += share
    return out


def reach(records: Sequence[Mapping[str, Any]], scores: Sequence[int]) -> tuple[int, int]:
    """Return how far the bars go to either side, on a multiple of ten per cent."""
    ends = [end for record in records if record.get("value") is not None for end in _ends(record, scores)]
    low, high = min(ends, default=0.0), max(ends, default=100.0)
    return int(low // _TEN * _TEN), max(int(-(-high // _TEN) * _TEN), _TEN)


def _ends(record: Mapping[str, Any], scores: Sequence[int]) -> tuple[float, float]:
    placed = sides(record, scores)
    return min(placed[0][1], 0.0), max(placed[-1][2], 0.0)


def _legend(lanes: Lanes, scores: Sequence[int]) -> list[str]:
    parts: list[str] = []
    x = lanes.left
    for place, score in enumerate(scores):
        parts.append(box(x, 6, 14, 14, colour=tint(place, len(scores)), rx=2))
        parts.append(label(str(score), x + 19, 17.5, size=12))
        x += 19 + text_width(str(score), 12) + 14
    upper = scores[(len(scores) + 1) // 2 :]
    words = "–".join(str(score) for score in dict.fromkeys((upper[0], upper[-1])))
    at: dict[str, Any] = {"text_anchor": "end", "font_weight": 650}
    return [*parts, label(words, _value_right(lanes), 17.5, size=12, ink="muted", **at)]


def _value_right(lanes: Lanes) -> float:
    return lanes.width - (2 if lanes.narrow else 66)


def _ground(lanes: Lanes, scale: Scale, count: int, lang: Lang) -> list[str]:
    bottom, parts = lanes.bottom(count), []
    reached = -1.0
    for tick in scale.ticks():
        x, words = scale(tick), number(abs(tick), 0, lang=lang)
        parts += [lanes.rule(x, count, opacity=0.6), line(x, bottom, x, bottom + 5)]
        wide = text_width(words, 12)
        if x - wide / 2 > reached:
            parts.append(label(words, x, bottom + 19, size=12, ink="muted", text_anchor="middle"))
            reached = x + wide / 2 + 4
    return parts


def _lane(figure: Figure, lanes: Lanes, scale: Scale, lane: int, scores: Sequence[int]) -> list[str]:
    record: Mapping[str, Any] = figure.data[lane]
    y = lanes.middle(lane)
    parts = [lanes.name(str(record.get("label") or ""), lane)]
    if record.get("value") is None:
        note = str(record.get("note") or "–")
        return [*parts, label(note, scale(0) + 6, y + 4.5, size=12, ink="muted", font_style="italic")]
    for place, (score, low, high) in enumerate(sides(record, scores)):
        left, right = scale(low), scale(high)
        if right - left <= 0:
            continue
        gap = min(1.0, (right - left) / 2)
        parts.append(box(left, y - _BAR / 2, right - left - gap, _BAR, colour=tint(place, len(scores))))
        words = number(record[f"share_{score}"], 1, lang=figure.lang)
        if text_width(words, 11) + 4 < right - left:
            parts.append(label(words, (left + right - gap) / 2, y + 4, size=11, text_anchor="middle"))
    sign = " %" if figure.lang == "id" else "%"
    value = number(record["value"], 1, lang=figure.lang) + sign
    at: dict[str, Any] = {"text_anchor": "end", "font_weight": 650}
    parts.append(label(value, _value_right(lanes), y + 4.5, size=13, **at))
    if not lanes.narrow and record.get("n") is not None:
        count = f"n {number(record['n'], 0, lang=figure.lang)}"
        parts.append(label(count, lanes.width - 2, y + 4.5, size=11, ink="muted", text_anchor="end"))
    return parts


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a distribution `width` wide, and its height."""
    scores = scores_of(figure.data)
    lanes = Lanes(width=width, head=_HEAD, values=64.0 if width < NARROW else 128.0, pitch=34.0)
    low, high = reach(figure.data, scores)
    scale = Scale(low=low, high=high, left=lanes.left, right=lanes.right)
    count = len(figure.data)
    parts = [*_legend(lanes, scores), *_ground(lanes, scale, count, figure.lang)] if scores else []
    for lane in range(count):
        parts += _lane(figure, lanes, scale, lane, scores)
    parts.append(lanes.rule(scale(0), count, colour="whisker", stroke_width=1.5))
    return "".join(parts), lanes.bottom(count) + _FOOT
