"""The versions that are promised are those that are tried: the oldest of each, and those of this process."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = [Requirement(line) for line in (*PROJECT["dependencies"], *EXTRAS["excel"], *EXTRAS["testing"])]
PINS = dict(
    line.split("==")
    for line in (ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


def oldest(requirement):
    (bound,) = [s.version for s in requirement.specifier if s.operator == ">="]
    return bound


@pytest.mark.parametrize("requirement", ASKED, ids=lambda each: each.name)
def test_the_oldest_version_that_is_allowed_is_the_one_that_is_tried(requirement):
    pin, bound = PINS[canonicalize_name(requirement.name)].split("."), oldest(requirement).split(".")
    assert pin[: len(bound)] == bound


@pytest.mark.parametrize("requirement", ASKED, ids=lambda each: each.name)
def test_what_this_process_runs_on_is_allowed(requirement):
    assert requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)


def test_the_run_with_the_oldest_packages_names_tests_that_exist():
    script = ROOT / ".ci" / "lowest"
    named = re.findall(r"^\s+(tests/\S+\.py)$", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert script.stat().st_mode & 0o100
