"""A file imports only from lower floors or its own room, and no imports run in a circle."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sipukat"

pytest.importorskip("importlinter", reason="import-linter is not installed (dependency group lint)")


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command as run; run(['--no-cache', '--no-logo'])"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied_house(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "src" / "sipukat", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold():
    done = _lint_imports(ROOT)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("errors.py", "from sipukat.findings import Finding"),
        ("standards/model.py", "def deferred():\n    from sipukat.ikm import results"),
        ("survey/responses.py", "if TYPE_CHECKING:\n    from sipukat.ikm import results"),
        ("ikm/mutu.py", "from sipukat.report import document"),
        ("utils.py", "X = 1"),
    ],
    ids=["a lower floor", "inside a function", "under TYPE_CHECKING", "a report", "a room without a floor"],
)
def test_a_broken_floor_is_seen(copied_house, file, line):
    with (copied_house / "src" / "sipukat" / file).open("a", encoding="utf-8") as handle:
        handle.write(f"\n\n{line}\n")
    done = _lint_imports(copied_house)
    assert done.returncode == 1, done.stdout[-4000:]


def test_no_room_below_the_command_line_imports_the_facade():
    """The facade names every room; a room that imported it would stand above itself."""
    guilty = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "__main__.py" or path.is_relative_to(PACKAGE / "cli"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import) and any(alias.name == "sipukat" for alias in node.names):
                guilty.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module == "sipukat" and path.name != "__init__.py":
                modules = [PACKAGE / f"{alias.name}.py" for alias in node.names]
                rooms = [PACKAGE / alias.name for alias in node.names]
                if not all(m.is_file() or r.is_dir() for m, r in zip(modules, rooms, strict=True)):
                    guilty.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert guilty == []
