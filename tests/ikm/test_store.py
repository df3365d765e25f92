"""A store gives back the sums of all that was put in, once each, and refuses another kind."""

import pickle
import sqlite3
import tempfile
from contextlib import closing
from importlib import util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sipukat import ikm
from sipukat.errors import (
    AnswerError,
    ArgumentError,
    BatchConflictError,
    EstimationError,
    MissingExtraError,
    StoreError,
    UnknownNameError,
)
from sipukat.ikm.running import RunningMoments
from sipukat.ikm.store import Batch, MomentStore, compaction, connecting
from sipukat.ikm.store.records import digest_of

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra store)")

CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture
def frame():
    rng = np.random.default_rng(11)
    rows = rng.integers(1, 5, (120, 9)).astype(float)
    rows[rng.random(rows.shape) < 0.05] = np.nan
    return pd.DataFrame(rows, columns=CODES).assign(
        unit=rng.choice(["a", "b", None], 120),
        day=np.arange(120) // 12,
        w=rng.uniform(0.5, 4, 120),
        N=700,
    )


@pytest.fixture
def place(tmp_path):
    return tmp_path / "indeks.db"


def fill(store, frame, **how):
    for day, some in frame.groupby("day"):
        store.append(some, batch=f"hari {day}", period=f"2026-0{1 + day // 5}", **how)


def test_days_add_up_to_the_file_that_holds_them(frame, place):
    with MomentStore(place, by="unit") as store:
        fill(store, frame)
        assert store.moments() == ikm.moments(frame, by="unit")
        assert store.moments("2026-02") == ikm.moments(frame[frame["day"] >= 5], by="unit")
        assert store.moments(["2026-01", "2026-02"]) == store.moments()
        assert store.periods() == ("2026-01", "2026-02")
        assert [held.n for held in store.batches("2026-01")] == [12] * 5
        assert (
            store.estimate(missing="pooled").to_json()
            == ikm.estimate(store.moments(), missing="pooled").to_json()
        )


def test_periods_can_be_groups(frame, place):
    month = [f"2026-0{1 + day // 5}" for day in frame["day"]]
    with MomentStore(place) as store:
        fill(store, frame, by="unit")
        assert store.moments(by_period=True) == ikm.moments(frame.assign(period=month), by=("period", "unit"))
        assert store.estimate(by_period=True)["2026-02", "a"].n == int(
            ((frame["day"] >= 5) & (frame["unit"] == "a")).sum()
        )


def test_a_batch_is_known_again_by_later_versions():
    """The digest stands in stores for years; a change of it would make every repeated batch a conflict."""
    desk = RunningMoments("spak", by="unit")
    desk.add([4, 3, 2, 1, None], group="RSUD")
    assert digest_of(desk.moments()) == "76d28c8ff546be1a66ff9579cff2476987b7a205de73f7c3cf61fa0faf31a882"


def test_a_batch_that_is_sent_twice_counts_once(frame, place):
    with MomentStore(place) as store:
        first = store.append(frame, batch="loket", period="2026-01", by="unit")
        for again in (frame, frame.sample(frac=1, random_state=5), ikm.moments(frame, by="unit")):
            repeated = store.append(again, batch="loket", period="2026-01")
            assert (repeated.new, repeated.n) == (False, 120)
        assert (first.new, first.n) == (True, 120)
        assert store.moments() == ikm.moments(frame, by="unit")


def test_the_same_id_with_other_content_is_refused_with_both(frame, place):
    with MomentStore(place) as store:
        store.append(frame, batch="loket", period="2026-01", by="unit")
        (held,) = store.batches()
        for other, period, n in ((frame[:-1], "2026-01", 119), (frame, "2026-02", 120)):
            with pytest.raises(BatchConflictError, match=r"'loket'.*120 respondents") as failure:
                store.append(other, batch="loket", period=period)
            assert failure.value.held == ("2026-01", 120)
            assert failure.value.given == (period, n)
            assert held.digest[:12] not in repr(failure.value)  # of one answer it can be guessed
            assert held.digest[:12] not in repr(held)
            assert str(pickle.loads(pickle.dumps(failure.value))) == str(failure.value)  # noqa: S301  our own
        assert store.batches() == (held,)
        assert store.moments() == ikm.moments(frame, by="unit")


