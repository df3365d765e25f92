"""What the steps of `sipukat score` cost, from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import parse_number, plain
from sipukat.errors import ArgumentError
from sipukat.verifying.gathering import TREES, tree_of_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

_SECTIONS: Final = ("costs", "times", "feasible", "budget")
_YES_NO: Final = {"ya": True, "true": True, "yes": True, "tidak": False, "false": False, "no": False}


def read_costs(path: Path) -> dict[str, Any]:
    """Read what steps cost: keys and numbers, or sections ``costs``, ``times``, ``feasible``, ``budget``.

    Raises
    ------
    ArgumentError
        If something in it is no number, or no yes or no; names file and key.
    """
    if path.suffix.casefold() not in TREES:
        raise ArgumentError(f"{path.name}: costs are read from .yaml, .toml and .json")
    found = tree_of_file(path)
    if not isinstance(found, dict) or not found:
        raise ArgumentError(
            f"{path.name}: costs are keys of indicators and numbers, e.g. input.kompetensi: 4"
        )
    if not set(found) & set(_SECTIONS):
        return {"costs": dict(_flat(found, path.name))}
    if unknown := sorted(set(found) - set(_SECTIONS)):
        raise ArgumentError(f"{path.name}: unknown section {unknown[0]!r}; known: {', '.join(_SECTIONS)}")
    options: dict[str, Any] = {}
    for section, content in found.items():
        if section == "budget":
            options[section] = _value(content, path.name, section)
        elif not isinstance(content, Mapping):
            raise ArgumentError(f"{path.name}, {section}: expected keys of indicators and their values")
        else:
            options[section] = dict(_flat(content, f"{path.name}, {section}"))
            numbers = [v for v in options[section].values() if isinstance(v, bool)]
            if numbers and section != "feasible":
                raise ArgumentError(f"{path.name}, {section}: {numbers[0]!r} is no number")
    return options


def _flat(content: Mapping[Any, Any], where: str, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each key with its value; keys in keys are one dotted key, levels of it are a mapping."""
    for key, value in content.items():
        name = f"{above}.{key}" if above else str(key)
        if not isinstance(value, Mapping):
            yield name, _value(value, where, name)
        elif value and all(_is_number(inner) for inner in value) and not _deeper(value):
            levels = {parse_number(str(level)): _value(v, where, name) for level, v in value.items()}
            yield name, levels
        else:
            yield from _flat(value, where, name)


def _is_number(text: object) -> bool:
    try:
        parse_number(str(text))
    except ArgumentError:
        return False
    return True


def _deeper(value: Mapping[Any, Any]) -> bool:
    return any(isinstance(inner, Mapping) for inner in value.values())


def _value(value: Any, where: str, name: str) -> Fraction | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and plain(value) in _YES_NO:
        return _YES_NO[plain(value)]
    try:
        return parse_number(repr(value) if isinstance(value, float) else str(value))
    except ArgumentError:
        raise ArgumentError(f"{where}, {name}: {str(value)[:40]!r} is no number") from None
