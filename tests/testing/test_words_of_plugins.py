"""A package that brings checks brings their words: read from its file, while none of its code runs."""

from __future__ import annotations

import sys

import pytest

import sipukat
from sipukat.errors import UnknownNameError
from sipukat.findings import Finding, catalogue
from sipukat.plugins.claims import installed
from sipukat.testing import ChecksConformance

WORDS = """
[{code}]
severity = "warning"
judul = "Kanal tanpa alamat"
title = "A channel without an address"
pesan = "Kanal disebut dalam {{n}} baris, tanpa alamat."
message = "The channel is named in {{n}} lines, without an address."
saran = "Tulis alamatnya."
suggestion = "Write its address."
"""
CODE = """
from sipukat.checks import Rule

def no_address(case):
    \"\"\"Flag a local channel without an address.\"\"\"
    if case.doc.isi("kanal_daring") is not None:
        yield case.find("WRD101", "kanal_daring", n=1)

RULES = (Rule("WRD101", no_address),)
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a function that installs a package with checks and a file of words."""

    def install(words, value="wrd_contoh.checks:RULES"):
        home = tmp_path / "wrd_contoh"
        home.mkdir()
        (home / "__init__.py").write_text("", encoding="utf-8")
        (home / "checks.py").write_text(CODE, encoding="utf-8")
        (home / "findings.toml").write_text(words, encoding="utf-8")
        dist = tmp_path / "wrd_contoh-1.0.dist-info"
        dist.mkdir()
        (dist / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: wrd-contoh\nVersion: 1.0\n", encoding="utf-8"
        )
        (dist / "entry_points.txt").write_text(f"[sipukat.checks]\nwrd = {value}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        installed(again=True)

    yield install
    monkeypatch.undo()
    installed(again=True)
    for name in [name for name in sys.modules if name.startswith("wrd_contoh")]:
        del sys.modules[name]


def test_the_words_of_a_plugin_are_told_in_both_languages(package):
    package(WORDS.format(code="WRD101"))
    found = sipukat.check({"nama": "KTP-el", "tambahan": {"kanal_daring": "ada"}}, select="WRD")
    assert [(f.code, str(f.severity)) for f in found] == [("WRD101", "warning")]
    assert found[0].message("id") == "Kanal disebut dalam 1 baris, tanpa alamat."
    assert found[0].suggestion("en") == "Write its address."


def test_the_words_are_read_without_running_the_package(package):
    package(WORDS.format(code="WRD101"))
    assert catalogue()["WRD101"].judul == "Kanal tanpa alamat"
    assert not [name for name in sys.modules if name.startswith("wrd_contoh")]


def test_nobody_gives_other_words_to_a_code_of_the_library(package):
    package(WORDS.format(code="LKP101"))
    assert catalogue()["LKP101"].judul != "Kanal tanpa alamat"
    assert Finding.of("LKP101", path="biaya_tarif").severity == "error"


def test_broken_words_break_no_other_finding_and_are_reported_where_they_are_missed(package):
    package("[WRD101\n")
    assert "WRD101" not in catalogue()
    found = sipukat.check({"nama": "KTP-el", "tambahan": {"kanal_daring": "ada"}})
    assert found.by_code("LKP101")
    assert "WRD101" in found.by_code("STD502")[0].message("en")


def test_forbidden_plugins_have_no_words(package, monkeypatch):
    package(WORDS.format(code="WRD101"))
    monkeypatch.setenv("SIPUKAT_NO_PLUGINS", "1")
    with pytest.raises(UnknownNameError, match="WRD101"):
        Finding.of("WRD101")


def test_a_plugin_with_words_conforms(package):
    package(WORDS.format(code="WRD101"))
    held = type("Held", (ChecksConformance,), {"name": "wrd", "examples": 3})()
    for method in [name for name in dir(held) if name.startswith("test_")]:
        getattr(held, method)()
