"""What we stand on: every import is declared, every declaration used, and every licence allows it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    name: [Requirement(line) for line in lines] for name, lines in PROJECT["optional-dependencies"].items()
}
BASE = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
EVERY = [Requirement(line) for line in PROJECT["dependencies"]] + [
    r for some in EXTRAS.values() for r in some
]
OURS = {canonicalize_name(r.name) for r in EVERY} - {"sipukat"}
NOT_IMPORTED = {"fontpkg-fira-sans", "pyspark"}
"""Fonts, found by their files; and an engine whose frames are handed in."""
NOT_DECLARED = {"pydantic-core", "dask"}
"""A part of pydantic, at the version that pydantic pins; and an engine whose frames are handed in."""
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL[- ]2|Mozilla Public License 2|OFL"
    r"|SIL Open Font|0BSD|Zlib|HPND|CC0|Unlicense|Public Domain)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def imported() -> dict[str, set[str]]:
    """Return the distributions that each file of the library imports or requires, by name of the file."""
    providers = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "require":
                names = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top != "sipukat":
                    owners = providers.get(top, [top])
                    found.setdefault(str(path.relative_to(ROOT)), set()).update(
                        map(canonicalize_name, owners)
                    )
    return found


def test_every_import_of_the_library_is_declared(imported):
    known = OURS | NOT_DECLARED
    undeclared = {path: sorted(names - known) for path, names in imported.items() if names - known}
    assert undeclared == {}


def test_every_declared_package_is_used(imported):
    used = set().union(*imported.values())
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert sorted(name for name in OURS - used - NOT_IMPORTED if name not in sources) == []


def test_no_package_comes_from_an_address_and_each_has_a_lowest_version():
    assert [str(r) for r in EVERY if r.url] == []
    assert [str(r) for r in EVERY if not r.specifier and r.name != "sipukat"] == []


def test_the_extra_all_is_all_but_spark_and_what_only_tests_need():
    (all_,) = EXTRAS["all"]
    assert set(EXTRAS) - all_.extras <= {"all", "spark", "testing", "plugin"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_its_licence_allows_use_by_a_government_and_in_closed_apps(name):
    try:
        about = distribution(name).metadata
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed, so its licence cannot be read")
    words = [about.get("License-Expression") or "", about.get("License") or ""]
    words += [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    assert any(ALLOWED.search(line) for line in words), words


def test_what_is_installed_fits_together():
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    mine = [line for line in done.stdout.splitlines() if line.startswith("sipukat ")]
    assert mine == []
