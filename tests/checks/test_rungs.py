"""The PEKPPP ladder: a rung counts only on those below it, and what lifts it is said."""

from __future__ import annotations

from datetime import date

import pytest

from sipukat import datasets
from sipukat.checks.rungs import ladder
from sipukat.pelayanan import StandarPelayanan, load

GOOD = load(datasets.path("kelurahan-domisili-good"))


def test_the_conditions_are_those_of_the_facts(facts):
    scale = facts("standards-facts.json")["ipp"]["sp_indicator_scale"]
    assert [rung["score"] for rung in scale] == [0, 1, 2, 3, 4, 5]
    assert "14 komponen" in ladder(StandarPelayanan(nama="A")).condition


@pytest.mark.parametrize(
    ("without", "score", "code"),
    [
        ({}, 5, None),
        ({"dipantau": None, "ditinjau": None}, 4, "LKP194"),
        ({"disepakati": None}, 3, "LKP193"),
        ({"nomor_sk": ""}, 2, "LKP192"),
        ({"ditetapkan": None, "disepakati": None}, 2, "LKP192"),
        ({"biaya_tarif": None}, 1, "LKP191"),
        ({"biaya_tarif": None, "nomor_sk": ""}, 1, "LKP191"),
    ],
)
def test_a_rung_counts_only_on_those_below_it(without, score, code):
    found = ladder(GOOD.model_copy(update=without))
    assert (found.score, found.step.code if found.step else None) == (score, code)


def test_monitoring_or_review_is_enough_for_the_top():
    assert ladder(GOOD.model_copy(update={"ditinjau": None})).score == 5
    assert ladder(GOOD.model_copy(update={"dipantau": None, "ditinjau": date(2026, 1, 1)})).score == 5


def test_nothing_is_no_standard():
    found = ladder(StandarPelayanan())
    assert (found.score, found.step.code) == (0, "LKP190")


def test_the_missing_komponen_are_named():
    step = ladder(GOOD.model_copy(update={"biaya_tarif": None, "dasar_hukum": None})).step
    assert step.message("en").startswith("2 komponen are not filled in: ")
    assert "F-02" in str(step.citation)
