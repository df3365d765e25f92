import json

import pytest

from sipukat import compliance, datasets, export, pelayanan, report
from sipukat.export import json_schema
from sipukat.report import Processing

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs validates the JSON")


def test_the_envelope_is_versioned_and_sorted_and_holds_the_numbers(document):
    text = export.get("json")(document).decode()
    loaded = json.loads(text, parse_constant=lambda name: (_ for _ in ()).throw(AssertionError(name)))
    assert (loaded["$schema"], loaded["schema_version"]) == ("urn:sipukat:document:1", 1)
    assert list(loaded) == sorted(loaded)
    units = next(b for b in loaded["blocks"] if b["kind"] == "table" and b["id"] == "ikm")
    assert units["rows"][-1][3] == float(loaded["data"]["overall"]["published"])


def test_no_respondent_is_in_it_and_the_footer_is(document):
    loaded = json.loads(export.get("json")(document))
    assert any(isinstance(b, Processing) for b in document.blocks)
    assert not any(b["kind"] == "processing" for b in loaded["blocks"])
    assert b'"answers"' not in export.get("json")(document)
    assert next(b for b in loaded["blocks"] if b.get("id") == "pengolahan")["kind"] == "table"


def office(name):
    return pelayanan.load(datasets.path(name))


@pytest.fixture(scope="module")
def kinds(document_of, made):
    """Return a document of every kind that is reported."""
    good, other = office("disdukcapil-ktp-el-good"), office("kelurahan-domisili-poor")
    parts = ("lampiran", "keputusan", "maklumat", "berita_acara", "sippn", "pemeriksaan")
    found = {part: report.build([good, other], part=part, generated=made) for part in parts[:3]}
    found |= {part: report.build(good, part=part, generated=made) for part in parts[3:]}
    scores = compliance.score(compliance.evidence_from(good), "ombudsman-2022")
    found["assessment"] = report.build(scores, generated=made)
    sizes = {"Dinas A": 31, "Dinas B": 44, "Dinas C": 6}
    for lang in ("id", "en"):
        for rows in (True, False):
            found[f"ikm {lang} {rows}"] = document_of(sizes, lang=lang, rows=rows)
    found["spak"] = document_of(sizes, rows=False, missing="complete")
    return found


def errors_of(loaded):
    validator = jsonschema_rs.validator_for(json_schema())
    return [f"{error.instance_path}: {error.message[:200]}" for error in validator.iter_errors(loaded)]


def test_every_kind_of_document_keeps_the_schema(kinds):
    assert len(kinds) > 9
    for name, document in kinds.items():
        assert (name, errors_of(json.loads(export.get("json")(document)))) == (name, [])


def test_the_schema_is_itself_a_schema():
    jsonschema_rs.meta.validate(json_schema())
    assert json_schema()["$id"] == "urn:sipukat:document:1"


def test_every_standar_pelayanan_in_it_keeps_its_own_schema(kinds):
    validator = jsonschema_rs.validator_for(pelayanan.json_schema())
    found = json.loads(export.get("json")(kinds["keputusan"]))["data"]["documents"]
    assert len(found) == 2
    assert [error.message for each in found for error in validator.iter_errors(each)] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema_version",), 2),
        (("title",), None),
        (("blocks", 0, "kind"), "processing"),
        (("blocks", 0, "text"), 3),
        (("blocks", 0, "unknown"), 3),
        (("provenance", "generated"), None),
        (("data", "overall", "published"), 87.5),
        (("data", "groups", 2, "n"), 6),
    ],
    ids=str,
)
def test_what_is_no_document_is_refused(kinds, place, value):
    loaded = json.loads(export.get("json")(kinds["ikm id True"]))
    assert errors_of(loaded) == []
    inner = loaded
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert errors_of(loaded) != []


def test_remarks_of_the_drafters_are_in_no_format(made):
    doc = pelayanan.StandarPelayanan(nama="KTP-el", unit="Dinas", catatan="rahasia-dapur")
    document = report.build(doc, generated=made)
    for name in ("json", "jsonld", "markdown", "csv", "html"):
        assert b"rahasia-dapur" not in export.get(name)(document)
    assert "rahasia-dapur" not in document.model_dump_json()
