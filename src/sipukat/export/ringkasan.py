"""The live part of the summary sheet: each unit's IKM computed again from the answers.

A unit is looked up by its number, never by its name: a name may hold what a spreadsheet
takes for a wildcard or a comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat.export.formulas import banded, exact, rounded
from sipukat.export.sheet import at, span
from sipukat.report.processing import band_of, footer, footers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.export.pengolahan import Places
    from sipukat.export.sheet import Sheet
    from sipukat.report.document import Table
    from sipukat.report.processing import Footer
    from sipukat.report.sheets import Processing

_TWO: Final = {"num_format": "0.00", "align": "right"}
_THREE: Final = {"num_format": "0.000", "align": "right", "font_color": "#55636f"}
_WHOLE: Final = {"num_format": "0", "align": "right"}
_GAP: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A table of units and the sheet that it is computed from."""

    block: Processing
    places: Places
    columns: dict[str, int]

    @classmethod
    def of(cls, table: Table, block: Processing, places: Places) -> Live | None:
        """Return the link of a table to the sheet, or None where the table is not its summary."""
        columns = {column.key: place for place, column in enumerate(table.columns)}
        if table.id != block.summary or not {"no", "n", "ikm"} <= columns.keys():
            return None
        return cls(block=block, places=places, columns=columns)

    def write(self, sheet: Sheet, table: Table, top: int) -> None:
        """Write the NRR of every unit beside the table, and put formulas into it."""
        aside = len(table.columns) + _GAP
        last = aside + self.places.unsur - 1
        sheet.span(top - 1, aside, last, "NRR per unsur (rumus hidup dari lembar Pengolahan)", "label")
        for place, unsur in enumerate(self.block.unsur):
            sheet.text(top, aside + place, unsur.code, "head")
        plain = len(table.rows) - table.total_rows
        units = footers(self.block)
        for line, cells in enumerate(table.rows):
            row, unit = top + 1 + line, cells[self.columns["no"]]
            if line >= plain:
                self._row(sheet, row, aside, None, footer(self.block))
            elif isinstance(unit, int) and isinstance(cells[self.columns["n"]], int):  # else withheld
                self._row(sheet, row, aside, unit, units[unit - 1])

    def _row(self, sheet: Sheet, row: int, aside: int, unit: int | None, sums: Footer) -> None:
        look = "total" if unit is None else "cell"
        number = at(row, self.columns["no"], fixed="column")
        for place, one in enumerate(sums.unsur):
            column = self.places.first + place
            value = "" if one.nrr is None else float(one.nrr)
            formula = self.places.cell(2, column) if unit is None else self._nrr(column, number)
            sheet.formula(row, aside + place, formula, value, look, **_THREE)
        everyone = f"ROWS({self.places.column(0)})"
        count = everyone if unit is None else f"COUNTIF({self._units()},{number})"
        sheet.formula(row, self.columns["n"], count, sums.respondents, look, **_WHOLE)
        means = span(row, aside, row, aside + self.places.unsur - 1)
        ikm = self.places.cell(5, self.places.sums) if unit is None else self._ikm(means, number, sums)
        cell, value = at(row, self.columns["ikm"]), "" if sums.ikm is None else float(sums.ikm)
        if ikm:
            sheet.formula(row, self.columns["ikm"], ikm, value, look, **_TWO)
        if self.block.bands:
            self._letters(sheet, row, cell, sums, look)

    def _letters(self, sheet: Sheet, row: int, cell: str, sums: Footer, look: str) -> None:
        bands = self.block.bands
        band = band_of(sums.ikm, bands)
        for key, words, said, align in (
            ("mutu", [b.mutu for b in bands], band.mutu if band else "", "center"),
            ("kinerja", [b.kinerja for b in bands], band.kinerja if band else "", "left"),
        ):
            if key in self.columns:
                sheet.formula(row, self.columns[key], banded(cell, bands, words), said, look, align=align)

    def _units(self) -> str:
        return self.places.column(self.places.first - 1)

    def _nrr(self, column: int, number: str) -> str:
        wanted = f"{self.places.column(column)},{self._units()},{number}"
        if self.block.missing == "complete":
            wanted += f",{self.places.column(self.places.answered)},{self.places.unsur}"
        mean = rounded(f"AVERAGEIFS({wanted})", self.block.nrr_decimals)
        return f'IFERROR({mean},"")'

    def _ikm(self, means: str, number: str, sums: Footer) -> str:
        """Return the formula of a unit's IKM, or nothing where none is simple enough to be followed."""
        weights, factor = self.places.footing(3), exact(self.block.factor)
        blank = any(not one.answered for one in sums.unsur)
        if self.block.missing == "pooled":
            theirs = f"({self._units()}={number})*{weights}"
            answers = self.places.answers()
            share = f"SUMPRODUCT({theirs}*{answers})/SUMPRODUCT({theirs}*ISNUMBER({answers}))"
            ikm = rounded(f"{share}*SUM({weights})*{factor}", 2)
            return f'IFERROR({ikm},"")'
        index = f"SUMPRODUCT({means},{weights})"
        if blank and self.block.weighted_decimals is not None:
            return ""
        if blank:
            index += f"*SUM({weights})/SUMPRODUCT({weights}*ISNUMBER({means}))"
        elif self.block.weighted_decimals is not None:
            product = rounded(f"{means}*{weights}", self.block.weighted_decimals)
            index = f"SUMPRODUCT({product})"
        ikm = rounded(f"{rounded(index, self.block.index_decimals)}*{factor}", 2)
        return f'IFERROR({ikm},"")'


def link(sheet: Sheet, table: Table, head: int, cells: Mapping[int | None, str]) -> None:
    """Let the IKM of every unit be that of the sheet that computes it; withheld units have none."""
    columns = {column.key: place for place, column in enumerate(table.columns)}
    if not cells or not {"no", "ikm"} <= columns.keys():
        return
    plain = len(table.rows) - table.total_rows
    for line, row in enumerate(table.rows):
        number, value = row[columns["no"]], row[columns["ikm"]]
        key = number if line < plain and isinstance(number, int) else None
        if key in cells and value is not None and (line >= plain or key is not None):
            look = "total" if line >= plain else "cell"
            sheet.formula(head + 1 + line, columns["ikm"], cells[key], float(value), look, **_TWO)
