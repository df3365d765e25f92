"""Colours and letters of the figures, for light and dark, and for those who see fewer colours.

The four tints of the bands are those of Okabe and Ito (vermilion, orange, sky blue,
blue), which stay apart in every common colour blindness, as do those of the zones
(vermilion, yellow, bluish green); a letter or a name stands on each of them all the
same. Every element carries its light colour as an attribute, for programs
that know no style sheets, and a class, by which the style sheet turns it dark.

References
----------
Okabe & Ito (2008), Color Universal Design.
"""

from __future__ import annotations

from html import escape
from typing import Final

FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

# class: (light, dark)
INK: Final = {
    "ink": ("#17212b", "#e8edf2"),
    "muted": ("#55636f", "#a9b6c2"),
    "mark": ("#0b5788", "#7cc7f7"),
    "pale": ("#ffffff", "#10171d"),
    "tint0": ("#f7d6c4", "#6b3319"),
    "tint1": ("#fbe7b8", "#5f4a12"),
    "tint2": ("#cfe8f8", "#1d4a63"),
    "tint3": ("#a9d0ec", "#0f4c7c"),
    "merah": ("#f3bfa8", "#7d2412"),
    "kuning": ("#fdf1b6", "#746716"),
    "hijau": ("#a6dccb", "#0a5247"),
}
_STROKES: Final = {"rule": ("#ccd4db", "#46535f"), "whisker": ("#17212b", "#e8edf2")}
_TINTS: Final = 4


def tint(place: int, count: int) -> str:
    """Return which of the four tints the band at `place` of `count` bands has, lowest first.

    Examples
    --------
    >>> [tint(place, 4) for place in range(4)], tint(1, 2)
    (['tint0', 'tint1', 'tint2', 'tint3'], 'tint3')
    """
    last = _TINTS - 1
    return f"tint{last if count == 1 else round(place * last / (count - 1))}"


def _rules() -> str:
    scope = ".sipukat-figure"
    rules = [f"{scope} .{name}{{fill:{dark}}}" for name, (_, dark) in INK.items()]
    rules += [f"{scope} .{name}{{stroke:{dark}}}" for name, (_, dark) in _STROKES.items()]
    rules.append(f"{scope} .edge{{stroke:{INK['mark'][1]}}}")
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"


STYLE: Final = _rules()


def attribute(value: object) -> str:
    """Print one attribute's value: a number shortly and the same everywhere, a text escaped."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return escape(str(value), quote=True)


def tag(name: str, *children: str, **attributes: object) -> str:
    """Return an element; `children` are elements already, attributes are escaped.

    An underscore in an attribute's name stands for a dash, and one at its end is dropped.

    Examples
    --------
    >>> tag("rect", x=1.5, stroke_width=2, class_="a")
    '<rect x="1.5" stroke-width="2" class="a"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"' for key, value in attributes.items()
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def label(words: str, x: float, y: float, *, size: float = 13, ink: str = "ink", **attributes: object) -> str:
    """Return a text element in one of the inks, escaped."""
    place = {"x": x, "y": y, "font_size": size, "class_": ink, "fill": INK[ink][0]}
    return tag("text", escape(words), **place, **attributes)


def box(x: float, y: float, width: float, height: float, *, colour: str, **attributes: object) -> str:
    """Return a rectangle in one of the inks; a negative width is none."""
    place = {"x": x, "y": y, "width": max(width, 0.0), "height": height}
    return tag("rect", **place, class_=colour, fill=INK[colour][0], **attributes)


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = "rule", **attributes: object) -> str:
    """Return a straight line, ``"rule"`` or ``"whisker"``."""
    place = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return tag("line", **place, class_=colour, stroke=_STROKES[colour][0], **attributes)


def dot(x: float, y: float, radius: float, *, hollow: bool) -> str:
    """Return the mark of an estimate; a hollow one is not to be relied on."""
    if not hollow:
        return tag("circle", cx=x, cy=y, r=radius, class_="mark", fill=INK["mark"][0])
    colours = {"fill": INK["pale"][0], "stroke": INK["mark"][0]}
    return tag("circle", cx=x, cy=y, r=radius, class_="pale edge", stroke_width=2, **colours)
