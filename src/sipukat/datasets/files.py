"""Where the invented examples lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from sipukat.errors import UnknownNameError

_FOLDER: Final = Path(__file__).parent
_SURVEYS: Final = ("dpmptsp-contoh", "kota-contoh", "puskesmas-contoh")
_DRAFTS: Final = tuple(sorted(file.stem for file in (_FOLDER / "pelayanan").glob("*.toml")))
_FORMS: Final = tuple(sorted(file.stem for file in (_FOLDER / "compliance").glob("*.toml")))
_KINDS: Final = {"survey": _SURVEYS, "pelayanan": _DRAFTS, "compliance": _FORMS}


def names(kind: Literal["survey", "pelayanan", "compliance"] = "survey") -> tuple[str, ...]:
    """Return the names of the examples of one kind.

    Parameters
    ----------
    kind
        ``"survey"`` for answers, ``"pelayanan"`` for Standar Pelayanan: of each service a
        good one (``-good``) and a poor one (``-poor``). ``"compliance"`` for the checklists
        of ``ombudsman-2022`` that go with the poor ones.

    Raises
    ------
    UnknownNameError
        If there is no such kind.

    Examples
    --------
    >>> names()
    ('dpmptsp-contoh', 'kota-contoh', 'puskesmas-contoh')
    >>> names("pelayanan")[:2]
    ('disdik-legalisasi-ijazah-good', 'disdik-legalisasi-ijazah-poor')
    """
    if kind not in _KINDS:
        raise UnknownNameError("kind of example", kind, _KINDS)
    return _KINDS[kind]


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
    if name in _DRAFTS:
        return _FOLDER / "pelayanan" / f"{name}.toml"
    if name in _FORMS:
        return _FOLDER / "compliance" / f"{name}.toml"
    if name not in _SURVEYS:
        raise UnknownNameError("example data set", name, (*_SURVEYS, *_DRAFTS, *_FORMS))
    return _FOLDER / f"{name}.csv"
