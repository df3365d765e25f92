"""The city view: worst first, pulls and causes that add up exactly, a way that keeps its word."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sipukat
from sipukat import datasets, pelayanan
from sipukat.compliance import city, score
from sipukat.compliance.causes import causes_frame, common_causes, holding_back
from sipukat.compliance.checklist_files import read_checklist
from sipukat.compliance.city_path import after_path, city_path, city_tree
from sipukat.compliance.from_documents import evidence_from
from sipukat.compliance.heatmap import heatmap
from sipukat.compliance.path import apply
from sipukat.errors import ArgumentError, UnknownNameError

ON = date(2026, 11, 24)
SCHEME = "ombudsman-2022"
KEYS = (
    "input.kompetensi",
    "input.sarana_prasarana",
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)
# What users perceive is not set by an office; a room costs more than a page.
COSTS = {KEYS[0]: 4, KEYS[1]: 8, KEYS[2]: 1, KEYS[3]: 20, KEYS[4]: 2}
FEASIBLE = {KEYS[3]: False, KEYS[4]: 90}

CITY = st.dictionaries(
    st.sampled_from(["A", "B", "C", "D"]),
    st.lists(st.integers(0, 100), min_size=5, max_size=5).map(
        lambda values: dict(zip(KEYS, values, strict=True))
    ),
    min_size=1,
)


@pytest.fixture(scope="module")
def kota():
    """Eight poor drafts, and an invented checklist for each."""
    known = []
    for name in datasets.names("compliance"):
        doc = pelayanan.load(datasets.path(name.replace("-isian", "-poor")))
        of_document = evidence_from(doc, sipukat.check(doc, on=ON), standard=SCHEME, on=ON)
        known.append(of_document.merge(read_checklist(datasets.path(name)).evidence()))
    return city(known, SCHEME, name="Kota Contoh")


def test_the_city_of_the_eight_poor_drafts_is_kuning_with_two_services_in_its_hospital(kota):
    assert (kota.zone, str(kota.published)) == ("kuning", "67.99")
    assert len(kota.units) == 7
    assert len(kota.units["RSUD Kota Contoh"].services) == 2


def test_the_score_of_the_city_is_the_one_worked_by_hand(kota):
    # kompetensi, sarana, persepsi, pengaduan of the checklists; komponen of 14 of the drafts, as 100 k / 14
    by_hand = {
        "Dinas Pendidikan": [("62.5", "50", "66", "45", "92.86")],
        "Dukcapil": [("75", "62.5", "70", "55", "92.86")],
        "Disnaker": [("62.5", "50", "68", "40", "85.71")],
        "DPMPTSP": [("75", "75", "74", "50", "85.71")],
        "Kelurahan": [("50", "37.5", "72", "30", "100")],
        "Puskesmas": [("62.5", "62.5", "64", "35", "64.29")],
        "RSUD": [("75", "75", "61", "60", "85.71"), ("75", "75", "58", "60", "92.86")],
    }
    weights = [Fraction(w) for w in ("0.10925", "0.10925", "0.2424", "0.2154", "0.3237")]
    units = [
        sum(w * Fraction(v) for row in rows for w, v in zip(weights, row, strict=True)) / len(rows)
        for rows in by_hand.values()
    ]
    assert kota.score == sum(units) / 7


def test_its_way_to_hijau_mends_what_is_cheap_and_keeps_its_word_exactly(kota):
    path = city_path(kota, "hijau", costs=COSTS, feasible=FEASIBLE)
    assert path.reachable
    mended = {step.key.split(".", 2)[2] for step in path}
    assert mended == {"proses.standar_pelayanan", "pengaduan.pengelolaan"}
    after = after_path(kota, path)
    assert after.zone == "hijau"
    assert after.score == path.score_after
    assert after.published == path.published_after


def test_one_office_of_all_drafts_together_keeps_its_word_too():
    poor = [
        pelayanan.load(datasets.path(name)) for name in datasets.names("pelayanan") if name.endswith("-poor")
    ]
    known = evidence_from(poor, sipukat.check(poor, on=ON), standard=SCHEME, on=ON)
    for key, value in zip((KEYS[0], KEYS[1], KEYS[3], KEYS[4]), (67, 60, 66, 46), strict=True):
        known = known.with_(key, value, source="rekaan")
    before = score(known, SCHEME)
    assert before.zone == "kuning"
    path = before.path_to("hijau", costs=COSTS, feasible={KEYS[3]: False})
    assert [step.key for step in path] == [KEYS[4]]  # 2, where the documents alone would not do
    after = score(apply(before.evidence, path), SCHEME)
    assert (after.zone, after.score) == ("hijau", path.score_after)


def test_the_heat_map_has_every_cell_once_worst_first_and_loses_what_the_city_lacks(kota):
    frame = heatmap(kota)
    assert len(frame) == 7 * 5
    assert frame["unit"].iloc[0] == "Puskesmas Contoh Melati"
    assert frame["key"].iloc[0] == "pengaduan.pengelolaan"
    assert frame["lost"].sum() == pytest.approx(100 - float(kota.score))
    assert frame["fraction"].between(0, 1).all()
    assert not frame["unknown"].any()


def test_an_unknown_cell_is_no_number():
    frame = heatmap(city({"A": dict.fromkeys(KEYS[1:], 50)}, SCHEME))
    cell = frame[frame["key"] == KEYS[0]].iloc[0]
    assert cell["unknown"]
    assert cell["fraction"] != cell["fraction"]
    assert (cell["lowest"], cell["highest"]) == (0, 1)


@given(CITY)
def test_pulls_add_up_to_the_gap_and_causes_to_all_that_is_lost(values):
    found = city(values, SCHEME)
    held = holding_back(found, "hijau")
    assert sum(pull.points for pull in held.pulls) == held.gap
    assert [pull.points for pull in held.pulls] == sorted((p.points for p in held.pulls), reverse=True)
    causes = common_causes(found, n=len(KEYS))
    assert sum((cause.lift for cause in causes), Fraction(0)) == 100 - found.score
    best = max(causes, key=lambda cause: cause.per_cost, default=None)
    assert not causes or causes[0].per_cost == best.per_cost


@given(CITY)
def test_the_tree_of_a_city_scores_what_the_city_scores(values):
    found = city(values, SCHEME)
    tree, known = city_tree(found)
    fractions = {key: Fraction(value, 100) for key, value in known.values().items()}
    assert tree.score(fractions) == found.score
    assert sum(tree.shares.values()) == 1


def test_a_cause_mended_everywhere_gives_the_score_that_it_names(kota):
    cause = common_causes(kota, costs=COSTS, n=1)[0]
    mended = {
        unit.unit: {name: a.evidence.with_(cause.key, 100) for name, a in unit.services.items()}
        for unit in kota.units.values()
    }
    assert city(mended, SCHEME).score == cause.score_after
    assert cause.key in {"pengaduan.pengelolaan", "proses.standar_pelayanan"}
    assert list(causes_frame((cause,))["key"]) == [cause.key]


def test_cost_decides_which_cause_comes_first():
    found = city({"A": {**dict.fromkeys(KEYS, 100), KEYS[2]: 50, KEYS[4]: 50}}, SCHEME)
    assert common_causes(found)[0].key == KEYS[2]
    assert common_causes(found, costs={KEYS[2]: 10})[0].key == KEYS[4]
    assert common_causes(found, costs={KEYS[4]: 0})[0].key == KEYS[4]


def test_a_weighted_city_is_scored_anew_with_its_weights():
    values = {"A": dict.fromkeys(KEYS, 50), "B": dict.fromkeys(KEYS, 80)}
    found = city(values, SCHEME, rollup="weighted", weights={"A": 3, "B": 1})
    path = city_path(found, "hijau")
    assert after_path(found, path).score == path.score_after
    assert holding_back(found, "hijau").pulls[0].unit == "A"


def test_a_gate_and_the_order_of_the_scheme_hold_in_every_unit():
    found = city({"A": {"kebijakan_pelayanan.1": 0}, "B": {}}, "ipp-29-2022")
    path = city_path(found, "kuning", method="milp")
    keys = [step.key for step in path]
    for place in ("u1.s1", "u2.s1"):
        for later, first in (
            ("kebijakan_pelayanan.8", "kebijakan_pelayanan.6"),
            ("f03", "responden_minimum"),
        ):
            if f"{place}.{later}" in keys:
                assert keys.index(f"{place}.{first}") < keys.index(f"{place}.{later}")
    assert after_path(found, path).lowest.exact == path.score_after


def test_words_are_said_in_both_languages(kota):
    held = holding_back(kota, "hijau")
    assert "yang menahan: Puskesmas Contoh Melati" in held.sentence()
    assert held.sentence("en").startswith("The city lacks 10.01 points to HIJAU")
    assert "7 unit" in common_causes(kota)[0].sentence()
    assert "7 units" in common_causes(kota)[0].sentence("en")
    assert holding_back(kota, "kuning").sentence() == "KUNING sudah tercapai."


def test_nonsense_is_refused(kota):
    with pytest.raises(ArgumentError, match="n must be a whole number of at least 1, got 0"):
        common_causes(kota, n=0)
    with pytest.raises(UnknownNameError, match=r"input\.sarana"):
        common_causes(kota, costs={"input.sarana": 1})
    with pytest.raises(ArgumentError, match="-1"):
        common_causes(kota, costs={KEYS[0]: -1})
    with pytest.raises(UnknownNameError, match="biru"):
        holding_back(kota, "biru")
    with pytest.raises(ArgumentError, match="Dependency"):
        city_path(kota, "hijau", requires={"a": "b"})


def test_units_and_indicators_are_ranked_from_the_first():
    units = {
        "Dinas A": {"nilai": 40}, "Dinas B": {"izin": {"nilai": 61}, "surat": {"nilai": 80}},
        "Dinas C": {"nilai": 30}, "Dinas D": {},
    }  # fmt: skip
    frame = heatmap(city(units, "ombudsman-2021"))
    columns = ["unit", "unit_rank", "indicator_rank", "lowest", "highest", "lost", "unknown"]
    assert frame[columns].to_numpy().tolist() == [
        ["Dinas D", 1, 1, 0.0, 1.0, 25.0, True],
        ["Dinas C", 2, 1, 0.3, 0.3, 17.5, False],
        ["Dinas A", 3, 1, 0.4, 0.4, 15.0, False],
        ["Dinas B", 4, 1, 0.705, 0.705, 7.375, False],
    ]
    assert frame["fraction"].isna().tolist() == [True, False, False, False]
    every = dict.fromkeys(("input.kompetensi", "input.sarana_prasarana", "proses.standar_pelayanan"), 50)
    two = heatmap(city({"A": every}, "ombudsman-2022"))
    assert two["indicator_rank"].tolist() == [1, 2, 3, 4, 5]
    assert two["key"].tolist()[:2] == ["output.persepsi_maladministrasi", "pengaduan.pengelolaan"]
