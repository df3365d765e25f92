"""Whole numbers that add up exactly: a total shared out within limits, by largest remainder."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence


def apportion(n: int, weight: Sequence[Fraction], *, low: Sequence[int], high: Sequence[int]) -> list[int]:
    """Share `n` out by weight, within limits, in whole numbers that add up to `n`.

    Parameters
    ----------
    n
        The total, from the sum of `low` to the sum of `high`.
    weight
        Above 0, one a unit.
    low, high
        Limits of each unit, ``0 <= low <= high``.

    Raises
    ------
    ArgumentError
        If no such numbers exist.

    Notes
    -----
    The quotas are ``min(max(t * weight, low), high)``, with the one t at which they add up
    to n: what one unit cannot take goes to the others in proportion to their weights. Each
    is rounded down, and what is left goes, one by one, to the largest fractions (Hamilton's
    method); among equal ones to the larger weight, then to the earlier unit. All in exact
    arithmetic.

    References
    ----------
    Balinski and Young (1982), Fair Representation.

    Examples
    --------
    >>> apportion(10, [Fraction(6), Fraction(3), Fraction(1)], low=[2, 2, 2], high=[5, 9, 9])
    [5, 3, 2]
    """
    if len(weight) != len(low) or len(weight) != len(high):
        raise ArgumentError(f"{len(weight)} weights, {len(low)} low and {len(high)} high; one each a unit")
    if any(w <= 0 for w in weight) or any(not 0 <= a <= b for a, b in zip(low, high, strict=True)):
        raise ArgumentError("weights must be above 0, and low from 0 to high")
    if not sum(low) <= n <= sum(high):
        raise ArgumentError(f"{n} cannot be shared out: the limits add up to {sum(low)} and {sum(high)}")
    common = math.lcm(*(w.denominator for w in weight)) if weight else 1
    whole = [int(w * common) for w in weight]  # integers: 10,000 fractions would be slow to add
    quota = _quotas(n, whole, low, high)
    out = [math.floor(q) for q in quota]
    order = sorted(range(len(out)), key=lambda i: (out[i] - quota[i], -whole[i], i))
    for i in order[: n - sum(out)]:
        out[i] += 1
    return out


def _quotas(n: int, weight: list[int], low: Sequence[int], high: Sequence[int]) -> list[Fraction]:
    """Find the t at which the limited shares add up; the sum is a broken line in t, never falling."""

    def total(t: Fraction) -> Fraction:
        p, q = t.numerator, t.denominator
        return Fraction(
            sum(min(max(p * w, a * q), b * q) for w, a, b in zip(weight, low, high, strict=True)), q
        )

    knots = sorted(
        {Fraction(limit, w) for limits in (low, high) for limit, w in zip(limits, weight, strict=True)}
    )
    first, last = 0, len(knots) - 1
    while first < last:
        middle = (first + last) // 2
        if total(knots[middle]) >= n:
            last = middle
        else:
            first = middle + 1
    t = knots[first] if knots else Fraction(0)
    if first and (above := total(t)) > n:
        before = knots[first - 1]
        below = total(before)
        t = before + (n - below) * (t - before) / (above - below)
    return [min(max(t * w, Fraction(a)), Fraction(b)) for w, a, b in zip(weight, low, high, strict=True)]
