"""The fields of versioned plain data: whoever reads a format finds each of them under its name."""

import json

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]
EVERY = ("format", "findings")

FIELDS = {
    "urn:sipukat:ranking:1": """
        method joint confidence_level draws seed critical_value rounds groups
        : groups :
        group ikm published se rank rank_low rank_high n mutu
    """,
    "urn:sipukat:differences:1": """
        method interval confidence_level draws seed pairs
        : pairs :
        group other difference se df p p_adjusted low high significant
    """,
    "urn:sipukat:priorities:1": """
        standard group ikm target importance n used effective_n confidence_level unsur
        : unsur :
        unsur nama nrr nilai se low high mutu place lowest gain gain_se next_mutu gain_next
        gain_next_se importance importance_low importance_high quadrant sure
    """,
    "urn:sipukat:reliability:1": """
        n used effective_n alpha alpha_low alpha_high alpha_standardized omega omega_low
        omega_high omega_standardized items confidence_level
        : items :
        unsur nama mean sd item_rest item_rest_low item_rest_high alpha_dropped
        alpha_dropped_low alpha_dropped_high loading
    """,
    "urn:sipukat:shrunken:1": """
        method official variances between coefficients groups
        : groups :
        group n ikm_direct se_direct ikm_shrunken rmse weight synthetic source method
    """,
    "urn:sipukat:straightlining:1": """
        standard by fewest confidence_level overall groups
        : groups :
        group n straight share weighted_share scores ikm published mutu ikm_without
        published_without mutu_without difference se df low high
    """,
    "urn:sipukat:comparison:1": """
        names samples difference se df t p low high null confidence_level detectable n_a n_b
        ikm_a ikm_b published_a published_b mutu_a mutu_b published unsur unsur_refusal
        : unsur :
        unsur nrr_a nrr_b difference se low high df t p p_holm
    """,
    "urn:sipukat:change-plan:1": """
        points n_a n_b power confidence_level sd se df deff paired_correlation populations
    """,
    "urn:sipukat:allocation:1": """
        method total deff overall_se units
        : units :
        unit population n sd se
    """,
}


def answers():
    rng = np.random.default_rng(5)
    rows = pd.DataFrame(rng.integers(2, 5, (60, 9)), columns=CODES)
    return rows.assign(unit=np.repeat(list("ABC"), 20))


MADE = {
    "urn:sipukat:ranking:1": lambda result: ikm.rank(result, draws=1000),
    "urn:sipukat:differences:1": ikm.differences,
    "urn:sipukat:priorities:1": ikm.priorities,
    "urn:sipukat:reliability:1": lambda _: ikm.reliability(answers()[CODES]),
    "urn:sipukat:shrunken:1": ikm.shrink,
    "urn:sipukat:straightlining:1": lambda _: ikm.straightlining(answers(), by="unit"),
    "urn:sipukat:comparison:1": lambda result: ikm.compare(result["A"], result["B"]),
    "urn:sipukat:change-plan:1": lambda _: ikm.sample_size_for_change(10, sd=12, deff=1.5),
    "urn:sipukat:allocation:1": lambda _: ikm.allocate(10, {"A": 60, "B": 40}, spread=12.0, deff=2.0),
}


def made(name):
    """Return what is made of the answers as the plain data of a format."""
    return json.loads(json.dumps(MADE[name](ikm.estimate(answers(), by="unit")).to_dict()))


@pytest.mark.parametrize("name", FIELDS)
def test_plain_data_have_every_field_under_its_name(name):
    fields, *inner = map(str.split, " ".join(FIELDS[name].split()).split(" : "))
    held = made(name)
    assert held["format"] == name
    assert set(held) == {*EVERY, *fields}
    if inner:
        ((key,), names) = inner
        assert [set(row) for row in held[key]] == [set(names)] * len(held[key])


def test_what_was_asked_for_stands_in_the_plan():
    change, shared = made("urn:sipukat:change-plan:1"), made("urn:sipukat:allocation:1")
    asked = (change["points"], change["sd"], change["deff"], change["confidence_level"])
    assert asked == (10, 12, 1.5, 0.95)
    assert change["n_a"] == change["n_b"]
    # two means of n respondents each, of a design that costs half as many more
    assert change["se"] == pytest.approx(12 * (1.5 * 2 / change["n_a"]) ** 0.5)
    assert change["df"] == 2 * change["n_a"] - 2
    assert (shared["total"], shared["deff"]) == (10, 2.0)
    assert [(row["unit"], row["n"]) for row in shared["units"]] == [("A", 6), ("B", 4)]
    assert shared["units"][0]["se"] == pytest.approx(12 * (2 / 6 * (1 - 6 / 60)) ** 0.5)