DESIGNS = {
    "weighted": ikm.Design(weight="w"),
    "clusters": ikm.Design(weight="w", stratum="unit", psu="day"),
    "population": ikm.Design(stratum="unit", population="N"),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_other_designs_are_kept_but_for_rounding(design, frame, place):
    with MomentStore(place, by="unit", design=DESIGNS[design]) as store:
        for at in range(0, 120, 30):
            store.append(frame[at : at + 30], batch=str(at), period="2026")
            assert not store.append(frame[at : at + 30][::-1], batch=str(at), period="2026").new
        for _ in range(2):
            ours, theirs = store.estimate(), ikm.estimate(frame, by="unit", design=DESIGNS[design])
            for name, e in theirs.items():
                assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-11)
            store.compact()


def test_populations_that_contradict_each_other_are_refused_within_a_period(frame, place):
    design = ikm.Design(stratum="unit", population="N")
    with MomentStore(place) as store:
        store.append(frame, batch="1", period="2025", by="unit", design=design)
        with pytest.raises(StoreError, match="two populations, 700 and 900"):
            store.append(frame.assign(N=900), batch="2", period="2025")
        store.append(frame.assign(N=900), batch="2", period="2026")
        assert store.estimate("2025").overall.n == store.estimate("2026").overall.n == 120
        with pytest.raises(StoreError, match="Read each period alone"):
            store.estimate()


def test_another_kind_is_refused_with_what_differs(frame, place):
    sums = ikm.moments(frame, by="unit")
    with MomentStore(place) as store:
        store.append(sums, batch="1", period="2026")
        for other, what in (
            (ikm.moments(frame), "by: it holds"),
            (ikm.moments(frame, by="unit", design=ikm.Design(weight="w")), "design: it holds"),
            (ikm.moments(frame, by="unit", order="peraturan"), "unsur: it holds"),
        ):
            with pytest.raises(StoreError, match=what):
                store.append(other, batch="2", period="2026")
        assert len(store.batches()) == 1
    for stated, what in (({"standard": "spak"}, "standard"), ({"by": ()}, "by")):
        with pytest.raises(StoreError, match=f"{what}: it holds"):
            MomentStore(place, **stated)


def test_what_was_said_at_the_start_binds_the_first_batch(frame, place):
    MomentStore(place, standard="Permenpan RB 14/2017", by="unit").close()
    with MomentStore(place) as store:
        with pytest.raises(StoreError, match="by: it holds"):
            store.append(ikm.moments(frame), batch="1", period="2026")
        assert store.append(frame, batch="1", period="2026").new
        assert store.moments().by == ("unit",)


def test_rows_that_are_wrong_leave_the_store_as_it_was(frame, place):
    with MomentStore(place, by="unit") as store:
        with pytest.raises(AnswerError):
            store.append(frame.assign(U3=7), batch="1", period="2026")
        with pytest.raises(ArgumentError, match="batch must be"):
            store.append(frame, batch=" ", period="2026")
        with pytest.raises(ArgumentError, match="period must be"):
            store.append(frame, batch="1", period="2026\x00")
        with pytest.raises(EstimationError, match="not by"):
            store.append(ikm.moments(frame, by="unit"), batch="1", period="2026", by=())
        assert store.batches() == ()


def test_looking_makes_no_store(tmp_path):
    store = MomentStore(tmp_path / "salah-ketik.db")
    assert (store.batches(), store.periods(), store.compact().after) == ((), (), 0)
    with pytest.raises(EstimationError, match="no respondent yet"):
        store.moments()
    with pytest.raises(UnknownNameError, match="'2026-01'"):
        store.moments("2026-01")
    assert list(tmp_path.iterdir()) == []


def test_a_day_without_answers_is_a_batch(frame, place):
    with MomentStore(place, by="unit") as store:
        assert store.append(frame[:0], batch="libur", period="2026").n == 0
        with pytest.raises(EstimationError, match="no respondent yet"):
            store.moments()
        fill(store, frame)
        assert not store.append(frame[:0], batch="libur", period="2026").new
        assert store.moments() == ikm.moments(frame, by="unit")


def test_compaction_leaves_fewer_rows_and_the_same_of_everything_else(frame, place):
    with MomentStore(place, by="unit") as store:
        fill(store, frame)
        batches, sums = store.batches(), store.moments(by_period=True)
        assert store.compact("2026-01").after == 1
        done = store.compact()
        assert (done.before, done.after) == (6, 2)
        assert (store.batches(), store.moments(by_period=True)) == (batches, sums)
        assert store.compact().after == 2
        fill(store, frame)
        assert store.moments(by_period=True) == sums


