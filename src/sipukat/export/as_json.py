"""JSON for programs: a versioned envelope around the document."""

from __future__ import annotations

import json as json_module
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sipukat.report.processing import footer_table
from sipukat.report.sheets import Processing

if TYPE_CHECKING:
    from sipukat.report.document import Block, Document

SCHEMA: Final = "urn:sipukat:document:1"
SCHEMA_VERSION: Final = 1


def _plain(value: Any) -> Any:
    # A Decimal has few digits here, so that the shortest float prints the same number.
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in a document's JSON")


def _block(block: Block, document: Document) -> dict[str, Any]:
    if isinstance(block, Processing):
        return footer_table(block, lang=document.lang).model_dump()
    return block.model_dump()


class JsonExporter:
    """Write a document as JSON, UTF-8, keys sorted, without NaN.

    Respondents' answers are left out: of the processing sheet only the footer is written,
    as a table.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Document, Provenance
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> b'"$schema": "urn:sipukat:document:1"' in json(Document(title="T", blocks=(), provenance=made))
    True
    """

    suffix = ".json"
    media_type = "application/json"

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with Unix line ends."""
        envelope = {
            "$schema": SCHEMA,
            "schema_version": SCHEMA_VERSION,
            "title": document.title,
            "subtitle": document.subtitle,
            "lang": document.lang,
            "blocks": [_block(block, document) for block in document.blocks],
            "provenance": document.provenance.model_dump(mode="json"),
            "data": dict(document.data),
        }
        text = json_module.dumps(
            envelope, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=2, default=_plain
        )
        return f"{text}\n".encode()


json: JsonExporter = JsonExporter()
