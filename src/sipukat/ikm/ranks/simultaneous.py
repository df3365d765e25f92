"""`differences`: every pair of groups, with the chance of one false alarm in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from sipukat.errors import EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm.ranks.all_pairs import METHODS, DifferenceMethod, Differences
from sipukat.ikm.ranks.gaussian_max import SIMULATED, draws_of, peaks, rank_of_critical
from sipukat.ikm.ranks.holm import holm
from sipukat.ikm.ranks.pairwise import checked_level, pairs_of
from sipukat.ikm.ranks.studentized import range_quantile, range_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.ranks.pairwise import Pairs
    from sipukat.ikm.results import IkmResult

_Adjusted: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.float64]]"
"""p-values, and the number of standard errors on either side that an interval is wide."""


def differences(
    result: IkmResult,
    *,
    method: DifferenceMethod = "holm",
    confidence_level: float = 0.95,
    draws: int = 10_000,
    seed: int = 20220330,
) -> Differences:
    """Compare every pair of groups, so that the chance of even one false alarm is small.

    Of 78 pairs of 13 equal units, four "differ" by chance alone at the usual 5 %.

    Parameters
    ----------
    result
        A result with groups.
    method
        ``"holm"``: needs nothing but the p-values; its intervals are those of Bonferroni,
        a little wider than the tests. ``"tukey"``: the studentized range, for independent
        groups. ``"max_t"``: the largest difference of normal draws with the covariance of
        the groups; the sharpest where groups share PSUs or strata.
    confidence_level
        Between 0 and 1, both excluded.
    draws, seed
        Those of ``"max_t"``; at least 1,000 draws.

    Returns
    -------
    Differences

    Raises
    ------
    UnknownNameError
        If there is no such method.
    EstimationError
        If the result has no groups, or fewer than two (or more than 1,000) with a known
        error.
    ArgumentError
        If the level is not one, or the draws are too few or too many to hold.

    Notes
    -----
    The variance of a difference is ``v_a + v_b - 2 c_ab`` of the joint covariance, its df
    that of Satterthwaite, see `sipukat.ikm.ranks.pairwise.pairs_of`. With m pairs: Holm,
    ``max over i <= j of (m - i + 1) p_(i)``; Tukey-Kramer with these variances and df is
    the procedure of Games & Howell, ``P(Q > |t| sqrt 2)``; max-t, the share of draws whose
    largest difference exceeds that of the pair, both on the normal scale (as in
    `sipukat.ikm.rank`, in a single step so that tests and intervals agree). A difference
    without any error (two censuses) is certain: p is 0, or 1 where they are equal, and it
    does not count among the m.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, Scand. J. Stat. 6;
    Games & Howell (1976), Pairwise multiple comparison procedures with unequal n's and/or
    variances, J. Educ. Stat. 1(2); Hothorn, Bretz & Westfall (2008), Simultaneous inference
    in general parametric models, Biometrical Journal 50(3).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> from sipukat.ikm.ranks.simultaneous import differences
    >>> answers = {"A": [4, 4, 3, 4] * 10, "B": [3, 4, 4, 4] * 10, "C": [2, 3, 2, 3] * 10}
    >>> rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    >>> unsur = {f"U{i}": [score for _, score in rows] for i in range(1, 10)}
    >>> found = differences(ikm.estimate(pd.DataFrame({"unit": [u for u, _ in rows], **unsur}), by="unit"))
    >>> round(found["C", "A"].difference, 2), found["C", "A"].significant, found["A", "B"].significant
    (-31.25, True, False)
    >>> found
    <Differences holm 0.95: 2 of 3 pairs differ>
    """
    if method not in METHODS:
        raise UnknownNameError("method of comparison", method, METHODS)
    level = checked_level(confidence_level)
    pairs = pairs_of(result)
    count = len(pairs.names)
    if count > SIMULATED:
        raise EstimationError(
            f"{count:,} groups make {count * (count - 1) // 2:,} pairs; compare at most {SIMULATED:,} groups"
        )
    findings = list(pairs.findings)
    if method == "tukey" and pairs.covary:
        scale = np.outer(pairs.se, pairs.se)
        off = ~np.eye(count, dtype=bool) & (scale > 0)
        largest = float(np.abs(pairs.covariance[off] / scale[off]).max())
        findings.append(Finding.of("IKM673", method=method, correlation=largest))
    return _compared(pairs, method, level, draws=draws, seed=seed, findings=Findings(findings))


def _compared(
    pairs: Pairs, method: DifferenceMethod, level: float, *, draws: int, seed: int, findings: Findings
) -> Differences:
    from scipy.special import stdtr

    first, second = np.triu_indices(len(pairs.names), 1)
    difference, se = pairs.difference[first, second], pairs.difference_se[first, second]
    df, t = pairs.df[first, second], np.abs(pairs.t[first, second])
    chance = se > 0
    p = np.where(chance, 2 * stdtr(df, -t), np.where(difference == 0, 1.0, 0.0))
    adjusted, times = p.copy(), np.zeros(len(p))
    if chance.any():
        match method:
            case "holm":
                adjusted[chance], times[chance] = _holm(p[chance], df[chance], level)
            case "tukey":
                adjusted[chance], times[chance] = _tukey(t[chance], len(pairs.names), df[chance], level)
            case _:
                z = np.abs(pairs.z[first, second])[chance]
                adjusted[chance], times[chance] = _max_t(pairs, z, df[chance], level, draws, seed)
    half = times * se
    return Differences(
        names=pairs.names,
        first=first,
        second=second,
        difference=difference,
        se=se,
        df=df,
        p=p,
        p_adjusted=adjusted,
        low=difference - half,
        high=difference + half,
        significant=adjusted <= 1 - level,
        method=method,
        interval="bonferroni" if method == "holm" else method,
        confidence_level=level,
        draws=draws if method == "max_t" else 0,
        seed=seed,
        findings=findings,
    )


def _holm(p: NDArray[np.float64], df: NDArray[np.float64], level: float) -> _Adjusted:
    from scipy.special import stdtrit

    return holm(p), -np.asarray(stdtrit(df, (1 - level) / 2 / len(p)), dtype=np.float64)


def _tukey(t: NDArray[np.float64], count: int, df: NDArray[np.float64], level: float) -> _Adjusted:
    root = float(np.sqrt(2))
    return range_tail(root * t, count, df), range_quantile(level, count, df) / root


def _max_t(
    pairs: Pairs, z: NDArray[np.float64], df: NDArray[np.float64], level: float, draws: int, seed: int
) -> _Adjusted:
    from scipy.special import ndtr, stdtrit

    held = draws_of(pairs, draws=draws, seed=seed, confidence_level=level)
    keep = (pairs.difference_se > 0) & ~np.eye(len(pairs.names), dtype=bool)
    found = np.sort(peaks(held, keep, np.arange(draws)))
    larger = draws - np.searchsorted(found, z, side="left")
    critical = found[draws - rank_of_critical(draws, level)]
    return (1 + larger) / (1 + draws), -np.asarray(stdtrit(df, ndtr(-critical)), dtype=np.float64)
