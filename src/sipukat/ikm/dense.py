"""Sums that need every row, not only its pattern: fitted totals and replicate weights.

Most designs are summed from distinct answer patterns. Where each respondent brings
numbers of its own (auxiliary values, a row of replicate weights), rows are sorted by
cell and multiplied, a piece at a time.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.ikm.patterns import run_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PIECE: Final = 1 << 15
"""Rows multiplied at a time."""


def runs(cell: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each cell with some of its rows, never more than fit in memory many times over."""
    order = np.argsort(cell, kind="stable")
    bounds = [*run_starts(cell[order]).tolist(), len(cell)]
    for start, end in itertools.pairwise(bounds):
        for begin in range(start, end, _PIECE):
            rows = order[begin : min(begin + _PIECE, end)]
            yield int(cell[rows[0]]), rows


def answer_rows(
    answers: Sequence[NDArray[np.int8]], rows: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (n, 2k) ``[r | x]`` of some rows, and (n, 1 + k) ``[1 | x]``, 0 for incomplete forms."""
    x = np.stack([column[rows] for column in answers], axis=1).astype(np.float64)
    r = (x > 0).astype(np.float64)
    complete = r.all(axis=1, keepdims=True).astype(np.float64)
    return np.hstack([r, x]), np.hstack([complete, x * complete])