def one_answer(scores):
    return ikm.moments(pd.DataFrame([scores], columns=CODES))


def test_after_a_compaction_nothing_in_the_file_tells_the_answer_of_a_small_batch(frame, place):
    """Who holds the file and the id could try all answers against a digest, or read what was deleted."""
    alone = one_answer([4, 1, 3, 2, 4, 4, 1, 3, 2])
    with MomentStore(place) as store:
        store.append(frame, batch="berkas", period="2026")
        store.append(alone, batch="formulir", period="2026")
        told = [digest_of(alone).encode(), alone.to_json().encode()[-400:]]
        assert [digest in held_bytes(place) for digest in told] == [True, True]
        store.compact("2026")
        assert {held.batch: bool(held.digest) for held in store.batches()} == {
            "berkas": True,
            "formulir": False,
        }
    assert [digest in held_bytes(place) for digest in told] == [False, False]


def held_bytes(place):
    return b"".join(path.read_bytes() for path in place.parent.iterdir())


def test_a_small_batch_is_known_again_after_a_compaction_by_its_respondents_and_period(place):
    alone = one_answer([4, 1, 3, 2, 4, 4, 1, 3, 2])
    with MomentStore(place) as store:
        for at in range(3):
            store.append(alone, batch=f"formulir {at}", period="2026")
        with pytest.raises(BatchConflictError):
            store.append(one_answer([1] * 9), batch="formulir 0", period="2026")
        store.compact()
        sums = store.moments()
        assert not store.append(alone, batch="formulir 0", period="2026").new
        # the price: who sends another answer under the same id is no longer told; it is not added
        assert not store.append(one_answer([1] * 9), batch="formulir 0", period="2026").new
        for other, period in ((alone + alone, "2026"), (alone, "2027")):
            with pytest.raises(BatchConflictError):
                store.append(other, batch="formulir 0", period=period)
        assert store.moments() == sums


def test_a_store_that_an_earlier_version_compacted_loses_its_small_digests_too(frame, place):
    alone = one_answer([4, 1, 3, 2, 4, 4, 1, 3, 2])
    with MomentStore(place) as store:
        store.append(frame, batch="berkas", period="2026")
        store.append(alone, batch="formulir", period="2026")
        store.compact()
    change(place, f"UPDATE sipukat_batches SET digest = '{digest_of(alone)}' WHERE batch = 'formulir'")  # noqa: S608
    with MomentStore(place) as store:
        assert not store.append(alone, batch="formulir", period="2026").new
        assert (store.compact().before, store.batches()[1].digest) == (1, "")
        assert store.moments().n.sum() == 121


def test_compacting_a_period_of_no_store_makes_none(place):
    assert MomentStore(place).compact("2026").after == 0
    assert not place.exists()


def test_a_thousand_small_batches_compact_in_steps(place):
    desk = RunningMoments("spak")
    desk.add([4, 3, 2, 1, None])
    one = desk.moments()
    with MomentStore(place) as store:
        store.append(one, batch="0", period="p")
    with sqlite3.connect(place) as raw:  # as many appends would do, without as many fsync
        columns = "period, n, digest, moments"
        copy = f"INSERT INTO sipukat_pieces ({columns}) SELECT {columns} FROM sipukat_pieces WHERE id = 1"  # noqa: S608
        for at in range(1, 1100):
            raw.execute(copy)
            raw.execute(
                "INSERT INTO sipukat_batches"
                " SELECT ?, period, n, digest, appended FROM sipukat_batches WHERE batch = '0'",
                [str(at)],
            )
    raw.close()
    with MomentStore(place) as store:
        assert store.compact().before == 1100
        assert store.moments().n.tolist() == [1100]
        assert store.moments().gram.tolist() == (one.gram * 1100).tolist()


def test_no_respondent_is_in_the_file(frame, place):
    with MomentStore(place, by="unit") as store:
        store.append(frame.assign(nama="Siti Aminah", nik="3578010101900001"), batch="1", period="2026")
    held = b"".join(path.read_bytes() for path in place.parent.iterdir())
    assert b"Siti" not in held
    assert b"35780101" not in held
    assert b"sipukat_pieces" in held


