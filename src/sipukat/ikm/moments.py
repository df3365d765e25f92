"""The narrow waist: sums by group and stratum, on which every statistic stands.

Moments hold no respondent and no order of rows. Unweighted they are integers, so two
files merged are, to the last bit, the file that holds both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial, reduce
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from sipukat._validation import must_be
from sipukat.errors import EstimationError
from sipukat.ikm.checked_sums import check_sums
from sipukat.ikm.clusters import Clusters, Group, in_order, merged_clusters
from sipukat.ikm.deferred import LATER, Deferred, Pending
from sipukat.ikm.design import Design
from sipukat.ikm.fitted import Fitted, merged_fitted
from sipukat.ikm.plain import plain, restored
from sipukat.ikm.replicates import MOST_OVERLAP, Replicated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FORMAT: Final = "urn:sipukat:moments:1"

_RECORDS: Final[dict[str, type[Any]]] = {
    "design": Design,
    "clusters": Clusters,
    "fitted": Fitted,
    "replicates": Replicated,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments(Deferred):
    """Sums of a survey by group and stratum.

    ``a + b`` merges two surveys of the same instrument, groups and design; exactly, when
    unweighted. ``==`` compares every sum.

    Parameters
    ----------
    standard
        Id of the survey standard.
    unsur
        Names of the k unsur, in order.
    low, high
        The scale.
    by
        Names of the grouping columns.
    groups
        The g groups, sorted, each a tuple of one value a column of `by`.
    strata
        The h strata; one empty tuple when there are none.
    population
        (h,) units that could have been drawn, infinite where not stated.
    design
        The design that the sums were taken under.
    group, stratum
        (c,) group and stratum of each cell; cells without respondents are not held.
    n, n_complete
        (c,) respondents, and those who answered every unsur.
    weight, weight2
        (c,) sum of weights and of their squares; both `n` when unweighted.
    levels
        (c, k, levels) respondents a score, unweighted.
    gram, gram_complete
        (c, 2k, 2k) weighted sums of products of ``[r | x]``, where r is 1 for an answer
        and x its score (0 if none); (c, 1 + k, 1 + k) of ``[1 | x]`` over complete ones.
    gram2, gram2_complete
        The same under squared weights; None when unweighted.
    level_weight, level_weight2
        (c, k, levels) sums of weights, and of their squares, of the respondents who gave
        each score; None when unweighted.
    clusters
        Totals by PSU; None without PSUs.
    within
        The second stage as a survey of its own, with PSUs as strata; None without one.
    fitted
        Sums of what the weights were fitted to; None where they were not.
    replicates
        Sums under replicate weights; None without them.
    """

    standard: str
    unsur: tuple[str, ...]
    low: int
    high: int
    by: tuple[str, ...]
    groups: tuple[Group, ...]
    strata: tuple[Group, ...]
    population: NDArray[np.float64]
    design: Design
    group: NDArray[np.int64]
    stratum: NDArray[np.int64]
    n: NDArray[np.int64]
    n_complete: NDArray[np.int64]
    weight: NDArray[Any]
    weight2: NDArray[Any]
    levels: NDArray[np.int64]
    gram: NDArray[Any]
    gram_complete: NDArray[Any]
    gram2: NDArray[np.float64] | None = None
    gram2_complete: NDArray[np.float64] | None = None
    level_weight: NDArray[np.float64] | None = None
    level_weight2: NDArray[np.float64] | None = None
    clusters: Clusters | None = None
    within: Moments | None = None
    fitted: Fitted | None = None
    replicates: Replicated | None = None

    @property
    def weighted(self) -> bool:
        """Whether respondents carry weights."""
        return self.gram2 is not None

    @property
    def k(self) -> int:
        """Number of unsur."""
        return len(self.unsur)

    def per_group(self, values: NDArray[Any]) -> NDArray[Any]:
        """Add the cells of every group: (c, …) to (g, …), in the same kind of number."""
        return add_at(self.group, values, len(self.groups))

    def pooled(self) -> Moments:
        """Return the same survey as one group."""
        return _regrouped(self, by=(), groups=((),), group=np.zeros_like(self.group))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moments) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.standard, self.groups, self.n.tobytes()))

    def __add__(self, other: Moments) -> Moments:
        """Merge two surveys.

        Raises
        ------
        EstimationError
            If they differ in instrument, unsur, scale, groups or design.
        """
        must_be(type(self), other, "what is merged", "Moments, e.g. result.moments")
        for name in ("standard", "unsur", "low", "high", "by", "design", "weighted"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                raise EstimationError(
                    f"moments of different {name} cannot be merged: {mine!r} and {theirs!r}"
                )
        return merge([self, other])

    def to_json(self) -> str:
        """Return the sums as versioned JSON, without any respondent.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({f"U{i}": [3, 4] for i in range(1, 10)})
        >>> sums = ikm.moments(frame)
        >>> ikm.Moments.from_json(sums.to_json()) == sums
        True
        """
        held = {"format": FORMAT, **plain(self)}
        return json.dumps(held, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read moments back.

        Raises
        ------
        EstimationError
            If `text` is not moments of this version, or its parts do not fit together.
        """
        must_be((str, bytes), text, "text", "the text that to_json() wrote")
        try:
            held = json.loads(text, parse_float=_finite, parse_constant=_finite)
            if not isinstance(held, dict):
                raise ValueError("it is no JSON object")  # noqa: TRY004  one way out
            if (said := held.pop("format", None)) != FORMAT:
                raise ValueError(f"it says it is {said!r}")
            found = restored(cls, held, _RECORDS | {"within": cls})
            check_sums(found)
        except _NOT_MOMENTS as failure:
            raise EstimationError(f"not moments in the format {FORMAT!r}: {failure}") from failure
        return found


