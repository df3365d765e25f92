"""A scheme as a tree: shares that add up, values that fit their measure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance import Level, Measure, Node, Tree, tree_of
from sipukat.errors import ArgumentError, UnknownNameError

LADDER = Measure(
    kind="levels",
    low=Decimal(0),
    high=Decimal(4),
    levels=tuple(
        Level(value=Fraction(score, 4), score=Decimal(score), jika="ada", when="exists")
        for score in (0, 1, 4)
    ),
)
YES_NO = Measure(kind="yes_no")
COUNT = Measure(kind="count", high=Decimal(5))
NUMBER = Measure(kind="measure", low=Decimal(1), high=Decimal(5))


def branch(*children: Node, key: str = "akar", weight: Fraction = Fraction(1)) -> Node:
    return Node(key=key, nama=key, name=key, weight=weight, assumed=False, children=children)


def leaf(key: str, weight: Fraction, *, assumed: bool = False) -> Node:
    return Node(key=key, nama=key, name=key, weight=weight, assumed=assumed, measure=NUMBER)


@pytest.mark.parametrize("name", standards.names("compliance"))
def test_the_shares_of_every_packaged_scheme_add_up_to_exactly_one(name):
    tree = tree_of(standards.compliance(name))
    assert sum(tree.shares.values()) == 1
    assert all(share > 0 for share in tree.shares.values())
    assert len(set(tree.keys)) == len(tree.leaves())


def test_the_shares_of_2022_are_those_of_the_law_and_equal_parts_of_input():
    tree = tree_of(standards.compliance("ombudsman-2022"))
    assert {key: share * 100 for key, share in tree.shares.items()} == {
        "input.kompetensi": Fraction("10.925"),
        "input.sarana_prasarana": Fraction("10.925"),
        "proses.standar_pelayanan": Fraction("32.37"),
        "output.persepsi_maladministrasi": Fraction("24.24"),
        "pengaduan.pengelolaan": Fraction("21.54"),
    }
    assert [key for key in tree.keys if tree.assumed(key)] == ["input.kompetensi", "input.sarana_prasarana"]


def test_the_share_of_an_indicator_of_the_ipp_is_worked_by_hand():
    tree = tree_of(standards.compliance("ipp-29-2022"))
    # 0.75 of F02, 24% of it for Kebijakan Pelayanan, 17% of that for indicator 1
    assert tree.share("kebijakan_pelayanan.1") == Fraction("0.75") * Fraction("0.24") * Fraction("0.17")
    assert tree.share("f03") == Fraction(1, 4)
    assert tree.share("profesionalisme_sdm.10") == Fraction("0.75") * Fraction("0.25") / 5
    assert tree.assumed("profesionalisme_sdm.10")
    assert not tree.assumed("kebijakan_pelayanan.1")


def test_a_scheme_without_indicators_is_one_leaf_and_no_weight_is_invented():
    tree = tree_of(standards.compliance("ombudsman-2021"))
    assert tree.keys == ("nilai",)
    assert not tree.assumed("nilai")


def test_an_unknown_leaf_is_told_what_leaves_there_are():
    tree = tree_of(standards.compliance("ombudsman-2022"))
    with pytest.raises(UnknownNameError, match=r"Did you mean 'input\.kompetensi'"):
        tree.leaf("input.kompetensy")
    with pytest.raises(UnknownNameError, match="indicator of ombudsman-2022"):
        tree.share("input")


@given(st.integers(1, 60))
def test_equal_weights_add_up_to_one_exactly(n):
    nodes = [leaf(f"k{i}", Fraction(1, n), assumed=True) for i in range(n)]
    tree = Tree(standard="uji", root=branch(*nodes), low=Decimal(0), high=Decimal(100))
    assert sum(tree.shares.values()) == 1
    assert tree.score(dict.fromkeys(tree.keys, Fraction(1))) == 100


def weights(n: int):
    parts = st.lists(st.integers(1, 99), min_size=n, max_size=n)
    return parts.map(lambda given_: [Fraction(part, sum(given_)) for part in given_])


@given(weights(4), st.permutations(range(4)), st.lists(st.fractions(0, 1), min_size=4, max_size=4))
def test_the_order_and_the_names_of_siblings_change_no_score(shares, order, fractions):
    nodes = [leaf(f"k{i}", share) for i, share in enumerate(shares)]
    other = [leaf(f"x{i}", shares[i]) for i in order]
    one, two = (
        Tree(standard="uji", root=branch(*children), low=Decimal(0), high=Decimal(5))
        for children in (nodes, other)
    )
    assert one.score({f"k{i}": fractions[i] for i in range(4)}) == two.score(
        {f"x{i}": fractions[i] for i in range(4)}
    )


def test_nodes_are_told_from_the_top_each_before_its_children():
    tree = tree_of(standards.compliance("ombudsman-2022"))
    keys = [node.key for node in tree.nodes()]
    assert keys[:4] == ["ombudsman-2022", "input", "input.kompetensi", "input.sarana_prasarana"]


@pytest.mark.parametrize(
    ("measure", "value", "fraction"),
    [
        (LADDER, 0, 0),
        (LADDER, 1, Fraction(1, 4)),
        (LADDER, Decimal("4.0"), 1),
        (YES_NO, True, 1),
        (YES_NO, False, 0),
        (YES_NO, 1, 1),
        (COUNT, 2, Fraction(2, 5)),
        (COUNT, 9, 1),
        (NUMBER, 1, 0),
        (NUMBER, 2.2, Fraction(3, 10)),
        (NUMBER, Fraction(7, 3), Fraction(1, 3)),
    ],
)
def test_a_value_gives_its_part_of_the_whole_exactly(measure, value, fraction):
    assert measure.fraction(value) == fraction


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        (LADDER, 2, "expected one of 0, 1, 4"),
        (LADDER, True, "True is no value"),
        (LADDER, 5, "expected one of"),
        (YES_NO, Decimal("0.5"), "expected true or false"),
        (YES_NO, 2, "expected true or false"),
        (COUNT, Decimal("1.5"), "a whole number of 0 or more"),
        (COUNT, -1, "a whole number"),
        (COUNT, True, "True is no value"),
        (NUMBER, 0.5, "expected a number from 1 to 5"),
        (NUMBER, Decimal("5.01"), "expected a number from 1 to 5"),
        (NUMBER, float("nan"), "nan is no value"),
        (NUMBER, Decimal("Infinity"), "is no value"),
        (NUMBER, "4", "'4' is no value"),
        (NUMBER, False, "False is no value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_place(measure, value, expected):
    with pytest.raises(ArgumentError, match=f"sipp.21: .*{expected}|sipp.21: {expected}"):
        measure.fraction(value, where="sipp.21")


def test_a_measure_without_a_width_is_refused():
    with pytest.raises(ArgumentError, match="a high above its low"):
        Measure(kind="measure", low=Decimal(5), high=Decimal(5))
