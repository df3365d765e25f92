"""For the tests of applications and plugins: strategies, conformance suites, assertions.

A plugin's author writes two lines, a class that names the plugin; an application draws what
it may be given from `strategies`, and says with ``assert_…`` what must hold. Needs the extra
``testing`` (hypothesis, pytest).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sipukat.testing.asserts import (
    assert_document_has,
    assert_finds,
    assert_no_errors,
    assert_same_result,
)
from sipukat.testing.conformance import (
    ChecksConformance,
    ExporterConformance,
    ReaderConformance,
    StandardConformance,
)

if TYPE_CHECKING:
    from sipukat.testing import strategies

__all__ = [
    "ChecksConformance",
    "ExporterConformance",
    "ReaderConformance",
    "StandardConformance",
    "assert_document_has",
    "assert_finds",
    "assert_no_errors",
    "assert_same_result",
    "strategies",
]


def __getattr__(name: str) -> Any:
    if name == "strategies":  # they need hypothesis, and the rest does not
        return import_module("sipukat.testing.strategies")
    raise AttributeError(f"module 'sipukat.testing' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return list(__all__)
