"""Known totals as people give them: mappings, Series and frames, read into one shape."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sipukat._text import listing
from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, ColumnError, DesignError
from sipukat.ikm.factors import Key, label_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXTS = (str, bytes)
_FORMS = '{"sex": {"L": 480, "P": 520}}'


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Margin:
    """Totals by the categories of one column, or of several crossed.

    Parameters
    ----------
    columns
        The columns.
    labels
        (c,) categories, one value a column.
    totals
        (c,) total of each, finite and above 0.
    """

    columns: tuple[str, ...]
    labels: tuple[tuple[Key, ...], ...]
    totals: NDArray[np.float64]

    @property
    def name(self) -> str:
        """The columns, crossed."""
        return " × ".join(self.columns)


def shown(label: tuple[Key, ...]) -> str:
    """Print a category as an error names it, so that text and numbers can be told apart."""
    return " / ".join(map(repr, label))


def read_margins(given: object, *, known: Sequence[str], by: Sequence[str] | None = None) -> list[Margin]:
    """Read margins in any of their forms.

    Parameters
    ----------
    given
        ``{column: {category: total}}``, a tuple of columns for crossed ones; a pandas Series
        with named index; a frame of category columns and one column of totals; a list of
        these. With `by`, ``{category: total}``.
    known
        Columns of the data: in a frame of totals, those are the categories.
    by
        Columns that a plain mapping of totals speaks of.

    Raises
    ------
    ArgumentError
        If the form is not one of these, or a margin or category is given twice.
    DesignError
        If a total is not a finite number above 0.
    """
    if by is not None:
        if not isinstance(given, Mapping | pd.Series):
            raise ArgumentError(f"by= goes with one mapping {{category: total}}, got {kind_of(given)}")
        return [_margin(tuple(by), given)]
    found = _read(given, known)
    if not found:
        raise ArgumentError(f"no margin was given; give e.g. {_FORMS}")
    seen: set[frozenset[str]] = set()
    for margin in found:
        if frozenset(margin.columns) in seen:
            raise ArgumentError(f"the margin {margin.name!r} is given twice")
        seen.add(frozenset(margin.columns))
    return found


def _read(given: object, known: Sequence[str]) -> list[Margin]:
    if isinstance(given, pd.Series):
        columns = tuple(name for name in given.index.names if isinstance(name, str))
        if len(columns) < given.index.nlevels:
            raise ArgumentError(
                "the index of the Series of totals has no name; name it after the column, e.g. "
                'totals.rename_axis("sex")'
            )
        return [_margin(columns, given)]
    if isinstance(given, Mapping):
        return [_margin(_columns(key), totals) for key, totals in given.items()]
    if isinstance(given, list | tuple):
        return [margin for one in given for margin in _read(one, known)]
    return [_from_frame(given, known)]


def _columns(key: object) -> tuple[str, ...]:
    given = key if isinstance(key, tuple) else (key,)
    columns = tuple(name for name in given if isinstance(name, str))
    if not columns or len(columns) < len(given):
        raise ArgumentError(f"a margin is named by its column or a tuple of columns, got {key!r}")
    if len(set(columns)) != len(columns):
        raise ArgumentError(f"the margin {key!r} names a column twice")
    return columns


def _from_frame(given: Any, known: Sequence[str]) -> Margin:
    import narwhals.stable.v2 as nw

    try:
        frame: Any = nw.from_native(given, eager_only=True)
    except TypeError as failure:
        raise ArgumentError(f"margins is {kind_of(given)}; give {_FORMS}") from failure
    columns = tuple(name for name in frame.columns if name in known)
    rest = [name for name in frame.columns if name not in known]
    if len(rest) != 1 or not columns:
        raise ColumnError(
            f"the frame of totals has the columns {listing(frame.columns, lang='en')}, of which "
            f"{len(columns)} are in the data",
            "",
            "Give the category columns, named as in the data, and one column of totals, named otherwise.",
        )
    labels = list(zip(*(frame.get_column(name).to_list() for name in columns), strict=True))
    return _checked(columns, labels, frame.get_column(rest[0]).to_list())


def _margin(columns: tuple[str, ...], given: object) -> Margin:
    if not isinstance(given, Mapping | pd.Series):
        what = "a number" if isinstance(given, int | float) else type(given).__name__
        raise ArgumentError(
            f"the totals of {' × '.join(columns)!r} are {what}, not a mapping; give e.g. {_FORMS}, or name "
            "the column with by="
        )
    labels = [key if isinstance(key, tuple) else (key,) for key, _ in given.items()]
    return _checked(columns, labels, [total for _, total in given.items()])


def _checked(columns: tuple[str, ...], given: Sequence[tuple[Any, ...]], totals: Sequence[object]) -> Margin:
    name = " × ".join(columns)
    if not given:
        raise ArgumentError(f"the margin {name!r} has no categories")
    labels = tuple(tuple(map(label_of, label)) for label in given)
    for label in labels:
        if len(label) != len(columns):
            raise ArgumentError(
                f"a category of {name!r} has one value a column ({len(columns)}), got {shown(label)}"
            )
        if None in label:
            raise DesignError(f"the margin {name!r} has a category without a name ({shown(label)})")
    if len(set(labels)) < len(labels):
        twice = dict.fromkeys(label for label in labels if labels.count(label) > 1)
        raise ArgumentError(f"the margin {name!r} names a category twice: {listing(map(shown, twice))}")
    values = np.array(
        [known_total(total, place=f"{name} {shown(at)}") for at, total in zip(labels, totals, strict=True)]
    )
    bad = np.flatnonzero(values <= 0)
    if len(bad):
        at = int(bad[0])
        raise DesignError(
            f"the total of {name} {shown(labels[at])} is {values[at]:.12g}; a total is above 0, and a "
            "category where nobody lives is left out"
        )
    return Margin(columns=columns, labels=labels, totals=values)


def known_total(total: object, *, place: str) -> float:
    """Return a total as a number.

    Parameters
    ----------
    total
        What was given.
    place
        Of what it is the total, for messages.

    Raises
    ------
    DesignError
        If it is no finite number.
    """
    if total is None or total is pd.NA or isinstance(total, bool | np.bool_ | bytes | str):
        raise DesignError(f"the total of {place} is {total!r}, which is no number")
    try:
        value = float(total)  # type: ignore[arg-type]
    except (TypeError, ValueError) as failure:
        raise DesignError(f"the total of {place} is {total!r}, which is no number") from failure
    if not math.isfinite(value):
        raise DesignError(f"the total of {place} is {value}; a total is finite")
    return value
