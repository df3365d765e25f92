"""All pairs of groups: what ranks and simultaneous comparisons stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import number
from sipukat._validation import share_between
from sipukat.errors import EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.intervals import beta_ends, t_quantile
from sipukat.ikm.joint import joint
from sipukat.ikm.rollup import name_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from sipukat._text import Lang
    from sipukat.ikm.intervals import Spread
    from sipukat.ikm.joint import Joint
    from sipukat.ikm.results import IkmResult

ZERO: Final = 1e-8
"""A standard error this small beside its index is rounding, and none."""

SAME: Final = 1e-9
"""Indices that differ by less, in points, are equal."""

MOST: Final = 3000
"""With more groups the matrices of all pairs would not fit into a small computer."""

_LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """The differences of all pairs of g groups.

    Parameters
    ----------
    names
        The groups, in the order of the result.
    at
        (g,) their places in the result.
    ikm
        (g,) the published indices, unrounded.
    se
        (g,) their standard errors, in points.
    n
        (g,) respondents that count.
    covariance
        (g, g) covariance of the indices, in squared points.
    difference_se
        (g, g) standard error of the difference of row and column; 0 where it is certain.
    df
        (g, g) degrees of freedom of `difference_se`.
    findings
        Groups that are left out, and those whose error was mended.
    """

    names: tuple[object, ...]
    at: NDArray[np.int64]
    ikm: NDArray[np.float64]
    se: NDArray[np.float64]
    n: NDArray[np.int64]
    covariance: NDArray[np.float64]
    difference_se: NDArray[np.float64]
    df: NDArray[np.float64]
    findings: Findings

    @property
    def difference(self) -> NDArray[np.float64]:
        """(g, g) the index of the row less that of the column; equal ones are exactly 0."""
        found = self.ikm[:, None] - self.ikm[None, :]
        return np.where(np.abs(found) < SAME, 0.0, found)

    @property
    def covary(self) -> bool:
        """Whether any two groups vary together."""
        off = self.covariance - np.diag(np.diag(self.covariance))
        return bool((np.abs(off) > ZERO * np.outer(self.se, self.se)).any())

    @property
    def t(self) -> NDArray[np.float64]:
        """(g, g) difference over its standard error; infinite where it is certain."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(self.difference / self.difference_se, nan=0.0, posinf=np.inf, neginf=-np.inf)

    @property
    def z(self) -> NDArray[np.float64]:
        """(g, g) the same on the normal scale: equal tail, without degrees of freedom."""
        from scipy.special import ndtri, stdtr

        found = self.t
        return np.asarray(np.sign(found) * -ndtri(stdtr(self.df, -np.abs(found))))


def checked_level(confidence_level: float) -> float:
    """Return the level if it is one.

    Raises
    ------
    ArgumentError
        If it does not lie between 0 and 1.
    """
    return share_between(confidence_level, what="confidence_level")


def pairs_of(result: IkmResult, *, among: Collection[object] | None = None) -> Pairs:
    """Take all pairs of groups whose index and error are known.

    Parameters
    ----------
    result
        A result with groups.
    among
        Names of the groups to take, as if there were no other; by default all.

    Raises
    ------
    EstimationError
        If fewer than two groups can be compared, or more than 3,000.

    Notes
    -----
    The variance of a difference is that of the joint covariance of the design. Its degrees
    of freedom are those of Satterthwaite, ``(a + b)^2 / (a^2/df_a + b^2/df_b)`` with the
    variances a and b, and never more than those of the whole design.

    A group whose answers were all equal has no standard error, and yet is not certain
    unless all of its people were asked. It gets the standard error that makes Student's
    interval at 95 % reach as far as ``beta_ends`` does to its longer side. (The variance of
    that Beta itself would be half of it: the tail is skewed, and of 20 respondents of whom
    one in ten is angry, none is met in 12 of 100 samples.)

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": list("AAABBB"), **{f"U{i}": [4, 3, 4, 2, 3, 3] for i in range(1, 10)}})
    >>> pairs = pairs_of(ikm.estimate(frame, by="unit"))
    >>> pairs.difference[0, 1].round(2), pairs.difference_se[0, 1].round(3)
    (np.float64(25.0), np.float64(10.541))
    """
    both = joint(result, among=among)
    part = result.groups
    if part is None or not 2 <= len(both.names) <= MOST:  # noqa: PLR2004
        raise EstimationError(
            f"{len(both.names)} groups have an index with a known error; to compare takes 2 to {MOST:,}"
        )
    found: list[Finding] = []
    if both.left_out:
        found.append(Finding.of("IKM670", groups=[str(name) for name in both.left_out]))
    places = {name_of(g): i for i, g in enumerate(part.moments.groups)}
    at = np.array([places[name] for name in both.names], dtype=np.int64)
    sampled = part.fraction[at] < 1
    mend = (both.se < ZERO * both.ikm) & sampled
    covariance = both.covariance.copy()
    if mend.any():
        found.append(Finding.of("IKM671", groups=[str(both.names[i]) for i in np.flatnonzero(mend).tolist()]))
        ends = ends_variance(part.index_spread) * (part.high - part.low) ** 2
        covariance[mend, mend] = ends[at][mend]
    return pairs_from(both, covariance, at=at, most_df=float(result.whole.df[0]), findings=Findings(found))


