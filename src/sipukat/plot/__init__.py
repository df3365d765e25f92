"""Figures drawn: a `Figure` of a document in, SVG out, without any other package.

`matplotlib` and `png` draw the same with matplotlib, where the extra ``plot`` is installed.
"""

from __future__ import annotations

from sipukat.plot.matplotlib_figure import matplotlib, png
from sipukat.plot.svg import svg

__all__ = ["matplotlib", "png", "svg"]
