import subprocess
import sys

import pytest

from sipukat import report
from sipukat.errors import UnknownNameError
from sipukat.report import Document, Provenance

DOCUMENT = Document(title="T", blocks=[], provenance=Provenance(generated="2026-08-17T09:00:00+07:00"))


def test_a_document_is_returned_as_it_is_and_takes_no_options():
    assert report.build(DOCUMENT) is DOCUMENT
    with pytest.raises(TypeError, match="subject would change nothing"):
        report.build(DOCUMENT, subject="Kota")


def test_what_no_report_is_known_for_is_refused_by_its_type():
    with pytest.raises(
        TypeError,
        match="no report is known for a dict; build takes one of Assessment, CityAssessment, Noisy, "
        "IkmResult, StandarPelayanan, or a Document",
    ):
        report.build({"ikm": 90})


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(UnknownNameError, match="no language is named 'jv'"):
        report.build(DOCUMENT, lang="jv")


def test_the_room_loads_no_estimator_until_a_result_is_reported():
    code = (
        "import sys, sipukat.report, sipukat.export; print({'pandas', 'numpy', 'scipy'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
