"""What to mend first: gains, the lowest, derived importance, quadrants, and the follow-up plan."""

import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm, standards
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.ikm.mending.importance import (
    IMPORTANCES,
    importance_of,
    mean_partial,
    mean_relative_weights,
    relative_weights,
    wishart,
)
from sipukat.ikm.mending.lowest import holm, paired_p
from sipukat.ikm.mending.priorities import priorities
from sipukat.ikm.mending.prioritized import QUADRANTS
from sipukat.ikm.mending.rtl import Rencana, rtl
from sipukat.ikm.scales.answer_covariance import answer_covariance

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "importance.json").read_text(encoding="utf-8")
)
NAMES = [f"U{i}" for i in range(1, 10)]
KEYS = standards.survey("permenpanrb-14-2017").unsur_keys


@pytest.fixture
def frame():
    return pd.DataFrame(REFERENCE["answers"], columns=NAMES)


@pytest.fixture
def result(frame):
    return ikm.estimate(frame, order="peraturan")


def survey_of(rng, n, means, *, shared=0.7):
    latent = shared * rng.normal(size=(n, 1)) + math.sqrt(1 - shared**2) * rng.normal(size=(n, 9)) + means
    return pd.DataFrame(np.searchsorted([-2, -1, 0.5], latent) + 1, columns=NAMES)


def test_gains_are_those_worked_by_hand():
    # U1 has mean 2.5 with scores 2, 3; all other unsur 3.5 with scores 3, 4 of the same people
    rows = pd.DataFrame({name: [3, 4] * 20 for name in NAMES} | {"U1": [2, 3] * 20})
    found = priorities(ikm.estimate(rows, order="peraturan"))
    first = found.rows[0]
    assert (first.unsur, first.place, first.nilai) == ("persyaratan", 1, 62.5)
    assert first.gain == pytest.approx(25 / 9)  # one point of one ninth, times 25
    assert first.gain_se == pytest.approx(0, abs=1e-9)  # everyone differs by exactly one
    assert (first.mutu, first.next_mutu) == ("D", "C")
    assert first.gain_next == pytest.approx((65 - 62.5) / 9)
    assert first.gain_next_se == pytest.approx(25 / 9 * math.sqrt(0.25 / 39))  # s^2/n with n - 1 below
    assert found.lowest == ("persyaratan",)  # sign test: 2^-39, times 36 pairs


def test_gain_to_the_best_has_the_error_of_a_paired_difference(frame, result):
    found = priorities(result)
    best = frame.mean().idxmax()
    for name, key in zip(NAMES, KEYS, strict=True):
        difference = frame[best] - frame[name]
        assert found[key].gain == pytest.approx(25 / 9 * difference.mean(), abs=1e-12)
        assert found[key].gain_se == pytest.approx(
            25 / 9 * difference.std() / math.sqrt(len(frame)), abs=1e-9
        )


def test_gain_to_a_target_is_what_the_index_gains_when_the_answers_rise(frame, result):
    found = priorities(result, target=90)
    for name, key in zip(NAMES, KEYS, strict=True):
        lifted = frame.astype(float)
        lifted[name] += 90 / 25 - frame[name].mean()
        gain = 25 * lifted.to_numpy().mean() - 25 * frame.to_numpy().mean()
        assert found[key].gain == pytest.approx(gain, abs=1e-10)
        assert found[key].gain_se == pytest.approx(25 / 9 * frame[name].std() / math.sqrt(180))
    assert priorities(result, target=25).rows[0].gain == 0
    assert "Tidak ada unsur di bawah sasaran" in priorities(result, target=25).sentence()


def test_the_letter_and_value_are_those_of_the_result(result):
    table = result.unsur_frame().set_index("unsur")
    for row in priorities(result).rows:
        assert (row.nilai, row.low, row.high, row.mutu) == tuple(
            table.loc[row.unsur, ["nilai", "low", "high", "mutu"]]
        )


