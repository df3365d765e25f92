"""Numbers of staff as drafts write them."""

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat.pelayanan.jumlah import JumlahPelaksana, head_count
from sipukat.pelayanan.numerals import terbilang

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


@pytest.mark.parametrize(
    "text",
    [
        "4", "personil 4", "personel 4", "pegawai: 4 orang ASN", "tenaga 4 org", "petugas minimal 4 orang",
        "PNS 4", "pelaksana maksimal 4", "adalah 4 orang", "jumlah 4 orang total 4", "+ 4", "4 (empat)",
        "empat 0rang",
        "empat org", "jumlah seluruh pelaksana 4 orang", "keseluruhan: 4", "seluruhnya 4 0rang",
        "sebanyak 4 dan",
    ],
)  # fmt: skip
def test_words_for_people_of_any_kind_are_no_role(text):
    read = JumlahPelaksana.parse(text)
    assert (read.n, _roles(read), read.by_role, read.mismatch, read.understood) == (4, [], False, False, True)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        *((f"2 perawat{mark}1 dokter", [("perawat", 2), ("dokter", 1)])
          for mark in ["; ", "\n", " + ", ", ", " dan ", " serta ", " & ", ", dan "]),
        *((f"{lead} 2 perawat", [("perawat", 2)])
          for lead in ["terdiri atas", "yang terdiri dari:", "yaitu", "sebanyak", "meliputi"]),
        ("dokter 2; perawat 3; bidan 4", [("dokter", 2), ("perawat", 3), ("bidan", 4)]),
        ("loket depan, loket 2 orang", [("loket depan, loket", 2)]),
        ("2 org dokter, yang lain cuti", [("dokter", 2)]),
        ("2 orang dokter gigi anak", [("dokter gigi anak", 2)]),
        ("total 5: dokter 2, perawat 3", [("dokter", 2), ("perawat", 3)]),
    ],
)  # fmt: skip
def test_a_role_ends_where_the_next_begins(text, roles):
    read = JumlahPelaksana.parse(text)
    assert (_roles(read), read.mismatch) == (roles, False)
    assert read.n == sum(n for _, n in roles)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("jumlah 5, total 6", 5), ("2 (lima)", 2), ("seluruhnya 6: 2 dokter, 3 perawat", 6),
        ("2 orang dokter 3 orang perawat, cuti", 2), ("2 (lima) dokter, 3 perawat", 5),
        ("2 dokter, 3 (dua) perawat", 5),
    ],
)  # fmt: skip
def test_the_first_number_counts_where_two_contradict(text, n):
    read = JumlahPelaksana.parse(text)
    assert (read.n, read.mismatch, str(read)) == (n, True, text)


@pytest.mark.parametrize(
    "text",
    [
        *(f"3 {unit}" for unit in "tahun jam menit hari bulan shift unit lembar".split()), "5%", "5 x", "3/4",
        "1.5", "3-5", "3,5", "a3", "123456 orang", "dua orang dokter", "windu orang",
        "3 orang".rjust(5001),
    ],
)  # fmt: skip
def test_other_numbers_count_nobody(text):
    read = JumlahPelaksana.parse(text)
    assert (read.n, read.understood, str(read)) == (None, False, text)


def test_a_text_is_read_up_to_five_thousand_characters():
    assert JumlahPelaksana.parse("3 orang".rjust(5000)).n == 3
    assert head_count(["3 orang".rjust(5000)]) == 3
    assert head_count(["3 orang".rjust(5001)]) is None
    assert head_count(["3 0rang", "2 orang dan 4 org", "5 pegawai"]) == 9


@pytest.mark.parametrize(
    ("value", "written", "printed"),
    [
        (3, "3 orang", "3 (tiga) orang"),
        ({"n": 3}, {"n": 3}, "3 (tiga) orang"),
        ({"n": 999_999}, {"n": 999_999}, f"999999 ({terbilang(999_999)}) orang"),
        ({"n": 1_000_000}, {"n": 1_000_000}, "1000000 orang"),
        ({"text": "4 orang", "n": None}, {"text": "4 orang", "n": None}, "4 orang"),
        ({"text": "4 orang", "n": 5}, {"text": "4 orang", "n": 5}, "5 (lima) orang"),
        ({"text": "4 dokter", "n": 5}, {"text": "4 dokter", "n": 5}, "5 (lima) orang"),
        ({"text": "4 orang", "n": 100_000}, {"text": "4 orang", "n": 100_000}, "4 orang"),
        ({"text": "4 orang", "by_role": True}, {"text": "4 orang", "by_role": True}, "4 orang"),
        ({"text": "4 orang", "mismatch": True}, {"text": "4 orang", "mismatch": True}, "4 orang"),
        (
            {"text": "4 orang", "roles": ({"peran": "a", "n": 1},)},
            {"text": "4 orang", "roles": ({"peran": "a", "n": 1},)},
            "4 orang",
        ),
        ({"text": "x", "roles": ["a"]}, None, None),
        ({"n": 10**9 + 1}, None, None),
    ],
)
def test_what_is_stated_is_not_read_again(value, written, printed):
    if written is None:
        with pytest.raises(ValidationError):
            JumlahPelaksana.model_validate(value)
        return
    jumlah = JumlahPelaksana.model_validate(value)
    assert (jumlah.model_dump(), str(jumlah)) == (written, printed)


@pytest.mark.parametrize("value", [-1, 10**9 + 1])
def test_the_schema_knows_how_many_people_there_may_be(value):
    schema = JumlahPelaksana.model_json_schema()
    assert not jsonschema_rs.is_valid(schema, value)
    assert jsonschema_rs.is_valid(schema, 0)
    assert jsonschema_rs.is_valid(schema, 10**9)


def test_an_object_of_a_text_alone_is_read_as_the_text():
    assert JumlahPelaksana.model_validate({"text": "4 orang"}) == JumlahPelaksana.parse("4 orang")
    assert JumlahPelaksana.model_validate({"text": "4 orang"}).n == 4


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("3 dokter (spesialis)", [("dokter (spesialis)", 3)]),
        ("dokter (umum) 2 orang; dokter (gigi) 1", [("dokter (umum)", 2), ("dokter (gigi)", 1)]),
        ("3 orang (2 laki-laki, 1 perempuan)", [("laki-laki", 2), ("perempuan", 1)]),
        ("3 dokter (spesialis", [("dokter spesialis", 3)]),
        ("5 orang (ASN)", []),
        ("2 dokter) 3", [("dokter", 3)]),
    ],
)
def test_a_bracket_in_a_role_has_its_other_half(text, roles):
    jumlah = JumlahPelaksana.parse(text)
    assert [(role.peran, role.n) for role in jumlah.roles] == roles
    assert JumlahPelaksana.parse(str(jumlah)).roles == jumlah.roles
