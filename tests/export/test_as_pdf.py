"""PDF, read back by poppler: text, pages, tags, letters."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sipukat import ikm, read_survey
from sipukat.datasets import path as dataset
from sipukat.errors import PublishError
from sipukat.export.as_pdf import pdf
from sipukat.export.typst_setting import breakable
from sipukat.report import Column, Document, Heading, Paragraph, Provenance, Table, build, poster
from sipukat.report.cleaning import clean

pytest.importorskip("typst", reason="typst of the extra pdf is not installed")
fira = pytest.importorskip("fontpkg_fira_sans", reason="the font of the extra pdf is not installed")
pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")

A4, A3 = (595, 842), (842, 1191)
MATTERS = ("#import", "$x$", "\\", "@ref", "<label>", "<script>", "=HYPERLINK", "{{7*7}}", "`raw`", "*b* _i_")


def poppler(program, data, folder, *options):
    (folder / "a.pdf").write_bytes(data)
    done = subprocess.run(
        [program, *options, folder / "a.pdf", *(["-"] if program == "pdftotext" else [])],
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode()


def seen(data, folder):
    return " ".join(poppler("pdftotext", data, folder, "-layout").split())


def fonts_used(data, folder):
    """Return the sizes of type in points; pdftohtml draws at one and a half."""
    told = poppler("pdftohtml", data, folder, "-xml", "-stdout", "-i")
    return {int(size) / 1.5 for size in re.findall(r'fontspec id="\d+" size="(\d+)"', told)}


@pytest.fixture(scope="module")
def result():
    return ikm.estimate(read_survey(dataset("kota-contoh")).responses, by="unit")


def documented(made, *blocks, **more):
    return Document(title="Hasil", blocks=blocks, provenance=Provenance(generated=made), **more)


def wide(made, columns, rows=3):
    heads = [Column(key=f"c{i}", label=f"Kolom ke-{i}", kind="number") for i in range(columns)]
    table = Table(
        id="t", name="T", caption="Lebar", columns=[Column(key="a", label="Unit"), *heads],
        rows=[("Dinas A", *range(columns))] * rows,
    )  # fmt: skip
    return documented(made, table)


def test_every_document_is_a_tagged_pdf_that_states_both_standards(every_document, tmp_path):
    for name, document in every_document.items():
        data = pdf(document)
        info = poppler("pdfinfo", data, tmp_path)
        assert re.search(r"Tagged:\s+yes", info), name
        assert f"Title:           {document.title}" in info
        assert b"<pdfaid:part>2</pdfaid:part>" in data
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
        assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_the_same_document_gives_the_same_bytes_and_states_its_own_time(every_document, tmp_path):
    document = every_document["hasil"]
    assert pdf(document) == pdf(document)
    info = poppler("pdfinfo", pdf(document), tmp_path, "-isodates")
    assert re.search(r"CreationDate:\s+2026-08-17T09:00:00Z", info)


def test_every_number_of_every_table_is_printed_as_elsewhere(every_document, tmp_path):
    from sipukat.export.base import shown

    for name in ("hasil", "hasil in English", "city"):
        document = every_document[name]
        text = seen(pdf(document), tmp_path)
        for table in document.tables:
            for row in table.rows:
                numbers = [
                    shown(cell, column, document.lang)
                    for cell, column in zip(row, table.columns, strict=True)
                    if column.kind == "number" and cell not in {None, ""}
                ]
                assert not [number for number in numbers if number not in text]


def test_captions_pages_and_provenance_are_in_the_language(every_document, tmp_path):
    text = seen(pdf(every_document["hasil"]), tmp_path)
    assert "Tabel 1. " in text
    assert "Gambar 1. " in text
    assert "Halaman 1 / " in text
    assert "Asal-usul angka" in text
    english = seen(pdf(every_document["hasil in English"]), tmp_path)
    assert "Table 1. " in english
    assert "Figure 1. " in english
    assert "Page 1 / " in english
    assert "Where the numbers come from" in english


def test_a_long_table_repeats_its_head_on_every_page(made, tmp_path):
    data = pdf(wide(made, 3, rows=120))
    pages = poppler("pdftotext", data, tmp_path, "-layout").split("\f")
    with_rows = [page for page in pages if "Dinas A" in page]
    assert len(with_rows) > 1
    assert all("Kolom" in page for page in with_rows)


@pytest.mark.parametrize(("columns", "turned"), [(5, False), (24, True), (60, True)])
def test_a_wide_table_turns_its_page_and_nothing_leaves_the_paper(made, tmp_path, columns, turned):
    data = pdf(wide(made, columns))
    sizes = poppler("pdfinfo", data, tmp_path, "-f", "1", "-l", "9")
    assert bool(re.search(r"size:\s+841.89 x 595", sizes)) == turned
    pages = re.split(r"<page ", poppler("pdftotext", data, tmp_path, "-bbox"))[1:]
    for page in pages:
        width = float(re.search(r'width="([\d.]+)"', page)[1])
        assert all(float(right) <= width - 40 for right in re.findall(r'xMax="([\d.]+)"', page))


def test_levels_that_are_left_out_and_an_empty_document_are_no_error(made, tmp_path):
    headings = [Heading(level=4, text="Dalam"), Heading(level=2, text="Luar"), Heading(level=4, text="Lagi")]
    assert "Dalam" in seen(pdf(documented(made, *headings)), tmp_path)
    assert pdf(documented(made))


def test_markup_is_text(made, tmp_path):
    rows = [(text, 1) for text in MATTERS]
    columns = (Column(key="a", label="#strong[x]"), Column(key="b", label="$b$", kind="integer"))
    table = Table(id="t", name="T", caption="*tebal* @t", columns=columns, rows=rows, note="#panic()")
    data = pdf(documented(made, Heading(level=2, text="=x"), Paragraph(text="#sys.inputs.data"), table))
    text = seen(data, tmp_path)
    for said in (*MATTERS, "#strong[x]", "$b$", "*tebal* @t", "#panic()", "=x", "#sys.inputs.data"):
        assert said in text


def test_long_words_break_and_are_whole(made, tmp_path):
    column = Column(key="a", label="Nama")
    table = Table(id="t", name="T", caption="y" * 300, columns=(column,), rows=[("x" * 10_000,)])
    data = pdf(documented(made, table, Paragraph(text="z" * 10_000), Paragraph(text="w " * 5_000)))
    text = poppler("pdftotext", data, tmp_path)
    counts = {letter: text.count(letter) for letter in "xyzw"}
    assert counts == {"x": 10_000, "y": 300, "z": 10_000, "w": 5_000}
    boxes = poppler("pdftotext", data, tmp_path, "-bbox")
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)) < A4[0] - 50
    assert max(float(y) for y in re.findall(r'yMax="([\d.]+)">[xyzw]', boxes)) < A4[1] - 50


def test_a_character_that_no_font_has_is_named_and_an_invisible_one_goes(made, tmp_path):
    hostile = "Dinas 😀 中 \u200f\u200bA\ue000 é ≥"
    text = seen(pdf(documented(made, Paragraph(text=hostile))), tmp_path)
    assert "Dinas [U+1F600] [U+4E2D] A[U+E000] é ≥" in text


def test_the_templates_read_no_file_and_fetch_nothing():
    folder = Path(__file__).parents[2] / "src" / "sipukat" / "export"
    for template in folder.glob("typst_*.typ"):
        text = template.read_text()
        assert "import" not in text.replace("imported", "")
        assert "read(" not in text
        assert "eval(" not in text
        assert "http" not in text


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_letterhead_stands_at_the_head_of_the_first_page(made, tmp_path, kind):
    document = documented(made, Paragraph(text="Isi"))
    if kind == "png":
        segno = pytest.importorskip("segno", reason="segno of the extra pdf is not installed")
        segno.make("kop").save(tmp_path / "kop.png", scale=8)
    else:
        svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60"><path d="M0 0h400v60H0z"/></svg>'
        (tmp_path / "kop.svg").write_text(svg)
    filled = pdf.with_template(tmp_path / f"kop.{kind}")
    first = re.search(
        r'yMin="([\d.]+)" [^>]*>Isi<', poppler("pdftotext", filled(document), tmp_path, "-bbox")
    )
    bare = re.search(r'yMin="([\d.]+)" [^>]*>Isi<', poppler("pdftotext", pdf(document), tmp_path, "-bbox"))
    assert float(first[1]) > float(bare[1]) + 40
    assert filled(document) == filled(document)


def test_what_is_no_letterhead_is_refused_in_one_sentence(made, tmp_path):
    (tmp_path / "kop.png").write_text("bukan gambar")
    with pytest.raises(PublishError, match="no PNG and no SVG"):
        pdf.with_template(tmp_path / "kop.png")
    with pytest.raises(PublishError, match="cannot be read"):
        pdf.with_template(tmp_path / "tidak-ada.png")
    (tmp_path / "kop.pdf").write_bytes(pdf(documented(made)))
    with pytest.raises(PublishError, match="no PNG and no SVG"):
        pdf.with_template(tmp_path / "kop.pdf")
    (tmp_path / "rusak.png").write_bytes(bytes.fromhex("89504e470d0a1a0a") + b"rusak")
    with pytest.raises(PublishError, match="failed to decode image"):
        pdf.with_template(tmp_path / "rusak.png")(documented(made))


def test_other_fonts_are_taken_and_a_missing_one_is_one_clear_error(made, tmp_path):
    (tmp_path / "huruf").mkdir()
    shutil.copy(fira.ROOT / "files" / "FiraSans-Regular.ttf", tmp_path / "huruf")
    other = pdf.with_fonts(tmp_path / "huruf")
    assert other(documented(made, Paragraph(text="Isi")))
    with pytest.raises(PublishError, match="no family 'Arial'; it has Fira Sans"):
        pdf.with_fonts(tmp_path / "huruf", "Arial")
    (tmp_path / "kosong").mkdir()
    with pytest.raises(PublishError, match="no font"):
        pdf.with_fonts(tmp_path / "kosong")
    with pytest.raises(PublishError, match="no folder"):
        pdf.with_fonts(tmp_path / "tidak-ada")
    shutil.rmtree(tmp_path / "huruf")
    from dataclasses import replace

    lost = replace(other, letters=replace(other.letters, folder=str(tmp_path / "kosong")))
    with pytest.raises(PublishError, match="unknown font family"):
        lost(documented(made, Paragraph(text="Isi")))


@pytest.mark.parametrize(
    ("layout", "size"), [("a3", A3), ("a3-landscape", A3[::-1]), ("square", (1080, 1080))]
)
def test_a_poster_is_one_page_that_says_everything(result, made, tmp_path, layout, size):
    document = poster.build(
        result, unit="RSUD Kota Contoh", layout=layout, layanan="Rawat jalan", period="SEMESTER I",
        url="https://contoh.go.id/ikm", generated=made, profile={"pendidikan": {"SD": 30, "S1": 40}},
    )  # fmt: skip
    data = pdf(document)
    info = poppler("pdfinfo", data, tmp_path)
    assert re.search(r"Pages:\s+1\b", info)
    measured = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    assert tuple(round(float(side)) for side in measured.groups()) == size
    text = seen(data, tmp_path)
    block = document.blocks[0]
    for said in (
        *block.head,
        block.kinerja,
        "82,50",
        "Mutu B",
        "contoh.go.id/ikm",
        "Hasil lengkap",
        "Rawat jalan",
    ):
        assert said in text
    assert "TERIMA KASIH" in text
    assert pdf(document) == data


@pytest.mark.parametrize("layout", ["a3", "a3-landscape"])
def test_a_poster_is_readable_from_three_metres(result, made, tmp_path, layout):
    document = poster.build(
        result, unit="RSUD Kota Contoh", layout=layout, period="SEMESTER I", generated=made
    )
    sizes = sorted(fonts_used(pdf(document), tmp_path))
    assert sizes[-1] >= 150
    assert sizes[0] < 15  # the one line of provenance
    assert sizes[1] >= 24


def test_a_poster_with_hostile_and_long_texts_is_still_one_page(result, made, tmp_path):
    lines = {
        "instansi": "😀 " * 90,
        "wilayah": " ".join(MATTERS),
        "layanan": "l " * 5_000,
        "period": "p" * 300,
    }
    for layout in ("a3", "a3-landscape", "square"):
        document = poster.build(result, unit="x" * 10_000, layout=layout, generated=made, **lines)
        data = pdf(document)
        assert re.search(r"Pages:\s+1\b", poppler("pdfinfo", data, tmp_path))
        text = "".join(poppler("pdftotext", data, tmp_path).split())
        assert all("".join(said.split()) in text for said in MATTERS)
        page = poppler("pdftotext", data, tmp_path, "-bbox")
        width, height = map(float, re.search(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        assert all(float(x) <= width for x in re.findall(r'xMax="([\d.]+)"', page))
        assert all(float(y) <= height for y in re.findall(r'yMax="([\d.]+)"', page))


def test_a_poster_without_a_value_shows_none(made, tmp_path):
    frame = read_survey(dataset("kota-contoh")).responses.frame.iloc[:8]
    few = ikm.estimate(frame[[*ikm_keys()]])
    text = seen(pdf(poster.build(few, unit="Dinas A", generated=made)), tmp_path)
    assert "Nilai tidak ditampilkan" in text
    assert not re.search(r"\d\d,\d\d", text)


def ikm_keys():
    return read_survey(dataset("kota-contoh")).responses.unsur


def test_words_break_only_where_they_are_long():
    assert breakable("Puskesmas Contoh 1 Melati") == "Puskesmas Contoh 1 Melati"
    assert clean(breakable("x" * 40)).replace("\u200b", "") == "x" * 40


def test_publish_takes_pdf_and_letterhead(result, tmp_path, made):
    from sipukat import publish

    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60"><path d="M0 0h400v60H0z"/></svg>'
    (tmp_path / "kop.svg").write_text(svg)
    made_of = publish(build(result, generated=made), tmp_path / "a.pdf", template=tmp_path / "kop.svg")
    assert made_of.read_bytes().startswith(b"%PDF-1.7")
