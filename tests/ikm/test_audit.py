"""Printed numbers, audited: the published records, the worked examples, and made-up slips."""

import json
import pickle
from decimal import Decimal
from fractions import Fraction
from html import escape

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sipukat import standards
from sipukat._text import round_half_up
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.ikm.auditing.audit import audit
from sipukat.ikm.auditing.audited import describe
from sipukat.ikm.auditing.conventions import Convention, WeightRule, candidates, weight_rules
from sipukat.ikm.auditing.implied import implied_totals
from sipukat.ikm.printed import Printed

LAW = "permenpanrb-14-2017"
RECORDS = (
    "perpusnas-2023-mei-juni",
    "bbpmp-jatim-spak-2023",
    "guntung-paikat-2016-02",
    "guntung-paikat-2016-03",
    "phc-bp-gigi-2012",
    "disdukcapil-tubaba-2023-s1",
    "gaspul-kemenag-sulbar-2025-tw3-a",
    "lab-puskesmas-responsiveness",
    "lab-puskesmas-assurance",
    *(f"kediri-hasil-{i}" for i in (*range(2, 11), *range(13, 24))),
    "biro-organisasi-sumbar-2022-12-08..2024-12-12",
    "biro-organisasi-sumbar-2023-01-01..2024-02-19",
    "biro-organisasi-sumbar-2023-06-06..2024-03-06",
    "biro-organisasi-sumbar-2024-01-01..2024-04-15",
    "biro-organisasi-sumbar-2024-01-01..2024-04-26",
    "biro-organisasi-sumbar-2024-01-05..2024-06-05",
    "bpbd-tangsel-2025",
    "puskesmas-maron-2021",
    "puskesmas-bintaro-2020",
    "pagar-gunung-kaur",
    "pdam-hsu",
    "embong-ijuk",
    "muara-betung",
    "bitungsari-2016",
    "mataram-puskesmas-2021",
    "bpbd-tangsel-2024",
    "pa-kasongan-tw3",
    "tebing-tinggi-2020-tw3",
    *(f"madiun-2019-opd-{i}" for i in (13, 144, 2, 5, 18)),
    *(f"kelurahan-metro-{year}" for year in range(2017, 2023)),
)


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.fixture(scope="module")
def published(facts):
    return {record["id"]: record for record in facts("published-ikm.json")}


@pytest.fixture(scope="module")
def audited(published):
    """Return a function that audits a record from all that it prints."""

    def run(name):
        record = published[name]
        old = record["instrument"].startswith("kepmen")
        return audit(
            record.get("nrr_printed"),
            record["printed_ikm"],
            standard="kepmenpan-25-2004" if old else LAW,
            sums=record.get("printed_sums"),
            counts=record.get("counts_1_to_4"),
            n=record.get("n_respondents"),
            printed_index=record.get("printed_index"),
            printed_weighted=record.get("printed_weighted"),
            printed_mutu=record.get("printed_mutu"),
            printed_kinerja=record.get("printed_kinerja"),
        )

    return run


def test_every_published_record_is_audited_here(published):
    assert sorted(published) == sorted(RECORDS)


@pytest.mark.parametrize("name", RECORDS)
def test_a_published_record_is_reproduced_under_the_conventions_that_it_records(name, published, audited):
    record, found = published[name], audited(name)
    families = set(record.get("convention_families", ()))
    assert families <= found.families
    assert found.reproduced == bool(families or "reproduced_by" in record or name == "puskesmas-bintaro-2020")
    if "reproduced_by" in record and families:
        assert found.families == families  # and under no other
        assert found.best.final == "half_up"


@pytest.mark.parametrize("name", RECORDS)
def test_the_range_that_printed_averages_leave_is_the_recorded_one(name, published, audited):
    record, found = published[name], audited(name)
    if "exact_interval_from_printed_nrr" not in record:
        assert found.interval is None
        assert found.within_interval is None
        return
    assert found.within_interval == record["within_exact_interval"]
    low, high = (Decimal(end) for end in record["exact_interval_from_printed_nrr"])
    shown = [round_half_up(end, 4) for end in found.interval]
    assert shown[0] >= low  # ours stays on the scale
    assert shown[1] <= high
    assert 25 <= shown[0] <= shown[1] <= 100
    if record["id"].startswith(("perpusnas", "bbpmp", "lab")):
        assert shown == [low, high]


