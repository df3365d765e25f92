"""`link`: surveys that met some of the same people, as one design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._text import listing, row_ranges
from sipukat._validation import kind_of, must_be
from sipukat.errors import ArgumentError, ColumnError, DesignError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.design import Design, checked_design
from sipukat.ikm.estimators import estimate
from sipukat.ikm.scan import rule_of
from sipukat.survey import Responses
from sipukat.survey.columns import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from narwhals.stable.v2.typing import IntoFrame

    from sipukat.ikm.results import IkmResult
    from sipukat.standards import SurveyStandard

_PERIOD: Final = "periode"
_TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Linked:
    """Surveys of several periods as groups of one design; made by `sipukat.ikm.link`.

    Parameters
    ----------
    result
        The estimates, one group a period.
    periods
        The periods, in the order given.
    same
        The column that links them.
    ids, shared, complete
        Its distinct values: all, those in more than one period, those in every period.
    findings
        Ids that are double, or that changed their stratum.
    """

    result: IkmResult
    periods: tuple[str | int, ...]
    same: str
    ids: int
    shared: int
    complete: int
    findings: Findings


def link(
    surveys: Mapping[Any, Responses | IntoFrame],
    *,
    same: str,
    standard: str | SurveyStandard | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
    profile: str = "exact",
    missing: str = "per_unsur",
    confidence_level: float = 0.95,
    design: Design | None = None,
) -> Linked:
    """Estimate surveys of several periods as one design, linked by who took part in them.

    Parameters
    ----------
    surveys
        Period, a text or a whole number, to its responses: `Responses`, or a pandas or Polars frame.
    same
        Column of the respondent, or of the PSU that was visited each time. It becomes the
        PSU of the one design.
    standard, order, columns, profile, missing, confidence_level
        See `sipukat.ikm.estimate`; the same for all. Where the order of the questionnaire
        changed, give `Responses` that were read each with its own.
    design
        Weights, strata and population, by columns that every survey has. Its `psu` is
        `same`.

    Returns
    -------
    Linked

    Raises
    ------
    ArgumentError
        If there are fewer than two surveys.
    ColumnError
        If a column or an id is missing, the unsur differ, or the data is no frame that rows
        can be taken from.
    DesignError
        If the design has another PSU, replicate weights or fitted weights.
    EstimationError
        If no id occurs in more than one period.

    Notes
    -----
    The rows are put under each other and the periods are domains of the one sample of ids
    (Särndal, Swensson & Wretman 1992, section 5.8): an id that occurs in two periods adds to
    both, and so to their covariance; an id that occurs once adds to one. When everyone
    answers everything in both periods, the test of the difference is the paired t-test.

    Ids count within their stratum. A population counts ids, or PSUs, not answers.

    Examples
    --------
    >>> import pandas as pd
    >>> first = pd.DataFrame({"id": [1, 2, 3, 4], **{f"U{i}": [3, 2, 4, 3] for i in range(1, 10)}})
    >>> second = pd.DataFrame({"id": [2, 3, 4, 5], **{f"U{i}": [3, 4, 4, 4] for i in range(1, 10)}})
    >>> linked = link({2024: first, 2025: second}, same="id")
    >>> linked.ids, linked.shared, linked.result[2025].published
    (5, 3, Decimal('93.75'))
    """
    must_be(Mapping, surveys, "surveys", "{period: responses}")
    if len(surveys) < _TWO:
        raise ArgumentError(f"surveys holds {len(surveys)} period; it takes at least two to be linked")
    must_be(str, same, "same", "the name of the column by which a respondent is found again")
    names = _periods(surveys)
    whole = _design(checked_design(design), same)
    rule = _rule(list(surveys.values()), standard)
    period = _free_name(_PERIOD, whole)
    parts = [
        _taken(data, name, rule, whole, same=same, order=order, columns=columns)
        for name, data in surveys.items()
    ]
    for (one, first), (other, second) in pairwise(zip(names, parts, strict=True)):
        _same_unsur(one, first, other, second, whole)
    frame = _stacked(parts, period, names)
    counts = frame.groupby(same)[period].nunique()
    shared, complete = int((counts > 1).sum()), int((counts == len(surveys)).sum())
    if not shared:
        raise EstimationError(
            f"no value of {same!r} occurs in more than one period; if others were asked each time, the "
            "samples are independent: estimate each by itself and compare the results"
        )
    result = estimate(
        frame,
        rule,
        by=period,
        design=whole,
        profile=profile,
        missing=missing,
        confidence_level=confidence_level,
    )
    return Linked(
        result=result,
        periods=names,
        same=same,
        ids=len(counts),
        shared=shared,
        complete=complete,
        findings=Findings([*_double(frame, same, period), *_moved(frame, same, period, whole)]),
    )


def _periods(surveys: Mapping[Any, object]) -> tuple[str | int, ...]:
    for name in surveys:
        if isinstance(name, bool) or not isinstance(name, str | int):
            raise ArgumentError(f"period {name!r} is {kind_of(name)}; name it by a text or a whole number")
    return tuple(surveys)


def _stacked(parts: Sequence[pd.DataFrame], period: str, names: Sequence[str | int]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.concat(parts, ignore_index=True)
    frame[period] = [name for name, part in zip(names, parts, strict=True) for _ in range(len(part))]
    return frame


def _design(design: Design, same: str) -> Design:
    if design.psu is not None and design.psu != same:
        raise DesignError(
            f"design has psu={design.psu!r} and same={same!r}: one of them is the primary unit. Where the "
            f"same PSUs were visited each time use same={design.psu!r}, which covers those met within them"
        )
    for name in ("replicate_weights", "calibration"):
        if getattr(design, name) is not None:
            raise DesignError(
                f"design has {name}=, which was made for one survey and says nothing of those who answered "
                "twice; leave it out, and the variance is a little larger"
            )
    return Design.model_validate({**design.model_dump(), "psu": same})


def _rule(surveys: list[Any], standard: str | SurveyStandard | None) -> SurveyStandard:
    rules = [rule_of(data, standard) for data in surveys]
    held = [data.standard for data in surveys if isinstance(data, Responses)]
    if standard is None and held:
        rules = [data.standard if isinstance(data, Responses) else held[0] for data in surveys]
    ids = tuple(dict.fromkeys(rule.id for rule in rules))
    if len(ids) > 1:
        raise ColumnError(
            f"the surveys follow different standards ({', '.join(ids)})",
            "",
            "Rows of one questionnaire can be linked; compare the results of the others.",
        )
    return rules[0] if not isinstance(standard, str) else standards.survey(standard)


def _free_name(name: str, design: Design) -> str:
    while name in design.columns:
        name = f"_{name}"
    return name


def _taken(
    data: Any,
    period: str | int,
    rule: SurveyStandard,
    design: Design,
    *,
    same: str,
    order: str | Sequence[str] | None,
    columns: Mapping[str, str] | None,
) -> pd.DataFrame:
    """Take the unsur under their names, and the columns of the design, from one survey."""
    frame = data.frame if isinstance(data, Responses) else _pandas(data, period)
    lacking = [name for name in design.columns if name not in frame.columns]
    if lacking:
        raise ColumnError(
            f"no column is named {', '.join(map(repr, lacking))}",
            f"period {period!r}",
            f"Columns: {listing(frame.columns, lang='en', most=30)}.",
        )
    if isinstance(data, Responses):
        unsur: Mapping[str, str] = {name: name for name in data.unsur}
    else:
        others = [name for name in frame.columns if name not in design.columns]
        unsur = resolve(others, rule, order=order, columns=columns).unsur
    clash = set(unsur.values()) & set(design.columns)
    if clash:
        raise ColumnError(
            f"column {min(clash)!r} has the name of an unsur", f"period {period!r}", "Rename it."
        )
    _check_ids(frame, same, period, labelled=isinstance(data, Responses))
    return frame[[*unsur, *design.columns]].rename(columns=dict(unsur))


def _pandas(data: Any, period: str | int) -> pd.DataFrame:
    """Return a pandas frame of the data; other engines hold no rows that could be stacked here."""
    import narwhals.stable.v2 as nw
    import pandas as pd

    if isinstance(data, pd.DataFrame):
        return data
    if type(data).__module__.partition(".")[0] == "polars" and hasattr(data, "height"):
        held = nw.from_native(data, eager_only=True)
        cells = {
            name: held[name].to_numpy() if held[name].dtype.is_numeric() else pd.Series(held[name].to_list())
            for name in held.columns
        }
        return pd.DataFrame(cells)
    raise ColumnError(
        f"{kind_of(data)} holds no rows that can be linked",
        f"period {period!r}",
        "With same=, give Responses or a pandas or Polars DataFrame.",
    )


def _check_ids(frame: pd.DataFrame, same: str, period: str | int, *, labelled: bool) -> None:
    empty = frame[same].isna() | frame[same].map(lambda cell: isinstance(cell, str) and not cell.strip())
    if not empty.any():
        return
    places = empty.to_numpy().nonzero()[0]
    index: list[Any] = frame.index.tolist()
    rows = [int(index[i]) if labelled else i + 1 for i in places[:10].tolist()]
    raise ColumnError(
        f"{len(places)} respondents have no {same!r}, first at rows {row_ranges(rows)}",
        f"period {period!r}",
        "Whoever cannot be recognised cannot be linked: fill the ids in, or leave those rows out.",
    )


def _same_unsur(
    one: str | int, first: pd.DataFrame, other: str | int, second: pd.DataFrame, design: Design
) -> None:
    mine, theirs = ([name for name in part.columns if name not in design.columns] for part in (first, second))
    if set(mine) != set(theirs):
        odd = [name for name in (*mine, *theirs) if (name in mine) != (name in theirs)]
        raise ColumnError(
            f"the surveys of {one!r} and {other!r} have different unsur: {', '.join(odd)}",
            "",
            "Read both with order= so that U8 and U9 have their meaning, or compare the results.",
        )
    same = str(design.psu)
    kinds = [part[same].map(lambda cell: isinstance(cell, str)).any() for part in (first, second)]
    if kinds[0] != kinds[1]:
        text, numbers = (one, other) if kinds[0] else (other, one)
        raise ColumnError(
            f"column {same!r} is text in {text!r} and numbers in {numbers!r}, so no id can be found again",
            "",
            "Give both the same kind.",
        )


def _double(frame: pd.DataFrame, same: str, period: str) -> list[Finding]:
    """Say which periods hold an id more than once; how many, never which."""
    found = []
    for name, part in frame.groupby(period, sort=False):
        counts = part[same].value_counts()
        double = counts[counts > 1]
        if len(double):
            found.append(
                Finding.of("IKM645", period=str(name), column=same, ids=len(double), rows=int(double.sum()))
            )
    return found


def _moved(frame: pd.DataFrame, same: str, period: str, design: Design) -> list[Finding]:
    if not design.strata:
        return []
    held = frame[[same, period]].assign(stratum=frame.groupby(list(design.strata), dropna=False).ngroup())
    per = held.groupby(same).agg({"stratum": "nunique", period: "nunique"})
    moved = int(((per["stratum"] > 1) & (per[period] > 1)).sum())
    return [Finding.of("IKM647", ids=moved, column=same)] if moved else []
