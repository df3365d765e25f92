"""The label of a row of a real table, folded until two spellings of one komponen are equal."""

from __future__ import annotations

import re
from typing import Final

from sipukat._text import plain

LONGEST: Final = 300
"""Characters of the longest text that is compared; the longest name in the law has some 140."""

_NUMBER: Final = re.compile(r"[(\[]?(?:(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)\]:]+|\d{1,3} ) ?")
_WORD: Final = re.compile(r"\w+")
_JOINING: Final = {"dan", "atau", "serta"}
_SAME: Final = {"layanan": "pelayanan"}


def folded(text: str) -> str:
    """Fold a label: its number, its punctuation, its joining words and its case do not count.

    A text longer than `LONGEST` is no label and folds to nothing.

    Parameters
    ----------
    text
        The label as it stands in a table, e.g. ``"3. Sistem, Mekanisme & Prosedur :"``.

    Examples
    --------
    >>> folded("3. Sistem, Mekanisme & Prosedur :")
    'sistem mekanisme prosedur'
    >>> folded("G) SARANA, PRASARANA, dan/atau Fasilitas")
    'sarana prasarana fasilitas'
    """
    if len(text) > LONGEST:
        return ""
    seen = plain(text).lstrip("-–—•*· ")
    # a number may stand before a letter ("1. a. Persyaratan"), seldom more
    for _ in range(2):
        seen = seen[match.end() :] if (match := _NUMBER.match(seen)) else seen
    found: list[str] = _WORD.findall(seen.replace("_", " "))
    return " ".join(_SAME.get(word, word) for word in found if word not in _JOINING)


def readings(text: str) -> tuple[str, ...]:
    """Return the ways to read a label, the closest first.

    The label itself; without what stands in parentheses; without a closing
    ``"pelayanan"``, as in "Kompetensi Pelaksana Pelayanan".

    Examples
    --------
    >>> readings("Produk Layanan (Output)")
    ('produk pelayanan output', 'produk pelayanan', 'produk')
    """
    if len(text) > LONGEST:
        return ()
    bare = text if text.lstrip().startswith("(") else text.partition("(")[0]
    found = [folded(text), folded(bare)]
    found.append(found[-1].removesuffix(" pelayanan"))
    return tuple(dict.fromkeys(reading for reading in found if reading))