@pytest.mark.parametrize("name", RECORDS)
def test_the_recorded_values_of_each_convention_are_ours(name, published, audited):
    record, found = published[name], audited(name)
    tried = {way.name: way.value for way in (*found.conventions, *found.by_truncation)}
    for recorded, value in record.get("recompute", {}).items():
        family = recorded.replace("raw:pooled", "pooled:pooled")
        if family in tried:
            assert round_half_up(tried[family], 4) == Decimal(value)


@pytest.mark.parametrize("name", RECORDS)
def test_every_audit_can_be_said_in_words_and_in_json(name, audited):
    found = audited(name)
    for lang in ("id", "en"):
        said = found.explain(lang)
        assert found.printed.text in said
        assert "?)" not in said  # a fact that a message asks for and does not get
        assert json.loads(found.to_json(lang))["verdict"] == found.verdict
    assert found.printed.text in found._repr_html_()
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  our own


def test_the_double_rounding_of_kediri_is_told_from_rounding(audited):
    found = audited("kediri-hasil-8")
    assert found.best.name == "raw:exact_1/n"
    assert found.best.final == "half_up_twice"
    assert round_half_up(found.exact, 6) == Decimal("74.206349")
    assert "IKM651" in codes(found)
    assert "74.2063" in found.findings.by_code("IKM651")[0].message("en")


def test_the_app_of_kediri_cuts_its_averages_off(audited):
    assert codes(audited("kediri-hasil-23")) == ["IKM653"]


def test_gaspul_says_0_1111_and_multiplies_by_0_11(audited):
    found = audited("gaspul-kemenag-sulbar-2025-tw3-a")
    assert found.families == found.weighted_families == {"w0.11"}
    assert round_half_up(found.exact, 4) == Decimal("91.4751")
    assert found.within_interval is False
    assert codes(found) == ["IKM663"]


def test_a_bare_number_of_a_few_respondents_betrays_its_weight(published, audited):
    for name in RECORDS:
        record = published[name]
        if "implied_sum_of_answers_if_w0_11" not in record:
            continue
        totals = {total.family: total for total in audited(name).implied}
        assert round_half_up(totals["w0.11"].total, 4) == Decimal(record["implied_sum_of_answers_if_w0_11"])
        assert round_half_up(totals["exact_1/n"].total, 4) == Decimal(
            record["implied_sum_of_answers_if_exact"]
        )
        assert totals["w0.11"].whole is not None
        assert totals["exact_1/n"].whole is None


def test_too_many_respondents_betray_nothing(audited):
    found = audited("tebing-tinggi-2020-tw3")
    assert found.verdict == "untested"
    assert not any(total.decisive for total in found.implied)


def test_a_label_of_an_older_regulation_is_named(audited):
    found = audited("puskesmas-maron-2021")
    assert (found.mutu, found.kinerja, found.kinerja_holds) == ("C", "Kurang baik", False)
    assert "kepmenpan-25-2004" in found.label_under
    finding = found.findings.by_code("IKM655")[0]
    assert "kepmenpan-25-2004" in finding.message("id")
    assert finding.citation.regulation.id == LAW


def test_a_slip_between_index_and_ikm_is_found(audited):
    found = audited("pdam-hsu")
    assert found.index_holds is False
    assert "3.003 x 25 = 75.07500" in found.findings.by_code("IKM656")[0].message("en")
    assert (found.mutu_holds, found.kinerja_holds) == (True, True)  # C, "not good"
    assert "IKM659" in codes(found)  # and no whole total of 100 respondents gives it


def test_rounding_of_the_index_is_no_slip(audited):
    assert audited("pagar-gunung-kaur").index_holds is True  # 3.20 x 25 = 80.00, printed 80.07


