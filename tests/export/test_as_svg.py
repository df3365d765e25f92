import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from sipukat import export, ikm, publish, report
from sipukat.errors import PublishError, UnknownNameError
from sipukat.report import Document, Figure, ikm_figures

NS = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def figure():
    answers = pd.DataFrame({f"U{i}": [4, 3, 2, 4, 3] * 4 for i in range(1, 10)})
    return ikm_figures.distribution(ikm.estimate(answers))


def holding(document, *blocks):
    return Document(title="T", blocks=blocks, provenance=document.provenance)


def test_the_only_figure_is_written_whole(document, figure, tmp_path):
    path = publish(holding(document, figure), tmp_path / "sebaran.svg")
    root = ET.fromstring(path.read_bytes())  # noqa: S314  our own
    assert root.tag == f"{NS}svg"
    assert root.find(f"{NS}title").text == figure.caption


def test_of_several_one_must_be_chosen(document):
    svg = export.get("svg")
    ids = [block.id for block in document.blocks if isinstance(block, Figure)]
    with pytest.raises(PublishError, match=rf"holds one figure, and the document has {len(ids)}: ikm, unit"):
        svg(document)
    for name in ids:
        assert svg.of(name)(document) == svg.of(name)(document)
    with pytest.raises(UnknownNameError, match="'sebaran'"):
        svg.of("sebaran")(document)


def test_a_document_without_a_figure_is_refused_and_the_old_file_stays(document, tmp_path):
    path = tmp_path / "a.svg"
    path.write_text("lama")
    with pytest.raises(PublishError, match="the document has none"):
        publish(holding(document), path)
    assert path.read_text() == "lama"


def test_a_poster_is_sent_to_the_formats_of_pages(document):
    poster = report.document.Poster(head=("IKM",), headline=report.Headline(text="IKM 90,64"))
    with pytest.raises(PublishError, match=r"a poster is a whole page: write it as \.html or \.pdf"):
        export.get("svg")(holding(document, poster))
