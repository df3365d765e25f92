"""Write 20,000 respondents as a workbook, a city of 13 units in every format, and posters of 100 units.

The bars: the workbook in under 5 s and 300 MB, the city as DOCX in under 2 s, the posters as PDF in
under 5 s. Each measure runs in
a process of its own, so that the memory is that of the whole program and the imports are done.
Run: ``python benchmarks/bench_export.py``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from sipukat import datasets, export, ikm, read_survey, report
from sipukat.errors import SipukatError
from sipukat.report import poster

MADE = datetime(2026, 8, 17, 9, tzinfo=UTC)
ROWS, UNITS, ROUNDS = 20_000, 100, 3
KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()


def people(rows: int) -> Any:
    draw = np.random.default_rng(14)
    answers = {key: draw.choice([1, 2, 3, 4], size=rows, p=[0.03, 0.1, 0.5, 0.37]) for key in KEYS}
    frame = pd.DataFrame({"Unit": [f"Dinas {n}" for n in draw.integers(1, 14, rows)], **answers})
    return read_survey(frame).responses


def timed(name: str, document: Any) -> float:
    start = time.perf_counter()
    export.get(name)(document)
    return time.perf_counter() - start


def workbook() -> dict[str, float]:
    few = people(300)
    timed("xlsx", report.build(ikm.estimate(few, by="Unit"), responses=few, generated=MADE))  # imports
    responses = people(ROWS)
    start = time.perf_counter()
    document = report.build(ikm.estimate(responses, by="Unit"), responses=responses, generated=MADE)
    built = time.perf_counter() - start
    seconds = timed("xlsx", document)
    return {"build": built, "xlsx": seconds, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def city() -> dict[str, float]:
    responses = read_survey(datasets.path("kota-contoh")).responses
    document = report.build(ikm.estimate(responses, by="unit"), responses=responses, generated=MADE)
    found = {}
    for name in export.names():
        try:
            timed(name, document)  # imports
            found[name] = min(timed(name, document) for _ in range(ROUNDS))
        except SipukatError:  # a format of one picture, or an extra that is not here
            continue
    return found


def posters() -> dict[str, float]:
    draw = np.random.default_rng(14)
    answers = {key: draw.choice([2, 3, 3, 4, 4], size=UNITS * 40) for key in KEYS}
    frame = pd.DataFrame({"Unit": [f"Dinas {n % UNITS}" for n in range(UNITS * 40)], **answers})
    result = ikm.estimate(read_survey(frame).responses, by="Unit")
    timed("pdf", next(document for _, document in poster.posters(result, generated=MADE)))  # imports
    start = time.perf_counter()
    for _, document in poster.posters(result, generated=MADE):
        export.get("pdf")(document)
    return {"posters": time.perf_counter() - start}


MEASURES = {"workbook": workbook, "city": city, "posters": posters}


def apart(name: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(MEASURES[sys.argv[1]]()))
        return
    big = apart("workbook")
    print(f"{ROWS:,} respondents: document {big['build']:.2f} s, workbook {big['xlsx']:.2f} s (bar 5 s)")
    print(f"largest memory of that process: {big['MB']:.0f} MB (bar 300 MB)")
    for name, seconds in apart("city").items():
        print(f"13 units, {name}: {seconds:.2f} s{' (bar 2 s)' if name == 'docx' else ''}")
    print(f"posters of {UNITS} units as PDF: {apart('posters')['posters']:.2f} s (bar 5 s)")


if __name__ == "__main__":
    main()
