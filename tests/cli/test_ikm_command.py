"""What ``sipukat ikm --part`` writes, as a clerk would call it."""

import csv
import json

import pytest
from click.testing import CliRunner

from sipukat import datasets
from sipukat.cli import main

CITY = datasets.path("kota-contoh")


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def written(path):
    return json.loads(path.read_text(encoding="utf-8"))


def half_years(tmp_path, *periods):
    """Return the surveys of one office, a file each."""
    with datasets.path("dpmptsp-contoh").open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    found = []
    for period in periods:
        path = tmp_path / f"{period}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *(row for row in rows if row[1] == period)])
        found.append(path)
    return found


def test_the_annual_report_is_one_call_with_what_the_office_knows(tmp_path):
    out = tmp_path / "laporan.json"
    opts = ("--set", "unit=Pemkot = Contoh", "--set", "period=Triwulan III 2025", "--set", "population=20000")
    done = call("ikm", CITY, "--by", "unit", "--part", "laporan", *opts, "--out", out)
    assert done.exit_code == 0, done.output
    text = out.read_text(encoding="utf-8")
    assert "BAB V PENUTUP" in text
    assert "Pemkot = Contoh menyelenggarakan" in text
    assert "diperlukan 377 responden" in text
    assert "Jenis kelamin" in text


def test_earlier_surveys_make_a_trend(tmp_path):
    before, last, now = half_years(tmp_path, "2024-S2", "2025-S1", "2025-S2")
    out = tmp_path / "laporan.json"
    earlier = ("--earlier", f"2024-S2={before}", "--earlier", f"2025-S1={last}")
    done = call("ikm", now, "--part", "laporan", "--set", "period=2025-S2", *earlier, "--out", out)
    assert done.exit_code == 0, done.output
    assert "82,42 (B) menjadi 81,39 (B)" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["ringkas", "poster"])
def test_the_brief_and_the_poster_are_parts_too(tmp_path, part):
    out = tmp_path / f"{part}.html"
    done = call("ikm", CITY, "--part", part, "--set", "unit=Kota Contoh", "--out", out)
    assert done.exit_code == 0, done.output
    assert "82,50" in out.read_text(encoding="utf-8")


def test_no_answer_of_a_respondent_is_in_the_workbook_of_the_annual_report(tmp_path):
    pytest.importorskip("xlsxwriter", reason="the workbook needs the extra excel")
    openpyxl = pytest.importorskip("openpyxl", reason="the workbook is read back with openpyxl")
    out = tmp_path / "laporan.xlsx"
    assert call("ikm", CITY, "--part", "laporan", "--out", out).exit_code == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert max(sheet.max_row for sheet in book.worksheets) < 300


@pytest.mark.parametrize("setting", ["pelaksana", "=Tim", "generated=2026", "population=banyak", "path=x"])
def test_a_setting_that_makes_no_sense_is_exit_code_2(tmp_path, setting):
    out = tmp_path / "laporan.json"
    done = call("ikm", CITY, "--part", "laporan", "--set", setting, "--out", out)
    assert done.exit_code == 2
    assert not out.exists()


def test_a_field_that_the_part_does_not_have_is_named_with_those_that_it_has(tmp_path):
    done = call("ikm", CITY, "--part", "laporan", "--set", "ketua=Budi", "--out", tmp_path / "laporan.json")
    assert done.exit_code == 2
    assert "ketua" in done.stderr
    assert "pelaksana" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The invented city without its last three respondents, as it was published."""
    folder = tmp_path_factory.mktemp("terbit")
    city = datasets.path("kota-contoh")
    lines = city.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "lama.csv").write_text("".join(lines[:-3]), encoding="utf-8")
    old = folder / "lama.json"
    CliRunner().invoke(main, ["ikm", str(folder / "lama.csv"), "--by", "unit", "--out", str(old)])
    return old


def test_a_publication_that_is_too_close_to_an_earlier_one_is_warned_of_before_it_is_written(
    published, tmp_path
):
    city, out = str(datasets.path("kota-contoh")), str(tmp_path / "baru.html")
    done = CliRunner().invoke(
        main, ["ikm", city, "--by", "unit", "--compared-with", str(published), "--out", out]
    )
    assert done.exit_code == 0
    first, *_ = done.stderr.splitlines()
    assert first.startswith("PRV901 warning: keseluruhan: respondennya berbeda 3 orang")
    assert done.stderr.index("PRV901") < done.stderr.index(f"→ {out}")


def test_the_warning_is_in_the_json_once_for_each_place_and_in_english_has_no_indonesian(published):
    city = str(datasets.path("kota-contoh"))
    options = ["--by", "unit", "--compared-with", str(published), "--compared-with", str(published)]
    done = CliRunner().invoke(main, ["ikm", city, *options, "--json", "--lang", "en"])
    close = [f for f in json.loads(done.stdout)["findings"] if f["code"] == "PRV901"]
    assert [f["path"] for f in close] == ["keseluruhan", "Puskesmas Contoh 8 Seroja"]
    assert close[0]["message"].startswith("the whole: its respondents differ by 3")


def test_the_same_survey_and_a_lower_threshold_are_not_warned_of(published):
    old = str(published.with_name("lama.csv"))
    same = CliRunner().invoke(main, ["ikm", old, "--by", "unit", "--compared-with", str(published)])
    city = str(datasets.path("kota-contoh"))
    lower = ["--compared-with", str(published), "--set", "withhold_below=3", "--by", "unit"]
    other = CliRunner().invoke(main, ["ikm", city, *lower])
    assert "PRV90" not in same.stderr + other.stderr
    assert (same.exit_code, other.exit_code) == (0, 0)


def test_what_is_no_publication_is_refused_with_its_name(published):
    city = str(datasets.path("kota-contoh"))
    done = CliRunner().invoke(main, ["ikm", city, "--compared-with", str(published.with_name("lama.csv"))])
    assert done.exit_code == 2
    assert done.stderr == "sipukat: lama.csv: an earlier publication is no JSON of a document\n"
