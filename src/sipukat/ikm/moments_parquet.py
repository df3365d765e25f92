"""Moments as a Parquet file, for surveys whose sums are many.

One row for each number, one row group for each array; what is no array (names, groups,
design) stands in the metadata of the file, as JSON. Numbers keep their bits, and each page
has a checksum, and the JSON its digest.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import fields, is_dataclass
from hashlib import sha256
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._require import require
from sipukat._validation import must_be
from sipukat.errors import EstimationError, PublishError
from sipukat.ikm.checked_sums import check_sums
from sipukat.ikm.clusters import Clusters
from sipukat.ikm.design import Design
from sipukat.ikm.fitted import Fitted
from sipukat.ikm.moments import Moments
from sipukat.ikm.plain import plain
from sipukat.ikm.replicates import Replicated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

FORMAT: Final = "urn:sipukat:moments-parquet:1"

_KEY: Final = b"sipukat"
_DIGEST: Final = b"sipukat-sha256"
_MOST: Final = 1 << 28
"""Numbers in a file that is read: a nation has a tenth of it, a bomb has more."""

_PARTS: Final[dict[str, type[Any]]] = {
    "within": Moments,
    "clusters": Clusters,
    "fitted": Fitted,
    "replicates": Replicated,
}
_TUPLES: Final = {"unsur", "by", "groups", "strata", "keys", "names"}


def write_parquet(moments: Moments, path: str | Path) -> None:
    """Write moments as a Parquet file; what stood there before is replaced, or left whole.

    Parameters
    ----------
    moments
        The sums.
    path
        Where to.

    Raises
    ------
    MissingExtraError
        If pyarrow is absent.
    OSError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> from sipukat import ikm
    >>> sums = ikm.moments(pd.DataFrame({f"U{i}": [3, 4] for i in range(1, 10)}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_parquet(sums, f"{folder}/jumlah.parquet")
    ...     read_parquet(f"{folder}/jumlah.parquet") == sums
    True
    """
    must_be(Moments, moments, "moments", "Moments, e.g. result.moments")
    pa, pq = _arrow()
    arrays = dict(_arrays(moments))
    header = {
        "format": FORMAT,
        "shapes": {name: [values.dtype.kind, *values.shape] for name, values in arrays.items()},
        "moments": _header(moments),
    }
    text = json.dumps(header, allow_nan=False).encode()
    schema = pa.schema(
        [("array", pa.string()), ("whole", pa.int64()), ("real", pa.float64())],
        metadata={_KEY: text, _DIGEST: sha256(text).hexdigest().encode()},
    )
    place = Path(path)
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            with pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer:
                for name, values in arrays.items():
                    if values.size:
                        writer.write_table(_rows(pa, schema, name, values), row_group_size=values.size)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as failure:
        raise PublishError(str(place), failure.strerror or str(failure)) from failure
    finally:
        beside.unlink(missing_ok=True)


def read_parquet(path: str | Path) -> Moments:
    """Read moments that `write_parquet` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Moments
        Equal to what was written, bit for bit.

    Raises
    ------
    FileNotFoundError
        If there is no file.
    EstimationError
        If the file is no Parquet file, holds no moments of this version, or its parts do not
        fit together.
    MissingExtraError
        If pyarrow is absent.
    """
    pa, pq = _arrow()
    try:
        with (
            Path(path).open("rb") as opened,
            pq.ParquetFile(opened, page_checksum_verification=True) as file,
        ):
            header = _checked_header(file.schema_arrow.metadata or {})
            arrays = _read_arrays(file, _checked_shapes(header["shapes"]))
        found: Moments = _restored(Moments, header["moments"], arrays, "")
        check_sums(found)
    except FileNotFoundError:
        raise
    except (
        pa.ArrowException,
        OSError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as failure:
        raise EstimationError(f"{path}: not moments in the format {FORMAT!r}: {failure}") from failure
    return found


def _arrow() -> tuple[Any, Any]:
    purpose = "Moments as Parquet"
    return require("pyarrow", extra="arrow", purpose=purpose), require(
        "pyarrow.parquet", extra="arrow", purpose=purpose
    )


def _arrays(record: Any, prefix: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            yield prefix + field.name, value
        elif is_dataclass(value):
            yield from _arrays(value, f"{prefix}{field.name}.")


def _header(record: Any) -> dict[str, Any]:
    """Return what is no array; an array is only named."""
    out: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            continue
        out[field.name] = _header(value) if is_dataclass(value) else plain(value)
    return out


def _rows(pa: Any, schema: Any, name: str, values: NDArray[Any]) -> Any:
    flat = np.ascontiguousarray(values).ravel()
    empty = pa.nulls(len(flat))
    whole = values.dtype.kind == "i"
    numbers = pa.array(flat.astype(np.int64 if whole else np.float64, copy=False))
    columns = [pa.array([name]).take(pa.array(np.zeros(len(flat), dtype=np.int64)))]
    columns += [numbers, empty.cast(pa.float64())] if whole else [empty.cast(pa.int64()), numbers]
    return pa.Table.from_arrays(columns, schema=schema)


def _checked_header(metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    if _KEY not in metadata:
        raise ValueError("a Parquet file of something else")
    if metadata.get(_DIGEST) != sha256(metadata[_KEY]).hexdigest().encode():
        raise ValueError("its header is damaged")
    header = json.loads(metadata[_KEY])
    if header["format"] != FORMAT:
        raise ValueError(f"the format {str(header['format'])[:60]!r}")
    return dict(header)


def _checked_shapes(shapes: Mapping[str, Any]) -> dict[str, tuple[str, tuple[int, ...]]]:
    out = {}
    for name, (kind, *shape) in shapes.items():
        if kind not in ("i", "f") or not shape or not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError(f"the array {name!r} has no shape")
        out[name] = kind, tuple(shape)
    return out


def _read_arrays(file: Any, shapes: Mapping[str, tuple[str, tuple[int, ...]]]) -> dict[str, NDArray[Any]]:
    """Read the arrays, in the order and of the shapes that the header states.

    Nothing is read before the sizes agree: what a file claims costs no memory.
    """
    sizes = {name: prod(shape) for name, (_, shape) in shapes.items()}
    stated = [size for size in sizes.values() if size]
    count = file.metadata.num_row_groups
    held = [file.metadata.row_group(at).num_rows for at in range(count)]
    if held != stated or sum(held) > _MOST:
        raise ValueError(f"its {sum(held)} numbers are not those that it states, or more than {_MOST}")
    out = {}
    places = iter(range(count))
    for name, (kind, shape) in shapes.items():
        column = "whole" if kind == "i" else "real"
        out[name] = np.zeros(shape, dtype=np.int64 if kind == "i" else np.float64)
        if sizes[name]:
            rows = file.read_row_group(next(places), columns=["array", column])
            if rows.column("array").unique().to_pylist() != [name] or rows.column(column).null_count:
                raise ValueError(f"the rows of {name!r} are not where they should be")
            out[name] = rows.column(column).to_numpy().reshape(shape).copy()
    return out


def _restored(kind: type[Any], held: Mapping[str, Any], arrays: Mapping[str, Any], prefix: str) -> Any:
    out: dict[str, Any] = {}
    for field in fields(kind):
        name = field.name
        if prefix + name in arrays:
            out[name] = arrays[prefix + name]
            continue
        if name not in held:  # a part that is newer than the file
            continue
        value = held[name]
        if name in _PARTS and value is not None:
            value = _restored(_PARTS[name], value, arrays, f"{prefix}{name}.")
        elif name == "design":
            value = Design.model_validate(value)
        elif name in _TUPLES:
            value = tuple(tuple(item) if isinstance(item, list) else item for item in held[name])
        out[name] = value
    return kind(**out)
