"""`trend`: where an index went over many periods."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm.comparing.instruments import instrument_findings, instrument_of
from sipukat.ikm.comparing.lines import change_point_of, dimensions, equal_test, line_through
from sipukat.ikm.comparing.paired import Linked
from sipukat.ikm.comparing.sides import ZERO, Side, design_df, errors_of, side_of
from sipukat.ikm.comparing.t_tests import DifferenceTest, quantile, t_test
from sipukat.ikm.comparing.trended import Spacing, Trend, TrendRow
from sipukat.ikm.ranks.holm import holm
from sipukat.ikm.ranks.pairwise import checked_level
from sipukat.ikm.remarks import label
from sipukat.ikm.results import IkmResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.comparing.sides import Errors
    from sipukat.ikm.unit import Estimate

_FEWEST: Final = 3
_FEW: Final = 30
_FEWEST_DRAWS: Final = 1000
_MOST_DRAWS: Final = 10_000_000
_DAYS: Final = 365.25
_YEARS: Final = range(1900, 2200)
_YEAR_FIRST: Final = re.compile(r"[12][0-9]{3}(?![0-9])")


def trend(
    results: Mapping[str, IkmResult | Estimate]
    | Mapping[int, IkmResult | Estimate]
    | Mapping[float, IkmResult | Estimate]
    | Mapping[date, IkmResult | Estimate]
    | IkmResult
    | Linked,
    *,
    periods: Sequence[object] | None = None,
    confidence_level: float = 0.95,
    draws: int = 20_000,
    seed: int = 20220330,
) -> Trend:
    """Follow an index over three or more periods.

    Parameters
    ----------
    results
        Period to result (its overall index) or estimate; or one result whose only ``by``
        column is the period; or what `sipukat.ikm.link` made. Numbers and dates are
        put in order and keep their distances; texts keep the order given and are equally
        far apart.
    periods
        The periods, in order: where one result has periods whose alphabetical order is not
        that of time, or where only some are wanted.
    confidence_level
        Between 0 and 1, both excluded.
    draws, seed
        Of the simulation for the change point; at least 1,000 draws.

    Returns
    -------
    Trend

    Raises
    ------
    ArgumentError
        If periods cannot be put in order, or an argument makes no sense.
    EstimationError
        If fewer than three periods have an index with a known error, or the scales differ.
    UnknownNameError
        If `periods` names one that is not there.

    Notes
    -----
    Periods of one result, or of one link, have the covariance of its design; surveys of
    their own are taken as independent (respondents who come back need `sipukat.ikm.link`).
    The line is that of generalized least squares with that covariance; see
    `sipukat.ikm.comparing.lines.line_through` for its errors and
    `sipukat.ikm.comparing.lines.change_point_of` for the change point, which is a note and no cause.
    Steps are tested like `sipukat.ikm.compare`, adjusted by Holm (1979).

    No line is drawn across a change of unsur. Dates (or text such as ``2026-03-01``) give a
    slope a year of 365.25 days; whole numbers from 1900 to 2199 are taken as years.

    The tests take the covariance as known: with few respondents a period they are too sure.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> def survey(scores):
    ...     return ikm.estimate(pd.DataFrame({f"U{i}": scores * 20 for i in range(1, 10)}))
    >>> found = trend({2023: survey([3, 3, 2, 4]), 2024: survey([3, 3, 3, 4]), 2025: survey([3, 4, 3, 4])})
    >>> round(found.line.slope, 2), round(found.line.p, 4), found.change_point.after
    (6.25, 0.0, 2025)
    """
    level = checked_level(confidence_level)
    if not _FEWEST_DRAWS <= draws <= _MOST_DRAWS:
        raise ArgumentError(f"draws is {draws!r}; it lies between {_FEWEST_DRAWS:,} and {_MOST_DRAWS:,}")
    sides, found = _sides(results, periods)
    names, times, spacing = _in_time([name for name, _ in sides], sort=periods is None)
    by_name = dict(sides)
    every = [by_name[name] for name in names]
    found += instrument_findings([side.instrument for side in every])
    held = [i for i, side in enumerate(every) if side.known]
    lost = [label(names[i]) for i in range(len(names)) if i not in set(held)]
    if lost:
        found.append(Finding.of("IKM648", periods=lost))
    if len(held) < _FEWEST:
        hint = "; two are compared by compare(a, b)" if len(names) == _FEWEST - 1 else ""
        raise EstimationError(
            f"{len(held)} of {len(names)} periods have an index with a known error; a trend takes at least "
            f"{_FEWEST}{hint}"
        )
    used = [every[i] for i in held]
    return _trended(
        used,
        tuple(names[i] for i in held),
        times[held],
        spacing,
        level=level,
        draws=draws,
        seed=seed,
        found=found,
    )


def _sides(
    results: object, periods: Sequence[object] | None
) -> tuple[list[tuple[object, Side]], list[Finding]]:
    """Return period and side, in the order given, and what was found on the way."""
    found: list[Finding] = []
    if isinstance(results, Linked):
        found += results.findings
        periods = results.periods if periods is None else periods
        results = results.result
    if isinstance(results, IkmResult):
        pairs = _groups(results, alphabetical=periods is None)
        if None in results:
            found.append(Finding.of("IKM648", periods=[label(None)]))
    elif isinstance(results, Mapping):
        pairs = [(name, side_of(source, label(name))) for name, source in results.items()]
    else:
        raise ArgumentError(
            f"results is {kind_of(results)}; give {{period: result}}, or one result by period"
        )
    return pairs if periods is None else _chosen(dict(pairs), periods), found


def _groups(result: IkmResult, *, alphabetical: bool) -> list[tuple[object, Side]]:
    if len(result.by) != 1:
        raise ArgumentError(
            f"the result is by {result.by or 'nothing'}; estimate with by= the one column of the period, "
            "or give {period: result}"
        )
    names = [name for name in result if name is not None]
    if alphabetical:
        _check_alphabetical(names)
    return [(name, _group(result, name)) for name in names]


def _chosen(held: Mapping[object, Side], periods: Sequence[object]) -> list[tuple[object, Side]]:
    for name in periods:
        if name not in held:
            raise UnknownNameError("period", name, held)
    if len(set(periods)) < len(periods):
        raise ArgumentError(f"periods names one twice: {', '.join(map(str, periods))}")
    return [(name, held[name]) for name in periods]


def _group(result: IkmResult, name: object) -> Side:
    e = result[name]
    instrument = instrument_of(e, label(name), profile=result.profile, missing=result.missing)
    return Side(label=label(name), estimate=e, instrument=instrument, interval=result.interval)


def _check_alphabetical(names: Sequence[object]) -> None:
    """Refuse periods of a result whose alphabetical order need not be that of time."""
    texts = [name for name in names if isinstance(name, str)]
    if not texts:
        return
    if len(texts) == len(names) and all(map(_YEAR_FIRST.match, texts)) and len(set(map(len, texts))) == 1:
        return
    raise ArgumentError(
        f"the periods {', '.join(map(str, names[:6]))} stand in alphabetical order, which need not be that "
        "of time; give periods= in order, or name them like 2026-1 and 2026-2"
    )


def _in_time(names: Sequence[object], *, sort: bool) -> tuple[list[object], NDArray[np.float64], Spacing]:
    """Return the periods in order, their times, and what a unit of time is."""
    times, spacing = _times(names)
    if spacing == "period":
        return list(names), times, spacing
    order = np.argsort(times, kind="stable") if sort else np.arange(len(times))
    times = times[order]
    if not (np.diff(times) > 0).all():
        raise ArgumentError(
            f"the periods {', '.join(map(str, names[:6]))} are not in the order of time, or two coincide"
        )
    return [names[i] for i in order.tolist()], times, spacing


def _times(names: Sequence[object]) -> tuple[NDArray[np.float64], Spacing]:
    numbers = [float(n) for n in names if isinstance(n, int | float | np.number) and not isinstance(n, bool)]
    if len(numbers) == len(names):
        if not np.isfinite(numbers).all():
            raise ArgumentError(f"the periods {', '.join(map(str, names[:6]))} are not all finite numbers")
        years = all(number.is_integer() and int(number) in _YEARS for number in numbers)
        return np.array(numbers), "year" if years else "unit"
    days = [day for name in names if (day := _day_of(name)) is not None]
    if len(days) == len(names):
        return np.array([day.toordinal() / _DAYS for day in days]), "year"
    kinds = {type(name).__name__ for name in names}
    if not all(isinstance(name, str | tuple) for name in names):
        raise ArgumentError(
            f"periods are {', '.join(sorted(kinds))}; give all as numbers, all as dates or all as text"
        )
    return np.arange(len(names), dtype=np.float64), "period"


def _day_of(name: object) -> date | None:
    if isinstance(name, date):
        return name
    try:
        return date.fromisoformat(name) if isinstance(name, str) and len(name) == len("2026-03-01") else None
    except ValueError:  # text of that length that is no date
        return None


def _trended(
    sides: Sequence[Side],
    names: tuple[object, ...],
    times: NDArray[np.float64],
    spacing: Spacing,
    *,
    level: float,
    draws: int,
    seed: int,
    found: list[Finding],
) -> Trend:
    errors = errors_of(sides)
    found += errors.findings
    y = np.array([side.estimate.ikm for side in sides])
    few = [name for name, df in zip(names, errors.df.tolist(), strict=True) if df < _FEW]
    if few:
        found.append(
            Finding.of("IKM646", places=list(map(label, few)), own=f"{errors.df.min():.0f}", used="∞")
        )
    rank = dimensions(errors.covariance)
    if rank < len(sides):
        found.append(Finding.of("IKM649", periods=len(sides), rank=rank))
    one_design = len(set(errors.design)) == 1 and errors.design[0] >= 0
    drawn = rank == len(sides) and not any(finding.code == "IKM641" for finding in found)
    line = equal = point = None
    if drawn:
        line = line_through(
            y,
            times,
            errors.covariance,
            df=errors.df,
            most_df=design_df(errors.parts[0]) if one_design else float("inf"),
            one_design=one_design,
            confidence_level=level,
        )
        equal = equal_test(y, errors.covariance)
        point = change_point_of(y, errors.covariance, names, draws=draws, seed=seed)
    return Trend(
        rows=_rows(sides, names, times, errors, level=level),
        spacing=spacing,
        line=line,
        equal=equal,
        change_point=point,
        confidence_level=level,
        findings=Findings(found),
    )


def _rows(
    sides: Sequence[Side],
    names: tuple[object, ...],
    times: NDArray[np.float64],
    errors: Errors,
    *,
    level: float,
) -> tuple[TrendRow, ...]:
    steps = [_step(sides, errors, i, level=level) for i in range(1, len(sides))]
    adjusted = [float("nan"), *holm([step.p for step in steps]).tolist()]
    none = DifferenceTest(**dict.fromkeys(DifferenceTest.__dataclass_fields__, float("nan")))
    out = []
    for i, (side, step) in enumerate(zip(sides, [none, *steps], strict=True)):
        e = side.estimate
        low, high = _interval(side, level)
        out.append(
            TrendRow(
                period=names[i],
                time=float(times[i]),
                ikm=e.ikm,
                published=e.published,
                se=float(np.sqrt(errors.covariance[i, i])),
                low=low,
                high=high,
                mutu=e.mutu,
                n=e.used,
                change=step.difference,
                change_se=step.se,
                change_df=step.df,
                change_p=step.p,
                change_p_holm=adjusted[i],
            )
        )
    return tuple(out)


def _step(sides: Sequence[Side], errors: Errors, i: int, *, level: float) -> DifferenceTest:
    before, after = sides[i - 1].estimate.ikm, sides[i].estimate.ikm
    variance = errors.variance(i - 1, i)
    if variance <= (ZERO * max(abs(before), abs(after))) ** 2:
        # without spread nothing can be judged, unless everyone was asked
        variance = 0.0 if errors.census[[i - 1, i]].all() else float("nan")
    df = errors.degrees(i - 1, i, "design")
    return t_test(after - before, float(np.sqrt(variance)), df, null=0.0, confidence_level=level)


def _interval(side: Side, level: float) -> tuple[float, float]:
    """Interval at the level asked for; of a roll-up, whose groups are not held, that of Student's t."""
    e = side.estimate
    if e.part is None:
        half = quantile(e.df, level) * e.se
        return e.ikm - half, e.ikm + half
    low, high = e.part.index_interval(side.interval, level)
    return float(low[e.at]), float(high[e.at])
