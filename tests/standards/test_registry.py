"""Finding standards: by id, as people write them, by date; from plugins and folders."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from importlib.metadata import EntryPoint

import pytest

from sipukat import ikm, standards
from sipukat.errors import (
    DuplicatePluginError,
    NotInForceError,
    PluginLoadError,
    StandardError,
    UnknownNameError,
)
from sipukat.standards import packaged, registry


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("permenpanrb-14-2017", "permenpanrb-14-2017"),
        ("Permenpan RB 14/2017", "permenpanrb-14-2017"),
        ("PermenPAN-RB Nomor 14 Tahun 2017", "permenpanrb-14-2017"),
        ("Peraturan Menteri PANRB No. 14 Tahun 2017", "permenpanrb-14-2017"),
        ("  permenpan   rb no 14 th. 2017 ", "permenpanrb-14-2017"),
        ("14/2017", "permenpanrb-14-2017"),
        ("SKM", "permenpanrb-14-2017"),
        ("Permenpan RB 16/2014", "permenpanrb-16-2014"),
        ("16/2014", "permenpanrb-16-2014"),
        ("KEP/25/M.PAN/2/2004", "kepmenpan-25-2004"),
        ("Kepmenpan Nomor 25 Tahun 2004", "kepmenpan-25-2004"),
        ("ipak", "spak"),
        ("UU 25/2009", "uu-25-2009"),
        ("Undang-Undang Nomor 25 Tahun 2009", "uu-25-2009"),
        ("25/2009", "uu-25-2009"),
        ("Permenpan RB 15/2014", "permenpanrb-15-2014"),
        ("15 tahun 2014", "permenpanrb-15-2014"),
        ("Survei Persepsi Kualitas Pelayanan", "spkp"),
    ],
)
def test_a_standard_is_found_as_people_write_it(written, expected):
    assert standards.get(written).id == expected


def test_a_standard_is_returned_as_it_is():
    standard = standards.get("spak")
    assert standards.get(standard) is standard


def test_an_unknown_name_names_the_near_one():
    with pytest.raises(UnknownNameError, match="Did you mean 'permenpanrb-14-2017'"):
        standards.get("permenpanrb-14-2071")


def test_a_mistyped_local_id_does_not_fall_back_on_the_law_it_starts_with():
    with pytest.raises(UnknownNameError, match="permenpanrb-14-2017-kota-x"):
        standards.get("permenpanrb-14-2017-kota-x")


def test_a_regulation_with_two_surveys_is_ambiguous_and_both_are_named():
    with pytest.raises(UnknownNameError) as caught:
        standards.get("Permenpan RB Nomor 90 Tahun 2021")
    assert caught.value.known == ("spak", "spkp")


@pytest.mark.parametrize("name", [None, 14, 2.5, b"spak", ["spak"]])
def test_a_name_that_is_no_text_is_refused(name):
    with pytest.raises(UnknownNameError):
        standards.get(name)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2004, 2, 24), "kepmenpan-25-2004"),
        (date(2014, 5, 1), "kepmenpan-25-2004"),
        (date(2014, 5, 2), "permenpanrb-16-2014"),
        (date(2017, 5, 11), "permenpanrb-16-2014"),
        (date(2017, 5, 12), "permenpanrb-14-2017"),
        (date(2026, 11, 24), "permenpanrb-14-2017"),
        (datetime(2015, 1, 1, 12), "permenpanrb-16-2014"),  # noqa: DTZ001  a naive time is the point
    ],
)
def test_the_standard_in_force_depends_on_the_day(on, expected):
    assert standards.in_force("survey", on=on).id == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2009, 7, 18), "uu-25-2009"),
        (date(2014, 5, 1), "uu-25-2009"),
        (date(2014, 5, 2), "permenpanrb-15-2014"),
        (date(2026, 11, 24), "permenpanrb-15-2014"),
    ],
)
def test_the_document_standard_in_force_is_the_later_of_the_two(on, expected):
    assert standards.in_force("document", on=on).id == expected


def test_before_the_law_no_document_standard_was_in_force():
    with pytest.raises(NotInForceError, match="no national document standard was in force on 2009-07-17"):
        standards.in_force("document", on=date(2009, 7, 17))


def test_a_standard_is_asked_for_by_kind():
    assert standards.names("document") == ("permenpanrb-15-2014", "uu-25-2009")
    assert standards.document("UU 25/2009") is standards.document(standards.get("uu-25-2009"))
    assert standards.survey("SKM") is standards.get("permenpanrb-14-2017")


def test_a_standard_of_another_kind_is_refused_with_the_kind_that_is_wanted():
    with pytest.raises(
        UnknownNameError, match=r"no survey standard is named 'uu-25-2009 \(of kind document\)'"
    ):
        standards.survey("UU 25/2009")
    with pytest.raises(
        UnknownNameError, match=r"no document standard is named 'spak .* Known: permenpanrb-15"
    ):
        standards.document(standards.get("spak"))
    with pytest.raises(UnknownNameError, match="no standard is named 'tiada'"):
        standards.document("tiada")


def test_an_index_is_not_computed_under_a_standard_of_documents():
    with pytest.raises(UnknownNameError, match="no survey standard"):
        ikm.classify(80, standard="uu-25-2009")


def test_the_day_before_the_first_standard_has_none_and_says_so():
    with pytest.raises(
        NotInForceError, match=r"no national survey standard was in force on 2004-02-23.*to now"
    ):
        standards.in_force("survey", on=date(2004, 2, 23))


def test_every_replaced_standard_ends_on_the_day_its_successor_starts():
    replaced = [s for s in map(standards.get, standards.names("survey")) if s.replaced_by]
    assert len(replaced) == 2
    for standard in replaced:
        assert standard.dicabut == standards.get(standard.replaced_by).berlaku


@pytest.mark.parametrize(
    "call",
    [standards.names, standards.json_schema, lambda kind: standards.in_force(kind, on=date(2020, 1, 1))],
)
def test_an_unknown_kind_is_refused(call):
    with pytest.raises(
        UnknownNameError, match=r"no kind of standard is named 'surveys'\. Did you mean 'survey'"
    ):
        call("surveys")


MODULE = """
from sipukat import standards
baik = standards.from_package(__name__, "baik.toml")
def malas():
    return baik