def test_paired_differences_are_the_paired_t_tests_of_r_by_holm(result):
    e = result.overall
    p = paired_p(
        np.array(list(e.nrr.values())),
        e.covariance,
        df=e.df,
        answered=np.array(list(e.answered.values())),
    )
    theirs = REFERENCE["paired_holm"]
    assert [p[i, j] for i, j in REFERENCE["pairs"]] == pytest.approx(theirs, rel=1e-9)
    assert holm(np.array(REFERENCE["paired_p"])) == pytest.approx(theirs, rel=1e-12)


def test_unsur_that_are_equal_in_truth_are_seldom_told_apart():
    rng = np.random.default_rng(23)
    wrong = 0
    for _ in range(100):
        e = ikm.estimate(survey_of(rng, 60, 0), order="peraturan").overall
        p = paired_p(np.array(list(e.nrr.values())), e.covariance, df=e.df, answered=np.full(9, 60))
        wrong += bool((p < 0.05).any())
    assert wrong <= 12  # 5 % promised for all pairs together: more than 12 of 100 has a chance of .002


def test_an_unsur_that_is_far_below_is_surely_the_lowest():
    rows = survey_of(np.random.default_rng(4), 200, np.array([0, 0, 0, -1.5, 0, 0, 0, 0, 0]))
    found = priorities(ikm.estimate(rows, order="peraturan"))
    assert found.lowest == ("biaya",)
    assert not found.findings.by_code("IKM685")
    assert "Biaya/Tarif nyata paling rendah." in found.sentence()


def test_an_unsure_lowest_is_named_with_its_rivals(result):
    found = priorities(result)
    (finding,) = found.findings.by_code("IKM685")
    rivals = [row.nama for row in found.rows[1:] if row.lowest]
    assert finding.facts["others"] == rivals
    assert rivals
    assert "tidak dapat dibedakan dari" in found.sentence()
    assert "cannot be told apart from" in found.sentence("en")


def test_one_respondent_tells_no_unsur_apart():
    found = priorities(ikm.estimate(pd.DataFrame([[1, 4, 4, 4, 4, 4, 4, 4, 4]], columns=NAMES)))
    assert len(found.lowest) == 9
    assert math.isnan(found.rows[0].gain_se)
    assert math.isnan(found.rows[0].importance)
    assert found.findings.by_code("IKM688")
    assert found.to_dict()["unsur"][0]["gain_se"] is None


def test_a_census_without_spread_is_certain():
    means, nothing = np.array([3.0, 4.0]), np.zeros((2, 2))
    answered = np.array([3, 3])
    assert paired_p(means, nothing, df=2, answered=answered)[0, 1] == 0.25
    assert paired_p(means, nothing, df=2, answered=answered, census=True)[0, 1] == 0
    assert paired_p(np.array([3.0, 3.0]), nothing, df=2, answered=answered, census=True)[0, 1] == 1


@pytest.mark.parametrize("method", IMPORTANCES)
def test_importance_is_that_of_r(method, frame, result):
    found = priorities(result, importance=method)
    assert [found[key].importance for key in KEYS] == pytest.approx(REFERENCE[method], rel=1e-9)
    assert all(row.importance_low < row.importance < row.importance_high for row in found.rows)


def test_relative_weights_are_those_of_r_and_sum_to_r_squared(frame):
    r = frame.corr().to_numpy()
    for outcome in range(9):
        weights = relative_weights(r, outcome)
        theirs = [x for x in REFERENCE["relative_weights_each"][outcome] if isinstance(x, float)]
        assert weights == pytest.approx(theirs, rel=1e-9)
        assert weights.sum() == pytest.approx(REFERENCE["r_squared"][outcome], rel=1e-9)


