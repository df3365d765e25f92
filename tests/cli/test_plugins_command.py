"""``sipukat plugins`` and ``sipukat standards``, with plugins that are fine and plugins that are not."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from sipukat.cli import main

LOCAL = """
kind = "survey"
id = "{id}"
title = "SKM Kabupaten Contoh"
extends = "permenpanrb-14-2017"
confidence = "B"
"""


def call(*arguments):
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("SIPUKAT_NO_PLUGINS", "SIPUKAT_PLUGINS", "SIPUKAT_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIPUKAT_NO_PLUGINS", "1")  # the machine that runs this may have some


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Two folders of standards, named in SIPUKAT_PATH; the second holds one that is broken."""
    for folder, name in (("a", "perbup-a-1-2026"), ("b", "perbup-b-1-2026"), ("b", "perbup-c-1-2026")):
        (tmp_path / folder).mkdir(exist_ok=True)
        text = LOCAL.format(id="lain" if "-c-" in name else name)
        (tmp_path / folder / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")]))
    return tmp_path


def test_the_built_in_ones_are_listed_when_all_are_asked_for():
    shown = call("plugins", "--all").stdout
    assert "sipukat.export.as_json:json" in shown
    assert "API plugin: 1.0" in shown
    assert call("plugins").stdout.startswith("Tidak ada plugin.")


def test_all_that_is_built_in_can_be_loaded_and_fits():
    told = json.loads(call("plugins", "--all", "--load", "--json").stdout)
    assert told["ok"]
    assert {plugin["state"] for plugin in told["plugins"] if plugin["built_in"]} == {"loaded"}
    assert {plugin["group"] for plugin in told["plugins"]} == {
        "sipukat.standards",
        "sipukat.readers",
        "sipukat.checks",
        "sipukat.exporters",
    }


def test_the_environment_is_told(folders):
    told = json.loads(call("plugins", "--json").stdout)
    assert told["environment"] == {
        "SIPUKAT_NO_PLUGINS": "1",
        "SIPUKAT_PLUGINS": None,
        "SIPUKAT_PATH": os.pathsep.join([str(folders / "a"), str(folders / "b")]),
    }
    assert [plugin["name"] for plugin in told["plugins"]] == [
        "perbup-a-1-2026",
        "perbup-b-1-2026",
        "perbup-c-1-2026",
    ]
    assert "SIPUKAT_PLUGINS: tidak disetel" in call("plugins").stdout


def test_a_broken_one_gives_exit_code_1_and_its_reason(folders):
    assert call("plugins").exit_code == 0
    result = call("plugins", "--load")
    assert result.exit_code == 1
    assert "perbup-c-1-2026 (SIPUKAT_PATH): " in result.stdout
    assert "expected 'perbup-c-1-2026', the name under which it is found" in result.stdout


def test_a_folder_that_is_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path / "tiada"))
    result = call("plugins")
    assert result.exit_code == 1
    assert "the folder cannot be listed" in result.stdout


def test_a_broken_standard_does_not_hide_the_others(folders):
    result = call("standards")
    assert result.exit_code == 0
    assert "perbup-a-1-2026" in result.stdout
    assert "perbup-c-1-2026" not in result.stdout
    assert "perbup-c-1-2026" in result.stderr