def test_a_number_on_the_scale_of_the_answers_is_not_taken_for_an_index(audited):
    found = audited("pa-kasongan-tw3")
    assert found.on_average_scale
    assert found.index_holds is True
    assert found.mutu == "A"
    assert "3,7 x 25 = 92,50" in found.findings.by_code("IKM657")[0].message("id")


def test_an_average_is_audited_on_its_own_scale():
    found = audit(["3,31", "3,35", "3,49", "3,93", "3,45", "3,39", "3,39", "3,76", "3,35"], "3,491")
    assert found.on_average_scale
    assert found.best.name == "printed_nrr:exact_1/n"
    assert "w0.111" not in found.families


def test_the_worked_examples_come_out(facts):
    examples = {example["id"]: example for example in facts("skm-facts.json")["worked_examples"]}
    bantul = examples["bantul-2023"]
    for family, value in (("exact_1/n", "exact"), ("w0.11", "w_0.11"), ("w0.111", "w_0.111")):
        found = audit(bantul["nrr"], bantul["computed"][value])
        assert f"printed_nrr:{family}" in {way.name for way in found.conventions}
    found = audit(bantul["nrr"], bantul["published_ikm"])
    assert found.best.name == "printed_nrr:exact_1/n"
    assert "w0.11" not in found.families
    assert set(found.possible) == {"exact_1/n", "w0.1111", "w0.111"}  # w0.111 unlikely, not impossible
    assert "kardinah" in {way.profile for way in found.conventions}

    fours = examples["all-fours"]
    assert audit(fours["nrr"], fours["computed"]["exact"]).best.name == "printed_nrr:exact_1/n"
    assert audit(fours["nrr"], fours["computed"]["w_0.11"]).best.name == "printed_nrr:w0.11"
    assert audit(fours["nrr"], fours["computed"]["w_0.111"]).best.name == "printed_nrr:w0.111"
    assert "kardinah" in {way.profile for way in audit(fours["nrr"], "99.9900").conventions}


def test_the_two_numbers_of_gaspul_for_the_same_answers(facts):
    example = next(e for e in facts("skm-facts.json")["worked_examples"] if e["id"] == "gaspul-29")
    published = example["published"]
    for printed, best in ((published["exact"], "raw:exact_1/n"), (published["with_0.11"], "raw:w0.11")):
        assert audit(None, printed, sums=example["totals"], n=29).best.name == best
    every = example["computed"]
    for value, profile in (
        ("exact", "exact"),
        ("w_0.11", "0.11"),
        ("w_0.111", "0.111"),
        ("nrr2_w0.11", "nrr2-0.11"),
        ("nrr3_w0.111_each3", "mahulu"),
        ("nrr2_w1/9_each4", "kardinah"),
    ):
        found = audit(None, every[value], sums=example["totals"], n=29)
        assert profile in {way.profile for way in found.conventions}


def test_the_annex_of_2004_only_comes_out_by_rounding_each_weighted_average(facts):
    example = next(e for e in facts("skm-facts.json")["worked_examples"] if e["id"] == "kep25-annex")
    found = audit(
        example["nrr"],
        example["ikm"],
        standard="kepmenpan-25-2004",
        printed_weighted=example["weighted_rounded3"],
        printed_index=example["nilai_indeks"],
        printed_mutu=example["mutu"],
        printed_kinerja=example["kinerja_id"],
    )
    assert [way.name for way in found.conventions] == ["printed_nrr:w0.071|weighted_round3"]
    assert found.best.profile == "kepmenpan-3dp"
    assert (found.mutu_holds, found.kinerja_holds, found.index_holds, found.weighted_holds) == (True,) * 4
    assert round_half_up(found.exact, 4) == Decimal(example["unrounded"]["ikm_exact_1/14"])


