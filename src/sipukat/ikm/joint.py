"""The indices of all groups of one survey together: what comparisons and ranks stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sipukat._validation import must_be
from sipukat.errors import EstimationError
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import name_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Joint:
    """The indices of g groups, with the covariance of one design.

    Parameters
    ----------
    names
        The groups.
    ikm
        (g,) the published indices, unrounded.
    covariance
        (g, g) their covariance, in squared points.
    n
        (g,) respondents that count.
    df
        (g,) degrees of freedom of each.
    left_out
        Groups without an index, or whose error cannot be estimated.
    """

    names: tuple[object, ...]
    ikm: NDArray[np.float64]
    covariance: NDArray[np.float64]
    n: NDArray[np.int64]
    df: NDArray[np.float64]
    left_out: tuple[object, ...]

    @property
    def se(self) -> NDArray[np.float64]:
        """(g,) standard errors."""
        return np.asarray(np.sqrt(np.maximum(np.diag(self.covariance), 0.0)))


def joint(result: IkmResult, *, among: Collection[object] | None = None) -> Joint:
    """Take the groups of a result whose index and error are known.

    Parameters
    ----------
    result
        A result with groups.
    among
        Names of the groups to take, as if there were no other; by default all.

    Raises
    ------
    EstimationError
        If the result has no groups.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": list("AAABBB"), **{f"U{i}": [4, 3, 4, 2, 3, 3] for i in range(1, 10)}})
    >>> both = joint(ikm.estimate(frame, by="unit"))
    >>> both.names, both.se.round(3).tolist()
    (('A', 'B'), [7.454, 7.454])
    """
    must_be(IkmResult, result, "result", "an IkmResult, e.g. of sipukat.ikm.estimate")
    part = result.groups
    if part is None:
        raise EstimationError("the result has no groups to compare; estimate with by=")
    names = tuple(name_of(g) for g in part.moments.groups)
    covariance = part.index_joint
    known = (part.points.hundredths >= 0) & np.isfinite(np.diag(covariance)) & (part.df >= 1)
    asked = np.array([among is None or name in among for name in names], dtype=bool)
    at = np.flatnonzero(known & asked)
    return Joint(
        names=tuple(names[i] for i in at.tolist()),
        ikm=part.points.ikm[at],
        covariance=covariance[np.ix_(at, at)],
        n=part.used[at],
        df=part.df[at],
        left_out=tuple(name for name, ok in zip(names, (known | ~asked).tolist(), strict=True) if not ok),
    )
