"""What a store holds: one instrument, one design, one set of groups, set once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import StoreError
from sipukat.ikm.store.schema import sqlalchemy, tables
from sipukat.survey.columns import survey_standard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from sipukat.ikm.design import Design
    from sipukat.ikm.moments import Moments
    from sipukat.standards import SurveyStandard

_NAMES: Final = ("standard", "unsur", "scale", "by", "design")


def kind_of(m: Moments) -> dict[str, Any]:
    """Return what sums must share to be added, as plain data."""
    return {
        "standard": m.standard,
        "unsur": list(m.unsur),
        "scale": [m.low, m.high],
        "by": list(m.by),
        "design": plain_design(m.design),
    }


def as_tuple(names: str | Sequence[str]) -> tuple[str, ...]:
    """Return one name, or several, as a tuple."""
    return (names,) if isinstance(names, str) else tuple(names)


def stated_kind(
    standard: str | SurveyStandard | None, by: str | Sequence[str] | None, design: Design | None
) -> dict[str, Any]:
    """Return what was said of a store, as plain data."""
    kind: dict[str, Any] = {}
    if standard is not None:
        rule = survey_standard(standard)
        kind |= {"standard": rule.id, "scale": [rule.scale.low, rule.scale.high]}
    if by is not None:
        kind["by"] = list(as_tuple(by))
    if design is not None:
        kind["design"] = plain_design(design)
    return kind


def plain_design(design: Design) -> dict[str, Any]:
    """Return a design as plain data, only what it states."""
    return {name: value for name, value in design.model_dump(mode="json").items() if value is not None}


def held_kind(connection: Connection) -> dict[str, Any]:
    """Return what the store holds, as far as it has been set."""
    sa = sqlalchemy()
    rows = connection.execute(sa.select(tables().kind)).all()
    return {row.name: json.loads(row.value) for row in rows}


def settle(connection: Connection, kind: Mapping[str, Any], where: str) -> None:
    """Set what the store does not say yet, and refuse what is another kind.

    Raises
    ------
    StoreError
        With everything that differs.
    """
    table = tables().kind
    held = held_kind(connection)
    if not kind.keys() <= held.keys():
        made = [{"name": n, "value": json.dumps(v, sort_keys=True)} for n, v in kind.items() if n not in held]
        connection.execute(inserting(connection, table), made)
        held = held_kind(connection)  # another writer may have been first
    differing = [name for name in _NAMES if name in kind and held[name] != kind[name]]
    if differing:
        said = "; ".join(f"{name}: it holds {held[name]!r}, given {kind[name]!r}" for name in differing)
        raise StoreError(
            f"a store holds one kind of sums ({said})", where, "Keep other kinds in a store of their own."
        )


def inserting(connection: Connection, table: Any) -> Any:
    """Return an INSERT that leaves a row alone that is there already."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table).on_conflict_do_nothing()
