"""Texts that every format can carry, in one place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, JsonValue

from sipukat.errors import ArgumentError

# Control characters but tab and line feed, bidirectional embeddings, overrides and
# isolates (they reorder the text around them), non-characters, lone surrogates.
_DROPPED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)  # fmt: skip
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Remove from a text what some format cannot carry, or what would reorder its neighbours.

    Control characters but tab and line feed go, as do bidirectional overrides and
    non-characters; a lone surrogate becomes U+FFFD; every line end becomes a line feed.

    Parameters
    ----------
    text
        Any text, from anyone.

    Examples
    --------
    >>> clean("Dinas" + chr(0) + " A" + chr(0x202E))
    'Dinas A'
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _DROPPED.sub("", unified))


def shortened(text: str, most: int, *, mark: str = " … [{more} karakter lagi]") -> str:
    """Cut a text to at most `most` UTF-16 units, and say in it how much was cut.

    Parameters
    ----------
    text
        A text.
    most
        Its room, counted as spreadsheets count it.
    mark
        What stands at the cut.

    Examples
    --------
    >>> shortened("x" * 100, 40)
    'xxxxxxxxxxxxxxxxxx … [82 karakter lagi]'
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * most:
        return text
    room = most - len(mark.format(more=len(text)))
    kept = units[: 2 * room].decode("utf-16-le", "ignore")  # never half of a pair
    return kept + mark.format(more=len(text) - len(kept))


def _clean_any(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def clean_data(value: Any) -> Any:
    """Clean every text of plain data, and refuse a number that JSON cannot carry.

    Raises
    ------
    ArgumentError
        If there is a NaN or an infinity in it.

    Examples
    --------
    >>> clean_data({"unit": ["Dinas" + chr(0)]})
    {'unit': ['Dinas']}
    """
    if isinstance(value, Mapping):
        return {clean(str(key)): clean_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean_data(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ArgumentError(f"data holds {value}, which JSON cannot carry; say null (None)")
    return _clean_any(value)


Text: TypeAlias = Annotated[str, BeforeValidator(_clean_any)]
Cell: TypeAlias = Text | int | Decimal | None
Json: TypeAlias = Annotated[Mapping[str, JsonValue], BeforeValidator(clean_data)]
