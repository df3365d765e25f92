"""What an indicator can rise to, and at what price, by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance import Evidence, Item, Level, Measure, Node
from sipukat.compliance.offers import Standing, exact, gates, offers_of, priced, standing
from sipukat.compliance.tree import tree_of
from sipukat.errors import ArgumentError

LADDER = Measure(
    kind="levels",
    high=Decimal(4),
    levels=tuple(
        Level(value=Fraction(n, 4), score=Decimal(n), jika="ada", when="exists") for n in (0, 1, 2, 4)
    ),
)
YES_NO = Measure(kind="yes_no")
COUNT = Measure(kind="count", high=Decimal(5))
NUMBER = Measure(kind="measure", low=Decimal(1), high=Decimal(5))
POINTS = Fraction(8)


def _leaf(measure):
    return Node(key="a", nama="A", name="A", weight=Fraction(1), assumed=False, measure=measure)


def _at(fraction):
    return Standing(value=None, fraction=Fraction(fraction), unknown=False)


def _offers(measure, stand=0, *, costs=None, times=None, feasible=True, stepwise=()):
    found = offers_of(
        measure if isinstance(measure, str) else _leaf(measure),
        _at(stand),
        points=POINTS,
        costs={} if costs is None else {"a": costs},
        times={} if times is None else {"a": times},
        feasible=feasible,
        stepwise=stepwise,
    )
    return [(one.value, one.gain, one.cost, one.weeks) for one in found]


@pytest.mark.parametrize(("measure", "best"), [(LADDER, 4), (YES_NO, True), (COUNT, 5), (NUMBER, 5)])
def test_at_one_price_the_best_is_offered(measure, best):
    assert _offers(measure) == [(best, 8, 1, None)]
    assert _offers(measure, costs=3, times=2) == [(best, 8, 3, 2)]
    assert _offers(measure, "1/4") == [(best, 6, 1, None)]
    assert _offers(measure, 1) == _offers(measure, feasible=False) == []
    assert type(_offers(measure)[0][0]) is (bool if measure is YES_NO else Decimal)
    assert _offers(measure, times={measure.high: 7})[0][3] == 7
    assert _offers(measure, times={measure.low: 7})[0][3] is None


@pytest.mark.parametrize(
    ("measure", "stand", "values"),
    [
        (LADDER, 0, [1, 2, 4]), (LADDER, "1/4", [2, 4]), (LADDER, "1/2", [4]), (COUNT, 0, [1, 2, 3, 4, 5]),
        (COUNT, "3/5", [4, 5]), (YES_NO, 0, [True]), (NUMBER, "1/2", [5]),
    ],
)  # fmt: skip
def test_lower_values_are_offered_where_they_matter(measure, stand, values):
    found = _offers(measure, stand, costs=3, stepwise={"a"})
    assert [value for value, *_ in found] == values
    low, high = Fraction(measure.low), Fraction(measure.high)
    gains = [POINTS * ((Fraction(v) - low) / (high - low) - Fraction(stand)) for v in map(int, values)]
    assert [gain for _, gain, *_ in found] == gains
    assert {cost for *_, cost, _ in found} == {3}


@pytest.mark.parametrize(
    ("measure", "ceiling", "best"), [(LADDER, 2, [2]), (COUNT, 3, [3]), (NUMBER, 4, [4]), (YES_NO, 0, [])]
)
def test_a_ceiling_is_the_highest_value_offered(measure, ceiling, best):
    assert [value for value, *_ in _offers(measure, feasible=ceiling)] == best
    with pytest.raises(ArgumentError, match=r"^feasible\['a'\]: .* is no value of this indicator"):
        _offers(measure, feasible=-1)


@pytest.mark.parametrize(("most", "values"), [(40, 40), (41, 1)])
def test_a_count_is_offered_one_by_one_up_to_forty(most, values):
    found = _offers(Measure(kind="count", high=Decimal(most)), stepwise={"a"})
    assert len(found) == values
    assert found[-1][0] == most


def test_priced_values_are_offered_as_they_are_priced():
    assert _offers(LADDER, costs={1: 2, 4: 9}, times={4: 3}) == [(1, 2, 2, None), (4, 8, 9, 3)]
    assert _offers(LADDER, "1/4", costs={1: 2, 4: 9}) == [(4, 6, 9, None)]
    assert _offers(NUMBER, costs={Decimal("2.5"): Decimal("0.5")}) == [
        (Decimal("2.5"), 3, Fraction(1, 2), None)
    ]
    assert _offers(LADDER, costs={4: 9}, feasible=2) == []
    for bad, why in (({3: 1}, "one of 0, 1, 2, 4"), ({True: 1}, "True is no value"), ({4: -1}, "is below 0")):
        with pytest.raises(ArgumentError, match=why):
            _offers(LADDER, costs=bad)
    with pytest.raises(ArgumentError, match=r"costs\['a'\]\[4\]: -1 is below 0"):
        _offers(LADDER, costs={4: -1})
    with pytest.raises(ArgumentError, match=r"times\['a'\]: 'x' is no number"):
        _offers(LADDER, times="x")
    assert _offers(YES_NO, costs={True: 6}) == [(True, 8, 6, None)]


def test_a_condition_can_come_true_at_its_price():
    assert _offers("a") == [(True, 8, 1, None)]
    assert (
        _offers("a", costs=3, times=2) == _offers("a", costs={True: 3}, times={True: 2}) == [(True, 8, 3, 2)]
    )
    assert _offers("a", costs={False: 3}) == []
    assert _offers("a", 1) == _offers("a", feasible=False) == []
    assert _offers("a", times={False: 2}) == [(True, 8, 1, None)]
    for argument in ("costs", "times"):
        with pytest.raises(ArgumentError, match=rf"^{argument}\['a'\]: 'x' is no number"):
            _offers("a", **{argument: "x"})


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (3, 3),
        (0.1, Fraction(1, 10)),
        (Decimal("2.50"), Fraction(5, 2)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_a_price_is_taken_exactly(value, number):
    assert exact(value, "costs['a']") == number


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (True, "True is no number; give one of 0 or more"), ("3", "'3' is no number"),
        (None, "None is no number"),
        (-1, "-1 is below 0; give a number of 0 or more"), (-0.5, "-0.5 is below 0"),
        (float("nan"), "nan is not finite; give a number of 0 or more"), (float("inf"), "inf is not finite"),
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused_with_its_place(value, why):
    with pytest.raises(ArgumentError, match=rf"^costs\['a'\]: {why}"):
        exact(value, "costs['a']")


def test_a_cost_is_printed_with_all_its_decimals():
    assert [str(priced(Fraction(v))) for v in ("21/2", "1500000", "0", "1/8")] == [
        "10.5",
        "1500000",
        "0",
        "0.125",
    ]


def test_where_an_indicator_stands_is_its_value_or_its_lower_bound():
    scheme = standards.compliance("ipp-29-2022")
    tree = tree_of(scheme)
    items = (
        Item(key="f03", value=4), Item(key="kebijakan_pelayanan.1", low=2, high=4),
        Item(key="responden_minimum", value=True),
    )  # fmt: skip
    found = standing(tree, Evidence(items=items))
    assert found["f03"] == Standing(value=Decimal(4), fraction=Fraction(4, 5), unknown=False)
    assert found["kebijakan_pelayanan.1"] == Standing(value=None, fraction=Fraction(2, 5), unknown=True)
    assert found["kebijakan_pelayanan.2"] == Standing(value=None, fraction=Fraction(0), unknown=True)
    assert found["responden_minimum"] == Standing(value=True, fraction=Fraction(1), unknown=False)
    assert gates(tree) == ("responden_minimum",)
    assert standing(tree, Evidence(items=()))["responden_minimum"] == Standing(
        value=None, fraction=Fraction(0), unknown=True
    )
    with pytest.raises(
        ArgumentError, match=r"responden_minimum: .* is no answer to a condition; expected true or false"
    ):
        standing(tree, Evidence(items=(Item(key="responden_minimum", value=1),)))
