"""Document standards: the data against the facts, headings of real tables, hostile files."""

from __future__ import annotations

import json
import pickle
import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import StandardError, UnknownNameError
from sipukat.standards import DocumentStandard
from sipukat.standards.labels import folded

HERE = Path(__file__).parent
SMALL = (HERE / "small_document.toml").read_text(encoding="utf-8")
LOCAL = (HERE / "local_document.toml").read_text(encoding="utf-8")
DATA = files("sipukat.standards") / "data"
LAW = standards.document("uu-25-2009")
RULE = standards.document("permenpanrb-15-2014")
BOTH = [LAW, RULE]
GROUPS = {"service_delivery": "penyampaian", "manufacturing": "pengelolaan"}


@pytest.fixture(scope="module")
def known(facts):
    return facts("standards-facts.json")


def test_letters_keys_names_and_order_of_the_law_are_those_of_the_facts(known):
    rows = sorted(known["components"], key=lambda row: row["order_uu25"])
    assert [(k.letter, k.key, k.nama, k.name) for k in LAW.komponen] == [
        (row["letter"], row["key"], row["name_id"], row["name_en"]) for row in rows
    ]
    assert "".join(k.letter for k in LAW.komponen) == "abcdefghijklmn"


def test_the_guideline_prints_the_published_six_first_and_then_the_eight(known):
    rows = sorted(known["components"], key=lambda row: row["order_permenpan15"])
    assert list(RULE.komponen_keys) == [row["key"] for row in rows]
    for name, group in known["permenpan_15_2014"]["groups"].items():
        assert [k.key for g, ks in RULE.grouped if g.id == GROUPS[name] for k in ks] == group["keys"]
    assert [len(komponen) for _, komponen in RULE.grouped] == [6, 8]
    assert [k.must_publish for k in RULE.komponen] == [True] * 6 + [False] * 8


@pytest.mark.parametrize("standard", BOTH, ids=lambda s: s.id)
def test_group_publication_definition_labels_and_confidence_are_those_of_the_facts(standard, known):
    for row in known["components"]:
        komponen = standard.komponen_of(row["key"])
        assert (komponen.group, komponen.must_publish) == (GROUPS[row["group"]], row["must_publish"])
        assert (komponen.definisi, komponen.confidence) == (row["definition_id"], row["confidence"])
        assert set(row["label_variants"]) <= set(komponen.labels)
        assert komponen.place == f"Pasal 21 huruf {row['letter']}"
        assert str(standard.citation(komponen)).startswith("Undang-Undang Nomor 25 Tahun 2009, Pasal 21 ")


def test_every_content_of_the_facts_has_a_sentence_of_its_own(known):
    for row in known["components"]:
        sentences = LAW.komponen_of(row["key"]).required_content
        # the kind of an item and whether it is a copy stand in one fact each, as here
        assert len(sentences) == len(row["required_content"]), row["key"]
        assert all(sentence.endswith(".") for sentence in sentences)


def test_articles_and_their_confidence_are_those_of_the_facts(known):
    for fact in known["uu25_2009"]["pasal"]:
        numbers = [
            number for number, _ in re.findall(r"(\d+)((?:\(\d\))?)", fact["pasal"].partition(")-")[0])
        ]
        mine = [a for a in LAW.articles if a.id.partition("(")[0].partition("/")[0] == numbers[0]]
        assert mine, fact["pasal"]
        if fact["pasal"] not in {"20(1)", "20(2)-(5)", "1(7)", "1(8)"}:
            assert {a.confidence for a in mine} == {fact["confidence"][0]}, fact["pasal"]
    assert {a.id: a.confidence for a in LAW.articles if a.id.startswith("20")} == {
        "20(1)": "A", "20(2)": "C", "20(3)": "C", "20(4)": "C", "20(5)": "C",
    }  # fmt: skip
    items = next(f["items"] for f in known["uu25_2009"]["pasal"] if f["pasal"] == "37(3)")
    assert all(item in LAW.article_of("37(3)").text for item in items)


def test_steps_and_texts_are_those_of_the_facts(known):
    fact, texts = known["permenpan_15_2014"], RULE.texts
    assert [(s.key, s.nama, list(s.evidence), s.confidence) for s in RULE.steps] == [
        (s["key"], s["name_id"], s.get("evidence", []), s["confidence"]) for s in fact["steps"]
    ]
    assert LAW.steps == ()
    assert texts.maklumat.template == fact["maklumat"]["template_id"]
    assert list(texts.maklumat.must_state) == fact["maklumat"]["must_state"]
    assert list(texts.sk.parts) == fact["sk_layout"]["parts"]
    assert list(texts.table.columns) == fact["table_layout"]["columns"]
    assert [g.heading for g in RULE.groups] == fact["table_layout"]["group_rows"]
    assert list(texts.berita_acara.columns) == fact["fkp_ba_layout"]["columns"]
    assert texts.review.months == fact["review"]["top_score_if_every_months"] == 12
    assert list(texts.principles.items) == fact["principles"]["items"]
    assert list(texts.evidence.items) == fact["evidence"]
    assert list(texts.public_elements.items) == fact["public_elements"]
    assert list(texts.publication_media.items) == fact["publication_media"]
    assert list(texts.sippn.keys) == known["sippn"]["maps_to_keys"]
    assert list(texts.sippn.fields) == known["sippn"]["fields_seen"]
    for mine, name in ((texts.ladder, "sp_indicator_scale"), (texts.review, "review_scale")):
        assert [rung.score for rung in mine.rungs] == [row["score"] for row in known["ipp"][name]]


