"""Read a workbook of 20,000 respondents; print how the time divides.

The parser is calamine behind its inspection; everything after it is ours to keep small.
Run: ``python benchmarks/bench_reading.py``.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from sipukat import read_survey
from sipukat.readers import READERS, preflight

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 20_000
ROUNDS = 5


def make(path: Path) -> None:
    draw = random.Random(14)  # noqa: S311  invented answers
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    profile_names = ["NO", "Loket", "Usia", "JK", "Pendidikan", "Pekerjaan"]
    sheet.write_row(0, 0, [*profile_names, *(f"U{n}" for n in range(1, 10))])
    units = [f"Dinas {n}" for n in range(13)]
    for row in range(1, ROWS + 1):
        profile = [row, draw.choice(units), draw.randint(17, 70), draw.choice("LP"), "S1", "ASN"]
        sheet.write_row(row, 0, [*profile, *(draw.choice((2, 3, 3, 4, 4, 4)) for _ in range(9))])
    book.close()


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "survei.xlsx")
        make(path)
        reader, data = READERS["excel"], path.read_bytes()
        read_survey(path, order="peraturan")  # imports
        inspection, parsing, whole = [], [], []
        for _ in range(ROUNDS):  # in turn, so that a busy machine slows all alike
            inspection.append(timed(lambda: preflight.inspect(data, path.name)))
            parsing.append(timed(lambda: reader(path)))
            whole.append(timed(lambda: read_survey(path, order="peraturan")))
        look, parse, total = map(statistics.median, (inspection, parsing, whole))
        print(f"{ROWS:,} rows x 15 columns: {total:.3f} s")
        print(f"inspection and parser: {parse:.3f} s, {parse / total:.0%} of the whole")
        print(f"of which inspection:   {look:.3f} s, {look / total:.0%}")
        print(f"after the parser:      {total - parse:.3f} s, {1 - parse / total:.0%}")


if __name__ == "__main__":
    main()
