"""What is installed holds what is read at run time, nothing else, and the same bytes each time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sipukat"
SOURCES = ["src", "pyproject.toml", "README.md", "LICENSE"]

pytest.importorskip("hatchling", reason="hatchling is not installed (dependency group test)")


def build(root, out, **surroundings):
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    env = {**os.environ, **surroundings}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {path.suffix: path for path in out.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sdist and the wheel, by suffix."""
    return build(ROOT, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def wheel(built):
    with zipfile.ZipFile(built[".whl"]) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel):
    ours = {
        f"sipukat/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"sipukat/py.typed", "sipukat/findings.toml"} <= ours
    assert ours - wheel == set()


def test_the_wheel_holds_nothing_else(wheel):
    assert {name.partition("/")[0].partition("-")[0] for name in wheel} == {"sipukat"}


def test_the_source_archive_holds_what_git_holds_and_no_data_of_others(built):
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    tops = {name.partition("/")[0] for name in names}
    unwanted = {"shared", "hasil", "dist", "build", ".venv", ".hypothesis", "_build", "__pycache__"}
    assert [name for name in names if unwanted & set(name.split("/"))] == []
    assert {"PKG-INFO", "LICENSE", "pyproject.toml", "src"} <= tops


def test_the_same_sources_give_the_same_bytes_wherever_and_whenever_they_are_built(built, tmp_path):
    elsewhere = tmp_path / "another folder"
    elsewhere.mkdir()
    for name in SOURCES:
        source, to = ROOT / name, elsewhere / name
        if source.is_dir():
            shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    old = os.umask(0o077)
    try:
        again = build(elsewhere, tmp_path / "out", PYTHONHASHSEED="7", TZ="Asia/Jayapura", LC_ALL="C")
    finally:
        os.umask(old)
    assert again[".whl"].read_bytes() == built[".whl"].read_bytes()
