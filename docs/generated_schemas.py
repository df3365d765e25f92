"""The reference of the JSON Schemas: each schema with its id, each of its parts with its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat import export, pelayanan, standards
from sipukat.cli.outputs import OUTPUTS, json_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONSTRAINTS = {
    "minimum": "≥",
    "exclusiveMinimum": ">",
    "maximum": "≤",
    "exclusiveMaximum": "<",
    "minLength": "panjang ≥",
    "maxLength": "panjang ≤",
    "minItems": "banyaknya ≥",
    "pattern": "pola",
    "format": "bentuk",
}


def schemas() -> Iterator[tuple[str, str, list[tuple[str, list[tuple[str, str, str, str]]]]]]:
    """Yield each schema: its id, its title, and its parts, each a name and rows of fields."""
    found = [pelayanan.json_schema(), export.json_schema()]
    found += [standards.json_schema(kind) for kind in ("survey", "document", "compliance")]
    # that of one standard has the parts of the files of standards above
    found += [json_schema(name) for name in OUTPUTS if name != "standards-show"]
    for schema in found:
        own = [(schema["title"], schema)] if "properties" in schema else []
        parts = [*own, *sorted(schema.get("$defs", {}).items())]
        yield schema["$id"], schema["title"], [(name, _rows(part)) for name, part in parts]


def _rows(part: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    if "properties" not in part:  # one of several, or a plain value
        return [("", _type(part), "", _first(part.get("description", "")))]
    required = set(part.get("required", ()))
    return [
        (f"`{name}`", _type(field), "ya" if name in required else "", _first(field.get("description", "")))
        for name, field in part["properties"].items()
    ]


def _first(text: str) -> str:
    return text.split("\n\n", 1)[0]


def _type(field: dict[str, Any]) -> str:
    """Say what may stand in a field, in a few words."""
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if choices := field.get("anyOf") or field.get("oneOf"):
        return " atau ".join(dict.fromkeys(map(_type, choices)))
    kind = field.get("type", "apa saja")
    kind = " atau ".join(kind) if isinstance(kind, list) else kind
    if kind == "array" and "items" in field:
        kind = f"daftar {_type(field['items'])}"
    elif isinstance(inner := field.get("additionalProperties"), dict):
        kind = f"peta ke {_type(inner)}"
    limits = [f"{sign} `{field[key]}`" for key, sign in _CONSTRAINTS.items() if key in field]
    return " ".join([kind, *limits])
