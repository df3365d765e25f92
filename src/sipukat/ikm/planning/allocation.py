"""How a number of respondents is shared out among units: five rules, each by its name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from sipukat import standards
from sipukat._validation import must_be, whole_number
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm.planning.allocated import Allocation
from sipukat.ikm.planning.apportion import apportion
from sipukat.ikm.planning.deviation import number_above_zero, respondent_sd
from sipukat.ikm.remarks import label
from sipukat.ikm.results import IkmResult

if TYPE_CHECKING:
    from sipukat.standards.model import SurveyStandard

AllocationMethod = Literal["proportional", "neyman", "equal", "power", "krejcie_morgan"]
ALLOCATIONS: Final = ("proportional", "neyman", "equal", "power", "krejcie_morgan")
_ESTIMABLE: Final = 3
_SHOWN: Final = 10


def allocate(
    n: int | None,
    populations: Mapping[Any, int],
    *,
    method: AllocationMethod = "proportional",
    spread: float | Mapping[Any, float] | IkmResult | None = None,
    minimum: int = 1,
    maximum: int | None = None,
    exponent: float = 0.5,
    deff: float = 1.0,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
) -> Allocation:
    """Share respondents out among the units (strata) of a city.

    Parameters
    ----------
    n
        Respondents in all; None with ``"krejcie_morgan"``, where the law's table decides.
    populations
        Unit to people served in the period, each 1 or more.
    method
        ``"proportional"`` to people served; ``"neyman"``: the surest index of the city;
        ``"equal"``: the same for every unit; ``"power"``: between the two, see Notes;
        ``"krejcie_morgan"``: every unit has the number of the law's table.
    spread
        Standard deviation of the index between respondents, in points: one number, unit to
        number, or a result whose groups are the units. Needed by ``"neyman"``; the others
        need it only to foretell errors (and ``"power"`` takes it into account).
    minimum
        At least so many a unit, or everybody where it serves fewer.
    maximum
        At most so many a unit; never more than it serves.
    exponent
        Of ``"power"``, from 0 to 1.
    deff
        Design effect to reckon with in the errors.
    standard
        A survey standard, or its id: whose table, and which scale.

    Raises
    ------
    ArgumentError
        If a number is none, `n` is less than the minimum of all units together or more
        than they may give, or `spread` is needed and lacks units.
    UnknownNameError
        If there is no such method.
    EstimationError
        If the standard gives no table.

    Notes
    -----
    With N_h people, S_h the standard deviation and W_h = N_h / N, the n_h are proportional
    to N_h; N_h S_h; 1; N_h^exponent S_h. They are whole numbers that add up to n, see
    `sipukat.ikm.planning.apportion.apportion`. The power rule is that of Bankier for one scale of
    measurement: exponent 1 is Neyman's, 0 gives every unit about the same error.
    Errors: ``se_h = S_h sqrt(deff (1/n_h - 1/N_h))``, ``se = sqrt(sum W_h^2 se_h^2)``.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., sections 5.3 and 5.5. Bankier
    (1988), Power allocations: determining sample sizes for subnational areas, The American
    Statistician 42(3). Permenpan RB 14/2017, Lampiran (table of Krejcie and Morgan).

    Examples
    --------
    >>> units = {"Disdukcapil": 12000, "Puskesmas": 6000, "Kelurahan": 400}
    >>> allocate(600, units, minimum=50)
    <Allocation proportional: 600 respondents: Disdukcapil 367, Puskesmas 183, Kelurahan 50>
    >>> dict(allocate(None, units, method="krejcie_morgan").n)
    {'Disdukcapil': 372, 'Puskesmas': 361, 'Kelurahan': 196}
    """
    if method not in ALLOCATIONS:
        raise UnknownNameError("allocation method", method, ALLOCATIONS)
    served = _served(populations)
    least, most = (
        whole_number(minimum, "minimum", least=0),
        None if maximum is None else whole_number(maximum, "maximum", least=1),
    )
    if most is not None and least > most:
        raise ArgumentError(f"minimum = {least} is more than maximum = {most}")
    low = [min(least, people) for people in served.values()]
    high = [people if most is None else min(most, people) for people in served.values()]
    sd, unknown = _deviations(served, spread, standard)
    if method == "krejcie_morgan":
        wanted = _by_law(n, served, standard)
        held = [min(max(w, a), b) for w, a, b in zip(wanted, low, high, strict=True)]
        capped = [u for u, w, b in zip(served, wanted, high, strict=True) if w > b]
    else:
        weight = _weights(method, served, sd, exponent)
        total = _total(n, served, low, high, least)
        order = _order(served)
        limits = {"low": [low[i] for i in order], "high": [high[i] for i in order]}
        found = dict(zip(order, apportion(total, [weight[i] for i in order], **limits), strict=True))
        held = [found[i] for i in range(len(order))]
        share = Fraction(total) / sum(weight)
        capped = [u for u, w, b in zip(served, weight, high, strict=True) if share * w > b]
    given = dict(zip(served, held, strict=True))
    effect = number_above_zero(deff, what="deff")
    se = {u: _error(sd[u], given[u], served[u], effect) for u in served}
    everybody = sum(served.values())
    few = [u for u, people in served.items() if people < least]
    notes = [
        *([Finding.of("IKM691", units=[label(u) for u in few], minimum=least)] if few else []),
        *_say("IKM692", capped),
        *_say("IKM693", unknown),
        *_say("IKM694", [u for u in served if given[u] < min(_ESTIMABLE, served[u])]),
    ]
    return Allocation(
        method=method,
        n=MappingProxyType(given),
        population=MappingProxyType(served),
        sd=MappingProxyType(sd),
        se=MappingProxyType(se),
        overall_se=math.sqrt(sum((served[u] / everybody * se[u]) ** 2 for u in served)),
        deff=effect,
        findings=Findings(notes),
    )


def _say(code: str, units: list[Any]) -> list[Finding]:
    return [Finding.of(code, units=[label(u) for u in units])] if units else []


def _served(populations: Mapping[Any, int]) -> dict[Any, int]:
    must_be(Mapping, populations, "populations", "{unit: people served}")
    served = {
        unit: whole_number(people, f"population of {unit!r}", least=1)
        for unit, people in dict(populations).items()
    }
    if not served:
        raise ArgumentError("populations is empty; give {unit: people served}")
    return served


def _total(n: object, served: Mapping[Any, int], low: list[int], high: list[int], least: int) -> int:
    total = whole_number(n, "n", least=1)
    if sum(low) > total:
        raise ArgumentError(
            f"n = {total} is too few: {len(served)} units with a minimum of {least} each (or everybody) "
            f"need {sum(low)}"
        )
    if sum(high) < total:
        raise ArgumentError(f"n = {total} is too many: the {len(served)} units can give at most {sum(high)}")
    return total


def _by_law(n: object, served: Mapping[Any, int], standard: str | SurveyStandard) -> list[int]:
    if n is not None:
        raise ArgumentError(f"with krejcie_morgan the table decides: n must be None, got {n!r}")
    law = standards.survey(standard)
    if law.sampling is None:
        raise EstimationError(f"{law.id} has no table of sample sizes; see permenpanrb-14-2017")
    return [law.sampling.size(people) for people in served.values()]


def _weights(
    method: str, served: Mapping[Any, int], sd: Mapping[Any, float], exponent: float
) -> list[Fraction]:
    if method == "neyman" and any(math.isnan(s) for s in sd.values()):
        raise ArgumentError("neyman needs spread=: one number, {unit: number} in points, or a result")
    if not (isinstance(exponent, int | float) and 0 <= exponent <= 1):
        raise ArgumentError(f"exponent must lie from 0 to 1, got {exponent!r}")

    def of(unit: object) -> Fraction:
        s = Fraction(1) if math.isnan(sd[unit]) else Fraction(repr(sd[unit]))
        match method:
            case "proportional":
                return Fraction(served[unit])
            case "neyman":
                return served[unit] * s
            case "power":
                return Fraction(repr(float(served[unit]) ** exponent)) * s
            case _:
                return Fraction(1)

    return [of(unit) for unit in served]


def _order(served: Mapping[Any, int]) -> list[int]:
    """Order units by size and name, so that the order in which they are given decides nothing."""
    names = list(served)
    return sorted(
        range(len(names)), key=lambda i: (-served[names[i]], str(names[i]), type(names[i]).__name__)
    )


def _deviations(
    served: Mapping[Any, int], spread: object, standard: str | SurveyStandard
) -> tuple[dict[Any, float], list[Any]]:
    """Return the standard deviation of every unit, and the units that had to borrow one."""
    if spread is None:
        return dict.fromkeys(served, math.nan), []
    if isinstance(spread, IkmResult):
        return _of_result(served, spread)
    if isinstance(spread, Mapping):
        lacking = [label(u) for u in served if u not in spread]
        if lacking:
            raise ArgumentError(f"spread lacks {len(lacking)} units: {', '.join(lacking[:_SHOWN])}")
        return {u: respondent_sd(spread[u], standard=standard) for u in served}, []
    return dict.fromkeys(served, respondent_sd(spread, standard=standard)), []  # type: ignore[arg-type]


def _of_result(served: Mapping[Any, int], result: IkmResult) -> tuple[dict[Any, float], list[Any]]:
    part = result.groups
    if part is None:
        return dict.fromkeys(served, respondent_sd(result)), []
    known: dict[Any, float] = {}
    squares = freedom = 0.0
    for name, e in result.items():
        within = float(part.index_between[e.at])
        if name in served and e.used >= _ESTIMABLE and within > 0:
            known[name] = math.sqrt(within * e.used / (e.used - 1))
            squares += within * e.used
            freedom += e.used - 1
    if not known:
        raise ArgumentError(
            "spread: no unit has a group of three or more respondents who differ in the result"
        )
    shared = math.sqrt(squares / freedom)
    return {u: known.get(u, shared) for u in served}, [u for u in served if u not in known]


def _error(sd: float, n: int, people: int, deff: float) -> float:
    return sd * math.sqrt(deff * (1 / n - 1 / people)) if n else math.nan
