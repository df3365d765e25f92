"""Where the invented examples lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sipukat.errors import UnknownNameError

_FOLDER: Final = Path(__file__).parent
_NAMES: Final = ("kota-contoh", "puskesmas-contoh")


def names() -> tuple[str, ...]:
    """Return the names of the examples.

    Examples
    --------
    >>> names()
    ('kota-contoh', 'puskesmas-contoh')
    """
    return _NAMES


def path(name: str) -> Path:
    """Return the file of an example, to be read like any other.

    Parameters
    ----------
    name
        One of `names`.

    Raises
    ------
    UnknownNameError
        If there is none of that name.

    Examples
    --------
    >>> path("kota-contoh").name
    'kota-contoh.csv'
    """
    if name not in _NAMES:
        raise UnknownNameError("example data set", name, _NAMES)
    return _FOLDER / f"{name}.csv"
