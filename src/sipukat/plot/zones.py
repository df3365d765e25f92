"""The zone gauge: where a score lies among the zones, or between which ends it may lie.

Of its records one has the ``role`` ``"score"``: ``value``, or where that is not known ``low``
and ``high``. The others have the role ``"zone"``, lowest first: ``label``, ``zone`` (its
colour) and ``low``. The bands of the figure are those of the scheme, with their codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat._text import number
from sipukat.plot.scale import Scale, spans, text_width
from sipukat.plot.theme import INK, box, label, line, tag, tint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat.report.document import Figure

_TOP, _BAR = 56.0, 30.0
_COLOURS = ("merah", "kuning", "hijau")


def zone_spans(figure: Figure, scale: Scale) -> Iterator[tuple[str, str, float, float]]:
    """Yield the name of each zone, its ink, and where it starts and ends.

    A scheme without colours has its bands in the place of zones.
    """
    zones = [record for record in figure.data if record.get("role") == "zone"]
    if not zones:
        for place, (band, left, right) in enumerate(spans(figure, scale)):
            yield band.mutu, tint(place, len(figure.bands)), left, right
        return
    starts = [scale(zone["low"]) for zone in zones]  # type: ignore[arg-type]  # a number
    for place, (zone, left, right) in enumerate(zip(zones, starts, [*starts[1:], scale.right], strict=True)):
        colour = str(zone.get("zone"))
        yield str(zone["label"]), colour if colour in _COLOURS else tint(place, len(zones)), left, right


def _names(figure: Figure, scale: Scale) -> tuple[list[str], float]:
    """Return the codes of the bands with the zones below them, and the height that they take."""
    zones = list(zone_spans(figure, scale))
    parts: list[str] = []
    y = _TOP + _BAR + 42
    if {band.mutu.casefold() for band in figure.bands} != {name.casefold() for name, *_ in zones}:
        for band, left, right in spans(figure, scale):
            if text_width(band.mutu, 13) < right - left:
                middle = (left + right) / 2
                parts.append(label(band.mutu, middle, y, size=14, text_anchor="middle", font_weight=650))
        y += 19
    for name, _, left, right in zones:
        if text_width(name, 12) < right - left:
            middle = (left + right) / 2
            parts.append(label(name, middle, y, size=12, text_anchor="middle", font_weight=600))
    return parts, y + 10


def _ticks(figure: Figure, scale: Scale) -> list[str]:
    parts: list[str] = []
    reach = -1.0  # where the last number ends
    last = number(figure.axis[1], 0, lang=figure.lang)
    room = scale.right - text_width(last, 12) - 6
    for bound in [max(band.low, figure.axis[0]) for band in figure.bands] or [figure.axis[0]]:
        x = scale(bound)
        words = number(bound, 0 if bound == bound.to_integral_value() else 2, lang=figure.lang)
        wide = text_width(words, 12)
        start = x if x <= scale.left + 1 else x - wide / 2
        parts.append(line(x, _TOP + _BAR, x, _TOP + _BAR + 5))
        if start > reach and start + wide < room:
            anchor = "start" if x <= scale.left + 1 else "middle"
            parts.append(label(words, x, _TOP + _BAR + 19, size=12, ink="muted", text_anchor=anchor))
            reach = start + wide + 4
    parts.append(label(last, scale.right, _TOP + _BAR + 19, size=12, ink="muted", text_anchor="end"))
    return parts


def _score(record: Mapping[str, Any], figure: Figure, scale: Scale) -> list[str]:
    value, low, high = (record.get(name) for name in ("value", "low", "high"))
    if value is not None:
        x, words = scale(value), number(value, 2, lang=figure.lang)
        needle = f"M{x - 6:.2f} {_TOP - 14:.2f}h12l-6 9z"
        parts = [
            tag("path", d=needle, class_="mark", fill=INK["mark"][0]),
            line(x, _TOP - 6, x, _TOP + _BAR + 7, colour="whisker", stroke_width=2),
        ]
    elif low is not None and high is not None:
        left, right = scale(low), scale(high)
        x = (left + right) / 2
        words = " – ".join(number(end, 2, lang=figure.lang) for end in (low, high))
        parts = [box(left, _TOP - 7, max(right - left, 2.0), _BAR + 14, colour="mark", opacity=0.28)]
        parts += [
            line(end, _TOP - 7, end, _TOP + _BAR + 7, colour="whisker", stroke_width=2)
            for end in (left, right)
        ]
    else:
        return []
    wide = text_width(words, 28)  # bold is wider
    start = min(max(x - wide / 2, scale.left), max(scale.right - wide, scale.left))
    return [*parts, label(words, start, 30, size=26, font_weight=700)]


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a gauge `width` wide, and its height."""
    scale = Scale(low=float(figure.axis[0]), high=float(figure.axis[1]), left=2, right=width - 2)
    parts = [
        box(left, _TOP, right - left - 1, _BAR, colour=ink)
        for _, ink, left, right in zone_spans(figure, scale)
    ]
    if not parts:
        parts.append(box(scale.left, _TOP, scale.right - scale.left, _BAR, colour="tint2"))
    parts += _ticks(figure, scale)
    names, height = _names(figure, scale)
    record: Mapping[str, Any] = next((r for r in figure.data if r.get("role") != "zone"), {})
    return "".join([*parts, *names, *_score(record, figure, scale)]), height
