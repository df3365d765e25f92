"""Noise hides any one respondent: the exact distribution, the ratio on neighbours, the interval."""

import math
import random
from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, ArgumentTypeError, EstimationError
from sipukat.ikm.noise import _happens, _laplace, _scales
from sipukat.standards import registry

LAW = "permenpanrb-14-2017"
UNSUR = [f"U{i}" for i in range(1, 10)]


def frame(n, *, groups=1, seed=1, low=1):
    rng = np.random.default_rng(seed)
    rows = rng.integers(low, 5, (n, 9))
    return pd.DataFrame(rows, columns=UNSUR).assign(unit=[f"unit {i % groups}" for i in range(n)])


def mass(x, scale):
    """The probability of x, from the closed form (1 - q) / (1 + q) q^|x|, with q = exp(-1 / scale)."""
    q = math.exp(-1 / float(scale))
    return (1 - q) / (1 + q) * q ** abs(x)


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(2), Fraction(7, 3)])
def test_the_drawn_integers_have_the_stated_distribution(scale):
    rng, draws = random.Random(20261124), 20_000  # noqa: S311  a seed, so that the test can be repeated
    counts = Counter(_laplace(scale, rng) for _ in range(draws))
    cells = [x for x in range(-40, 41) if mass(x, scale) * draws >= 5]
    expected = [mass(x, scale) * draws for x in cells]
    observed = [counts[x] for x in cells]
    expected.append(draws - sum(expected))
    observed.append(draws - sum(observed))
    chi2 = sum((o - e) ** 2 / e for o, e in zip(observed, expected, strict=True))
    df = len(expected) - 1
    assert chi2 < df + 4.5 * math.sqrt(2 * df)


def test_the_coin_under_it_falls_as_often_as_exp_of_minus_gamma():
    rng, draws = random.Random(7), 20_000  # noqa: S311
    for gamma in (Fraction(0), Fraction(1, 3), Fraction(1)):
        share = sum(_happens(gamma, rng) for _ in range(draws)) / draws
        assert share == pytest.approx(math.exp(-gamma), abs=4.5 * 0.5 / math.sqrt(draws))


@given(
    scores=st.lists(st.sampled_from([0, 1, 2, 3, 4]), min_size=9, max_size=9),
    epsilon=st.sampled_from([Fraction(1, 10), Fraction(1), Fraction(3)]),
    at=st.tuples(st.integers(-300, 300), st.integers(-300, 300)),
)
def test_no_outcome_is_more_than_exp_epsilon_times_as_likely_with_one_more_respondent(scores, epsilon, at):
    """The exact ratio of probabilities of the pair that is given away, whoever the respondent is."""
    answered = [x for x in scores if x]
    a, t = len(answered), sum(2 * x - 5 for x in answered)
    scale_a, scale_t = _scales(9, 3, epsilon)
    log_ratio = (abs(at[0] - a) - abs(at[0])) / scale_a + (abs(at[1] - t) - abs(at[1])) / scale_t
    assert abs(log_ratio) <= epsilon


def test_the_scales_of_the_two_integers_are_those_of_the_proof():
    assert _scales(9, 3, Fraction(1, 2)) == (Fraction(36), Fraction(108))


def test_with_a_budget_without_end_it_is_the_pooled_index():
    rows = frame(40, groups=3).mask(np.random.default_rng(3).random((40, 10)) < 0.1)
    rows["unit"] = rows["unit"].fillna("unit 0")
    given_ = ikm.with_noise(ikm.moments(rows, by="unit"), epsilon=10**9)
    truth = ikm.estimate(rows, by="unit", missing="pooled")
    assert given_.overall.ikm == truth.overall.published
    assert [each.ikm for each in given_.groups] == [truth[each.group[0]].published for each in given_.groups]


