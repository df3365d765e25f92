"""Where the table of answers stands on its sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import ColumnError
from sipukat.readers import Grid
from sipukat.survey.tables import find_header, table_of

LAW = standards.get("permenpanrb-14-2017")
U = [f"U{n}" for n in range(1, 10)]


def test_the_heading_is_the_row_that_names_most_unsur():
    grid = Grid(name="S", rows=[["SURVEI"], [], ["U1 s.d. U9 = unsur"], ["NO", *U], [1, *[4] * 9]])
    header = find_header(grid, LAW)
    assert header.row == 3
    assert header.labels == ("NO", *U)
    assert header.unsur == 9


def test_rows_of_option_words_are_not_taken_for_a_heading():
    rows = [
        ["NO", *U],
        [1, "Sesuai", "Mudah", "Cepat", "Wajar", "Sesuai", "Kompeten", "Sopan", "Baik", "Cukup"],
    ]
    assert find_header(Grid(name="", rows=rows), LAW).row == 0


def test_a_grid_without_texts_has_no_heading():
    assert find_header(Grid(name="", rows=[[1, 2], [3, 4]]), LAW) is None
    assert find_header(Grid(name="", rows=[]), LAW) is None


def test_stated_headings_are_looked_for():
    rows = [["Laporan", "x"], ["a", "b", "c"], [1, 2, 3]]
    assert find_header(Grid(name="", rows=rows), LAW, {"a", "b", "c"}).row == 1


def test_columns_right_of_a_blank_one_are_another_table():
    grid = Grid(name="S", rows=[["NO", *U, "Jumlah", None, "Umur", "n"], [1, *[4] * 9, 36, None, "20-30", 7]])
    table = table_of(grid, find_header(grid, LAW), LAW)
    assert list(table.columns) == ["NO", *U, "Jumlah"]
    assert table.findings[0].facts["columns"] == ["Umur", "n"]


def test_values_under_no_heading_are_said():
    grid = Grid(name="S", rows=[["NO", None, *U], [1, "catatan", *[4] * 9]])
    table = table_of(grid, find_header(grid, LAW), LAW)
    assert table.findings[0].facts["columns"] == ["B"]


def test_row_numbers_are_those_of_the_file():
    grid = Grid(name="S", rows=[["judul"], ["NO", *U], [1, *[4] * 9], [2, *[4] * 9]], first_row=5)
    assert table_of(grid, find_header(grid, LAW), LAW).rows.tolist() == [7, 8]


def test_other_columns_may_share_a_heading_but_unsur_may_not():
    grid = Grid(name="S", rows=[["Ket.", "Ket.", *U], ["a", "b", *[4] * 9]])
    assert list(table_of(grid, find_header(grid, LAW), LAW).columns)[:2] == ["Ket.", "Ket. (2)"]
    twice = Grid(name="S", rows=[["NO", *U, "u4"], [1, *[4] * 10]])
    with pytest.raises(ColumnError, match="two columns are headed 'u4'"):
        table_of(twice, find_header(twice, LAW), LAW)


@given(above=st.integers(0, 6), left=st.integers(0, 3), right=st.integers(0, 3), n=st.integers(1, 6))
def test_furniture_around_the_table_never_moves_an_answer(above, left, right, n):
    pad = [None] * left
    rows = [["Judul"]] * above
    rows += [[*pad, "NO", *U, *[None] * right, *["legenda"] * (right > 0)]]
    answers = [[(row + place) % 4 + 1 for place in range(9)] for row in range(n)]
    rows += [
        [*pad, row + 1, *line, *[None] * right, *["x"] * (right > 0)] for row, line in enumerate(answers)
    ]
    grid = Grid(name="", rows=rows)
    table = table_of(grid, find_header(grid, LAW), LAW)
    assert [[table.columns[u].cells()[row] for u in U] for row in range(n)] == answers
    assert table.rows.tolist() == list(range(above + 2, above + 2 + n))
