"""Results put into words, tables and figures, before any format: the `Document`.

`build` makes a document of a result; `sipukat.export` makes a file of a document.
"""

from __future__ import annotations

from sipukat.report.build import build
from sipukat.report.document import (
    Block,
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Headline,
    Item,
    Note,
    Paragraph,
    Poster,
    Provenance,
    Table,
)
from sipukat.report.earlier import compared_with
from sipukat.report.sheets import Band, ProcessedUnsur, Processing, Tally, TallyRow

__all__ = [
    "Band",
    "Block",
    "Column",
    "Document",
    "Fact",
    "Figure",
    "Heading",
    "Headline",
    "Item",
    "Note",
    "Paragraph",
    "Poster",
    "ProcessedUnsur",
    "Processing",
    "Provenance",
    "Table",
    "Tally",
    "TallyRow",
    "build",
    "compared_with",
]
