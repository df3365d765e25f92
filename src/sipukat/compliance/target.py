"""Where a zone, a band or a number begins, once scores are rounded as the scheme does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from sipukat._text import parse_number
from sipukat.compliance.offers import exact as exactly
from sipukat.errors import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import ScoreBand

Goal: TypeAlias = str | Decimal | Fraction | int | float
"""A zone (``"hijau"``), a band (``"A"``), its label, or the number that is to be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached.

    Parameters
    ----------
    text
        How it is called.
    published
        The lowest rounded score that is in it.
    needed
        The lowest exact score that is rounded to that.
    """

    text: str
    published: Decimal
    needed: Fraction


def target_of(goal: Goal, standard: ComplianceStandard) -> Target:
    """Return where a zone, a band or a number begins.

    Parameters
    ----------
    goal
        A zone, the code or the label of a band, or a score on the scale of the scheme;
        better than it is reached as well.
    standard
        The scheme.

    Raises
    ------
    UnknownNameError
        If the scheme has no such zone or band; lists those that it has.
    ArgumentError
        If a number is not finite or off the scale.

    Notes
    -----
    A score that is rounded half up to `d` decimals is at least `t` exactly when it is at
    least ``t - 10**-d / 2`` itself.

    Examples
    --------
    >>> from sipukat import standards
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> target_of("hijau", scheme).published, target_of("A", scheme).needed
    (Decimal('78.00'), Fraction(17599, 200))
    """
    cent = Decimal(1).scaleb(-standard.scale.decimals)
    if isinstance(goal, str) and (bands := _named(goal, standard)):
        at = standard.bands.index(bands[0])
        published = bands[0].low
        if standard.scale.lookup == "upper_bound" and at:
            published = standard.bands[at - 1].high + cent
        text = goal.strip().upper() if goal.strip().casefold() in standard.zones else bands[0].code
    else:
        wanted = _number(goal, standard)
        published = (Decimal(wanted.numerator) / Decimal(wanted.denominator)).quantize(cent, ROUND_CEILING)
        text = str(published)
    needed = Fraction(published) - Fraction(cent) / 2
    return Target(text=text, published=published, needed=max(needed, Fraction(standard.scale.low)))


def number_or_name(text: str) -> Decimal | str:
    """Return the number by which a target is called, so that each language prints it; else its name.

    Examples
    --------
    >>> number_or_name("76.00"), number_or_name("HIJAU")
    (Decimal('76.00'), 'HIJAU')
    """
    return Decimal(text) if text[:1].isdigit() and text.replace(".", "", 1).isdigit() else text


def _named(goal: str, standard: ComplianceStandard) -> list[ScoreBand]:
    wanted = goal.strip().casefold()
    for names in (
        lambda band: (band.zone,),
        lambda band: (band.code,),
        lambda band: (band.label, band.label_english, band.opini),
    ):
        found = [band for band in standard.bands if wanted in {(n or "").casefold() for n in names(band)}]
        if wanted and found:
            return found
    return []


def _number(goal: Goal, standard: ComplianceStandard) -> Fraction:
    if isinstance(goal, str):
        known = [*standard.zones, *(band.code for band in standard.bands)]
        try:
            wanted = parse_number(goal)
        except ArgumentError:
            raise UnknownNameError(f"zone or band of {standard.id}", goal, known) from None
    else:
        wanted = exactly(goal, "target")
    low, high = standard.scale.low, standard.scale.high
    if not low <= wanted <= high:
        raise ArgumentError(
            f"target: {goal} is off the scale of {standard.id}; give one from {low} to {high}"
        )
    return wanted
