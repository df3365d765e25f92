"""Nouns of the law in Indonesian, verbs and statistics in English, and no word that is in neither list.

The Indonesian words are those of docs/reference/glossary.md; the English ones are in english.txt
beside this file. A new word in a public name is put into one of the two, by a person.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
INDONESIAN = {
    word for term in re.findall(r"^`([a-z_]+)`", GLOSSARY, flags=re.MULTILINE) for word in term.split("_")
}
ENGLISH = set(Path(__file__).with_name("english.txt").read_text(encoding="utf-8").split())
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _words(name: str) -> set[str]:
    return {word.lower() for word in WORDS.findall(name)}


def test_every_word_of_a_public_name_is_in_the_glossary_or_plain_english(surface):
    unknown: dict[str, str] = {}
    for public in surface:
        for name in (public.place.rpartition(".")[2], *public.parameters):
            for word in _words(name) - INDONESIAN - ENGLISH:
                unknown.setdefault(word, f"{public.place}: {name}")
    assert unknown == {}


def test_no_word_is_in_both_lists():
    assert set() == INDONESIAN & ENGLISH


def test_no_english_word_is_kept_that_nothing_uses(surface):
    used = {
        word for p in surface for name in (p.place.rpartition(".")[2], *p.parameters) for word in _words(name)
    }
    assert ENGLISH - used == set()
