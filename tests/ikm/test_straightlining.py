"""Forms with one score throughout, and the index without them, against R's survey."""

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm, read_survey
from sipukat.errors import ArgumentError, ColumnError, EstimationError
from sipukat.ikm.mending.straightlining import straight_scores, straightlining
from sipukat.survey import quality

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "straightlining.json").read_text(encoding="utf-8")
)
NAMES = [f"U{i}" for i in range(1, 10)]
DESIGNS = {
    "simple": ikm.Design(),
    "strata": ikm.Design(weight="weight", stratum="stratum"),
    "psus": ikm.Design(weight="weight", stratum="stratum", psu="psu"),
}


@pytest.fixture
def frame():
    rows = REFERENCE["rows"]
    table = pd.DataFrame(rows["answers"], columns=NAMES, dtype=float)
    return table.assign(**{name: rows[name] for name in ("weight", "stratum", "psu", "layanan")})


def assert_effect(ours, theirs):
    for name, value in theirs.items():
        assert getattr(ours, name) == pytest.approx(value, rel=1e-9), name


def test_a_survey_worked_by_hand():
    # two straight forms (4 and 3); the other two have 2 2 2 3 3 3 4 4 4 and 2 2 2 2 3 3 3 3 4
    rows = [[4] * 9, [3] * 9, [2, 2, 2, 3, 3, 3, 4, 4, 4], [2, 2, 2, 2, 3, 3, 3, 3, 4]]
    found = straightlining(pd.DataFrame(rows, columns=NAMES)).overall
    assert (found.n, found.straight, found.share, found.scores) == (4, 2, 0.5, {3: 1, 4: 1})
    assert found.published == Decimal("79.17")  # 25 (36 + 27 + 27 + 24) / 36
    assert found.published_without == Decimal("70.83")  # 25 (27 + 24) / 18
    # respondents' own indices: y = 100, 75, 75, 66.67; the variance of a difference of means by its scores
    y = np.array([100, 75, 75, 200 / 3])
    other = np.array([0, 0, 1, 1])
    z = other * (y - y[2:].mean()) / 2 - (y - y.mean()) / 4
    assert found.se == pytest.approx(math.sqrt(4 / 3 * (z**2).sum()), rel=1e-12)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_effect_and_its_error_are_those_of_r(design, frame):
    found = straightlining(frame, design=DESIGNS[design])
    assert found.overall.straight == REFERENCE["straight"]
    assert_effect(found.overall, REFERENCE["effects"][design])


def test_a_group_is_a_domain_of_the_whole_design_as_in_r(frame):
    found = straightlining(frame, design=DESIGNS["psus"], by="layanan")
    assert_effect(found["KTP"], REFERENCE["effects"]["psus_ktp"])
    assert_effect(found.overall, REFERENCE["effects"]["psus"])


def test_replicate_weights_give_the_error_of_r(frame):
    theirs = REFERENCE["replicates"]
    columns = tuple(f"r{i}" for i in range(len(theirs["rscales"])))
    held = frame.join(pd.DataFrame(theirs["weights"], columns=columns))
    rule = ikm.ReplicateWeights(columns=columns, method="JKn", rscales=tuple(theirs["rscales"]))
    found = straightlining(held, design=ikm.Design(weight="weight", replicate_weights=rule)).overall
    assert found.difference == pytest.approx(theirs["difference"], rel=1e-9)
    assert found.se == pytest.approx(theirs["se"], rel=1e-9)


def test_the_count_is_that_of_the_quality_check(frame):
    responses = read_survey(frame[NAMES], order="peraturan").responses
    found = straightlining(responses)
    (finding,) = quality(responses).by_code("SRV409")
    assert (found.overall.straight, found.overall.n) == (finding.facts["n"], finding.facts["of"])


def test_indices_are_those_of_estimate_with_and_without_the_rows(frame):
    answers = frame[NAMES]
    straight = answers.notna().all(axis=1) & (answers.min(axis=1) == answers.max(axis=1))
    found = straightlining(frame, by="layanan")
    with_all = ikm.estimate(frame, by="layanan")
    without = ikm.estimate(frame[~straight], by="layanan")
    for name in ("KK", "KTP"):
        assert found[name].published == with_all[name].published
        assert found[name].published_without == without[name].published
        assert found[name].mutu_without == without[name].mutu
    assert found.overall.published_without == without.overall.published


