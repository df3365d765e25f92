"""Pieces of a frame that is not in memory, as its engine hands them over.

On one machine the engine only reads and projects columns; the kernel counts each piece.
That is several times as fast as any expression of the sums in the engine, and needs the
memory of one piece. Engines that count on other machines are asked to count patterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PIECE: Final = 1 << 18
"""Rows read at a time: larger pieces are some percent faster, and take twice the memory."""


def batches(frame: nw.LazyFrame[Any], columns: Sequence[str]) -> Iterator[nw.DataFrame[Any]] | None:
    """Yield a frame that this machine reads, a piece at a time; None where the engine should count.

    Parameters
    ----------
    frame
        A lazy Polars frame or a DuckDB relation is read here; anything else is not.
    columns
        The columns that are needed; no other is read.
    """
    native = frame.select(*columns).to_native()
    if frame.implementation.is_polars() and hasattr(native, "collect_batches"):  # from 1.34 on
        return map(nw.from_native, native.collect_batches(chunk_size=PIECE))
    if frame.implementation.is_duckdb() and _has_arrow():
        read = getattr(native, "to_arrow_reader", None) or native.fetch_record_batch  # the name before 1.4
        return _from_arrow(read(PIECE))
    return None


def _has_arrow() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def _from_arrow(batches: Iterable[Any]) -> Iterator[nw.DataFrame[Any]]:
    """Put small batches together: every piece costs as much as its groups do."""
    import pyarrow as pa

    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(map(len, held)) >= PIECE:
            yield nw.from_native(pa.Table.from_batches(held), eager_only=True)
            held = []
    if held:
        yield nw.from_native(pa.Table.from_batches(held), eager_only=True)


def arrow_batches(data: Any, columns: Sequence[str] | None = None) -> Iterator[nw.DataFrame[Any]]:
    """Yield an Arrow dataset or record batch reader, a piece at a time."""
    return _from_arrow(_read(data, columns) if hasattr(data, "to_batches") else data)


def _read(data: Any, columns: Sequence[str] | None) -> Iterator[Any]:
    """Read a dataset, Parquet one row group after the other.

    A scan of the whole reads ahead up to a gigabyte where sums take longer than reading.
    """
    how: dict[str, Any] = {"columns": columns, "batch_size": PIECE}
    parquet = getattr(getattr(data, "format", None), "default_extname", "") == "parquet"
    if not parquet or getattr(data, "_scan_options", None):  # a filter belongs to the scan of the whole
        yield from data.to_batches(**how, batch_readahead=0, fragment_readahead=0)
        return
    for fragment in data.get_fragments():
        for group in fragment.split_by_row_group():
            yield from group.to_batches(schema=data.schema, **how)


def is_dask(data: object) -> bool:
    """Say whether `data` is a Dask frame, whose partitions are summed where they lie."""
    return type(data).__module__.startswith("dask.") and hasattr(data, "to_delayed")


def is_arrow_stream(data: object) -> bool:
    """Say whether `data` is an Arrow dataset or record batch reader, which narwhals does not take."""
    kind = type(data)
    return kind.__module__.startswith(("pyarrow._dataset", "pyarrow.lib")) and any(
        base.__name__ in {"Dataset", "RecordBatchReader"} for base in kind.__mro__
    )
