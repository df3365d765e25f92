"""The sums of all answers, and of those that are shown.

What is kept is moments, in `sipukat.ikm.MomentStore`. Somebody who watches the board
before and after one answer could compute that answer from the two indices; so the board
shows a copy of the sums that takes several new answers of a unit at a time, or none.
"""

from __future__ import annotations

import operator
import secrets
import sqlite3
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from sipukat import ikm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sipukat.ikm import IkmResult
    from sipukat.standards import SurveyStandard

_TABLES = """
CREATE TABLE IF NOT EXISTS app_secret (one INTEGER PRIMARY KEY CHECK (one = 1), secret BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS app_shown (
  period TEXT NOT NULL, unit TEXT NOT NULL, n INTEGER NOT NULL, moments TEXT NOT NULL,
  PRIMARY KEY (period, unit)
) WITHOUT ROWID;
"""
# Two processes may show at once: the one with more answers stays, and never a step too small.
_SHOW = """
INSERT INTO app_shown VALUES (:period, :unit, :n, :moments)
ON CONFLICT DO UPDATE SET n = excluded.n, moments = excluded.moments WHERE excluded.n >= n + :step
"""


def period_of(day: date) -> str:
    """Return the quarter of a day, e.g. ``2026-TW4``."""
    return f"{day.year}-TW{(day.month + 2) // 3}"


def title_of(period: str) -> str:
    """Return a quarter in words, e.g. ``Triwulan IV 2026``."""
    year, _, quarter = period.partition("-TW")
    return f"Triwulan {('I', 'II', 'III', 'IV')[int(quarter) - 1]} {year}"


def this_period() -> str:
    """Return the quarter of today, by the clock of the office."""
    return period_of(date.today())  # noqa: DTZ011  a day of the office's own calendar


class Sums:
    """The sums of one office, safe for several processes on one SQLite file."""

    def __init__(self, database: Path, rule: SurveyStandard, *, step: int) -> None:
        self._database, self._rule, self._step = database, rule, step
        self._store = ikm.MomentStore(database, standard=rule, by="unit")
        with self._own() as connection:
            connection.executescript(_TABLES)
            made = (secrets.token_bytes(32),)
            connection.execute("INSERT OR IGNORE INTO app_secret VALUES (1, ?)", made)
            self.secret: bytes = connection.execute("SELECT secret FROM app_secret").fetchone()[0]
        self._estimated = lru_cache(maxsize=8)(self._estimate)

    @contextmanager
    def _own(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database, timeout=60)) as connection, connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._store.close()

    def add(self, scores: Mapping[str, int | None], *, code: str, nama: str, batch: str, period: str) -> bool:
        """Add one answer about a unit, once; return whether it is new.

        Raises
        ------
        BatchConflictError
            If that batch came before, with other scores.
        """
        one = ikm.RunningMoments(self._rule, by="unit")
        one.add([scores.get(key) for key in self._rule.unsur_keys], group=nama)
        own = f"{period}/{code}"  # a unit's sums are read and compacted without the others
        new = self._store.append(one, batch=batch, period=own).new
        self._show(own, period, code)
        return new

    def _show(self, own: str, period: str, unit: str) -> None:
        sums = self._store.moments(own)
        n = int(sums.n.sum())
        if n < self._step:
            return
        row = {"period": period, "unit": unit, "n": n, "moments": sums.to_json()}
        with self._own() as connection:
            shown = connection.execute(_SHOW, {**row, "step": self._step}).rowcount
        if shown:
            self._store.compact(own)  # no row of the store is one person's any more

    def version(self, period: str) -> int:
        """Return a number that grows with every change of what is shown."""
        query = "SELECT coalesce(sum(n), 0) FROM app_shown WHERE period = ?"
        with self._own() as connection:
            return int(connection.execute(query, (period,)).fetchone()[0])

    def periods(self) -> tuple[str, ...]:
        """Return the periods that are shown, the latest first."""
        with self._own() as connection:
            rows = connection.execute("SELECT DISTINCT period FROM app_shown ORDER BY period DESC")
            return tuple(row[0] for row in rows)

    def shown(self, period: str) -> IkmResult | None:
        """Return the index of what is shown; None before there is any."""
        version = self.version(period)
        return self._estimated(period, version) if version else None

    def _estimate(self, period: str, _version: int) -> IkmResult:
        query = "SELECT moments FROM app_shown WHERE period = ? ORDER BY unit"
        with self._own() as connection:
            texts = [row[0] for row in connection.execute(query, (period,))]
        total = reduce(operator.add, map(ikm.Moments.from_json, texts))
        return ikm.estimate(total, self._rule)
