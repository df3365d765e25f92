"""The cheapest path is the cheapest: compared with every possible choice of small invented schemes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.steps import Dependency
from sipukat.compliance.tree import Level, Measure, Node, Tree

SCHEME = standards.compliance("ombudsman-2022").model_copy(update={"indicators": ()})
KEYS = ("a", "b", "c", "d", "e", "f")


def _levels(n: int) -> Measure:
    return Measure(
        kind="levels",
        levels=tuple(
            Level(value=Fraction(at, n), score=Decimal(at), jika=f"tingkat {at}", when=f"level {at}")
            for at in range(n + 1)
        ),
        high=Decimal(n),
    )


def tree_with(weights: list[list[int]], tops: list[int]) -> Tree:
    """A scheme of branches, each with leaves of so many levels."""
    keys, sizes = iter(KEYS), iter(tops)
    total = sum(map(sum, weights))
    branches = []
    for number, row in enumerate(weights):
        leaves = tuple(
            Node(
                key=key, nama=key, name=key, weight=Fraction(w, sum(row)), assumed=False, measure=_levels(top)
            )
            for w, key, top in zip(row, keys, sizes, strict=False)  # the row first: it ends first
        )
        weight = Fraction(sum(row), total)
        branches.append(
            Node(key=f"z{number}", nama="", name="", weight=weight, assumed=False, children=leaves)
        )
    root = Node(key="root", nama="", name="", weight=Fraction(1), assumed=False, children=tuple(branches))
    return Tree(standard=SCHEME.id, root=root, low=Decimal(0), high=Decimal(100))


class Case(NamedTuple):
    tree: Tree
    now: dict[str, int]
    costs: dict[str, object]
    feasible: dict[str, bool | int]
    requires: list[Dependency]
    excludes: list[tuple[str, str]]
    target: Decimal


@st.composite
def cases(draw):
    split = draw(st.sampled_from([(2, 1), (1, 1, 1), (3,), (2, 2), (3, 2), (3, 3)]))
    weights = [[draw(st.integers(1, 5)) for _ in range(n)] for n in split]
    keys = KEYS[: sum(split)]
    tops = [draw(st.integers(1, 3)) for _ in keys]
    now = {key: draw(st.integers(0, top)) for key, top in zip(keys, tops, strict=True)}
    price = st.sampled_from([0, 1, 2, 3, 5, 0.5, Decimal("1.25"), Fraction(1, 3)])
    costs: dict[str, object] = {}
    for key, top in zip(keys, tops, strict=True):
        kind = draw(st.sampled_from(["none", "one", "each"]))
        if kind == "one":
            costs[key] = draw(price)
        elif kind == "each":
            costs[key] = {level: draw(price) for level in range(1, top + 1) if draw(st.booleans())}
    feasible = {
        key: draw(st.sampled_from([False, draw(st.integers(0, top))]))
        for key, top in zip(keys, tops, strict=True)
        if draw(st.integers(0, 5)) == 0
    }
    requires = []
    for later, key in enumerate(keys[1:], 1):  # an indicator waits only for earlier ones: no circles
        if draw(st.integers(0, 2)) == 0:
            other = draw(st.integers(0, later - 1))
            level = draw(st.sampled_from([None, Decimal(draw(st.integers(1, tops[later])))]))
            least = draw(st.sampled_from([None, Decimal(draw(st.integers(0, tops[other])))]))
            requires.append(Dependency(key=key, level=level, needs=keys[other], at_least=least))
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] != p[1])
    excludes = draw(st.lists(pair, max_size=2))
    target = Decimal(draw(st.integers(0, 10_000))) / 100
    return Case(tree_with(weights, tops), now, costs, feasible, requires, excludes, target)


def _offered(case: Case, key: str) -> list[tuple[int, Fraction]]:
    """Return each value that an indicator can take, with its price; first, that it stays."""
    top, price, limit = case.tree.leaf(key).measure.high, case.costs.get(key, 1), case.feasible.get(key, True)
    found = [(case.now[key], Fraction(0))]
    for level in range(case.now[key] + 1, int(top) + 1):
        if limit is False or (limit is not True and level > limit):
            continue
        if isinstance(price, dict):
            if level in price:
                found.append((level, Fraction(str(price[level]))))
        else:
            found.append((level, Fraction(str(price))))
    return found


def _allowed(case: Case, after: dict[str, int]) -> bool:
    for d in case.requires:
        best = case.tree.leaf(d.needs).measure.high
        risen = after[d.key] > case.now[d.key] and (d.level is None or after[d.key] >= d.level)
        if risen and after[d.needs] < (best if d.at_least is None else d.at_least):
            return False
    return all(sum(after[key] > case.now[key] for key in pair) <= 1 for pair in case.excludes)


def _published(case: Case, values: dict[str, int]) -> tuple[Fraction, Decimal]:
    fractions = {k: Fraction(v) / Fraction(case.tree.leaf(k).measure.high) for k, v in values.items()}
    exact = case.tree.score(fractions)
    return exact, SCHEME.rounded(exact)


def by_hand(case: Case):
    """Try every choice; the smallest of cost, steps, lost gain, and what the earlier indicators do not do."""
    best = None
    keys = case.tree.keys
    for choice in product(*(_offered(case, key) for key in keys)):
        after = {key: value for key, (value, _) in zip(keys, choice, strict=True)}
        exact, published = _published(case, after)
        if published < case.target or not _allowed(case, after):
            continue
        risen = [after[key] - case.now[key] for key in keys]
        rank = (
            sum((price for _, price in choice), Fraction(0)),
            sum(map(bool, risen)),
            -exact,
            tuple(-more for more in risen),
        )
        if best is None or rank < best[0]:
            best = rank, after
    return best


def solved(case: Case, method: str):
    return cheapest(
        case.tree,
        Evidence.of(case.now),
        SCHEME,
        case.target,
        costs=case.costs,
        feasible=case.feasible,
        requires=case.requires,
        excludes=case.excludes,
        method=method,
    )


def _agree(case: Case, method: str) -> None:
    expected, path = by_hand(case), solved(case, method)
    if _published(case, case.now)[1] >= case.target:
        assert path == ()
        assert path.reachable
        return
    assert path.reachable == (expected is not None)
    if expected is None:
        assert path == ()
        return
    (cost, count, lost, _), after = expected
    assert path.promise.proven
    assert (path.cost, len(path), path.score_after) == (cost, count, -lost)
    reached = apply(Evidence.of(case.now), path).values()
    assert {key: int(value) for key, value in reached.items()} == after
    exact, published = _published(case, reached)
    assert (exact, published) == (path.score_after, path.published_after)
    assert published >= case.target
    assert sum(step.gain for step in path) == path.score_after - path.promise.score_before


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_choice_is_better_than_that_of_the_tables(case):
    _agree(case, "exact")


@settings(max_examples=60, deadline=None)
@given(cases())
def test_no_choice_is_better_than_that_of_integer_programming(case):
    _agree(case, "milp")


@settings(max_examples=80, deadline=None)
@given(cases())
def test_the_steps_stand_after_what_they_wait_for(case):
    standing = dict(case.now)
    for step in solved(case, "auto"):
        for d in case.requires:
            if d.key == step.key and (d.level is None or step.after >= d.level):
                assert standing[d.needs] >= (
                    case.tree.leaf(d.needs).measure.high if d.at_least is None else d.at_least
                )
        standing[step.key] = step.after


@settings(max_examples=80, deadline=None)
@given(cases())
def test_the_greedy_way_never_costs_less_and_keeps_to_every_rule(case):
    cheap, quick = solved(case, "auto"), solved(case, "greedy")
    if quick.reachable and quick:
        assert cheap.reachable
        assert quick.cost >= cheap.cost
        after = {key: int(v) for key, v in apply(Evidence.of(case.now), quick).values().items()}
        assert _allowed(case, after)
        assert _published(case, after)[1] >= case.target


@settings(max_examples=60, deadline=None)
@given(cases())
def test_one_step_at_its_least_enough_value_still_reaches_the_target(case):
    path = solved(case, "auto")
    for step in path:
        assert step.enough <= step.after
        reached = apply(Evidence.of(case.now), path).with_(step.key, step.enough).values()
        assert _published(case, reached)[1] >= case.target


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_highest_score_within_reach_is_that_of_the_best_choice(case):
    keys = case.tree.keys
    afters = [
        dict(zip(keys, (value for value, _ in choice), strict=True))
        for choice in product(*(_offered(case, key) for key in keys))
    ]
    best = max(_published(case, after)[0] for after in afters if _allowed(case, after))
    assert solved(case, "auto").best == best


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(1, 3))
def test_dearer_by_the_same_factor_is_the_same_path(case, factor):
    def times(price):
        return (
            {k: Fraction(str(v)) * factor for k, v in price.items()}
            if isinstance(price, dict)
            else (Fraction(str(price)) * factor)
        )

    every = {key: times(case.costs.get(key, 1)) for key in case.tree.keys}
    once, dearer = solved(case, "auto"), solved(case._replace(costs=every), "auto")
    assert list(map(str, (s.key for s in once))) == [s.key for s in dearer]
    assert dearer.cost == once.cost * factor


@pytest.mark.parametrize("method", ["exact", "milp"])
def test_a_score_a_rounding_short_of_the_target_is_found_out(method):
    # 1/3 + 1/3 of 100 is 66.666..., published as 66.67; with 66.665 it would be 66.67 too, with less 66.66
    tree = tree_with([[1, 1, 1]], [1, 1, 1])
    case = Case(tree, {"a": 0, "b": 0, "c": 0}, {}, {}, [], [], Decimal("66.67"))
    assert [step.key for step in solved(case, method)] == ["a", "b"]
    assert len(solved(case._replace(target=Decimal("66.68")), method)) == 3


@pytest.mark.parametrize("method", ["exact", "milp"])
def test_gains_that_floats_cannot_tell_apart_are_told_apart(method):
    close = 10**15
    tree = tree_with([[close, close + 1, 2 * close + 7]], [1, 1, 1])
    case = Case(tree, {"a": 0, "b": 0, "c": 0}, {}, {}, [], [], Decimal(25))
    found = solved(case, method)  # one of a, b, c reaches 25: the largest gain is c
    assert [step.key for step in found] == ["c"]
    only = solved(case._replace(feasible={"c": False}), method)  # b is larger than a by 1 in 4e15
    assert [step.key for step in only] == ["b"]
