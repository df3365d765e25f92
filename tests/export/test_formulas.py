from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat.export.formulas import banded, exact, quoted, rounded
from sipukat.export.sheet import at, column_name, span
from sipukat.report import Band


def test_a_weight_is_written_so_that_nothing_is_lost():
    assert [exact(w) for w in (Fraction(1, 9), Fraction("0.111"), Fraction(25))] == ["1/9", "111/1000", "25"]


def test_rounding_removes_binary_noise_before_it_rounds():
    assert rounded("A1", 2) == "ROUND(ROUND(A1,10),2)"
    assert rounded("A1", 8) == "ROUND(ROUND(A1,12),8)"


def test_bands_are_asked_from_the_top_down_by_lower_bounds():
    bands = [
        Band(low=Decimal(low), mutu=m, kinerja=m) for low, m in (("25", "D"), ("65.00", "C"), ("76.61", "B"))
    ]
    assert banded("H9", bands, "DCB") == 'IF(ISNUMBER(H9),IF(H9>=76.61,"B",IF(H9>=65.00,"C","D")),"")'


def test_words_in_a_formula_cannot_leave_their_quotes():
    assert quoted('x"&HYPERLINK("') == '"x""&HYPERLINK("""'
    assert len(quoted('"' * 500)) <= 255


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(column, name):
    assert column_name(column) == name


def test_addresses_are_fixed_where_they_must_not_move():
    assert at(0, 0, fixed="row") == "A$1"
    assert span(1, 2, 3, 4) == "$C$2:$E$4"
