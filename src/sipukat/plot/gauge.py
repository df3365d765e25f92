"""The band gauge: where the index lies among the bands, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat._text import number
from sipukat.plot.scale import Scale, spans, text_width
from sipukat.plot.theme import INK, box, label, line, tag, tint

if TYPE_CHECKING:
    from decimal import Decimal

    from sipukat.report.document import Figure

_TOP, _BAR = 56.0, 30.0


def _bands(figure: Figure, scale: Scale) -> list[str]:
    # The letters stand below the bar, where the needle cannot hide them.
    parts: list[str] = []
    for place, (band, left, right) in enumerate(spans(figure, scale)):
        parts.append(box(left, _TOP, right - left - 1, _BAR, colour=tint(place, len(figure.bands))))
        middle, y = (left + right) / 2, _TOP + _BAR + 42
        parts.append(label(band.mutu, middle, y, size=15, text_anchor="middle", font_weight=650))
        if text_width(band.kinerja, 12) < right - left:
            parts.append(label(band.kinerja, middle, y + 17, size=12, ink="muted", text_anchor="middle"))
    return parts


def _ticks(figure: Figure, scale: Scale) -> list[str]:
    parts: list[str] = []
    bounds = [max(band.low, figure.axis[0]) for band in figure.bands] or [figure.axis[0]]
    for bound in [*bounds, figure.axis[1]]:
        x = scale(bound)
        decimals = 0 if bound == bound.to_integral_value() else 2
        anchor = "start" if x <= scale.left + 1 else "end" if x >= scale.right - 1 else "middle"
        parts.append(line(x, _TOP + _BAR, x, _TOP + _BAR + 5))
        words = number(bound, decimals, lang=figure.lang)
        parts.append(label(words, x, _TOP + _BAR + 19, size=12, ink="muted", text_anchor=anchor))
    return parts


def _estimate(figure: Figure, scale: Scale) -> list[str]:
    record = figure.data[0]
    value: Decimal = record["value"]  # type: ignore[assignment]
    low, high = record.get("low"), record.get("high")
    x, parts = scale(value), []
    if low is not None and high is not None:
        left, right = scale(low), scale(high)  # type: ignore[arg-type]
        whole = max(right - left, 2.0)
        parts.append(box(left, _TOP - 7, whole, _BAR + 14, colour="mark", opacity=0.28, rx=3))
    needle = f"M{x - 6:.2f} {_TOP - 14:.2f}h12l-6 9z"
    parts.append(tag("path", d=needle, class_="mark", fill=INK["mark"][0]))
    parts.append(line(x, _TOP - 6, x, _TOP + _BAR + 7, colour="whisker", stroke_width=2))
    words = number(value, 2, lang=figure.lang)
    spread = ""
    if low is not None and high is not None:
        spread = " – ".join(number(end, 2, lang=figure.lang) for end in (low, high))  # type: ignore[arg-type]
    wide, narrow = text_width(words, 28), text_width(spread, 13)  # bold is wider
    start = min(max(x - wide / 2, scale.left), scale.right - wide - narrow - 10)
    parts.append(label(words, start, 30, size=26, font_weight=700))
    if spread:
        parts.append(label(spread, start + wide + 10, 30, size=13, ink="muted"))
    return parts


def draw(figure: Figure, width: float) -> tuple[str, float]:
    """Return the elements of a gauge `width` wide, and its height."""
    scale = Scale(low=float(figure.axis[0]), high=float(figure.axis[1]), left=2, right=width - 2)
    parts = [*_bands(figure, scale), *_ticks(figure, scale)]
    if not figure.bands:
        parts.insert(0, box(scale.left, _TOP, scale.right - scale.left, _BAR, colour="tint2"))
    if figure.data and figure.data[0].get("value") is not None:
        parts += _estimate(figure, scale)
    return "".join(parts), _TOP + _BAR + (66 if figure.bands else 26)