def change(place, *statements):
    raw = sqlite3.connect(place)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE sipukat_pieces SET moments = replace(moments, '[12', '[21') WHERE id = 1", "damaged"),
        ("UPDATE sipukat_pieces SET n = n + 1 WHERE id = 1", "do not agree"),
        ("DELETE FROM sipukat_pieces WHERE id = 2", "do not agree"),
        ("DELETE FROM sipukat_batches WHERE batch = 'hari 3'", "do not agree"),
        ("UPDATE sipukat_schema SET version = 2", "newer sipukat"),
        ("DELETE FROM sipukat_schema", "version none"),
    ],
)
def test_a_store_that_was_changed_by_hand_says_so(frame, place, statement, said):
    with MomentStore(place) as store:
        fill(store, frame[["day", *CODES]], by=())
    change(place, statement)
    with pytest.raises(StoreError, match=said), MomentStore(place) as store:
        store.moments()


def test_what_is_no_store_is_refused(frame, tmp_path):
    text = tmp_path / "catatan.txt"
    text.write_text("bukan basis data, hanya catatan" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        MomentStore(text)
    assert "catatan" in text.read_text(encoding="utf-8")
    with (
        pytest.raises(StoreError, match="unable to open"),
        MomentStore(tmp_path / "tidak-ada" / "x.db") as store,
    ):
        store.append(frame, batch="1", period="2026")
    for place in (":memory:", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ArgumentError, match="RunningMoments"):
            MomentStore(place)
    with pytest.raises(ArgumentError, match="not in 'mysql'"):
        MomentStore("mysql://localhost/x")


def test_a_password_is_never_shown():
    if util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    with pytest.raises(StoreError) as failure:
        MomentStore("postgresql://skm:rahasia@127.0.0.1:1/skm?connect_timeout=2")
    assert "rahasia" not in str(failure.value)
    assert "skm:***@" in str(failure.value)


def test_without_sqlalchemy_the_extra_is_named(monkeypatch, place):
    monkeypatch.setattr("sipukat._require.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"sipukat\[store\]"):
        MomentStore(place)


def test_a_database_of_others_is_shared_without_touching_their_tables(frame, place):
    change(place, "CREATE TABLE pengguna (nama TEXT)", "INSERT INTO pengguna VALUES ('Budi')")
    with MomentStore(f"sqlite:///{place}") as store:
        assert store.periods() == ()
        fill(store, frame, by="unit")
        assert store.moments() == ikm.moments(frame, by="unit")
    raw = sqlite3.connect(place)
    assert raw.execute("SELECT nama FROM pengguna").fetchall() == [("Budi",)]
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_batches_make_a_table(frame, place):
    with MomentStore(place) as store:
        fill(store, frame)
        table = pd.DataFrame(store.batches())
        assert table["n"].sum() == 120
        assert isinstance(store.batches()[0], Batch)
        assert str(place) in repr(store)


ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=9, max_size=9)),
    min_size=1,
    max_size=4,
)


def as_frame(rows):
    frame = pd.DataFrame([scores for _, scores in rows], columns=CODES).astype("Int8")
    return frame.assign(unit=[unit for unit, _ in rows])


