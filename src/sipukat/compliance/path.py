"""The cheapest way to a better zone: which indicators to raise, to what, and in which order.

The choice is exact: gains and costs are whole numbers of a common denominator, and the score
after the steps is added up again as a fraction before it is promised.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from sipukat.compliance.asking import asked
from sipukat.compliance.greedy import greedily, in_order
from sipukat.compliance.milp import by_milp, most
from sipukat.compliance.model import Answer, Model, by_branching, model_of
from sipukat.compliance.offers import exact as exactly
from sipukat.compliance.options import Problem, dependencies_of, problem_of
from sipukat.compliance.saying import remarks_of, steps_of
from sipukat.compliance.steps import Dependency, Path, Promise
from sipukat.compliance.target import Goal, Target, target_of
from sipukat.compliance.thinning import STAYS
from sipukat.errors import UnknownNameError
from sipukat.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from sipukat.compliance.evidence import Evidence
    from sipukat.compliance.offers import Number, PerLevel
    from sipukat.compliance.options import Requires
    from sipukat.compliance.steps import Step
    from sipukat.compliance.tree import Tree
    from sipukat.standards.compliance_model import ComplianceStandard

Method: TypeAlias = Literal["auto", "exact", "milp", "greedy"]
_METHODS = ("auto", "exact", "milp", "greedy")


def cheapest(  # noqa: PLR0913  each is a question of its own
    tree: Tree,
    evidence: Evidence,
    standard: ComplianceStandard,
    target: Goal,
    *,
    costs: PerLevel | None = None,
    times: PerLevel | None = None,
    feasible: Mapping[str, bool | Number] | None = None,
    requires: Requires | None = None,
    excludes: Iterable[Iterable[str]] = (),
    budget: Number | None = None,
    method: Method = "auto",
    seconds: float = 10.0,
) -> Path:
    """Return the cheapest steps after which the rounded score is in a zone or band, or better.

    Of two that cost the same, the one with fewer steps; then the one that gains more; then
    the one that raises the earlier indicators of the scheme: there is one answer.

    Parameters
    ----------
    tree
        The scheme as a tree.
    evidence
        What is known. What is not known counts at its lower bound, or at nothing, and is
        named in the findings.
    standard
        The scheme: its bands, its rounding, and what waits for what.
    target
        A zone (``"hijau"``), a band (``"A"``), or a score.
    costs
        What it costs to raise an indicator, in any one unit: one number, or one for each
        value that it can rise to (in all, from where it stands; values that are not named
        are not on offer). An indicator that is not named costs 1.
    times
        The weeks that it takes, in the same way; not known where it is not named.
    feasible
        False for an indicator that cannot be raised; a number for the highest value that
        is within reach.
    requires
        What waits for what, besides what the scheme says: ``{"publish": "establish"}`` for
        any rise and the best value, or `Dependency` records.
    excludes
        Groups of indicators of which at most one may be raised.
    budget
        The most that the steps may cost, in the unit of the costs.
    method
        ``"exact"``: tables of whole numbers, branching on dependencies. ``"milp"``: integer
        programming by HiGHS, added up again in whole numbers. ``"auto"``: the first, and
        the second where tables would be too large. ``"greedy"``: not the cheapest.
    seconds
        How long integer programming may take; afterwards the best so far, with CMP834.

    Returns
    -------
    Path
        A tuple of steps. Empty where the target is reached already, or is out of reach:
        see `Path.reachable`, `Path.best` and `Path.blocked`.

    Raises
    ------
    ArgumentError
        If a value is none of its indicator, a cost is negative or NaN, or indicators wait
        for each other in a circle; names them.
    UnknownNameError
        If an indicator, zone, band or method is not known.

    Notes
    -----
    Minimize ``sum(cost)`` subject to ``score + sum(gain) >= t - 10**-d / 2``, at most one
    choice a lever: a multiple-choice knapsack (H. Kellerer, U. Pferschy and D. Pisinger,
    *Knapsack Problems*, 2004, chapter 11) with precedence between levers.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.compliance.evidence import Evidence
    >>> from sipukat.compliance.tree import tree_of
    >>> scheme = standards.compliance("ombudsman-2022")
    >>> tree = tree_of(scheme)
    >>> path = cheapest(tree, Evidence.of(dict.fromkeys(tree.keys, 60)), scheme, "hijau")
    >>> [step.key for step in path], str(path.published_after)
    (['proses.standar_pelayanan', 'output.persepsi_maladministrasi'], '82.64')
    """
    if method not in _METHODS:
        raise UnknownNameError("method of a path", method, _METHODS)
    spend = None if budget is None else exactly(budget, "budget")
    goal = target_of(target, standard)
    waits, groups = dependencies_of(requires or ()), [_group(each) for each in excludes]
    problem = problem_of(
        tree,
        evidence,
        costs=costs,
        times=times,
        feasible=feasible,
        requires=[*_of_the_law(standard, tree), *waits],
        excludes=groups,
    )
    model = model_of(problem, goal.needed)
    if model.need <= 0:
        found = Answer(at=(STAYS,) * len(model.gains), method="exact", proven=True, bound=0)
    else:
        found = _answer(model, method, seconds)
    path = _path(_Asked(problem, model, standard, goal, spend, seconds, bool(costs)), found)
    again = asked(
        costs=costs,
        times=times,
        feasible=feasible,
        requires=waits,
        excludes=groups,
        budget=budget,
        method=method,
    )
    return Path(path, replace(path.promise, options=again))


def apply(evidence: Evidence, steps: Iterable[Step]) -> Evidence:
    """Return the evidence as it will be once the steps are taken.

    Parameters
    ----------
    evidence
        What is known now.
    steps
        The steps of a path, or some of them.

    Examples
    --------
    >>> from sipukat.compliance.evidence import Evidence
    >>> apply(Evidence.of({"sipp.21": 2}), []).values()
    {'sipp.21': 2}
    """
    for step in steps:
        evidence = evidence.with_(step.key, step.after, note="rencana")
    return evidence


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked, put together."""

    problem: Problem
    model: Model
    standard: ComplianceStandard
    goal: Target
    budget: Fraction | None
    seconds: float
    priced: bool


