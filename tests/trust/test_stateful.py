"""Whatever is done to a published file or a store, in any order, it holds what a simple list says."""

import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sipukat import ikm, publish
from sipukat.errors import AnswerError, BatchConflictError, PublishError, SipukatError, StoreError
from sipukat.export import for_path
from sipukat.ikm.moments import Moments
from sipukat.report import Document, Paragraph, Provenance
from sipukat.testing.strategies import frames

NAMES = ("hasil.json", "hasil.md", "hasil.html")
PERIODS = ("2026-01", "2026-02", "2026-03")
DOCUMENT = Document(
    title="Hasil",
    blocks=[Paragraph(text="Isi.")],
    provenance=Provenance(generated="2026-08-17T09:00:00+07:00"),
)


class Failing:
    """An exporter that fails as plugins do: with an error, with an interruption, or with no bytes."""

    suffix, media_type = ".json", "application/json"

    def __init__(self, how):
        self.how = how

    def __call__(self, document):
        if self.how == "text":
            return document.title
        raise {"error": ValueError, "interrupted": KeyboardInterrupt, "memory": MemoryError}[self.how]


class PublishedBesideADict(RuleBasedStateMachine):
    """A folder, and what its files should hold: always one whole version, and no parts of any."""

    def __init__(self):
        super().__init__()
        self.kept = tempfile.TemporaryDirectory()
        self.folder = Path(self.kept.name)
        self.files = {}

    @rule(name=st.sampled_from(NAMES), title=st.sampled_from(["Lama", "Baru", "Ñ <b>"]))
    def whole(self, name, title):
        document = DOCUMENT.model_copy(update={"title": title})
        place = publish(document, self.folder / name)
        assert place == self.folder / name
        self.files[name] = place.read_bytes()
        assert self.files[name] == for_path(name)(document)

    @rule(name=st.sampled_from(NAMES), how=st.sampled_from(["error", "interrupted", "memory", "text"]))
    def failing(self, name, how):
        with pytest.raises((ValueError, KeyboardInterrupt, MemoryError, PublishError)):
            publish(DOCUMENT, self.folder / name, Failing(how))

    @rule(name=st.sampled_from(["tidak ada/hasil.json", "hasil.tidakada", "folder"]))
    def nowhere(self, name):
        with pytest.raises(SipukatError):
            publish(DOCUMENT, self.folder / name)

    @rule(name=st.sampled_from(NAMES))
    def not_a_document(self, name):
        with pytest.raises(SipukatError):
            publish(object(), self.folder / name)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def through_a_link(self, data):
        name = data.draw(st.sampled_from(sorted(self.files)))
        link = self.folder / f"tautan{Path(name).suffix}"
        try:
            link.symlink_to(self.folder / name)
        except OSError:  # a system, or a user, that may not make links
            return
        with pytest.raises(PublishError):
            publish(DOCUMENT, link)
        assert link.is_symlink()
        link.unlink()

    @precondition(lambda self: self.files)
    @rule(data=st.data(), to=st.sampled_from(NAMES))
    def other_format(self, data, to):
        """A suffix is no promise: an exporter that is named is the one that writes."""
        name = data.draw(st.sampled_from(sorted(self.files)))
        publish(DOCUMENT, self.folder / name, for_path(to))
        self.files[name] = (self.folder / name).read_bytes()
        assert self.files[name] == for_path(to)(DOCUMENT)

    @invariant()
    def holds_whole_files_and_nothing_else(self):
        assert {path.name: path.read_bytes() for path in self.folder.iterdir()} == self.files

    def teardown(self):
        self.kept.cleanup()


class StoreBesideADict(RuleBasedStateMachine):
    """A store that is written by two, interrupted, and moved through a file of sums."""

    def __init__(self):
        super().__init__()
        self.kept = tempfile.TemporaryDirectory()
        self.place = Path(self.kept.name) / "indeks.db"
        self.stores = [ikm.MomentStore(self.place, by="unit") for _ in range(2)]
        self.held = {}

    @rule(frame=frames(most=4), period=st.sampled_from(PERIODS), writer=st.integers(0, 1), sums=st.booleans())
    def append(self, frame, period, writer, sums):
        name = f"kiriman {len(self.held)}"
        given = Moments.from_json(ikm.moments(frame, by="unit").to_json()) if sums else frame
        assert self.stores[writer].append(given, batch=name, period=period).new
        self.held[name] = (period, frame)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), writer=st.integers(0, 1))
    def append_again(self, data, writer):
        name = data.draw(st.sampled_from(sorted(self.held)))
        period, frame = self.held[name]
        assert not self.stores[writer].append(frame[::-1], batch=name, period=period).new

    @precondition(lambda self: self.held)
    @rule(data=st.data(), frame=frames(most=2), writer=st.integers(0, 1))
    def correct_under_the_same_name(self, data, frame, writer):
        """A correction is another batch: the store takes no other content under a name it knows."""
        name = data.draw(st.sampled_from(sorted(self.held)))
        period, held = self.held[name]
        more = ikm.moments(held, by="unit") + ikm.moments(frame, by="unit")
        with pytest.raises(BatchConflictError):
            self.stores[writer].append(more, batch=name, period=period)

    @rule(frame=frames(most=2), writer=st.integers(0, 1))
    def append_nonsense(self, frame, writer):
        with pytest.raises((AnswerError, StoreError)):
            self.stores[writer].append(frame.assign(waktu=7), batch="salah", period="2026-01")
        with pytest.raises(StoreError):
            self.stores[writer].append(ikm.moments(frame), batch="tanpa unit", period="2026-01")

    @rule(period=st.sampled_from([None, *PERIODS]), writer=st.integers(0, 1))
    def compact(self, period, writer):
        self.stores[writer].compact(period)

    @rule(writer=st.integers(0, 1))
    def reopen(self, writer):
        self.stores[writer].close()
        self.stores[writer] = ikm.MomentStore(self.place)

    @invariant()
    def both_read_what_the_dict_holds(self):
        for store in self.stores:
            assert {b.batch: (b.period, b.n) for b in store.batches()} == {
                name: (period, len(frame)) for name, (period, frame) in self.held.items()
            }
            assert store.periods() == tuple(sorted({period for period, _ in self.held.values()}))
        if self.held:
            expected, *others = (ikm.moments(frame, by="unit") for _, frame in self.held.values())
            for other in others:
                expected = expected + other
            assert self.stores[0].moments() == self.stores[1].moments() == expected

    def teardown(self):
        for store in self.stores:
            store.close()
        self.kept.cleanup()


TestPublishedBesideADict = PublishedBesideADict.TestCase
TestPublishedBesideADict.settings = settings(max_examples=12, stateful_step_count=10, deadline=None)
TestStoreBesideADict = pytest.mark.skipif(
    find_spec("sqlalchemy") is None, reason="SQLAlchemy is not installed (extra store)"
)(StoreBesideADict.TestCase)
TestStoreBesideADict.settings = settings(max_examples=5, stateful_step_count=8, deadline=None)
