"""What is said of a path: its steps in words, and the findings that a reader must know."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat._text import Lang, listing, number
from sipukat.compliance.offers import measured, priced
from sipukat.compliance.steps import Promise, Step
from sipukat.compliance.target import number_or_name
from sipukat.compliance.thinning import STAYS
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat.compliance.model import Model
    from sipukat.compliance.offers import Value
    from sipukat.compliance.options import Lever, Problem
    from sipukat.standards.compliance_model import ComplianceStandard

_CENT = Decimal("0.01")
_INDONESIAN = str.maketrans(",.", ".,")  # rounded once, printed twice


def steps_of(problem: Problem, model: Model, at: Sequence[int], order: Sequence[int]) -> tuple[Step, ...]:
    """Return the steps of a choice, in that order, with their words.

    Parameters
    ----------
    problem, model
        What could be done.
    at
        What was chosen, lever by lever.
    order
        The levers that rise, in order.
    """
    spare = (model.gain(at) - model.need) * model.point
    found = []
    for number_of in order:
        lever = problem.levers[number_of]
        choice = lever.choices[at[number_of]]
        waiting = [
            n for n in problem.needs if n.other == number_of and at[n.lever] != STAYS and at[n.lever] >= n.at
        ]
        floor = max((lever.points * (n.worth - lever.stand.fraction) for n in waiting), default=Fraction(0))
        enough = _enough(lever, choice.value, max(choice.gain - spare, floor))
        points = number(choice.gain, lang="en")
        others = [problem.levers[n.lever] for n in waiting]
        told = {lang: _why(lever, choice.value, enough, points, others, lang) for lang in ("id", "en")}
        found.append(
            Step(
                key=lever.key,
                nama=lever.nama,
                name=lever.name,
                before=lever.stand.value,
                after=choice.value,
                enough=enough,
                gain=choice.gain,
                cost=choice.cost,
                weeks=choice.weeks,
                alasan=told["id"],
                reason=told["en"],
            )
        )
    return tuple(found)


def _enough(lever: Lever, after: Value, gain: Fraction) -> Value:
    """Return the lowest value that gains as much; `after` where there is no lower one."""
    if lever.node is None or isinstance(after, bool) or not lever.points:
        return after
    measure, enough = measured(lever.node), lever.stand.fraction + gain / lever.points
    if measure.kind == "levels":
        return min(after, next((level.score for level in measure.levels if level.value >= enough), after))
    low, span = Fraction(measure.low), Fraction(measure.high) - Fraction(measure.low)
    value = low + enough * span
    digits = Decimal(1) if measure.kind == "count" else _CENT
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(digits, ROUND_CEILING)
    return min(after, rounded)


def _why(lever: Lever, after: Value, enough: Value, points: str, waiting: Sequence[Lever], lang: Lang) -> str:
    said = _value(lever, after, lang)
    points = points if lang == "en" else points.translate(_INDONESIAN)
    names = [other.nama if lang == "id" else other.name for other in waiting]
    awaited = listing(names, lang=lang) if names else ""
    less = _value(lever, enough, lang) if enough != after else ""
    if lang == "id":
        start = (
            "belum diketahui"
            if lever.stand.value is None
            else f"dari {_value(lever, lever.stand.value, lang)}"
        )
        parts = [f"{start} menjadi {said}, menambah {points} poin"]
        parts += [f"cukup {less} bila langkah lain terlaksana"] if less else []
        parts += [f"ditunggu oleh {awaited}"] if awaited else []
    else:
        start = "not known" if lever.stand.value is None else f"from {_value(lever, lever.stand.value, lang)}"
        parts = [f"{start} to {said}, adds {points} points"]
        parts += [f"{less} is enough if the other steps are taken"] if less else []
        parts += [f"{awaited} waits for it"] if awaited else []
    return "; ".join(parts)


def _value(lever: Lever, value: Value, lang: Lang) -> str:
    measure = lever.node.measure if lever.node else None
    if isinstance(value, bool):
        return {"id": ("tidak", "ya"), "en": ("no", "yes")}[lang][value]
    text = f"{value.normalize():f}"
    text = text.replace(".", ",") if lang == "id" else text
    for level in measure.levels if measure else ():
        if level.score == value:
            return f'{text} ("{level.jika if lang == "id" else level.when}")'
    return text


def remarks_of(
    promise: Promise,
    steps: Sequence[Step],
    problem: Problem,
    standard: ComplianceStandard,
    *,
    priced: bool,
) -> Promise:
    """Return the promise with the findings that belong to it.

    Parameters
    ----------
    promise
        What the path promises.
    steps
        Its steps.
    problem, standard
        What could be done, and under which scheme.
    priced
        Whether any cost was given.
    """
    found = [
        *_state(promise, steps, standard),
        *_grounds(promise, steps, problem, standard, priced=priced),
    ]
    return replace(promise, findings=Findings(found))


def _state(promise: Promise, steps: Sequence[Step], standard: ComplianceStandard) -> Iterator[Finding]:
    place, target = promise.standard, number_or_name(promise.target)
    decimals = standard.scale.decimals
    best = standard.rounded(promise.best)
    if promise.cheapest_cost is not None and promise.best_in_budget is not None:
        yield Finding.of(
            "CMP832",
            path=place,
            target=target,
            cost=priced(promise.cheapest_cost),
            best=standard.rounded(promise.best_in_budget),
        )
    elif not promise.reachable and promise.method == "greedy":
        yield Finding.of("CMP835", path=place, target=target, best=best)
    elif not promise.reachable:
        blocked = [f"{row.nama} ({number(row.points, decimals)})" for row in promise.blocked]
        yield Finding.of(
            "CMP831",
            path=place,
            target=target,
            best=best,
            needed=str(promise.needed),
            blocked=blocked or ["–"],
        )
    elif not steps:
        yield Finding.of("CMP836", path=place, target=target, score=promise.published_after)
    if promise.reachable and steps and not promise.proven:
        cost = priced(sum((step.cost for step in steps), Fraction(0)))
        bound = "–" if promise.bound is None else priced(promise.bound)
        yield Finding.of("CMP834", path=place, cost=cost, bound=bound, method=promise.method)


def _grounds(
    promise: Promise,
    steps: Sequence[Step],
    problem: Problem,
    standard: ComplianceStandard,
    *,
    priced: bool,
) -> Iterator[Finding]:
    place, tree = promise.standard, problem.tree
    if promise.unknown:
        yield Finding.of("CMP830", path=place, keys=list(promise.unknown))
    if steps and not priced:
        yield Finding.of("CMP837", path=place, n=len(steps))
    if assumed := [step.key for step in steps if step.key in tree.shares and tree.assumed(step.key)]:
        yield Finding.of("CMP833", path=place, keys=assumed)
    risen = {step.key for step in steps}
    inferred = sorted(
        {
            f"{indicator.key} > {need.needs}"
            for indicator in standard.indicators
            for need in indicator.requires
            if need.confidence == "C" and indicator.key in risen and need.needs in risen
        }
    )
    if inferred:
        yield Finding.of("CMP838", path=place, pairs=inferred)
