"""Numbers as somebody printed them: the value, and to how many decimals.

``87,28`` and ``87.280`` are one value and two statements: the second promises more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Final

from sipukat._text import parse_number, round_half_up
from sipukat.errors import ArgumentError

PrintedNumber = str | Decimal | int | float
"""A number as printed; a float is taken at its shortest decimal form."""

_NOISE: Final = 12  # a double printed in full carries noise after some 15 digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A number as printed.

    Parameters
    ----------
    text
        As it was given.
    value
        Its exact value.
    decimals
        Decimals printed; at most 12 count, the rest is the noise of a binary double.

    Examples
    --------
    >>> number = Printed.of("87,641")
    >>> number.decimals, number.low, number.high
    (3, Fraction(175281, 2000), Fraction(175283, 2000))
    """

    text: str
    value: Fraction
    decimals: int

    @classmethod
    def of(cls, number: PrintedNumber, *, what: str = "a printed number") -> Printed:
        """Read a number as printed.

        Parameters
        ----------
        number
            Text with a decimal comma or point, a Decimal, an int or a float.
        what
            What it is, for the message.

        Raises
        ------
        ValueError
            If it is not one finite decimal number.
        """
        if isinstance(number, str):
            try:
                value = parse_number(number)
            except ValueError as error:
                raise ArgumentError(f"{what}: {error}") from None
            # NFKC may widen a text but never changes how many digits follow the mark
            text, decimals = number.strip(), len(number.strip().replace(",", ".").partition(".")[2])
        else:
            exact = _decimal(number, what)
            text, value, decimals = (
                format(exact, "f"),
                Fraction(exact),
                max(0, -int(exact.as_tuple().exponent)),
            )
        decimals = min(decimals, _NOISE)
        return cls(text=text, value=rounded(value, decimals), decimals=decimals)

    @property
    def half(self) -> Fraction:
        """Half a unit of the last decimal printed."""
        return Fraction(1, 2 * 10**self.decimals)

    @property
    def low(self) -> Fraction:
        """The least number that rounds (half up) to the print."""
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        """The number below which everything from `low` on rounds to the print."""
        return self.value + self.half

    def like(self, value: Fraction, decimals: int | None = None) -> str:
        """Print another number with the decimal mark, and by default the decimals, of this one.

        Examples
        --------
        >>> Printed.of("87,641").like(Fraction(701, 8))
        '87,625'
        """
        text = str(round_half_up(value, self.decimals if decimals is None else decimals))
        return text.replace(".", ",") if "," in self.text else text


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """Round half up to `decimals` places; None leaves the value as it is.

    Examples
    --------
    >>> rounded(Fraction(77, 8), 2)
    Fraction(963, 100)
    """
    return value if decimals is None else Fraction(round_half_up(value, decimals))


def _decimal(number: object, what: str) -> Decimal:
    if isinstance(number, bool) or not isinstance(number, Decimal | Real):
        raise ArgumentError(f"{what}: {number!r} is not a number; give it as printed, e.g. '87,64'")
    if isinstance(number, Decimal):
        exact = number
    elif isinstance(number, Integral):
        exact = Decimal(int(number))
    elif isinstance(number, Rational):
        raise ArgumentError(f"{what}: {number!r} is a fraction; give it as printed, e.g. '87,64'")
    else:
        exact = Decimal(repr(float(number)))
    if not exact.is_finite():
        raise ArgumentError(f"{what}: {number!r} is not a finite number; give it as printed, e.g. '87,64'")
    return exact
