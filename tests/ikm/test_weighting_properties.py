"""What holds for every weighting: totals are met, and order, scale and names do not matter."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from sipukat.ikm.weighting import adjust_nonresponse, calibrate, post_stratify, rake, trim

SEXES, UNITS = ("L", "P"), ("A", "B", "C")
CLOSE = {"rtol": 1e-7}


@st.composite
def samples(draw):
    """Every combination has a respondent, so that positive margins can always be met."""
    more = draw(st.lists(st.tuples(st.sampled_from(SEXES), st.sampled_from(UNITS)), max_size=20))
    rows = [(s, u) for s in SEXES for u in UNITS] + more
    weights = draw(st.lists(st.floats(1, 50), min_size=len(rows), max_size=len(rows)))
    frame = pd.DataFrame(rows, columns=["sex", "unit"])
    frame["w"] = weights
    frame["age"] = [17 + 7 * (i % 9) for i in range(len(rows))]
    return frame


@st.composite
def populations(draw):
    """Two margins of one population, told by the cells of their cross."""
    cells = pd.DataFrame(
        draw(st.lists(st.lists(st.integers(20, 900), min_size=3, max_size=3), min_size=2, max_size=2)),
        index=SEXES,
        columns=UNITS,
    )
    return {"sex": cells.sum(axis=1).to_dict(), "unit": cells.sum(axis=0).to_dict()}


def met(result):
    m = result.misfit
    np.testing.assert_allclose(m["after"], m["target"], rtol=1e-9)


@given(samples(), populations())
def test_raking_meets_every_margin(frame, margins):
    met(rake(frame, margins, weight="w", max_iterations=5000))


@given(samples(), populations())
def test_the_order_of_margins_and_rows_does_not_move_raked_weights(frame, margins):
    first = rake(frame, margins, weight="w", max_iterations=5000).weights
    turned = dict(reversed(margins.items()))
    mixed = frame.sample(frac=1, random_state=1)
    other = rake(mixed, turned, weight="w", max_iterations=5000).data["bobot"].sort_index()
    np.testing.assert_allclose(other.to_numpy(), first, **CLOSE)


@given(samples(), populations(), st.floats(1e-6, 1e6))
def test_the_scale_of_the_weights_before_does_not_move_raked_weights(frame, margins, factor):
    first = rake(frame, margins, weight="w", max_iterations=5000).weights
    scaled = rake(frame.assign(w=frame["w"] * factor), margins, weight="w", max_iterations=5000).weights
    np.testing.assert_allclose(scaled, first, **CLOSE)


@given(samples(), populations())
def test_raking_and_calibration_by_raking_are_one(frame, margins):
    cycled = rake(frame, margins, weight="w", max_iterations=5000).weights
    solved = calibrate(frame, margins, method="raking", weight="w").weights
    np.testing.assert_allclose(solved, cycled, **CLOSE)


@given(samples(), populations())
def test_raking_one_margin_is_post_stratification(frame, margins):
    one = {"unit": margins["unit"]}
    np.testing.assert_allclose(
        rake(frame, one, weight="w").weights, post_stratify(frame, one, weight="w").weights, rtol=1e-12
    )


@given(samples(), populations())
def test_other_names_of_the_categories_do_not_move_weights(frame, margins):
    new = {"A": 3, "B": 1, "C": 2}
    renamed = rake(
        frame.assign(unit=frame["unit"].map(new)),
        {"sex": margins["sex"], "unit": {new[u]: total for u, total in margins["unit"].items()}},
        weight="w",
        max_iterations=5000,
    )
    first = rake(frame, margins, weight="w", max_iterations=5000)
    np.testing.assert_allclose(renamed.weights, first.weights, **CLOSE)


@given(samples(), st.floats(0.5, 0.95), st.floats(1.05, 3), st.sampled_from(["raking", "linear", "logit"]))
def test_bounded_fits_meet_totals_that_weights_within_the_bounds_gave(frame, low, high, method):
    inside = low + (high - low) * (np.arange(len(frame)) % 5 + 1) / 6  # ratios that meet them exist
    target = (frame["w"] * inside).groupby(frame["unit"]).sum().to_dict()
    age = {"age": float((frame["w"] * inside) @ frame["age"])}
    fit = calibrate(
        frame,
        {"unit": target},
        totals=age,
        method=method,
        bounds=(low, high),
        weight="w",
        max_iterations=500,
    )
    met(fit)
    ratio = fit.weights / frame["w"].to_numpy()
    assert ratio.min() >= low * (1 - 1e-12)
    assert ratio.max() <= high * (1 + 1e-12)


@given(samples(), st.floats(1.2, 6), st.sampled_from(["proportional", "equal"]))
def test_trimming_keeps_the_sum_the_bound_and_the_order(frame, ratio, method):
    old = frame["w"].to_numpy()
    high = max(ratio * float(np.median(old)), 1.05 * float(old.mean()))  # room for what is cut off
    new = trim(frame, weight="w", high=high, method=method).weights
    assert new.sum() == np.float64(old.sum()) or abs(new.sum() / old.sum() - 1) < 1e-12
    assert new.max() <= high * (1 + 1e-12)
    assert (np.diff(new[np.argsort(old, kind="stable")]) >= -1e-9 * high).all()


@given(samples(), st.data())
def test_nonresponse_weights_add_up_to_those_of_all_who_were_asked(frame, data):
    said = data.draw(st.lists(st.booleans(), min_size=len(frame), max_size=len(frame)))
    asked = frame.assign(answered=[True] * 6 + said[6:])  # the first six are one of each class
    result = adjust_nonresponse(asked, ["sex", "unit"], responded="answered", weight="w")
    assert len(result.data) == asked["answered"].sum()
    after = result.data.groupby(["sex", "unit"])["bobot"].sum()
    pd.testing.assert_series_equal(after, asked.groupby(["sex", "unit"])["w"].sum(), check_names=False)


@given(samples(), populations())
def test_a_respondent_given_as_two_with_half_the_weight_changes_nothing(frame, margins):
    halved = pd.concat([frame, frame], ignore_index=True).assign(w=lambda d: d["w"] / 2)
    one = rake(frame, margins, weight="w", max_iterations=5000).weights
    two = rake(halved, margins, weight="w", max_iterations=5000).weights
    np.testing.assert_allclose(two[: len(frame)] + two[len(frame) :], one, **CLOSE)
