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
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sipukat import ikm

if TYPE_CHECKING:
    from collections.abc import Callable

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
    answers = frame.melt(id_vars="unit", value_vars=ITEMS)
    counts = answers.groupby(["unit", "variable", "value"], observed=True).size()
    covariance = by[ITEMS].cov()
    return means.mean(axis=1) * 25, counts, covariance


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def against_mean(frame: pd.DataFrame) -> tuple[float, float, float]:
    """Seconds of `estimate` and of a grouped mean, and the median of their ratios, taken in turn."""

    def mean() -> object:
        return frame.groupby("unit", observed=True)[ITEMS].mean()

    pairs = [(timed(partial(ikm.estimate, frame, by="unit")), timed(mean)) for _ in range(9)]
    ours, means = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, means, statistics.median(a / b for a, b in pairs)


def main(rows: int, groups: int) -> None:
    frame = invented(rows, groups)
    wide = frame.astype(dict.fromkeys(ITEMS, "float64")).astype({"unit": str})
    ikm.estimate(frame.head(1000), by="unit")
    ours, mean, ratio = against_mean(frame)
    ours_wide, mean_wide, ratio_wide = against_mean(wide)
    slow = timed(partial(naive, frame))
    print(f"{rows:,} rows, {groups:,} groups, nine unsur; pandas {pd.__version__}, numpy {np.__version__}")
    print(f"Int8, categorical keys: estimate {ours:.3f} s, groupby.mean {mean:.3f} s, ratio {ratio:.2f}")
    print(f"Int8, categorical keys: naive script {slow:.2f} s, {slow / ours:.1f} times estimate")
    print(f"float64, text keys: estimate {ours_wide:.3f} s, mean {mean_wide:.3f} s, ratio {ratio_wide:.2f}")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]] + [1_000_000, 2_000][len(sys.argv) - 1 :]
    main(given[0], given[1])
