"""Who answered, as a poster counts them: sex and education, small counts merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number, plain
from sipukat.errors import ArgumentError
from sipukat.report.withholding import CELL, withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sipukat._text import Lang
    from sipukat.survey import Responses

Counts = dict[str, dict[str, int]]

KINDS: Final = ("sex", "education")
"""What a poster says of its respondents: roles of the survey's columns."""

_NAMES: Final = {"jenis kelamin": "sex", "sex": "sex", "pendidikan": "education", "education": "education"}
_SEXES: Final = {
    "l": "L", "laki laki": "L", "laki-laki": "L", "pria": "L", "lk": "L", "male": "L", "m": "L",
    "p": "P", "perempuan": "P", "wanita": "P", "pr": "P", "female": "P", "f": "P",
}  # fmt: skip
_LADDER: Final = ("sd", "smp", "sltp", "sma", "slta", "smk", "d1", "di", "d2", "dii", "d3", "diii", "d4",
                  "div", "s1", "s2", "s3")  # fmt: skip
_MOST: Final = 10  # categories that a poster can name


def given(profile: Mapping[str, Mapping[str, int]] | None) -> Counts:
    """Check counts that were given.

    Parameters
    ----------
    profile
        ``"jenis kelamin"`` (or ``"sex"``) and ``"pendidikan"`` (or ``"education"``), each
        with how many respondents gave which answer.

    Raises
    ------
    ArgumentError
        If it has another part, or a count is not a whole number of people.

    Examples
    --------
    >>> given({"jenis kelamin": {"Laki-laki": 40, "Perempuan": 52}})
    {'sex': {'L': 40, 'P': 52}}
    """
    counts: Counts = {}
    for name, parts in (profile or {}).items():
        kind = _NAMES.get(plain(name))
        if kind is None:
            raise ArgumentError(f"profile has {name!r}; a poster knows 'jenis kelamin' and 'pendidikan'")
        for label, n in parts.items():
            if not isinstance(n, int) or isinstance(n, bool) or n < 0:
                raise ArgumentError(f"profile[{name!r}][{label!r}] must be a number of people, got {n!r}")
            _count(counts.setdefault(kind, {}), kind, label, n)
    return {kind: _ordered(parts) for kind, parts in counts.items()}


def counted(responses: Responses, by: Iterable[str], groups: Iterable[object]) -> dict[object, Counts]:
    """Count who answered, in each of some groups.

    A column that the reader did not recognise is not counted, and where two columns claim
    to be the same, neither is: nothing is guessed.

    Parameters
    ----------
    responses
        The answers.
    by
        The columns that make a group; none where there is one group, None.
    groups
        The groups, as the result names them.
    """
    columns = {kind: names[0] for kind in KINDS if len(names := responses.columns(kind)) == 1}
    keys = list(by)
    found: dict[object, Counts] = {group: {} for group in groups}
    frame = responses.frame
    if not columns or not set(keys) <= set(frame.columns):
        return found
    known: dict[tuple[str, ...], object] = {_key(group): group for group in found}
    told_by = [frame[name].astype(object).where(frame[name].notna(), None) for name in keys]
    belongs = [_key(row) for row in zip(*told_by, strict=True)] if keys else [_key(None)] * len(frame)
    for kind, column in columns.items():
        for name, value in zip(belongs, frame[column], strict=True):
            if name in known and isinstance(value, str) and value.strip():
                _count(found[known[name]].setdefault(kind, {}), kind, value.strip(), 1)
    return {
        group: {kind: _ordered(parts) for kind, parts in counts.items()} for group, counts in found.items()
    }


def _key(group: object) -> tuple[str, ...]:
    return tuple(map(str, group)) if isinstance(group, tuple) else (str(group),)


def _count(parts: dict[str, int], kind: str, label: str, n: int) -> None:
    name = _SEXES.get(plain(label), label) if kind == "sex" else label
    parts[name] = parts.get(name, 0) + n


def _ordered(parts: Mapping[str, int]) -> dict[str, int]:
    ranks = {name: place for place, name in enumerate(_LADDER)}

    def rank(label: str) -> tuple[int, str]:
        words = plain(label).replace("-", "").replace(".", "").split()
        return next((ranks[word] for word in words if word in ranks), len(ranks)), label

    return {label: parts[label] for label in sorted(parts, key=rank) if parts[label]}


def hidden_cells(every: Mapping[object, Counts], *, below: int = CELL) -> frozenset[tuple[Any, ...]]:
    """Return the counts that must not be shown: ``(kind, group, label)``.

    Small ones, and others with them, so that none can be computed from the counts of the
    same group, nor from those of the others and their total.

    Parameters
    ----------
    every
        The counts of every group that has a poster.
    below
        Fewer people than this are not counted apart; 0 hides none.
    """
    hidden: set[tuple[Any, ...]] = set()
    for kind in KINDS:
        sizes = {
            (group, label): n for group, counts in every.items() for label, n in counts.get(kind, {}).items()
        }
        gone = withheld({(_key(group), label): n for (group, label), n in sizes.items()}, below=below).names
        hidden |= {(kind, group, label) for group, label in sizes if (_key(group), label) in gone}
    return frozenset(hidden)


def told(counts: Mapping[str, int], hidden: Iterable[str], *, others: str, lang: Lang) -> str:
    """Put the counts of one kind into words, the hidden ones as one; nothing if all are hidden.

    Examples
    --------
    >>> told({"SD": 12, "SMA": 40, "S1": 3, "S2": 9}, {"S1", "S2"}, others="lainnya", lang="id")
    'SD = 12, SMA = 40, lainnya = 12'
    """
    gone = set(hidden)
    rest = [label for label in counts if label not in gone]
    if not rest:
        return ""
    gone |= set(rest[_MOST:])
    shown = [f"{label} = {number(counts[label], 0, lang=lang)}" for label in rest[:_MOST]]
    merged = sum(n for label, n in counts.items() if label in gone)
    if merged:
        shown.append(f"{others} = {number(merged, 0, lang=lang)}")
    return ", ".join(shown)