@pytest.mark.parametrize("standard", BOTH, ids=lambda s: s.id)
def test_every_figure_has_a_source_and_recollection_is_marked(standard):
    figures = standard.figures()
    assert [key for key, figure in figures.items() if not figure.sources] == []
    assert {key for key, figure in figures.items() if "R" in figure.sources} == set(standard.figures("C"))
    assert standard.dates_confidence == "C"
    cited = {source for figure in figures.values() for source in figure.sources}
    prose = standard.note + standard.dates_note
    assert [source for source in standard.sources if source not in cited and source not in prose] == []


@pytest.mark.parametrize("standard", BOTH, ids=lambda s: s.id)
def test_every_label_of_every_komponen_names_it_and_no_other(standard):
    for komponen in standard.komponen:
        for label in (komponen.nama, komponen.key, *komponen.labels, *komponen.other_labels):
            for number in (
                "",
                "1. ",
                "14.",
                "3) ",
                "(2) ",
                f"{komponen.letter}. ",
                "IV. ",
                "7 ",
                "- ",
                "1. a. ",
            ):
                for tail in ("", ":", " : ", "*)", "."):
                    assert standard.label_of(f"{number}{label}{tail}") == komponen
            assert standard.label_of(label.upper()) == komponen
            assert standard.label_of(f" {label} (contoh) ") == komponen


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Jangka Waktu Pelayanan", "jangka_waktu_penyelesaian"),
        ("Waktu Penyelesaian", "jangka_waktu_penyelesaian"),
        ("Produk Layanan", "produk_pelayanan"),
        ("Pengelolaan Pengaduan", "penanganan_pengaduan"),
        ("Penanganan Pengaduan, Saran, Masukan dan Apresiasi", "penanganan_pengaduan"),
        ("Jaminan Pelaksanaan", "jaminan_pelayanan"),
        ("Persyaratan Pelayanan", "persyaratan"),
        ("2. SISTEM, MEKANISME & PROSEDUR", "sistem_mekanisme_prosedur"),
        ("Sistem , Mekanisme\ndan Prosedur Pelayanan", "sistem_mekanisme_prosedur"),
        ("Biaya / Tarif", "biaya_tarif"),
        ("Biaya/ Tarif *)", "biaya_tarif"),
        ("Sarana dan Prasarana dan/atau Fasilitas", "sarana_prasarana_fasilitas"),
        ("Sarana, Prasarana, dan Fasilitas Pelayanan", "sarana_prasarana_fasilitas"),
        ("Kompetensi Pelaksana Pelayanan", "kompetensi_pelaksana"),
        ("Jaminan keamanan dan keselamatan layanan", "jaminan_keamanan_keselamatan"),
        ("Dasar\u00a0Hukum\u200b", "dasar_hukum"),
    ],
)
def test_headings_as_offices_write_them_are_understood(heading, key):
    assert RULE.label_of(heading).key == key


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        "1.",
        "NO",
        "KOMPONEN",
        "URAIAN",
        "Maklumat Pelayanan",
        "Persyratan",
        "Pelayanan",
        "Fotokopi Kartu Keluarga",
        "A. Penyampaian Layanan (Service Delivery)",
        "()",
        "(Biaya)x",
        "Biaya " * 100,
        "Persyaratan: fotokopi KTP",
    ],
)
def test_what_is_no_heading_is_not_guessed(heading):
    assert RULE.label_of(heading) is None


@given(st.text(max_size=400))
def test_any_text_folds_to_something_that_folds_to_itself(text):
    assert LAW.label_of(text) is None or LAW.label_of(text) in LAW.komponen
    once = folded(text)
    assert len(once) <= 2000


@pytest.mark.parametrize("text", ["1. " * 10**6, "(" * 10**6, "a.)" * 10**6, "\u200b" * 10**6, " " * 10**6])
def test_hostile_headings_are_read_in_bounded_time(text, bounded):
    with bounded():
        assert LAW.label_of(text) is None
        assert LAW.label_of(text[:300]) is None


def test_parts_are_found_and_unknown_ones_name_what_is_there():
    assert LAW.article_of("36(4)").confidence == "B"
    with pytest.raises(UnknownNameError, match=r"no komponen of uu-25-2009 is named 'biaya'.*'biaya_tarif'"):
        LAW.komponen_of("biaya")
    with pytest.raises(UnknownNameError, match="no article of uu-25-2009"):
        LAW.article_of("99")
    assert [k.letter for k in LAW.published] == list("bcdefj")


