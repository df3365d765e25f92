"""How large the largest of many correlated differences gets by chance, and stepping down.

Everything is on the normal scale, so that pairs with few and with many degrees of freedom
can share one critical value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import floor
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from sipukat._validation import whole_number
from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sipukat.ikm.ranks.pairwise import Pairs

Keep: TypeAlias = "NDArray[np.bool_]"
Critical: TypeAlias = "Callable[[Keep], float]"
Peaks: TypeAlias = "Callable[[Keep, NDArray[np.int64]], NDArray[np.float64]]"

SIMULATED: Final = 1000
"""With more groups Bonferroni takes the place of simulation."""

_CHUNK: Final = 512
_FEWEST_DRAWS: Final = 1000
_MOST_CELLS: Final = 50_000_000
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """Normal draws of the errors of g groups.

    Parameters
    ----------
    error
        (g, draws) errors, in points, with the covariance of the groups.
    inverse
        (g, g) one over the standard error of each difference; 0 where it is certain.
    """

    error: NDArray[np.float64]
    inverse: NDArray[np.float64]


def draws_of(pairs: Pairs, *, draws: int, seed: int, confidence_level: float) -> Draws:
    """Draw errors with the covariance of the groups, the same for the same seed.

    The names of the groups and their order play no part: the draws are dealt out in the
    order of the indices.

    Raises
    ------
    ArgumentError
        If there are fewer than 1,000 draws, too few for the level, or too many to hold.
    """
    count = len(pairs.names)
    draws = whole_number(draws, "draws", least=1)
    seed = whole_number(seed, "seed", least=0)
    if draws < _FEWEST_DRAWS or rank_of_critical(draws, confidence_level) < 1:
        raise ArgumentError(
            f"draws is {draws!r}; at {confidence_level:g} it takes at least "
            f"{max(_FEWEST_DRAWS, int(1 / (1 - confidence_level)) + 1):,}"
        )
    if draws * count > _MOST_CELLS:
        raise ArgumentError(
            f"draws is {draws:,}; with {count} groups at most {_MOST_CELLS // count:,} can be held"
        )
    order = np.lexsort((pairs.n, pairs.se.round(_DIGITS), pairs.ikm.round(_DIGITS)))
    normal = np.empty((count, draws))
    normal[order] = np.random.default_rng(seed).standard_normal((count, draws))
    with np.errstate(divide="ignore"):
        inverse = np.where(pairs.difference_se > 0, 1 / pairs.difference_se, 0.0)
    if not pairs.covary:
        return Draws(error=normal * pairs.se[:, None], inverse=inverse)
    # the symmetric root does not depend on the order of the groups, as Cholesky's would
    value, vector = np.linalg.eigh(pairs.covariance)
    root = (vector * np.sqrt(np.maximum(value, 0.0))) @ vector.T
    return Draws(error=root @ normal, inverse=inverse)


def rank_of_critical(draws: int, confidence_level: float) -> int:
    """Return which of the largest draws is the critical value: 1 for the largest.

    As many draws as make the share of them that exceed it, counting the data as one more
    draw, at most one minus the level (Davison & Hinkley 1997, section 4.2).

    Examples
    --------
    >>> rank_of_critical(9999, 0.95)
    500
    """
    return floor((1 - confidence_level) * (draws + 1) + 1e-9)


def peaks(held: Draws, keep: Keep, columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the largest difference in standard errors of each draw over the pairs kept.

    Parameters
    ----------
    held
        The draws.
    keep
        (g, g) which ordered pairs: row above column.
    columns
        Which draws.
    """
    out = np.full(len(columns), -np.inf)
    rows = [
        (j, j + 1 + after, keep[j, j + 1 + after], keep[j + 1 + after, j])
        for j in range(len(keep))
        if len(after := np.flatnonzero(keep[j, j + 1 :] | keep[j + 1 :, j]))
    ]
    for start in range(0, len(columns), _CHUNK):
        error = np.ascontiguousarray(held.error[:, columns[start : start + _CHUNK]])
        best = out[start : start + _CHUNK]
        for j, others, up, down in rows:
            _raise(best, error, held.inverse, j, others, up, down)
    return out


def peaks_of(held: Draws, j: int) -> Peaks:
    """Return the function `peaks` for pairs that all hold group `j`."""

    def found(keep: Keep, columns: NDArray[np.int64]) -> NDArray[np.float64]:
        out = np.full(len(columns), -np.inf)
        others = np.flatnonzero(keep[j] | keep[:, j])
        up, down = keep[j, others], keep[others, j]
        for start in range(0, len(columns), _CHUNK):
            error = np.ascontiguousarray(held.error[:, columns[start : start + _CHUNK]])
            _raise(out[start : start + _CHUNK], error, held.inverse, j, others, up, down)
        return out

    return found


