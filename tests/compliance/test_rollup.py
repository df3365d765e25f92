"""A city of several units: exact, and how they were combined is always said."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.compliance import Evidence, city, score
from sipukat.compliance.city_path import city_tree
from sipukat.errors import ArgumentError, UnknownNameError

THREE = {
    "Dinas A": {"nilai": 40},
    "Dinas B": {"izin": {"nilai": 61}, "surat": {"nilai": 80}},
    "Dinas C": {"nilai": 90},
}


def test_a_city_is_worked_by_hand():
    found = city(THREE, "ombudsman-2021", name="Kota Contoh")
    assert found.score == (40 + Fraction("70.5") + 90) / 3
    assert (found.published, found.zone) == (Decimal("66.83"), "kuning")
    assert [unit.published for unit in found.units.values()] == [40, Decimal("70.50"), 90]
    assert tuple(found.units["Dinas B"].services) == ("izin", "surat")


def test_weights_count_and_are_named():
    weights = {"Dinas A": 1, "Dinas B": 2, "Dinas C": 1}
    found = city(THREE, "ombudsman-2021", rollup="weighted", weights=weights)
    assert found.score == (40 + 2 * Fraction("70.5") + 90) / 4
    assert "tertimbang" in found.sentence()
    (finding,) = found.findings.by_code("CMP815")
    assert "weighted" in finding.facts["method"]


def test_what_one_unit_does_not_know_the_city_does_not_know():
    found = city({"A": {"nilai": 40}, "B": {}}, "ombudsman-2021", name="Kota")
    assert found.score is None
    assert (found.lowest.exact, found.highest.exact) == (20, 70)
    assert found.unknown == {"B": ("nilai",)}
    assert found.findings.by_code("CMP816")[0].facts["units"] == ["B"]
    assert found.points() == {"nilai": None}
    assert "antara 20,00 dan 70,00" in found.sentence()
    assert city({"A": {"nilai": 40}, "B": {}}, "ombudsman-2021", unknown="zero").score == 20


def test_a_sequence_of_evidences_is_grouped_by_unit_and_service():
    parts = [
        Evidence.of({"nilai": 61}, unit="B", product="izin"),
        Evidence.of({"nilai": 40}, unit="A"),
        Evidence.of({"nilai": 80}, unit="B", product="surat"),
    ]
    found = city(parts, "ombudsman-2021")
    assert tuple(found.units) == ("B", "A")
    assert found.score == (Fraction("70.5") + 40) / 2
    with pytest.raises(ArgumentError, match="B: two evidences of 'izin'"):
        city([*parts, parts[0]], "ombudsman-2021")
    with pytest.raises(ArgumentError, match="evidence 0 names no unit"):
        city([Evidence.of({"nilai": 61})], "ombudsman-2021")


def test_one_unit_with_one_service_is_the_city_and_nothing_was_combined():
    alone = city({"A": {"nilai": 40}}, "ombudsman-2021")
    assert alone.score == score({"nilai": 40}, "ombudsman-2021").score
    assert not alone.findings.by_code("CMP815")


def test_a_wrong_value_names_its_unit_and_service():
    with pytest.raises(ArgumentError, match=r"Dinas B, izin: nilai: 161"):
        city({"Dinas B": {"izin": {"nilai": 161}}}, "ombudsman-2021")
    with pytest.raises(UnknownNameError, match=r"in Dinas B\) is named 'nilay'"):
        city({"Dinas B": {"nilay": 61}}, "ombudsman-2021")


@pytest.mark.parametrize(
    ("evidences", "options", "why"),
    [
        ({}, {}, "no units"),
        (3, {}, "an int is no evidence of units"),
        ({"A": 3}, {}, "A: an int is no evidence"),
        (THREE, {"rollup": "median"}, "'median' is no way"),
        (THREE, {"rollup": "weighted"}, "needs weights"),
        (THREE, {"weights": {"Dinas A": 1}}, "not used"),
        (THREE, {"rollup": "weighted", "weights": {"Dinas A": 1, "Dinas B": 1}}, "Dinas C missing"),
        ({"A": {"nilai": 1}}, {"rollup": "weighted", "weights": {"A": 0}}, r"weights\['A'\]: 0; expected"),
        ({"A": {"nilai": 1}}, {"rollup": "weighted", "weights": {"A": float("nan")}}, "nan"),
        ({"A": {"nilai": 1}}, {"rollup": "weighted", "weights": {"A": True}}, "True"),
    ],
)
def test_what_is_no_city_is_refused(evidences, options, why):
    with pytest.raises(ArgumentError, match=why):
        city(evidences, "ombudsman-2021", **options)


def test_a_frame_has_one_row_a_unit_and_plain_data_goes_through_json():
    found = city(THREE, "ombudsman-2021", name="Kota Contoh")
    frame = found.to_frame()
    assert frame["unit"].tolist() == list(THREE)
    assert frame["services"].tolist() == [1, 2, 1]
    assert frame["zone"].tolist() == ["merah", "kuning", "hijau"]
    data = json.loads(json.dumps(found.to_dict()))
    assert data["format"] == "urn:sipukat:city-assessment:1"
    assert (data["method"], data["score"]) == ("mean", "66.83")
    assert [len(unit["services"]) for unit in data["units"]] == [1, 2, 1]


VALUES = st.decimals(0, 100, places=2)
KEYS = (
    "input.kompetensi input.sarana_prasarana proses.standar_pelayanan "
    "output.persepsi_maladministrasi pengaduan.pengelolaan"
).split()
UNITS = st.dictionaries(
    st.sampled_from("ABCDEFG"), st.fixed_dictionaries(dict.fromkeys(KEYS, VALUES)), min_size=1
)


@given(UNITS, st.data())
def test_points_of_a_city_add_up_to_its_score_exactly(units, data):
    weights = {unit: data.draw(st.integers(1, 9)) for unit in units}
    found = city(units, "ombudsman-2022", rollup="weighted", weights=weights)
    assert sum(found.points().values()) == found.score
    assert sum(unit.share for unit in found.units.values()) == 1


@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_no_score(units, random):
    shuffled = list(units.items())
    random.shuffle(shuffled)
    one, two = city(units, "ombudsman-2022"), city(dict(shuffled), "ombudsman-2022")
    assert one.score == two.score
    lows = [score(values, "ombudsman-2022").score for values in units.values()]
    assert min(lows) <= one.score <= max(lows)
    scaled = dict.fromkeys(units, Decimal("2.5"))
    assert city(units, "ombudsman-2022", rollup="weighted", weights=scaled).score == one.score


def _text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_unit_is_shown_with_what_is_known_of_it():
    found = city(THREE | {"Dinas D": {}}, "ombudsman-2021", name="Kota Contoh")
    frame = found.to_frame()
    assert list(frame.columns) == (
        "unit share score published code zone lowest highest services unknown".split()
    )
    assert frame.iloc[1].tolist() == [
        "Dinas B", 0.25, 70.5, Decimal("70.50"), "KUNING", "kuning", 70.5, 70.5, 2, 0,
    ]  # fmt: skip
    last = frame.iloc[3]
    assert last[["score", "published", "code", "zone"]].isna().all()
    assert last[["lowest", "highest", "unknown"]].tolist() == [0, 100, 1]
    assert _text(found._repr_html_()) == (
        "Kota Contoh: Nilai menurut ombudsman-2021 antara 50,13 dan 75,13. "
        "Digabung sebagai rata-rata 4 unit. "
        "Nilai tiap unit menurut ombudsman-2021 unit nilai kategori zona belum diketahui "
        "Dinas A 40,00 MERAH MERAH 0 Dinas B 70,50 KUNING KUNING 0 Dinas C 90,00 HIJAU HIJAU 0 "
        "Dinas D 0,00 – 100,00 – – 1"
    )
    assert found.sentence("en") == (
        "Kota Contoh: The score under ombudsman-2021 lies between 50.13 and 75.13. "
        "Combined as the mean of 4 units."
    )
    assert repr(found) == (
        "CityAssessment(Kota Contoh, ombudsman-2021, mean of 4 units: 50.13 to 75.13, zone None)"
    )


def test_a_city_is_plain_data_whether_its_score_is_known_or_not():
    data = city(THREE, "ombudsman-2021").to_dict()
    assert (data["name"], data["score"], data["exact"], data["code"], data["zone"]) == (
        "", "66.83", str((40 + Fraction("70.5") + 90) / 3), "KUNING", "kuning",
    )  # fmt: skip
    second = data["units"][1]
    assert (second["unit"], second["share"], second["lowest"], second["highest"]) == (
        "Dinas B", "1/3", "141/2", "141/2",
    )  # fmt: skip
    assert [service["name"] for service in second["services"]] == ["izin", "surat"]
    open_ = city({"A": {}}, "ombudsman-2021").to_dict()
    assert (open_["score"], open_["exact"], open_["code"], open_["zone"]) == (None,) * 4
    assert (open_["lowest"]["score"], open_["highest"]["score"]) == ("0.00", "100.00")


def test_a_weighted_city_says_so_and_how_many_units_it_has():
    weights = {"Dinas A": 1, "Dinas B": 2, "Dinas C": 1}
    found = city(THREE, "ombudsman-2021", rollup="weighted", weights=weights)
    assert found.sentence() == (
        "Kota: Nilai 67,75 menurut ombudsman-2021: Kepatuhan Sedang, zona kuning. "
        "Digabung sebagai rata-rata tertimbang 3 unit."
    )
    assert "City: A score of 67.75" in found.sentence("en")
    assert found.sentence("en").endswith("Combined as the weighted mean of 3 units.")
    (finding,) = found.findings.by_code("CMP815")
    assert (finding.path, finding.facts["units"]) == ("ombudsman-2021", 3)


def test_what_is_said_of_a_city_counts_its_units_and_services():
    found = city(THREE | {"Dinas D": {}}, "ombudsman-2021", name="Kota Contoh").findings
    (combined,) = found.by_code("CMP815")
    assert combined.facts == {"method": "rata-rata (mean)", "n": 5, "units": 4}
    (open_,) = found.by_code("CMP816")
    assert (open_.path, open_.facts) == ("Kota Contoh", {"units": ["Dinas D"], "n": 1, "of": 4})
    two = city({"A": {"izin": {"nilai": 61}, "surat": {"nilai": 80}}}, "ombudsman-2021").findings
    assert [f.facts["n"] for f in two.by_code("CMP815")] == [2]
    assert not city({"A": {"nilai": 61}}, "ombudsman-2021").findings.by_code("CMP815")
    pair = city({"A": {"nilai": 61}, "B": {"nilai": 61}}, "ombudsman-2021").findings
    assert [f.facts["units"] for f in pair.by_code("CMP815")] == [2]


def test_the_units_of_a_city_make_up_the_whole_of_its_tree():
    tree, _ = city_tree(city({"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}, "ombudsman-2021"))
    assert tree.root.weight == 1
    assert sum(child.weight for child in tree.root.children) == 1
    assert sum(tree.shares.values()) == 1
