"""Totals of the primary sampling units, and how those of several surveys are added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.factors import Key

Group = tuple["Key", ...]
"""The values that name a group, or a stratum."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clusters:
    """Totals of the primary sampling units, where the design has them.

    Parameters
    ----------
    cell
        (p,) the cell (group and stratum) that each total belongs to.
    psu
        (p,) the PSU, an index into `keys`; one PSU may lie in several groups.
    keys
        Stratum index and id of every PSU.
    total
        (p, 2k) weighted sums of ``[r | x]``.
    total_complete
        (p, 1 + k) weighted sums of ``[1 | x]`` over complete respondents.
    levels
        (p, k, levels) sums of weights of the respondents who gave each score.
    """

    cell: NDArray[np.int64]
    psu: NDArray[np.int64]
    keys: tuple[tuple[int, Key], ...]
    total: NDArray[np.float64]
    total_complete: NDArray[np.float64]
    levels: NDArray[np.float64]

    def in_cells(self, cell: NDArray[np.int64]) -> Clusters:
        """Return the same totals under other numbers of cells, in the order of cell and PSU."""
        order = np.lexsort((self.psu, cell))
        return Clusters(
            cell=cell[order],
            psu=self.psu[order],
            keys=self.keys,
            total=self.total[order],
            total_complete=self.total_complete[order],
            levels=self.levels[order],
        )

    @property
    def stratum(self) -> NDArray[np.int64]:
        """(u,) stratum of every PSU."""
        return np.array([stratum for stratum, _ in self.keys], dtype=np.int64)


def in_order(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the distinct groups sorted: numbers, then text, then the empty cell.

    Examples
    --------
    >>> in_order([("b",), (None,), ("a",), (2,), ("a",)])
    ((2,), ('a',), ('b',), (None,))
    """
    distinct = set(groups)
    try:
        return tuple(sorted(distinct))
    except TypeError:  # kinds are mixed
        return tuple(sorted(distinct, key=lambda group: tuple(map(_before, group))))


def ranks_of(labels: Sequence[Key]) -> NDArray[np.int64]:
    """Return the place of each label of a column in the order of `in_order`.

    Examples
    --------
    >>> ranks_of(["b", None, "a", 2]).tolist()
    [2, 3, 1, 0]
    """
    try:
        order = sorted(range(len(labels)), key=labels.__getitem__)  # type: ignore[arg-type]  # or as below
    except TypeError:
        order = sorted(range(len(labels)), key=lambda at: _before(labels[at]))
    ranks = np.empty(len(labels), dtype=np.int64)
    ranks[order] = np.arange(len(labels))
    return ranks


def _before(value: Key) -> tuple[int, Any]:
    return {bool: 0, int: 0, float: 0, str: 1}.get(type(value), 2), 0 if value is None else value


def numbered(keys: Iterable[tuple[int, Key]]) -> dict[tuple[int, Key], int]:
    """Return the number of every PSU, by stratum and name, whatever the order they were met in."""
    ordered: tuple[Any, ...] = in_order(keys)
    return {key: i for i, key in enumerate(ordered)}


def merged_clusters(
    parts: Sequence[Clusters],
    old: Sequence[tuple[Group, ...]],
    strata: tuple[Group, ...],
    cell_of: Sequence[NDArray[np.int64]],
) -> Clusters:
    """Add the totals of PSUs that coincide.

    Parameters
    ----------
    parts
        Clusters of several surveys.
    old
        The strata that each of them numbers.
    strata
        The strata of the whole.
    cell_of
        Where each cell of each part goes.
    """
    at = {s: i for i, s in enumerate(strata)}
    held_keys = [
        [(at[its_strata[s]], name) for s, name in held.keys]
        for held, its_strata in zip(parts, old, strict=True)
    ]
    keys = numbered(key for some in held_keys for key in some)
    cells, units = [], []
    for held, some, where in zip(parts, held_keys, cell_of, strict=True):
        place = [keys[key] for key in some]
        cells.append(where[held.cell])
        units.append(np.array(place, dtype=np.int64)[held.psu])
    pair = np.stack([np.concatenate(cells), np.concatenate(units)])
    distinct, where = np.unique(pair, axis=1, return_inverse=True)

    def added(name: str) -> NDArray[np.float64]:
        values = np.concatenate([getattr(held, name) for held in parts])
        out = np.zeros((distinct.shape[1], *values.shape[1:]))
        np.add.at(out, where.ravel(), values)
        return out

    sums: dict[str, Any] = {name: added(name) for name in ("total", "total_complete", "levels")}
    return Clusters(cell=distinct[0], psu=distinct[1], keys=tuple(keys), **sums)
