"""Columns as codes into their distinct values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sipukat.survey.coded import Coded, Table


@pytest.mark.parametrize(
    ("cells", "codes", "values"),
    [
        (["b", "", "b", None, 3], [0, -1, 0, -1, 1], ("b", 3)),
        ([" ", "a", "\t", "b", "a"], [-1, 0, -1, 1, 0], ("a", "b")),
        ([True, 1, False, "TRUE"], [0, 1, 2, 0], ("TRUE", 1, "FALSE")),
        ([np.True_, 1.0], [0, 1], ("TRUE", 1.0)),
        ([[1], [1], None, {"a": 1}], [0, 0, -1, 1], ("[1]", "{'a': 1}")),
        ([np.array([1, 2]), "x"], [0, 1], ("[1 2]", "x")),
        ([{1}, 2], [0, 1], ("{1}", 2)),
        ([float("nan"), 2.0, pd.NA, pd.NaT], [-1, 0, -1, -1], (2.0,)),
        (np.array([3, 3, 1]), [0, 0, 1], (3, 1)),
        ([], [], ()),
    ],
)
def test_cells_become_codes_and_blanks_minus_one(cells, codes, values):
    column = Coded.of(cells)
    assert (column.codes.tolist(), column.values) == (codes, values)  # noqa: PD011  no frame
    assert [type(v) for v in column.values] == [type(v) for v in values]  # noqa: PD011  as above
    assert len(column) == len(codes)
    assert column.blank.tolist() == [code < 0 for code in codes]
    assert column.cells().tolist() == [None if code < 0 else values[code] for code in codes]


def test_rows_are_taken_by_number_or_mask_and_only_what_is_left_is_distinct():
    column = Coded.of(["a", "b", None, "c", "a"])
    some = column[np.array([0, 2, 4])]
    assert (some.codes.tolist(), some.distinct()) == ([0, -1, 0], ["a"])
    last = column[np.array([False, False, False, True, False])]
    assert (last.cells().tolist(), last.distinct()) == (["c"], ["c"])
    assert column.distinct() == ["a", "b", "c"]
    assert Coded.of([None]).distinct() == []


def test_rows_with_some_of_the_values_are_found_and_blanks_are_none_of_them():
    column = Coded.of(["a", "b", None, "a"])
    assert column.where([True, False]).tolist() == [True, False, False, True]
    assert column.where([True, True]).tolist() == [True, True, False, True]


def test_a_table_keeps_rows_with_their_numbers_and_what_was_found():
    table = Table(name="Data", columns={"U1": Coded.of([4, 3, 2])}, rows=np.array([5, 6, 9]))
    kept = table.keep(np.array([True, False, True]))
    assert (len(kept), kept.name, kept.rows.tolist()) == (2, "Data", [5, 9])
    assert kept.columns["U1"].cells().tolist() == [4, 2]
    assert table.keep(np.ones(3, bool)).columns is table.columns
    assert table.numbers(np.array([False, True, True])) == [6, 9]
