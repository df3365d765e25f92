"""`rake`: several margins at once, none of them crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from sipukat.ikm.weighting.closing import fitted
from sipukat.ikm.weighting.fitting import cells_of, checked_bounds, checked_search, fitted_ratios, not_met
from sipukat.ikm.weighting.margins import read_margins
from sipukat.ikm.weighting.matched import known_population, summed
from sipukat.ikm.weighting.opened import opened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.errors import EstimationError
    from sipukat.ikm.design import Design
    from sipukat.ikm.weighting.matched import Known, Matched
    from sipukat.ikm.weighting.weighted import Weighted

T = TypeVar("T")

_FINER: Final = 1e-3
"""Share of the tolerance that the cycles go on to, while there are iterations left: they cost little."""


def rake(
    data: T,
    margins: object,
    *,
    weight: str | None = None,
    bounds: tuple[float, float] | None = None,
    tolerance: float = 1e-10,
    max_iterations: int = 200,
    into: str = "bobot",
    design: Design | None = None,
) -> Weighted[T]:
    """Weight so that several margins have their known totals at once.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    margins
        ``{"sex": {"L": 480, "P": 520}, "unit": {"A": 700, "B": 300}}``, where a key may be a
        tuple of crossed columns; or a list of Series or frames, see `post_stratify`. People,
        or shares that add up to 1 in every margin, which are multiplied by the sum of the
        weights before.
    weight
        Column of the weights before, by default that of the design; without any, everybody
        has the same share of the total.
    bounds
        ``(low, high)`` of the ratio of new to old weight, ``0 <= low < high``; None for none.
    tolerance
        Relative misfit of every category that will do, between 0 and 1.
    max_iterations
        Most cycles over all margins; Newton steps where `bounds` are given.
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
        If the margins cannot be met: it names the category that is missed most.
    ColumnError
        If a column is missing, or `into` is there already.
    DesignError
        If margins add up to different totals (beyond 1e-6, relative), categories of margins
        and data differ, cells are empty, or totals or weights are not finite and above 0.
    ArgumentError
        If margins or options make no sense.

    Notes
    -----
    Iterative proportional fitting: the weights of each category are multiplied by its total
    over their sum, margin after margin. It ends at ``w = d exp(sum of one effect a margin)``.
    With `bounds` the ratio is ``min(max(exp(u), low), high)``, found by Newton's method as
    R's ``calibrate(calfun="raking", bounds=)`` does. The variance is that of residuals from
    the regression on all margins at once.

    References
    ----------
    Deming & Stephan (1940), On a least squares adjustment of a sampled frequency table,
    Ann. Math. Stat. 11; Deville, Särndal & Sautory (1993), Generalized raking procedures in
    survey sampling, JASA 88.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"sex": list("LLLPP"), "unit": list("AABAB")})
    >>> result = rake(frame, {"sex": {"L": 50, "P": 50}, "unit": {"A": 70, "B": 30}})
    >>> result.data.groupby("unit")["bobot"].sum().round(6).to_dict()
    {'A': 70.0, 'B': 30.0}
    >>> result.design.calibration.margins
    (('sex',), ('unit',))
    """
    checked_search(tolerance, max_iterations)
    limits = checked_bounds(bounds, method="raking")
    held = opened(data, weight=weight, into=into, design=design)
    known = known_population(held, read_margins(margins, known=held.frame.columns))
    if limits is None:
        ratio = _cycles(known, tolerance=tolerance, max_iterations=max_iterations)
    else:
        ratio = fitted_ratios(
            known, {}, method="raking", bounds=limits, tolerance=tolerance, max_iterations=max_iterations
        )
    return fitted(held, known, known.base * ratio, bounds=limits)


def _cycles(known: Known, *, tolerance: float, max_iterations: int) -> NDArray[np.float64]:
    """Return (n,) ratios by iterative proportional fitting over the distinct combinations."""
    distinct, cell = cells_of(known.margins)
    places = list(zip(distinct.T, known.margins, strict=True))
    base = summed(cell, known.base)
    ratio, sums = np.ones(len(base)), [m.totals for m in known.margins]
    worst, iterations = np.inf, 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # seen as a misfit
        while iterations < max_iterations and not worst <= tolerance * _FINER:
            before, iterations = worst, iterations + 1
            for codes, margin in places:
                now = summed(codes, base * ratio, len(margin.labels))
                ratio = ratio * (margin.totals / now)[codes]
            sums = [summed(codes, base * ratio, len(margin.labels)) for codes, margin in places]
            worst = max(float(_missed(s, m).max()) for s, m in zip(sums, known.margins, strict=True))
            if worst <= tolerance and not worst < before:
                break  # as near as numbers go
    if not worst <= tolerance:
        raise _not_met(known, sums, iterations)
    return ratio[cell]


def _missed(sums: NDArray[np.float64], margin: Matched) -> NDArray[np.float64]:
    return np.nan_to_num(np.abs(sums / margin.totals - 1), nan=np.inf)


def _not_met(known: Known, sums: list[NDArray[np.float64]], iterations: int) -> EstimationError:
    missed = [_missed(s, m) for s, m in zip(sums, known.margins, strict=True)]
    which = int(np.argmax([m.max() for m in missed]))
    margin, at = known.margins[which], int(np.argmax(missed[which]))
    return not_met(
        (margin.name, margin.categories[at]),
        float(margin.totals[at]),
        float(sums[which][at]),
        iterations=iterations,
        bounds=None,
        method="raking",
    )
