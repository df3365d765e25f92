"""What must hold between two results when the answers are changed in a way whose effect is known."""

import json
import math
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sipukat import ikm, read_survey, standards
from sipukat.ikm.moments import Moments
from sipukat.testing.strategies import designs, frames

RULE = standards.survey("permenpanrb-14-2017")
KEYS = list(RULE.unsur_keys)
FEW = settings(max_examples=15, deadline=None)
VERY_FEW = settings(max_examples=6, deadline=None)


def same(one, other, *, rel=1e-10):
    """Whether two estimates say the same, but for rounding in the last places."""
    for name in ("ikm", "se", "low", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=rel, abs=1e-9, nan_ok=True), name
    assert (one.n, one.mutu) == (other.n, other.mutu)


def whole(frame, **how):
    return ikm.estimate(frame, **how).overall


def defined(frame):
    """Leave out frames in which a question was answered by nobody, which have no index."""
    assume(frame[KEYS].notna().any().all())


@FEW
@given(designs(least=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(sample, random):
    order = random.sample(range(len(sample.frame)), len(sample.frame))
    same(whole(sample.frame, design=sample.design), whole(sample.frame.iloc[order], design=sample.design))


@FEW
@given(frames(), st.permutations(["unit", "tanggal", *KEYS]))
def test_the_order_of_columns_says_nothing(frame, order):
    assert ikm.moments(frame, by="unit") == ikm.moments(frame[list(order)], by="unit")


@FEW
@given(frames(), st.permutations(KEYS))
def test_answers_given_to_other_unsur_of_equal_weight_give_the_same_index(frame, order):
    moved = frame.rename(columns=dict(zip(KEYS, order, strict=True)))
    same(whole(frame), whole(moved))


@FEW
@given(designs(least=2), st.data())
def test_sums_of_parts_are_the_sums_of_the_whole(sample, data):
    assume("psu" not in sample.design.model_dump(exclude_none=True) and sample.design.population is None)
    cut = data.draw(st.integers(1, len(sample.frame) - 1))
    parts = [
        ikm.moments(part, RULE, by="unit", design=sample.design)
        for part in (sample.frame[:cut], sample.frame[cut:])
    ]
    both = ikm.estimate(Moments.from_json(parts[0].to_json()) + parts[1])
    same(both.overall, whole(sample.frame, by="unit", design=sample.design), rel=1e-8)


@FEW
@given(frames())
def test_other_names_of_units_give_the_same_results_under_those_names(frame):
    other = {"A": "Loket 9", "B": "Zona Ñ", "C": "0"}
    ours, theirs = (ikm.estimate(f, by="unit") for f in (frame, frame.assign(unit=frame["unit"].map(other))))
    assert {other[name] for name in ours} == set(theirs)
    for name, estimate in ours.items():
        same(estimate, theirs[other[name]])


@FEW
@given(frames(least=3, missing=False))
def test_all_rows_twice_give_the_same_index_with_the_known_smaller_error(frame):
    n, one = len(frame), whole(frame)
    two = whole(pd.concat([frame, frame], ignore_index=True))
    assert (two.n, two.ikm, two.mutu) == (2 * n, pytest.approx(one.ikm), one.mutu)
    assert two.se == pytest.approx(one.se * math.sqrt((n - 1) / (2 * n - 1)), abs=1e-9)
    assert two.high - two.low <= one.high - one.low + 1e-9


@FEW
@given(frames(least=3), st.integers(1, 60), st.data())
def test_weights_in_another_unit_say_the_same(frame, thousandths, data):
    n = len(frame)
    weights = np.array(data.draw(st.lists(st.integers(4, 400), min_size=n, max_size=n))) / 4
    design = ikm.Design(weight="w")
    one, other = (whole(frame.assign(w=weights * by), design=design) for by in (1, thousandths / 1000))
    same(one, other, rel=1e-8)


@FEW
@given(frames(least=3))
def test_equal_weights_are_no_weights(frame):
    weighted = whole(frame.assign(w=2.5), design=ikm.Design(weight="w"))
    assert (weighted.ikm, weighted.se) == pytest.approx((whole(frame).ikm, whole(frame).se), nan_ok=True)


@FEW
@given(frames(least=3))
def test_the_scale_turned_round_turns_the_index_round(frame):
    turned = frame.assign(**{key: 5 - frame[key] for key in KEYS})
    one, other = whole(frame), whole(turned)
    assert other.ikm == pytest.approx(125 - one.ikm, nan_ok=True)
    assert other.se == pytest.approx(one.se, abs=1e-9, nan_ok=True)


@FEW
@given(frames(), st.data())
def test_one_better_answer_never_lowers_the_index(frame, data):
    defined(frame)
    row, key = data.draw(st.integers(0, len(frame) - 1)), data.draw(st.sampled_from(KEYS))
    score = frame.loc[row, key]
    assume(score is not pd.NA and score < 4)
    better = frame.copy()
    better.loc[row, key] = score + 1
    assert whole(better).ikm > whole(frame).ikm


@FEW
@given(frames())
def test_a_group_that_nobody_is_in_changes_nothing(frame):
    units = pd.Categorical(frame["unit"], categories=["A", "B", "C", "kosong"])
    ours, theirs = ikm.estimate(frame, by="unit"), ikm.estimate(frame.assign(unit=units), by="unit")
    assert "kosong" not in theirs
    assert ours.moments.n.sum() == theirs.moments.n.sum() == len(frame)
    same(ours.overall, theirs.overall)


@FEW
@given(frames())
def test_a_column_that_is_not_used_changes_nothing(frame):
    more = frame.assign(catatan="x", nilai=range(len(frame)))
    assert ikm.moments(frame, by="unit") == ikm.moments(more, by="unit")


@FEW
@given(frames(least=2))
def test_by_unit_is_each_unit_alone(frame):
    for name, estimate in ikm.estimate(frame, by="unit").items():
        alone = whole(frame[frame["unit"] == name])
        assert (estimate.n, estimate.ikm) == (alone.n, pytest.approx(alone.ikm, nan_ok=True))


@FEW
@given(frames(least=2))
def test_units_pooled_are_the_whole(frame):
    result = ikm.estimate(frame, by="unit")
    assert result.rollup("pooled").ikm == pytest.approx(whole(frame).ikm, nan_ok=True)


@FEW
@given(frames(least=5), st.floats(0.5, 0.98), st.floats(0.001, 0.019))
def test_more_confidence_is_a_wider_interval(frame, level, more):
    one, other = (whole(frame, confidence_level=c) for c in (level, level + more))
    assume(math.isfinite(one.low))
    assert other.low <= one.low <= one.ikm + 1e-9
    assert one.ikm - 1e-9 <= one.high <= other.high


@FEW
@given(frames())
def test_the_rounded_weight_of_the_law_differs_as_its_formula_says(frame):
    exact, rounded = whole(frame, profile="exact"), whole(frame, profile="0.11")
    assert rounded.ikm == pytest.approx(float(9 * RULE.profile("0.11").weight) * exact.ikm, nan_ok=True)


@VERY_FEW
@given(frames(least=2))
def test_engines_agree(frame):
    sums = ikm.moments(frame, by="unit")
    if find_spec("polars"):
        import polars as pl

        assert ikm.moments(pl.from_pandas(frame), by="unit") == sums
    if find_spec("pyarrow"):
        import pyarrow as pa

        assert ikm.moments(pa.Table.from_pandas(frame), by="unit") == sums


@settings(max_examples=2, deadline=None)
@given(frames(least=2, most=10))
def test_a_database_agrees(frame):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    with duckdb.connect() as connection:
        connection.register("jawaban", frame)
        assert ikm.moments(connection.table("jawaban"), by="unit") == ikm.moments(frame, by="unit")


@VERY_FEW
@given(frames(least=3, most=8, missing=False))
def test_the_same_rows_in_every_format_are_the_same_survey(tmp_path_factory, frame):
    folder = tmp_path_factory.mktemp("format")
    plain = frame[["unit", *KEYS]]
    plain.to_csv(folder / "a.csv", index=False)
    plain.to_excel(folder / "a.xlsx", index=False)
    (folder / "a.json").write_text(json.dumps(json.loads(plain.to_json(orient="records"))))
    results = [
        ikm.estimate(read_survey(folder / name, order="peraturan").responses, by="unit").moments
        for name in ("a.csv", "a.xlsx", "a.json")
    ]
    assert results[0] == results[1] == results[2] == ikm.moments(frame, by="unit")
