"""`sipukat form`: the list of questions, a file of each kind, JSON, and misuse."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sipukat.cli.main import main


def run(*words):
    done = CliRunner().invoke(main, ["form", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_the_program_itself_has_the_command():
    command = [sys.executable, "-m", "sipukat", "form", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "Tulis kuesioner sebuah standar" in done.stdout


def test_without_a_file_the_questions_are_listed():
    done = run()
    assert done.exit_code == 0
    assert "kesesuaian persyaratan" in done.stdout
    assert "disabilitas" in done.stdout


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("f.xlsx", b"PK"),
        ("f.json", b"{"),
        ("f.txt", b"\xef\xbb\xbfclass\t"),
        ("f.csv", b"\xef\xbb\xbfNo."),
        ("f.pdf", b"%PDF"),
    ],
)
def test_the_suffix_says_the_kind(name, begins, tmp_path):
    if name == "f.pdf":
        pytest.importorskip("typst", reason="Typst is not installed (extra pdf)")
    out = tmp_path / name
    done = run("--out", str(out), "--unit", "Dinas A", "--lang", "id", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert out.read_bytes().startswith(begins)
    assert done.stdout.strip() == f"→ {out}"


def test_a_stated_kind_wins_over_the_suffix(tmp_path):
    out = tmp_path / "kuesioner.txt"
    assert run("--kind", "surveyjs", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_bytes())["locale"] == "id"


def test_json_lists_the_questions_and_the_files(tmp_path):
    out = tmp_path / "f.csv"
    done = run("--standard", "spak", "--layanan", "KTP", "--layanan", "KK", "--out", str(out), "--json")
    told = json.loads(done.stdout)
    assert told["ok"]
    assert told["files"] == [str(out)]
    asked = {question["name"]: question for question in told["questions"]}
    assert [choice["code"] for choice in asked["pungli"]["choices"]] == list("123456")
    assert [choice["label"]["id"] for choice in asked["jenis_layanan"]["choices"]] == ["KTP", "KK"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "kuesioner.odt"], "--kind"),
        (["--standard", "tidak-ada"], "tidak-ada"),
        (["--url", "javascript:alert(1)"], "https://"),
        (["--order", "terbalik"], "terbalik"),
        (["--unit", "A", "--units", "B"], "not both"),
    ],
)
def test_misuse_is_one_line_and_exit_code_2(words, said):
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    told = json.loads(run(*words, "--json").stdout)
    assert not told["ok"]
    assert said in told["error"]["message"]


def test_a_name_that_is_not_utf8_is_refused_and_not_shortened():
    command = [sys.executable, "-m", "sipukat", "form", b"--unit", b"Dinas \xff A"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"--unit" in done.stderr
