"""Margins set against the data: every category on both sides, and one total for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import listing
from sipukat.errors import ArgumentError, DesignError
from sipukat.findings import Finding
from sipukat.ikm.weighting.margins import Margin, shown
from sipukat.ikm.weighting.opened import first_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.factors import Key
    from sipukat.ikm.weighting.opened import Opened

_SAME: Final = 1e-6
"""Relative difference up to which two margins have the same total: that of printed totals."""

_ROUNDING: Final = 1e-9
"""Relative difference of totals that is rounding of the machine, and not worth a word."""

_SHARES: Final = 1.5
"""Totals that add up to less than this were meant as shares: no population is one person."""

FEW: Final = 30
"""Respondents below which the weight of a category rests on too few."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matched:
    """A margin whose categories are those of the data.

    Parameters
    ----------
    columns
        Its columns, as the data name them.
    labels
        (c,) categories.
    totals
        (c,) totals as counts.
    codes
        (n,) category of each row.
    """

    columns: tuple[str, ...]
    labels: tuple[tuple[Key, ...], ...]
    totals: NDArray[np.float64]
    codes: NDArray[np.int64]

    @property
    def name(self) -> str:
        """The columns, crossed."""
        return " × ".join(self.columns)

    @property
    def categories(self) -> tuple[str, ...]:
        """(c,) the categories as a reader sees them."""
        return tuple(" / ".join(map(str, label)) for label in self.labels)

    @property
    def n(self) -> NDArray[np.int64]:
        """(c,) respondents."""
        return np.bincount(self.codes, minlength=len(self.labels))

    def sums(self, w: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (c,) sums of weights."""
        return summed(self.codes, w, len(self.labels))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What is known of the population, set against the data.

    Parameters
    ----------
    margins
        The margins.
    total
        How many people there are in all.
    base
        (n,) weights before the fit: those of the column, or the same share of the total each.
    findings
        What was noticed.
    """

    margins: tuple[Matched, ...]
    total: float
    base: NDArray[np.float64]
    findings: tuple[Finding, ...]


def summed(codes: NDArray[np.int64], w: NDArray[np.float64], size: int = 0) -> NDArray[np.float64]:
    """Return (size,) sums of w by code."""
    return np.bincount(codes, w, minlength=size).astype(np.float64, copy=False)


def known_population(held: Opened[Any], given: Sequence[Margin], *, population: float | None = None) -> Known:
    """Set margins against the data.

    Parameters
    ----------
    held
        The data.
    given
        The margins.
    population
        How many people there are in all, where it is given apart.

    Raises
    ------
    ColumnError
        If a column is missing.
    DesignError
        If categories do not match, cells are empty, or margins add up to different totals.
    """
    matched = [_matched(held, margin) for margin in given]
    sums = [float(margin.totals.sum()) for margin in matched]
    first = matched[0].name if matched else "population"
    shares = all(abs(total - 1) <= _SAME for total in sums)
    findings: list[Finding] = []
    if population is not None and not matched:
        total, apart = population, 0.0
        findings.extend(_less_than_sample(held, total))
    elif shares:
        total = population if population is not None else float(held.base.sum())
        findings.append(Finding.of("IKM632", path=first, total=total))
        apart = max(abs(s - 1) for s in sums)
    else:
        total = sums[0] if population is None else population
        apart = _agree(matched, sums, population)
        findings.extend(_less_than_sample(held, total))
    if apart > _ROUNDING:
        findings.append(Finding.of("IKM633", path=first, percent=f"{100 * apart:.2g}", total=total))
    margins = tuple(replace(m, totals=m.totals * (total / s)) for m, s in zip(matched, sums, strict=True))
    few = [
        f"{margin.name} {category} ({n})"
        for margin in margins
        for category, n in zip(margin.categories, margin.n.tolist(), strict=True)
        if n < FEW
    ]
    if few:
        findings.append(Finding.of("IKM631", path=first, categories=few, few=FEW))
    return Known(margins=margins, total=total, base=_equal(held, total), findings=tuple(findings))


def _equal(held: Opened[Any], total: float) -> NDArray[np.float64]:
    """Return the weights to start from: without a column, all have the same share of the total."""
    if held.weight is not None:
        return held.base
    return np.full(len(held.base), total / len(held.base))


def _less_than_sample(held: Opened[Any], total: float) -> tuple[Finding, ...]:
    n = len(held.base)
    if total >= n:
        return ()
    return (Finding.of("IKM634", total=total, n=n),)


def _agree(matched: Sequence[Matched], sums: Sequence[float], population: float | None) -> float:
    """Return how far, at most, the totals are from the first, relatively."""
    named = [(f"margin {m.name!r}", s) for m, s in zip(matched, sums, strict=True)]
    if population is not None:
        named.insert(0, ("population=", population))
    (head, total), *others = named
    for name, other in others:
        if abs(other - total) > _SAME * max(total, other):
            raise DesignError(
                f"margins do not add up to the same total: {head} has {total:.12g}, {name} has {other:.12g}; "
                "bring all to one day and one population, or give all of them as shares that add up to 1"
            )
    if total < _SHARES:
        raise DesignError(
            f"{head} adds up to {total:.12g}, which is neither a number of people nor shares; shares add up "
            "to 1"
        )
    return max((abs(other - total) / total for _, other in others), default=0.0)


def _matched(held: Opened[Any], margin: Margin) -> Matched:
    columns = tuple(held.column(name) for name in margin.columns)
    if len(set(columns)) < len(columns):
        raise ArgumentError(f"the margin {margin.name!r} names one column of the data twice")
    codes, found = held.categories(columns)
    place = {label: i for i, label in enumerate(margin.labels)}
    lost = [i for i, label in enumerate(found) if label not in place]
    if lost:
        rows = np.isin(codes, lost)
        counts = np.bincount(codes, minlength=len(found))
        each = listing((f"{shown(found[i])} ({counts[i]} rows)" for i in lost), lang="en")
        raise DesignError(
            f"the margin {margin.name!r} gives no total for categories of the data: {each}, first at rows "
            f"{first_rows(rows)}; it has totals for {listing(map(shown, margin.labels), lang='en')}"
        )
    nobody = [label for label in margin.labels if label not in set(found)]
    if nobody:
        raise DesignError(
            f"the margin {margin.name!r} has totals for categories without a respondent: "
            f"{listing(map(shown, nobody), lang='en')}; nobody can stand for them: join each with one like "
            f"it, in the data and in the totals. The data have {listing(map(shown, found), lang='en')}"
        )
    to = np.array([place[label] for label in found], dtype=np.int64)
    return Matched(columns=columns, labels=margin.labels, totals=margin.totals, codes=to[codes])
