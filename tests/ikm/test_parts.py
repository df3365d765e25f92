"""Where only complete answers count, every figure is that of the complete answers alone."""

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(rng.integers(1, 5, (60, 9)), columns=CODES, dtype=float)
    rows.loc[::4, "U3"] = np.nan
    return rows.assign(unit=["A", "B"] * 30, w=rng.uniform(1, 4, 60))


@pytest.mark.parametrize("design", [ikm.Design(), ikm.Design(weight="w")])
def test_incomplete_answers_change_no_figure_where_they_do_not_count(frame, design):
    ours = ikm.estimate(frame, by="unit", design=design, missing="complete")
    alone = ikm.estimate(frame.dropna(), by="unit", design=design)
    for name, theirs in alone.items():
        e, at = ours[name], theirs.at
        assert (e.used, e.n) == (theirs.n, 30)
        assert e.ikm == pytest.approx(theirs.ikm)
        # 45 complete of 60: they are a domain of the 60, whose variance is divided by 59
        assert e.deff * 59 / 60 == pytest.approx(theirs.deff * 44 / 45)
        for figure in ("weight", "kish", "used", "index_between"):
            assert getattr(e.part, figure)[at] == pytest.approx(getattr(theirs.part, figure)[at]), figure


def test_the_design_effect_of_weights_is_that_of_kish_and_of_nobody_one():
    weights = np.array([1.0, 2.0, 4.0])
    frame = pd.DataFrame({code: [3, 4, 2] for code in CODES}).assign(w=weights)
    part = ikm.estimate(frame, design=ikm.Design(weight="w")).overall.part
    assert part.kish == pytest.approx([3 * 21 / 49])
    nobody = ikm.estimate(
        frame.assign(**dict.fromkeys(CODES, np.nan)), design=ikm.Design(weight="w"), missing="complete"
    )
    assert nobody.overall.part.kish.tolist() == [1.0]
