"""Registries with real packages: listing imports nothing, and one bad plugin breaks no other."""

import subprocess
import sys
import textwrap

import pytest

from sipukat.errors import DuplicatePluginError, PluginLoadError, UnknownNameError
from sipukat.plugins import Registry

GROUP = "sipukat.exporters"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs a package: its modules and the metadata of a wheel."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name, points, **modules):
        for module, code in modules.items():
            (tmp_path / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8"
        )
        lines = "\n".join(f"{key} = {value}" for key, value in points.items())
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}\n", encoding="utf-8")

    return install


def registry():
    return Registry(GROUP, kind="exporter", builtins={"json": "json:dumps"})


def test_listing_imports_nothing(installed):
    installed("daerah", {"docx": "daerah_docx:make"}, daerah_docx="raise RuntimeError('imported')")
    assert list(registry()) == ["docx", "json"]
    assert "daerah_docx" not in sys.modules
    assert registry().origin("docx") == "daerah 1.0"


def test_a_plugin_is_loaded_when_it_is_asked_for(installed):
    installed("daerah", {"baik": "daerah_baik:make"}, daerah_baik="def make(): return 'dibuat'")
    assert registry()["baik"]() == "dibuat"


@pytest.mark.parametrize(
    "failure", ["raise RuntimeError('boom')", "raise SystemExit(3)", "x = 1", "import tidak_ada"]
)
def test_a_broken_plugin_breaks_no_other(installed, failure):
    installed("rusak", {"rusak": "daerah_rusak:make"}, daerah_rusak=failure)
    found = registry()
    with pytest.raises(PluginLoadError, match=r"exporter 'rusak' of rusak 1\.0 could not be loaded"):
        found["rusak"]
    assert found["json"]([1]) == "[1]"
    sys.modules.pop("daerah_rusak", None)


def test_a_name_claimed_twice_is_an_error_for_that_name_alone(installed):
    installed("satu", {"docx": "daerah_satu:make", "lain": "json:loads"})
    installed("dua", {"docx": "daerah_dua:make"})
    with pytest.raises(DuplicatePluginError, match=r"satu 1\.0.*dua 1\.0|dua 1\.0.*satu 1\.0"):
        registry()["docx"]
    assert registry()["lain"]("[1]") == [1]


def test_nobody_takes_the_name_of_a_built_in(installed):
    installed("palsu", {"json": "daerah_palsu:make"})
    with pytest.raises(DuplicatePluginError, match="sipukat"):
        registry()["json"]


def test_plugins_can_be_switched_off_and_allowed_by_name(installed, monkeypatch):
    installed("daerah", {"baik": "json:loads"})
    monkeypatch.setenv("SIPUKAT_NO_PLUGINS", "1")
    assert list(registry()) == ["json"]
    monkeypatch.delenv("SIPUKAT_NO_PLUGINS")
    monkeypatch.setenv("SIPUKAT_PLUGINS", "lain")
    assert list(registry()) == ["json"]
    monkeypatch.setenv("SIPUKAT_PLUGINS", "lain, daerah")
    assert list(registry()) == ["baik", "json"]


def test_an_unknown_name_says_what_is_known():
    with pytest.raises(UnknownNameError, match="Did you mean 'json'"):
        registry()["jsn"]


def test_a_standard_of_another_package_is_found_by_the_library(installed, tmp_path):
    """A real process, with the package on its path, sees the standard of an invented regency."""
    info = tmp_path / "perbup_contoh-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: perbup-contoh\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[sipukat.standards]\nperbup-contoh-1-2026 = perbup_contoh:standar\n", encoding="utf-8"
    )
    package = tmp_path / "perbup_contoh"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from sipukat.standards import from_package\n"
        "standar = from_package(__name__, 'perbup-contoh-1-2026.toml')\n",
        encoding="utf-8",
    )
    (package / "perbup-contoh-1-2026.toml").write_text(
        'kind = "survey"\nid = "perbup-contoh-1-2026"\ntitle = "Contoh"\nextends = "permenpanrb-14-2017"\n'
        'confidence = "A"\n[[unsur]]\nkey = "ramah_anak"\ncode = "U10"\nnama = "Ramah anak"\n'
        'name = "Child friendly"\nplace = "Pasal 3"\nconfidence = "A"\n',
        encoding="utf-8",
    )
    code = (
        "import sipukat\nrule = sipukat.standards.get('perbup-contoh-1-2026')\n"
        "print(len(rule.unsur), sum(rule.weights.values()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.split() == ["10", "1"], done.stderr
