"""A published compliance assessment is scored again from its checklists and documents."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import datasets, publish, report, standards, verify
from sipukat.compliance import (
    Dependency,
    Evidence,
    Path,
    city,
    city_path,
    read_checklist,
    score,
    write_checklist,
)
from sipukat.compliance.asking import asked, options_of
from sipukat.errors import ArgumentError, ArgumentTypeError, UnreadableFileError
from sipukat.verifying.gathering import gathered

MADE = datetime(2026, 8, 17, 9, 30, 15, tzinfo=UTC)
SCHEME = standards.compliance("ombudsman-2022")
DAY = date(2026, 11, 9)
FORMS = ("disdukcapil-ktp-el-isian", "disdik-legalisasi-ijazah-isian")
PUBLISHED = ("kantor.json", "kantor.xlsx", "kota.json", "ringkas.json")


def codes(found):
    return {finding.code for finding in found.findings}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with checklists, a document, and the assessments of an office and of a city."""
    made = tmp_path_factory.mktemp("terbit")
    for name in (*FORMS, "disdukcapil-ktp-el-poor"):
        shutil.copy(datasets.path(name), made / f"{name}.toml")
    files = [made / f"{FORMS[0]}.toml", made / "disdukcapil-ktp-el-poor.toml"]
    (known,), _ = gathered(files, SCHEME, on=DAY, overwrite=False)
    office = score(known, SCHEME)
    path = office.path_to("hijau", costs={"pengaduan.pengelolaan": {80: 2, 100: 4.5}}, budget=30)
    document = report.build(office, path=path, sources=files, generated=MADE)
    publish(document, made / "kantor.json")
    publish(document, made / "kantor.xlsx")
    forms = [made / f"{name}.toml" for name in FORMS]
    both, _ = gathered(forms, SCHEME, on=None, overwrite=False)
    weights = {each.unit: weight for each, weight in zip(both, (3, 0.5), strict=True)}
    whole = city(both, SCHEME, rollup="weighted", weights=weights, unknown="zero", name="Kota Contoh")
    way = city_path(whole, "kuning", feasible={"input.kompetensi": False})
    publish(report.build(whole, "en", path=way, sources=forms, generated=MADE), made / "kota.json")
    publish(whole, made / "ringkas.json", part="ringkas", sources=forms, generated=MADE)
    return made


def moved(folder, target, *, without=()):
    """Copy the folder, so that something in it can be changed."""
    shutil.copytree(folder, target, ignore=lambda _, names: {*without} & {*names})
    return target


def changed(path, change):
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    other = path.with_name("ubahan.json")
    other.write_text(json.dumps(data), encoding="utf-8")
    return other


