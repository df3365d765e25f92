"""Numbers of staff as drafts write them."""

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat.pelayanan.jumlah import JumlahPelaksana, head_count

PIECES = [
    "2",
    "10",
    "orang",
    "0rang",
    "perawat",
    "dokter",
    "+",
    ";",
    ",",
    "dan",
    "(dua)",
    "total",
    "loket:",
    "terdiri dari",
    "\n",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


def _roles(jumlah):
    return [(role.peran, role.n) for role in jumlah.roles]


def test_the_samples_of_the_facts_are_understood(facts):
    for sample in facts("standards-facts.json")["parser_samples"]["staff"]:
        read = JumlahPelaksana.parse(sample["text"])
        expected = {key: value for key, value in sample.items() if key != "note"}
        assert {key: getattr(read, key) for key in expected} == expected
        assert not read.mismatch


@pytest.mark.parametrize(
    ("text", "n", "roles"),
    [
        ("Triage: 2 perawat dan 1 dokter", 3, [("triage perawat", 2), ("dokter", 1)]),
        ("Administrasi: 2 orang", 2, [("administrasi", 2)]),
        ("lima orang", 5, []),
        ("Jumlah pelaksana: 3 orang", 3, []),
        ("Perawat 3 orang, Bidan 2 orang, total 5 orang", 5, [("perawat", 3), ("bidan", 2)]),
        ("10 (sepuluh) orang terdiri dari 4 dokter dan 6 perawat", 10, [("dokter", 4), ("perawat", 6)]),
        ("sesuai kebutuhan", None, []),
        ("pengalaman 3-5 tahun", None, []),
        ("2 shift", None, []),
    ],
)
def test_people_and_roles_are_read(text, n, roles):
    read = JumlahPelaksana.parse(text)
    assert (read.n, _roles(read), read.mismatch) == (n, roles, False)
    assert read.by_role is bool(roles)


@pytest.mark.parametrize("text", ["4 (lima) orang", "total 6 orang: 2 dokter, 3 perawat"])
def test_numbers_that_contradict_each_other_are_told(text):
    read = JumlahPelaksana.parse(text)
    assert read.mismatch
    assert str(read) == text


def test_it_is_printed_in_figures_and_words():
    assert str(JumlahPelaksana.parse("4 orang")) == "4 (empat) orang"


def test_only_people_are_counted_in_lines_of_kompetensi():
    lines = ["1 (satu) orang Insinyur", "1 (satu) orang D-I Administrasi", "3 (tiga) orang SLTA/Sederajat"]
    assert head_count(lines) == 5
    assert head_count(["Kepala instalasi: dokter", "Pengalaman 3-5 tahun"]) is None
    assert head_count([]) is None


@pytest.mark.parametrize(
    "value",
    [
        {"n": 3},
        3,
        {"text": "tiga", "n": 3},
        {"n": 2, "by_role": True, "roles": [{"peran": "dokter", "n": 2}]},
        {"text": "x"},
        {"text": "4 orang", "n": None},
    ],
)
def test_objects_are_written_and_read_back(value):
    jumlah = JumlahPelaksana.model_validate(value)
    assert JumlahPelaksana.model_validate(jumlah.model_dump()) == jumlah
    assert jsonschema_rs.is_valid(JumlahPelaksana.model_json_schema(), value)


@pytest.mark.parametrize("value", [{"n": "3"}, {"n": -1}, {"orang": 3}, True, 2.5, [3]])
def test_nonsense_is_refused_by_the_model_and_by_the_schema(value):
    with pytest.raises(ValidationError):
        JumlahPelaksana.model_validate(value)
    assert not jsonschema_rs.is_valid(JumlahPelaksana.model_json_schema(), value)


@given(TEXTS)
def test_what_is_printed_reads_back_as_the_same(text):
    read = JumlahPelaksana.parse(text)
    again = JumlahPelaksana.parse(str(read))
    assert (again.n, again.roles, again.mismatch, str(again)) == (
        read.n,
        read.roles,
        read.mismatch,
        str(read),
    )
    assert read.model_dump() == text


@pytest.mark.parametrize("piece", ["2 perawat ", "1 (a", "orang ", "(", "2", ", dan ", "total "])
def test_hostile_text_is_read_in_bounded_time(piece, bounded):
    with bounded():
        JumlahPelaksana.parse((piece * 5000)[:5000])
        assert JumlahPelaksana.parse((piece * 200_000)[:200_000]).n is None
