"""``--standard`` takes a name or a TOML file, in every command alike."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sipukat import datasets
from sipukat.cli import main

SURVEY = """
kind = "survey"
id = "perbup-contoh-1-2026"
title = "Survei Kabupaten Contoh"
extends = "permenpanrb-14-2017"
confidence = "B"

[[unsur]]
key = "ramah_anak"
code = "U10"
nama = "Ramah anak"
name = "Child friendly"
place = "Pasal 3"
confidence = "B"
"""
DOCUMENT = """
kind = "document"
id = "perda-contoh-3-2025"
title = "Standar Pelayanan Kota Contoh"
extends = "permenpanrb-15-2014"
confidence = "B"

[[komponen]]
key = "inovasi"
nama = "Inovasi"
name = "Innovation"
group = "penyampaian"
letter = "o"
place = "Pasal 4"
confidence = "B"
must_publish = true
"""
ID = {"survey": "perbup-contoh-1-2026", "document": "perda-contoh-3-2025", "compliance": "ombudsman-2022"}
ENDING = {"audit": ["80"], "sample-size": ["100"], "form": []}


def call(*arguments):
    done = CliRunner().invoke(main, [str(a) for a in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def files(tmp_path):
    """A standard of each kind, a survey of ten unsur, and a draft."""
    for name, text in (("survei.toml", SURVEY), ("dokumen.TOML", DOCUMENT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    codes = ",".join(f"U{i}" for i in range(1, 11))
    rows = "4,3,4,3,4,3,4,3,4,3\n" * 40
    (tmp_path / "jawaban.csv").write_text(f"{codes}\n{rows}", encoding="utf-8")
    (tmp_path / "draf.json").write_text('{"nama": "KTP-el"}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ENDING)
def test_a_command_of_surveys_takes_a_file(files, command):
    done = call(command, "--json", "--standard", files / "survei.toml", *ENDING[command])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    sizes = told.get("sizes", [told])
    assert [each["standard"] for each in sizes] == [ID["survey"]]


def test_an_index_is_computed_by_the_standard_of_a_file_and_says_its_hash(files):
    done = call("ikm", files / "jawaban.csv", "--json", "--standard", files / "survei.toml")
    told = json.loads(done.stdout)
    assert (told["standard"], len(told["unsur"])) == (ID["survey"], 10)
    assert told["overall"]["published"] == "87.50"
    assert told["manifest"]["standard"]["id"] == ID["survey"]


def test_a_publication_by_the_standard_of_a_file_is_verified_with_that_file(files):
    done = call(
        *("ikm", files / "jawaban.csv", "--standard", files / "survei.toml"),
        *("--part", "laporan", "--set", "unit=A", "--out", files / "laporan.json"),
    )
    assert done.exit_code == 0, done.output
    published = ("verify", files / "laporan.json", "--json")
    assert json.loads(call(*published).stdout)["verdict"] == "undecided"
    assert json.loads(call(*published, "--standard", files / "survei.toml").stdout)["verdict"] == "equal"


def test_a_file_is_summed_a_piece_at_a_time_by_the_standard_of_a_file(files):
    pytest.importorskip("pyarrow", reason="PyArrow (the extra arrow) is not installed")
    done = call("ikm", files / "jawaban.csv", "--pieces", "--json", "--standard", files / "survei.toml")
    assert json.loads(done.stdout)["overall"]["published"] == "87.50"


def test_a_draft_is_checked_by_the_standard_of_a_file(files):
    done = call("check", files / "draf.json", "--json", "--standard", files / "dokumen.TOML")
    told = json.loads(done.stdout)
    missing = {f["path"] for f in told["documents"][0]["findings"] if f["code"] == "LKP101"}
    assert told["standard"] == ID["document"]
    assert "tambahan.inovasi" in missing or "inovasi" in missing


def test_a_standard_of_a_file_is_shown(files):
    assert json.loads(call("standards", files / "survei.toml", "--json").stdout)["id"] == ID["survey"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "80"),
        ("sample-size", "100"),
        ("form",),
        ("ikm", datasets.path("kota-contoh")),
        ("check", "draf.json"),
        ("score", "draf.json"),
    ],
)
def test_a_wrong_kind_a_wrong_name_and_a_broken_file_are_told_alike(files, monkeypatch, arguments):
    monkeypatch.chdir(files)
    (files / "rusak.toml").write_text("kind = ", encoding="utf-8")
    wrong = "survei.toml" if arguments[0] in {"check", "score"} else "dokumen.TOML"
    for name, error in (
        (wrong, "UnknownNameError"),
        ("x", "UnknownNameError"),
        ("rusak.toml", "StandardError"),
    ):
        done = call(arguments[0], "--json", "--standard", name, *arguments[1:])
        assert (done.exit_code, json.loads(done.stdout)["error"]["type"]) == (2, error)


@pytest.mark.parametrize("command", ["ikm", "audit", "check", "score", "sample-size", "form"])
def test_the_help_of_every_command_says_so(command):
    shown = " ".join(call(command, "--help").stdout.split())
    assert "nama atau berkas .toml" in shown
