"""Totals of the primary sampling units, and how those of several surveys are added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.encoding import Key

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

    @property
    def stratum(self) -> NDArray[np.int64]:
        """(u,) stratum of every PSU."""
        return np.array([stratum for stratum, _ in self.keys], dtype=np.int64)


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
    keys: dict[tuple[int, Key], int] = {}
    cells, units = [], []
    for held, its_strata, where in zip(parts, old, cell_of, strict=True):
        place = [keys.setdefault((at[its_strata[s]], name), len(keys)) for s, name in held.keys]
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
