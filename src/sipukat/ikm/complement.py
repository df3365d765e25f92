"""Which groups go with those that are not told, so that no total gives them back.

A total less what is told is what is not told: so that is never one group alone, never
fewer respondents than a group must have, and never people who all said one thing. Where
groups have several parts, such as unit and service, the same holds along every line of
their table.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Name = TypeVar("Name")


def with_complement(
    sizes: Mapping[Name, int],
    hidden: Iterable[Name],
    *,
    below: int,
    alike: Mapping[Name, Collection[object]] | None = None,
) -> frozenset[Name]:
    """Return the groups that are not told, with the smallest others that keep them from being computed.

    Parameters
    ----------
    sizes
        Respondents of every group; a tuple names a group by its parts.
    hidden
        The groups that are not told, all of them in `sizes`.
    below
        Fewest respondents that what is not told must have together.
    alike
        What everybody of a group said, such as the score that all of them gave; a group that
        is not there said nothing with one voice. What is not told together would tell it of
        each, so it grows until not all of them said it; not where everybody of the line did,
        which its total tells.

    Examples
    --------
    >>> sorted(with_complement({"A": 4, "B": 40, "C": 25}, {"A"}, below=10))
    ['A', 'C']
    >>> sorted(with_complement({"A": 4, "B": 40, "C": 25}, {"A"}, below=10, alike={"A": {4}, "C": {4}}))
    ['A', 'B', 'C']
    """
    out = set(hidden)
    grown = bool(out)
    while grown:
        grown = False
        for line in _lines(sizes):
            gone = [name for name in line if name in out]
            rest = [name for name in line if name not in out]
            while gone and rest and (_are_few(gone, sizes, below) or _are_told(gone, line, alike or {})):
                gone.append(rest.pop(0))
                out.add(gone[-1])
                grown = True
    return frozenset(out)


def _are_few(gone: Sequence[Name], sizes: Mapping[Name, int], below: int) -> bool:
    """Say whether what is not told is one group, or too few respondents."""
    return len(gone) == 1 or sum(sizes[name] for name in gone) < below


def _are_told(gone: Sequence[Name], line: Sequence[Name], alike: Mapping[Name, Collection[object]]) -> bool:
    """Say whether what is not told all said something that not everybody of the line did."""
    said = _of_all(gone, alike)
    return bool(said) and bool(said - _of_all(line, alike))


def _of_all(names: Sequence[Name], alike: Mapping[Name, Collection[object]]) -> frozenset[object]:
    """Return what everybody of these groups said."""
    said = frozenset(alike.get(names[0], ()))
    for name in names[1:]:
        if not said:
            break
        said = said.intersection(alike.get(name, ()))
    return said


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
