"""``sipukat standards``, as a person and as a program in another language would call it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sipukat import standards
from sipukat.cli import main

LOCAL = """
kind = "document"
id = "perda-contoh-3-2025"
title = "Standar Pelayanan Kota Contoh"
extends = "permenpanrb-15-2014"
confidence = "B"

[[komponen]]
key = "jumlah_pelaksana"
must_publish = true
"""


def call(*arguments):
    return CliRunner().invoke(main, ["standards", *map(str, arguments)])


@pytest.fixture
def local(tmp_path):
    path = tmp_path / "lokal.toml"
    path.write_text(LOCAL, encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", [(), ("show",)])
def test_without_a_name_every_standard_is_listed(arguments):
    lines = call(*arguments).stdout.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(standards.names())
    listed = json.loads(call(*arguments, "--json").stdout)
    assert {rule["kind"] for rule in listed} == {"compliance", "document", "survey"}


@pytest.mark.parametrize("arguments", [("UU 25/2009",), ("show", "uu-25-2009")])
def test_a_document_standard_is_a_table_of_its_komponen(arguments):
    result = call(*arguments)
    assert result.exit_code == 0
    assert "e      biaya_tarif" in result.stdout
    assert "Pasal 21 huruf n (A)" in result.stdout
    assert "Pasal 36 ayat (4) (B)" in result.stdout
    assert json.loads(call(*arguments, "--json").stdout)["komponen"][3]["key"] == "jangka_waktu_penyelesaian"


def test_the_guideline_shows_its_steps_and_whose_article_it_cites():
    shown = call("Permenpan RB 15/2014").stdout
    assert "Berita acara kesepakatan" in shown
    assert " 1  b      persyaratan" in shown
    assert "Undang-Undang Nomor 25 Tahun 2009, Pasal 21 huruf b" in shown


def test_a_survey_standard_is_shown_as_before():
    assert "U1" in call("Permenpan RB 14/2017").stdout
    assert json.loads(call("--json", "spak").stdout)["id"] == "spak"


def test_an_unknown_name_is_exit_code_2_and_names_the_near_one():
    result = call("uu-25-2010")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean 'uu-25-2009'" in result.stderr


def test_the_differences_of_two_standards_are_sentences(local):
    assert call("diff", "uu-25-2009", "15/2014").stdout.startswith(
        "Urutan komponen berubah menjadi: persyaratan"
    )
    assert call("diff", "spak", "spak", "--lang", "en").stdout == "No differences.\n"
    result = call("diff", "15/2014", local)
    assert result.stdout == "Jumlah_pelaksana kini wajib dipublikasikan.\n"
    data = json.loads(call("diff", "15/2014", local, "--lang", "en", "--json").stdout)
    assert (data["ok"], data["old"], data["new"]) == (True, "permenpanrb-15-2014", "perda-contoh-3-2025")
    (change,) = data["differences"]
    assert (change["aspect"], change["key"], change["new"]) == ("must_publish", "jumlah_pelaksana", "true")
    assert change["message"].endswith("must now be published.")


def test_two_kinds_are_not_compared():
    result = call("diff", "spak", "uu-25-2009")
    assert result.exit_code == 2
    assert "compare two of one kind" in result.stderr


def test_files_are_validated_one_line_each(local, tmp_path):
    result = call("validate", local)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "lokal.toml: baik (perda-contoh-3-2025, document, 14 komponen)\n"
    wrong = tmp_path / "salah.toml"
    wrong.write_text(
        LOCAL.replace("true", "false").replace("jumlah_pelaksana", "biaya_tarif"), encoding="utf-8"
    )
    result = call("validate", local, wrong, tmp_path / "tiada.toml")
    assert result.exit_code == 2
    assert result.stdout.startswith("lokal.toml: baik")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("salah.toml, komponen[0].must_publish: false for 'biaya_tarif'; expected true")
    assert lines[1].startswith("tiada.toml, the file: No such file")
    assert len(lines) == 2


def test_validation_is_json_too(local, tmp_path):
    assert json.loads(call("validate", local, "--json").stdout)["ok"]
    wrong = tmp_path / "salah.toml"
    wrong.write_bytes(b"\xff")
    result = call("validate", wrong, local, "--json")
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert [file["ok"] for file in data["files"]] == [False, True]
    assert data["files"][0]["error"]["where"] == "line 1"


def test_misuse_is_exit_code_2_and_help_names_the_subcommands():
    assert call("validate").exit_code == 2
    assert call("diff", "spak").exit_code == 2
    shown = call("--help")
    assert shown.exit_code == 0
    assert all(name in shown.stdout for name in ("diff", "show", "validate"))
    assert "NAME" in call("show", "-h").stdout
