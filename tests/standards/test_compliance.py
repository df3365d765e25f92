"""Compliance standards: the packaged schemes against the facts, and files that contradict themselves."""

from __future__ import annotations

import json
import pickle
import tomllib
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.cli import main
from sipukat.errors import StandardError, UnknownNameError
from sipukat.standards import loader

SMALL = Path(__file__).with_name("small_compliance.toml").read_text(encoding="utf-8")
SCHEMES = {
    "ombudsman-2021": "kepatuhan_2015_2021",
    "ombudsman-2022": "opini_2022_2024",
    "ombudsman-2025": "maladministrasi_2025",
}
NAMES = ("ipp-29-2022", *SCHEMES)


@pytest.fixture
def scheme(request, facts):
    known = {s["id"]: s for s in facts("standards-facts.json")["ombudsman"]["schemes"]}
    return standards.compliance(request.param), known[SCHEMES[request.param]]


@pytest.fixture
def ipp(facts):
    return standards.compliance("ipp-29-2022"), facts("standards-facts.json")["ipp"]


def test_the_four_compliance_standards_are_there():
    assert standards.names("compliance") == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_scheme_is_got_by_its_id_and_by_its_aliases(name):
    standard = standards.get(name)
    assert isinstance(standard, standards.ComplianceStandard)
    assert all(standards.get(alias) is standard for alias in standard.aliases)


def test_the_regulation_of_the_ipp_names_it_and_that_of_two_schemes_names_both():
    assert standards.get("Permenpan RB Nomor 29 Tahun 2022").id == "ipp-29-2022"
    with pytest.raises(UnknownNameError, match="ombudsman-2021, ombudsman-2022"):
        standards.get("Peraturan Ombudsman Nomor 22 Tahun 2016")


def test_a_standard_of_another_kind_is_no_scheme():
    with pytest.raises(UnknownNameError, match="ombudsman-2022"):
        standards.compliance("permenpanrb-14-2017")
    with pytest.raises(UnknownNameError, match="of kind compliance"):
        standards.survey("ombudsman-2022")


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
def test_bands_of_the_ombudsman_are_those_of_the_facts(scheme):
    standard, known = scheme
    told = [(b.code, b.label, b.zone, f"{b.low:.2f}", f"{b.high:.2f}") for b in standard.bands]
    seen = [(b["code"], b["label"], b["zone"], b["min"], b["max"]) for b in known["bands"]]
    assert sorted(told) == sorted(seen)
    assert (standard.scale.low, standard.scale.high) == tuple(known["score_range"])
    assert standard.scale.lookup == "lower_bound"
    assert standard.years == tuple(known["years"])


def test_the_weights_of_the_dimensions_are_those_of_the_facts_and_sum_to_the_total(facts):
    known = facts("standards-facts.json")["ombudsman"]["schemes"][1]
    standard = standards.compliance("ombudsman-2022")
    told = {i.key: i.weight for i in standard.children_of("")}
    assert told == {d["key"]: Fraction(d["weight"]) for d in known["dimensions"]}
    assert sum(told.values()) == standard.weighting.total == Fraction(known["weight_sum"])


def test_what_is_inferred_for_2025_is_marked_and_what_was_printed_is_not(facts):
    known = facts("standards-facts.json")["ombudsman"]["schemes"][2]
    standard = standards.compliance("ombudsman-2025")
    assert {b.confidence for b in standard.bands} == {"C"}
    assert [b.label_confidence for b in standard.bands] == ["C", "A", "A", "A", "A"]
    assert {b.zone_confidence for b in standard.bands} == {"C"}
    assert {b.opini for b in standard.bands} == {b["opini"] for b in known["bands"]}
    told = {i.key: i.weight for i in standard.children_of("")}
    assert told == {e["key"]: Fraction(e["weight"]) * 100 for e in known["elements"] if e["weight"]}
    assert standard.conditions[0].key == known["elements"][2]["key"]


def test_no_weight_is_invented_for_2021():
    standard = standards.compliance("ombudsman-2021")
    assert standard.indicators == ()
    assert standard.weighting.confidence == "C"


def test_aspects_and_indicators_of_the_ipp_are_those_of_the_facts(ipp):
    standard, known = ipp
    assert [(i.key, i.nama, str(i.weight)) for i in standard.children_of("f02")] == [
        (a["key"], a["name_id"], a["weight_pct"]) for a in known["aspects"]
    ]
    indicators = {i["no"]: i for i in known["indicators"]}
    for aspect in known["aspects"]:
        told = standard.children_of(aspect["key"])
        assert [i.key for i in told] == [f"{aspect['key']}.{n}" for n in aspect["indicators"]]
        for indicator, n in zip(told, aspect["indicators"], strict=True):
            weight = indicators[n]["weight_in_aspect_pct"]
            assert (indicator.nama, indicator.weight) == (
                indicators[n]["text"],
                None if weight is None else Fraction(weight),
            )
    assert {i.key: i.weight for i in standard.children_of("")} == {"f02": 75, "f03": 25}