def _raise(
    best: NDArray[np.float64],
    error: NDArray[np.float64],
    inverse: NDArray[np.float64],
    j: int,
    others: NDArray[np.int64],
    up: NDArray[np.bool_],
    down: NDArray[np.bool_],
) -> None:
    """Raise `best` to the differences of `j` and `others`, in the directions that count."""
    run = len(others) == others[-1] - others[0] + 1  # a slice is not copied
    t = error[j] - error[slice(int(others[0]), int(others[-1]) + 1) if run else others]
    t *= inverse[j, others, None]
    if up.all() and down.all():
        np.maximum(best, np.abs(t, out=t).max(axis=0), out=best)
        return
    if up.any():
        np.maximum(best, t[up].max(axis=0), out=best)
    if down.any():
        np.maximum(best, -t[down].min(axis=0), out=best)


def peaks_of_each(held: Draws) -> NDArray[np.float64]:
    """Return (g, draws) the largest difference, up or down, of each group with any other."""
    count, draws = held.error.shape
    out = np.zeros((count, draws))
    for start in range(0, draws, _CHUNK):
        error = np.ascontiguousarray(held.error[:, start : start + _CHUNK])
        best = np.zeros_like(error)
        for j in range(count - 1):
            t = error[j] - error[j + 1 :]
            t *= held.inverse[j, j + 1 :, None]
            np.abs(t, out=t)
            np.maximum(best[j], t.max(axis=0), out=best[j])
            np.maximum(best[j + 1 :], t, out=best[j + 1 :])
        out[:, start : start + _CHUNK] = best
    return out


def simulated(held: Draws, confidence_level: float) -> Critical:
    """Return the function from the pairs kept to their critical value.

    The function may be called again with fewer pairs, never with more: the peaks found
    before bound those to come, so that only the draws near the critical value are looked
    at again.
    """
    bound = np.full(held.error.shape[1], np.inf)
    return _bounded(partial(peaks, held), bound, confidence_level)


def simulated_each(held: Draws, confidence_level: float) -> list[Critical]:
    """Return such a function a group, for the pairs that the group is in."""
    return [
        _bounded(peaks_of(held, j), bound, confidence_level) for j, bound in enumerate(peaks_of_each(held))
    ]


def _bounded(look: Peaks, bound: NDArray[np.float64], confidence_level: float) -> Critical:
    count = len(bound)
    k = rank_of_critical(count, confidence_level)

    def critical(keep: Keep) -> float:
        order = np.argsort(-bound, kind="stable")
        looked = 0
        while looked < count:
            batch = order[looked : looked + max(_CHUNK, k)]
            bound[batch] = look(keep, batch)
            looked += len(batch)
            kth = -np.partition(-bound[order[:looked]], k - 1)[k - 1]
            if looked < count and kth >= bound[order[looked]]:
                break
        return float(-np.partition(-bound, k - 1)[k - 1])

    return critical


def bonferroni(confidence_level: float) -> Critical:
    """Return the function from the pairs kept to the critical value of Bonferroni."""
    from scipy.special import ndtri

    return lambda keep: float(-ndtri((1 - confidence_level) / max(int(keep.sum()), 1)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """The outcome of stepping down.

    Parameters
    ----------
    above
        (g, g) whether the row is surely above the column.
    first, last
        Critical value of the first and the last round, on the normal scale; NaN where
        nothing was left to chance.
    rounds
        Rounds that it took.
    """

    above: Keep
    first: float
    last: float
    rounds: int


def step_down(
    observed: NDArray[np.float64], keep: Keep, critical: Critical, *, single: bool = False
) -> Steps:
    """Reject ordered pairs, and again with the critical value of those that are left.

    Parameters
    ----------
    observed
        (g, g) difference of row and column on the normal scale.
    keep
        (g, g) the ordered pairs that are tested.
    critical
        From pairs to their critical value.
    single
        Whether to stop after one round.

    References
    ----------
    Romano & Wolf (2005), Exact and approximate stepdown methods for multiple hypothesis
    testing, JASA 100, algorithm 1; Mogstad, Romano, Shaikh & Wilhelm (2024), section 3.
    """
    left, above = keep.copy(), np.zeros_like(keep)
    values: list[float] = []
    while left.any():
        values.append(critical(left))
        rejected = left & (observed > values[-1])
        above |= rejected
        left &= ~rejected
        if single or not rejected.any():
            break
    nan = float("nan")
    return Steps(
        above=above,
        first=values[0] if values else nan,
        last=values[-1] if values else nan,
        rounds=len(values),
    )
