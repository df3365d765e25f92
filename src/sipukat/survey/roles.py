"""What columns that are no unsur hold, by the words of their headings and by their values.

The vocabulary, in ``vocabulary.toml``, is what real files bear; personal data and comments are recognised so
that they can be left out.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sipukat.survey.headings import words
from sipukat.survey.privacy import is_personal

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG_TEXT: Final = 40
_WORDY: Final = 4
_PERSONAL_SHARE: Final = 5  # one value in five
_FEW_TEXTS: Final = 5
_LONG_HEADING: Final = 12
_SHORT_HEADING: Final = 5
_MOST_PREFIXES: Final = 4


@cache
def _vocabulary() -> dict[str, dict[str, Any]]:
    text = files("sipukat.survey").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _parts(kind: str) -> dict[str, str]:
    return {part: role for role, entry in _vocabulary().items() for part in entry.get(kind, ())}


def roles() -> dict[str, str]:
    """Return each role and what it means.

    Examples
    --------
    >>> roles()["unit"]
    'the office that served'
    """
    return {role: entry["meaning"] for role, entry in _vocabulary().items()}


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """Return the role that a heading names, or nothing.

    Examples
    --------
    >>> role_of("NO. RESPONDEN "), role_of("Nama Responden"), role_of("nama layanan"), role_of("app_total")
    ('respondent', 'personal', 'service', 'total')
    """
    if heading.strip() == "%":
        return "total"
    parts = words(heading).split()
    whole = _exact(parts) or _personal(parts) or _prefixed(heading, parts) or _by_parts(parts)
    return whole or next(filter(None, map(role_of, _within(heading))), "")


def _within(heading: str) -> Sequence[str]:
    """Return the headings in a heading: in two languages ("Usia / Age"), or after a code ("jk. Sex")."""
    if match := re.fullmatch(r"\s*[A-Za-z]\w{0,40}[.:] (.{3,400})", heading):
        return [match[1]]
    halves = heading.split(" / ")
    return halves if len(halves) == 2 else ()  # noqa: PLR2004


def _exact(parts: Sequence[str]) -> str:
    return _parts("headings").get(" ".join(parts), "")


def _personal(parts: Sequence[str]) -> str:
    said = frozenset(parts)
    entry = _vocabulary()["personal"]
    of_a_person = said & set(entry["parts_of_a_person"]) and not said & set(entry["unless"])
    return "personal" if of_a_person or said & set(entry["parts"]) else ""


def _prefixed(heading: str, parts: Sequence[str]) -> str:
    """Read a heading without the prefix of an application (app_total) or a group (profil/jenis_kelamin)."""
    if not re.search(r"[_/\-.]", heading):
        return ""
    for start in range(1, min(len(parts), _MOST_PREFIXES)):
        if list(parts[start:]) == ["id"]:  # the id of what stands before it, not of the respondent
            break
        if (role := _exact(parts[start:])) and role not in {"question", "answer"}:
            return role
    return "meta" if heading.strip().startswith("_") else ""


def _by_parts(parts: Sequence[str]) -> str:
    said = frozenset(parts)
    if said & set(_vocabulary()["comment"]["parts"]) and len(parts) <= _LONG_HEADING:
        return "comment"
    if len(parts) > _SHORT_HEADING:
        return ""
    return next((role for part, role in _parts("parts_of_short").items() if part in said), "")


def role_by_values(values: Sequence[object]) -> str:
    """Return ``"personal"`` or ``"comment"`` where distinct values show as much, or nothing.

    Examples
    --------
    >>> role_by_values(["3578011502900001", "3578014107850002"]), role_by_values(["A", "B"])
    ('personal', '')
    """
    if not values:
        return ""
    if _PERSONAL_SHARE * sum(map(is_personal, values)) >= len(values):
        return "personal"
    texts = [value for value in values if isinstance(value, str)]
    wordy = sum(len(text) > _LONG_TEXT and len(text.split()) >= _WORDY for text in texts)
    return "comment" if len(texts) > _FEW_TEXTS and 2 * wordy > len(texts) else ""
