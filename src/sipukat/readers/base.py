"""What every reader gives: grids of raw cells, with the place of each row in its file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from sipukat.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_BYTES: Final = 256 * 1024 * 1024
_MOST_LINES: Final = 20
_MOST_LINE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet or table, as it stands in its file.

    Parameters
    ----------
    name
        Name of the sheet or table; empty where the file holds one only.
    rows
        Its rows of raw cells, blank ones included; they may differ in length.
    first_row
        The number that the first row bears in the file: 1 in a sheet; 0 where the first
        row holds the names of fields, so that the first record is number 1.
    hidden
        Whether the sheet is hidden.
    hidden_rows
        Numbers of the rows that are hidden, e.g. by a filter.
    above
        Lines of text between the table before and this one, the nearest last: at most 20,
        of at most 200 characters each. Empty where a file holds nothing but tables.

    Examples
    --------
    >>> Grid(name="Data", rows=[["No", "U1"], [1, 4]]).first_row
    1
    """

    name: str
    rows: Sequence[Sequence[Any]] = field(repr=False)
    first_row: int = 1
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    above: tuple[str, ...] = ()


@runtime_checkable
class Reader(Protocol):
    """Reads the files of some suffixes: called with a path, and a sheet by name or 0-based position."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes of the files it knows, with their point, in lower case."""
        ...

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Return the grids of the file.

        Raises
        ------
        UnreadableFileError
            If the file is not of this kind, is damaged, or is hostile.
        """
        ...


def lines_of(text: str) -> tuple[str, ...]:
    r"""Return the last lines of a text that are not blank, as `Grid.above` wants them.

    Examples
    --------
    >>> lines_of("STANDAR  PELAYANAN\n \nUnit: Loket 1\n")
    ('STANDAR PELAYANAN', 'Unit: Loket 1')
    """
    lines = [" ".join(line[: 4 * _MOST_LINE].split())[:_MOST_LINE] for line in text.splitlines()]
    return tuple(line for line in lines if line)[-_MOST_LINES:]


def content(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file that is not empty and not larger than `most`.

    Parameters
    ----------
    path
        The file.
    most
        The most bytes that are read.

    Raises
    ------
    UnreadableFileError
        If it cannot be opened, is no regular file, is empty, too large, or changes under the reading.
    """
    try:
        # asked before it is opened: to open a pipe is to wait for its writer, maybe for ever
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFileError(
                "it is a folder, a pipe or a device", path.name, "Give the path of a file."
            )
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # no more is asked for than there is: the buffer is made before the first byte comes
            data = file.read(min(size, most) + 1)
    except (OSError, ValueError) as failure:  # ValueError: a NUL in the name
        if isinstance(failure, UnreadableFileError):
            raise
        reason = getattr(failure, "strerror", None) or str(failure)
        raise UnreadableFileError(
            f"cannot be opened: {reason}", path.name, "Check the path and who may read it."
        ) from None
    if not data:
        raise UnreadableFileError("the file is empty (0 bytes)", path.name, "Export the survey again.")
    if len(data) > most:
        raise UnreadableFileError(
            f"the file is larger than {most // 2**20} MiB",
            path.name,
            "Split it, or load it into a data frame and pass that.",
        )
    if len(data) != size:  # its last row would be half of one
        raise UnreadableFileError("it changed while it was read", path.name, "Read it when it is complete.")
    return data


def text_of(data: bytes, name: str) -> str:
    r"""Decode text as UTF-8 (with or without mark), UTF-16 or, failing these, cp1252.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name, for messages.

    Raises
    ------
    UnreadableFileError
        If the bytes are no text, or hold a NUL.

    Examples
    --------
    >>> text_of("Σ Nilai".encode("utf-16"), "a.csv"), text_of(b"20\x9630", "a.csv")
    ('Σ Nilai', '20–30')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UnreadableFileError(
                "it holds NUL characters, so it is no text", name, "Save it as CSV in UTF-8."
            )
        return text
    raise UnreadableFileError(
        "its text is neither UTF-8, UTF-16 nor cp1252", name, "Save it as CSV in UTF-8."
    )


def wanted(grids: list[Grid], sheet: str | int | None, name: str) -> list[Grid]:
    """Return the one grid that `sheet` names, or all.

    Parameters
    ----------
    grids
        The grids of a file.
    sheet
        Name or 0-based position of one; None for all.
    name
        Name of the file, for messages.

    Raises
    ------
    UnreadableFileError
        If no grid bears that name or stands at that place.
    """
    if sheet is None:
        return grids
    for place, grid in enumerate(grids):
        if sheet in {place, grid.name} and not isinstance(sheet, bool):
            return [grid]
    names = ", ".join(repr(grid.name) for grid in grids)
    raise UnreadableFileError(f"no sheet is named or numbered {sheet!r}", name, f"Its sheets: {names}.")
