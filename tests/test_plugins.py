"""Registries with real packages: listing imports nothing, and one bad plugin breaks no other."""

import os
import re
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import DuplicatePluginError, PluginLoadError, StandardError, UnknownNameError
from sipukat.plugins import Registry
from sipukat.plugins.naming import printable, shown, trouble_with
from sipukat.plugins.versions import compared

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


def test_a_refused_name_is_in_no_list_and_says_why_when_it_is_asked_for(installed):
    installed("jahat", {"JSON": "json:dumps", "csv_machine": "json:dumps"})
    found = Registry(GROUP, kind="exporter", builtins={"json": "json:dumps", "csv-machine": "json:dumps"})
    assert list(found) == ["csv-machine", "json"]
    with pytest.raises(PluginLoadError, match="resembles the built-in 'json'"):
        found["JSON"]


def test_names_that_differ_in_their_dashes_only_are_one_name(installed):
    installed("satu", {"peta-desa": "json:dumps"})
    installed("dua", {"peta_desa": "json:dumps"})
    for name in ("peta-desa", "peta_desa"):
        with pytest.raises(DuplicatePluginError, match=r"satu 1\.0"):
            registry()[name]


@pytest.mark.parametrize("value", ["a b:c", "daerah_baik", ":x", "1+1"])
def test_a_value_that_names_no_attribute_is_refused(installed, value):
    installed("aneh", {"aneh": value}, daerah_baik="")
    with pytest.raises(PluginLoadError, match="names no attribute; write 'package:attribute'"):
        registry()["aneh"]


def test_ctrl_c_stays_ctrl_c(installed):
    installed("henti", {"henti": "daerah_henti:make"}, daerah_henti="raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        registry()["henti"]


def test_what_failed_is_not_run_again_until_it_is_forgotten(installed, tmp_path):
    kept = str(tmp_path / "kali")
    count = f"with open({kept!r}, 'a') as file:\n    file.write('x')\nraise ValueError('sengaja')"
    installed("rusak", {"rusak": "daerah_hitung:make"}, daerah_hitung=count)
    found = registry()
    for _ in range(3):
        with pytest.raises(PluginLoadError, match="ValueError: sengaja"):
            found["rusak"]
    assert (tmp_path / "kali").read_text() == "x"
    found.forget()
    with pytest.raises(PluginLoadError):
        found["rusak"]
    assert (tmp_path / "kali").read_text() == "xx"


def test_only_what_can_be_loaded_is_usable(installed):
    installed("rusak", {"rusak": "daerah_tiada:make", "json": "json:loads"})
    installed("daerah", {"baik": "json:loads"})
    assert [name for name, _ in registry().usable()] == ["baik"]


def test_what_does_not_fit_is_refused_and_what_a_check_raises_is_the_plugins_failure(installed):
    installed("daerah", {"baik": "json:loads"})

    def accept(thing, name, place):
        if name == "baik":
            raise ZeroDivisionError(place)
        return thing

    found = Registry(GROUP, kind="exporter", builtins={"json": "json:dumps"}, accept=accept)
    assert found["json"]([1]) == "[1]"
    with pytest.raises(PluginLoadError, match=r"ZeroDivisionError: daerah 1\.0"):
        found["baik"]


@pytest.mark.parametrize("declared", ["1", "1.0", "1.12"])
def test_a_version_of_the_same_major_is_taken(declared):
    assert compared(declared)[0] == ""


@pytest.mark.parametrize("declared", ["2", "0.9", "2.0", "1.0.0", "01", "satu", "", 1, None, "1" * 5000])
def test_any_other_version_is_refused(declared):
    assert compared(declared)[0]


@given(st.text(max_size=200))
def test_any_name_is_printed_without_harm_and_taken_only_if_plain(name):
    assert shown(name).isprintable()
    assert printable(name).isprintable()
    if not trouble_with(name, reserved=["json"]):
        assert name == shown(name)
        assert not {"/", "\\"} & set(name)
        assert ".." not in name


def test_a_folder_and_a_provenance_tell_of_a_standard_where_it_comes_from(tmp_path, monkeypatch):
    text = (
        'kind = "survey"\nid = "perbup-contoh-1-2026"\ntitle = "Contoh"\nextends = "permenpanrb-14-2017"\n'
        'confidence = "A"\n'
    )
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    (tmp_path / "a" / "perbup-contoh-1-2026.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", f"{tmp_path / 'b'}{os.pathsep}{tmp_path / 'a'}")
    rule = standards.get("perbup-contoh-1-2026")
    line = "perbup-contoh-1-2026: Contoh, Peraturan Menteri PANRB Nomor 14 Tahun 2017"
    assert standards.provenance(rule) == f"{line} [perbup-contoh-1-2026.toml (SIPUKAT_PATH)]"
    assert standards.provenance(rule.model_copy(update={"note": "lain"})) == line
    (tmp_path / "b" / "perbup-contoh-1-2026.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DuplicatePluginError, match=r"a/perbup.*b/perbup|b/perbup.*a/perbup"):
        standards.get("perbup-contoh-1-2026")
    assert standards.provenance(rule) == line


def test_a_standard_file_says_for_which_version_of_the_format_it_is_written(tmp_path):
    text = (
        'kind = "survey"\nid = "contoh"\ntitle = "Contoh"\nextends = "permenpanrb-14-2017"\n'
        'confidence = "A"\napi = {api}\n'
    )
    path = tmp_path / "contoh.toml"
    for api in ('"1"', '"1.0"', '"1.5"'):
        path.write_text(text.format(api=api), encoding="utf-8")
        assert standards.load(path).id == "contoh"
    for api in ('"2"', "1", "1.0", '"satu"', "[]"):
        path.write_text(text.format(api=api), encoding="utf-8")
        with pytest.raises(StandardError, match=r"contoh\.toml, api: "):
            standards.load(path)


@pytest.mark.parametrize("kind", ["survey", "document", "compliance"])
def test_the_schema_knows_the_version_of_the_format(kind):
    definitions = standards.json_schema(kind)["$defs"]
    told = [each["properties"]["api"] for each in definitions.values() if "api" in each.get("properties", {})]
    assert len(told) == 2
    pattern = re.compile(told[0]["pattern"])
    assert all(pattern.search(good) for good in ("1", "1.0", "1.12"))
    assert not any(pattern.search(bad) for bad in ("", "01", "1.", "1.0.0", "satu"))
