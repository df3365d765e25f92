"""What the command line answers to programs in other languages: calls.json, computed without the library."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sipukat.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "src" / "sipukat" / "cli" / "calls.json"
CALLS: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["calls"]


def differences(want: Any, got: Any, place: str = "") -> Iterator[str]:
    """Yield where `got` lacks something of `want`; more keys than wanted are fine."""
    if isinstance(want, dict) and isinstance(got, dict):
        for key, value in want.items():
            yield from differences(value, got.get(key, "absent"), f"{place}.{key}")
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for at, (one, other) in enumerate(zip(want, got, strict=True)):
            yield from differences(one, other, f"{place}[{at}]")
    elif type(want) is not type(got) or want != got:
        yield f"{place}: expected {want!r}, got {got!r}"


def codes(answer: Any) -> Iterator[str]:
    """Yield the codes of all findings in an answer."""
    if isinstance(answer, dict):
        if {"code", "severity"} <= answer.keys():
            yield answer["code"]
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from codes(part)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_the_command_line_answers_what_was_computed_without_it(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in call.get("files", {}).items():
        Path(name).write_bytes(text.encode())
    done = CliRunner().invoke(main, call["args"])
    answer = json.loads(done.stdout)
    assert done.exit_code == call["exit"], answer
    assert not list(differences(call["json"], answer))
    found = set(codes(answer))
    assert set(call.get("codes", [])) <= found
    assert not set(call.get("without", [])) & found


def test_the_stored_calls_are_those_that_the_script_computes():
    made = runpy.run_path(str(ROOT / "examples" / "vectors" / "make.py"))["text"]()
    assert FILE.read_text(encoding="utf-8") == made, "run python examples/vectors/make.py"


def test_the_script_computes_without_the_library():
    script = (ROOT / "examples" / "vectors" / "make.py").read_text(encoding="utf-8")
    imports = [line for line in script.splitlines() if line.startswith(("import ", "from "))]
    assert not [line for line in imports if "sipukat" in line]


def test_every_call_has_its_own_id_and_the_calls_are_installed():
    assert len({call["id"] for call in CALLS}) == len(CALLS)
    assert json.loads(CliRunner().invoke(main, ["schema", "calls"]).stdout)["calls"] == CALLS


def test_a_wrong_answer_would_be_seen():
    assert list(differences({"n": [1, 2]}, {"n": [1, 3]}))
    assert list(differences({"n": None}, {}))
    assert list(differences({"n": 1}, {"n": True}))
    assert set(codes({"a": [{"code": "X1", "severity": "info"}]})) == {"X1"}
