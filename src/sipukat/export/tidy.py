"""Tables for programs: stable names, one kind a column, and nothing that only the eye needs.

A `Table` is made to be read: rows that sum others up stand at its end, rows that open a
group have one filled cell, and a cell without a number says why. Here each of these
becomes a column of its own, so that every row is one observation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sipukat._text import round_half_up
from sipukat.report.document import Column, Table
from sipukat.report.processing import footer_table, footers
from sipukat.report.sheets import Processing, Tally
from sipukat.report.withholding import CELL, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.cleaning import Cell
    from sipukat.report.document import Document

Value: TypeAlias = str | int | Decimal | bool | None
Kind: TypeAlias = Literal["string", "integer", "number", "boolean"]

_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")
UNIT_UNSUR: Final = "unit_unsur"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "total": "Baris jumlah",
        "group": "Kelompok",
        "note": "{label}: alasan tidak ada angka",
        "unit": "Unit",
        "kode": "Kode",
        "nama": "Unsur",
        "answered": "Jawaban",
        "nilai": "Nilai",
        "caption": "Nilai tiap unsur menurut unit",
        "shown": "Unit yang ditahan, atau yang satu unsurnya dijawab terlalu sedikit orang, tidak dimuat.",
    },
    "en": {
        "total": "Row of totals",
        "group": "Group",
        "note": "{label}: why there is no number",
        "unit": "Unit",
        "kode": "Code",
        "nama": "Unsur",
        "answered": "Answers",
        "nilai": "Value",
        "caption": "Value of each unsur by unit",
        "shown": "Units that are withheld, or of which too few people answered an unsur, are not here.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyColumn:
    """A column: a stable name, its kind, and its heading for people."""

    key: str
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyTable:
    """A table for programs.

    Parameters
    ----------
    id
        Stable name.
    caption, note
        What it shows, and what a reader must know; for people.
    columns
        Its columns; no two have one key.
    rows
        One tuple a row; None is missing.
    primary
        Keys of the columns that name a row, where they do; empty where none does.
    """

    id: str
    caption: str
    note: str
    columns: tuple[TidyColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    primary: tuple[str, ...] = ()

    def column(self, key: str) -> Iterator[Value]:
        """Yield the values of a column."""
        place = [column.key for column in self.columns].index(key)
        return (row[place] for row in self.rows)


def tidy_tables(document: Document) -> tuple[TidyTable, ...]:
    """Return every table of a document, in its order; no two have one id.

    Of a processing sheet, the footer; respondents' rows are left out. Sums by unit become
    a table of units by unsur.

    Parameters
    ----------
    document
        The document.
    """
    found: list[TidyTable] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found.append(tidy(block, lang=document.lang))
        elif isinstance(block, Processing):
            found.append(tidy(footer_table(block, lang=document.lang), lang=document.lang))
        if isinstance(block, Processing | Tally) and (sums := _unit_unsur(block, document)):
            found.append(tidy(sums, lang=document.lang))
    taken: dict[str, int] = {}
    unique = []
    for table in found:
        name = _NOT_NAME.sub("-", table.id.casefold())  # two ids may not be one name of a file
        taken[name] = count = taken.get(name, 0) + 1
        unique.append(table if count == 1 else replace(table, id=f"{table.id}_{count}"))
    return tuple(unique)


def tidy(table: Table, *, lang: Lang = "id") -> TidyTable:
    """Return a table for programs.

    Parameters
    ----------
    table
        The table.
    lang
        Language of the headings that are added.

    Examples
    --------
    >>> unit, ikm = Column(key="unit", label="Unit"), Column(key="ikm", label="IKM", kind="number")
    >>> rows = [("A", 90.643), ("B", "ditahan"), ("Jumlah", 88)]
    >>> found = tidy(Table(id="t", name="T", caption="C", columns=(unit, ikm), rows=rows, total_rows=1))
    >>> [column.key for column in found.columns]
    ['unit', 'ikm', 'ikm_note', 'total']
    >>> found.rows[1]
    ('B', None, 'ditahan', False)
    """
    words = _WORDS[lang]
    noted = [_noted(table, place) for place in range(len(table.columns))]
    columns: list[TidyColumn] = []
    if table.group_rows:
        columns.append(TidyColumn(key="group", kind="string", label=words["group"]))
    for column, has_note in zip(table.columns, noted, strict=True):
        kind: Kind = "string" if column.kind == "text" else column.kind
        columns.append(TidyColumn(key=column.key, kind=kind, label=column.label))
        if has_note:
            label = words["note"].format(label=column.label)
            columns.append(TidyColumn(key=f"{column.key}_note", kind="string", label=label))
    if table.total_rows:
        columns.append(TidyColumn(key="total", kind="boolean", label=words["total"]))
    keyed = _unique_keys(columns)
    rows = tuple(_rows(table, noted))
    return TidyTable(
        id=table.id,
        caption=table.caption,
        note=table.note,
        columns=keyed,
        rows=rows,
        primary=_primary(table, keyed, rows),
    )


def _noted(table: Table, place: int) -> bool:
    """Whether a column of numbers has a text in it that says why there is none."""
    if table.columns[place].kind == "text":
        return False
    return any(isinstance(row[place], str) and row[place] for row in table.rows)


def _rows(table: Table, noted: Sequence[bool]) -> Iterator[tuple[Value, ...]]:
    groups, group = set(table.group_rows), None
    plain = len(table.rows) - table.total_rows
    for place, row in enumerate(table.rows):
        if place in groups:
            group = next((str(cell) for cell in row if cell not in (None, "")), None)
            continue
        cells: list[Value] = [group] if groups else []
        for cell, column, has_note in zip(row, table.columns, noted, strict=True):
            cells += _cells(cell, column, has_note=has_note)
        if table.total_rows:
            cells.append(place >= plain)
        yield tuple(cells)


def _cells(cell: Cell, column: Column, *, has_note: bool) -> list[Value]:
    if column.kind == "text":
        return [cell or None]
    words = cell if isinstance(cell, str) else None
    value = None if isinstance(cell, str) else cell
    return [value, words or None] if has_note else [value]


def _unique_keys(columns: Sequence[TidyColumn]) -> tuple[TidyColumn, ...]:
    taken: set[str] = set()
    unique = []
    for column in columns:
        key, count = column.key, 1
        while key in taken:
            count += 1
            key = f"{column.key}_{count}"
        taken.add(key)
        unique.append(replace(column, key=key))
    return tuple(unique)


def _primary(
    table: Table, columns: Sequence[TidyColumn], rows: Sequence[tuple[Value, ...]]
) -> tuple[str, ...]:
    """Return the columns that name a row, if they do: none is empty, and no two rows are alike."""
    keys = [column.key for column in columns]
    by = [key for key in keys if key.startswith("by_")]
    texts = [column.key for column in columns if column.kind == "string" and column.key != "group"]
    named = table.named_by if table.named_by in keys else next(iter(texts), "")
    marks = [key for key in ("group", "total") if key in keys]
    for names in (by or [named], texts[:2], [keys[0]]):
        chosen = tuple(key for key in keys if key in {*names, *marks})
        places = [keys.index(key) for key in chosen]
        found = [tuple(row[place] for place in places) for row in rows]
        if chosen and None not in {value for row in found for value in row} and len(set(found)) == len(found):
            return chosen
    return ()


def _unit_unsur(sums: Processing | Tally, document: Document) -> Table | None:
    """Return a table of units by unsur, from the exact sums; None where there is one unit."""
    if isinstance(sums, Tally):
        units = [(row.name, row.totals, row.answered) for row in sums.rows if row.number is not None]
    else:
        units = _shown_units(sums, document)
    rows: list[tuple[Any, ...]] = []
    for name, totals, answered in units:
        for unsur, total, count in zip(sums.unsur, totals, answered, strict=True):
            nrr = Fraction(total, count) if count else None
            nilai = None if nrr is None else round_half_up(nrr * sums.factor, 2)
            rows.append((name, unsur.code, unsur.nama, count, nrr, nilai))
    if not rows:
        return None
    words = _WORDS[document.lang]
    return Table(
        id=UNIT_UNSUR,
        name="Unit x unsur",
        caption=words["caption"],
        columns=(
            Column(key="unit", label=words["unit"]),
            Column(key="kode", label=words["kode"]),
            Column(key="nama", label=words["nama"]),
            Column(key="n", label=words["answered"], kind="integer"),
            Column(key="nrr", label="NRR", kind="number", decimals=3),
            Column(key="nilai", label=words["nilai"], kind="number"),
        ),
        rows=tuple(rows),
        note=words["shown"],
    )


def _shown_units(sheet: Processing, document: Document) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """Return name, sums and counts of the units that may show them, as the sums by unit do.

    The sheet itself is an internal paper and knows no threshold: `CELL` holds.
    """
    data: Any = document.data
    groups = [tuple(group["group"]) for group in data.get("groups", ())]
    keys = groups if len(groups) == len(sheet.units) else [(place,) for place in range(len(sheet.units))]
    found = {
        key: (name, tuple(u.total for u in sums.unsur), tuple(u.answered for u in sums.unsur))
        for key, name, sums in zip(keys, sheet.units, footers(sheet), strict=True)
        if sums.respondents
    }
    hidden: frozenset[tuple[Any, ...]] = frozenset()
    grown = True
    while grown:
        before = hidden
        for place in range(len(sheet.unsur)):
            sizes = {key: answered[place] for key, (_, _, answered) in found.items() if answered[place]}
            hidden |= withheld(sizes, below=CELL, already=hidden).names
        grown = hidden != before
    return [unit for key, unit in found.items() if key not in hidden]
