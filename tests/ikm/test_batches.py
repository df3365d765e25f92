"""Which data are read a piece at a time, and by whom."""

import pandas as pd
import pytest

from sipukat.ikm.batches import is_arrow_stream, is_dask

FRAME = pd.DataFrame({"U1": [3, 4]})


def test_a_frame_of_dask_is_known_by_its_partitions():
    frame = pytest.importorskip("dask.dataframe").from_pandas(FRAME, npartitions=1)
    assert is_dask(frame)
    assert not is_dask(frame.npartitions)
    assert not is_dask(FRAME)


def test_a_reader_and_a_dataset_of_arrow_are_streams_and_a_table_is_none():
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pandas(FRAME)
    assert is_arrow_stream(pa.RecordBatchReader.from_batches(table.schema, table.to_batches()))
    assert is_arrow_stream(pytest.importorskip("pyarrow.dataset").dataset(table))
    assert not is_arrow_stream(table)
    assert not is_arrow_stream(FRAME)