def gagal():
    raise RuntimeError("sengaja")
salah = "bukan standar"
"""


@pytest.fixture
def plugins(tmp_path, monkeypatch, local):
    """Return a function that registers attributes of a real package as plugins."""
    package = tmp_path / "contoh_standar"
    package.mkdir()
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    (package / "baik.toml").write_text(local.replace("perbup-contoh-12-2025", "baik"), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "contoh_standar", raising=False)

    def register(**values: str) -> None:
        builtins = {name: f"sipukat.standards.packaged:{name.replace('-', '_')}" for name in packaged.IDS}
        mine = {name: f"contoh_standar:{value}" for name, value in values.items()}
        found = registry.registry_of(builtins | mine)
        monkeypatch.setattr(registry, "REGISTRY", found)

    return register


def test_a_plugin_gives_a_standard_or_a_callable(plugins):
    plugins(baik="baik")
    assert standards.get("baik").extends == "permenpanrb-14-2017"
    plugins(baik="malas")
    assert standards.get("baik").unsur_keys[0] == "persyaratan"
    assert "baik" in standards.names("survey")


def test_a_broken_plugin_breaks_no_other(plugins):
    plugins(baik="baik", gagal="gagal", tiada="tiada", salah="salah", lain="baik")
    with pytest.raises(PluginLoadError, match="RuntimeError: sengaja"):
        standards.get("gagal")
    with pytest.raises(PluginLoadError, match="AttributeError"):
        standards.get("tiada")
    with pytest.raises(StandardError, match="a str; expected a standard, or a callable"):
        standards.get("salah")
    with pytest.raises(StandardError, match="id: 'baik'; expected 'lain'"):
        standards.get("lain")
    assert "baik" in standards.names("survey")
    assert "gagal" not in standards.names("survey")
    assert standards.get("14/2017").id == "permenpanrb-14-2017"
    assert standards.in_force("survey", on=date(2020, 1, 1)).id == "permenpanrb-14-2017"


def test_a_local_standard_is_not_the_answer_for_the_regulation_it_extends_nor_for_the_nation(plugins):
    plugins(baik="baik")
    assert standards.get("Permenpan RB 14/2017").id == "permenpanrb-14-2017"
    assert standards.in_force("survey", on=date(2026, 1, 1)).id == "permenpanrb-14-2017"


def test_a_folder_of_files_is_found_by_the_names_of_its_files(tmp_path, monkeypatch, local):
    (tmp_path / "perbup-contoh-12-2025.toml").write_text(local, encoding="utf-8")
    (tmp_path / "catatan.txt").write_text("bukan standar", encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path))
    assert standards.get("perbup-contoh-12-2025").title == "SKM Kabupaten Contoh"
    assert "perbup-contoh-12-2025" in standards.names()
    assert len(standards.names()) == 12


def test_a_file_named_unlike_its_id_and_one_that_takes_a_name_are_refused(tmp_path, monkeypatch, local):
    (tmp_path / "lain.toml").write_text(local, encoding="utf-8")
    (tmp_path / "spak.toml").write_text(local, encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path))
    with pytest.raises(StandardError, match=r"lain\.toml, id: 'perbup-contoh-12-2025'; expected 'lain'"):
        standards.get("lain")
    with pytest.raises(DuplicatePluginError, match=r"'spak' is claimed by .* and by .*spak\.toml"):
        standards.get("spak")
    assert standards.get("spkp").id == "spkp"


def test_the_library_registers_its_own_by_the_registry_of_the_plugins():
    assert set(packaged.IDS) <= set(registry.REGISTRY)
    point = EntryPoint("spak", "sipukat.standards.packaged:spak", "sipukat.standards")
    assert point.load() == standards.get("spak")
    with pytest.raises(UnknownNameError):
        packaged.packaged("tiada")


def test_importing_and_using_the_room_loads_no_numbers_library():
    code = (
        "import sys; from sipukat import standards; standards.names('survey');"
        "standards.get('Permenpan RB 14/2017').sampling.size(100);"
        "print(*sorted({'pandas', 'numpy', 'scipy', 'narwhals'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
