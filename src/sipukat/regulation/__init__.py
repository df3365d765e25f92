"""Regulations and citations: the forms that offices write, read and printed.

One spelling is canonical (`Regulation.id`, `str(citation)`); the others are understood.
`Citation.parse` reads one, `Citation.find` all of a text.
"""

from sipukat.regulation.around import Relation
from sipukat.regulation.model import Citation, Found, Regulation

__all__ = ["Citation", "Found", "Regulation", "Relation"]
