"""The blocks that a workbook computes with: the official processing sheet, and sums by unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from sipukat._model import Record
from sipukat.report.cleaning import Text


class Band(Record):
    """A band of the scale, from `low` up to where the next begins."""

    low: Decimal
    mutu: Text
    kinerja: Text


class ProcessedUnsur(Record):
    """An unsur of the processing sheet; its weight is exact, e.g. 1/9."""

    code: Text
    nama: Text
    weight: Fraction


class Processing(Record):
    """The official sheet *Pengolahan data survei per responden dan per unsur pelayanan*.

    It holds respondents' answers: only an internal working paper (the workbook) writes
    its rows; every other format writes `sipukat.report.processing.footer` alone.

    Parameters
    ----------
    id
        Its name in the document.
    title
        Official title, as the regulation's form has it.
    respondents
        Number of each respondent, as in the file or counted from 1.
    units
        Names of the units, in the order of the table of units.
    summary
        Id of the table whose rows are those units: its columns ``no``, ``n``, ``ikm``,
        ``mutu`` and ``kinerja`` can be computed from the sheet.
    unit_of
        For each respondent the place of its unit in `units`, counted from 1, or None
        where it is withheld; empty where the survey is of one unit.
    unsur
        The unsur, in the order of the columns.
    answers
        One tuple a respondent: a score, or None where the unsur was not answered.
    factor
        IKM = index x factor.
    missing
        ``"per_unsur"``, ``"pooled"`` or ``"complete"``.
    nrr_decimals, weighted_decimals, index_decimals
        Where the profile rounds on the way; None rounds nowhere but at the end.
    bands
        The bands, lowest first; empty where the law has none.
    expected
        The published IKM, 2 decimals, which the sheet's formulas must give.
    first_column, footer_rows, footer_marks, legend
        The form's words: heading of the respondents' numbers; labels and marks of sum, NRR,
        weighted NRR and IKM; explanations, a line each.
    """

    kind: Literal["processing"] = "processing"
    id: str = "pengolahan"
    title: Text
    respondents: tuple[int, ...]
    summary: str = ""
    units: tuple[Text, ...] = ()
    unit_of: tuple[int | None, ...] = ()
    unsur: tuple[ProcessedUnsur, ...]
    answers: tuple[tuple[int | None, ...], ...]
    factor: Fraction
    missing: Literal["per_unsur", "pooled", "complete"] = "per_unsur"
    nrr_decimals: int | None = None
    weighted_decimals: int | None = None
    index_decimals: int | None = None
    bands: tuple[Band, ...] = ()
    expected: Decimal | None
    first_column: Text = "No. Resp"
    footer_rows: tuple[Text, Text, Text, Text] = (
        "Σ Nilai per unsur", "NRR per unsur", "NRR tertimbang per unsur", "IKM UNIT PELAYANAN",
    )  # fmt: skip
    footer_marks: tuple[Text, Text, Text, Text] = ("", "", "*)", "**)")
    legend: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _shape(self) -> Processing:
        rows, width = len(self.answers), len(self.unsur)
        if len(self.respondents) != rows or len(self.unit_of) not in {0, rows}:
            raise ValueError(f"{rows} rows of answers need as many respondents, and as many units or none")
        if any(len(row) != width for row in self.answers):
            raise ValueError(f"every row of answers must have {width} cells, one an unsur")
        return self


class TallyRow(Record):
    """The sums of one unit: respondents, and a sum of scores and a number of answers for each unsur.

    `number` is that of the unit in the table of units, None for the whole.
    """

    number: int | None
    name: Text
    respondents: int
    totals: tuple[int, ...]
    answered: tuple[int, ...]
    expected: Decimal | None


class Tally(Record):
    """Sums of answers by unit, from which a workbook computes the index before the reader's eyes.

    It takes the place of the processing sheet where respondents' answers are not at hand
    or not to be shown.

    Parameters
    ----------
    title
        What it is called.
    note
        How it is to be read.
    unsur
        The unsur, in the order of the sums.
    rows
        One a unit that is shown, and the whole last.
    factor, missing, nrr_decimals, weighted_decimals, index_decimals, bands
        As in `Processing`.
    """

    kind: Literal["tally"] = "tally"
    title: Text
    note: Text
    unsur: tuple[ProcessedUnsur, ...]
    rows: tuple[TallyRow, ...]
    factor: Fraction
    missing: Literal["per_unsur", "pooled", "complete"] = "per_unsur"
    nrr_decimals: int | None = None
    weighted_decimals: int | None = None
    index_decimals: int | None = None
    bands: tuple[Band, ...] = ()
