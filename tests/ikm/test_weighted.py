"""Weights that were made say how they run, in both languages and as data."""

import pandas as pd
import pytest

from sipukat.ikm.weighting import post_stratify


@pytest.fixture
def fitted():
    return post_stratify(pd.DataFrame({"sex": ["L", "P"] * 600}), {"sex": {"L": 6000, "P": 4000}})


def test_the_sentence_of_weights_is_written_as_each_language_writes_numbers(fitted):
    assert fitted.sentence() == (
        "Bobot 1.200 responden berkisar dari 6,67 sampai 10,00 dan berjumlah 10.000,00; "
        "karena tidak sama besar, bobot itu melipatkan ragam 1,04 kali."
    )
    assert fitted.sentence("en") == (
        "The weights of 1,200 respondents run from 6.67 to 10.00 and add up to 10,000.00; "
        "being unequal, they multiply the variance by 1.04."
    )


def test_weights_as_plain_data_hold_their_range_and_every_category(fitted):
    held = fitted.to_dict()
    assert (held["n"], held["low"], held["high"], held["sum"]) == pytest.approx((1200, 20 / 3, 10, 10_000))
    assert held["deff"] == pytest.approx(1.04)  # 1200 x (600 x 100 + 600 x 400 / 9) / 10000^2
    first = held["misfit"][0]
    assert list(first) == ["margin", "category", "target", "before", "after", "difference", "n"]
    assert (first["margin"], first["category"], first["n"]) == ("sex", "L", 600)
    assert (first["target"], first["before"], first["after"]) == pytest.approx((6000, 5000, 6000))
    assert held["design"]["weight"] == "bobot"
