"""An XLSForm is converted by pyxform and passes ODK Validate; nothing in a name acts."""

from __future__ import annotations

import io
import shutil

import openpyxl
import pytest

from sipukat import standards
from sipukat.survey import form, questionnaire

pyxform = pytest.importorskip("pyxform.xls2xform", reason="pyxform is not installed (dependency group test)")


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def converted(content, *, validate=False):
    result = pyxform.convert(xlsform=content, validate=validate, file_type=".xlsx")
    assert result.warnings == []
    return result.xform


@pytest.mark.parametrize("standard", standards.names("survey"))
@pytest.mark.parametrize("lang", ["id", ("en", "id")], ids=str)
def test_pyxform_converts_it_without_a_warning(standard, lang):
    xform = converted(form(standard, lang=lang, layanan=["KTP", "KK"], unit="Dinas A"))
    for question in questionnaire(standard).questions:
        assert f"/{question.name}" in xform


def test_odk_validate_passes_it(hostile):
    if shutil.which("java") is None:
        pytest.skip("ODK Validate needs Java, which is not installed")
    converted(form(lang=("id", "en"), units=hostile, layanan=hostile, instansi=hostile[2]), validate=True)


@pytest.mark.parametrize("place", range(11))
def test_a_hostile_unit_is_converted_too(place, hostile):
    converted(form(unit=hostile[place], instansi=hostile[place]))


def test_no_cell_is_a_formula_or_a_link_and_the_names_can_be_read(hostile):
    content = form(units=hostile)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    texts = {cell.value for cell in cells}
    assert {hostile[0], hostile[1], hostile[3], "NULdi sini"} <= texts
    assert "{{7*7}} $ {7*7} {7*7}" in texts  # a form server reads ${…} as the name of an answer


def test_nothing_is_asked_of_who_does_not_consent():
    rows = sheets(form())["survey"]
    begun = {row["name"]: row["relevant"] for row in rows if row["type"] == "begin_group"}
    assert set(begun) == {"profil", "unsur", "saran"}
    assert set(begun.values()) == {"${persetujuan} = 'ya'"}


def test_each_unsur_has_its_own_words_and_the_scores_as_values():
    book = sheets(form())
    choices = [(c["name"], c["label::Bahasa Indonesia (id)"]) for c in book["choices"]
               if c["list_name"] == "jawaban_biaya"]  # fmt: skip
    assert choices == [("1", "Sangat mahal"), ("2", "Cukup mahal"), ("3", "Murah"), ("4", "Gratis")]
    likert = [row["name"] for row in book["survey"] if row["appearance"] == "likert"]
    assert set(likert) == set(standards.survey("permenpanrb-14-2017").unsur_keys)


def test_the_version_changes_when_and_only_when_the_form_does():
    def version(**more):
        return sheets(form(**more))["settings"][0]["version"]

    assert version() == version()
    assert version() != version(layanan=["KTP"])


def test_an_unanswered_unsur_is_allowed_where_that_is_asked_for():
    def required(**more):
        return {row["name"] for row in sheets(form(**more))["survey"] if row["required"] == "yes"}

    assert "waktu" in required()
    assert required(required=False) == {"persetujuan"}
