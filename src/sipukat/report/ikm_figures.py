"""Figures of what was done with an IKM: how people answered, ranks, change, what to mend.

Each is a frame first (`Figure.data`), with every number rounded once, and says in words what
is to be seen in it. `sipukat.plot` draws them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import listing, number, round_half_up
from sipukat.ikm.mending.prioritized import QUADRANTS
from sipukat.report.document import Figure
from sipukat.report.figure_words import bands_told, level_told, name_told, unsur_names, words_of
from sipukat.report.ikm_distribution import distribution
from sipukat.report.ikm_tables import MOST_UNITS
from sipukat.report.ikm_words import has_interval
from sipukat.report.withholding import DEFAULT, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sipukat._text import Lang
    from sipukat.ikm import IkmResult, Priorities, Ranking, Trend, UnsurPriority
    from sipukat.standards import SurveyStandard

__all__ = ["distribution", "priorities", "ranks", "trend"]

_STEP: Final = 5  # the axes of points end on multiples of it
_SPAN: Final = 10  # and are at least as long
_SHOWN: Final = 4  # names that a sentence lists


def _rounded(value: float, decimals: int = 2) -> Decimal | None:
    return round_half_up(value, decimals) if math.isfinite(value) else None


def ranks(
    ranking: Ranking,
    *,
    lang: Lang = "id",
    withhold_below: int = DEFAULT,
    hidden: Collection[object] | None = None,
) -> Figure | None:
    """Return the groups in the order of their index, with the ranks that each may have.

    Parameters
    ----------
    ranking
        What `sipukat.ikm.rank` made.
    lang
        ``"id"`` or ``"en"``.
    withhold_below
        Groups with fewer respondents are withheld, and others with them, as in the report.
    hidden
        The groups that the report withholds, in place of those that `withhold_below` gives;
        a report knows of groups that have no rank.

    Returns
    -------
    Figure or None
        One record a group: ``label``, ``value`` (the published index), ``rank``,
        ``rank_low``, ``rank_high``, ``mutu`` and ``n``; ranks are among the groups that are
        shown. None with no group to show, and with more than 60.

    Raises
    ------
    ArgumentError
        If `withhold_below` is negative.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> scores = [4, 3] * 20 + [2, 3] * 20
    >>> answers = pd.DataFrame({"unit": ["A"] * 40 + ["B"] * 40, **{f"U{i}": scores for i in range(1, 10)}})
    >>> figure = ranks(ikm.rank(ikm.estimate(answers, by="unit")))
    >>> [(row["label"], row["rank_low"], row["rank_high"]) for row in figure.data]
    [('A', 1, 1), ('B', 2, 2)]
    """
    gone = withheld({row.group: row.n for row in ranking.rows}, below=withhold_below).names
    gone = gone if hidden is None else frozenset(hidden)
    kept = [at for at, row in enumerate(ranking.rows) if row.group not in gone]
    if not 1 <= len(kept) <= MOST_UNITS:
        return None
    words, count, held = words_of(lang), len(kept), len(ranking) - len(kept)
    records = sorted(_places(ranking, kept, lang), key=lambda record: record["rank"])
    caption = words["ranks"].format(
        level=level_told(ranking.confidence_level, lang),
        family=words["joint" if ranking.joint else "each"],
        held=words["held"].format(n=held) if held else "",
    )
    return Figure(
        id="peringkat",
        chart="unit_ranks",
        caption=caption,
        alt=" ".join([caption, *_ranks_alt(records, count, lang)]),
        axis=(Decimal(1), Decimal(count)),
        data=tuple(records),
        lang=lang,
    )


def _places(ranking: Ranking, kept: Sequence[int], lang: Lang) -> list[dict[str, Any]]:
    """Return the groups that are shown with their ranks among themselves, in the order of the ranking.

    A rank among all groups would tell between which two values a withheld one lies.
    """
    rows, every = [ranking.rows[at] for at in kept], len(kept) == len(ranking)
    above = [[bool(ranking.above[i, j]) for j in kept] for i in kept]
    out = []
    for at, row in enumerate(rows):
        low = 1 + sum(other[at] for other in above)
        out.append(
            {
                "label": name_told(row.group, lang),
                "value": row.published,
                "rank": 1 + sum(other.rank < row.rank for other in rows),
                "rank_low": row.rank_low if every else low,
                "rank_high": row.rank_high if every else len(rows) - sum(above[at]),
                "mutu": row.mutu,
                "n": row.n,
            }
        )
    return out


def _ranks_alt(records: Sequence[Mapping[str, Any]], count: int, lang: Lang) -> Iterator[str]:
    words = words_of(lang)

    def named(chosen: Iterable[Mapping[str, Any]]) -> str:
        return listing([r["label"] for r in chosen], lang=lang, most=_SHOWN) or words["none"]

    if count == 1:
        only = records[0]
        yield words["one"].format(label=only["label"], value=number(only["value"], lang=lang))
        return
    if all(r["rank_low"] == 1 and r["rank_high"] == count for r in records):
        yield words["alike"].format(n=count)
        return
    yield words["first"].format(names=named(r for r in records if r["rank_low"] == 1))
    last = [r for r in records if r["rank_high"] == count]
    yield words["last"].format(place=count, names=named(last))
    sure = [r for r in records if r["rank_low"] == r["rank_high"]]
    yield words["certain" if sure else "no_place"].format(names=named(sure))


def trend(
    found: Trend | Mapping[Any, IkmResult], *, lang: Lang = "id", standard: SurveyStandard | None = None
) -> Figure | None:
    """Return the index of each period with its interval.

    Parameters
    ----------
    found
        What `sipukat.ikm.trend` made, or the results of one or more periods by name, in the
        order of time.
    lang
        ``"id"`` or ``"en"``.
    standard
        Whose bands lie behind the points; by default that of the results, none of a trend.

    Returns
    -------
    Figure or None
        One record a period: ``label``, ``time``, ``value``, ``low``, ``high``, ``mutu``,
        ``n``, and ``sure``: 1 where the change since the period before exceeds sampling
        error, 0 where it does not, None where it was not tested. None without a period
        that has an index.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> answers = pd.DataFrame({f"U{i}": [4, 3, 4, 2] * 10 for i in range(1, 10)})
    >>> [(row["label"], row["value"], row["sure"]) for row in trend({2025: ikm.estimate(answers)}).data]
    [('2025', Decimal('81.25'), None)]
    """
    words = words_of(lang)
    if isinstance(found, Mapping):
        records, tested = _of_results(found, lang), False
        standard = standard or next((result.standard for result in found.values()), None)
        levels = {result.confidence_level for result in found.values()}
        level = " / ".join(level_told(x, lang) for x in sorted(levels))
    else:
        records, tested = _of_trend(found, lang), True
        level = level_told(found.confidence_level, lang)
    if not records:
        return None
    caption = words["trend"].format(level=level, steps=words["steps"] if tested else "")
    told = [
        words["period"].format(
            label=r["label"],
            value=number(r["value"], lang=lang),
            between="" if r["low"] is None else words["between"].format(
                low=number(r["low"], lang=lang), high=number(r["high"], lang=lang)
            ),
        )
        for r in records
    ]  # fmt: skip
    said = "" if isinstance(found, Mapping) else f" {found.sentence(lang)}"
    return Figure(
        id="tren",
        chart="trend",
        caption=caption,
        alt=f"{'; '.join(told)}.{said}",
        axis=_axis(
            [r[key] for r in records for key in ("value", "low", "high") if r[key] is not None], standard
        ),
        bands=bands_told(standard, lang) if standard else (),
        data=tuple(records),
        lang=lang,
    )


def _of_results(found: Mapping[Any, IkmResult], lang: Lang) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for place, (period, result) in enumerate(found.items()):
        e = result.overall
        if e.published is None:
            continue
        low, high = (round_half_up(x, 2) if has_interval(e) else None for x in (e.low, e.high))
        ends = {"value": e.published, "low": low, "high": high, "mutu": e.mutu, "n": e.n}
        records.append({"label": name_told(period, lang), "time": Decimal(place), **ends, "sure": None})
    return records


def _of_trend(found: Trend, lang: Lang) -> list[dict[str, Any]]:
    return [
        {
            "label": name_told(row.period, lang),
            "time": round_half_up(row.time, 4),
            "value": row.published,
            "low": _rounded(row.low),
            "high": _rounded(row.high),
            "mutu": row.mutu,
            "n": row.n,
            "sure": int(row.change_p_holm < 1 - found.confidence_level) if place else None,
        }
        for place, row in enumerate(found.rows)
    ]


def _axis(values: Sequence[Decimal], standard: SurveyStandard | None) -> tuple[Decimal, Decimal]:
    """Return ends around the values, on round numbers and inside the scale."""
    start = Decimal(math.floor(min(values) / _STEP) * _STEP)
    end = Decimal(math.ceil(max(values) / _STEP) * _STEP)
    if standard is None:
        return start, max(end, start + _SPAN)
    factor = standard.scale.to_ikm or Fraction(1)
    low, high = (round_half_up(x * factor, 2) for x in (standard.scale.low, standard.scale.high))
    if high - low <= _SPAN:
        return low, high
    start = max(min(start, high - _SPAN), low)
    return start, min(max(end, start + _SPAN), high)


def priorities(found: Priorities, *, lang: Lang = "id") -> Figure | None:
    """Return the unsur by their value and their importance, with the cuts at both means.

    Parameters
    ----------
    found
        What `sipukat.ikm.priorities` made.
    lang
        ``"id"`` or ``"en"``.

    Returns
    -------
    Figure or None
        One record an unsur: ``label``, ``kode``, ``value``, ``low``, ``high`` (on the
        published scale), ``importance``, ``importance_low``, ``importance_high``,
        ``quadrant`` and ``sure`` (1 or 0); and one with the role ``"cut"``, the means.
        None where no importance is known.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> answers = pd.DataFrame({f"U{i}": [4, 3, 4, 3, 4, 2 + i % 3] * 5 for i in range(1, 10)})
    >>> figure = priorities(ikm.priorities(ikm.estimate(answers)))
    >>> figure.data[-1]["role"], figure.data[-1]["value"]
    ('cut', Decimal('87.50'))
    """
    rows = [row for row in found.rows if math.isfinite(row.importance)]
    if not rows:
        return None
    words, names = words_of(lang), unsur_names(found.standard, lang)
    codes = {u.key: u.code for u in found.standard.unsur}
    records: list[dict[str, Any]] = [
        {
            "label": names.get(row.unsur, row.nama),
            "kode": codes.get(row.unsur, row.unsur),
            "value": _rounded(row.nilai),
            "low": _rounded(row.low),
            "high": _rounded(row.high),
            "importance": _rounded(row.importance),
            "importance_low": _rounded(row.importance_low),
            "importance_high": _rounded(row.importance_high),
            "quadrant": _quadrant(row, lang),
            "sure": int(row.sure),
            "role": "unsur",
        }
        for row in rows
    ]
    cut = {
        "label": words["mean"],
        "value": _rounded(sum(row.nilai for row in found.rows) / len(found.rows)),
        "importance": _rounded(sum(row.importance for row in rows) / len(rows)),
        "role": "cut",
    }
    caption = words["priorities"]
    values = [r[key] for r in records for key in ("value", "low", "high") if r[key] is not None]
    return Figure(
        id="prioritas",
        chart="importance_performance",
        caption=caption,
        alt=" ".join([caption, *_priorities_alt(records, lang)]),
        axis=_axis(values, found.standard),
        data=(*records, cut),
        lang=lang,
    )


def _quadrant(row: UnsurPriority, lang: Lang) -> str:
    if row.quadrant is None:
        return ""
    return row.quadrant if lang == "id" else QUADRANTS[row.quadrant]


def _priorities_alt(records: Sequence[Mapping[str, Any]], lang: Lang) -> Iterator[str]:
    words = words_of(lang)
    for quadrant in (q if lang == "id" else english for q, english in QUADRANTS.items()):
        names = [r["label"] for r in records if r["quadrant"] == quadrant]
        if names:
            yield words["quadrant"].format(quadrant=quadrant.capitalize(), names=listing(names, lang=lang))
    unsure = [r["label"] for r in records if not r["sure"]]
    yield words["unsure" if unsure else "no_unsure"].format(names=listing(unsure, lang=lang))