@settings(max_examples=15)
@given(order=st.permutations(range(9)), scale=st.floats(0.01, 100))
def test_relabelling_unsur_relabels_importance_and_scale_changes_nothing(order, scale):
    s = np.cov(np.array(REFERENCE["answers"]).T)
    order = list(order)
    for measure in IMPORTANCES.values():
        assert measure(s[np.ix_(order, order)] * scale) == pytest.approx(measure(s)[order], rel=1e-9)


def test_importance_of_many_matrices_is_that_of_each():
    s = wishart(np.eye(4) + 0.5, 40, draws=5, seed=3)
    for measure in IMPORTANCES.values():
        assert measure(s) == pytest.approx(np.array([measure(one) for one in s]), rel=1e-12)


def test_copied_unsur_have_no_partial_importance_and_it_is_said(frame):
    rows = frame.assign(U2=frame["U1"])
    found = priorities(ikm.estimate(rows, order="peraturan"), importance="partial")
    assert math.isnan(found["biaya"].importance)
    assert found["biaya"].quadrant is None
    assert "biaya" in found.findings.by_code("IKM688")[0].facts["unsur"]
    correlated = priorities(ikm.estimate(rows, order="peraturan"))
    assert not correlated.findings.by_code("IKM688")
    assert np.isnan(mean_partial(np.ones((3, 3)))).all()
    assert np.isnan(relative_weights(np.ones((3, 3)), 0)).all()


def test_intervals_of_relative_weights_cover():
    rng = np.random.default_rng(29)
    root = np.linalg.cholesky(0.5 * np.eye(4) + 0.5)
    truth = mean_relative_weights(0.5 * np.eye(4) + 0.5)
    rule = standards.survey("permenpanrb-14-2017")
    covered = 0.0
    base = answer_covariance(ikm.moments(survey_of(rng, 50, 0)), rule).only(np.arange(9) < 4)
    for seed in range(60):
        s = np.cov(root @ rng.normal(size=(4, 150)))
        held = type(base)(unsur=base.unsur, n=150, used=150, effective_n=150.0, mean=base.mean, covariance=s)
        found = importance_of(held, "relative_weights", confidence_level=0.95, draws=400, seed=seed)
        covered += ((found.low <= truth) & (truth <= found.high)).mean()
    assert covered / 60 > 0.88  # 240 intervals, in fours that depend: sd of about 2.5 %


def test_quadrants_are_cut_at_the_means(result):
    found = priorities(result)
    middle = np.mean([row.nrr for row in found.rows])
    cut = np.mean([row.importance for row in found.rows])
    names = {
        (True, False): "prioritas utama",
        (True, True): "pertahankan",
        (False, False): "prioritas rendah",
        (False, True): "berlebihan",
    }
    for row in found.rows:
        assert row.quadrant == names[row.importance >= cut, row.nrr >= middle]
    assert set(found.to_frame("en")["quadrant"]) <= set(QUADRANTS.values())


def test_a_quadrant_is_sure_only_where_both_intervals_lie_on_one_side():
    rng = np.random.default_rng(31)
    person = rng.normal(size=(1500, 1))
    strength = np.array([1.5, 1.5, 1.5, 1.5, 0.7, 0.3, 0.3, 0.3, 0.3])
    means = np.array([1, 1, -1, -1, 0, 1, 1, -1, -1]) * 0.8
    latent = strength * person + rng.normal(size=(1500, 9)) + means
    rows = pd.DataFrame(np.searchsorted([-2, -0.7, 0.8], latent) + 1, columns=NAMES)
    found = priorities(ikm.estimate(rows, order="peraturan"))
    sure = {key: (found[key].quadrant, found[key].sure) for key in KEYS}
    assert [sure[key] for key in KEYS[:4]] == [("pertahankan", True)] * 2 + [("prioritas utama", True)] * 2
    assert [sure[key] for key in KEYS[5:]] == [("berlebihan", True)] * 2 + [("prioritas rendah", True)] * 2
    few = priorities(ikm.estimate(rows[:25], order="peraturan"))
    assert not all(row.sure for row in few.rows)