_NOT_MOMENTS = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):  # to_json() writes none, and would refuse to write it again
        raise ValueError(f"{number} is no sum")
    return value


def add_at(where: NDArray[np.int64], values: NDArray[Any], size: int) -> NDArray[Any]:
    """Add rows of `values` that go to the same place: (c, …) to (size, …).

    Examples
    --------
    >>> add_at(np.array([1, 0, 1]), np.array([1, 2, 3]), 3).tolist()
    [2, 4, 0]
    """
    if size == 1:
        return np.asarray(values.sum(axis=0, keepdims=True))
    if len(where) == size and (where == np.arange(size)).all():
        return values
    out = np.zeros((size, *values.shape[1:]), dtype=values.dtype)
    if len(where):
        order = np.argsort(where, kind="stable")
        starts = np.flatnonzero(np.append([True], np.diff(where[order]) != 0))
        out[where[order][starts]] = np.add.reduceat(values[order], starts, axis=0)
    return out


def _regrouped(
    m: Moments, *, by: tuple[str, ...], groups: tuple[Group, ...], group: NDArray[np.int64]
) -> Moments:
    """Put the cells of `m` under other groups, adding those that now coincide."""
    return _collected([m], by=by, groups=groups, strata=m.strata, group=[group], stratum=[m.stratum])


def merge(parts: Sequence[Moments]) -> Moments:
    """Add moments of the same kind; the sums of cells that coincide are added."""
    first = parts[0]
    if all((m.groups, m.strata) == (first.groups, first.strata) for m in parts):  # pieces of one file
        groups, strata = first.groups, first.strata
        group, stratum = [m.group for m in parts], [m.stratum for m in parts]
    else:
        groups = in_order(g for m in parts for g in m.groups)
        strata = in_order(s for m in parts for s in m.strata)
        group = [_renumbered(m.groups, groups)[m.group] for m in parts]
        stratum = [_renumbered(m.strata, strata)[m.stratum] for m in parts]
    return _collected(parts, by=parts[0].by, groups=groups, strata=strata, group=group, stratum=stratum)


def _renumbered(old: Sequence[Group], new: Sequence[Group]) -> NDArray[np.int64]:
    at = {name: i for i, name in enumerate(new)}
    return np.array([at[name] for name in old], dtype=np.int64)


SUMMED: Final = (
    "n",
    "n_complete",
    "weight",
    "weight2",
    "levels",
    "gram",
    "gram_complete",
    "gram2",
    "gram2_complete",
    "level_weight",
    "level_weight2",
)
"""The parts that are added cell by cell."""


