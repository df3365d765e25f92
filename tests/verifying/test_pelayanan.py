"""A published Standar Pelayanan, and what was found in it, is made again from its file."""

import json
import shutil
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from sipukat import check, datasets, pelayanan, publish, verify
from sipukat.cli import main

MADE = datetime(2026, 8, 17, 9, 30, 15, tzinfo=UTC)
NAMES = ("disdukcapil-ktp-el-poor", "kelurahan-domisili-good")
DAY = date(2026, 7, 1)


def codes(found):
    return {finding.code for finding in found.findings}


@pytest.fixture
def folder(tmp_path):
    """A folder with two Standar Pelayanan."""
    for name in NAMES:
        shutil.copy(datasets.path(name), tmp_path / f"{name}.toml")
    return tmp_path


def files(folder):
    return [folder / f"{name}.toml" for name in NAMES]


PARTS = {
    "lampiran": {"numbering": "running"},
    "keputusan": {"tempat": "Kota Contoh", "jabatan": "Kepala", "pejabat": "Pejabat Contoh"},
    "maklumat": {"tanggal": date(2026, 3, 2)},
    "sippn": {},
    "berita_acara": {"on": date(2026, 2, 10)},
    "pemeriksaan": {"on": DAY, "select": "LKP,JLS", "ignore": "JLS311"},
}


@pytest.mark.parametrize("part", PARTS)
def test_every_document_is_what_its_files_give(folder, part):
    docs = [pelayanan.load(file) for file in files(folder)]
    how = {"part": part, "generated": MADE, "sources": files(folder), **PARTS[part]}
    for name in ("a.json", "a.xlsx"):
        found = verify(publish(docs, folder / name, **how))
        assert (found.verdict, list(found.findings)) == ("equal", [])


def test_a_changed_uraian_of_a_publication_is_found_with_its_komponen(folder):
    file = files(folder)[0]
    publish(pelayanan.load(file), folder / "a.json", sources=[file], generated=MADE)
    data = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    table = next(block for block in data["blocks"] if block["kind"] == "table")
    row = next(row for row in table["rows"] if str(row[1]).startswith("Biaya"))
    row[2] = "Rp 50.000"
    (folder / "b.json").write_text(json.dumps(data), encoding="utf-8")
    found = verify(folder / "b.json")
    assert found.verdict == "different"
    (only,) = found.differences
    assert (only.printed, only.computed != only.printed) == ("Rp 50.000", True)
    assert only.row.startswith("Biaya")


def test_a_document_that_changed_since_is_named_with_what_it_says_now(folder):
    file = files(folder)[0]
    doc = pelayanan.load(file)
    publish(doc, folder / "a.json", sources=[file], generated=MADE)
    file.write_text(pelayanan.dump(doc.model_copy(update={"nomor_sk": "9/2026"}), "toml"), encoding="utf-8")
    found = verify(folder / "a.json")
    assert found.verdict == "undecided"
    assert {"VRF823", "VRF824"} <= codes(found)
    assert found.findings.by_code("VRF823")[0].path == doc.nama
    (number,) = [d for d in found.differences if d.column.endswith(".nomor_sk")]
    assert (number.column, number.computed) == (f"documents[{doc.nama}].nomor_sk", "9/2026")


def test_the_document_itself_may_be_given(folder):
    doc = pelayanan.load(files(folder)[1])
    publish(doc, folder / "a.json", part="sippn", generated=MADE)
    assert codes(verify(folder / "a.json")) == {"VRF811"}
    assert verify(folder / "a.json", doc).verdict == "equal"
    assert codes(verify(folder / "a.json", 3)) == {"VRF816"}


def test_findings_of_another_day_or_of_other_codes_are_not_taken_for_those_of_the_report(folder):
    file = files(folder)[0]
    doc = pelayanan.load(file)
    how = {"part": "pemeriksaan", "sources": [file], "generated": MADE}
    own = check(doc, "permenpanrb-15-2014", on=DAY)
    publish(doc, folder / "a.json", findings=own, on=DAY, **how)
    assert verify(folder / "a.json").verdict == "equal"
    some = check(doc, "permenpanrb-15-2014", on=DAY, select="LKP")
    publish(doc, folder / "b.json", findings=some, on=DAY, **how)
    found = verify(folder / "b.json")
    assert (found.verdict, codes(found)) == ("undecided", {"VRF821"})


def test_rows_and_names_of_a_consultation_are_no_part_of_the_manifest(folder):
    file = files(folder)[0]
    row = ("antre", "loket baru", "2027")
    publish(
        pelayanan.load(file), folder / "a.json", part="berita_acara", masukan=[row], peserta=["Budi"],
        sources=[file], generated=MADE,
    )  # fmt: skip
    data = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert "Budi" not in json.dumps(data["provenance"]["manifest"])
    assert codes(verify(folder / "a.json")) == {"VRF821"}


FORGED = {
    "an option that is none": {"options": {"shell": "rm"}},
    "a day that is none": {"options": {"on": "kemarin"}},
    "a day that is a number": {"options": {"on": 3}},
    "a part that is none": {"part": "lain"},
    "a part that is a list": {"part": []},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED)
def test_a_forged_manifest_ends_in_a_reason_and_never_in_a_traceback(folder, changes):
    file = files(folder)[1]
    publish(pelayanan.load(file), folder / "a.json", part="pemeriksaan", on=DAY, sources=[file])
    data = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    data["provenance"]["manifest"]["telling"].update(changes)
    (folder / "b.json").write_text(json.dumps(data), encoding="utf-8")
    found = verify(folder / "b.json")
    assert (found.verdict, codes(found)) == ("undecided", {"VRF816"})


def test_what_the_commands_write_is_equal_from_files_beside_it_or_stated(folder, tmp_path_factory):
    call = CliRunner().invoke
    file = files(folder)[0]
    call(main, ["check", str(file), "--ignore", "JLS", "--out", str(folder / "a.xlsx")])
    done = call(main, ["verify", str(folder / "a.xlsx")])
    assert (done.exit_code, done.stderr) == (0, "")
    form = shutil.copy(datasets.path("disdukcapil-ktp-el-isian"), folder / "isian.toml")
    away = tmp_path_factory.mktemp("lain") / "nilai.json"
    words = ["score", str(form), str(file), "--standard", "ombudsman-2022", "--to", "hijau"]
    call(main, [*words, "--out", str(away)])
    assert call(main, ["verify", str(away)]).exit_code == 2
    done = call(main, ["verify", str(away), "--input", str(form), "--input", str(file)])
    assert (done.exit_code, done.stderr) == (0, "")


def test_the_report_of_one_checked_file_puts_findings_under_their_komponen(folder):
    file = files(folder)[0]
    CliRunner().invoke(main, ["check", str(file), "--out", str(folder / "a.json")])
    data = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    table = next(block for block in data["blocks"] if block.get("id") == "ringkasan")
    assert len(table["rows"]) > 1
