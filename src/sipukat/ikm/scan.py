"""From a dataframe of any engine to `Moments`, in one pass.

In memory, columns become small integers and the kernel counts them. On a lazy or remote
engine only distinct answer patterns with their counts come back: the one expression that
every engine computes alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np

from sipukat import standards
from sipukat._text import listing
from sipukat.errors import AnswerError, ColumnError, DesignError, EstimationError
from sipukat.ikm.by_row import with_rows
from sipukat.ikm.design import Design
from sipukat.ikm.encoding import factorize, scores, weights
from sipukat.ikm.grid import Grid, Plan
from sipukat.ikm.kernel import CHUNK
from sipukat.ikm.moments import Moments, merge
from sipukat.ikm.patterns import Patterns, bits_per_answer, count_patterns, unpack
from sipukat.survey import Responses
from sipukat.survey.columns import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame
    from numpy.typing import NDArray

    from sipukat.ikm.encoding import Factor
    from sipukat.standards import SurveyStandard


def moments(
    data: Responses | Moments | IntoFrame,
    standard: str | SurveyStandard | None = None,
    *,
    by: str | Sequence[str] = (),
    design: Design | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Moments:
    """Sum a survey by group, on whatever engine holds it.

    Parameters
    ----------
    data
        Responses; or a pandas, Polars (eager or lazy), PyArrow, DuckDB, PySpark or Dask
        frame with one row a respondent and scores as numbers; or moments.
    standard
        The survey standard; that of the responses, else ``"permenpanrb-14-2017"``.
    by
        Columns (or roles, such as ``"unit"``) whose values are the groups.
    design
        How respondents were drawn.
    order, columns
        Which unsur U8 and U9 are, and which columns hold which unsur; see
        `sipukat.read_survey`.

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
    names = (by,) if isinstance(by, str) else tuple(by)
    if isinstance(data, Moments):
        return _checked_moments(data, standard, names, design)
    design = design or Design()
    rule = rule_of(data, standard)
    if isinstance(data, Responses):
        unsur: Mapping[str, str] = {name: name for name in data.unsur}
        names = tuple(_column_of_role(data, name) for name in names)
        frame: Any = nw.from_native(data.frame)
    else:
        frame = _framed(data)
        found = frame.collect_schema().names()
        taken = {*names, *design.columns}
        unsur = resolve([n for n in found if n not in taken], rule, order=order, columns=columns).unsur
    plan = Plan(rule=rule, unsur=unsur, by=names, design=design)
    plan.check(frame.collect_schema().names())
    if isinstance(frame, nw.LazyFrame):
        if not plan.by_row:
            return _from_lazy(frame, plan)
        frame = frame.select(*dict.fromkeys((*plan.keys, *plan.unsur, *design.columns))).collect()
    return _from_eager(frame, plan)


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


def _framed(data: Any) -> Any:
    try:
        return nw.from_native(data)
    except TypeError as failure:
        raise ColumnError(
            f"{type(data).__name__} is no dataframe that is known",
            "",
            "Give pandas, Polars, PyArrow, DuckDB, PySpark or Dask data, or sipukat.read_survey(path).",
        ) from failure


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


def _from_eager(frame: nw.DataFrame[Any], plan: Plan) -> Moments:
    low, high = plan.rule.scale.low, plan.rule.scale.high
    answers = [scores(frame.get_column(c), name=c, low=low, high=high) for c in plan.unsur]
    inner = plan.within()
    keys = dict.fromkeys((*plan.keys, *(inner.keys if inner else ())))
    factors = {key: factorize(frame.get_column(key)) for key in keys}
    w = None
    if plan.design.weight:
        w = weights(frame.get_column(plan.design.weight), name=plan.design.weight)
    whole = _summed(plan, answers, factors, w)
    if inner is not None:
        second = _summed(inner, answers, factors, w)
        whole = replace(whole, within=with_rows(second, frame, inner, answers, factors))
    return with_rows(whole, frame, plan, answers, factors)


def _summed(
    plan: Plan,
    answers: Sequence[NDArray[np.int8]],
    factors: Mapping[str, Factor],
    w: NDArray[np.float64] | None,
) -> Moments:
    """Count patterns a piece at a time, and add their sums."""
    high = plan.rule.scale.high
    grid = Grid.of(plan, factors)
    rows_in_all = len(answers[0]) if answers else 0
    cell = grid.cells(factors, rows_in_all)
    parts = []
    for start in range(0, max(rows_in_all, 1), CHUNK):
        rows = slice(start, start + CHUNK)
        counted = count_patterns(
            cell[rows],
            [a[rows] for a in answers],
            high=high,
            n_cells=grid.size,
            weight=None if w is None else w[rows],
        )
        parts.append(grid.moments(*counted))
    return parts[0] if len(parts) == 1 else merge(parts)