def _collected(
    parts: Sequence[Moments],
    *,
    by: tuple[str, ...],
    groups: tuple[Group, ...],
    strata: tuple[Group, ...],
    group: Sequence[NDArray[np.int64]],
    stratum: Sequence[NDArray[np.int64]],
) -> Moments:
    ids = [g * len(strata) + s for g, s in zip(group, stratum, strict=True)]
    cells, places = np.unique(np.concatenate(ids), return_inverse=True)
    cuts = np.cumsum([len(i) for i in ids])[:-1]
    cell_of = np.split(places, cuts)
    held = [part.clusters for part in parts if part.clusters is not None]
    clusters = merged_clusters(held, [part.strata for part in parts], strata, cell_of) if held else None

    def added(name: str) -> Any:
        if getattr(parts[0], name) is None:
            return None
        pairs = zip(parts, cell_of, strict=True)
        return reduce(np.add, (add_at(where, getattr(part, name), len(cells)) for part, where in pairs))

    pending = Pending.joined([part.pending for part in parts], cell_of, len(cells))
    make = Moments if pending is None else partial(Moments.waiting, pending)
    summed = [name for name in SUMMED if pending is None or name not in LATER]
    return make(
        standard=parts[0].standard,
        unsur=parts[0].unsur,
        low=parts[0].low,
        high=parts[0].high,
        by=by,
        groups=groups,
        strata=strata,
        population=_populations(parts, strata),
        design=parts[0].design,
        group=cells // len(strata),
        stratum=cells % len(strata),
        clusters=clusters,
        within=_within(parts, by, groups),
        fitted=_fitted(parts, cell_of, len(cells), strata, clusters),
        replicates=_replicates(parts, cell_of, len(cells)),
        **{name: added(name) for name in summed},
    )


def _within(parts: Sequence[Moments], by: tuple[str, ...], groups: tuple[Group, ...]) -> Moments | None:
    held = [part.within for part in parts if part.within is not None]
    if not held:
        return None
    if by == held[0].by:
        return merge(held)
    return held[0].pooled() if len(held) == 1 and groups == ((),) else merge([m.pooled() for m in held])


def _fitted(
    parts: Sequence[Moments],
    cell_of: Sequence[NDArray[np.int64]],
    cells: int,
    strata: tuple[Group, ...],
    clusters: Clusters | None,
) -> Fitted | None:
    held = [part.fitted for part in parts if part.fitted is not None]
    if not held:
        return None
    at = {s: i for i, s in enumerate(strata)}
    keys = {} if clusters is None else {key: i for i, key in enumerate(clusters.keys)}
    unit_of = [
        np.array(
            [keys[(at[part.strata[s]], name)] for s, name in (part.clusters.keys if part.clusters else ())],
            dtype=np.int64,
        )
        for part in parts
    ]
    return merged_fitted(
        held,
        cell_of=cell_of,
        stratum_of=[np.array([at[s] for s in part.strata], dtype=np.int64) for part in parts],
        unit_of=unit_of,
        sizes=(cells, len(strata), len(keys)),
    )


def _replicates(
    parts: Sequence[Moments], cell_of: Sequence[NDArray[np.int64]], cells: int
) -> Replicated | None:
    held = [part.replicates for part in parts if part.replicates is not None]
    if not held:
        return None

    def added(name: str) -> Any:
        return sum(
            add_at(where, getattr(part, name), cells) for part, where in zip(held, cell_of, strict=True)
        )

    r = held[0].overlap.shape[1]
    by_cell = cells * r * r <= MOST_OVERLAP and all(
        len(part.overlap) == len(where) for part, where in zip(held, cell_of, strict=True)
    )
    if by_cell:
        overlap = added("overlap")
    else:
        overlap = np.sum([part.overlap.sum(axis=0, keepdims=True) for part in held], axis=0)
    return Replicated(total=added("total"), total_complete=added("total_complete"), overlap=overlap)


def _populations(parts: Sequence[Moments], strata: tuple[Group, ...]) -> NDArray[np.float64]:
    known: dict[Group, float] = {}
    for part in parts:
        for stratum, size in zip(part.strata, part.population.tolist(), strict=True):
            if known.setdefault(stratum, size) != size:
                raise EstimationError(
                    f"stratum {stratum!r} has two populations, {known[stratum]:g} and {size:g}"
                )
    return np.array([known[s] for s in strata], dtype=np.float64)
