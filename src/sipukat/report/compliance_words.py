"""The words around a compliance assessment, and what the parts of its report share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

from sipukat._text import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat._text import Lang
    from sipukat.compliance.assessment import Assessment
    from sipukat.compliance.city_assessment import CityAssessment
    from sipukat.compliance.classify import Verdict
    from sipukat.compliance.tree import Tree
    from sipukat.standards.compliance_model import ComplianceStandard

_FINE: Final = 10  # a scale shorter than this has points of hundredths


class Named(Protocol):
    """What has a name in both languages."""

    @property
    def nama(self) -> str:
        """Its Indonesian name."""
        ...

    @property
    def name(self) -> str:
        """Its English name."""
        ...


@cache
def words_of(lang: Lang) -> Mapping[str, str]:
    """Return the words, from ``compliance_words.toml`` beside this file.

    Examples
    --------
    >>> words_of("en")["zone"]
    'zone {zone}'
    """
    text = files("sipukat.report").joinpath("compliance_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang])


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Whom a report is about, and in which language.

    Parameters
    ----------
    subject
        The assessment of an office, or of a city.
    tree
        The scheme as a tree.
    lang
        Language of the report.
    """

    subject: Assessment | CityAssessment
    tree: Tree
    lang: Lang

    def say(self, key: str, **values: object) -> str:
        """Return the words of `key`, with `values` in them."""
        return words_of(self.lang)[key].format(**values)

    def number(self, value: Fraction | Decimal | float | None, decimals: int = 2) -> str:
        """Print a number as the language does."""
        return number(value, decimals, lang=self.lang)

    def score(self, verdict: Verdict) -> str:
        """Print the score of a verdict, with the decimals of the scheme."""
        return self.number(verdict.score, self.standard.scale.decimals)

    def named(self, row: Named) -> str:
        """Return a name in the language of the report."""
        return row.nama if self.lang == "id" else row.name

    def band(self, verdict: Verdict) -> str:
        """Say the code and the label of a band; the label alone where the code is the colour."""
        label = verdict.label if self.lang == "id" else verdict.band.label_english
        return label if verdict.code.casefold() == verdict.zone else f"{verdict.code} {label}"

    def zone(self, zone: str | None) -> str:
        """Say a colour in a sentence, that it is not sure, or that the scheme has none."""
        if not self.standard.zones:
            return self.say("colourless")
        return self.say("zone", zone=zone.upper()) if zone else self.say("no_zone")

    def zone_name(self, zone: str | None) -> str:
        """Say a colour alone."""
        if not self.standard.zones:
            return "–"
        return zone.upper() if zone else self.say("not_sure")

    def value(self, value: Decimal | bool | int | None, /) -> str:  # noqa: FBT001  yes and no are values
        """Print the value of an indicator as the law counts, with all its decimals."""
        if value is None:
            return self.say("unknown")
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        exponent = Decimal(value).normalize().as_tuple().exponent
        return self.number(Decimal(value), max(-int(exponent), 0))

    @property
    def standard(self) -> ComplianceStandard:
        """The scheme."""
        return self.subject.standard

    @property
    def decimals(self) -> int:
        """Decimals of points: two more on a scale that is short."""
        return 2 if self.tree.high - self.tree.low > _FINE else 4

    @property
    def assumed(self) -> tuple[str, ...]:
        """Keys of the indicators whose share rests on an assumed weight."""
        return tuple(key for key in self.tree.keys if self.tree.assumed(key))

    @property
    def assumed_percent(self) -> Fraction:
        """The part of the score that rests on assumed weights, in per cent."""
        return 100 * sum((self.tree.shares[key] for key in self.assumed), Fraction(0))

    def zones(self) -> Iterator[tuple[str, Decimal]]:
        """Yield each colour of the scheme with the score at which it begins, lowest first."""
        for zone, codes in self.standard.zones.items():
            yield zone, self.standard.band_of(codes[0]).low
