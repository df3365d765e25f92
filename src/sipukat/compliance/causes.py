"""What keeps a city where it is: the units that hold it back, and the indicators that all of them share.

Both are exact: the pulls of the units add up to what the city lacks, and a cause is what the
city would gain were it mended everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, listing, number
from sipukat._validation import must_be, whole_number
from sipukat.compliance.city_assessment import CityAssessment
from sipukat.compliance.contributions import total
from sipukat.compliance.offers import Number, exact
from sipukat.compliance.target import Goal, target_of
from sipukat.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import pandas as pd


_PULLS: Final = "unit share score below points enough".split()
_CAUSES: Final = (
    "key nama name units services lift cost per_cost score_after published_after zone_after".split()
)
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """One unit, and by how much it pulls the city down or up.

    Parameters
    ----------
    unit
        Its name.
    share
        Its share in the score of the city, exactly.
    score
        Its lowest exact score, on the scale of the scheme.
    below
        How far it stands below the target, in points of its own score; negative above it.
    points
        How far it pulls the city below the target: ``share * below``.
    enough
        Whether the city would reach the target were this unit alone at its best.
    """

    unit: str
    share: Fraction
    score: Fraction
    below: Fraction
    points: Fraction
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingBack:
    """The units of a city, those that hold it back most first.

    Parameters
    ----------
    target
        What is to be reached.
    needed
        The lowest exact score that reaches it once it is rounded, on the scale of the
        scheme.
    score
        The lowest exact score of the city, on the scale of the scheme.
    gap
        What the city lacks, ``needed - score``; not above 0 where the target is reached.
    pulls
        Every unit, the strongest pull first; their points add up to `gap`.
    """

    target: str
    needed: Fraction
    score: Fraction
    gap: Fraction
    pulls: tuple[Pull, ...]

    @property
    def below(self) -> tuple[Pull, ...]:
        """The units that stand below the target."""
        return tuple(pull for pull in self.pulls if pull.below > 0)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a unit, exact numbers as floats; columns as the fields of `Pull`."""
        import pandas as pd

        rows = [[_float(getattr(pull, name)) for name in _PULLS] for pull in self.pulls]
        return pd.DataFrame(rows, columns=_PULLS)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; exact numbers are texts."""
        head = {name: _plain(getattr(self, name)) for name in ("target", "needed", "score", "gap")}
        pulls = [{name: _plain(getattr(pull, name)) for name in _PULLS} for pull in self.pulls]
        return {"format": "urn:sipukat:holding-back:1", **head, "units": pulls}

    def sentence(self, lang: Lang = "id") -> str:
        """Say which units hold the city back, in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        if self.gap <= 0:
            return f"{self.target} sudah tercapai." if lang == "id" else f"{self.target} is reached already."
        named = [f"{p.unit} ({number(p.points, lang=lang)})" for p in self.below]
        gap = number(self.gap, lang=lang)
        if lang == "id":
            return (
                f"Kota kurang {gap} poin menuju {self.target}; yang menahan: {listing(named, most=_SHOWN)}."
            )
        by = listing(named, lang=lang, most=_SHOWN)
        return f"The city lacks {gap} points to {self.target}; held back by {by}."


def holding_back(city: CityAssessment, target: Goal) -> HoldingBack:
    """Return which units pull a city below a target, and by how much.

    Parameters
    ----------
    city
        The city. What is not known counts at its least.
    target
        A zone, a band, or a score.

    Raises
    ------
    UnknownNameError
        If the scheme has no such zone or band.
    ArgumentError
        If a score is off its scale.

    Notes
    -----
    ``needed - score = sum(share * (needed - score of the unit))``, as the shares add up to 1.

    Examples
    --------
    >>> from sipukat.compliance.rollup import city
    >>> both = {"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}
    >>> found = holding_back(city(both, "ombudsman-2021"), "hijau")
    >>> [(pull.unit, float(pull.points)) for pull in found.pulls], float(found.gap)
    ([('Dinas A', 20.4975), ('Dinas B', -4.5025)], 15.995)
    """
    must_be(CityAssessment, city, "city", "what sipukat.compliance.city returns")
    goal = target_of(target, city.standard)
    score, top = city.lowest.exact, Fraction(city.standard.scale.high)
    pulls = [
        Pull(
            unit=unit.unit,
            share=unit.share,
            score=unit.lowest.exact,
            below=goal.needed - unit.lowest.exact,
            points=unit.share * (goal.needed - unit.lowest.exact),
            enough=score + unit.share * (top - unit.lowest.exact) >= goal.needed,
        )
        for unit in city.units.values()
    ]
    pulls.sort(key=lambda pull: -pull.points)
    gap = goal.needed - score
    return HoldingBack(target=goal.text, needed=goal.needed, score=score, gap=gap, pulls=tuple(pulls))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One indicator, and what mending it in every unit would bring.

    Parameters
    ----------
    key, nama, name
        Its key and names.
    units
        The units where it is not at its best, those that lose most first.
    services
        In how many services it is to be mended.
    lift
        The points that the city would gain, exactly.
    cost
        What that costs: the cost of one service, times `services`.
    per_cost
        Points for a cost of 1; None where it costs nothing.
    score_after, published_after, zone_after
        The score of the city once it is mended everywhere, rounded, and its colour.
    """

    key: str
    nama: str
    name: str
    units: tuple[str, ...]
    services: int
    lift: Fraction
    cost: Fraction
    per_cost: Fraction | None
    score_after: Fraction
    published_after: Decimal
    zone_after: str | None

    def sentence(self, lang: Lang = "id") -> str:
        """Say what mending it would bring, in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        lift, after = number(self.lift, lang=lang), number(self.published_after, lang=lang)
        n = len(self.units)
        if lang == "id":
            return f"{self.nama} dibenahi di {n} unit menaikkan nilai kota {lift} poin menjadi {after}."
        return f"{self.name} mended in {n} units lifts the score of the city by {lift} points to {after}."


