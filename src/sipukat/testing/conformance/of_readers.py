"""Promises of a reader: grids of a good file, one clear error for a bad one, and the file as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sipukat.errors import UnreadableFileError
from sipukat.readers import READERS
from sipukat.readers.base import Grid
from sipukat.testing.conformance.suite import Suite, each_drawn, must

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.readers.base import Reader

_ABSENT = "lembar yang tidak ada"
_REFUSED = "raise UnreadableFileError, which says what is wrong and what would be right"


class ReaderConformance(Suite):
    """What every reader keeps: subclass it, name the reader and a good file, and pytest runs it.

    Examples
    --------
    >>> from sipukat import datasets
    >>> class TestCsv(ReaderConformance):
    ...     name = "csv"
    ...     sample = datasets.path("puskesmas-contoh")
    >>> TestCsv().test_a_good_file_gives_grids()
    """

    sample: ClassVar[Path | str] = ""
    """A good file."""
    expected: ClassVar[Sequence[Any]] = ()
    """The first cells of its first row; not compared where empty."""

    def reader(self) -> Reader:
        """Return the reader."""
        found: Reader = self.held(READERS)
        return found

    def good(self) -> Path:
        """Return the path of the good file."""
        must(str(self.sample), f"{type(self).__name__} has no good file: set sample = Path(…)")
        path = Path(self.sample)
        must(path.is_file(), f"the good file {path.name} is not there")
        return path

    def test_its_suffixes_begin_with_a_point_in_lower_case(self) -> None:
        """A file is given to the reader of its suffix."""
        suffixes = self.reader().suffixes
        right = '; write e.g. suffixes = (".skm",)'
        must(isinstance(suffixes, tuple) and suffixes, f"its suffixes are {suffixes!r}{right}")
        for suffix in suffixes:
            well = isinstance(suffix, str) and suffix[:1] == "." and suffix[1:].isalnum()
            must(well and suffix == suffix.lower(), f"{suffix!r} is no suffix{right}")
        must(self.good().suffix.lower() in suffixes, f"the good file does not end in one of {suffixes}")

    def test_a_good_file_gives_grids(self) -> None:
        """Sheets or tables, each a sequence of rows of cells."""
        grids = self.reader()(self.good())
        must(isinstance(grids, list) and grids, f"it gave {type(grids).__name__}, not a list of grids")
        for grid in grids:
            must(isinstance(grid, Grid), f"it gave a {type(grid).__name__} in the list, not a Grid")
            must(
                isinstance(grid.name, str), f"the name of a grid is a {type(grid.name).__name__}, not a text"
            )
        must(any(len(grid.rows) for grid in grids), "no grid of the good file has a row")
        first = list(grids[0].rows[0])[: len(self.expected)]
        must(first == list(self.expected), f"the first cells are {first}; expected {list(self.expected)}")

    def test_it_reads_the_same_twice_and_leaves_the_file_as_it_was(self, tmp_path: Path) -> None:
        """Reading changes nothing, and writes nothing beside the file."""
        path = tmp_path / self.good().name
        path.write_bytes(self.good().read_bytes())
        before = path.read_bytes(), path.stat().st_mtime_ns
        first, second = (_cells(self.reader()(path)) for _ in range(2))
        must(first == second, "the same file gave other cells when it was read again")
        must((path.read_bytes(), path.stat().st_mtime_ns) == before, "the file was changed by reading it")
        left = [each.name for each in tmp_path.iterdir() if each != path]
        must(not left, f"it left {left} beside the file")

    def test_a_sheet_is_found_by_place_and_name_and_an_unknown_one_refused(self) -> None:
        """``sheet=`` names one grid, or nothing that is there."""
        reader, path = self.reader(), self.good()
        grids = reader(path)
        must(_cells(reader(path, sheet=0)) == _cells(grids[:1]), "sheet=0 does not give the first grid alone")
        named = reader(path, sheet=grids[0].name)
        must(_cells(named) == _cells(grids[:1]), f"sheet={grids[0].name!r} does not give that grid alone")
        for absent in (_ABSENT, len(grids)):
            must(
                _refuses(reader, path, sheet=absent),
                f"sheet={absent!r} is not there and was read; {_REFUSED}",
            )

    def test_a_file_that_is_absent_or_empty_is_refused(self, tmp_path: Path) -> None:
        """Not an empty survey, but an error that says so."""
        path = tmp_path / f"kosong{self.reader().suffixes[0]}"
        must(_refuses(self.reader(), path), f"a file that is not there was read; {_REFUSED}")
        path.write_bytes(b"")
        must(_refuses(self.reader(), path), f"an empty file was read; {_REFUSED}")

    def test_a_damaged_or_hostile_file_is_read_or_refused(self, tmp_path: Path) -> None:
        """Cut off, changed, or of other bytes: `UnreadableFileError`, and never another error."""
        from hypothesis import strategies as st

        from sipukat.testing.strategies import hostile_text

        good = self.good().read_bytes()[:200_000]
        size = max(len(good) - 1, 1)
        cut = st.integers(1, size).map(lambda at: good[:at])
        spoilt = st.tuples(st.integers(0, size), st.binary(min_size=1, max_size=8)).map(
            lambda at: good[: at[0]] + at[1] + good[at[0] + len(at[1]) :]
        )
        hostile = st.lists(hostile_text(), min_size=1, max_size=3).map("\n".join).map(str.encode)
        path = tmp_path / f"rusak{self.reader().suffixes[0]}"

        def holds(data: bytes) -> None:
            path.write_bytes(data)
            _refuses(self.reader(), path)

        damaged = cut | spoilt | hostile | st.binary(min_size=1, max_size=200)
        each_drawn(damaged, holds, examples=self.examples)


def _cells(grids: list[Grid]) -> list[Any]:
    # as texts, since NaN is not equal to itself
    return [(grid.name, [[repr(cell) for cell in row] for row in grid.rows]) for grid in grids]


def _refuses(reader: Reader, path: Path, **how: Any) -> bool:
    """Say whether a file is refused; any error but the right one fails."""
    try:
        reader(path, **how)
    except UnreadableFileError as failure:
        must(str(failure).strip(), "an UnreadableFileError says nothing")
        return True
    except Exception as failure:
        said = f"a bad file raised {type(failure).__name__} ({failure}); {_REFUSED}"
        raise AssertionError(said) from failure
    return False