def test_the_answers_of_sekadau_give_the_computed_values(facts):
    sample = next(
        s for s in facts("skm-facts.json")["published_samples"] if s["id"] == "sekadau-2019-first49"
    )
    counts = [
        [list(column).count(score) for score in range(1, 5)] for column in zip(*sample["rows"], strict=True)
    ]
    for value, name in (("exact", "raw:exact_1/n"), ("w_0.11", "raw:w0.11"), ("w_0.111", "raw:w0.111")):
        found = audit(None, sample["computed"][value], counts=counts)
        assert found.best.name == name
        assert found.evidence.sums == tuple(sample["totals"])


def test_the_weight_that_costs_a_letter_is_reported(facts):
    windows = facts("skm-facts.json")["band_flip_windows_exact_ikm"]
    for family, weight in (("w_0.11", "0.11"), ("w_0.111", "0.111")):
        for flip, ends in windows[family].items():
            better, worse = flip.split("_to_")
            for end in ends:
                total = int(Fraction(end) / 25 * 10_000)
                printed = round_half_up(Fraction(weight) * Fraction(end) * 9, 2)
                found = audit(None, printed, sums=[total] * 9, n=10_000, printed_mutu=worse)
                assert (found.exact_mutu, found.mutu, found.mutu_holds) == (better, worse, True)
                assert "IKM660" in codes(found)


# --- slips ---------------------------------------------------------------------------------

ANSWERS = [105, 101, 100, 116, 102, 105, 106, 105, 115]  # of 29


def test_a_number_that_no_way_gives_is_an_error_that_names_the_nearest_way():
    found = audit(None, "92.31", sums=ANSWERS, n=29)
    assert (found.verdict, found.reproduced, found.best, found.families) == (
        "none_fits",
        False,
        None,
        frozenset(),
    )
    assert found.findings.ok is False
    finding = found.findings.by_code("IKM650")[0]
    assert finding.facts["nearest"] == found.nearest.name
    assert found.distance == abs(found.nearest.value - Fraction("92.31"))
    assert "92.31" in finding.message("en")
    assert found.nearest.name in finding.message("id")


def test_swapped_digits_fit_no_way():
    assert (
        audit(["3.31", "3.35", "3.49", "3.93", "3.45", "3.39", "3.39", "3.76", "3.35"], "82.78").verdict
        == "none_fits"
    )


def test_what_rounded_averages_cannot_tell_is_left_open_and_what_sums_can_tell_is_not():
    nrr = ["3.62", "3.48", "3.45", "4.00", "3.52", "3.62", "3.66", "3.62", "3.97"]
    coarse = audit(nrr, "91.4751")  # from unrounded averages
    assert (coarse.verdict, codes(coarse)) == ("possible", ["IKM662"])
    assert "exact_1/n" in coarse.possible
    assert audit(nrr, "91.4751", sums=ANSWERS, n=29).best.name == "raw:exact_1/n"
    assert audit(nrr, "91.4600", sums=ANSWERS, n=29).verdict == "none_fits"


def test_averages_and_n_together_give_the_sums():
    nrr = ["3.62", "3.48", "3.45", "4.00", "3.52", "3.62", "3.66", "3.62", "3.97"]
    found = audit(nrr, "91.4751", n=29)
    assert found.evidence.source == "implied"
    assert found.evidence.sums == tuple(ANSWERS)
    assert found.best.name == "raw:exact_1/n"


def test_an_average_that_so_many_answers_cannot_have_is_named():
    found = audit(["3.50", "3.31"], "85.13", n=10)
    assert found.findings.by_code("IKM661")[0].facts["unsur"] == [2]


def test_averages_that_are_not_those_of_the_sums_are_named():
    found = audit(["3.62", "3.48", "3.54"], "87.93", sums=[105, 101, 100], n=29)  # 3.45, digits swapped
    assert found.findings.by_code("IKM654")[0].facts["unsur"] == [3]


