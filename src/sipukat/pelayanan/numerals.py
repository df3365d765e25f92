"""Numbers in Indonesian words: ``"empat belas"`` is 14, and back."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
_VALUE: Final = {word: value for value, word in enumerate(_UNITS)} | {
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "seribu": 1000,
    "se": 1,
    "kosong": 0,
}
_TIMES: Final = {"belas": 0, "puluh": 10, "ratus": 100, "ribu": 1000}
_MOST: Final = 999_999

WORD: Final = "|".join(sorted({*_VALUE, *_TIMES}, key=len, reverse=True))
"""An alternative of every word that a number is made of, for regular expressions."""

_SPLIT: Final = re.compile(r"[\s-]{1,5}")


def terbilang(number: int) -> str:
    """Say a whole number from 0 to 999,999 in words.

    Raises
    ------
    ValueError
        If it is below 0 or above 999,999.

    Examples
    --------
    >>> terbilang(14), terbilang(125), terbilang(1000)
    ('empat belas', 'seratus dua puluh lima', 'seribu')
    """
    if not 0 <= number <= _MOST:
        raise ValueError(f"{number} is not a whole number from 0 to {_MOST}")
    return " ".join(_said(number)) or "nol"


def _said(number: int) -> list[str]:
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= 2 * size:
            return [*_said(number // size), word, *_said(number % size)]
        if number >= size > 10:  # noqa: PLR2004  "sepuluh" and "sebelas" are below
            return [f"se{word}", *_said(number - size)]
    if number >= 12:  # noqa: PLR2004
        return [_UNITS[number - 10], "belas"]
    return [["sepuluh", "sebelas"][number - 10]] if number >= 10 else [_UNITS[number]] if number else []  # noqa: PLR2004


def parse_terbilang(text: str) -> int | None:
    """Read a number in words; None where the text is anything else.

    Examples
    --------
    >>> parse_terbilang("empat belas"), parse_terbilang("Dua Puluh Lima"), parse_terbilang("hari")
    (14, 25, None)
    """
    words = [word for word in _SPLIT.split(text.casefold()) if word]
    number = _sum(words)
    return number if number is not None and terbilang(number).split() == _loose(words) else None


def _sum(words: list[str]) -> int | None:
    """Return what the words come to, in whatever order they stand."""
    total, group = 0, 0
    unit: int | None = None
    for word in words:
        if word in _VALUE and unit is None:
            unit = _VALUE[word]
        elif word == "ribu":
            total, group, unit = total + (group + (unit or 0)) * 1000, 0, None
        elif word in _TIMES and unit is not None:
            group, unit = group + (10 + unit if word == "belas" else unit * _TIMES[word]), None
        else:
            return None
        if unit is not None and unit >= 10:  # noqa: PLR2004  a whole word: "sepuluh", "seratus", "seribu"
            group, unit = group + unit, None
    number = total + group + (unit or 0)
    return number if number <= _MOST else None


def _loose(words: list[str]) -> list[str]:
    """Return the words as `terbilang` says them ("satu ratus" is "seratus")."""
    said: list[str] = []
    for word in words:
        one = bool(said) and said[-1] in {"satu", "se"} and word in _TIMES
        if one and (word != "ribu" or len(said) == 1):  # "dua puluh satu ribu" is no "seribu"
            said[-1] = f"se{word}"
            continue
        said.append("nol" if word == "kosong" else word)
    return said
