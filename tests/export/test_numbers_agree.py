"""One number, one string: the same in every format that holds text."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from html.parser import HTMLParser

import docx
import pytest
from openpyxl import load_workbook

from sipukat import export
from sipukat._text import number

PDFTOTEXT = shutil.which("pdftotext")
KEYS = ("ikm", "low", "high")


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


def from_html(data, _lang):
    reader = Rows()
    reader.feed(data.decode())
    return numbers(reader.rows)


def from_csv(data, _lang):
    return numbers(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def from_docx(data, _lang):
    tables = docx.Document(io.BytesIO(data)).tables
    return numbers([cell.text for cell in row.cells] for table in tables for row in table.rows)


def from_markdown(data, _lang):
    lines = [line for line in data.decode().splitlines() if line.startswith("|")]
    return numbers([cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines)


def from_pdf(data, _lang):
    if PDFTOTEXT is None:
        pytest.skip("pdftotext is not here")
    done = subprocess.run([PDFTOTEXT, "-layout", "-", "-"], input=data, check=True, capture_output=True)
    lines = re.findall(
        r"(Dinas [ABC]|Keseluruhan|Overall)\s+\d+((?:\s+[\d.,]*\d){3})\b", done.stdout.decode()
    )
    return {name: values.split() for name, values in reversed(lines)}


def numbers(rows):
    """Return the numbers of each unit, by its name: index and interval, as they are printed."""
    found = {}
    for row in rows:
        cells = [cell for cell in row if cell]
        name = next((c for c in cells[:3] if re.fullmatch(r"Dinas [ABC]|Keseluruhan|Overall", c)), None)
        after = cells[cells.index(name) + 1 :] if name else []
        if len(after) > 4 and re.fullmatch(r"\d+", after[0]):
            found.setdefault(name, after[1:4])
    return found


def for_machines(text, lang):
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row["by_1"]: [printed(row[key], lang) for key in KEYS] for row in rows}


def from_machine(data, lang):
    return for_machines(data.decode("utf-8-sig"), lang)


def from_package(data, lang):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return for_machines(parts.read("data/ikm.csv").decode(), lang)


def from_json(data, lang):
    table = next(b for b in json.loads(data)["blocks"] if b.get("id") == "ikm" and b["kind"] == "table")
    return {row[1]: [printed(value, lang) for value in row[3:6]] for row in table["rows"]}


def from_jsonld(data, lang):
    found = {}
    for node in json.loads(data)["@graph"]:
        for seen in node.get("observasi", []):
            values = [seen.get(key) for key in ("schema:value", "low", "high")]
            found[seen["schema:observationAbout"]["schema:name"]] = [printed(v, lang) for v in values]
    return found


def from_xlsx(data, lang):
    book = load_workbook(io.BytesIO(data), data_only=True)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    return {row[1]: [printed(v, lang) for v in row[3:6]] for row in rows if isinstance(row[2], int)}


def printed(value, lang):
    return number(None if value in {None, ""} else Decimal(str(value)), lang=lang)


READERS = {
    "csv": from_csv,
    "csv-machine": from_machine,
    "datapackage": from_package,
    "docx": from_docx,
    "html": from_html,
    "json": from_json,
    "jsonld": from_jsonld,
    "markdown": from_markdown,
    "pdf": from_pdf,
    "xlsx": from_xlsx,
}


@pytest.fixture(scope="module")
def documents(document_of):
    """Return a document for each policy on missing answers, in one of the languages each."""
    sizes = [{"Dinas A": 31, "Dinas B": 9, "Dinas C": 3}, {"Dinas A": 40, "Dinas C": 7}, {"Dinas B": 23}]
    how = [("per_unsur", "id"), ("pooled", "en"), ("complete", "id")]
    return [
        document_of(units, lang=lang, missing=missing, opts={"withhold_below": 0})
        for units, (missing, lang) in zip(sizes, how, strict=True)
    ]


@pytest.mark.parametrize("name", READERS)
def test_every_number_of_the_units_is_the_same_in_every_format(documents, name):
    for document in documents:
        units = next(t for t in document.tables if t.id == "ikm")
        seen = READERS[name](export.get(name)(document), document.lang)
        for row in units.rows:
            if row[3] is not None and row[4] is not None:
                assert seen[row[1]] == [number(value, lang=document.lang) for value in row[3:6]]


def test_every_exporter_of_text_has_a_reader_here():
    own = {name for name in export.names() if type(export.get(name)).__module__.startswith("sipukat.")}
    assert own - {"png", "svg"} <= READERS.keys()
