"""How wide a text is in Arial: that decides widths of columns, and the places of letters in a drawing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Advance widths of ASCII from the space on, in thousandths of the size; Liberation Sans has the same.
_REGULAR: Final = """\
278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556
278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667
611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833
556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"""
_BOLD: Final = """\
278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556
333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667
611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889
611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584"""
_WIDTHS: Final = {
    bold: dict(zip(map(chr, range(32, 127)), map(int, table.split()), strict=True))
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_OTHER: Final = {"·": 333, "…": 1000, "−": 584, "×": 584, "±": 549, "≥": 549, "≤": 549, "“": 333, "”": 333}
_USUAL, _FULL = 556, 1000


@lru_cache(maxsize=4096)
def letter_width(letter: str, *, bold: bool = False) -> int:
    """Return the advance width of one character in thousandths of the size; roughly, beyond Latin.

    Examples
    --------
    >>> letter_width("i"), letter_width("é") == letter_width("e"), letter_width("字")
    (222, True, 1000)
    """
    known = _WIDTHS[bold]
    if letter in known or letter in _OTHER:
        return known.get(letter) or _OTHER[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _FULL
    return known.get(unicodedata.normalize("NFD", letter)[0], _USUAL)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the unit of its size.

    Examples
    --------
    >>> text_width("88,30", 10)
    25.02
    """
    return round(sum(letter_width(letter, bold=bold) for letter in text) * size / 1000, 3)
