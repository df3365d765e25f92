"""What stands beside a printed index: averages, sums, counts, respondents.

Averages printed with few decimals, together with the number of respondents, often allow
only one whole sum each; then the sums are known as surely as if they were printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import index
from typing import TYPE_CHECKING, Literal, SupportsIndex, TypeVar

from sipukat.errors import ArgumentError
from sipukat.ikm.printed import Printed, PrintedNumber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.standards.parts import Scale

T = TypeVar("T")

Source = Literal["counts", "sums", "implied", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the answers behind a printed index.

    Parameters
    ----------
    nrr
        The averages as printed; empty if none are.
    sums, answered
        Sum of the answers, and number of answers, of each unsur; empty if not known.
    source
        Where the sums come from: ``"counts"``, ``"sums"``, ``"implied"`` by averages and
        number of respondents, or ``"none"``.
    n
        Number of respondents, or None.
    impossible
        Numbers (from 1) of the unsur whose printed average is none of n whole answers.
    """

    nrr: tuple[Printed, ...]
    sums: tuple[int, ...]
    answered: tuple[int, ...]
    source: Source
    n: int | None
    impossible: tuple[int, ...] = ()

    @property
    def n_unsur(self) -> int:
        """Number of unsur seen; 0 if only a total is known."""
        return len(self.nrr) or len(self.sums)

    @property
    def raw(self) -> tuple[Fraction, ...]:
        """The exact averages, or nothing."""
        return tuple(Fraction(s, a) for s, a in zip(self.sums, self.answered, strict=True))

    @property
    def pooled(self) -> Fraction | None:
        """The average of all answers, or None."""
        return Fraction(sum(self.sums), sum(self.answered)) if self.sums else None

    @property
    def contradicted(self) -> tuple[int, ...]:
        """Numbers of the unsur whose printed average is not the rounded one, however rounded."""
        if self.source not in {"counts", "sums"}:
            return ()
        pairs = enumerate(zip(self.nrr, self.raw, strict=False), start=1)
        return tuple(i for i, (seen, mean) in pairs if not seen.low <= mean <= seen.high)

    @property
    def truncated(self) -> bool:
        """Whether cutting digits off explains all averages that rounding does not."""
        pairs = list(zip(self.nrr, self.raw, strict=False))
        return all(seen.value <= mean < seen.value + 2 * seen.half for seen, mean in pairs)

    def beyond(self, scale: Scale) -> tuple[int, ...]:
        """Return the numbers of the unsur whose sum or average no answers on the scale can give."""
        means = self.raw or tuple(seen.value for seen in self.nrr)
        return tuple(i for i, mean in enumerate(means, start=1) if not scale.low <= mean <= scale.high)


def gather(
    *,
    nrr: Sequence[PrintedNumber] | Mapping[str, PrintedNumber] | None,
    sums: Sequence[int] | None,
    counts: Sequence[Sequence[int]] | None,
    n: int | Sequence[int] | None,
    scale: Scale,
) -> Evidence:
    """Read the evidence, and refuse what cannot have been printed.

    Parameters
    ----------
    nrr
        Averages as printed, one an unsur, or by unsur.
    sums
        Sum of the answers of each unsur; needs `n`.
    counts
        For each unsur, how many gave each score, from the lowest up.
    n
        Number of respondents, or of answers of each unsur.
    scale
        The scale of the answers.

    Raises
    ------
    ValueError
        If numbers of unsur differ, a count is no whole number, or `n` is missing.

    Examples
    --------
    >>> from sipukat import standards
    >>> scale = standards.survey("permenpanrb-14-2017").scale
    >>> found = gather(nrr=["3,62", "3,48"], sums=None, counts=None, n=29, scale=scale)
    >>> found.source, found.sums
    ('implied', (105, 101))
    """
    means = nrr.values() if isinstance(nrr, Mapping) else _each(nrr, "nrr")
    printed = tuple(Printed.of(x, what=f"NRR of unsur {i}") for i, x in enumerate(means, start=1))
    numbered = enumerate(_each(counts, "counts"), start=1)
    rows = [[_whole(count, f"count of unsur {i}") for count in row] for i, row in numbered]
    totals = [_whole(s, f"sum of unsur {i}") for i, s in enumerate(_each(sums, "sums"), start=1)]
    given = {"nrr": printed, "sums": totals, "counts": rows}
    lengths = {name: len(items) for name, items in given.items() if items}
    for (first, a), (second, b) in pairwise(lengths.items()):
        if a != b:
            raise ArgumentError(
                f"{first} has {a} unsur but {second} has {b}; give the same in the same order"
            )
    answered = _answered(n, max(lengths.values(), default=0))
    respondents = max(answered, default=None)
    if rows:
        return _of_counts(printed, totals, rows, n=respondents, scale=scale)
    if totals:
        if not answered:
            raise ArgumentError("sums need n, the number of respondents (or of answers of each unsur)")
        return Evidence(nrr=printed, sums=tuple(totals), answered=answered, source="sums", n=respondents)
    return _of_averages(printed, answered, respondents)


