"""The share of answers of at least a score is the mean of a yes or no, and has its error."""

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(12)
    rows = pd.DataFrame(rng.integers(1, 5, (240, 9)), columns=CODES, dtype=float)
    rows = rows.mask(rng.random(rows.shape) < 0.1)
    where = pd.DataFrame({"unit": np.repeat(list("ABC"), 80), "hari": np.repeat(range(24), 10)})
    return rows.join(where).assign(bobot=rng.uniform(1, 3, 240), kota=np.repeat([0, 1] * 12, 10), N=40)


DESIGNS = {
    "a simple sample": ikm.Design(),
    "weights and strata": ikm.Design(weight="bobot", stratum="kota"),
    "days in strata": ikm.Design(psu="hari", stratum="kota"),
    "weighted days of a known number": ikm.Design(weight="bobot", psu="hari", stratum="kota", population="N"),
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("at_least", [2, 3, 4])
def test_a_share_is_the_mean_of_answers_made_yes_or_no(frame, design, at_least):
    shares = ikm.estimate(frame, by="unit", design=DESIGNS[design]).shares_frame(at_least=at_least)
    # yes is the highest score, no the lowest: the mean lies at 1 + 3 x share
    yes = frame.assign(
        **{c: np.where(frame[c].isna(), np.nan, 1 + 3 * (frame[c] >= at_least)) for c in CODES}
    )
    means = ikm.estimate(yes, by="unit", design=DESIGNS[design]).unsur_frame()
    assert shares["unsur"].tolist() == means["unsur"].tolist()
    assert shares["share"].to_numpy() == pytest.approx((means["nrr"].to_numpy() - 1) / 3)
    assert shares["se"].to_numpy() == pytest.approx(means["se"].to_numpy() / 75)  # in points of the index
    assert shares["n"].tolist() == frame.groupby("unit")[CODES].count().to_numpy().ravel().tolist()


def test_a_frame_of_shares_names_group_unsur_and_score(frame):
    shares = ikm.estimate(frame, by="unit").shares_frame(at_least=4)
    assert list(shares.columns) == [
        "unit", "unsur", "nama", "at_least", "share", "se", "low", "high", "df", "n",
    ]  # fmt: skip
    first = shares.iloc[0]
    assert (first["unit"], first["unsur"], first["nama"]) == ("A", "persyaratan", "Persyaratan")
    assert set(shares["at_least"]) == {4}


def test_degrees_of_freedom_of_a_share_are_days_that_met_it_less_strata():
    rows = pd.DataFrame(dict.fromkeys(CODES, [3.0, 4.0] * 6)).assign(
        hari=np.repeat(range(6), 2), kota=[0] * 6 + [1] * 6
    )
    rows.loc[:1, "U1"] = np.nan  # nobody of the first day answered
    shares = ikm.estimate(
        rows, design=ikm.Design(psu="hari", stratum="kota"), order="peraturan"
    ).shares_frame()
    assert shares["df"].tolist() == [3.0] + [4.0] * 8
    alone = ikm.estimate(rows, order="peraturan").shares_frame()
    assert alone["df"].tolist() == [9.0] + [11.0] * 8


def test_an_unsur_that_a_group_did_not_answer_has_no_share_and_no_warning(frame):
    rows = frame.copy()
    rows.loc[rows["unit"] == "B", "U2"] = np.nan
    shares = ikm.estimate(rows, by="unit", order="peraturan").shares_frame()
    nothing = shares[(shares["unit"] == "B") & (shares["unsur"] == "prosedur")].iloc[0]
    assert nothing["n"] == 0
    assert nothing[["share", "se"]].isna().all()
    assert shares["share"].isna().sum() == 1
