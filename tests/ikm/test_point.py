"""The formula of the law on a few answers, by hand: weights, policies and where a profile rounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, standards
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.point import checked_missing, exact_index, factor_of, points, unsur_weights

LAW = standards.get("permenpanrb-14-2017")
EXACT = LAW.profile("exact")
HALVES = [Fraction(1, 2)] * 2
UNEQUAL = LAW.model_copy(
    update={
        "unsur": tuple(u.model_copy(update={"weight": Fraction(n, 45)}) for n, u in enumerate(LAW.unsur, 1))
    }
)


@pytest.mark.parametrize(
    ("answered", "total", "missing", "index"),
    [
        ((2, 1), (7, 3), "per_unsur", Fraction(325, 4)),  # (3.5 + 3) / 2 * 25
        ((2, 1), (7, 3), "pooled", Fraction(250, 3)),  # 10 / 3 * 25
        ((2, 0), (7, 0), "per_unsur", Fraction(175, 2)),  # the one unsur has all the weight
        ((2, 0), (7, 0), "pooled", Fraction(175, 2)),
        ((0, 0), (0, 0), "per_unsur", None),
        ((0, 0), (0, 0), "pooled", None),
    ],
)
def test_the_index_of_two_unsur(answered, total, missing, index):
    assert exact_index(answered, total, HALVES, Fraction(25), missing=missing) == index
    if missing == "per_unsur":
        assert exact_index(answered, total, HALVES, Fraction(25)) == index


@pytest.mark.parametrize(
    ("answered", "total", "missing", "index"),
    [
        # weights 1/3 and 1/2, which make up 5/6 as printed weights make up 0.99
        ((2, 1), (7, 3), "per_unsur", 25 * (Fraction(7, 6) + Fraction(3, 2))),
        ((2, 0), (7, 0), "per_unsur", 25 * Fraction(5, 6) * Fraction(7, 2)),
        # all answers, each with its weight: (7/3 + 3/2) / (2/3 + 1/2), times 5/6
        ((2, 1), (7, 3), "pooled", 25 * Fraction(5, 6) * Fraction(23, 7)),
    ],
)
def test_unequal_weights_keep_their_sum(answered, total, missing, index):
    weight = [Fraction(1, 3), Fraction(1, 2)]
    assert exact_index(answered, total, weight, Fraction(25), missing=missing) == index


@pytest.mark.parametrize(
    ("profile", "index"),
    [
        # 3 answers, sum 10, nine times: NRR 3.333…
        ("exact", Fraction(250, 3)),
        ("0.11", 25 * 9 * Fraction(11, 100) * Fraction(10, 3)),
        ("nrr2-0.11", Fraction("82.4175")),  # 3.33 * 0.11 * 9 = 3.2967
        ("mahulu", Fraction("83.25")),  # 3.333 * 0.111 = 0.369963, 0.370 * 9 = 3.33
        ("kardinah", Fraction("83.25")),  # 3.33 / 9 = 0.37
        ("index2", Fraction("83.25")),  # 3.33
    ],
)
def test_a_profile_rounds_where_it_says(profile, index):
    rule = LAW.profile(profile)
    weight = unsur_weights(LAW, LAW.unsur_keys, rule)
    assert exact_index([3] * 9, [10] * 9, weight, Fraction(25), profile=rule) == index
    frame = pd.DataFrame({f"U{n}": [4, 3, 3] for n in range(1, 10)})
    assert ikm.estimate(frame, profile=profile).overall.ikm == pytest.approx(float(index), rel=1e-15)


def test_a_profile_that_rounds_only_the_weighted_mean_is_exact_too():
    law = standards.get("kepmenpan-25-2004")
    frame = pd.DataFrame({f"U{n}": [4, 3, 3, None] for n in range(1, 15)})
    frame.loc[3] = 1
    frame.loc[3, "U14"] = None
    # thirteen unsur with 11/4 and one with 10/3, each times 0.071: 0.195 and 0.237
    found = ikm.estimate(frame, law, profile="kepmenpan-3dp").overall
    assert found.ikm == float(25 * (13 * Fraction("0.195") + Fraction("0.237")))
    assert found.published == Decimal("69.30")


def test_the_weights_of_a_standard_are_those_of_its_unsur_or_of_its_profile():
    keys = LAW.unsur_keys
    assert unsur_weights(LAW, keys, EXACT) == (Fraction(1, 9),) * 9
    assert unsur_weights(LAW, keys, LAW.profile("0.11")) == (Fraction(11, 100),) * 9
    assert unsur_weights(UNEQUAL, keys, EXACT) == tuple(Fraction(n, 45) for n in range(1, 10))
    assert factor_of(LAW) == 25
    assert factor_of(standards.get("spak")) == 1


def test_columns_without_an_order_need_one_weight():
    bare = [*LAW.unsur_keys[:7], "U8", "U9"]
    assert unsur_weights(LAW, bare, EXACT) == (Fraction(1, 9),) * 9
    one = [*LAW.unsur_keys[:7], "U8", LAW.unsur_keys[8]]  # what is left for U8 is known
    assert unsur_weights(UNEQUAL, one, EXACT)[7] == Fraction(8, 45)
    with pytest.raises(EstimationError, match="U8, U9 have different weights by order: state order= first"):
        unsur_weights(UNEQUAL, bare, EXACT)


def test_one_printed_weight_is_for_equal_weights():
    with pytest.raises(EstimationError, match=r"profile '0.11' has one weight for all unsur; .* has several"):
        unsur_weights(UNEQUAL, LAW.unsur_keys, LAW.profile("0.11"))


@pytest.mark.parametrize("missing", ["per_unsur", "pooled", "complete"])
def test_policies_have_their_names(missing):
    assert checked_missing(missing) == missing
    with pytest.raises(UnknownNameError, match=f"no missing policy is named '{missing} '"):
        checked_missing(f"{missing} ")


@pytest.mark.parametrize("weight", [0.1, 0.2, 0.3, 0.7, 1 / 3, 1.1, 3.3])
@pytest.mark.parametrize("answers", [(3, 3, 3, 3, 3, 3, 3, 4), (1, 2, 4, 4, 4, 4, 4, 2)])
def test_a_tie_of_weighted_answers_goes_up_though_its_floats_lie_below(weight, answers):
    # a mean of 3.125 is an index of 78.125; in floats 78.12499999999999 under some of these weights
    frame = pd.DataFrame({f"U{n}": answers for n in range(1, 10)}).assign(w=weight)
    assert ikm.estimate(frame, design=ikm.Design(weight="w")).overall.published == Decimal("78.13")


def test_groups_with_and_without_answers_stand_beside_each_other():
    frame = pd.DataFrame({f"U{n}": [4.0, 3.0, 2.0, None, 1.0] for n in range(1, 10)})
    frame.loc[2, "U9"] = None
    frame["unit"] = list("aabcb")
    m = ikm.moments(frame, by="unit")
    found = points(m, LAW, profile=EXACT, missing="per_unsur")
    assert [str(g[0]) for g in m.groups] == ["a", "b", "c"]
    assert found.hundredths.tolist() == [8750, 3611, -1]  # b: eight unsur with 1.5 and one with 1
    assert found.ikm[:2] == pytest.approx([87.5, float(Fraction(13, 9) * 25)], rel=1e-15)
    assert np.isnan(found.ikm[2])
    assert np.isnan(found.nrr[2]).all()
    assert found.unsur_weight[2].tolist() == [0.0] * 9
    assert found.unsur_weight[:2] == pytest.approx(1 / 9, rel=1e-15)
    pooled = points(m, LAW, profile=EXACT, missing="pooled")
    assert pooled.hundredths.tolist() == [8750, 3676, -1]  # b: 25 points over 17 answers
    assert pooled.unsur_weight[1] == pytest.approx([2 / 17] * 8 + [1 / 17], rel=1e-15)
    assert pooled.unsur_weight[2].tolist() == [0.0] * 9
    complete = points(m, LAW, profile=EXACT, missing="complete")
    assert complete.hundredths.tolist() == [8750, 2500, -1]


def test_the_weight_of_an_unsur_that_nobody_answered_goes_to_the_others():
    frame = pd.DataFrame({key: [4.0, 2.0] for key in LAW.unsur_keys}).assign(waktu=None)
    m = ikm.moments(frame, UNEQUAL)
    share = points(m, UNEQUAL, profile=EXACT, missing="per_unsur").unsur_weight[0]
    assert share == pytest.approx([n / 42 if n != 3 else 0 for n in range(1, 10)], rel=1e-14)
    assert points(m, UNEQUAL, profile=EXACT, missing="pooled").ikm[0] == pytest.approx(75, rel=1e-14)


@pytest.mark.parametrize("profile", ["nrr2-0.11", "index2"])
def test_a_profile_that_rounds_on_the_way_is_for_counted_respondents_unsur_by_unsur(profile):
    frame = pd.DataFrame({f"U{n}": [4, 3] for n in range(1, 10)}).assign(w=[1.5, 1])
    with pytest.raises(
        EstimationError, match=f"{profile!r} rounds on the way and is for counted respondents"
    ):
        ikm.estimate(frame, design=ikm.Design(weight="w"), profile=profile)
    with pytest.raises(EstimationError, match="missing='pooled' has no such step"):
        ikm.estimate(frame, profile=profile, missing="pooled")
    assert ikm.estimate(frame, design=ikm.Design(weight="w"), profile="0.11").overall.ikm > 0


def test_groups_with_gaps_are_rounded_on_the_way_like_those_without():
    frame = pd.DataFrame({f"U{n}": [4.0, 3.0, 3.0, 4.0, 3.0, None] for n in range(1, 10)})
    frame.loc[5, "U1"] = 2.0
    frame["unit"] = list("aaabbb")
    result = ikm.estimate(frame, by="unit", profile="nrr2-0.11")
    assert result["a"].ikm == 82.4175
    # b: 3.00 once and 3.50 eight times, each times 0.11
    assert result["b"].ikm == float(25 * Fraction("0.11") * (3 + 8 * Fraction("3.5")))
    assert result["b"].published == Decimal("85.25")
