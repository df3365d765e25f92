"""The words that the rules look for, from ``vocabulary.toml``, and how they are looked for."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from sipukat._model import Record
from sipukat._text import plain
from sipukat.findings import Severity

_MORE = 6  # words beyond a phrase from which on more is said than the phrase
READ = 20_000
"""Characters of a komponen that are looked at; more than any real one has."""


class Phrase(Record):
    """A phrase to which nobody can be held.

    Parameters
    ----------
    phrase
        The words.
    komponen
        Keys of the komponen in which they are vague; ``"*"`` is all.
    severity
        How much it matters there.
    unless
        What makes it right: a ``"number"`` or a ``"period"`` in the line, or ``"more"``
        words than the phrase.
    seen, confidence
        Where it was seen, and how sure that is.
    """

    phrase: str
    komponen: tuple[str, ...]
    severity: Severity
    unless: Literal["number", "period", "more"] | None = None
    seen: str
    confidence: Literal["A", "B", "C"]


class Vocabulary(Record):
    """All of ``vocabulary.toml``."""

    placeholders: tuple[str, ...]
    abolished: tuple[str, ...]
    known: str
    words: dict[str, tuple[str, ...]]
    phrases: tuple[Phrase, ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the words.

    Examples
    --------
    >>> vocabulary().phrases[0].phrase
    'secepatnya'
    """
    text = files("sipukat.checks").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return Vocabulary.model_validate(tomllib.loads(text))


@cache
def known_abbreviations() -> frozenset[str]:
    """Return the abbreviations that need no explanation, in upper case."""
    return frozenset(vocabulary().known.upper().split())


def said(group: str, text: str) -> bool:
    """Whether a text has one of the words of a group.

    Examples
    --------
    >>> said("pengawas", "Dipantau Kepala Seksi"), said("pengawas", "Dipantau")
    (True, False)
    """
    return bool(_group(group).search(folded(text)))


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Return a text as the words are looked for in it."""
    return plain(text[:READ])


@cache
def _group(group: str) -> re.Pattern[str]:
    return _any(vocabulary().words[group])


@lru_cache(maxsize=2048)
def vague(komponen: str, text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a text that are vague in a komponen, in order, each once.

    Examples
    --------
    >>> [phrase.phrase for phrase in vague("biaya_tarif", "Sesuai PERDA")]
    ['sesuai perda']
    >>> vague("biaya_tarif", "Sesuai Perda Nomor 8 Tahun 2018")
    ()
    """
    pattern, known = _phrases_of(komponen)
    words = folded(text)
    found = (known[phrase] for phrase in dict.fromkeys(pattern.findall(words)))
    return tuple(phrase for phrase in found if not _excused(phrase, words))


@cache
def _phrases_of(komponen: str) -> tuple[re.Pattern[str], dict[str, Phrase]]:
    mine = {p.phrase: p for p in vocabulary().phrases if {komponen, "*"} & set(p.komponen)}
    return _any(tuple(mine)), mine


def _excused(phrase: Phrase, words: str) -> bool:
    numbered = any(character.isdigit() for character in words)
    if phrase.unless == "number":
        return numbered
    if phrase.unless == "period":
        return numbered or said("periode", words)
    if phrase.unless == "more":
        return len(words.split()) >= len(phrase.phrase.split()) + _MORE or said("pendidikan", words)
    return False


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words, the longest first."""
    if not words:
        return re.compile(r"(?!)")
    each = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")
