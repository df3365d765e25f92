"""What every kind of standard checks of itself: names once, dates in order, sources listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from sipukat._model import Record
from sipukat.errors import UnknownNameError
from sipukat.standards.values import MisfitError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sipukat.standards.values import Confidence

T = TypeVar("T", bound=Record)

Scope: TypeAlias = Literal["national", "programme", "local"]
"""Whom a standard binds: every office, those of a programme, those of a region."""


def named(records: Sequence[T], name: str, kind: str, *, by: str = "id") -> T:
    """Return the record of that name.

    Parameters
    ----------
    records
        The records to look in.
    name
        The name.
    kind
        What they are, for the error.
    by
        The field that holds the name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for record in records:
        if getattr(record, by) == name:
            return record
    raise UnknownNameError(kind, name, (getattr(record, by) for record in records))


def twice(names: Iterable[str]) -> list[str]:
    """Return the names that stand more than once.

    Examples
    --------
    >>> twice(["a", "b", "a"])
    ['a']
    """
    return [name for name, times in Counter(names).items() if times > 1]


def repeated(lists: Mapping[str, Iterable[str]]) -> Iterator[MisfitError]:
    """Yield an error for each name that stands twice in one of the lists, by their keys in the file."""
    for where, names in lists.items():
        for name in twice(names):
            yield MisfitError(where, f"{name!r} stands twice", "each once")


def wrong_dates(
    berlaku: date | None, dicabut: date | None, confidence: Confidence | None
) -> Iterator[MisfitError]:
    """Yield an error for an end before the start, and for a date without a confidence."""
    if berlaku and dicabut and dicabut <= berlaku:
        yield MisfitError("dicabut", f"{dicabut} is not after berlaku {berlaku}", "a later date")
    if (berlaku or dicabut) and confidence is None:
        yield MisfitError("dates_confidence", "absent beside a date", '"A", "B" or "C"')


def unlisted_sources(
    listed: Container[str], cited: Iterable[tuple[str, tuple[str, ...]]]
) -> Iterator[MisfitError]:
    """Yield an error for each source that a figure cites and the standard does not list.

    Parameters
    ----------
    listed
        The ids of the standard's sources.
    cited
        Key of each figure in the file, and the ids that it cites.
    """
    for where, sources in cited:
        for source in sources:
            if source not in listed:
                yield MisfitError(f"{where}.sources", f"{source!r} is not in [sources]", "ids listed there")
