"""Confidence sets for ranks: by hand, against R, under relabelling, and how often they hold."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.findings import Findings
from sipukat.ikm.joint import Joint
from sipukat.ikm.ranks.gaussian_max import bonferroni, draws_of, peaks, rank_of_critical, simulated, step_down
from sipukat.ikm.ranks.letters import equal_sets
from sipukat.ikm.ranks.pairwise import pairs_from, pairs_of
from sipukat.ikm.ranks.ranking import rank

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "ranking.json").read_text("utf-8"))
UNSUR = [f"U{i}" for i in range(1, 10)]


def frame_of(answers):
    """Every respondent gives one score to all nine unsur."""
    rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    frame = pd.DataFrame({name: [score for _, score in rows] for name in UNSUR})
    return frame.assign(unit=[unit for unit, _ in rows])


def result_of(answers, **options):
    return ikm.estimate(frame_of(answers), by="unit", **options)


def pairs(theta, covariance, df=1e9):
    g = len(theta)
    held = Joint(
        names=tuple(range(g)),
        ikm=np.asarray(theta, dtype=float),
        covariance=covariance,
        n=np.full(g, 100),
        df=np.full(g, float(df)),
        left_out=(),
    )
    return pairs_from(held, covariance, at=np.arange(g), most_df=1e9, findings=Findings())


def sets(found, critical, *, single=False):
    chance = (found.difference_se > 0) & ~np.eye(len(found.names), dtype=bool)
    above = step_down(found.z, chance, critical, single=single).above
    return 1 + above.sum(axis=0), len(above) - above.sum(axis=1)


def sampled(found, *, draws=1000, level=0.95, single=False):
    held = draws_of(found, draws=draws, seed=1, confidence_level=level)
    return sets(found, simulated(held, level), single=single)


@pytest.fixture(scope="module")
def invented():
    frame = pd.DataFrame(REFERENCE["answers"], columns=UNSUR).assign(unit=REFERENCE["unit"])
    return ikm.estimate(frame, by="unit", design=ikm.Design(stratum="unit"))


def small_surveys(most=3):
    scores = st.lists(st.integers(1, most), min_size=2, max_size=12)
    return st.lists(scores, min_size=2, max_size=6)


def test_two_units_are_ranked_by_the_two_sided_t_test():
    # means 87.5 and 62.5, 400 respondents each: the variance of a mean is
    # (25^2 / 4) * 400 / 399 / 400 = 156.25 / 399, and z = 25 / sqrt(2 * that) = 28, far above 1.96
    design = ikm.Design(stratum="unit")
    found = rank(result_of({"A": [3, 4] * 200, "B": [2, 3] * 200}, design=design), draws=200_000)
    assert [(row.rank, row.rank_low, row.rank_high) for row in found.rows] == [(1, 1, 1), (2, 2, 2)]
    assert found.rows[0].se == pytest.approx((156.25 / 399) ** 0.5)
    level = step_down(
        np.zeros((2, 2)),
        ~np.eye(2, dtype=bool),
        simulated(draws_of(pairs([0, 0], np.eye(2)), draws=200_000, seed=1, confidence_level=0.95), 0.95),
    )
    assert level.first == pytest.approx(1.96, abs=0.02)


def test_three_units_by_hand():
    # SE of every difference is sqrt 2; the critical value of three equal means is
    # q(.95; 3, inf) / sqrt 2 = 3.314 / 1.414 = 2.344, that is 3.315 points
    low, high = sampled(pairs([80.0, 83.0, 87.0], np.eye(3)), draws=50_000)
    assert low.tolist() == [2, 2, 1]
    assert high.tolist() == [3, 3, 1]


def test_rank_sets_are_those_of_r(invented):
    found = rank(invented, draws=400_000)
    expected = REFERENCE["joint"]
    assert [row.rank_low for row in found.rows] == expected["low"]
    assert [row.rank_high for row in found.rows] == expected["high"]
    assert found.critical_value == pytest.approx(expected["critical"][-1], abs=0.02)
    assert found.rounds == len(expected["critical"])
    assert [row.se for row in found.rows] == pytest.approx(REFERENCE["se"], rel=1e-9)


def test_rank_sets_of_one_unit_at_a_time_are_those_of_r(invented):
    found = rank(invented, joint=False, draws=100_000)
    assert [(row.rank_low, row.rank_high) for row in found.rows] == [
        (row["low"], row["high"]) for row in REFERENCE["each"]
    ]
    assert not found.joint


@settings(max_examples=25)
@given(small_surveys(), st.permutations(range(6)))
def test_names_and_order_of_groups_play_no_part(groups, order):
    names = [f"unit {i}" for i in order[: len(groups)]]
    one = {f"g{i}": scores for i, scores in enumerate(groups)}
    other = dict(zip(names, groups, strict=True))
    here, there = (rank(result_of(answers), draws=1000) for answers in (one, other))
    for old, new in zip(one, other, strict=True):
        a, b = here[old], there[new]
        assert (a.rank, a.rank_low, a.rank_high) == (b.rank, b.rank_low, b.rank_high)


@settings(max_examples=25)
@given(small_surveys())
def test_one_more_point_for_everyone_changes_no_rank(groups):
    lower = {f"g{i}": scores for i, scores in enumerate(groups) if len(set(scores)) > 1}
    if len(lower) < 2:
        return
    higher = {name: [score + 1 for score in scores] for name, scores in lower.items()}
    low, high = (rank(result_of(answers), draws=1000) for answers in (lower, higher))
    assert [(r.rank_low, r.rank_high) for r in low.rows] == [(r.rank_low, r.rank_high) for r in high.rows]


def covariances(g):
    """A positive definite covariance with groups that vary together."""

    def of(seed):
        root = np.random.default_rng(seed).normal(size=(g, g))
        return root @ root.T + 0.2 * np.eye(g)

    return st.integers(0, 10**6).map(of)


@given(st.lists(st.floats(70, 90), min_size=5, max_size=5), covariances(5))
def test_stepping_down_is_never_wider_than_a_single_step_and_sets_hold_the_estimate(theta, covariance):
    found = pairs(theta, covariance)
    single_low, single_high = sampled(found, single=True)
    low, high = sampled(found)
    place = 1 + (found.difference < 0).sum(axis=1)
    assert (low >= single_low).all()
    assert (high <= single_high).all()
    assert (low <= place).all()
    assert (place <= high).all()


@given(st.lists(st.floats(70, 90), min_size=5, max_size=5), covariances(5))
def test_looking_at_few_draws_again_finds_the_critical_value_of_all(theta, covariance):
    found = pairs(theta, covariance)
    held = draws_of(found, draws=2000, seed=3, confidence_level=0.9)
    critical = simulated(held, 0.9)
    keep = ~np.eye(5, dtype=bool)
    for left in (keep, keep & (found.z < 1.5), np.tril(keep) & (found.z < 1.5)):
        if not left.any():
            continue
        error = held.error[:, None, :] - held.error[None, :, :]
        largest = (error * held.inverse[:, :, None])[left].max(axis=0)
        assert critical(left) == pytest.approx(np.sort(largest)[-rank_of_critical(2000, 0.9)], rel=1e-12)


@settings(max_examples=25)
@given(small_surveys(most=4))
def test_each_rank_by_itself_is_no_wider_than_all_at_once(groups):
    result = result_of({f"g{i}": scores for i, scores in enumerate(groups)})
    together, each = rank(result, draws=1000), rank(result, joint=False, draws=1000)
    for a, b in zip(together.rows, each.rows, strict=True):
        assert a.rank_low <= b.rank_low <= b.rank <= b.rank_high <= a.rank_high


def test_the_same_seed_gives_the_same_ranking(invented):
    assert rank(invented).to_dict() == rank(invented).to_dict()
    assert rank(invented).critical_value != rank(invented, seed=2).critical_value


@pytest.mark.parametrize(
    "theta", [[80.0] * 8, [70.0, 70.0, 75.0, 80.0, 80.0, 80.0, 84.0, 90.0]], ids=["equal", "distinct"]
)
def test_all_ranks_hold_at_once_as_often_as_promised(theta):
    # 400 samples at .95: three standard errors below are .917
    random = np.random.default_rng(20220330)
    theta, v = np.array(theta), np.linspace(0.5, 4, 8)
    best, worst = 1 + (theta[:, None] < theta).sum(axis=1), 8 - (theta[:, None] > theta).sum(axis=1)
    held = 0
    for _ in range(400):
        low, high = sampled(pairs(theta + random.normal(size=8) * np.sqrt(v), np.diag(v)))
        # among equal groups any order is true
        held += bool(((low <= best) & (worst <= high)).all())
    assert held / 400 >= 0.93


def test_ranks_hold_with_few_respondents_whose_variance_is_a_guess():
    random = np.random.default_rng(7)
    n = np.array([6, 8, 10, 15, 30, 60])
    held = 0
    for _ in range(400):
        theta = 80 + random.normal(size=6) * np.sqrt(100 / n)
        v = 100 / n * random.chisquare(n - 1) / (n - 1)
        found = Joint(names=tuple(range(6)), ikm=theta, covariance=np.diag(v), n=n, df=n - 1.0, left_out=())
        low, high = sampled(pairs_from(found, np.diag(v), at=np.arange(6), most_df=123, findings=Findings()))
        held += bool((low == 1).all() and (high == 6).all())
    assert held / 400 >= 0.93


def test_two_censuses_are_ranked_exactly_and_equal_ones_share_their_ranks():
    frame = frame_of({"A": [4, 3, 3], "B": [3, 4, 3], "C": [3, 3, 3], "D": [4, 4, 4]}).assign(people=3)
    design = ikm.Design(stratum="unit", population="people")
    found = rank(ikm.estimate(frame, by="unit", design=design))
    assert [(r.rank, r.rank_low, r.rank_high) for r in found.rows] == [
        (2, 2, 3),
        (2, 2, 3),
        (4, 4, 4),
        (1, 1, 1),
    ]
    assert found.rounds == 0
    assert np.isnan(found.critical_value)
    assert found.to_dict()["critical_value"] is None
    assert len(found.findings) == 0


def test_standard_errors_near_zero_give_the_exact_ranks():
    low, high = sampled(pairs([80.0, 80.1, 79.9], np.eye(3) * 1e-6))
    assert low.tolist() == high.tolist() == [2, 1, 3]


def test_equal_answers_of_a_sample_are_no_certainty():
    found = rank(result_of({"A": [4] * 5, "B": [3] * 5, "C": [2, 3, 4] * 20}))
    assert [f.code for f in found.findings] == ["IKM671"]
    assert found.findings[0].facts["groups"] == ["A", "B"]
    assert all(row.se > 0 for row in found.rows)
    assert (found["A"].rank_low, found["A"].rank_high) == (1, 3)
    # beta_ends reaches from 100 down to 63.48, t of 4 df is 2.776: 36.52 / 2.776 = 13.15
    assert found["A"].se == pytest.approx(13.15, abs=0.01)


def test_a_unit_that_met_no_angry_visitor_by_luck_is_not_ranked_first_too_often():
    # one in ten gives 1 on all questions, elsewhere too: all units are equal. Of 20 respondents
    # none is angry in 12 of 100 samples, and then the unit must not stand above the others
    random = np.random.default_rng(11)
    wrong = 0
    for _ in range(100):
        answers = {name: np.where(random.random(100) < 0.1, 1, 4).tolist() for name in "ABCD"}
        answers["lucky"] = [4] * 20
        wrong += rank(result_of(answers), draws=1000)["lucky"].rank_high < 5
    assert wrong <= 40  # 0.12 * 0.40 < 0.05


def test_a_group_without_a_known_error_is_named_and_not_ranked():
    found = rank(result_of({"A": [4, 3, 4], "B": [2, 3, 2], "C": [1]}))
    assert [row.group for row in found.rows] == ["A", "B"]
    assert [(f.code, f.facts["groups"]) for f in found.findings] == [("IKM670", ["C"])]
    assert "C" in found.findings[0].message("id")
    with pytest.raises(UnknownNameError, match="ranked group"):
        found["C"]


def test_draws_have_the_covariance_of_the_groups_that_share_psus():
    random = np.random.default_rng(5)
    day = np.repeat(np.arange(20), 20)
    mood = random.normal(size=20)[day]
    score = np.clip(np.round(3 + 0.6 * mood + random.normal(0, 0.5, 400)), 1, 4).astype(int)
    frame = pd.DataFrame(dict.fromkeys(UNSUR, score)).assign(unit=np.tile(list("ABCD"), 100), day=day)
    found = pairs_of(ikm.estimate(frame, by="unit", design=ikm.Design(psu="day")))
    assert found.covary
    held = draws_of(found, draws=100_000, seed=1, confidence_level=0.95)
    scale = np.sqrt(np.outer(np.diag(found.covariance), np.diag(found.covariance)))
    assert np.abs(np.cov(held.error) - found.covariance).max() < 0.03 * scale.max()
    # they rise and fall together, so a difference is surer than of independent groups
    independent = np.sqrt(np.add.outer(found.se**2, found.se**2))
    assert (found.difference_se < independent)[~np.eye(4, dtype=bool)].all()


def test_very_many_groups_are_ranked_without_simulation():
    groups = {f"u{i:04}": [2 + i % 2, 3, 3] for i in range(1001)}
    found = rank(result_of(groups))
    assert found.method == "bonferroni_step_down"
    assert found.draws == 0
    assert [f.code for f in found.findings if f.code == "IKM672"] == ["IKM672"]
    assert all(row.rank_low <= row.rank <= row.rank_high for row in found.rows)


def test_bonferroni_is_wider_than_the_simulation():
    found = pairs(np.linspace(70, 90, 10), np.eye(10) * 2)
    keep = ~np.eye(10, dtype=bool)
    held = draws_of(found, draws=20_000, seed=1, confidence_level=0.95)
    assert bonferroni(0.95)(keep) > simulated(held, 0.95)(keep)


def test_thirteen_units_of_the_invented_skm(shared):
    frame = pd.read_csv(shared("data/r-survey/skm_synth.csv"))
    design = ikm.Design(weight="w_base", stratum="unit_id", population="n_unit_pop")
    found = rank(ikm.estimate(frame, by="unit_id", design=design))
    assert found.best == ("U06", "U07")
    assert (found["U05"].rank_low, found["U05"].rank_high) == (2, 7)
    assert found.groups_of_equals()["a"] == ("U06", "U07")


def test_the_frame_is_alphabetical_unless_asked(invented):
    found = rank(invented)
    assert found.to_frame()["group"].tolist() == list("ABCDEF")
    by_ikm = found.to_frame(order="ikm")
    assert by_ikm["ikm"].is_monotonic_decreasing
    assert list(by_ikm.columns) == "group ikm published se rank rank_low rank_high n mutu".split()
    with pytest.raises(UnknownNameError, match="order"):
        found.to_frame(order="rank")


def test_the_ranking_is_plain_data_and_a_sentence(invented):
    found = rank(invented)
    held = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert held["format"] == "urn:sipukat:ranking:1"
    assert held["groups"][0]["group"] == "A"
    assert held["draws"] == 10_000
    assert found.sentence() == (
        "Dengan keyakinan 95 % untuk semua peringkat sekaligus, yang mungkin menempati peringkat 1 "
        "dari 6 kelompok: A, B dan D. 9 dari 15 pasang berbeda nyata."
    )
    assert "sendiri-sendiri" in rank(invented, joint=False).sentence()
    assert "joint 0.95: 6 groups, 3 may be first" in repr(found)
    assert found.worst == ("F",)


def test_where_nothing_differs_the_sentence_says_so():
    found = rank(result_of({"A": [3, 4], "B": [4, 3], "C": [2, 4]}))
    assert "tidak dapat diurutkan" in found.sentence()
    assert "cannot be put in order" in found.sentence("en")
    assert found.groups_of_equals() == {"a": ("A", "B", "C")}
    assert found.best == found.worst == ("A", "B", "C")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"confidence_level": 95}, "95 percent is 0.95"),
        ({"confidence_level": 1.0}, "between 0 and 1"),
        ({"draws": 10}, "at least 1,000"),
        ({"confidence_level": 0.9999, "draws": 2000}, "at least 10,0"),
        ({"draws": 10**9}, "can be held"),
    ],
)
def test_arguments_without_sense_are_refused(invented, options, error):
    with pytest.raises(ArgumentError, match=error):
        rank(invented, **options)


def test_a_result_without_two_groups_cannot_be_ranked():
    with pytest.raises(EstimationError, match="by="):
        rank(ikm.estimate(frame_of({"A": [3, 4]})))
    with pytest.raises(EstimationError, match="takes 2"):
        rank(result_of({"A": [3, 4], "B": [3]}))


def test_letters_of_ranks_that_do_not_hold_jointly_are_refused(invented):
    with pytest.raises(EstimationError, match="joint=True"):
        rank(invented, joint=False).groups_of_equals()


@given(st.integers(1, 8).flatmap(lambda g: st.lists(st.booleans(), min_size=g * g, max_size=g * g)))
def test_two_groups_share_a_letter_if_and_only_if_they_do_not_differ(flags):
    g = round(len(flags) ** 0.5)
    differ = np.triu(np.array(flags).reshape(g, g), 1)
    differ |= differ.T
    found = equal_sets(differ)
    shared_sets = np.zeros((g, g), dtype=bool)
    for places in found:
        shared_sets[np.ix_(places, places)] = True
    assert (shared_sets == ~differ).all()
    assert all(not set(a) < set(b) for a in found for b in found)


def test_too_many_sets_of_equals_are_refused_and_not_awaited():
    # 11 triples whose members differ: 3^11 largest sets
    differ = np.kron(np.eye(11, dtype=bool), ~np.eye(3, dtype=bool))
    with pytest.raises(EstimationError, match="rank_low"):
        equal_sets(differ)


def test_peaks_of_one_direction_are_below_those_of_both():
    found = pairs([1.0, 2.0, 3.0], np.eye(3))
    held = draws_of(found, draws=1000, seed=1, confidence_level=0.95)
    every = np.arange(1000)
    both = peaks(held, ~np.eye(3, dtype=bool), every)
    up = peaks(held, np.triu(np.ones((3, 3), dtype=bool), 1), every)
    assert (up <= both).all()
    assert (up < both).any()


def test_groups_of_two_columns_are_lists_in_plain_data():
    scores = {f"U{i}": [4, 3, 2, 4, 3, 3] for i in range(1, 10)}
    data = pd.DataFrame({"kota": list("xxxxyy"), "unit": list("AABBAA"), **scores})
    held = json.loads(json.dumps(rank(ikm.estimate(data, by=("kota", "unit"))).to_dict()))
    assert [row["group"] for row in held["groups"]] == [["x", "A"], ["x", "B"], ["y", "A"]]


def test_a_rank_stands_beside_the_figures_of_the_result():
    result = result_of({"A": [4, 4, 3, 4] * 10, "B": [3, 4, 4, 4] * 10, "C": [2, 3, 2, 3] * 10})
    for row in rank(result).rows:
        e = result[row.group]
        assert (row.ikm, row.published, row.n, row.mutu) == (e.ikm, e.published, e.used, e.mutu)
        assert row.se == pytest.approx(e.se)
    assert [row.mutu for row in rank(result).rows] == ["A", "A", "D"]