def test_a_document_standard_is_frozen_hashes_pickles_and_survives_its_own_json():
    for standard in BOTH:
        assert pickle.loads(pickle.dumps(standard)) == standard  # noqa: S301  our own bytes
        assert DocumentStandard.model_validate_json(standard.model_dump_json()) == standard
    assert len({*BOTH, standards.document("uu-25-2009")}) == 2


def _with(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


BROKEN = {
    "a letter twice": (_with('letter = "b"', 'letter = "a"'), "komponen.letter", "'a' stands twice", "once"),
    "a key twice": (
        _with('key = "biaya"', 'key = "syarat"'),
        "komponen.key",
        "'syarat' stands twice",
        "once",
    ),
    "a label of two": (
        _with('["Tarif"]', '["1. PERSYARATAN :"]'),
        "komponen.labels",
        "syarat and biaya",
        "one",
    ),
    "a name that labels another": (
        _with('["Tarif"]', '["Syarat"]'),
        "komponen.labels",
        "syarat and biaya",
        "one",
    ),
    "a label of no word": (_with('["Tarif"]', '["..."]'), "komponen[1].labels", "without a word", "words"),
    "an unknown group": (
        _with('group = "depan"', 'group = "belakang"'),
        "komponen[0].group",
        "'belakang'",
        "one of depan",
    ),
    "an article twice": (
        SMALL.replace(
            "[[steps]]", SMALL[SMALL.index("[[articles]]") : SMALL.index("[[steps]]")] + "[[steps]]"
        ),
        "articles.id",
        r"'3\(1\)' stands twice",
        "once",
    ),
    "publication in quotes": (
        _with("must_publish = true", 'must_publish = "ya"'),
        "komponen[0].must_publish",
        "'ya'",
        "boolean",
    ),
    "a letter that is none": (_with('letter = "b"', 'letter = "2"'), "komponen[1].letter", "'2'", "matches"),
    "a rung twice": (_with("score = 1", "score = 0"), "texts.ladder.rungs", r"scores \[0, 0\]", "ascending"),
    "no place": (_with('place = "Pasal 2 huruf a"\n', ""), "komponen[0].place", "absent", "'place'"),
    "an unknown source": (_with('["A1"]', '["A2"]'), "komponen[0].sources", "'A2' is not in", "listed"),
    "an unknown key": (
        _with("must_publish", "must_pubish"),
        "komponen[0].must_pubish",
        "unknown key",
        "'must_pub",
    ),
    "no komponen": (SMALL[: SMALL.index("[[komponen]]")], "komponen", "absent", "'komponen'"),
    "an unsur": (SMALL + "[[unsur]]\nkey = 'a'\n", "unsur", "unknown key 'unsur'", "one of"),
    "a date without confidence": (
        SMALL.replace("kind =", "berlaku = 2025-01-01\nkind =", 1),
        "dates_confidence",
        "absent",
        '"A"',
    ),
    "a page of SIPPN with another komponen": (
        SMALL + '[texts.sippn]\nfields = []\nkeys = ["waktu"]\nplace = "x"\nconfidence = "C"\n',
        "texts.sippn.keys",
        "'waktu' is no komponen",
        "keys of komponen",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gives_one_error_that_says_where_what_and_what_would_be_right(case, refused):
    refused(*BROKEN[case])


def test_a_small_complete_file_loads(parse):
    small = parse(SMALL)
    assert (small.kind, small.komponen_keys) == ("document", ("syarat", "biaya"))
    assert str(small.citation(small.article_of("3(1)"))).endswith("Nomor 12 Tahun 2025, Pasal 3 ayat (1)")
    assert small.label_of("TARIF").key == "biaya"


@given(st.integers(0, len(SMALL) - 1), st.sampled_from(['"', "[", "]", "=", "\n", "a", "0", "\0", "é"]))
def test_a_file_damaged_anywhere_loads_or_is_refused_with_one_error(place, mark):
    text = SMALL[:place] + mark + SMALL[place + 1 :]
    try:
        standard = standards.loader.parse(text, file="rusak.toml", base=standards.get)
    except StandardError as error:
        standard = error
    assert isinstance(standard, DocumentStandard) or standard.file == "rusak.toml"


def _as_json(name: str) -> object:
    table = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return json.loads(json.dumps(table, default=date.isoformat))


def test_the_schema_accepts_the_packaged_files_and_refuses_what_the_model_refuses():
    validator = jsonschema_rs.validator_for(standards.json_schema("document"))
    for standard in BOTH:
        validator.validate(_as_json(standard.id))
    for text in (SMALL, LOCAL):
        assert validator.is_valid(tomllib.loads(text))
    assert not validator.is_valid(tomllib.loads(_with("must_publish = true", 'must_publish = "ya"')))
    assert not validator.is_valid(tomllib.loads(_with('letter = "b"', 'letter = "2"')))
    assert not validator.is_valid(tomllib.loads(SMALL + "[[unsur]]\nkey = 'a'\n"))
    assert not validator.is_valid(tomllib.loads(LOCAL.replace('"document"', '"survey"')))
