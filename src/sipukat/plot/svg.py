"""A figure as SVG of our own: text stays text, nothing is fetched, same input gives same bytes."""

from __future__ import annotations

import re
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sipukat._validation import must_be
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.plot import gauge, heat, likert, quadrant, ranks, rows, trend, waterfall, zones
from sipukat.plot.theme import FONT, STYLE, tag
from sipukat.report.document import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


CHARTS: Final[Mapping[str, Callable[[Figure, float], tuple[str, float]]]] = MappingProxyType(
    {
        "band_gauge": gauge.draw,
        "unsur_bars": rows.draw,
        "unit_intervals": rows.draw,
        "zone_gauge": zones.draw,
        "compliance_waterfall": waterfall.draw,
        "indicator_heat": heat.draw,
        "answer_distribution": likert.draw,
        "unit_ranks": ranks.draw,
        "trend": trend.draw,
        "importance_performance": quadrant.draw,
    }
)
_NO_ID: Final = re.compile(r"[^a-z0-9]+")
_NARROWEST: Final = 280


def svg(figure: Figure, *, width: int = 720) -> str:
    """Draw a figure as one SVG element.

    It reads well on paper and on screens, light or dark, holds the caption as its title
    and the words for those who cannot see it as its description, and refers to nothing
    outside itself.

    Parameters
    ----------
    figure
        The figure.
    width
        Width in pixels at which it is drawn in its natural size, at least 280. Below 480
        the names stand above the marks.

    Raises
    ------
    UnknownNameError
        If no chart of the figure's kind is known.
    ArgumentError
        If `width` is below 280.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from sipukat.report.document import Figure
    >>> figure = Figure(
    ...     id="ikm", chart="band_gauge", caption="IKM", alt="IKM 90,64.", axis=("25", "100"),
    ...     data=[{"label": "IKM", "value": Decimal("90.64"), "low": None, "high": None}],
    ... )
    >>> svg(figure)[:60]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 112'
    """
    must_be(Figure, figure, "figure", "a Figure, e.g. of sipukat.report.build(result).blocks")
    if width < _NARROWEST:
        raise ArgumentError(f"width must be at least {_NARROWEST} pixels, got {width}")
    if figure.chart not in CHARTS:
        raise UnknownNameError("chart", figure.chart, CHARTS)
    body, height = CHARTS[figure.chart](figure, float(width))
    name = f"{_NO_ID.sub('-', figure.id.casefold()).strip('-') or 'figure'}-{width}"
    return tag(
        "svg",
        tag("title", escape(figure.caption), id=f"{name}-title"),
        tag("desc", escape(figure.alt), id=f"{name}-desc"),
        f"<style>{STYLE}</style>",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height:g}",
        width=width,
        height=height,
        class_="sipukat-figure",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FONT,
    )
