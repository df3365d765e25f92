"""What was asked of a path, as plain data, so that it can be asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat.compliance.offers import exact
from sipukat.compliance.options import dependencies_of
from sipukat.compliance.steps import Dependency
from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER: Final = re.compile(r"[0-9]{1,60}(/[0-9]{1,60})?")  # no exponent, whose digits would fill the memory
_PER_LEVEL: Final = ("costs", "times", "feasible")


def asked(**options: Any) -> dict[str, Any]:
    """Return the options of `sipukat.compliance.path.cheapest` as plain data, those without effect left out.

    Parameters
    ----------
    **options
        The options.

    Examples
    --------
    >>> asked(costs={"sipp.21": 2.5}, budget=None, excludes=())
    {'costs': {'sipp.21': '5/2'}}
    """
    told: dict[str, Any] = {}
    for name, given in options.items():
        if name in _PER_LEVEL and given:
            told[name] = {key: _plain(value, name) for key, value in given.items()}
        elif name == "requires" and given:
            told[name] = [_dependency(each) for each in dependencies_of(given)]
        elif name == "excludes":
            told[name] = [list(group) for group in given]
        elif name == "budget" and given is not None:
            told[name] = _plain(given, name)
        elif name == "method":
            told[name] = given
    return {name: given for name, given in told.items() if given != []}


def options_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that `asked` wrote.

    Parameters
    ----------
    told
        What it wrote, which may be forged.

    Raises
    ------
    ArgumentError
        If it wrote no such thing.

    Examples
    --------
    >>> options_of({"costs": {"sipp.21": "5/2"}})
    {'costs': {'sipp.21': Fraction(5, 2)}}
    """
    options: dict[str, Any] = {}
    for name, given in told.items():
        if name in _PER_LEVEL and isinstance(given, Mapping):
            options[name] = {key: _value(value) for key, value in given.items()}
        elif name == "requires" and isinstance(given, list):
            options[name] = [_of_plain(each) for each in given]
        elif name == "excludes" and isinstance(given, list):
            options[name] = given
        elif name == "budget":
            options[name] = _value(given)
        elif name == "method" and isinstance(given, str):
            options[name] = given
        else:
            raise ArgumentError(f"{name!r} is no option of a path as it was written")
    return options


def _plain(value: object, place: str) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return [[_plain(level, place), _plain(each, place)] for level, each in value.items()]
    return str(exact(value, place))


def _value(told: object) -> Any:
    if isinstance(told, bool):
        return told
    if isinstance(told, list):
        return dict(_pairs(told))
    return share_of(told)


def share_of(told: object) -> Fraction:
    """Return a number of 0 or more that was written exactly.

    Parameters
    ----------
    told
        ``"5"`` or ``"5/2"``.

    Raises
    ------
    ArgumentError
        If it is written otherwise.

    Examples
    --------
    >>> share_of("5/2")
    Fraction(5, 2)
    """
    if isinstance(told, str) and _NUMBER.fullmatch(told):
        above, _, below = told.partition("/")
        if below.strip("0") or not below:
            return Fraction(int(above), int(below or 1))
    raise ArgumentError("an exact number is written as '5' or '5/2'")


def _pairs(told: list[Any]) -> Iterable[tuple[Any, Any]]:
    for each in told:
        if not isinstance(each, list) or len(each) != 2 or isinstance(each[0], list):  # noqa: PLR2004  a pair
            raise ArgumentError("what a path costs by level is written as pairs")
        yield _value(each[0]), _value(each[1])


def _dependency(each: Dependency) -> list[str | None]:
    level, least = (None if number is None else str(number) for number in (each.level, each.at_least))
    return [each.key, level, each.needs, least]


def _of_plain(told: Any) -> Dependency:
    match told:
        case [str() as key, (str() | None) as level, str() as needs, (str() | None) as least]:
            return Dependency(key=key, level=_decimal(level), needs=needs, at_least=_decimal(least))
    raise ArgumentError("what waits for what in a path is written as four texts")


def _decimal(told: str | None) -> Decimal | None:
    if told is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", told):
        raise ArgumentError(f"{told[:40]!r} is no level")
    return Decimal(told)
