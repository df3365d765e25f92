"""What may be left out before a cheapest choice is sought, on levers small enough to see."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.compliance.thinning import STAYS, Option, thinned, useful

STAY = Option(STAYS, 0, 0)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ([STAY, Option(0, 3, 5)], [Option(0, 3, 5), STAY]),
        ([STAY, Option(0, 3, 0)], [STAY]),  # pays for nothing
        ([STAY, Option(0, 0, 1)], [Option(0, 0, 1), STAY]),  # a step costs work, if no money
        ([STAY, Option(0, 3, 5), Option(1, 3, 6)], [Option(1, 3, 6), STAY]),  # more for as much
        ([STAY, Option(0, 2, 5), Option(1, 3, 5)], [Option(0, 2, 5), STAY]),  # as much for less
        ([STAY, Option(0, 3, 5), Option(1, 3, 5)], [Option(1, 3, 5), STAY]),  # the same: the higher step
        ([STAY, Option(0, 2, 4), Option(1, 3, 5)], [Option(1, 3, 5), Option(0, 2, 4), STAY]),
        ([Option(0, 3, 5)], [Option(0, 3, 5)]),
        ([Option(0, 3, 5), Option(1, 3, 5)], [Option(1, 3, 5)]),
        ([], []),
    ],
)
def test_an_option_that_another_beats_is_left_out(options, kept):
    assert useful(options) == kept
    assert useful(options[::-1]) == kept


def _levers(*prices_and_gains):
    return [[Option(0, cost, gain), STAY] for cost, gain in prices_and_gains]


@pytest.mark.parametrize(
    ("levers", "need", "cost", "left"),
    [
        # the last rise costs 2/4: beside it the first is worth its price, the third is not
        (_levers((1, 4), (2, 4), (6, 4)), 8, 3, [[0], [0, STAYS], [STAYS]]),
        (_levers((1, 4), (2, 4), (6, 4)), 12, 9, [[0], [0], [0, STAYS]]),
        (_levers((1, 4), (2, 4)), 0, 0, [[STAYS], [STAYS]]),  # nothing is needed
        # 1 is lacking after the first: the second gives it for 3; room is 9 * 4 - (45 - 27) = 18
        (_levers((1, 4), (3, 2), (9, 9)), 5, 4, [[0], [0, STAYS], [0, STAYS]]),
        (_levers((1, 4), (3, 2), (9, 1)), 5, 4, [[0], [0, STAYS], [STAYS]]),
        (_levers((2, 4), (2, 4)), 4, 2, [[0, STAYS], [0, STAYS]]),  # either will do
        (_levers((0, 4), (2, 4)), 4, 0, [[0, STAYS], [STAYS]]),
    ],
)
def test_what_no_cheapest_choice_can_hold_is_left_out(levers, need, cost, left):
    kept, enough = thinned(levers, need)
    assert enough == cost
    assert [[o.at for o in options] for options in kept] == left


def test_the_last_rise_is_the_cheapest_that_is_enough_wherever_it_is():
    # by rates the first lever's first step, then its second; alone the second lever's is cheaper
    levers = [[Option(1, 9, 10), Option(0, 1, 4), STAY], [Option(0, 5, 6), STAY]]
    kept, enough = thinned(levers, 10)
    assert enough == 6
    assert [o.at for o in kept[0]] == [0]
    assert [o.at for o in kept[1]] == [0, STAYS]


options = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=0, max_size=3).map(
    lambda raw: [STAY, *(Option(at, cost, gain) for at, (cost, gain) in enumerate(raw))]
)


@given(st.lists(options, min_size=1, max_size=4), st.integers(0, 30))
def test_every_cheapest_choice_stays(levers, need):
    levers = [useful(each) for each in levers]
    if sum(max(o.gain for o in each) for each in levers) < need:
        return
    kept, enough = thinned(levers, need)
    choices = [c for c in product(*levers) if sum(o.gain for o in c) >= need]
    cheapest = min(sum(o.cost for o in c) for c in choices)
    assert enough >= cheapest
    for choice in choices:
        if sum(o.cost for o in choice) == cheapest:
            assert all(o in left for o, left in zip(choice, kept, strict=True))
