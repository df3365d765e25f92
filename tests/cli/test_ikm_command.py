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
