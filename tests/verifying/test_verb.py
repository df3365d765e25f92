"""A publication is what its input gives, or what differs is said, or why it cannot be judged."""

import hashlib
import io
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime

import pandas as pd
import pytest

import sipukat
from sipukat import datasets, ikm, pelayanan, publish, read_survey, report, standards, verify
from sipukat.errors import UnreadableFileError

CITY = datasets.path("kota-contoh")
MADE = datetime(2026, 8, 17, 9, 30, 15, 123456, tzinfo=UTC)


def codes(found):
    return {finding.code for finding in found.findings}


def places(found):
    return {(each.table, each.row, each.column) for each in found.differences}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a survey, its result as workbook and JSON, and the JSON of the result itself."""
    made = tmp_path_factory.mktemp("terbit")
    shutil.copy(CITY, made / "survei.csv")
    responses, findings = read_survey(made / "survei.csv")
    result = ikm.estimate(responses, by="unit", interval="t", confidence_level=0.9)
    how = {"generated": MADE, "subject": "Kota Contoh", "period": "2026"}
    publish(result, made / "hasil.json", findings=findings, **how)
    publish(result, made / "hasil.xlsx", responses=responses, findings=findings, **how)
    (made / "angka.json").write_text(result.to_json(), encoding="utf-8")
    return made


def units_of(data):
    return next(b for b in data["blocks"] if b["kind"] == "table" and b["id"] == "ikm")


def forged(source, target, old, new, *, part=None, count=1):
    """Copy a publication with one text replaced, of a workbook in one part."""
    if part is None:
        text = source.read_text(encoding="utf-8")
        assert old in text
        target.write_text(text.replace(old, new, count), encoding="utf-8")
        return target
    out = io.BytesIO()
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in parts.infolist():
            data = parts.read(info)
            if info.filename == part:
                assert re.search(old, data)
                data = re.sub(old, new, data, count=count)
            made.writestr(info.filename, data)
    target.write_bytes(out.getvalue())
    return target


@pytest.mark.parametrize("name", ["hasil.json", "hasil.xlsx", "angka.json"])
def test_what_was_published_is_what_its_input_gives(folder, name):
    found = verify(folder / name)
    assert (found.verdict, found.differences, list(found.findings)) == ("equal", (), [])
    assert found.ok
    assert "sama" in found.explain()


def test_a_workbook_of_the_same_answers_in_another_order_is_no_other_input(folder, tmp_path):
    frame = pd.read_csv(CITY)
    frame.iloc[::-1].to_excel(tmp_path / "survei.xlsx", index=False, engine="xlsxwriter")
    for source in (tmp_path / "survei.xlsx", frame):
        found = verify(folder / "hasil.json", source)
        assert found.verdict == "equal"
        assert codes(found) == {"VRF818"}


def test_one_changed_number_is_found_with_its_table_row_and_column(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    table = units_of(data)
    place = [c["key"] for c in table["columns"]].index("ikm")
    row, label = table["rows"][2], table["columns"][place]["label"]
    row[place] += 0.01
    (tmp_path / "ubah.json").write_text(json.dumps(data), encoding="utf-8")
    found = verify(tmp_path / "ubah.json", CITY)
    assert found.verdict == "different"
    (only,) = found.differences
    assert (only.table, only.row, only.column) == (table["name"], row[1], label)
    assert float(only.printed) == pytest.approx(float(only.computed) + 0.01)
    assert codes(found) == {"VRF800"}


def test_a_changed_letter_is_found(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    data["data"]["groups"][0]["mutu"] = "A"
    (tmp_path / "ubah.json").write_text(json.dumps(data), encoding="utf-8")
    found = verify(tmp_path / "ubah.json", CITY)
    assert found.verdict == "different"
    assert places(found) == {("data", "", "groups[0].mutu")}
    assert codes(found) == {"VRF800", "VRF802"}


def test_a_removed_row_is_one_difference_and_moves_no_other(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    table = units_of(data)
    gone = table["rows"].pop(3)
    (tmp_path / "ubah.json").write_text(json.dumps(data), encoding="utf-8")
    (only,) = verify(tmp_path / "ubah.json", CITY).differences
    assert (only.table, only.row, only.printed) == (table["name"], gone[1], None)
    assert only.whole


def test_a_cell_of_a_workbook_that_somebody_changed_is_found(folder, tmp_path):
    part = "xl/worksheets/sheet1.xml"
    other = forged(folder / "hasil.xlsx", tmp_path / "a.xlsx", rb"<v>82\.5</v>", b"<v>88.5</v>", part=part)
    found = verify(other, CITY)
    assert found.verdict == "different"
    (only,) = found.differences
    assert (only.table, only.printed, only.computed) == ("Ringkasan", "88.5", "82.5")
    assert only.row.isdecimal()


def test_a_row_removed_from_a_workbook_is_found(folder, tmp_path):
    gone = rb'<row r="3"[^>]*>.*?</row>'
    other = forged(folder / "hasil.xlsx", tmp_path / "ubah.xlsx", gone, b"", part="xl/worksheets/sheet2.xml")
    found = verify(other, CITY)
    assert found.verdict == "different"
    assert {each.row for each in found.differences} == {"3"}


def test_an_answer_that_was_changed_in_the_workbook_is_found_and_not_told(folder, tmp_path):
    parts = zipfile.ZipFile(folder / "hasil.xlsx")
    sheet = next(n for n in parts.namelist() if "worksheets" in n and b'<c r="D8"' in parts.read(n)
                 and b"COUNT" in parts.read(n) and b'r="D1500"' in parts.read(n))  # fmt: skip
    other = forged(
        folder / "hasil.xlsx", tmp_path / "ubah.xlsx", rb'(<c r="D8"[^>]*><v>)\d', rb"\g<1>9", part=sheet
    )
    found = verify(other, CITY)
    assert found.verdict == "different"
    (only,) = found.differences
    assert (only.table, only.row, only.column) == ("Pengolahan", "8", "D")
    assert (only.printed, only.computed) == ("…", "…")


def test_another_formula_with_the_same_value_is_told(folder, tmp_path):
    part = next(
        name
        for name in zipfile.ZipFile(folder / "hasil.xlsx").namelist()
        if "worksheets" in name and b"<f>" in zipfile.ZipFile(folder / "hasil.xlsx").read(name)
    )
    other = forged(folder / "hasil.xlsx", tmp_path / "ubah.xlsx", rb"<f>[^<]+</f>", b"<f>1+1</f>", part=part)
    found = verify(other, CITY)
    assert found.verdict == "equal"
    assert [f.facts["n"] for f in found.findings.by_code("VRF822")] == [2]


def test_other_answers_are_no_reason_to_call_a_publication_false(folder, tmp_path):
    lines = CITY.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "lain.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    found = verify(folder / "hasil.json", tmp_path / "lain.csv")
    assert found.verdict == "undecided"
    (reason,) = found.findings
    assert (reason.code, reason.facts["used"], reason.facts["now"]) == ("VRF817", 1500, 1499)


def test_without_its_input_it_cannot_be_judged(folder, tmp_path):
    shutil.copy(folder / "hasil.json", tmp_path)
    found = verify(tmp_path / "hasil.json")
    assert (found.verdict, codes(found)) == ("undecided", {"VRF811"})


def test_without_its_input_changed_numbers_for_programs_are_still_seen(folder, tmp_path):
    other = forged(
        folder / "hasil.json", tmp_path / "ubah.json", '"published": "82.50"', '"published": "92.50"'
    )
    found = verify(other)
    assert found.verdict == "different"
    assert codes(found) == {"VRF802", "VRF811"}


def test_a_name_that_leads_to_another_folder_is_not_followed(folder, tmp_path):
    inner = tmp_path / "dalam"
    inner.mkdir()
    shutil.copy(CITY, tmp_path / "survei.csv")
    other = forged(
        folder / "hasil.json",
        inner / "a.json",
        '"source": "survei.csv"',
        '"source": "../survei.csv"',
        count=9,
    )
    assert codes(verify(other)) == {"VRF811"}


def with_manifest(source, target, **changes):
    data = json.loads(source.read_text(encoding="utf-8"))
    for path, value in changes.items():
        *steps, last = path.split("__")
        at = data["provenance"]["manifest"]
        for step in steps:
            at = at[step]
        at[last] = value
    target.write_text(json.dumps(data), encoding="utf-8")
    return target


def test_another_version_is_told_and_excuses_what_differs(folder, tmp_path):
    older = with_manifest(folder / "hasil.json", tmp_path / "a.json", library="0.0.9")
    found = verify(older, CITY)
    assert [d.column for d in found.differences] == ["[1].value"]  # the line that names the version
    assert found.verdict == "undecided"
    assert "VRF819" in codes(found)


def test_another_text_of_the_standard_is_told(folder, tmp_path):
    other = with_manifest(folder / "hasil.json", tmp_path / "a.json", standard__sha256="0" * 64)
    found = verify(other, CITY)
    assert (found.verdict, codes(found)) == ("equal", {"VRF814"})


def test_a_standard_that_is_not_here_is_named_with_where_it_came_from(folder, tmp_path):
    changes = {"standard__id": "perbup-contoh-9-2026", "standard__origin": "perbup-contoh 1.2"}
    found = verify(with_manifest(folder / "hasil.json", tmp_path / "a.json", **changes), CITY)
    assert found.verdict == "undecided"
    assert "perbup-contoh 1.2" in found.findings.by_code("VRF813")[0].message()


def test_a_plugin_that_does_not_take_part_any_more_is_named(folder, tmp_path):
    other = with_manifest(folder / "hasil.json", tmp_path / "a.json", plugins=["pembaca-peta 3.1"])
    found = verify(other, CITY)
    assert "pembaca-peta 3.1" in found.findings.by_code("VRF815")[0].message()


def test_other_packages_below_are_told_and_are_no_difference(folder, tmp_path):
    changes = {"environment": {"python": "3.11.0", "numpy": "2.0.0", "scipy": "1.13.0", "pandas": "2.2.2"}}
    other = with_manifest(folder / "hasil.json", tmp_path / "a.json", **changes)
    data = json.loads(other.read_text(encoding="utf-8"))
    line = next(item for item in data["provenance"]["items"] if item["key"] == "environment")
    line["value"] = "numpy 2.0.0, pandas 2.2.2, python 3.11.0, scipy 1.13.0"
    other.write_text(json.dumps(data), encoding="utf-8")
    found = verify(other, CITY)
    assert (found.verdict, codes(found)) == ("equal", {"VRF820"})


def test_the_last_digits_of_doubles_in_which_versions_of_scipy_differ_are_no_difference(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    data["data"]["overall"]["low"] *= 1 + 1e-10
    data["provenance"]["manifest"]["results_sha256"] = standards.manifest.sha256_of(data["data"])
    for item in data["provenance"]["items"]:
        if item["key"] == "results_sha256":
            item["value"] = data["provenance"]["manifest"]["results_sha256"]
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    assert verify(tmp_path / "a.json", CITY).verdict == "equal"
    data["data"]["overall"]["low"] *= 1 + 1e-6
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    (only,) = verify(tmp_path / "a.json", CITY).differences
    assert only.column == "overall.low"


def test_what_is_withheld_stays_withheld(tmp_path):
    people = [{"unit": u, **{f"U{i}": 1 + (i * k) % 4 for i in range(1, 10)}}
              for u, n in (("A", 30), ("B", 24), ("Kecil", 4), ("Sepi", 12)) for k in range(n)]  # fmt: skip
    pd.DataFrame(people).to_csv(tmp_path / "survei.csv", index=False)
    responses = read_survey(tmp_path / "survei.csv", order="peraturan").responses
    publish(ikm.estimate(responses, by="unit"), tmp_path / "a.json", generated=MADE)
    assert verify(tmp_path / "a.json").verdict == "equal"
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    table = units_of(data)
    place = [c["key"] for c in table["columns"]].index("ikm")
    row = next(row for row in table["rows"] if row[1] == "Kecil")
    assert row[place] is None
    row[place] = 61.11
    (tmp_path / "b.json").write_text(json.dumps(data), encoding="utf-8")
    (only,) = verify(tmp_path / "b.json").differences
    assert (only.row, only.printed, only.computed) == ("Kecil", "61.11", "")


def test_a_forged_manifest_draws_no_small_group_out_of_a_survey(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    manifest = data["provenance"]["manifest"]
    manifest["input"] = None
    for change in (
        {"telling": {**manifest["telling"], "withhold_below": 0}},
        {"reading": {"personal": ["unit"]}},
    ):
        forged_one = {**manifest, **change, "estimating": {**manifest["estimating"], "by": ["usia", "unit"]}}
        data["provenance"]["manifest"] = forged_one
        (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
        found = verify(tmp_path / "a.json", CITY)
        assert len(found.differences) > 100
        assert {d.computed for d in found.differences if d.printed is None} == {"…"}
        assert {d.row for d in found.differences if d.whole and d.printed is None} == {"…"}


def test_the_json_of_a_result_which_withholds_nothing_tells_only_the_whole(folder, tmp_path):
    data = json.loads((folder / "angka.json").read_text(encoding="utf-8"))
    data["groups"][0]["ikm"] = data["overall"]["ikm"] = 12.5
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    whole, group = verify(tmp_path / "a.json", CITY).differences
    assert (whole.column, whole.computed) == ("overall.ikm", "82.499553943")
    assert (group.column, group.printed, group.computed) == ("groups[0].ikm", "12.5", "…")


@pytest.mark.parametrize("part", ["laporan", "ringkas", "poster"])
def test_the_other_parts_are_computed_again_with_their_settings(folder, tmp_path, part):
    reading = read_survey(folder / "survei.csv")
    result = ikm.estimate(reading.responses, by="unit")
    publish(
        result, tmp_path / "a.json", part=part, lang="en", responses=reading.responses, subject="Kota",
        findings=reading.findings, period="2026", generated=MADE, withhold_below=20,
    )  # fmt: skip
    assert verify(tmp_path / "a.json", CITY).verdict == "equal"


def test_a_report_of_more_than_its_survey_is_judged_by_its_numbers_alone(folder, tmp_path):
    reading = read_survey(folder / "survei.csv")
    result = ikm.estimate(reading.responses, by="unit")
    publish(
        result, tmp_path / "a.json", part="laporan", comments=["Antre lama sekali, Pak Budi"], generated=MADE
    )
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "Budi" not in json.dumps(json.loads(text)["provenance"])
    found = verify(tmp_path / "a.json", CITY)
    assert (found.verdict, codes(found), found.differences) == ("undecided", {"VRF821"}, ())
    other = forged(tmp_path / "a.json", tmp_path / "b.json", '"published": "82.50"', '"published": "92.50"')
    assert verify(other, CITY).verdict == "different"


def test_options_of_reading_and_of_the_design_are_kept(tmp_path):
    unsur = {f"P{i}": [4, 3, 2, 3] * 10 for i in range(1, 10)}
    frame = pd.DataFrame({"Loket": ["A", "B"] * 20, "Bobot": [1.5, 2.0] * 20, **unsur})
    frame.to_csv(tmp_path / "survei.csv", index=False)
    columns = {f"P{i}": f"U{i}" for i in range(1, 10)} | {"Bobot": "weight"}
    responses = read_survey(tmp_path / "survei.csv", columns=columns, order="kuesioner").responses
    design = ikm.Design(weight="Bobot", stratum="Loket", population={"A": 400, "B": 900})
    result = ikm.estimate(responses, by="Loket", design=design, missing="complete", profile="0.11")
    publish(result, tmp_path / "a.json", generated=MADE)
    found = verify(tmp_path / "a.json")
    assert (found.verdict, list(found.findings)) == ("equal", [])


def test_a_publication_from_before_its_kind_could_be_computed_again_is_told_as_such(tmp_path):
    publish(pelayanan.StandarPelayanan(nama="KTP-el"), tmp_path / "sp.json", generated=MADE)
    found = verify(with_manifest(tmp_path / "sp.json", tmp_path / "a.json", estimating={}))
    assert (found.verdict, codes(found)) == ("undecided", {"VRF812"})


def test_a_publication_from_before_there_was_a_manifest_cannot_be_judged(folder, tmp_path):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    del data["provenance"]["manifest"]
    (tmp_path / "lama.json").write_text(json.dumps(data), encoding="utf-8")
    assert codes(verify(tmp_path / "lama.json", CITY)) == {"VRF810"}


def test_a_manifest_says_nothing_of_the_machine_or_of_a_respondent(folder):
    data = json.loads((folder / "hasil.json").read_text(encoding="utf-8"))
    manifest = data["provenance"]["manifest"]
    assert manifest["results_sha256"] == hashlib.sha256(
        json.dumps(data["data"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()  # fmt: skip
    assert manifest["standard"]["sha256"] == standards.manifest.standard_sha256(
        standards.get("permenpanrb-14-2017")
    )
    assert manifest["input"]["rows_used"] == 1500
    text = json.dumps(manifest)
    assert str(folder) not in text
    assert not re.search(r"[/\\]", re.sub("Biaya/Tarif", "", text))


HOSTILE = {
    "bukan JSON": (b"{", "cannot be read"),
    "a key twice": (b'{"a": 1, "a": 2}', "a key stands twice"),
    "NaN": (b'{"a": NaN}', "NaN is no number"),
    "deep": (b'{"a":' + b"[" * 100_000, "nested too deep|cannot be read"),
    "a list": (b"[]", "no object"),
    "of a newer version": (
        b'{"$schema": "urn:sipukat:document:2"}',
        "this version reads .*document:1.*newer sipukat",
    ),
    "a newer result": (b'{"format": "urn:sipukat:ikm-result:12"}', "this version reads .*ikm-result:1"),
    "something else": (b'{"$schema": "lain"}', "no published document"),
}


@pytest.mark.parametrize(("content", "words"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_publication_is_refused(tmp_path, content, words):
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=words):
        verify(tmp_path / "a.json")


def test_a_hostile_workbook_is_refused_by_the_inspection_of_surveys(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>')
    with pytest.raises(UnreadableFileError, match="declares a document type or an entity"):
        verify(tmp_path / "a.xlsx")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(UnreadableFileError, match=r"only \.json and \.xlsx"):
        verify(tmp_path / "a.pdf")


FORGED = {
    "unknown option": {"estimating__shell": "rm"},
    "no design": {"estimating__design": {"weight": 3}},
    "unknown reading": {"reading": {"engine": "x"}},
    "wrong part": {"telling__part": "lain"},
    "wrong options": {"telling__options": {"generated": "now"}},
    "wrong threshold": {"telling__withhold_below": "banyak"},
    "wrong language": {"telling__lang": ["id"]},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED)
def test_a_forged_manifest_ends_in_a_reason_and_never_in_a_traceback(folder, tmp_path, changes):
    found = verify(with_manifest(folder / "hasil.json", tmp_path / "a.json", **changes), CITY)
    assert (found.verdict, codes(found)) == ("undecided", {"VRF816"})


def test_what_a_forged_file_says_cannot_steer_a_terminal(folder, tmp_path):
    evil = r"Kota \u001b[2J\u202e Contoh"
    found = verify(forged(folder / "hasil.json", tmp_path / "a.json", "Kota Contoh", evil), CITY)
    said = " ".join(finding.message() for finding in found.findings)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "[2J" in said


def test_it_is_shown_in_a_notebook_and_as_data(folder, tmp_path):
    other = forged(folder / "hasil.json", tmp_path / "a.json", "Kota Contoh · 2026", "Kota <b>Lain</b>")
    found = verify(other, CITY)
    assert "<b>Lain" not in found._repr_html_()
    assert json.loads(json.dumps(found.to_dict("en")))["differences"][0]["table"] == "subtitle"
    assert "different" in found.explain("en")
    assert "sama" in verify(folder / "hasil.json")._repr_html_()


def test_the_same_is_had_from_the_facade():
    assert sipukat.verify is verify
    assert "manifest" in report.build(ikm.estimate(read_survey(CITY).responses)).provenance.model_dump()
