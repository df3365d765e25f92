import os
import pickle
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pandas as pd
import pytest

from sipukat import ikm, publish
from sipukat.errors import PublishError, UnknownNameError
from sipukat.export import get
from sipukat.report import Document, Paragraph, Provenance

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions and signals of POSIX")
NOBODY = 65534


def document(text="Isi."):
    made = Provenance(generated="2026-08-17T09:00:00+07:00")
    return Document(title="Hasil", blocks=[Paragraph(text=text)], provenance=made)


class Exporter:
    suffix = ".txt"
    media_type = "text/plain"

    def __init__(self, result=b"baru", template=None):
        self.result, self.template = result, template

    def __call__(self, _, /):
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result + self.template.read_bytes() if self.template else self.result


class Fillable(Exporter):
    def with_template(self, path):
        return Fillable(self.result, path)


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", [".json", ".csv", ".html", ".xlsx"])
def test_a_result_is_written_in_the_format_of_its_suffix(tmp_path, suffix):
    frame = pd.DataFrame({f"U{i}": [4, 3, 4] * 5 for i in range(1, 10)})
    path = publish(ikm.estimate(frame), tmp_path / f"hasil{suffix}", subject="Kota Contoh")
    assert path.stat().st_size > 500
    assert left_in(tmp_path) == [f"hasil{suffix}"]


def test_a_document_and_a_named_exporter_are_taken_too(tmp_path):
    path = publish(document(), str(tmp_path / "papan.txt"), "html")
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")


def test_an_unknown_suffix_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnknownNameError, match=r"\.csv, .*\.html, \.json, .*\.xlsx"):
        publish(document(), tmp_path / "hasil.doc")
    with pytest.raises(UnknownNameError, match="no exporter is named 'exel'"):
        publish(document(), tmp_path / "hasil.xlsx", "exel")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("failure", [RuntimeError("rusak"), KeyboardInterrupt()])
def test_an_exporter_that_fails_leaves_the_old_file_as_it_was(tmp_path, failure):
    target = tmp_path / "hasil.txt"
    target.write_bytes(b"lama")
    with pytest.raises(type(failure)):
        publish(document(), target, Exporter(failure))
    assert target.read_bytes() == b"lama"
    assert left_in(tmp_path) == ["hasil.txt"]


def test_an_exporter_that_gives_no_bytes_is_refused(tmp_path):
    with pytest.raises(PublishError, match="the exporter returned a str, not bytes"):
        publish(document(), tmp_path / "hasil.txt", Exporter("teks"))


def test_a_template_goes_to_exporters_that_take_one_and_is_refused_by_others(tmp_path):
    template = tmp_path / "kop.txt"
    template.write_bytes(b" kop")
    path = publish(document(), tmp_path / "a.txt", Fillable(), template=template)
    assert path.read_bytes() == b"baru kop"
    with pytest.raises(PublishError, match=r"the exporter for \.html takes no template, got .*kop\.txt"):
        publish(document(), tmp_path / "a.html", template=template)


def test_a_folder_that_is_not_there_is_an_error_that_names_the_path_and_pickles(tmp_path):
    with pytest.raises(
        PublishError, match="not written, and left as it was: No such file or directory"
    ) as caught:
        publish(document(), tmp_path / "tidak-ada" / "hasil.json")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    (tmp_path / "hasil.json").mkdir()
    with pytest.raises(PublishError, match="it is not a file"):
        publish(document(), tmp_path / "hasil.json")


@POSIX
def test_a_symbolic_link_is_neither_followed_nor_replaced(tmp_path):
    victim, link = tmp_path / "korban.txt", tmp_path / "hasil.json"
    victim.write_text("rahasia")
    link.symlink_to(victim)
    with pytest.raises(PublishError, match="it is a symbolic link"):
        publish(document(), link)
    assert victim.read_text() == "rahasia"
    assert link.is_symlink()


@POSIX
def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path):
    before = os.umask(0o027)
    try:
        new = publish(document(), tmp_path / "baru.json")
        old = tmp_path / "lama.json"
        old.write_text("{}")
        old.chmod(0o604)
        publish(document(), old)
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640
    assert stat.S_IMODE(old.stat().st_mode) == 0o604


@POSIX
def test_a_folder_without_write_permission_is_a_clear_error():
    publish_path = Path(tempfile.mkdtemp(dir="/tmp"))  # others must be able to enter it
    try:
        (publish_path / "hasil.json").write_text("lama")
        publish_path.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            with pytest.raises(PublishError, match="Permission denied"):
                publish(document(), publish_path / "hasil.json")
        finally:
            if root:
                os.seteuid(0)
        assert (publish_path / "hasil.json").read_text() == "lama"
        assert left_in(publish_path) == ["hasil.json"]
    finally:
        publish_path.chmod(0o755)
        (publish_path / "hasil.json").unlink()
        publish_path.rmdir()


