"""Survey files made in the test, as offices make them."""

from __future__ import annotations

import openpyxl
import pytest

UNSUR = [f"U{n}" for n in range(1, 10)]


@pytest.fixture
def workbook(tmp_path):
    """Return a function that writes rows into a workbook and returns its path."""

    def write(rows, *, merge=(), name="survei.xlsx", more=None, hide=()):
        book = openpyxl.Workbook()
        first = book.active
        first.title = "Data"
        for title, sheet_rows in {"Data": rows, **(more or {})}.items():
            sheet = first if title == "Data" else book.create_sheet(title)
            for row in sheet_rows:
                sheet.append(row)
            if title in hide:
                sheet.sheet_state = "hidden"
        for cells in merge:
            first.merge_cells(cells)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def textfile(tmp_path):
    """Return a function that writes a text, or bytes, and returns its path."""

    def write(text, *, name="survei.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture
def people():
    """Return 9 respondents, whose answers run through the scale."""
    return [{"NO": row, **{f"U{n}": (row + n) % 4 + 1 for n in range(1, 10)}} for row in range(1, 10)]
