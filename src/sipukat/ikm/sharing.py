"""Moments that can be given to another office: small groups are left out, and it is said.

Sums of a handful of people are nearly their answers, so a group with few respondents is
left out. A total that is known elsewhere, less what is given, would bring it back: so what
is left out is never one group alone, never fewer respondents together than one group must
have, and never people who all gave one score to an unsur; nor along any line of a table of
groups, such as the services of one unit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._validation import must_be, whole_number
from sipukat.errors import EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.complement import with_complement
from sipukat.ikm.moments import SUMMED, Moments

if TYPE_CHECKING:
    from sipukat.ikm.clusters import Group
    from sipukat.ikm.design import Design

BELOW: Final = 10
"""Fewest respondents of a group that is given away."""

_OF_A_HANDFUL: Final = {
    "clusters": "by PSU (psu=)",
    "within": "of the second stage (ssu_population=)",
    "replicates": "under replicate weights (replicate_weights=)",
    "fitted": "by category that the weights were fitted to (calibration=)",
}


def withhold(moments: Moments, *, below: int = BELOW) -> tuple[Moments, Findings]:
    """Leave out what could tell the answers of a few people.

    Parameters
    ----------
    moments
        The sums to give away.
    below
        Groups with fewer respondents, in all or in one stratum, are left out; 0 and 1 leave
        out none.

    Returns
    -------
    Moments
        The groups that are left; their strata only.
    Findings
        How many groups were left out (``IKM700``), and how many of the others have so few
        unanswered questions that the answers of those who left one can be computed
        (``IKM701``). Never which groups, nor how many respondents they had.

    Raises
    ------
    ArgumentError
        If `below` is no whole number of 0 or more.
    EstimationError
        If no group is left; or the sums hold parts that are of a handful by their nature (by
        PSU, of replicates, of calibration): sum again without, or give the estimates.

    Notes
    -----
    1. A group is small if it, or a stratum in it, has fewer than `below` respondents.
    2. Along every line (all groups that agree on some of the columns of `by`, and the whole),
       while exactly one group is left out, or those left out have fewer than `below`
       respondents together, or all of them who answered some unsur gave it one score (and not
       all of the line did), the smallest of the others is left out too.

    Against one total a line this is exact; somebody who knows many totals that cross each
    other may still narrow down what is left out, and the same answers shared twice with
    other groups are not guarded. A group that is given tells of each of its people what all
    of them said. Standard errors of the groups that are left are those of
    a survey without the others.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4: threshold rule and
    secondary suppression.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> units = ["A"] * 40 + ["B"] * 4 + ["C"] * 25
    >>> frame = pd.DataFrame({"unit": units, **{f"U{i}": 3 for i in range(1, 10)}})
    >>> given, findings = withhold(ikm.moments(frame, by="unit"))
    >>> given.groups
    (('A',),)
    >>> print(findings[0].message("en"))
    2 groups were left out: 1 with fewer than 10 respondents, and 1 so that nobody can compute them;
    left: 1.
    """
    must_be(Moments, moments, "moments", "Moments, e.g. result.moments or those of sipukat.ikm.moments")
    below = whole_number(below, "below", least=0)
    if below <= 1:
        return moments, Findings()
    _refuse_handfuls(moments)
    small = _small(moments, below)
    sizes = dict(zip(moments.groups, moments.per_group(moments.n).tolist(), strict=True))
    hidden = with_complement(sizes, small, below=below, alike=_alike(moments))
    given = _without(moments, hidden)
    if not given.groups or not int(given.n.sum()):
        raise EstimationError(
            f"no group of at least {below} respondents is left to give away; join groups, or give "
            "moments.pooled() where there are enough in all"
        )
    findings = []
    if hidden:
        facts: dict[str, Any] = {"small": len(small), "complement": len(hidden - small)}
        facts |= {"groups": len(hidden), "below": below, "left": len(given.groups)}
        findings.append(Finding.of("IKM700", **facts))
    gaps = _told_by_gaps(given, below)
    if gaps:
        findings.append(Finding.of("IKM701", groups=gaps, below=below))
    return given, Findings(findings)


def _refuse_handfuls(m: Moments) -> None:
    held = [what for name, what in _OF_A_HANDFUL.items() if getattr(m, name) is not None]
    if held:
        raise EstimationError(
            f"the moments hold sums {', '.join(held)}, which are of a handful of people; "
            "give the estimates (IkmResult.to_json), or sum again without that part of the design"
        )


def _small(m: Moments, below: int) -> frozenset[Group]:
    few = m.group[m.n < below]
    return frozenset(m.groups[at] for at in np.unique(few).tolist())


def _alike(m: Moments) -> dict[Group, frozenset[tuple[int, int]]]:
    """Return the places of unsur and score such that nobody of a group gave that unsur another score."""
    given = m.per_group(m.levels) > 0
    others = given.sum(axis=2, keepdims=True) - given
    return {
        group: frozenset(zip(*(at.tolist() for at in np.nonzero(none)), strict=True))
        for group, none in zip(m.groups, others == 0, strict=True)
    }


def _without(m: Moments, hidden: frozenset[Group]) -> Moments:
    kept = np.array([group not in hidden for group in m.groups], dtype=bool)
    cells = kept[m.group]
    strata, stratum = np.unique(m.stratum[cells], return_inverse=True)
    named = tuple(m.strata[at] for at in strata.tolist())
    held = {name: getattr(m, name) for name in SUMMED}
    taken: dict[str, Any] = {
        name: values if values is None else values[cells] for name, values in held.items()
    }
    return replace(
        m,
        groups=tuple(group for group in m.groups if group not in hidden),
        strata=named,
        population=m.population[strata],
        design=_design(m.design, named),
        group=(np.cumsum(kept) - 1)[m.group[cells]],
        stratum=stratum,
        **taken,
    )


def _design(design: Design, strata: tuple[Group, ...]) -> Design:
    """Keep the populations of the strata that are left: the others name small groups."""
    if design.population is None or isinstance(design.population, str | int):
        return design
    names = {" / ".join(map(str, stratum)) for stratum in strata}
    sizes = {name: size for name, size in design.population.items() if name in names}
    return design.model_copy(update={"population": sizes})


def _told_by_gaps(m: Moments, below: int) -> int:
    """Count the groups in which few left a question unanswered, or few answered them all.

    All sums less those of the people who answered a question are the sums of those who did
    not.
    """
    answered = m.levels.sum(axis=2)
    counts = np.concatenate(
        [m.n[:, None] - answered, (m.n - m.n_complete)[:, None], m.n_complete[:, None]], 1
    )
    few = ((counts > 0) & (counts < below)).any(axis=1)
    return len(np.unique(m.group[few]))