def test_bands_and_levels_of_the_ipp_are_those_of_the_facts(ipp):
    standard, known = ipp
    told = [(b.code, b.label, f"{b.low:.2f}", f"{b.high:.2f}") for b in standard.bands]
    assert told == [(b["code"], b["label"], b["min"], b["max"]) for b in known["bands"]]
    assert standard.scale.lookup == "upper_bound"
    for scale, fact in (("standar_pelayanan", "sp_indicator_scale"), ("peninjauan", "review_scale")):
        assert [level.score for level in standard.scales[scale].levels] == [s["score"] for s in known[fact]]
    zones = {code: zone for zone in ("hijau", "kuning", "merah") for code in known["app_zone"][zone]}
    assert {b.code: b.zone for b in standard.bands} == zones
    assert {b.zone_confidence for b in standard.bands} == {"C"}


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_scheme_says_where_it_stands_and_how_sure_it_is(name):
    standard = standards.compliance(name)
    figures = standard.figures()
    assert len(figures) > len(standard.bands)
    assert all(figure.place and figure.confidence for figure in figures.values())
    assert set(standard.figures("C")) < set(figures)
    used = {source for figure in figures.values() for source in figure.sources}
    assert used <= set(standard.sources)


@pytest.mark.parametrize("name", NAMES)
def test_a_scheme_pickles_and_its_json_gives_it_back(name):
    standard = standards.compliance(name)
    assert pickle.loads(pickle.dumps(standard)) == standard  # noqa: S301  our own bytes
    again = standards.ComplianceStandard.model_validate(json.loads(standard.model_dump_json()))
    assert again == standard
    assert hash(again) == hash(standard)


