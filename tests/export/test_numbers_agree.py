"""One number, one string: the same in HTML, CSV and the values of the workbook."""

import csv
import io
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sipukat import export
from sipukat._text import number

SIZES = st.dictionaries(st.sampled_from(["Dinas A", "Dinas B", "Dinas C"]), st.integers(3, 40), min_size=1)


class Rows(HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows, self.cell = [], False

    def handle_starttag(self, tag, _attrs):
        if tag == "tr":
            self.rows.append([])
        self.cell = tag in {"td", "th"}
        if self.cell:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.cell = self.cell and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.cell:
            self.rows[-1][-1] += data


def in_html(document):
    reader = Rows()
    reader.feed(export.get("html")(document).decode())
    return reader.rows


def in_csv(document):
    text = export.get("csv")(document).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def in_xlsx(document):
    book = load_workbook(io.BytesIO(export.get("xlsx")(document)), data_only=True)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def line(rows, label):
    return next(row for row in rows if len(row) > 6 and row[1] == label)


@pytest.mark.parametrize("lang", ["id", "en"])
@settings(max_examples=8)
@given(sizes=SIZES, missing=st.sampled_from(["per_unsur", "pooled", "complete"]))
def test_every_number_of_the_units_is_the_same_in_every_format(document_of, lang, sizes, missing):
    document = document_of(sizes, lang=lang, missing=missing, opts={"withhold_below": 0})
    units = next(t for t in document.tables if t.id == "ikm")
    page, sheet, book = in_html(document), in_csv(document), in_xlsx(document)
    for row in units.rows:
        expected = [number(value, lang=lang) for value in row[3:6]]
        assert line(page, row[1])[3:6] == line(sheet, row[1])[3:6] == expected
        cached = [None if v in {None, ""} else Decimal(str(v)) for v in line(book, row[1])[3:6]]
        assert [number(value, lang=lang) for value in cached] == expected
