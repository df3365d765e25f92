"""Designs that make no sense are refused with rows and values; sums neither move nor cancel."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ColumnError, DesignError

CODES = [f"U{i}" for i in range(1, 10)]
JK1 = {"columns": ("r1", "r2", "r3"), "method": "JK1"}


def survey(n=6, **columns):
    scores = {code: [(i * (k + 2)) % 4 + 1 for i in range(n)] for k, code in enumerate(CODES)}
    return pd.DataFrame({**scores, **columns})


SIX = survey(h=list("AAABBB"), kasir=["a", "a", "b", "c", "d", "d"], w=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])


def replicated(**columns):
    weights = {"r1": [0, 3.0, 4.5, 6, 7.5, 9], "r2": [1.5, 0, 4.5, 6, 7.5, 9], "r3": [1.5, 3, 0, 6, 7.5, 9]}
    return SIX.assign(**(weights | columns))


# --- weights ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (-3.0, "-3"), (float("nan"), "nan"), (float("inf"), "inf")]
)
def test_a_weight_that_is_no_weight_is_refused_with_its_row_and_value(value, shown):
    frame = SIX.assign(w=[1.0, 2.0, value, 4.0, 5.0, 6.0])
    with pytest.raises(DesignError, match=rf"'w'.*1 weights.*\({shown}\).*rows 3"):
        ikm.estimate(frame, design=ikm.Design(weight="w"))


def test_a_missing_weight_in_a_nullable_column_is_refused():
    frame = SIX.assign(w=pd.array([1, 2, None, 4, 5, 6], dtype="Int64"))
    with pytest.raises(DesignError, match="rows 3"):
        ikm.estimate(frame, design=ikm.Design(weight="w"))


def test_words_as_weights_are_refused_with_row_and_word():
    frame = SIX.assign(w=["1", "2", "banyak", "4", "5", "6"])
    with pytest.raises(DesignError, match=r"'w'.*'banyak'.*row 3"):
        ikm.estimate(frame, design=ikm.Design(weight="w"))


def test_numbers_held_as_text_are_the_numbers():
    text = SIX.assign(w=["1", "2", "3", "4,0", "5,0", "6"])
    design = ikm.Design(weight="w", stratum="h")
    assert ikm.estimate(text, design=design).overall.se == ikm.estimate(SIX, design=design).overall.se


def test_columns_that_are_not_there_are_named():
    for design in (
        ikm.Design(weight="bobot"),
        ikm.Design(stratum="bobot"),
        ikm.Design(psu="bobot"),
        ikm.Design(population="bobot"),
        ikm.Design(psu="kasir", population=9, ssu_population="bobot"),
        ikm.Design(weight="w", calibration=ikm.Calibration(margins=(("bobot",),))),
        ikm.Design(weight="w", replicate_weights=ikm.ReplicateWeights(columns=("w", "bobot"), method="JK1")),
    ):
        with pytest.raises(ColumnError, match="'bobot'"):
            ikm.estimate(SIX, design=design)


def test_very_unequal_weights_are_said_aloud():
    codes = [
        f.code
        for f in ikm.estimate(survey(40, w=[1.0] * 39 + [90.0]), design=ikm.Design(weight="w")).findings
    ]
    assert "IKM622" in codes
    even = ikm.estimate(survey(40, w=[2.0] * 40), design=ikm.Design(weight="w")).findings
    assert "IKM622" not in [f.code for f in even]


# --- strata and PSUs ------------------------------------------------------------------------


def test_a_stratum_with_one_psu_is_said_aloud_and_has_no_error():
    frame = SIX.assign(kasir=["a", "a", "a", "c", "d", "d"])
    result = ikm.estimate(frame, design=ikm.Design(stratum="h", psu="kasir"))
    assert np.isnan(result.overall.se)
    assert "IKM620" in [f.code for f in result.findings]
    fine = ikm.estimate(SIX, design=ikm.Design(stratum="h", psu="kasir"))
    assert "IKM620" not in [f.code for f in fine.findings]


def test_psu_ids_that_occur_in_several_strata_are_taken_within_them_and_said_aloud():
    crossing = SIX.assign(kasir=["a", "a", "b", "a", "b", "b"])
    own = SIX.assign(kasir=["a", "a", "b", "x", "y", "y"])
    design = ikm.Design(stratum="h", psu="kasir")
    ours, nested = (ikm.estimate(frame, design=design) for frame in (crossing, own))
    assert (ours.overall.se, ours.overall.df) == (nested.overall.se, nested.overall.df)
    assert "IKM621" in [f.code for f in ours.findings]
    assert "IKM621" not in [f.code for f in nested.findings]


# --- populations ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("design", "place"),
    [
        (ikm.Design(population=5), "6.*5"),
        (ikm.Design(stratum="h", population={"A": 9, "B": 2}), "'B'.*3.*2"),
        (ikm.Design(stratum="h", population="besar"), "'B'.*3.*2"),
        (ikm.Design(psu="kasir", population=3), "4.*3"),
        (ikm.Design(psu="kasir", population=9, ssu_population=1), "'a'.*2.*1"),
        (ikm.Design(psu="kasir", population=9, ssu_population="dalam"), "'d'.*2.*1"),
    ],
)
def test_a_population_smaller_than_its_sample_is_refused_with_both_numbers(design, place):
    frame = SIX.assign(besar=[9, 9, 9, 2, 2, 2], dalam=[4, 4, 4, 4, 1, 1])
    with pytest.raises(DesignError, match=place):
        ikm.estimate(frame, design=design)


def test_a_population_that_differs_within_a_stratum_is_refused():
    frame = SIX.assign(besar=[9, 9, 8, 7, 7, 7])
    with pytest.raises(DesignError, match=r"'besar'.*'A'.*9.*8|'besar'.*'A'.*8.*9"):
        ikm.estimate(frame, design=ikm.Design(stratum="h", population="besar"))


def test_a_population_that_differs_within_a_psu_is_refused():
    frame = SIX.assign(dalam=[9, 8, 7, 7, 6, 6])
    with pytest.raises(DesignError, match=r"'dalam'.*'a'"):
        ikm.estimate(frame, design=ikm.Design(psu="kasir", population=99, ssu_population="dalam"))


@pytest.mark.parametrize("value", ["banyak", float("nan"), 0, -4, None])
def test_a_population_that_is_no_number_of_people_is_refused(value):
    frame = SIX.assign(besar=pd.Series([9, 9, 9, value, value, value], dtype=object))
    with pytest.raises(DesignError, match="'besar'"):
        ikm.estimate(frame, design=ikm.Design(stratum="h", population="besar"))


def test_a_stratum_that_the_mapping_of_populations_does_not_know_is_named():
    with pytest.raises(DesignError, match=r"'B'.*A, C"):
        ikm.estimate(SIX, design=ikm.Design(stratum="h", population={"A": 9, "C": 9}))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"population": 0}, "1 or more"),
        ({"population": True}, "population"),
        ({"population": {"A": 0}, "stratum": "h"}, "1 or more"),
        ({"population": {"A": 9}}, "stratum="),
        ({"ssu": "kasir"}, "ssu_population="),
        ({"ssu_population": 9}, "psu="),
        ({"ssu_population": 9, "psu": "kasir"}, "population="),
        ({"calibration": ikm.Calibration(margins=(("h",),))}, "weight="),
        ({"replicate_weights": ikm.ReplicateWeights(**JK1)}, "weight="),
        ({"replicate_weights": ikm.ReplicateWeights(**JK1), "weight": "w", "stratum": "h"}, "stratum"),
        ({"replicate_weights": ikm.ReplicateWeights(**JK1), "weight": "w", "population": 9}, "population"),
        ({"lonely_psu": "remove"}, "certainty"),
    ],
)
def test_options_that_contradict_each_other_are_refused_with_the_reason(options, reason):
    with pytest.raises(ValueError, match=reason):
        ikm.Design(**options)


# --- replicate weights -----------------------------------------------------------------------


def test_replicates_that_leave_respondents_out_are_right():
    design = ikm.Design(weight="w", replicate_weights=ikm.ReplicateWeights(**JK1))
    assert ikm.estimate(replicated(), design=design).overall.se > 0


@pytest.mark.parametrize("value", [float("nan"), -1.0, float("inf")])
def test_a_replicate_weight_that_is_no_weight_is_refused_with_column_and_row(value):
    frame = replicated(r2=[1.5, 0, 4.5, value, 7.5, 9])
    design = ikm.Design(weight="w", replicate_weights=ikm.ReplicateWeights(**JK1))
    with pytest.raises(DesignError, match=r"'r2'.*rows 4"):
        ikm.estimate(frame, design=design)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"columns": ("r1",)}, "2 items|at least 2"),
        ({"columns": ("r1", "r1")}, "twice"),
        ({"rscales": (1.0, 1.0)}, "2 factors for 3"),
        ({"rscales": (1.0, 1.0, -1.0)}, "not negative"),
        ({"rscales": (1.0, 1.0, float("nan"))}, "finite"),
        ({"scale": 0.0}, "greater than 0"),
        ({"rho": 0.3}, "Fay"),
        ({"method": "Fay", "rho": 1.0}, "less than 1"),
        ({"method": "JKn"}, "rscales"),
        ({"method": "jackknife"}, "JK1"),
    ],
)
def test_replicates_that_make_no_sense_are_refused_with_the_reason(options, reason):
    with pytest.raises(ValueError, match=reason):
        ikm.ReplicateWeights(**(JK1 | options))


# --- calibrated weights ----------------------------------------------------------------------


def test_an_empty_cell_in_a_fitted_column_is_refused_with_its_row():
    frame = SIX.assign(jenis=["P", "L", None, "L", "P", "L"], usia=[20, 30, 40, np.nan, 60, 70])
    for fit, place in (({"margins": (("jenis",),)}, "'jenis'.*3"), ({"totals": ("usia",)}, "'usia'.*4")):
        with pytest.raises(DesignError, match=place):
            ikm.estimate(frame, design=ikm.Design(weight="w", calibration=ikm.Calibration(**fit)))


def test_a_base_weight_of_zero_is_refused():
    frame = SIX.assign(dasar=[1.0, 1, 0, 1, 1, 1])
    fit = ikm.Calibration(base="dasar", margins=(("h",),))
    with pytest.raises(DesignError, match=r"'dasar'.*rows 3"):
        ikm.estimate(frame, design=ikm.Design(weight="w", calibration=fit))


# --- ten thousand groups ---------------------------------------------------------------------

N_GROUPS = 10_000
MANY_DESIGNS = {
    "simple": ikm.Design(),
    "psu": ikm.Design(weight="w", stratum="h", psu="kasir", lonely_psu="adjust"),
    "two_stage": ikm.Design(weight="w", stratum="h", psu="kasir", population=10**6, ssu_population=10**6),
    "fitted": ikm.Design(
        weight="w", stratum="h", calibration=ikm.Calibration(base="dasar", margins=(("h",),))
    ),
}


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(4)
    n = 4 * N_GROUPS
    return pd.DataFrame(
        {
            **{code: rng.integers(1, 5, n) for code in CODES},
            "unit": np.repeat(np.arange(N_GROUPS), 4),
            "h": rng.choice(list("ABCD"), n),
            "kasir": rng.integers(0, 50, n),
            "w": rng.uniform(1, 9, n),
            "dasar": 1.0,
        }
    )


@pytest.mark.parametrize("name", MANY_DESIGNS)
def test_ten_thousand_groups_are_done_in_bounded_time(name, many, bounded):
    # some five seconds; work that grows with the square takes minutes
    with bounded(60):
        table = ikm.estimate(many, by="unit", design=MANY_DESIGNS[name]).to_frame()
    assert len(table) == N_GROUPS
    assert np.isfinite(table["published"].astype(float)).all()


# --- sums that neither move nor cancel ---------------------------------------------------------

respondent = st.tuples(
    st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=9, max_size=9),
    st.sampled_from("AB"),
    st.integers(0, 4),
    st.integers(1, 1000),
    st.sampled_from("xy"),
)
respondents = st.lists(respondent, min_size=8, max_size=30)
DESIGNS = [
    ikm.Design(weight="w"),
    ikm.Design(weight="w", stratum="h", psu="kasir", lonely_psu="adjust"),
    ikm.Design(
        weight="w", stratum="h", psu="kasir", population=10, ssu_population=100, lonely_psu="certainty"
    ),
    ikm.Design(weight="w", stratum="h", calibration=ikm.Calibration(base="dasar", margins=(("tamu",),))),
]


def frame_of(rows):
    answers, strata, psus, weights, guests = zip(*rows, strict=True)
    frame = pd.DataFrame(list(answers), columns=CODES)
    return frame.assign(h=strata, kasir=psus, w=np.array(weights) / 7, tamu=guests, dasar=1.0)


def assert_same(one, other, *, rel=1e-12, turned=False):
    """Compare index and error; an error that is 0 but for rounding is compared in points."""
    for name in ("overall", *one):
        a, b = (r.overall if name == "overall" else r[name] for r in (one, other))
        expected = 125 - a.ikm if turned else a.ikm
        assert b.ikm == pytest.approx(expected, rel=rel, nan_ok=True)
        assert b.se == pytest.approx(a.se, rel=rel, abs=1e-7, nan_ok=True)
        assert b.df == a.df


@settings(max_examples=25)
@given(respondents, st.sampled_from(DESIGNS), st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_result(rows, design, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (ikm.estimate(frame_of(r), by="tamu", design=design) for r in (rows, shuffled))
    assert_same(one, other)


@settings(max_examples=25)
@given(respondents, st.sampled_from(DESIGNS), st.sampled_from([2.0**20, 2.0**-20, 1e12, 3.7]))
def test_scaled_weights_give_the_same_result(rows, design, factor):
    frame = frame_of(rows)
    one = ikm.estimate(frame, by="tamu", design=design)
    other = ikm.estimate(frame.assign(w=frame["w"] * factor), by="tamu", design=design)
    assert_same(one, other)


@settings(max_examples=25)
@given(respondents, st.sampled_from(DESIGNS))
def test_a_reversed_scale_reverses_the_index_and_keeps_the_error(rows, design):
    frame = frame_of(rows)
    turned = frame.assign(**{code: 5 - frame[code].astype("Int64") for code in CODES})
    one, other = (ikm.estimate(f, by="tamu", design=design) for f in (frame, turned))
    assert_same(one, other, rel=1e-11, turned=True)


@settings(max_examples=25)
@given(respondents, st.sampled_from(DESIGNS))
def test_the_names_of_psus_and_strata_and_groups_do_not_matter(rows, design):
    frame = frame_of(rows)
    named = frame.assign(
        h=frame["h"].map({"A": "zebra", "B": "anoa"}), kasir=frame["kasir"].map(lambda i: f"k{9 - i}")
    )
    one, other = (ikm.estimate(f, by="tamu", design=design) for f in (frame, named))
    assert_same(one, other)


def exact_variance(scores, weights):
    """Return n / (n - 1) sum (z - mean)^2 of z = w (s - m) / W in fractions, in squared points."""
    w = [Fraction(x) for x in weights]
    mean = sum(a * s for a, s in zip(w, scores, strict=True)) / sum(w)
    z = [25 * a * (s - mean) / sum(w) for a, s in zip(w, scores, strict=True)]
    n = len(z)
    centre = sum(z) / n
    return Fraction(n, n - 1) * sum((x - centre) ** 2 for x in z)


@pytest.mark.parametrize("psu", [None, "kasir"])
@pytest.mark.parametrize("spread", [1, 100, 10_000])
@pytest.mark.parametrize("size", [1.0, 1e12])
def test_large_and_unequal_weights_do_not_cancel(size, spread, psu):
    scores = [4, 3, 4, 2, 1, 3, 3, 4]
    weights = [size * (spread if i == 2 else 1 + i / 8) for i in range(8)]
    frame = pd.DataFrame({**dict.fromkeys(CODES, scores), "w": weights, "kasir": list("abcdefgh")})
    e = ikm.estimate(frame, design=ikm.Design(weight="w", psu=psu)).overall
    # squares of weights 10,000 times the others' leave half of the digits to these
    expected = float(exact_variance(scores, weights)) ** 0.5
    assert e.se == pytest.approx(expected, rel=1e-9 if spread > 100 else 1e-12)


def test_equal_answers_under_unequal_weights_have_an_error_of_exactly_zero():
    frame = survey(50, w=np.random.default_rng(1).uniform(1, 1e9, 50), kasir=[i % 7 for i in range(50)])
    frame[CODES] = 3
    for design in (ikm.Design(weight="w"), ikm.Design(weight="w", psu="kasir")):
        e = ikm.estimate(frame, design=design).overall
        assert (e.ikm, e.se) == (75, 0)
