"""A scheme as a tree: shares that add up, values that fit their measure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance import Level, Measure, Node, Tree, tree_of
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.standards import loader

SMALL = Path(__file__).resolve().parents[1] / "standards" / "small_compliance.toml"
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


@pytest.fixture(scope="module")
def small():
    return loader.parse(SMALL.read_text(encoding="utf-8"), file="uji.toml", base=standards.get)


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


@pytest.mark.parametrize(
    "measure", [LADDER, YES_NO, COUNT, NUMBER], ids=["levels", "yes_no", "count", "measure"]
)
@pytest.mark.parametrize("value", [True, "4", None, float("nan"), -1, Decimal("0.3")])
def test_every_refusal_says_what_stood_there_and_what_would_be_right(measure, value):
    if measure is YES_NO and value is True:
        assert measure.fraction(value) == 1
        return
    with pytest.raises(ArgumentError) as refused:
        measure.fraction(value)
    said = str(refused.value)
    assert said == f"{value!r} is no value of this indicator; expected {measure.expected()}"
    with pytest.raises(ArgumentError) as refused:
        measure.fraction(value, where="sipp.21")
    assert str(refused.value) == f"sipp.21: {said}"


def test_what_is_expected_is_said_in_words():
    assert YES_NO.expected() == "true or false"
    assert LADDER.expected() == "one of 0, 1, 4"
    assert COUNT.expected() == "a whole number of 0 or more (5 gives all)"
    assert NUMBER.expected() == "a number from 1 to 5"


def test_a_small_scheme_becomes_the_tree_that_its_file_describes(small):
    tree = tree_of(small)
    assert (tree.standard, tree.low, tree.high) == ("penilaian-uji", 0, 100)
    root = tree.root
    assert (root.key, root.nama, root.name, root.weight, root.confidence) == (
        "penilaian-uji", "Penilaian Uji", "Penilaian Uji", 1, "B",
    )  # fmt: skip
    told = [(n.key, n.nama, n.name, n.weight, n.assumed, n.gate, n.confidence, n.place) for n in tree.nodes()]
    assert told[1:] == [
        ("janji", "Janji", "Promise", Fraction(3, 5), False, "", "B", "Pasal 6"),
        (
            "janji.standar",
            "Standar pelayanan",
            "Service standard",
            Fraction(7, 10),
            False,
            "",
            "B",
            "Pasal 6",
        ),
        ("janji.maklumat", "Maklumat", "Maklumat", Fraction(3, 10), False, "", "B", "Pasal 6"),
        ("kanal", "Kanal pengaduan", "Channels for complaints", Fraction(1, 5), True, "", "C", "Pasal 7"),
        ("survei", "Survei", "Survey", Fraction(1, 5), True, "responden", "C", "Pasal 8"),
    ]
    (condition,) = tree.conditions
    assert (condition.key, condition.nama, condition.name, condition.effect, condition.suffix) == (
        "responden", "Responden cukup", "Enough respondents", "gate", "",
    )  # fmt: skip
    ladder, number = tree.leaf("janji.standar").measure, tree.leaf("survei").measure
    assert [(one.value, one.score, one.jika, one.when) for one in ladder.levels] == [
        (0, 0, "tidak ada", "none"),
        (Fraction(1, 4), 1, "ada", "exists"),
        (1, 4, "ada dan diumumkan", "exists and is published"),
    ]
    assert (ladder.confidence, number.kind, number.high, number.confidence) == ("B", "measure", 100, "C")
    assert tree.ends["kanal"] == (0, 20)


def test_the_one_leaf_of_a_scheme_without_indicators_has_the_scale_of_the_score():
    scheme = standards.compliance("ombudsman-2021")
    tree = tree_of(scheme)
    leaf_ = tree.leaf("nilai")
    assert (leaf_.nama, leaf_.name, leaf_.weight, leaf_.confidence) == ("Nilai", "Score", 1, "A")
    assert (leaf_.measure.low, leaf_.measure.high, leaf_.measure.kind) == (0, 100, "measure")
    assert leaf_.measure.confidence == scheme.scale.confidence
    assert tree.ends["nilai"] == (0, 100)


def test_an_only_child_without_a_weight_is_the_whole_of_its_parent(small):
    indicators = tuple(i for i in small.indicators if i.key != "survei")
    assert not tree_of(small.model_copy(update={"indicators": indicators, "conditions": ()})).assumed(
        "janji.maklumat"
    )
    alone = tuple(i.model_copy(update={"weight": None}) for i in indicators if i.key == "kanal")
    tree = tree_of(small.model_copy(update={"indicators": alone, "conditions": ()}))
    assert tree.share("kanal") == 1
    assert not tree.assumed("kanal")


def test_a_score_stands_between_the_ends_of_the_scale():
    node = branch(leaf("a", Fraction(1, 4)), leaf("b", Fraction(3, 4)))
    tree = Tree(standard="uji", root=node, low=Decimal(1), high=Decimal(5))
    assert tree.score({}) == 1
    assert tree.score({"a": Fraction(1)}) == 2
    assert tree.score({"a": Fraction(1), "b": Fraction(1, 2)}) == Fraction(7, 2)
    assert tree.ends == {"a": (Fraction(1, 4), 1), "b": (Fraction(3, 4), 3)}
