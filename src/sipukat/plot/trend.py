"""An index over periods, as points with their intervals before the bands.

A record is a period: ``label``, ``time`` (its place on the axis; by default its number), ``value``,
``low``, ``high``, ``mutu``, and ``sure``: 1 where the change since the period before exceeds
sampling error (a solid line), 0 where it does not (a dashed one), None where that was not tested.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.lanes import NARROW
from sipukat.plot.scale import Scale, lines, spans, text_width
from sipukat.plot.theme import box, dot, label, line, tint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat.report.document import Figure

_TOP: Final = 26.0
_LEFT: Final = 34.0
_RIGHT: Final = 26.0  # for the letters
_GAP: Final = 6.0  # between two labels
_RELIABLE: Final = 30  # respondents below which a number is flagged
_FOOT: Final = 59.0
_LINES: Final = 3  # of the name of a period
_WIDEST: Final = 120.0  # such a name


def _across(figure: Figure, width: float) -> list[float]:
    """Return the position of each period."""
    times = [float(r["time"]) if r.get("time") is not None else at for at, r in enumerate(figure.data)]  # type: ignore[arg-type]
    inner = 40.0 if width >= NARROW else 26.0
    left, right = _LEFT + inner, width - _RIGHT - inner
    if max(times) <= min(times):
        return [(left + right) / 2] * len(times)
    scale = Scale(low=min(times), high=max(times), left=left, right=right)
    return [scale(time) for time in times]


def _ground(figure: Figure, scale: Scale, width: float) -> list[str]:
    parts: list[str] = []
    right = width - _RIGHT
    for place, (band, low, high) in enumerate(spans(figure, scale)):
        if low - high < 1:
            continue
        colour = tint(place, len(figure.bands))
        parts.append(box(_LEFT, high, right - _LEFT, low - high - 1, colour=colour, opacity=0.5))
        if low - high > 14:  # noqa: PLR2004  the letter fits
            parts.append(
                label(band.mutu, width - 4, (low + high) / 2 + 5, text_anchor="end", font_weight=600)
            )
    for tick in scale.ticks():
        y = scale(tick)
        parts.append(line(_LEFT - 5, y, _LEFT if figure.bands else right, y))
        words = number(tick, 0, lang=figure.lang)
        parts.append(label(words, _LEFT - 8, y + 4, size=12, ink="muted", text_anchor="end"))
    return parts


def kept(places: Sequence[float], widths: Sequence[float]) -> set[int]:
    """Return which labels are shown so that no two touch: the last always, then from the first.

    Examples
    --------
    >>> sorted(kept([0, 10, 40, 60], [30, 30, 30, 30]))
    [0, 3]
    """
    last = len(places) - 1
    shown, reached = {last}, float("-inf")
    for at, (x, wide) in enumerate(zip(places[:-1], widths, strict=False)):
        starts, ends = x - wide / 2, x + wide / 2
        if starts > reached and ends + _GAP < places[last] - widths[last] / 2:
            shown.add(at)
            reached = ends + _GAP
    return shown


def _names(figure: Figure, places: Sequence[float], bottom: float, width: float) -> list[str]:
    # A name that does not fit in whole words between its neighbours leaves out the next one.
    longest = max(text_width(word, 12) for r in figure.data for word in (str(r["label"]).split() or [""]))
    room = min([b - a - _GAP for a, b in pairwise(places)], default=_WIDEST)
    room = min(max(room, longest + 1, 72.0), _WIDEST)
    broken = [lines(str(record["label"]), width=room, size=12, most=_LINES) for record in figure.data]
    widths = [max(text_width(part, 12) for part in parts) for parts in broken]
    out = []
    for at in sorted(kept(places, widths)):
        half = widths[at] / 2
        x = min(max(places[at], half), width - half)
        out += [
            label(part, x, bottom + 18 + 15 * i, size=12, text_anchor="middle")
            for i, part in enumerate(broken[at])
        ]
    return out


def _point(record: Mapping[str, Any], x: float, scale: Scale) -> list[str]:
    parts: list[str] = []
    if record.get("low") is not None and record.get("high") is not None:
        ends = scale(record["low"]), scale(record["high"])
        parts.append(line(x, ends[0], x, ends[1], colour="whisker", stroke_width=1.5))
        parts += [line(x - 4, y, x + 4, y, colour="whisker", stroke_width=1.5) for y in ends]
    count = record.get("n")
    parts.append(dot(x, scale(record["value"]), 5, hollow=count is not None and count < _RELIABLE))
    return parts


def _joint(before: Mapping[str, Any], record: Mapping[str, Any], ends: tuple[float, float], y: Scale) -> str:
    sure = record.get("sure")
    style: dict[str, Any] = {"colour": "whisker", "stroke_width": 1.5}
    if sure is None:
        style["opacity"] = 0.45
    elif not sure:
        style["stroke_dasharray"] = "2 4"
    return line(ends[0], y(before["value"]), ends[1], y(record["value"]), **style)


def _value_height(rows: Sequence[Mapping[str, Any]], known: Sequence[int], at: int, y: Scale) -> float:
    """Return the height of a number: above its mark, or below the mark of a trough, out of the line's way."""
    record = rows[known[at]]
    ends = [record[key] for key in ("value", "low", "high") if record.get(key) is not None]
    beside = [rows[known[k]]["value"] for k in (at - 1, at + 1) if 0 <= k < len(known)]
    below = y(min(ends)) + 19
    if beside and min(beside) > record["value"] and below < y.left - 4:
        return below
    return y(max(ends)) - 9


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a trend `width` wide, and its height."""
    tall = 240.0 if width < NARROW else 280.0
    bottom = _TOP + tall
    scale = Scale(low=float(figure.axis[0]), high=float(figure.axis[1]), left=bottom, right=_TOP)
    parts = _ground(figure, scale, width)
    known: list[int] = [at for at, record in enumerate(figure.data) if record.get("value") is not None]
    if not known:
        return "".join(parts), bottom + _FOOT
    places = _across(figure, width)
    rows: Sequence[Mapping[str, Any]] = figure.data
    for before, at in pairwise(known):
        parts.append(_joint(rows[before], rows[at], (places[before], places[at]), scale))
    for at in known:
        parts += _point(rows[at], places[at], scale)
    rounded: list[Any] = [rows[at]["value"] for at in known]
    values = [number(value, 2, lang=figure.lang) for value in rounded]
    widths = [text_width(words, 13) for words in values]
    for shown in sorted(kept([places[at] for at in known], widths)):
        x, y = places[known[shown]], _value_height(rows, known, shown, scale)
        parts.append(label(values[shown], x, y, size=13, text_anchor="middle", font_weight=650))
    return "".join([*parts, *_names(figure, places, bottom, width)]), bottom + _FOOT
