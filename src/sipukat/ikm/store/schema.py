"""The tables of a store, their version, and how they come to be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, MetaData, Table

VERSION: Final = 1
"""Version of the tables that this version of the library writes and reads."""

_OURS: Final = 0x5170_0CA7
"""Number of the lock under which PostgreSQL makes the tables once."""


def sqlalchemy() -> Any:
    """Return SQLAlchemy, or name the extra that brings it."""
    return require("sqlalchemy", extra="store", purpose="A store of moments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables.

    Parameters
    ----------
    metadata
        What SQLAlchemy knows of them.
    schema
        One row: the version.
    kind
        What the store holds, a name and its JSON a row; each is set once.
    batches
        One row a batch: its id, period, respondents and digest; never deleted, and changed only
        in that a compaction forgets the digests of small ones.
    pieces
        The sums: one row a batch, or one for many batches of a period after a compaction.
    """

    metadata: MetaData
    schema: Table
    kind: Table
    batches: Table
    pieces: Table


@cache
def tables() -> Tables:
    """Return the tables, described to SQLAlchemy."""
    sa = sqlalchemy()
    metadata = sa.MetaData()
    text, whole = sa.Text, sa.BigInteger().with_variant(sa.Integer, "sqlite")

    def column(name: str, kind: Any, *, key: bool = False, index: bool = False) -> Any:
        return sa.Column(name, kind, primary_key=key, index=index, nullable=False)

    return Tables(
        metadata=metadata,
        schema=sa.Table("sipukat_schema", metadata, column("version", sa.Integer, key=True)),
        kind=sa.Table("sipukat_kind", metadata, column("name", text, key=True), column("value", text)),
        batches=sa.Table(
            "sipukat_batches",
            metadata,
            column("batch", text, key=True),
            column("period", text, index=True),
            column("n", whole),
            column("digest", text),
            column("appended", text),
        ),
        pieces=sa.Table(
            "sipukat_pieces",
            metadata,
            column("id", whole, key=True),
            column("period", text, index=True),
            column("n", whole),
            column("digest", text),
            column("moments", text),
            sqlite_autoincrement=True,  # an id is not used again, so a reader cannot mistake a row
        ),
    )


def is_made(connection: Connection, where: str) -> bool:
    """Say whether the tables are there.

    Raises
    ------
    StoreError
        If they are of another version.
    """
    sa = sqlalchemy()
    schema = tables().schema
    if not sa.inspect(connection).has_table(schema.name):
        return False
    found = connection.execute(sa.select(schema.c.version)).scalars().all()
    if found != [VERSION]:
        newer = bool(found) and max(found) > VERSION
        raise StoreError(
            f"its tables have version {', '.join(map(str, found)) or 'none'}; this sipukat reads {VERSION}",
            where,
            "Install a newer sipukat." if newer else "Restore it from a copy.",
        )
    return True


def make(connection: Connection, where: str) -> None:
    """Make the tables where they are not there; safe beside others who do the same.

    Raises
    ------
    StoreError
        If they are there, of another version.
    """
    sa = sqlalchemy()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_OURS)))
    if not is_made(connection, where):
        held = tables()
        held.metadata.create_all(connection)
        connection.execute(held.schema.insert().values(version=VERSION))