def common_causes(
    city: CityAssessment, *, costs: Mapping[str, Number] | None = None, n: int = 5
) -> tuple[Cause, ...]:
    """Return the indicators whose mending in all units lifts the city most per cost.

    Parameters
    ----------
    city
        The city. What is not known counts at its least.
    costs
        What mending an indicator costs in one service; 1 where it is not named.
    n
        How many are returned, at least 1.

    Raises
    ------
    UnknownNameError
        If a cost is of an indicator that the scheme does not have.
    ArgumentError
        If a cost is no number of 0 or more, or `n` is below 1.

    Notes
    -----
    ``lift = sum(share of the unit * mean over its services of (possible - points))``. Equal
    ones stand in the order of the scheme. What costs nothing comes first.

    Examples
    --------
    >>> from sipukat.compliance.rollup import city
    >>> found = common_causes(city({"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}, "ombudsman-2021"))
    >>> found[0].units, found[0].lift, found[0].zone_after
    (('Dinas A', 'Dinas B'), Fraction(35, 1), 'hijau')
    """
    must_be(CityAssessment, city, "city", "what sipukat.compliance.city returns")
    n = whole_number(n, "n", least=1)
    tree = next(iter(next(iter(city.units.values())).services.values())).tree
    prices = {}
    for key, cost in (costs or {}).items():
        if key not in tree.shares:
            raise UnknownNameError(f"indicator of {tree.standard} (in costs)", key, tree.keys)
        prices[key] = exact(cost, f"costs[{key!r}]")
    causes = [_cause(city, key, prices.get(key, Fraction(1))) for key in tree.keys]
    found = [cause for cause in causes if cause.lift > 0]
    found.sort(key=lambda cause: (cause.per_cost is not None, -(cause.per_cost or cause.lift)))
    return tuple(found[:n])


def _cause(city: CityAssessment, key: str, price: Fraction) -> Cause:
    lost: dict[str, Fraction] = {}
    services = 0
    for unit in city.units.values():
        lacking = [assessment.contribution(key).lacking for assessment in unit.services.values()]
        services += sum(points > 0 for points in lacking)
        lost[unit.unit] = unit.share * total(lacking) / len(lacking)
    lift, cost = total(lost.values()), price * services
    leaf = next(iter(next(iter(city.units.values())).services.values())).tree.leaf(key)
    after = city.lowest.exact + lift
    band = city.standard.band(published := city.standard.rounded(after))
    return Cause(
        key=key,
        nama=leaf.nama,
        name=leaf.name,
        units=tuple(sorted((unit for unit in lost if lost[unit] > 0), key=lambda unit: -lost[unit])),
        services=services,
        lift=lift,
        cost=cost,
        per_cost=lift / cost if cost else None,
        score_after=after,
        published_after=published,
        zone_after=band.zone if band else None,
    )


def causes_frame(causes: tuple[Cause, ...]) -> pd.DataFrame:
    """Return one row a cause, exact numbers as floats; columns as the fields of `Cause`."""
    import pandas as pd

    rows = [[_float(getattr(cause, name)) for name in _CAUSES] for cause in causes]
    return pd.DataFrame(rows, columns=_CAUSES)


def _float(value: object) -> object:
    return float(value) if isinstance(value, Fraction) else value


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Fraction) else value
