"""Results as frames and as plain data: their columns, and a row by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, standards

CODES = [f"U{n}" for n in range(1, 10)]
KEYS = [*standards.get("permenpanrb-14-2017").unsur_keys[:7], "U8", "U9"]


@pytest.fixture(scope="module")
def result():
    rows = pd.DataFrame([[4] * 9, [3] * 9, [3] * 9, [2] * 9], columns=CODES, dtype=float)
    rows.loc[3, "U2"] = np.nan
    return ikm.estimate(rows.assign(unit=[*"aaab"]), by="unit")


def test_a_frame_has_a_row_for_each_group(result):
    frame = result.to_frame()
    letters = ["p_D", "p_C", "p_B", "p_A"]
    columns = ["unit", "n", "ikm", "published", "se", "low", "high", "df", "deff", "mutu", "kinerja"]
    assert list(frame.columns) == [*columns, *[f"p_{b.mutu}" for b in result.standard.bands]]
    row = frame.iloc[0]
    assert row[["unit", "n", "published", "mutu", "kinerja"]].tolist() == [
        "a", 3, Decimal("83.33"), "B", "Baik",
    ]  # fmt: skip
    e = result["a"]
    assert row[["ikm", "se", "low", "high", "df"]].tolist() == [e.ikm, e.se, e.low, e.high, 2.0]
    assert row[letters].sum() == pytest.approx(1)
    assert frame.iloc[1][["deff", "se", *letters]].isna().all()


def test_a_frame_of_unsur_has_a_row_for_each_group_and_unsur(result):
    frame = result.unsur_frame()
    assert list(frame.columns) == ["unit", "unsur", "nama", "nrr", "nilai", "se", "low", "high", "mutu", "n"]
    assert frame["unsur"].tolist() == KEYS * 2
    assert frame["unit"].tolist() == ["a"] * 9 + ["b"] * 9
    first, hole = frame.iloc[0], frame.iloc[10]
    assert first["nama"] == standards.get("permenpanrb-14-2017").unsur[0].nama
    assert (first["nrr"], first["nilai"]) == pytest.approx((10 / 3, 250 / 3))
    assert (first["mutu"], first["n"]) == ("B", 3)
    assert np.isnan(hole[["nrr", "nilai", "se"]].astype(float)).all()
    assert (pd.isna(hole["mutu"]), hole["n"]) == (True, 0)
    assert frame.iloc[9][["mutu", "n"]].tolist() == ["D", 1]
    assert np.isnan(frame.iloc[9]["se"])


def test_bare_codes_are_named_as_they_are():
    rows = pd.DataFrame([[4] * 9, [3] * 9], columns=CODES)
    frame = ikm.estimate(rows).unsur_frame()
    assert frame["unsur"].tolist()[7:] == frame["nama"].tolist()[7:] == ["U8", "U9"]


def test_a_result_is_plain_data(result):
    told = result.to_dict()
    assert {name: told[name] for name in ("standard", "profile", "missing", "interval",
    "confidence_level")} == {
        "standard": "permenpanrb-14-2017", "profile": "exact", "missing": "per_unsur",
        "interval": "beta_ends",
        "confidence_level": 0.95,
    }  # fmt: skip
    assert (told["format"].split(":")[:2], told["by"], told["unsur"]) == (
        ["urn", "sipukat"],
        ["unit"],
        [*result.unsur],
    )
    assert (told["provenance"], [g["group"] for g in told["groups"]]) == (None, [["a"], ["b"]])
    record = told["groups"][0]
    assert list(record)[1:] == [
        "n", "used", "published", "ikm", "ikm_4dp", "se", "low", "high", "df", "deff", "mutu", "kinerja",
        "mutu_probability", "nrr", "answered", "counts",
    ]  # fmt: skip
    assert (record["n"], record["used"], record["published"], record["ikm_4dp"]) == (3, 3, "83.33", "83.3333")
    assert record["counts"]["persyaratan"] == [0, 0, 2, 1]
    assert record["answered"]["persyaratan"] == 3
    empty = told["groups"][1]
    assert (empty["se"], empty["deff"], empty["nrr"][KEYS[1]]) == (None, None, None)
    assert told["manifest"]["estimating"]["missing"] == "per_unsur"


def test_a_printed_number_of_an_unsur_goes_half_up_exactly():
    # 8 answers that add up to 25: 3.125 is 78.125, which is B by 78.13 and so by 78.12; 2.6 is 65 to the cent
    rows = pd.DataFrame([[4, 3], [3, 2], [3, 2], [3, 3], [2, 3]] * 2, columns=["U1", "U2"])
    for code in CODES[2:]:
        rows[code] = 3
    frame = ikm.estimate(rows).unsur_frame()
    assert frame["mutu"].tolist()[:2] == ["C", "C"]  # 75.00 and 65.00
    weighted = ikm.estimate(rows.assign(w=0.1), design=ikm.Design(weight="w")).unsur_frame()
    assert weighted["mutu"].tolist()[:2] == ["C", "C"]  # 2.6 in floats may lie below
