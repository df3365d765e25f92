"""The JSON Schemas of what commands print, held to what they print."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sipukat import datasets, standards
from sipukat.cli import main
from sipukat.cli.outputs import OUTPUTS, json_schema

jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs validates the JSON")

NRR = "3,31 3,35 3,49 3,93 3,45 3,39 3,39 3,76 3,35"
PLAN = ["--deff", "2", "--response-rate", "0.5"]
CITY = str(datasets.path("kota-contoh"))
CALLS = [
    ("audit", ["audit", "87,28", "--nrr", NRR, "--mutu", "B"]),
    ("audit", ["audit", "91,28", "--nrr", NRR, "--kinerja", "Baik", "--lang", "en"]),
    ("audit", ["audit", "80,50", "--n", "14"]),
    ("audit", ["audit", "200"]),
    ("check", ["check", "draf.json"]),
    ("check", ["check", "draf.json", "draf.json", "--lang", "en", "--out", "hasil.csv"]),
    ("sample-size", ["sample-size", "100", "12345", *PLAN]),
    ("sample-size", ["sample-size", "45", "--deff", "1.5", "--margin", "0.1"]),
    ("form", ["form"]),
    ("form", ["form", "--lang", "en", "--lang", "id", "--layanan", "KTP", "--out", "f.json", "--unit", "A"]),
    ("standards", ["standards"]),
    *(("standards-show", ["standards", name]) for name in standards.names()),
    ("standards-diff", ["standards", "diff", "permenpanrb-14-2017", "permenpanrb-16-2014"]),
    ("standards-diff", ["standards", "diff", "uu-25-2009", "permenpanrb-15-2014", "--lang", "en"]),
    ("standards-validate", ["standards", "validate", "baik.toml", "rusak.toml"]),
    ("ikm", ["ikm", CITY, "--by", "unit", "--by", "service"]),
    ("ikm", ["ikm", "kosong.csv"]),
    ("plugins", ["plugins", "--all"]),
    ("verify", ["verify", "terbit.json", "--input", "terbit.csv"]),
    ("verify", ["verify", "terbit.json", "--input", "lain.csv"]),
    ("error", ["ikm"]),
    ("error", ["check", "rusak.toml"]),
    ("error", ["audit", "delapan"]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Files that the calls read."""
    made = tmp_path_factory.mktemp("keluaran")
    codes = ",".join(f"U{i}" for i in range(1, 10))
    texts = {
        "draf.json": '{"nama": "KTP-el", "persyaratan": ["KK"], "jangka_waktu_penyelesaian": "secepatnya"}',
        "baik.toml": 'kind = "survey"\nid = "a-1-2026"\ntitle = "A"\nextends = "spak"\nconfidence = "B"\n',
        "rusak.toml": "kind = ",
        "kosong.csv": f"unit,{codes}\nA,{'4,' * 8}\nB,{'3,' * 8}\n",
        "terbit.csv": f"{codes}\n" + "4,3,4,3,4,3,4,3,4\n" * 40,
        "lain.csv": f"{codes}\n" + "3,3,4,3,4,3,4,3,4\n" * 40,
    }
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["ikm", str(made / "terbit.csv"), "--out", str(made / "terbit.json")])
    assert done.exit_code == 0, done.output
    return made


@pytest.mark.parametrize(("name", "arguments"), CALLS, ids=lambda part: str(part)[:60])
def test_what_a_command_prints_fits_its_schema(folder, monkeypatch, name, arguments):
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, [*arguments, "--json"])
    printed = json.loads(done.stdout)
    assert done.exit_code == 2 or name != "error"
    schema = jsonschema_rs.validator_for(json_schema(name))
    assert not [error.message for error in schema.iter_errors(printed)]


def test_every_schema_has_a_call_above_and_every_call_has_a_schema():
    assert {name for name, _ in CALLS} == set(OUTPUTS)


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_command_prints_the_schema_and_the_list_names_it(name):
    printed = json.loads(CliRunner().invoke(main, ["schema", f"output-{name}"]).stdout)
    assert printed == json_schema(name)
    assert printed["$id"] == f"urn:sipukat:output:{name}:1"
    jsonschema_rs.meta.validate(printed)
    assert f"output-{name}" in json.loads(CliRunner().invoke(main, ["schema", "--json"]).stdout)


def test_a_schema_refuses_what_is_no_output_of_the_command():
    printed = json.loads(CliRunner().invoke(main, ["sample-size", "100", "--json"]).stdout)
    schema = jsonschema_rs.validator_for(json_schema("sample-size"))
    assert schema.is_valid(printed)
    size = printed["sizes"][0]
    for wrong in (size | {"n": "81"}, size | {"asing": 1}, {k: v for k, v in size.items() if k != "place"}):
        assert not schema.is_valid(printed | {"sizes": [wrong]})
    assert not jsonschema_rs.validator_for(json_schema("error")).is_valid({"ok": True})
