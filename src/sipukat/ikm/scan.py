"""`moments`: from a dataframe of any engine to sums, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sipukat import standards
from sipukat._text import listing
from sipukat._validation import names_of
from sipukat.errors import ColumnError, EstimationError
from sipukat.ikm.design import checked_design
from sipukat.ikm.engines import column_names, framed, summed
from sipukat.ikm.grid import Plan
from sipukat.ikm.moments import Moments
from sipukat.survey import Responses
from sipukat.survey.columns import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame

    from sipukat.ikm.design import Design
    from sipukat.ikm.engines import Progress
    from sipukat.standards import SurveyStandard


def moments(
    data: Responses | Moments | IntoFrame,
    standard: str | SurveyStandard | None = None,
    *,
    by: str | Sequence[str] = (),
    design: Design | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Moments:
    """Sum a survey by group, on whatever engine holds it.

    Parameters
    ----------
    data
        Responses; or a pandas, Polars (eager or lazy), PyArrow, DuckDB, PySpark or Dask
        frame with one row a respondent and scores as numbers; or moments. Lazy frames,
        relations and Arrow datasets larger than memory are read a piece at a time.
    standard
        The survey standard; that of the responses, else ``"permenpanrb-14-2017"``.
    by
        Columns (or roles, such as ``"unit"``) whose values are the groups.
    design
        How respondents were drawn.
    order, columns
        Which unsur U8 and U9 are, and which columns hold which unsur; see
        `sipukat.read_survey`.
    progress
        Called with the number of rows summed so far, after each piece; not where an engine
        counts by itself.

    Returns
    -------
    Moments

    Raises
    ------
    ColumnError
        If unsur or group columns are missing or ambiguous.
    AnswerError
        If answers lie outside the scale; they are never scaled or turned into 0 or 1.
    DesignError
        If weights, strata or populations make no sense.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"unit": ["A", "A", "B"], **{f"U{i}": [4, 3, 2] for i in range(1, 10)}})
    >>> sums = moments(frame, by="unit")
    >>> sums.groups, sums.n.tolist()
    ((('A',), ('B',)), [2, 1])
    """
    names = names_of(by, "by")
    if isinstance(data, Moments):
        return _checked_moments(data, standard, names, design)
    design = checked_design(design)
    rule = rule_of(data, standard)
    if isinstance(data, Responses):
        unsur: Mapping[str, str] = {name: name for name in data.unsur}
        names = tuple(_column_of_role(data, name) for name in names)
        frame: Any = nw.from_native(data.frame)
    else:
        frame = framed(data)
        found = column_names(frame)
        taken = {*names, *design.columns}
        unsur = resolve([n for n in found if n not in taken], rule, order=order, columns=columns).unsur
    plan = Plan(rule=rule, unsur=unsur, by=names, design=design)
    plan.check(column_names(frame))
    return summed(frame, plan, progress)


def rule_of(data: object, standard: str | SurveyStandard | None) -> SurveyStandard:
    """Return the standard that was asked for, that of the responses, or the national one."""
    asked = standards.survey(standard) if standard is not None else None
    if isinstance(data, Responses):
        if asked is not None and asked.id != data.standard.id:
            raise ColumnError(
                f"the responses were read under {data.standard.id}, not {asked.id}",
                "",
                f"Read the file with read_survey(..., standard={asked.id!r}).",
            )
        return data.standard
    return asked or standards.survey("permenpanrb-14-2017")


def _column_of_role(data: Responses, name: str) -> str:
    if name in data.frame.columns:
        return name
    found = [column for column, role in data.roles.items() if role == name]
    if len(found) == 1:
        return found[0]
    known = [*data.roles, *sorted(set(data.roles.values()))]
    problem = (
        f"no column or role is named {name!r}" if not found else f"the role {name!r} has {len(found)} columns"
    )
    raise ColumnError(problem, "", f"Known: {listing(known, lang='en', most=30)}.")


def _checked_moments(
    data: Moments, standard: str | SurveyStandard | None, by: tuple[str, ...], design: Design | None
) -> Moments:
    if standard is not None and standards.survey(standard).id != data.standard:
        raise EstimationError(
            f"the moments were taken under {data.standard}, not {standards.survey(standard).id}"
        )
    if by and by != data.by:
        raise EstimationError(
            f"the moments were taken by {data.by}, not by {by}: they hold no rows to regroup"
        )
    if design is not None and design != data.design:
        raise EstimationError(
            "the moments were taken under another design; they hold no rows to weight again"
        )
    return data
