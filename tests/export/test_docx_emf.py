"""The metafile beside a figure holds what the SVG holds, and is what a reader of metafiles expects."""

import io
import re
import struct
import sys
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import export
from sipukat.export.docx_emf import emf, outlines
from sipukat.export.docx_letters import letter_width, text_width
from sipukat.export.docx_pictures import drawn, plain
from sipukat.plot import svg
from sipukat.report.document import Figure

pytest.importorskip("docx", reason="python-docx is not installed")
DRAWN = {
    "svg",
    "g",
    "rect",
    "line",
    "circle",
    "path",
    "polyline",
    "polygon",
    "text",
    "title",
    "desc",
    "style",
}
SVG = "{http://www.w3.org/2000/svg}"


def records(data):
    """Return kind and body of each record, as a program reads them."""
    at, found = 0, []
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        assert size >= 8
        assert size % 4 == 0
        found.append((kind, data[at + 8 : at + size]))
        at += size
    assert at == len(data)
    return found


def texts(data):
    for kind, body in records(data):
        if kind == 84:
            count, offset = struct.unpack_from("<II", body, 36)
            start = offset - 8  # offsets count from the start of the record
            yield body[start : start + 2 * count].decode("utf-16-le")


def figures_of(documents):
    return [block for document in documents.values() for block in document.blocks if block.kind == "figure"]


def test_the_head_tells_size_length_and_count(every_document):
    for figure in figures_of(every_document):
        drawing = svg(figure)
        data = emf(drawing)
        read = records(data)
        assert (read[0][0], read[-1][0]) == (1, 14)
        head = read[0][1]
        assert head[32:36] == b" EMF"
        assert struct.unpack_from("<II", head, 40) == (len(data), len(read))
        height = float(re.search(r' height="([\d.]+)"', drawing)[1])
        frame = struct.unpack_from("<4i", head, 16)
        assert frame == pytest.approx((0, 0, 720 * 25.4 / 96 * 100, height * 25.4 / 96 * 100), abs=1)


def test_every_text_of_the_drawing_is_a_text_of_the_metafile(every_document):
    for figure in figures_of(every_document):
        root = ET.fromstring(svg(figure))  # noqa: S314  our own
        expected = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
        assert list(texts(emf(svg(figure)))) == expected


def test_figures_are_drawn_with_what_the_metafile_knows(every_document):
    for figure in figures_of(every_document):
        root = ET.fromstring(svg(figure))  # noqa: S314  our own
        assert {each.tag.removeprefix(SVG) for each in root.iter()} <= DRAWN, figure.chart
        assert not [each for each in root.iter() if "transform" in each.attrib], figure.chart
        for path in root.iter(f"{SVG}path"):
            assert set(re.findall("[A-Za-z]", path.attrib["d"])) <= set("MLHVCQZmlhvcqz"), figure.chart


def test_what_shines_through_is_mixed_with_what_lies_beneath():
    under = '<rect width="10" height="10" fill="#ff0000"/>'
    over = '<rect x="5" width="10" height="10" fill="#0000ff" opacity="0.5"/>'
    brushes = [
        tuple(body[8:11])
        for kind, body in records(emf(f'<svg width="20" height="10">{under}{over}</svg>'))
        if kind == 39
    ]
    assert brushes == [(255, 0, 0), (128, 128, 255), (128, 0, 128)]


def test_a_dashed_line_is_as_many_lines():
    line = '<line x1="0" y1="0" x2="10" y2="0" stroke="#000000" stroke-dasharray="2 3"/>'
    kinds = [kind for kind, _ in records(emf(f'<svg width="20" height="10">{line}</svg>'))]
    assert kinds.count(4) == 2


def test_a_path_is_followed_in_both_ways_of_writing_it():
    assert (
        outlines("M1 2L3 4H7V9Z") == outlines("m1 2l2 2h4v5z") == [([(1, 2), (3, 4), (7, 4), (7, 9)], True)]
    )
    curve = outlines("M0 0C0 10 10 10 10 0")[0][0]
    assert curve[-1] == (10, 0)
    assert max(y for _, y in curve) == pytest.approx(7.5)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_name_comes_through(name):
    figure = Figure(
        id="a", chart="unit_intervals", caption="", alt="", axis=(25, 100),
        data=[{"label": "x", "value": Decimal(90), "low": None, "high": None, "mutu": name}],
    )  # fmt: skip
    said = list(texts(emf(svg(figure))))
    assert name in said or not name


def test_widths_of_letters_are_those_of_arial():
    assert text_width("88,30", 1000) == 4 * 556 + 278
    assert letter_width("W", bold=True) == letter_width("W") == 944
    assert letter_width("\u0301") == letter_width("\u200f") == 0


def test_without_typst_the_picture_beside_the_svg_is_a_metafile(document, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)  # as where it is not installed
    with zipfile.ZipFile(io.BytesIO(export.get("docx")(document))) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        kinds = {name.rpartition(".")[2] for name in names}
        assert kinds == {"emf", "svg"}
        declared = archive.read("[Content_Types].xml")
        assert b"image/x-emf" in declared
        assert b"image/svg+xml" in declared
        assert all(archive.read(name)[40:44] == b" EMF" for name in names if name.endswith(".emf"))
        drawings = [archive.read(name).decode() for name in names if name.endswith(".svg")]
        assert not [text for text in drawings if "prefers-color-scheme" in text]
        assert all('font-family="Arial"' in text for text in drawings)


def test_with_typst_it_is_a_png_of_twice_the_size(document):
    pytest.importorskip("typst", reason="Typst is not installed")
    figure = figures_of({"": document})[0]
    picture = next(iter(drawn(figure, width=9354, height=13000)))
    data, suffix = plain(picture.drawing)
    assert suffix == "png"
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", data[16:20])[0] == 1440


def test_a_figure_too_tall_to_be_read_is_told_in_parts():
    data = [
        {"label": f"Unit {n}", "value": Decimal(80), "low": None, "high": None, "n": 40} for n in range(60)
    ]
    data.append({"label": "Keseluruhan", "value": Decimal(80), "low": None, "high": None, "role": "overall"})
    figure = Figure(id="u", chart="unit_intervals", caption="", alt="", axis=(25, 100), data=data)
    parts = list(drawn(figure, width=9354, height=13000))
    assert len(parts) > 1
    assert all(part.height <= 13000 and part.width <= 9354 for part in parts)
    assert sum(part.drawing.count(">Unit ") for part in parts) == 60
    assert all("Keseluruhan" in part.drawing for part in parts)
    assert len(list(drawn(figure, width=9354, height=60_000))) == 1