def test_derived_importance_says_what_it_is_not(result):
    assert priorities(result).findings.by_code("IKM683")[0].facts == {"method": "correlation"}
    plain = priorities(result, importance="none")
    assert not plain.findings.by_code("IKM683")
    assert {row.quadrant for row in plain.rows} == {None}
    assert math.isnan(plain.effective_n)


@settings(max_examples=10)
@given(order=st.permutations(range(30)), times=st.integers(2, 4))
def test_order_of_rows_changes_nothing_and_copies_move_only_the_errors(order, times):
    rows = pd.DataFrame(REFERENCE["answers"][:30], columns=NAMES)
    one = priorities(ikm.estimate(rows), draws=200)
    other = priorities(ikm.estimate(rows.iloc[list(order)]), draws=200)
    assert other.to_dict() == one.to_dict()
    copies = priorities(ikm.estimate(pd.concat([rows] * times)), importance="none")
    for a, b in zip(one.rows, copies.rows, strict=True):
        assert (a.unsur, a.place) == (b.unsur, b.place)
        assert b.gain == pytest.approx(a.gain, abs=1e-9)
        assert b.gain_se <= a.gain_se + 1e-12


def test_a_group_is_a_domain_of_the_whole_survey(frame):
    held = frame.assign(unit=np.where(np.arange(180) < 100, "A", "B"))
    inside = priorities(ikm.estimate(held, by="unit", order="peraturan"), group="B")
    alone = priorities(ikm.estimate(frame[100:], order="peraturan"))
    assert inside.group == "B"
    assert (inside.n, inside.used, inside.effective_n) == (alone.n, alone.used, alone.effective_n)
    wider = math.sqrt((180 / 179) / (80 / 79))  # as R: the size of a domain is random
    for a, b in zip(inside.rows, alone.rows, strict=True):
        assert (a.unsur, a.nrr, a.mutu, a.importance) == (b.unsur, b.nrr, b.mutu, b.importance)
        assert a.gain == b.gain
        assert a.gain_se == pytest.approx(b.gain_se * wider, rel=1e-9, abs=1e-12)


def test_the_group_of_empty_cells_can_be_asked_for(frame):
    held = frame.assign(unit=np.where(np.arange(180) < 100, "A", None))
    result = ikm.estimate(held, by="unit")
    assert priorities(result, group=(None,)).n == 80
    assert priorities(result, group="A").n == 100
    assert priorities(result).n == 180


def test_the_design_enters_the_errors(frame):
    held = frame.assign(day=np.arange(180) % 12, w=1 + np.arange(180) % 3)
    plain = priorities(ikm.estimate(held[NAMES]))
    found = priorities(ikm.estimate(held, design=ikm.Design(weight="w", psu="day")))
    e = ikm.estimate(held, design=ikm.Design(weight="w", psu="day")).overall
    best = max(e.nrr, key=e.nrr.__getitem__)
    at = {name: i for i, name in enumerate(e.nrr)}
    for row in found.rows:
        i, b = at[row.unsur], at[best]
        variance = e.covariance[i, i] + e.covariance[b, b] - 2 * e.covariance[i, b]
        assert row.gain_se == pytest.approx(25 / 9 * math.sqrt(max(variance, 0)), abs=1e-9)
    assert found.effective_n <= plain.effective_n


def test_an_unsur_nobody_answered_is_left_out_and_said(frame):
    rows = frame.astype(float).assign(U4=np.nan)
    found = priorities(ikm.estimate(rows, order="peraturan"))
    assert len(found) == 8
    assert found.findings.by_code("IKM606")[0].facts["unsur"] == ["biaya"]
    assert found.findings.by_code("IKM688")  # nobody answered everything
    assert sum(row.nrr for row in found.rows) / 8 * 25 == pytest.approx(float(found.ikm), abs=0.005)
    with pytest.raises(UnknownNameError):
        found["biaya"]


