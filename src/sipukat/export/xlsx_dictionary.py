"""The data dictionary of a workbook: what every column of its tables means, in which unit, and by what."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import listing, number
from sipukat.export.xlsx_print import row_room
from sipukat.report.document import Figure, Poster
from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat._text import Lang
    from sipukat.export.sheet import Sheet
    from sipukat.report.document import Column, Document, Table

_WIDTHS: Final = (14.0, 16.0, 24.0, 20.0, 10.0, 16.0, 52.0, 44.0)


@cache
def _words(lang: Lang) -> Mapping[str, Any]:
    text = files("sipukat.export").joinpath("xlsx_dictionary.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)[lang]
    return found


def name_of(lang: Lang) -> str:
    """Return the name of the sheet.

    Examples
    --------
    >>> name_of("id"), name_of("en")
    ('Kamus', 'Dictionary')
    """
    return str(_words(lang)["head"]["sheet"])


def entries(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield a row for every column of every table: table, key, heading, kind, unit, range, meaning, basis.

    A column that the dictionary does not know, such as one of a plugin, has its own names
    and an empty meaning; nothing is guessed.

    Parameters
    ----------
    document
        The document.
    """
    words = _words(document.lang)
    ranges = _ranges(document)
    law = next((item.value for item in document.provenance.items if item.key == "standard"), "")
    for table in _tables(document):
        for column in table.columns:
            known = _entry(words["column"], table, column)
            kind = words["head"][column.kind].format(decimals=column.decimals)
            basis = "" if not known else law if known["law"] else words["head"]["own"]
            told = (known.get("unit", ""), ranges.get(known.get("range", ""), ""), known.get("meaning", ""))
            yield (table.name, column.key, column.label, kind, *told, basis)


def _entry(columns: Mapping[str, Any], table: Table, column: Column) -> Mapping[str, Any]:
    stem = "by" if column.key.startswith("by_") else column.key
    name = table.id.rstrip("0123456789").rstrip("_")  # tables of one kind are counted: lampiran_2
    for key in (f"{name}.{stem}", stem, f"{name}.*"):
        if key in columns:
            found: Mapping[str, Any] = columns[key]
            return found
    return {}


def _tables(document: Document) -> Iterator[Table]:
    seen: set[tuple[str, ...]] = set()
    block = document.processing
    for table in (*document.tables, *((footer_table(block, lang=document.lang),) if block else ())):
        # Tables of one kind, such as the annex of each service, are explained once.
        kind = tuple(f"{column.key} {column.label}" for column in table.columns)
        if kind not in seen:
            seen.add(kind)
            yield table


def _ranges(document: Document) -> dict[str, str]:
    lang, between = document.lang, "{}–{}".format
    found = {"count": "≥ 0", "share": between(0, 100)}
    figures = [block.gauge if isinstance(block, Poster) else block for block in document.blocks]
    gauges = [f for f in figures if isinstance(f, Figure) and f.chart in {"band_gauge", "zone_gauge"}]
    scale = gauges[0] if gauges else None
    if scale is None:
        return found
    low, high = scale.axis
    found["index"] = between(number(low, lang=lang), number(high, lang=lang))
    found["letters"] = ", ".join(band.mutu for band in reversed(scale.bands))
    found["performance"] = listing([band.kinerja for band in reversed(scale.bands)], lang=lang)
    sums = next((b for b in document.blocks if isinstance(b, Processing | Tally)), None)
    if sums is not None:
        ends = (number(Fraction(end) / sums.factor, 0, lang=lang) for end in scale.axis)
        found["score"] = between(*ends)
    return found


def write(sheet: Sheet, document: Document) -> None:
    """Write the dictionary."""
    words = _words(document.lang)["head"]
    sheet.text(0, 0, words["note"], "label")
    for column, head in enumerate(words["heads"].split("|")):
        sheet.text(1, column, head, "head")
    rows = list(entries(document))
    for row, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            sheet.text(row, column, cell, "cell", text_wrap=True)
        sheet.worksheet.set_row(row, row_room(cells, _WIDTHS))
    sheet.worksheet.freeze_panes(2, 0)
    sheet.finish(_WIDTHS, rows=len(rows) + 2, landscape=True, repeat=(1, 1))