def test_cutting_off_is_told_from_rounding():
    found = audit(None, "91.4655", sums=[*ANSWERS[:-1], 116], n=29)
    exact = Fraction(sum(ANSWERS) + 1, 9 * 29) * 25
    assert found.verdict == "none_fits"
    cut = Fraction(int(exact * 10_000), 10_000)
    assert (
        audit(None, str(float(cut)), sums=[*ANSWERS[:-1], 116], n=29).by_truncation[0].name == "raw:exact_1/n"
    )


def test_only_cutting_off_is_reported():
    found = audit(["3.333", "3.334", "3.334"], "83.34", printed_kinerja="baik")  # 83.341666…
    assert found.best.final == "half_up"
    found = audit(None, "88.88", sums=[32], n=9)  # 88.888…
    assert (found.conventions, found.by_truncation[0].final) == ((), "truncated")
    assert codes(found) == ["IKM652"]
    assert "88.89" in found.findings[0].message("en")


def test_the_letter_of_a_coarse_number_at_an_edge_is_not_held_against_it():
    assert audit(None, "76.6", printed_mutu="B").mutu_holds is True  # it may have been 76.61
    assert audit(None, "76.6", printed_mutu="C").mutu_holds is True
    assert audit(None, "76.60", printed_mutu="B").mutu_holds is False
    assert audit(None, "76.605", printed_mutu="C").mutu_holds is True  # it may have been 76.6046
    assert audit(None, "77", printed_mutu="C").mutu_holds is True
    assert audit(None, "78", printed_mutu="C").mutu_holds is False


@pytest.mark.parametrize(
    ("printed", "letter", "label", "right"),
    [
        ("88,31", "A", "SANGAT  BAIK", (True, True)),
        ("88,31", "a (Sangat Baik)", "Very good", (True, True)),
        ("88,30", "A", "Sangat Baik", (False, False)),
        ("70", "C", "Not good", (True, True)),
        ("60", "D", "Not good", (True, True)),
        ("60", "D", "Good", (True, False)),
        ("80", None, "Memuaskan", (None, False)),
        ("80", "", "", (None, None)),
    ],
)
def test_labels_are_compared_in_both_languages(printed, letter, label, right):
    found = audit(None, printed, printed_mutu=letter, printed_kinerja=label)
    assert (found.mutu_holds, found.kinerja_holds) == right
    assert bool({"IKM655", "IKM666"} & set(codes(found))) == (False in right)


def test_a_number_off_every_scale_is_reported_and_has_no_letter():
    found = audit(None, "876,41", printed_mutu="A")
    assert (found.mutu, found.mutu_holds, codes(found)) == (None, None, ["IKM658"])


def test_sums_and_averages_off_the_scale_are_reported():
    assert "IKM665" in codes(audit(None, "103.12", sums=[33, 33], n=8))
    assert "IKM665" in codes(audit(["4.20", "3.00"], "90.00"))


def test_weighted_averages_that_do_not_follow_are_reported():
    nrr = ["3.70", "3.60"]
    assert audit(nrr, "91.25", printed_weighted=["1.85", "1.80"]).weighted_holds is True
    assert audit(nrr, "91.25", printed_weighted=["1.80", "1.85"]).weighted_holds is False  # swapped
    found = audit(nrr, "91.25", printed_weighted=["1.58", "1.80"])
    assert found.weighted_holds is False
    assert "IKM664" in codes(found)
    assert (
        audit(None, "91.25", printed_weighted=["1.85", "1.80"], printed_index="3.65").weighted_holds is True
    )
    assert (
        audit(None, "91.25", printed_weighted=["1.85", "1.80"], printed_index="3.56").weighted_holds is False
    )


def test_missing_answers_tell_pooled_from_per_unsur():
    counts = [[0, 1, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]]  # two did not answer the third
    per_unsur, pooled = audit(None, "83.33", counts=counts), audit(None, "78.57", counts=counts)
    assert per_unsur.best.name == "raw:exact_1/n"
    assert "pooled_all_answers" not in per_unsur.families
    assert pooled.families == {"pooled_all_answers"}
    assert audit(None, "78.57", sums=[9, 9, 4], n=[3, 3, 1]).families == {"pooled_all_answers"}


