"""What a score is called: its band and its zone, by the rule of the scheme that is named.

The same score has another colour in another scheme (51.15 was kuning in 2021 and is merah
since 2022), so the scheme is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sipukat._text import Lang, number, parse_number
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings
from sipukat.standards.registry import compliance

if TYPE_CHECKING:
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import ScoreBand, Zone
    from sipukat.standards.loader import Standard
    from sipukat.standards.values import Confidence

FORMAT: Final = "urn:sipukat:verdict:1"

Score: TypeAlias = Decimal | Fraction | float | str
"""A score as callers have it: ``Decimal``, ``Fraction``, a number, or a text such as ``"84,68"``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a score is called.

    Parameters
    ----------
    exact
        The score as it was given, exactly, on the scale of the scheme (0 to 100, or 0 to
        5).
    score
        The score rounded as the scheme does; the band is that of this number.
    band
        The band that it falls into.
    opini
        What the opinion calls it, with its suffix where that is earned; empty where the
        scheme has no words of its own.
    rule
        The rule of rounding and of looking up, in Indonesian.
    standard
        Id of the scheme.
    findings
        What a reader must know: CMP800 to CMP803.
    """

    exact: Fraction
    score: Decimal
    band: ScoreBand
    opini: str
    rule: str
    standard: str
    findings: Findings

    @property
    def code(self) -> str:
        """The code of the band, e.g. ``"B"``."""
        return self.band.code

    @property
    def label(self) -> str:
        """What the band is called, in Indonesian."""
        return self.band.label

    @property
    def zone(self) -> Zone | None:
        """The colour; None where the scheme has none."""
        return self.band.zone

    @property
    def confidence(self) -> Confidence:
        """How well the bounds of the band are sourced."""
        return self.band.confidence

    @property
    def place(self) -> str:
        """Where the band stands."""
        return self.band.place

    def sentence(self, lang: Lang = "id") -> str:
        """Say it in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.

        Examples
        --------
        >>> classify("84,68", standard="ombudsman-2022").sentence()
        'Nilai 84,68 menurut ombudsman-2022: B, Kualitas Tinggi, zona hijau.'
        """
        shown = number(self.score, _decimals(self.score), lang=lang)
        label = self.band.label if lang == "id" else self.band.label_english
        parts = [self.code] if self.code.casefold() != (self.zone or "") else []
        parts.append(label)
        if self.zone:
            parts.append(f"zona {self.zone}" if lang == "id" else f"zone {self.zone}")
        doubt = ""
        if self.confidence == "C":
            doubt = " (batas keyakinan C)" if lang == "id" else " (bounds of confidence C)"
        opening = f"Nilai {shown} menurut" if lang == "id" else f"A score of {shown} under"
        return f"{opening} {self.standard}: {', '.join(parts)}{doubt}."

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; the exact score is a text such as ``"16199/200"``."""
        return {
            "format": FORMAT,
            "standard": self.standard,
            "score": str(self.score),
            "exact": str(self.exact),
            "code": self.code,
            "label": self.label,
            "zone": self.zone,
            "opini": self.opini or None,
            "confidence": self.confidence,
            "zone_confidence": _zone_confidence(self.band),
            "place": self.place,
            "rule": self.rule,
            "findings": self.findings.to_records(),
        }

    def __repr__(self) -> str:
        return f"Verdict({self.score} under {self.standard}: {self.code}, {self.label}, zone {self.zone})"


def classify(score: Score, standard: str | Standard) -> Verdict:
    """Say what a bare score is called under a scheme.

    It is rounded once, half up, to the decimals of the scheme, and then looked up by the
    scheme's rule: Ombudsman by lower bounds, IPP by upper bounds.

    Parameters
    ----------
    score
        The score: a number, or a text with a comma or a point. A float counts at its
        shortest decimal form, so that ``80.995`` is what it says.
    standard
        The scheme, by any name that `sipukat.standards.get` knows; there is no default.

    Raises
    ------
    ArgumentError
        If `score` is no number, NaN, or off the scale; says what would be right.
    UnknownNameError
        If there is no such scheme.

    Notes
    -----
    Bounds: press on the results of 2021 and of 2022-2024 (confidence A); those of 2025 are
    inferred (C), IPP from two programs (A). Each band has its place and confidence.

    Examples
    --------
    >>> [classify("51.15", scheme).zone for scheme in ("ombudsman-2021", "ombudsman-2022")]
    ['kuning', 'merah']
    >>> classify("4.505", standard="ipp-29-2022").code
    'A'
    """
    scheme = compliance(standard)
    return verdict_of(_exact(score, scheme), scheme)


