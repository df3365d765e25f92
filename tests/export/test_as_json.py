import json

from sipukat import export
from sipukat.report import Processing


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
