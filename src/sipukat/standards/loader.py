"""From a TOML file to a standard, or to one error that says what is wrong with it."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from sipukat._validation import explain
from sipukat.errors import PluginVersionError, StandardError, UnknownNameError
from sipukat.plugins.versions import API_VERSION, compared
from sipukat.standards.compliance_extension import ComplianceExtension, extend_compliance
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.document_extension import DocumentExtension, extend_document
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.extension import SurveyExtension, extend
from sipukat.standards.model import SurveyStandard
from sipukat.standards.values import MisfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable

R = TypeVar("R")

S = TypeVar("S", SurveyStandard, DocumentStandard, ComplianceStandard)
E = TypeVar("E", SurveyExtension, DocumentExtension, ComplianceExtension)

Standard: TypeAlias = SurveyStandard | DocumentStandard | ComplianceStandard
"""Any standard; one model a kind."""

Extension: TypeAlias = SurveyExtension | DocumentExtension | ComplianceExtension
"""Any file with ``extends``; one model a kind."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[S, E]):
    """One kind of standard.

    Parameters
    ----------
    complete
        The model of a complete file, and of every standard once it is loaded.
    partial
        The model of a file with ``extends``.
    extend
        Makes one standard of the extended one and the extension.
    """

    complete: type[S]
    partial: type[E]
    extend: Callable[[S, E], S]

    def made(self, table: dict[str, Any], file: str, base: Callable[[str], Standard]) -> S:
        """Return the standard that the table of a file is."""
        if "extends" not in table:
            return _checked(lambda: self.complete.model_validate(table), file, self.complete)
        extension = _checked(lambda: self.partial.model_validate(table), file, self.partial)
        with _entered(extension, file):
            found = _base(extension, file, base)
        if not isinstance(found, self.complete):
            raise StandardError(
                file, "extends", f"{found.id} is of kind {found.kind}", f"one of kind {extension.kind}"
            )
        return _checked(lambda: self.extend(found, extension), file, self.complete)


KINDS: Final[dict[str, Kind[Any, Any]]] = {
    "compliance": Kind(ComplianceStandard, ComplianceExtension, extend_compliance),
    "document": Kind(DocumentStandard, DocumentExtension, extend_document),
    "survey": Kind(SurveyStandard, SurveyExtension, extend),
}
"""Kind to its models."""

API_KEY: Final = "api"
"""The key of a file that says for which version of the file format it is written."""

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
    return read(file, base=base)[0]


def read(file: Path | Traversable, *, base: Callable[[str], Standard]) -> tuple[Standard, str]:
    """Read one standard from a TOML file, with a remark if it is made for a newer minor API.

    Parameters
    ----------
    file, base
        As in `load`.

    Raises
    ------
    StandardError
        If the file cannot be used.
    """
    table = _table(_read(file), file.name)
    remark = _version(table, file.name)
    return _made(table, file.name, base), remark


def parse(text: str, *, file: str, base: Callable[[str], Standard]) -> Standard:
    """Read one standard from TOML; `file` names it in errors.

    Raises
    ------
    StandardError
        If it cannot be used.
    """
    table = _table(text, file)
    _version(table, file)
    return _made(table, file, base)


def _version(table: dict[str, Any], file: str) -> str:
    """Take the version of the file format out of a table; return a remark, or an empty text."""
    declared = table.pop(API_KEY, API_VERSION)
    refused, remark = compared(declared)
    if refused:
        cause = PluginVersionError("standard", file, file, refused)
        raise StandardError(file, API_KEY, f"{declared!r}: {refused}", f'"{API_VERSION}"') from cause
    return remark


def _made(table: dict[str, Any], file: str, base: Callable[[str], Standard]) -> Standard:
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        got = f"{kind!r}" if "kind" in table else "absent"
        raise StandardError(file, "kind", got, " or ".join(f'"{known}"' for known in KINDS))
    standard: Standard = KINDS[kind].made(table, file, base)
    return standard


def _checked(make: Callable[[], R], file: str, model: type[BaseModel]) -> R:
    try:
        return make()
    except ValidationError as failure:
        raise StandardError(file, *explain(failure, model)) from failure
    except MisfitError as misfit:
        raise StandardError(file, misfit.where, misfit.got, misfit.expected) from misfit


def _read(file: Path | Traversable) -> str:
    if isinstance(file, Path) and file.is_fifo():  # to open it is to wait for its writer, maybe for ever
        raise StandardError(file.name, "the file", "a pipe", "a file that can be read")
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
def _entered(extension: Extension, file: str) -> Iterator[None]:
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


def _base(extension: Extension, file: str, base: Callable[[str], Standard]) -> Standard:
    if extension.extends == extension.id:
        raise StandardError(file, "extends", f"{extension.id!r} is this standard itself", "another standard")
    try:
        return base(extension.extends)
    except UnknownNameError as failure:
        raise StandardError(
            file, "extends", str(failure).rstrip("."), "the id of a standard that is installed"
        ) from failure
