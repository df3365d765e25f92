import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import export
from sipukat.export.as_csv import inert
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
    assert len(rows) < 60


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