def test_bare_codes_are_warned_of(frame):
    assert priorities(ikm.estimate(frame)).findings.by_code("IKM602")
    assert not priorities(ikm.estimate(frame, order="peraturan")).findings.by_code("IKM602")


def test_a_standard_without_letters_has_no_next_letter():
    rows = pd.DataFrame({f"A{n}": [6, 4, 5, 3, 6, 2 + n % 3] for n in range(1, 6)})
    found = priorities(ikm.estimate(rows, "spak"), importance="none")
    assert {row.next_mutu for row in found.rows} == {None}
    assert all(math.isnan(row.gain_next) for row in found.rows)


@pytest.mark.parametrize(
    ("options", "kind", "problem"),
    [
        ({"target": 4}, ArgumentError, "25 to 100"),
        ({"target": True}, ArgumentError, "25 to 100"),
        ({"target": float("nan")}, ArgumentError, "25 to 100"),
        ({"confidence_level": 95}, ArgumentError, "between 0 and 1"),
        ({"draws": 10}, ArgumentError, "at least 200"),
        ({"importance": "shapley"}, UnknownNameError, "relative_weights"),
        ({"group": "A"}, UnknownNameError, "no group"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(result, options, kind, problem):
    with pytest.raises(kind, match=problem):
        priorities(result, **options)


def test_nothing_answered_is_refused():
    rows = pd.DataFrame({name: [None, None] for name in NAMES}, dtype="Int8")
    with pytest.raises(EstimationError, match="nobody answered"):
        priorities(ikm.estimate(rows))


def test_the_sentence_names_three_unsur_and_what_they_bring(result):
    found = priorities(result)
    words = found.sentence()
    assert words.startswith("Tiga unsur yang paling menolong bila diperbaiki: ")
    for row in found.rows[:3]:
        assert row.nama in words
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.to_frame()["place"].is_monotonic_increasing


def test_the_follow_up_plan_has_the_headings_of_the_regulation_and_is_empty(result):
    found = priorities(result)
    table = rtl(found)
    texts = standards.survey("permenpanrb-14-2017").texts.rtl
    shown = table.to_frame()
    assert tuple(shown.columns[:5]) == texts.columns
    assert (table.place, table.confidence) == (texts.place, texts.confidence)
    assert shown["Prioritas Unsur"].tolist() == [row.nama for row in found.rows]
    assert set(shown[texts.columns[2]]) == set(shown[texts.columns[4]]) == {""}
    assert len(table.open) == 9
    assert table.done_share is None
    assert len(rtl(found, most=3)) == 3
    with pytest.raises(ArgumentError, match="at least 1"):
        rtl(found, most=0)


def test_a_filled_plan_comes_back_from_its_data(result):
    table = rtl(priorities(result), most=3)
    first, second, _ = (row.unsur for row in table.rows)
    plans = [
        Rencana(
            unsur=first,
            program="Pelatihan petugas loket",
            tahun=2026,
            waktu=("TW II", "TW I"),
            penanggung_jawab="Kepala Seksi Pelayanan",
            status="selesai",
            selesai_pada=date(2026, 5, 4),
        ),
        Rencana(unsur=first, program="Papan alur", waktu=("TW III",)),
        Rencana(unsur=second, program="Kotak saran"),
    ]
    filled = table.filled(plans)
    assert [(row.number, row.rencana.program) for row in filled.rows] == [
        (1, "Pelatihan petugas loket"),
        (1, "Papan alur"),
        (2, "Kotak saran"),
        (3, ""),
    ]
    shown = filled.to_frame()
    assert shown["Waktu (TW I-IV)"][0] == "TW I dan TW II 2026"
    assert filled.to_frame("en")["Status"].tolist() == ["done", "not started", "not started", "not started"]
    assert filled.done_share == pytest.approx(1 / 3)
    assert len(filled.open) == 3  # the first unsur has a second line that is still open
    held = json.loads(json.dumps(filled.to_dict(), allow_nan=False))
    again = table.filled([row["rencana"] for row in held["rows"]])
    assert again == filled


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        ({"waktu": ["TW V"]}, "TW IV"),
        ({"waktu": ["TW I", "TW I"]}, "named twice"),
        ({"program": "x", "status": "selesai"}, "selesai_pada"),
        ({"program": "x", "selesai_pada": "2026-01-02"}, "selesai_pada"),
        ({"status": "berjalan"}, "program is empty"),
        ({"tahun": 26}, "2000"),
        ({"siapa": "Budi"}, "siapa"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_its_place(result, plan, problem):
    table = rtl(priorities(result))
    with pytest.raises(ArgumentError):
        Rencana(unsur="biaya", **plan)
    with pytest.raises(ArgumentError, match=problem) as failure:
        table.filled([{"unsur": "waktu"}, {"unsur": "biaya", **plan}])
    assert "rencana[1]" in str(failure.value)


def test_a_plan_for_an_unsur_that_is_not_in_the_table_is_refused(result):
    with pytest.raises(UnknownNameError, match="parkir"):
        rtl(priorities(result)).filled([Rencana(unsur="parkir")])


def test_a_standard_without_a_plan_gets_the_usual_headings_and_says_so():
    rows = pd.DataFrame({f"A{n}": [6, 4, 5, 3, 6, 2 + n % 3] for n in range(1, 6)})
    table = rtl(priorities(ikm.estimate(rows, "spak"), importance="none"))
    assert (table.place, table.confidence) == ("", "C")
    assert table.columns[1] == "Prioritas Unsur"


def test_the_sentence_names_the_target_that_was_asked_for(result):
    assert "bila masing-masing naik ke nilai 90,00" in priorities(result, target=90).sentence()
    assert "90,00" not in priorities(result).sentence()


def test_where_one_unsur_alone_varies_there_is_no_importance():
    scores = pd.DataFrame({name: [3, 3, 3, 3] for name in NAMES}).assign(**{NAMES[0]: [3, 4, 2, 3]})
    found = priorities(ikm.estimate(scores))
    assert all(math.isnan(row.importance) for row in found.rows)


def test_a_second_line_of_an_unsur_is_filled_together_with_its_first(result):
    table = rtl(priorities(result), most=1)
    unsur = table.rows[0].unsur
    two = table.filled([{"unsur": unsur, "program": "satu"}, {"unsur": unsur, "program": "dua"}])
    again = two.filled([{"unsur": unsur, "program": "tiga"}])
    assert [row.rencana.program for row in two.rows] == ["satu", "dua"]
    assert [row.rencana.program for row in again.rows] == ["tiga"]


def test_simulated_importance_takes_two_thousand_draws_of_a_fixed_seed_unless_told(result):
    usual = priorities(result, importance="relative_weights")
    told = priorities(result, importance="relative_weights", draws=2000, seed=20170508)
    fewer = priorities(result, importance="relative_weights", draws=1999)
    lows = [[row.importance_low for row in found.rows] for found in (usual, told, fewer)]
    assert lows[0] == lows[1] != lows[2]


def test_two_unsur_that_vary_are_as_important_as_they_go_together():
    scores = pd.DataFrame({name: [3.0] * 6 for name in NAMES})
    scores = scores.assign(**{NAMES[0]: [3, 4, 2, 3, 4, 1], NAMES[1]: [3, 4, 3, 2, 4, 2]})
    found = [row.importance for row in priorities(ikm.estimate(scores)).rows]
    together = np.corrcoef(scores[NAMES[0]], scores[NAMES[1]])[0, 1]
    assert [value for value in found if not math.isnan(value)] == pytest.approx([together] * 2)
