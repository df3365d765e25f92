"""A compliance assessment on a terminal: the tables of its report, laid out as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.cli.printing import table
from sipukat.export.base import shown as cell
from sipukat.report import build
from sipukat.report.document import Headline, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat._text import Lang
    from sipukat.compliance import Assessment, CityAssessment, Path

_WIDEST: Final = 44
_LEFT_OUT: Final = frozenset({"keyakinan"})  # in the files of --out
_SHOWN: Final = frozenset({"kontribusi", "belum_diketahui", "unit", "sebab", "jalan", "penahan"})


def shown(assessment: Assessment | CityAssessment, path: Path | None, lang: Lang) -> Iterator[str]:
    """Yield what is printed: the sentence, what is assumed, the tables, the way.

    Every number is that of the report, rounded once.
    """
    document = build(assessment, lang=lang, path=path)
    yield assessment.sentence(lang)
    yield from (block.detail for block in document.blocks if isinstance(block, Headline))
    for block in document.tables:
        if block.id not in _SHOWN or not block.rows:
            continue
        yield ""
        yield block.caption
        yield _laid(block, lang)
        if block.note:
            yield block.note
    if path is not None:
        yield ""
        yield path.sentence(lang)


def _laid(block: Table, lang: Lang) -> str:
    places = [at for at, column in enumerate(block.columns) if column.key not in _LEFT_OUT]
    columns = [block.columns[at] for at in places]
    rows = []
    for number, row in enumerate(block.rows):
        if number in block.group_rows:  # its sentence is longer than a column
            continue
        rows.append([_short(cell(row[at], block.columns[at], lang)) for at in places])
    right = [at for at, column in enumerate(columns) if column.kind != "text"]
    return table([column.label for column in columns], rows, right=right)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
