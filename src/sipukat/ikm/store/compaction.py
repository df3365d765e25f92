"""Many rows of sums into one, while others write.

Rows of sums never change. So rows may be read and added at leisure; it is enough that,
in the one transaction that puts their total in their place, all of them are still there.

The digest of a small batch goes before its sums do: whoever holds the file could try all
answers that a few people can have given. A key beside it would be in the same file, and
the trying is too short (two million for one person) for a slow digest to matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.ikm.sharing import BELOW
from sipukat.ikm.store.pieces import added, decoded, write
from sipukat.ikm.store.records import FORGOTTEN
from sipukat.ikm.store.schema import sqlalchemy, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.moments import Moments
    from sipukat.ikm.store.connecting import Database

_TOGETHER: Final = 500
"""Rows that become one at a time."""


def compact_period(database: Database, period: str) -> None:
    """Put one row of sums in the place of those that a period has now; later ones stay."""
    sa = sqlalchemy()
    pieces = tables().pieces
    with database.reading() as connection:
        query = sa.select(pieces.c.id).where(pieces.c.period == period).order_by(pieces.c.id)
        ids = list(connection.execute(query).scalars())
    _forget_digests(database, period)
    while len(ids) > 1:
        some = ids[:_TOGETHER]
        total = _total(database, some)
        made = None if total is None else _exchange(database, some, total, period)
        if made is None:  # another process is compacting; its work is as good as ours
            return
        ids = [made, *ids[_TOGETHER:]]


def _forget_digests(database: Database, period: str) -> None:
    """Leave no digest of a batch of few people; one with more has too many answers to try."""
    batches = tables().batches
    small = (batches.c.period == period) & (batches.c.n < BELOW) & (batches.c.digest != FORGOTTEN)
    with database.writing() as connection:
        connection.execute(batches.update().where(small).values(digest=FORGOTTEN))


def _total(database: Database, ids: Sequence[int]) -> Moments | None:
    """Add rows; None where some are gone."""
    sa = sqlalchemy()
    pieces = tables().pieces
    with database.reading() as connection:
        query = sa.select(pieces).where(pieces.c.id.in_(ids)).order_by(pieces.c.id)
        rows = connection.execute(query).all()
    if len(rows) != len(ids):
        return None
    return added((decoded(row, database.where) for row in rows), database.where)


def _exchange(database: Database, ids: Sequence[int], total: Moments, period: str) -> int | None:
    """Put a total in the place of its rows, in one transaction; None, and nothing done, if some are gone."""
    sa = sqlalchemy()
    held = tables()
    with database.writing() as connection:
        # one compaction at a time; on SQLite every writer is alone already
        connection.execute(sa.select(held.schema).with_for_update())
        there = sa.select(sa.func.count()).select_from(held.pieces).where(held.pieces.c.id.in_(ids))
        if connection.execute(there).scalar_one() != len(ids):
            return None
        connection.execute(held.pieces.delete().where(held.pieces.c.id.in_(ids)))
        return write(connection, total, period=period)
