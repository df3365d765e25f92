"""Columns become small integers only where that changes nothing; what is no answer is named with its rows."""

import re
from decimal import Decimal

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from sipukat.errors import AnswerError, DesignError
from sipukat.ikm.encoding import numbers, scores, weights


def column(values, dtype=None):
    return nw.from_native(pd.Series(values, dtype=dtype), series_only=True)


def polars(values):
    return nw.from_native(pl.Series(values), series_only=True)


@pytest.mark.parametrize("dtype", ["Int8", "Int64", "Float64", "float32", "float64", "int64[pyarrow]"])
def test_empty_cells_are_zero_and_answers_stay_themselves(dtype):
    found = scores(column([3, None, 1, 4], dtype), name="U1", low=1, high=4)
    assert (found.tolist(), found.dtype) == ([3, 0, 1, 4], np.int8)


@pytest.mark.parametrize("make", [lambda v: column(v, "Int64"), lambda v: column(v, "float64"), polars])
@pytest.mark.parametrize(("value", "low"), [(1, 2), (0, 1), (5, 1), (257, 1)])
def test_a_number_below_or_above_the_scale_is_refused_beside_empty_cells(make, value, low):
    said = f"column 'U1': 1 answers lie outside the scale: {value} (1 x), first at rows 3."
    with pytest.raises(AnswerError, match=re.escape(said)):
        scores(make([None, 4, value, 3]), name="U1", low=low, high=4)


def test_the_lowest_score_above_one_is_an_answer_and_an_empty_cell_is_none():
    assert scores(column([None, 2, 4, 3], "Int64"), name="U1", low=2, high=4).tolist() == [0, 2, 4, 3]
    assert scores(polars([2, 4, 3]), name="U1", low=2, high=4).tolist() == [2, 4, 3]
    with pytest.raises(AnswerError, match=r"0 \(1 x\)"):  # an answer of 0 is not an empty cell
        scores(column([2, None, 5, 0], "Int8"), name="U1", low=2, high=5)


def test_ten_rows_of_bad_answers_are_named_and_every_value_is_counted():
    with pytest.raises(AnswerError) as failure:
        scores(column([7] * 8 + [9] * 4, "Int64"), name="U1", low=1, high=4)
    assert "12 answers lie outside the scale: 7 (8 x) and 9 (4 x), first at rows 1-10." in str(failure.value)
    assert "The answers look like a scale of 1 to 9: they must not be rescaled." in str(failure.value)
    with pytest.raises(AnswerError) as failure:
        scores(column([7, 0], "Int64"), name="U1", low=1, high=4)
    assert "look like a scale" not in str(failure.value)


def test_decimals_and_objects_are_answers_and_texts_and_truth_are_not():
    assert scores(column([Decimal(3), None, 4.0, pd.NA, np.int8(1)]), name="U1", low=1, high=4).tolist() == [
        3, 0, 4, 0, 1,
    ]  # fmt: skip
    bad = column(["3"] * 6 + [True, 3, [1]] + ["4"] * 6)
    said = r"14 answers are not numbers \(bool, list and str\), first at rows 1-7, 9-11\."
    with pytest.raises(AnswerError, match=said) as failure:
        scores(bad, name="U1", low=1, high=4)
    assert "Numbers 1 to 4 are taken here" in str(failure.value)
    with pytest.raises(AnswerError, match="An answer is 1 to 4"):
        scores(column([True, False]), name="U1", low=1, high=4)


def test_weights_that_are_none_are_counted_shown_and_placed():
    assert weights(column([1, 2.5, 1e-9]), name="w").tolist() == [1.0, 2.5, 1e-9]
    with pytest.raises(DesignError) as failure:
        weights(column([0, -1, np.nan, np.inf] * 3 + [1.0]), name="w")
    said = "has 12 weights that are not finite and above 0 (-1, 0, inf and nan), first at rows 1-10"
    assert said in str(failure.value)


def test_numbers_of_a_design_are_read_from_text_and_empty_ones_are_nan():
    found = numbers(column(["12", None, "2,5", "3.5"], "object"), name="N")
    assert found.tolist()[0::2] == [12, 2.5]
    assert np.isnan(found[1])
    assert found[3] == 3.5
    with pytest.raises(DesignError, match=r"column 'N' holds .* in row 2, which is no number"):
        numbers(column(["1", "banyak"]), name="N")


def test_decimal_columns_are_answers_where_they_are_whole():
    answers = polars([Decimal("3.0"), None, Decimal("4.0")])
    assert scores(answers, name="U1", low=1, high=4).tolist() == [3, 0, 4]
    with pytest.raises(AnswerError, match=r"3\.5 \(1 x\), first at rows 1"):
        scores(polars([Decimal("3.5"), None]), name="U1", low=1, high=4)
