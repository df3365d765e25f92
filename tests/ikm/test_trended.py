"""What a trend says of itself, word for word."""

import json
from datetime import date

import pandas as pd
import pytest

from sipukat import ikm
from sipukat.ikm.comparing.trend import trend

CODES = [f"U{i}" for i in range(1, 10)]


def surveyed(scores, times):
    return ikm.estimate(pd.DataFrame(dict.fromkeys(CODES, scores * times)))


@pytest.fixture
def falling():
    months = {date(2026, 1, 1): [4, 4, 4, 3], date(2026, 2, 1): [3, 4, 3, 3], date(2026, 3, 1): [3, 3, 2, 2]}
    return trend({month: surveyed(scores, 40) for month, scores in months.items()})


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "id",
            [
                "IKM 93,75 (A) pada 2026-01-01 dan 62,50 (D) pada 2026-03-01. Rata-rata turun ",
                " poin per tahun (95 %: -",
                "Angka tiap periode menyimpang dari garis lurus melebihi galat penarikan sampel; bila itu",
                "Perubahan antarperiode yang melebihi galat penarikan sampel: 2026-01-01 ke 2026-02-01 turun",
                "beda terbesar terletak antara 2026-02-01 dan 2026-03-01 (rata-rata 87,50 menjadi 62,50)",
            ],
        ),
        (
            "en",
            [
                "The IKM was 93.75 (A) in 2026-01-01 and 62.50 (D) in 2026-03-01. It fell by ",
                " points a year on average (95%: -",
                "The periods lie off a straight line by more than sampling error; with that the interval is",
                "Changes from one period to the next beyond sampling error: 2026-01-01 to 2026-02-01 down",
                "the largest gap lies between 2026-02-01 and 2026-03-01 (mean 87.50 to 62.50)",
            ],
        ),
    ],
)
def test_a_fall_off_a_line_is_said_in_order_and_in_both_languages(falling, lang, said):
    sentence = falling.sentence(lang)
    places = [sentence.find(words) for words in said]
    assert places[0] == 0, sentence
    assert -1 not in places, sentence
    assert places == sorted(places)


def test_dates_of_a_trend_are_text_in_plain_data_and_columns_in_a_frame(falling):
    held = json.loads(json.dumps(falling.to_dict()))
    assert [row["period"] for row in held["periods"]] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert (held["change_point"]["before"], held["change_point"]["after"]) == ("2026-02-01", "2026-03-01")
    assert held["periods"][0]["change"] is None
    frame = falling.to_frame()
    assert list(frame.columns[:5]) == ["period", "time", "ikm", "published", "se"]
    assert frame["change"].tolist()[1:] == pytest.approx([-12.5, -18.75])


def test_a_trend_without_a_line_shows_itself_without_a_slope(falling):
    assert repr(falling).startswith("<Trend 2026-01-01 to 2026-03-01: 3 periods, -")
    census = ikm.Design(population="N")
    frame = pd.DataFrame({code: [3, 3, 4] for code in CODES}).assign(N=3)
    known = trend({year: ikm.estimate(frame, design=census) for year in (2024, 2025, 2026)})
    assert repr(known) == "<Trend 2024 to 2026: 3 periods, no line>"
    assert "tidak dibuat" in known.sentence()


def test_years_stay_numbers_in_plain_data():
    found = trend({year: surveyed([3, 4, 3, 3], 10) for year in (2024, 2025, 2026)})
    assert [row["period"] for row in found.to_dict()["periods"]] == [2024, 2025, 2026]


def test_periods_without_dates_are_counted_in_both_languages():
    found = trend(
        {
            name: surveyed(scores, 40)
            for name, scores in {"a": [3, 3, 2, 2], "b": [3, 3, 3, 3, 2, 4], "c": [4, 4, 4, 3]}.items()
        },
        periods=["a", "b", "c"],
    )
    assert " poin per periode (95 %: " in found.sentence()
    assert " points a period on average (95%: " in found.sentence("en")
