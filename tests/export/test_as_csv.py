import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import export
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.export.as_csv import CsvMachineExporter, harmless, inert
from sipukat.report import Column, Document, Provenance, Table


def rows_of(document):
    text = export.get("csv")(document).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_it_opens_in_an_indonesian_spreadsheet(document):
    data = export.get("csv")(document)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    units = next(t for t in document.tables if t.id == "ikm")
    line = next(row for row in rows_of(document) if row[1:2] == ["Dinas A"])
    assert line[3] == str(units.rows[0][3]).replace(".", ",")


def test_it_says_where_it_comes_from_and_holds_no_respondents_row(document):
    rows = rows_of(document)
    assert ["Responden", "93"] in rows
    assert max(len(row) for row in rows) < 12
    assert len(rows) < 70


@pytest.mark.parametrize("text", ["=1+1", "+62812", "-1", "@SUM(1)", "\t=1", "＝1+1", " =1+1", "\n=1"])
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(text):
    assert inert(text) == f"'{text}"


@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_an_inert_text_is_the_text_and_at_most_an_apostrophe(text):
    assert inert(text) in {text, f"'{text}"}


def test_numbers_are_never_marked_even_when_negative(made):
    column = Column(key="x", label="Selisih", kind="number")
    table = Table(id="t", name="T", caption="C", columns=[column], rows=[(-1234.5,)])
    document = Document(title="T", blocks=[table], provenance=Provenance(generated=made))
    assert ["-1234,50"] in rows_of(document)


def machine_rows(document, table=""):
    data = CsvMachineExporter(table)(document)
    assert not data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def test_the_machine_gets_the_units_under_stable_names_with_points_and_no_marks(document):
    head, *rows = machine_rows(document)
    assert head == "no by_1 n ikm low high mutu kinerja keterangan total".split()
    units = next(t for t in document.tables if t.id == "ikm")
    assert [row[3] for row in rows] == ["" if r[3] is None else str(r[3]) for r in units.rows]
    assert [row[-1] for row in rows] == ["false"] * (len(rows) - 1) + ["true"]


def test_what_is_withheld_is_missing_for_the_machine_and_the_note_says_so(document):
    row = next(row for row in machine_rows(document) if row[1] == "Dinas D")
    assert row[2:8] == [""] * 6
    assert row[8]


def test_numbers_of_the_machine_are_read_by_pandas_as_they_stand(document):
    frame = pd.read_csv(io.BytesIO(export.get("csv-machine")(document)))
    units = next(t for t in document.tables if t.id == "ikm")
    assert frame["ikm"].iloc[0] == float(units.rows[0][3])
    assert frame["total"].dtype == bool


def test_another_table_is_named_and_an_unknown_one_refused(document):
    assert machine_rows(document, "unsur")[0][0] == "kode"
    with pytest.raises(UnknownNameError, match="unsur"):
        CsvMachineExporter("unsurr")(document)


def test_a_document_without_a_table_is_refused_in_one_sentence(made):
    with pytest.raises(ArgumentError, match="no table"):
        export.get("csv-machine")(Document(title="T", blocks=(), provenance=Provenance(generated=made)))


def test_the_suffix_alone_gives_the_dialect_for_people():
    assert export.for_path("x.csv") is export.get("csv")


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+SUM(A1)", "\t=1", "＝1+1", " =1+1", "+HYPERLINK(1)"]
)
def test_the_machine_gets_nothing_that_a_spreadsheet_runs(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["- Fotokopi KTP (asli)", "+62 812 0000", "-1", "Dinas A", "'kutip"])
def test_lists_and_telephone_numbers_are_not_changed_for_the_machine(text):
    assert harmless(text) == text


@given(rows=st.lists(st.tuples(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))))
def test_every_text_comes_back_from_the_machine_dialect(rows):
    table = Table(id="t", name="T", caption="C", columns=[Column(key="x", label="X")], rows=rows)
    made = Provenance(generated="2026-08-17T09:00:00Z")
    _, *found = machine_rows(Document(title="T", blocks=[table], provenance=made))
    assert [row[0] for row in found] == [harmless(row[0]) for row in table.rows]
