"""What does not fit, for people: an argument of another kind, a number out of range, a record's field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from numbers import Integral, Number, Real
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel

from sipukat.errors import ArgumentError, ArgumentTypeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SHOWN = 80


def kind_of(value: object) -> str:
    """Name the kind of a value, never the value itself: it may hold answers.

    Examples
    --------
    >>> kind_of(None), kind_of([1]), kind_of(3)
    ('None', 'a list', 'an int')
    """
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}"


def given(value: object) -> str:
    """Print a text or a number as it was given, and of anything else its kind alone.

    Examples
    --------
    >>> given("5%"), given(Decimal("100")), given({"nama": "Budi"})
    ("'5%'", "Decimal('100')", 'a dict')
    """
    plain = value is None or isinstance(value, str | Number)
    return repr(value)[:_SHOWN] if plain else kind_of(value)


def must_be(kinds: type | tuple[type, ...], value: object, what: str, right: str) -> None:
    """Refuse an argument of another kind.

    Parameters
    ----------
    kinds
        What is taken.
    value
        What was given.
    what
        What it is, for the message.
    right
        What to give, for the message.

    Raises
    ------
    ArgumentTypeError
        If the value is of no such kind.

    Examples
    --------
    >>> must_be(dict, [100, 50], "populations", "{unit: people served}")
    Traceback (most recent call last):
        ...
    sipukat.errors.ArgumentTypeError: populations is a list; give {unit: people served}
    """
    if not isinstance(value, kinds):
        raise ArgumentTypeError(f"{what} is {kind_of(value)}; give {right}")


def names_of(names: object, what: str) -> tuple[str, ...]:
    """Return the name of a column, or several, as a tuple.

    Parameters
    ----------
    names
        One text, or texts.
    what
        What they are, for the message.

    Raises
    ------
    ArgumentTypeError
        If it is neither.

    Examples
    --------
    >>> names_of("unit", "by"), names_of(["unit", "sex"], "by")
    (('unit',), ('unit', 'sex'))
    """
    if isinstance(names, str):
        return (names,)
    must_be(Iterable, names, what, "the name of a column, or a list of names")
    return tuple(names)  # type: ignore[arg-type]


def whole_number(value: object, what: str, *, least: int) -> int:
    """Return `value` as an integer, whichever library it comes from.

    Parameters
    ----------
    value
        A whole number.
    what
        What it is, for the message.
    least
        The least that is right.

    Raises
    ------
    ArgumentError
        If it is no whole number, or below the least.

    Examples
    --------
    >>> whole_number("1000", "population", least=1)
    Traceback (most recent call last):
        ...
    sipukat.errors.ArgumentError: population must be a whole number of at least 1, got '1000'
    """
    good = isinstance(value, Integral) and not isinstance(value, bool)
    if not good or value < least:  # type: ignore[operator]
        raise ArgumentError(f"{what} must be a whole number of at least {least:,}, got {given(value)}")
    return int(value)  # type: ignore[call-overload,no-any-return]


def share_between(value: object, *, what: str, up_to_one: bool = False) -> float:
    """Return `value` as a float between 0 and 1.

    Parameters
    ----------
    value
        A number above 0 and below 1.
    what
        What it is, for the message.
    up_to_one
        Whether 1 itself is right too.

    Raises
    ------
    ArgumentError
        If it is no such number.

    Examples
    --------
    >>> share_between(0.95, what="confidence_level")
    0.95
    >>> share_between(95, what="confidence_level")
    Traceback (most recent call last):
        ...
    sipukat.errors.ArgumentError: confidence_level must lie between 0 and 1, got 95; 95 percent is 0.95
    """
    good = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    if good and (0 < float(value) < 1 or (up_to_one and value == 1)):  # type: ignore[arg-type]
        return float(value)  # type: ignore[arg-type]
    end = "above 0 and at most 1" if up_to_one else "between 0 and 1"
    percent = f"; {value} percent is {float(value) / 100:g}" if good and 1 < value < 100 else ""  # type: ignore[operator,arg-type]  # noqa: PLR2004
    raise ArgumentError(f"{what} must lie {end}, got {given(value)}{percent}")


def check_zone(moment: datetime | None, what: str) -> None:
    """Refuse a moment without a time zone: it says nothing to a reader elsewhere.

    Raises
    ------
    ArgumentError
        If it has none, or is no moment.

    Examples
    --------
    >>> check_zone(datetime(2026, 8, 17), "generated")
    Traceback (most recent call last):
        ...
    sipukat.errors.ArgumentError: generated must have a time zone, e.g. datetime.now(timezone.utc)
    """
    right = "e.g. datetime.now(timezone.utc)"
    if moment is not None:
        must_be(datetime, moment, what, right)
        if moment.tzinfo is None:
            raise ArgumentError(f"{what} must have a time zone, {right}")


class Misfit(NamedTuple):
    """Where something does not fit, what stands there, and what would be right."""

    where: str
    got: str
    expected: str


def explain(failure: ValidationError, model: type[BaseModel]) -> Misfit:  # noqa: PLR0911  a table
    """Explain the first error of a validation: a mistyped key before what it left missing.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from sipukat._model import Record
    >>> class Titik(Record):
    ...     lebar: int
    >>> try:
    ...     Titik.model_validate({"lebr": 1})
    ... except ValidationError as failure:
    ...     explain(failure, Titik)
    Misfit(where='lebr', got="unknown key 'lebr'", expected="'lebar'")
    """
    errors = failure.errors(include_url=False)
    first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    loc, ctx = first["loc"], first.get("ctx", {})
    got = shown(first["input"])
    branches = [e for e in errors if e["loc"][:-1] == loc[:-1] and _is_branch(e["loc"], model)]
    match first["type"]:
        case _ if len(branches) > 1:  # one value that fits none of several kinds
            return Misfit(path_of(loc[:-1]), got, " or ".join(dict.fromkeys(map(_words, branches))))
        case "missing":
            return Misfit(path_of(loc), "absent", f"the key {loc[-1]!r}")
        case "extra_forbidden":
            known = _fields(model, loc[:-1])
            near = get_close_matches(str(loc[-1]), known, n=1)
            right = f"{near[0]!r}" if near else f"{'one of ' if len(known) > 1 else ''}{', '.join(known)}"
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
            return Misfit(path_of(loc), got, _words(first))


def refused(failure: ValidationError, model: type[BaseModel]) -> ArgumentError:
    """Say as an `ArgumentError` why a record cannot be made of the arguments given.

    Examples
    --------
    >>> from pydantic import ValidationError
    >>> from sipukat._model import Record
    >>> class Titik(Record):
    ...     lebar: int
    >>> try:
    ...     Titik.model_validate({"lebar": "luas"})
    ... except ValidationError as failure:
    ...     print(refused(failure, Titik))
    Titik, lebar: 'luas'; expected a valid integer, unable to parse string as an integer
    """
    first = failure.errors(include_url=False)[0]
    told = first.get("ctx", {}).get("error")
    if first["type"] == "value_error" and not hasattr(told, "expected"):
        place = f", {path_of(first['loc'])}" if first["loc"] else ""
        return ArgumentError(f"{model.__name__}{place}: {told}")
    where, got, expected = explain(failure, model)
    place = f", {where}" if first["loc"] else ""
    return ArgumentError(f"{model.__name__}{place}: {got}; expected {expected}")


def _words(error: ErrorDetails) -> str:
    words = error["msg"].replace("Input should be ", "").replace("Value should have ", "")
    return words[:1].lower() + words[1:]


def _is_branch(loc: tuple[int | str, ...], model: type[BaseModel]) -> bool:
    """Whether a place ends in the name of one kind of several, which is no key of the record."""
    return len(loc) > 1 and isinstance(loc[-1], str) and loc[-1] not in _fields(model, loc[:-1])


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
    """Print a value, shortened, and on one line."""
    text = repr(value) if isinstance(value, str | int | bool) else f"{value}"
    line, *more = text.splitlines() or [""]
    return line if len(line) <= _SHOWN and not more else f"{line[: _SHOWN - 3]}…"


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
