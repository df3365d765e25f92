"""A city at a glance: unit by indicator, how much of it is there, worst first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sipukat._validation import must_be
from sipukat.compliance.city_assessment import CityAssessment
from sipukat.compliance.contributions import total

if TYPE_CHECKING:
    import pandas as pd

    from sipukat.compliance.city_assessment import UnitAssessment

_COLUMNS: Final = "unit unit_rank key nama name indicator_rank fraction lowest highest lost unknown".split()


def heatmap(city: CityAssessment) -> pd.DataFrame:
    """Return one row a unit and indicator, the worst unit first and in it the worst indicator.

    Parameters
    ----------
    city
        The city, from `sipukat.compliance.city`.

    Returns
    -------
    pandas.DataFrame
        ``unit``, ``unit_rank`` (1 is the lowest score), ``key``, ``nama``, ``name``,
        ``indicator_rank`` (1 loses the city most points), ``fraction`` (what the unit has
        of all that the indicator can give, 0 to 1; NaN where not known), ``lowest`` and
        ``highest`` (its bounds), ``lost`` (points that the city loses there, counted from
        the lowest) and ``unknown`` (whether it is not known).

    Notes
    -----
    Of several services of a unit the mean. ``lost`` adds up to the best score of the scheme
    less the lowest score of the city. Equal ranks are broken by the order given.

    Examples
    --------
    >>> from sipukat.compliance.rollup import city
    >>> found = heatmap(city({"Dinas A": {"nilai": 40}, "Dinas B": {"nilai": 90}}, "ombudsman-2021"))
    >>> found[["unit", "fraction", "lost"]].values.tolist()
    [['Dinas A', 0.4, 30.0], ['Dinas B', 0.9, 5.0]]
    """
    import pandas as pd

    must_be(CityAssessment, city, "city", "what sipukat.compliance.city returns")
    table = [_cells(unit) for unit in city.units.values()]
    lost: dict[str, Fraction] = {}
    for row in table:
        for key, (_, _, lacking) in row.items():
            lost[key] = lost.get(key, Fraction(0)) + lacking
    units = sorted(range(len(table)), key=lambda at: list(city.units.values())[at].lowest.exact)
    keys = sorted(lost, key=lambda key: -lost[key])
    every = list(city.units.values())
    names = {row.key: row for row in next(iter(every[0].services.values())).contributions}
    rows = []
    for unit_rank, at in enumerate(units, start=1):
        for key_rank, key in enumerate(keys, start=1):
            low, high, lacking = table[at][key]
            rows.append(
                {
                    "unit": every[at].unit,
                    "unit_rank": unit_rank,
                    "key": key,
                    "nama": names[key].nama,
                    "name": names[key].name,
                    "indicator_rank": key_rank,
                    "fraction": float(low) if low == high else float("nan"),
                    "lowest": float(low),
                    "highest": float(high),
                    "lost": float(lacking),
                    "unknown": low != high,
                }
            )
    return pd.DataFrame(rows, columns=_COLUMNS)


def _cells(unit: UnitAssessment) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    """Return what a unit has of each indicator at least and at most, and the points that it loses."""
    found = {}
    every = tuple(unit.services.values())
    n = len(every)
    for rows in zip(*(assessment.contributions for assessment in every), strict=True):
        share, possible = rows[0].share, rows[0].possible
        base = share * Fraction(every[0].tree.low)
        low = (total(row.lowest for row in rows) / n - base) / (possible - base)
        high = (total(row.highest for row in rows) / n - base) / (possible - base)
        lacking = total(row.lacking for row in rows) / n
        found[rows[0].key] = (low, high, unit.share * lacking)
    return found
