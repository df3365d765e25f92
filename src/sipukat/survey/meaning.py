"""What stands in one cell: a score, a blank, or nothing that is understood."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["number", "letter", "label", "missing", "bad"]

MISSING: Final = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "<na>",
        "\\n",
        "kosong",
        "(kosong)",
        "(blank)",
        "blank",
        "tidak diisi",
        "tidak mengisi",
        "tidak menjawab",
        "tidak dijawab",
        "belum diisi",
        "tidak terisi",
    }
)
"""What stands for a missing answer, folded; 0 does not."""

_NUMBER: Final = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")
_BEFORE: Final = re.compile(r"\(?([0-9a-f])(?:\)? ?[.):=] ?|\) | [\-–—] |(?<=\d)[\-–—] ?)([^\d\W].{0,200})")
_AROUND: Final = re.compile(r"([0-9]) ?[(\[]([^\d\W].{0,200}?)[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one value means: a score, a blank, or nothing that is understood."""

    kind: Kind
    score: int = 0
    reason: str = ""


def understand(value: Any, vocabulary: Mapping[str, int], levels: Sequence[int]) -> Meaning:
    """Say what one value means for one unsur.

    Parameters
    ----------
    value
        What stands in the cell.
    vocabulary
        Folded wording to score.
    levels
        The scores of the scale.

    Examples
    --------
    >>> [understand(v, {"gratis": 4}, (1, 2, 3, 4)).score for v in (3.0, "3,0", "(2) Baik", "b", " GRATIS ")]
    [3, 3, 2, 2, 4]
    >>> understand(2.5, {}, (1, 2, 3, 4)).kind
    'bad'
    """
    if isinstance(value, bool | np.bool_):
        return Meaning(kind="bad", reason="a truth value")
    if isinstance(value, int | float | Decimal | Fraction | np.number):
        return _number(value)
    if not isinstance(value, str):
        return Meaning(kind="bad", reason=f"a {type(value).__name__}")
    text = plain(value)
    if text in vocabulary:
        return Meaning(kind="label", score=vocabulary[text])
    return Meaning(kind="missing") if text in MISSING else _text(text, vocabulary, levels)


def _text(text: str, vocabulary: Mapping[str, int], levels: Sequence[int]) -> Meaning:
    if _NUMBER.fullmatch(text):
        return _number(float(text.replace(",", ".")))
    if len(text) == 1 and "a" <= text <= "z":
        return Meaning(kind="letter", score=_letter(text, levels))
    if match := _BEFORE.fullmatch(text) or _AROUND.fullmatch(text):
        return _numbered(match[1], match[2].strip(" .)"), vocabulary, levels)
    reasons = {"#": "an error of the spreadsheet", "=": "a formula that no program has computed"}
    if text in {"true", "false"}:
        return Meaning(kind="bad", reason="a truth value")
    return Meaning(kind="bad", reason=reasons.get(text[0], "not an answer that is known"))


def _letter(letter: str, levels: Sequence[int]) -> int:
    return ord(letter) - ord("a") + levels[0]


def _number(value: Any) -> Meaning:
    if not math.isfinite(value):
        return Meaning(kind="bad", reason="not finite")
    if value != int(value):
        return Meaning(kind="bad", reason="not a whole number")
    return Meaning(kind="number", score=int(value))


def _numbered(mark: str, label: str, vocabulary: Mapping[str, int], levels: Sequence[int]) -> Meaning:
    letter = not mark.isdigit()
    score = _letter(mark, levels) if letter else int(mark)
    known = vocabulary.get(label)
    if known is not None and known != score:
        return Meaning(kind="bad", reason=f"its number and its words disagree ({label!r} is {known})")
    if letter and known is None:
        return Meaning(kind="letter", score=score)
    return Meaning(kind="label" if letter else "number", score=score)
