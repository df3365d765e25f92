from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.report import Band, ProcessedUnsur, Processing
from sipukat.report.processing import band_of, footer, footer_table, footers

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
ANSWERS = st.lists(st.tuples(*[st.none() | st.integers(1, 4)] * 9), min_size=1, max_size=12)


def sheet(answers, *, missing="per_unsur", weight=Fraction(1, 9), unit_of=(), units=(), **steps):
    return Processing(
        title="P",
        respondents=range(1, len(answers) + 1),
        answers=answers,
        unsur=[ProcessedUnsur(code=f"U{i}", nama=f"U{i}", weight=weight) for i in range(1, 10)],
        factor=25,
        missing=missing,
        expected=None,
        units=units,
        unit_of=unit_of,
        **steps,
    )


@pytest.mark.parametrize(
    ("missing", "ikm_4dp"), [("per_unsur", "80.5556"), ("pooled", "77.1739"), ("complete", "100.0000")]
)
def test_the_demo_of_missing_answers_comes_out_under_each_policy(missing, ikm_4dp):
    answers = [(4,) * 9, (3, 3, 3, None, 3, 3, 3, 3, None), (2, 2, 2, None, 2, 2, 2, 2, None)]
    index = footer(sheet(answers, missing=missing)).index
    assert f"{float(index * 25):.4f}" == ikm_4dp


def test_the_example_of_kepmenpan_25_2004_needs_its_roundings():
    nrr = [345, 265, 353, 231, 155, 312, 213, 243, 321, 145, 193, 231, 303, 156]
    rows = [tuple(1 + (i < v - 100) + (i < v - 200) + (i < v - 300) for v in nrr) for i in range(100)]
    unsur = [ProcessedUnsur(code=f"U{i}", nama="", weight=Fraction(71, 1000)) for i in range(1, 15)]
    paper = Processing(
        title="P",
        respondents=range(100),
        answers=rows,
        unsur=unsur,
        factor=25,
        expected=None,
        weighted_decimals=3,
    )
    assert footer(paper).index == Fraction(2462, 1000)
    assert footer(paper).ikm == Decimal("61.55")


@pytest.mark.parametrize("missing", ["per_unsur", "pooled", "complete"])
@given(answers=ANSWERS)
def test_the_sheet_and_the_estimator_agree_to_the_last_digit(missing, answers):
    frame = pd.DataFrame(answers, columns=KEYS).astype("Int8")
    result = ikm.estimate(frame, missing=missing)
    assert footer(sheet(answers, missing=missing)).ikm == result.overall.published


@pytest.mark.parametrize("profile", ["0.11", "0.111"])
@given(answers=ANSWERS)
def test_the_sheet_and_the_estimator_agree_under_every_profile(profile, answers):
    frame = pd.DataFrame(answers, columns=KEYS).astype("Int8")
    result = ikm.estimate(frame, profile=profile)
    assert footer(sheet(answers, weight=Fraction(profile))).ikm == result.overall.published


def test_each_unit_has_the_footer_of_its_own_rows_and_withheld_rows_have_none():
    answers = [(4,) * 9, (2,) * 9, (3,) * 9, (1,) * 9]
    both = footers(sheet(answers, units=("A", "B"), unit_of=(1, 2, 1, None)))
    assert [(one.ikm, one.respondents) for one in both] == [(Decimal("87.50"), 2), (Decimal("50.00"), 1)]


def test_without_any_answer_there_is_no_index():
    assert footer(sheet([(None,) * 9])).ikm is None


def test_bands_are_cut_at_their_lower_bounds():
    bands = [Band(low="25", mutu="D", kinerja="x"), Band(low="65.00", mutu="C", kinerja="x")]
    assert [band_of(Decimal(v), bands).mutu for v in ("64.99", "65.00")] == ["D", "C"]
    assert band_of(Decimal("24.99"), bands) is None
    assert band_of(None, bands) is None


def test_the_footer_as_a_table_holds_sums_and_not_one_row():
    table = footer_table(sheet([(4,) * 9, (3,) * 9]))
    assert len(table.rows) == 10
    assert table.rows[0][:4] == ("U1", "U1", 7, 2)
    assert "IKM UNIT PELAYANAN **): 87,50" in table.note
