"""The words of the figures of an IKM, and how they name groups, unsur, bands and levels."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from sipukat.report.ikm_words import number_of
from sipukat.report.ikm_words import words_of as report_words
from sipukat.report.sheets import Band

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang
    from sipukat.standards import SurveyStandard


@cache
def words_of(lang: Lang) -> Mapping[str, str]:
    """Return the words, from ``figure_words.toml`` beside this file.

    Examples
    --------
    >>> words_of("en")["mean"]
    'mean'
    """
    text = files("sipukat.report").joinpath("figure_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang])


def level_told(confidence_level: float, lang: Lang) -> str:
    """Return a confidence level in per cent, with no more decimals than it has.

    Examples
    --------
    >>> level_told(0.975, "id")
    '97,5'
    """
    return number_of(Fraction(str(confidence_level)) * 100, lang)


def name_told(group: object, lang: Lang) -> str:
    """Return the name of a group, its parts as one.

    Examples
    --------
    >>> name_told(("Dinas A", None), "id")
    'Dinas A · (kosong)'
    """
    parts = group if isinstance(group, tuple) else (group,)
    return " · ".join(report_words(lang)["empty"] if part is None else str(part) for part in parts)


def unsur_names(standard: SurveyStandard, lang: Lang) -> dict[str, str]:
    """Return code and name of each unsur, by its key."""
    return {u.key: f"{u.code} {u.nama if lang == 'id' else u.name}" for u in standard.unsur}


def bands_told(standard: SurveyStandard, lang: Lang) -> tuple[Band, ...]:
    """Return the bands of a standard, lowest first."""
    return tuple(
        Band(low=b.low, mutu=b.mutu, kinerja=b.kinerja if lang == "id" else b.performance)
        for b in sorted(standard.bands, key=lambda band: band.low)
    )
