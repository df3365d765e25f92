"""The data to be weighted, opened: its frame, the weights it starts with, and its design."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from sipukat._text import listing, row_ranges
from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, ColumnError, DesignError
from sipukat.ikm.design import Design
from sipukat.ikm.encoding import weights
from sipukat.ikm.factors import Key, factorize
from sipukat.survey import Responses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

T = TypeVar("T")
_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened(Generic[T]):
    """Data with its columns at hand.

    Parameters
    ----------
    data
        As given.
    frame
        Its narwhals frame.
    design
        The design that the new weights are put in.
    weight
        Column of the weights before; None where all are equal.
    base
        (n,) those weights, 1 where there is no column.
    into
        Name of the new column.
    """

    data: T
    frame: Any
    design: Design
    weight: str | None
    base: NDArray[np.float64]
    into: str

    def column(self, name: str) -> str:
        """Return the column of that name, or with that role where the data are responses.

        Raises
        ------
        ColumnError
            If there is none, or several have the role.
        """
        columns = list(self.frame.columns)
        if name in columns:
            return name
        roles = self.data.roles if isinstance(self.data, Responses) else {}
        found = [column for column, role in roles.items() if role == name and column in columns]
        if len(found) == 1:
            return found[0]
        problem = f"the role {name!r} has {len(found)} columns" if found else f"no column is named {name!r}"
        raise ColumnError(problem, "", f"Columns: {listing(columns, lang='en', most=_SHOWN)}.")

    def categories(self, columns: Sequence[str]) -> tuple[NDArray[np.int64], list[tuple[Key, ...]]]:
        """Return the code of each row into the distinct combinations of some columns.

        Raises
        ------
        DesignError
            If a cell is empty, with the column and the first rows.
        """
        code = np.zeros(len(self.frame), dtype=np.int64)
        labels: list[tuple[Key, ...]] = [()]
        for name in columns:
            factor = factorize(self.frame.get_column(name))
            empty = np.array([label is None for label in factor.labels])[factor.codes]
            if empty.any():
                raise DesignError(
                    f"column {name!r} is empty in {int(empty.sum())} rows (first {first_rows(empty)}), and "
                    "a respondent without a category can be given no weight; fill it in, make it a category "
                    "of its own, or leave those rows out"
                )
            seen, code = np.unique(code * len(factor.labels) + factor.codes, return_inverse=True)
            pairs = (divmod(int(at), len(factor.labels)) for at in seen)
            labels = [(*labels[head], factor.labels[last]) for head, last in pairs]
        return np.asarray(code, dtype=np.int64), labels

    def with_weights(self, new: NDArray[np.float64], keep: NDArray[np.bool_] | None = None) -> T:
        """Return the data with the new column, and only the rows to keep.

        Parameters
        ----------
        new
            (n,) weights of every row, those that are left out included.
        keep
            (n,) which rows stay; None for all.
        """
        import narwhals.stable.v2 as nw

        series = nw.new_series(self.into, new, nw.Float64(), backend=self.frame.implementation)
        wide = self.frame.with_columns(series)
        if keep is not None:
            wide = wide.filter(keep.tolist())
        native = wide.to_native()
        if isinstance(self.data, Responses):
            provenance = replace(self.data.provenance, rows_used=len(wide))
            return replace(self.data, frame=native, provenance=provenance)
        return native  # type: ignore[no-any-return]


def opened(data: T, *, weight: str | None, into: str, design: Design | None) -> Opened[T]:
    """Open data for weighting.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    weight
        Column of the weights to start from; that of the design where None.
    into
        Name of the new column.
    design
        How respondents were drawn.

    Raises
    ------
    ColumnError
        If the data are no such frame, a column is missing, or `into` is there already.
    DesignError
        If weights are not finite and above 0, or the design has replicate weights.
    ArgumentError
        If there are no rows, or `weight` is not that of the design.
    """
    import narwhals.stable.v2 as nw

    told = design or Design()
    native: Any = data.frame if isinstance(data, Responses) else data
    try:
        frame: Any = nw.from_native(native, eager_only=True)
    except TypeError as failure:
        raise ColumnError(
            f"{kind_of(data)} is no frame whose rows can be weighted",
            "",
            "Give responses, or a pandas, Polars (collected) or PyArrow frame.",
        ) from failure
    if not len(frame):
        raise ArgumentError("the data have no rows to weight; give one row a respondent")
    if told.replicate_weights is not None:
        raise DesignError(
            "the design has replicate weights, which would not belong to the new weights; weight the data "
            "without them, and fit each column of replicates in the same way"
        )
    if weight is not None and told.weight is not None and weight != told.weight:
        raise ArgumentError(
            f"weight={weight!r} and the design's weight {told.weight!r} differ; name the column once"
        )
    start = weight if weight is not None else told.weight
    if not into or into in frame.columns:
        problem = f"the data have a column {into!r} already" if into else "into='' names no column"
        raise ColumnError(problem, "", "No column is written over; give another into=.")
    if start is not None and start not in frame.columns:
        shown = listing(frame.columns, lang="en", most=_SHOWN)
        raise ColumnError(f"no column is named {start!r}", "", f"Columns: {shown}.")
    base = np.ones(len(frame)) if start is None else weights(frame.get_column(start), name=start)
    return Opened(data=data, frame=frame, design=told, weight=start, base=base, into=into)


def first_rows(bad: NDArray[np.bool_]) -> str:
    """Print the first ten row numbers where something is so, from 1."""
    return row_ranges((np.flatnonzero(bad)[:10] + 1).tolist())
