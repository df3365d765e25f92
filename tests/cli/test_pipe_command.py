"""Many commands in one process, as a server in another language calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sipukat import datasets
from sipukat.cli import main


def pipe(*lines: object) -> list[dict]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    done = CliRunner().invoke(main, ["pipe"], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_answered_by_one_line_in_its_order():
    answers = pipe(["audit", "--json", "--", "81,85"], "", ["sample-size", "--json", "--", "1500"])
    assert [answer["exit"] for answer in answers] == [0, 0]
    assert answers[0]["result"]["mutu"] == "B"
    assert answers[1]["result"]["sizes"][0]["n"] == 306


def test_an_answer_is_what_the_command_alone_prints():
    arguments = ["ikm", "--json", "--by=unit", "--", str(datasets.path("kota-contoh"))]
    assert pipe(arguments)[0]["result"] == json.loads(CliRunner().invoke(main, arguments).stdout)


def test_findings_of_severity_error_are_exit_1_and_misuse_is_exit_2():
    findings, misuse = pipe(["audit", "--json", "--", "24,99"], ["audit", "--json", "--nix"])
    assert (findings["exit"], findings["result"]["ok"]) == (1, False)
    assert (misuse["exit"], misuse["result"]["error"]["type"]) == (2, "NoSuchOption")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("audit 81,85", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"audit": "81,85"}', "something else"),
        ("[1, 2]", "something else"),
        ('["audit", "81,85"]', "add --json"),
        ('["ikm", "--json", "--", "a\\u0000b"]', "NUL"),
        ('["ikm", "--json", "--", "\\ud800"]', "surrogate"),
        ('["pipe"]', "through itself"),
    ],
)
def test_a_line_that_is_no_call_is_answered_and_the_next_is_served(line, words):
    refused, served = pipe(line, ["schema", "vectors"])
    assert refused["exit"] == 2
    assert words in refused["result"]["error"]["message"]
    assert served["exit"] == 0


def test_an_argument_of_a_megabyte_is_no_limit_and_hostile_letters_arrive_unchanged():
    unit = "--json & %PATH% \"petik\" 'satu' <b> é 😀"
    long, hostile = pipe(*(["form", "--json", f"--unit={text}"] for text in ("x" * 1_000_000, unit)))
    assert long["exit"] == 0
    assert hostile["result"]["unit"] == unit


def test_answers_are_ascii_so_that_no_code_page_spoils_them():
    done = CliRunner().invoke(main, ["pipe"], input='["form", "--json", "--unit=é 😀"]\n')
    assert done.stdout.isascii()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent to another process only on POSIX")
def test_it_answers_at_once_and_ctrl_c_ends_it():
    process = subprocess.Popen(
        [sys.executable, "-m", "sipukat", "pipe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        process.stdin.write(b'["standards", "--json"]\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["exit"] == 0
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
        assert process.returncode == 130
        assert b"Traceback" not in stderr
    finally:
        process.kill()


@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=["C", "ascii", "windows"],
)
def test_json_is_json_in_every_locale(settings):
    done = subprocess.run(
        [sys.executable, "-m", "sipukat", "ikm", "--json", "--", "é 😀\n.csv"],
        capture_output=True,
        env={**os.environ, **settings},
        check=False,
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["type"] == "BadParameter"


def test_an_argument_that_is_no_utf8_still_gives_json():
    if os.name != "posix":
        pytest.skip("arguments are Unicode on Windows")
    done = subprocess.run(
        [sys.executable, "-m", "sipukat", "standards", "--json", b"\xff\xfe"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert json.loads(done.stdout)["ok"] is False


@pytest.mark.parametrize("arguments", [["--nix", "--json"], ["--json"], ["nix", "--json"]])
def test_misuse_before_any_command_is_json_too(arguments):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert json.loads(done.stdout)["ok"] is False


def test_a_file_that_is_named_json_does_not_ask_for_json():
    done = CliRunner().invoke(main, ["ikm", "--", "--json"])
    assert (done.exit_code, done.stdout) == (2, "")