def manifest_of(data):
    return data["provenance"]["manifest"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_was_published_is_what_its_files_give(folder, name):
    found = verify(folder / name)
    assert (found.verdict, found.differences, list(found.findings)) == ("equal", (), [])


def test_the_manifest_names_the_scheme_and_the_files_and_no_folder(folder):
    told = manifest_of(json.loads((folder / "kantor.json").read_text(encoding="utf-8")))
    assert told["standard"]["sha256"] == standards.manifest.standard_sha256(SCHEME)
    names = [each["source"] for each in told["reading"]["sources"]]
    assert names == [f"{FORMS[0]}.toml", "disdukcapil-ktp-el-poor.toml"]
    assert [each["on"] for each in told["reading"]["evidences"]] == ["2026-11-09"]
    assert str(folder) not in json.dumps(told)


def test_one_changed_number_is_found_with_its_indicator(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")

    def forge(data):
        table = next(b for b in data["blocks"] if b.get("id") == "kontribusi")
        row = next(r for r in table["rows"] if str(r[0]).startswith("Kompetensi"))
        place = [c["key"] for c in table["columns"]].index("nilai")
        row[place] = "99"

    found = verify(changed(inner / "kantor.json", forge))
    assert found.verdict == "different"
    (only,) = found.differences
    assert (only.table, only.row, only.column) == ("Kontribusi", "Kompetensi Pelaksana *", "Nilai indikator")
    assert (only.printed, only.computed) == ("99", "75")


def test_a_changed_number_of_a_city_names_unit_service_and_indicator(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")

    def forge(data):
        data["data"]["units"][1]["services"][0]["contributions"][0]["value"] = "99"

    found = verify(changed(inner / "kota.json", forge))
    assert found.verdict == "different"
    (only,) = found.differences
    service = only.column.removeprefix("units[Dinas Pendidikan Kota Contoh].services[")
    assert service.endswith("].contributions[input.kompetensi].value")
    assert (only.table, only.printed) == ("data", "99")
    assert codes(found) == {"VRF800", "VRF802"}


def test_a_changed_checklist_is_named_and_is_no_reason_to_call_the_publication_false(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")
    form = inner / f"{FORMS[0]}.toml"
    form.write_text(form.read_text("utf-8").replace('nilai = "75"', 'nilai = "80"', 1), "utf-8")
    found = verify(inner / "kantor.json")
    assert found.verdict == "undecided"
    assert {"VRF823", "VRF824"} <= codes(found)
    (other,) = found.findings.by_code("VRF823")
    assert other.path == "Dinas Kependudukan dan Pencatatan Sipil Kota Contoh, Penerbitan KTP Elektronik"
    place = "contributions[input.kompetensi].value"
    (value,) = [each for each in found.differences if each.column == place]
    assert (value.printed, value.computed) == ("75", "80")


def test_another_file_of_the_same_answers_is_told_and_is_no_difference(folder, tmp_path):
    inner = moved(folder, tmp_path / "a", without=[f"{FORMS[0]}.toml"])
    form = write_checklist(read_checklist(folder / f"{FORMS[0]}.toml"), inner / "isian.json")
    found = verify(inner / "kantor.json", [inner / "disdukcapil-ktp-el-poor.toml", form])
    assert (found.verdict, codes(found)) == ("equal", {"VRF824"})
    assert found.findings[0].path == "isian.json"


def test_a_file_that_is_not_there_is_named(folder, tmp_path):
    inner = moved(folder, tmp_path / "a", without=["disdukcapil-ktp-el-poor.toml"])
    found = verify(inner / "kantor.json")
    assert (found.verdict, codes(found)) == ("undecided", {"VRF811"})
    assert found.findings[0].path == "disdukcapil-ktp-el-poor.toml"


def test_a_city_of_which_one_unit_is_missing_is_undecided_and_the_unit_is_named(folder):
    found = verify(folder / "ringkas.json", folder / f"{FORMS[0]}.toml")
    assert found.verdict == "undecided"
    assert "Dinas Pendidikan Kota Contoh" in " ".join(f.message() for f in found.findings)


def test_another_text_of_the_scheme_and_another_version_are_told(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")

    def older(data):
        manifest_of(data)["library"] = "0.0.9"
        manifest_of(data)["standard"]["sha256"] = "0" * 64

    found = verify(changed(inner / "kantor.json", older))
    assert {"VRF814", "VRF819"} <= codes(found)
    assert found.verdict == "undecided"
    assert "0.0.9" in found.findings.by_code("VRF819")[0].message()


def test_a_scheme_that_is_not_here_is_named(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")
    other = changed(inner / "kantor.json", lambda data: manifest_of(data)["standard"].update(id="perbup-9"))
    assert codes(verify(other)) == {"VRF813"}
    assert verify(other, standard=SCHEME).verdict == "equal"


def test_evidence_that_came_from_no_file_is_given_itself(tmp_path):
    known = Evidence.of({"nilai": "51.15"}, unit="Dinas Contoh", on=DAY)
    publish(score(known, "ombudsman-2021"), tmp_path / "a.json", generated=MADE)
    assert codes(verify(tmp_path / "a.json")) == {"VRF811"}
    assert verify(tmp_path / "a.json", known).verdict == "equal"
    bare = verify(tmp_path / "a.json", {"nilai": "51.15"})  # of no unit
    assert (bare.verdict, "VRF823" in codes(bare)) == ("undecided", True)
    assert codes(verify(tmp_path / "a.json", 3)) == {"VRF816"}


def test_a_path_whose_options_nobody_kept_leaves_the_score_to_be_verified(tmp_path):
    known = Evidence.of(dict.fromkeys(("input.kompetensi", "proses.standar_pelayanan"), 60), unit="Dinas")
    office = score(known, SCHEME, unknown="zero")
    way = office.path_to("kuning")
    way = Path(way, replace(way.promise, options={}))
    file = tmp_path / "a.json"
    publish(report.build(office, path=way, generated=MADE), file)
    found = verify(file, known)
    assert (found.verdict, codes(found)) == ("undecided", {"VRF821"})
    other = verify(changed(file, lambda data: data["data"].update(code="A")), known)
    assert (other.verdict, [d.column for d in other.differences]) == ("different", ["data.code"])


FORGED = {
    "a day that is none": lambda m: m["reading"]["evidences"][0].update(on="kemarin"),
    "a part that is none": lambda m: m["telling"].update(part="lain"),
    "a capacity that is none": lambda m: m["telling"].update(capacity="banyak"),
    "a language that is none": lambda m: m["telling"].update(lang=["id"]),
    "an unknown that is none": lambda m: m["estimating"].update(unknown="nol"),
    "a target that is none": lambda m: m["estimating"]["path"].update(target="ungu"),
    "a number that would fill the memory": lambda m: m["estimating"]["path"].update(
        options={"budget": "1e999999999"}
    ),
    "a quotient of nothing": lambda m: m["estimating"]["path"].update(options={"budget": "1/0"}),
    "an option that is none": lambda m: m["estimating"]["path"].update(options={"shell": "rm"}),
    "a city of nobody": lambda m: m["estimating"].update(kind="city", weights={"a": "x"}, rollup="weighted"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_forged_manifest_ends_in_a_reason_and_never_in_a_traceback(folder, tmp_path, forge):
    inner = moved(folder, tmp_path / "a")
    found = verify(changed(inner / "kantor.json", lambda data: forge(manifest_of(data))))
    assert (found.verdict, codes(found)) == ("undecided", {"VRF816"})


def test_a_forged_manifest_reads_no_file_of_another_folder(folder, tmp_path):
    inner = moved(folder, tmp_path / "a")

    def forge(data):
        manifest_of(data)["reading"]["sources"] = [{"source": "../a/kantor.json", "sha256": ""}]

    assert codes(verify(changed(inner / "kantor.json", forge))) == {"VRF811"}


def test_sources_are_a_list_of_files_that_are_there(tmp_path):
    office = score({"nilai": 50}, "ombudsman-2021")
    with pytest.raises(ArgumentTypeError, match="one path"):
        report.build(office, sources="isian.toml")
    with pytest.raises(UnreadableFileError):
        report.build(office, sources=[tmp_path / "tiada.toml"])


def test_the_options_of_a_path_are_kept_exactly():
    wait = Dependency(key="a", level=Decimal("1.5"), needs="b")
    given = {
        "costs": {"a": 0.1, "b": {1: Decimal("0.25")}},
        "times": {"a": Fraction(1, 3)},
        "feasible": {"a": False, "b": 70},
        "requires": [wait, Dependency(key="b", needs="c", at_least=Decimal(3))],
        "excludes": [("a", "b")],
        "budget": 0,
        "method": "exact",
    }
    kept = options_of(json.loads(json.dumps(asked(**given))))
    assert kept["costs"] == {"a": Fraction(1, 10), "b": {1: Fraction(1, 4)}}
    assert kept["times"], kept["feasible"] == ({"a": Fraction(1, 3)}, {"a": False, "b": 70})
    assert kept["requires"] == given["requires"]
    assert (kept["excludes"], kept["budget"], kept["method"]) == ([["a", "b"]], 0, "exact")
    assert asked(costs={}, times=None, excludes=(), requires=(), budget=None) == {}


@pytest.mark.parametrize(
    "told", [{"requires": [["a"]]}, {"costs": {"a": [[1]]}}, {"requires": [["a", "1e9", "b", None]]}]
)
def test_options_that_nobody_wrote_so_are_refused(told):
    with pytest.raises(ArgumentError):
        options_of(told)
