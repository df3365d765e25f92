"""`sipukat new-plugin`: what is made, what is refused, and that nothing is left half-made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import sipukat
from sipukat.cli.main import main
from sipukat.cli.new_plugin_command import KINDS

copier = pytest.importorskip("copier", reason="copier is not installed (extra plugin)")

TEMPLATE = Path(sipukat.__file__).with_name("plugin_template")
ALL = ",".join(KINDS)


def run(*words):
    done = CliRunner().invoke(main, ["new-plugin", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_package_of_standards_is_made_by_default_and_its_standards_load(tmp_path):
    done = run("sipukat-maju", "--folder", tmp_path, "--regulation", "Perwali Kota Maju No. 3 Tahun 2026")
    assert done.exit_code == 0, done.output
    package = tmp_path / "sipukat-maju" / "src" / "sipukat_maju"
    known = {file.stem: sipukat.standards.load(file) for file in package.glob("*.toml")}
    assert sorted(known) == [f"perwal-maju-3-2026-{part}" for part in ("skm", "sp", "target")]
    assert all(standard.id == stem for stem, standard in known.items())
    assert {str(s.regulation) for s in known.values()} == {"Peraturan Wali Kota Maju Nomor 3 Tahun 2026"}
    project = tomllib.loads((tmp_path / "sipukat-maju" / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"] == {
        "sipukat.standards": dict.fromkeys(sorted(known), "sipukat_maju")
    }


@pytest.mark.parametrize(
    ("law", "id_", "printed", "region"),
    [
        (
            "Perda Kabupaten Contoh Nomor 3 Tahun 2025",
            "perda-kabupaten-contoh-3-2025",
            "Peraturan Daerah Kabupaten Contoh Nomor 3 Tahun 2025",
            "Kabupaten Contoh",
        ),
        (
            "Keputusan Bupati Contoh Nomor 400.12/071/2025",
            "kepbup-contoh-400-12-071-2025",
            "Keputusan Bupati Contoh Nomor 400.12/071/2025",
            "Kabupaten Contoh",
        ),
        ("Pergub Jawa Contoh 4/2024", "pergub-jawa-contoh-4-2024", None, "Provinsi Jawa Contoh"),
        (
            "Keputusan Bupati Contoh Nomor 400.12/071 Tahun 2025",
            "kepbup-contoh-400-12-071-2025",
            "Keputusan Bupati Contoh Nomor 400.12/071 Tahun 2025",
            "Kabupaten Contoh",
        ),
    ],
)
def test_every_kind_of_local_regulation_is_named_as_the_library_names_it(tmp_path, law, id_, printed, region):
    done = run("sipukat-x", "--folder", tmp_path, "--regulation", law)
    assert done.exit_code == 0, done.output
    skm = sipukat.standards.load(tmp_path / "sipukat-x" / "src" / "sipukat_x" / f"{id_}-skm.toml")
    stated = str(skm.regulation)
    assert stated == (printed or stated)
    assert skm.title == f"Survei Kepuasan Masyarakat {region}"
    assert stated in (tmp_path / "sipukat-x" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_brings_its_own_files_and_none_of_another(tmp_path, kind):
    assert run("sipukat-x", "--folder", tmp_path, "--kind", kind).exit_code == 0
    root = tmp_path / "sipukat-x"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    group = "sipukat.standards" if kind == "standards" else f"sipukat.{kind.removesuffix('s')}s"
    assert list(project["project"]["entry-points"]) == [group]
    assert [p.name for p in (root / "tests").glob("test_*.py")] == [f"test_{kind}.py"]
    code = {p.stem for p in (root / "src" / "sipukat_x").glob("*.py")} - {"__init__"}
    assert code == {kind} - {"standards"}
    assert (root / "src" / "sipukat_x" / "py.typed").exists() == bool(code)


def test_json_says_what_was_made(tmp_path):
    done = run("sipukat-x", "--folder", tmp_path, "--kind", "reader", "--kind", "checks,reader", "--json")
    said = json.loads(done.stdout)
    assert (said["ok"], said["kinds"]) == (True, ["checks", "reader"])
    assert set(said["files"]) == set(tree(tmp_path / "sipukat-x"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sipukat", "would hide"),
        ("Json", "would hide"),
        ("../keluar", "no name of a package"),
        ("a/b", "no name of a package"),
        ("-x", "No such option"),
        ("1satu", "no name of a package"),
        ("x", "no name of a package"),
        ("nama paket", "no name of a package"),
        ("contoh-", "no name of a package"),
        ("c\u043entoh", "no name of a package"),
        ("x" * 300, "no name of a package"),
        ("", "no name of a package"),
        ("{{ 7*7 }}", "no name of a package"),
    ],
)
def test_a_name_that_cannot_be_installed_or_imported_is_refused(tmp_path, name, says):
    done = run("--folder", tmp_path, name)
    assert done.exit_code == 2
    assert says in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "law", ["", "UU 25/2009", "Permenpan RB 14/2017", "Perbup 12/2025", "kata-kata saja"]
)
def test_what_is_no_regulation_of_a_region_is_refused_with_an_example(tmp_path, law):
    done = run("sipukat-x", "--folder", tmp_path, "--regulation", law)
    assert done.exit_code == 2
    assert "Perbup Contoh 12/2025" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["standard", "", "standards,plugin"])
def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path, kind):
    done = run("sipukat-x", "--folder", tmp_path, "--kind", kind)
    assert done.exit_code == 2
    assert "choose from standards, checks, exporter, reader" in done.output


def test_what_stands_there_is_never_overwritten(tmp_path):
    (tmp_path / "penuh").mkdir()
    (tmp_path / "kosong").write_text("milik orang", encoding="utf-8")
    (tmp_path / "tautan").symlink_to(tmp_path / "tidak-ada")
    for name in ("penuh", "kosong", "tautan"):
        done = run(name, "--folder", tmp_path)
        assert done.exit_code == 2
        assert "is there already" in done.output
    assert (tmp_path / "kosong").read_text(encoding="utf-8") == "milik orang"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kosong", "penuh", "tautan"]


def test_misuse_is_reported_as_json_where_json_is_asked_for(tmp_path):
    done = run("../x", "--folder", tmp_path, "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["ok"] is False


def test_a_template_that_fails_half_way_leaves_nothing_behind(tmp_path):
    broken = tmp_path / "site"
    shutil.copytree(TEMPLATE.parent, broken / "sipukat", ignore=shutil.ignore_patterns("__pycache__"))
    with (broken / "sipukat" / "plugin_template" / "project" / "zz.jinja").open("w") as file:
        file.write("{{ 1 / 0 }}")
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "sipukat", "new-plugin", "sipukat-x", "--folder", str(out)]
    env = {**os.environ, "PYTHONPATH": str(broken)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert list(out.iterdir()) == []


def test_without_copier_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "copier", None)
    done = run("sipukat-x", "--folder", tmp_path)
    assert done.exit_code == 2
    assert 'pip install "sipukat[plugin]"' in done.output
    assert list(tmp_path.iterdir()) == []


def test_no_git_and_no_network_are_needed(tmp_path):
    command = [sys.executable, "-m", "sipukat", "new-plugin", "sipukat-x"]
    env = {
        **os.environ,
        "PATH": str(tmp_path / "nothing"),
        "http_proxy": "http://127.0.0.1:9",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_copier_itself_makes_the_same_package(tmp_path):
    assert run("sipukat-contoh", "--folder", tmp_path, "--kind", ALL).exit_code == 0
    command = [sys.executable, "-m", "copier", "copy", "--defaults", "--quiet"]
    answers = ["--data", f"kinds=[{ALL}]"]
    copied = tmp_path / "copied"
    subprocess.run([*command, *answers, str(TEMPLATE), str(copied)], check=True, capture_output=True)
    assert tree(copied) == tree(tmp_path / "sipukat-contoh")


@pytest.mark.parametrize(
    "answer", [{"name": "sipukat"}, {"region": "Kota 1"}, {"nomor": "12 tahun"}, {"kinds": []}]
)
def test_copier_itself_refuses_a_wrong_answer(tmp_path, answer):
    with pytest.raises(ValueError, match="Validation error"):
        copier.run_copy(str(TEMPLATE), tmp_path / "x", data=answer, defaults=True, quiet=True)
