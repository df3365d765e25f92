"""A running index on disk: the sums of every batch of answers, added once and never lost.

`MomentStore` keeps the moments of each batch in SQLite or PostgreSQL, so that the index of
a unit and a period can be had at any time without the answers. No respondent is in it.
"""

from __future__ import annotations

from sipukat.ikm.store.records import Appended, Batch, Compacted
from sipukat.ikm.store.store import MomentStore

__all__ = ["Appended", "Batch", "Compacted", "MomentStore"]
