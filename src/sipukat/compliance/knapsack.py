"""The cheapest choice of at most one option a lever that gives enough, in whole numbers, by tables.

Cheapest first, then the fewest steps, then the largest gain, then what raises the earlier
levers more: always one answer, whatever the order of the work. Nothing is ever a float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sipukat.compliance.thinning import Option, thinned, useful

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from sipukat.compliance.thinning import Levers

_MOST_CELLS: Final = 4_000_000  # of all tables together; beyond it, tables are the wrong tool
_INT64: Final = 2**61


class Chosen(NamedTuple):
    """What was chosen, lever by lever, and what it comes to; the smaller, the better."""

    cost: int
    steps: int
    lack: int
    """The gain, negative: of two equally cheap, the larger gain is the better."""
    order: tuple[int, ...]
    """The places chosen, negative: of two equal, that which raises the earlier lever more."""

    @property
    def at(self) -> tuple[int, ...]:
        """The places chosen, `STAYS` where a lever stays."""
        return tuple(-place for place in self.order)

    @property
    def gain(self) -> int:
        """The gain of all."""
        return -self.lack


def least(levers: Levers, need: int) -> Chosen | None:
    """Return the best choice of one option a lever whose gains are `need` or more; None if there is none.

    Parameters
    ----------
    levers
        For each lever its options; one of them is taken. A lever that may stay has the
        option ``Option(STAYS, 0, 0)``.
    need
        The gain that is enough.

    Raises
    ------
    OverflowError
        If the costs are too many different numbers for tables; another method must do.

    Notes
    -----
    With one price for every lever, the largest gains are the fewest and the cheapest, and
    they are simply taken. Otherwise, from the last lever to the first,
    ``table[c, s] = max(gain + table'[c - cost, s - steps])``: the most that the levers from
    here on give for at most `c` and at most `s` steps, of the options that `thinned` leaves.
    The least `c`, then the least `s` with ``table[c, s] >= need`` are the answer, read off
    from the first lever on.

    Examples
    --------
    >>> from sipukat.compliance.thinning import STAYS
    >>> levers = [[Option(STAYS, 0, 0), Option(0, 3, 5)], [Option(STAYS, 0, 0), Option(0, 2, 4)]]
    >>> least(levers, 4).at, least(levers, 5).at, least(levers, 10)
    ((-1, 0), (0, -1), None)
    """
    kept = [useful(options) for options in levers]
    if any(not options for options in kept) or sum(max(o.gain for o in options) for options in kept) < need:
        return None
    found = _of_one_price(kept, need)
    if found is None:
        found = _by_tables(kept, need)
    return _summed(found)


def _summed(options: Sequence[Option]) -> Chosen:
    return Chosen(
        cost=sum(o.cost for o in options),
        steps=sum(o.steps for o in options),
        lack=-sum(o.gain for o in options),
        order=tuple(-o.at for o in options),
    )


def _of_one_price(levers: Levers, need: int) -> list[Option] | None:
    """Return the answer where every lever has one option at one price, or None where that is not so."""
    free = [options for options in levers if len(options) > 1]
    prices = {o.cost for options in free for o in options if o.steps}
    if len(prices) > 1 or any(len(options) > 2 or options[-1].steps for options in free):  # noqa: PLR2004
        return None
    chosen = [options[-1] for options in levers]  # what must be, and otherwise nothing
    lacking = need - sum(o.gain for o in chosen)
    for number in sorted(range(len(levers)), key=lambda i: (-levers[i][0].gain, i)):
        if lacking <= 0:
            break
        if len(levers[number]) > 1:
            chosen[number] = levers[number][0]
            lacking -= chosen[number].gain
    return chosen


def _by_tables(every: Levers, need: int) -> list[Option]:
    import numpy as np

    kept, enough_cost = thinned(every, need)
    settled = [options[0] if len(options) == 1 else None for options in kept]
    levers = [options for options in kept if len(options) > 1]
    need -= sum(o.gain for o in settled if o)
    most = enough_cost - sum(o.cost for o in settled if o)

    total = sum(max(o.gain for o in options) for options in levers)
    kind = np.int64 if total + abs(need) < _INT64 else object
    never = -2 * (total + abs(need) + 1)
    cost = _least_cost(levers, need, kind, never, most=most)
    steps = _most_steps(levers, cost)
    if (cost + 1) * (steps + 1) * (len(levers) + 1) > _MOST_CELLS:
        raise OverflowError("too many different costs for tables")
    tables: list[np.ndarray[Any, Any]] = [np.zeros((cost + 1, steps + 1), dtype=kind)]
    for options in reversed(levers):
        tables.append(_with(options, tables[-1], never))
    tables.reverse()
    enough = next(s for s in range(steps + 1) if tables[0][cost, s] >= need)
    chosen, left, room, gain = [], cost, enough, tables[0][cost, enough]
    for options, rest in zip(levers, tables[1:], strict=True):
        taken = next(
            o
            for o in options
            if o.cost <= left and o.steps <= room and rest[left - o.cost, room - o.steps] + o.gain == gain
        )
        chosen.append(taken)
        left, room, gain = left - taken.cost, room - taken.steps, gain - taken.gain
    open_ = iter(chosen)
    return [o or next(open_) for o in settled]


def _with(options: Sequence[Option], rest: np.ndarray[Any, Any], never: int) -> np.ndarray[Any, Any]:
    """Return the table of a lever and all after it."""
    import numpy as np

    height, width = rest.shape
    best = np.full_like(rest, never)
    for o in options:
        if o.cost < height and o.steps < width:
            here = best[o.cost :, o.steps :]
            np.maximum(here, rest[: height - o.cost, : width - o.steps] + o.gain, out=here)
    return best


def _least_cost(levers: Levers, need: int, kind: type, never: int, *, most: int) -> int:
    import numpy as np

    if (most + 1) * (len(levers) + 1) > _MOST_CELLS:
        raise OverflowError("too many different costs for tables")
    best: np.ndarray[Any, Any] = np.zeros(most + 1, dtype=kind)
    for options in levers:
        more = np.full_like(best, never)
        for o in options:
            if o.cost <= most:
                np.maximum(more[o.cost :], best[: most + 1 - o.cost] + o.gain, out=more[o.cost :])
        best = more
    return int(np.argmax(best >= need))


def _most_steps(levers: Levers, cost: int) -> int:
    """Return how many steps that cost can pay at most."""
    count, left, prices = 0, cost, []
    for options in levers:
        cheapest = min((o.cost for o in options if o.steps), default=None)
        if cheapest is None:
            continue
        if all(o.steps for o in options):
            count, left = count + 1, left - cheapest
        else:
            prices.append(cheapest)
    for price in sorted(prices):
        left -= price
        if left < 0:
            break
        count += 1
    return count
