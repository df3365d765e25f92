"""From a TOML file to a standard, or to one error that says what is wrong with it."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sipukat.errors import StandardError, UnknownNameError
from sipukat.standards.extension import SurveyExtension, extend
from sipukat.standards.model import SurveyStandard
from sipukat.standards.values import MisfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

R = TypeVar("R")

Standard: TypeAlias = SurveyStandard
"""Any standard; one model a kind."""

KINDS: Final[dict[str, tuple[type[Standard], type[SurveyExtension]]]] = {
    "survey": (SurveyStandard, SurveyExtension)
}
"""Kind to the model of a complete file and that of a file with ``extends``."""

_LIMIT: Final = 1_000_000
_loading: ContextVar[tuple[str, ...]] = ContextVar("_loading", default=())


def load(file: Path | Traversable, *, base: Callable[[str], Standard]) -> Standard:
    """Read one standard from a TOML file.

    Parameters
    ----------
    file
        The file; of a package, ``importlib.resources.files(package) / name``.
    base
        Finds the standard that ``extends`` names.

    Raises
    ------
    StandardError
        If the file cannot be used; it names the file, the line or key, what stands there
        and what would be right.
    """
    return parse(_read(file), file=file.name, base=base)


def parse(text: str, *, file: str, base: Callable[[str], Standard]) -> Standard:
    """Read one standard from TOML; `file` names it in errors.

    Raises
    ------
    StandardError
        If it cannot be used.
    """
    table = _table(text, file)
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        got = f"{kind!r}" if "kind" in table else "absent"
        raise StandardError(file, "kind", got, " or ".join(f'"{known}"' for known in KINDS))
    complete, partial = KINDS[kind]
    if "extends" not in table:
        return _checked(lambda: complete.model_validate(table), file, complete)
    extension = _checked(lambda: partial.model_validate(table), file, partial)
    with _entered(extension, file):
        found = _base(extension, file, base)
    return _checked(lambda: extend(found, extension), file, complete)


def _checked(make: Callable[[], R], file: str, model: type[BaseModel]) -> R:
    try:
        return make()
    except ValidationError as failure:
        raise _translated(failure, file, model) from failure
    except MisfitError as misfit:
        raise StandardError(file, misfit.where, misfit.got, misfit.expected) from misfit


def _read(file: Path | Traversable) -> str:
    try:
        with file.open("rb") as stream:
            raw: bytes = stream.read(_LIMIT + 1)
    except OSError as failure:
        raise StandardError(
            file.name, "the file", failure.strerror or str(failure), "a file that can be read"
        ) from failure
    if len(raw) > _LIMIT:
        raise StandardError(
            file.name, "the file", f"more than {_LIMIT} bytes", "a standard, which has some 20,000"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw[: failure.start].count(b"\n") + 1
        raise StandardError(
            file.name, f"line {line}", f"byte 0x{raw[failure.start]:02x}", "text in UTF-8"
        ) from failure
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise StandardError(file.name, f"line {line}", "a NUL character", "text")
    return text


def _table(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as failure:  # TOMLDecodeError, or a number of thousands of digits
        reason, _, where = str(failure).rpartition(" (at ")
        place = where.rstrip(")").partition(",")[0] if where.startswith("line") else "the end of the file"
        raise StandardError(file, place, reason or where, "TOML, each key once") from failure
    except RecursionError as failure:
        raise StandardError(file, "the file", "nested too deeply", "a flat TOML file") from failure


@contextmanager
def _entered(extension: SurveyExtension, file: str) -> Iterator[None]:
    chain = (*_loading.get(), extension.id)
    if len(set(chain)) < len(chain):
        raise StandardError(
            file, "extends", f"a circle: {' -> '.join(chain)}", "a standard that does not lead back here"
        )
    token = _loading.set(chain)
    try:
        yield
    finally:
        _loading.reset(token)


def _base(extension: SurveyExtension, file: str, base: Callable[[str], Standard]) -> Standard:
    if extension.extends == extension.id:
        raise StandardError(file, "extends", f"{extension.id!r} is this standard itself", "another standard")
    try:
        found = base(extension.extends)
    except UnknownNameError as failure:
        raise StandardError(
            file, "extends", str(failure).rstrip("."), "the id of a standard that is installed"
        ) from failure
    if found.kind != extension.kind:
        raise StandardError(
            file, "extends", f"{found.id} is of kind {found.kind}", f"one of kind {extension.kind}"
        )
    return found


def _translated(failure: ValidationError, file: str, model: type[BaseModel]) -> StandardError:
    """Turn one error of pydantic into ours: a mistyped key before what it left missing."""
    errors = failure.errors(include_url=False)
    first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    loc, ctx = first["loc"], first.get("ctx", {})
    got = _shown(first["input"])
    match first["type"]:
        case "missing":
            return StandardError(file, _path(loc), "absent", f"the key {loc[-1]!r}")
        case "extra_forbidden":
            known = _fields(model, loc[:-1])
            near = get_close_matches(str(loc[-1]), known, n=1)
            right = f"{near[0]!r}" if near else f"one of {', '.join(known)}"
            return StandardError(file, _path(loc), f"unknown key {loc[-1]!r}", right)
        case "value_error" if isinstance(misfit := ctx.get("error"), MisfitError):
            where = _path((*loc, misfit.where)) if misfit.where else _path(loc)
            return StandardError(file, where, misfit.got, misfit.expected)
        case "literal_error":
            return StandardError(file, _path(loc), got, str(ctx["expected"]).replace("'", '"'))
        case "string_pattern_mismatch":
            return StandardError(file, _path(loc), got, f"a text that matches {ctx['pattern']}")
        case _:
            words = first["msg"].replace("Input should be ", "").replace("Value should have ", "")
            return StandardError(file, _path(loc), got, words[:1].lower() + words[1:])


def _path(loc: tuple[int | str, ...]) -> str:
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if part.isprintable() else f".{part!r}"
    return path.removeprefix(".") or "the file"


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str | int | Decimal | bool) else f"{value}"
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
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
