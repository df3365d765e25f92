"""Columns to codes: groups, strata and PSUs of any dataframe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import narwhals.stable.v2 as nw
    from numpy.typing import NDArray

Key: TypeAlias = str | int | float | bool | None
"""A value that names a group; dates are held as ISO text, an empty cell as None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A column as codes into its distinct labels.

    Parameters
    ----------
    codes
        (n,) index into `labels`.
    labels
        The distinct values; None where the cell was empty.
    """

    codes: NDArray[np.integer]
    labels: tuple[Key, ...]


def label_of(value: Any) -> Key:
    """Return a group value as plain Python; a date as ISO text, a whole float as an integer.

    Examples
    --------
    >>> label_of(np.float64(2.0)), label_of(pd.Timestamp("2026-03-01")), label_of(float("nan"))
    (2, '2026-03-01', None)
    """
    if type(value) is str:
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.integer | np.floating):
        whole = float(value).is_integer()
        return None if value != value else int(value) if whole else float(value)  # noqa: PLR0124  NaN
    return _iso(value) if isinstance(value, date) else str(value)


def _iso(value: date) -> str:
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()


def factor_of(values: Iterable[Key], codes: NDArray[np.integer]) -> Factor:
    """Merge labels that became equal (1 and 1.0), and give empty cells a code of their own."""
    held = tuple(values)
    empty = bool(len(codes)) and codes.min() < 0
    if not empty and len(set(held)) == len(held):
        return Factor(codes=codes, labels=held)
    labels: dict[Key, int] = {}
    recode = [labels.setdefault(value, len(labels)) for value in held]
    if empty:
        recode.append(labels.setdefault(None, len(labels)))  # code -1 finds it
    return Factor(codes=np.array(recode, dtype=np.int64)[codes] if recode else codes, labels=tuple(labels))


def _labels(values: Sequence[Any]) -> Iterable[Key]:
    """Return the labels of distinct values; texts, the usual case, are labels already."""
    return values if set(map(type, values)) == {str} else map(label_of, values)


def factorize(column: nw.Series[Any]) -> Factor:
    """Return the codes and labels of a group column; labels in order of appearance or of the engine.

    Where the engine holds text as codes, or can turn it into codes, its codes are taken:
    a million Python texts cost as much as the sums.
    """
    native = column.to_native()
    if isinstance(native, pd.Series) and isinstance(native.dtype, pd.CategoricalDtype):
        codes = native.cat.codes.to_numpy()
        return factor_of(_labels(native.cat.categories.tolist()), codes)
    if column.implementation.is_pyarrow():
        return _from_arrow(native)
    if column.implementation.is_polars() and str(native.dtype).startswith(("String", "Categorical", "Enum")):
        return _from_polars(native, column.implementation.to_native_namespace())
    source = native if isinstance(native, pd.Series) else column.to_numpy()
    raw, uniques = pd.factorize(source)
    return factor_of(_labels(list(uniques)), raw)


def _from_arrow(native: Any) -> Factor:
    import pyarrow as pa

    held = native if pa.types.is_dictionary(native.type) else native.dictionary_encode()
    whole = held.unify_dictionaries().combine_chunks()
    codes = whole.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    return factor_of(_labels(whole.dictionary.to_pylist()), codes)


def _from_polars(native: Any, polars: Any) -> Factor:
    physical = native.cast(polars.Categorical).to_physical().cast(polars.Int64).fill_null(-1)
    codes = pd.factorize(physical.to_numpy())[0]
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1) > 0)
    return factor_of(_labels(native.gather(first).to_list()), codes)
