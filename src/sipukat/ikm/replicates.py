"""Sums under every column of replicate weights, and the degrees of freedom they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._text import row_ranges
from sipukat.errors import DesignError
from sipukat.ikm.dense import answer_rows, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_RANK: Final = 1e-10
"""Eigenvalues of the cross-product below this share of the largest are rounding: R's 1e-5, squared."""

MOST_OVERLAP: Final = 1 << 24
"""Numbers of the overlap of replicate weights that are held: 128 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Replicated:
    """Sums of the answers under each of R columns of replicate weights.

    Parameters
    ----------
    total, total_complete
        (c, R, 2k) sums of ``[r | x]`` and (c, R, 1 + k) of ``[1 | x]`` over complete
        respondents.
    overlap
        (c, R, R) sums of products of the replicate weights: their rank less 1 is the
        number of degrees of freedom. (1, R, R) of all respondents where that would be too
        much to hold; a group then has the degrees of the whole, or one less than its
        respondents, if that is fewer.
    """

    total: NDArray[np.float64]
    total_complete: NDArray[np.float64]
    overlap: NDArray[np.float64]


def replicated_sums(
    cell: NDArray[np.int64],
    answers: Sequence[NDArray[np.int8]],
    weights: NDArray[np.float64],
    *,
    cells: int,
) -> Replicated:
    """Sum the answers of every cell under (n, R) replicate weights."""
    k, r = len(answers), weights.shape[1]
    total, complete = np.zeros((cells, r, 2 * k)), np.zeros((cells, r, 1 + k))
    overlap = np.zeros((cells if cells * r * r <= MOST_OVERLAP else 1, r, r))
    for at, some in runs(cell):
        wide, whole = answer_rows(answers, some)
        w = weights[some]
        total[at] += w.T @ wide
        complete[at] += w.T @ whole
        overlap[at if len(overlap) > 1 else 0] += w.T @ w
    return Replicated(total=total, total_complete=complete, overlap=overlap)


def checked_replicates(columns: Sequence[NDArray[np.float64]], names: Sequence[str]) -> NDArray[np.float64]:
    """Put columns of replicate weights side by side.

    Raises
    ------
    DesignError
        If any is missing, negative or infinite, with its column and rows; 0 is right for
        respondents that a replicate leaves out.
    """
    out = np.stack(columns, axis=1)
    bad = ~(np.isfinite(out) & (out >= 0))
    if bad.any():
        at = int(np.flatnonzero(bad.any(axis=0))[0])
        rows = row_ranges((np.flatnonzero(bad[:, at])[:10] + 1).tolist())
        raise DesignError(
            f"replicate weight column {names[at]!r} has {int(bad[:, at].sum())} values that are not finite "
            f"and at least 0, first at rows {rows}"
        )
    return out


def ranks(overlap: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rank of the replicate weights behind each (R, R) cross-product."""
    values = np.linalg.eigvalsh(overlap)
    most = np.maximum(values[:, -1:], np.finfo(np.float64).tiny)
    return np.asarray((values > _RANK * most).sum(axis=1))
