"""Group columns of any engine become the same codes and labels."""

import datetime as dt

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.ikm.factors import factor_of, factorize

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")

NAMES = ["RSUD", "Disdukcapil", "puskesmas 2", "", "É"]
columns = st.lists(st.sampled_from([*NAMES, None]), min_size=1, max_size=40)


def read_back(native):
    factor = factorize(nw.from_native(native, series_only=True))
    assert len(set(factor.labels)) == len(factor.labels)
    return [factor.labels[code] for code in factor.codes.tolist()]


def chunked(values, kind):
    """One Arrow column in two chunks, each with a dictionary of its own."""
    half = len(values) // 2
    parts = [pa.array(part, pa.string()) for part in (values[:half], values[half:])]
    if kind == "dictionary":
        parts = [part.dictionary_encode() for part in parts]
    return pa.chunked_array(parts)


WAYS = {
    "pandas object": lambda v: pd.Series(v, dtype=object),
    "pandas category": lambda v: pd.Series(v, dtype=object).astype("category"),
    "arrow text": lambda v: chunked(v, "text"),
    "arrow dictionary": lambda v: chunked(v, "dictionary"),
    "polars text": lambda v: pl.Series(v, dtype=pl.String),
    "polars categorical": lambda v: pl.Series(v, dtype=pl.String).cast(pl.Categorical),
    "polars enum": lambda v: pl.Series(v, dtype=pl.Enum(NAMES)),
}


@pytest.mark.parametrize("way", WAYS)
@given(values=columns)
def test_codes_and_labels_say_what_the_column_says(way, values):
    assert read_back(WAYS[way](values)) == values


def test_a_dictionary_that_holds_a_value_twice_or_unused_gives_one_label():
    twice = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None]), pa.array(["a", "a", "b", "never"]))
    assert read_back(pa.chunked_array([twice])) == ["a", "a", "b", None]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2, 1, None], [2, 1, None]),
        ([2.0, 1.5, float("nan")], [2, 1.5, None]),
        ([dt.date(2026, 3, 1), None], ["2026-03-01", None]),
        ([dt.datetime(2026, 3, 1, 8, 30)], ["2026-03-01T08:30:00"]),  # noqa: DTZ001  as files hold them
        ([True, False], [True, False]),
    ],
)
def test_numbers_and_dates_of_arrow_are_labels_as_those_of_pandas(values, expected):
    assert read_back(pa.chunked_array([pa.array(values)])) == expected
    assert read_back(pd.Series(values, dtype=object)) == expected


def test_an_arrow_column_without_rows_has_no_label():
    factor = factorize(nw.from_native(pa.chunked_array([], pa.string()), series_only=True))
    assert (factor.labels, factor.codes.dtype.kind) == ((), np.dtype(int).kind)


def test_labels_that_are_the_same_become_one_group():
    found = factor_of(["a", "a", "b"], np.array([0, 1, 2]))
    assert (found.labels, found.codes.tolist()) == (("a", "b"), [0, 0, 1])


def test_a_column_of_arrow_without_a_piece_has_no_group():
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"unit": pa.chunked_array([], type=pa.string())})
    found = factorize(nw.from_native(table, eager_only=True).get_column("unit"))
    assert (found.labels, len(found.codes)) == ((), 0)
