"""Contrasts, joint covariances and domains tell the same variance, whatever the design."""

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm

CODES = [f"U{i}" for i in range(1, 10)]


def survey(seed=5, n=240):
    rng = np.random.default_rng(seed)
    rows = rng.integers(1, 5, (n, 9)).astype(float)
    rows[rng.random(rows.shape) < 0.07] = np.nan
    frame = pd.DataFrame(rows, columns=CODES)
    frame["stratum"] = rng.choice(["x", "y", "z"], n)
    frame["psu"] = rng.integers(0, 8, n)
    frame["ssu"] = rng.integers(0, 3, n)
    frame["group"] = rng.choice(["a", "b", "c"], n)
    frame["base"] = rng.uniform(1, 3, n)
    frame["w"] = frame["base"] * rng.uniform(0.8, 1.3, n)
    frame["size"] = rng.normal(50, 9, n)
    frame.loc[0, ["stratum", "psu"]] = ["alone", 99]
    return frame


FIT = ikm.Calibration(base="base", margins=(("group",),), totals=("size",))
DESIGNS = {
    "plain": ikm.Design(),
    "strata": ikm.Design(weight="w", stratum="stratum", lonely_psu="certainty"),
    "finite": ikm.Design(stratum="stratum", population=500, lonely_psu="adjust"),
    "clusters": ikm.Design(weight="w", stratum="stratum", psu="psu", lonely_psu="average"),
    "two stages": ikm.Design(
        weight="w", psu="psu", population=40, ssu="ssu", ssu_population=9, lonely_psu="certainty"
    ),
    "respondents within": ikm.Design(weight="w", psu="psu", population=40, ssu_population=90),
    "fitted": ikm.Design(weight="w", stratum="stratum", lonely_psu="adjust", calibration=FIT),
    "fitted clusters": ikm.Design(
        weight="w", stratum="stratum", psu="psu", lonely_psu="average", calibration=FIT
    ),
    "fitted two stages": ikm.Design(weight="w", psu="psu", population=40, ssu_population=90, calibration=FIT),
}


def replicated(frame):
    design = ikm.Design(weight="w", stratum="stratum", psu="psu", lonely_psu="certainty")
    return ikm.replicate_weights(frame, design)


@pytest.fixture(params=[*DESIGNS, "replicates"])
def result(request):
    frame = survey()
    if request.param == "replicates":
        frame, design = replicated(frame)
    else:
        design = DESIGNS[request.param]
        if "two stages" in request.param or "within" in request.param:
            frame = frame.drop(index=0)  # a PSU with one respondent leaves nothing to say of its inside
    return ikm.estimate(frame, by="group", design=design)


def test_the_joint_covariance_holds_the_error_of_every_group(result):
    part = result.groups
    assert np.sqrt(np.diag(part.index_joint)) == pytest.approx([e.se for _, e in result.items()], rel=1e-9)


def test_a_contrast_is_the_quadratic_form_of_the_joint_covariance(result):
    part = result.groups
    c = np.array([[1.0, -1.0, 0.0], [0.2, 0.3, 0.5], [0.0, 0.0, 1.0]])
    expected = np.einsum("qg,gh,qh->q", c, part.index_joint, c)
    assert part.index_contrast(c) == pytest.approx(expected, rel=1e-9)


def test_unsur_contrasts_of_one_group_are_its_covariance(result):
    part = result.groups
    one = part.unsur_contrast(np.eye(3))
    assert one == pytest.approx(part.unsur_covariance, rel=1e-9, abs=1e-15)


def test_pieces_merge_into_the_whole_and_survive_json(result):
    sums = result.moments
    again = ikm.Moments.from_json(sums.to_json())
    assert again == sums
    assert ikm.estimate(again).overall.se == result.overall.se


def test_merged_files_have_the_error_of_one_file():
    frame = survey()
    for name, design in DESIGNS.items():
        if name in {"two stages", "respondents within", "fitted two stages"}:
            held = frame.drop(index=0)
        else:
            held = frame
        whole = ikm.estimate(held, by="group", design=design)
        parts = [ikm.moments(held.iloc[i::3], by="group", design=design) for i in range(3)]
        merged = ikm.estimate(parts[0] + parts[1] + parts[2])
        for group, e in whole.items():
            assert (merged[group].ikm, merged[group].se) == pytest.approx((e.ikm, e.se), rel=1e-10), name


