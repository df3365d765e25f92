"""Disks, clocks, pipes and signals that fail: the old file or the new one, one sentence, and an end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import count

import pytest

import sipukat
from sipukat import _writing, export, ikm, pelayanan, publish, standards
from sipukat.errors import DraftError, PublishError, SipukatError, StandardError, UnreadableFileError
from sipukat.export import get
from sipukat.readers import base
from sipukat.report import Document, Paragraph, Provenance, build

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and permissions of POSIX")

CSV = "NO," + ",".join(f"U{n}" for n in range(1, 10)) + "\n"
ROW = "1," + ",".join("4" * 9) + "\n"
PICTURES = {"png", "svg"}


@pytest.fixture(scope="module")
def result():
    return ikm.estimate(sipukat.read_survey(sipukat.datasets.path("kota-contoh")).responses, by="unit")


@pytest.fixture(scope="module")
def written(result):
    """Return the document, or the one figure of it, that an exporter writes."""
    whole = build(result)
    figure = next(block for block in whole.blocks if block.kind == "figure")
    picture = whole.model_copy(update={"blocks": (figure,)})
    return lambda name: picture if name in PICTURES else whole


@pytest.fixture(scope="module")
def full(small_disk, tmp_path_factory):
    """Return a folder on a disk that has no block left."""
    folder = small_disk(tmp_path_factory.mktemp("cakram") / "penuh", 64)
    for name in export.names():
        (folder / f"lama-{name}{get(name).suffix}").write_bytes(b"lama")
    room = os.statvfs(folder)
    (folder / "isi").write_bytes(bytes(room.f_bavail * room.f_frsize))
    return folder


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


# --- writing


@pytest.mark.parametrize("name", export.names())
def test_on_a_full_disk_every_exporter_leaves_the_old_file_and_says_so(name, full, written):
    before = names_in(full)
    target = full / f"lama-{name}{get(name).suffix}"
    with pytest.raises(PublishError, match="No space left on device"):
        publish(written(name), target, name)
    assert target.read_bytes() == b"lama"
    assert names_in(full) == before


def test_on_a_full_disk_the_command_line_says_one_sentence_and_exits_2(full, command):
    done = command("ikm", sipukat.datasets.path("kota-contoh"), "--out", full / "lama-html.html")
    assert done.code == 2
    assert "No space left on device" in done.err
    assert "Traceback" not in done.err
    assert (full / "lama-html.html").read_bytes() == b"lama"


def document(text):
    made = Provenance(generated="2026-08-17T09:00:00+07:00")
    return Document(title="Hasil", blocks=[Paragraph(text=text * 50_000)], provenance=made)


def test_writers_of_one_file_leave_the_whole_of_one_of_them(tmp_path):
    target = tmp_path / "hasil.json"
    documents = [document(letter) for letter in "abcd"]
    whole = {get("json")(each) for each in documents}
    failures = []

    def write(each):
        try:
            for _ in range(10):
                publish(each, target)
                assert target.read_bytes() in whole
        except (SipukatError, AssertionError) as failure:
            failures.append(failure)

    writers = [threading.Thread(target=write, args=(each,)) for each in documents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    assert target.read_bytes() in whole
    assert names_in(tmp_path) == ["hasil.json"]


def test_a_clock_that_goes_backwards_sweeps_no_living_part_and_stops_no_writer(tmp_path, monkeypatch):
    ahead = tmp_path / ".sipukat-a.part"  # written before the clock was put back by a year
    ahead.write_bytes(b"")
    os.utime(ahead, (time.time() + 365 * 86_400,) * 2)
    now = time.time()
    times = (now - 3600 * step for step in count())
    monkeypatch.setattr(_writing.time, "time", lambda: next(times))
    for letter in "ab":
        publish(document(letter), tmp_path / "hasil.json")
    assert b"bbb" in (tmp_path / "hasil.json").read_bytes()
    assert names_in(tmp_path) == [".sipukat-a.part", "hasil.json"]


@pytest.mark.parametrize("name", ["../hasil.json", "a/../../hasil.json"])
def test_a_folder_that_may_not_be_written_gets_nothing_however_it_is_named(name, tmp_path):
    inside = tmp_path / "dalam"
    (inside / "a").mkdir(parents=True)
    tmp_path.chmod(0o555)
    user = os.geteuid()
    try:
        if not user:
            os.seteuid(65534)
        with pytest.raises(PublishError, match="Permission denied"):
            publish(document("a"), inside / name)
    finally:
        os.seteuid(user)
        tmp_path.chmod(0o755)
    assert names_in(tmp_path) == ["dalam"]


# --- reading


def pipe(path):
    os.mkfifo(path)
    return path


def zero(path):
    path.symlink_to("/dev/zero")
    return path


def folder(path):
    path.mkdir()
    return path


def dangling(path):
    path.symlink_to(path.with_name("tiada"))
    return path


def circle(path):
    path.symlink_to(path)
    return path


PATHS = [pipe, zero, folder, dangling, circle]
READERS = {
    "survei.csv": (sipukat.read_survey, UnreadableFileError),
    "survei.xlsx": (sipukat.read_survey, UnreadableFileError),
    "draf.yaml": (pelayanan.load, UnreadableFileError),
    "draf.docx": (pelayanan.load, UnreadableFileError),
    "isian.json": (sipukat.compliance.read_checklist, UnreadableFileError),
    "perbup.toml": (standards.load, StandardError),
    "kop.png": (get("pdf").with_template, PublishError),
    "kop.docx": (lambda path: get("docx").with_template(path)(document("a")), PublishError),
}


@pytest.mark.parametrize("make", PATHS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_refused_at_once(name, make, tmp_path):
    read, error = READERS[name]
    path = make(tmp_path / name)
    waited = threading.Timer(20, lambda: os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK)))
    waited.start()  # a reader that waits for a writer gets one, and fails, instead of hanging the tests
    try:
        with pytest.raises(error) as caught:
            read(path)
    finally:
        assert waited.is_alive()
        waited.cancel()
    assert "\n" not in str(caught.value)


def test_a_file_that_vanishes_while_it_is_read_is_one_sentence(tmp_path, monkeypatch):
    path = tmp_path / "survei.csv"
    path.write_text(CSV + ROW)
    from sipukat.survey import sources

    read = sources.read_file

    def read_and_lose(*arguments, **options):
        found = read(*arguments, **options)
        path.unlink()
        return found

    monkeypatch.setattr(sources, "read_file", read_and_lose)
    with pytest.raises(UnreadableFileError, match="can no longer be read"):
        sipukat.read_survey(path)


def test_a_file_that_grows_while_it_is_read_is_refused_and_never_half_read(tmp_path, monkeypatch):
    path = tmp_path / "survei.csv"
    path.write_text(CSV + ROW)
    from sipukat.survey import sources

    read = sources.read_file

    def read_and_grow(*arguments, **options):
        found = read(*arguments, **options)
        with path.open("a") as file:
            file.write(ROW)
        return found

    monkeypatch.setattr(sources, "read_file", read_and_grow)
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        sipukat.read_survey(path)
    monkeypatch.undo()

    whole = os.fstat

    def before_it_grew(handle):
        found = whole(handle)
        with path.open("a") as file:
            file.write(ROW)
        return found

    monkeypatch.setattr(base.os, "fstat", before_it_grew)
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        base.content(path)


def test_a_name_with_a_nul_is_one_sentence(tmp_path):
    for read in (sipukat.read_survey, pelayanan.load):
        with pytest.raises((UnreadableFileError, DraftError)):
            read(f"{tmp_path}/a\0.yaml")


# --- signals, and a stdout that is closed


@pytest.fixture
def begun(tmp_path):
    """Return a function that starts the command line in an empty folder."""
    running = []

    def start(*arguments, **environment):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SIPUKAT_")}
        child = subprocess.Popen(
            [sys.executable, "-m", "sipukat", *map(str, arguments)],
            cwd=tmp_path,
            env={**clean, "OPENBLAS_NUM_THREADS": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(child)
        return child

    yield start
    for child in running:
        child.kill()
        child.communicate()


HANGING = """
import os, time
from pathlib import Path
class Macet:
    suffix, media_type = ".macet", "text/plain"
    def __call__(self, document):
        Path("macet").touch()
        time.sleep(600)
