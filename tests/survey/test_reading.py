"""`read_survey` as a whole: sources, sheets, provenance, findings, refusals."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sipukat
from sipukat import read_survey, standards
from sipukat.errors import AnswerError, ColumnError, SurveyError, UnreadableFileError
from sipukat.findings import Severity

U = [f"U{n}" for n in range(1, 10)]
KEYS = standards.get("permenpanrb-14-2017").unsur_keys


def test_a_reading_comes_apart_into_responses_and_findings(people):
    responses, findings = read_survey(people)
    assert len(responses) == 9
    assert findings.ok
    assert [f.code for f in findings if f.severity is Severity.WARNING] == ["SRV405", "SRV412"]


def test_the_unsur_are_nullable_int8_columns_and_the_index_numbers_the_rows(people):
    responses = read_survey(people).responses
    assert {str(responses.frame[name].dtype) for name in responses.unsur} == {"Int8"}
    assert responses.frame.index.tolist() == list(range(1, 10))
    assert responses.frame.index.name == "baris"
    assert responses.columns("respondent") == ("NO",)


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        pl.DataFrame,
        lambda records: pl.DataFrame(records).lazy(),
        pa.Table.from_pylist,
        list,
        lambda records: pd.DataFrame(records).astype("Int8"),
        lambda records: pd.DataFrame(records).astype("category"),
        lambda records: pd.DataFrame(records).astype(str),
        lambda records: pd.DataFrame(records).convert_dtypes(dtype_backend="pyarrow"),
    ],
    ids=["pandas", "polars", "lazy", "arrow", "records", "Int8", "category", "text", "pandas-arrow"],
)
def test_every_kind_of_frame_gives_the_same_answers(people, make):
    people[3]["U5"] = None
    frame = read_survey(make(people), order="peraturan").responses.frame
    expected = [[None if person[u] is None else person[u] for u in U] for person in people]
    got = [
        [None if pd.isna(cell) else int(cell) for cell in row]
        for row in frame[list(KEYS)].itertuples(index=False)
    ]
    assert got == expected


def test_frames_with_booleans_columns_twice_or_no_rows_are_refused(people):
    frame = pd.DataFrame(people)
    with pytest.raises(AnswerError, match="a truth value"):
        read_survey(frame.assign(U1=True))
    with pytest.raises(AnswerError, match="a truth value"):
        read_survey(frame.assign(U1=[True, 1, *[2] * 7]))
    with pytest.raises(ColumnError, match="columns stand twice: 'u1'"):
        read_survey(pd.concat([frame, frame[["U1"]]], axis=1))
    with pytest.raises(UnreadableFileError, match="no rows"):
        read_survey(frame.head(0))
    with pytest.raises(SurveyError, match="an int is no survey"):
        read_survey(42)
    with pytest.raises(SurveyError):
        read_survey([])


def test_a_float_column_with_nan_has_missing_answers_and_inf_is_refused(people):
    frame = pd.DataFrame(people).astype({"U2": float})
    frame.loc[0, "U2"] = np.nan
    assert int(read_survey(frame).responses.frame["prosedur"].isna().sum()) == 1
    frame.loc[1, "U2"] = np.inf
    with pytest.raises(AnswerError, match="not finite"):
        read_survey(frame)


def test_the_frame_that_was_read_is_left_as_it_was(people):
    frame = pd.DataFrame(people)
    before = frame.copy(deep=True)
    read_survey(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_provenance_names_the_file_and_hashes_its_bytes(workbook):
    path = workbook([["NO", *U], [1, *[4] * 9], [None] * 10, ["Jumlah", *[4] * 9]])
    provenance = read_survey(path).responses.provenance
    assert provenance.source == "survei.xlsx"
    assert provenance.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (provenance.rows_read, provenance.rows_used) == (3, 1)


def test_the_hash_of_a_frame_is_that_of_its_answers(people):
    hashes = {
        read_survey(make(people)).responses.provenance.sha256 for make in (pd.DataFrame, pl.DataFrame, list)
    }
    assert len(hashes) == 1
    people[0]["U1"] = people[0]["U1"] % 4 + 1
    assert read_survey(people).responses.provenance.sha256 not in hashes


def test_a_path_may_be_a_text(workbook):
    assert len(read_survey(str(workbook([["NO", *U], [1, *[4] * 9]]))).responses) == 1


def test_of_several_sheets_the_one_with_answers_is_read_and_the_others_are_said(workbook):
    path = workbook(
        [["Cara mengisi"], ["1 = tidak baik"]], more={"Jawaban": [["NO", *U], [1, *[4] * 9]], "Kosong": []}
    )
    responses, findings = read_survey(path)
    assert len(responses) == 1
    assert findings.by_code("SRV418")[0].path == "Jawaban"
    assert findings.by_code("SRV418")[0].facts["sheets"] == ["Data"]


def test_two_sheets_with_answers_need_a_choice(workbook):
    path = workbook([["NO", *U], [1, *[4] * 9]], more={"TW2": [["NO", *U], [1, *[3] * 9]]})
    with pytest.raises(ColumnError, match="2 sheets hold answers: 'Data', 'TW2'"):
        read_survey(path)
    assert read_survey(path, sheet="TW2").responses.frame["biaya"].tolist() == [3]
    assert read_survey(path, sheet=0).responses.frame["biaya"].tolist() == [4]
    with pytest.raises(UnreadableFileError, match="no sheet is named or numbered 'TW3'"):
        read_survey(path, sheet="TW3")


def test_a_hidden_sheet_is_not_read_by_itself(workbook):
    more = {"Lama": [["NO", *U], [1, *[1] * 9]]}
    path = workbook([["NO", *U], [1, *[4] * 9]], more=more, hide=["Lama"])
    assert read_survey(path).responses.frame["biaya"].tolist() == [4]
    assert read_survey(path, sheet="Lama").responses.frame["biaya"].tolist() == [1]


def test_dates_and_numbers_of_a_workbook_come_as_they_are(workbook):
    day = dt.date(2026, 1, 5)
    path = workbook([["NO", "Tanggal", "Usia", "Loket", *U], [1, day, 31, "A", *[4] * 9]])
    frame = read_survey(path).responses.frame
    assert frame["Tanggal"].tolist() == [day]
    assert frame["Usia"].tolist() == [31]
    assert str(frame["Usia"].dtype) == "Int64"


def test_numbers_of_a_csv_are_numbers_but_codes_with_a_zero_in_front_stay_text(textfile):
    text = "tahun,kode,loket," + ",".join(U) + "\n" + "2026,007,3," + ",".join("444444444") + "\n"
    frame = read_survey(textfile(text)).responses.frame
    assert frame.iloc[0, :3].tolist() == [2026, "007", 3]


@pytest.mark.parametrize(
    ("rows", "error", "match"),
    [
        ([], UnreadableFileError, "no cells"),
        ([["NO", *U]], UnreadableFileError, "no rows below the heading"),
        ([["NO", *U], [1], [2]], UnreadableFileError, "no row below the heading is a respondent"),
        ([["NO", *U], ["Jumlah", *[4] * 9]], UnreadableFileError, "no row below the heading is a respondent"),
        ([[1, 2], [3, 4]], UnreadableFileError, "no row names its columns"),
        ([["Nama", "Umur"], ["Budi", 3]], ColumnError, "no column is U1"),
    ],
)
def test_a_file_without_answers_is_refused_with_what_would_be_right(workbook, rows, error, match):
    with pytest.raises(error, match=match) as refused:
        read_survey(workbook(rows))
    assert "survei.xlsx" in str(refused.value)
    assert refused.value.remedy


def test_one_respondent_is_read(people):
    responses, findings = read_survey(people[:1])
    assert len(responses) == 1
    assert findings.by_code("SRV412")[0].facts["n"] == 1


def test_an_error_says_file_and_sheet(workbook):
    with pytest.raises(AnswerError, match=r"survei.xlsx, Data: column 'U9' holds 2.5"):
        read_survey(workbook([["NO", *U], [1, *[4] * 8, 2.5], *[[n, *[3] * 9] for n in range(50)]]))


def test_a_formula_without_a_value_is_refused_in_an_answer_and_blank_elsewhere(workbook):
    with pytest.raises(AnswerError, match=r"'=B2' 1 time .*no program has computed"):
        read_survey(workbook([["NO", *U], [1, *[4] * 8, "=B2"]]))
    foot = ["Jumlah", *[f"=SUM({c}2:{c}2)" for c in "BCDEFGHIJ"]]
    assert len(read_survey(workbook([["NO", *U], [1, *[4] * 9], foot])).responses) == 1


def test_every_finding_has_words_in_two_languages(people):
    people[0] |= {"Nama": "x", "usia": 352, "U1": None}
    findings = read_survey([*people, {"NO": "Jumlah", "U1": 9}]).findings
    for finding in findings:
        for lang in ("id", "en"):
            assert "?)" not in finding.message(lang)
            assert "{" not in finding.message(lang) + finding.suggestion(lang)


def test_the_words_of_every_survey_code_fill():
    from sipukat.findings import catalogue

    assert {f"SRV{n}" for n in range(401, 436)} <= set(catalogue())


def test_html_of_a_notebook_is_escaped(people):
    frame = pd.DataFrame(people)
    responses = read_survey(frame).responses
    evil = type(responses)(
        frame=responses.frame,
        unsur=responses.unsur,
        roles=responses.roles,
        standard=responses.standard,
        provenance=type(responses.provenance)(source="<script>", sha256="", rows_read=1, rows_used=1),
    )
    assert "<script>" not in evil._repr_html_()
    assert "&lt;script&gt;" in evil._repr_html_()


def test_population_reaches_the_quality_findings(people):
    assert read_survey(people, population=500).findings.by_code("SRV411")[0].facts["needed"] == 217


def test_importing_the_library_loads_no_pandas():
    code = "import sipukat, sys; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert callable(sipukat.read_survey)