def _each(items: Iterable[T] | None, what: str) -> Iterable[T]:
    if isinstance(items, str):
        raise ArgumentError(f"{what}: {items[:40]!r} is one text; give a list with one number an unsur")
    return () if items is None else items


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        raise ArgumentError(f"{what}: {value!r} is not a whole number")
    number = index(value)
    if number < 0:
        raise ArgumentError(f"{what}: {number} is negative")
    return number


def _answered(n: int | Sequence[int] | None, n_unsur: int) -> tuple[int, ...]:
    if n is None:
        return ()
    many = tuple(n) if isinstance(n, Iterable) else (n,) * max(1, n_unsur)
    answered = tuple(_whole(a, "n") for a in many)
    if not answered or min(answered) < 1:
        raise ArgumentError(f"n must be at least 1, got {n!r}")
    if n_unsur and len(answered) != n_unsur:
        raise ArgumentError(f"n has {len(answered)} numbers for {n_unsur} unsur")
    return answered


def _of_counts(
    nrr: tuple[Printed, ...], totals: list[int], rows: list[list[int]], *, n: int | None, scale: Scale
) -> Evidence:
    levels = scale.levels
    for i, row in enumerate(rows, start=1):
        if len(row) != len(levels):
            raise ArgumentError(
                f"counts of unsur {i} have {len(row)} numbers; the scale has {len(levels)} scores, {levels}"
            )
        if not sum(row):
            raise ArgumentError(f"counts of unsur {i} are all 0; leave an unsur without answers out")
        if n is not None and sum(row) > n:
            raise ArgumentError(f"counts of unsur {i} add to {sum(row)}, more than n = {n}")
    answered = tuple(map(sum, rows))
    sums = tuple(sum(score * count for score, count in zip(levels, row, strict=True)) for row in rows)
    if totals and tuple(totals) != sums:
        said = ", ".join(
            f"{i} ({a}, not {b})" for i, (a, b) in enumerate(zip(totals, sums, strict=True), 1) if a != b
        )
        raise ArgumentError(f"sums are not those of the counts for unsur {said}")
    return Evidence(nrr=nrr, sums=sums, answered=answered, source="counts", n=n or max(answered))


def _of_averages(nrr: tuple[Printed, ...], answered: tuple[int, ...], n: int | None) -> Evidence:
    if not (nrr and answered):
        return Evidence(nrr=nrr, sums=(), answered=(), source="none", n=n)
    whole = [_wholes(seen, a) for seen, a in zip(nrr, answered, strict=True)]
    impossible = tuple(i for i, found in enumerate(whole, start=1) if not found)
    if all(len(found) == 1 for found in whole):
        sums = tuple(found[0] for found in whole)
        return Evidence(nrr=nrr, sums=sums, answered=answered, source="implied", n=n)
    return Evidence(nrr=nrr, sums=(), answered=(), source="none", n=n, impossible=impossible)


def _wholes(seen: Printed, answered: int) -> range:
    """Return the whole sums of so many answers whose average rounds, half up, to the print."""
    low, high = seen.low * answered, seen.high * answered
    return range(-(-low.numerator // low.denominator), -(-high.numerator // high.denominator))
