"""Files: nothing is lost on the way out and back, and what cannot be read is refused with one clear error."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import datasets
from sipukat.errors import DraftError, UnknownNameError
from sipukat.pelayanan import KOMPONEN, StandarPelayanan, dump, load, load_all, loads

pytest.importorskip("yaml", reason="PyYAML is not installed (extra yaml)")
pytest.importorskip("tomli_w", reason="tomli-w is not installed (extra toml)")

FORMATS = ["yaml", "toml", "json"]
# every character but NUL and halves of characters: those are refused
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
real = st.sampled_from(
    [
        "3 hari kerja",
        "± 15 Menit",
        "Gratis",
        "15.000",
        "010",
        "null",
        "~",
        "yes",
        "- KTP",
        "a: b",
        "#",
        "1_000",
        "2026-01-01",
    ]
)
lines = st.lists(words | real, max_size=4)
names = st.text(st.characters(categories=["L"]), min_size=1, max_size=10)


@st.composite
def contents(draw):
    by_variant = st.dictionaries(names, lines, min_size=1, max_size=3)
    return draw(st.one_of(lines, by_variant, st.fixed_dictionaries({"butir": lines, "varian": by_variant})))


@st.composite
def drafts(draw):
    fields = {key: draw(contents()) for key in draw(st.sets(st.sampled_from(KOMPONEN), max_size=5))}
    fields |= {
        key: draw(words) for key in draw(st.sets(st.sampled_from(["nama", "unit", "nomor_sk", "maklumat"])))
    }
    if draw(st.booleans()):
        fields["berlaku"] = draw(st.dates())
    if draw(st.booleans()):
        fields["penanganan_pengaduan"] = {
            "butir": [{"text": draw(words), "jenis": "telepon", "nama": draw(words)}],
            "penanggung_jawab": {"nama": draw(words)},
        }
    if draw(st.booleans()):
        fields["sistem_mekanisme_prosedur"] = [
            {"text": draw(words), "pelaku": draw(words), "waktu": "10 menit"}
        ]
    fields["tambahan"] = draw(
        st.dictionaries(st.from_regex(r"[a-z]{3,9}_lokal", fullmatch=True), contents(), max_size=2)
    )
    return StandarPelayanan.model_validate(fields)


@pytest.mark.parametrize("form", FORMATS)
@given(draft=drafts())
def test_nothing_is_lost(draft, form):
    assert loads(dump(draft, form), format=form) == draft


@pytest.mark.parametrize("form", FORMATS)
def test_the_formats_are_told_apart(form):
    draft = StandarPelayanan(nama="KTP-el", persyaratan=["KK"], berlaku=date(2026, 3, 9))
    assert loads(dump(draft, form)) == draft


def test_yaml_scalars_stay_the_text_that_was_written():
    draft = loads("nama: yes\nnomor_sk: 010\nbiaya_tarif: 15.000\npersyaratan: ~\njumlah_pelaksana: 1_000\n")
    assert (draft.nama, draft.nomor_sk, draft.persyaratan) == ("yes", "010", None)
    assert draft.biaya_tarif.butir[0].text == "15.000"
    assert draft.jumlah_pelaksana.butir[0].text == "1_000"


@pytest.mark.parametrize("suffix", ["yaml", "yml", "toml", "json"])
def test_a_file_is_read_by_its_suffix(tmp_path, suffix):
    draft = StandarPelayanan(nama="KTP-el", biaya_tarif="Gratis")
    path = tmp_path / f"draf.{suffix}"
    path.write_text(dump(draft, "yaml" if suffix == "yml" else suffix), encoding="utf-8")
    assert load(path) == draft


@pytest.mark.parametrize("name", datasets.names("pelayanan"))
@pytest.mark.parametrize("form", FORMATS)
def test_the_examples_round_trip(name, form):
    draft = load(datasets.path(name))
    assert loads(dump(draft, form)) == draft


def test_several_documents_are_read_together(tmp_path):
    path = tmp_path / "dua.json"
    path.write_text('{"documents": [{"nama": "A"}, {"title": "B", "components": {}}]}', encoding="utf-8")
    assert [draft.nama for draft in load_all(path)] == ["A", "B"]
    with pytest.raises(DraftError, match=r"dua.json: it holds 2 Standar Pelayanan"):
        load(path)


def test_a_document_of_format_0_is_brought_to_today_and_loses_nothing():
    old = {
        "id": "contoh", "title": "KTP-el", "region": "Kota Contoh", "known_defects": ["a", "b"],
        "components": {
            "persyaratan": {"variants": {"BPJS": ["Kartu"]}},
            "biaya_tarif": {"notes": ["BPJS: sesuai haknya"], "table": [["Periksa", "15.000"]]},
            "produk_pelayanan": None,
            "dasar_hukum": [],
        },
    }  # fmt: skip
    draft = loads(json.dumps(old))
    assert (draft.nama, draft.wilayah) == ("KTP-el", "Kota Contoh")
    assert draft.catatan == "id: contoh\nknown_defects: a; b"
    assert list(draft.persyaratan.varian) == ["BPJS"]
    assert [butir.label for butir in draft.biaya_tarif.butir] == [None, "Periksa"]
    assert draft.produk_pelayanan is None
    assert draft.dasar_hukum.kosong


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "line 1: an anchor or alias"),
        ("nama: !!python/object/apply:os.system ['id']", "line 1: the tag"),
        ("nama: !!binary aGFsbw==", "line 1: the tag"),
        ("nama: KTP\nunit: a\0b", "line 2: a NUL character"),
        ('{"nama": "a\\u0000b"}', "written as an escape"),
        ('{"nama": "\\ud800"}', "written as an escape"),
        ('nama: "\\0"', "written as an escape"),
        ("nama: \ud800", "lone surrogate"),
        ("nama: a\nnama: b", "'nama' stands twice"),
        ('{"nama": "a", "nama": "b"}', "'nama' stands twice"),
        ('nama = "a"\nnama = "b"', "not TOML"),
        ("nama: [a", "not YAML"),
        ('{"nama": "a"', "not JSON"),
        ('{"nama": NaN}', "not JSON: NaN is no JSON"),
        ("[" * 100_000, "not JSON|nested too deeply"),
        ("- " * 5000 + "a", "nested too deeply"),
        ("", "the document is empty"),
        ("# hanya komentar\n", "the document is empty"),
        ("[]", "the document is empty"),
        ('{"documents": []}', "it holds no document"),
        ("KTP-el", "a str where a document was expected"),
        ("? [a, b]\n: c", "a key that is no text"),
        ("nama: KTP-el\npersyaratn: [KK]", "unknown key 'persyaratn'. Expected 'persyaratan'"),
        ("format: 99\nnama: KTP-el", "format '99' is not known"),
        ('{"$ref": "https://example.org/evil.json"}', r"unknown key '\$ref'"),
        ('{"components": {"biaya": []}}', "components: biaya"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_clear_error(text, said):
    with pytest.raises(DraftError, match=said) as caught:
        loads(text)
    assert "\n" not in str(caught.value)


def test_a_document_of_50_mb_is_refused_unread(tmp_path):
    path = tmp_path / "besar.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(Exception, match="larger than 4 MiB"):
        load(path)
    with pytest.raises(DraftError, match="characters"):
        loads("a" * (5 * 1024 * 1024))


def test_a_file_of_another_kind_is_refused_with_what_is_read(tmp_path):
    path = tmp_path / "draf.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(DraftError, match=r"files of type .pdf are not read. Known: .*\.docx.*\.yaml"):
        load(path)


def test_a_document_that_says_format_0_and_has_no_components_is_refused():
    with pytest.raises(DraftError, match="format 0 has no components"):
        loads('format = 0\nnama = "KTP-el"\npersyaratan = ["KK asli"]', format="toml")


def test_an_unknown_format_is_refused():
    with pytest.raises(UnknownNameError):
        dump(StandarPelayanan(), "xml")
    with pytest.raises(UnknownNameError):
        loads("nama: a", format="xml")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("bad", ["a\0b", "\ud83d"])
def test_what_could_not_be_read_again_is_not_written(form, bad):
    for doc, place in (
        (StandarPelayanan(nama=bad), "nama"),
        (StandarPelayanan(persyaratan=["KK", bad]), "persyaratan"),
        (StandarPelayanan(tambahan={"maskot": [bad]}), "tambahan, maskot"),
    ):
        with pytest.raises(DraftError, match=f"^doc, {place}: a NUL or half a character"):
            dump(doc, form)
