"""How long `estimate` takes, as ratios to pandas in the same run.

Usage: ``python benchmarks/bench_estimate.py [rows] [groups]`` (default 1,000,000 and 2,000).

Answers are invented: a latent trait, 35 % straight-liners, 3 % unanswered. What the naive
script computes is what `estimate` computes too: means, counts, distributions and the
covariance of the unsur by group.
"""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np
import pandas as pd

from sipukat import ikm

ITEMS = [f"U{i}" for i in range(1, 10)]


def invented(rows: int, groups: int) -> pd.DataFrame:
    rng = np.random.default_rng(20261124)
    trait = rng.normal(size=rows)
    answers = {item: np.digitize(trait + rng.normal(size=rows), [-1.5, -0.7, 0.6]) + 1 for item in ITEMS}
    alike = rng.random(rows) < 0.35
    frame = pd.DataFrame()
    for item, values in answers.items():
        column = pd.array(np.where(alike, answers["U1"], values).astype("int8"), dtype="Int8")
        column[rng.random(rows) < 0.03] = pd.NA
        frame[item] = column
    codes = rng.integers(0, groups, rows)
    frame["unit"] = pd.Categorical.from_codes(codes, [f"unit {g:05}" for g in range(groups)])
    return frame


def naive(frame: pd.DataFrame) -> object:
    """The same statistics, as one writes them in pandas."""
    by = frame.groupby("unit", observed=True)
    means = by[ITEMS].mean()
    counts = frame.melt(id_vars="unit", value_vars=ITEMS).groupby(["unit", "variable", "value"], observed=True).size()
    covariance = by[ITEMS].cov()
    return means.mean(axis=1) * 25, counts, covariance


def timed(work: object, repeats: int) -> float:
    assert callable(work)
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(rows: int, groups: int) -> None:
    frame = invented(rows, groups)
    wide = frame.astype(dict.fromkeys(ITEMS, "float64")).astype({"unit": str})
    ikm.estimate(frame.head(1000), by="unit")
    pairs = []
    for _ in range(7):  # in turn, so that a drifting machine slows both
        mean = timed(lambda: frame.groupby("unit", observed=True)[ITEMS].mean(), 1)
        ours = timed(lambda: ikm.estimate(frame, by="unit"), 1)
        pairs.append((ours, mean))
    ratio = statistics.median(ours / mean for ours, mean in pairs)
    ours, mean = statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)
    slow = timed(lambda: naive(frame), 1)
    mean_wide = timed(lambda: wide.groupby("unit")[ITEMS].mean(), 3)
    ours_wide = timed(lambda: ikm.estimate(wide, by="unit"), 3)
    print(f"{rows:,} rows, {groups:,} groups, nine unsur; pandas {pd.__version__}, numpy {np.__version__}")
    print(f"estimate / groupby.mean (Int8, categorical keys):   {ratio:5.2f}   ({ours:.3f} s / {mean:.3f} s)")
    print(f"naive script / estimate (Int8, categorical keys):   {slow / ours:5.1f}   ({slow:.2f} s)")
    print(f"estimate / groupby.mean (float64, text keys):       {ours_wide / mean_wide:5.2f}   ({ours_wide:.3f} s)")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]] + [1_000_000, 2_000][len(sys.argv) - 1 :]
    main(given[0], given[1])
