"""`rank`: which places in the ranking each group may have, all groups at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sipukat.findings import Finding, Findings
from sipukat.ikm.ranks.gaussian_max import (
    SIMULATED,
    Steps,
    bonferroni,
    draws_of,
    simulated,
    simulated_each,
    step_down,
)
from sipukat.ikm.ranks.pairwise import checked_level, pairs_of
from sipukat.ikm.ranks.ranked import Ranked, Ranking

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from sipukat.ikm.ranks.pairwise import Pairs
    from sipukat.ikm.results import IkmResult


def rank(
    result: IkmResult,
    *,
    confidence_level: float = 0.95,
    joint: bool = True,
    draws: int = 10_000,
    seed: int = 20220330,
    among: Collection[object] | None = None,
) -> Ranking:
    """Say which places in the ranking the data leave open for each group.

    A ranking of estimates looks surer than it is. Here a group ranks below another only
    where their difference is beyond chance, judged for all pairs together.

    Parameters
    ----------
    result
        A result with groups.
    confidence_level
        Between 0 and 1, both excluded.
    joint
        Whether the sets of all groups hold at once; else each by itself, which is right
        only for one group that was chosen before the data were seen.
    draws
        Normal draws for the critical value, at least 1,000.
    seed
        Seed of the draws; the same seed gives the same sets.
    among
        Names of the groups to rank, as if there were no other; by default all. Those that a
        report withholds must not shift the ranks of the others, from which they could be told.

    Returns
    -------
    Ranking

    Raises
    ------
    EstimationError
        If the result has no groups, or fewer than two (or more than 3,000) with a known
        error.
    ArgumentError
        If the level is not one, or the draws are too few or too many to hold.

    Notes
    -----
    For every ordered pair, "j is not above k" is rejected where ``z_jk > c``: `z_jk` is the
    difference over its standard error (from the covariance of the whole design, so that
    groups that share PSUs are compared rightly), brought from Student's t with the degrees
    of freedom of Satterthwaite to the normal with the same tail. c is the quantile of the
    largest such difference of normal draws with that covariance, over the pairs not yet
    rejected; it is found anew until no more are. The set of j is then from 1 + (groups
    surely above it) to g - (groups surely below it). The errors of all g (g - 1) rejections
    together are at most one minus the level, so all sets hold at once.

    A difference without any error (two censuses) is decided exactly. All answers equal in a
    mere sample is no certainty, see `sipukat.ikm.ranks.pairwise.pairs_of`. Above 1,000 groups c is
    that of Bonferroni. The standard errors are estimates: with fewer than some 10
    respondents a group the sets are approximate.

    References
    ----------
    Mogstad, Romano, Shaikh & Wilhelm (2024), Inference for ranks with applications to
    mobility across neighbourhoods and academic achievement across countries, Review of
    Economic Studies 91(1), section 3 (two-sided sets, stepwise). Westfall & Young (1993),
    Resampling-based Multiple Testing, section 2.5 (one scale for unequal tails).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> from sipukat.ikm.ranks.ranking import rank
    >>> answers = {"A": [4, 4, 3, 4] * 10, "B": [3, 4, 4, 4] * 10, "C": [2, 3, 2, 3] * 10}
    >>> rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    >>> unsur = {f"U{i}": [score for _, score in rows] for i in range(1, 10)}
    >>> frame = pd.DataFrame({"unit": [unit for unit, _ in rows], **unsur})
    >>> ranking = rank(ikm.estimate(frame, by="unit"))
    >>> [(row.group, row.rank, row.rank_low, row.rank_high) for row in ranking.rows]
    [('A', 1, 1, 2), ('B', 1, 1, 2), ('C', 3, 3, 3)]
    >>> ranking.groups_of_equals()
    {'a': ('A', 'B'), 'b': ('C',)}
    """
    level = checked_level(confidence_level)
    pairs = pairs_of(result, among=among)
    count = len(pairs.names)
    findings = list(pairs.findings)
    if count > SIMULATED:
        findings.append(Finding.of("IKM672", groups=count, most=SIMULATED))
    certain = pairs.difference_se == 0
    observed = pairs.z
    chance = ~certain & ~np.eye(count, dtype=bool)

    held = None if count > SIMULATED else draws_of(pairs, draws=draws, seed=seed, confidence_level=level)
    surely = certain & (pairs.difference > 0)
    if joint:
        steps = [step_down(observed, chance, simulated(held, level) if held else bonferroni(level))]
        above = surely | steps[0].above
        high, low = above.sum(axis=1), above.sum(axis=0)
    else:
        each = simulated_each(held, level) if held else [bonferroni(level)] * count
        steps = [step_down(observed, chance & _with(j, count), c) for j, c in enumerate(each)]
        above = surely | np.logical_or.reduce([step.above for step in steps])
        high = np.array([(surely | step.above)[j].sum() for j, step in enumerate(steps)])
        low = np.array([(surely | step.above)[:, j].sum() for j, step in enumerate(steps)])
    return Ranking(
        rows=_rows(result, pairs, low=low, high=high),
        above=above,
        confidence_level=level,
        joint=joint,
        method="max_t_step_down" if held else "bonferroni_step_down",
        draws=draws if held else 0,
        seed=seed,
        critical_value=_largest(steps),
        rounds=max(step.rounds for step in steps),
        findings=Findings(findings),
    )


def _with(j: int, count: int) -> NDArray[np.bool_]:
    """Mark the pairs that group `j` is in."""
    out = np.zeros((count, count), dtype=bool)
    out[j, :] = out[:, j] = True
    return out


def _largest(steps: list[Steps]) -> float:
    values = [step.last for step in steps if np.isfinite(step.last)]
    return max(values) if values else float("nan")


def _rows(
    result: IkmResult, pairs: Pairs, *, low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[Ranked, ...]:
    place = 1 + (pairs.difference < 0).sum(axis=1)
    out = []
    for i, name in enumerate(pairs.names):
        e = result[name]
        out.append(
            Ranked(
                group=name,
                ikm=e.ikm,
                published=e.published,
                se=float(pairs.se[i]),
                rank=int(place[i]),
                rank_low=1 + int(low[i]),
                rank_high=len(pairs.names) - int(high[i]),
                n=e.used,
                mutu=e.mutu,
            )
        )
    return tuple(out)
