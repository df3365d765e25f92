"""Personal data: masked, recognised, and no pattern that a text can make run for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import read_survey
from sipukat.errors import AnswerError, ColumnError
from sipukat.survey import redact
from sipukat.survey.privacy import is_personal, quoted

U = [f"U{n}" for n in range(1, 10)]
digits = st.integers(0, 9999)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("NIK 3578011502900001", "NIK [NIK]"),
        ("NIK saya 3578 0155 0290 0001.", "NIK saya [NIK]."),
        ("NIK:35.78.01.550290.0001", "NIK:[NIK]"),
        ("WA 081234567890 ya", "WA [telepon] ya"),
        ("+62 812-3456-7890", "[telepon]"),
        ("(0623) 92345", "[telepon]"),
        ("0623 92345", "[telepon]"),
        ("6281234567890", "[telepon]"),
        ("budi.s+skm@dinas.contoh.go.id!", "[e-mail]!"),
        ("antri dari jam 08.00 - 12.00", "antri dari jam 08.00 - 12.00"),
        ("rek BRI 0123-01-004567-50-9", "rek BRI [rekening]"),
        ("No. Rekening Bank Mandiri: 1230 0045 6789", "No. Rekening Bank Mandiri: [rekening]"),
        ("petugas BRI 0812-3456-7890", "petugas BRI [telepon]"),
        ("mobil DK 12 A dan B 1234 XYZ", "mobil [plat] dan [plat]"),
        ("Pak Budi, Bu Ani Lestari dan Hj. Siti", "Pak [nama], Bu [nama] dan Hj. [nama]"),
        ("Bapak H. Ahmad Fauzi", "Bapak H. [nama]"),
        ("Sdr. B. Santoso Sangat Ramah", "Sdr. [nama] Sangat Ramah"),
        ("Bapak Bupati, Ibu hamil, Pak RT", "Bapak Bupati, Ibu hamil, Pak RT"),
        ("Bapak Kepala Dinas di RSUD Dr. Soetomo", "Bapak Kepala Dinas di RSUD Dr. Soetomo"),
        ("loket A 12 B", "loket A 12 B"),
        ("25/12/2026 loket 3", "25/12/2026 loket 3"),
        ("nomor berkas 9999999999999999", "nomor berkas 9999999999999999"),
        ("Rp 150.000,00", "Rp 150.000,00"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_of_people_are_masked_and_other_numbers_stay(text, masked):
    assert redact(text) == masked


@given(
    day=st.integers(1, 31),
    month=st.integers(1, 12),
    year=st.integers(0, 99),
    woman=st.booleans(),
    last=digits,
)
def test_every_nik_with_a_possible_date_is_masked(day, month, year, woman, last):
    nik = f"127206{day + 40 * woman:02d}{month:02d}{year:02d}{last:04d}"
    assert redact(f"a {nik} b") == "a [NIK] b"
    assert is_personal(nik)
    assert is_personal(int(nik))


GLUED = st.lists(
    st.sampled_from(
        [
            *("a@b.co", "x.y@dinas.go.id", "08123456789", "0812-3456-7890", "3578011502900001"),
            *("196803021994031005", "B 1234 XYZ", "mobil DK 12 A", "rek BRI 0123-01-004567-50-9", "rek "),
            *("Ibu Siti", "Pak Budi", "Bapak H. ", "Aminah", "[nama]", "Dr. A. B", "RSUD ", "(0", "62"),
            *(" ", "-", ".", "+", "_", "@", "e", "Z", "'"),
        ]
    ),
    max_size=8,
).map("".join)


@given(text=st.one_of(st.text(max_size=300), GLUED))
def test_masking_twice_changes_nothing_more(text):
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a@b.co08123456789", "[e-mail][telepon]"),
        ("a@b.co+c@d.id", "[e-mail][e-mail]"),
        ("a@b.co3578011502900001", "[e-mail][NIK]"),
    ],
)
def test_an_address_that_a_number_is_glued_to_is_masked_too(text, masked):
    assert redact(text) == masked


@pytest.mark.parametrize(
    "attack",
    [
        "0",
        "0 ",
        "a@",
        "a.",
        "+62 ",
        "12 ",
        "1-",
        "a@b.",
        "(0",
        "08-",
        "@",
        "a+",
        "0812-",
        "1.",
        "aa@a-",
        "３",
        "Pak ",
        "Pak Budi ",
        "Hj. ",
        "Budi-",
        "rek ",
        "rek bank no ",
        "rek 1",
        "1 ",
        "motor B ",
        "B 1",
    ],
)
def test_no_text_makes_a_pattern_run_for_ever(attack, bounded):
    text = attack * (200_000 // len(attack))
    with bounded():
        redact(text)


@pytest.mark.parametrize(
    "cells",
    [
        ["3578011502900001", "3578015502900002"],
        [81234567890.0, 85212345678.0],
        ["a@b.id", "c@d.co.id"],
        ["0812 3456 7890"] * 2,
    ],
)
def test_columns_that_hold_personal_data_are_left_out_whatever_their_heading(cells):
    records = [{"kolom": cell, **dict.fromkeys(U, 3)} for cell in cells]
    responses, findings = read_survey(records)
    assert "kolom" not in responses.frame
    assert findings.by_code("SRV404")[0].facts["columns"] == ["kolom"]


def test_columns_of_comments_are_recognised_by_their_texts():
    records = [
        {"q10": f"Pelayanan sudah baik tetapi antrian nomor {n} terlalu lama sekali", **dict.fromkeys(U, 3)}
        for n in range(9)
    ]
    responses, findings = read_survey(
        [{("isian" if key == "q10" else key): value for key, value in r.items()} for r in records]
    )
    assert "isian" not in responses.frame
    assert findings.by_code("SRV434")


def test_personal_columns_are_kept_when_they_are_asked_for():
    records = [{"Nama": "Budi", "NIK": "3578011502900001", **dict.fromkeys(U, 3)}]
    responses, findings = read_survey(records, personal=["nama"])
    assert responses.frame["Nama"].tolist() == ["Budi"]
    assert responses.roles["Nama"] == "personal"
    assert findings.by_code("SRV404")[0].facts["columns"] == ["NIK"]


def test_no_finding_and_no_repr_holds_a_personal_value():
    records = [
        {"Nama": "Budi Santoso", "HP": "081234567890", "Saran": "hubungi budi", **dict.fromkeys(U, 3)}
        for _ in range(3)
    ]
    responses, findings = read_survey(records)
    said = (
        repr(responses)
        + responses._repr_html_()
        + str(findings.to_records("id"))
        + str(findings.to_records("en"))
    )
    assert not any(part in said.casefold() for part in ("budi", "0812", "santoso"))


@pytest.mark.parametrize("nip", ["196803021994031005", "19680302 199403 1 005", "20010131-202403-2-011"])
def test_the_number_of_a_civil_servant_is_masked(nip: str) -> None:
    assert redact(f"Petugas NIP {nip} ramah.") == "Petugas NIP [NIP] ramah."
    assert is_personal(nip)


@pytest.mark.parametrize(
    "number",
    ["196813021994031005", "196803021994131005", "196803021994033005", "1968030219940310051"],
    ids=["month of birth", "month of appointment", "sex", "a digit too many"],
)
def test_eighteen_digits_that_no_civil_servant_can_have_stay(number: str) -> None:
    assert redact(f"Tiket {number}") == f"Tiket {number}"


@pytest.mark.parametrize(
    "cell", ["Siti Aminah", "SITI AMINAH", "3578011502900001", 81234567890, "Ibu Siti baik", "budi@contoh.id"]
)
def test_an_error_quotes_no_answer_that_looks_like_a_person(cell):
    assert not any(part in quoted(cell).casefold() for part in ("siti", "aminah", "3578", "8123", "budi"))


def test_a_wording_of_many_is_quoted_and_a_column_of_texts_is_not():
    records = [{**dict.fromkeys(U, 3), "U1": "Sangat Memuaskan"} for _ in range(3)]
    with pytest.raises(AnswerError, match="'Sangat Memuaskan' 3 times"):
        read_survey(records)
    texts = [{**dict.fromkeys(U, 3), "U1": f"petugas {name} lama"} for name in "abcdef"]
    with pytest.raises(AnswerError, match="a text of 14 characters 1 time") as refused:
        read_survey(texts)
    assert "petugas" not in str(refused.value)


def test_a_first_row_of_a_person_is_not_listed_as_headings():
    with pytest.raises(ColumnError, match="the first row seems to be a respondent") as refused:
        read_survey([{"Siti Aminah": "Budi", "3578011502900001": "3578011502900002", "baik": 3}])
    assert "Siti" not in str(refused.value)


@pytest.mark.parametrize("how", [{"personal": ["Difabel"]}, {"columns": {"Difabel": "disability"}}])
def test_disability_is_left_out_and_said_unless_it_is_asked_for(how):
    records = [{"Difabel": "netra", **dict.fromkeys(U, 3)}]
    responses, findings = read_survey(records)
    assert "Difabel" not in responses.frame
    assert findings.by_code("SRV404")[0].facts["columns"] == ["Difabel"]
    responses, findings = read_survey(records, **how)
    assert responses.frame["Difabel"].tolist() == ["netra"]
    assert not findings.by_code("SRV404")
