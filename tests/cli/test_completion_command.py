"""The TAB key: real bash is asked what it would offer; zsh and fish get a script that they can read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sipukat import export, standards
from sipukat.cli import main

_ASK = """
COMP_WORDS=("$@")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_sipukat_completion "$1"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def offered(tmp_path_factory):
    """Return a function that says what bash offers for the words of a command line."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed, so what it offers cannot be seen")
    program = Path(sys.executable).parent / "sipukat"
    if not program.exists():
        pytest.skip("the program sipukat is not installed beside this Python, so bash cannot call it")
    script = tmp_path_factory.mktemp("bash") / "completion.sh"
    script.write_text(CliRunner().invoke(main, ["completion", "bash"], prog_name="sipukat").stdout + _ASK)

    def offer(*words):
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        # compopt speaks to a line that is being typed; here there is none, so it is made silent
        command = f"compopt() {{ :; }}; source {script}"
        done = subprocess.run(
            [bash, "--norc", "-c", command, "bash", "sipukat", *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PATH": path},
        )
        assert done.stderr == ""
        return done.stdout.split()

    return offer


def test_bash_offers_the_commands(offered):
    assert {"ikm", "check", "standards", "completion"} <= set(offered(""))
    assert offered("st") == ["standards"]


def test_bash_offers_the_standards_that_a_command_can_use(offered):
    assert offered("ikm", "--standard", "") == list(standards.names("survey"))
    assert offered("score", "--standard", "ombudsman-202") == list(standards.names("compliance"))[1:]


def test_bash_offers_the_suffixes_that_exporters_write(offered):
    found = offered("ikm", "x.csv", "--out", "hasil")
    assert {f"hasil{export.get(name).suffix}" for name in export.names()} == set(found)
    assert ".pdf" in "".join(found)


def test_a_name_with_a_suffix_is_completed_as_a_file():
    environment = {
        "_SIPUKAT_COMPLETE": "bash_complete",
        "COMP_WORDS": "sipukat ikm --out a.p",
        "COMP_CWORD": "3",
    }
    said = CliRunner().invoke(main, [], prog_name="sipukat", env=environment)
    assert said.stdout.splitlines() == ["file,a.p"]


@pytest.mark.parametrize(("shell", "mark"), [("zsh", "#compdef sipukat"), ("fish", "complete --no-files")])
def test_other_shells_get_their_script(shell, mark):
    said = CliRunner().invoke(main, ["completion", shell], prog_name="sipukat")
    assert said.exit_code == 0
    assert mark in said.stdout
    assert f"_SIPUKAT_COMPLETE={shell}_complete" in said.stdout
    if shutil.which(shell):
        checked = subprocess.run(
            [shell, "-n"], input=said.stdout, text=True, capture_output=True, check=False
        )
        assert checked.returncode == 0, checked.stderr


def test_a_shell_that_is_not_known_is_refused():
    assert CliRunner().invoke(main, ["completion", "csh"]).exit_code == 2
