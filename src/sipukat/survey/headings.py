"""What a heading says: a code, a name, or a question of a standard.

Headings come with group prefixes (``unsur/U1``), codes before (``U1. Persyaratan``) or
after (``Kemudahan Prosedur (V1)``), line breaks, and as whole questions. Everything
that they are compared with is in the standard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from sipukat._text import plain
from sipukat.survey.translations import questions as questions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat.standards.model import SurveyStandard

Strength = Literal["name", "question", "near"]

_FAMILIES: Final = ("unsur", "pertanyaan", "pert", "question", "soal", "item", "u", "p", "q", "v", "x")
_LABELS: Final = frozenset({"v", "x", "item"})
_JOINT: Final = r"[ _.\-]{0,3}0{0,2}"
_CODE: Final = rf"(?P<family>FAMILY){_JOINT}(?P<number>\d{{1,2}})"
_PREFIX: Final = r"(?:[\w .\-/]{0,80}[/\-_. ])?"
_FORMS: Final = (
    rf"{_PREFIX}{_CODE}",
    rf"{_PREFIX}{_CODE}(?:[._\- ](?P<item>\d{{1,2}}|[a-h])|(?P<letter>[a-h]))",
    rf"{_CODE}[.](?P<item>\d{{1,2}})\b(?P<rest>.{{0,400}})",
    rf"{_PREFIX}{_CODE} ?(?:[.:)=\-–—(\[]| (?=\D)) ?(?P<rest>.{{3,400}})",
    rf"(?P<rest>.{{3,400}}?) ?[(\[]{_CODE}[)\]]",
    r"(?P<number>\d{1,2})",
)
"""How codes stand in headings; FAMILY is filled in with the families of a standard."""

_MOST_LENGTH: Final = 400
_LEAST_NEAR: Final = 0.86
_CLEARLY_NEARER: Final = 0.04
_SHORTEST_NEAR: Final = 8
_QUESTION_WORDS: Final = 3
_STOP: Final = frozenset(
    "pelayanan layanan unsur unit ini di dalam dan yang tentang dengan bagaimana pendapat pemahaman penilaian"
    " saudara saudari anda bapak ibu menurut terkait tersebut kami terhadap pada untuk oleh dari atas atau"
    " apakah the of and tingkat kepuasan instansi pengguna".split()
)
_NO_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a heading may mean under a standard.

    Parameters
    ----------
    family, number
        Letters and number of its code, e.g. ``("u", 8)``; number 0 where it has none.
    item
        Where it is one of several questions of an unsur (``U3.2``), which; else empty.
    key
        The unsur that its words name; empty where they name none.
    strength
        How sure the words are: a name, the text of a question, or a near match.
    """

    family: str = ""
    number: int = 0
    item: str = ""
    key: str = ""
    strength: Strength = "name"


@dataclass(frozen=True, slots=True)
class _Phrases:
    exact: Mapping[str, str]
    cores: Mapping[str, str]
    questions: tuple[tuple[frozenset[str], str], ...]
    forms: tuple[re.Pattern[str], ...]
    numbers: Mapping[int, str]


def words(text: str) -> str:
    r"""Fold a text to its words.

    Examples
    --------
    >>> words(" Sistem,\nMekanisme & Prosedur.")
    'sistem mekanisme prosedur'
    """
    return " ".join(_NO_WORD.sub(" ", plain(text)).split())


def core(text: str) -> str:
    """Return the words that tell headings of surveys apart.

    Examples
    --------
    >>> core("Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?")
    'kecepatan waktu memberikan'
    """
    kept = (word.removesuffix("nya") if len(word) > 6 else word for word in words(text).split())  # noqa: PLR2004
    return " ".join(word for word in kept if word not in _STOP)


@lru_cache(maxsize=32)
def _phrases(standard: SurveyStandard) -> _Phrases:
    exact: dict[str, str] = {}
    cores: dict[str, set[str]] = {}
    questions: list[tuple[frozenset[str], str]] = []
    for unsur in standard.unsur:
        names = (unsur.nama, unsur.key.replace("_", " "), unsur.name, unsur.pertanyaan, *unsur.aliases)
        # our own forms, and keys where no "_" may stand: known as a whole, never by some of their words
        for whole in (*questions_of(unsur), unsur.key.replace("_", "")):
            exact.setdefault(words(whole), unsur.key)
        for place, phrase in enumerate(names):
            if not (folded := words(phrase)):
                continue
            exact.setdefault(folded, unsur.key)
            if essence := core(phrase):
                cores.setdefault(essence, set()).add(unsur.key)
                parts = frozenset(essence.split())
                if len(parts) > 1 or place < 2:  # noqa: PLR2004  one-word aliases say too little inside a question
                    questions.append((parts, unsur.key))
    letters = {re.sub(r"\d+", "", unsur.code).casefold() for unsur in standard.unsur}
    families = "|".join(sorted({*_FAMILIES, *map(re.escape, letters)}, key=len, reverse=True))
    numbers = {
        int(re.sub(r"\D+", "", unsur.code) or place): unsur.code
        for place, unsur in enumerate(standard.unsur, 1)
    }
    sole = {essence: keys.pop() for essence, keys in cores.items() if len(keys) == 1}
    forms = tuple(re.compile(form.replace("FAMILY", families)) for form in _FORMS)
    return _Phrases(exact, sole, tuple(questions), forms, numbers)


