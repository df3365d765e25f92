"""Count the distinct answers of every cell: packed into integers, sorted, run lengths.

A respondent's answers are one integer, 0 where unanswered, below the number of its cell
(group, stratum, PSU); the mark of an incomplete form stands above both, so that complete
forms come first. Why so: ``docs/decisions/0003-kernel.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_WORD: Final = 62
"""Bits of a signed integer that are ours."""

_NARROW: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Distinct answer patterns of every cell.

    Parameters
    ----------
    cell
        (p,) cell of each pattern, ascending.
    words
        The packed answers, (p,) integers each; one, unless the instrument is very wide.
    bits, k
        Bits of one answer, and number of answers.
    count
        (p,) respondents with that pattern.
    weight, weight2
        (p,) sums of their weights and of the squares; None when unweighted.
    """

    cell: NDArray[np.int64]
    words: tuple[NDArray[np.int64], ...]
    bits: int
    k: int
    count: NDArray[np.int64]
    weight: NDArray[np.float64] | None = None
    weight2: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.cell)

    @property
    def answers(self) -> NDArray[np.int8]:
        """(k, p) scores, 0 where unanswered."""
        out = np.empty((self.k, len(self)), dtype=np.int8)
        unpack(self.words, bits=self.bits, out=out)
        return out

    def take(self, rows: slice | NDArray[np.int64]) -> Patterns:
        """Return some of the patterns, in the order of `rows`."""
        return Patterns(
            cell=self.cell[rows],
            words=tuple(word[rows] for word in self.words),
            bits=self.bits,
            k=self.k,
            count=self.count[rows],
            weight=None if self.weight is None else self.weight[rows],
            weight2=None if self.weight2 is None else self.weight2[rows],
        )


def bits_per_answer(high: int) -> int:
    """Return how many bits hold 0 (unanswered), the scores up to `high`, and one mark more.

    Examples
    --------
    >>> bits_per_answer(4), bits_per_answer(7)
    (3, 4)
    """
    return (int(high) + 1).bit_length()


def count_patterns(
    cell: NDArray[np.integer],
    answers: Sequence[NDArray[np.int8]],
    *,
    high: int,
    n_cells: int,
    weight: NDArray[np.float64] | None = None,
) -> tuple[Patterns, Patterns]:
    """Count the distinct answer patterns of every cell.

    Parameters
    ----------
    cell
        (n,) cell of each respondent, 0 to ``n_cells - 1``.
    answers
        k columns of n scores, 1 to `high`, 0 where unanswered; already validated.
    high
        The highest score.
    n_cells
        Number of cells, observed or not.
    weight
        (n,) weights, or None.

    Returns
    -------
    complete, incomplete
        Patterns without and with an unanswered question, each sorted by cell.

    Examples
    --------
    >>> answers = [np.array([4, 4, 2], np.int8), np.array([3, 3, 0], np.int8)]
    >>> complete, incomplete = count_patterns(np.array([0, 0, 1]), answers, high=4, n_cells=2)
    >>> complete.count.tolist(), complete.answers.tolist(), incomplete.answers.tolist()
    ([2], [[4], [3]], [[2], [0]])
    """
    if (packed := packed_forms(cell, answers, high=high, n_cells=n_cells)) is not None:
        return count_packed(packed, high=high, k=len(answers), n_cells=n_cells, weight=weight)
    bits, k = bits_per_answer(high), len(answers)
    each = _WORD // bits
    whole = [packed_answers(answers[i : i + each], bits) for i in range(0, k, each)]
    gap = _incomplete(answers)
    order = np.lexsort((*whole, cell, gap))
    keys = np.stack([gap, cell, *whole])[:, order]
    starts = np.flatnonzero(np.append([True], (np.diff(keys, axis=1) != 0).any(axis=0)))[: len(cell)]
    found = Patterns(
        cell=keys[1, starts],
        words=tuple(keys[2:, starts]),
        bits=bits,
        k=k,
        **_counts(starts, len(cell), None if weight is None else weight[order]),
    )
    split = int(np.searchsorted(keys[0, starts], 1))
    return found.take(slice(0, split)), found.take(slice(split, None))


def packed_forms(
    cell: NDArray[np.integer], answers: Sequence[NDArray[np.int8]], *, high: int, n_cells: int
) -> NDArray[np.int64] | None:
    """Return each respondent as one integer: mark of an incomplete form, cell, answers; None if too wide.

    Parameters
    ----------
    cell, answers, high, n_cells
        As `count_patterns`.
    """
    bits, cell_bits = bits_per_answer(high), _cell_bits(n_cells)
    if not fits(k=len(answers), high=high, n_cells=n_cells):
        return None
    kind = cell.dtype if cell_bits < 8 * cell.dtype.itemsize - 1 else np.dtype(np.int64)
    gap = np.left_shift(_incomplete(answers), cell_bits, dtype=kind)
    return packed_answers(answers, bits, onto=np.bitwise_or(cell, gap, dtype=kind))


