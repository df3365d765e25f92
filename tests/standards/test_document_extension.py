"""Local document standards: they add to the law and take nothing away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.errors import StandardError
from sipukat.standards import loader

LOCAL = Path(__file__).with_name("local_document.toml").read_text(encoding="utf-8")
RULE = standards.document("permenpanrb-15-2014")
LAW = standards.document("uu-25-2009")
REGULATION = '[regulation]\nkind = "perda"\nnomor = "3"\ntahun = 2025\nregion = "kota contoh"\n'

KOMPONEN = """
[[komponen]]
key = "{key}"
letter = "{letter}"
nama = "{nama}"
name = "Disability access"
group = "pengelolaan"
must_publish = true
place = "Pasal 7"
confidence = "B"
"""


def new(key: str = "akses_disabilitas", letter: str = "o", nama: str = "") -> str:
    return KOMPONEN.format(key=key, letter=letter, nama=nama or key.replace("_", " ").title())


def law(key: str = "biaya_tarif", *lines: str) -> str:
    return "\n[[komponen]]\n" + "\n".join([f'key = "{key}"', *lines]) + "\n"


def order(*keys: str) -> str:
    return LOCAL + f"order = [{', '.join(f'{key!r}' for key in keys)}]\n"


BROKEN = {
    "a komponen removed from the order": (
        order(*RULE.komponen_keys[1:]),
        "order",
        "persyaratan missing",
        "every komponen once; none of permen",
    ),
    "a komponen twice in the order": (
        order(*RULE.komponen_keys, "biaya_tarif"),
        "order",
        "biaya_tarif twice",
        "every komponen once",
    ),
    "an order that names a stranger": (
        order(*RULE.komponen_keys, "warna"),
        "order",
        "warna twice or unknown",
        "every komponen once",
    ),
    "a new komponen left out of the order": (
        order(*RULE.komponen_keys) + new(),
        "order",
        "akses_disabilitas missing",
        "once",
    ),
    "a word for removing": (LOCAL + 'remove = ["biaya_tarif"]\n', "remove", "unknown key 'remove'", "one of"),
    "a komponen marked as gone": (
        LOCAL + law("biaya_tarif", "removed = true"),
        "komponen[0].removed",
        "unknown key 'removed'",
        "",
    ),
    "a letter of the law for something else": (
        LOCAL + new(letter="e"),
        "komponen[0].letter",
        "'e' for the new",
        "free: 'e' is biaya_tarif",
    ),
    "a komponen of the law with another letter": (
        LOCAL + law("biaya_tarif", 'letter = "o"'),
        "komponen[0].letter",
        "'o' for 'biaya_tarif'",
        "'e'",
    ),
    "a key of the law for something else": (
        LOCAL + new("biaya_tarif", "e", "Warna Gedung"),
        "komponen[0].nama",
        "'Warna Gedung'",
        "`labels`",
    ),
    "a komponen moved to another group": (
        LOCAL + law("biaya_tarif", 'group = "pengelolaan"'),
        "komponen[0].group",
        "'pengelolaan' for",
        "penyampaian",
    ),
    "a komponen at another place": (
        LOCAL + law("biaya_tarif", 'place = "Pasal 9"'),
        "komponen[0].place",
        "'Pasal 9'",
        "huruf e",
    ),
    "a published komponen hidden": (
        LOCAL + law("biaya_tarif", "must_publish = false"),
        "komponen[0].must_publish",
        "false for",
        "true",
    ),
    "a label of the law for a new komponen": (
        LOCAL + new(nama="Tarif Layanan") + 'labels = ["Biaya"]\n',
        "komponen[0].labels",
        "for the new komponen",
        "names biaya_tarif",
    ),
    "a name of the law for a new komponen": (
        LOCAL + new(nama="Jumlah Pelaksana"),
        "komponen[0].labels",
        "'jumlah pelaksana'",
        "names jumlah_pelaksana",
    ),
    "a label of the law for another komponen of it": (
        LOCAL + law("biaya_tarif", 'labels = ["Persyaratan"]'),
        "komponen.labels",
        "'persyaratan' names",
        "one",
    ),
    "a new komponen without a place": (
        LOCAL + new().replace('place = "Pasal 7"\n', ""),
        "komponen[0].place",
        "absent for the new",
        "'place'",
    ),
    "a new komponen of no group": (
        LOCAL + new().replace('"pengelolaan"', '"lokal"'),
        "komponen[14].group",
        "'lokal' is no group",
        "one of",
    ),
    "one komponen changed twice": (
        LOCAL + law() + law(),
        "komponen.key",
        "'biaya_tarif' stands twice",
        "each once",
    ),
    "two new komponen of one letter": (
        LOCAL + new() + new("inovasi"),
        "komponen.letter",
        "'o' stands twice",
        "once",
    ),
    "an article of the law again": (
        LOCAL + '[[articles]]\nid = "21"\ntext = "x"\nplace = "x"\nconfidence = "C"\n',
        "articles.id",
        "'21' stands twice",
        "once",
    ),
    "an extension of a survey": (
        LOCAL.replace("permenpanrb-15-2014", "permenpanrb-14-2017"),
        "extends",
        "permenpanrb-14-2017 is of kind survey",
        "one of kind document",
    ),
    "an extension of itself": (
        LOCAL.replace("permenpanrb-15-2014", "perda-contoh-3-2025"),
        "extends",
        "this standard itself",
        "another",
    ),
    "an extension of nothing": (
        LOCAL.replace("15-2014", "15-2041"),
        "extends",
        "Did you mean 'permenpanrb-15-2014'",
        "installed",
    ),
    "groups": (LOCAL + '[[groups]]\nid = "a"\n', "groups", "unknown key 'groups'", "one of"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_extension_gives_one_error_that_says_where_what_and_what_would_be_right(case, refused):
    refused(*BROKEN[case])


def test_a_circle_of_extensions_is_refused(tmp_path, monkeypatch):
    for own, other in (("a", "b"), ("b", "c"), ("c", "a")):
        text = LOCAL.replace("perda-contoh-3-2025", own).replace("permenpanrb-15-2014", other)
        (tmp_path / f"{own}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path))
    with pytest.raises(
        StandardError, match=r"extends: a circle: .* -> .*; expected a standard that does not"
    ):
        standards.get("a")
    assert standards.get("uu-25-2009") == LAW


def test_an_extension_that_adds_nothing_is_the_law_under_its_own_name(parse):
    local = parse(LOCAL)
    assert (local.id, local.extends, local.scope) == ("perda-contoh-3-2025", RULE.id, "local")
    assert (local.komponen, local.groups, local.articles) == (RULE.komponen, RULE.groups, RULE.articles)
    assert (local.steps, local.texts, local.regulation) == (RULE.steps, RULE.texts, RULE.regulation)
    assert (local.berlaku, local.aliases) == (None, ())
    assert standards.diff(RULE, local) == ()


def test_a_new_komponen_comes_last_or_where_the_order_says(parse):
    assert parse(LOCAL + new()).komponen_keys == (*RULE.komponen_keys, "akses_disabilitas")
    keys = ("akses_disabilitas", *reversed(RULE.komponen_keys))
    assert parse(order(*keys) + new()).komponen_keys == keys


def test_what_is_inherited_cites_the_law_and_what_is_new_cites_the_local_rule(parse):
    local = parse(LOCAL + REGULATION + new())
    cited = {k.key: str(local.citation(k)) for k in local.komponen}
    assert cited["biaya_tarif"] == "Undang-Undang Nomor 25 Tahun 2009, Pasal 21 huruf e"
    assert cited["akses_disabilitas"].startswith("Peraturan Daerah")
    assert cited["akses_disabilitas"].endswith("Pasal 7")
    assert local.citation(local.article_of("penetapan")).regulation.id == "permenpanrb-15-2014"
    assert local.citation(local.article_of("36(4)")).regulation.id == "uu-25-2009"
    assert {local.citation(group).regulation.id for group in local.groups} == {"permenpanrb-15-2014"}


def test_labels_content_publication_and_texts_are_added_beside_those_of_the_law(parse):
    text = LOCAL + law(
        "jumlah_pelaksana",
        "must_publish = true",
        'labels = ["Banyaknya Petugas"]',
        'required_content = ["Jumlah petugas loket disebut."]',
        'letter = "k"',
        'nama = "Jumlah pelaksana"',
    )
    text += '[texts.sk]\nparts = ["Kop", "Isi"]\nplace = "Lampiran"\nconfidence = "B"\n'
    local = parse(text)
    mine, old = local.komponen_of("jumlah_pelaksana"), RULE.komponen_of("jumlah_pelaksana")
    assert mine.must_publish
    assert len(local.published) == 7
    assert local.label_of("11. BANYAKNYA PETUGAS") == mine
    assert mine.labels == (*old.labels, "Banyaknya Petugas")
    assert mine.required_content == (*old.required_content, "Jumlah petugas loket disebut.")
    assert local.texts.sk.parts == ("Kop", "Isi")
    assert local.texts.maklumat == RULE.texts.maklumat


def test_an_extension_of_an_extension_keeps_every_komponen(tmp_path, monkeypatch):
    (tmp_path / "perda-contoh-3-2025.toml").write_text(LOCAL + REGULATION + new(), encoding="utf-8")
    office = LOCAL.replace("perda-contoh-3-2025", "dinas").replace(
        "permenpanrb-15-2014", "perda-contoh-3-2025"
    )
    (tmp_path / "dinas.toml").write_text(office + new("inovasi", "p"), encoding="utf-8")
    monkeypatch.setenv("SIPUKAT_PATH", str(tmp_path))
    standard = standards.document("dinas")
    assert standard.komponen_keys == (*RULE.komponen_keys, "akses_disabilitas", "inovasi")
    assert standard.citation(standard.komponen_of("biaya_tarif")).regulation.id == "uu-25-2009"
    assert "dinas" in standards.names("document")


LETTERS = [letter for letter in "opqrstuvwxyz"]  # noqa: C416  one letter each
keys = st.text("abcdefghij", min_size=3, max_size=8).map(lambda key: f"lokal_{key}")


@given(
    st.lists(keys, max_size=6, unique=True), st.sampled_from(["uu-25-2009", "permenpanrb-15-2014"]), st.data()
)
def test_any_extension_keeps_the_komponen_of_the_law(added, base, data):
    text = LOCAL.replace("permenpanrb-15-2014", base)
    old = standards.document(base)
    shuffled = data.draw(st.permutations([*old.komponen_keys, *added]))
    text += f"order = {[str(key) for key in shuffled]}\n"
    text += "".join(new(key, letter) for key, letter in zip(added, LETTERS, strict=False))
    standard = loader.parse(text, file="lokal.toml", base=standards.get)
    assert list(standard.komponen_keys) == shuffled
    assert {k for k in standard.komponen if k.key in old.komponen_keys} == set(old.komponen)
    assert {k.key for k in old.published} <= {k.key for k in standard.published}
