"""One test, every engine: unweighted moments are equal to the last bit."""

import re
import time

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import AnswerError, DesignError, EstimationError
from sipukat.ikm import batches, engines

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


def test_bad_answers_of_a_later_piece_say_where_rows_are_counted_from(answers, monkeypatch):
    monkeypatch.setattr(batches, "PIECE", 1000)
    pa = pytest.importorskip("pyarrow")
    bad = answers.copy()
    bad.loc[1500, "U4"] = 5
    table = pa.Table.from_pandas(bad, preserve_index=False)
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=1000))
    with pytest.raises(AnswerError, match=r"first at rows 501 .rows counted from row 1001 on"):
        ikm.moments(reader, by="unit")


def test_a_partitioned_folder_and_a_filter_keep_their_meaning(answers, tmp_path):
    dataset = pytest.importorskip("pyarrow.dataset")
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pandas(answers, preserve_index=False)
    kinds = {"partitioning": ["unit"], "partitioning_flavor": "hive", "max_rows_per_group": 200}
    dataset.write_dataset(table, tmp_path, format="parquet", max_rows_per_file=200, **kinds)
    data = dataset.dataset(tmp_path, partitioning="hive")
    assert ikm.moments(data, by="unit") == ikm.moments(answers, by="unit")
    some = data.filter(dataset.field("unit") == "RSUD")
    assert ikm.moments(some, by="unit") == ikm.moments(answers[answers["unit"] == "RSUD"], by="unit")


def test_parquet_is_read_one_row_group_after_the_other(answers, tmp_path):
    """A scan of the whole reads ahead up to a gigabyte; what is held must not grow with the file."""
    pa = pytest.importorskip("pyarrow")
    dataset = pytest.importorskip("pyarrow.dataset")
    big = pd.concat([answers] * 200, ignore_index=True)[CODES]
    path = tmp_path / "big.parquet"
    big.to_parquet(path, index=False, row_group_size=20_000)
    before = pa.total_allocated_bytes()
    rows = batches._read(dataset.dataset(path), CODES)
    assert len(next(rows)) == 20_000
    time.sleep(0.5)  # for what would read ahead
    assert pa.total_allocated_bytes() - before < big.memory_usage().sum() / 4
    assert sum(map(len, rows)) == len(big) - 20_000


def test_replicate_weights_are_read_whole_from_every_engine(engine, answers):
    """Designs that need every row, not only counts of patterns, collect what they need."""
    rng = np.random.default_rng(3)
    halves = {f"r{i}": answers["bobot"] * rng.choice([0.0, 2.0], len(answers)) for i in range(8)}
    frame = answers.assign(**halves)
    design = ikm.Design(
        weight="bobot", replicate_weights=ikm.ReplicateWeights(columns=tuple(halves), method="BRR")
    )
    expected = ikm.estimate(frame, by="unit", design=design)
    ours = ikm.estimate(engine(frame), by="unit", design=design)
    for name, e in expected.items():
        assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-12)


def _batches(frame, lengths):
    pa = pytest.importorskip("pyarrow")
    (whole,) = pa.Table.from_pandas(frame, preserve_index=False).to_batches()
    starts = np.cumsum([0, *lengths]).tolist()
    held = [whole.slice(start, length) for start, length in zip(starts, lengths, strict=False)]
    return pa.RecordBatchReader.from_batches(whole.schema, held)


@pytest.mark.parametrize("lengths", [(1000, 1000), (1000, 1000, 0), (0, 1000, 1000), (400, 600, 1000)])
def test_where_a_stream_is_cut_changes_nothing(lengths, answers, monkeypatch):
    monkeypatch.setattr(batches, "PIECE", 1000)
    told = []
    found = ikm.moments(_batches(answers, lengths), by="unit", progress=told.append)
    assert found == ikm.moments(answers, by="unit")
    assert told == [1000, 2000]


def test_a_stream_of_empty_pieces_is_a_survey_that_nobody_answered(answers):
    assert ikm.moments(_batches(answers, (0, 0)), by="unit").groups == ()


def test_a_stream_without_a_piece_has_no_row(answers):
    with pytest.raises(EstimationError, match="there is no row, so there is nothing to sum"):
        ikm.moments(_batches(answers, ()), by="unit")


def test_progress_is_told_of_frames_in_memory(answers):
    told = []
    ikm.moments(answers, by="unit", progress=told.append)
    assert told == [len(answers)]


@pytest.fixture
def pushed(monkeypatch):
    """Return a function that gives a frame to Polars, which must count the patterns itself, as Spark does."""
    polars = pytest.importorskip("polars")
    monkeypatch.setattr(engines, "batches", lambda *_: None)
    return lambda frame: polars.from_pandas(frame).lazy()


def test_patterns_that_an_engine_counts_are_the_same_bits(pushed, answers):
    lowest_and_highest = pd.concat([answers, pd.DataFrame([[1.0] * 9, [4.0] * 9], columns=CODES)])
    for frame in (answers, lowest_and_highest.drop(columns="unit").assign(unit="RSUD")):
        assert ikm.moments(pushed(frame), by="unit") == ikm.moments(frame, by="unit")
    whole = answers.assign(**{c: answers[c].fillna(2).astype(int) for c in CODES})
    assert ikm.moments(pushed(whole), by="unit") == ikm.moments(whole, by="unit")


def test_weights_that_an_engine_sums_agree_to_twelve_digits(pushed, answers):
    design = ikm.Design(weight="bobot", stratum="unit")
    ours = ikm.estimate(pushed(answers), by="unit", design=design)
    for name, e in ikm.estimate(answers, by="unit", design=design).items():
        assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-12)


@pytest.mark.parametrize("bad", [None, 0.0, -1.0, float("inf")])
def test_an_engine_that_sums_weights_refuses_bad_ones(pushed, answers, bad):
    frame = answers.copy()
    frame.loc[11, "bobot"] = bad
    with pytest.raises(
        DesignError, match="weight column 'bobot' has weights that are not finite and above 0"
    ):
        ikm.moments(pushed(frame), by="unit", design=ikm.Design(weight="bobot"))


@pytest.mark.parametrize(("score", "said"), [(0.0, "0 (1 x)"), (5.0, "5 (1 x)"), (2.5, "2.5 (1 x)")])
def test_an_engine_that_counts_patterns_refuses_what_is_no_answer(pushed, answers, score, said):
    bad = answers.copy()
    bad.loc[7, "U9"] = score
    with pytest.raises(AnswerError, match=re.escape(f"column 'U9': 1 answers lie outside the scale: {said}")):
        ikm.moments(pushed(bad), by="unit")
    with pytest.raises(
        AnswerError, match=r"column 'U2': answers are String, not numbers.*Give numbers 1 to 4"
    ):
        ikm.moments(pushed(answers.assign(U2="baik")), by="unit")
