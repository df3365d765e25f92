"""A result in a notebook: every heading and cell, and where the picture puts the number."""

import re

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm


def survey(scores, **columns):
    return pd.DataFrame({**columns, **{f"U{i}": scores for i in range(1, 10)}})


def cells(page):
    """Return the rows of the table as texts."""
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.fixture
def result():
    frame = survey([3, 3, 4, 4, 2, 4], unit=["A"] * 3 + [None] * 3)
    return ikm.estimate(frame, by="unit", confidence_level=0.9)


def test_groups_come_first_and_all_together_last(result):
    heads, first, second, last = cells(result._repr_html_())
    assert heads == ["unit", "n", "IKM", "selang 90 %", "mutu", "kinerja"]
    between = [f"{e.low:.2f} – {e.high:.2f}".replace(".", ",") for e in (result["A"], result.overall)]
    assert first == ["A", "3", "83,33", between[0], "B", "Baik"]
    assert second[0] == "(kosong)"
    assert last == ["Keseluruhan", "6", "83,33", between[1], "B", "Baik"]


def test_a_result_without_groups_has_one_row():
    result = ikm.estimate(survey([3, 3, 4, 4, 2, 4]), confidence_level=0.995)
    heads, only = cells(result._repr_html_())
    assert heads == ["kelompok", "n", "IKM", "selang 99,5 %", "mutu", "kinerja"]
    assert only[:3] == ["Keseluruhan", "6", "83,33"]


def test_the_picture_lies_on_the_scale_of_the_index_with_its_bands(result):
    page = result._repr_html_()
    assert "IKM 83,33 · mutu B · Baik</p>" in page
    label = re.search(r'aria-label="([^"]*)"', page)[1]
    assert label.startswith("83,33 pada skala 25,00 sampai 100,00; selang ")
    # 400 wide from 25 to 100: a band starts at (its lower bound - 25) / 75 x 400
    starts = [float(x) for x in re.findall(r'<rect x="([\d.]+)"', page)]
    assert starts == pytest.approx([(low - 25) / 75 * 400 for low in (25, 65, 76.61, 88.31)], abs=0.06)
    assert re.findall(r'text-anchor="middle"[^>]*>(\w)<', page) == ["D", "C", "B", "A"]
    assert f"M{(83.33 - 25) / 75 * 400:.1f} 3V29" in page


def test_nobody_who_answered_is_said_without_a_picture():
    page = ikm.estimate(survey([np.nan, np.nan]))._repr_html_()
    assert "Tidak ada jawaban, jadi tidak ada indeks." in page
    assert "<svg" not in page
    assert cells(page)[1][3:] == ["–", "–", "–"]


def test_one_respondent_has_an_interval_as_wide_as_the_scale():
    page = ikm.estimate(survey([3]))._repr_html_()
    assert cells(page)[1] == ["Keseluruhan", "1", "75,00", "25,00 – 100,00", "C", "Kurang baik"]
    assert 'aria-label="75,00 pada skala 25,00 sampai 100,00; selang 25,00 – 100,00"' in page
