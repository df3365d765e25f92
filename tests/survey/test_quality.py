"""What is doubtful in answers that could be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import read_survey, standards
from sipukat.errors import SurveyError
from sipukat.survey import quality

U = [f"U{n}" for n in range(1, 10)]


def person(n, **more):
    return {**more, **{f"U{u}": (n + u) % 4 + 1 for u in range(1, 10)}}


def facts(records, code, **options):
    found = read_survey(records, **options).findings.by_code(code)
    return found[0].facts if found else None


def test_a_marker_of_repeats_is_believed():
    records = [person(n, dup_ke=n % 3) for n in range(6)]
    assert facts(records, "SRV408") == {"n": 4, "of": 6, "rows": [2, 3, 5, 6]}


def test_equal_rows_of_one_person_are_repeats_and_of_unknown_people_only_may_be():
    known = [person(n % 2, Nama=f"Budi {n % 2}", waktu="2026-01-05") for n in range(4)]
    assert facts(known, "SRV408") == {"n": 2, "of": 4, "rows": [3, 4]}
    unknown = [{key: value for key, value in record.items() if key != "Nama"} for record in known]
    assert facts(unknown, "SRV408") is None
    assert facts(unknown, "SRV416") == {"n": 2, "of": 4, "rows": [3, 4]}


def test_different_people_with_equal_answers_are_no_repeats():
    records = [person(1, Nama=f"Budi {n}", waktu="2026-01-05") for n in range(4)]
    assert facts(records, "SRV408") is None
    assert facts(records, "SRV416") is None


def test_answers_alone_tell_nothing_of_repeats():
    assert facts([person(1) for _ in range(4)], "SRV416") is None


def test_the_number_of_the_respondent_is_set_aside_when_rows_are_compared():
    records = [person(1, NO=n, waktu="2026-01-05") for n in range(3)]
    assert facts(records, "SRV416")["n"] == 2


def test_straight_lines_are_counted_and_a_blank_breaks_the_line():
    records = [
        dict.fromkeys(U, 4),
        {**dict.fromkeys(U, 4), "U1": 3},
        {**dict.fromkeys(U, 4), "U1": None},
        dict.fromkeys(U, 1),
    ]
    assert facts(records, "SRV409") == {"n": 2, "of": 4, "share": 50.0}


@pytest.mark.parametrize(
    ("ages", "rows"),
    [([0, 30, 352], [1, 3]), ([1121212, 20, 45], [1]), ([-41, 16, 60], [1]), (["", "17", "101"], [3])],
)
def test_impossible_ages_are_found(ages, rows):
    assert facts([person(n, usia=age) for n, age in enumerate(ages)], "SRV410")["rows"] == rows


@pytest.mark.parametrize("ages", [[1, 2, 3], [17, 45, 99], ["20–30", "31–40", "41–60"]])
def test_codes_of_classes_and_possible_ages_are_not(ages):
    assert facts([person(n, usia=age) for n, age in enumerate(ages)], "SRV410") is None


def test_rows_that_are_marked_as_examples_are_counted_and_said():
    records = [person(n, baris_contoh=int(n == 0)) for n in range(4)]
    assert facts(records, "SRV425")["rows"] == [1]
    assert len(read_survey(records).responses) == 4


def test_units_that_differ_in_case_only_are_found():
    records = [person(n, loket=name) for n, name in enumerate(["SAMSAT", "Samsat", "OSS"])]
    assert facts(records, "SRV417")["names"] == ["SAMSAT", "Samsat"]


def test_fewer_than_thirty_are_said_as_a_whole_and_by_unit():
    assert facts([person(n) for n in range(29)], "SRV412") == {"n": 29}
    assert facts([person(n) for n in range(30)], "SRV412") is None
    records = [person(n, loket="A" if n < 30 else "B") for n in range(35)]
    assert facts(records, "SRV433")["units"] == ["B (5)"]


def test_the_sample_size_of_krejcie_and_morgan_is_held_against_each_unit():
    records = [person(n, loket="A" if n < 14 else "B") for n in range(20)]
    responses = read_survey(records).responses
    found = quality(responses, population={"a": 15, "B": 100, "C": 15}).by_code("SRV411")
    assert [(f.path, f.facts["n"], f.facts["needed"]) for f in found] == [("B", 6, 80), ("C", 0, 14)]
    assert quality(responses, population=20).by_code("SRV411").to_records()[:1] == []
    assert quality(responses, population=1000).by_code("SRV411")[0].facts["needed"] == 278


def test_populations_by_unit_need_a_column_of_units():
    responses = read_survey([person(n, kelompok="A") for n in range(3)]).responses
    with pytest.raises(SurveyError, match="no column holds units"):
        quality(responses, population={"A": 100})
    assert quality(responses, population={"A": 100}, by="kelompok").by_code("SRV411")[0].facts["n"] == 3
    with pytest.raises(SurveyError, match="no column 'tidak ada'"):
        quality(responses, by="tidak ada")


def test_missing_answers_are_counted_by_unsur():
    records = [{**person(1), "U4": None}, {**person(2), "U4": "", "U1": "-"}, person(3)]
    assert facts(records, "SRV413") == {
        "n": 3,
        "of": 27,
        "share": pytest.approx(100 / 9),
        "unsur": ["persyaratan 1", "biaya 2"],
    }


def test_respondents_without_any_answer_are_said():
    records = [person(1, jk="L"), {"jk": "P", **dict.fromkeys(U)}, person(2, jk="L")]
    assert facts(records, "SRV432")["rows"] == [2]


@given(n=st.integers(1, 60), size=st.integers(1, 2000))
def test_what_is_asked_for_is_what_the_standard_says(n, size):
    responses = read_survey([person(i) for i in range(n)]).responses
    needed = standards.get("permenpanrb-14-2017").sampling.size(size)
    assert bool(quality(responses, population=size).by_code("SRV411")) is (n < needed)
