"""The paper form: one page, tagged PDF/A, its code leads to the address, and names are only text."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime

import pytest

from sipukat import standards
from sipukat.errors import ArgumentError
from sipukat.survey import form

pytest.importorskip("typst", reason="Typst is not installed (extra pdf)")
LAW = standards.survey("permenpanrb-14-2017")


@pytest.fixture(scope="module")
def poppler():
    """Return a function that runs a program of poppler on a PDF, or skips."""

    def run(program, content, *options):
        if shutil.which(program) is None:
            pytest.skip(f"{program} (poppler) is not installed")
        command = [program, *options, "-"] + (["-"] if program == "pdftotext" else [])
        done = subprocess.run(command, input=content, capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    return run


def flat(text):
    return " ".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize(
    ("more", "pages"),
    [({}, 1), ({"lang": ("id", "en")}, 2), ({"standard": "spkp"}, 1), ({"standard": "kepmenpan-25-2004"}, 2)],
)
def test_it_takes_one_page_or_two(poppler, more, pages):
    info = poppler("pdfinfo", form(kind="paper", unit="Dinas A", **more))
    assert f"Pages:           {pages}" in info
    assert "A4" in info


def test_every_unsur_and_every_answer_is_printed(poppler):
    text = flat(poppler("pdftotext", form(kind="paper")))
    for unsur in LAW.unsur:
        assert f"{unsur.nama}." in text
        assert all(f"{option.score} {option.label}" in text for option in unsur.options)
    for words in ("Tanggal survei", "Jenis kelamin", "Lainnya (sebutkan)", "Penyandang disabilitas"):
        assert words in text
    assert "27 Tahun 2022" in text


def test_it_is_tagged_and_says_its_title_language_and_time():
    made = datetime.fromisoformat("2026-08-17T09:00:00+07:00")
    content = form(kind="paper", unit="Dinas A", generated=made)
    assert b"pdfaid:part" in content
    assert b"pdfuaid:part" in content
    assert b"2026-08-17" in content or b"D:20260817" in content
    assert re.search(rb"/Lang ?\(id\)", content)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ArgumentError, match="time zone"):
        form(kind="paper", generated=datetime(2026, 8, 17))  # noqa: DTZ001  the point


def test_without_an_address_there_is_no_code(poppler):
    with_code = form(kind="paper", url="https://skm.contoh.go.id/s/1")
    assert "Isi secara daring" in poppler("pdftotext", with_code)
    assert "Isi secara daring" not in poppler("pdftotext", form(kind="paper"))


def test_the_code_leads_to_the_address(tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler) is not installed")
    zxing = pytest.importorskip("zxingcpp", reason="no reader of QR codes (zxing-cpp) is installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    path = tmp_path / "p.pdf"
    form(kind="paper", path=path, url="https://skm.contoh.go.id/s/1")
    subprocess.run(["pdftoppm", "-r", "150", "-png", path, tmp_path / "p"], check=True, capture_output=True)  # noqa: S607
    (page,) = tmp_path.glob("p-*.png")
    assert [code.text for code in zxing.read_barcodes(image.open(page))] == ["https://skm.contoh.go.id/s/1"]


@pytest.mark.parametrize("place", range(11))
def test_a_hostile_name_is_only_text(poppler, place, hostile):
    name = hostile[place]
    text = flat(poppler("pdftotext", form(kind="paper", unit=name, instansi=name, layanan=[name, "KTP"])))
    if place in {0, 1, 2, 3, 6}:
        assert flat(name) in text.replace("ﬁ", "fi")
    assert "Persyaratan." in text


def test_what_the_fonts_lack_is_a_box_and_no_failure(poppler):
    text = poppler("pdftotext", form(kind="paper", unit="Dinas 😀 日本 A"))
    assert "Dinas □ □□ A" in flat(text)
