"""Which groups a breakdown may not show, so that nobody's answers can be read from it.

A group with few respondents is withheld. The total less what is shown would give it
back: so what is withheld is never one group alone, and never fewer respondents together
than one group must have (`sipukat.ikm.complement`). Where groups have several parts, such
as unit and service, the same holds along every line of their table: the services of one
unit, whose total another report may show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Name = TypeVar("Name")

DEFAULT: Final = 10
"""Fewest respondents of a group that a breakdown shows."""

CELL: Final = 5
"""Fewest respondents of a group whose answers are told one by one: shares of each score, sums of an unsur."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Generic[Name]):
    """Groups that are withheld.

    Parameters
    ----------
    small
        Those with fewer respondents than the threshold.
    complement
        Those withheld besides, so that the small ones cannot be computed.
    below
        The threshold.
    """

    small: frozenset[Name]
    complement: frozenset[Name]
    below: int = DEFAULT

    @property
    def names(self) -> frozenset[Name]:
        """Both."""
        return self.small | self.complement


def withheld(
    sizes: Mapping[Name, int],
    *,
    below: int = DEFAULT,
    already: Collection[Name] = (),
    alike: Mapping[Name, object] | None = None,
) -> Withheld[Name]:
    """Choose the groups to withhold from a breakdown whose total is shown.

    Parameters
    ----------
    sizes
        Group to number of respondents; a group of several parts is a tuple.
    below
        Groups with fewer are withheld; 0 withholds none.
    already
        Groups that are withheld whatever their size, for another reason.
    alike
        Groups whose respondents all gave one answer, and which. What is withheld together
        would tell it of each, so others are withheld until not all of them gave that one;
        not where everybody did, which the total tells.

    Raises
    ------
    ArgumentError
        If `below` is negative.

    Notes
    -----
    Along every line (all groups that agree on some of their parts, and all groups), while
    exactly one group is withheld, or those withheld have fewer than `below` respondents
    together or all gave one answer, the smallest of the others is withheld too. Against one
    total a line this is exact; somebody who knows totals that cross each other may still
    narrow it down.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4: threshold rule and
    secondary suppression.

    Examples
    --------
    >>> hidden = withheld({"A": 4, "B": 40, "C": 25})
    >>> sorted(hidden.small), sorted(hidden.complement)
    (['A'], ['C'])
    """
    from sipukat.ikm.complement import with_complement  # its room loads an estimator

    if below < 0:
        raise ArgumentError(f"withhold_below must be 0 or more respondents, got {below}")
    small = frozenset(name for name, n in sizes.items() if n < below)
    hidden = with_complement(
        sizes,
        small.union(name for name in already if name in sizes),
        below=below,
        alike={name: (answer,) for name, answer in (alike or {}).items()},
    )
    return Withheld(small=small, complement=hidden - small, below=below)
