"""`post_stratify`: every category gets exactly its known total."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sipukat._text import listing
from sipukat.errors import ArgumentError
from sipukat.ikm.weighting.closing import fitted
from sipukat.ikm.weighting.margins import read_margins
from sipukat.ikm.weighting.matched import known_population
from sipukat.ikm.weighting.opened import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.design import Design
    from sipukat.ikm.weighting.weighted import Weighted

T = TypeVar("T")


def post_stratify(
    data: T,
    totals: object,
    *,
    by: str | Sequence[str] | None = None,
    weight: str | None = None,
    into: str = "bobot",
    design: Design | None = None,
) -> Weighted[T]:
    """Weight so that the categories of one column, or of several crossed, have their known totals.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    totals
        ``{"sex": {"L": 480, "P": 520}}``; crossed columns as a tuple, ``{("unit", "sex"):
        {("A", "L"): 120, ...}}``; a pandas Series whose index is named after the columns;
        a frame of category columns and one column of totals; or, with `by`, ``{"L": 480,
        "P": 520}``. People, or shares that add up to 1, which are multiplied by the sum of
        the weights before.
    by
        Columns that a plain mapping of totals speaks of.
    weight
        Column of the weights before, by default that of the design; without any, everybody
        has the same.
    into
        Name of the new column.
    design
        How respondents were drawn.

    Returns
    -------
    Weighted

    Raises
    ------
    ColumnError
        If a column is missing, or `into` is there already.
    DesignError
        If categories of totals and data differ, cells are empty, or totals or weights are
        not finite and above 0.
    ArgumentError
        If `totals` has another form, or more than one margin.

    Notes
    -----
    ``w_i = d_i N_c / sum_c d``, with d the weights before and N_c the total of category c.
    The variance is that of residuals from the means of the categories.

    References
    ----------
    Holt & Smith (1979), Post stratification, JRSS A 142; Särndal, Swensson & Wretman (1992),
    section 7.6.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"unit": ["A", "A", "B"], **{f"U{i}": [4, 3, 2] for i in range(1, 10)}})
    >>> result = post_stratify(frame, {"A": 300, "B": 700}, by="unit")
    >>> result.data["bobot"].tolist()
    [150.0, 150.0, 700.0]
    >>> from sipukat import ikm
    >>> ikm.estimate(result.data, design=result.design).overall.published
    Decimal('61.25')
    """
    held = opened(data, weight=weight, into=into, design=design)
    names = (by,) if isinstance(by, str) else by
    given = read_margins(totals, known=held.frame.columns, by=names)
    if len(given) > 1:
        shown = listing((repr(m.name) for m in given), lang="en")
        raise ArgumentError(
            f"post_stratify takes one margin, got {len(given)} ({shown}); rake them, or cross their columns"
        )
    known = known_population(held, given)
    margin = known.margins[0]
    factor = margin.totals / margin.sums(known.base)
    return fitted(held, known, known.base * factor[margin.codes])