def test_engines_and_the_index_of_the_rows_change_nothing(frame):
    one = straightlining(frame, by="layanan").to_dict()
    moved = frame.set_index(pd.Index(range(500, 760)))
    polars = pl.from_pandas(frame.astype({"layanan": str}))
    assert straightlining(moved, by="layanan").to_dict() == one
    assert straightlining(polars, by="layanan").to_dict() == one
    assert straightlining(polars.lazy(), by="layanan").to_dict() == one


@settings(max_examples=10)
@given(st.permutations(range(12)), st.floats(0.1, 1e4))
def test_order_of_rows_and_scale_of_weights_change_nothing(order, scale):
    rows = [[4] * 9, [4] * 9, [2] * 9, *([1 + (i * j) % 4 for j in range(9)] for i in range(1, 10))]
    table = pd.DataFrame(rows, columns=NAMES).assign(w=np.arange(1, 13) / 7)
    design = ikm.Design(weight="w")
    one = straightlining(table, design=design).overall
    other = straightlining(table.iloc[list(order)].assign(w=lambda t: t["w"] * scale), design=design).overall
    assert other.straight == one.straight
    for name in ("difference", "se", "weighted_share"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-8), name


def test_the_error_is_that_of_simulated_surveys():
    rng = np.random.default_rng(17)
    effects = []
    for _ in range(60):
        person = rng.normal(size=(150, 1))
        table = np.searchsorted([-2, -1, 0.8], person + rng.normal(size=(150, 9))) + 1
        line = rng.random(150) < 0.2
        table[line] = 4
        effects.append(straightlining(pd.DataFrame(table, columns=NAMES)).overall)
    spread = np.std([e.difference for e in effects])
    assert np.mean([e.se for e in effects]) == pytest.approx(spread, rel=0.35)  # 60 draws: sd of 9 %


def test_fewest_lets_forms_with_blanks_be_judged():
    rows = pd.DataFrame([[3.0] * 5 + [np.nan] * 4, [3.0] * 4 + [np.nan] * 5, [1, 2, 3, 4, 1, 2, 3, 4, 1]])
    rows.columns = NAMES
    assert straightlining(rows).overall.straight == 0
    assert straightlining(rows, fewest=5).overall.straight == 1
    assert straightlining(rows, fewest=4).overall.straight == 2
    assert straight_scores([np.array([2, 0], np.int8)] * 3, 2).tolist() == [2, 0]


def test_without_straight_forms_there_is_no_effect_and_no_error():
    rows = pd.DataFrame([[1, 2, 3, 4, 1, 2, 3, 4, 1], [4, 3, 2, 1, 4, 3, 2, 1, 4]], columns=NAMES)
    found = straightlining(rows)
    assert found.overall.difference == 0
    assert math.isnan(found.overall.se)
    assert found.overall.published == found.overall.published_without
    assert not found.findings
    assert found.sentence() == "Tidak ada lembar yang bernilai sama untuk semua unsur."


def test_a_group_of_straight_forms_only_has_no_index_without_them_and_is_named():
    rows = pd.DataFrame([[4] * 9, [3] * 9, [1, 2, 3, 4, 1, 2, 3, 4, 1]], columns=NAMES).assign(
        unit=list("AAB")
    )
    found = straightlining(rows, by="unit")
    assert found["A"].published_without is None
    assert math.isnan(found["A"].difference)
    assert [(f.code, f.path) for f in found.findings.by_code("IKM684")] == [("IKM684", "A")]
    assert found.to_dict()["groups"][0]["ikm_without"] is None
    everyone = straightlining(rows[:2][NAMES])
    assert "tidak ada indeks" in everyone.sentence()


def test_a_change_of_letter_is_a_finding_and_no_change_is_none(frame):
    found = straightlining(frame)
    (finding,) = found.findings.by_code("IKM686")
    assert (finding.facts["mutu"], finding.facts["mutu_without"]) == ("B", "C")
    few = frame[NAMES].copy()
    few["U1"] = np.where(np.arange(260) % 20 == 0, few["U1"], 5 - few["U2"].fillna(2))
    steady = straightlining(few)
    assert steady.overall.mutu == steady.overall.mutu_without
    assert not steady.findings


