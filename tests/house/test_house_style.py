"""The measures of CONTRIBUTING, taken: sizes, names of files, unfinished work, traces of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sipukat"
FILES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 60  # its docstring apart
NO_ROOM_FOR = {"utils", "util", "helpers", "helper", "common", "core", "misc", "shared", "tools", "lib"}
SHADOWS = {"json", "csv", "html", "logging", "statistics", "types", "random", "calendar", "email"}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\braise NotImplementedError\b")
TRACES = re.compile(r"/(?:home|root|Users)/|/work/|/tmp/|/opt/")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.org|deb\.debian\.org")
TEXTS = {".py", ".toml", ".md", ".cfg", ".yml", ".yaml", ".json", ".html", ".css", ".txt", ".typ", ".R", ""}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_holds_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_A_FILE


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_function_fits_on_a_screen(path):
    long = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and ast.get_docstring(node, clean=False) is not None
            doc = first.end_lineno - first.lineno + 1 if documented else 0
            lines = node.end_lineno - node.lineno + 1 - doc
            if lines > MOST_LINES_A_FUNCTION:
                long.append(f"{node.name}: {lines} lines")
    assert long == []


def test_no_room_is_for_what_had_no_home():
    names = {part for path in PACKAGE.rglob("*") for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert names & NO_ROOM_FOR == set()


def test_no_file_shadows_the_standard_library():
    assert {path.stem for path in FILES} & SHADOWS == set()


def _kept_files() -> list[Path]:
    """Return what git keeps, or would keep; without git, what lies in the known folders."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and "pyproject.toml" in listed.stdout:
        paths = [ROOT / line for line in listed.stdout.splitlines()]
    else:
        folders = ("src", "tests", "docs", "benchmarks", "examples", ".ci")
        paths = [p for folder in folders for p in (ROOT / folder).rglob("*") if "_build" not in p.parts]
        paths += [p for p in ROOT.iterdir() if p.is_file()]
    return [p for p in paths if p.is_file() and p.suffix in TEXTS and "__pycache__" not in p.parts]


@pytest.fixture(scope="module")
def kept():
    # this file names what it looks for
    return {
        path: path.read_text(encoding="utf-8") for path in _kept_files() if path != Path(__file__).resolve()
    }


def _lines_with(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    return [
        f"{_name(path)}:{number}: {line.strip()[:100]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished(kept):
    code = {path: text for path, text in kept.items() if path.suffix in {".py", ".toml"}}
    assert _lines_with(UNFINISHED, code) == []


def test_no_file_names_a_place_on_a_machine(kept):
    assert _lines_with(TRACES, kept) == []


def test_no_file_names_the_host_of_a_registry(kept):
    assert _lines_with(REGISTRIES, kept) == []


def test_the_probes_see_what_they_look_for():
    assert UNFINISHED.search("# TODO: later")
    assert TRACES.search("open('/home/budi/data.csv')")
