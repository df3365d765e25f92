"""What can be left out before a choice is made: options that no cheapest choice can hold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

STAYS: Final = -1


class Option(NamedTuple):
    """One way to treat a lever: its place among the choices (`STAYS` for none), price and gain."""

    at: int
    cost: int
    gain: int

    @property
    def steps(self) -> int:
        """How many steps it is: none, or one."""
        return int(self.at != STAYS)


Levers: TypeAlias = "Sequence[Sequence[Option]]"


def useful(options: Sequence[Option]) -> list[Option]:
    """Leave out what another option of the lever beats; those that raise most come first.

    Parameters
    ----------
    options
        The options of one lever.
    """
    ordered = sorted(options, key=lambda o: -o.at)
    if len(ordered) == 2 and ordered[1].at == STAYS and ordered[0].gain > 0:  # noqa: PLR2004  the usual case
        return ordered
    kept: list[Option] = []
    for mine in ordered:
        beaten = any(
            other.cost <= mine.cost
            and other.steps <= mine.steps
            and other.gain >= mine.gain
            and (other[1:] != mine[1:] or other.steps != mine.steps or other.at > mine.at)
            for other in ordered
        )
        if not beaten:
            kept.append(mine)
    return kept


def thinned(levers: Levers, need: int) -> tuple[list[list[Option]], int]:
    """Leave out the options that no cheapest choice can hold; return what stays, and a cost that is enough.

    Parameters
    ----------
    levers
        The useful options of each lever; together they give `need`.
    need
        The gain that is enough.

    Notes
    -----
    For any rate ``p / q >= 0``, every choice that gives enough costs at least
    ``sum(min(cost - rate * gain)) + rate * need`` (Lagrange), and one with a certain option at
    least that plus what the option is above the minimum of its lever. Where this is more than
    a choice that was found costs, the option is in no cheapest choice. The rate is that of
    the last rise which the choice by rates needed; it steers, and proves nothing.
    """
    found, cost, rate = _by_rates(levers, need)
    p, q = rate
    reduced = [[q * o.cost - p * o.gain for o in options] for options in levers]
    lowest = [min(row) for row in reduced]
    room = q * cost - (sum(lowest) + p * need)
    kept = [
        [o for o, value in zip(options, row, strict=True) if value - low <= room]
        for options, row, low in zip(levers, reduced, lowest, strict=True)
    ]
    return kept, sum(o.cost for o in found)


def _by_rates(levers: Levers, need: int) -> tuple[list[Option], int, tuple[int, int]]:
    """Return a choice that gives enough, its cost, and the price and gain of its last rise."""
    chosen = [min(options, key=lambda o: (o.gain, o.cost)) for options in levers]
    rises = [
        (a.cost / a.gain, number, option, a)
        for number, options in enumerate(levers)
        for option, a in _hull(chosen[number], options)
    ]
    lacking = need - sum(o.gain for o in chosen)
    rate = (0, 1)
    best: tuple[int, int, Option] | None = None
    for _, number, option, rise in sorted(rises, key=lambda each: each[0]):
        if lacking <= 0:
            break
        rate = (rise.cost, rise.gain)
        if rise.gain >= lacking:  # the last: perhaps another one is enough, and costs less
            enough = [
                (o.cost - chosen[i].cost, i, o)
                for i, options in enumerate(levers)
                for o in options
                if o.gain - chosen[i].gain >= lacking
            ]
            best = min(enough, key=lambda each: each[:2])
            chosen[best[1]] = best[2]
            break
        chosen[number] = option
        lacking -= rise.gain
    return chosen, sum(o.cost for o in chosen), rate


def _hull(first: Option, options: Sequence[Option]) -> list[tuple[Option, Option]]:
    """Return the options on the lower hull of price over gain, each with its rise from the one before."""
    corners = [first]
    for option in sorted(options, key=lambda o: (o.gain, o.cost)):
        if option.gain <= corners[-1].gain:
            continue
        while len(corners) > 1:
            a, b = corners[-2], corners[-1]
            if (b.cost - a.cost) * (option.gain - b.gain) < (option.cost - b.cost) * (b.gain - a.gain):
                break
            corners.pop()
        corners.append(option)
    return [(b, Option(b.at, max(b.cost - a.cost, 0), b.gain - a.gain)) for a, b in pairwise(corners)]
