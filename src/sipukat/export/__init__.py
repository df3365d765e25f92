"""Files made of documents: one exporter a format, by name.

Plugins bring others through the entry-point group ``sipukat.exporters``.
"""

from __future__ import annotations

from sipukat.export.base import Exporter, for_path, get, names, shown
from sipukat.export.document_schema import json_schema

__all__ = ["Exporter", "for_path", "get", "json_schema", "names", "shown"]