def _from_lazy(frame: nw.LazyFrame[Any], plan: Plan) -> Moments:
    bits = bits_per_answer(plan.rule.scale.high)
    if bits * len(plan.unsur) > 62:  # noqa: PLR2004  one signed integer
        needed = (*plan.keys, *plan.unsur, *((plan.design.weight,) if plan.design.weight else ()))
        return _from_eager(frame.select(*dict.fromkeys(needed)).collect(), plan)
    schema = frame.collect_schema()
    code = _packed(plan, schema, bits)
    counts = [nw.len().alias("__n")]
    taken = [*map(nw.col, plan.keys), code.alias("__code")]
    if plan.design.weight:
        weight = nw.col(plan.design.weight).cast(nw.Float64())
        taken += [weight.alias("__w"), (weight * weight).alias("__w2")]
        held, low = nw.col("__w").count().alias("__held"), nw.col("__w").min().alias("__low")
        counts += [nw.col("__w").sum(), nw.col("__w2").sum(), held, low]
    table = frame.select(*taken).group_by([*plan.keys, "__code"]).agg(*counts).collect()
    packed = np.asarray(table.get_column("__code").to_numpy(), dtype=np.int64)
    answers = np.empty((len(plan.unsur), len(packed)), dtype=np.int8)
    unpack([packed], bits=bits, out=answers)
    _refuse_marked(frame, plan, answers, mark=(1 << bits) - 1)
    factors = {key: factorize(table.get_column(key)) for key in plan.keys}
    grid = Grid.of(plan, factors)
    found = Patterns(
        cell=grid.cells(factors, len(table)).astype(np.int64),
        words=(packed,),
        bits=bits,
        k=len(plan.unsur),
        count=np.asarray(table.get_column("__n").to_numpy(), dtype=np.int64),
        **_summed_weights(table, plan),
    )
    order = np.lexsort((packed, found.cell, (answers == 0).any(axis=0)))
    split = int((answers > 0).all(axis=0).sum())
    return grid.moments(found.take(order[:split]), found.take(order[split:]))


def _summed_weights(table: nw.DataFrame[Any], plan: Plan) -> dict[str, NDArray[np.float64]]:
    if not plan.design.weight:
        return {}
    lowest, total, squares, held, count = (
        np.asarray(table.get_column(name).to_numpy(), dtype=np.float64)
        for name in ("__low", "__w", "__w2", "__held", "__n")
    )
    if not (np.isfinite(total) & (lowest > 0) & (held == count)).all():
        raise DesignError(f"weight column {plan.design.weight!r} has weights that are not finite and above 0")
    return {"weight": total, "weight2": squares}


def _packed(plan: Plan, schema: Any, bits: int) -> nw.Expr:
    """Pack the answers of a row into one integer; what is no answer gets the highest mark."""
    low, high, mark = plan.rule.scale.low, plan.rule.scale.high, (1 << bits) - 1
    code: nw.Expr | None = None
    for place, name in enumerate(plan.unsur):
        dtype = schema[name]
        if not dtype.is_numeric():
            raise AnswerError(
                f"answers are {dtype}, not numbers", f"column {name!r}", f"Give numbers {low} to {high}."
            )
        column = nw.col(name)
        known = column == low
        for score in range(low + 1, high + 1):
            known = known | (column == score)
        empty = column.is_null() | column.is_nan() if dtype.is_float() else column.is_null()
        other = nw.when(empty).then(nw.lit(0)).otherwise(nw.lit(mark))
        answer = nw.when(known).then(column).otherwise(other).cast(nw.Int64()) * (1 << (bits * place))
        code = answer if code is None else code + answer
    if code is None:
        raise EstimationError("a survey without unsur has no index")
    return code


def _refuse_marked(frame: nw.LazyFrame[Any], plan: Plan, answers: NDArray[np.int8], *, mark: int) -> None:
    for name, seen in zip(plan.unsur, answers, strict=True):
        if (seen == mark).any():  # one more look at that column alone, to name the values
            scores(
                frame.select(name).collect().get_column(name),
                name=name,
                low=plan.rule.scale.low,
                high=plan.rule.scale.high,
            )
