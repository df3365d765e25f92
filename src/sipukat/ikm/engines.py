"""How the rows of each engine become moments.

Frames in memory are counted by the kernel; frames that this machine reads, a piece at a
time; Dask sums each partition where it lies; Spark and the like count distinct answer
patterns, the one expression that every engine computes alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals.stable.v2 as nw
import numpy as np

from sipukat._validation import kind_of
from sipukat.errors import AnswerError, ColumnError, DesignError, EstimationError
from sipukat.ikm.batches import arrow_batches, batches, is_arrow_stream, is_dask
from sipukat.ikm.by_row import with_rows
from sipukat.ikm.encoding import scores, weights
from sipukat.ikm.factors import factorize
from sipukat.ikm.grid import Grid, Plan
from sipukat.ikm.kernel import CHUNK
from sipukat.ikm.moments import Moments, merge
from sipukat.ikm.patterns import Patterns, bits_per_answer, count_patterns, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.factors import Factor

Progress: TypeAlias = Callable[[int], None]
"""What is told how many rows have been summed."""


def summed(frame: Any, plan: Plan, progress: Progress | None = None) -> Moments:
    """Sum a frame of any engine, by the way that suits it.

    Parameters
    ----------
    frame
        A narwhals frame; or a Dask frame, an Arrow dataset or a record batch reader.
    plan
        Which columns are read as what.
    progress
        Called with the number of rows summed so far.
    """
    needed = list(dict.fromkeys((*plan.keys, *plan.unsur, *plan.design.columns)))
    if is_arrow_stream(frame):
        pieces = arrow_batches(frame, needed)
        return _whole(pieces, plan, progress) if plan.by_row else _from_pieces(pieces, plan, progress)
    if is_dask(frame):
        return _from_dask(frame[needed], plan)
    if not isinstance(frame, nw.LazyFrame):
        return _from_eager(frame, plan, progress)
    if plan.by_row:
        return _from_eager(frame.select(*needed).collect(), plan, progress)
    held = batches(frame, needed)
    return _from_pushed(frame, plan) if held is None else _from_pieces(held, plan, progress)


def framed(data: Any) -> Any:
    """Return data as a narwhals frame, or as they are where their pieces are read directly.

    Raises
    ------
    ColumnError
        If no engine is known that holds such data.
    """
    if is_arrow_stream(data) or is_dask(data):
        return data
    try:
        return nw.from_native(data)
    except TypeError as failure:
        raise ColumnError(
            f"{kind_of(data)} is no dataframe that is known",
            "",
            "Give sipukat.read_survey(path).responses, or pandas, Polars, Arrow, DuckDB, Spark or Dask data.",
        ) from failure


def column_names(frame: Any) -> list[str]:
    """Return the columns of what `framed` returns."""
    if is_dask(frame):
        return list(map(str, frame.columns))
    return list(frame.schema.names if is_arrow_stream(frame) else frame.collect_schema().names())


def _whole(pieces: Iterator[nw.DataFrame[Any]], plan: Plan, progress: Progress | None) -> Moments:
    """Put pieces together, for designs whose categories must all be seen at once."""
    return _from_eager(nw.concat(list(pieces), how="vertical"), plan, progress)


def _from_pieces(pieces: Iterator[nw.DataFrame[Any]], plan: Plan, progress: Progress | None) -> Moments:
    """Sum one piece after the other: memory for one, and no order among them."""
    out: Moments | None = None
    rows, piece = 0, None
    for piece in pieces:
        if not len(piece):
            continue
        try:
            found = _from_eager(piece, plan, alone=out is None or out.pending is not None)
        except AnswerError as failure:
            if not rows:
                raise
            counted = f"{failure.problem} (rows counted from row {rows + 1} on)"
            raise AnswerError(counted, failure.where, failure.remedy) from failure
        out = found if out is None else merge([out, found])
        rows += len(piece)
        if progress is not None:
            progress(rows)
    if out is None and piece is not None:
        return _from_eager(piece, plan)
    if out is None:
        raise EstimationError("there is no row, so there is nothing to sum; check the filter before it")
    return out


def _from_dask(frame: Any, plan: Plan) -> Moments:
    """Sum every partition where it lies, and merge eight at a time."""
    if plan.by_row:
        return _from_eager(nw.from_native(frame.compute(), eager_only=True), plan)
    from dask.base import compute
    from dask.delayed import delayed

    parts = [delayed(_from_partition)(partition, plan) for partition in frame.to_delayed()]
    while len(parts) > 1:
        parts = [delayed(merge)(parts[at : at + 8]) for at in range(0, len(parts), 8)]
    found: tuple[Moments] = compute(*parts)  # type: ignore[no-untyped-call]
    return found[0]


def _from_partition(partition: Any, plan: Plan) -> Moments:
    return _from_eager(nw.from_native(partition, eager_only=True), plan, alone=False)


def _from_eager(
    frame: nw.DataFrame[Any], plan: Plan, progress: Progress | None = None, *, alone: bool = True
) -> Moments:
    """Sum a frame in memory; at once, where it is not alone and is added to sums."""
    low, high = plan.rule.scale.low, plan.rule.scale.high
    answers = [scores(frame.get_column(c), name=c, low=low, high=high) for c in plan.unsur]
    inner = plan.within()
    keys = dict.fromkeys((*plan.keys, *(inner.keys if inner else ())))
    factors = {key: factorize(frame.get_column(key)) for key in keys}
    w = None
    if plan.design.weight:
        w = weights(frame.get_column(plan.design.weight), name=plan.design.weight)
    whole = _summed(plan, answers, factors, w, progress, alone=alone)
    if inner is not None:
        second = _summed(inner, answers, factors, w)
        whole = replace(whole, within=with_rows(second, frame, inner, answers, factors))
    return with_rows(whole, frame, plan, answers, factors)


def _summed(
    plan: Plan,
    answers: Sequence[NDArray[np.int8]],
    factors: Mapping[str, Factor],
    w: NDArray[np.float64] | None,
    progress: Progress | None = None,
    *,
    alone: bool = False,
) -> Moments:
    """Count patterns a piece at a time, and add their sums."""
    high = plan.rule.scale.high
    grid = Grid.of(plan, factors)
    rows_in_all = len(answers[0]) if answers else 0
    cell = grid.cells(factors, rows_in_all)
    waiting = grid.waiting(cell, answers) if alone and w is None else None
    if waiting is not None:
        if progress is not None:
            progress(rows_in_all)
        return waiting
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
        if progress is not None:
            progress(min(start + CHUNK, rows_in_all))
    return parts[0] if len(parts) == 1 else merge(parts)


def _from_pushed(frame: nw.LazyFrame[Any], plan: Plan) -> Moments:
    """Ask the engine to count answer patterns, and sum those."""
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
    answers: list[nw.Expr] = []
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
        answer = nw.when(known).then(column).otherwise(other).cast(nw.Int64())
        answers.append(answer * (1 << (bits * place)))
    return reduce(operator.add, answers)


def _refuse_marked(frame: nw.LazyFrame[Any], plan: Plan, answers: NDArray[np.int8], *, mark: int) -> None:
    for name, seen in zip(plan.unsur, answers, strict=True):
        if (seen == mark).any():  # one more look at that column alone, to name the values
            scores(
                frame.select(name).collect().get_column(name),
                name=name,
                low=plan.rule.scale.low,
                high=plan.rule.scale.high,
            )
