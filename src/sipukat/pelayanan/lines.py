"""From the text of a cell to the lines of a komponen, and to its variants.

Marks of a list ("1.", "a)", "-") go only where the lines are a list: counted from the
first, or dotted. A list in a list stays one line with the line that it hangs on, marks
and all. Nothing else of the words is touched but blanks.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER: Final = re.compile(r"\(?(\d{1,2})(?:[.)]{1,2}\s+|[.)]{1,2}(?=[^\W\d_])|\)\s*)(?=\S)")
_LETTER: Final = re.compile(r"\(?([a-z])[.)]{1,2}\s+(?=\S)", re.IGNORECASE)
_BULLET: Final = re.compile(
    r"[-–—•*·▪■●○◦►➢✓✔\uf000-\uf0ff]\s*(?=[^\s\d\-])|[-–—•*·▪■●○◦►➢✓✔\uf000-\uf0ff]\s+(?=\S)"
)
_MARK: Final = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]{1,2}|[-–—•*·▪■●○◦►➢✓✔]")
_LONGEST_HEADING: Final = 60
_MOST_WORDS: Final = 6
_STEPS: Final = "sistem_mekanisme_prosedur"
_TIME: Final = "jangka_waktu_penyelesaian"
# "Telepon:" is the name of a channel, not of those whom the lines below hold for
_WITHOUT_VARIANTS: Final = {"penanganan_pengaduan"}
_ACTORS: Final = (
    "pemohon",
    "masyarakat",
    "pelanggan",
    "pengguna",
    "petugas",
    "pelaksana",
    "kepala",
    "kasi",
    "operator",
)


class Marked(NamedTuple):
    """A line, and the mark of a list that it begins with.

    `kind` is ``"number"``, ``"letter"``, ``"bullet"`` or empty; `ordinal` its place in the
    list, 0 without one; `rest` the line behind the mark.
    """

    text: str
    kind: str
    ordinal: int
    rest: str


def marked(line: str) -> Marked:
    """Split the mark of a list from a line.

    Examples
    --------
    >>> marked("b. Fotokopi KTP")
    Marked(text='b. Fotokopi KTP', kind='letter', ordinal=2, rest='Fotokopi KTP')
    >>> marked("08.00 - 15.00").kind
    ''
    """
    if match := _NUMBER.match(line):
        return Marked(line, "number", int(match[1]), line[match.end() :])
    if match := _LETTER.match(line):
        return Marked(line, "letter", ord(match[1].lower()) - 96, line[match.end() :])
    if match := _BULLET.match(line):
        return Marked(line, "bullet", 0, line[match.end() :])
    return Marked(line, "", 0, line)


def content_of(cells: Sequence[str], key: str = "") -> list[str] | dict[str, Any]:
    r"""Return the lines of a komponen, or its lines and its variants.

    Parameters
    ----------
    cells
        The texts of its cells, one or more lines each.
    key
        The komponen: in some, a heading in a cell is no variant.

    Examples
    --------
    >>> content_of(["1. Fotokopi KTP\n2. Fotokopi KK"])
    ['Fotokopi KTP', 'Fotokopi KK']
    >>> content_of(["BPJS:\n- Kartu BPJS\nUmum:\n- KTP\n- KK"])
    {'butir': [], 'varian': {'BPJS': ['Kartu BPJS'], 'Umum': ['KTP', 'KK']}}
    """
    lines = [marked(" ".join(line.split())) for cell in cells for line in cell.splitlines() if line.strip()]
    headings = _headings(lines, key)
    if not headings:
        return _items(lines, key)
    variants: dict[str, list[str]] = {}
    for start, end in pairwise([*headings, len(lines)]):
        head = lines[start]
        name = (head.rest if _headed(head) else head.text).rstrip(": ")
        variants.setdefault(name, []).extend(_items(lines[start + 1 : end], key))
    return {"butir": _items(lines[: headings[0]], key), "varian": variants}


def _headed(line: Marked) -> bool:
    """Say whether a line ends as a heading, and is as short as one."""
    words = line.rest.rstrip(": ")
    return (
        line.rest.endswith(":")
        and 0 < len(words) <= _LONGEST_HEADING
        and len(words.split()) <= _MOST_WORDS
        and ":" not in words
    )


def _headings(lines: Sequence[Marked], key: str) -> list[int]:
    """Return the places of the headings of variants; one heading alone is an introduction."""
    if key in _WITHOUT_VARIANTS:
        return []
    places = [place for place, line in enumerate(lines) if _headed(line)]
    kinds = {lines[place].kind for place in places}
    if len(places) < 2 or len(kinds) > 1:  # noqa: PLR2004
        return []
    if places[-1] == len(lines) - 1 or any(b - a < 2 for a, b in pairwise(places)):  # noqa: PLR2004
        return []  # nothing stands below one of them
    if (kind := kinds.pop()) and (key == _STEPS or sum(line.kind == kind for line in lines) > len(places)):
        return []  # "1. Pemohon melampirkan:" among "2. Petugas mencatat" hangs in a list itself
    if key == _STEPS and any(plain(lines[place].rest).startswith(_ACTORS) for place in places):
        return []
    return places


def _items(lines: Sequence[Marked], key: str) -> list[str]:
    """Return the items of lines without headings."""
    kind = _kind_of_list(lines)
    if not kind:
        return [line.text for line in lines]
    if key == _TIME and lines[0].kind != kind and lines[0].text.endswith(":") and _has_digit(lines[0].text):
        return [" ".join(line.text for line in lines)]  # one duration, and what it depends on
    items: list[str] = []
    inside = False  # an item of the list stands above
    for line in lines:
        if line.kind == kind:
            items.append(line.rest)
            inside = True
        elif inside and (line.kind or line.text[:1].islower()):
            items[-1] += f" {line.text}"  # a list in the list, or a line that was wrapped
        else:
            items.append(line.text)
    return items


def _kind_of_list(lines: Sequence[Marked]) -> str:
    """Return the marks of the list that the lines are: counted from the first, or dotted; else nothing."""
    first = next((line for line in lines if line.kind), None)
    if first is None:
        return ""
    if first.kind == "bullet":
        return first.kind
    return first.kind if _counted([line.ordinal for line in lines if line.kind == first.kind]) else ""


def _counted(ordinals: Iterable[int]) -> bool:
    """Say whether places count 1, 2, 3, …; a new list may begin at 1 again."""
    before = 0
    for ordinal in ordinals:
        if ordinal not in {before + 1, 1}:
            return False
        before = ordinal
    return True


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return one text for each row of cells: URAIAN may be spread over several columns.

    A column of numbers in front becomes the marks of a list; texts of several lines stay apart.

    Examples
    --------
    >>> joined([["1", "KTP"], ["2", "KK"]]), joined([["Dokter umum", "15.000"]])
    (['1. KTP', '2. KK'], ['Dokter umum 15.000'])
    """
    numbered = [row[0] for row in rows if len(row) > 1]
    counted = len(numbered) > 1 and numbered == [str(n) for n in range(1, len(numbered) + 1)]
    texts: list[str] = []
    for row in rows:
        cells = list(row)
        if len(cells) > 1 and counted:
            cells = [f"{cells[0]}. {cells[1]}", *cells[2:]]
        elif len(cells) > 1 and _MARK.fullmatch(cells[0]):
            cells = [f"{cells[0]} {cells[1]}", *cells[2:]]
        texts += cells if any("\n" in cell for cell in cells) else [" ".join(cells)]
    return texts
