"""What a questionnaire asks about an unsur, and how its answers read, in Indonesian and in English.

The words of the law are in the standard; the English ones, in ``translations.toml``, are ours. A form
prints them and `read_survey` knows them again: both take them from here.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang
    from sipukat.standards.parts import Option, Unsur

BOTH: Final = " / "
"""What stands between the two languages of a text that is printed in both."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = files("sipukat.survey").joinpath("translations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _inside(text: str) -> str:
    """Return a text as it stands within a sentence: its first letter small, unless it is of an acronym."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def question(unsur: Unsur) -> dict[Lang, str]:
    """Return what is asked about an unsur.

    A standard that gives the words of the answers names what is judged, and the question is put
    around it; without such words its text is a statement, and stays one.

    Examples
    --------
    >>> from sipukat import standards
    >>> sarana = standards.survey("permenpanrb-14-2017").unsur_of("sarana")
    >>> question(sarana)["id"]
    'Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?'
    >>> question(sarana)["en"]
    'What is the quality of the facilities and infrastructure?'
    """
    lead, asked = _words()["lead"], unsur.pertanyaan.strip()
    english = _words()["questions"].get(asked) or lead["en"].format(asked=_inside(unsur.name))
    stays = asked and (asked.endswith("?") or not unsur.options)
    return {"id": asked if stays else lead["id"].format(asked=_inside(asked or unsur.nama)), "en": english}


def answer(option: Option) -> dict[Lang, str]:
    """Return an answer in both languages; in Indonesian twice where there is no translation.

    Examples
    --------
    >>> from sipukat.standards import Option
    >>> answer(Option(score=4, label="Gratis"))
    {'id': 'Gratis', 'en': 'Free of charge'}
    """
    return {"id": option.label, "en": _words()["answers"].get(option.label, option.label)}


def questions(unsur: Unsur) -> tuple[str, ...]:
    """Return the headings that a question of our forms can have, in one language or in both."""
    asked = question(unsur)
    return (asked["id"], asked["en"], *_both(asked))


def _both(texts: Mapping[Lang, str]) -> tuple[str, str]:
    return texts["id"] + BOTH + texts["en"], texts["en"] + BOTH + texts["id"]


@lru_cache(maxsize=512)
def _vocabulary(options: tuple[Option, ...]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for option in options:
        said = answer(option)
        for text in (said["en"], *_both(said)):
            found.setdefault(plain(text), option.score)
    return found


def vocabulary(unsur: Unsur) -> dict[str, int]:
    """Return every wording of an answer, in both languages, folded, and its score.

    Examples
    --------
    >>> from sipukat import standards
    >>> biaya = standards.survey("permenpanrb-14-2017").unsur_of("biaya")
    >>> [vocabulary(biaya)[text] for text in ("gratis", "free of charge", "gratis / free of charge")]
    [4, 4, 4]
    """
    return {**_vocabulary(unsur.options), **unsur.vocabulary}