def test_floats_are_taken_as_they_are_written_and_arrays_as_lists():
    nrr = np.array([3.31, 3.35, 3.49, 3.93, 3.45, 3.39, 3.39, 3.76, 3.35])
    found = audit(nrr, 87.28)
    assert found.printed.decimals == 2
    assert found.families == audit([str(x) for x in nrr.tolist()], "87.28").families
    assert audit(None, Decimal("91.48"), sums=np.array(ANSWERS), n=np.int64(29)).reproduced
    assert audit(dict(zip("abcdefghi", nrr.tolist(), strict=True)), "87,28").reproduced


def test_the_index_comes_first_or_by_name():
    assert audit(printed_ikm="60.5", n=2).best == audit(None, "60.5", n=2).best


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "printed_ikm is missing"),
        ({"printed_ikm": "abc"}, "'abc'"),
        ({"printed_ikm": ""}, "''"),
        ({"printed_ikm": "1.234,5"}, "1.234,5"),
        ({"printed_ikm": True}, "True is not a number"),
        ({"printed_ikm": float("nan")}, "nan is not a finite"),
        ({"printed_ikm": float("inf")}, "inf is not a finite"),
        ({"printed_ikm": Fraction(1, 3)}, "is a fraction"),
        ({"printed_ikm": None, "nrr": ["3"]}, "printed_ikm is missing"),
        ({"printed_ikm": "80", "nrr": "3,5 3,6"}, "one text"),
        ({"printed_ikm": "80", "nrr": ["3.5", "x"]}, "NRR of unsur 2"),
        ({"printed_ikm": "80", "nrr": ["3.5"], "sums": [3, 4], "n": 1}, "nrr has 1 unsur but sums has 2"),
        ({"printed_ikm": "80", "sums": [3, 4]}, "sums need n"),
        ({"printed_ikm": "80", "sums": [3.5, 4], "n": 1}, "sum of unsur 1: 3.5"),
        ({"printed_ikm": "80", "sums": [-3, 4], "n": 1}, "-3 is negative"),
        ({"printed_ikm": "80", "sums": [True, 4], "n": 1}, "True is not a whole number"),
        ({"printed_ikm": "80", "n": 0}, "n must be at least 1, got 0"),
        ({"printed_ikm": "80", "n": 2.5}, "2.5 is not a whole number"),
        ({"printed_ikm": "80", "sums": [3, 4], "n": [1, 1, 1]}, "n has 3 numbers for 2 unsur"),
        ({"printed_ikm": "80", "counts": [[1, 2, 3]]}, "the scale has 4 scores"),
        ({"printed_ikm": "80", "counts": [[0, 0, 0, 0]]}, "all 0"),
        ({"printed_ikm": "80", "counts": [[0, 0, 3, 4]], "n": 5}, "add to 7, more than n = 5"),
        ({"printed_ikm": "80", "counts": [[0, 0, 3, 4]], "sums": [26]}, r"unsur 1 \(26, not 25\)"),
        ({"printed_ikm": "80", "nrr": ["3", "3"], "printed_weighted": ["1"]}, "printed_weighted has 1 unsur"),
        ({"printed_ikm": "80", "printed_index": "3;2"}, "printed_index"),
    ],
)
def test_evidence_that_is_none_is_refused_with_its_value(given, said):
    with pytest.raises(ValueError, match=said):
        audit(**given)


def test_a_standard_without_a_way_to_an_index_cannot_be_audited():
    with pytest.raises(EstimationError, match="spak"):
        audit(None, "3,5", standard="spak")
    with pytest.raises(UnknownNameError):
        audit(None, "80", standard="permenpanrb-99-2099")


# --- properties ----------------------------------------------------------------------------


def _ways(sums, n):
    law = standards.get(LAW)
    means = tuple(Fraction(s, n) for s in sums)
    rules = weight_rules([Fraction(1, len(sums))] * len(sums), law.profiles)
    return candidates(
        {"raw": means},
        weights=rules,
        profiles=law.profiles,
        factor=Fraction(25),
        pooled=Fraction(sum(sums), n * len(sums)),
    )


