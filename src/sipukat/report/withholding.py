"""Which groups a breakdown may not show, so that nobody's answers can be read from it.

A group with few respondents is withheld. The total less what is shown would give it
back: so what is withheld is never one group alone, and never fewer respondents together
than one group must have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

Name = TypeVar("Name")
DEFAULT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Generic[Name]):
    """Groups that are withheld.

    Parameters
    ----------
    small
        Those with fewer respondents than the threshold.
    complement
        Those withheld besides, so that the small ones cannot be computed.
    """

    small: frozenset[Name]
    complement: frozenset[Name]

    @property
    def names(self) -> frozenset[Name]:
        """Both."""
        return self.small | self.complement


def withheld(sizes: Mapping[Name, int], *, below: int = DEFAULT) -> Withheld[Name]:
    """Choose the groups to withhold from a breakdown whose total is shown.

    Parameters
    ----------
    sizes
        Group to number of respondents.
    below
        Groups with fewer are withheld; 0 withholds none.

    Raises
    ------
    ArgumentError
        If `below` is negative.

    Examples
    --------
    >>> hidden = withheld({"A": 4, "B": 40, "C": 25})
    >>> sorted(hidden.small), sorted(hidden.complement)
    (['A'], ['C'])
    """
    if below < 0:
        raise ArgumentError(f"withhold_below must be 0 or more respondents, got {below}")
    small = {name for name, n in sizes.items() if n < below}
    complement: set[Name] = set()
    rest = sorted((name for name in sizes if name not in small), key=lambda name: sizes[name])
    together = sum(sizes[name] for name in small)
    while small and rest and (len(small) + len(complement) == 1 or together < below):
        chosen = rest.pop(0)
        complement.add(chosen)
        together += sizes[chosen]
    return Withheld(small=frozenset(small), complement=frozenset(complement))
