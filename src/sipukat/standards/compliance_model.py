"""A compliance standard: how an office is scored, and what its score is called.

A scheme that contradicts itself cannot be made: weights that miss their total, bands with
a gap, an indicator that is its own ancestor are refused where they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat._text import round_half_up
from sipukat.regulation import Regulation
from sipukat.standards.compliance_consistency import scheme_problems
from sipukat.standards.compliance_parts import (
    DecisiveCondition,
    Indicator,
    IndicatorWeighting,
    Measurement,
    Remark,
    ScoreBand,
    ScoreScale,
)
from sipukat.standards.consistency import Scope, named, unlisted_sources, wrong_dates
from sipukat.standards.values import Bulat, Confidence, Figure, Id, Key, MisfitError, Tanggal, Teks

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction


class ComplianceStandard(Record):
    """What one scheme says about scoring an office.

    Parameters
    ----------
    kind
        ``"compliance"``.
    id, title
        Its id (``"ombudsman-2022"``) and title.
    scope
        ``"national"`` for the rule that every office follows, ``"programme"`` for that
        of a programme, ``"local"`` for that of a region.
    regulation
        The regulation that it stands in.
    aliases
        Other ways to write its name.
    years
        The years whose results were published under it.
    berlaku, dicabut
        The day it took effect and the day it was replaced; None where not known.
    dates_confidence, dates_note
        How sure the two days are.
    replaced_by
        Id of its successor.
    scale, bands
        The scale of the score and its bands, ascending.
    weighting, scales, indicators
        What siblings add up to, how leaves are measured, and the indicators; empty where
        they were not found.
    conditions
        What weighs nothing and yet decides something.
    remarks
        Formulas, misprints, disagreements.
    sources
        Id and reference of what the figures were taken from.
    confidence, note
        How well the standard as a whole is sourced.
    extends
        Id of the standard that this one adds to.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from sipukat import standards
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> scheme.band(Decimal("84.68")).code, scheme.zones["hijau"]
    ('B', ('B', 'A'))
    """

    kind: Literal["compliance"]
    id: Id
    title: Teks
    scope: Scope = "local"
    regulation: Regulation
    aliases: tuple[Teks, ...] = ()
    years: tuple[Bulat, ...] = ()
    berlaku: Tanggal | None = None
    dicabut: Tanggal | None = None
    dates_confidence: Confidence | None = None
    dates_note: str = ""
    replaced_by: Id | None = None
    scale: ScoreScale
    bands: Annotated[tuple[ScoreBand, ...], Field(min_length=1)]
    weighting: IndicatorWeighting
    scales: Mapping[Key, Measurement] = Field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    conditions: tuple[DecisiveCondition, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sources: Mapping[str, Teks]
    confidence: Confidence
    note: str = ""
    extends: Id | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.indicator_keys))

    @property
    def indicator_keys(self) -> tuple[str, ...]:
        """The keys of the indicators, dimensions included, in order."""
        return tuple(indicator.key for indicator in self.indicators)

    @property
    def zones(self) -> Mapping[str, tuple[str, ...]]:
        """Each zone and the codes of its bands, both from the worst to the best."""
        found: dict[str, tuple[str, ...]] = {}
        for band in self.bands:
            if band.zone:
                found[band.zone] = (*found.get(band.zone, ()), band.code)
        return found

    @property
    def assumed(self) -> tuple[str, ...]:
        """The keys of the indicators whose weight was not found, and that have siblings."""
        return tuple(
            i.key for i in self.indicators if i.weight is None and len(self.children_of(i.parent)) > 1
        )

    def children_of(self, key: str) -> tuple[Indicator, ...]:
        """Return the indicators that are part of a dimension; those at the top for ``""``."""
        return tuple(indicator for indicator in self.indicators if indicator.parent == key)

    def indicator_of(self, key: str) -> Indicator:
        """Return the indicator with that key.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.indicators, key, f"indicator of {self.id}", by="key")

    def band_of(self, code: str) -> ScoreBand:
        """Return the band of that code.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.bands, code, f"band of {self.id}", by="code")

    def rounded(self, score: Fraction | Decimal) -> Decimal:
        """Round an exact score as the scheme does: once, half up, to its decimals.

        Examples
        --------
        >>> from decimal import Decimal
        >>> from sipukat import standards
        >>> standards.compliance("ombudsman-2021").rounded(Decimal("80.995"))
        Decimal('81.00')
        """
        return round_half_up(score, self.scale.decimals)

    def band(self, value: Decimal) -> ScoreBand | None:
        """Return the band of a score that has been rounded as the scheme does.

        None where `value` lies off the scale.

        Raises
        ------
        ValueError
            If `value` has more decimals than the scheme: rounding it decides the band, so
            it comes first.
        """
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -self.scale.decimals:
            raise ValueError(
                f"round {value} half up to {self.scale.decimals} decimals before it is looked up"
            )
        if not self.scale.low <= value <= self.scale.high:
            return None
        if self.scale.lookup == "lower_bound":
            return next(band for band in reversed(self.bands) if band.low <= value)
        return next(band for band in self.bands if value <= band.high)

    def figures(self, confidence: Confidence | None = None) -> Mapping[str, Figure]:
        """Return every figure by its key in the file, or those of one confidence.

        Examples
        --------
        >>> from sipukat import standards
        >>> sorted(standards.compliance("ombudsman-2025").figures("C"))[0]
        'bands[0]'
        """
        every = dict(_figures(self))
        return {key: f for key, f in every.items() if confidence in {None, f.confidence}}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for problem in _problems(self):
            raise problem
        return self


def _problems(standard: ComplianceStandard) -> Iterator[MisfitError]:
    yield from scheme_problems(
        standard.scale,
        standard.bands,
        standard.indicators,
        standard.weighting.total,
        standard.scales,
        standard.conditions,
    )
    yield from wrong_dates(standard.berlaku, standard.dicabut, standard.dates_confidence)
    yield from unlisted_sources(
        standard.sources, ((where, figure.sources) for where, figure in _figures(standard))
    )


def _figures(standard: ComplianceStandard) -> Iterator[tuple[str, Figure]]:
    yield "scale", standard.scale
    yield "weighting", standard.weighting
    for key, measurement in standard.scales.items():
        yield f"scales.{key}", measurement
    for name in ("bands", "indicators", "conditions", "remarks"):
        for place, figure in enumerate(getattr(standard, name)):
            yield f"{name}[{place}]", figure
