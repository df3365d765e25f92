"""The parts of a compliance standard: indicators, how they are measured, bands, conditions.

Every record is frozen, and every figure carries its place in the law and how sure it is.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat.standards.values import Bulat, Confidence, Figure, Key, MisfitError, Nilai, Pecahan, Teks

NodeKey: TypeAlias = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9]+(_[a-z0-9]+)*)*$", max_length=100)
]
"""The key of an indicator: a dotted path, e.g. ``"kebijakan_pelayanan.1"``."""

Zone: TypeAlias = Literal["merah", "kuning", "hijau"]
"""The colour in which a result is published."""


class Grade(Record):
    """One level of an indicator.

    Examples
    --------
    >>> from decimal import Decimal
    >>> Grade(score=Decimal(2), jika="memuat 14 komponen", when="holds the 14 komponen").score
    Decimal('2')
    """

    score: Nilai
    jika: Teks
    when: Teks


class Measurement(Figure):
    """How an indicator is measured.

    Parameters
    ----------
    kind
        ``"levels"``: one of the named levels; ``"yes_no"``; ``"count"``: how many, up to
        enough; ``"measure"``: a number on a scale.
    low, high
        The values that give nothing and all; of a count, `high` is the count that is enough.
    levels
        The levels, ascending, for ``"levels"``; two words for ``"yes_no"``, if any.
    """

    kind: Literal["levels", "yes_no", "count", "measure"]
    low: Nilai
    high: Nilai
    levels: tuple[Grade, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.high <= self.low:
            raise MisfitError("high", f"{self.high}, not above low {self.low}", "a higher number")
        scores = [level.score for level in self.levels]
        if scores != sorted(set(scores)):
            got = ", ".join(map(str, scores))
            raise MisfitError("levels", f"scores {got}", "each score once, ascending")
        needed = {"levels": True, "yes_no": None, "count": False, "measure": False}[self.kind]
        if needed is not None and needed != bool(scores):
            right = "at least two levels" if needed else "no levels"
            raise MisfitError("levels", f"{len(scores)} levels for kind {self.kind!r}", right)
        if scores and (scores[0] != self.low or scores[-1] != self.high):
            got = f"levels from {scores[0]} to {scores[-1]}"
            raise MisfitError("levels", got, f"levels from low {self.low} to high {self.high}")
        if self.kind == "yes_no" and not (self.low == 0 and self.high == 1):
            raise MisfitError("high", f"{self.low} to {self.high} for a yes or no", "0 to 1")
        return self


class Requirement(Figure):
    """What must stand before an indicator can rise: another indicator at a level.

    Parameters
    ----------
    level
        The score of this indicator that needs it.
    needs, at_least
        The key of the other indicator, and the score that it must have.
    """

    level: Nilai
    needs: NodeKey
    at_least: Nilai


class Indicator(Figure):
    """One indicator, or a dimension that holds others.

    Parameters
    ----------
    key
        Its key, unique in the standard.
    parent
        Key of the dimension that it is part of; empty at the top.
    nama, name
        Its name in Indonesian and in English.
    weight
        Its weight among its siblings, which add up to `Weighting.total`; None where it was
        not found: it is then assumed, an equal part of what the others leave over.
    weight_confidence
        How sure the weight is; None means as sure as the indicator.
    scale
        Name of the `Measurement` in the standard's `scales`; empty for a dimension.
    gate
        Key of the condition without which it counts 0; empty where there is none.
    requires
        What must stand before it can rise.
    """

    key: NodeKey
    parent: NodeKey | Literal[""] = ""
    nama: Teks
    name: Teks
    weight: Pecahan | None = None
    weight_confidence: Confidence | None = None
    scale: Key | Literal[""] = ""
    gate: NodeKey | Literal[""] = ""
    requires: tuple[Requirement, ...] = ()

    @model_validator(mode="after")
    def _positive(self) -> Self:
        if self.weight is not None and self.weight <= 0:
            raise MisfitError("weight", str(self.weight), "a weight above 0")
        return self


class IndicatorWeighting(Figure):
    """What the weights of siblings add up to.

    Parameters
    ----------
    total
        The sum, e.g. 100.
    wording
        What is known of the weights, in Indonesian.
    """

    total: Pecahan
    wording: Teks

    @model_validator(mode="after")
    def _positive(self) -> Self:
        if self.total <= 0:
            raise MisfitError("total", str(self.total), "a sum above 0, e.g. 100")
        return self


class ScoreScale(Figure):
    """The scale of the score.

    Parameters
    ----------
    low, high
        Its ends.
    decimals
        To how many decimals a score is rounded before its band is looked up.
    rounding
        ``"half_up"``: a tie goes up.
    lookup
        ``"lower_bound"``: a band holds what is at least its lower bound;
        ``"upper_bound"``: what is at most its upper bound.
    rounding_confidence
        How sure the rule for ties is.
    wording
        The rule in words, in Indonesian.
    """

    low: Nilai
    high: Nilai
    decimals: Annotated[Bulat, Field(ge=0, le=2)]
    rounding: Literal["half_up"] = "half_up"
    rounding_confidence: Confidence
    lookup: Literal["lower_bound", "upper_bound"]
    wording: Teks

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if self.high <= self.low:
            raise MisfitError("high", f"{self.high}, not above low {self.low}", "a higher number")
        return self


class ScoreBand(Figure):
    """One band of scores, with the bounds as they are printed.

    Parameters
    ----------
    code
        Its code, e.g. ``"B"`` or ``"HIJAU"``.
    label, label_english
        What it is called, in Indonesian and in English.
    low, high
        The lowest and the highest score that it holds, rounded as the scale says.
    zone
        Its colour; None where there is none.
    zone_confidence, label_confidence
        How sure the colour and the label are; None means as sure as the bounds.
    opini
        What the opinion calls it, where that has words of its own.
    """

    code: Teks
    label: Teks
    label_english: Teks
    low: Nilai
    high: Nilai
    zone: Zone | None = None
    zone_confidence: Confidence | None = None
    label_confidence: Confidence | None = None
    opini: str = ""


class DecisiveCondition(Figure):
    """A yes or no that weighs nothing and yet decides something.

    Parameters
    ----------
    key
        Its key in an evidence.
    nama, name
        What is asked, in Indonesian and in English.
    effect
        ``"gate"``: without it the indicators that name it count 0; ``"suffix"``: with it
        the opinion gets `suffix`.
    suffix
        The words that it adds.
    """

    key: NodeKey
    nama: Teks
    name: Teks
    effect: Literal["gate", "suffix"]
    suffix: str = ""

    @model_validator(mode="after")
    def _worded(self) -> Self:
        if (self.effect == "suffix") != bool(self.suffix):
            right = "the words that it adds" if self.effect == "suffix" else "no words for a gate"
            raise MisfitError("suffix", repr(self.suffix), right)
        return self


class Remark(Figure):
    """Something a reader should know of the scheme: a formula, a misprint, a disagreement.

    Parameters
    ----------
    topic
        What it is about: ``"rumus"``, ``"salah_cetak"``, ``"perbedaan"``, ``"umum"``.
    text
        What to know, in Indonesian.
    """

    topic: Literal["rumus", "salah_cetak", "perbedaan", "umum"]
    text: Teks
