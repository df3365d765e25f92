"""What is known about an office, indicator by indicator: each value with the document it came from.

Evidence is values under the keys of a scheme's leaves, nothing more: what they are worth
is for the scheme to say. A value of None is unknown, never nought.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping  # noqa: TC003  by_key is part of the record
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Final, Self, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationError, model_validator

from sipukat._model import Record
from sipukat._text import parse_number
from sipukat._validation import explain
from sipukat.errors import ArgumentError
from sipukat.standards.values import Confidence, MisfitError

FORMAT: Final = "urn:sipukat:evidence:1"
R = TypeVar("R", bound=Record)
_KEY: Final = r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$"


def _answer(value: Any) -> Decimal | bool | int | None:
    """Take a finite number, its text (``"84,68"``), yes or no, or nothing; never round."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        try:
            parse_number(value)  # only to refuse what is not one number: a quotient might be rounded
        except ArgumentError:
            raise MisfitError("", f"{value!r} is no value", 'a number such as "84,68"') from None
        return Decimal(unicodedata.normalize("NFKC", value).strip().replace(",", "."))
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if isinstance(number, Decimal) and number.is_finite():
        return number
    raise MisfitError("", f"{value!r} is no value", "a finite number, true, false, or nothing where unknown")


def _told(value: Answer) -> str | bool | int | None:
    return str(value) if isinstance(value, Decimal) else value


Answer: TypeAlias = Annotated[
    Decimal | bool | int | None, BeforeValidator(_answer), PlainSerializer(_told, when_used="json")
]
"""The value of an indicator: a level or measure, a count, yes or no; None is unknown."""


def _number(value: Answer) -> Answer:
    if isinstance(value, bool):
        raise MisfitError("", f"{value!r} is no bound", "a number")
    return value


Bound: TypeAlias = Annotated[Answer, AfterValidator(_number)]


