"""Clarity of sentences: not too long to follow, and no abbreviation that only the office knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import texts
from sipukat.checks.vocabulary import READ, known_abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_MOST_WORDS: Final = 40
_ENDS: Final = re.compile(r"[.;!?:](?=\s)|\n")
_SHORT: Final = re.compile(r"(?<![\w/.-])[A-Z][A-Z0-9]{1,6}(?:-[A-Z0-9]{1,6})?(?![\w/])")
_SHOUTED: Final = 0.6
_CITED: Final = re.compile(r"(?:nomor|no\.?|tahun|peraturan|keputusan|undang)", re.IGNORECASE)


def long_sentence(case: Case) -> Iterator[Finding]:
    """Find sentences that are too long to follow.

    Titles of regulations are long and lawful, so dasar hukum is not looked at.

    Before::

        Pemohon yang telah … dan … serta … sepanjang … (more than forty words)

    After::

        Pemohon menyerahkan berkas. Petugas memeriksanya. …

    Source: "easy to understand and easy to carry out", the aim of the city in 2022; the
    bound of forty words is ours.
    """
    for key in case.standard.komponen_keys:
        if key == "dasar_hukum":
            continue
        for place, text in texts(case.doc, key):
            longest = max((len(sentence.split()) for sentence in _ENDS.split(text[:READ])), default=0)
            if longest > _MOST_WORDS and not _CITED.search(text[:READ]):
                yield case.find("JLS341", place, n=longest, batas=_MOST_WORDS, teks=text[:80])


def undefined_abbreviation(case: Case) -> Iterator[Finding]:
    """Find abbreviations that are written out nowhere in the document.

    Those that readers of any office know are data (``vocabulary.toml``); texts in capitals
    throughout are left alone.

    Before::

        Mengisi SPTJM

    After::

        Mengisi Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)

    Source: seen in most documents.
    """
    places: dict[str, str] = {}
    everything = [case.doc.nama]
    for key in case.standard.komponen_keys:
        for place, text in texts(case.doc, key):
            everything.append(text[:READ])
            if key != "dasar_hukum" and (shorts := _SHORT.findall(text[:READ])) and not _shouts(text[:READ]):
                for short in shorts:
                    places.setdefault(short, place)
    whole = "\n".join(everything)
    unknown = {
        short: place
        for short, place in places.items()
        if short not in known_abbreviations() and f"({short})" not in whole and f"{short} (" not in whole
    }
    if unknown:
        yield case.find("JLS342", next(iter(unknown.values())), singkatan=list(unknown))


def _shouts(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return not letters or sum(character.isupper() for character in letters) > _SHOUTED * len(letters)


RULES: Final = (Rule("JLS341", long_sentence), Rule("JLS342", undefined_abbreviation))
