"""How long one more answer takes: in memory, and on the disk, beside what the disk itself needs.

Usage: ``python benchmarks/bench_store.py [appends] [folder]`` (default 300, a temporary folder).

The bars: 50 microseconds in memory, 5 milliseconds durable. What the disk needs is measured in
turn with ours: SQLite alone, with the same settings, inserting a row of as many bytes; no store
that waits for the disk can be faster than that.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from sipukat import ikm
from sipukat.ikm.running import RunningMoments
from sipukat.ikm.store import MomentStore

CODES = [f"U{i}" for i in range(1, 10)]


def invented(count: int) -> list[list[int | None]]:
    rng = np.random.default_rng(20261124)
    rows = rng.integers(0, 5, (count, 9)).tolist()
    return [[score or None for score in row] for row in rows]


def timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_memory(count: int) -> float:
    """Median microseconds of one more answer into the running index of a city of 500 units."""
    desk = RunningMoments(by="unit", unsur=CODES)
    rows, units = invented(count), [f"unit {i % 500:03}" for i in range(count)]
    steps = [timed(lambda at=at: desk.add(rows[at], group=(units[at],))) for at in range(count)]
    frame = pd.DataFrame(rows, columns=CODES).astype("Int8").assign(unit=units)
    assert desk.moments() == ikm.moments(frame, by="unit")
    return statistics.median(steps) * 1e6


def durable(count: int, folder: Path) -> tuple[float, float]:
    """Median milliseconds of a durable append of one answer, and of a bare insert."""
    rows = invented(count)
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE x (id INTEGER PRIMARY KEY, held TEXT)")
    ours, theirs = [], []
    with MomentStore(folder / "ours.db", by="unit") as store:
        for at, row in enumerate(rows):
            one = RunningMoments(by="unit", unsur=CODES)
            one.add(row, group="Disdukcapil")
            text = one.moments().to_json()

            def append(at=at, one=one):
                store.append(one, batch=f"jawaban {at}", period="2026-11")

            def insert(text=text):
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO x (held) VALUES (?)", (text,))
                bare.execute("COMMIT")

            ours.append(timed(append))
            theirs.append(timed(insert))
        before = timed(store.moments)
        store.compact()
        after = timed(store.moments)
        assert store.moments().n.tolist() == [count]
    bare.close()
    print(f"reading {count:,} batches of one answer: {before * 1e3:.1f} ms; compacted: {after * 1e3:.1f} ms")
    return statistics.median(ours[5:]) * 1e3, statistics.median(theirs[5:]) * 1e3


def main(appends: int, folder: str | None) -> None:
    print(f"in memory: {in_memory(20_000):.1f} microseconds an answer (bar: 50)")
    with tempfile.TemporaryDirectory(dir=folder) as held:
        ours, bare = durable(appends, Path(held))
    print(f"durable: {ours:.2f} ms an answer (bar: 5); SQLite alone, the same bytes, {bare:.2f} ms")
    print(f"of it ours: {ours - bare:.2f} ms, ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, sys.argv[2] if len(sys.argv) > 2 else None)