@POSIX
def test_no_room_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "hasil.txt"
    target.write_bytes(b"lama")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(PublishError, match="File too large"):
            publish(document(), target, Exporter(b"x" * 20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert target.read_bytes() == b"lama"
    assert left_in(tmp_path) == ["hasil.txt"]


def test_parts_of_killed_processes_are_swept_after_a_day_and_young_ones_are_not(tmp_path):
    old, young, other = (tmp_path / name for name in (".sipukat-a.part", ".sipukat-b.part", "kerja.part"))
    for path in (old, young, other):
        path.write_bytes(b"")
    for path in (old, other):
        os.utime(path, (time.time() - 90_000,) * 2)
    publish(document(), tmp_path / "hasil.json")
    assert left_in(tmp_path) == [".sipukat-b.part", "hasil.json", "kerja.part"]


@POSIX
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one_and_never_half_of_it(tmp_path):
    code = """
    import sys
    from sipukat import publish
    from sipukat.report import Document, Provenance

    class Big:
        suffix, media_type = ".txt", "text/plain"
        def __init__(self, letter):
            self.letter = letter
        def __call__(self, document):
            return self.letter * 4_000_000
    empty = Document(title="T", blocks=[], provenance=Provenance(generated="2026-08-17T09:00:00+07:00"))
    print("mulai", flush=True)
    while True:
        for letter in (b"a", b"b"):
            publish(empty, sys.argv[1], Big(letter))
    """
    target = tmp_path / "hasil.txt"
    target.write_bytes(b"a" * 4_000_000)
    dice = random.Random(5)  # noqa: S311
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(target)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline() == "mulai\n"
        time.sleep(dice.uniform(0.0, 0.15))
        child.kill()
        child.wait()
        child.stdout.close()
        content = target.read_bytes()
        assert len(content) == 4_000_000
        assert set(content) in ({ord("a")}, {ord("b")})


@pytest.fixture
def full_disk(tmp_path):
    """Return a folder of its own file system with 64 kB, most of them free."""
    folder = tmp_path / "cakram"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a small file system needs root")
    command = [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system may not be mounted here")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


def test_a_full_disk_is_a_clear_error_and_leaves_the_old_file(full_disk):
    target = full_disk / "hasil.txt"
    target.write_bytes(b"lama")
    with pytest.raises(PublishError, match="not written, and left as it was: No space left on device"):
        publish(document(), target, Exporter(b"x" * 200_000))
    assert target.read_bytes() == b"lama"
    assert left_in(full_disk) == ["hasil.txt"]


def test_an_unknown_suffix_leaves_the_old_file_and_says_which_are_known(tmp_path):
    target = tmp_path / "hasil.docy"
    target.write_bytes(b"lama")
    with pytest.raises(UnknownNameError, match=r"Did you mean '\.docx'"):
        publish(document(), target)
    assert target.read_bytes() == b"lama"
    assert left_in(tmp_path) == ["hasil.docy"]


def test_a_template_without_a_place_leaves_the_old_file_and_says_what_to_write(tmp_path):
    docx = pytest.importorskip("docx")
    template, target = tmp_path / "kop.docx", tmp_path / "hasil.docx"
    letter = docx.Document()
    letter.add_paragraph("Kop surat tanpa tempat")
    letter.save(template)
    target.write_bytes(b"lama")
    with pytest.raises(PublishError, match=r"\{\{ isi \}\}"):
        publish(document(), target, template=template)
    assert target.read_bytes() == b"lama"
    assert left_in(tmp_path) == ["hasil.docx", "kop.docx"]


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_template_that_is_not_there_is_a_clear_error_and_leaves_the_old_file(tmp_path, suffix):
    target, template = (
        tmp_path / f"hasil{suffix}",
        tmp_path / ("kop.docx" if suffix == ".docx" else "kop.png"),
    )
    target.write_bytes(b"lama")
    with pytest.raises(PublishError, match="kop"):
        publish(document(), target, template=template)
    assert target.read_bytes() == b"lama"


def test_a_folder_without_a_font_is_a_clear_error_and_leaves_the_old_file(tmp_path):
    pytest.importorskip("typst")
    fonts, target = tmp_path / "huruf", tmp_path / "hasil.pdf"
    fonts.mkdir()
    target.write_bytes(b"lama")
    with pytest.raises(PublishError, match="huruf"):
        publish(document(), target, get("pdf").with_fonts(fonts))
    assert target.read_bytes() == b"lama"
