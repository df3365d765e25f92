import io
import zipfile

import pytest
from openpyxl import load_workbook

from sipukat import export
from sipukat.export.sheet import Book
from sipukat.report import Column, Document, Paragraph, Provenance, Table


def books(document):
    data = export.get("xlsx")(document)
    return load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(data), data_only=True)


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def find(sheet, value):
    return next(cell for cell in cells(sheet) if cell.value == value)


def test_the_sheets_come_in_reading_order(document):
    live, _ = books(document)
    assert live.sheetnames == [
        "Ringkasan", "Unsur", "Gambar", "Pengolahan", "Temuan", "Kamus", "Asal-usul",
    ]  # fmt: skip


def test_the_summary_has_a_formula_for_every_unit_and_the_right_value_beside_it(document):
    live, cached = books(document)
    units = next(t for t in document.tables if t.id == "ikm")
    head = find(live["Ringkasan"], "IKM")
    for place, row in enumerate(units.rows, start=1):
        cell = (head.row + place, head.column)
        formula = live["Ringkasan"].cell(*cell).value
        if row[3] is None:
            assert formula is None  # withheld
            continue
        assert str(formula).startswith("=")
        assert cached["Ringkasan"].cell(*cell).value == float(row[3])


def test_the_official_sheet_has_its_title_its_columns_and_its_footer(document):
    live, cached = books(document)
    paper = live["Pengolahan"]
    assert (
        paper["A1"].value
        == "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
    )
    assert [paper.cell(5, c).value for c in range(4, 13)] == [f"U{i}" for i in range(1, 10)]
    assert paper["D5"].value == "U1"
    rows = {cell.value: cell.row for cell in paper["A"] if isinstance(cell.value, str)}
    sums = rows["Σ Nilai per unsur"]
    assert paper.cell(sums, 4).value == f"=SUM($D$7:$D${sums - 1})"
    assert sums - 7 == len(document.processing.answers)
    assert paper.cell(rows["Bobot per unsur"], 4).value == "=1/9"
    ikm = rows["IKM UNIT PELAYANAN **)"]
    assert cached["Pengolahan"].cell(ikm, 13).value == float(document.processing.expected)
    assert cached["Pengolahan"].cell(ikm + 1, 13).value == document.data["overall"]["mutu"]
    assert paper.freeze_panes == "D7"
    assert paper.print_area
    assert paper.print_title_rows == "$4:$6"


def test_an_unanswered_question_is_an_empty_cell_and_not_a_zero(document):
    _, cached = books(document)
    first = document.processing.answers[0]
    assert None in first
    assert [cached["Pengolahan"].cell(7, c).value for c in range(4, 13)] == list(first)


def test_without_the_processing_sheet_the_summary_has_plain_numbers(document):
    plain = document.model_copy(
        update={"blocks": tuple(b for b in document.blocks if b.kind not in {"processing", "note"})}
    )
    live, _ = books(plain)
    assert live.sheetnames == ["Ringkasan", "Unsur", "Gambar", "Kamus", "Asal-usul"]
    assert not [c for name in ("Ringkasan", "Unsur") for c in cells(live[name]) if c.data_type == "f"]


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(made):
    table = Table(
        id="t", name="T", caption="C", columns=[Column(key="x", label="X")], rows=[("😀" * 20_000,)]
    )
    document = Document(title="T", blocks=[table], provenance=Provenance(generated=made))
    _, cached = books(document)
    value = find(cached["Ringkasan"], "X").offset(1).value
    assert value.startswith("😀😀")
    assert value.endswith(" karakter lagi]")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_the_time_and_the_author_are_those_of_the_document_and_the_library(document):
    live, _ = books(document)
    assert live.properties.created.isoformat() == "2026-08-17T09:00:00"
    assert live.properties.creator.startswith("sipukat ")


def test_names_of_sheets_are_allowed_and_different(made):
    column = Column(key="x", label="X")
    tables = [
        Table(id=f"t{i}", name="A/B[1]: *?" * 9, caption="C", columns=[column], rows=[]) for i in range(4)
    ]
    live, _ = books(Document(title="T", blocks=tables, provenance=Provenance(generated=made)))
    assert len(live.sheetnames) == 6
    assert all(len(name) <= 31 for name in live.sheetnames)


def test_a_cell_that_the_writer_leaves_out_is_an_error_and_not_a_hole():
    xlsxwriter = pytest.importorskip("xlsxwriter")
    sheet = Book(xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})).sheet("A")
    with pytest.raises(ValueError, match="XlsxWriter code -1"):
        sheet.text(2_000_000, 0, "x")


def test_paragraphs_are_told_below_the_table(made):
    document = Document(title="T", blocks=[Paragraph(text="Begitu.")], provenance=Provenance(generated=made))
    live, _ = books(document)
    assert find(live["Ringkasan"], "Begitu.")


def test_parts_of_the_file_have_no_time_of_their_own(document):
    with zipfile.ZipFile(io.BytesIO(export.get("xlsx")(document))) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_stand_still_and_repeat_and_every_sheet_is_one_page_wide(document):
    live, _ = books(document)
    head = find(live["Ringkasan"], "IKM").row
    assert live["Ringkasan"].freeze_panes == f"A{head + 1}"
    assert live["Ringkasan"].print_title_rows == f"${head}:${head}"
    assert (live["Unsur"].freeze_panes, live["Unsur"].print_title_rows) == ("A3", "$2:$2")
    for name in set(live.sheetnames) - {"Gambar"}:  # whose page breaks a fitted page would lose
        assert live[name].sheet_properties.pageSetUpPr.fitToPage
        assert (live[name].page_setup.fitToWidth or 1, live[name].page_setup.fitToHeight) == (1, 0)
        assert live[name].print_area


def test_a_table_after_many_lines_does_not_repeat_its_headings_above_them(made):
    table = Table(id="t", name="T", caption="C", columns=[Column(key="x", label="X")], rows=[("a",)])
    prose = [Paragraph(text=f"Kalimat {n}.") for n in range(20)]
    live, _ = books(Document(title="T", blocks=[*prose, table], provenance=Provenance(generated=made)))
    assert live["Ringkasan"].print_title_rows is None
    assert live["Ringkasan"].freeze_panes is None


def test_a_long_line_is_wrapped_over_the_page_and_its_row_is_as_tall(made):
    table = Table(id="t", name="T", caption="kata " * 60, columns=[Column(key="x", label="X")], rows=[("a",)])
    live, _ = books(Document(title="T", blocks=[table], provenance=Provenance(generated=made)))
    cell = find(live["Ringkasan"], ("kata " * 60))
    assert cell.alignment.wrap_text
    assert any(cell.coordinate in merged for merged in live["Ringkasan"].merged_cells.ranges)
    assert live["Ringkasan"].row_dimensions[cell.row].height > 50