def numbers(standard: SurveyStandard) -> Mapping[int, str]:
    """Return number and code of each unsur.

    Examples
    --------
    >>> from sipukat import standards
    >>> numbers(standards.survey("spak"))[2]
    'A2'
    """
    return _phrases(standard).numbers


@lru_cache(maxsize=4096)
def read(text: str, standard: SurveyStandard) -> Heading:
    """Say what a heading may mean under a standard.

    Examples
    --------
    >>> from sipukat import standards
    >>> law = standards.survey("permenpanrb-14-2017")
    >>> read("tblhasilsurvei_pertanyaan1", law).number, read("U3.2", law).item
    (1, '2')
    >>> read("U8. Sarana dan Prasarana", law).key
    'sarana'
    """
    known = _phrases(standard)
    folded = plain(text[:_MOST_LENGTH])
    if not folded:
        return Heading()
    family, number, item, rest = _code(folded, known.forms)
    if rest and family in _LABELS:  # "Kejelasan Informasi (V2)" is variable 2 of some study, not unsur 2
        family, number = "", 0
    rest = rest or folded
    for candidate in _candidates(rest):
        if key := known.exact.get(words(candidate)) or known.cores.get(core(candidate)):
            return Heading(family=family, number=number, item=item, key=key)
    if number and rest == folded:
        return Heading(family=family, number=number, item=item)
    key, strength = _question(rest, known)
    return Heading(family=family, number=number, item=item, key=key, strength=strength)


def _code(folded: str, forms: Sequence[re.Pattern[str]]) -> tuple[str, int, str, str]:
    """Return family, number, item and the words beside the code."""
    for form in forms:
        if match := form.fullmatch(folded):
            parts = match.groupdict()
            item = parts.get("item") or parts.get("letter") or ""
            return parts.get("family") or "#", int(parts["number"]), item, parts.get("rest") or ""
    return "", 0, "", ""


def _candidates(folded: str) -> Iterator[str]:
    yield folded
    if match := re.fullmatch(r"\(?\d{1,2} ?[.):\-] ?(.{3,400})", folded):
        yield match[1]
    if match := re.fullmatch(r"(.{3,400}?) ?[(\[](.{3,100})[)\]]", folded):
        yield match[1]
        yield match[2]
    if match := re.fullmatch(
        r"[a-z]\w{0,40}[.:] (.{3,400})", folded
    ):  # "code. question", as LimeSurvey has it
        yield match[1]
    for joint in ("/", "-"):
        before, _, last = folded.rpartition(joint)
        if before and re.fullmatch(r"[\w/.\-]{1,80}", before):
            yield last


def _question(folded: str, known: _Phrases) -> tuple[str, Strength]:
    """Find the unsur whose words stand in a question, or whose name is nearly the heading."""
    said = frozenset(core(folded).split())
    if len(said) >= _QUESTION_WORDS:
        best: dict[str, int] = {}
        for parts, key in known.questions:
            if parts <= said:
                best[key] = max(best.get(key, 0), len(parts))
        most = max(best.values(), default=0)
        if [*best.values()].count(most) == 1:
            return max(best, key=lambda key: best[key]), "question"
    flat = words(folded)
    if not _SHORTEST_NEAR <= len(flat) <= _MOST_LENGTH // 4:
        return "", "near"
    ratios: dict[str, float] = {}
    for phrase, key in known.exact.items():
        if abs(len(phrase) - len(flat)) <= len(flat) // 5 and len(phrase) >= _SHORTEST_NEAR:
            ratios[key] = max(
                ratios.get(key, 0.0), SequenceMatcher(None, phrase, flat, autojunk=False).ratio()
            )
    (first, key), (second, _) = [
        *sorted(((ratio, key) for key, ratio in ratios.items()), reverse=True),
        (0.0, ""),
        (0.0, ""),
    ][:2]
    return (key, "near") if first >= _LEAST_NEAR and first - second >= _CLEARLY_NEARER else ("", "near")
