"""Connections to SQLite and PostgreSQL that keep what they say they have kept."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat.errors import ArgumentError, StoreError
from sipukat.ikm.store.schema import sqlalchemy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

_PATIENCE_MS: Final = 60_000
"""How long a writer waits for another one before it gives up."""

_PAUSE_MS: Final = 20

_WRITES: Final = "sipukat_writes"


class Database:
    """One database: its place, and transactions that write or read.

    Parameters
    ----------
    place
        A path of a SQLite file, or a URL of SQLAlchemy.

    Raises
    ------
    ArgumentError
        If it is neither, or a database in memory.
    MissingExtraError
        If SQLAlchemy or the driver is absent.
    """

    __slots__ = ("_engine", "_file", "_pid", "where")

    def __init__(self, place: str | Path) -> None:
        url = _url(place)
        self.where = _shown(url)
        self._file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
        self._engine = _engine(url)
        self._pid = os.getpid()

    @property
    def absent(self) -> bool:
        """Whether the file is not there yet; opening it would make an empty one."""
        return self._file is not None and not self._file.exists()

    def _ours(self) -> Engine:
        if self._pid != os.getpid():  # a connection must not be used on both sides of a fork
            self._engine.dispose(close=False)
            self._pid = os.getpid()
        return self._engine

    def prepare(self) -> None:
        """Make a SQLite file ready for readers and a writer at once.

        Raises
        ------
        StoreError
            If the file cannot be made, or is no database.
        """
        if self._file is None:
            return
        with self._reported(), self._ours().connect() as connection:
            _log_beside(connection.connection.cursor())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is kept, or nothing.

        Raises
        ------
        StoreError
            If the database refuses or cannot keep it.
        """
        with self._reported(), self._ours().connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the store, whatever others write meanwhile.

        Raises
        ------
        StoreError
            If the database cannot be read.
        """
        with self._reported(), self._ours().connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def _reported(self) -> Iterator[None]:
        sa = sqlalchemy()
        try:
            yield
        except sa.exc.DBAPIError as failure:
            reason = str(failure.orig).strip().splitlines() or [type(failure.orig).__name__]
            raise StoreError(
                f"the database did not do it: {reason[0]}",
                self.where,
                "What was kept before is intact; mend the cause and append the same batch again.",
            ) from failure

    def close(self) -> None:
        """Close every connection."""
        self._ours().dispose()


def _shown(url: URL) -> str:
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()


def _url(place: str | Path) -> URL:
    sa = sqlalchemy()
    text = os.fspath(place)
    if "://" not in text:
        url: URL = sa.URL.create("sqlite", database=text)
    else:
        try:
            url = sa.make_url(text)
        except (sa.exc.ArgumentError, ValueError):  # of a port that is no number; it may quote a password
            raise ArgumentError("the place of a store is no URL; give e.g. 'indeks.db'") from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    backend = url.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise ArgumentError(f"a store lies in SQLite or PostgreSQL, not in {backend!r}")
    if backend == "sqlite" and (url.database or ":memory:").startswith((":memory:", "file:")):
        raise ArgumentError(
            "a store must outlive its process: give the path of a file; in memory use RunningMoments"
        )
    return url


def _engine(url: URL) -> Engine:
    sa = sqlalchemy()
    if url.get_backend_name() == "postgresql":
        require(url.get_driver_name(), extra="store", purpose="A store in PostgreSQL")
        engine: Engine = sa.create_engine(url, pool_pre_ping=True)
        sa.event.listen(engine, "connect", _durable)
        return engine
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE_MS / 1000})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: Any, _record: object) -> None:
    """Wait for the disk at every commit, also where the server is set not to."""
    cursor = connection.cursor()
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    connection.commit()


def _prepare(connection: Any, _record: object) -> None:
    """Set a new connection of SQLite: our own BEGIN, fsync at every commit, zeros over what is deleted."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")  # else the sums of a small batch outlive its compaction
    cursor.close()


def _log_beside(cursor: Any) -> None:
    """Let readers and a writer not wait for each other; a file remembers it, so it is set once."""
    from sqlite3 import OperationalError

    for _ in range(_PATIENCE_MS // _PAUSE_MS):
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except OperationalError as failure:  # SQLite does not wait here when another process does the same
            if "locked" not in str(failure):
                raise
            time.sleep(_PAUSE_MS / 1000)


def _begin(connection: Connection) -> None:
    # a writer takes its turn before it reads: one that had to wait later would be refused
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
