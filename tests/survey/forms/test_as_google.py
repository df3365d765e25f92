"""The table of items for Google Forms: one row a question, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

from sipukat.survey import form, questionnaire


def rows(**more):
    text = form(kind="google", **more).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_there_is_a_row_for_each_question_with_its_options_one_a_line():
    head, title, *items = rows()
    assert head[2] == "Pertanyaan"
    assert title[2] == "Kuesioner Survei Kepuasan Masyarakat (SKM)"
    asked = questionnaire().questions
    assert [item[2] for item in items] == [q.label["id"] for q in asked]
    (biaya,) = [item for item in items if "biaya/tarif" in item[2]]
    assert biaya[4:] == ["Pilihan ganda", "Sangat mahal\nCukup mahal\nMurah\nGratis", "ya"]


def test_the_consent_line_describes_the_first_question():
    assert "Undang-Undang Nomor 27 Tahun 2022" in rows()[2][3]


def test_what_depends_on_another_answer_says_so():
    (other,) = [row for row in rows() if row[2] == "Pekerjaan lainnya"]
    assert other[3] == 'Diisi bila jawaban "Pekerjaan" adalah "Lainnya (sebutkan)".'


def test_two_languages_stand_in_one_title():
    (age,) = [row for row in rows(lang=("id", "en")) if row[2].startswith("Usia")]
    assert age[2] == "Usia (tahun) / Age (years)"


def test_no_cell_starts_a_formula(hostile):
    for name in hostile:
        cells = [cell for row in rows(units=[name], instansi=name) for cell in row]
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
    assert any("'=HYPERLINK" in cell for row in rows(unit=hostile[0]) for cell in row)
