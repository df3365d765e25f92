"""What the moments cost from 100,000 rows to 100 million, as ratios within one run.

Usage: ``python benchmarks/bench_scale.py [--rows 1e5 1e6 1e7] [--repeats 3] [--skip survey]``.

Every line is a process of its own, so that its CPU seconds and its peak memory are its own;
the one of the repeats that took least counts. Ratios are of CPU seconds: a busy machine
stretches the wall clock. The data are invented (a latent trait, 35 % straight-liners, 3 %
unanswered; 500 units in four periods, and once 50,000 groups of 20 rows) and written to a
temporary folder. R with its package survey, and the Python package svy, take part where they
are installed. 100 million rows need half a gigabyte of disk and some minutes: ask for them
with ``--rows 1e8``.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

ITEMS = [f"U{i}" for i in range(1, 10)]
UNITS, PERIODS, PIECE = 500, 4, 1_000_000
MANY = (1_000_000, 12_500)
"""Rows and units of the survey with many small groups."""
SMALL = {"scan", "parquet"}
"""What reads a file larger than memory; the others load it, and stop at MOST rows."""
MOST = 20_000_000
MOST_R, MOST_SVY = 1_000_000, 100_000


def invented(rows: int, units: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    trait = rng.standard_normal(rows, dtype=np.float32)
    alike = rng.random(rows, dtype=np.float32) < 0.35
    out: dict[str, np.ndarray] = {}
    for item in ITEMS:
        noise = trait + rng.standard_normal(rows, dtype=np.float32)
        score = (np.digitize(noise, [-1.5, -0.7, 0.6]) + 1).astype(np.int8)
        out[item] = np.where(alike, out.get("U1", score), score)
    for item in ITEMS:
        out[item + "?"] = rng.random(rows, dtype=np.float32) < 0.03
    out["unit"] = rng.integers(0, units, rows).astype(np.int16)
    out["period"] = rng.integers(0, PERIODS, rows).astype(np.int8)
    return out


def write(path: Path, rows: int, units: int = UNITS) -> None:
    """Write the file, a million rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = pa.array([f"Unit {i:05}" for i in range(units)])
    periods = pa.array([f"2026-TW{i + 1}" for i in range(PERIODS)])
    writer, rng = None, np.random.default_rng(20261124)
    for start in range(0, rows, PIECE):
        made = invented(min(PIECE, rows - start), units, rng)
        columns = {item: pa.array(made[item], mask=made[item + "?"]) for item in ITEMS}
        columns["unit"] = pa.DictionaryArray.from_arrays(made["unit"], names)
        columns["period"] = pa.DictionaryArray.from_arrays(made["period"], periods)
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=PIECE)
    if writer is not None:
        writer.close()


def scan(path: str) -> object:
    """Read the same columns, and nothing more."""
    import pyarrow.dataset as ds

    return sum(batch.num_rows for batch in ds.dataset(path).to_batches(batch_size=1 << 20))


def parquet(path: str) -> object:
    """Sum the file a piece at a time, and estimate."""
    import pyarrow.dataset as ds

    from sipukat import ikm

    return ikm.estimate(ikm.moments(ds.dataset(path), by=("unit", "period"))).overall.ikm


def loaded(path: str) -> object:
    import pandas as pd

    return pd.read_parquet(path, dtype_backend="numpy_nullable").astype(dict.fromkeys(ITEMS, "Int8"))


def estimate(frame: object) -> Any:
    """All groups of a frame in memory; what is uncertain is computed when it is asked for."""
    from sipukat import ikm

    return ikm.estimate(frame, by=("unit", "period"))  # type: ignore[arg-type]


def covariance(frame: object) -> object:
    """The same, with the covariance of the unsur and the variance of the index of every group."""
    result = estimate(frame)
    return result.groups.unsur_covariance, result.groups.index_variance


def groupby_mean(frame: object) -> object:
    """Only the means, as one line of pandas."""
    return frame.groupby(["unit", "period"], observed=True)[ITEMS].mean()  # type: ignore[attr-defined]


def naive(frame: object) -> object:
    """Means, distributions and covariances, as one writes them in pandas."""
    by = frame.groupby(["unit", "period"], observed=True)  # type: ignore[attr-defined]
    answers = frame.melt(id_vars=["unit", "period"], value_vars=ITEMS)  # type: ignore[attr-defined]
    counts = answers.groupby(["unit", "period", "variable", "value"], observed=True).size()
    return by[ITEMS].mean(), counts, by[ITEMS].cov()


def svy(frame: object) -> object:
    """One unsur by unit, in svy; times nine for all."""
    import polars as pl
    import svy as peer

    held = pl.from_pandas(frame[["U1", "unit"]].dropna().astype({"unit": str, "U1": float}))  # type: ignore[index]
    return peer.Sample(data=held, design=peer.Design()).estimation.mean("U1", by="unit")


R_SCRIPT = """
suppressMessages({library(survey)}); x <- read.csv(commandArgs(TRUE)[1])
begin <- proc.time()
D <- svydesign(ids = ~1, weights = ~1, data = x)
m <- svyby(~U1+U2+U3+U4+U5+U6+U7+U8+U9, ~unit, D, svymean, na.rm = TRUE, covmat = FALSE, keep.names = FALSE)
cat(proc.time()[[3]] - begin[[3]], sum((proc.time() - begin)[1:2]))
"""


