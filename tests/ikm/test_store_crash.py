"""Real processes, killed at random moments, lose and double nothing; on SQLite and on PostgreSQL.

A server process imports the library once and forks the writers, so that a kill can fall
anywhere in their work and not mostly into their imports.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import StoreError
from sipukat.ikm.store import MomentStore, compaction

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra store)")
pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="writers are forked, which this system cannot"
)

CODES = [f"U{i}" for i in range(1, 10)]
BATCHES = 45
PERIODS = ("2026-01", "2026-02", "2026-03")


def batch(number):
    """Return the answers of a batch, the same in every process."""
    rng = np.random.default_rng(number)
    rows = rng.integers(0, 5, (5, 9)).astype(float)
    rows[rows == 0] = np.nan
    return pd.DataFrame(rows, columns=CODES).assign(unit=rng.choice(["a", "b", "c"], 5))


def period(number):
    return PERIODS[number % len(PERIODS)]


FORKING = """
import os, random, sys, time
import numpy as np, pandas as pd
from sipukat.errors import StoreError
from sipukat.ikm.store import MomentStore
CODES, PERIODS = {codes!r}, {periods!r}
{batch}
{period}
def write(place, seed, count):
    order = list(range(count))
    random.Random(seed).shuffle(order)
    with MomentStore(place, by="unit") as store:
        for number in order:
            store.append(batch(number), batch=f"b{{number}}", period=period(number))
def compact(place, seed, count):
    with MomentStore(place, by="unit") as store:
        for _ in range(count):
            store.compact()
write("sqlite:///" + sys.argv[1], 0, 1)  # so that a fork has nothing left to import
print("ready", flush=True)
for line in sys.stdin:
    work, place, seed, count = line.split("\\t")
    child = os.fork()
    if not child:
        status = 1
        try:
            globals()[work](place, int(seed), int(count))
            status = 0
        except StoreError as failure:
            print(failure, file=sys.stderr, flush=True)
            status = 3
        finally:
            os._exit(status)
    print(child, flush=True)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, flush=True)
"""


class Forker:
    """A process that forks one writer at a time."""

    def __init__(self, scratch):
        import inspect

        code = FORKING.format(
            codes=CODES, periods=PERIODS, batch=inspect.getsource(batch), period=inspect.getsource(period)
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "error"},
        )
        self.child = None

    def ready(self):
        assert self.process.stdout.readline() == "ready\n", self.process.stderr.read()

    def start(self, work, place, *, seed=0, count=BATCHES):
        self.process.stdin.write(f"{work}\t{place}\t{seed}\t{count}\n")
        self.process.stdin.flush()
        self.child = int(self.process.stdout.readline())

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)

    def wait(self):
        """Return how the writer ended: 0 done, 3 refused by the store, -9 killed."""
        return int(self.process.stdout.readline())

    def close(self):
        self.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def forkers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forkers")
    held = [Forker(folder / f"{at}.db") for at in range(3)]
    for forker in held:
        forker.ready()
    yield held
    for forker in held:
        forker.close()


class Server:
    """A PostgreSQL server of its own, which only this test run can reach."""

    def __init__(self, programs):
        self.programs = Path(programs)
        self.folder = Path(tempfile.mkdtemp(prefix="sipukat-pg-"))
        self.owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if not os.geteuid() else {}
        if self.owner:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8")
        self.start()

    def run(self, program, *options):
        done = subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *options],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **self.owner,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self):
        options = f"-k {self.folder} -c listen_addresses='' -c synchronous_commit=off"
        log = self.folder / "log"
        self.run("pg_ctl", "-w", "-l", str(log), "-o", options, "start")

    def stop(self, mode):
        self.run("pg_ctl", "-w", "-m", mode, "stop")

    def store(self, name):
        """Return the URL of an empty schema."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://postgres@/postgres?host={self.folder}&options=-csearch_path%3D{name}"


