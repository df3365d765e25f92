"""PNG, read back by Pillow."""

import io

import pytest

from sipukat import compliance, ikm, read_survey
from sipukat.datasets import path as dataset
from sipukat.errors import PublishError
from sipukat.export.as_png import png
from sipukat.report import Document, Provenance, poster

pytest.importorskip("typst", reason="typst of the extra pdf is not installed")
pytest.importorskip("fontpkg_fira_sans", reason="the font of the extra pdf is not installed")
image = pytest.importorskip("PIL.Image", reason="Pillow, which reads the pictures, is not installed")


@pytest.fixture(scope="module")
def result():
    return ikm.estimate(read_survey(dataset("kota-contoh")).responses)


def opened(data):
    return image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    ("layout", "size"), [("square", (1080, 1080)), ("a3", (1754, 2480)), ("a3-landscape", (2480, 1754))]
)
def test_a_poster_has_its_pixels(result, made, layout, size):
    data = png(poster.build(result, unit="Dinas A", layout=layout, generated=made))
    assert opened(data).size == size
    assert png(poster.build(result, unit="Dinas A", layout=layout, generated=made)) == data


def test_the_bands_of_a_poster_stay_apart_in_grey_by_their_letters_and_its_text_by_contrast(result, made):
    grey = opened(png(poster.build(result, unit="Dinas A", layout="square", generated=made))).convert("L")
    shades = grey.getcolors(100_000)
    area = {shade for count, shade in shades if count > 2_000}
    assert max(area) - min(area) > 150


def test_the_only_figure_of_a_document_is_drawn_with_its_caption(every_document, made):
    figures = [b for b in every_document["hasil"].blocks if b.kind == "figure"]
    for figure in figures:
        one = Document(title="Gambar", blocks=(figure,), provenance=Provenance(generated=made))
        drawn = opened(png(one))
        assert drawn.width == 1504
        assert drawn.getpixel((3, 3)) == (255, 255, 255)
        assert len(drawn.getcolors(1_000_000)) > 20


def test_a_document_without_or_with_several_figures_is_refused_in_one_sentence(every_document):
    with pytest.raises(PublishError, match="one poster or one figure, and the document has 0 figures"):
        png(every_document["lampiran"])
    with pytest.raises(PublishError, match="the document has 3 figures"):
        png(every_document["hasil"])


def test_an_assessment_has_one_figure_to_draw(made):
    from sipukat import report

    evidence = compliance.Evidence.of({"input.kompetensi": 62}, unit="Dinas A")
    document = report.build(compliance.score(evidence, standard="ombudsman-2022"), generated=made)
    assert sum(block.kind == "figure" for block in document.blocks) == 1
    assert opened(png(document)).width == 1504


def test_the_code_on_a_poster_leads_to_the_address(result, made):
    zxing = pytest.importorskip("zxingcpp", reason="no reader of QR codes (zxing-cpp) is installed")
    url = "https://contoh.go.id/ikm/2026-1"
    drawn = opened(png(poster.build(result, layout="square", url=url, generated=made)))
    assert [code.text for code in zxing.read_barcodes(drawn)] == [url]
