"""`sipukat check` and `sipukat schema`: text, JSON, SARIF, exit codes, and misuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sipukat import datasets
from sipukat.pelayanan import dump, load

GOOD, POOR = (str(datasets.path(f"kelurahan-domisili-{kind}")) for kind in ("good", "poor"))
ON = ("--on", "2026-11-24")


def run(*words):
    done = subprocess.run(
        [sys.executable, "-m", "sipukat", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_good_draft_is_fine():
    done = run("check", GOOD, *ON)
    assert done.returncode == 0
    assert "0 error" in done.stdout


def test_a_poor_draft_is_told_line_by_line():
    done = run("check", POOR, *ON)
    assert done.returncode == 1
    assert f"[{POOR}:" in done.stdout
    assert "Pasal 21" in done.stdout
    assert "→" in done.stdout


def test_json_holds_every_finding():
    done = run("check", GOOD, POOR, "--json", "--lang", "en", *ON)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (1, False)
    good, poor = told["documents"]
    assert (good["ok"], poor["ok"]) == (True, False)
    assert {"code", "severity", "path", "message", "suggestion", "citation", "facts"} <= set(
        poor["findings"][0]
    )


def test_sarif_points_at_lines():
    done = run("check", POOR, "--sarif", *ON)
    (log,) = json.loads(done.stdout)["runs"]
    assert done.returncode == 1
    lines = [
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in log["results"]
        if "region" in result["locations"][0]["physicalLocation"]
    ]
    assert len(lines) > 5
    assert max(lines) <= len(Path(POOR).read_text(encoding="utf-8").splitlines())


def test_codes_are_selected_and_ignored():
    told = json.loads(run("check", POOR, "--json", "--select", "LKP,KNS", "--ignore", "KNS", *ON).stdout)
    assert {f["code"][:3] for f in told["documents"][0]["findings"]} == {"LKP"}


@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
def test_every_stored_form_is_checked_alike(form, tmp_path):
    pytest.importorskip({"yaml": "yaml", "toml": "tomli_w"}.get(form, "json"))
    path = tmp_path / f"draf.{form}"
    path.write_text(dump(load(POOR), form), encoding="utf-8")
    told = json.loads(run("check", str(path), "--json", *ON).stdout)
    same = json.loads(run("check", POOR, "--json", *ON).stdout)
    assert told["documents"][0]["findings"] == same["documents"][0]["findings"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "tidak-ada.yaml"), "tidak-ada.yaml"),
        (("check", POOR, "--select", "XYZ"), "no check is named 'XYZ'"),
        (("check", POOR, "--standard", "spkp"), "spkp"),
        (("check", POOR, "--json", "--sarif"), "one of --sarif and --json"),
        (("schema", "tidak-ada"), "tidak-ada"),
    ],
)
def test_misuse_ends_with_2_and_says_what(words, said):
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout


def test_a_hostile_file_is_one_line(tmp_path):
    path = tmp_path / "jahat.yaml"
    path.write_text("a: &a [x, x]\nb: [*a, *a]\n", encoding="utf-8")
    done = run("check", str(path))
    assert done.returncode == 2
    assert done.stderr.strip().endswith("Write the text itself, or put it in quotes.")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["document", "standard-compliance", "standard-document", "survey"])
def test_a_schema_is_printed(name):
    assert json.loads(run("schema", name).stdout)["$schema"].endswith("2020-12/schema")


def test_the_vectors_are_printed():
    assert json.loads(run("schema", "vectors").stdout)["accept"]


def test_the_names_of_the_schemas_are_listed():
    assert "document" in run("schema").stdout
    assert "document" in json.loads(run("schema", "--json").stdout)


@pytest.mark.parametrize("option", ["--sarif", "--json"])
def test_a_draft_in_the_code_page_of_windows_is_checked_with_its_lines(tmp_path, option):
    draft = tmp_path / "draf.yaml"
    draft.write_bytes("nama: KTP-el – baru\nbiaya_tarif: Gratis\n".encode("cp1252"))
    done = run("check", str(draft), option)
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)


def test_the_documents_of_the_law_are_written_without_a_program(tmp_path):
    pledge, looked = tmp_path / "maklumat.html", tmp_path / "pemeriksaan.html"
    assert run("check", GOOD, *ON, "--part", "maklumat", "--out", str(pledge)).returncode == 0
    assert "MAKLUMAT" in pledge.read_text(encoding="utf-8").upper()
    told = json.loads(run("check", POOR, *ON, "--json", "--select", "LKP", "--out", str(looked)).stdout)
    assert told["files"] == [str(looked)]
    page = looked.read_text(encoding="utf-8")
    assert "LKP" in page
    assert "JLS" not in page