def test_the_interval_holds_the_truth_at_least_as_often_as_it_says():
    """Samples of a population of known index; noise and sampling error together."""
    rng = np.random.default_rng(11)
    people = rng.choice([1, 2, 3, 4], p=[0.05, 0.15, 0.5, 0.3], size=(100_000, 9))
    truth = people.mean() * 25
    source, held = random.Random(5), 0  # noqa: S311
    for _ in range(200):
        rows = pd.DataFrame(people[rng.integers(0, len(people), 80)], columns=UNSUR)
        one = ikm.with_noise(ikm.moments(rows), epsilon=1, source=source).overall
        held += one.low <= truth <= one.high
    assert held >= 185


@settings(max_examples=30)
@given(n=st.integers(1, 60), epsilon=st.sampled_from(["0.01", "1", "50"]), seed=st.integers(0, 99))
def test_whatever_the_noise_the_index_is_on_the_scale_and_in_its_interval(n, epsilon, seed):
    made = ikm.with_noise(
        ikm.moments(frame(n, groups=4), by="unit"),
        epsilon=epsilon,
        source=random.Random(seed),  # noqa: S311
    )
    for each in (made.overall, *made.groups):
        assert each.n >= 0
        if each.ikm is not None:
            assert 25 <= each.low <= float(each.ikm) + 0.005
            assert float(each.ikm) - 0.005 <= each.high <= 100
            assert each.mutu == ikm.classify(each.ikm).mutu


def test_the_budget_stands_on_the_result_in_the_table_and_in_words():
    made = ikm.with_noise(ikm.moments(frame(400, groups=2), by="unit"), epsilon="0.5")
    assert set(made.to_frame()["epsilon"]) == {0.5}
    assert made.to_dict()["epsilon"] == "1/2"
    assert "epsilon 0,5" in made.sentence("id")
    assert "epsilon 0.5" in made.sentence("en")


def test_noise_that_drowns_the_index_is_said():
    small = ikm.with_noise(ikm.moments(frame(20, groups=2), by="unit"), epsilon="0.1")
    large = ikm.with_noise(ikm.moments(frame(2000, groups=2), by="unit"), epsilon=1)
    assert [f.code for f in small.findings] == ["IKM710"]
    assert not large.findings


def test_noise_differs_from_call_to_call_and_the_state_of_random_plays_no_part():
    sums = ikm.moments(frame(50))
    seen = set()
    for _ in range(12):
        random.seed(1)
        np.random.seed(1)  # noqa: NPY002  the global state that must not matter
        seen.add(ikm.with_noise(sums, epsilon=1).overall.ikm)
    assert len(seen) > 1


@pytest.mark.parametrize("epsilon", [0, -1, "x", None, float("nan"), float("inf")])
def test_a_budget_that_is_no_number_above_0_is_refused(epsilon):
    with pytest.raises(ArgumentError, match="epsilon must be a number above 0"):
        ikm.with_noise(ikm.moments(frame(20)), epsilon=epsilon)


def test_weights_are_refused_and_so_is_a_frame():
    weighted = ikm.moments(frame(20).assign(bobot=2.0), design=ikm.Design(weight="bobot"))
    with pytest.raises(EstimationError, match="weighted"):
        ikm.with_noise(weighted, epsilon=1)
    with pytest.raises(ArgumentTypeError, match="give Moments"):
        ikm.with_noise(frame(20), epsilon=1)


def test_a_standard_with_unequal_weights_has_no_noise(tmp_path, monkeypatch):
    (tmp_path / "berat_sebelah.py").write_text(
        """
from fractions import Fraction
from sipukat import standards

law = standards.survey("permenpanrb-14-2017")
unsur = tuple(u.model_copy(update={"weight": Fraction(n, 45)}) for n, u in enumerate(law.unsur, 1))
berat = law.model_copy(update={"id": "berat", "unsur": unsur})
""",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    packaged = {LAW: f"sipukat.standards.packaged:{LAW.replace('-', '_')}"}
    found = registry.registry_of(packaged | {"berat": "berat_sebelah:berat"})
    monkeypatch.setattr(registry, "REGISTRY", found)
    sums = ikm.moments(frame(30), "berat")
    with pytest.raises(EstimationError, match="unsur of berat have different weights"):
        ikm.with_noise(sums, epsilon=1)
