"""The official processing sheet in a workbook: answers, and a footer of live formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat.errors import ArgumentError
from sipukat.export.formulas import banded, exact, rounded
from sipukat.export.sheet import ROWS, at, span
from sipukat.report.processing import band_of, footer

if TYPE_CHECKING:
    from sipukat.export.sheet import Sheet
    from sipukat.report.processing import Footer, UnsurSum
    from sipukat.report.sheets import Processing

_TOP: Final = 6  # first row of answers
_FOOT: Final = 9  # rows of the footer
_INTERNAL: Final = (
    "Lembar ini memuat jawaban per responden: kertas kerja intern, jangan dipublikasikan. "
    "(Respondents' answers: an internal working paper, not for publication.)"
)
_FOUR: Final = {"num_format": "0.0000", "align": "center"}
_TWO: Final = {"num_format": "0.00", "align": "center"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things stand on the sheet; rows and columns count from 0.

    Parameters
    ----------
    sheet
        Name of the sheet, for formulas on others.
    rows, unsur
        Number of respondents and of unsur.
    first
        Column of the first unsur.
    """

    sheet: str
    rows: int
    unsur: int
    first: int

    @property
    def last(self) -> int:
        """Column of the last unsur."""
        return self.first + self.unsur - 1

    @property
    def sums(self) -> int:
        """Column of the sums over the unsur."""
        return self.last + 1

    @property
    def answered(self) -> int:
        """Column of the number of answers of each respondent, with the policy ``complete``."""
        return self.last + 2

    @property
    def bottom(self) -> int:
        """Last row of answers."""
        return _TOP + max(self.rows, 1) - 1

    def foot(self, line: int) -> int:
        """Row of a line of the footer: 0 sum, 1 answered, 2 NRR, 3 weight, 4 weighted, 5 IKM, 6 mutu."""
        return self.bottom + 1 + line

    def column(self, column: int) -> str:
        """Address of a column of the answers."""
        return span(_TOP, column, self.bottom, column, sheet=self.sheet)

    def answers(self) -> str:
        """Address of all answers."""
        return span(_TOP, self.first, self.bottom, self.last, sheet=self.sheet)

    def footing(self, line: int) -> str:
        """Address of a line of the footer."""
        return span(self.foot(line), self.first, self.foot(line), self.last, sheet=self.sheet)

    def cell(self, line: int, column: int) -> str:
        """Address of one cell of the footer."""
        return f"'{self.sheet}'!{at(self.foot(line), column, fixed='both')}"


def write(sheet: Sheet, block: Processing, *, subtitle: str) -> Places:
    """Write the sheet and return where things stand on it.

    Raises
    ------
    ArgumentError
        If there are more respondents than a sheet has rows.
    """
    if len(block.answers) + _TOP + _FOOT + len(block.legend) + 4 > ROWS:
        raise ArgumentError(f"{len(block.answers)} respondents do not fit into a sheet of {ROWS} rows")
    grouped = bool(block.unit_of)
    places = Places(
        sheet=sheet.name, rows=len(block.answers), unsur=len(block.unsur), first=3 if grouped else 1
    )
    _head(sheet, block, places, subtitle)
    _answers(sheet, block, places)
    _footer(sheet, block, places, footer(block))
    row = _legend(sheet, block, places)
    widths = [*((9.0, 28.0, 6.0) if grouped else (30.0,)), *(10.5 for _ in block.unsur), 12.0]
    if block.missing == "complete":
        widths.append(9.0)
    sheet.worksheet.freeze_panes(_TOP, places.first)
    sheet.finish(widths, rows=row, landscape=True, repeat=(3, _TOP - 1))
    return places


def _head(sheet: Sheet, block: Processing, places: Places, subtitle: str) -> None:
    sheet.text(0, 0, block.title, "title")
    sheet.text(1, 0, subtitle, "subtitle")
    sheet.text(2, 0, _INTERNAL, "warning", text_wrap=False)
    tall = [(0, block.first_column)]
    if places.first > 1:
        tall += [(1, "Unit pelayanan"), (2, "No. unit")]
    tall.append((places.sums, "Jumlah"))
    if block.missing == "complete":
        tall.append((places.answered, "Unsur terisi"))
    for column, words in tall:
        sheet.worksheet.merge_range(3, column, _TOP - 1, column, "", sheet.book.look("head"))
        sheet.text(3, column, words, "head")
    sheet.span(3, places.first, places.last, "Nilai unsur pelayanan", "head")
    for column, unsur in enumerate(block.unsur, start=places.first):
        sheet.text(4, column, unsur.code, "head")
        sheet.text(5, column, unsur.nama, "head", font_size=8, bold=False)
    sheet.worksheet.set_row(5, 46)


