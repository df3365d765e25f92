"""A checklist comes back as it was; one that is wrong is refused with sheet and cell, or line."""

import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sipukat import datasets
from sipukat.compliance.checklist import checklist, value_of
from sipukat.compliance.checklist_files import read_checklist, text_of_checklist, write_checklist
from sipukat.compliance.evidence import Evidence, Item
from sipukat.compliance.tree import Measure
from sipukat.errors import ArgumentError, UnknownNameError, UnreadableFileError

SCHEMES = ("ombudsman-2021", "ombudsman-2022", "ombudsman-2025", "ipp-29-2022")
SUFFIXES = (".yaml", ".toml", ".json", ".xlsx")
FIRST = 8  # the row of the first question in the sheet
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20).map(
    lambda text: " ".join(text.split())
)


def filled(scheme="ipp-29-2022"):
    values = {
        "kebijakan_pelayanan.1": 3,
        "kebijakan_pelayanan.2": Decimal("2.75"),
        "responden_minimum": True,
        "f03": 4,
    }
    items = [
        Item(
            key=key,
            value=value,
            source="=SUM(A1)",
            place='hal. "3"',
            note="a: b # c",
            confidence="A",
            schemes=(scheme,),
        )
        for key, value in values.items()
    ]
    note = Item(key="sipp.21", note="ada tautan, belum diperiksa", confidence="C", schemes=(scheme,))
    known = Evidence(items=(*items, note))
    return checklist(scheme, known, unit="Dinas Contoh: Satu", product="KTP-el", on=date(2026, 11, 24))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_empty_form_of_every_scheme_comes_back_in_every_format(scheme, suffix, tmp_path):
    form = checklist(scheme, unit="Dinas Contoh")
    assert read_checklist(write_checklist(form, tmp_path / f"isian{suffix}")) == form
    assert form.open == form.questions
    assert not form.evidence().items


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_filled_form_comes_back_in_every_format(suffix, tmp_path):
    form = filled()
    back = read_checklist(write_checklist(form, tmp_path / f"isian{suffix}"))
    assert back.evidence() == form.evidence()
    assert (back.unit, back.product, back.on) == ("Dinas Contoh: Satu", "KTP-el", date(2026, 11, 24))
    assert not back.findings


