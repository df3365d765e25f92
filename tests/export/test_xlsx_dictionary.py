"""The dictionary explains every column that the library's own reports have, and guesses nothing."""

import io
import tomllib
from importlib.resources import files

import pytest
from openpyxl import load_workbook

from sipukat import export
from sipukat.export.xlsx_dictionary import entries
from sipukat.report import Column, Document, Provenance, Table


def test_every_column_of_every_report_is_explained(every_document):
    bare = {
        (name, entry[0], entry[1])
        for name, document in every_document.items()
        for entry in entries(document)
        if not entry[6]
    }
    assert not bare


def test_both_languages_explain_the_same_columns_in_the_same_way():
    words = tomllib.loads(files("sipukat.export").joinpath("xlsx_dictionary.toml").read_text("utf-8"))
    told = {
        lang: {key: (entry["range"], entry["law"]) for key, entry in words[lang]["column"].items()}
        for lang in words
    }
    assert told["id"] == told["en"]
    assert words["id"]["head"].keys() == words["en"]["head"].keys()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ikm", ("poin", "25,00–100,00")),
        ("nrr", ("skor", "1–4")),
        ("mutu", ("", "A, B, C, D")),
        ("n", ("orang", "≥ 0")),
    ],
)
def test_units_and_ranges_are_those_of_the_standard(document, key, expected):
    row = next(entry for entry in entries(document) if entry[1] == key)
    assert row[4:6] == expected


def test_what_the_law_defines_names_the_law_and_what_it_does_not_says_so(document):
    basis = {entry[1]: entry[7] for entry in entries(document)}
    assert "permenpanrb-14-2017" in basis["ikm"]
    assert basis["low"] == "perangkat lunak, bukan peraturan"


def test_a_column_of_a_plugin_has_its_name_and_no_invented_meaning(made):
    column = Column(key="arah_angin", label="Arah angin", kind="number", decimals=1)
    table = Table(id="cuaca", name="Cuaca", caption="C", columns=[column], rows=[(1,)])
    document = Document(title="T", blocks=[table], provenance=Provenance(generated=made))
    expected = ("Cuaca", "arah_angin", "Arah angin", "bilangan, 1 desimal", "", "", "", "")
    assert list(entries(document)) == [expected]


def test_the_sheet_holds_the_entries_under_frozen_and_repeated_headings(document):
    book = load_workbook(io.BytesIO(export.get("xlsx")(document)))
    sheet = book["Kamus"]
    rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows(min_row=3, max_col=8)]
    assert rows == list(entries(document))
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert sheet.page_setup.orientation == "landscape"
