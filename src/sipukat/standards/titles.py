"""How like two titles of regulations are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 400  # a title longer than that is compared by its beginning
_WORD: Final = re.compile(r"[a-z0-9]{1,40}")
_SAY_NOTHING: Final = frozenset(
    "dan atau yang di dengan tentang nomor no tahun atas dari untuk pada oleh "
    "undang peraturan republik indonesia".split()
)
_STEM: Final = 6  # letters that two forms of one word share at least ("pemerintah", "pemerintahan")
_ENDING: Final = 2
_BEGINNING: Final = 3  # words from which on a shortened title is recognised by its beginning


def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title that tell it from others.

    Examples
    --------
    >>> words_of("Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik")
    ('pelaksanaan', '25', '2009', 'pelayanan', 'publik')
    """
    return tuple(w for w in _WORD.findall(plain(title[:_LONGEST])) if w not in _SAY_NOTHING)


def _alike(a: str, b: str) -> bool:
    if a == b or a[0] != b[0]:
        return a == b
    short, long = sorted((a, b), key=len)
    return len(short) >= _STEM and len(long) - len(short) <= _ENDING and long.startswith(short)


def overlap(some: Iterable[str], others: Iterable[str]) -> int:
    """Count the words of one list that stand in the other; forms of one word count as it.

    Parameters
    ----------
    some, others
        The words.

    Examples
    --------
    >>> overlap(("pemerintah", "daerah"), ("pemerintahan", "daerah"))
    2
    """
    left = list(others)
    count = 0
    for word in some:
        at = next((at for at, other in enumerate(left) if _alike(word, other)), None)
        if at is not None:
            del left[at]
            count += 1
    return count


def likeness(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """Return how like two titles are: twice the words they share by all words, 0 to 1.

    A shortened title, three words or more and just the beginning of the other, counts 0.8.

    Parameters
    ----------
    words, others
        The words of the two, from `words_of`.

    Examples
    --------
    >>> likeness(("pelayanan", "publik"), ("pelayanan", "publik"))
    1.0
    """
    if not words or not others:
        return 0.0
    score = 2 * overlap(words, others) / (len(words) + len(others))
    shorter = min(len(words), len(others))
    begins = shorter >= _BEGINNING and all(map(_alike, words[:shorter], others[:shorter]))
    return max(score, 0.8) if begins else score
