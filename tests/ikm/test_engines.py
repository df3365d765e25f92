"""One test, every engine: unweighted moments are equal to the last bit."""

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import AnswerError, DesignError

CODES = [f"U{i}" for i in range(1, 10)]


def _duckdb(frame):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.register("answers", frame)
    return connection.sql("select * from answers")


def _dask(frame):
    return pytest.importorskip("dask.dataframe").from_pandas(frame, npartitions=7)


def _dataset(frame):
    pa = pytest.importorskip("pyarrow")
    return pytest.importorskip("pyarrow.dataset").dataset(pa.Table.from_pandas(frame, preserve_index=False))


def _reader(frame):
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=333))


ENGINES = {
    "pandas float64": lambda f: f,
    "pandas Int8": lambda f: f.astype(dict.fromkeys(CODES, "Int8")).astype({"unit": "category"}),
    # all but the weights: pandas 2.2 warns of its own cast where one is infinite
    "pandas arrow": lambda f: f.assign(**f.drop(columns="bobot").convert_dtypes(dtype_backend="pyarrow")),
    "polars": lambda f: pytest.importorskip("polars").from_pandas(f),
    "polars lazy": lambda f: pytest.importorskip("polars").from_pandas(f).lazy(),
    "pyarrow": lambda f: pytest.importorskip("pyarrow").Table.from_pandas(f, preserve_index=False),
    "duckdb": _duckdb,
    "dask": _dask,
    "arrow dataset": _dataset,
    "arrow reader": _reader,
}


@pytest.fixture(params=ENGINES)
def engine(request):
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(20261124)
    rows = rng.integers(1, 5, (2000, 9)).astype(float)
    rows[rng.random(rows.shape) < 0.05] = np.nan
    frame = pd.DataFrame(rows, columns=CODES)
    frame["unit"] = rng.choice(["Disdukcapil", "RSUD", "Disnaker"], 2000)
    frame["bobot"] = rng.uniform(0.5, 3, 2000)
    return frame


def test_counted_moments_are_the_same_bits(engine, answers):
    expected = ikm.moments(answers, by="unit")
    assert ikm.moments(engine(answers), by="unit").to_json() == expected.to_json()


def test_weighted_estimates_agree_to_twelve_digits(engine, answers):
    design = ikm.Design(weight="bobot", stratum="unit")
    expected = ikm.estimate(answers, by="unit", design=design)
    ours = ikm.estimate(engine(answers), by="unit", design=design)
    for name, e in expected.items():
        assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-12)


def test_bad_answers_are_named_on_every_engine(engine, answers):
    bad = answers.copy()
    bad.loc[[3, 5], "U4"] = 5
    with pytest.raises(AnswerError, match=r"column 'U4': 2 answers lie outside the scale: 5 \(2 x\)"):
        ikm.moments(engine(bad), by="unit")


def test_half_answers_are_refused_where_a_cast_would_round_them(engine, answers):
    if engine is ENGINES["pandas Int8"]:
        pytest.skip("Int8 cannot hold 2.5")
    bad = answers.copy()
    bad.loc[7, "U1"] = 2.5
    with pytest.raises(AnswerError, match=r"2\.5 \(1 x\)"):
        ikm.moments(engine(bad))


@pytest.mark.parametrize("bad", [None, 0.0, -1.0, float("inf")])
def test_bad_weights_are_refused_on_every_engine(engine, answers, bad):
    frame = answers.copy()
    frame.loc[11, "bobot"] = bad
    with pytest.raises(DesignError, match=r"weight column 'bobot' has .*not finite and above 0"):
        ikm.moments(engine(frame), design=ikm.Design(weight="bobot"))


def _files(frame, folder):
    """Three Parquet files and three of CSV, as a day's answers come."""
    pytest.importorskip("pyarrow")
    for i in range(3):
        part = frame.iloc[i::3]
        part.to_parquet(folder / f"{i}.parquet", index=False)
        part.to_csv(folder / f"{i}.csv", index=False)


LARGE = {
    "duckdb parquet": lambda f: pytest.importorskip("duckdb").sql(f"from '{f}/*.parquet'"),
    "duckdb csv": lambda f: pytest.importorskip("duckdb").sql(f"from read_csv('{f}/*.csv')"),
    "polars parquet": lambda f: pytest.importorskip("polars").scan_parquet(f"{f}/*.parquet"),
    "polars csv": lambda f: pytest.importorskip("polars").scan_csv(f"{f}/*.csv"),
    "arrow dataset": lambda f: pytest.importorskip("pyarrow.dataset").dataset(
        sorted(map(str, f.glob("*.parquet")))
    ),
}


@pytest.mark.parametrize("source", LARGE)
def test_files_that_need_not_fit_in_memory_are_the_same_bits(source, answers, tmp_path):
    _files(answers, tmp_path)
    told = []
    found = ikm.moments(LARGE[source](tmp_path), by="unit", progress=told.append)
    assert found.to_json() == ikm.moments(answers, by="unit").to_json()
    assert told
    assert told[-1] == len(answers)


def test_bad_answers_of_a_later_piece_say_where_rows_are_counted_from(answers):
    pa = pytest.importorskip("pyarrow")
    bad = answers.copy()
    bad.loc[1500, "U4"] = 5
    table = pa.Table.from_pandas(bad, preserve_index=False)
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=1000))
    with pytest.raises(AnswerError, match=r"first at rows 501 .rows counted from row 1001 on"):
        ikm.moments(reader, by="unit")
