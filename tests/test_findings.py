"""Findings hold facts; their words are in two languages, and every code has both."""

import string

import pytest

from sipukat.errors import UnknownNameError
from sipukat.findings import Finding, Findings, Severity, catalogue

# facts that are words themselves, and so stand there twice: in Indonesian and in English
TOLD_TWICE = {
    "lacking": "kurang",
    "remark": "catatan",
    "example": "contoh",
    "entries": "isian",
    "name": "nama",
}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_says_the_same_in_both_languages(code):
    words = catalogue()[code]
    assert words.judul
    assert words.title
    assert bool(words.saran) == bool(words.suggestion)

    def places(text):
        return {TOLD_TWICE.get(name, name) for _, name, _, _ in string.Formatter().parse(text) if name}

    assert places(words.pesan) == places(words.message)
    assert places(words.saran) == places(words.suggestion)


def test_facts_become_words_late():
    found = Finding.of("SRV401", rows=list(range(1, 40)), labels=["NRR"])
    assert found.severity is Severity.WARNING
    assert found.message("id").startswith("39 baris")
    assert "27 lainnya" in found.message("id")
    assert found.message("en").startswith("39 rows")


def test_a_fact_that_is_absent_shows_and_does_not_raise():
    assert "(ikm?)" in Finding.of("IKM601", used="exact").message("id")


def test_a_code_of_a_plugin_without_words_shows_its_facts():
    assert "KOTA901" in Finding(code="KOTA901", severity="info", facts={"n": 3}).message("id")
    with pytest.raises(UnknownNameError, match="KOTA901"):
        Finding.of("KOTA901")


def test_findings_are_a_sequence_and_a_frame():
    found = Findings([Finding.of("IKM603", n=1), Finding.of("IKM605", path="A", n=2)])
    assert not found.ok
    assert found[:1].ok
    assert [f.code for f in found.by_code("IKM605")] == ["IKM605"]
    frame = found.to_frame("en")
    assert frame["severity"].tolist() == ["warning", "error"]
    assert frame["path"].tolist() == ["", "A"]
    assert list(Findings().to_frame().columns) == list(frame.columns)


def test_a_decimal_is_printed_as_its_language_does():
    from decimal import Decimal

    found = Finding.of("CMP836", path="skema", target=Decimal("76.00"), score=Decimal("80.5"))
    assert found.message("id") == "Nilai 80,5 menurut skema sudah mencapai 76,00."
    assert found.message("en") == "The score 80.5 under skema reaches 76.00 already."
    assert Findings([found]).to_records()[0]["facts"] == {"target": "76.00", "score": "80.5"}
