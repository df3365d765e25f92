"""What gives most for its price, taken one by one: on models small enough to see."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sipukat.compliance.greedy import greedily, in_order
from sipukat.compliance.model import Model
from sipukat.compliance.options import Need
from sipukat.compliance.thinning import STAYS


def _model(gains, costs, need, *, needs=(), excludes=()):
    return Model(
        gains=tuple(map(tuple, gains)),
        costs=tuple(map(tuple, costs)),
        need=need,
        needs=tuple(needs),
        excludes=tuple(map(tuple, excludes)),
        point=Fraction(1),
        price=Fraction(1),
    )


def _need(**places):
    return Need(worth=Fraction(0), **places)


@pytest.mark.parametrize(
    ("gains", "costs", "need", "at"),
    [
        ([[4], [6]], [[1], [2]], 4, (0, STAYS)),  # 4 for 1 before 6 for 2
        ([[4], [6]], [[1], [2]], 5, (0, 0)),
        ([[4], [6]], [[2], [2]], 4, (STAYS, 0)),
        ([[4], [4]], [[2], [2]], 4, (0, STAYS)),  # as good: the first
        ([[4, 9], [6]], [[1, 3], [2]], 9, (0, 0)),
        ([[4, 9], [1]], [[1, 3], [9]], 9, (1, STAYS)),  # from its first step to its second
        ([[1], [9]], [[0], [1]], 9, (0, 0)),  # what costs nothing comes first
        ([[2], [3]], [[0], [0]], 3, (STAYS, 0)),  # the greater of two that cost nothing
        ([[2], [3]], [[1], [1]], 0, (STAYS, STAYS)),
        ([[2], [3]], [[1], [1]], 6, None),
        ([[0], [3]], [[1], [1]], 3, (STAYS, 0)),  # what gives nothing is passed over
        ([[0, 5], [1]], [[1, 2], [9]], 5, (1, STAYS)),  # but not what comes after it
    ],
)
def test_most_for_the_price_is_taken_until_it_is_enough(gains, costs, need, at):
    assert greedily(_model(gains, costs, need)) == at


def test_what_waits_is_taken_with_all_that_it_waits_for_at_the_price_of_all():
    # the third gives 9 for 1, but waits for the first step of the first, which costs 8
    needs = [_need(lever=2, at=0, other=0, least=0)]
    model = _model([[1, 2], [4], [9]], [[8, 9], [2], [1]], 4, needs=needs)
    assert greedily(model) == (STAYS, 0, STAYS)
    assert greedily(_model([[1, 2], [4], [9]], [[8, 9], [2], [1]], 10, needs=needs)) == (0, 0, 0)
    chain = [_need(lever=2, at=0, other=1, least=0), _need(lever=1, at=0, other=0, least=1)]
    assert greedily(_model([[1, 2], [4], [9]], [[1, 1], [1], [1]], 15, needs=chain)) == (1, 0, 0)
    later = [_need(lever=0, at=1, other=1, least=0)]  # only the second step waits
    assert greedily(_model([[3, 4], [1]], [[1, 2], [1]], 3, needs=later)) == (0, STAYS)
    assert greedily(_model([[3, 4], [1]], [[1, 2], [1]], 5, needs=later)) == (1, 0)


def test_what_is_excluded_by_something_taken_is_passed_over():
    model = _model([[5], [4], [3]], [[1], [1], [1]], 8, excludes=[(0, 1)])
    assert greedily(model) == (0, STAYS, 0)
    assert greedily(_model([[5], [4]], [[1], [1]], 8, excludes=[(0, 1)])) is None
    waits = [_need(lever=0, at=0, other=1, least=0)]  # it waits for what it excludes
    assert greedily(_model([[5], [4]], [[1], [1]], 5, needs=waits, excludes=[(0, 1)])) is None


def test_a_choice_is_put_in_order_by_what_gives_most_for_its_price():
    model = _model([[4], [6], [9], [1]], [[1], [2], [9], [0]], 0)
    assert in_order(model, (0, 0, 0, 0)) == (3, 0, 1, 2)
    assert in_order(model, (0, STAYS, 0, STAYS)) == (0, 2)
    assert in_order(_model([[4], [4]], [[1], [1]], 0), (0, 0)) == (0, 1)


def test_in_order_a_lever_comes_after_what_it_waits_for_and_they_are_valued_together():
    # the third waits for the first: 1 + 20 for 2 + 1 is 7 for 1, before the second's 4 for 1
    needs = [_need(lever=2, at=0, other=0, least=0)]
    model = _model([[1], [4], [20]], [[2], [1], [1]], 0, needs=needs)
    assert in_order(model, (0, 0, 0)) == (0, 2, 1)
    dear = _model([[1], [4], [20]], [[20], [1], [1]], 0, needs=needs)
    assert in_order(dear, (0, 0, 0)) == (1, 0, 2)
    # once the first is taken for the third, what else waits for it costs only itself
    both = [*needs, _need(lever=3, at=0, other=0, least=0)]
    shared = _model([[1], [4], [20], [5]], [[2], [1], [1], [1]], 0, needs=both)
    assert in_order(shared, (0, 0, 0, 0)) == (0, 2, 3, 1)
    chain = [_need(lever=2, at=0, other=1, least=0), _need(lever=1, at=0, other=0, least=0)]
    assert in_order(_model([[1], [1], [1]], [[1], [1], [1]], 0, needs=chain), (0, 0, 0)) == (0, 1, 2)
    assert in_order(
        _model([[1], [9]], [[1], [1]], 0, needs=[_need(lever=1, at=0, other=0, least=0)]), (STAYS, 0)
    ) == (1,)
