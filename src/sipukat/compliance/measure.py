"""How a leaf of a scheme is measured: levels, yes or no, a count, a number on a scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from sipukat.standards.values import Confidence

Kind: TypeAlias = Literal["levels", "yes_no", "count", "measure"]
"""How a leaf is measured: named levels, yes or no, a count up to enough, a number on a scale."""

_NUMBERS: Final = (int, float, Decimal, Fraction)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a leaf.

    Parameters
    ----------
    value
        What it gives of all that the leaf can give, from 0 to 1.
    score
        The score as the law counts it, e.g. 0 to 5.
    jika, when
        What must be so, in Indonesian and in English.
    """

    value: Fraction
    score: Decimal
    jika: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a leaf is measured.

    Parameters
    ----------
    kind
        ``"levels"``, ``"yes_no"``, ``"count"`` or ``"measure"``.
    levels
        Its levels, ascending; two for ``"yes_no"``, none for ``"count"`` and ``"measure"``.
    low, high
        The values that give nothing and all: 0 and 5, 0 and 100; of a count, 0 and the
        count that is enough.
    confidence
        How well the scale is sourced; ``"C"`` where it is inferred.
    """

    kind: Kind
    levels: tuple[Level, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(1)
    confidence: Confidence = "C"
    _least: Fraction = field(init=False, repr=False, compare=False)
    _reach: Fraction = field(init=False, repr=False, compare=False)
    _scores: frozenset[Fraction] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ArgumentError(f"a measure from {self.low} to {self.high}; expected a high above its low")
        object.__setattr__(self, "_least", Fraction(self.low))
        object.__setattr__(self, "_reach", Fraction(self.high - self.low))
        object.__setattr__(self, "_scores", frozenset(Fraction(level.score) for level in self.levels))

    def fraction(self, value: Decimal | Fraction | float | bool, *, where: str = "") -> Fraction:  # noqa: FBT001
        """Return what a value gives of all that the leaf can give, from 0 to 1, exactly.

        Parameters
        ----------
        value
            A score of one of the levels, yes or no, a count, or a number on the scale, as
            `kind` says. A float counts at its shortest decimal form. A count above `high`
            gives all.
        where
            The key of the leaf, for the error.

        Raises
        ------
        ArgumentError
            If it is no number, NaN, off the scale, or no level; says what would be right.

        Notes
        -----
        ``(value - low) / (high - low)``.

        Examples
        --------
        >>> Measure(kind="measure", high=Decimal(100)).fraction(72.5)
        Fraction(29, 40)
        """
        exact = self._exact(value, where)
        part = (exact - self._least) / self._reach if self._least else exact / self._reach
        beyond = part.numerator > part.denominator  # whole numbers compare faster than fractions
        if beyond and self.kind == "count":
            return Fraction(1)
        if part.numerator < 0 or beyond or not self._allows(exact):
            raise _misfit(where, value, self.expected())
        return part

    def _allows(self, exact: Fraction) -> bool:
        if self.kind == "yes_no":
            return exact.denominator == 1
        return self.kind != "levels" or exact in self._scores

    def expected(self) -> str:
        """Say in English which values are right."""
        if self.kind == "yes_no":
            return "true or false"
        if self.kind == "levels":
            return f"one of {', '.join(str(level.score) for level in self.levels)}"
        if self.kind == "count":
            return f"a whole number of {self.low} or more ({self.high} gives all)"
        return f"a number from {self.low} to {self.high}"

    def _exact(self, value: object, where: str) -> Fraction:
        if isinstance(value, bool):
            if self.kind == "yes_no":
                return Fraction(value)
            raise _misfit(where, value, self.expected())
        if not isinstance(value, _NUMBERS):
            raise _misfit(where, value, self.expected())
        try:
            exact = Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)
        except (ValueError, OverflowError) as failure:  # NaN and infinities
            raise _misfit(where, value, self.expected()) from failure
        if self.kind == "count" and exact.denominator != 1:
            raise _misfit(where, value, self.expected())
        return exact


def _misfit(where: str, value: object, expected: str) -> ArgumentError:
    place = f"{where}: " if where else ""
    return ArgumentError(f"{place}{value!r} is no value of this indicator; expected {expected}")