def _answers(sheet: Sheet, block: Processing, places: Places) -> None:
    middle = {"align": "center", "num_format": "0"}
    for line, answers in enumerate(block.answers):
        row = _TOP + line
        sheet.integers(row, 0, block.respondents[line : line + 1], align="center")
        of: tuple[int | None, ...] = ()
        if block.unit_of:
            unit = block.unit_of[line]
            sheet.text(row, 1, "ditahan (kelompok kecil)" if unit is None else block.units[unit - 1], "cell")
            of = (unit,)
        # The number of the unit, the answers, and the cell under the sums, side by side.
        sheet.integers(row, places.first - len(of), (*of, *answers, None), align="center")
        if block.missing == "complete":
            count = span(row, places.first, row, places.last)
            given = sum(answer is not None for answer in answers)
            sheet.formula(row, places.answered, f"COUNT({count})", given, **middle)


def _footer(sheet: Sheet, block: Processing, places: Places, sums: Footer) -> None:
    total, nrr, weighted, ikm = (
        f"{words} {mark}".strip() for words, mark in zip(block.footer_rows, block.footer_marks, strict=True)
    )
    names = (total, "Kuesioner terisi per unsur", nrr, "Bobot per unsur", weighted, ikm, "Mutu pelayanan")
    for line, words in enumerate((*names, "Kinerja unit pelayanan")):
        sheet.span(places.foot(line), 0, places.first - 1, words, "total", text_wrap=True)
        for column in range(places.first, places.sums + 1):
            sheet.blank(places.foot(line), column, "total")
    blank = any(not one.answered for one in sums.unsur)
    for place, one in enumerate(sums.unsur):
        _footer_of(sheet, block, places, place, one, blank=blank)
    _index(sheet, block, places, sums)


def _footer_of(
    sheet: Sheet, block: Processing, places: Places, place: int, one: UnsurSum, *, blank: bool
) -> None:
    column = places.first + place
    whole = {"num_format": "0", "align": "center"}
    answers = span(_TOP, column, places.bottom, column)
    total, count = f"SUM({answers})", f"COUNT({answers})"
    if block.missing == "complete":
        filled = span(_TOP, places.answered, places.bottom, places.answered)
        total = f"SUMIFS({answers},{filled},{places.unsur})"
        count = f"COUNTIFS({filled},{places.unsur})"
    cells = [at(places.foot(line), column) for line in range(5)]
    sheet.formula(places.foot(0), column, total, one.total, "total", **whole)
    sheet.formula(places.foot(1), column, count, one.answered, "total", **whole)
    mean = rounded(f"{cells[0]}/{cells[1]}", block.nrr_decimals)
    nrr = "" if one.nrr is None else float(one.nrr)
    sheet.formula(places.foot(2), column, f'IF({cells[1]}=0,"",{mean})', nrr, "total", **_FOUR)
    weight = block.unsur[place].weight
    sheet.formula(places.foot(3), column, exact(weight), float(weight), "total", **_FOUR)
    product = f"{cells[2]}*{cells[3]}"
    if blank:
        weights, counts = (span(places.foot(i), places.first, places.foot(i), places.last) for i in (3, 1))
        product = f"{product}*SUM({weights})/SUMPRODUCT({weights}*({counts}>0))"
    product = rounded(product, block.weighted_decimals)
    weighted = "" if one.weighted is None else float(one.weighted)
    sheet.formula(places.foot(4), column, f'IF({cells[1]}=0,"",{product})', weighted, "total", **_FOUR)


def _index(sheet: Sheet, block: Processing, places: Places, sums: Footer) -> None:
    lines = [span(places.foot(i), places.first, places.foot(i), places.last) for i in range(5)]
    index = rounded(f"SUM({lines[4]})", block.index_decimals)
    if block.missing == "pooled":
        index = f"SUMPRODUCT({lines[3]},{lines[0]})/SUMPRODUCT({lines[3]},{lines[1]})*SUM({lines[3]})"
    column = places.sums
    index_cell, ikm_cell = at(places.foot(4), column), at(places.foot(5), column)
    nothing = f"SUM({lines[1]})=0"
    value = "" if sums.index is None else float(sums.index)
    sheet.formula(places.foot(4), column, f'IF({nothing},"",{index})', value, "total", **_FOUR)
    ikm = rounded(f"{index_cell}*{exact(block.factor)}", 2)
    value = "" if sums.ikm is None else float(sums.ikm)
    accent = {"font_color": "#0b5788", "font_size": 12}
    sheet.formula(places.foot(5), column, f'IF({nothing},"",{ikm})', value, "total", **_TWO, **accent)
    if not block.bands:
        return
    band = band_of(sums.ikm, block.bands)
    for line, words, said in (
        (6, [b.mutu for b in block.bands], band.mutu if band else ""),
        (7, [b.kinerja for b in block.bands], band.kinerja if band else ""),
    ):
        formula = banded(ikm_cell, block.bands, words)
        sheet.formula(places.foot(line), column, formula, said, "total", align="center")


def _legend(sheet: Sheet, block: Processing, places: Places) -> int:
    row = places.foot(_FOOT)
    rounding = (
        "Pembulatan: setengah ke atas, satu kali, pada IKM; pembulatan ke 10 desimal lebih dahulu "
        "hanya membuang galat bilangan biner."
    )
    for words in ("Keterangan:", *block.legend, rounding):
        sheet.text(row, 0, words, "label")
        row += 1
    return row