def survey(path: str) -> dict[str, float]:
    """Seconds of R's svyby over the units, reading not counted."""
    frame = loaded(path)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.csv")
        frame[[*ITEMS, "unit"]].to_csv(file, index=False)  # type: ignore[index]
        script = Path(folder, "x.R")
        script.write_text(R_SCRIPT)
        command = [str(shutil.which("Rscript")), str(script), str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, cpu = map(float, told.stdout.split()[-2:])
    return {"wall": wall, "cpu": cpu, "peak": math.nan}


def warm() -> None:
    """Import everything and run it once on a few rows: that is not what is measured."""
    import pandas as pd
    import pyarrow.dataset as ds

    from sipukat import ikm

    few = pd.DataFrame({item: [4, 3, 2, 3] * 5 for item in ITEMS}).assign(unit="a", period="b")
    assert ikm.estimate(few, by=("unit", "period")).overall.ikm > 0
    assert covariance(few) is not None
    assert groupby_mean(few) is not None
    assert ds is not None


FROM_FILE = {"scan": scan, "parquet": parquet}
FROM_FRAME = {
    "estimate": estimate,
    "covariance": covariance,
    "groupby_mean": groupby_mean,
    "naive": naive,
    "svy": svy,
}


def run_one(name: str, path: str) -> dict[str, float]:
    """Do one thing in this process, and say what it took."""
    if name == "survey":
        return survey(path)
    held = path if name in FROM_FILE else loaded(path)
    if name == "svy":
        held = held.head(MOST_SVY)  # type: ignore[union-attr]
    work = {**FROM_FILE, **FROM_FRAME}[name]
    warm()
    before, cpu, wall = _peak(), time.process_time(), time.perf_counter()
    work(held)  # type: ignore[arg-type]
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return took | {"peak": _peak(), "above": _peak() - before}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, path: Path, repeats: int) -> dict[str, float]:
    runs = []
    for _ in range(repeats):
        command = [sys.executable, __file__, "--one", name, str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(told.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["cpu"])


def asked(rows: int) -> list[str]:
    names = ["scan", "parquet"]
    if rows <= MOST:
        names += ["groupby_mean", "estimate", "covariance", "naive"]
    if rows <= MOST_R and shutil.which("Rscript"):
        names.append("survey")
    if rows <= MOST_SVY and find_spec("svy"):
        names.append("svy")
    return names


def report(found: dict[tuple[int, int], dict[str, dict[str, float]]], *, markdown: bool) -> None:
    cells = [["rows", "groups", "what", "wall s", "CPU s", "MiB", "above imports", "ratio", "to"]]
    for (rows, units), lines in found.items():
        for name, took in lines.items():
            base = "scan" if name in SMALL else "covariance" if name in {"survey", "svy"} else "groupby_mean"
            each = 9 if name == "svy" else 1
            ratio = each * took["cpu"] / lines[base]["cpu"] if base in lines else math.nan
            sizes = [f"{took.get(key, math.nan):.0f}" for key in ("peak", "above")]
            times = [f"{took[key]:.3g}" for key in ("wall", "cpu")]
            cells.append([f"{rows:,}", f"{units * PERIODS:,}", name, *times, *sizes, f"{ratio:.2f}", base])
    if markdown:
        print("\n".join(["| " + " | ".join(cells[0]) + " |", "|" + " --- |" * len(cells[0])]))
        print("\n".join("| " + " | ".join(row) + " |" for row in cells[1:]))
    else:
        print("\n".join("".join(f"{cell:>14}" for cell in row) for row in cells))
    sizes = [key for key in found if key[0] >= PIECE and key[1] == UNITS]
    if len(sizes) > 1:
        for name in ("parquet", "covariance"):
            held = [key for key in sizes if name in found[key]]
            if len(held) > 1:
                low, high = held[0], held[-1]
                more = math.log(found[high][name]["cpu"] / found[low][name]["cpu"])
                growth = more / math.log(high[0] / low[0])
                print(f"{name}: CPU grows with rows to the power {growth:.2f} ({low[0]:,} to {high[0]:,})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", type=float, default=[1e5, 1e6, 1e7])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--skip", nargs="*", default=[], help="what to leave out, e.g. survey svy naive")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        print(json.dumps(run_one(*told.one)))
        return
    machine = f"{platform.machine()}, {platform.system()}"
    print(f"{machine}, Python {platform.python_version()}, numpy {np.__version__}")
    found: dict[tuple[int, int], dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows, units in [*((int(n), UNITS) for n in told.rows), MANY]:
            path = Path(folder, f"{rows}.parquet")
            write(path, rows, units)
            repeats = told.repeats if rows <= MOST else 1
            skipped = {*told.skip, *(("survey", "svy") if units != UNITS else ())}
            found[rows, units] = {
                name: measured(name, path, 1 if name == "survey" else repeats)
                for name in asked(rows)
                if name not in skipped
            }
            path.unlink()
    report(found, markdown=told.markdown)


if __name__ == "__main__":
    main()
