"""Figures by matplotlib, for those who go on from there, and as PNG.

The same records as in our SVG, at the same places, with numbers as the language writes them. No
state of ``pyplot`` is read or changed, and no text is read as mathematics.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat._text import number
from sipukat._validation import must_be
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.plot import matplotlib_charts as charts
from sipukat.report.document import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn


_INCH: Final = 96  # pixels of a screen in an inch
_NARROWEST: Final = 280
_WIDEST: Final = 20_000  # pixels of a picture, in either direction


def matplotlib(figure: Figure, *, width: int = 720) -> Drawn:
    """Draw a figure with matplotlib, in light colours.

    Parameters
    ----------
    figure
        The figure.
    width
        Width in pixels of 1/96 inch, at least 280.

    Returns
    -------
    matplotlib.figure.Figure
        With one pair of axes; not known to ``pyplot``.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
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
    >>> len(matplotlib(figure).axes)
    1
    """
    must_be(Figure, figure, "figure", "a Figure, e.g. of sipukat.report.build(result).blocks")
    if width < _NARROWEST:
        raise ArgumentError(f"width must be at least {_NARROWEST} pixels, got {width}")
    if figure.chart not in charts.CHARTS:
        raise UnknownNameError("chart", figure.chart, charts.CHARTS)
    library: Any = require("matplotlib.figure", extra="plot", purpose="drawing a figure with matplotlib")
    drawn: Drawn = library.Figure(
        figsize=(width / _INCH, charts.height(figure, width) / _INCH), dpi=_INCH, layout="constrained"
    )
    axes = drawn.subplots()
    charts.CHARTS[figure.chart](figure, axes)
    wrapped = textwrap.fill(figure.caption, width=max(width // 7, 30), max_lines=4, placeholder=" …")
    drawn.suptitle(wrapped, fontsize=9, x=0.01, ha="left", parse_math=False)
    axes.spines[["top", "right"]].set_visible(False)
    return drawn


def png(figure: Figure, *, width: int = 720, dpi: int = 192) -> bytes:
    """Draw a figure as PNG; the same figure gives the same bytes under one version of matplotlib.

    Parameters
    ----------
    figure
        The figure.
    width
        Width in pixels of 1/96 inch, at least 280.
    dpi
        Pixels of the picture an inch: 96 gives a picture `width` pixels wide, the default
        one of twice as many.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    UnknownNameError
        If no chart of the figure's kind is known.
    ArgumentError
        If `width` is below 280, `dpi` below 24, or the picture above 20,000 pixels wide or tall.

    Notes
    -----
    Letters that the fonts of matplotlib lack, such as emoji, appear as boxes.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from sipukat.report.document import Figure
    >>> figure = Figure(
    ...     id="ikm", chart="band_gauge", caption="IKM", alt="IKM 90,64.", axis=("25", "100"),
    ...     data=[{"label": "IKM", "value": Decimal("90.64"), "low": None, "high": None}],
    ... )
    >>> png(figure, dpi=96)[1:4]
    b'PNG'
    """
    if dpi < 24:  # noqa: PLR2004  not to be read
        raise ArgumentError(f"dpi must be at least 24, got {dpi}")
    drawn = matplotlib(figure, width=width)
    size = max(drawn.get_size_inches()) * dpi
    if size > _WIDEST:
        told = number(int(size), 0, lang="en")
        raise ArgumentError(f"the picture would be {told} pixels; at most {_WIDEST:,}: lower dpi or width")
    held = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        drawn.savefig(held, format="png", dpi=dpi, metadata={"Software": None})
    return held.getvalue()