@st.composite
def surveys(draw):
    n = draw(st.integers(1, 400))
    return [draw(st.integers(n, 4 * n)) for _ in range(draw(st.sampled_from([2, 4, 9, 14])))], n


@given(survey=surveys(), data=st.data(), decimals=st.integers(2, 6))
def test_an_index_made_in_any_known_way_is_found_in_that_way(survey, data, decimals):
    sums, n = survey
    way = data.draw(st.sampled_from(_ways(sums, n)))
    printed = round_half_up(way.value, decimals)
    assume(printed >= 25)
    found = audit(None, str(printed), sums=sums, n=n)
    assert way.name in {convention.name for convention in found.conventions}
    assert way.family in found.families
    assert found.best.departures <= way.departures


@given(survey=surveys(), decimals=st.integers(2, 6))
def test_the_rule_itself_is_always_the_simplest_way(survey, decimals):
    sums, n = survey
    exact = Fraction(sum(sums), n * len(sums)) * 25
    found = audit(None, str(round_half_up(exact, decimals)), sums=sums, n=n)
    assert found.best.name == "raw:exact_1/n"
    assert found.exact == exact


@given(
    survey=surveys(), shift=st.sampled_from([-1, 1]), beyond=st.integers(1, 500), decimals=st.integers(2, 4)
)
def test_a_number_beyond_all_ways_fits_none(survey, shift, beyond, decimals):
    sums, n = survey
    values = [way.value for way in _ways(sums, n)]
    end = max(values) if shift > 0 else min(values)
    # two units away no last rounding reaches it
    printed = round_half_up(end, decimals) + shift * (2 + beyond) * Decimal(1).scaleb(-decimals)
    assume(printed >= 25)
    found = audit(None, str(printed), sums=sums, n=n)
    assert found.verdict == "none_fits"
    assert not found.findings.ok
    assert found.distance >= Fraction(1 + beyond, 10**decimals)


@given(survey=surveys())
def test_printed_averages_never_exclude_the_index_they_were_rounded_from(survey):
    sums, n = survey
    exact = Fraction(sum(sums), n * len(sums)) * 25
    nrr = [str(round_half_up(Fraction(s, n), 2)) for s in sums]
    found = audit(nrr, str(round_half_up(exact, 4)))
    assert found.within_interval
    assert found.interval[0] <= exact <= found.interval[1]
    assert "exact_1/n" in found.possible
    assert found.verdict in {"reproduced", "possible"}


@given(total=st.integers(9, 36), n=st.integers(1, 12))
def test_whoever_multiplies_by_0_11_is_found_out_by_the_total_alone(total, n):
    answers = total * n
    printed = str(round_half_up(Fraction(answers, n) * Fraction(11, 100) * 25, 4))
    assume(Fraction(printed) >= 25)
    found = audit(None, printed, n=n)
    assert next(t for t in found.implied if t.family == "w0.11").whole == answers
    assert "w0.11" in found.families


BOUNDS = (
    (88.31, "A", "Sangat baik"),
    (76.61, "B", "Baik"),
    (65.0, "C", "Kurang baik"),
    (25.0, "D", "Tidak baik"),
)


@pytest.mark.parametrize("name", RECORDS)
def test_letter_and_label_of_every_record_are_judged_by_its_printed_index(name, published, audited):
    """By the bounds of 14/2017 written out here; prints too coarse for one band are left to the audit."""
    record = published[name]
    found = audited(name)
    letter, label = record.get("printed_mutu"), record.get("printed_kinerja")
    if letter is None and label is None:
        assert (found.mutu_holds, found.kinerja_holds) == (None, None)
        return
    if record["instrument"] != "permenpan-14-2017" or "," not in record["printed_ikm"].replace(".", ","):
        pytest.skip("another instrument, or a print without decimals")
    value = float(record["printed_ikm"].replace(",", "."))
    if value <= 4:  # an average on the scale of the answers
        value *= 25
    mutu, kinerja = next((m, k) for low, m, k in BOUNDS if round(value + 1e-9, 2) >= low)
    assert found.mutu_holds is (None if letter is None else letter.strip().upper().startswith(mutu))
    english = {"Sangat baik": "very good", "Baik": "good"}.get(kinerja, "not good")
    if label is not None:
        assert found.kinerja_holds is (label.strip().casefold() in {kinerja.casefold(), english})


