"""The example regency: what `new-plugin` makes, built, installed and used as its README says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from click.testing import CliRunner

from sipukat.cli.main import main
from sipukat.cli.new_plugin_command import KINDS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "sipukat-contoh"
LAW = "perbup-contoh-12-2025"
STANDARDS = {f"{LAW}-skm": "survey", f"{LAW}-sp": "document", f"{LAW}-target": "compliance"}
MADE_BY_TOOLS = shutil.ignore_patterns(
    "__pycache__", ".*_cache", ".hypothesis", ".venv", "dist", "*.egg-info"
)

pytestmark = pytest.mark.xdist_group("sipukat-contoh")


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def ran(command, folder):
    """Run a program as a regency would: nothing set that switches plugins off or on."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("SIPUKAT_")}
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**env, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


class Installed:
    """A virtual environment that sees the packages of this one, with the example installed in it."""

    def __init__(self, folder, *what):
        self.project = folder / "sipukat-contoh"
        shutil.copytree(EXAMPLE, self.project, ignore=MADE_BY_TOOLS)
        ran([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
        bin_ = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.python = bin_ / "python"
        (site,) = (folder / "venv").glob("[Ll]ib/**/site-packages")
        (site / "outer.pth").write_text(
            f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n", encoding="utf-8"
        )
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", self.python, "install"]
        offline = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
        ran([*pip, *offline, *what, "."], self.project)

    def sipukat(self, *words):
        return ran([self.python, "-m", "sipukat", *words], self.project)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The example as a regency installs it: pip builds its wheel and puts it into an environment."""
    pytest.importorskip("hatchling", reason="hatchling is not installed (dependency group test)")
    return Installed(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def editable(tmp_path_factory):
    """The example as its developer installs it."""
    pytest.importorskip("editables", reason="editables is not installed (dependency group test)")
    return Installed(tmp_path_factory.mktemp("editable"), "--editable")


def test_the_example_is_what_the_command_makes(tmp_path):
    pytest.importorskip("copier", reason="copier is not installed (extra plugin)")
    words = ["new-plugin", "sipukat-contoh", "--folder", str(tmp_path), "--kind", ",".join(KINDS)]
    assert CliRunner().invoke(main, words).exit_code == 0
    kept = tmp_path / "kept"
    shutil.copytree(EXAMPLE, kept, ignore=MADE_BY_TOOLS)
    assert tree(kept) == tree(tmp_path / "sipukat-contoh")


def test_every_plugin_of_it_is_listed_and_none_is_broken(wheel):
    listed = json.loads(wheel.sipukat("plugins", "--load", "--json"))["plugins"]
    ours = [plugin for plugin in listed if plugin["origin"].startswith("sipukat-contoh")]
    assert {(p["group"], p["name"]) for p in ours} == {
        *(("sipukat.standards", name) for name in STANDARDS),
        ("sipukat.checks", "sipukat-contoh"),
        ("sipukat.exporters", "pesan"),
        ("sipukat.readers", "skm"),
    }
    assert {p["reason"] for p in ours} == {""}


def test_its_standards_are_known_by_name_without_its_code_being_imported(wheel):
    script = (
        "import sys; from sipukat.cli import main; main(['standards', '--json'], standalone_mode=False);"
        "assert 'sipukat_contoh' not in sys.modules"
    )
    listed = json.loads(ran([wheel.python, "-c", script], wheel.project))
    assert {s["id"]: s["kind"] for s in listed if s["id"].startswith(LAW)} == STANDARDS


def test_an_editable_install_sees_a_change_at_once(editable):
    file = editable.project / "src" / "sipukat_contoh" / f"{LAW}-skm.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace('nama = "Kanal Daring"', 'nama = "Layanan Dari Rumah"'), encoding="utf-8")
    shown = json.loads(editable.sipukat("standards", f"{LAW}-skm", "--json"))
    file.write_text(before, encoding="utf-8")
    assert [u["code"] for u in shown["unsur"]] == [f"U{n}" for n in range(1, 11)]
    assert shown["unsur"][-1]["nama"] == "Layanan Dari Rumah"


def test_every_command_and_the_script_of_its_readme_run(wheel):
    readme = (wheel.project / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ sipukat (.+)$", readme, flags=re.MULTILINE)
    assert [command.partition(" ")[0] for command in commands] == ["check", "ikm"]
    for command in commands:
        wheel.sipukat(*shlex.split(command))
    # 40 respondents: nine unsur of mean 3.5 and one of mean 2: (9 x 3.5 + 2) / 10 x 25 = 83.75
    message = (wheel.project / "pesan.txt").read_text(encoding="utf-8")
    assert "IKM 83,75" in message
    assert "U10 | Kanal Daring | 2,000 | 50,00" in message
    (script,) = re.findall(r"^```python\n(.*?)^```$", readme, flags=re.MULTILINE | re.DOTALL)
    said = ran([wheel.python, "-c", script], wheel.project)
    assert said.startswith(f"Nilai 83,75 menurut {LAW}-target: TERCAPAI")


FEWER = """
from sipukat.testing import ChecksConformance, ExporterConformance, ReaderConformance, StandardConformance

for suite in (ChecksConformance, ExporterConformance, ReaderConformance, StandardConformance):
    suite.examples = 2
"""


def test_its_own_tests_pass(editable):
    """With fewer drawn examples than its author has: the suites themselves are tested elsewhere."""
    pytest.importorskip("hypothesis", reason="hypothesis is not installed (extra testing)")
    (editable.project / "tests" / "conftest.py").write_text(FEWER, encoding="utf-8")
    told = ran([editable.python, "-m", "pytest", "-q", "-p", "no:cacheprovider"], editable.project)
    assert " passed" in told
    assert "skipped" not in told
