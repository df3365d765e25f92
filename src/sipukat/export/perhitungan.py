"""The sheet that computes the index of every unit from sums of answers, with live formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sipukat._text import round_half_up
from sipukat.export.formulas import banded, exact, rounded
from sipukat.export.sheet import at, span
from sipukat.report.processing import band_of

if TYPE_CHECKING:
    from sipukat.export.sheet import Sheet
    from sipukat.report.sheets import Tally, TallyRow

_HEAD, _WEIGHTS, _FIRST = 4, 5, 6
_SUMS: Final = 3
_LOOK: Final = {"num_format": "0.000", "align": "right"}
_TWO: Final = {"num_format": "0.00", "align": "right"}


def write(sheet: Sheet, block: Tally) -> dict[int | None, str]:
    """Write the sheet, and return where the IKM of each unit stands, by its number."""
    k = len(block.unsur)
    sheet.text(0, 0, block.title, "title")
    sheet.text(1, 0, block.note, "label")
    groups = ("Σ nilai", "jumlah jawaban", "NRR", "NRR tertimbang")
    heads = [
        "No.",
        "Unit",
        "n",
        *(unsur.code for _ in groups for unsur in block.unsur),
        "Indeks",
        "IKM",
        "Mutu",
    ]
    for place, name in enumerate(groups):
        first = _SUMS + place * k
        sheet.span(_HEAD - 1, first, first + k - 1, name, "head")
    for column, head in enumerate(heads):
        sheet.text(_HEAD, column, head, "head")
    sheet.text(_WEIGHTS, 1, "bobot", "label")
    for place, unsur in enumerate(block.unsur):
        column = _SUMS + 3 * k + place
        sheet.formula(_WEIGHTS, column, exact(unsur.weight), float(unsur.weight), "cell", **_LOOK)
    cells: dict[int | None, str] = {}
    for line, row in enumerate(block.rows):
        cells[row.number] = _row(sheet, block, row, _FIRST + line)
    sheet.worksheet.freeze_panes(_WEIGHTS + 1, _SUMS)
    widths = [5.0, 36.0, 8.0, *[7.0] * (4 * k), 9.0, 9.0, 7.0]
    sheet.finish(widths, rows=_FIRST + len(block.rows), landscape=True, repeat=(_HEAD - 1, _HEAD))
    sheet.worksheet.set_paper(8)  # A3, two pages wide: forty columns on one page nobody can read
    sheet.worksheet.fit_to_pages(2, 0)
    sheet.worksheet.repeat_columns(0, _SUMS - 1)
    return {number: f"'{sheet.name}'!{cell}" for number, cell in cells.items()}


def _row(sheet: Sheet, block: Tally, row: TallyRow, line: int) -> str:
    """Write one unit, and return the address of its IKM."""
    k, look = len(block.unsur), "total" if row.number is None else "cell"
    sums, counts, means, shares = (_SUMS + place * k for place in range(4))
    weights = span(_WEIGHTS, shares, _WEIGHTS, shares + k - 1)
    answered = span(line, counts, line, counts + k - 1)
    if row.number is None:
        sheet.text(line, 0, "", look)
    else:
        sheet.number(line, 0, row.number, look)
    sheet.text(line, 1, row.name, look)
    sheet.number(line, 2, row.respondents, look)
    stretch = f"SUM({weights})/SUMPRODUCT({weights}*({answered}>0))"
    for place, (total, count, unsur) in enumerate(zip(row.totals, row.answered, block.unsur, strict=True)):
        sheet.number(line, sums + place, total, look)
        sheet.number(line, counts + place, count, look)
        a, b = at(line, sums + place), at(line, counts + place)
        mean = "" if not count else float(_half_up(Fraction(total, count), block.nrr_decimals))
        nrr = rounded(f"{a}/{b}", block.nrr_decimals)
        sheet.formula(line, means + place, f'IF({b}>0,{nrr},"")', mean, look, **_LOOK)
        term = rounded(
            f"{at(line, means + place)}*{at(_WEIGHTS, shares + place, fixed='both')}*{stretch}",
            block.weighted_decimals,
        )
        share = "" if not count else float(_term(block, row, Fraction(total, count), unsur.weight))
        sheet.formula(line, shares + place, f'IF({b}>0,{term},"")', share, look, **_LOOK)
    index_at, ikm_at = shares + k, shares + k + 1
    if block.missing == "pooled":
        top, below = span(line, sums, line, sums + k - 1), answered
        index = f"SUMPRODUCT({weights}*{top})/SUMPRODUCT({weights}*{below})*SUM({weights})"
    else:
        index = rounded(f"SUM({span(line, shares, line, shares + k - 1)})", block.index_decimals)
    known = row.expected is not None
    value = float(Fraction(row.expected) / block.factor) if row.expected is not None else ""
    sheet.formula(line, index_at, f'IF(SUM({answered})>0,{index},"")', value, look, **_LOOK)
    ikm = f'IF(ISNUMBER({at(line, index_at)}),{rounded(f"{at(line, index_at)}*{exact(block.factor)}", 2)},"")'
    sheet.formula(line, ikm_at, ikm, float(row.expected) if row.expected is not None else "", look, **_TWO)
    if block.bands:
        band = band_of(row.expected, block.bands) if known else None
        words = [b.mutu for b in block.bands]
        said = band.mutu if band else ""
        sheet.formula(
            line, ikm_at + 1, banded(at(line, ikm_at), block.bands, words), said, look, align="center"
        )
    return at(line, ikm_at, fixed="both")


def _term(block: Tally, row: TallyRow, mean: Fraction, weight: Fraction) -> Fraction:
    whole = sum((unsur.weight for unsur in block.unsur), Fraction(0))
    held = sum((u.weight for u, n in zip(block.unsur, row.answered, strict=True) if n), Fraction(0))
    return _half_up(_half_up(mean, block.nrr_decimals) * weight * whole / held, block.weighted_decimals)


def _half_up(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else Fraction(round_half_up(value, decimals))