def test_the_packaged_schema_of_compliance_is_the_current_one():
    stored = (files("sipukat.standards") / "schema" / "compliance.schema.json").read_text(encoding="utf-8")
    current = json.dumps(standards.json_schema("compliance"), indent=2, ensure_ascii=False) + "\n"
    assert stored == current


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_the_packaged_schemes_and_refuses_a_strange_key(name):
    validator = jsonschema_rs.validator_for(standards.json_schema("compliance"))
    table = tomllib.loads((files("sipukat.standards") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
    assert validator.is_valid(table)
    assert not validator.is_valid(table | {"pita": []})


def test_two_schemes_differ_in_words():
    told = [
        d.message("en")
        for d in standards.diff(standards.get("ombudsman-2021"), standards.get("ombudsman-2022"))
    ]
    assert any("output" in message for message in told)
    assert told[-1].startswith("The lower bounds of the bands and their zones changed from MERAH 0.00")


def test_a_small_file_loads(parse):
    standard = parse(SMALL)
    assert standard.assumed == ("kanal", "survei")
    assert standard.zones == {"merah": ("MERAH",), "hijau": ("HIJAU",)}
    assert standard.band(Decimal("49.99")).code == "MERAH"
    assert standard.band(Decimal("100.01")) is None
    with pytest.raises(ValueError, match=r"round 49\.995"):
        standard.band(Decimal("49.995"))
    with pytest.raises(UnknownNameError, match="janji"):
        standard.indicator_of("janjii")


def swap(old: str, new: str, times: int = 1) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, times)


def without(table: str) -> str:
    """Leave out every table of that name."""
    parts = SMALL.split("\n\n[")
    return "\n\n[".join(part for part in parts if not part.startswith(f"[{table}]"))


BROKEN = {
    "no bands": (without("bands"), "bands", "absent", ""),
    "a gap between bands": (
        swap('low = "50"', 'low = "51"'),
        "bands[1].low",
        "51",
        "50.00, one step above MERAH",
    ),
    "an overlap": (swap('low = "50"', 'low = "49"'), "bands[1].low", "49", "no gap, no overlap"),
    "a top that is not the top": (
        swap('low = "50"\nhigh = "100"', 'low = "50"\nhigh = "99"'),
        "bands[1].high",
        "99",
        "100",
    ),
    "a bottom that is not the bottom": (
        swap('low = "0"\nhigh = "49.99"', 'low = "1"\nhigh = "49.99"'),
        "bands[0].low",
        "1",
        "0",
    ),
    "a band twice": (
        swap('code = "HIJAU"', 'code = "MERAH"'),
        "bands.code",
        "'MERAH' stands twice",
        "each once",
    ),
    "a zone for one band only": (
        swap('zone = "merah"\n', ""),
        "bands[0].zone",
        "absent",
        "all bands or for none",
    ),
    "zones upside down": (
        swap('zone = "merah"', 'zone = "hijau"').replace('100"\nzone = "hijau"', '100"\nzone = "merah"'),
        "bands.zone",
        "hijau, merah",
        "merah, then kuning",
    ),
    "weights that miss the total": (
        swap('weight = "30"', 'weight = "31"'),
        "indicators.weight",
        "2 indicators below 'janji' sum to 101",
        "exactly 100",
    ),
    "weights that leave nothing over": (
        swap('weight = "60"', 'weight = "100"'),
        "indicators.weight",
        "at the top leave 0 for 2",
        "less than 100",
    ),
    "a weight of nought": (swap('weight = "30"', 'weight = "0"'), "indicators[2].weight", "0", "above 0"),
    "an indicator twice": (
        swap('key = "kanal"', 'key = "survei"'),
        "indicators.key",
        "'survei' stands twice",
        "each once",
    ),
    "a circle": (
        swap('key = "janji"\n', 'key = "janji"\nparent = "janji.standar"\n'),
        "indicators[0].parent",
        "a circle: janji -> janji.standar -> janji",
        "does not lead back",
    ),
    "a parent that is none": (
        swap('parent = "janji"', 'parent = "jani"'),
        "indicators[1].parent",
        "'jani'",
        "one of janji",
    ),
    "a leaf that is not measured": (
        swap('scale = "kanal"\n', ""),
        "indicators[3].scale",
        "neither a scale",
        "a scale, or",
    ),
    "a branch that is measured": (
        swap('key = "janji"\n', 'key = "janji"\nscale = "nilai"\n'),
        "indicators[0].scale",
        "and indicators below it",
        "",
    ),
    "a scale that is none": (
        swap('scale = "kanal"', 'scale = "kanel"'),
        "indicators[3].scale",
        "'kanel'",
        "tangga",
    ),
    "a gate that is none": (
        swap('gate = "responden"', 'gate = "respon"'),
        "indicators[4].gate",
        "'respon'",
        "responden",
    ),
    "a condition that is an indicator": (
        SMALL.replace('"responden"', '"kanal"'),
        "conditions[0].key",
        "'kanal' is an indicator",
        "of its own",
    ),
    "levels that do not rise": (
        swap("score = 4", "score = 1"),
        "scales.tangga.levels",
        "scores 0, 1, 1",
        "ascending",
    ),
    "levels off their scale": (
        swap('high = "4"', 'high = "5"'),
        "scales.tangga.levels",
        "levels from 0 to 4",
        "to high 5",
    ),
    "a measure with levels": (
        swap('kind = "levels"', 'kind = "measure"'),
        "scales.tangga.levels",
        "3 levels",
        "no levels",
    ),
    "a scale upside down": (swap('high = "5"', 'high = "0"'), "scales.kanal.high", "0, not above", "higher"),
    "a source that is not listed": (
        swap('sources = ["T"]', 'sources = ["X"]'),
        "scale.sources",
        "'X'",
        "ids listed there",
    ),
    "a weight that is no number": (
        swap('weight = "60"', 'weight = "sixty"'),
        "indicators[0].weight",
        "'sixty'",
        "1/9",
    ),
    "not a number": (swap('weight = "60"', "weight = nan"), "indicators[0].weight", "NaN", "1/9"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_scheme_that_contradicts_itself_is_refused_with_its_place(name, refused):
    refused(*BROKEN[name])


@given(st.lists(st.integers(1, 50), min_size=1, max_size=7), st.integers(0, 4))
def test_weights_are_accepted_exactly_where_they_add_up(weights, open_):
    lines = [f'weight = "{weight}"' for weight in weights] + [""] * open_
    head = SMALL.split("[[indicators]]")[0]
    rows = [
        f'[[indicators]]\nkey = "k{n}"\nnama = "K"\nname = "K"\n{line}\nscale = "nilai"\n'
        'place = "P"\nconfidence = "B"\n'
        for n, line in enumerate(lines)
    ]
    text = "\n".join([head, *rows])
    fits = sum(weights) < 100 if open_ else sum(weights) == 100
    if not fits:
        with pytest.raises(StandardError, match=r"indicators\.weight"):
            loader.parse(text, file="uji.toml", base=standards.get)
        return
    standard = loader.parse(text, file="uji.toml", base=standards.get)
    assert len(standard.assumed) == (open_ if len(lines) > 1 else 0)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_shows_a_scheme_with_its_bands_and_what_is_assumed(name):
    shown = CliRunner().invoke(main, ["standards", name]).stdout
    standard = standards.compliance(name)
    assert all(band.label in shown for band in standard.bands)
    assert ("rata (asumsi)" in shown) == bool(standard.assumed)
    listed = json.loads(CliRunner().invoke(main, ["standards", name, "--json"]).stdout)
    assert standards.ComplianceStandard.model_validate(listed) == standard
