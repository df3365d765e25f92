"""Import an optional package, or name the extra that brings it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sipukat.errors import MissingExtraError


def require(package: str, *, extra: str, purpose: str) -> Any:
    """Return the module `package`, or say which extra brings it.

    Only its absence is turned into the friendly error: a package that is there and
    fails to import shows its own failure.

    Parameters
    ----------
    package
        Name of the module.
    extra
        The extra of sipukat that installs it.
    purpose
        What it is needed for, as the start of a sentence.

    Raises
    ------
    MissingExtraError
        If the package is not installed.

    Examples
    --------
    >>> require("json", extra="none", purpose="this example").dumps([1])
    '[1]'
    """
    if find_spec(package.partition(".")[0]) is None:
        raise MissingExtraError(package, extra, purpose)
    return import_module(package)
