"""Numbers and figures as standard files write them: fractions and decimals, exactly.

A TOML float would arrive as a binary fraction, so weights and cut points are texts
(``"1/9"``, ``"76.61"``); the loader also reads bare TOML numbers as `Decimal`.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from sipukat._model import Record

Confidence: TypeAlias = Literal["A", "B", "C"]
"""A: two or more independent sources; B: one source; C: recollection, practice or inference."""

_FRACTION: Final = re.compile(r"[0-9]{1,9}(?:/[1-9][0-9]{0,8}|\.[0-9]{1,9})?")
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")


class MisfitError(ValueError):
    """Something in a standard that contradicts something else in it.

    Parameters
    ----------
    where
        The key, relative to the record that found it.
    got
        What stands there.
    expected
        What would be right.
    """

    def __init__(self, where: str, got: str, expected: str) -> None:
        self.where = where
        self.got = got
        self.expected = expected
        super().__init__(where, got, expected)

    def __str__(self) -> str:
        return f"{self.where}: {self.got}; expected {self.expected}"


def _fraction(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not (isinstance(value, str) and _FRACTION.fullmatch(value)):
        raise MisfitError("", f"{value!r} is not a fraction", 'a text such as "1/9", "0.111" or "25"')
    return Fraction(value)


def _decimal(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = str(value)
    if not (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        raise MisfitError("", f"{value!r} is not a number of at most 2 decimals", 'a text such as "76.61"')
    return Decimal(value)


Pecahan: TypeAlias = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{_FRACTION.pattern}$"}, {"type": "number"}]}),
]
"""An exact fraction, written ``"1/9"`` or ``"0.111"``."""

Nilai: TypeAlias = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{_DECIMAL.pattern}$"}, {"type": "number"}]}),
]
"""A value of the index, of at most two decimals, written ``"76.61"``."""

Tanggal: TypeAlias = Annotated[date, Field(strict=True)]
"""A date; a text that looks like one is refused in TOML, which has dates of its own."""

Bulat: TypeAlias = Annotated[int, Field(strict=True)]
"""A whole number; ``true``, ``"1"`` and ``1.0`` are none."""

Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
"""The id of a standard, e.g. ``"permenpanrb-14-2017"``."""

Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
"""The key of an unsur, e.g. ``"persyaratan"``."""

Code: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z]{1,6}[0-9]{1,3}$")]
"""The code of an unsur, e.g. ``"U1"``."""

Teks: TypeAlias = Annotated[str, Field(min_length=1)]
"""A text that is not empty."""


class Figure(Record):
    """A figure of the law: where it stands, how sure that is, and who says so.

    Parameters
    ----------
    place
        The place in the law, e.g. ``"Lampiran, Kuesioner"``.
    confidence
        How well it is sourced, A, B or C.
    sources
        Ids of the standard's `sources` that show it.
    note
        What a reader should know before leaning on it.
    """

    place: str = Field(min_length=1)
    confidence: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""
