"""Sums that are computed when they are first asked for.

A group of twenty respondents is smaller than the sums of products that its covariances
need. Where groups are many and small, `Moments` keep the packed answers, and make those
sums only for who asks. Why: ``docs/decisions/0003-kernel.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from sipukat.ikm.kernel import sum_products
from sipukat.ikm.patterns import count_packed, fits, packed_forms, repacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LATER: Final = ("n_complete", "gram", "gram_complete")
"""The parts of unweighted moments that can wait."""

WORTH: Final = 400
"""Respondents whose packed answers take the memory of the sums of one cell."""


def count_levels(
    cell: NDArray[np.integer], answers: Sequence[NDArray[np.int8]], *, cells: int, low: int, high: int
) -> NDArray[np.int64]:
    """Return (cells, k, levels) respondents that gave each score.

    Examples
    --------
    >>> count_levels(np.array([0, 1, 1]), [np.array([4, 1, 0], np.int8)], cells=2, low=1, high=4).tolist()
    [[[0, 0, 0, 1]], [[1, 0, 0, 0]]]
    """
    width = high + 1
    first = cell.astype(np.int64) * width
    out = np.empty((cells, len(answers), high - low + 1), dtype=np.int64)
    for place, answer in enumerate(answers):
        counted = np.bincount(first + answer, minlength=cells * width)
        out[:, place] = counted.reshape(cells, width)[:, low:]
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Packed answers, unweighted, whose sums of products were not asked for yet.

    Parameters
    ----------
    packed
        (n,) what `packed_forms` makes of the respondents; no order among them.
    cells
        Number of cells, each with a respondent.
    k, high
        Number of answers, and the highest score.
    place
        (cells,) where the sums of each cell belong, which several may share; None for its own.
    """

    packed: NDArray[np.int64]
    cells: int
    k: int
    high: int
    place: NDArray[np.int64] | None = None

    @classmethod
    def of(
        cls, cell: NDArray[np.integer], answers: Sequence[NDArray[np.int8]], *, cells: int, high: int
    ) -> Self | None:
        """Pack answers; None where their sums are smaller, or they do not fit."""
        if not answers or not len(cell) or len(cell) > WORTH * cells:
            return None
        packed = packed_forms(cell, answers, high=high, n_cells=cells)
        return None if packed is None else cls(packed=packed, cells=cells, k=len(answers), high=high)

    def into(self, place: NDArray[np.int64]) -> Self:
        """Return the same respondents with the sums of each cell at another place."""
        return replace(self, place=place if self.place is None else place[self.place])

    @classmethod
    def joined(
        cls, parts: Sequence[Pending | None], place: Sequence[NDArray[np.int64]], cells: int
    ) -> Pending | None:
        """Put respondents of several surveys together; None where not all wait, or are worth waiting for.

        Parameters
        ----------
        parts
            What each survey has not summed yet.
        place
            For each, where the sums of its cells belong.
        cells
            Number of cells of them all.
        """
        held = [part.into(at) for part, at in zip(parts, place, strict=True) if part is not None]
        if len(held) < len(parts):
            return None
        first = held[0]
        if len(held) == 1:
            return first
        if sum(len(part.packed) for part in held) > WORTH * cells:
            return None
        if not fits(k=first.k, high=first.high, n_cells=cells):
            return None
        packed = np.concatenate([part.placed(cells) for part in held])
        return cls(packed=packed, cells=cells, k=first.k, high=first.high)

    def placed(self, cells: int) -> NDArray[np.int64]:
        """Return the respondents packed with their places, of which there are so many."""
        place = np.arange(self.cells) if self.place is None else self.place
        return repacked(self.packed, place, k=self.k, high=self.high, n_cells=(self.cells, cells))

    def sums(self) -> dict[str, NDArray[Any]]:
        """Return the parts named in `LATER`."""
        packed, cells = self.packed.copy(), self.cells  # sorted below
        if self.place is not None:
            cells = int(self.place.max()) + 1
            packed = self.placed(cells)
        return sum_products(*count_packed(packed, high=self.high, k=self.k, n_cells=cells), high=self.high)


class Deferred:
    """A record some of whose parts may be `Pending`; for who reads it they are there."""

    __slots__ = ("_pending",)

    @classmethod
    def waiting(cls, pending: Pending, **parts: Any) -> Self:
        """Make a record without the parts named in `LATER`."""
        record = object.__new__(cls)
        object.__setattr__(record, "_pending", pending)
        for part in fields(cls):  # type: ignore[arg-type]  # it is the base of a dataclass
            if part.name not in LATER:
                object.__setattr__(record, part.name, parts.get(part.name, part.default))
        return record

    @property
    def pending(self) -> Pending | None:
        """What was not summed yet; None where nothing waits."""
        return getattr(self, "_pending", None)


def _asked_for(record: Deferred, name: str) -> Any:
    """Sum what waits, once a part of it is asked for."""
    if name not in LATER:
        raise AttributeError(f"{type(record).__name__!r} object has no attribute {name!r}")
    if (pending := record.pending) is not None:  # else another thread has just done it
        for part, value in pending.sums().items():
            object.__setattr__(record, part, value)
        object.__setattr__(record, "_pending", None)
    return object.__getattribute__(record, name)


# not in the class, where a type checker would take every name for a part
Deferred.__getattr__ = _asked_for  # type: ignore[attr-defined]
