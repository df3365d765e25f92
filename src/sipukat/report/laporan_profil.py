"""Who answered, for the annual report: counts by characteristic, small ones merged."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import plain
from sipukat.errors import ArgumentError
from sipukat.findings import Finding
from sipukat.report.cleaning import clean
from sipukat.report.document import Column, Paragraph, Table
from sipukat.report.withholding import CELL, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat.report.laporan_subject import Subject

_KINDS: Final = ("sex", "age", "education", "job")  # roles of the columns, in the order of the form
_MALE: Final = {"l", "lk", "laki laki", "laki-laki", "lakilaki", "pria", "male", "m"}
_FEMALE: Final = {"p", "pr", "perempuan", "wanita", "female", "f"}
_SCHOOLS: Final = (
    "sekolah", "sd", "smp", "sltp", "sma", "slta", "smk", "d1", "di", "d2", "dii", "d3", "diii",
    "d4", "div", "s1", "s2", "s3",
)  # fmt: skip
_REST: Final = {"lainnya", "lain", "others", "other", "tidak diisi", "not filled in"}
_STARTS: Final = (17, 26, 36, 46, 56)  # first year of each age group
_MOST: Final = 20  # groups of one characteristic that a table names


def counts_of(subject: Subject) -> dict[str, dict[str, int]]:
    """Return how many respondents have what characteristic, from `profile` or the answers.

    Raises
    ------
    ArgumentError
        If a count is no number of people.
    """
    if subject.profile is not None:
        return {str(kind): _checked(str(kind), parts) for kind, parts in subject.profile.items() if parts}
    if subject.responses is None:
        return {}
    found = {}
    for kind in _KINDS:
        columns = subject.responses.columns(kind)
        if len(columns) != 1:  # where two claim to be the same, nothing is guessed
            continue
        held = subject.responses.frame[columns[0]]
        counted = Counter({subject.say("unfilled"): int(held.isna().sum())})
        for value, n in Counter(held.dropna().tolist()).items():
            counted[_label(subject, kind, value)] += n
        counted = +counted  # without those that nobody gave
        if set(counted) != {subject.say("unfilled")}:
            sexes = [subject.say("male"), subject.say("female")]  # in the order of the form
            order = [label for label in sexes if label in counted]
            order += sorted(counted.keys() - set(order), key=_order)
            found[subject.say(kind)] = {label: counted[label] for label in order}
    return found


def _checked(kind: str, parts: Mapping[str, int]) -> dict[str, int]:
    for label, n in parts.items():
        if isinstance(n, bool) or not isinstance(n, int) or n < 0:
            raise ArgumentError(f"profile[{kind!r}][{label!r}] must be a number of people, got {n!r}")
    return {str(label): n for label, n in parts.items() if n}


def _label(subject: Subject, kind: str, value: Any) -> str:
    if isinstance(value, float) and value.is_integer():  # a code that a blank beside it made a float
        value = int(value)
    if not str(value).strip():
        return subject.say("unfilled")
    text = plain(str(value))
    if kind == "sex" and text in _MALE | _FEMALE:
        return subject.say("male" if text in _MALE else "female")
    if kind == "age":
        years = _years(value)
        return clean(str(value).strip()) if years is None else _age_group(subject, years)
    return clean(str(value).strip())


def _years(value: Any) -> float | None:
    """Return an age, or nothing where the form asked for groups or a date."""
    try:
        years = float(value)
    except (TypeError, ValueError):
        return None
    return years if math.isfinite(years) else None


def _age_group(subject: Subject, years: float) -> str:
    if years < _STARTS[0]:
        return subject.say("under", age=_STARTS[0])
    if years >= _STARTS[-1]:
        return subject.say("over", age=_STARTS[-1])
    place = max(i for i, start in enumerate(_STARTS) if years >= start)
    return subject.say("ages", low=_STARTS[place], high=_STARTS[place + 1] - 1)


def _order(label: str) -> tuple[bool, int, int, str]:
    """Put schools and ages in their order, other groups by the alphabet, the rest last."""
    words = plain(label).replace("-", " ").replace(".", "").split()
    school = next((_SCHOOLS.index(word) for word in words if word in _SCHOOLS), len(_SCHOOLS))
    years = next((int(word) for word in words if word.isdecimal()), 0)
    first = 0 if years == _STARTS[0] and not words[0].isdecimal() else years + 1
    rest = plain(label) in _REST or words[:1] == ["lainnya"]
    return rest, school, first if years else 0, label


def profile(subject: Subject) -> Iterator[Paragraph | Table]:
    """Yield the table of who answered, or why there is none."""
    counted = counts_of(subject)
    if not counted:
        yield Paragraph(text=subject.say("profil_none"))
        return
    rows: list[tuple[Any, ...]] = []
    opened = []
    merged = False
    for kind, parts in counted.items():
        shown, gone = _shown(subject, parts)
        if not shown:
            continue
        merged = merged or gone > 0
        opened.append(len(rows))
        rows.append((kind, None, None))
        whole = sum(parts.values())
        rows += [(label, n, 100 * n / whole) for label, n in shown.items()]
    if not rows:
        yield Paragraph(text=subject.say("profil_few"))
        return
    notes = [subject.say("profil_note")]
    if merged:
        notes.append(subject.say("profil_merged", cell=CELL, merged=subject.say("merged")))
    yield Table(
        id="profil",
        name=subject.say("profil_name"),
        caption=subject.say("profil_caption"),
        columns=(
            Column(key="karakteristik", label=subject.say("karakteristik")),
            Column(key="n", label=subject.say("orang"), kind="integer"),
            Column(key="persen", label=subject.say("persen"), kind="number", decimals=1),
        ),
        rows=tuple(rows),
        group_rows=tuple(opened),
        note=" ".join(notes),
    )


def _shown(subject: Subject, parts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Return the groups that are shown, the others as one, and how many those are."""
    gone = withheld(parts, below=_cell(subject)).names
    if gone == set(parts) and gone:
        return {}, len(gone)
    kept = {label: n for label, n in parts.items() if label not in gone}
    for label in sorted(kept, key=lambda name: kept[name])[: max(len(kept) - _MOST, 0)]:
        del kept[label]
    rest = [n for label, n in parts.items() if label not in kept]
    if rest:
        kept[subject.say("merged")] = sum(rest)
    return kept, len(rest)


def _cell(subject: Subject) -> int:
    """Return the fewest people of a group; none is withheld where the report withholds nothing."""
    return min(CELL, subject.told.hidden.below)


def profile_findings(subject: Subject) -> Iterator[Finding]:
    """Yield what a reader must know of the profile."""
    n = subject.result.overall.n
    counted = counts_of(subject)
    gone = sum(_shown(subject, parts)[1] for parts in counted.values())
    if gone:
        yield Finding.of("PUB735", merged=gone, threshold=CELL)
    for kind, parts in counted.items():
        whole = sum(parts.values())
        if whole != n:
            yield Finding.of("PUB733", path=clean(kind), counted=whole, n=n)
