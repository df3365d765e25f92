"""The standards that the library brings, one attribute an id with ``_`` for ``-``.

They are read when they are first asked for, so that listing them costs nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sipukat.errors import UnknownNameError
from sipukat.standards.loader import load

if TYPE_CHECKING:
    from sipukat.standards.loader import Standard

IDS = (
    "ipp-29-2022",
    "kepmenpan-25-2004",
    "ombudsman-2021",
    "ombudsman-2022",
    "ombudsman-2025",
    "permenpanrb-14-2017",
    "permenpanrb-15-2014",
    "permenpanrb-16-2014",
    "spak",
    "spkp",
    "uu-25-2009",
)
"""Ids of the standards in ``data/``."""


@cache
def packaged(id: str) -> Standard:  # noqa: A002  the word of the data
    """Return one of the library's own standards.

    Raises
    ------
    UnknownNameError
        If there is none of that id.

    Examples
    --------
    >>> packaged("spak").scope
    'programme'
    """
    if id not in IDS:
        raise UnknownNameError("standard", id, IDS)
    return load(files("sipukat.standards") / "data" / f"{id}.toml", base=packaged)


def __getattr__(name: str) -> Standard:
    id = name.replace("_", "-")  # noqa: A001  the word of the data
    if id not in IDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return packaged(id)