def test_an_audit_is_plain_data_with_what_fits_best_or_is_nearest():
    nine = [3.11] * 9
    fits, misses = audit(nine, 76.98), audit(nine, 60.0)
    best = fits.to_dict()
    assert best["best"] == fits.best.to_dict(fits.printed)
    assert best["reproduced"]
    missed = misses.to_dict()
    assert (missed["best"], missed["reproduced"]) == (None, False)
    assert missed["nearest"] == misses.nearest.to_dict(misses.printed)
    page = fits._repr_html_()
    assert page.startswith(f"<div><p>{escape(fits.explain('id'))}</p><table><tr><th>cara hitung</th>")
    assert page.count("<tr><td>") == min(5, len(fits.conventions) + len(fits.by_truncation))
    assert "</tr><tr>" in page
    assert "w0.11" in page


@pytest.mark.parametrize(
    ("way", "said", "english"),
    [
        ({"basis": "printed_nrr"}, "NRR yang dicetak", "the averages as printed"),
        ({"basis": "printed_nrr", "weighted_decimals": 3}, "NRR tertimbang dibulatkan 3 desimal",
         "weighted averages rounded to 3 decimals"),
        ({"basis": "printed_nrr", "index_decimals": 2}, "indeks dibulatkan 2 desimal",
         "the index rounded to 2 decimals"),
        ({"basis": "printed_nrr", "final": "half_up_twice"}, "dibulatkan dua kali", "rounded twice"),
        ({"basis": "printed_nrr", "final": "truncated"}, "dipotong, tidak dibulatkan",
         "cut off, not rounded"),
        ({"basis": "pooled"}, "rata-rata semua jawaban", "the average of all answers"),
        ({"basis": "raw_nrr"}, "jumlah jawaban dibagi responden", "sums of answers over respondents"),
    ],
)  # fmt: skip
def test_each_way_of_computing_has_its_words(way, said, english):
    one = Convention(family="exact_1/n", weight=Fraction(1, 9), value=Fraction(80), **way)
    for lang, words, weight in (("id", said, "bobot tepat"), ("en", english, "exact weights")):
        told = describe(one, lang).split(", ", 1) if way["basis"] == "pooled" else describe(one, lang)
        assert words in told
        assert (weight in told) is (way["basis"] != "pooled")


def test_weights_that_differ_are_passed_over_when_working_back_to_a_total():
    law = standards.survey(LAW)
    rules = [
        WeightRule(family="berat sebelah", weights=(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))),
        WeightRule(family="sama", weights=(Fraction(1, 3),) * 3),
    ]
    found = implied_totals(Printed.of("75,00"), n=4, weights=rules, scale=law.scale, factor=Fraction(25))
    assert [(total.family, total.whole) for total in found] == [("sama", 36)]  # 36 / 12 * 25


def test_a_number_without_a_letter_is_said_without_one():
    letter = "angka itu bermutu"
    assert letter in audit(printed_ikm="75,00", n=5).explain()
    off = audit(printed_ikm="150", n=5)
    assert off.mutu is None
    assert letter not in off.explain()


def test_a_label_that_is_right_is_looked_up_under_no_other_regulation():
    assert audit(["3.70"] * 9, "92.50", printed_mutu="A", printed_kinerja="Sangat baik").label_under == ()


def test_the_letter_of_the_exact_index_is_that_of_its_band():
    assert audit(["3.70"] * 9, "92.50").exact_mutu == "A"
    assert audit(["3.00"] * 9, "80.00").exact_mutu == "C"  # 75.00