@pytest.fixture(scope="module")
def server():
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    initdb = shutil.which("initdb") or (str(max(found)) if found else None)
    if initdb is None:
        pytest.skip("there is no initdb: PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed (dependency group test)")
    held = Server(Path(initdb).resolve().parent)
    yield held
    held.stop("immediate")  # nothing of it is kept
    shutil.rmtree(held.folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Return the URL of a new store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'indeks.db'}"
    return request.getfixturevalue("server").store(request.node.originalname)


def whole(numbers=range(BATCHES)):
    return pd.concat([batch(number) for number in numbers])


def assert_holds_all(place):
    with MomentStore(place) as store:
        assert store.moments() == ikm.moments(whole(), by="unit")
        assert sorted(b.batch for b in store.batches()) == sorted(f"b{n}" for n in range(BATCHES))
        assert {b.n for b in store.batches()} == {5}
        for name in PERIODS:
            numbers = [n for n in range(BATCHES) if period(n) == name]
            assert store.moments(name) == ikm.moments(whole(numbers), by="unit")


def assert_consistent(place):
    """Whatever was killed, what is held is whole batches: the sums of exactly those that it names."""
    with MomentStore(place) as store:
        numbers = [int(b.batch[1:]) for b in store.batches()]
        if numbers:
            assert store.moments() == ikm.moments(whole(numbers), by="unit")
        return len(numbers)


def test_a_writer_that_is_killed_again_and_again_gets_done(place, forkers):
    chance = random.Random(20)  # noqa: S311  no secret
    forker, killed, seen = forkers[0], 0, []
    for life in range(12):
        forker.start("write", place, seed=life)
        time.sleep(chance.uniform(0.02, 0.25))
        forker.kill()
        killed += forker.wait() == -signal.SIGKILL
        seen.append(assert_consistent(place))
    assert killed >= 3  # else nothing was tried
    assert seen == sorted(seen)  # what is on the disk stays there
    forker.start("write", place)
    assert forker.wait() == 0
    assert_holds_all(place)


def test_several_writers_at_once_lose_and_double_nothing(place, forkers):
    for seed, forker in enumerate(forkers):  # each sends every batch
        forker.start("write", place, seed=seed)
    assert [forker.wait() for forker in forkers] == [0, 0, 0]
    assert_holds_all(place)


def test_compactions_are_killed_beside_writers(place, forkers):
    chance = random.Random(4)  # noqa: S311  no secret
    *writers, compacter = forkers
    with MomentStore(place) as store:
        store.append(batch(0), batch="b0", period=period(0), by="unit")
    for seed, writer in enumerate(writers):
        writer.start("write", place, seed=seed)
    killed = 0
    for _ in range(10):
        compacter.start("compact", place, count=10_000)
        time.sleep(chance.uniform(0.02, 0.2))
        compacter.kill()
        killed += compacter.wait() == -signal.SIGKILL
        with MomentStore(place, by="unit") as store:  # reading compares the sums with the batches
            assert int(store.moments().n.sum()) % 5 == 0
    assert killed == 10
    assert [writer.wait() for writer in writers] == [0, 0]
    assert_holds_all(place)
    with MomentStore(place) as store:
        assert store.compact().after == len(PERIODS)
    assert_holds_all(place)


def test_two_compactions_at_once_do_not_undo_each_other(place, forkers):
    writer, *compacters = forkers
    writer.start("write", place)
    for compacter in compacters:
        compacter.start("compact", place, count=15)
    assert [forker.wait() for forker in forkers] == [0, 0, 0]
    assert_holds_all(place)


