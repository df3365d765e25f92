"""What the library brings itself keeps what it asks of plugins."""

from __future__ import annotations

import json

import docx
import openpyxl
import pytest

from sipukat import datasets
from sipukat.checks.checking import REGISTRY as CHECKS
from sipukat.export.base import EXPORTERS
from sipukat.readers import READERS
from sipukat.standards.registry import REGISTRY as STANDARDS
from sipukat.testing import ChecksConformance, ExporterConformance, ReaderConformance, StandardConformance

ROWS = [["unit", "U1", "U2"], ["A", 4, 3], ["B", 1, 2]]
HEADS = ("unit", "U1")
# what an exporter of one thing is given; the others take any document
KINDS = {"csv-machine": ("table",), "png": ("figure",), "svg": ("figure",)}
DEAR = {"docx", "pdf", "png", "xlsx"}
# pictures, pressed text, and linked data, which says the numbers of `data` and no table
WITHOUT_TABLES = {"jsonld", "pdf", "png", "svg"}


def _write_csv(path):
    path.write_bytes(datasets.path("puskesmas-contoh").read_bytes())


def _write_excel(path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)


def _write_html(path):
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")


def _write_json(path):
    path.write_text(json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]), encoding="utf-8")


def _write_word(path):
    document = docx.Document()
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for cells, row in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            cell.text = str(value)
    document.save(path)


SAMPLES = {
    "csv": (".csv", _write_csv),
    "excel": (".xlsx", _write_excel),
    "html": (".html", _write_html),
    "json": (".json", _write_json),
    "word": (".docx", _write_word),
}


def _suite(base, name, **stated):
    label = f"Test{base.__name__.removesuffix('Conformance')}{name.title().replace('-', '')}"
    globals()[label] = type(label, (base,), {"name": name, "__module__": __name__, **stated})


for _name in sorted(STANDARDS.builtins):
    _suite(StandardConformance, _name)
for _name in sorted(CHECKS.builtins):
    _suite(ChecksConformance, _name, standard="permenpanrb-15-2014", examples=10)
for _name in sorted(EXPORTERS.builtins):
    _suite(
        ExporterConformance,
        _name,
        examples=2 if _name in DEAR else 8,
        kinds=KINDS.get(_name, ()),
        numbers=_name not in WITHOUT_TABLES,
    )
for _name in sorted(READERS.builtins):
    _suite(ReaderConformance, _name, expected=HEADS if _name != "csv" else ())


@pytest.fixture(scope="module", autouse=True)
def samples(tmp_path_factory):
    """Write a good file for each reader, once."""
    folder = tmp_path_factory.mktemp("samples")
    for name, (suffix, write) in SAMPLES.items():
        path = folder / f"survei{suffix}"
        write(path)
        globals()[f"TestReader{name.title()}"].sample = path


def test_every_builtin_has_a_suite_here():
    held = {suite.name for suite in globals().values() if isinstance(suite, type) and hasattr(suite, "held")}
    assert held >= STANDARDS.builtins | CHECKS.builtins | EXPORTERS.builtins | READERS.builtins
