"""Records of arrays as plain data for JSON, and back."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from sipukat._model import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

_WHOLE: Final = {"group", "stratum", "n", "n_complete", "cell", "psu"}
"""Arrays of whole numbers, also when they are empty."""

_TUPLES: Final = {"unsur", "by", "groups", "strata", "keys", "names"}


def plain(value: Any) -> Any:
    """Return a record as dicts, lists, numbers and text; an infinite number as None.

    Examples
    --------
    >>> plain(np.array([[1.5, 2.0]])), plain((np.int64(3), float("inf")))
    ([[1.5, 2.0]], [3, None])
    """
    if isinstance(value, Record):
        return value.model_dump(mode="json")
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, np.ndarray):
        if not value.size:
            return {"shape": list(value.shape)}  # a list of nothing would lose its width
        if value.dtype.kind != "f" or np.isfinite(value).all():
            return value.tolist()
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and np.isinf(value) else value


def restored(kind: type[T], held: dict[str, Any], nested: dict[str, type[Any]]) -> T:
    """Make a record of arrays from plain data.

    Parameters
    ----------
    kind
        The class of the record.
    held
        Its fields.
    nested
        The class of each field that is a record itself.

    Raises
    ------
    KeyError, TypeError, ValueError
        If `held` is not what `plain` makes of such a record.
    """
    out: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # only dataclasses are given
        if field.name not in held and field.default is not MISSING:
            continue  # a part that was added later, and that these data do not have
        name, value = field.name, held[field.name]
        if value is not None and name in nested:
            inner = nested[name]
            value = (
                inner.model_validate(value) if issubclass(inner, Record) else restored(inner, value, nested)
            )
        elif value is not None and name in _TUPLES:
            value = _tuples(name, value)
        elif isinstance(value, dict) and value.keys() == {"shape"}:
            value = _nothing(name, value["shape"])
        elif isinstance(value, list):
            value = _array(name, _infinite(value) if name == "population" else value)
        out[name] = value
    return kind(**out)


def _tuples(name: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{name!r} is no list")  # noqa: TRY004  a text would become its letters
    return tuple(tuple(item) if isinstance(item, list) else item for item in value)


def _nothing(name: str, shape: Any) -> NDArray[Any]:
    if not isinstance(shape, list) or 0 not in shape:
        raise ValueError(f"the array {name!r} is said to be empty, and its shape is not")
    return np.zeros(shape, dtype=np.int64 if name in _WHOLE else np.float64)


def _infinite(values: list[Any]) -> list[float]:
    return [float("inf") if v is None else v for v in values]


def _array(name: str, value: list[Any]) -> NDArray[Any]:
    """Make an array without a change of any number: no text, truth or null becomes one."""
    if not value:
        return np.zeros(0, dtype=np.int64 if name in _WHOLE else np.float64)
    array = np.array(value)
    if array.dtype.kind not in ("i" if name in _WHOLE else "if"):
        raise ValueError(f"the array {name!r} does not hold {'whole ' if name in _WHOLE else ''}numbers")
    return array.astype(np.int64 if array.dtype.kind == "i" and name != "population" else np.float64)
