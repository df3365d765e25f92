"""An index over many periods: the line, the steps, the note of a change, and what is not drawn."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import ikm, standards
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.ikm.comparing.comparisons import compare
from sipukat.ikm.comparing.lines import change_point_of, dimensions, equal_test, gls
from sipukat.ikm.comparing.paired import link
from sipukat.ikm.comparing.trend import trend

REL = 1e-9
R = json.loads((Path(__file__).parent.parent / "reference/change.json").read_text(encoding="utf-8"))
CODES = [f"U{i}" for i in range(1, 10)]
DESIGN = ikm.Design(weight="w", stratum="stratum")


def survey(scores, **columns):
    """Return respondents who gave one score to every unsur."""
    return pd.DataFrame({**columns, **dict.fromkeys(CODES, scores)})


def estimated(scores, **options):
    return ikm.estimate(survey(scores), **options)


def waves():
    panel = pd.DataFrame(R["data"]["panel"])
    return {int(year): part.drop(columns="year") for year, part in panel.groupby("year")}


def apart():
    return {
        year: ikm.estimate(pd.DataFrame(held)[CODES])
        for year, held in zip(R["meta_line"]["years"], R["data"]["surveys"], strict=True)
    }


def rising():
    return {
        2022: estimated([3, 3, 4, 2] * 20),
        2023: estimated([3, 3, 4, 3] * 20),
        2024: estimated([4, 3, 4, 3] * 20),
    }


# --- worked by hand, and against R ----------------------------------------------------------------


def test_three_years_with_equal_errors_are_least_squares_worked_by_hand():
    # equal errors: slope = (last - first) / 2, its variance v / 2, misfit (y1 - 2 y2 + y3)^2 / 6 v
    found = trend({2022: estimated([3, 4] * 20), 2023: estimated([2, 3] * 20), 2024: estimated([3, 4] * 20)})
    v = 25**2 * 0.25 / 39
    assert [row.ikm for row in found.rows] == [87.5, 62.5, 87.5]
    assert found.line.slope == pytest.approx(0, abs=1e-12)
    assert found.line.se == pytest.approx((v / 2) ** 0.5)
    assert found.line.misfit.chi2 == pytest.approx(50**2 / 6 / v)
    assert found.line.inflation == pytest.approx(50**2 / 6 / v)
    assert found.line.inflated_se == pytest.approx((v / 2 * 50**2 / 6 / v) ** 0.5)
    assert found.equal.chi2 == pytest.approx(2 * (25 / 3) ** 2 / v + (50 / 3) ** 2 / v)
    assert (found.equal.df, found.line.misfit.df) == (2, 1)


def test_the_line_through_a_panel_has_the_covariance_of_its_one_design_as_in_r():
    theirs = R["line"]
    found = trend(link(waves(), same="id", design=DESIGN))
    assert [row.ikm for row in found.rows] == pytest.approx(theirs["ikm"], rel=REL)
    assert [row.se for row in found.rows] == pytest.approx(np.sqrt(np.diag(theirs["v"])), rel=REL)
    assert (found.line.slope, found.line.se) == pytest.approx((theirs["slope"], theirs["se"]), rel=REL)
    assert found.line.df == theirs["df"]
    assert found.line.misfit.chi2 == pytest.approx(theirs["fit"], rel=REL)
    assert found.equal.chi2 == pytest.approx(theirs["equal"], rel=REL)
    assert (found.change_point.before, found.change_point.after) == (2024, 2025)
    assert found.change_point.difference == pytest.approx(theirs["change"]["difference"], rel=REL)
    assert found.change_point.z == pytest.approx(theirs["change"]["z"], rel=REL)
    # the simulated p: one draw in 20,000 is 5e-5
    assert found.change_point.p == pytest.approx(theirs["change"]["p"], abs=2e-4)


def test_the_line_through_independent_surveys_is_that_of_metafor():
    theirs = R["meta_line"]
    found = trend(apart())
    assert found.spacing == "year"
    assert (found.line.slope, found.line.se) == pytest.approx((theirs["slope"], theirs["se"]), rel=REL)
    assert (found.line.misfit.chi2, found.line.misfit.p) == pytest.approx(
        (theirs["fit"], theirs["fit_p"]), rel=REL
    )
    assert (found.equal.chi2, found.equal.p) == pytest.approx((theirs["equal"], theirs["equal_p"]), rel=REL)
    assert found.line.inflation == pytest.approx(theirs["fit"] / 3, rel=REL)
    assert found.change_point.z == pytest.approx(theirs["change"]["z"], rel=REL)
    # 1.86 % of 20,000 draws, standard deviation 0.1 %
    assert found.change_point.p == pytest.approx(theirs["change"]["p"], abs=0.004)


def test_the_steps_are_the_comparisons_of_neighbours():
    frame = pd.concat([part.assign(year=year) for year, part in waves().items()])
    result = ikm.estimate(frame, by="year", design=ikm.Design(**DESIGN.model_dump() | {"psu": "id"}))
    for found, sides in ((trend(result), result), (trend(apart()), apart())):
        names = [row.period for row in found.rows]
        for before, row in zip(names, found.rows[1:], strict=False):
            pair = compare(sides[before], sides[row.period])
            assert (row.change, row.change_se, row.change_df, row.change_p) == pytest.approx(
                (pair.difference, pair.se, pair.df, pair.p), rel=1e-9
            )
        assert np.isnan(found.rows[0].change)


def test_periods_of_one_result_and_their_estimates_one_by_one_say_the_same():
    linked = link(waves(), same="id", design=DESIGN)
    whole = trend(linked)
    single = trend({year: linked.result[year] for year in linked.periods})
    assert single.line == whole.line
    assert single.to_frame().equals(whole.to_frame())


# --- properties -------------------------------------------------------------------------------

Y = st.lists(st.floats(25, 100), min_size=3, max_size=7)


@given(y=Y, shift=st.floats(-20, 20), seed=st.integers(0, 99))
def test_shifting_every_period_moves_no_test(y, shift, seed):
    root = np.random.default_rng(seed).normal(size=(len(y), len(y) + 3))
    v, values = root @ root.T, np.array(y)
    for one, other in [(values, values + shift)]:
        assert equal_test(one, v).chi2 == pytest.approx(equal_test(other, v).chi2, rel=1e-6, abs=1e-6)
        first, second = (
            change_point_of(z, v, tuple(range(len(y))), draws=1000, seed=1) for z in (one, other)
        )
        assert first.z == pytest.approx(second.z, rel=1e-6, abs=1e-6)


@given(y=Y, order=st.randoms(use_true_random=False))
def test_the_fit_does_not_depend_on_the_order_of_the_rows(y, order):
    rows = list(range(len(y)))
    order.shuffle(rows)
    x, v = np.column_stack([np.ones(len(y)), np.arange(len(y))]), np.diag(1.0 + np.arange(len(y)))
    plain = gls(np.array(y), x, v)
    mixed = gls(np.array(y)[rows], x[rows], v[np.ix_(rows, rows)])
    assert mixed.beta == pytest.approx(plain.beta, rel=1e-8, abs=1e-8)
    assert mixed.chi2 == pytest.approx(plain.chi2, rel=1e-8, abs=1e-8)
    assert plain.rows @ np.array(y) == pytest.approx(plain.beta, rel=1e-8, abs=1e-8)


def test_the_change_point_errs_as_often_as_it_says():
    # 300 series without change: p below 0.05 in 15 of them, standard deviation 3.8
    draw = np.random.default_rng(11)
    v = np.diag([1.0, 4.0, 2.0, 1.0, 3.0]) + 0.5
    root = np.linalg.cholesky(v)
    seen = sum(
        change_point_of(80 + root @ draw.standard_normal(5), v, tuple("abcde"), draws=1000, seed=2).noted
        for _ in range(300)
    )
    assert 4 <= seen <= 28


# --- time -------------------------------------------------------------------------------------


def test_numbers_and_dates_are_put_in_order_and_keep_their_distances():
    a, b, c = rising().values()
    even, uneven = trend({2022: a, 2023: b, 2024: c}), trend({2026: c, 2022: a, 2023: b})
    assert [row.period for row in uneven.rows] == [2022, 2023, 2026]
    assert uneven.line.slope < even.line.slope
    days = trend({date(2022, 1, 1): a, date(2023, 1, 1): b, date(2024, 1, 1): c})
    assert days.spacing == "year"
    assert days.line.slope == pytest.approx(even.line.slope, rel=0.002)
    texts = trend({"2022-01-01": a, "2023-01-01": b, "2024-01-01": c})
    assert texts.line == days.line
    assert trend({1: a, 2: b, 3.5: c}).spacing == "unit"


def test_texts_keep_the_order_given_and_are_equally_far_apart():
    a, b, c = rising().values()
    found = trend({"Semester II": a, "Semester I": b, "Semester III": c})
    assert [row.period for row in found.rows] == ["Semester II", "Semester I", "Semester III"]
    assert found.spacing == "period"
    assert "per periode" in found.sentence()


def test_periods_of_a_result_whose_alphabet_is_not_time_must_be_put_in_order():
    frame = survey([3, 3, 4, 2, 3, 4, 4, 3, 4] * 4, bulan=["Januari", "Februari", "Maret"] * 12)
    result = ikm.estimate(frame, by="bulan")
    with pytest.raises(ArgumentError, match="periods="):
        trend(result)
    found = trend(result, periods=["Januari", "Februari", "Maret"])
    assert [row.period for row in found.rows] == ["Januari", "Februari", "Maret"]
    named = ikm.estimate(
        frame.assign(
            bulan=frame["bulan"].map({"Januari": "2025-1", "Februari": "2025-2", "Maret": "2025-3"})
        ),
        by="bulan",
    )
    assert len(trend(named)) == 3
    with pytest.raises(UnknownNameError, match="April"):
        trend(result, periods=["Januari", "Februari", "April"])
    with pytest.raises(ArgumentError, match="twice"):
        trend(result, periods=["Januari", "Februari", "Januari"])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((2022, "2023", 2024), "all as numbers"),
        ((2022, 2023, float("nan")), "finite"),
        ((date(2022, 1, 1), "2022-01-01", "2023-01-01"), "not in the order of time"),
    ],
)
def test_periods_that_cannot_be_put_in_order_are_refused(names, words):
    with pytest.raises(ArgumentError, match=words):
        trend(dict(zip(names, rising().values(), strict=True)))


# --- gaps and instruments -------------------------------------------------------------------------


def test_a_period_without_a_number_is_a_gap_that_is_said():
    held = rising() | {2025: estimated([3]), 2026: estimated([4, 3, 4, 4] * 10)}
    found = trend(held)
    assert [row.period for row in found.rows] == [2022, 2023, 2024, 2026]
    assert found.findings.by_code("IKM648")[0].facts["periods"] == ["2025"]
    assert found.line.centre == pytest.approx((2022 + 2023 + 2024 + 2026) / 4)
    with pytest.raises(EstimationError, match="2 of 3 periods"):
        trend({2022: held[2022], 2023: held[2023], 2025: held[2025]})


def test_respondents_without_a_period_are_left_out_and_said():
    frame = survey([3, 3, 4, 2, 3, 4, 4, 3] * 4, tahun=[2022, 2023, 2024, None] * 8)
    found = trend(ikm.estimate(frame, by="tahun"))
    assert found.findings.by_code("IKM648")[0].facts["periods"] == ["(kosong)"]
    assert [row.period for row in found.rows] == [2022, 2023, 2024]


def test_two_periods_are_sent_to_compare():
    with pytest.raises(EstimationError, match=r"compare\(a, b\)"):
        trend({2022: estimated([3, 4]), 2023: estimated([3, 2])})


def test_no_line_is_drawn_across_a_change_of_unsur():
    keys = standards.survey("permenpanrb-16-2014").unsur_keys
    old = ikm.estimate(pd.DataFrame({key: [3, 4, 3, 2] * 10 for key in keys}), "permenpanrb-16-2014")
    new = [estimated(s * 10, order="kuesioner") for s in ([3, 4, 4, 2], [3, 4, 4, 3])]
    assert set(keys) != set(new[0].unsur)
    found = trend({2016: old, 2018: new[0], 2019: new[1]})
    assert (found.line, found.equal, found.change_point) == (None, None, None)
    assert found.findings.by_code("IKM640")
    assert found.findings.by_code("IKM641")
    assert "tidak dibuat" in found.sentence()
    assert found.to_dict()["line"] is None
    assert repr(found).endswith("no line>")


def test_bare_codes_in_some_years_do_not_stop_the_line():
    held = rising()
    found = trend({2022: held[2022], 2023: estimated([3, 3, 4, 3] * 20, order="kuesioner"), 2024: held[2024]})
    assert found.line is not None


def test_other_scales_are_refused():
    spak = ikm.estimate(pd.DataFrame({f"A{i}": [5, 6, 4] for i in range(1, 6)}), "spak")
    with pytest.raises(EstimationError, match="different scales"):
        trend(rising() | {2025: spak})


def test_a_census_has_no_line_but_its_steps_are_certain():
    def census(scores):
        return estimated(scores, design=ikm.Design(population=len(scores)))

    found = trend({2022: census([3, 4]), 2023: census([4, 4]), 2024: census([3, 3, 4])})
    assert found.line is None
    assert found.findings.by_code("IKM649")[0].facts == {"periods": 3, "rank": 0}
    assert [row.change_p for row in found.rows[1:]] == [0, 0]


def test_a_panel_with_fewer_psus_than_periods_has_no_line():
    draw = np.random.default_rng(1)
    frames = {year: survey(draw.integers(2, 5, 12), day=[1, 2, 3] * 4) for year in (2022, 2023, 2024, 2025)}
    found = trend(link(frames, same="day"))
    assert found.findings.by_code("IKM649")[0].facts == {"periods": 4, "rank": 2}
    assert found.line is None
    assert len(found) == 4
    assert dimensions(np.eye(3)) == 3


def test_few_degrees_of_freedom_are_said():
    assert not trend(rising()).findings.by_code("IKM646")
    few = trend({2022: estimated([3, 4, 3]), 2023: estimated([3, 2, 4]), 2024: estimated([4, 4, 3])})
    assert few.findings.by_code("IKM646")[0].facts["own"] == "2"


# --- arguments and words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"confidence_level": 0}, "confidence_level must lie between 0 and 1"), ({"draws": 10}, "draws is 10")],
)
def test_arguments_that_make_no_sense_are_refused(arguments, words):
    with pytest.raises(ArgumentError, match=words):
        trend(rising(), **arguments)


@pytest.mark.parametrize("results", [[1, 2, 3], estimated([3, 4])])
def test_something_without_periods_is_refused(results):
    with pytest.raises(ArgumentError, match="period"):
        trend(results)


def test_the_same_seed_gives_the_same_p():
    one, other, third = (trend(apart(), seed=seed).change_point for seed in (1, 1, 2))
    assert one == other
    assert one.p != third.p


def test_the_sentence_says_where_it_went_and_notes_without_a_cause():
    said = trend(rising()).sentence()
    assert said.startswith(
        "IKM 75,00 (C) pada 2022 dan 87,50 (B) pada 2024. Rata-rata naik 6,25 poin per tahun (95 %: "
    )
    assert "lebih besar daripada galat penarikan sampel" in said
    assert "Catatan: beda terbesar terletak antara" in said
    assert "sebabnya tidak terlihat dari angka" in said
    assert "up 6.25" in trend(rising()).sentence("en")


def test_the_sentence_of_a_flat_line_says_that_it_cannot_be_told():
    flat = {
        year: estimated([3, 3, 4, 2] * 10 + [3] * extra) for year, extra in ((2022, 0), (2023, 1), (2024, 2))
    }
    said = trend(flat).sentence()
    assert "tidak dapat dibedakan" in said
    assert "Catatan" not in said
    assert "tidak berubah" not in said
    bend = {2022: estimated([3, 4] * 20), 2023: estimated([2, 3] * 20), 2024: estimated([3, 4] * 20)}
    assert "Walau begitu, tidak semua periode sama" in trend(bend).sentence()


def test_the_sentence_says_when_the_periods_do_not_lie_on_a_line():
    bent = {
        2021: estimated([2, 3] * 40),
        2022: estimated([3, 4] * 40),
        2023: estimated([2, 3] * 40),
        2024: estimated([3, 4] * 40),
    }
    found = trend(bent)
    assert found.line.inflated_se > found.line.se
    assert found.line.inflated_p > 0.05
    assert "tidak lagi jelas" in found.sentence()


def test_a_trend_goes_to_a_frame_and_to_json():
    found = trend(rising())
    frame = found.to_frame()
    assert frame["period"].tolist() == [2022, 2023, 2024]
    assert frame["published"].tolist() == [Decimal("75.00"), Decimal("81.25"), Decimal("87.50")]
    assert (frame["low"] < frame["ikm"]).all()
    held = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert held["format"] == "urn:sipukat:trend:1"
    assert held["periods"][0]["change"] is None
    assert held["change_point"]["after"] in {2023, 2024}
    dated = trend(
        {date(2022, 1, 1): found_of(2022), date(2023, 1, 1): found_of(2023), date(2024, 1, 1): found_of(2024)}
    )
    assert json.loads(json.dumps(dated.to_dict()))["periods"][0]["period"] == "2022-01-01"


def found_of(year):
    return rising()[year]


def test_the_interval_is_that_of_the_result_at_the_level_asked():
    held = {
        year: estimated([3, 4, 3, 2] * n, interval="t") for year, n in ((2022, 10), (2023, 12), (2024, 14))
    }
    at_90 = {
        year: estimated([3, 4, 3, 2] * n, interval="t", confidence_level=0.9)
        for year, n in ((2022, 10), (2023, 12), (2024, 14))
    }
    rows = trend(held, confidence_level=0.9).rows
    assert [(row.low, row.high) for row in rows] == [(r.overall.low, r.overall.high) for r in at_90.values()]


def test_roll_ups_are_followed_too():
    frame = survey([3, 4, 2, 4, 3, 3], unit=list("AAABBB"))
    cities = {
        year: ikm.estimate(frame.assign(U1=u1), by="unit").rollup("simple_mean")
        for year, u1 in ((2022, [3, 4, 2, 4, 3, 2]), (2023, [3, 4, 3, 4, 3, 3]), (2024, [4, 4, 3, 4, 3, 4]))
    }
    found = trend(cities)
    assert found.findings.by_code("IKM644")
    assert found.rows[0].low < found.rows[0].ikm < found.rows[0].high
