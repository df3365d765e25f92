"""A table whose columns are factorized once: every later step looks at distinct values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sipukat.findings import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column as codes into its distinct values; code -1 is a blank cell.

    Parameters
    ----------
    codes
        One a row.
    values
        The distinct values, none of them blank.

    Examples
    --------
    >>> column = Coded.of(["b", "", "b", None, 3])
    >>> column.codes.tolist(), column.values
    ([0, -1, 0, -1, 1], ('b', 3))
    """

    codes: NDArray[np.intp]
    values: tuple[Any, ...]

    @classmethod
    def of(cls, cells: Any) -> Coded:
        """Factorize the cells of a column; blanks are None, NaN, NA and blank texts."""
        array = cells if hasattr(cells, "dtype") else _objects(cells)
        if array.dtype == object:
            kinds = set(map(type, array))
            if bool in kinds or np.bool_ in kinds:
                # True equals 1, and would pass for it; spreadsheets show TRUE
                array = _objects(
                    [str(bool(c)).upper() if isinstance(c, bool | np.bool_) else c for c in array]
                )
            if kinds & {list, dict, set, np.ndarray}:
                array = _objects(
                    [str(c) if isinstance(c, list | dict | set | np.ndarray) else c for c in array]
                )
        codes, found = pd.factorize(array)
        values = pd.Index(found).tolist()
        blank = [isinstance(value, str) and not value.strip() for value in values]
        if not any(blank):
            return cls(codes, tuple(values))
        moved = np.cumsum(~np.array(blank)) - 1
        moved[blank] = -1
        return cls(
            np.append(moved, -1)[codes], tuple(v for v, void in zip(values, blank, strict=True) if not void)
        )

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: NDArray[Any]) -> Coded:
        """Return the column at some rows, given by number or by mask."""
        return Coded(self.codes[rows], self.values)

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which cells are blank."""
        return self.codes < 0

    def distinct(self) -> list[Any]:
        """Return the values that still occur."""
        seen = np.bincount(self.codes + 1, minlength=len(self.values) + 1)[1:]
        return [value for value, times in zip(self.values, seen, strict=True) if times]

    def where(self, hits: Sequence[bool]) -> NDArray[np.bool_]:
        """Return which rows hold one of the values that are hit."""
        return np.append(np.asarray(hits, dtype=bool), False)[self.codes]

    def cells(self) -> NDArray[Any]:
        """Return the cells, blanks as None."""
        return _objects([*self.values, None])[self.codes]


def _objects(cells: Iterable[Any]) -> NDArray[Any]:
    cells = list(cells)
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Columns under their headings, and where each row stands in its source.

    Parameters
    ----------
    name
        The sheet, or nothing.
    columns
        Heading to column.
    rows
        The number of each row in the source.
    findings
        What was noticed while it was found.
    """

    name: str
    columns: Mapping[str, Coded]
    rows: NDArray[np.int64]
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def keep(self, mask: NDArray[np.bool_], *found: Finding) -> Table:
        """Return the rows of a mask, and remember what was found."""
        columns = (
            self.columns if mask.all() else {name: column[mask] for name, column in self.columns.items()}
        )
        return Table(name=self.name, columns=columns, rows=self.rows[mask], findings=(*self.findings, *found))

    def numbers(self, mask: NDArray[np.bool_]) -> list[int]:
        """Return the source's numbers of the rows of a mask."""
        return [int(number) for number in self.rows[mask]]
