"""From a cell to a score: every accepted coding, and every refusal."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import read_survey, standards
from sipukat.errors import AnswerError, ArgumentError
from sipukat.survey.answers import looks_wider, parse
from sipukat.survey.coded import Coded
from sipukat.survey.meaning import MISSING, understand

LAW = standards.get("permenpanrb-14-2017")
KEYS = LAW.unsur_keys
LEVELS = (1, 2, 3, 4)
WORDS = {key: {option.score: option.label for option in LAW.unsur_of(key).options} for key in KEYS}

CODINGS = {
    "int": lambda _key, score: score,
    "float": lambda _key, score: float(score),
    "numpy": lambda _key, score: np.int8(score),
    "decimal": lambda _key, score: Decimal(score),
    "text": lambda _key, score: str(score),
    "text with a blank": lambda _key, score: f" {score}\u00a0",
    "full width": lambda _key, score: chr(0xFF10 + score),
    "invisible": lambda _key, score: f"{score}\u200b",
    "decimal point": lambda _key, score: f"{score}.0",
    "decimal comma": lambda _key, score: f"{score},00",
    "numbered": lambda key, score: f"{score}. {WORDS[key][score]}",
    "in brackets": lambda _key, score: f"({score}) nilai",
    "behind": lambda _key, score: f"{score} (nilai)",
    "dash": lambda _key, score: f"{score} - nilai",
    "letter": lambda _key, score: "abcd"[score - 1],
    "capital": lambda _key, score: "ABCD"[score - 1],
    "lettered": lambda key, score: f"{'abcd'[score - 1]}. {WORDS[key][score]}",
    "words": lambda key, score: WORDS[key][score],
    "shouted": lambda key, score: f"{WORDS[key][score].upper()} ",
    "percent": lambda _key, score: score * 25,
    "percent text": lambda _key, score: str(score * 25),
}
matrices = st.lists(st.lists(st.sampled_from(LEVELS), min_size=9, max_size=9), min_size=1, max_size=12)


@pytest.mark.parametrize("coding", CODINGS)
@given(scores=matrices)
def test_any_scores_in_any_accepted_coding_read_back_the_same(coding, scores):
    write = CODINGS[coding]
    if coding.startswith(
        "percent"
    ):  # 25, 50, 75 and 100 mean something only where one of them is above 4, which all are
        assert all(write(key, score) != score for key in KEYS for score in LEVELS)
    records = [{key: write(key, score) for key, score in zip(KEYS, row, strict=True)} for row in scores]
    frame = read_survey(records).responses.frame
    assert frame[list(KEYS)].to_numpy().tolist() == scores


@given(scores=matrices, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(scores, seed):
    records = [dict(zip(KEYS, row, strict=True)) for row in scores]
    order = list(range(len(records)))
    seed.shuffle(order)
    keys = list(KEYS)
    seed.shuffle(keys)
    plain = read_survey(records).responses.frame[list(KEYS)].to_numpy()
    mixed = (
        read_survey([{key: records[row][key] for key in keys} for row in order])
        .responses.frame[list(KEYS)]
        .to_numpy()
    )
    assert plain[order].tolist() == mixed.tolist()


@given(
    scores=matrices,
    holes=st.sets(st.integers(0, 107), max_size=20),
    marker=st.sampled_from(sorted(MISSING - {"."})),
)
def test_missing_markers_stay_missing_wherever_they_stand(scores, holes, marker):
    cells = [
        [marker if row * 9 + place in holes else score for place, score in enumerate(line)]
        for row, line in enumerate(scores)
    ]
    expected = [[None if cell == marker else cell for cell in line] for line in cells]
    records = [
        {"nomor": str(row), "jk": "L", **dict(zip(KEYS, line, strict=True))} for row, line in enumerate(cells)
    ]
    responses = read_survey(records).responses
    got = [
        [None if cell != cell or cell is None else int(cell) for cell in line]  # noqa: PLR0124
        for line in responses.frame[list(KEYS)].astype(float).to_numpy().tolist()
    ]
    assert got == expected


@given(
    value=st.one_of(
        st.integers(), st.floats(allow_nan=False), st.text(max_size=12), st.booleans(), st.fractions()
    )
)
def test_what_is_understood_is_on_no_scale_by_accident(value):
    meaning = understand(value, {}, LEVELS)
    if meaning.kind == "number":
        digits = "".join(c for c in str(value) if c.isdigit())
        assert (
            meaning.score == value or str(meaning.score) in digits or any(c.isnumeric() for c in str(value))
        )
    if isinstance(value, bool) or (isinstance(value, float | Fraction) and value % 1 != 0):
        assert meaning.kind == "bad"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0, "0 for a formula that was never computed"),
        (5, "not on the scale 1-4"),
        (-1, "not on the scale"),
        (2.5, "not a whole number"),
        ("2,5", "not a whole number"),
        (True, "a truth value"),
        (False, "a truth value"),
        (math.inf, "not finite"),
        ("1e309", "not an answer"),
        ("1_000", "not an answer"),
        ("Baik 3", "not an answer"),
        ("2 tahun", "not an answer"),
        ("3-4", "not an answer"),
        ("e", "a letter among other codes"),
        ("#DIV/0!", "an error of the spreadsheet"),
        ("=A1+1", "no program has computed"),
        ("4. Murah", "disagree"),
        ("-1", "not on the scale|not an answer"),
        ("Setuju", "not an answer"),
        ("3.14", "not a whole number"),
        ([3], "not an answer"),
        (2**70, "not on the scale"),
    ],
)
def test_what_is_no_answer_is_refused_with_column_value_row_and_reason(value, reason):
    records = [dict.fromkeys(KEYS, 3) for _ in range(60)]
    records[40]["biaya"] = value
    with pytest.raises(AnswerError, match=reason) as refused:
        read_survey(records)
    assert "column 'biaya'" in str(refused.value)
    assert "row 41" in str(refused.value)
    assert "1, 2, 3 and 4" in refused.value.remedy


def test_every_wrong_column_is_named_and_how_often():
    records = [{**dict.fromkeys(KEYS, 3), "waktu": "lama", "sarana": 2.5} for _ in range(7)]
    with pytest.raises(
        AnswerError,
        match=r"'waktu' holds 'lama' 7 times \(rows 1, 2, 3, 4, 5, …\).*'sarana' holds 2.5 7 times",
    ):
        read_survey(records)


def test_letters_among_numbers_are_refused():
    records = [dict.fromkeys(KEYS, 3), {**dict.fromkeys(KEYS, 3), "biaya": "d"}]
    with pytest.raises(AnswerError, match="a letter among other codes"):
        read_survey(records)


def test_percent_codes_among_scores_are_refused():
    records = [dict.fromkeys(KEYS, 75), {**dict.fromkeys(KEYS, 75), "biaya": 4}]
    with pytest.raises(AnswerError, match="75"):
        read_survey(records)


def test_percent_codes_are_said():
    findings = read_survey([dict.fromkeys(KEYS, 75)]).findings
    assert findings.by_code("SRV414")[0].facts["coding"] == "25, 50, 75, 100"


def test_words_that_mean_one_thing_for_one_unsur_are_stated_by_key():
    records = [{**dict.fromkeys(KEYS, 3), "biaya": "wajar"}]
    assert read_survey(records, answers={"biaya": {"Wajar": 4}}).responses.frame["biaya"].tolist() == [4]
    with pytest.raises(AnswerError, match="'wajar'"):
        read_survey(records, answers={"waktu": {"Wajar": 4}})


def test_option_words_of_another_unsur_are_refused():
    with pytest.raises(AnswerError, match="'Gratis'"):
        read_survey([{**dict.fromkeys(KEYS, 3), "waktu": "Gratis"}])


def test_words_with_one_score_under_every_reading_of_a_bare_code_are_read():
    codes = {unsur.code: 3 for unsur in LAW.unsur}
    with pytest.raises(AnswerError, match="'Luar biasa'"):
        read_survey([{**codes, "U8": "Luar biasa"}, codes])


def test_a_scale_of_six_is_read_under_the_standard_that_has_one():
    rule = standards.get("spak")
    frame = read_survey([dict.fromkeys(rule.unsur_keys, score) for score in (1, 6)], rule).responses.frame
    assert frame["pungli"].tolist() == [1, 6]


def test_missing_words_are_counted_and_said():
    records = [{**dict.fromkeys(KEYS, 3), "biaya": "tidak diisi"}, dict.fromkeys(KEYS, 3)]
    found = read_survey(records).findings.by_code("SRV431")[0]
    assert found.facts == {"words": ["tidak diisi"], "n": 1}


def _seems(*columns):
    return looks_wider({str(place): Coded.of(column) for place, column in enumerate(columns)}, LAW)


def test_a_wider_scale_is_seen_where_most_of_several_columns_have_one():
    wide, narrow = [5, 4, 3], [1, 2, 3, 4]
    assert [_seems(*[wide] * n) for n in (2, 3)] == [0, 5]
    assert _seems(wide, wide, wide, narrow, narrow) == 5
    assert _seems(wide, wide, wide, narrow, narrow, narrow) == 0
    assert _seems(wide, wide, wide, ["x", "y"], ["x", "y"], ["x", "y"]) == 5  # texts are no scale at all
    assert _seems([0, 5], [1, 7], [1, 10]) == 10


@pytest.mark.parametrize("column", [[5], [5, "x", "y"], [-1, 5], [1, 11]])
def test_a_column_is_no_scale_that_has_one_level_or_words_or_is_too_long(column):
    wide = [5, 4, 3]
    assert _seems(column, wide, wide) == 0
    assert _seems(column, wide, wide, wide) == 5


def _answers(answer=3, *, columns=(), rows=60):
    records = [dict.fromkeys(KEYS, 3) for _ in range(rows)]
    for place, key in enumerate(columns):
        records[place + 10][key] = answer
    return records


def test_a_wider_scale_is_told_from_a_few_slips():
    # 540 answers: 11 of them above 4 are more than 2 %, in 4 columns of 9
    keys = [KEYS[n % 4] for n in range(11)]
    with pytest.raises(
        AnswerError, match=r"scale of 1-5 \(11 of 540 answers exceed 4, the first in row 11\)"
    ):
        read_survey(_answers(5, columns=keys))
    with pytest.raises(AnswerError, match=r"scale of 1-10 \("):
        read_survey(_answers(10, columns=keys))
    for slips in (keys[:10], [KEYS[n % 3] for n in range(11)]):  # not enough of them; not in enough columns
        with pytest.raises(AnswerError, match="not on the scale 1-4"):
            read_survey(_answers(5, columns=slips))
    with pytest.raises(AnswerError, match="not on the scale 1-4"):
        read_survey(_answers(11, columns=keys))


def test_what_is_wrong_is_counted_and_the_first_five_rows_named():
    with pytest.raises(AnswerError, match=r"^[^;]* 'biaya' holds 'xx' 1 time \(row 11\): not an answer"):
        read_survey(_answers("xx", columns=["biaya"]))
    records = _answers()
    for row in range(5):
        records[row]["biaya"] = "y" * 50
    said = rf"holds '{'y' * 40}' 5 times \(rows 1, 2, 3, 4, 5\): not an answer"
    with pytest.raises(AnswerError, match=said):
        read_survey(records)


@pytest.mark.parametrize(("wrong", "more"), [(5, ""), (6, "; and 1 more"), (9, "; and 4 more")])
def test_five_columns_are_named_and_the_rest_counted(wrong, more):
    records = _answers()
    records[0] |= dict.fromkeys(KEYS[:wrong], 2.5)
    with pytest.raises(AnswerError) as refused:
        read_survey(records)
    said = str(refused.value)
    assert said.count("not a whole number") == 5
    assert f"not a whole number{more}. Right are 1, 2, 3 and 4" in said
    assert refused.value.remedy == (
        "Right are 1, 2, 3 and 4, letters in their order, or the wording of the options; a blank cell is a "
        'missing answer, 0 is not. Correct the cells, or state other wordings with answers={"…": score}.'
    )


def test_what_was_converted_is_said_by_column():
    records = [dict.fromkeys(KEYS, 3) | {"biaya": letter, "waktu": "Sangat cepat"} for letter in "ab"]
    findings = read_survey(records).findings.by_code("SRV414")
    assert [(one.facts["columns"], one.facts["coding"]) for one in findings] == [
        (["biaya"], "letters a, b, c, …"),
        (["waktu"], "wording of the options"),
    ]


def test_missing_words_of_all_columns_are_counted_together():
    records = [
        {**dict.fromkeys(KEYS, 3), "biaya": "-", "waktu": "n/a"},
        {**dict.fromkeys(KEYS, 3), "biaya": "-"},
    ]
    (found,) = read_survey([*records, dict.fromkeys(KEYS, 3)]).findings.by_code("SRV431")
    assert found.facts == {"words": ["-", "n/a"], "n": 3}


def test_wordings_stated_for_all_reach_every_unsur():
    records = [dict.fromkeys(KEYS, "mantap"), dict.fromkeys(KEYS, "Lumayan")]
    frame = read_survey(records, answers={"Mantap": 4, "lumayan": 2}).responses.frame
    assert frame[list(KEYS)].to_numpy().tolist() == [[4] * 9, [2] * 9]
    with pytest.raises(ArgumentError, match="answers"):
        read_survey(records, answers=["mantap"])


def test_codes_in_hundredths_are_percent_only_where_all_are():
    for other in ("-", None):
        records = [dict.fromkeys(KEYS, 100), {**dict.fromkeys(KEYS, 25), "biaya": other}]
        scores = read_survey(records).responses.frame["biaya"].astype("Int8")
        assert (scores.iloc[0], int(scores.isna().sum())) == (4, 1)
    for other in (60, "gratis"):
        with pytest.raises(AnswerError, match="not on the scale"):
            read_survey([dict.fromkeys(KEYS, 100), {**dict.fromkeys(KEYS, 25), "biaya": other}])


def test_values_that_no_row_holds_any_more_are_no_answers():
    column = Coded.of([3, 4, "lama"])[np.array([0, 1])]
    scores, findings = parse({"U1": column}, {"U1": KEYS[0]}, LAW, np.array([1, 2]))
    assert (scores[KEYS[0]].tolist(), findings) == ([3, 4], [])
