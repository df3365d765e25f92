"""A file that may be larger than memory, summed a piece at a time, while a bar on stderr counts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sipukat._require import require

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sipukat.ikm import Design, Moments
    from sipukat.standards import SurveyStandard


def asks_for_pieces(file: str, *, pieces: bool) -> bool:
    """Say whether a file is summed a piece at a time: a folder, Parquet, or because it was asked for."""
    path = Path(file)
    return pieces or path.is_dir() or path.suffix.casefold() == ".parquet"


def summed(
    file: str,
    *,
    standard: SurveyStandard,
    by: Sequence[str],
    order: str | None,
    columns: Mapping[str, str] | None,
    design: Design,
) -> Moments:
    """Return the sums of a Parquet or CSV file, or of a folder of them.

    Its answers must be numbers of the scale: what other files mean is found out by
    `sipukat.read_survey`, which looks at all of a file.
    """
    from sipukat import ikm

    dataset = require("pyarrow.dataset", extra="arrow", purpose="Reading a file a piece at a time")
    kind = "csv" if _is_csv(Path(file)) else "parquet"
    data = dataset.dataset(file, format=kind)
    rows = data.count_rows() if kind == "parquet" else None
    with click.progressbar(length=rows or 0, label="Menjumlahkan", file=sys.stderr) as bar:
        return ikm.moments(
            data,
            standard,
            by=by,
            order=order,
            columns=columns,
            design=design,
            progress=_steps(bar, known=rows is not None),
        )


def _is_csv(path: Path) -> bool:
    if path.is_dir():
        return any(child.suffix.casefold() == ".csv" for child in path.iterdir())
    return path.suffix.casefold() in {".csv", ".tsv", ".txt"}


def _steps(bar: Any, *, known: bool) -> Callable[[int], None]:
    told = 0

    def step(rows: int) -> None:
        nonlocal told
        if not known:  # a text file says how many rows it has when they have been read
            bar.length = rows + 1
        bar.update(rows - told)
        told = rows

    return step
