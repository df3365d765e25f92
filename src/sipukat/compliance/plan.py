"""A path as a plan: by benefit for its price, and in quarters (TW I to TW IV)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sipukat._validation import must_be
from sipukat.compliance.offers import exact, priced
from sipukat.compliance.path import cheapest
from sipukat.compliance.steps import Path, Step
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from sipukat.compliance.evidence import Evidence
    from sipukat.compliance.offers import Number
    from sipukat.compliance.target import Goal
    from sipukat.compliance.tree import Tree
    from sipukat.standards.compliance_model import ComplianceStandard

Counted: TypeAlias = Literal["steps", "cost", "weeks"]
"""What a quarter holds so much of."""

_ROMAN: Final = ("I", "II", "III", "IV")
_COLUMNS: Final = "year triwulan key nama name before after gain cost weeks total_gain alasan reason".split()


def greedy(
    tree: Tree, evidence: Evidence, standard: ComplianceStandard, target: Goal, **options: Any
) -> Path:
    """Return the way that always takes what gives most for its price, and say how much dearer it is.

    Parameters
    ----------
    tree, evidence, standard, target
        As for `sipukat.compliance.path.cheapest`.
    **options
        Costs, what is feasible and so on, but no `method`, as for
        `sipukat.compliance.path.cheapest`.

    Returns
    -------
    Path
        Its steps; `Path.dearer` is what it costs beyond the cheapest.

    Raises
    ------
    ArgumentError
        As for `sipukat.compliance.path.cheapest`.
    UnknownNameError
        As for `sipukat.compliance.path.cheapest`.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.compliance.evidence import Evidence
    >>> from sipukat.compliance.tree import tree_of
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> tree = tree_of(scheme)
    >>> path = greedy(tree, Evidence.of(dict.fromkeys(tree.keys, 60)), scheme, "hijau")
    >>> path.cost, path.dearer
    (Fraction(2, 1), Fraction(0, 1))
    """
    path = cheapest(tree, evidence, standard, target, **options, method="greedy")
    best = cheapest(tree, evidence, standard, target, **options)
    if not (path.reachable and best.reachable and path):
        return path if best.reachable and path.reachable else best
    kept = [finding for finding in path.findings if finding.code != "CMP834"]
    least = best.cost if best.promise.proven else best.promise.bound
    if least is not None and path.cost > least:
        cost, dearer = priced(path.cost), priced(path.cost - least)
        kept.append(Finding.of("CMP839", path=standard.id, cost=cost, least=priced(least), dearer=dearer))
    return Path(path, replace(path.promise, bound=least, findings=Findings(kept)))


def quarters(
    steps: Iterable[Step], capacity: Number = 3, *, counted: Counted = "steps", start: int = 1
) -> pd.DataFrame:
    """Return the steps spread over quarters, in their order, one row a step.

    Parameters
    ----------
    steps
        The steps of a path; those that others wait for come first, and so they stay.
    capacity
        What fits into a quarter: steps, cost, or weeks of work one after the other.
    counted
        Which of the three `capacity` is.
    start
        The first quarter, 1 to 4.

    Returns
    -------
    pandas.DataFrame
        Columns ``year triwulan key nama name before after gain cost weeks total_gain alasan
        reason``; `year` is 1 for the first year, `triwulan` ``"TW I"`` to ``"TW IV"``, `gain`
        and `total_gain` (so far) are points.

    Raises
    ------
    ArgumentError
        If one step alone is more than a quarter holds, its weeks are not known, or
        `capacity` or `start` makes no sense; names it.
    UnknownNameError
        If `counted` is none of the three.

    Notes
    -----
    A quarter is filled with the next step as long as it fits, and never reopened: the order
    of the path is kept, so that nothing comes before what it waits for.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.compliance.evidence import Evidence
    >>> from sipukat.compliance.path import cheapest
    >>> from sipukat.compliance.tree import tree_of
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> tree = tree_of(scheme)
    >>> path = cheapest(tree, Evidence.of(dict.fromkeys(tree.keys, 60)), scheme, "A")
    >>> quarters(path, 2, start=4)["triwulan"].tolist()
    ['TW IV', 'TW IV', 'TW I']
    """
    import pandas as pd

    if counted not in {"steps", "cost", "weeks"}:
        raise UnknownNameError("unit of a quarter", counted, ("steps", "cost", "weeks"))
    if isinstance(start, bool) or start not in {1, 2, 3, 4}:
        raise ArgumentError(f"start: {start!r} is no quarter; give 1, 2, 3 or 4")
    room = exact(capacity, "capacity")
    rows: list[tuple[Any, ...]] = []
    at, used, so_far = start - 1, Fraction(0), Fraction(0)
    for step in steps:
        must_be(Step, step, "a step", "steps, e.g. those of Assessment.path_to")
        size = _size(step, counted)
        if size > room:
            raise ArgumentError(
                f"{step.key} alone takes {size} {counted}, and a quarter holds {room}; raise capacity"
            )
        if used + size > room:
            at, used = at + 1, Fraction(0)
        used += size
        so_far += step.gain
        weeks = float("nan") if step.weeks is None else float(step.weeks)
        when, names = (at // 4 + 1, f"TW {_ROMAN[at % 4]}"), (step.key, step.nama, step.name)
        numbers = (float(step.gain), float(step.cost), weeks, float(so_far))
        rows.append((*when, *names, step.before, step.after, *numbers, step.alasan, step.reason))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _size(step: Step, counted: Counted) -> Fraction:
    if counted == "steps":
        return Fraction(1)
    if counted == "cost":
        return step.cost
    if step.weeks is None:
        raise ArgumentError(f"{step.key}: its weeks are not known; give times when the path is made")
    return step.weeks
