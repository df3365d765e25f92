"""The checklist as a workbook: drop-downs with the words of each level, all else locked.

What a person writes comes back through the readers of tables, which inspect a workbook
before they open it. Text goes into cells as text only, so that none is taken for a formula.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sipukat._require import require
from sipukat._text import plain
from sipukat.compliance.checklist import CELLS, Checklist, Line, Question
from sipukat.errors import ArgumentError
from sipukat.readers.kinds import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sipukat.readers.base import Grid

SHEET: Final = "Isian"
_HEAD: Final = (
    "Kunci",
    "Dimensi",
    "Indikator",
    "Jawaban",
    "Nilai",
    "Sumber",
    "Tempat",
    "Catatan",
    "Keyakinan",
)
_WIDTHS: Final = (30, 26, 44, 40, 30, 28, 24, 36, 10)
_LABELS: Final = ("Skema", "Unit", "Produk", "Tanggal")
_FIRST: Final = len(_LABELS) + 3  # 0-based row of the first question
_MOST_ROWS: Final = 5_000
_CELL: Final = 32_767
_GUIDE: Final = (
    "Isi kolom Nilai pada lembar Isian; pilih dari daftar bila ada.",
    "Kosongkan Nilai bila belum diketahui: kosong bukan nol.",
    "Sumber: dokumen yang menunjukkannya. Tempat: halaman, pasal, atau tautannya.",
    "Keyakinan: A dua sumber yang terpisah, B satu sumber, C ingatan atau simpulan.",
    "Unit, Produk, dan Tanggal boleh diisi; tanggal ditulis 2026-03-09. Yang lain dikunci.",
    "Jangan mengubah kolom Kunci: lembar ini dibaca kembali menurut kunci itu.",
)


def to_workbook(form: Checklist) -> bytes:
    """Write a checklist as a workbook.

    Parameters
    ----------
    form
        The checklist.

    Raises
    ------
    MissingExtraError
        If XlsxWriter is not installed (extra ``excel``).
    """
    xlsxwriter = require("xlsxwriter", extra="excel", purpose="writing a form as .xlsx")
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        looks = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#0b5788", "font_color": "#ffffff", "border": 1}
            ),
            "fixed": book.add_format({"text_wrap": True, "valign": "top", "bottom": 1}),
            "open": book.add_format(
                {"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#fdf6e3", "locked": False}
            ),
        }
        sheet, guide, choices = (book.add_worksheet(name) for name in (SHEET, "Petunjuk", "Pilihan"))
        for row, words in enumerate((form.standard.title, *_GUIDE)):
            _text(guide, row, 0, words, looks["fixed"])
        guide.set_column(0, 0, 100)
        _head(sheet, form, looks)
        for place, question in enumerate(form.questions):
            _row(sheet, choices, place, question, looks)
        choices.hide()
        sheet.freeze_panes(_FIRST, 0)
        for each in (sheet, guide, choices):
            each.protect()
    return target.getvalue()


def _head(sheet: Any, form: Checklist, looks: Mapping[str, Any]) -> None:
    values = (form.standard.id, form.unit, form.product, form.on.isoformat() if form.on else "")
    for row, (label, value) in enumerate(zip(_LABELS, values, strict=True)):
        _text(sheet, row, 0, label, looks["fixed"])
        _text(sheet, row, 1, value, looks["fixed" if row == 0 else "open"])
    for column, (words, width) in enumerate(zip(_HEAD, _WIDTHS, strict=True)):
        _text(sheet, _FIRST - 1, column, words, looks["head"])
        sheet.set_column(column, column, width)


def _row(sheet: Any, choices: Any, place: int, question: Question, looks: Mapping[str, Any]) -> None:
    row = _FIRST + place
    hint = question.range if not question.measure.levels else "pilih satu tingkat"
    for column, words in enumerate((question.key, question.dimensi, question.nama, hint)):
        _text(sheet, row, column, words, looks["fixed"])
    item = question.item
    told = (item.source, item.place, item.note, item.confidence) if item else ("", "", "", "")
    _answer(sheet, row, question, looks["open"])
    for column, words in enumerate(told, start=5):
        _text(sheet, row, column, words, looks["open"])
    listed = question.choices
    for at, words in enumerate(listed):
        _text(choices, place, at, words, looks["fixed"])
    sheet.data_validation(row, 4, row, 4, _validation(question, place, len(listed)))
    confidence = {"validate": "list", "source": ["A", "B", "C"], "error_title": "Keyakinan"}
    sheet.data_validation(row, 8, row, 8, confidence)


def _answer(sheet: Any, row: int, question: Question, look: Any) -> None:
    """Write an answer: a number as one where it comes back the same, else as text."""
    value = question.item.value if question.item is not None else None
    if isinstance(value, Decimal | int) and not isinstance(value, bool) and not question.measure.levels:
        number = float(value)
        if Decimal(repr(number)) == value:
            sheet.write_number(row, 4, number, look)
            return
    _text(sheet, row, 4, question.answer, look)


def _validation(question: Question, place: int, n: int) -> dict[str, Any]:
    told = {"error_title": "Bukan jawaban", "error_message": f"Isi dengan {question.range}"[:250]}
    measure = question.measure
    if n:
        last = _column(n - 1)
        return {"validate": "list", "source": f"=Pilihan!$A${place + 1}:${last}${place + 1}"} | told
    if measure.kind == "count":
        return {"validate": "integer", "criteria": ">=", "value": int(measure.low)} | told
    # a number written as text, with a comma, passes the reader; the program asks before it takes it
    low, high = float(measure.low), float(measure.high)
    limits = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    return limits | told | {"error_type": "warning"}


def _column(place: int) -> str:
    """Return the letters of a column; 0 is A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    if words:
        sheet.write_string(row, column, words[:_CELL], look)
    else:
        sheet.write_blank(row, column, None, look)