def test_the_frame_has_a_row_a_group_and_a_column_a_score(frame):
    table = straightlining(frame, by=("layanan", "stratum")).to_frame()
    assert len(table) == 6
    assert table[[f"score_{s}" for s in range(1, 5)]].sum(axis=1).tolist() == table["straight"].tolist()
    assert table["straight"].sum() == REFERENCE["straight"]
    assert len(straightlining(frame).to_frame()) == 1


def test_the_sentence_names_both_indices(frame):
    found = straightlining(frame, design=DESIGNS["psus"])
    assert "47 dari 260 lembar (18,1 %)" in found.sentence()
    assert "menjadi 76,04, bukan 78,40 (-2,36 poin; selang 95 %: -3,81 sampai -0,91)" in found.sentence()
    assert "76.04 instead of 78.40" in found.sentence("en")
    json.dumps(found.to_dict(), allow_nan=False)


def test_what_holds_no_rows_and_what_makes_no_sense_is_refused(frame):
    rows = frame[NAMES]
    with pytest.raises(ArgumentError, match="without rows"):
        straightlining(ikm.moments(rows))
    with pytest.raises(ArgumentError, match="without rows"):
        straightlining(ikm.estimate(rows))
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        straightlining(rows, confidence_level=95)
    for fewest in (1, 10, True):
        with pytest.raises(ArgumentError, match="2 to 9 answers"):
            straightlining(rows, fewest=fewest)
    with pytest.raises(EstimationError, match="no respondent"):
        straightlining(rows[:0])
    with pytest.raises(ColumnError, match="no dataframe"):
        straightlining(3)


def test_a_group_of_straight_forms_alone_has_no_effect_under_replicate_weights():
    rng = np.random.default_rng(7)
    replicates = {f"r{i}": rng.choice([0.5, 1.0, 1.5], 6) for i in range(6)}
    answers = {name: [3, 4, 2, 3, 3, 4] for name in NAMES}
    data = pd.DataFrame({"unit": list("AAAABB"), "w": 1.0, **replicates, **answers})
    data.loc[:2, NAMES[0]] = 1
    design = ikm.Design(
        weight="w", replicate_weights=ikm.ReplicateWeights(columns=tuple(replicates), method="bootstrap")
    )
    mixed, alike = straightlining(data, by="unit", design=design).groups
    assert (mixed.straight, alike.straight) == (1, 2)
    assert mixed.se > 0
    assert alike.published_without is None
    assert math.isnan(alike.se)


def test_replicates_are_taken_about_the_effect_itself_where_the_rule_says_so():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame(rng.integers(1, 5, (24, 9)), columns=NAMES, dtype=float)
    frame.loc[:4] = 4.0  # five straight forms, which alone answered U9
    frame.loc[5:, "U9"] = np.nan
    columns = tuple(f"r{i}" for i in range(6))
    frame = frame.assign(w=1.0, **{c: rng.choice([0.0, 2.0], 24) + 0.5 for c in columns})
    replicates = ikm.ReplicateWeights(columns=columns, method="BRR", mse=True)
    found = straightlining(
        frame, design=ikm.Design(weight="w", replicate_weights=replicates), fewest=8
    ).overall

    def effect(weight):
        rest = frame.loc[5:]
        with_all, without = (
            ikm.estimate(held, design=ikm.Design(weight=weight)).overall.ikm for held in (frame, rest)
        )
        return without - with_all

    spread = np.mean([(effect(c) - effect("w")) ** 2 for c in columns])
    assert found.difference == pytest.approx(effect("w"))
    assert found.se == pytest.approx(spread**0.5)


def test_columns_that_are_named_by_hand_are_counted_as_any_other(frame):
    headings = [f"jawaban {i}" for i in range(1, 10)]
    keys = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
    found = straightlining(
        frame.rename(columns=dict(zip(NAMES, headings, strict=True))),
        columns=dict(zip(headings, keys, strict=True)),
        by="layanan",
    )
    assert found.overall == straightlining(frame, by="layanan").overall
