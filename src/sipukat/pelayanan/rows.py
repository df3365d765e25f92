"""What each row of a table NO | KOMPONEN | URAIAN is: a heading, a group, a komponen, or more of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from sipukat._text import plain
from sipukat.errors import DraftError
from sipukat.standards.labels import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sipukat.standards.document_model import DocumentStandard

_KOMPONEN: Final = {"komponen", "unsur"}
_URAIAN: Final = {"uraian", "keterangan", "isi", "penjelasan", "deskripsi", "rincian", "standar"}
_NUMBERS: Final = {"no", "nomor", "nomer", "nmr", "№"}
_GROUPS: Final = ("service delivery", "manufacturing", "penyampaian pelayanan", "pengelolaan pelayanan")
_MOST_HEADING_WORDS: Final = 5
_LONGEST_GROUP: Final = 200
_WORD: Final = re.compile(r"\w+")
_MARK: Final = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]{0,2}|[-–—•*·]")
_COUNT: Final = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]{1,2}|\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that is not blank.

    Parameters
    ----------
    kind
        ``"komponen"`` begins a known one, ``"label"`` one that is not known; ``"more"``
        has no label; ``"group"`` opens a group; ``"heading"`` names the columns.
    key
        Key of the komponen, where it is known.
    label
        The label as it stands there.
    number
        Its number, without punctuation, or nothing.
    cells
        The filled cells of URAIAN.
    after_blank
        Whether a blank row stands before it.
    text
        The whole row as one line, a colon behind its first cell.
    """

    kind: Literal["komponen", "label", "more", "group", "heading"]
    key: str = ""
    label: str = ""
    number: str = ""
    cells: tuple[str, ...] = ()
    after_blank: bool = False
    text: str = ""


def rows_of(texts: Sequence[Sequence[str]], law: DocumentStandard, where: str) -> Iterator[Row]:
    """Yield the rows of a table, without its blank rows.

    Raises
    ------
    DraftError
        If no cell names a komponen.
    """

    @cache
    def key_of(text: str) -> str:
        komponen = law.label_of(text)
        return komponen.key if komponen else ""

    column = _label_column(texts, key_of)
    if column < 0:
        raise _nothing(texts, law, where)
    blank = headed = False
    for cells in texts:
        if not any(cells):
            blank = True
            continue
        if _is_heading(cells, column) or (headed and _is_numbering(cells)):
            headed = True
            yield Row(kind="heading")
            continue
        yield _row(cells, column, key_of, blank)
        blank = headed = False


def _label_column(texts: Sequence[Sequence[str]], key_of: Callable[[str], str]) -> int:
    """Return the column that names most komponen, or -1."""
    named: dict[int, set[str]] = {}
    for cells in texts:
        for place, cell in enumerate(cells):
            if cell and (key := key_of(cell)):
                named.setdefault(place, set()).add(key)
    return max(named, key=lambda place: (len(named[place]), -place), default=-1)


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text)) if len(text) <= _LONGEST_GROUP else []


def _is_heading(cells: Sequence[str], column: int) -> bool:
    """Say whether a row names the columns: KOMPONEN, and beside it NO or URAIAN."""
    words = _words(cells[column]) if column < len(cells) else []
    if not words or words[0] not in _KOMPONEN or len(words) > _MOST_HEADING_WORDS:
        return False
    others = [_words(cell) for place, cell in enumerate(cells) if cell and place != column]
    return bool(others) and all(
        w and w[0] in _URAIAN | _NUMBERS and len(w) <= _MOST_HEADING_WORDS for w in others
    )


def _is_numbering(cells: Sequence[str]) -> bool:
    """Say whether a row below the heading numbers the columns: (1) (2) (3)."""
    return [_words(cell) for cell in cells if cell] == [[str(n)] for n in range(1, sum(map(bool, cells)) + 1)]


def _row(cells: Sequence[str], column: int, key_of: Callable[[str], str], blank: bool) -> Row:  # noqa: FBT001
    left = [cell for cell in cells[:column] if cell]
    label = cells[column] if column < len(cells) else ""
    content = [cell.removeprefix(":").strip() for cell in cells[column + 1 :]]
    found = tuple(cell for cell in content if cell)
    number = "".join(_words(left[0])) if left and _MARK.fullmatch(left[0]) else ""
    named = [cell for cell in left if not _MARK.fullmatch(cell)]
    if not key_of(label):
        # a label may be merged with its number; a title, or a group, stands in the first cell of all
        label = next(filter(key_of, named), "") or " ".join([*named, label]).strip()
    number = number or _number(label)
    key = key_of(label)
    if not key and not found and len(label) <= _LONGEST_GROUP and any(g in folded(label) for g in _GROUPS):
        return Row(kind="group", label=label)
    return Row(
        kind="komponen" if key else "label" if label and not _MARK.fullmatch(label) else "more",
        key=key,
        label=label,
        number=number,
        cells=found,
        after_blank=blank,
        text=_line(cells),
    )


def _line(cells: Sequence[str]) -> str:
    filled = [text for cell in cells if (text := cell.removeprefix(":").strip())]
    first, *rest = filled[1:] if len(filled) > 1 and _MARK.fullmatch(filled[0]) else filled or [""]
    if not rest:
        return first
    return " ".join([first if ":" in first else f"{first}:", *rest])


def _number(label: str) -> str:
    first = label.split(maxsplit=1)[:1]
    return "".join(_words(first[0])) if first and first[0] != label and _COUNT.fullmatch(first[0]) else ""


def _nothing(texts: Sequence[Sequence[str]], law: DocumentStandard, where: str) -> DraftError:
    seen = list(dict.fromkeys(cell[:40] for cells in texts for cell in cells if cell))
    shown = ", ".join(map(repr, seen[:6])) + (", …" if len(seen) > 6 else "")  # noqa: PLR2004
    names = ", ".join(repr(komponen.nama[:40]) for komponen in law.komponen[:4])
    return DraftError(
        f"no cell names a komponen of {law.id}; seen: {shown or 'no text'}",
        where,
        f"A row begins with the name of its komponen: {names}, …",
    )
