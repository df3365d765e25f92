"""The best choice by tables: against every choice, and with numbers that floats do not tell apart."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.compliance import knapsack
from sipukat.compliance.knapsack import least
from sipukat.compliance.thinning import STAYS, Option

STAY = Option(STAYS, 0, 0)


def _levers(*rows):
    return [[STAY, *(Option(at, cost, gain) for at, (cost, gain) in enumerate(row))] for row in rows]


def _every(levers, need):
    """Least cost, then fewest steps, then most gain, then the highest steps of the first levers."""
    choices = [c for c in product(*levers) if sum(o.gain for o in c) >= need]
    if not choices:
        return None
    return min(
        (sum(o.cost for o in c), sum(o.steps for o in c), -sum(o.gain for o in c), tuple(-o.at for o in c))
        for c in choices
    )


rows = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=3)


@given(st.lists(rows, min_size=1, max_size=4), st.integers(-1, 20))
def test_the_tables_find_what_every_choice_would(raw, need):
    levers = _levers(*raw)
    found, best = least(levers, need), _every(levers, need)
    assert (found is None) is (best is None)
    if best is not None:
        assert (found.cost, found.steps, found.lack, found.order) == best
        assert found.gain == -found.lack


@given(st.lists(st.integers(0, 6), min_size=1, max_size=5), st.integers(0, 20), st.integers(1, 9))
def test_one_price_for_all_is_the_largest_gains(gains, need, price):
    levers = _levers(*[[(price, gain)] for gain in gains])
    found, best = least(levers, need), _every(levers, need)
    assert (found is None) is (best is None)
    if best is not None:
        assert (found.cost, found.steps, found.lack, found.order) == best


@pytest.mark.parametrize("huge", [2**60, 2**70])
def test_gains_too_large_for_floats_are_told_apart(huge):
    levers = _levers([(2, huge + 1)], [(1, huge)], [(3, huge + 2)], [(7, 5)])
    found = least(levers, huge + 1)
    assert (found.cost, found.at) == (2, (0, STAYS, STAYS, STAYS))
    assert least(levers, 2 * huge + 3).at == (0, STAYS, 0, STAYS)


def test_too_many_different_costs_are_left_to_another_method(monkeypatch):
    levers = _levers([(7, 5), (9, 8)], [(3, 4), (8, 9)], [(5, 5), (6, 7)])
    assert least(levers, 15).cost == 14
    monkeypatch.setattr(knapsack, "_MOST_CELLS", 5)
    with pytest.raises(OverflowError, match="too many different costs"):
        least(levers, 15)
