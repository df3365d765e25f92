"""Whether a path holds under other weights than those that are assumed."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sipukat import standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.offers import standing
from sipukat.compliance.options import score_of
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.sensitivity import sensitivity
from sipukat.compliance.tree import tree_of
from sipukat.errors import ArgumentError

SCHEME = standards.compliance("ombudsman-2022")
TREE = tree_of(SCHEME)
KOMPETENSI, SARANA = "input.kompetensi", "input.sarana_prasarana"
REST = {"proses.standar_pelayanan": 80, "output.persepsi_maladministrasi": 75, "pengaduan.pengelolaan": 80}
IPP = standards.compliance("ipp-29-2022")
IPP_TREE = tree_of(IPP)


def known(kompetensi, sarana):
    return Evidence.of({KOMPETENSI: kompetensi, SARANA: sarana, **REST})


def test_worked_by_hand_the_worst_weights_give_all_to_the_weaker_sibling():
    now = known(100, 40)  # the others give 61.308; Input at 100 and 40 gives 21.85 times 0.7, or 0.4 at worst
    found = sensitivity(TREE, now, SCHEME, 76, draws=10)
    assert found.path == ()
    others = Fraction("25.896") + Fraction("18.18") + Fraction("17.232")
    assert found.lowest == others + Fraction("21.85") * Fraction(40, 100)
    assert found.highest == others + Fraction("21.85")
    assert not found.holds
    assert 0 < found.reached < 1
    assert "70,05" in found.findings.by_code("CMP840")[0].message()


def test_weights_that_keep_half_of_their_part_move_half_as_far():
    whole, half = (sensitivity(TREE, known(100, 40), SCHEME, 76, draws=0, least=least) for least in (0, 0.5))
    middle = score_of(TREE, standing(TREE, known(100, 40)))
    assert middle - half.lowest == (middle - whole.lowest) / 2
    assert half.highest - middle == (whole.highest - middle) / 2
    fixed = sensitivity(TREE, known(100, 40), SCHEME, 76, draws=3, least=1)
    assert fixed.lowest == fixed.highest == middle


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=31, max_size=40), st.integers(0, 1))
def test_the_worst_score_is_that_of_a_linear_programme(levels, direction):
    """Each assumed group of the IPP hangs under known weights, so that its worst is one programme a group."""
    keys = [key for key in IPP_TREE.keys if key != "f03"]
    values = {key: levels[n % len(levels)] for n, key in enumerate(keys)}
    evidence = Evidence.of(values | {"f03": 3, "responden_minimum": True})
    found = sensitivity(IPP_TREE, evidence, IPP, 0, draws=0)
    stand = standing(IPP_TREE, evidence)
    sign = 1 if direction else -1
    expected = float(score_of(IPP_TREE, stand))
    for node in IPP_TREE.nodes():
        shared = [child for child in node.children if child.assumed]
        if len(shared) > 1:
            assert not any(child.children for child in shared)
            gains = np.array([float(stand[child.key].fraction) for child in shared])
            mass = float(sum(IPP_TREE.share(child) for child in shared)) * 5
            best = linprog(sign * gains, A_eq=[[1] * len(shared)], b_eq=[1])
            assert best.status == 0
            expected += mass * (sign * best.fun - gains.mean())
    assert float(found.lowest if direction else found.highest) == pytest.approx(expected, abs=1e-9)


def test_every_draw_lies_between_the_lowest_and_the_highest_score():
    found = sensitivity(TREE, known(90, 30), SCHEME, "hijau", draws=30)
    done = apply(known(90, 30), found.path)
    for part in np.random.default_rng(4).dirichlet([1, 1], size=20)[:, 0]:
        weight = Fraction(round(part * 1000), 1000)
        root = TREE.root
        first, *rest = root.children
        one, two = first.children
        changed = replace(first, children=(replace(one, weight=weight), replace(two, weight=1 - weight)))
        other = replace(TREE, root=replace(root, children=(changed, *rest)))
        assert found.lowest <= score_of(other, standing(other, done)) <= found.highest


def test_a_path_through_known_weights_holds_whatever_is_assumed():
    even = Evidence.of(dict.fromkeys(TREE.keys, 60))
    found = sensitivity(TREE, even, SCHEME, "hijau", draws=20)
    assert found.holds
    assert found.reached == found.reachable == 1
    assert found.in_path == {step.key: 1.0 for step in found.path}
    assert found.findings.by_code("CMP840") == found.findings[:0]


def test_a_path_through_assumed_weights_is_in_doubt():
    low = Evidence.of({KOMPETENSI: 20, SARANA: 20, **REST})
    found = sensitivity(TREE, low, SCHEME, 73, draws=40, feasible=dict.fromkeys(REST, False), seed=2)
    assert [step.key for step in found.path] == [KOMPETENSI]
    assert not found.holds
    assert 0 < found.in_path[KOMPETENSI] < 1
    assert 0 < found.in_path[SARANA] < 1
    frame = found.to_frame().set_index("key")
    assert frame.loc[KOMPETENSI, "chosen"]
    assert not frame.loc[SARANA, "chosen"]


def test_the_same_seed_gives_the_same_answer():
    one, two = (sensitivity(TREE, known(90, 30), SCHEME, "hijau", draws=15, seed=7) for _ in range(2))
    assert one.to_dict() == two.to_dict()


def test_where_nothing_is_assumed_there_is_nothing_to_vary():
    scheme = standards.compliance("ombudsman-2021")
    found = sensitivity(tree_of(scheme), Evidence.of({"nilai": 60}), scheme, "hijau")
    assert found.draws == 1
    assert found.holds
    assert found.lowest == found.highest
    assert [f.code for f in found.findings] == ["CMP841"]


@pytest.mark.parametrize(
    "options", [{"draws": -1}, {"draws": 2.5}, {"draws": True}, {"least": 2}, {"least": -1}]
)
def test_nonsense_is_refused(options):
    with pytest.raises(ArgumentError, match=next(iter(options))):
        sensitivity(TREE, known(60, 60), SCHEME, "hijau", **options)


def test_it_is_plain_data_and_a_sentence():
    found = sensitivity(TREE, known(90, 30), SCHEME, "hijau", draws=5)
    assert json.loads(json.dumps(found.to_dict()))["draws"] == 7
    assert "HIJAU" in found.sentence()
    assert "per cent" in found.sentence("en")
    assert found.path == cheapest(TREE, known(90, 30), SCHEME, "hijau")


def test_it_is_plain_data_and_a_sentence_in_two_languages():
    found = sensitivity(TREE, known(100, 40), SCHEME, 76, draws=0)
    told = found.to_dict()
    assert [f["code"] for f in told.pop("findings")] == ["CMP840"]
    assert told == {
        "format": "urn:sipukat:sensitivity:1", "standard": "ombudsman-2022", "target": "76.00", "draws": 2,
        "in_path": {SARANA: 0.5}, "reached": 0.5, "reachable": 1.0, "lowest": "8756/125",
        "highest": "41579/500",
        "lowest_published": "70.05", "holds": False, "least": "0",
    }  # fmt: skip
    said = (
        "Dengan bobot lain sebagai ganti yang diasumsikan, langkah-langkah ini mencapai 76,00 dalam 50 "
        "persen percobaan; nilainya antara 70,05 dan 83,16."
    )
    assert found.sentence() == found.sentence("id") == said
    assert found.sentence("en") == (
        "With other weights in place of those assumed, these steps reach 76.00 in 50 per cent of the draws; "
        "the score lies between 70.05 and 83.16."
    )
    assert list(found.to_frame().columns) == ["key", "in_path", "chosen"]


def test_what_a_path_may_not_use_no_draw_may_use():
    found = sensitivity(TREE, known(90, 30), SCHEME, "hijau", draws=6, feasible={SARANA: False})
    assert SARANA not in found.in_path
    assert all(step.key != SARANA for step in found.path)


def test_what_most_draws_choose_comes_first():
    found = sensitivity(TREE, known(70, 30), SCHEME, 80, draws=12, seed=3)
    shares = list(found.in_path.values())
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) > 1
