"""What changed between two standards, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from sipukat import standards
from sipukat.errors import ArgumentError
from sipukat.standards import diff

SMALL = Path(__file__).with_name("small_document.toml").read_text(encoding="utf-8")
SURVEY = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")
LAW = standards.document("uu-25-2009")
RULE = standards.document("permenpanrb-15-2014")


@pytest.mark.parametrize(
    ("old", "new", "aspect", "words", "english"),
    [
        (
            '"Biaya"',
            '"Ongkos"',
            "nama",
            'Nama biaya berubah dari "Biaya" menjadi "Ongkos".',
            "The name of biaya",
        ),
        ('"b"', '"c"', "letter", "Huruf biaya berubah dari b menjadi c.", "from b to c"),
        (
            '["Tarif"]',
            '["Retribusi"]',
            "labels_added",
            "Sebutan lain biaya bertambah: Retribusi.",
            "New labels",
        ),
        (
            '["Tarif"]',
            '["Retribusi"]',
            "labels_removed",
            "Sebutan lain biaya berkurang: Tarif.",
            "that are gone",
        ),
        ("must_publish = false", "must_publish = true", "must_publish", "Biaya kini wajib", "must now be"),
        (
            "must_publish = true",
            "must_publish = false",
            "must_publish",
            "Syarat tidak lagi wajib",
            "need no longer",
        ),
        (
            '"Pasal 2 huruf b"',
            '"Pasal 3"',
            "place",
            "dari Pasal 2 huruf b menjadi Pasal 3.",
            "The place of biaya",
        ),
        (
            'key = "biaya"',
            'required_content = ["Ditulis."]\nkey = "biaya"',
            "content_added",
            "biaya bertambah: Ditulis.",
            "More is asked of biaya: Ditulis.",
        ),
        ('key = "biaya"', 'key = "tarif"', "removed", "Komponen biaya tidak ada lagi: Biaya.", "is gone"),
        (
            'key = "biaya"',
            'key = "tarif"',
            "added",
            "tarif ditambahkan: Biaya (Pasal 2 huruf b).",
            "was added",
        ),
    ],
)
def test_a_change_of_a_komponen_is_named_in_both_languages(parse, old, new, aspect, words, english):
    assert old in SMALL
    changed = parse(SMALL.replace(old, new, 1))
    found = {change.aspect: change for change in diff(parse(SMALL), changed)}
    assert words in found[aspect].message()
    assert english in found[aspect].message("en")
    assert diff(changed, changed) == ()


def test_a_change_backwards_says_the_opposite(parse):
    more = parse(SMALL.replace('key = "biaya"', 'required_content = ["Ditulis."]\nkey = "biaya"'))
    assert [change.aspect for change in diff(more, parse(SMALL))] == ["content_removed"]
    group = SMALL[SMALL.index("[[groups]]") : SMALL.index("[[komponen]]")]
    other = SMALL.replace(group, group + group.replace('"depan"', '"belakang"'))
    at = other.rindex('group = "depan"')
    moved = parse(other[:at] + other[at:].replace("depan", "belakang", 1))
    assert [c.message() for c in diff(parse(SMALL), moved)] == [
        "Biaya pindah dari kelompok depan ke belakang."
    ]


def test_law_and_guideline_differ_in_the_order_alone():
    (change,) = diff(LAW, RULE)
    assert change.aspect == "order"
    assert change.message().startswith(
        "Urutan komponen berubah menjadi: persyaratan, sistem_mekanisme_prosedur,"
    )
    assert change.new == ", ".join(RULE.komponen_keys)


def test_surveys_are_compared_by_unsur_weights_and_bands(parse):
    lighter = SURVEY.replace('"1/3"', '"1/2"').replace('"2/3"', '"1/2"').replace('"62.50"', '"70"')
    messages = [change.message() for change in diff(parse(SURVEY), parse(lighter))]
    assert messages == [
        "Bobot waktu berubah dari 1/3 menjadi 1/2.",
        "Bobot biaya berubah dari 2/3 menjadi 1/2.",
        "Batas bawah mutu berubah dari B 25, A 62.50 menjadi B 25, A 70.",
    ]


def test_standards_of_two_kinds_are_not_compared():
    with pytest.raises(ArgumentError, match="uu-25-2009 is of kind document and spak of kind survey"):
        diff(LAW, standards.get("spak"))