def verdict_of(exact: Fraction, standard: ComplianceStandard, *, suffix: str = "") -> Verdict:
    """Return what an exact score on the scale of a scheme is called.

    Parameters
    ----------
    exact
        The exact score.
    standard
        The scheme.
    suffix
        Words that the opinion has earned.
    """
    scale = standard.scale
    rounded = standard.rounded(exact)
    band = standard.band(rounded)
    if band is None:
        raise _off_scale(exact, standard)
    opini = f"{band.opini} {suffix}" if band.opini and suffix else band.opini
    return Verdict(
        exact=exact,
        score=rounded,
        band=band,
        opini=opini,
        rule=scale.wording,
        standard=standard.id,
        findings=Findings(_remarks(exact, rounded, band, standard)),
    )


def _remarks(
    exact: Fraction, rounded: Decimal, band: ScoreBand, standard: ComplianceStandard
) -> list[Finding]:
    found: list[Finding] = []
    truncated = Decimal(int(exact * 10**standard.scale.decimals)).scaleb(-standard.scale.decimals)
    if Fraction(rounded) != exact and standard.band(truncated) != band:
        found.append(
            Finding.of(
                "CMP800",
                path=standard.id,
                score=_short(exact),
                rounded=float(rounded),
                cut=float(truncated),
                band=band.code,
                below=standard.band(truncated).code,  # type: ignore[union-attr]  # it lies on the scale
                rule=standard.scale.wording,
                confidence=standard.scale.rounding_confidence,
            )
        )
    if band.confidence == "C":
        found.append(Finding.of("CMP801", path=standard.id, band=band.code, low=float(band.low)))
    if band.zone and _zone_confidence(band) == "C":
        found.append(Finding.of("CMP802", path=standard.id, zone=band.zone, band=band.code))
    return found


def _zone_confidence(band: ScoreBand) -> Confidence | None:
    return (band.zone_confidence or band.confidence) if band.zone else None


def _exact(score: object, standard: ComplianceStandard) -> Fraction:
    right = f"a number from {standard.scale.low} to {standard.scale.high}, the scale of {standard.id}"
    if isinstance(score, str):
        try:
            exact = parse_number(score)
        except ArgumentError as failure:
            raise ArgumentError(f'{score[:40]!r} is no score; expected {right}, e.g. "84,68"') from failure
    elif isinstance(score, bool) or not isinstance(score, Decimal | Fraction | float | Integral):
        raise ArgumentError(f"{score!r} is no score; expected {right}")
    else:
        if isinstance(score, Integral):
            score = int(score)  # an integer of NumPy does not compare with a Decimal
        try:
            exact = Fraction(repr(float(score))) if isinstance(score, float) else Fraction(score)
        except (ValueError, OverflowError) as failure:  # NaN and infinities
            raise ArgumentError(f"{score!r} is no score; expected {right}") from failure
    if not standard.scale.low <= exact <= standard.scale.high:
        raise _off_scale(exact, standard)
    return exact


def _off_scale(exact: Fraction, standard: ComplianceStandard) -> ArgumentError:
    right = f"a number from {standard.scale.low} to {standard.scale.high}"
    return ArgumentError(f"{_short(exact)} is off the scale of {standard.id}; expected {right}")


def _short(exact: Fraction) -> str:
    """Print an exact number with all its decimals where it has few, else as it rounds to six."""
    scaled = exact * 10**6
    return f"{(Decimal(round(scaled)) / 10**6).normalize():f}"


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
