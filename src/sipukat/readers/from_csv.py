"""Delimited text: the delimiter found by counting fields, never guessed from one line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import UnreadableFileError
from sipukat.readers.base import Grid, content, text_of, wanted

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS: Final = ",;\t|"
_RECORDS_LOOKED_AT: Final = 200
_MOST_COLUMNS: Final = 1024


def _records(text: str, delimiter: str) -> Any:
    # strict: a quote that is never closed would otherwise swallow the rest of the file in silence
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _headed(record: list[str]) -> bool:
    filled = [cell for cell in record if cell.strip()]
    return 2 * sum(any(map(str.isalpha, cell)) for cell in filled) > len(filled)


def _fit(text: str, delimiter: str) -> tuple[bool, float, int]:
    """Say how well a delimiter fits: a heading of the usual width, share of such records, width."""
    try:
        sample = [
            r
            for r in islice(_records(text, delimiter), _RECORDS_LOOKED_AT)
            if any(cell.strip() for cell in r)
        ]
    except csv.Error:
        return (False, 0.0, 1)
    widths = Counter(len(record) for record in sample)
    width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    if width == 1:
        return (False, 0.0, 1)
    first = next(record for record in sample if len(record) == width)
    return (_headed(first), times / len(sample), width)


def delimiter_of(text: str) -> str:
    r"""Return the delimiter under which the records have one width and a heading.

    Decimal commas make ``3,5;4,5`` as regular under a comma as under a semicolon; only
    under the right one is the first record of that width a row of names.

    Examples
    --------
    >>> delimiter_of("U1;U2;U3\n3,0;4,0;3,0\n4,0;4,0;2,0\n")
    ';'
    >>> delimiter_of('nama,"U1"\n"a;b;c",4\n')
    ','
    """
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


class CsvReader:
    """Reads delimited text: ``, ; |`` or tab, UTF-8, UTF-16 or cp1252.

    Examples
    --------
    >>> ".csv" in read_csv.suffixes
    True
    """

    suffixes: tuple[str, ...] = (".csv", ".tsv", ".txt")

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return one grid, whose row numbers are record numbers, as a spreadsheet shows them.

        Raises
        ------
        UnreadableFileError
            If it is no text, a quote is not closed, or a row has more than 1,024 fields.
        """
        text = text_of(content(path), path.name)
        first_row, delimiter = 1, None
        head, _, rest = text.partition("\n")
        if head[:4].casefold() == "sep=" and len(head.strip()) == 5:  # noqa: PLR2004  Excel's own first line
            text, first_row, delimiter = rest, 2, head[4]
        reader = _records(text, delimiter or delimiter_of(text))
        try:
            rows = list(reader)
        except csv.Error as failure:
            raise UnreadableFileError(
                f"it is not well-formed CSV at line {reader.line_num}: {failure}",
                path.name,
                "Close each quote, and double a quote inside a quoted field.",
            ) from None
        if max(map(len, rows), default=0) > _MOST_COLUMNS:
            raise UnreadableFileError(
                f"a row has more than {_MOST_COLUMNS} fields", path.name, "Export the survey alone."
            )
        return wanted(
            [Grid(name="", rows=rows, first_row=first_row)], sheet if sheet != 0 else None, path.name
        )


read_csv: Final = CsvReader()