def pairs_from(
    both: Joint, covariance: NDArray[np.float64], *, at: NDArray[np.int64], most_df: float, findings: Findings
) -> Pairs:
    """Make the pairs of a covariance; see `pairs_of`."""
    v = np.maximum(np.diag(covariance), 0.0)
    sums = v[:, None] + v[None, :]
    spread = np.maximum(sums - 2 * (covariance - np.diag(np.diag(covariance))), 0.0)
    size = ZERO * np.maximum(np.abs(both.ikm)[:, None], np.abs(both.ikm)[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        each = v**2 / both.df
        df = np.minimum(sums**2 / (each[:, None] + each[None, :]), max(most_df, 1.0))
    return Pairs(
        names=both.names,
        at=at,
        ikm=both.ikm,
        se=np.sqrt(v),
        n=both.n,
        covariance=covariance,
        difference_se=np.where(np.sqrt(spread) <= size, 0.0, np.sqrt(spread)),
        df=np.where(np.isfinite(df), df, max(most_df, 1.0)),
        findings=findings,
    )


def ends_variance(spread: Spread) -> NDArray[np.float64]:
    """Return the variance, in squared shares of the scale, that the interval `beta_ends` asks for.

    Where all answers are equal that of the sample is 0, and this is not.

    Examples
    --------
    >>> from sipukat.ikm.intervals import Spread
    >>> one = {name: np.array([x]) for name, x in dict(
    ...     value=1.0, variance=0.0, between=0.0, n=30.0, df=29.0, fraction=0.0, kish=1.0).items()}
    >>> f"{ends_variance(Spread(**one))[0] ** 0.5:.4f}"
    '0.0330'
    """
    low, high = beta_ends(spread, _LEVEL)
    reach = np.maximum(spread.value - low, high - spread.value)
    return np.asarray((reach / t_quantile(spread.df, _LEVEL)) ** 2)


def plain_name(name: object) -> Any:
    """Return the name of a group as plain data: a tuple of values as a list."""
    value = name.item() if isinstance(name, np.generic) else name
    if isinstance(value, tuple):
        return [plain_name(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def shown_name(name: object) -> str:
    """Return the name of a group for a sentence."""
    parts = name if isinstance(name, tuple) else (name,)
    return " / ".join("(kosong)" if part is None else str(part) for part in parts)


def shown_level(confidence_level: float, lang: Lang) -> str:
    """Return the level in per cent, without decimals that say nothing.

    Examples
    --------
    >>> shown_level(0.95, "id"), shown_level(0.999, "id")
    ('95', '99,9')
    """
    percent = round(100 * confidence_level, 4)
    decimals = next(d for d in range(5) if round(percent, d) == percent)
    return number(percent, decimals, lang=lang)


def plain_number(value: float) -> float | None:
    """Return a number for JSON; None for one that is not finite."""
    return float(value) if np.isfinite(value) else None
