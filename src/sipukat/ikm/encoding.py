"""Columns to numbers: scores and weights of any dataframe, validated.

A cast would turn 3.5 into 3 or 4, depending on the engine, and 257 into 1. So raw values
are checked here before they become small integers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sipukat._text import listing, parse_number, row_ranges
from sipukat.errors import AnswerError, DesignError
from sipukat.survey.privacy import quoted

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    from numpy.typing import NDArray


def scores(column: nw.Series[Any], *, name: str, low: int, high: int) -> NDArray[np.int8]:
    """Return the answers of one unsur as small integers, 0 where unanswered.

    Parameters
    ----------
    column
        Numbers; empty cells and NaN are unanswered.
    name
        Heading of the column, for messages.
    low, high
        The scale.

    Raises
    ------
    AnswerError
        If a value is not a whole number of the scale, or not a number at all.
    """
    import narwhals.stable.v2 as nw

    if column.dtype == nw.Boolean:
        raise AnswerError("answers are True/False", f"column {name!r}", f"An answer is {low} to {high}.")
    if column.dtype.is_integer():
        empty, values = _integers(column)
        return _checked_integers(values, empty, name=name, low=low, high=high, column=column)
    if column.dtype.is_float():
        return _checked_floats(column.to_numpy(), name=name, low=low, high=high)
    if column.dtype.is_decimal():
        return _checked_floats(column.cast(nw.Float64()).to_numpy(), name=name, low=low, high=high)
    return _checked_floats(_numbers(column, name=name, low=low, high=high), name=name, low=low, high=high)


def _integers(column: nw.Series[Any]) -> tuple[int, NDArray[Any]]:
    """Return how many cells are empty, and the numbers with 0 in their place."""
    native = column.to_native()
    held, mask = (getattr(getattr(native, "array", None), name, None) for name in ("_data", "_mask"))
    if isinstance(held, np.ndarray) and isinstance(mask, np.ndarray):
        # a masked column of pandas: seven times as fast as filling it, and to_numpy() is there if it goes
        empty = int(np.count_nonzero(mask))
        return empty, held * ~mask if empty else held
    if isinstance(native, pd.Series) and not isinstance(native.dtype, np.dtype):
        empty = int(np.count_nonzero(native.isna().to_numpy()))
        kind = str(column.dtype).lower()  # the narrow type, so that nothing passes through float
        return empty, native.to_numpy(dtype=kind, na_value=0)
    empty = column.null_count()
    return empty, (column.fill_null(0) if empty else column).to_numpy()


def _checked_integers(
    values: NDArray[Any], empty: int, *, name: str, low: int, high: int, column: nw.Series[Any]
) -> NDArray[np.int8]:
    if not len(values):
        return np.zeros(0, dtype=np.int8)
    floor = 0 if empty else low
    fits = values.min() >= floor and values.max() <= high
    if fits and (not empty or len(values) - np.count_nonzero(values) == empty):
        small = values.astype(np.int8, copy=False)
        if low <= 1 or not ((small > 0) & (small < low)).any():
            return small
    present = ~np.asarray(column.is_null().to_numpy(), dtype=bool)
    _refuse(values, present & ((values < low) | (values > high)), name=name, low=low, high=high)
    raise AssertionError(name)  # pragma: no cover - _refuse always raises


def _checked_floats(values: NDArray[Any], *, name: str, low: int, high: int) -> NDArray[np.int8]:
    numbers = np.asarray(values, dtype=np.float64)
    answered = numbers == numbers  # noqa: PLR0124  not NaN
    with np.errstate(invalid="ignore"):  # what does not fit becomes something else, and is seen below
        small = numbers.astype(np.int8)
    good = (small == numbers) & (small >= low) & (small <= high)
    if not (good | ~answered).all():
        _refuse(numbers, answered & ~good, name=name, low=low, high=high)
    return np.asarray(small * answered, dtype=np.int8)


def _numbers(column: nw.Series[Any], *, name: str, low: int, high: int) -> NDArray[np.float64]:
    """Take a column of Python objects as numbers, if that is what they are."""
    cells = column.to_list()
    bad: list[int] = []
    out = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        if cell is None or cell is pd.NA:
            continue
        if isinstance(cell, bool | np.bool_ | str | bytes):
            bad.append(row)
            continue
        try:
            out[row] = float(cell)
        except (TypeError, ValueError):
            bad.append(row)
    if bad:
        kinds = listing(sorted({type(cells[row]).__name__ for row in bad}), lang="en")
        raise AnswerError(
            f"{len(bad)} answers are not numbers ({kinds}), "
            f"first at rows {row_ranges(r + 1 for r in bad[:10])}",
            f"column {name!r}",
            f"Numbers {low} to {high} are taken here; sipukat.read_survey(frame) understands letters, "
            "words and codes.",
        )
    return out


def _refuse(values: NDArray[Any], bad: NDArray[np.bool_], *, name: str, low: int, high: int) -> None:
    seen, counts = np.unique(values[bad], return_counts=True)
    shown = listing(
        (f"{v:g} ({c} x)" for v, c in zip(seen.tolist(), counts.tolist(), strict=True)), lang="en"
    )
    rows = row_ranges((np.flatnonzero(bad)[:10] + 1).tolist())
    hint = ""
    if seen.min() >= low and np.isin(seen, [5, 6, 7, 8, 9, 10]).all():
        hint = f" The answers look like a scale of 1 to {int(seen.max())}: they must not be rescaled."
    raise AnswerError(
        f"{int(bad.sum())} answers lie outside the scale: {shown}, first at rows {rows}",
        f"column {name!r}",
        f"An answer is a whole number {low} to {high}, or empty.{hint}",
    )


def weights(column: nw.Series[Any], *, name: str) -> NDArray[np.float64]:
    """Return sampling weights, all finite and above 0.

    Raises
    ------
    DesignError
        If any is not, with the number of them and the first rows.
    """
    values = numbers(column, name=name)
    bad = ~(np.isfinite(values) & (values > 0))
    if bad.any():
        rows = row_ranges((np.flatnonzero(bad)[:10] + 1).tolist())
        shown = listing(sorted({f"{v:g}" for v in values[bad][:1000].tolist()}), lang="en")
        raise DesignError(
            f"weight column {name!r} has {int(bad.sum())} weights that are not finite and above 0 ({shown}), "
            f"first at rows {rows}; give each respondent the number of people it stands for"
        )
    return values


def numbers(column: nw.Series[Any], *, name: str) -> NDArray[np.float64]:
    """Return a column of a design as numbers, NaN where it is empty.

    Raises
    ------
    DesignError
        If a cell holds text that is no number.
    """
    if column.dtype.is_numeric():
        return np.asarray(column.to_numpy(), dtype=np.float64)
    return _printed_numbers(column, name=name)


def _printed_numbers(column: nw.Series[Any], *, name: str) -> NDArray[np.float64]:
    """Read numbers that are held as text, as a CSV file brings them; an empty cell is NaN."""
    cells = column.to_list()
    values = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells):
        if cell is None or cell is pd.NA:
            continue
        number = _number(cell)
        if number is None:
            raise DesignError(f"column {name!r} holds {quoted(cell)} in row {row + 1}, which is no number")
        values[row] = number
    return values


def _number(cell: Any) -> float | None:
    """Return a number or nothing: an exception on the way would keep the cell of a person."""
    try:
        return float(parse_number(cell) if isinstance(cell, str) else cell)
    except (TypeError, ValueError):
        return None
