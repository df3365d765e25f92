"""Two files of the same answers have one fingerprint, two surveys never."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from sipukat import datasets, read_survey
from sipukat.survey.fingerprint import answers_sha256

CITY = datasets.path("dpmptsp-contoh")


def fingerprint(source, **how):
    return read_survey(source, **how).responses.provenance.answers_sha256


def test_it_can_be_computed_by_hand():
    scores = {"U1": np.array([4, 0, 3]), "U2": np.array([3, 4, 3])}
    assert answers_sha256(scores) == hashlib.sha256(b"U1,U2\n04\n33\n43\n").hexdigest()


def test_a_score_of_two_digits_and_an_odd_number_of_unsur_are_told_apart():
    ten, one = ({"a": np.array([each, 2]), "b": np.array([0, 2]), "c": np.array([0, 2])} for each in (10, 1))
    assert answers_sha256(ten) != answers_sha256(one)


def test_csv_workbook_and_any_order_of_rows_and_columns_agree(tmp_path):
    pytest.importorskip("xlsxwriter")
    frame = pd.read_csv(CITY)
    turned = frame.iloc[::-1, ::-1]
    turned.to_excel(tmp_path / "a.xlsx", index=False, engine="xlsxwriter")
    assert fingerprint(tmp_path / "a.xlsx") == fingerprint(CITY) == fingerprint(turned)


def test_one_other_answer_is_seen():
    frame = pd.read_csv(CITY)
    other = frame.copy()
    name = read_survey(CITY).responses.provenance
    heading = next(heading for heading, unsur in name.columns.items() if unsur == "waktu")
    other.loc[3, heading] = 1 if frame.loc[3, heading] != 1 else 2
    assert fingerprint(other) != fingerprint(frame)


def test_rows_that_are_no_respondents_are_counted_by_their_reason(tmp_path):
    rows = [{"No": n, **{f"U{i}": 3 for i in range(1, 10)}} for n in range(1, 4)]
    blank = dict.fromkeys(rows[0])
    total = {"No": "Jumlah", **{f"U{i}": 9 for i in range(1, 10)}}
    came = read_survey([*rows, blank, total], order="peraturan").responses.provenance
    assert came.rows_read - came.rows_used == sum(came.left_out.values()) == 2
    assert set(came.left_out) <= {"SRV401", "SRV402", "SRV403"}
    assert came.options == {"order": "peraturan"}
    assert came.columns["U3"] == "waktu"
