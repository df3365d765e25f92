"""`estimate` on few answers: errors from the scores of respondents, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, standards
from sipukat.ikm.estimators import part_of

CODES = [f"U{n}" for n in range(1, 10)]
LAW = standards.get("permenpanrb-14-2017")


def _frame(*rows):
    return pd.DataFrame(
        [list(row) if isinstance(row, (list, tuple)) else [row] * 9 for row in rows], columns=CODES
    )


def _pooled_error(rows, weight_sum=1.0):
    """All answers over all answered questions: the error of a ratio of two sums over respondents."""
    y = np.array([sum(a for a in row if a is not None) for row in rows], dtype=float)
    r = np.array([sum(a is not None for a in row) for row in rows], dtype=float)
    n, ratio = len(rows), y.sum() / r.sum()
    z = (y - ratio * r) / r.sum()
    return 25 * ratio * weight_sum, 25 * weight_sum * np.sqrt(n / (n - 1) * (z**2).sum())


GAPS = [
    [4, 4, 3, None, 2, 4, 4, 3, 4],
    [3, 3, 3, None, 3, None, 3, 3, 3],
    [2, 4, 1, None, 2, 2, 4, 4, 2],
    [4, None, 4, None, 4, 3, 4, 4, 4],
]


@pytest.mark.parametrize(("profile", "weights"), [("exact", 1.0), ("0.11", 0.99)])
def test_pooled_answers_have_the_error_of_one_ratio_also_where_nobody_answered_an_unsur(profile, weights):
    found = ikm.estimate(_frame(*GAPS), missing="pooled", profile=profile).overall
    index, error = _pooled_error(GAPS, weights)
    assert found.ikm == pytest.approx(index, rel=1e-14)
    assert found.se == pytest.approx(error, rel=1e-12)


@pytest.mark.parametrize("missing", ["per_unsur", "pooled"])
def test_an_unsur_that_nobody_answered_leaves_index_and_error_to_the_others(missing):
    rows = [[4, 3, 2, None, 4, 4, 4, 4, 4], [2, 3, 2, None, 3, 3, 3, 3, 3], [1, 3, 4, None, 2, 2, 2, 2, 3]]
    found = ikm.estimate(_frame(*rows), missing=missing).overall
    people = np.array([[a for a in row if a is not None] for row in rows]).mean(axis=1) * 25
    assert found.ikm == pytest.approx(people.mean(), rel=1e-14)
    assert found.se == pytest.approx(people.std(ddof=1) / np.sqrt(3), rel=1e-13)
    assert np.isnan(found.nrr[LAW.unsur_keys[3]])
    assert np.isfinite(found.covariance[:3, :3]).all()


def test_two_answers_alike_and_one_that_differs_have_an_error():
    found = ikm.estimate(_frame(4, 4, 3)).overall
    assert found.se == pytest.approx(25 * np.std([4, 4, 3], ddof=1) / np.sqrt(3), rel=1e-14)
    assert ikm.estimate(_frame(4, 4, 4)).overall.se == 0


def test_answers_all_alike_under_any_weights_have_an_error_of_nothing():
    frame = _frame(3, 3, 3).assign(w=[0.1, 0.7, 1 / 3], U1=[4, 3, 2])
    found = ikm.estimate(frame, design=ikm.Design(weight="w")).overall
    assert found.covariance[1, 1] == 0.0
    assert found.covariance[0, 0] > 0


def test_answers_that_add_up_alike_have_an_error_of_exactly_nothing():
    rows = [[4, 2, *[3] * 7], [2, 4, *[3] * 7], [3, 3, *[3] * 7]]
    frame = _frame(*rows).assign(w=[0.1, 0.7, 1 / 3])
    found = ikm.estimate(frame, design=ikm.Design(weight="w")).overall
    assert found.se == 0.0
    assert found.covariance[0, 0] > 0


def test_headings_may_be_stated():
    frame = _frame(4, 3, 2).rename(columns={"U1": "Pertanyaan satu"})
    stated = ikm.estimate(frame, columns={"Pertanyaan satu": "persyaratan"}).overall
    assert stated.published == ikm.estimate(_frame(4, 3, 2)).overall.published


def test_only_full_forms_count_where_that_is_the_policy():
    rows = [*GAPS[:1], [4] * 9, [2] * 9, [3] * 9]
    m = ikm.moments(_frame(*rows))
    part = part_of(m, LAW, LAW.profile("exact"), "complete")
    assert (part.complete, part.used.tolist(), part.n.tolist()) == (True, [3], [4])
    found = ikm.estimate(_frame(*rows), missing="complete").overall
    assert (found.used, found.n) == (3, 4)
    # full forms are a domain of the four who were asked: 4 / 3 times the sum of ((a - 3) / 3)^2
    assert found.se == pytest.approx(25 * np.sqrt(4 / 3 * 2 / 9), rel=1e-14)
    assert not part_of(m, LAW, LAW.profile("exact"), "per_unsur").complete


def test_the_ends_of_the_scale_follow_the_printed_weights():
    part = part_of(ikm.moments(_frame(4, 3)), LAW, LAW.profile("0.11"), "per_unsur")
    assert (part.low.tolist(), part.high.tolist()) == (pytest.approx([24.75]), pytest.approx([99.0]))
    assert part.factor == 25
    assert part.df.dtype == np.float64
