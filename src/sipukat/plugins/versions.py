"""Which version of the plugin protocols the library speaks, and whether it understands another."""

from __future__ import annotations

import re
from typing import Final

from sipukat._version import __version__

API_VERSION: Final = "1.0"
"""Version of the protocols of readers, checks, exporters and standards, and of the standard files.

The first number grows when a plugin that was right is right no longer, the second when
something is added. It is not the version of the library.
"""

_VERSION: Final = re.compile(r"(0|[1-9][0-9]{0,3})(?:\.(0|[1-9][0-9]{0,3}))?")


def compared(declared: object) -> tuple[str, str]:
    """Say what stands against a plugin made for a version, and what is worth a remark.

    Parameters
    ----------
    declared
        The version that it declares, e.g. ``"1.0"`` or ``"1"``.

    Returns
    -------
    tuple
        Why it is refused, or an empty text; and a remark, or an empty text.

    Examples
    --------
    >>> compared("1.0"), compared("1.9")[1]
    (('', ''), 'it is made for API 1.9, and this library has 1.0: what was added since is not used')
    """
    match = _VERSION.fullmatch(declared) if isinstance(declared, str) else None
    if match is None:
        return f'its API version is not a text such as "{API_VERSION}"', ""
    major, minor = int(match[1]), int(match[2] or 0)
    ours, newest = map(int, API_VERSION.split("."))
    made = f"it is made for API {declared}, and this library has {API_VERSION}"
    if major > ours:
        return f"{made}: use a sipukat that has API {major} (this is {__version__}), or an older plugin", ""
    if major < ours:
        return f"{made}: use a newer plugin, or a sipukat that has API {major}", ""
    return "", f"{made}: what was added since is not used" if minor > newest else ""
