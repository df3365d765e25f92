"""`MomentStore`: a running index on disk, that loses and doubles nothing."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sipukat.errors import ArgumentError, BatchConflictError, EstimationError, UnknownNameError
from sipukat.ikm.design import Design
from sipukat.ikm.estimators import estimate
from sipukat.ikm.moments import Moments
from sipukat.ikm.running import RunningMoments
from sipukat.ikm.scan import moments
from sipukat.ikm.store import pieces
from sipukat.ikm.store.compaction import compact_period
from sipukat.ikm.store.connecting import Database
from sipukat.ikm.store.kind import as_tuple, held_kind, inserting, kind_of, settle, stated_kind
from sipukat.ikm.store.records import FORGOTTEN, Appended, Batch, Compacted, checked_name, digest_of
from sipukat.ikm.store.schema import is_made, make, sqlalchemy, tables
from sipukat.survey import Responses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from narwhals.stable.v2.typing import IntoFrame
    from sqlalchemy import Connection

    from sipukat.ikm.results import IkmResult
    from sipukat.standards import SurveyStandard


class MomentStore:
    """Sums of batches of answers, kept in SQLite or PostgreSQL.

    A batch is added whole or not at all, once, however often it is sent and whatever is
    killed meanwhile: what `append` has returned for is on the disk. Several processes may
    write, read and compact at once. The store holds sums only, never a respondent, and one
    kind of them: one standard, order of unsur, design and set of groups.

    Parameters
    ----------
    place
        Path of a SQLite file, on a disk of this machine; or a URL of SQLAlchemy, such as
        ``"postgresql://skm@db.example/skm"``.
    standard, by, design
        What the store holds, where it is set at once and not by the first batch. A store
        that exists must hold the same.

    Raises
    ------
    StoreError
        If the store cannot be opened, was made by a newer version, or holds another kind.
    ArgumentError
        If `place` is no place for a store.
    MissingExtraError
        If SQLAlchemy (``pip install "sipukat[store]"``) or the driver of the database is absent.

    Notes
    -----
    Unweighted sums are integers: they do not depend on the order in which batches came,
    nor on compaction. Weighted ones do, by rounding (1e-12).

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> day = pd.DataFrame({"unit": ["A", "B"], **{f"U{i}": [3, 4] for i in range(1, 10)}})
    >>> with tempfile.TemporaryDirectory() as folder, MomentStore(f"{folder}/indeks.db") as store:
    ...     first = store.append(day, batch="2026-03-02", period="2026-03", by="unit")
    ...     again = store.append(day, batch="2026-03-02", period="2026-03")
    ...     index = store.estimate().overall.ikm
    >>> first.new, again.new, index
    (True, False, 87.5)
    """

    __slots__ = ("_database", "_made")

    def __init__(
        self,
        place: str | Path,
        *,
        standard: str | SurveyStandard | None = None,
        by: str | Sequence[str] | None = None,
        design: Design | None = None,
    ) -> None:
        self._database = Database(place)
        self._made = False
        kind = stated_kind(standard, by, design)
        if kind:
            with self._writing() as connection:
                settle(connection, kind, self._where)
        elif not self._database.absent:
            with self._database.reading() as connection:
                self._made = is_made(connection, self._where)

    @property
    def _where(self) -> str:
        return self._database.where

    def __repr__(self) -> str:
        return f"<MomentStore {self._where}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; the store opens again when it is used."""
        self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self._made:
            self._database.prepare()
        with self._database.writing() as connection:
            if not self._made:
                make(connection, self._where)
            yield connection
        self._made = True

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """Yield None where there is no store yet; looking makes none."""
        if self._database.absent:
            yield None
            return
        with self._database.reading() as connection:
            self._made = self._made or is_made(connection, self._where)
            yield connection if self._made else None

    def append(
        self,
        data: Responses | Moments | RunningMoments | IntoFrame,
        *,
        batch: str,
        period: str,
        standard: str | SurveyStandard | None = None,
        by: str | Sequence[str] | None = None,
        design: Design | None = None,
        order: str | Sequence[str] | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Appended:
        """Add a batch of answers, once.

        Parameters
        ----------
        data
            Whatever `sipukat.ikm.moments` takes, or sums.
        batch
            Id of the batch, e.g. the desk and the day. The same id with the same sums (and
            period) is the same batch, and is not added again; of a small one that was
            compacted, the same number of respondents (see `compact`).
        period
            The period that the batch belongs to, e.g. ``"2026-03"``; sorted as text.
        standard, by, design
            As for `sipukat.ikm.moments`; by default what the store holds.
        order, columns
            See `sipukat.read_survey`.

        Returns
        -------
        Appended
            Once it is returned, the batch is on the disk.

        Raises
        ------
        BatchConflictError
            If the store has a batch of that id with other sums, or in another period.
        StoreError
            If the sums are of another kind than those of the store, contradict them, or could
            not be kept; nothing is then added.
        ArgumentError
            If `batch` or `period` is no name.
        ColumnError, AnswerError, DesignError
            As `sipukat.ikm.moments`.
        """
        name, when = checked_name(batch, "batch"), checked_name(period, "period")
        given = data.moments() if isinstance(data, RunningMoments) else data
        known = {} if isinstance(given, Moments) else self._known()
        sums = moments(
            given,
            standard if standard is not None or isinstance(given, Responses) else known.get("standard"),
            by=by if by is not None else known.get("by", ()),
            design=design if design is not None else known.get("design"),
            order=order,
            columns=columns,
        )
        if isinstance(given, Moments) and by is not None and as_tuple(by) != sums.by:
            raise EstimationError(f"the moments were taken by {sums.by}, not by {as_tuple(by)}")
        return self._append(sums, name, when)

    def _known(self) -> dict[str, Any]:
        """Return how the store wants rows to be summed, as far as it says."""
        with self._reading() as connection:
            held = {} if connection is None else held_kind(connection)
        if "design" in held:
            held["design"] = Design.model_validate(held["design"])
        return held

    def _append(self, sums: Moments, batch: str, period: str) -> Appended:
        n, digest = int(sums.n.sum()), digest_of(sums)
        table = tables().batches
        row = {"batch": batch, "period": period, "n": n, "digest": digest, "appended": _now()}
        with self._writing() as connection:
            settle(connection, kind_of(sums), self._where)
            insert = inserting(connection, table).values(row).returning(table.c.batch)
            new = connection.execute(insert).first() is not None
            if not new:
                held = connection.execute(sqlalchemy().select(table).where(table.c.batch == batch)).one()
                other = held.digest not in {digest, FORGOTTEN}
                if other or (held.period, held.n) != (period, n):
                    raise BatchConflictError(batch, (held.period, held.n), (period, n), self._where)
            elif n:
                self._check_population(connection, sums, period)
                pieces.write(connection, sums, period=period)
        return Appended(batch=batch, period=period, new=new, n=n)

    def _check_population(self, connection: Connection, sums: Moments, period: str) -> None:
        """Refuse a batch whose column of population contradicts the batches of its period.

        Let in, it would make the whole period unreadable.
        """
        if not (isinstance(sums.design.population, str) or isinstance(sums.design.ssu_population, str)):
            return
        connection.execute(sqlalchemy().select(tables().schema).with_for_update())  # one after the other
        pieces.check_fits(connection, sums, period=period, where=self._where)

    def moments(self, period: str | Sequence[str] | None = None, *, by_period: bool = False) -> Moments:
        """Return the sums of all batches, as of one moment.

        Parameters
        ----------
        period
            The period, or periods; by default all.
        by_period
            Whether periods are groups: a first column ``period`` before those of `by`.

        Raises
        ------
        UnknownNameError
            If no batch has that period.
        EstimationError
            If there is no respondent.
        StoreError
            If the store is damaged, or its batches contradict each other.
        ArgumentError
            If `by_period` is asked of a store that has a column ``period`` of its own.
        """
        periods = None if period is None else as_tuple(period)
        with self._reading() as connection:
            if connection is None:
                if periods:
                    raise UnknownNameError("period of the store", periods[0], ())
                found = None
            else:
                if by_period and pieces.PERIOD in held_kind(connection).get("by", ()):
                    raise ArgumentError(
                        f"the store has a column {pieces.PERIOD!r} among by=; read its periods one by one"
                    )
                found = pieces.read(connection, periods, by_period=by_period, where=self._where)
        if found is None:
            raise EstimationError(f"{self._where}: there is no respondent yet; append a batch first")
        return found

    def estimate(
        self,
        period: str | Sequence[str] | None = None,
        *,
        by_period: bool = False,
        standard: str | SurveyStandard | None = None,
        profile: str = "exact",
        missing: str = "per_unsur",
        confidence_level: float = 0.95,
        interval: str = "beta_ends",
    ) -> IkmResult:
        """Estimate the index of what the store holds.

        Parameters
        ----------
        period, by_period
            See `moments`.
        standard
            The standard itself, where it is a local one that is not installed.
        profile, missing, confidence_level, interval
            See `sipukat.ikm.estimate`.

        Returns
        -------
        IkmResult
        """
        return estimate(
            self.moments(period, by_period=by_period),
            standard,
            profile=profile,
            missing=missing,
            confidence_level=confidence_level,
            interval=interval,
        )

    def batches(self, period: str | None = None) -> tuple[Batch, ...]:
        """Return the batches, by period and id.

        Parameters
        ----------
        period
            Only those of this period.
        """
        sa = sqlalchemy()
        table = tables().batches
        query = sa.select(table)
        if period is not None:
            query = query.where(table.c.period == period)
        with self._reading() as connection:
            rows = [] if connection is None else connection.execute(query).all()
        found = [Batch(**row._asdict()) for row in rows]
        return tuple(sorted(found, key=lambda held: (held.period, held.batch)))

    def periods(self) -> tuple[str, ...]:
        """Return the periods that have a batch, sorted as text."""
        sa = sqlalchemy()
        with self._reading() as connection:
            if connection is None:
                return ()
            return tuple(
                sorted(connection.execute(sa.select(tables().batches.c.period).distinct()).scalars())
            )

    def compact(self, period: str | None = None) -> Compacted:
        """Put one row of sums in the place of many, so that reading is fast again.

        Batches stay known by their ids and digests; the digests of those with fewer than 10
        respondents are forgotten with their sums, as the answers of a few people are found
        from one by trying all there are. Such a batch is known again by its id, period and
        respondents only. Others may write and read meanwhile; stopped at any point, it has
        lost nothing.

        Parameters
        ----------
        period
            The period; by default each.

        Returns
        -------
        Compacted
        """
        before = self._rows(period)
        for held in self.periods():
            if period in {None, held}:
                compact_period(self._database, held)
        return Compacted(before=before, after=self._rows(period))

    def _rows(self, period: str | None) -> int:
        sa = sqlalchemy()
        table = tables().pieces
        query = sa.select(sa.func.count()).select_from(table)
        if period is not None:
            query = query.where(table.c.period == period)
        with self._reading() as connection:
            return 0 if connection is None else int(connection.execute(query).scalar_one())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