macet = Macet()
"""


@pytest.fixture(scope="module")
def plugins(tmp_path_factory):
    """Return a folder with an installed package whose exporter never comes back."""
    site = tmp_path_factory.mktemp("site")
    (site / "macet_contoh.py").write_text(HANGING)
    info = site / "macet_contoh-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: macet-contoh\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[sipukat.exporters]\nmacet = macet_contoh:macet\n")
    return site


def stopped(child, sign, seen):
    """Send a signal once a file is there, and return how the child ended."""
    deadline = time.monotonic() + 60
    while not seen.exists():
        assert child.poll() is None, child.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.send_signal(sign)
    _, told = child.communicate(timeout=60)
    return child.returncode, told


def test_a_plugin_that_hangs_is_stopped_by_ctrl_c_and_leaves_the_old_file(begun, plugins, tmp_path):
    out = tmp_path / "hasil.macet"
    out.write_text("lama")
    child = begun("ikm", sipukat.datasets.path("kota-contoh"), "--out", out, PYTHONPATH=str(plugins))
    code, told = stopped(child, signal.SIGINT, tmp_path / "macet")
    assert (code, "dihentikan" in told, "Traceback" in told) == (130, True, False)
    assert out.read_text() == "lama"


def test_a_plugin_that_hangs_is_stopped_by_the_system_and_leaves_the_old_file(begun, plugins, tmp_path):
    out, second = tmp_path / "hasil.json", tmp_path / "hasil.macet"
    out.write_text("lama")
    second.write_text("lama")
    arguments = ("ikm", sipukat.datasets.path("kota-contoh"), "--out", out, "--out", second)
    code, _ = stopped(begun(*arguments, PYTHONPATH=str(plugins)), signal.SIGTERM, tmp_path / "macet")
    assert code in {-signal.SIGTERM, 128 + signal.SIGTERM}
    assert out.read_text() == "lama" or out.read_text().rstrip().endswith("}")
    assert second.read_text() == "lama"
    assert names_in(tmp_path) == ["hasil.json", "hasil.macet", "macet"]


def test_a_stdout_that_is_closed_ends_the_command_without_a_traceback(begun):
    child = begun("ikm", sipukat.datasets.path("kota-contoh"), "--by", "unit", "--json")
    child.stdout.close()
    child.wait(timeout=60)
    told = child.stderr.read()
    assert child.returncode != 0
    assert "Traceback" not in told


@pytest.fixture(scope="module")
def command(bounded_child, tmp_path_factory):
    """Return a function that runs the command line under bounds."""
    call = """
    sys.argv = ["sipukat", *sys.argv[1:]]
    import runpy
    runpy.run_module("sipukat", run_name="__main__")
    """
    return lambda *arguments: bounded_child(
        call, *arguments, folder=tmp_path_factory.mktemp("kerja"), imports="import pandas"
    )