def test_fitting_to_a_constant_changes_no_error():
    frame = survey().assign(one=1)
    plain = ikm.estimate(frame, design=ikm.Design(weight="w")).overall
    fit = ikm.Calibration(base="w", margins=(("one",),))
    fitted = ikm.estimate(frame, design=ikm.Design(weight="w", calibration=fit)).overall
    assert fitted.se == pytest.approx(plain.se, rel=1e-12)  # the scores of a mean already add up to 0
    assert fitted.ikm == plain.ikm


def test_the_jackknife_of_a_mean_of_equal_clusters_is_its_linearization():
    frame = survey().iloc[:200].assign(psu=np.repeat(np.arange(20), 10))
    frame[CODES] = frame[CODES].fillna(3)
    design = ikm.Design(psu="psu")
    wide, jackknife = ikm.replicate_weights(frame, design)
    ours, theirs = ikm.estimate(wide, design=jackknife).overall, ikm.estimate(frame, design=design).overall
    assert (ours.ikm, ours.se, ours.df) == pytest.approx((theirs.ikm, theirs.se, theirs.df), rel=1e-10)


@pytest.mark.parametrize("missing", ["per_unsur", "pooled", "complete"])
def test_replicates_follow_every_policy_for_missing_answers(missing):
    frame = survey()
    wide, design = replicated(frame)
    linear = ikm.Design(weight="w", stratum="stratum", psu="psu", lonely_psu="certainty")
    ours = ikm.estimate(wide, design=design, missing=missing).overall
    theirs = ikm.estimate(frame, design=linear, missing=missing).overall
    assert ours.ikm == pytest.approx(theirs.ikm, rel=1e-12)
    assert ours.se == pytest.approx(theirs.se, rel=0.08)  # the jackknife is not linear


def test_replicates_of_a_ratio_of_all_answers_are_that_ratio():
    """By hand: three clusters of one respondent, the index of all answers without each in turn."""
    rows = [[4, None, 3], [2, 3, 3], [1, 4, None]]
    frame = pd.DataFrame([r * 3 for r in rows], columns=CODES).assign(w=1.0)
    wide, design = ikm.replicate_weights(frame, ikm.Design(weight="w"))
    e = ikm.estimate(wide, design=design, missing="pooled").overall
    left_out = [
        np.nanmean([v for j in range(3) if j != i for v in np.array(rows[j], float)]) for i in range(3)
    ]
    expected = 25 * np.sqrt(2 / 3 * np.sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert e.se == pytest.approx(expected, rel=1e-12)


def test_shares_are_counted_and_their_error_is_that_of_the_coded_answers():
    frame = survey()
    design = ikm.Design(weight="w", stratum="stratum", psu="psu", lonely_psu="certainty")
    coded = frame.assign(
        **{c: frame[c].map(lambda v: v if np.isnan(v) else 4.0 if v >= 3 else 1.0) for c in CODES}
    )
    shares = ikm.estimate(frame, by="group", design=design).shares_frame(3)
    means = ikm.estimate(coded, by="group", design=design).unsur_frame()
    assert shares["share"].tolist() == pytest.approx(((means["nrr"] - 1) / 3).tolist(), rel=1e-12)
    assert shares["se"].tolist() == pytest.approx((means["se"] / 75).tolist(), rel=1e-9)
    assert shares["n"].tolist() == means["n"].tolist()


def test_the_rules_for_lonely_units_are_named_where_they_bite():
    frame = survey()
    result = ikm.estimate(frame, design=ikm.Design(stratum="stratum"))
    assert np.isnan(result.overall.se)
    (finding,) = result.findings.by_code("IKM620")
    assert "alone" in finding.message("id")
    assert "fail" in finding.message("en")
    assert not ikm.estimate(frame.drop(index=0), design=ikm.Design(stratum="stratum")).findings.by_code(
        "IKM620"
    )


def test_psu_names_that_cross_strata_are_told():
    found = ikm.estimate(survey(), design=ikm.Design(stratum="group", psu="psu")).findings.by_code("IKM621")
    assert [f.facts["count"] for f in found] == [8]
    nested = survey()
    nested["psu"] = nested["group"] + nested["psu"].astype(str)
    assert not ikm.estimate(nested, design=ikm.Design(stratum="group", psu="psu")).findings.by_code("IKM621")