def from_workbook(path: Path) -> tuple[dict[str, Any], list[Line]]:
    """Return the head and the lines of a workbook that `to_workbook` wrote.

    Raises
    ------
    UnreadableFileError
        If it is no workbook, is damaged or hostile.
    ArgumentError
        If it has no sheet ``Isian``, or lacks its head; names sheet and cell.
    """
    grids, kind = read_file(path)
    grid = next((grid for grid in grids if plain(grid.name) == plain(SHEET)), None)
    if kind != "excel" or grid is None:
        names = ", ".join(repr(grid.name) for grid in grids)
        raise ArgumentError(f"{path.name}: no sheet is named {SHEET!r}; its sheets: {names}")
    if len(grid.rows) > _MOST_ROWS:
        raise ArgumentError(
            f"{path.name}, sheet {SHEET}: {len(grid.rows)} rows; at most {_MOST_ROWS} are read"
        )
    top = _top(grid, path.name)
    return _named(grid, top, path.name), _lines(grid, top, path.name)


def _top(grid: Grid, name: str) -> int:
    """Return the place of the row of headings."""
    for place, row in enumerate(grid.rows):
        cells = {plain(str(cell)) for cell in row}
        if {"kunci", "nilai"} <= cells:
            return place
    raise ArgumentError(
        f"{name}, sheet {SHEET}: no row has the headings Kunci and Nilai; "
        "write the form again and copy the answers"
    )


def _named(grid: Grid, top: int, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, row in enumerate(grid.rows[:top]):
        label = plain(str(row[0])) if row else ""
        value = row[1] if len(row) > 1 else ""
        if label in map(plain, _LABELS):
            found[label] = value.strip() if isinstance(value, str) else value
            found[f"{label}@"] = f"{name}, sheet {SHEET}, cell B{grid.first_row + place}"
    return {
        "standard": str(found.get("skema", "")),
        "unit": str(found.get("unit", "")),
        "product": str(found.get("produk", "")),
        "on": day_of(found.get("tanggal"), found.get("tanggal@", name)),
    }


def day_of(cell: Any, where: str) -> date | None:
    """Read a day: a date, or its text ``2026-03-09``; None where the cell is blank.

    Raises
    ------
    ArgumentError
        If it is no day.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError:
        raise ArgumentError(f"{where}: {str(cell)[:40]!r} is no day; write it as 2026-03-09") from None


def _lines(grid: Grid, top: int, name: str) -> list[Line]:
    columns: dict[str, int] = {}
    for column, cell in enumerate(grid.rows[top]):
        heading = plain(str(cell))
        if heading in columns:
            where = f"{name}, sheet {SHEET}, cell {_column(column)}{grid.first_row + top}"
            raise ArgumentError(f"{where}: the heading {cell!r} stands there twice; keep one")
        if heading:
            columns[heading] = column
    found = []
    for place, row in enumerate(grid.rows[top + 1 :], start=grid.first_row + top + 1):
        cells = {cell: _at(row, columns.get(cell)) for cell in CELLS}
        key = str(_at(row, columns["kunci"])).strip()
        if not key and all(value == "" for value in cells.values()):
            continue
        where = f"{name}, sheet {SHEET}, row {place}"
        places = {
            cell: f"{name}, sheet {SHEET}, cell {_column(columns[cell])}{place}"
            for cell in CELLS
            if cell in columns
        }
        found.append(Line(key=key, cells=cells, where=where, places=places))
    return found


def _at(row: Sequence[Any], column: int | None) -> Any:
    return row[column] if column is not None and column < len(row) else ""
