"""The words that the rules look for, and how: ``phrases.toml`` and ``vocabulary.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

from sipukat._model import Record
from sipukat._text import plain
from sipukat.findings import Severity

READ: Final = 20_000
"""Characters of a line that are looked at; more than any real one has."""

SHOWN: Final = 120
"""Characters of a line that a finding quotes."""

_MORE: Final = 6  # words beyond a phrase from which on more is said than the phrase
_JOINTS: Final = str.maketrans("", "", " -–—")
_NUMBERED: Final = re.compile(r"\b(?:nomor|no\.?) ?\d|\b\d{1,3}/(?:19|20)\d\d\b")


class Phrase(Record):
    """A phrase to which nobody can be held.

    Parameters
    ----------
    phrase, also
        The words, and other forms of them.
    komponen
        Keys of the komponen in which they are vague; ``"*"`` is all but ``dasar_hukum``.
    severity
        How much it matters there.
    unless
        What makes it right: a ``"number"``, a ``"period"`` or a ``"citation"`` in the line,
        or ``"more"`` words than the phrase.
    seen, confidence
        Where it was seen, and how sure that is.
    contoh, example
        Wording that would do, in Indonesian and English.
    """

    phrase: str
    also: tuple[str, ...] = ()
    komponen: tuple[str, ...]
    severity: Severity
    unless: Literal["number", "period", "more", "citation"] | None = None
    seen: str
    confidence: Literal["A", "B", "C"]
    contoh: str
    example: str


class Vocabulary(Record):
    """All of ``vocabulary.toml``, and the collected phrases of ``phrases.toml`` and our own."""

    placeholders: tuple[str, ...]
    abolished: tuple[str, ...]
    known: str
    words: dict[str, tuple[str, ...]]
    phrases: tuple[Phrase, ...]
    added: tuple[Phrase, ...]


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sipukat.checks").joinpath(name).read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """Return the words and the phrases.

    Examples
    --------
    >>> vocabulary().phrases[0].phrase
    'secepatnya'
    """
    known = _data("phrases.toml")
    return Vocabulary.model_validate(
        _data("vocabulary.toml") | {"phrases": known["frasa"], "added": known["tambahan"]}
    )


@cache
def known_abbreviations() -> frozenset[str]:
    """Return the abbreviations that need no explanation, in upper case."""
    return frozenset(vocabulary().known.upper().split())


def said(group: str, text: str) -> bool:
    """Say whether a text has one of the words of a group.

    Examples
    --------
    >>> said("keselamatan", "Jalur evakuasi"), said("keselamatan", "Meja tamu")
    (True, False)
    """
    return bool(_group(group).search(folded(text)))


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text as the words are looked for in it, its first `READ` characters.

    Examples
    --------
    >>> folded(" Sesuai" + chr(160) + "PERDA ")
    'sesuai perda'
    """
    cut = text[:READ]
    # printable ASCII folds to the same by cheaper means
    return " ".join(cut.split()).casefold() if cut.isascii() and cut.isprintable() else plain(cut)


def quoted(text: str) -> str:
    """Return the beginning of a text for a message, with a mark where it was cut.

    Examples
    --------
    >>> quoted("Gratis"), len(quoted("a" * 500))
    ('Gratis', 121)
    """
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@cache
def _group(group: str) -> re.Pattern[str]:
    return _any(vocabulary().words[group])


@lru_cache(maxsize=8192)
def vague_in(komponen: str, text: str) -> tuple[tuple[str, Phrase], ...]:
    """Return the vague phrases of a line, as they stand, each with its entry; excused ones left out.

    Examples
    --------
    >>> [words for words, _ in vague_in("jangka_waktu_penyelesaian", "Secepatnya")]
    ['secepatnya']
    >>> vague_in("jangka_waktu_penyelesaian", "selambat-lambatnya 1 hari kerja")
    ()
    """
    words = folded(text)
    pattern, known = _phrases_of(komponen)
    found: dict[str, tuple[str, Phrase]] = {}
    for match in pattern.finditer(words):
        phrase = known[_key(match[0])]
        if phrase.phrase not in found and not _excused(phrase, words) and not _maklumat(words):
            found[phrase.phrase] = (match[0], phrase)
    return tuple(found.values())


def _excused(found: Phrase, words: str) -> bool:
    if found.unless == "number":
        return any(character.isdigit() for character in words)
    if found.unless == "period":
        return any(character.isdigit() for character in words) or said("periode", words)
    if found.unless == "more":
        return len(words.split()) >= len(found.phrase.split()) + _MORE or said("pendidikan", words)
    return found.unless == "citation" and bool(_NUMBERED.search(words))


def _maklumat(words: str) -> bool:
    """Say whether a line is a maklumat, which speaks in the words of the law."""
    return "maklumat" in words


@cache
def _phrases_of(komponen: str) -> tuple[re.Pattern[str], dict[str, Phrase]]:
    every = {komponen} if komponen == "dasar_hukum" else {komponen, "*"}
    both = (*vocabulary().phrases, *vocabulary().added)
    mine = [phrase for phrase in both if every & set(phrase.komponen)]
    known = {_key(form): phrase for phrase in mine for form in (phrase.phrase, *phrase.also)}
    return _any(tuple(form for phrase in mine for form in (phrase.phrase, *phrase.also))), known


def _key(form: str) -> str:
    """Fold "selambat - lambatnya" and "selambat-lambatnya" to one."""
    return form.translate(_JOINTS) or form


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words, the longest first; a hyphen may have blanks around it."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile("|".join(map(_whole, sorted(words, key=len, reverse=True))))


def _whole(word: str) -> str:
    if not word[0].isalnum():
        return re.escape(word)  # "±15" has no edge of a word
    first, *rest = map(re.escape, word.split("-"))
    # the letter stands before the look behind it: so the engine skips what begins with none of them
    head = f"{first[0]}(?<!\\w{first[0]}){first[1:]}"
    return rf"{r'(?: ?[-–—] ?| )'.join([head, *rest])}(?!\w)"
