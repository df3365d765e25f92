"""The total of all answers that a printed index implies.

Answers are whole numbers, so their total is one too. An index printed with enough decimals
for so few respondents leaves room for at most one whole total, and under the wrong weight
for none: a bare number then betrays the weight it was made with.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sipukat.ikm.auditing.conventions import Convention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat.ikm.auditing.conventions import WeightRule
    from sipukat.ikm.printed import Printed
    from sipukat.standards.parts import Scale

DECISIVE: Final = Fraction(1, 10)
"""Above this chance of a whole total by accident, one says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedTotal:
    """The total of all answers, if the index was made with one weight.

    Parameters
    ----------
    family
        The weight, e.g. ``"w0.11"``.
    total
        The total that the print itself stands for.
    whole
        The whole total that rounds (half up) to the print; None if there is none, or more
        than one.
    chance
        How likely a print of so many decimals has a whole total by accident, at most 1.
    index
        The index that the whole total gives; None if there is none.
    weight
        The weight of an unsur.
    """

    family: str
    total: Fraction
    whole: int | None
    chance: Fraction
    index: Fraction | None
    weight: Fraction

    @property
    def decisive(self) -> bool:
        """Whether a whole total, or none, says something: the chance is at most one in ten."""
        return self.chance <= DECISIVE

    def convention(self) -> Convention | None:
        """Return the way from the whole total to the index, if the total is decisive."""
        if self.index is None or not self.decisive:
            return None
        return Convention(basis="implied_total", family=self.family, weight=self.weight, value=self.index)


def implied_totals(
    printed: Printed, *, n: int, weights: Sequence[WeightRule], scale: Scale, factor: Fraction
) -> Iterator[ImpliedTotal]:
    """Work back from a printed index to the total of all answers, under each weight.

    Parameters
    ----------
    printed
        The index as printed.
    n
        Number of respondents; every one is taken to have answered every unsur.
    weights
        The weights to try; unequal ones are passed over.
    scale
        The scale of the answers.
    factor
        From the average to the index: 25.

    Yields
    ------
    ImpliedTotal
        One a weight.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.ikm.auditing.conventions import weight_rules
    >>> from sipukat.ikm.printed import Printed
    >>> law, exact = standards.survey("permenpanrb-14-2017"), [Fraction(1, 9)] * 9
    >>> weights, printed = weight_rules(exact, law.profiles), Printed.of("67,38")
    >>> found = implied_totals(printed, n=4, weights=weights, scale=law.scale, factor=Fraction(25))
    >>> {total.family: total.whole for total in found}
    {'exact_1/n': None, 'w0.1111': None, 'w0.111': None, 'w0.11': 98}
    """
    for rule in weights:
        if len(set(rule.weights)) > 1:
            continue
        per_answer = factor * rule.weights[0] / n
        low, high = printed.low / per_answer, printed.high / per_answer
        answers = n * len(rule.weights)
        # half open: the index at `high` would round to the next print
        first, end = -(-low.numerator // low.denominator), -(-high.numerator // high.denominator)
        fits = range(max(first, scale.low * answers), min(end, scale.high * answers + 1))
        whole = fits[0] if len(fits) == 1 else None
        yield ImpliedTotal(
            family=rule.family,
            total=printed.value / per_answer,
            whole=whole,
            chance=min(high - low, Fraction(1)),
            index=None if whole is None else whole * per_answer,
            weight=rule.weights[0],
        )
