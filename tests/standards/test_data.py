"""The data: every figure against the facts that were collected, and the schema against the files."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files

import jsonschema_rs
import pytest

from sipukat import standards
from sipukat._text import plain, round_half_up

INSTRUMENTS = {
    "permenpanrb-14-2017": "skm-permenpanrb-14-2017",
    "permenpanrb-16-2014": "skm-permenpanrb-16-2014",
    "kepmenpan-25-2004": "ikm-kepmenpan-25-2004",
    "spkp": "spkp-2022",
    "spak": "spak-2022",
}
DATA = files("sipukat.standards") / "data"


@pytest.fixture(scope="module")
def skm(facts):
    return facts("skm-facts.json")


@pytest.fixture(params=sorted(INSTRUMENTS))
def pair(request, skm):
    """Return a standard and the facts on it."""
    known = {instrument["id"]: instrument for instrument in skm["instruments"]}
    return standards.get(request.param), known[INSTRUMENTS[request.param]]


def test_the_five_survey_standards_are_there():
    assert standards.names("survey") == tuple(sorted(INSTRUMENTS))


def test_codes_scale_and_number_of_unsur_are_those_of_the_facts(pair):
    standard, known = pair
    assert [u.code for u in standard.unsur] == [u["code"] for u in known["unsur"]]
    assert len(standard.unsur) == known["n_unsur"]
    assert (standard.scale.low, standard.scale.high) == (known["scale"]["min"], known["scale"]["max"])


def test_names_and_definitions_are_those_of_the_facts(pair):
    standard, known = pair
    for unsur, fact in zip(standard.unsur, known["unsur"], strict=True):
        if "name_id" in fact:  # spkp and spak have items, no names
            assert (unsur.key, unsur.nama, unsur.name) == (fact["key"], fact["name_id"], fact["name_en"])
            assert unsur.definisi == fact["definition_id"]


def test_questions_are_those_of_the_facts(pair):
    standard, known = pair
    for unsur, fact in zip(standard.unsur, known["unsur"], strict=True):
        # for 2004 the facts repeat the name, which is no question
        expected = "" if fact["question_id"] in {None, fact.get("name_id")} else fact["question_id"]
        assert unsur.pertanyaan == expected


def test_options_are_those_of_the_facts(pair):
    standard, known = pair
    for unsur, fact in zip(standard.unsur, known["unsur"], strict=True):
        whole = [(o["score"], o["label"]) for o in fact.get("options") or []]
        partial = [(int(score), label) for score, label in fact.get("options_partial", {}).items()]
        assert [(o.score, o.label) for o in unsur.options] == (whole or partial)


def test_weights_are_one_over_the_number_of_unsur(pair):
    standard, known = pair
    assert set(standard.weights.values()) == {Fraction(1, known["n_unsur"])}
    assert sum(standard.weights.values()) == 1


def test_bands_are_those_of_the_facts(pair, skm):
    standard, known = pair
    table = known["bands"] or known.get("bands_practice")
    rows = skm["bands"][table]["rows"] if table else []
    assert [(b.mutu, b.kinerja, b.performance, b.low) for b in standard.bands] == [
        (r["mutu"], r["kinerja_id"], r["kinerja_en"], Decimal(r["nik_min"])) for r in rows
    ]
    assert standard.bands or standard.bands_note


def test_borrowed_bands_are_marked_as_practice():
    rule = standards.get("permenpanrb-16-2014")
    assert {band.confidence for band in rule.bands} == {"C"}
    assert "tidak memuat tabel mutu" in rule.bands_note


@pytest.mark.parametrize("name", ["spkp", "spak"])
def test_no_index_is_invented_for_the_surveys_of_zona_integritas(name):
    standard = standards.get(name)
    assert standard.scale.to_ikm is None
    assert standard.bands == ()
    assert standard.band(Decimal("3.60")) is None


def test_the_sample_table_is_reproduced_in_all_ninety_entries(skm):
    sampling = standards.get("permenpanrb-14-2017").sampling
    table = skm["krejcie_morgan"]["table"]
    assert len(table) == 90
    assert {n: sampling.size(n) for n, _ in table} == dict(table)


def test_both_orders_are_those_of_the_facts(skm):
    standard = standards.get("permenpanrb-14-2017")
    known = next(i for i in skm["instruments"] if i["id"] == INSTRUMENTS[standard.id])["unsur"]
    for name, number in (("peraturan", "no_body"), ("kuesioner", "no_questionnaire")):
        assert list(standard.order(name).keys) == [u["key"] for u in sorted(known, key=lambda u: u[number])]


def test_every_weight_and_rounding_convention_of_the_facts_is_a_profile(skm):
    standard = standards.get("permenpanrb-14-2017")
    for convention in skm["weight_conventions"]:
        assert (standard.profile(convention["id"]).weight or Fraction(1, 9)) == Fraction(convention["w"])
    shape = {
        p.id: (p.weight and str(p.weight), p.nrr_decimals, p.weighted_decimals, p.index_decimals)
        for p in (*standard.profiles, *standards.get("kepmenpan-25-2004").profiles)
    }
    assert shape == {
        "exact": (None, None, None, None),
        "0.11": ("11/100", None, None, None),
        "0.111": ("111/1000", None, None, None),
        "nrr2-0.11": ("11/100", 2, None, None),
        "mahulu": ("111/1000", 3, 3, 3),
        "kardinah": (None, 2, 4, 4),
        "index2": (None, None, None, 2),
        "0.071": ("71/1000", None, None, None),
        "kepmenpan-3dp": ("71/1000", None, 3, None),
    }


def test_the_worked_example_of_2004_comes_out_under_its_profile_only(skm):
    example = next(e for e in skm["worked_examples"] if e["id"] == "kep25-annex")
    nrr = [Fraction(value) for value in example["nrr"]]
    profile = standards.get("kepmenpan-25-2004").profile("kepmenpan-3dp")
    weighted = [round_half_up(value * profile.weight, profile.weighted_decimals) for value in nrr]
    assert [str(value) for value in weighted] == example["weighted_rounded3"]
    assert round_half_up(sum(map(Fraction, weighted)) * 25, 2) == Decimal(example["ikm"])
    assert round_half_up(sum(nrr) / 14 * 25, 4) == Decimal(example["unrounded"]["ikm_exact_1/14"])


def test_the_missing_policies_are_named_and_per_unsur_is_the_default():
    for name in INSTRUMENTS:
        standard = standards.get(name)
        assert [policy.id for policy in standard.missing] == ["per_unsur", "pooled", "complete"]
        assert standard.default_missing.id == "per_unsur"


def test_the_fixed_texts_are_those_of_the_facts(skm):
    texts = standards.get("permenpanrb-14-2017").texts
    form = skm["processing_form"]
    assert texts.processing.title == form["title_id"]
    assert texts.processing.first_column == form["columns"][0]
    rows = zip(texts.processing.footer_rows, texts.processing.footer_marks, strict=True)
    assert [f"{row} | {mark}" if mark else row for row, mark in rows] == form["footer_rows"]
    assert list(texts.processing.legend[1:6]) == form["legend_id"][1:6]
    assert list(texts.processing.band_columns) == skm["bands"]["permenpanrb-14-2017"]["columns_id"]
    assert list(texts.rtl.columns) == skm["rtl_table"]["columns"]
    assert " / ".join(texts.poster.closing) == skm["publication_poster"]["closing_id"]
    fields = skm["respondent_profile"]["fields"]
    assert [f.id for f in texts.respondent_profile.fields] == [f["id"] for f in fields]
    assert [list(f.options) for f in texts.respondent_profile.fields] == [
        f.get("options", []) for f in fields
    ]
    older = [chapter.title for chapter in texts.reports[1].chapters]
    assert older == skm["report_outline"]["variant_older"]
    titles = [line.partition(":")[0].partition("/")[0] for line in skm["report_outline"]["variant_2022plus"]]
    assert [chapter.title for chapter in texts.reports[0].chapters] == titles


HEADINGS = {
    "permenpanrb-14-2017": "sesuai mudah cepat wajar sesuai2 kompetensi sopan pengaduan kualitas",
    "kepmenpan-25-2004": (
        "mudah sesuai pasti disiplin petugas mampu cepat adil sopan wajar sesuai2 tepat nyaman aman"
    ),
}


@pytest.mark.parametrize("name", sorted(HEADINGS))
def test_the_word_headings_of_real_files_name_each_unsur_once(name):
    standard = standards.get(name)
    called = {plain(name): u.key for u in standard.unsur for name in (u.key, u.nama, *u.aliases)}
    assert tuple(called[word] for word in HEADINGS[name].split()) == standard.unsur_keys


def test_the_headings_of_a_real_file_of_the_2014_set_are_known(shared):
    path = shared("data/respondents/mpp-pangkep-2024.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        header = next(csv.reader(stream))
    standard = standards.get("permenpanrb-16-2014")
    called = {plain(name): u.key for u in standard.unsur for name in (u.key, u.nama, *u.aliases)}
    assert tuple(called[plain(name)] for name in header[-9:]) == standard.unsur_keys


def test_every_source_is_used_and_every_figure_has_one():
    for name in INSTRUMENTS:
        standard = standards.get(name)
        prose = " ".join(
            [
                standard.note,
                standard.dates_note,
                *(getattr(f, "note", "") for f in standard.figures().values()),
            ]
        )
        cited = {source for figure in standard.figures().values() for source in figure.sources}
        assert [s for s in standard.sources if s not in cited and s not in prose] == [], name
        assert [key for key, figure in standard.figures().items() if not figure.sources] == [], name


def test_a_figure_of_confidence_a_or_b_does_not_rest_on_recollection():
    for name in INSTRUMENTS:
        for key, figure in standards.get(name).figures().items():
            if figure.confidence != "C":
                assert "M" not in figure.sources, (name, key)


def test_dates_are_marked_as_recollected():
    for name in ("kepmenpan-25-2004", "permenpanrb-16-2014", "permenpanrb-14-2017"):
        standard = standards.get(name)
        assert isinstance(standard.berlaku, date)
        assert standard.dates_confidence == "C"
        assert standard.dates_note


@pytest.mark.parametrize("kind", ["document", "survey"])
def test_the_packaged_schema_is_the_current_one(kind):
    stored = (files("sipukat.standards") / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8")
    current = json.dumps(standards.json_schema(kind), indent=2, ensure_ascii=False) + "\n"
    assert stored == current, (
        "write json.dumps(standards.json_schema(kind), indent=2, ensure_ascii=False) there"
    )


def _as_json(name: str) -> object:
    table = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return json.loads(json.dumps(table, default=date.isoformat))


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_the_schema_accepts_the_packaged_files(name):
    jsonschema_rs.validator_for(standards.json_schema()).validate(_as_json(name))


def test_the_schema_accepts_an_extension_and_refuses_an_unknown_key(local, small):
    validator = jsonschema_rs.validator_for(standards.json_schema())
    assert validator.is_valid(tomllib.loads(local))
    assert validator.is_valid(tomllib.loads(small))
    assert not validator.is_valid(tomllib.loads(local) | {"bands": []})
    assert not validator.is_valid(tomllib.loads(small.replace("low = 1\n", "lowest = 1\n")))
    assert not validator.is_valid(tomllib.loads(small.replace('"1/3"', '"one third"')))
