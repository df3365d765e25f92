"""Standar Pelayanan and Indeks Kepuasan Masyarakat, as a library.

Rooms: `standards` (what the law says), `pelayanan` (what an office promises), `checks` (what is
wrong with it), `compliance` (how it scores), `survey` (what citizens answered), `ikm` (what that
amounts to), `report`, `plot`, `export` (saying it). Verbs: `check`, `read_survey`,
`publish`, `verify`.

Rooms and verbs are loaded when they are first used, so that importing the library costs
next to nothing and loads neither pandas nor scipy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sipukat._version import __version__

if TYPE_CHECKING:
    from sipukat import (
        checks,
        compliance,
        datasets,
        errors,
        export,
        findings,
        ikm,
        pelayanan,
        plot,
        plugins,
        regulation,
        report,
        standards,
        survey,
        testing,
    )
    from sipukat.checks import check
    from sipukat.publishing import publish
    from sipukat.survey import read_survey
    from sipukat.verifying import verify

_VERBS = {
    "check": "sipukat.checks",
    "publish": "sipukat.publishing",
    "read_survey": "sipukat.survey",
    "verify": "sipukat.verifying",
}

__all__ = [
    "__version__",
    "check",
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
    "publish",
    "read_survey",
    "regulation",
    "report",
    "standards",
    "survey",
    "testing",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return getattr(import_module(_VERBS[name]), name)
    if name in __all__:
        return import_module(f"sipukat.{name}")
    raise AttributeError(f"module 'sipukat' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return list(__all__)
