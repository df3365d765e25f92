"""Local standards: they add to the law and take nothing away."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import StandardError
from sipukat.standards import loader

LOCAL = Path(__file__).with_name("local.toml").read_text(encoding="utf-8")
SKM = standards.get("permenpanrb-14-2017")

UNSUR = """
[[unsur]]
key = "{key}"
code = "{code}"
nama = "Unsur {code}"
name = "Unsur {code}"
place = "Lampiran"
confidence = "B"
"""


def new(key: str = "inovasi", code: str = "U10") -> str:
    return UNSUR.format(key=key, code=code)


BROKEN = {
    "an extension of nothing": (
        LOCAL.replace("14-2017", "14-2018"),
        "extends",
        "Did you mean 'permenpanrb-14-2017'",
        "installed",
    ),
    "an extension of itself": (
        LOCAL.replace("permenpanrb-14-2017", "perbup-contoh-12-2025"),
        "extends",
        "is this standard itself",
        "another",
    ),
    "an extension with bands": (
        LOCAL + "[[bands]]\nmutu = 'A'\n",
        "bands",
        "unknown key 'bands'",
        "one of aliases",
    ),
    "an unsur of the law recoded": (
        LOCAL + '[[unsur]]\nkey = "biaya"\ncode = "U5"\n',
        "unsur[0].code",
        "'U5' for 'biaya'",
        "'U4'",
    ),
    "an unsur of the law with other answers": (
        LOCAL + '[[unsur]]\nkey = "biaya"\noptions = [{ score = 4, label = "Murah" }]\n',
        "unsur[0].options",
        "other answers for 'biaya'",
        "`answers`",
    ),
    "a new unsur without a code": (
        LOCAL + new().replace('code = "U10"\n', ""),
        "unsur[0].code",
        "absent for the new unsur 'inovasi'",
        "'code'",
    ),
    "a new unsur with the code of another": (
        LOCAL + new(code="U9"),
        "unsur.code",
        "'U9' stands twice",
        "once",
    ),
    "weights of some unsur only": (
        LOCAL + new() + 'weight = "1/10"\n',
        "unsur.weight",
        "weights of inovasi but not of persyaratan",
        "all unsur or of none",
    ),
    "a circle of no kind": (
        LOCAL.replace('extends = "', 'extends = "Permenpan '),
        "extends",
        "Permenpan",
        "matches ^",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_extension_gives_one_error_that_says_where_what_and_what_would_be_right(case, refused):
    text, where, got, expected = BROKEN[case]
    refused(text, where, got, expected)


def test_an_extension_that_adds_nothing_is_the_law_under_its_own_name(parse, local):
    standard = parse(local)
    assert (standard.id, standard.extends, standard.scope) == ("perbup-contoh-12-2025", SKM.id, "local")
    assert standard.regulation == SKM.regulation
    assert (standard.unsur, standard.bands, standard.profiles) == (SKM.unsur, SKM.bands, SKM.profiles)
    assert standard.orders == SKM.orders
    assert (standard.berlaku, standard.aliases) == (None, ())


def test_a_tenth_unsur_makes_every_weight_a_tenth_and_leaves_out_fixed_weights(parse, local):
    standard = parse(local + new())
    assert set(standard.weights.values()) == {Fraction(1, 10)}
    assert [order.keys[-1] for order in standard.orders] == ["inovasi", "inovasi"]
    assert standard.ambiguous_codes() == ("U8", "U9")
    assert {p.id for p in standard.profiles} == {"exact", "kardinah", "index2"}


def test_all_weights_may_be_stated(parse, local):
    shares = dict(zip(SKM.unsur_keys, ["2/10", *["1/10"] * 8], strict=True))
    text = local + "".join(f'[[unsur]]\nkey = "{k}"\nweight = "{w}"\n' for k, w in shares.items())
    assert parse(text).weights["persyaratan"] == Fraction(1, 5)
    with pytest.raises(StandardError, match="sum to 11/10; expected a sum of exactly 1"):
        parse(text.replace('"2/10"', '"3/10"'))


def test_words_profiles_orders_and_texts_are_added_beside_those_of_the_law(parse, local):
    text = (
        local
        + """
[sources]
L1 = "Perbup Contoh Nomor 12 Tahun 2025"

[[unsur]]
key = "biaya"
nama = "Ongkos"
aliases = ["ongkos layanan"]
answers = [{ score = 1, label = "Mahal sekali" }]

[[profiles]]
id = "contoh"
weight = "0.1111"
where = "Perbup Contoh"
confidence = "B"
sources = ["L1"]

[[orders]]
id = "contoh"
keys = ["biaya", "waktu", "persyaratan", "prosedur", "produk", "kompetensi", "perilaku",
  "pengaduan", "sarana"]
place = "Lampiran"
confidence = "B"

[texts.rtl]
columns = ["No.", "Unsur"]
rule = "Tiga unsur terendah."
place = "Lampiran"
confidence = "B"
"""
    )
    standard = parse(text)
    biaya = standard.unsur_of("biaya")
    assert (biaya.nama, biaya.place) == ("Ongkos", SKM.unsur_of("biaya").place)
    assert set(biaya.aliases) == {*SKM.unsur_of("biaya").aliases, "ongkos layanan"}
    assert biaya.vocabulary["mahal sekali"] == 1
    assert biaya.vocabulary["gratis"] == 4
    assert standard.profile("contoh").weight == Fraction(1111, 10000)
    assert standard.ambiguous_codes() == ("U1", "U2", "U3", "U4", "U8", "U9")
    assert standard.texts.rtl.columns == ("No.", "Unsur")
    assert standard.texts.poster == SKM.texts.poster
    assert standard.sources["L1"].startswith("Perbup")


keys = st.text("abcdefghij", min_size=3, max_size=8).map(lambda key: f"lokal_{key}")


@given(st.lists(keys, max_size=6, unique=True), st.sampled_from(standards.names("survey")))
def test_any_extension_keeps_the_unsur_of_the_law_and_sums_to_one(added, base):
    text = LOCAL.replace("permenpanrb-14-2017", base)
    text += "".join(new(key, f"L{n}") for n, key in enumerate(added, 1))
    law = standards.get(base)
    standard = loader.parse(text, file="lokal.toml", base=standards.get)
    assert standard.unsur_keys == (*law.unsur_keys, *added)
    assert sum(standard.weights.values()) == 1
    for unsur, old in zip(standard.unsur, law.unsur, strict=False):
        assert (unsur.code, unsur.options, unsur.nama) == (old.code, old.options, old.nama)
    assert standard.bands == law.bands
