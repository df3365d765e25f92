"""JSON Schema of what the exporter ``json`` writes, made from the records of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import GenerateJsonSchema

from sipukat._validation import summarised
from sipukat.export.as_json import SCHEMA, SCHEMA_VERSION
from sipukat.report.document import Document

if TYPE_CHECKING:
    from pydantic_core import core_schema

_NUMBER: Final = {"type": ["number", "null"]}
_ESTIMATE: Final[dict[str, Any]] = {
    "n": {"type": "integer", "minimum": 0, "description": "Respondents."},
    "published": {
        "type": ["string", "null"],
        "pattern": r"^-?[0-9]+\.[0-9]{2}$",
        "description": "The index as it is printed, 2 decimals; null where there is none.",
    },
    "ikm": _NUMBER | {"description": "The index, unrounded."},
    "se": _NUMBER | {"description": "Its standard error."},
    "low": _NUMBER | {"description": "Lower end of the interval."},
    "high": _NUMBER | {"description": "Upper end of the interval."},
    "mutu": {"type": ["string", "null"]},
    "kinerja": {"type": ["string", "null"]},
    "mutu_probability": {"type": "object", "additionalProperties": {"type": "number"}},
}
_DATA: Final[dict[str, Any]] = {
    "type": "object",
    "description": "The same numbers for programs, unrounded. What it holds depends on what is reported.",
    "properties": {
        "part": {"type": "string", "description": "Which report of the object this is."},
        "standard": {"type": "string", "description": "Id of the standard."},
        "by": {"type": "array", "items": {"type": "string"}},
        "overall": {
            "type": "object",
            "required": ["n", "published"],
            "properties": _ESTIMATE | {key: {"type": "object"} for key in ("nrr", "answered")},
        },
        "groups": {
            "type": "array",
            "description": "One entry a group; a withheld group has a name and no number.",
            "items": {
                "type": "object",
                "required": ["group", "withheld"],
                "properties": {"group": {"type": "array"}, "withheld": {"type": "boolean"}} | _ESTIMATE,
                "if": {"properties": {"withheld": {"const": True}}},
                "then": {"properties": dict.fromkeys(_ESTIMATE, False)},
            },
        },
        "documents": {
            "type": "array",
            "description": "Standar Pelayanan, as `sipukat schema document` describes each.",
            "items": {"type": "object", "required": ["format"]},
        },
    },
}


class _Written(GenerateJsonSchema):
    """What the JSON holds: a decimal is a number there, not a text."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> dict[str, Any]:
        del schema
        return {"type": "number"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a document as ``json`` writes it.

    The version is in `$id`; what one version accepts, it goes on accepting.

    Examples
    --------
    >>> schema = json_schema()
    >>> schema["$id"], sorted(schema["required"])[:3]
    ('urn:sipukat:document:1', ['$schema', 'blocks', 'data'])
    """
    own = summarised(Document.model_json_schema(mode="serialization", schema_generator=_Written))
    definitions, properties = own["$defs"], own["properties"]
    blocks = properties["blocks"]["items"]
    # respondents' answers are never written: the sheet is there as a table
    mapping = blocks.pop("discriminator", {}).get("mapping", {})
    withheld = mapping.get("processing", "#/$defs/Processing")
    blocks["oneOf"] = [branch for branch in blocks["oneOf"] if branch["$ref"] != withheld]
    definitions.pop("Processing", None)
    for definition in definitions.values():
        if "kind" in definition.get("properties", {}) and "const" in definition["properties"]["kind"]:
            definition["required"] = sorted({*definition.get("required", ()), "kind"})
    properties = {
        "$schema": {"const": SCHEMA},
        "schema_version": {"const": SCHEMA_VERSION},
        **properties,
        "data": _DATA,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": f"Document of sipukat, version {SCHEMA_VERSION}",
        "description": "A report before it has a look: what is said, block by block.",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        "$defs": definitions,
    }
