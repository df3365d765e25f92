from decimal import Decimal

import pytest

from sipukat import export
from sipukat.errors import UnknownNameError
from sipukat.export.base import shown
from sipukat.report import Column


@pytest.mark.parametrize("name", export.names())
def test_every_exporter_keeps_the_protocol(name, document_for):
    exporter = export.get(name)
    assert isinstance(exporter, export.Exporter)
    assert exporter.suffix.startswith(".")
    assert exporter.suffix == exporter.suffix.casefold()
    assert "/" in exporter.media_type
    assert isinstance(exporter(document_for(name)), bytes)


@pytest.mark.parametrize("name", export.names())
def test_the_same_document_gives_the_same_bytes(name, document_for):
    document = document_for(name)
    assert export.get(name)(document) == export.get(name)(document)


@pytest.mark.parametrize("name", ["csv", "html", "json", "xlsx"])
def test_a_suffix_finds_its_exporter_in_any_case(name):
    assert export.for_path(f"a.b/Laporan.{name.upper()}") is export.get(name)


def test_an_unknown_suffix_is_refused_with_those_that_are_known():
    words = r"suffix of a file is named '.docy'.*\.csv, .*\.html, \.json"
    with pytest.raises(UnknownNameError, match=words) as caught:
        export.for_path("laporan.docy")
    assert caught.value.name == ".docy"


def test_a_path_without_suffix_is_refused_by_its_name():
    with pytest.raises(UnknownNameError, match="'laporan'"):
        export.for_path("laporan")


def test_a_cell_is_printed_alike_everywhere():
    number, whole = Column(key="x", label="X", kind="number"), Column(key="n", label="N", kind="integer")
    assert [shown(Decimal("90.60"), number, lang) for lang in ("id", "en")] == ["90,60", "90.60"]
    assert shown(12345, whole, "id") == "12.345"
    assert shown(12345, whole, "id", grouped=False) == "12345"
    assert shown(None, number, "id") == "–"
    assert shown("ditahan", number, "id") == "ditahan"
