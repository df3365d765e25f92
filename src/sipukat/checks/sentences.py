"""Clarity of sentences: not too long to follow, and no abbreviation that only the office knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import items, texts
from sipukat.checks.times import rewritten
from sipukat.checks.vocabulary import READ, folded, known_abbreviations, quoted
from sipukat.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_MOST_WORDS: Final = 40
_FAR_TOO_MANY: Final = 60
_TITLE: Final = 25  # words that a regulation named with its title may add
_A_LIST: Final = 7  # words to a comma, up to which a long line is a list and not a sentence
_ENDS: Final = re.compile(r"[.;!?:](?=\s)|\n")
_ROMAN: Final = re.compile(r"[IVXLCDM]{1,7}")
# no form numbers ("FM-01"), initials ("KHA. Dahlan") or handles; "RT/RW" is written out by nobody
_SHORT: Final = re.compile(r"(?<![\w/.@#-])[A-Z][A-Z0-9]{1,6}(?:-[A-Z0-9]{1,6})?(?![\w/@-])(?!\.[ \w])")
_SHOUTED: Final = 0.6
_LONG: Final = 4  # letters from which on capitals may be a word and not an abbreviation
_LONGER: Final = 6
_SPOKEN: Final = 0.4
_TIME: Final = "jangka_waktu_penyelesaian"
_SILENT_IN: Final = ("dasar_hukum", "biaya_tarif")


def long_sentence(case: Case) -> Iterator[Finding]:
    """Flag sentences that are too long to follow.

    Titles of regulations are long and lawful, so dasar hukum is not looked at, and a sentence that
    cites one may be longer; nor is a list of things a long sentence.

    Before::

        Pemohon yang telah melengkapi berkas dan yang berkasnya dinyatakan lengkap maka ... (62 kata)

    After::

        Pemohon menyerahkan berkas di loket. Petugas loket memeriksanya (10 menit).

    Source: "easy to understand and easy to carry out" is what a standard is to be; the bound of
    forty words is ours.
    """
    for key in case.standard.komponen_keys:
        if key == "dasar_hukum":
            continue
        for place, text in texts(case.doc, key):
            if text.count(" ") < _MOST_WORDS:
                continue
            longest = max(map(_heard, _ENDS.split(text[:READ])))
            if longest > _MOST_WORDS:
                found = case.find("JLS341", place, n=longest, batas=_MOST_WORDS, teks=quoted(text))
                much = longest > _FAR_TOO_MANY
                yield found.model_copy(update={"severity": Severity.WARNING}) if much else found


def _heard(sentence: str) -> int:
    """Return the words of a sentence; 0 where it is a list."""
    n = len(sentence.split())
    if n > _MOST_WORDS and n <= _A_LIST * (sentence.count(",") + 1):
        return 0
    return n - _TITLE if " tentang " in sentence and "eraturan" in sentence else n


def undefined_abbreviation(case: Case) -> Iterator[Finding]:
    """Flag abbreviations that are written out nowhere in the document.

    Those that readers of any office know are data (``vocabulary.toml``). Words in capitals, numbers of
    forms and the office's own name are left alone.

    Before::

        Mengisi SPTJM

    After::

        Mengisi Surat Pernyataan Tanggung Jawab Mutlak (SPTJM)

    Source: seen in most documents; a citizen is to understand the standard without asking.
    """
    places: dict[str, str] = {}
    everything = [case.doc.nama, case.doc.unit, case.doc.instansi]
    own = set(_SHORT.findall(" ".join(everything)))
    for key in case.standard.komponen_keys:
        for place, text in texts(case.doc, key):
            cut = text[:READ]
            everything.append(cut)
            if key in _SILENT_IN or (shorts := _SHORT.findall(cut)) == [] or _shouts(cut):
                continue
            for short in shorts:
                if short not in known_abbreviations() and short not in own and not _a_word(short):
                    places.setdefault(short, place)
    whole = "\n".join(everything) if places else ""
    unknown = {s: p for s, p in places.items() if f"({s})" not in whole and f"{s} (" not in whole}
    if unknown:
        yield case.find("JLS342", next(iter(unknown.values())), singkatan=list(unknown))


def _a_word(capitals: str) -> bool:
    """Say whether capitals read as a word ("KARTU"), or are a Roman number."""
    vowels = sum(letter in "AEIOU" for letter in capitals)
    if len(capitals) >= _LONGER:
        return vowels > 1
    return (len(capitals) >= _LONG and vowels >= _SPOKEN * len(capitals)) or bool(_ROMAN.fullmatch(capitals))


def _shouts(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return not letters or sum(character.isupper() for character in letters) > _SHOUTED * len(letters)


_LEFT: Final = re.compile(r"(?<=\w)\*{1,3}\)|(?<=\w) ?\(\*{1,3}\)")
_NOTE: Final = re.compile(r"(?:^|[\n;.] ?)\(?\*{1,3}\)? ?\w|\*{1,3}\)[ :]{1,3}\w{2}")


def dangling_footnote(case: Case) -> Iterator[Finding]:
    """Flag the mark of a footnote that is not there.

    Whoever reads it must think that there is an exception that he is not told.

    Before::

        Paling lama 5 hari kerja*)

    After::

        Paling lama 5 (lima) hari kerja sejak berkas diterima lengkap dan benar

    Source: UU 25/2009 Pasal 21 huruf d; seen at Disdik Sleman.
    """
    marked = []
    for key in case.standard.komponen_keys:
        for place, item in items(case.doc, key):
            if "*" not in item.text:
                continue
            words = folded(item.text)
            if _NOTE.search(words):
                return  # a note stands somewhere in the document
            if mark := _LEFT.search(words):
                bare = words[: mark.start()] + words[mark.end() :]
                time = key == _TIME and item.understood
                marked.append((place, item.text, rewritten(item) if time else bare))
    for place, text, right in marked:
        yield case.find("JLS318", place, teks=quoted(text), contoh=quoted(right))


RULES: Final = (
    Rule("JLS318", dangling_footnote),
    Rule("JLS341", long_sentence),
    Rule("JLS342", undefined_abbreviation),
)
"""The rules about sentences and words."""
