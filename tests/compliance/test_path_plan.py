"""A plan in quarters keeps the order, and the greedy way says what it costs beyond the cheapest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import cheapest
from sipukat.compliance.plan import greedy, quarters
from sipukat.compliance.tree import tree_of
from sipukat.errors import ArgumentError, UnknownNameError

SCHEME = standards.compliance("ombudsman-2022")
TREE = tree_of(SCHEME)
SIXTY = Evidence.of(dict.fromkeys(TREE.keys, 60))
STANDAR, PERSEPSI, PENGADUAN = (
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)
ALL = dict.fromkeys(TREE.keys, 8)


def test_quarters_hold_so_many_steps_and_go_on_into_the_next_year():
    path = cheapest(TREE, SIXTY, SCHEME, 100)
    plan = quarters(path, 2, start=3)
    assert plan["key"].tolist() == [step.key for step in path]
    assert plan["triwulan"].tolist() == ["TW III", "TW III", "TW IV", "TW IV", "TW I"]
    assert plan["year"].tolist() == [1, 1, 1, 1, 2]
    assert plan["total_gain"].iloc[-1] == pytest.approx(40)


def test_quarters_hold_so_much_cost_or_so_many_weeks():
    path = cheapest(TREE, SIXTY, SCHEME, 100, times=ALL | {STANDAR: 13}, costs=ALL)
    assert quarters(path, 13, counted="weeks")["triwulan"].tolist()[:2] == ["TW I", "TW II"]
    assert quarters(path, 16, counted="cost")["triwulan"].tolist() == [
        "TW I",
        "TW I",
        "TW II",
        "TW II",
        "TW III",
    ]


def test_nothing_is_planned_before_what_it_waits_for():
    path = cheapest(TREE, SIXTY, SCHEME, 100, requires={STANDAR: PENGADUAN, PENGADUAN: "input.kompetensi"})
    keys = quarters(path, 1)["key"].tolist()
    assert keys.index("input.kompetensi") < keys.index(PENGADUAN) < keys.index(STANDAR)


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"capacity": 5, "counted": "cost"}, ArgumentError, "alone takes 8 cost, and a quarter holds 5"),
        ({"capacity": 13, "counted": "weeks"}, ArgumentError, "weeks are not known"),
        ({"capacity": -1}, ArgumentError, "capacity"),
        ({"start": 5}, ArgumentError, "start"),
        ({"start": True}, ArgumentError, "start"),
        ({"counted": "days"}, UnknownNameError, "weeks"),
    ],
)
def test_a_plan_that_cannot_be_made_is_refused(options, error, told):
    with pytest.raises(error, match=told):
        quarters(cheapest(TREE, SIXTY, SCHEME, 100, costs=ALL), **options)


def test_the_greedy_way_says_how_much_dearer_it_is():
    # 10 points are lacking. Greedy: persepsi, 9.70 for 3, then pengaduan, 8.62 for 3.5, together 6.5;
    # standar alone gives 12.95 for 6.
    costs = {PERSEPSI: 3, PENGADUAN: 3.5, STANDAR: 6, "input.kompetensi": 50, "input.sarana_prasarana": 50}
    best = cheapest(TREE, SIXTY, SCHEME, 70, costs=costs)
    quick = greedy(TREE, SIXTY, SCHEME, 70, costs=costs)
    assert (best.cost, [s.key for s in best]) == (6, [STANDAR])
    assert (quick.cost, {s.key for s in quick}) == (Fraction(13, 2), {PERSEPSI, PENGADUAN})
    assert quick.dearer == Fraction(1, 2)
    assert "selisih 0,5" in quick.findings.by_code("CMP839")[0].message()
    assert best.dearer == 0


def test_the_greedy_way_takes_what_a_step_waits_for_along():
    costs = {PERSEPSI: 1, PENGADUAN: 1, STANDAR: 1}
    quick = greedy(TREE, SIXTY, SCHEME, 70, costs=costs, requires={STANDAR: PERSEPSI})
    assert [s.key for s in quick] == [PERSEPSI, STANDAR]


def test_where_the_target_is_out_of_reach_the_greedy_way_is_too():
    quick = greedy(TREE, SIXTY, SCHEME, "A", feasible={STANDAR: False})
    assert not quick.reachable
    assert [f.code for f in quick.findings if f.code == "CMP831"]


def test_the_order_of_a_path_is_by_gain_for_the_price():
    path = cheapest(TREE, SIXTY, SCHEME, 100, costs={STANDAR: 10, PERSEPSI: 1, PENGADUAN: 2})
    worth = [step.gain / step.cost for step in path]
    assert worth == sorted(worth, reverse=True)
