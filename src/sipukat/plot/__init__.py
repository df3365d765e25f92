"""Figures drawn: a `Figure` of a document in, SVG out, without any other package."""

from __future__ import annotations

from sipukat.plot.svg import svg

__all__ = ["svg"]
