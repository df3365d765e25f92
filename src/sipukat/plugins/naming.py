"""Names that others give: which are taken, and how any of them is printed without harm."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

MOST: Final = 100
"""The most characters that the name of a plugin may have."""

_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_RUNS: Final = re.compile(r"[-_.]+")
_TOLD: Final = 500


def normalised(name: str) -> str:
    """Return a name as package indexes compare names (PEP 503).

    Examples
    --------
    >>> normalised("My_Plugin")
    'my-plugin'
    """
    return _RUNS.sub("-", name).lower()


def shown(name: str, *, most: int = 80) -> str:
    r"""Return a name in plain ASCII, so that a look-alike or a terminal escape shows for what it is.

    Examples
    --------
    >>> print(shown("j\u0455on\x1b[31m"))
    j\u0455on\x1b[31m
    >>> shown("a" * 10_000, most=5)
    'aaaaa… (10000 characters)'
    """
    cut = name[:most].encode("unicode_escape").decode("ascii")
    return cut if len(name) <= most else f"{cut}… ({len(name)} characters)"


def printable(text: str, *, most: int = _TOLD) -> str:
    r"""Return a text on one line, with what moves a cursor or turns the direction of writing escaped.

    Examples
    --------
    >>> print(printable("tidak\nada \u202e modul"))
    tidak\nada \u202e modul
    """
    cut = text[:most] + ("…" if len(text) > most else "")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def told(failure: BaseException) -> str:
    """Return the kind and the message of what a stranger's code raised, safe to print.

    Examples
    --------
    >>> told(ValueError("rusak.")), told(SystemExit())
    ('ValueError: rusak', 'SystemExit')
    """
    try:
        words = str(failure)
    except Exception:  # noqa: BLE001  the message, too, is a stranger's code
        words = "(without a message that can be read)"
    return printable(f"{type(failure).__name__}: {words}".rstrip(": ."))


def trouble_with(name: str, *, reserved: Collection[str]) -> str:
    """Return why a name is not taken, or an empty text if it is.

    Parameters
    ----------
    name
        The name that a package claims.
    reserved
        The names of what the library brings itself.

    Examples
    --------
    >>> trouble_with("json-desa", reserved=["json"])
    ''
    >>> print(trouble_with("JSON", reserved=["json"]))
    a name is made of a-z and 0-9, with single '-', '_' or '.' between, and this one
    resembles the built-in 'json'
    """
    if len(name) > MOST:
        return f"a name has at most {MOST} characters, and this one {len(name)}"
    folded = normalised(unicodedata.normalize("NFKC", name).casefold())
    near = folded in reserved and name not in reserved
    resembles = f", and this one resembles the built-in {folded!r}" if near else ""
    if not _NAME.fullmatch(name):
        return f"a name is made of a-z and 0-9, with single '-', '_' or '.' between{resembles}"
    return f"a name of its own is needed{resembles}" if near else ""
