"""`calibrate`: margins and totals of numbers, met by the weights nearest to the old ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np

from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, DesignError, UnknownNameError
from sipukat.ikm.weighting.closing import fitted
from sipukat.ikm.weighting.distance import DISTANCES
from sipukat.ikm.weighting.fitting import checked_bounds, checked_search, fitted_ratios
from sipukat.ikm.weighting.margins import known_total, read_margins
from sipukat.ikm.weighting.matched import known_population
from sipukat.ikm.weighting.opened import first_rows, opened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.design import Design
    from sipukat.ikm.weighting.opened import Opened
    from sipukat.ikm.weighting.weighted import Weighted

T = TypeVar("T")


def calibrate(  # noqa: PLR0913  what is known, how it is met, and where it goes, all by keyword
    data: T,
    margins: object = None,
    *,
    totals: Mapping[str, float] | None = None,
    population: float | None = None,
    method: Literal["linear", "raking", "logit"] = "linear",
    bounds: tuple[float, float] | None = None,
    weight: str | None = None,
    tolerance: float = 1e-10,
    max_iterations: int = 50,
    into: str = "bobot",
    design: Design | None = None,
) -> Weighted[T]:
    """Weight so that margins, and totals of numbers, are met by weights near the old ones.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    margins
        As for `rake`; None where only numbers are known.
    totals
        Numeric column to its total in the population, ``{"age": 41_200}``, finite.
    population
        How many people there are in all, above 0; the margins tell it where they are people
        and not shares. Needed where there are no margins: an index is a mean, which the
        number of people is part of.
    method
        ``"linear"``, the regression estimator (GREG); ``"raking"``, whose weights are above
        0; ``"logit"``, whose ratios stay within `bounds`.
    bounds
        ``(low, high)`` of the ratio of new to old weight, ``0 <= low < high``; the logit
        needs them, with 1 between.
    weight
        Column of the weights before, by default that of the design; without any, everybody
        has the same share of the total.
    tolerance
        Relative misfit of every total that will do, between 0 and 1.
    max_iterations
        Most Newton steps.
    into
        Name of the new column.
    design
        How respondents were drawn.

    Returns
    -------
    Weighted

    Raises
    ------
    EstimationError
        If the totals cannot be met, or a weight would not be above 0.
    ColumnError
        If a column is missing, or `into` is there already.
    DesignError
        If margins do not fit the data or each other (see `rake`), or a numeric column is empty
        somewhere.
    ArgumentError
        If options make no sense, or nothing is known.
    UnknownNameError
        If there is no such method.

    Notes
    -----
    ``w_i = d_i F(x_i' eta)`` with eta such that ``sum w x`` are the totals: ``F = 1 + u``
    (linear), ``exp(u)`` (raking), cut off at the bounds if there are any, or ``[L (U - 1) +
    U (1 - L) e^{Au}] / [U - 1 + (1 - L) e^{Au}]``, ``A = (U - L) / [(1 - L)(U - 1)]`` (logit).
    The variance is that of residuals from the regression on x under the weights before,
    times the weights after.

    References
    ----------
    Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87, sections
    1-3; Lumley (2010), Complex Surveys, ch. 7.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"sex": list("LLPP"), "age": [20, 40, 30, 50]})
    >>> result = calibrate(frame, {"sex": {"L": 50, "P": 50}}, totals={"age": 3600})
    >>> result.data["bobot"].round(6).tolist()
    [22.5, 27.5, 22.5, 27.5]
    """
    checked_search(tolerance, max_iterations)
    if method not in DISTANCES:
        raise UnknownNameError("method of calibration", method, DISTANCES)
    limits = checked_bounds(bounds, method=method)
    if margins is None and not totals:
        raise ArgumentError('nothing to calibrate to: give margins or totals, e.g. totals={"age": 41200}')
    if margins is None and population is None:
        raise ArgumentError("totals alone leave open how many people there are: give population= or margins")
    held = opened(data, weight=weight, into=into, design=design)
    given = [] if margins is None else read_margins(margins, known=held.frame.columns)
    known = known_population(held, given, population=_people(population))
    numeric = _numeric(held, totals or {})
    ratio = fitted_ratios(
        known, numeric, method=method, bounds=limits, tolerance=tolerance, max_iterations=max_iterations
    )
    return fitted(held, known, known.base * ratio, totals=numeric, bounds=limits)


def _people(population: float | None) -> float | None:
    if population is None:
        return None
    if isinstance(population, bool | str) or not (population > 0 and math.isfinite(population)):
        raise ArgumentError(f"population must be a finite number above 0, got {population!r}")
    return float(population)


def _numeric(held: Opened[Any], totals: Mapping[str, float]) -> dict[str, tuple[NDArray[np.float64], float]]:
    import narwhals.stable.v2 as nw

    if not isinstance(totals, Mapping):
        raise ArgumentError(f"totals are a mapping from column to number, got {kind_of(totals)}")
    found: dict[str, tuple[NDArray[np.float64], float]] = {}
    for name, total in totals.items():
        column = held.column(name)
        series = held.frame.get_column(column)
        if not (series.dtype.is_numeric() or series.dtype == nw.Boolean):
            raise DesignError(
                f"column {column!r} holds {series.dtype}, no numbers, so that its total cannot be met; make "
                "them numbers, or give its categories as a margin"
            )
        values = np.asarray(series.cast(nw.Float64()).to_numpy(), dtype=np.float64)
        bad = ~np.isfinite(values)
        if bad.any():
            raise DesignError(
                f"column {column!r} is empty or not finite in {int(bad.sum())} rows (first "
                f"{first_rows(bad)}); fill it in, or leave those rows out"
            )
        found[column] = (values, known_total(total, place=repr(column)))
    return found
