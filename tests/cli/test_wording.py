"""Help and misuse are told in Indonesian first; the words of click stand beside it."""

from __future__ import annotations

import json
import re

import click
import pytest
from click.testing import CliRunner

from sipukat.cli import main
from sipukat.cli.wording import message_of

MISUSE = [
    (["ikm"], "Argumen 'FILE' belum diberikan.", "Missing argument"),
    (["ikm", "--nix"], "Pilihan --nix tidak dikenal.", "No such option"),
    (["nix"], "Perintah 'nix' tidak dikenal.", "No such command"),
    (["form", "--kind"], "Pilihan '--kind' memerlukan nilai.", "requires an argument"),
    (["sample-size", "9", "--json=1"], "Pilihan '--json' tidak menerima nilai.", "does not take a value"),
    (["audit", "80", "90"], "Kelebihan argumen: 90.", "unexpected extra argument"),
    (["sample-size", "abc"], "'abc' bukan bilangan bulat.", "not a valid integer"),
    (["sample-size", "9", "--deff", "x"], "'x' bukan bilangan.", "not a valid float"),
    (["audit", "80", "--lang", "fr"], "'fr' bukan salah satu dari 'id', 'en'.", "is not one of"),
    (["ikm", "tiada.csv"], "'tiada.csv' tidak ada.", "does not exist"),
    (["check", "."], "'.' adalah folder; yang diminta berkas.", "is a directory"),
    (["demo", "--out", "berkas.txt"], "'berkas.txt' adalah berkas; yang diminta folder.", "is a file"),
    (["check", "berkas.txt", "--on", "2020"], "'2020' tidak berbentuk", "does not match"),
    (["ikm", "berkas.txt", "--column", "x"], "Nilai untuk '--column' tidak dapat dipakai.", "write e.g."),
    (["score"], "Perintahnya tidak dapat dijalankan.", "--standard is required"),
]


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "berkas.txt").write_text("x", encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(("arguments", "indonesian", "english"), MISUSE, ids=lambda part: str(part)[:40])
def test_misuse_is_told_in_indonesian_with_english_beside_it(call, arguments, indonesian, english):
    done = call(*arguments)
    last = done.stderr.splitlines()[-1]
    assert done.exit_code == 2
    assert last.startswith("sipukat: ")
    assert indonesian in last
    assert re.search(rf"\(.*{re.escape(english)}.*\)$", last)
    assert last.index(indonesian) < last.index(english)


@pytest.mark.parametrize(("arguments", "indonesian", "english"), MISUSE[:3], ids=lambda part: str(part)[:40])
def test_json_says_the_same(call, arguments, indonesian, english):
    told = json.loads(call(*arguments, "--json").stdout)["error"]["message"]
    assert indonesian in told
    assert english in told


def every_command(command=main, path=()):
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from every_command(inner, (*path, name))


@pytest.mark.parametrize("path", list(every_command()), ids=" ".join)
def test_every_help_has_indonesian_headings_and_no_english_ones(call, path):
    shown = call(*path, "--help").stdout
    assert shown.startswith("Pemakaian: ")
    assert "Pilihan:" in shown
    assert "Tampilkan bantuan ini." in shown
    english = ("Usage:", "Options:", "Commands:", "Show this message", "[default:", "[OPTIONS]", "COMMAND")
    assert not [word for word in english if word in shown]


def test_a_command_without_arguments_shows_its_help_and_no_error(call):
    shown = call().output
    assert "Perintah:" in shown
    assert "sipukat: " not in shown


def test_what_click_says_otherwise_stays_in_english_beside_one_sentence():
    told = message_of(click.UsageError("Something new."))
    assert told == "Perintahnya tidak dapat dijalankan. (Something new.)"