def test_rows_that_another_compaction_has_taken_are_not_added_again(place):
    with MomentStore(place, by="unit") as slow, MomentStore(place) as quick:
        for number in range(6):
            slow.append(batch(number), batch=f"b{number}", period="p")
        sums = slow.moments()
        with slow._database.reading() as connection:
            ids = sorted(connection.exec_driver_sql("SELECT id FROM sipukat_pieces").scalars())
        for some in (ids, ids[:3]):  # read by one process, and by another before the first is done
            total = compaction._total(slow._database, some)
            quick.compact()
            assert total is None or compaction._exchange(slow._database, some, total, "p") is None
            assert slow.moments() == sums
        assert slow.compact().after == 1


def test_a_reader_sees_one_moment_of_the_store(place):
    with MomentStore(place, by="unit") as reader, MomentStore(place) as writer:
        reader.append(batch(0), batch="b0", period="p")
        with reader._database.reading() as connection:
            count = "SELECT count(*) FROM sipukat_batches"
            seen = [connection.exec_driver_sql(count).scalar()]
            writer.append(batch(1), batch="b1", period="p")
            seen.append(connection.exec_driver_sql(count).scalar())
        assert seen == [1, 1]
        assert len(reader.batches()) == 2


def test_a_server_that_falls_comes_back_with_what_it_promised(server, forkers):
    place = server.store("falls")
    forker = forkers[0]
    forker.start("write", place)
    deadline = time.monotonic() + 30
    while assert_count(place) < 5:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    server.stop("immediate")  # no clean end: what was not on the disk is gone
    ended = forker.wait()
    server.start()
    held = assert_consistent(place)
    assert (ended, held >= 5) == (3, True)
    forker.start("write", place, seed=1)
    assert forker.wait() == 0
    assert_holds_all(place)


def assert_count(place):
    with MomentStore(place) as store:
        return len(store.batches())


def test_commits_are_on_the_disk_also_where_the_server_would_not_wait(server):
    place = server.store("waits")
    with MomentStore(place) as store:
        store.append(batch(1), batch="1", period="2026", by="unit")
        with store._database.writing() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_sqlite_waits_for_the_disk_at_every_commit(tmp_path):
    with MomentStore(tmp_path / "x.db") as store:
        store.append(batch(1), batch="1", period="2026", by="unit")
        with store._database.writing() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            other = sqlite3.connect(tmp_path / "x.db", timeout=0)
            with pytest.raises(sqlite3.OperationalError, match="locked"):  # it has its turn already
                other.execute("BEGIN IMMEDIATE")
            other.close()


def test_a_store_that_was_open_at_a_fork_works_on_both_sides(tmp_path):
    code = """
import os, sys
from sipukat.ikm.running import RunningMoments
from sipukat.ikm.store import MomentStore
desk = RunningMoments("spak")
desk.add([4, 4, 4, 4, 4])
with MomentStore(sys.argv[1]) as store:
    store.append(desk, batch="before", period="p")
    child = os.fork()
    if not child:
        new = store.append(desk, batch="child", period="p").new
        os._exit(0 if new else 1)
    store.append(desk, batch="parent", period="p")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.moments().n.tolist() == [3]
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(tmp_path / "x.db")],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of one megabyte."""
    if not sys.platform.startswith("linux") or os.geteuid():
        pytest.skip("a small disk can be mounted on Linux, by root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_a_full_disk_loses_nothing_and_is_said(small_disk):
    (small_disk / "penuh").write_bytes(bytes(600_000))
    held = []
    with MomentStore(small_disk / "indeks.db", by="unit") as store:
        with pytest.raises(StoreError, match=r"full|disk"):  # noqa: PT012  which append, is not known
            for number in range(BATCHES * 10):
                store.append(batch(number), batch=f"b{number}", period="2026")
                held.append(number)
        assert held
        assert [b.batch for b in store.batches()] == sorted(f"b{n}" for n in held)
        assert store.moments() == ikm.moments(whole(held), by="unit")
        (small_disk / "penuh").unlink()
        assert store.append(batch(len(held)), batch=f"b{len(held)}", period="2026").new
        assert store.moments() == ikm.moments(whole([*held, len(held)]), by="unit")