@given(source=WORDS, note=WORDS, value=st.decimals(0, 100, places=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@pytest.mark.parametrize("suffix", [".yaml", ".toml", ".json"])
def test_any_text_and_number_come_back_as_text_formats_keep_them(suffix, tmp_path, source, note, value):
    item = Item(key="input.kompetensi", value=value, source=source, note=note, schemes=("ombudsman-2022",))
    form = checklist("ombudsman-2022", Evidence(items=(item,)))
    assert read_checklist(write_checklist(form, tmp_path / f"isian{suffix}")).evidence() == form.evidence()


@pytest.mark.parametrize("name", datasets.names("compliance"))
def test_the_invented_checklists_are_read_and_say_that_they_are_invented(name):
    text = datasets.path(name).read_text(encoding="utf-8")
    assert text.startswith("# Contoh rekaan")
    found = read_checklist(datasets.path(name))
    assert [question.key for question in found.open] == ["proses.standar_pelayanan"]
    assert all("rekaan" in item.source for item in found.evidence().items)
    assert "Contoh" in found.unit


def test_the_workbook_offers_the_words_of_each_level_and_locks_the_rest(tmp_path):
    sheet = openpyxl.load_workbook(write_checklist(filled(), tmp_path / "isian.xlsx"))["Isian"]
    assert sheet.protection.sheet
    assert [sheet.cell(FIRST, column).protection.locked for column in (1, 3, 5, 6)] == [
        True,
        True,
        False,
        False,
    ]
    assert sheet.cell(FIRST, 5).value == "3: memuat 14 komponen dan telah ditetapkan"
    assert sheet.cell(FIRST, 6).value == "=SUM(A1)"
    assert sheet.cell(FIRST, 6).data_type == "s"  # a text that looks like a formula is none
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert lists["E8"] == "Pilihan!$A$1:$F$1"
    words = [cell.value for cell in openpyxl.load_workbook(tmp_path / "isian.xlsx")["Pilihan"][1]]
    assert words[0] == "0: tidak ada SP"
    assert len(words) == 6


@pytest.fixture
def book(tmp_path):
    """Return a function that changes a filled form in its workbook and returns the path."""

    def changed(change, scheme="ipp-29-2022"):
        path = write_checklist(filled(scheme), tmp_path / "isian.xlsx")
        opened = openpyxl.load_workbook(path)
        change(opened["Isian"], opened)
        opened.save(path)
        return path

    return changed


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("E8", "7", r"sheet Isian, cell E8 \(kebijakan_pelayanan\.1\).*one of 0, 1, 2, 3, 4, 5"),
        ("E8", 2.5, r"cell E8 .*one of 0, 1"),
        ("E8", "3: memuat 15 komponen", r"cell E8 .*with its words"),
        (
            "E9",
            "baik",
            r"cell E9 \(kebijakan_pelayanan\.2\): 'baik' is no answer; expected a number from 0 to 5",
        ),
        ("E9", 6, r"cell E9 .*from 0 to 5"),
        ("E9", True, r"cell E9 .*from 0 to 5"),
        ("E9", "#DIV/0!", r"cell E9"),
        ("A9", "kebijakan_pelayanan.99", r"row 9: .*no indicator of ipp-29-2022 .*Did you mean"),
        ("A9", "kebijakan_pelayanan.1", r"row 9: kebijakan_pelayanan\.1 stands there again, after .*row 8"),
        ("I8", "D", r"cell I8 .*'D' is no confidence; A, B or C"),
        ("B4", "kemarin", r"cell B4: 'kemarin' is no day"),
        ("E7", "Skor", r"no row has the headings Kunci and Nilai"),
        ("F7", "Nilai", r"cell F7: the heading 'Nilai' stands there twice"),
        ("B1", "ombudsman-2026", r"ombudsman-2026"),
        ("B1", None, r"does not say its scheme"),
    ],
)
def test_a_changed_form_is_refused_with_its_sheet_and_cell(book, cell, value, expected):
    def change(sheet, _):
        sheet[cell] = value

    with pytest.raises((ArgumentError, UnknownNameError), match=expected):
        read_checklist(book(change))


def test_every_mistake_is_told_at_once(book):
    def change(sheet, _):
        sheet["E8"], sheet["E9"] = 9, "x"

    with pytest.raises(ArgumentError, match=r"E8.*E9"):
        read_checklist(book(change))


def test_numbers_and_days_as_a_spreadsheet_writes_them_are_read(book):
    def change(sheet, _):
        sheet["E8"], sheet["E9"], sheet["B4"], sheet["E10"] = 4.0, 3.25, date(2026, 1, 2), "1,5"

    found = read_checklist(book(change))
    values = found.evidence().values()
    assert values["kebijakan_pelayanan.1"] == 4
    assert values["kebijakan_pelayanan.2"] == Decimal("3.25")
    assert values["kebijakan_pelayanan.3"] == Decimal("1.5")
    assert found.on == date(2026, 1, 2)


def test_columns_are_found_by_their_headings(book):
    def change(sheet, _):
        sheet.delete_cols(4)  # the column that says what may be answered
        sheet["D9"] = 6

    with pytest.raises(ArgumentError, match="cell D9"):
        read_checklist(book(change))


def test_a_row_may_go_but_not_in_silence(book):
    found = read_checklist(book(lambda sheet, _: sheet.delete_rows(FIRST + 1)))
    assert found.findings[0].code == "CMP852"
    assert "kebijakan_pelayanan.2" in found.findings[0].message()
    assert found.evidence().get("kebijakan_pelayanan.1").value == 3


