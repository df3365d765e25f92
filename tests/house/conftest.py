"""The public surface: every name that a user can write after a dot."""

from __future__ import annotations

import inspect
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = [
    "checks",
    "compliance",
    "datasets",
    "errors",
    "export",
    "findings",
    "ikm",
    "pelayanan",
    "plot",
    "plugins",
    "publishing",
    "readers",
    "regulation",
    "report",
    "standards",
    "survey",
]


class Public(NamedTuple):
    """One public thing: where it stands, what it is, and the names of its parameters."""

    place: str
    thing: object
    parameters: tuple[str, ...]


def _parameters(thing: object) -> tuple[str, ...]:
    if inspect.isclass(thing) and (issubclass(thing, Enum) or thing.__init__ is Exception.__init__):
        return ()  # those of the base class, which are not ours
    try:
        names = inspect.signature(thing).parameters
    except (TypeError, ValueError):
        return ()
    return tuple(name for name in names if not name.startswith("_") and name not in {"self", "cls"})


def _members(place: str, cls: type) -> Iterator[Public]:
    declared = ("model_fields", "_fields", "__dataclass_fields__")
    fields = [name for attribute in declared for name in getattr(cls, attribute, ())]
    for name in fields:
        yield Public(f"{place}.{name}", None, ())
    for name, raw in vars(cls).items():
        if name.startswith("_") or name in fields or name == "model_config":
            continue
        thing = raw.__func__ if isinstance(raw, classmethod | staticmethod) else raw
        yield Public(f"{place}.{name}", thing, _parameters(thing) if inspect.isfunction(thing) else ())


def _surface() -> Iterator[Public]:
    for room in ROOMS:
        module = import_module(f"sipukat.{room}")
        own = [n for n, t in vars(module).items() if getattr(t, "__module__", None) == module.__name__]
        for name in getattr(module, "__all__", [n for n in own if not n.startswith("_")]):
            thing = getattr(module, name)
            place = f"{room}.{name}"
            yield Public(place, thing, _parameters(thing) if callable(thing) else ())
            if inspect.isclass(thing):
                yield from _members(place, thing)


@pytest.fixture(scope="session")
def surface():
    return list(_surface())