def _group(keys: Iterable[str]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) else tuple(keys)


def _of_the_law(standard: ComplianceStandard, tree: Tree) -> list[Dependency]:
    return [
        Dependency(key=indicator.key, level=need.level, needs=need.needs, at_least=need.at_least)
        for indicator in standard.indicators
        for need in indicator.requires
        if indicator.key in tree.shares and need.needs in tree.shares
    ]


def _answer(model: Model, method: Method, seconds: float) -> Answer:
    if method == "greedy":
        return Answer(at=greedily(model), method="greedy", proven=False, bound=None)
    found = by_branching(model) if method in {"auto", "exact"} else None
    if found is None:
        found = by_milp(model, seconds=seconds)
    if found.at is None and not found.proven:  # time ran out before anything was found
        return Answer(at=greedily(model), method="greedy", proven=False, bound=found.bound)
    return found


def _path(asked: _Asked, found: Answer) -> Path:
    model, problem = asked.model, asked.problem
    stay = (STAYS,) * len(model.gains)
    at = found.at if found.at is not None else stay
    cost = model.cost(at) * model.price
    within = asked.budget is None or cost <= asked.budget
    reachable = found.at is not None and within
    best = _best(asked)
    in_budget = None
    if asked.budget is not None:
        in_budget = max(problem.score, problem.score + _most(asked, int(asked.budget / model.price)))
    taken = at if reachable else stay
    after = problem.score + model.gain(taken) * model.point
    published = asked.standard.rounded(after)
    if reachable and published < asked.goal.published:
        raise ArithmeticError(f"the steps to {asked.goal.text} come to {published}; please report this")
    band = asked.standard.band(published)
    promise = Promise(
        standard=asked.standard.id,
        target=asked.goal.text,
        needed=asked.goal.needed,
        score_before=problem.score,
        score_after=after,
        published_after=published,
        code_after=band.code if band else None,
        zone_after=band.zone if band else None,
        reachable=reachable,
        best=best,
        best_in_budget=in_budget,
        cheapest_cost=cost if found.at is not None and not within else None,
        blocked=problem.blocked,
        unknown=problem.unknown,
        method=found.method,
        proven=found.proven,
        bound=None if found.bound is None else found.bound * model.price,
        findings=Findings(()),
    )
    steps = steps_of(problem, model, taken, in_order(model, taken))
    return Path(steps, remarks_of(promise, steps, problem, asked.standard, priced=asked.priced))


def _best(asked: _Asked) -> Fraction:
    """Return the highest exact score within reach: everything at its best, if nothing excludes anything."""
    if asked.problem.excludes:
        return asked.problem.score + _most(asked, None)
    model = asked.model
    return asked.problem.score + sum(gains[-1] for gains in model.gains if gains) * model.point


def _most(asked: _Asked, budget: int | None) -> Fraction:
    return asked.model.gain(most(asked.model, budget=budget, seconds=asked.seconds)) * asked.model.point
