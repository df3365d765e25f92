"""Fitting weights to margins and numeric totals at once, and saying what cannot be fitted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.weighting.distance import DISTANCES
from sipukat.ikm.weighting.matched import summed
from sipukat.ikm.weighting.newton import solve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.weighting.matched import Known, Matched


def checked_bounds(bounds: Any, *, method: str) -> tuple[float, float] | None:
    """Return the bounds of a ratio of weights.

    Parameters
    ----------
    bounds
        ``(low, high)``, or None for none.
    method
        The distance they are for.

    Raises
    ------
    ArgumentError
        If they are not two numbers with ``0 <= low < high``, and for the logit low < 1 < high.
    """
    if bounds is None:
        if method == "logit":
            raise ArgumentError('method="logit" needs bounds=(low, high), e.g. (0.3, 3)')
        return None
    try:
        low, high = (float(b) for b in bounds)
    except (TypeError, ValueError) as failure:
        raise ArgumentError(f"bounds are two numbers (low, high), got {bounds!r}") from failure
    if not 0 <= low < high:
        raise ArgumentError(f"bounds need 0 <= low < high, got {bounds!r}; e.g. (0.3, 3)")
    if method == "logit" and not (low < 1 < high < math.inf):
        raise ArgumentError(f'method="logit" needs low < 1 < high, both finite, got {bounds!r}')
    return low, high


def checked_search(tolerance: float, max_iterations: int) -> None:
    """Refuse a tolerance or number of iterations that makes no sense.

    Raises
    ------
    ArgumentError
        If `tolerance` is not between 0 and 1, or `max_iterations` not a whole number above 0.
    """
    if not 0 < tolerance < 1:
        raise ArgumentError(f"tolerance must lie between 0 and 1, got {tolerance!r}; e.g. 1e-10")
    if isinstance(max_iterations, bool) or not isinstance(max_iterations, int) or max_iterations < 1:
        raise ArgumentError(f"max_iterations must be a whole number of 1 or more, got {max_iterations!r}")


def cells_of(margins: Sequence[Matched]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct combinations of categories (cells, margins), and the cell of each row."""
    cell = np.zeros(len(margins[0].codes), dtype=np.int64)
    for margin in margins:  # coded anew after each, so that many margins cannot overflow
        cell = np.unique(cell * len(margin.labels) + margin.codes, return_inverse=True)[1]
    first = np.unique(cell, return_index=True)[1]
    return np.stack([margin.codes[first] for margin in margins], axis=1), cell


def fitted_ratios(
    known: Known,
    totals: Mapping[str, tuple[NDArray[np.float64], float]],
    *,
    method: str,
    bounds: tuple[float, float] | None,
    tolerance: float,
    max_iterations: int,
) -> NDArray[np.float64]:
    """Return (n,) ratios of new to old weights under which all totals are met.

    Parameters
    ----------
    known
        Margins, total and weights before.
    totals
        Numeric column to its values and known total.
    method
        ``"linear"``, ``"raking"`` or ``"logit"``.
    bounds
        Of the ratios.
    tolerance
        Relative misfit that will do.
    max_iterations
        Most steps.

    Raises
    ------
    EstimationError
        If the totals cannot be met, with the one that is missed most.
    """
    base = known.base
    if bounds is not None:
        _refuse_out_of_reach(known, bounds)
    names = [(m.name, category) for m in known.margins for category in m.categories]
    targets = [float(t) for m in known.margins for t in m.totals]
    if totals or not known.margins:  # numbers differ from row to row
        codes, cell, d = [m.codes for m in known.margins], None, base
    else:  # all of a cell have the same ratio
        distinct, cell = cells_of(known.margins)
        codes, d = list(distinct.T), summed(cell, base)
    columns = [
        (code[:, None] == np.arange(len(m.labels))).astype(np.float64)
        for code, m in zip(codes, known.margins, strict=True)
    ]
    if not known.margins:
        names.append(("population", ""))
        targets.append(known.total)
        columns.append(np.ones((len(base), 1)))
    for name, (values, target) in totals.items():
        names.append((name, ""))
        targets.append(target)
        columns.append(values[:, None])
    low, high = bounds or ((-math.inf, math.inf) if method == "linear" else (0.0, math.inf))
    goal = np.array(targets)
    x = np.hstack(columns)
    found = solve(
        x, d, goal, DISTANCES[method](low, high), tolerance=tolerance, max_iterations=max_iterations
    )
    if not np.abs(found.misfit).max() <= tolerance:
        at = int(np.argmax(np.abs(found.misfit)))
        reached = float(x[:, at] @ (d * found.ratio))
        raise not_met(
            names[at], targets[at], reached, iterations=found.iterations, bounds=bounds, method=method
        )
    return found.ratio if cell is None else found.ratio[cell]


def not_met(
    name: tuple[str, str],
    target: float,
    reached: float,
    *,
    iterations: int,
    bounds: tuple[float, float] | None,
    method: str,
) -> EstimationError:
    """Return the error of a fit that did not come about.

    Parameters
    ----------
    name
        Margin and category that are missed most.
    target, reached
        Its total, and what the last weights add up to.
    iterations
        How many were made.
    bounds, method
        Under which the fit was tried.
    """
    margin, category = name
    place = f"{margin} {category!r}" if category else f"the total of {margin!r}"
    within = "" if bounds is None else f" within the bounds {bounds}"
    widen = ", widen bounds=" if bounds is not None else ""
    return EstimationError(
        f"the {method} fit did not meet the totals{within} after {iterations} iterations; missed most: "
        f"{place}, where {target:.12g} is known and the weights add up to {reached:.12g}; collapse small or "
        "nearly empty categories, look whether the totals contradict each other"
        f"{widen}, or raise max_iterations="
    )


def _refuse_out_of_reach(known: Known, bounds: tuple[float, float]) -> None:
    low, high = bounds
    for margin in known.margins:
        sums = margin.sums(known.base)
        need = margin.totals / sums
        bad = np.flatnonzero((need < low) | (need > high))
        if len(bad):
            at = int(bad[np.argmax(np.abs(np.log(need[bad])))])
            raise EstimationError(
                f"{margin.name} {margin.categories[at]!r} has the total {margin.totals[at]:.12g} and weights "
                f"that add up to {sums[at]:.12g}: they must grow {need[at]:.4g} times on average, outside "
                f"the bounds {bounds}; widen bounds=, or collapse that category with another"
            )
