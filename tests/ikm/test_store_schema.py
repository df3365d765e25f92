"""The tables of a store, as another program finds them in the file, and what a refusal names."""

import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import StoreError
from sipukat.ikm.store import MomentStore

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra store)")

ANSWERS = pd.DataFrame({f"U{i}": [3, 4, 2] for i in range(1, 10)}).assign(N=[90, 90, 90])

TABLES = {
    "sipukat_schema": {"version": "INTEGER"},
    "sipukat_kind": {"name": "TEXT", "value": "TEXT"},
    "sipukat_batches": {
        "batch": "TEXT",
        "period": "TEXT",
        "n": "INTEGER",
        "digest": "TEXT",
        "appended": "TEXT",
    },
    "sipukat_pieces": {
        "id": "INTEGER",
        "period": "TEXT",
        "n": "INTEGER",
        "digest": "TEXT",
        "moments": "TEXT",
    },
}


@pytest.fixture
def place(tmp_path):
    place = tmp_path / "indeks.db"
    with MomentStore(place, design=ikm.Design(population="N")) as store:
        store.append(ANSWERS, batch="satu", period="2026-01")
    return place


def test_every_column_has_its_kind_and_may_not_be_empty(place):
    with closing(sqlite3.connect(place)) as file:
        names = [name for (name,) in file.execute("select name from sqlite_master where type = 'table'")]
        held = {name: list(file.execute(f"pragma table_info({name})")) for name in TABLES}
    assert set(TABLES) <= set(names)
    assert {name: {c[1]: c[2] for c in columns} for name, columns in held.items()} == TABLES
    assert all(column[3] == 1 for columns in held.values() for column in columns)
    keys = {name: [c[1] for c in columns if c[5]] for name, columns in held.items()}
    assert keys == {
        "sipukat_schema": ["version"], "sipukat_kind": ["name"],
        "sipukat_batches": ["batch"], "sipukat_pieces": ["id"],
    }  # fmt: skip


def test_batches_and_sums_are_found_by_their_period(place):
    with closing(sqlite3.connect(place)) as file:
        made = [
            sql for (sql,) in file.execute("select sql from sqlite_master where type = 'index' and sql <> ''")
        ]
    assert sorted(sql.split(" ON ")[1] for sql in made) == [
        "sipukat_batches (period)",
        "sipukat_pieces (period)",
    ]


def test_sums_that_contradict_those_of_the_period_are_refused_by_store_and_remedy(place):
    with MomentStore(place) as store, pytest.raises(StoreError) as failure:
        store.append(ANSWERS.assign(N=80), batch="dua", period="2026-01")
    assert failure.value.where.endswith("indeks.db")
    assert failure.value.remedy == "Nothing was added; in one period a stratum has one population."
    assert failure.value.problem.startswith("its batches contradict each other: ")


def test_another_kind_is_refused_by_store_and_remedy(place):
    with pytest.raises(StoreError) as failure, MomentStore(place, design=ikm.Design(), by="unit") as store:
        store.append(ANSWERS.assign(unit="a"), batch="tiga", period="2026-02")
    assert failure.value.where.endswith("indeks.db")
    assert failure.value.remedy == "Keep other kinds in a store of their own."
    assert "by: it holds [], given ['unit']" in failure.value.problem


def test_periods_that_contradict_each_other_are_read_alone(place):
    with MomentStore(place) as store:
        store.append(ANSWERS.assign(N=80), batch="empat", period="2026-03")
        assert store.moments("2026-03").n.sum() == 3
        with pytest.raises(StoreError) as failure:
            store.moments()
    assert failure.value.where.endswith("indeks.db")
    assert failure.value.remedy == "Read each period alone."