def test_a_workbook_without_the_sheet_or_one_that_is_none_is_refused(tmp_path, book):
    def change(sheet, _):
        sheet.title = "Lembar1"

    with pytest.raises(ArgumentError, match="no sheet is named 'Isian'"):
        read_checklist(book(change))
    text = tmp_path / "palsu.xlsx"
    text.write_text("bukan buku kerja")
    with pytest.raises(UnreadableFileError, match=r"palsu\.xlsx"):
        read_checklist(text)
    bomb = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 50_000_000)
    with pytest.raises(UnreadableFileError):
        read_checklist(bomb)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("standard: ipp-29-2022\nisian:\n  f03:\n    nilai: 6\n", r"line 4 \(f03\): '6'|line 4 \(f03\)"),
        ("standard: ipp-29-2022\nisian:\n  f04: 1\n", r"line 3: no indicator .*'f04'"),
        ("standard: ipp-29-2022\nisian:\n  f03: 1\n  f03: 2\n", "'f03' stands twice"),
        (
            "standard: ipp-29-2022\nisian:\n  f03: {nilai: 1, nilia: 2}\n",
            r"line 3 \(f03\): unknown key 'nilia'",
        ),
        ("standard: ipp-29-2022\non: 24-11-2026\n", r"line 2: '24-11-2026' is no day"),
        ("standar: ipp-29-2022\n", r"line 1: unknown key 'standar'"),
        ("isian:\n  f03: 1\n", "does not say its scheme"),
        ("standard: ipp-29-2022\nisian: [1]\n", "isian is no mapping"),
        ("standard: ipp-29-2022\nformat: urn:sipukat:checklist:9\n", "checklist:9"),
        ("- 1\n- 2\n", "one document of keys and values"),
        ("a: &x 1\n", "anchor"),
        ("standard: ipp-29-2022\nisian:\n  f03: .nan\n", r"line 3 \(f03\)"),
        ("", "empty"),
    ],
)
def test_a_yaml_form_that_is_wrong_is_refused_with_its_line(tmp_path, text, expected):
    path = tmp_path / "isian.yaml"
    path.write_text(text)
    with pytest.raises((ArgumentError, UnreadableFileError), match=expected):
        read_checklist(path)


def test_a_toml_form_names_the_line_of_a_value(tmp_path):
    path = tmp_path / "isian.toml"
    path.write_text('standard = "ombudsman-2022"\n[isian."input.kompetensi"]\nnilai = 101\n')
    with pytest.raises(ArgumentError, match=r"isian\.toml, line 3 \(input\.kompetensi\): 101.*0 to 100"):
        read_checklist(path)


def test_the_short_form_is_a_key_and_its_value(tmp_path):
    path = tmp_path / "isian.yaml"
    path.write_text("standard: ipp-29-2022\nisian:\n  f03: 4,5\n  responden_minimum: ya\n")
    assert read_checklist(path).evidence().values() == {"f03": Decimal("4.5"), "responden_minimum": True}


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        ("ya", "yes_no", True),
        ("Tidak ada", "yes_no", False),
        (True, "yes_no", True),
        (0.0, "yes_no", False),
        ("", "yes_no", None),
        ("  ", "count", None),
        (3.0, "count", 3),
        ("12", "count", 12),
    ],
)
def test_answers_as_people_write_them(cell, kind, expected):
    found = value_of(cell, Measure(kind=kind, high=Decimal(5 if kind == "count" else 1)))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("cell", "kind"), [("mungkin", "yes_no"), (2, "yes_no"), (2.5, "count"), (-1, "count")]
)
def test_answers_that_are_none_are_refused(cell, kind):
    with pytest.raises(ArgumentError, match="expected"):
        value_of(cell, Measure(kind=kind, high=Decimal(5 if kind == "count" else 1)))


def test_an_evidence_of_another_indicator_or_off_the_scale_makes_no_form():
    with pytest.raises(UnknownNameError, match=r"input\.sarana"):
        checklist("ombudsman-2022", Evidence.of({"input.sarana": 1}))
    with pytest.raises(ArgumentError, match="101"):
        checklist("ombudsman-2022", Evidence.of({"input.kompetensi": 101}))
    with pytest.raises(UnknownNameError, match="format"):
        text_of_checklist(filled(), "ini")
    with pytest.raises(UnknownNameError, match="suffix"):
        write_checklist(filled(), "isian.docx")
    with pytest.raises(UnknownNameError, match="suffix"):
        read_checklist("isian.docx")
