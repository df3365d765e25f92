"""`trim`: extreme weights to a bound, what is cut off to the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import numpy as np

from sipukat._validation import names_of
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.findings import Finding
from sipukat.ikm.weighting.closing import closed
from sipukat.ikm.weighting.opened import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.design import Design
    from sipukat.ikm.weighting.weighted import Weighted

T = TypeVar("T")
_METHODS: Final = ("proportional", "equal")


def trim(
    data: T,
    *,
    weight: str | None = None,
    low: float | None = None,
    high: float | None = None,
    ratio: float | None = None,
    by: str | Sequence[str] = (),
    method: Literal["proportional", "equal"] = "proportional",
    into: str = "bobot",
    design: Design | None = None,
) -> Weighted[T]:
    """Bring weights within bounds, and keep their sum.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    weight
        Column of the weights, by default that of the design.
    low, high
        Least and greatest weight that is left, above 0.
    ratio
        Greatest weight as a multiple of the median, above 1, instead of `high`; usual are
        3 to 6.
    by
        Columns within whose groups the sum is kept, and the median taken.
    method
        How what is cut off is shared: ``"proportional"`` to the weights of the others, or
        in ``"equal"`` parts, as R's ``trimWeights`` does.
    into
        Name of the new column.
    design
        How respondents were drawn.

    Returns
    -------
    Weighted
        Its design has no calibration any more: trimmed weights do not meet totals exactly.

    Raises
    ------
    ArgumentError
        If there are no weights or no bounds, or the bounds leave no weight to take what is cut off.
    ColumnError
        If a column is missing, or `into` is there already.
    DesignError
        If weights are not finite and above 0, or cells of `by` are empty.
    UnknownNameError
        If there is no such method.

    Notes
    -----
    Weights outside are put at their bound; the others become ``min(max(c d, low), high)``, or
    ``min(max(d + c, low), high)``, with the one c that keeps the sum: what repeated trimming
    and sharing ends at. The trade is a little bias for less variance (Potter 1990).

    References
    ----------
    Potter (1990), A study of procedures to identify and trim extreme sampling weights, Proc.
    ASA Survey Research Methods.

    Examples
    --------
    >>> import pandas as pd
    >>> result = trim(pd.DataFrame({"w": [1.0, 1.0, 2.0, 12.0]}), weight="w", high=8)
    >>> result.data["bobot"].tolist()
    [2.0, 2.0, 4.0, 8.0]
    """
    if method not in _METHODS:
        raise UnknownNameError("method of sharing what is trimmed", method, _METHODS)
    _check(low, high, ratio)
    held = opened(data, weight=weight, into=into, design=design)
    if held.weight is None:
        raise ArgumentError("there are no weights to trim; name their column with weight=")
    names = tuple(held.column(name) for name in names_of(by, "by"))
    codes, labels = held.categories(names)
    new, rows = held.base.copy(), []
    at_low = at_high = 0
    moved = 0.0
    for at, label in enumerate(labels):
        some = codes == at
        old = held.base[some]
        floor = 0.0 if low is None else float(low)
        ceiling = math.inf if high is None else float(high)
        if ratio is not None:
            ceiling = ratio * float(np.median(old))
        category = " / ".join(map(str, label))
        w = _shared(old, floor, ceiling, additive=method == "equal", place=category)
        new[some] = w
        at_low += int(((old < floor) & (w <= floor)).sum())
        at_high += int(((old > ceiling) & (w >= ceiling)).sum())
        moved += float(np.abs(w - old).sum()) / 2
        total, after = float(old.sum()), float(w.sum())
        rows.append((" × ".join(names), category, total, total, after, after - total, len(w)))
    found = Finding.of(
        "IKM635",
        path=held.weight,
        n=len(new),
        lowered=at_high,
        raised=at_low,
        moved=moved,
        percent=100 * moved / float(held.base.sum()),
    )
    return closed(held, new, rows, findings=[found])


def _check(low: Any, high: Any, ratio: Any) -> None:
    if low is None and high is None and ratio is None:
        raise ArgumentError("nothing to trim to: give low=, high= or ratio=, e.g. ratio=5")
    if high is not None and ratio is not None:
        raise ArgumentError(f"give high= or ratio=, not both (got {high!r} and {ratio!r})")
    for name, value, least in (("low", low, 0), ("high", high, 0), ("ratio", ratio, 1)):
        if value is None:
            continue
        if isinstance(value, bool | str) or not (value > least and math.isfinite(value)):
            raise ArgumentError(f"{name} must be a finite number above {least}, got {value!r}")
    if low is not None and high is not None and low >= high:
        raise ArgumentError(f"low must be below high, got {low!r} and {high!r}")


def _shared(
    w: NDArray[np.float64], low: float, high: float, *, additive: bool, place: str
) -> NDArray[np.float64]:
    """Return weights within the bounds with the same sum: those outside at a bound, the others moved."""
    total = float(w.sum())
    out = np.clip(w, low, high)
    free = out == w
    if free.all():
        return w
    while free.any():  # each round holds at least one more at a bound
        rest = total - float(out[~free].sum())
        here = w[free]
        moved = here + (rest - float(here.sum())) / len(here) if additive else here * (rest / here.sum())
        out[free] = np.clip(moved, low, high)
        beyond = free.copy()
        beyond[free] = (moved < low) | (moved > high)
        if not beyond.any():
            return out
        free &= ~beyond
    where = f" of {place!r}" if place else ""
    raise ArgumentError(
        f"the bounds {low:.6g} and {high:.6g} leave no weight{where} to take what is cut off: all {len(w)} "
        f"lie at a bound and add up to {float(out.sum()):.12g} instead of {total:.12g}, a mean of "
        f"{total / len(w):.6g}; widen the bounds well around that mean"
    )
