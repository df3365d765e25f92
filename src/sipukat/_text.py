"""Numbers, dates and words as Indonesian and English readers write them.

A number is rounded once, half up, in exact arithmetic, and handed on as text:
renderers round differently (half to even, binary fractions) and would disagree.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Lang = Literal["id", "en"]

_BULAN: Final = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)
_MONTH: Final = (
    "January February March April May June July August September October November December".split()
)
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,20})?")
_BLANKS: Final = re.compile(r"\s+")


def round_half_up(value: Fraction | Decimal | float, decimals: int) -> Decimal:
    """Round to `decimals` places, ties away from zero, without a detour over floats.

    Parameters
    ----------
    value
        A finite number; a float is taken at its exact binary value.
    decimals
        Number of decimals, 0 or more.

    Examples
    --------
    >>> round_half_up(Fraction(3065, 1000) * 25, 2)
    Decimal('76.63')
    """
    exact = Fraction(value)
    scale = 10**decimals
    whole, rest = divmod(abs(exact) * scale, 1)
    cents = int(whole) + (rest >= Fraction(1, 2))
    with localcontext(prec=max(28, len(str(cents)) + 2)):
        rounded = Decimal(cents).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return -rounded if exact < 0 and cents else rounded


def number(value: Fraction | Decimal | float | None, decimals: int = 2, *, lang: Lang = "id") -> str:
    """Print a number with its thousands and decimals marked as the language does.

    Parameters
    ----------
    value
        A finite number, or None, which is printed as a dash.
    decimals
        Number of decimals printed.
    lang
        ``"id"`` prints ``1.234,56``, ``"en"`` prints ``1,234.56``.

    Examples
    --------
    >>> number(Decimal("1234.565"))
    '1.234,57'
    >>> number(0.5, 1, lang="en")
    '0.5'
    >>> number(None)
    '–'
    """
    if value is None or value != value:  # noqa: PLR0124  NaN
        return "–"
    text = f"{round_half_up(value, decimals):,.{decimals}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def exactly(value: Decimal, *, lang: Lang = "id") -> str:
    """Print a number with the decimals that it has, marked as the language does.

    Examples
    --------
    >>> exactly(Decimal("76.00")), exactly(Decimal("1500000"), lang="en")
    ('76,00', '1,500,000')
    """
    places = value.as_tuple().exponent
    return number(value, max(0, -places) if isinstance(places, int) else 0, lang=lang)


def parse_number(text: str) -> Fraction:
    """Read one decimal number, with a comma or a point, exactly.

    Thousands separators are not guessed at: ``1.234`` is one and a bit.

    Raises
    ------
    ValueError
        If `text` is not one such number.

    Examples
    --------
    >>> parse_number(" 87,641 ")
    Fraction(87641, 1000)
    """
    clean = unicodedata.normalize("NFKC", text).strip()
    if not (clean.isascii() and _NUMBER.fullmatch(clean)):
        raise ArgumentError(f"not a decimal number: {text[:40]!r}; write e.g. 87,64 or 87.64")
    return Fraction(clean.replace(",", "."))


def tanggal(day: date, *, lang: Lang = "id") -> str:
    """Print a date in words.

    Examples
    --------
    >>> import datetime
    >>> tanggal(datetime.date(2026, 8, 17))
    '17 Agustus 2026'
    """
    months = _BULAN if lang == "id" else _MONTH
    return f"{day.day} {months[day.month - 1]} {day.year}"


def plain(text: str) -> str:
    """Fold a text for comparison: compatibility forms, case, blanks, invisible characters.

    Examples
    --------
    >>> plain(" Waktu" + chr(160) + "  PELAYANAN" + chr(8203) + " ")
    'waktu pelayanan'
    """
    seen = unicodedata.normalize("NFKC", text)
    if not seen.isprintable():  # most texts are: they hold nothing invisible and no blank but the space
        seen = "".join(
            " " if c.isspace() else c
            for c in seen
            if unicodedata.category(c) not in {"Cf", "Cc"} or c.isspace()
        )
    return _BLANKS.sub(" ", seen).strip().casefold()


def listing(items: Iterable[object], *, lang: Lang = "id", most: int = 10) -> str:
    """Join items as a sentence does, at most `most` of them.

    Examples
    --------
    >>> listing([3, 7, 9])
    '3, 7 dan 9'
    >>> listing(range(12), lang="en", most=2)
    '0, 1 and 10 more'
    """
    texts = [str(item) for item in items]
    if len(texts) > most:
        rest = f"{len(texts) - most} lainnya" if lang == "id" else f"{len(texts) - most} more"
        texts = [*texts[:most], rest]
    if len(texts) < 2:  # noqa: PLR2004
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {'dan' if lang == 'id' else 'and'} {texts[-1]}"


def row_ranges(rows: Iterable[int]) -> str:
    """Print row numbers, runs shortened.

    Examples
    --------
    >>> row_ranges([5, 2, 3, 4, 9])
    '2-5, 9'
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)
