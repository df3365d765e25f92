"""The columns beside the answers: blanks and invisible characters mended, numbers as numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sipukat.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat.survey.coded import Coded

_WHOLE: Final = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_NO_VALUE: Final = frozenset(
    {"null", "na", "n/a", "nan", "none", "\\n", "#n/a", "0000-00-00", "0000-00-00 00:00:00", "-"}
)
_BIDI_AND_INVISIBLE: Final = frozenset({"Cf", "Cc"})


def clean(text: str) -> str:
    r"""Return a text as it looks: composed, single blanks, nothing invisible.

    Examples
    --------
    >>> clean(" Dinas\u200b  Sosial\u00a0 ")
    'Dinas Sosial'
    """
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    seen = unicodedata.normalize("NFC", text)
    seen = "".join(
        " " if c.isspace() else c
        for c in seen
        if c.isspace() or unicodedata.category(c) not in _BIDI_AND_INVISIBLE
    )
    return " ".join(seen.split())


def kept_columns(
    columns: Mapping[str, Coded], roles: Mapping[str, str]
) -> tuple[dict[str, Any], list[Finding]]:
    """Return the cells of columns beside the answers.

    Texts are cleaned; where that makes two spellings one, a finding says so. Columns of
    whole numbers become nullable integers, but for those that number respondents.
    """
    made: dict[str, Any] = {}
    found = []
    for name, column in columns.items():
        values = list(map(_value, column.values))
        merged = len({v for v in values if v is not None}) < sum(v is not None for v in values)
        if merged:
            found.append(
                Finding.of(
                    "SRV435", path=name, n=len(column.values), left=len({v for v in values if v is not None})
                )
            )
        made[name] = _cells(column, values, whole=roles.get(name) != "respondent")
    return made, found


def _value(value: Any) -> Any:
    if isinstance(value, str):
        cleaned = clean(value)
        return None if cleaned.casefold() in _NO_VALUE else cleaned
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value  # noqa: PLR2004


def _cells(column: Coded, values: list[Any], *, whole: bool) -> Any:
    present = [value for value in values if value is not None]
    if present and all(isinstance(v, int) and not isinstance(v, bool) for v in present):
        numbers = [0 if value is None else value for value in values]
    elif whole and present and all(isinstance(v, str) and _WHOLE.fullmatch(v) for v in present):
        numbers = [0 if value is None else int(value) for value in values]
    else:
        array = np.empty(len(values) + 1, dtype=object)
        array[:] = [*values, None]
        return array[column.codes]
    if max(map(abs, numbers)) >= 2**63:
        return np.array([*map(str, values), None], dtype=object)[column.codes]
    void = np.array([value is None for value in values] + [True])
    return pd.arrays.IntegerArray(np.array([*numbers, 0], dtype=np.int64)[column.codes], void[column.codes])
