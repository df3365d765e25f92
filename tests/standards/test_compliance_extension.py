"""Local schemes: they add and fill, and take nothing away."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance import score, tree_of
from sipukat.errors import StandardError
from sipukat.standards import loader

LOCAL = """
kind = "compliance"
id = "kota-contoh"
title = "Penilaian Kota Contoh"
extends = "{base}"
confidence = "B"
"""
ROW = '\n[[indicators]]\nkey = "{key}"\n{lines}\n'


def local(base: str = "ombudsman-2022", rows: str = "") -> str:
    return LOCAL.format(base=base) + rows


def row(key: str, *lines: str) -> str:
    return ROW.format(key=key, lines="\n".join(lines))


def new(key: str, parent: str, *lines: str) -> str:
    named = f'parent = "{parent}"' if parent else ""
    return row(key, named, 'nama = "Baru"', 'name = "New"', 'place = "SK 1"', 'confidence = "B"', *lines)


def parsed(text: str) -> standards.ComplianceStandard:
    return loader.parse(text, file="uji.toml", base=standards.get)


def test_a_local_file_fills_the_weights_that_were_assumed():
    text = local(
        rows=row("input.kompetensi", 'weight = "40"') + row("input.sarana_prasarana", 'weight = "60"')
    )
    standard = parsed(text)
    assert standard.extends == "ombudsman-2022"
    assert standard.assumed == ()
    assert tree_of(standard).share("input.kompetensi") == Fraction("0.2185") * Fraction(2, 5)
    found = score({"input.kompetensi": 50}, standard).findings
    assert not found.by_code("CMP804")


def test_one_filled_weight_leaves_the_rest_to_the_others_and_says_so():
    tree = tree_of(parsed(local(rows=row("input.kompetensi", 'weight = "40"'))))
    assert tree.share("input.sarana_prasarana") == Fraction("0.2185") * Fraction(3, 5)
    assert tree.assumed("input.sarana_prasarana")
    assert not tree.assumed("input.kompetensi")


def test_a_local_file_brings_the_indicators_that_2021_lacks():
    scale = '\n[scales.nilai]\nkind = "measure"\nlow = "0"\nhigh = "100"\nplace = "SK 1"\nconfidence = "B"\n'
    weighting = '\n[weighting]\ntotal = "100"\nwording = "SK 1"\nplace = "SK 1"\nconfidence = "B"\n'
    rows = new("a", "", 'weight = "25"', 'scale = "nilai"') + new("b", "", 'weight = "75"', 'scale = "nilai"')
    tree = tree_of(parsed(local("ombudsman-2021", scale + weighting + rows)))
    assert dict(tree.shares) == {"a": Fraction(1, 4), "b": Fraction(3, 4)}


def test_a_leaf_of_the_law_may_be_divided_and_keeps_its_share():
    rows = new("proses.standar_pelayanan.terbit", "proses.standar_pelayanan", 'scale = "nilai"')
    rows += new("proses.standar_pelayanan.lengkap", "proses.standar_pelayanan", 'scale = "nilai"')
    tree = tree_of(parsed(local(rows=rows)))
    assert tree.share("proses.standar_pelayanan.terbit") == Fraction("0.3237") / 2
    assert "proses.standar_pelayanan" not in tree.keys


def test_inferred_bands_may_be_filled_and_known_ones_may_not():
    band = (
        '\n[[bands]]\ncode = "{}"\nlabel = "L"\nlabel_english = "L"\nlow = "{}"\nhigh = "{}"\n'
        'zone = "{}"\nplace = "SK 1"\nconfidence = "A"\n'
    )
    five = [("SK", 0, "29.99", "merah"), ("K", 30, "49.99", "merah"), ("C", 50, "77.99", "kuning")]
    five += [("B", 78, "87.99", "hijau"), ("SB", 88, 100, "hijau")]
    filled = parsed(local("ombudsman-2025", "".join(band.format(*b) for b in five)))
    assert [b.low for b in filled.bands][1:3] == [30, 50]
    four = [("E", 0, "31.99", "merah"), ("D", 32, "53.99", "merah"), ("C", 54, "79.99", "kuning")]
    four += [("B", 80, "87.99", "hijau"), ("A", 88, 100, "hijau")]
    with pytest.raises(StandardError, match=r"bands\[2\]: C 54-79.99; expected C 54.00-77.99"):
        parsed(local("ombudsman-2022", "".join(band.format(*b) for b in four)))
    with pytest.raises(StandardError, match="none is left out"):
        parsed(local("ombudsman-2025", band.format("SK", 0, 100, "merah")))


REFUSED = {
    "a known weight changed": (
        row("input", 'weight = "30"'),
        r"indicators\[0\].weight",
        "a weight that is known stays",
    ),
    "a name changed": (row("input", 'nama = "Masukan"'), r"indicators\[0\].nama", "stays"),
    "a parent changed": (row("input.kompetensi", 'parent = "proses"'), r"indicators\[0\].parent", "stays"),
    "a new one without a name": (
        row("baru", 'place = "P"'),
        r"indicators\[0\].nama",
        "absent for the new indicator",
    ),
    "the same twice": (row("input") + row("input"), "indicators.key", "stands twice"),
    "a scale of the law replaced": (
        '\n[scales.nilai]\nkind = "measure"\nlow = "0"\nhigh = "10"\nplace = "P"\nconfidence = "B"\n',
        "scales.nilai",
        "taken",
    ),
    "one more where all is known": (new("lain", "", 'scale = "nilai"'), "indicators.weight", "leave 0 for 1"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_law_says_is_not_changed(name):
    rows, where, why = REFUSED[name]
    with pytest.raises(StandardError, match=why) as caught:
        parsed(local(rows=rows))
    assert caught.value.where == where.replace("\\", "")


def test_a_known_scale_stays_and_an_inferred_one_may_be_replaced():
    scale = '\n[scales.sepuluh]\nkind = "measure"\nlow = "0"\nhigh = "10"\nplace = "P"\nconfidence = "B"\n'
    filled = parsed(local("ipp-29-2022", scale + row("sipp.21", 'scale = "sepuluh"')))
    assert tree_of(filled).leaf("sipp.21").measure.high == 10
    with pytest.raises(StandardError, match="a scale that is known stays"):
        parsed(local("ipp-29-2022", scale + row("kebijakan_pelayanan.1", 'scale = "sepuluh"')))