class StoreBesideAList(RuleBasedStateMachine):
    """A store, and a list of what it should hold."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name) / "indeks.db"
        self.store = MomentStore(self.place, by="unit")
        self.held = {}

    @rule(rows=ROWS, period=st.sampled_from(["2026-01", "2026-02"]))
    def append(self, rows, period):
        name = f"batch {len(self.held)}"
        assert self.store.append(as_frame(rows), batch=name, period=period).new
        self.held[name] = (period, rows)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def repeat(self, data):
        name = data.draw(st.sampled_from(sorted(self.held)))
        period, rows = self.held[name]
        assert not self.store.append(as_frame(rows[::-1]), batch=name, period=period).new

    @precondition(lambda self: self.held)
    @rule(data=st.data(), rows=ROWS)
    def contradict(self, data, rows):
        name = data.draw(st.sampled_from(sorted(self.held)))
        period, held = self.held[name]
        with pytest.raises(BatchConflictError):
            self.store.append(as_frame([*held, *rows]), batch=name, period=period)

    @rule(period=st.sampled_from([None, "2026-01"]))
    def compact(self, period):
        periods = {p for p, _ in self.held.values() if period in (None, p)}
        assert self.store.compact(period).after == len(periods)

    @rule()
    def reopen(self):
        self.store.close()
        self.store = MomentStore(self.place)

    @invariant()
    def holds_what_the_list_holds(self):
        assert {b.batch: (b.period, b.n) for b in self.store.batches()} == {
            name: (period, len(rows)) for name, (period, rows) in self.held.items()
        }
        for period in {None} | {period for period, _ in self.held.values()}:
            rows = [row for p, some in self.held.values() for row in some if period in (None, p)]
            if rows:
                assert self.store.moments(period) == ikm.moments(as_frame(rows), by="unit")

    def teardown(self):
        self.store.close()
        self.folder.cleanup()


TestStoreBesideAList = StoreBesideAList.TestCase
TestStoreBesideAList.settings = settings(max_examples=6, stateful_step_count=8, deadline=None)


def test_a_period_that_the_store_has_not_is_named_with_those_it_has(frame, place):
    with MomentStore(place) as store:
        fill(store, frame, by="unit")
        with pytest.raises(UnknownNameError, match=r"'2027-01'.*Known: 2026-01, 2026-02"):
            store.moments("2027-01")


def test_groups_called_period_do_not_go_with_by_period(frame, place):
    with MomentStore(place, by="period") as store:
        fill(store, frame.assign(period="x"))
        with pytest.raises(ArgumentError, match="has a column 'period' among by="):
            store.moments(by_period=True)


@pytest.mark.parametrize(
    "design",
    [
        ikm.Design(
            weight="w", replicate_weights=ikm.ReplicateWeights(columns=("r1", "r2", "r3"), method="bootstrap")
        ),
        ikm.Design(psu="day", population=20, ssu_population="besar"),
    ],
    ids=["replicates", "two stages"],
)
def test_designs_with_parts_of_their_own_count_once_when_sent_twice(design, frame, place):
    wide = frame.assign(
        r1=frame["w"] * 2, r2=frame["w"] / 2, r3=frame["w"] * (frame["day"] + 1) / 5, besar=50
    )
    with MomentStore(place, design=design) as store:
        assert store.append(wide, batch="satu", period="2026-01").new
        assert not store.append(wide, batch="satu", period="2026-01").new
        with pytest.raises(BatchConflictError):
            store.append(wide.assign(r1=1.0, U1=4), batch="satu", period="2026-01")
        ours, theirs = store.estimate().overall, ikm.estimate(wide, design=design).overall
        assert (ours.ikm, ours.se) == pytest.approx((theirs.ikm, theirs.se))
        assert ours.se > 0


@pytest.mark.parametrize("place", ["bukan basis data://", "postgresql://skm:rahasia@server:port/indeks"])
def test_what_looks_like_a_url_and_is_none_is_refused(place):
    with pytest.raises(ArgumentError, match="the place of a store is no URL") as refused:
        MomentStore(place)
    assert refused.value.__cause__ is None  # it may quote a password


@pytest.mark.parametrize("meanwhile", ["_forget_digests", "_total"])
def test_a_compaction_that_another_overtakes_leaves_its_work(meanwhile, frame, place, monkeypatch):
    """`meanwhile` is the step of ours beside which the other process compacts."""
    step, others = getattr(compaction, meanwhile), []

    def overtaken(*given):
        found = step(*given)
        if not others:
            others.append(place)
            with MomentStore(place) as other:
                other.compact("2026-01")
        return found

    monkeypatch.setattr(compaction, meanwhile, overtaken)
    with MomentStore(place) as store:
        fill(store, frame, by="unit")
        whole = store.moments()
        store.compact("2026-01")
        assert others
        assert store.moments() == whole
        assert store._rows("2026-01") == 1


def test_the_log_beside_a_store_waits_for_a_reader_but_not_for_ever(place, monkeypatch):
    monkeypatch.setattr(connecting, "_PATIENCE_MS", 3 * connecting._PAUSE_MS)
    ours, theirs = (sqlite3.connect(place, timeout=0, isolation_level=None) for _ in range(2))
    try:
        ours.execute("CREATE TABLE t (x)")
        theirs.execute("BEGIN")
        theirs.execute("SELECT * FROM t").fetchall()
        connecting._log_beside(ours.cursor())
        assert ours.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        theirs.execute("COMMIT")
        connecting._log_beside(ours.cursor())
        assert ours.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    finally:
        ours.close()
        theirs.close()


def test_a_file_that_may_only_be_read_gets_no_log_beside_it(place):
    with closing(sqlite3.connect(place)) as made:
        made.execute("CREATE TABLE t (x)")
    with (
        closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as read,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connecting._log_beside(read.cursor())
