"""The sentences of the IKM report, in Indonesian and in English."""

from __future__ import annotations

import math
import tomllib
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from sipukat._text import listing, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult


@cache
def words_of(lang: Lang, part: Literal["words", "method", "provenance"] = "words") -> Mapping[str, str]:
    """Return the words of one part of the report, from ``ikm_report.toml`` beside this file.

    Examples
    --------
    >>> words_of("en")["withheld"]
    'withheld'
    """
    text = files("sipukat.report").joinpath("ikm_report.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang][part])


def level_of(result: IkmResult, lang: Lang) -> str:
    """Return the confidence level in per cent, with no more decimals than it has.

    It is read from the shortest text of the float, so that 0.95 is 95 and not 94.99….
    """
    percent = Fraction(str(result.confidence_level)) * 100
    decimals = next((d for d in range(6) if (percent * 10**d).denominator == 1), 6)
    return number(percent, decimals, lang=lang)


def has_interval(e: Estimate) -> bool:
    """Say whether the interval of an estimate says anything."""
    return e.published is not None and all(map(math.isfinite, (e.se, e.low, e.high)))


def between(result: IkmResult, lang: Lang) -> str:
    """Say how sure the overall index is."""
    e, words = result.overall, words_of(lang)
    if e.published is None:
        return ""
    if not has_interval(e):
        return words["unknown"].format(n=number(e.n, 0, lang=lang))
    ends = {"low": number(e.low, lang=lang), "high": number(e.high, lang=lang)}
    return words["between"].format(level=level_of(result, lang), **ends)


def method(result: IkmResult, lang: Lang) -> str:
    """Tell in a few plain sentences how the index came about."""
    words, rule, e = words_of(lang, "method"), result.standard, result.overall
    bands = words["bands"] if rule.bands else ""
    told = [
        words["rule"].format(
            regulation=rule.regulation,
            n=number(e.n, 0, lang=lang),
            weights=_weights(result, lang),
            factor=number_of(rule.scale.to_ikm or Fraction(1), lang),
            bands=bands,
        ),
        words[result.missing if e.missing_cells else "full"].format(k=number(e.missing_cells, 0, lang=lang)),
    ]
    if result.design.weight:
        told.append(words["weight"].format(weight=result.design.weight))
    if design := _design(result, lang):
        told.append(words["design"].format(design=design))
    told.append(words["interval"].format(level=level_of(result, lang), interval=result.interval))
    return " ".join([*told, words["caveat"]])


def number_of(value: Fraction, lang: Lang) -> str:
    """Print a number of the law with as many decimals as it has, or as a fraction.

    Examples
    --------
    >>> number_of(Fraction(111, 1000), "id"), number_of(Fraction(1, 9), "id"), number_of(Fraction(25), "id")
    ('0,111', '1/9', '25')
    """
    decimals = next((d for d in range(7) if (value * 10**d).denominator == 1), None)
    return str(value) if decimals is None else number(value, decimals, lang=lang)


def _weights(result: IkmResult, lang: Lang) -> str:
    words, profile = words_of(lang, "method"), result.standard.profile(result.profile)
    same = {unsur.weight for unsur in result.standard.unsur}
    if profile.weight is None:
        told = words["exact"].format(weight=number_of(min(same), lang)) if len(same) == 1 else words["stated"]
    else:
        told = words["profile"].format(weight=number_of(profile.weight, lang), profile=profile.id)
    steps = (profile.nrr_decimals, profile.weighted_decimals, profile.index_decimals)
    return told + (words["steps"] if any(step is not None for step in steps) else "")


def _design(result: IkmResult, lang: Lang) -> str:
    words, design = words_of(lang, "method"), result.design
    parts = []
    if design.strata:
        parts.append(words["stratum"].format(name=listing(design.strata, lang=lang)))
    if design.psu:
        parts.append(words["psu"].format(name=design.psu))
    if design.population is not None:
        parts.append(words["population"])
    if design.ssu_population is not None:
        parts.append(words["ssu"].format(name=design.ssu or words["respondents"]))
    if design.replicate_weights is not None:
        held = design.replicate_weights
        parts.append(words["replicates"].format(count=len(held.columns), method=held.method))
    if design.calibration is not None:
        fit = design.calibration
        fitted = [" × ".join(margin) for margin in fit.margins] + list(fit.totals)
        parts.append(words["calibration"].format(names=listing(fitted, lang=lang)))
    if result.findings.by_code("IKM620"):
        parts.append(words["lonely"].format(rule=design.lonely_psu))
    return "; ".join(parts)
