"""JSON Schema of a Standar Pelayanan, and examples that any program in any language can try."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sipukat._validation import summarised
from sipukat.pelayanan.migrations import FORMAT
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a stored Standar Pelayanan.

    It accepts what `StandarPelayanan` accepts, as far as a schema can say it: a komponen
    is free text, but a stated time is figures and a unit and an amount is whole rupiah,
    so that ``"waktu": "tiga hari"`` and ``"amount": "abc"`` are refused here too. What it
    cannot say: a day that no calendar has, or NUL characters.

    Examples
    --------
    >>> json_schema()["$id"]
    'urn:sipukat:pelayanan:1'
    """
    schema = summarised(StandarPelayanan.model_json_schema(mode="validation"))
    local = schema["properties"]["tambahan"]  # pydantic's own lets any key pass
    ((pattern, content),) = local.pop("patternProperties").items()
    keys = {"pattern": pattern, "not": {"enum": list(KOMPONEN)}, **local.pop("propertyNames")}
    local |= {"propertyNames": keys, "additionalProperties": content}
    properties = {
        "format": {"const": FORMAT, "description": "Format of the file."},
        **schema.pop("properties"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sipukat:pelayanan:{FORMAT}",
        **schema,
        "title": f"Standar Pelayanan, format {FORMAT}",
        "properties": properties,
    }


def vectors() -> dict[str, Any]:
    """Return examples for programs in other languages.

    ``accept`` and ``reject`` are documents with a reason; ``parse`` are texts of durations,
    fees and staff counts with what is understood of them.

    Examples
    --------
    >>> sorted(vectors())
    ['accept', 'format', 'parse', 'reject']
    """
    text = files("sipukat.pelayanan").joinpath("vectors.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
