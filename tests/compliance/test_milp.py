"""Integer programming finds the very choice that looking at every choice finds."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat.compliance.milp import by_milp, most
from sipukat.compliance.model import Model
from sipukat.compliance.options import Need
from sipukat.compliance.thinning import STAYS


def _model(rows, need, *, needs=(), excludes=()):
    """Each row holds rises of (cost, gain), which are added up."""
    return Model(
        gains=tuple(tuple(accumulate(gain for _, gain in row)) for row in rows),
        costs=tuple(tuple(accumulate(cost for cost, _ in row)) for row in rows),
        need=need,
        needs=tuple(needs),
        excludes=tuple(excludes),
        point=Fraction(1),
        price=Fraction(1),
    )


def _allowed(model, at):
    waits = all(at[n.other] >= n.least for n in model.needs if at[n.lever] >= n.at)
    return waits and all(sum(at[lever] != STAYS for lever in group) <= 1 for group in model.excludes)


def _every(model):
    """Least cost, then fewest levers, then most gain, then the highest places of the first levers."""
    places = product(*(range(STAYS, len(gains)) for gains in model.gains))
    return min(
        (
            (model.cost(at), sum(p != STAYS for p in at), -model.gain(at), tuple(-p for p in at))
            for at in places
            if model.gain(at) >= model.need and _allowed(model, at)
        ),
        default=None,
    )


rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=3)


@settings(max_examples=12)
@given(st.lists(rows, min_size=1, max_size=4), st.integers(0, 12), st.booleans())
def test_the_choice_is_that_of_looking_at_all(raw, need, tied):
    long = [lever for lever, row in enumerate(raw) if row]
    needs, excludes = (), ()
    if tied and len(long) > 1:
        needs = (Need(lever=long[0], at=0, other=long[-1], least=0, worth=Fraction(0)),)
        excludes = (tuple(long[1:]),)
    model = _model(raw, need, needs=needs, excludes=excludes)
    best, found = _every(model), by_milp(model, seconds=60)
    assert found.proven
    assert found.method == "milp"
    if best is None:
        assert (found.at, found.bound) == (None, None)
    else:
        assert found.at == tuple(-place for place in best[3])
        assert found.bound == best[0]


@pytest.mark.parametrize(("levers", "gain"), [(25, 1), (3, 2**55)])
def test_many_equal_levers_rise_from_the_first_and_large_gains_are_told_apart(levers, gain):
    model = _model([[(1, gain)]] * levers, 2 * gain)
    assert by_milp(model, seconds=60).at == (0, 0, *[STAYS] * (levers - 2))
    uneven = _model([[(1, gain)], [(1, gain + 1)], [(1, gain + 1)]], gain + 1)
    assert by_milp(uneven, seconds=60).at == (STAYS, 0, STAYS)


def test_of_two_pairs_that_are_worth_the_same_the_one_with_the_first_lever_rises():
    # only {0, 3} and {1, 2} go together
    apart = [(0, 1), (0, 2), (1, 3), (2, 3)]
    model = _model([[(1, 1)]] * 4, 2, excludes=apart)
    assert by_milp(model, seconds=60).at == (0, STAYS, STAYS, 0)


def test_of_two_triples_the_one_with_the_first_lever_rises_whatever_the_others_weigh():
    one, other = (0, 4, 5), (1, 2, 3)
    model = _model([[(1, 1)]] * 6, 3, excludes=[(a, b) for a in one for b in other])
    assert by_milp(model, seconds=60).at == (0, STAYS, STAYS, STAYS, 0, 0)


def test_of_two_that_are_enough_for_as_much_the_greater_gain_is_taken():
    assert by_milp(_model([[(1, 5)], [(1, 7)], [(1, 6)]], 5), seconds=60).at == (STAYS, 0, STAYS)


def test_what_is_settled_of_the_first_levers_stays_while_the_last_are_settled():
    dear, cheap = [[(5, 1)]] * 22, [[(1, 1)]] * 5
    assert by_milp(_model(dear + cheap, 2), seconds=60).at == (*[STAYS] * 22, 0, 0, *[STAYS] * 3)
    mixed = _model([[(1, 1)], *dear, *cheap], 3)
    assert by_milp(mixed, seconds=60).at == (0, *[STAYS] * 22, 0, 0, *[STAYS] * 3)


def test_where_nothing_can_rise_nothing_is_found_or_needed():
    found = by_milp(_model([[], []], 1), seconds=60)
    assert (found.at, found.method, found.proven, found.bound) == (None, "milp", True, None)


@pytest.mark.parametrize(
    ("budget", "at"),
    [(None, (1, 0)), (4, (1, 0)), (3, (0, 0)), (2, (STAYS, 0)), (0, (STAYS, STAYS))],
)
def test_the_most_that_a_budget_buys(budget, at):
    model = _model([[(1, 2), (1, 2)], [(2, 5)]], 99)
    assert most(model, budget=budget, seconds=60) == at
    assert most(_model([[]], 1), budget=budget, seconds=60) == (STAYS,)
