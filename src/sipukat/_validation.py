"""What pydantic says, for people: an error in three texts, a schema without Python's docstrings."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

_SHOWN = 80


class Misfit(NamedTuple):
    """Where something does not fit, what stands there, and what would be right."""

    where: str
    got: str
    expected: str


def explain(failure: ValidationError, model: type[BaseModel]) -> Misfit:
    """Explain the first error of a validation: a mistyped key before what it left missing.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from sipukat._model import Record
    >>> class Titik(Record):
    ...     lebar: int
    >>> try:
    ...     Titik(lebr=1)
    ... except ValidationError as failure:
    ...     explain(failure, Titik)
    Misfit(where='lebr', got="unknown key 'lebr'", expected="'lebar'")
    """
    errors = failure.errors(include_url=False)
    first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    loc, ctx = first["loc"], first.get("ctx", {})
    got = shown(first["input"])
    match first["type"]:
        case "missing":
            return Misfit(path_of(loc), "absent", f"the key {loc[-1]!r}")
        case "extra_forbidden":
            known = _fields(model, loc[:-1])
            near = get_close_matches(str(loc[-1]), known, n=1)
            right = f"{near[0]!r}" if near else f"one of {', '.join(known)}"
            return Misfit(path_of(loc), f"unknown key {loc[-1]!r}", right)
        case "value_error" if hasattr(misfit := ctx.get("error"), "expected"):
            assert misfit is not None  # noqa: S101  for the type checker
            where = path_of((*loc, misfit.where)) if misfit.where else path_of(loc)
            return Misfit(where, misfit.got, misfit.expected)
        case "literal_error":
            return Misfit(path_of(loc), got, str(ctx["expected"]).replace("'", '"'))
        case "string_pattern_mismatch":
            return Misfit(path_of(loc), got, f"a text that matches {ctx['pattern']}")
        case _:
            words = first["msg"].replace("Input should be ", "").replace("Value should have ", "")
            return Misfit(path_of(loc), got, words[:1].lower() + words[1:])


def path_of(loc: tuple[int | str, ...]) -> str:
    """Print a place in a tree, e.g. ``"unsur[3].weight"``."""
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if part.isprintable() else f".{part!r}"
    return path.removeprefix(".") or "the file"


def shown(value: object) -> str:
    """Print a value, shortened."""
    text = repr(value) if isinstance(value, str | int | bool) else f"{value}"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}…"


def _fields(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """Return the keys that the record at `loc` knows."""
    here: type[BaseModel] = model
    for part in loc:
        if isinstance(part, int):
            continue
        field = here.model_fields.get(part)
        inner = next(_models(field.annotation), None) if field else None
        if inner is None:
            return []
        here = inner
    return sorted(here.model_fields)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def summarised(schema: Any) -> Any:
    """Keep the first line of each description of a JSON Schema: the rest is for Python.

    Examples
    --------
    >>> summarised({"description": "A point." + chr(10) + "Examples …", "type": "object"})
    {'description': 'A point.', 'type': 'object'}
    """
    if isinstance(schema, list):
        return [summarised(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: part.partition("\n")[0] if key == "description" and isinstance(part, str) else summarised(part)
        for key, part in schema.items()
    }
