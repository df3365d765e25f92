"""Patterns to sums: products of answers, added over every cell.

With r (answered) and x (score), the sums of the products of ``[r | x]`` hold every
count, sum and cross-product that a mean, a ratio, a variance or a covariance needs.
Respondents who answered everything, the many, need only ``[1 | x]``. Why matrix products
of small padded blocks: ``docs/decisions/0003-kernel.md``.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from sipukat.ikm.patterns import Patterns, run_starts, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

CHUNK: Final = 1 << 20
"""Respondents counted at a time: 16 x 2**20 is the largest sum that float32 holds exactly."""

_SCORE32: Final = 4
_LONGEST: Final = 512
"""Most patterns in one product: larger ones make BLAS start threads, which on a busy
machine costs many times the product itself."""

_STEP: Final = 16

_PIECE: Final = 1 << 14
"""Patterns multiplied at a time: their factors stay in the processor's second cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSums:
    """Sums over the respondents of every observed cell, in ascending order of cell.

    Parameters
    ----------
    cell
        (c,) the cells.
    n
        (c,) respondents.
    n_complete
        (c,) respondents who answered every unsur.
    levels
        (c, k, levels) how many gave each score, unweighted.
    gram
        (c, 2k, 2k) sums of products of ``[r | x]``; integers, or weighted by w.
    gram_complete
        (c, 1 + k, 1 + k) the same of ``[1 | x]`` over complete respondents.
    weight
        (c,) sum of weights; equals `n` when unweighted.
    gram2, gram2_complete, weight2
        The same weighted by w squared; None when unweighted.
    level_weight, level_weight2
        (c, k, levels) sums of weights, and of their squares, by score; None when unweighted.
    """

    cell: NDArray[np.int64]
    n: NDArray[np.int64]
    n_complete: NDArray[np.int64]
    levels: NDArray[np.int64]
    gram: NDArray[Any]
    gram_complete: NDArray[Any]
    weight: NDArray[Any]
    gram2: NDArray[np.float64] | None = None
    gram2_complete: NDArray[np.float64] | None = None
    weight2: NDArray[np.float64] | None = None
    level_weight: NDArray[np.float64] | None = None
    level_weight2: NDArray[np.float64] | None = None

    def take(self, order: NDArray[np.int64]) -> CellSums:
        """Return the cells in another order."""
        held: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        taken: dict[str, Any] = {n: None if value is None else value[order] for n, value in held.items()}
        return CellSums(**taken)


def sum_patterns(complete: Patterns, incomplete: Patterns, *, low: int, high: int) -> CellSums:
    """Sum the products of ``[r | x]`` over every cell.

    Unweighted sums are integers and exact: in float32 while every sum stays below
    2**24, in float64 beyond.

    Parameters
    ----------
    complete, incomplete
        Counted patterns without and with an unanswered question, each sorted by cell.
    low, high
        The scale.

    Returns
    -------
    CellSums
    """
    cells, full, grams, tops = _grams(complete, incomplete, high=high, above=max(high - 3, 0))
    sums = {name: gram[:, 0, 0].copy() for name, gram in full.items()}
    if len(incomplete):
        gaps = run_starts(incomplete.cell)
        place = np.searchsorted(cells, incomplete.cell[gaps])
        for name, total in sums.items():
            total[place] += np.add.reduceat(getattr(incomplete, name), gaps)
    shared: dict[str, Any] = {
        "cell": cells,
        "n": sums["count"],
        "n_complete": full["count"][:, 0, 0],
        "levels": _levels(grams["count"], tops, low=low, high=high),
    }
    if complete.weight is None:
        return CellSums(**shared, gram=grams["count"], gram_complete=full["count"], weight=sums["count"])
    return CellSums(
        **shared,
        gram=grams["weight"],
        gram_complete=full["weight"],
        weight=sums["weight"],
        gram2=grams["weight2"],
        gram2_complete=full["weight2"],
        weight2=sums["weight2"],
        level_weight=_levels_under("weight", complete, incomplete, cells, (low, high)),
        level_weight2=_levels_under("weight2", complete, incomplete, cells, (low, high)),
    )


def sum_products(complete: Patterns, incomplete: Patterns, *, high: int) -> dict[str, NDArray[Any]]:
    """Return only the sums of products of unweighted patterns: gram, gram_complete and n_complete.

    Parameters
    ----------
    complete, incomplete, high
        As `sum_patterns`.
    """
    _, full, grams, _ = _grams(complete, incomplete, high=high, above=0)
    both = {"gram": grams["count"], "gram_complete": full["count"]}
    return {**both, "n_complete": full["count"][:, 0, 0].copy()}


_Named: TypeAlias = dict[str, "NDArray[Any]"]


def _grams(
    complete: Patterns, incomplete: Patterns, *, high: int, above: int
) -> tuple[NDArray[np.int64], _Named, _Named, NDArray[np.int64]]:
    """Return cells; by factor, sums of ``[1 | x]`` and ``[r | x]``; and (c, above, k) highest scores."""
    starts, gaps = run_starts(complete.cell), run_starts(incomplete.cell)
    cells = np.union1d(complete.cell[starts], incomplete.cell[gaps])
    factors = ("count",) if complete.weight is None else ("count", "weight", "weight2")
    tops = np.zeros((len(cells), above, complete.k), dtype=np.int64)
    full, grams = {}, {}
    for name in factors:
        k, kind = complete.k, np.int64 if name == "count" else np.float64
        full[name] = np.zeros((len(cells), 1 + k, 1 + k), dtype=kind)
        _add_products(complete, starts, name, cells, into=full[name], head=1, tops=tops, high=high)
        grams[name] = _of_everyone(full[name], k)
        _add_products(incomplete, gaps, name, cells, into=grams[name], head=k, tops=tops, high=high)
    return cells, full, grams, tops


