"""What each indicator gives, by hand, on a scale that does not begin at nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance import Evidence, Item, Measure, Node, Tree, score
from sipukat.compliance.contributions import contributions_of, fraction_bounds, total
from sipukat.errors import ArgumentError

NUMBER = Measure(kind="measure", low=Decimal(0), high=Decimal(10))


def _leaf(key, weight, *, gate=""):
    return Node(
        key=key, nama=key, name=key, weight=weight, assumed=False, measure=NUMBER, gate=gate, confidence="B"
    )


ROOT = Node(
    key="akar", nama="akar", name="akar", weight=Fraction(1), assumed=False,
    children=(_leaf("a", Fraction(1, 4)), _leaf("b", Fraction(3, 4))),
)  # fmt: skip
ONE_TO_FIVE = Tree(standard="uji", root=ROOT, low=Decimal(1), high=Decimal(5))


@pytest.mark.parametrize(
    ("item", "lowest", "highest"),
    [
        # b is three quarters of 1 to 5: it gives 0.75 at its worst, and 3 more at its best
        (Item(key="b", value=4), Fraction("1.95"), Fraction("1.95")),
        (Item(key="b", low=2, high=5), Fraction("1.35"), Fraction("2.25")),
        (Item(key="b", low=2), Fraction("1.35"), Fraction("3.75")),
        (Item(key="b", high=5), Fraction("0.75"), Fraction("2.25")),
        (None, Fraction("0.75"), Fraction("3.75")),
    ],
)
def test_points_stand_between_those_of_the_worst_and_of_the_best(item, lowest, highest):
    _, row = contributions_of(ONE_TO_FIVE, Evidence(items=(item,) if item else ()))
    assert (row.lowest, row.highest, row.possible) == (lowest, highest, Fraction("3.75"))
    assert row.lacking == Fraction("3.75") - lowest
    assert row.points == (lowest if lowest == highest else None)
    assert row.known is (lowest == highest)


def test_bounds_are_read_on_the_measure_and_named_where_they_do_not_fit():
    assert fraction_bounds(NUMBER, None) == (0, 1)
    assert fraction_bounds(NUMBER, Item(key="b", low=2, high=5)) == (Fraction(1, 5), Fraction(1, 2))
    for bad, place in (({"low": -1}, r"b\.low: "), ({"high": 11}, r"b\.high: "), ({"value": 11}, "b: ")):
        with pytest.raises(ArgumentError, match=f"^{place}"):
            fraction_bounds(NUMBER, Item(key="b", **bad))


def test_fractions_are_added_exactly():
    assert total([]) == 0
    assert total([Fraction(1, 3), Fraction(1, 6), Fraction(1, 2)]) == 1


def test_a_row_is_plain_data():
    item = Item(
        key="input.kompetensi", value=Decimal("50.20"), source="formulir", place="hal. 1", confidence="B"
    )
    rows = score(Evidence(items=(item,)), "ombudsman-2022").contributions
    by_hand = Fraction("0.10925") * Fraction("50.2")
    assert rows[0].to_dict() == {
        "key": "input.kompetensi", "nama": "Kompetensi Pelaksana", "name": "Competence of the staff",
        "share": "437/4000", "assumed": True, "value": "50.20",
        "points": str(by_hand), "lowest": str(by_hand),
        "highest": str(by_hand), "possible": "437/40", "source": "formulir", "place": "hal. 1",
        "confidence": "B",
    }  # fmt: skip
    open_ = {
        "key": "pengaduan.pengelolaan", "nama": "Pengelolaan Pengaduan", "name": "Complaint handling",
        "share": "1077/5000", "assumed": False, "value": None, "points": None, "lowest": "0",
        "highest": "1077/50",
        "possible": "1077/50", "source": "", "place": "", "confidence": None,
    }  # fmt: skip
    assert rows[4].to_dict() == open_


def test_a_gate_that_is_shut_or_not_known_bounds_its_leaf():
    scheme = standards.compliance("ipp-29-2022")
    for answer, bounds in ((True, (1, 1)), (False, (0, 0)), (None, (0, 1))):
        found = score({"f03": 4, "responden_minimum": answer}, scheme).contribution("f03")
        assert (found.lowest, found.highest) == bounds
