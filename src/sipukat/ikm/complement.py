"""Which groups go with those that are not told, so that no total gives them back.

A total less what is told is what is not told: so that is never one group alone, and never
fewer respondents than a group must have. Where groups have several parts, such as unit and
service, the same holds along every line of their table.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Name = TypeVar("Name")


def with_complement(sizes: Mapping[Name, int], hidden: Iterable[Name], *, below: int) -> frozenset[Name]:
    """Return the groups that are not told, with the smallest others that keep them from being computed.

    Parameters
    ----------
    sizes
        Respondents of every group; a tuple names a group by its parts.
    hidden
        The groups that are not told, all of them in `sizes`.
    below
        Fewest respondents that what is not told must have together.

    Examples
    --------
    >>> sorted(with_complement({"A": 4, "B": 40, "C": 25}, {"A"}, below=10))
    ['A', 'C']
    """
    out = set(hidden)
    grown = bool(out)
    while grown:
        grown = False
        for line in _lines(sizes):
            gone = [name for name in line if name in out]
            rest = [name for name in line if name not in out]
            while gone and rest and (len(gone) == 1 or sum(sizes[name] for name in gone) < below):
                gone.append(rest.pop(0))
                out.add(gone[-1])
                grown = True
    return frozenset(out)


def _lines(sizes: Mapping[Name, int]) -> Iterator[list[Name]]:
    """Yield the groups that agree on some parts, the smallest group first; short lines before long ones."""
    parts: dict[Name, tuple[Any, ...]] = {
        name: name if isinstance(name, tuple) else (name,) for name in sizes
    }
    rank = {name: (n, place) for place, (name, n) in enumerate(sizes.items())}
    width = max(map(len, parts.values()), default=1)
    for held in range(width - 1, -1, -1):
        for places in combinations(range(width), held):
            lines: dict[tuple[Any, ...], list[Name]] = {}
            for name, own in parts.items():
                lines.setdefault(tuple(own[place] for place in places), []).append(name)
            for line in lines.values():
                yield sorted(line, key=rank.__getitem__)
