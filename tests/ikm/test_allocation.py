"""Respondents shared out among units: whole, exact, within limits, and by the formulas of the books."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.ikm.planning.allocation import ALLOCATIONS, allocate
from sipukat.ikm.planning.apportion import apportion

REFERENCE = json.loads((Path(__file__).parent.parent / "reference" / "planning.json").read_text())
CITY = {"A": 1200, "B": 800, "C": 300, "D": 90}
SD = {"A": 9.0, "B": 14.0, "C": 18.0, "D": 11.0}


def codes(plan):
    return [finding.code for finding in plan.findings]


def test_proportional_by_hand():
    # 100 * 60/95 = 63.16, 100 * 30/95 = 31.58, 100 * 5/95 = 5.26: the one left goes to .58
    plan = allocate(100, {"A": 600, "B": 300, "C": 50})
    assert dict(plan.n) == {"A": 63, "B": 32, "C": 5}
    assert (plan["B"], plan.total, codes(plan)) == (32, 100, [])


def test_neyman_by_hand():
    # N S = 6000, 6000: as many of the small unit that differs more
    assert dict(allocate(40, {"A": 600, "B": 300}, method="neyman", spread={"A": 10, "B": 20}).n) == {
        "A": 20,
        "B": 20,
    }


def test_equal_and_power_by_hand():
    assert list(allocate(10, {"A": 900, "B": 400, "C": 100}, method="equal").n.values()) == [4, 3, 3]
    # square roots 30 : 20 : 10
    assert list(allocate(60, {"A": 900, "B": 400, "C": 100}, method="power").n.values()) == [30, 20, 10]
    by_size = allocate(60, {"A": 900, "B": 400, "C": 100}, method="power", exponent=1)
    assert by_size.n == allocate(60, {"A": 900, "B": 400, "C": 100}).n


def test_the_errors_by_hand():
    plan = allocate(50, {"A": 100, "B": 300}, method="equal", spread=12.0)
    assert plan.se["A"] == pytest.approx(12 * math.sqrt(1 / 25 - 1 / 100))
    assert plan.overall_se == pytest.approx(
        12 * math.sqrt((1 / 4) ** 2 * (1 / 25 - 1 / 100) + (3 / 4) ** 2 * (1 / 25 - 1 / 300))
    )
    wider = allocate(50, {"A": 100, "B": 300}, method="equal", spread=12.0, deff=4)
    assert wider.overall_se == pytest.approx(2 * plan.overall_se)
    assert math.isnan(allocate(50, {"A": 100, "B": 300}).overall_se)


@pytest.mark.parametrize("method", ["neyman", "proportional"])
def test_the_numbers_are_those_of_r_but_for_rounding(method):
    known = REFERENCE["allocation"]
    plan = allocate(known["n"], known["population"], method=method, spread=known["sd"])
    for mine, theirs in zip(plan.n.values(), known[method], strict=True):
        assert abs(mine - theirs) < 1
    assert plan.total == known["n"]


def test_errors_are_those_of_r():
    known = REFERENCE["allocation"]
    city, sd, held = known["population"], known["sd"], dict(zip("ABCD", known["held"], strict=True))
    plans = {u: allocate(held[u], {u: city[u]}, spread=sd[u]) for u in city}
    assert [plan.overall_se for plan in plans.values()] == pytest.approx(known["se"], rel=1e-12)


def test_the_error_of_the_city_is_that_of_r():
    known = REFERENCE["even"]
    plan = allocate(known["n"], known["population"], method="equal", spread=known["sd"])
    assert list(plan.se.values()) == pytest.approx(known["se"], rel=1e-12)
    assert plan.overall_se == pytest.approx(known["overall_se"], rel=1e-12)


def test_no_other_allocation_of_a_small_city_is_surer_than_neyman():
    """Every allocation is tried: rounding costs at most the step to the next whole numbers."""

    def error(held):
        people = sum(CITY.values())
        return math.sqrt(
            sum(
                (CITY[u] / people * SD[u]) ** 2 * (1 / n - 1 / CITY[u])
                for u, n in zip(CITY, held, strict=True)
            )
        )

    n = 30
    best = min(
        error((a, b, c, n - a - b - c))
        for a in range(1, n - 2)
        for b in range(1, n - a - 1)
        for c in range(1, n - a - b)
    )
    plan = allocate(n, CITY, method="neyman", spread=SD)
    assert plan.overall_se == pytest.approx(error(plan.n.values()))
    assert best <= plan.overall_se <= best * 1.005
    assert plan.overall_se < allocate(n, CITY, spread=SD).overall_se
    assert plan.overall_se < allocate(n, CITY, spread=SD, method="equal").overall_se


def test_what_a_small_unit_cannot_give_goes_to_the_others_and_is_said():
    plan = allocate(300, {"A": 1000, "B": 1000, "C": 20}, method="equal")
    assert dict(plan.n) == {"A": 140, "B": 140, "C": 20}
    assert codes(plan) == ["IKM692"]
    assert plan.findings[0].facts["units"] == ["C"]


def test_a_minimum_is_kept_and_a_unit_with_fewer_people_is_asked_whole():
    plan = allocate(200, {"A": 5000, "B": 400, "C": 12}, minimum=30)
    assert dict(plan.n) == {"A": 158, "B": 30, "C": 12}
    assert codes(plan) == ["IKM691"]
    assert "12" not in plan.findings[0].message("id")
    assert "C" in plan.findings[0].message("en")


def test_a_maximum_is_kept():
    plan = allocate(200, {"A": 5000, "B": 400, "C": 120}, maximum=80)
    assert list(plan.n.values()) == [80, 80, 40]
    assert codes(plan) == ["IKM692"]


def test_units_with_hardly_anybody_are_named():
    plan = allocate(100, {"A": 100_000, "B": 10, "C": 2}, minimum=2)
    assert (plan["B"], plan["C"]) == (2, 2)
    assert plan.findings.by_code("IKM694")[0].facts["units"] == ["B"]  # of C everybody is asked


def test_each_unit_by_the_table_of_the_law():
    plan = allocate(None, {"A": 1500, "B": 100, "C": 7}, method="krejcie_morgan")
    assert dict(plan.n) == {"A": 306, "B": 80, "C": 7}
    raised = allocate(None, {"A": 1500, "B": 30, "C": 7}, method="krejcie_morgan", minimum=30, maximum=300)
    assert dict(raised.n) == {"A": 300, "B": 30, "C": 7}
    assert codes(raised) == ["IKM691", "IKM692"]


def survey(**units):
    rows = [(scores, name) for name, forms in units.items() for scores in forms]
    frame = pd.DataFrame([[s] * 9 for s, _ in rows], columns=[f"U{i}" for i in range(1, 10)])
    return frame.assign(unit=[name for _, name in rows])


def test_the_spread_is_that_of_the_respondents_of_each_group():
    result = ikm.estimate(survey(A=[4, 3, 2, 4], B=[3, 3, 2, 3]), by="unit")
    plan = allocate(20, {"A": 100, "B": 100}, method="neyman", spread=result)
    assert plan.sd["A"] == pytest.approx(25 * np.std([4, 3, 2, 4], ddof=1))
    assert plan.sd["B"] == pytest.approx(25 * np.std([3, 3, 2, 3], ddof=1))
    assert dict(plan.n) == {"A": 13, "B": 7}  # 20 * .9574 / (.9574 + .5) = 13.1…
    whole = allocate(20, {"A": 100, "B": 100}, spread=ikm.estimate(survey(A=[4, 3, 2, 4], B=[3, 3, 2, 3])))
    assert whole.sd["A"] == pytest.approx(25 * np.std([4, 3, 2, 4, 3, 3, 2, 3], ddof=1))


def test_a_unit_without_a_spread_of_its_own_borrows_and_is_named():
    result = ikm.estimate(survey(A=[4, 3, 2, 4], B=[4, 4, 4, 4], C=[3, 2]), by="unit")
    plan = allocate(40, {"A": 100, "B": 100, "C": 100, "baru": 100}, method="neyman", spread=result)
    assert plan.findings.by_code("IKM693")[0].facts["units"] == ["B", "C", "baru"]
    assert len(set(plan.sd.values())) == 1


def test_one_spread_for_all_is_proportional():
    assert allocate(97, CITY, method="neyman", spread=12).n == allocate(97, CITY).n


limits = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(0, 50), st.integers(0, 200)), min_size=1, max_size=12
)


@given(units=limits, data=st.data())
def test_whole_numbers_add_up_within_limits_and_are_within_one_of_their_quota(units, data):
    low, high = [a for _, a, _ in units], [a + more for _, a, more in units]
    weight = [Fraction(w, 7) for w, _, _ in units]
    n = data.draw(st.integers(sum(low), sum(high)))
    out = apportion(n, weight, low=low, high=high)
    assert sum(out) == n
    assert all(a <= x <= b for a, x, b in zip(low, out, high, strict=True))
    free = [(x, w) for x, w, a, b in zip(out, weight, low, high, strict=True) if a < x < b]
    for x, w in free:
        for y, v in free:
            assert (x - 1) / w <= (y + 1) / v  # the same t serves all that are free


@given(n=st.integers(4, 2390), order=st.permutations(list(CITY)), method=st.sampled_from(ALLOCATIONS[:4]))
def test_the_order_in_which_units_are_given_decides_nothing(n, order, method):
    plan = allocate(n, CITY, method=method, spread=SD)
    assert plan.total == n
    assert all(1 <= plan[u] <= CITY[u] for u in CITY)
    again = allocate(n, {u: CITY[u] for u in order}, method=method, spread=SD)
    assert dict(again.n) == dict(plan.n)
    assert list(again.n) == list(order)


@given(n=st.integers(4, 2390), factor=st.sampled_from([0.25, 0.5, 2.0]))
def test_the_scale_of_the_spread_moves_errors_alone(n, factor):
    plan = allocate(n, CITY, method="neyman", spread=SD)
    scaled = allocate(n, CITY, method="neyman", spread={u: s * factor for u, s in SD.items()})
    assert scaled.n == plan.n
    assert scaled.overall_se == pytest.approx(plan.overall_se * factor)


def test_ten_thousand_units_are_no_trouble():
    rng = np.random.default_rng(4)
    city = {f"unit {i}": int(p) for i, p in enumerate(rng.integers(20, 5000, 10_000))}
    plan = allocate(300_000, city, method="neyman", minimum=5, spread=dict.fromkeys(city, 11.7))
    assert plan.total == 300_000
    assert min(plan.n.values()) >= 5


@pytest.mark.parametrize(
    ("n", "city", "options", "said"),
    [
        (100, {"A": 900, "B": 80, "C": 40}, {"minimum": 40}, "n = 100 is too few: 3 units.* need 120"),
        (100, {"A": 60, "B": 30}, {}, "n = 100 is too many: the 2 units can give at most 90"),
        (100, {"A": 900}, {"maximum": 50}, "at most 50"),
        (10, {}, {}, "populations is empty"),
        (10, {"A": 0}, {}, "population of 'A' must be a whole number of at least 1, got 0"),
        (10, {"A": 2.5}, {}, r"got 2\.5"),
        (10, {"A": "90"}, {}, "got '90'"),
        (0, {"A": 9}, {}, "n must be a whole number of at least 1, got 0"),
        (None, {"A": 9}, {}, "n must be a whole number"),
        (9, {"A": 9}, {"minimum": -1}, "minimum must be a whole number"),
        (9, {"A": 90}, {"minimum": 9, "maximum": 8}, "minimum = 9 is more than maximum = 8"),
        (9, {"A": 90}, {"method": "neyman"}, "neyman needs spread="),
        (9, {"A": 90}, {"method": "neyman", "spread": {"B": 3}}, "spread lacks 1 units: A"),
        (9, {"A": 90}, {"spread": {"A": 0}}, "sd must be a finite number above 0"),
        (9, {"A": 90}, {"spread": 40}, r"at most 37\.5"),
        (9, {"A": 90}, {"deff": 0}, "deff must be a finite number above 0"),
        (9, {"A": 90}, {"method": "power", "exponent": 2}, "exponent must lie from 0 to 1, got 2"),
        (9, {"A": 90}, {"method": "krejcie_morgan"}, "n must be None, got 9"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_with_their_value(n, city, options, said):
    with pytest.raises(ArgumentError, match=said):
        allocate(n, city, **options)


def test_an_unknown_method_or_unit_and_a_standard_without_a_table_are_refused():
    with pytest.raises(UnknownNameError, match="slovin"):
        allocate(10, {"A": 90}, method="slovin")
    with pytest.raises(UnknownNameError, match="'B'"):
        allocate(10, {"A": 90})["B"]
    with pytest.raises(EstimationError, match="kepmenpan-25-2004 has no table"):
        allocate(None, {"A": 90}, method="krejcie_morgan", standard="kepmenpan-25-2004")
    with pytest.raises(ArgumentError, match="no unit has a group"):
        allocate(10, {"Z": 90}, spread=ikm.estimate(survey(A=[4, 3, 2], B=[2, 3, 4]), by="unit"))


def test_a_plan_can_be_read_by_people_and_by_programs():
    plan = allocate(100, {"A": 900, ("B", "loket 1"): 100}, spread=12.0, minimum=30)
    frame = plan.to_frame()
    assert frame["n"].tolist() == [70, 30]
    assert frame["fraction"].tolist() == [70 / 900, 0.3]
    data = json.loads(json.dumps(plan.to_dict(), allow_nan=False))
    assert data["format"] == "urn:sipukat:allocation:1"
    assert [u["unit"] for u in data["units"]] == ["A", "B / loket 1"]
    assert "100 respondents are shared out among 2 units" in plan.sentence("en")
    assert "proportional" in repr(plan)
    assert "poin" not in allocate(10, {"A": 90}).sentence()
    assert json.loads(json.dumps(allocate(10, {"A": 90}).to_dict(), allow_nan=False))["overall_se"] is None
