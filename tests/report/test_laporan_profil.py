"""Who answered: counted as the form asks, small groups merged, nothing guessed."""

from dataclasses import replace

import pandas as pd
import pytest

from sipukat import ikm, read_survey, report
from sipukat.report import Note, Paragraph

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()


def reading(**columns):
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame({**columns, **{k: [4 - (i + j) % 3 for i in range(n)] for j, k in enumerate(KEYS)}})
    return read_survey(frame).responses


def made(responses, **opts):
    given = {"responses": responses, **opts}
    return report.build(ikm.estimate(responses), part="laporan", **given)


def profile(document):
    found = next((t for t in document.tables if t.id == "profil"), None)
    return [] if found is None else [row[:2] for row in found.rows]


def codes(document):
    return [b.code for b in document.blocks if isinstance(b, Note)]


def test_sex_age_and_school_are_counted_in_the_order_of_the_form():
    document = made(
        reading(
            **{
                "jenis kelamin": ["P", "L", "Perempuan", "laki-laki"] * 10,
                "usia": [15, 17, 40, 70] * 10,
                "pendidikan": ["S1", "SD", "SMA", "SD"] * 10,
            }
        )
    )
    assert profile(document) == [
        ("Jenis kelamin", None), ("Laki-laki", 20), ("Perempuan", 20),
        ("Usia", None), ("di bawah 17 tahun", 10), ("17 – 25 tahun", 10), ("36 – 45 tahun", 10),
        ("56 tahun atau lebih", 10),
        ("Pendidikan", None), ("SD", 20), ("SMA", 10), ("S1", 10),
    ]  # fmt: skip


def test_the_ages_at_the_ends_of_their_groups_are_in_the_right_one():
    ages = [16, 17, 25, 26, 35, 36, 45, 46, 55, 56]
    counted = dict(profile(made(reading(usia=[age for age in ages for _ in range(6)]))))
    assert counted == {
        "Usia": None, "di bawah 17 tahun": 6, "17 – 25 tahun": 12, "26 – 35 tahun": 12,
        "36 – 45 tahun": 12, "46 – 55 tahun": 12, "56 tahun atau lebih": 6,
    }  # fmt: skip


def test_a_small_group_is_merged_with_another_so_that_it_cannot_be_computed():
    document = made(reading(pendidikan=["S3"] * 2 + ["SMA"] * 30 + ["S1"] * 12 + ["SD"] * 8))
    assert profile(document) == [
        ("Pendidikan", None), ("SMA", 30), ("S1", 12), ("Kelompok kecil, digabung", 10),
    ]  # fmt: skip
    assert "PUB735" in codes(document)
    assert "S3" not in str(document.model_dump())


def test_a_group_of_two_answers_of_which_one_is_small_is_not_shown_at_all():
    document = made(reading(**{"jenis kelamin": ["L"] * 28 + ["P"] * 2}))
    assert profile(document) == []
    text = " ".join(b.text for b in document.blocks if isinstance(b, Paragraph))
    assert "Profil responden tidak ditampilkan" in text


def test_withholding_can_be_switched_off():
    document = made(reading(**{"jenis kelamin": ["L"] * 28 + ["P"] * 2}), withhold_below=0)
    assert profile(document)[1:] == [("Laki-laki", 28), ("Perempuan", 2)]


def test_blank_answers_are_counted_as_not_filled_in():
    document = made(reading(pekerjaan=["PNS"] * 10 + [None] * 7 + ["Lainnya"] * 9))
    assert profile(document)[1:] == [("PNS", 10), ("Lainnya", 9), ("Tidak diisi", 7)]


def test_codes_with_blanks_among_them_stay_whole_numbers():
    for kind in ("Int64", "float64", "object"):
        responses = reading(pendidikan=[1, 2] * 13)
        codes_ = pd.Series([1, 2, 1] * 6 + [None] * 8, index=responses.frame.index, dtype=kind)
        given = replace(responses, frame=responses.frame.assign(pendidikan=codes_))
        assert profile(made(given))[1:] == [("1", 12), ("2", 6), ("Tidak diisi", 8)]


def test_without_such_columns_the_report_says_that_there_is_no_profile():
    document = made(reading(unit=["A"] * 30))
    assert profile(document) == []
    text = " ".join(b.text for b in document.blocks if isinstance(b, Paragraph))
    assert "tidak tersedia dalam data laporan ini" in text


def test_counts_that_are_given_are_printed_and_held_against_the_respondents():
    responses = reading(unit=["A"] * 30)
    fits = made(responses, profile={"Jenis kelamin": {"Laki-laki": 12, "Perempuan": 18}})
    assert profile(fits)[1:] == [("Laki-laki", 12), ("Perempuan", 18)]
    assert "PUB733" not in codes(fits)
    assert "PUB733" in codes(made(responses, profile={"Jenis kelamin": {"L": 12, "P": 10}}))


@pytest.mark.parametrize("wrong", [1.5, True, "12"])
def test_a_count_is_a_whole_number_of_people(wrong):
    with pytest.raises(ValueError, match="number of people"):
        made(reading(unit=["A"] * 30), profile={"Usia": {"tua": wrong}})
