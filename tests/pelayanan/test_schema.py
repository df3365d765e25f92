"""The schema says what the models say: both accept, or both refuse."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.errors import DraftError
from sipukat.pelayanan import (
    KOMPONEN,
    Biaya,
    Citation,
    JangkaWaktu,
    JumlahPelaksana,
    StandarPelayanan,
    json_schema,
    loads,
    vectors,
)

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed (group test)")
VECTORS = vectors()
PARSERS = {
    "jangka_waktu": JangkaWaktu.parse,
    "biaya": Biaya.parse,
    "jumlah_pelaksana": JumlahPelaksana.parse,
    "citation": lambda text: Citation.parse(text).regulation,
}


@pytest.fixture(scope="module")
def schema():
    return jsonschema_rs.Draft202012Validator(json_schema(), validate_formats=True)


def _loads(document):
    try:
        loads(json.dumps(document), format="json")
    except DraftError:
        return False
    return True


@pytest.mark.parametrize("case", VECTORS["accept"], ids=lambda case: case["why"])
def test_what_is_right_is_accepted_by_schema_and_model(case, schema):
    schema.validate(case["document"])
    assert _loads(case["document"])


@pytest.mark.parametrize("case", VECTORS["reject"], ids=lambda case: case["why"])
def test_what_is_wrong_is_refused_by_schema_and_model(case, schema):
    assert not schema.is_valid(case["document"])
    assert not _loads(case["document"])


@pytest.mark.parametrize("case", VECTORS["parse"], ids=lambda case: case["text"] or "(blank)")
def test_a_text_is_understood_as_the_vectors_say(case):
    read = PARSERS[case["as"]](case["text"])
    assert {key: getattr(read, key) for key in case["is"]} == case["is"]


def test_the_vectors_parse_texts_of_every_kind():
    assert {case["as"] for case in VECTORS["parse"]} == set(PARSERS)


def test_the_schema_is_one_of_2020_12_and_reaches_for_nothing_outside(schema):
    text = json.dumps(json_schema())
    assert json_schema()["$schema"].endswith("2020-12/schema")
    assert '"$ref": "http' not in text
    jsonschema_rs.meta.validate(json_schema())


values = st.recursive(
    st.none()
    | st.text(max_size=5)
    | st.integers(-2, 40)
    | st.booleans()
    | st.sampled_from(["10 menit", "2026-03-09"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "text",
                    "butir",
                    "varian",
                    "waktu",
                    "label",
                    "amount",
                    "max",
                    "min",
                    "unit",
                    "kind",
                    "jenis",
                    "BPJS",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*KOMPONEN, "tambahan", "nama", "berlaku"]), values, max_size=2))
def test_schema_and_model_agree_on_anything(schema, document):
    assert schema.is_valid(document) == _loads(document)


def test_what_is_dumped_is_accepted(schema):
    draft = StandarPelayanan(nama="A", persyaratan={"BPJS": ["KTP"]}, biaya_tarif=[["Periksa", "15.000"]])
    schema.validate(draft.model_dump(mode="json"))
