"""The formulas of the processing sheet: what the clerk can follow, and no rounding slips.

Spreadsheets compute in binary fractions, where 76.625 may be 76.62499999999999 and round
down. Every rounding is therefore preceded by one to more decimals, which removes that
noise and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sipukat.report.sheets import Band

_QUIET: Final = 10


def rounded(formula: str, decimals: int | None) -> str:
    """Round half up, once, without binary noise; None does not round.

    Examples
    --------
    >>> rounded("A1/B1", 2), rounded("A1", None)
    ('ROUND(ROUND(A1/B1,10),2)', 'A1')
    """
    return formula if decimals is None else f"ROUND(ROUND({formula},{max(_QUIET, decimals + 4)}),{decimals})"


def exact(value: Fraction) -> str:
    """Write a fraction as a formula that loses nothing.

    Examples
    --------
    >>> from fractions import Fraction
    >>> exact(Fraction(1, 9)), exact(Fraction(25))
    ('1/9', '25')
    """
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def quoted(words: str) -> str:
    """Write a text as a text in a formula; Excel takes at most 255 characters there.

    Examples
    --------
    >>> quoted('Baik "sekali" ya')
    '"Baik ""sekali"" ya"'
    """
    doubled = words[:120].replace('"', '""')
    return f'"{doubled}"'


def banded(cell: str, bands: Sequence[Band], words: Sequence[str]) -> str:
    """Return the formula that looks a published IKM up in the bands, by lower bounds.

    Parameters
    ----------
    cell
        Address of the IKM, rounded to 2 decimals.
    bands
        The bands, lowest first.
    words
        What each band says.
    """
    formula = quoted(words[0])
    for band, word in zip(bands[1:], words[1:], strict=True):
        formula = f"IF({cell}>={band.low},{quoted(word)},{formula})"
    return f'IF(ISNUMBER({cell}),{formula},"")'
