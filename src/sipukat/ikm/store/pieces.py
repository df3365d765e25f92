"""Rows of sums: written as JSON with its digest, read back, and added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import EstimationError, StoreError, UnknownNameError
from sipukat.ikm.moments import Moments, merge
from sipukat.ikm.store.records import sha256
from sipukat.ikm.store.schema import sqlalchemy, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Row

PERIOD: Final = "period"
"""Name of the column of groups that tells periods apart."""

_TOGETHER: Final = 256
"""Rows that are read and added at a time, which bounds the memory that is needed."""


def write(connection: Connection, m: Moments, *, period: str) -> int:
    """Add one row of sums, and return its id."""
    text = m.to_json()
    row = {"period": period, "n": int(m.n.sum()), "digest": sha256(text), "moments": text}
    table = tables().pieces
    return int(connection.execute(table.insert().values(row).returning(table.c.id)).scalar_one())


def decoded(row: Row[Any], where: str) -> Moments:
    """Return the sums of one row.

    Raises
    ------
    StoreError
        If they are not what was written.
    """
    if sha256(row.moments) != row.digest:
        raise StoreError(
            f"row {row.id} (period {row.period}) is damaged: its sums have another digest than was written",
            where,
            "Restore the store from a copy; nothing was estimated.",
        )
    return Moments.from_json(row.moments)


def read(
    connection: Connection, periods: Sequence[str] | None, *, by_period: bool, where: str
) -> Moments | None:
    """Add the sums of periods; None where no respondent is in them.

    Raises
    ------
    UnknownNameError
        If a period has no batch.
    StoreError
        If a row is damaged, or respondents of the batches are not in the sums.
    """
    sa = sqlalchemy()
    held = tables()
    totals = sa.select(held.batches.c.period, sa.func.sum(held.batches.c.n).label("total")).group_by(
        held.batches.c.period
    )
    expected = {row.period: int(row.total) for row in connection.execute(totals).all()}
    for period in periods or ():
        if period not in expected:
            raise UnknownNameError("period of the store", period, expected)
    query = sa.select(held.pieces).order_by(held.pieces.c.id)
    if periods is not None:
        query = query.where(held.pieces.c.period.in_(periods))
        expected = {period: expected[period] for period in periods}
    found = dict.fromkeys(expected, 0)
    total: Moments | None = None
    for rows in _some(connection, query):
        parts = [] if total is None else [total]
        for row in rows:
            found[row.period] = found.get(row.period, 0) + row.n
            m = decoded(row, where)
            parts.append(_labelled(m, row.period) if by_period else m)
        total = added(parts, where)
    lost = [period for period, n in expected.items() if found[period] != n]
    if lost or len(found) > len(expected):
        raise StoreError(
            f"sums and batches of {len(lost) or 'unknown'} periods do not agree; rows were changed by hand",
            where,
            "Restore the store from a copy; nothing was estimated.",
        )
    return total


def _some(connection: Connection, query: Any) -> Iterator[Sequence[Row[Any]]]:
    result = connection.execution_options(yield_per=_TOGETHER).execute(query)
    yield from result.partitions()


def _labelled(m: Moments, period: str) -> Moments:
    """Put the period before the groups."""
    groups = tuple((period, *group) for group in m.groups)
    within = m.within and _labelled(m.within, period)
    return replace(m, by=(PERIOD, *m.by), groups=groups, within=within)


def added(parts: Iterable[Moments], where: str, remedy: str = "Read each period alone.") -> Moments:
    """Add sums of the kind of the store.

    Raises
    ------
    StoreError
        If they contradict each other, e.g. on the population of a stratum.
    """
    try:
        return merge(list(parts))
    except EstimationError as failure:
        raise StoreError(f"its batches contradict each other: {failure}", where, remedy) from failure


def check_fits(connection: Connection, m: Moments, *, period: str, where: str) -> None:
    """Refuse sums that could not be added to those of their period.

    Raises
    ------
    StoreError
        If they contradict each other.
    """
    pieces = tables().pieces
    query = sqlalchemy().select(pieces).where(pieces.c.period == period).order_by(pieces.c.id)
    for rows in _some(connection, query):
        remedy = "Nothing was added; in one period a stratum has one population."
        added([*(decoded(row, where) for row in rows), m], where, remedy)