def count_packed(
    packed: NDArray[np.int64],
    *,
    high: int,
    k: int,
    n_cells: int,
    weight: NDArray[np.float64] | None = None,
) -> tuple[Patterns, Patterns]:
    """Count the distinct integers that `packed_forms` made, which are sorted in place.

    Parameters
    ----------
    packed
        (n,) respondents.
    k
        Number of answers.
    high, n_cells, weight
        As `count_patterns`.
    """
    bits, cell_bits = bits_per_answer(high), _cell_bits(n_cells)
    order, starts, w = _sorted_runs(packed, weight)
    distinct = (packed if order is None else packed[order])[starts]
    found = Patterns(
        cell=(distinct >> bits * k) & ((1 << cell_bits) - 1),
        words=(distinct & ((1 << bits * k) - 1),),
        bits=bits,
        k=k,
        **_counts(starts, len(packed), w),
    )
    split = int(np.searchsorted(distinct, 1 << bits * k + cell_bits))
    return found.take(slice(0, split)), found.take(slice(split, None))


def fits(*, k: int, high: int, n_cells: int) -> bool:
    """Say whether mark, cell and k answers up to `high` fit into one integer.

    Examples
    --------
    >>> fits(k=9, high=4, n_cells=2000), fits(k=20, high=6, n_cells=2000)
    (True, False)
    """
    return bits_per_answer(high) * k + _cell_bits(n_cells) < _WORD


def repacked(
    packed: NDArray[np.int64],
    place: NDArray[np.int64],
    *,
    k: int,
    high: int,
    n_cells: tuple[int, int],
) -> NDArray[np.int64]:
    """Return what `packed_forms` makes of the same respondents with every cell at another place.

    Parameters
    ----------
    packed, k, high
        As `count_packed`.
    place
        (cells,) the new number of each cell.
    n_cells
        Number of cells before and after.
    """
    bits, (before, after) = bits_per_answer(high) * k, map(_cell_bits, n_cells)
    cell = place[(packed >> bits) & ((1 << before) - 1)]
    cell |= (packed >> bits + before) << after
    cell <<= bits
    cell |= packed & ((1 << bits) - 1)
    return np.asarray(cell)


def _cell_bits(n_cells: int) -> int:
    return max(int(n_cells - 1).bit_length(), 1)


def _incomplete(answers: Sequence[NDArray[np.int8]]) -> NDArray[np.bool_]:
    gap = answers[0] == 0
    for column in answers[1:]:
        gap |= column == 0
    return np.asarray(gap)


def _counts(starts: NDArray[np.int64], rows: int, weight: NDArray[np.float64] | None) -> dict[str, Any]:
    """Return the respondents of every run, and the sums of their weights and squares."""
    count = np.diff(np.append(starts, rows))
    if weight is None:
        return {"count": count}
    return {"count": count, "weight": _runs(weight, starts), "weight2": _runs(weight * weight, starts)}


def _sorted_runs(
    packed: NDArray[np.int64], weight: NDArray[np.float64] | None
) -> tuple[NDArray[np.int64] | None, NDArray[np.int64], NDArray[np.float64] | None]:
    """Sort, in place where no weights need to follow, and return order, run starts and weights."""
    if weight is None:
        packed.sort()
        return None, run_starts(packed), None
    order = np.argsort(packed, kind="stable")
    return order, run_starts(packed[order]), weight[order]


def _runs(values: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.add.reduceat(values, starts) if len(starts) else values[:0]


def run_starts(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each run of equal numbers starts."""
    if not len(ordered):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate(([0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1))


def packed_answers(
    answers: Sequence[NDArray[np.int8]], bits: int, *, onto: NDArray[np.integer] | None = None
) -> NDArray[np.int64]:
    """Pack columns of answers, the first in the lowest bits, below the numbers of `onto`.

    In 16 bits as far as they go: narrow integers are several times as fast.
    """
    together = max(_NARROW // bits, 1)
    out = np.zeros(len(answers[0]), dtype=np.int64) if onto is None else onto
    for start in reversed(range(0, len(answers), together)):
        some = answers[start : start + together]
        narrow = some[-1].astype(np.int16)
        for column in reversed(some[:-1]):
            np.left_shift(narrow, bits, out=narrow)
            np.bitwise_or(narrow, column, out=narrow)
        out = np.left_shift(out, bits * len(some), dtype=np.int64)
        np.bitwise_or(out, narrow, out=out)
    return np.asarray(out, dtype=np.int64)


def unpack(
    words: Sequence[NDArray[np.int64]], *, bits: int, out: NDArray[np.int8] | NDArray[np.floating]
) -> None:
    """Write the answers that were packed into `words` to the rows of `out`."""
    together = max(_NARROW // bits, 1)
    each = _WORD // bits
    mask = np.int16((1 << bits) - 1)
    for at, word in enumerate(words):
        last = min((at + 1) * each, len(out))
        for start in range(at * each, last, together):
            narrow = (word >> (bits * (start - at * each))).astype(np.int16)
            for place in range(start, min(start + together, last)):
                np.bitwise_and(narrow, mask, out=out[place], casting="unsafe")
                np.right_shift(narrow, bits, out=narrow)
