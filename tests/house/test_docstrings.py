"""A docstring that lists parameters lists all of them, and none that is gone."""

from __future__ import annotations

import inspect
import typing
import warnings

import pytest

docscrape = pytest.importorskip(
    "numpydoc.docscrape", reason="numpydoc is not installed (dependency group lint)"
)


def _documented(thing: object) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # an unknown section is a fault
        sections = docscrape.NumpyDocString(inspect.getdoc(thing) or "")
    entries = [*sections["Parameters"], *sections["Other Parameters"]]
    return [name.strip().lstrip("*") for entry in entries for name in entry.name.split(",")]


def _described(surface):
    return [p for p in surface if inspect.isclass(p.thing) or inspect.isfunction(p.thing)]


def _own_fields(record: type) -> set[str]:
    """Return the fields that a record adds to its base, but for those that can have one value only."""
    fixed = {
        n for n, f in record.model_fields.items() if len(typing.get_args(f.annotation)) == 1 and f.default
    }
    return set(record.__annotations__) & set(record.model_fields) - fixed


def test_listed_parameters_are_those_of_the_signature(surface):
    faults = []
    for public in _described(surface):
        documented, taken = _documented(public.thing), list(public.parameters)
        if not documented:
            continue
        if hasattr(public.thing, "model_fields"):  # built by keyword; the base describes its own fields
            gone, absent = set(documented) - set(taken), _own_fields(public.thing) - set(documented)
        else:
            gone, absent = set(documented) - set(taken), [name for name in taken if name not in documented]
            if not gone and not absent and documented != taken:
                faults.append(f"{public.place}: order {documented}, signature {taken}")
        if gone or absent:
            faults.append(f"{public.place}: gone {sorted(gone)}, not described {sorted(absent)}")
    assert faults == []


def test_a_function_of_a_room_describes_its_parameters(surface):
    faults = [
        public.place
        for public in _described(surface)
        if inspect.isfunction(public.thing) and public.place.count(".") == 1
        if len(public.parameters) > 1 and not _documented(public.thing)
    ]
    assert faults == []


def test_every_public_class_function_and_method_has_a_docstring(surface):
    assert [p.place for p in _described(surface) if not (p.thing.__doc__ or "").strip()] == []


def test_every_public_property_has_a_docstring(surface):
    properties = [p for p in surface if isinstance(p.thing, property)]
    assert [p.place for p in properties if not (p.thing.__doc__ or "").strip()] == []
