"""The arithmetic of the official processing sheet, exact and at every step.

The workbook's formulas, the cached values beside them and the footer that every other
format prints come from here, so that they cannot disagree.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._model import Record
from sipukat._text import number, round_half_up
from sipukat.report.document import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat._text import Lang
    from sipukat.report.sheets import Band, Processing

_ROWS_LEFT_OUT: Final = {
    "id": "Baris per responden adalah jawaban orang dan tidak ditampilkan; hanya buku kerja Excel memuatnya.",
    "en": "The rows are people's answers and are not shown; only the Excel workbook holds them.",
}


class UnsurSum(Record):
    """What the footer says of one unsur.

    Parameters
    ----------
    total
        Sum of the scores.
    answered
        How many answered it.
    nrr
        Mean score, rounded where the profile rounds; None if nobody answered.
    weighted
        `nrr` times the weight, rounded where the profile rounds; None if nobody answered.
        The weight of unsur that nobody answered is spread over the others.
    """

    total: int
    answered: int
    nrr: Fraction | None
    weighted: Fraction | None


class Footer(Record):
    """The footer of the sheet, or of one unit in it.

    Parameters
    ----------
    unsur
        One entry an unsur.
    respondents
        How many respondents there are.
    index
        Sum of the weighted NRR; None if there is no answer at all.
    ikm
        The index times the factor, 2 decimals; None with `index`.
    """

    unsur: tuple[UnsurSum, ...]
    respondents: int
    index: Fraction | None
    ikm: Decimal | None


def _rounded(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else Fraction(round_half_up(value, decimals))


def _unsur_sum(column: Sequence[int | None], weight: Fraction, sheet: Processing) -> UnsurSum:
    scores = [score for score in column if score is not None]
    if not scores:
        return UnsurSum(total=0, answered=0, nrr=None, weighted=None)
    nrr = _rounded(Fraction(sum(scores), len(scores)), sheet.nrr_decimals)
    weighted = _rounded(nrr * weight, sheet.weighted_decimals)
    return UnsurSum(total=sum(scores), answered=len(scores), nrr=nrr, weighted=weighted)


def _stretch(columns: Sequence[Sequence[int | None]], sheet: Processing) -> Fraction:
    """Return what the weight of unsur that nobody answered multiplies the others by."""
    whole = sum((unsur.weight for unsur in sheet.unsur), Fraction(0))
    answered = [any(score is not None for score in column) for column in columns]
    held = sum((u.weight for u, any_ in zip(sheet.unsur, answered, strict=True) if any_), Fraction(0))
    return whole / held if held else Fraction(1)


def _index(entries: Sequence[UnsurSum], sheet: Processing) -> Fraction | None:
    if not any(entry.answered for entry in entries):
        return None
    if sheet.missing == "pooled":
        weights = [unsur.weight for unsur in sheet.unsur]
        total = sum(w * entry.total for w, entry in zip(weights, entries, strict=True))
        answered = sum(w * entry.answered for w, entry in zip(weights, entries, strict=True))
        return Fraction(total) / Fraction(answered) * sum(weights, Fraction(0))
    index = sum((entry.weighted for entry in entries if entry.weighted is not None), Fraction(0))
    return _rounded(index, sheet.index_decimals)


def footer(sheet: Processing) -> Footer:
    """Return the footer of a processing sheet.

    Examples
    --------
    >>> from sipukat.report.sheets import ProcessedUnsur, Processing
    >>> one = Processing(
    ...     title="Pengolahan", respondents=(1, 2), answers=((4,), (3,)), factor=25, expected="87.50",
    ...     unsur=(ProcessedUnsur(code="U1", nama="Persyaratan", weight=1),),
    ... )
    >>> footer(one).ikm
    Decimal('87.50')
    """
    return _footer(sheet, sheet.answers)


def footers(sheet: Processing) -> tuple[Footer, ...]:
    """Return the footer of every unit of a processing sheet, in the order of its units."""
    theirs: list[list[tuple[int | None, ...]]] = [[] for _ in sheet.units]
    for unit, row in zip(sheet.unit_of, sheet.answers, strict=bool(sheet.unit_of)):
        if unit is not None:
            theirs[unit - 1].append(row)
    return tuple(_footer(sheet, rows) for rows in theirs)


def _footer(sheet: Processing, rows: Sequence[tuple[int | None, ...]]) -> Footer:
    count = len(rows)
    if sheet.missing == "complete":
        rows = [row for row in rows if None not in row]
    columns: Sequence[Sequence[int | None]] = list(zip(*rows, strict=True)) or [() for _ in sheet.unsur]
    stretch = _stretch(columns, sheet)
    entries = tuple(
        _unsur_sum(column, unsur.weight * stretch, sheet)
        for column, unsur in zip(columns, sheet.unsur, strict=True)
    )
    index = _index(entries, sheet)
    ikm = None if index is None else round_half_up(index * sheet.factor, 2)
    return Footer(unsur=entries, respondents=count, index=index, ikm=ikm)


def band_of(ikm: Decimal | None, bands: Sequence[Band]) -> Band | None:
    """Return the band of a published IKM, or None where there is none.

    Examples
    --------
    >>> band_of(None, ()) is None
    True
    """
    if ikm is None:
        return None
    return next((band for band in reversed(bands) if ikm >= band.low), None)


def footer_table(sheet: Processing, *, lang: Lang = "id") -> Table:
    """Return the footer as a table, for the formats that do not print respondents' rows.

    The labels are the official form's, which is Indonesian in either language; the note
    says that the rows are left out, and why.

    Parameters
    ----------
    sheet
        The sheet.
    lang
        Language of the note.
    """
    sums = footer(sheet)
    rows: list[tuple[Any, ...]] = [
        (unsur.code, unsur.nama, one.total, one.answered, one.nrr, str(unsur.weight), one.weighted)
        for unsur, one in zip(sheet.unsur, sums.unsur, strict=True)
    ]
    total, answered = sum(one.total for one in sums.unsur), sum(one.answered for one in sums.unsur)
    rows.append(("", "Jumlah", total, answered, "", "", sums.index))
    label = " ".join(part for part in (sheet.footer_rows[3], sheet.footer_marks[3]) if part)
    return Table(
        id=sheet.id,
        name="Pengolahan",
        caption=sheet.title,
        columns=(
            Column(key="code", label="Kode"),
            Column(key="nama", label="Unsur pelayanan"),
            Column(key="total", label="Σ nilai", kind="integer"),
            Column(key="answered", label="Kuesioner terisi", kind="integer"),
            Column(key="nrr", label="NRR", kind="number", decimals=4),
            Column(key="weight", label="Bobot"),
            Column(key="weighted", label="NRR tertimbang", kind="number", decimals=4),
        ),
        rows=tuple(rows),
        named_by="nama",
        total_rows=1,
        note=f"{label}: {number(sums.ikm, 2, lang=lang)}. {_ROWS_LEFT_OUT[lang]}",
    )
