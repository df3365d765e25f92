"""Names from outside are inert and readable in every format."""

import csv
import io
import json
import re
import shutil
import struct
import subprocess
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import docx
import pytest
from openpyxl import load_workbook

from sipukat import export
from sipukat.report.cleaning import clean

PDFTOTEXT = shutil.which("pdftotext")
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


def read_markdown(data):
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(data.decode())
    flat = [inner for token in tokens for inner in (token, *(token.children or ()))]
    assert not {token.type for token in flat} & {"html_block", "link_open", "image", "fence"}
    # A line end within a cell is the only tag: a table of Markdown has no other way to say it.
    assert {token.content for token in flat if token.type == "html_inline"} <= {"<br>"}
    texts = [token.children for token in tokens if token.type == "inline"]
    return ["".join(t.content for t in children if t.type == "text") for children in texts]


def read_docx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "embeddings" in name]
        links = [
            link for name in parts.namelist() if name.endswith(".rels") for link in external(parts.read(name))
        ]
        assert not links
        main = ET.fromstring(parts.read("word/document.xml"))  # noqa: S314  ours
    codes = "".join(code.text or "" for code in main.iter(f"{WORD}instrText"))
    assert not re.search("HYPERLINK|INCLUDE|DDE", codes)
    book = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in book.paragraphs)]


def external(rels):
    root = ET.fromstring(rels)  # noqa: S314  ours
    return [r.get("Target") for r in root if r.get("TargetMode") == "External"]


def read_pdf(data):
    if PDFTOTEXT is None:
        pytest.skip("pdftotext is not here")
    assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|URI)\b", data)
    done = subprocess.run([PDFTOTEXT, "-raw", "-", "-"], input=data, check=True, capture_output=True)
    return [done.stdout.decode()]


def read_svg(data):
    root = ET.fromstring(data)  # noqa: S314  ours
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "foreignObject", "image", "a", "use", "iframe"}
    names = [name for element in root.iter() for name in element.attrib]
    assert not [name for name in names if name.startswith("on") or name.endswith("href")]
    return ["".join(root.itertext())]


def read_png(data):
    assert data.startswith(b"\x89PNG\r\n")
    kinds, at = [], 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        kinds.append(kind)
        at += size + 12
    assert not set(kinds) & {b"tEXt", b"iTXt", b"zTXt"} or b"jahat" not in data


def read_machine(data):
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", NUL))]
    return [cell.removeprefix("'") for cell in cells]


def read_package(data):
    seen = []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if name.startswith("/") or ".." in name]
        json.loads(parts.read("datapackage.json"))
        for name in parts.namelist():
            if name.endswith(".csv"):
                seen += read_machine(parts.read(name))
    return seen


def read_jsonld(data):
    loaded = json.loads(data)
    assert not isinstance(loaded["@context"], str)  # a context elsewhere would be fetched
    return list(strings(loaded))


def strings(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
READERS = {
    "csv": read_csv,
    "csv-machine": read_machine,
    "datapackage": read_package,
    "docx": read_docx,
    "html": read_html,
    "json": read_json,
    "jsonld": read_jsonld,
    "markdown": read_markdown,
    "pdf": read_pdf,
    "png": read_png,
    "svg": read_svg,
    "xlsx": read_xlsx,
}
PICTURES = {"png", "svg"}
# Names that a picture or a page may cut or break; all of every other name is read back.
BROKEN = {"pdf", "svg", "markdown"}


@pytest.fixture(scope="module")
def hostile(document_of):
    return document_of(dict.fromkeys(HOSTILE, 12), opts={"subject": HOSTILE[0], "period": HOSTILE[1]})


@pytest.fixture(scope="module")
def drawn(hostile):
    """Return the same names in a document of one figure, for the formats of one picture."""
    figure = next(b for b in hostile.blocks if b.kind == "figure" and b.chart == "unit_intervals")
    return hostile.model_copy(update={"blocks": (figure,)})


def squeezed(text):
    """Return a text without what a page adds or leaves out: spaces, line ends, marks of direction."""
    # A page without the letters of an emoji says its number.
    named = re.sub(r"[\U0001f300-\U0001faff]", lambda found: f"[U+{ord(found[0]):X}]", text)
    return re.sub(r"[\s\u200e\u200f]+", "", named)


@pytest.mark.parametrize("name", export.names())
def test_hostile_names_are_inert_and_readable(name, hostile, drawn):
    if name not in READERS:
        pytest.skip(f"the exporter {name!r} of another package is tested there")
    data = export.get(name)(drawn if name in PICTURES else hostile)
    assert NUL.encode() not in data or name in {"xlsx", "docx", "pdf", "png", "datapackage"}
    seen = READERS[name](data)
    if seen is None:
        return
    assert not [text for text in seen if isinstance(text, str) and OVERRIDE in text]
    whole = squeezed("".join(text for text in seen if isinstance(text, str)))
    for text in HOSTILE:
        if name in BROKEN:
            assert squeezed(clean(text))[:18] in whole
            assert len(text) < 1_000 or name == "svg" or whole.count("x") > 9_000
        else:
            assert clean(text) in seen


def test_removed_characters_are_reported(hostile):
    assert "PUB706" in [block.code for block in hostile.blocks if block.kind == "note"]


def test_every_exporter_of_the_library_has_a_reader_here():
    own = {name for name in export.names() if type(export.get(name)).__module__.startswith("sipukat.")}
    assert own <= READERS.keys()
