"""The cheapest way of a whole city: which unit mends what, so that the city reaches a zone.

A city is one large tree: the units are its branches, the services of a unit are theirs, and
below each stands the whole scheme. What is true of a tree is true of it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sipukat._validation import must_be
from sipukat.compliance.city_assessment import CityAssessment
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.rollup import city as score_city
from sipukat.compliance.steps import Dependency, Path
from sipukat.compliance.tree import Condition, Node, Tree
from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat.compliance.offers import PerLevel
    from sipukat.compliance.target import Goal

_BY_INDICATOR = ("costs", "times", "feasible")


def city_tree(city: CityAssessment) -> tuple[Tree, Evidence]:
    """Return a city as one tree, and all that is known of it under the keys of that tree.

    The keys are those of the scheme behind the place of unit and service, counted from 1:
    ``u2.s1.input.kompetensi``.

    Parameters
    ----------
    city
        The city.

    Examples
    --------
    >>> from sipukat.compliance.rollup import city
    >>> tree, known = city_tree(city({"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}, "ombudsman-2021"))
    >>> tree.keys, known.values()
    (('u1.s1.nilai', 'u2.s1.nilai'), {'u1.s1.nilai': 40, 'u2.s1.nilai': 90})
    """
    must_be(CityAssessment, city, "city", "what sipukat.compliance.city returns")
    first = next(iter(next(iter(city.units.values())).services.values())).tree
    branches, items, conditions = [], [], []
    for prefix, unit, service, assessment in _places(city):
        named = f"{unit.unit}, {service}" if len(unit.services) > 1 and service else unit.unit
        share = unit.share / len(unit.services)
        branches.append(replace(_under(assessment.tree.root, prefix, named), weight=share, assumed=False))
        conditions += [_condition(condition, prefix, named) for condition in assessment.tree.conditions]
        items += [
            item.model_copy(update={"key": f"{prefix}.{item.key}"}) for item in assessment.evidence.items
        ]
    root = Node(
        key="kota",
        nama=city.name or "Kota",
        name=city.name or "City",
        weight=Fraction(1),
        assumed=False,
        children=tuple(branches),
    )
    tree = Tree(
        standard=first.standard, root=root, low=first.low, high=first.high, conditions=tuple(conditions)
    )
    return tree, Evidence(items=tuple(items), unit=city.name)


def city_path(city: CityAssessment, target: Goal, **options: Any) -> Path:
    """Return the provably cheapest improvements, in any unit, after which a city reaches a target.

    Parameters
    ----------
    city
        The city. What is not known counts at its least.
    target
        A zone, a band, or a score.
    **options
        As in `sipukat.compliance.path.cheapest`. Keys of ``costs``, ``times`` and
        ``feasible`` may be those of the scheme, for every unit, or those of `city_tree`,
        for one; the latter win. ``requires`` and ``excludes`` are by the keys of `city_tree`;
        what the scheme itself asks for holds in every service.

    Raises
    ------
    ArgumentError
        If an option makes no sense.
    UnknownNameError
        If a zone, band or indicator is not known.

    Examples
    --------
    >>> from sipukat.compliance.rollup import city
    >>> both = {"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}
    >>> found = city_path(city(both, "ombudsman-2021"), "hijau")
    >>> [(step.nama, str(step.after)) for step in found], str(found.published_after)
    ([('Dinas A: Nilai', '100')], '95.00')
    """
    tree, evidence = city_tree(city)
    places = [prefix for prefix, *_ in _places(city)]
    for name in _BY_INDICATOR:
        if options.get(name) is not None:
            options[name] = _everywhere(options[name], places, city)
    asked = options.pop("requires", None) or ()
    if not all(isinstance(each, Dependency) for each in asked):
        raise ArgumentError("requires: of a city, give Dependency records by the keys of city_tree")
    options["requires"] = [*_of_the_scheme(city, places), *asked]
    return cheapest(tree, evidence, city.standard, target, **options)


def after_path(city: CityAssessment, path: Path) -> CityAssessment:
    """Return the city as it will be once the steps of its path are taken.

    Parameters
    ----------
    city
        The city as it is.
    path
        The steps, from `city_path`.

    Returns
    -------
    CityAssessment
        Scored anew; its lowest score is what the path promises, exactly.

    Raises
    ------
    ArgumentError
        If a step is in no service of the city.
    """
    known: dict[str, dict[str, Evidence]] = {}
    names = {}
    for prefix, unit, service, assessment in _places(city):
        known.setdefault(unit.unit, {})[service] = assessment.evidence
        names[prefix] = (unit.unit, service)
    for step in path:
        place, key = _split(step.key)
        if place not in names:
            raise ArgumentError(
                f"the step {step.key} is in no service of this city; take one of its city_path"
            )
        unit_name, service = names[place]
        known[unit_name][service] = apply(known[unit_name][service], [replace(step, key=key)])
    weights = None if city.method == "mean" else {unit.unit: unit.share for unit in city.units.values()}
    return score_city(known, city.standard, rollup=city.method, weights=weights, name=city.name)


def _split(key: str) -> tuple[str, str]:
    unit, _, rest = key.partition(".")
    service, _, own = rest.partition(".")
    return f"{unit}.{service}", own


def _places(city: CityAssessment) -> Iterator[tuple[str, Any, str, Any]]:
    for u, unit in enumerate(city.units.values(), start=1):
        for s, (service, assessment) in enumerate(unit.services.items(), start=1):
            yield f"u{u}.s{s}", unit, service, assessment


def _under(node: Node, prefix: str, unit: str) -> Node:
    return replace(
        node,
        key=f"{prefix}.{node.key}",
        nama=f"{unit}: {node.nama}",
        name=f"{unit}: {node.name}",
        gate=f"{prefix}.{node.gate}" if node.gate else "",
        children=tuple(_under(child, prefix, unit) for child in node.children),
    )


def _condition(condition: Condition, prefix: str, unit: str) -> Condition:
    key, nama, name = (f"{prefix}.{condition.key}", f"{unit}: {condition.nama}", f"{unit}: {condition.name}")
    return replace(condition, key=key, nama=nama, name=name)


def _everywhere(given: Mapping[str, Any], places: list[str], city: CityAssessment) -> PerLevel:
    """Spread what is said of an indicator of the scheme over all services; a key of one service wins."""
    own = {*city.standard.indicator_keys, *(c.key for c in city.standard.conditions), "nilai"}
    spread = {f"{place}.{key}": value for key, value in given.items() if key in own for place in places}
    return spread | {key: value for key, value in given.items() if key not in own}


def _of_the_scheme(city: CityAssessment, places: list[str]) -> Iterator[Dependency]:
    for place in places:
        for indicator in city.standard.indicators:
            for need in indicator.requires:
                yield Dependency(
                    key=f"{place}.{indicator.key}",
                    level=need.level,
                    needs=f"{place}.{need.needs}",
                    at_least=need.at_least,
                )