class Item(Record):
    """The value of one indicator, and who says so.

    Parameters
    ----------
    key
        Key of the leaf, e.g. ``"kebijakan_pelayanan.1"``.
    value
        Level as the law counts, count, measure, or yes and no; None where it is unknown.
    low, high
        Bounds, where the value is unknown but not everything about it.
    source
        The document or form that shows it.
    place
        The place in it: a field, a sheet and cell, a page.
    note
        What a reader should know before leaning on it.
    confidence
        A two independent sources, B one, C recollection or inference.
    schemes
        Ids of the schemes that it was gathered for; empty where it holds for any.

    Examples
    --------
    >>> Item(key="sipp.21", value="3,5", source="sippn.menpan.go.id").value
    Decimal('3.5')
    >>> Item(key="sipp.22", low=2).known
    False
    """

    key: Annotated[str, Field(pattern=_KEY, max_length=200)]
    value: Answer = None
    low: Bound = None
    high: Bound = None
    source: str = ""
    place: str = ""
    note: str = ""
    confidence: Confidence = "B"
    schemes: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it has a value."""
        return self.value is not None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.value is not None and not (self.low is None and self.high is None):
            got = f"{self.key} has the value {self.value} and bounds"
            raise MisfitError("low", got, "the one or the other")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise MisfitError("low", f"{self.low} of {self.key}, above high {self.high}", "a lower number")
        return self


class Evidence(Record):
    """What is known about one office or one product of it, at most one value an indicator.

    Parameters
    ----------
    items
        The values, in the order in which they were found.
    unit
        Name of the office.
    product
        Name of the service, where it is of one only.
    on
        The day that it speaks of.

    Examples
    --------
    >>> known = Evidence.of({"input.kompetensi": "62.5"}, unit="Dinas Contoh")
    >>> known.with_("pengaduan.kanal", True).values()
    {'input.kompetensi': Decimal('62.5'), 'pengaduan.kanal': True}
    """

    items: tuple[Item, ...] = ()
    unit: str = ""
    product: str = ""
    on: date | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(self.by_key) < len(self.items):
            doubled = next(item for item in self.items if self.by_key[item.key] is not item)
            other = self.by_key[doubled.key]
            values = f"{doubled.value} ({_from(doubled)}) and {other.value} ({_from(other)})"
            raise MisfitError("items", f"{doubled.key} has two values, {values}", "one value an indicator")
        return self

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """The items by their keys, those without a value included."""
        return {item.key: item for item in self.items}

    @classmethod
    def of(
        cls,
        values: Mapping[str, Any],
        *,
        source: str = "",
        unit: str = "",
        product: str = "",
        on: date | None = None,
    ) -> Evidence:
        """Make evidence of bare values by key.

        Raises
        ------
        ArgumentError
            If a key or a value is none; says which.
        """
        record = {
            "items": [{"key": key, "value": value, "source": source} for key, value in values.items()],
            "unit": unit,
            "product": product,
            "on": on,
        }
        return cls.from_dict(record)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other fields, not checked again; see `with_` and `merge`, which check."""
        made = super().model_copy(update=update, deep=deep)
        vars(made).pop("by_key", None)  # it was of the old items
        return made

    def get(self, key: str) -> Item | None:
        """Return what is said of an indicator, or None where nothing is."""
        return self.by_key.get(key)

    def values(self) -> dict[str, Decimal | bool | int]:
        """Return the known values by key."""
        return {item.key: item.value for item in self.items if item.value is not None}

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def of_scheme(self, scheme: str) -> Evidence:
        """Return what was gathered for one scheme, or for any; see `Item.schemes`.

        Parameters
        ----------
        scheme
            Id of the scheme, e.g. ``"ombudsman-2022"``.
        """
        kept = {key: item for key, item in self.by_key.items() if not item.schemes or scheme in item.schemes}
        return self if len(kept) == len(self.items) else self._changed(kept)

    def with_(self, key: str, value: Answer | float | str, **details: Any) -> Evidence:
        """Return evidence in which one indicator has another value; this one stays as it is.

        Parameters
        ----------
        key
            Key of the leaf.
        value
            Its new value; None makes it unknown.
        **details
            Other fields of `Item`: source, place, note, confidence. What the old value
            came from does not carry over.

        Raises
        ------
        ArgumentError
            If the key or the value is none.
        """
        new = _validated(Item, {"key": key, "value": value, **details})
        return self._changed({**self.by_key, key: new})

    def _changed(self, by_key: Mapping[str, Item], **named: Any) -> Evidence:
        kept = {"unit": self.unit, "product": self.product, "on": self.on} | named
        return Evidence(items=tuple(by_key.values()), **kept)

    def merge(self, other: Evidence, *, overwrite: bool = False) -> Evidence:
        """Return both together; what is known wins over what is not.

        Parameters
        ----------
        other
            The other evidence, e.g. what a person filled in.
        overwrite
            Whether a known value of `other` takes the place of a different one here.

        Raises
        ------
        ArgumentError
            If both know an indicator, differ, and may not overwrite; names all of them.
        """
        mine, clashes = dict(self.by_key), []
        for item in other.items:
            here = mine.get(item.key)
            if here is None or not here.known:
                # bounds are worth more than nothing, and a value more than bounds
                mine[item.key] = here if here is not None and _says_less(item, here) else item
            elif item.known and not _equal(here.value, item.value):
                if not overwrite:
                    clashes.append(f"{item.key}: {here.value} ({_from(here)}), {item.value} ({_from(item)})")
                mine[item.key] = item
        if clashes:
            raise ArgumentError(
                f"two sources differ: {'; '.join(clashes)}; correct one, or merge with overwrite=True"
            )
        named = {name: getattr(self, name) or getattr(other, name) for name in ("unit", "product", "on")}
        return self._changed(mine, **named)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON or YAML; `from_dict` gives the same back."""
        return {"format": FORMAT, **self.model_dump(mode="json", exclude_defaults=True)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Evidence:
        """Read what `to_dict` wrote, or the same written by hand.

        Raises
        ------
        ArgumentError
            If it is of another format, or something in it is no evidence; says where.

        Examples
        --------
        >>> known = Evidence.of({"sipp.21": 4}, on=date(2026, 6, 30))
        >>> Evidence.from_dict(known.to_dict()) == known
        True
        """
        content = dict(data)
        if (said := content.pop("format", FORMAT)) != FORMAT:
            raise ArgumentError(f"the evidence says it is of format {said!r}; this library reads {FORMAT!r}")
        return _validated(cls, content)


def _validated(model: type[R], content: Mapping[str, Any]) -> R:
    try:
        return model.model_validate(dict(content))
    except ValidationError as failure:
        where, got, expected = explain(failure, model)
        raise ArgumentError(f"evidence, {where}: {got}; expected {expected}") from None


def _from(item: Item) -> str:
    return ", ".join(part for part in (item.source, item.place) if part) or "no source"


def _says_less(item: Item, than: Item) -> bool:
    bounds = (item.low, item.high)
    return not item.known and bounds == (None, None) != (than.low, than.high)


def _equal(a: Answer, b: Answer) -> bool:
    """Say whether two values are one; yes is not the number 1."""
    return isinstance(a, bool) == isinstance(b, bool) and a == b