def _levels_under(
    name: str,
    complete: Patterns,
    incomplete: Patterns,
    cells: NDArray[np.int64],
    scale: tuple[int, int],
) -> NDArray[np.float64]:
    low, high = scale
    return level_sums(complete, getattr(complete, name), cells, low=low, high=high) + level_sums(
        incomplete, getattr(incomplete, name), cells, low=low, high=high
    )


def level_sums(
    patterns: Patterns, factor: NDArray[Any], cells: NDArray[np.int64], *, low: int, high: int
) -> NDArray[np.float64]:
    """Return (c, k, levels) sums of a factor over the patterns with each score."""
    levels = high - low + 1
    at = np.searchsorted(cells, patterns.cell)
    out = np.empty((len(cells), patterns.k, levels))
    for place, answer in enumerate(patterns.answers):
        given = answer > 0
        code = at[given] * levels + answer[given] - low
        sums = np.bincount(code, weights=factor[given], minlength=len(cells) * levels)
        out[:, place] = sums.reshape(len(cells), levels)
    return out


def _add_products(
    patterns: Patterns,
    starts: NDArray[np.int64],
    name: str,
    cells: NDArray[np.int64],
    *,
    into: NDArray[Any],
    head: int,
    tops: NDArray[np.int64],
    high: int,
) -> None:
    """Add sums of products under one factor to (c, m, m) `into`, and the highest scores to (c, t, k) `tops`.

    Products of ``[1 | x]`` where `head` is 1, else of ``[r | x]``. Cells of about the same
    number of patterns are laid out side by side, padded with a factor of 0, and multiplied
    in one call.
    """
    length = np.diff(np.append(starts, len(patterns)))
    exact32 = name == "count" and high <= _SCORE32 and _fits32(patterns.count, starts)
    dtype = np.float32 if exact32 else np.float64
    k, size = patterns.k, head + patterns.k
    several = -(-length // _LONGEST)
    block = -(-length // (several * _STEP)) * _STEP
    place = np.searchsorted(cells, patterns.cell[starts])
    values = getattr(patterns, name)
    for blocks, long, rows in _pieces(several, block):
        index = starts[rows, None] + np.arange(blocks * long)
        inside = (np.arange(blocks * long) < length[rows, None]).ravel()
        index = np.minimum(index, len(values) - 1).ravel()
        factor = values[index].astype(dtype)
        factor *= inside
        right = np.empty((size, len(index)), dtype=dtype)
        unpack([word[index] for word in patterns.words], bits=patterns.bits, out=right[head:])
        right[:head] = right[head:] > 0 if head == k else 1
        laid = (size, len(rows) * blocks, long)
        product = (right * factor).reshape(laid).transpose(1, 0, 2) @ right.reshape(laid).transpose(1, 2, 0)
        if blocks > 1:
            product = product.reshape(len(rows), blocks, size, size).sum(axis=1, dtype=into.dtype)
        into[place[rows]] += product.astype(into.dtype, copy=False)
        if name == "count":
            by_block = factor.reshape(-1, 1, long)
            for top in range(tops.shape[1]):
                given = (right[head:] == high - top).astype(dtype).reshape(k, -1, long).transpose(1, 2, 0)
                counted = (by_block @ given).reshape(len(rows), blocks, k).sum(axis=1)
                tops[place[rows], top] += counted.astype(np.int64)


def _fits32(count: NDArray[np.int64], starts: NDArray[np.int64]) -> bool:
    """Tell whether float32 holds every sum of products of a cell."""
    return not len(starts) or int(np.add.reduceat(count, starts).max()) <= CHUNK


def _pieces(
    several: NDArray[np.int64], block: NDArray[np.int64]
) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Gather cells of the same number and size of blocks, as many as stay in the processor's cache."""
    order = np.lexsort((block, several))
    kind = several[order] * (_LONGEST + 1) + block[order]
    bounds = [*run_starts(kind).tolist(), len(order)]
    for start, end in itertools.pairwise(bounds):
        blocks, size = int(several[order[start]]), int(block[order[start]])
        step = max(_PIECE // (blocks * size), 1)
        for begin in range(start, end, step):
            yield blocks, size, order[begin : min(begin + step, end)]


def _of_everyone(product: NDArray[Any], k: int) -> NDArray[Any]:
    """Return sums of ``[r | x]`` from those of ``[1 | x]``, with every r equal to 1."""
    gram = np.empty((len(product), 2 * k, 2 * k), dtype=product.dtype)
    gram[:, :k, :k] = product[:, :1, :1]
    gram[:, :k, k:] = product[:, :1, 1:]
    gram[:, k:, :k] = product[:, 1:, :1]
    gram[:, k:, k:] = product[:, 1:, 1:]
    return gram


def _levels(gram: NDArray[np.int64], tops: NDArray[np.int64], *, low: int, high: int) -> NDArray[np.int64]:
    """Count every score: the highest were counted; the lowest three follow from n, sum, sum of squares."""
    k = gram.shape[1] // 2
    at = np.arange(k)
    rest = np.stack([gram[:, at, at], gram[:, at, at + k], gram[:, at + k, at + k]], axis=2)
    out = np.zeros((len(gram), k, high - low + 1), dtype=np.int64)
    counted = min(tops.shape[1], high - low + 1)
    for place in range(counted):
        top = high - place
        out[:, :, -1 - place] = tops[:, place]
        rest = rest - tops[:, place, :, None] * np.array([1, top, top * top])
    left = high - low + 1 - counted
    if left:
        solve = np.linalg.inv(np.vander(np.arange(low, low + left), left, increasing=True).T)
        out[:, :, :left] = np.rint(rest[:, :, :left] @ solve.T).astype(np.int64)
    return out
