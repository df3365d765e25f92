"""Letters of groups that cannot be told apart (compact letter display)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat.errors import EstimationError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST: Final = 2000
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"


def equal_sets(differ: NDArray[np.bool_]) -> list[tuple[int, ...]]:
    """Return every largest set of groups of which no two differ.

    Parameters
    ----------
    differ
        (g, g), symmetric: whether two groups surely differ.

    Returns
    -------
    list of tuple of int
        Places of the groups, ascending; every group is in at least one set, and two groups
        share a set if and only if they do not differ.

    Raises
    ------
    EstimationError
        If there are more than 2,000 such sets.

    References
    ----------
    Piepho (2004), An algorithm for a letter-based representation of all-pairwise
    comparisons, J. Comput. Graph. Stat. 13(2); the sets are the maximal cliques of the
    graph of pairs that do not differ, found by Bron & Kerbosch (1973), CACM 16(9).

    Examples
    --------
    >>> equal_sets(np.array([[0, 0, 1], [0, 0, 0], [1, 0, 0]], dtype=bool))
    [(0, 1), (1, 2)]
    """
    count = len(differ)
    alike = ~differ & ~np.eye(count, dtype=bool)
    near = [sum(1 << k for k in np.flatnonzero(row).tolist()) for row in alike]
    found: list[int] = []
    stack = [(0, (1 << count) - 1, 0)]
    while stack:
        held, open_, closed = stack.pop()
        if not open_ and not closed:
            found.append(held)
            if len(found) > _MOST:
                raise EstimationError(
                    f"more than {_MOST:,} sets of equal groups; read rank_low and rank_high instead"
                )
            continue
        pivot = max(_members(open_ | closed), key=lambda k: (near[k] & open_).bit_count())
        for k in _members(open_ & ~near[pivot]):
            stack.append((held | 1 << k, open_ & near[k], closed & near[k]))
            open_ &= ~(1 << k)
            closed |= 1 << k
    return sorted(tuple(_members(bits)) for bits in found)


def _members(bits: int) -> list[int]:
    out = []
    while bits:
        low = bits & -bits
        out.append(low.bit_length() - 1)
        bits ^= low
    return out


def letter_at(place: int) -> str:
    """Return the letter of the first, second, ... set.

    Examples
    --------
    >>> [letter_at(i) for i in (0, 25, 26, 27)]
    ['a', 'z', 'aa', 'ab']
    """
    out = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, len(_ALPHABET))
        out = _ALPHABET[rest] + out
    return out
