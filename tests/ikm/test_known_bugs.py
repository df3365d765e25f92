"""The 34 mistakes found in public SKM apps, one test each: what they printed, and what we print.

Numbers are those of the list `known_bugs` in the regulation facts.
"""

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, read_survey, standards
from sipukat.errors import AnswerError, ColumnError, UnreadableFileError

CODES = [f"U{i}" for i in range(1, 10)]
LAW = "permenpanrb-14-2017"


def survey(rows, **more):
    return pd.DataFrame(rows, columns=CODES).assign(**more)


def complete(n, total):
    low, more = divmod(total, 9 * n)
    answers = np.full(9 * n, low)
    answers[:more] += 1
    return survey(answers.reshape(n, 9))


def letter(value):
    return ikm.classify(value, LAW).mutu


def test_all_34_are_here(facts):
    assert len(facts("skm-facts.json")["known_bugs"]) == 34
    here = sorted(int(name[4:6]) for name in globals() if name.startswith("bug_"))
    assert here == list(range(1, 35))


def bug_01_every_band_is_tested_on_the_same_scale():
    assert [letter(v) for v in ("88.30", "76.60", "64.99")] == ["B", "C", "D"]


def bug_02_a_filtered_report_divides_by_its_own_respondents():
    result = ikm.estimate(survey([[4] * 9, [4] * 9, [2] * 9], unit=["a", "a", "b"]), by="unit")
    assert (result["a"].n, result["a"].published) == (2, Decimal("100.00"))


def bug_03_a_value_between_the_printed_bands_is_not_sent_to_d():
    assert ikm.estimate(complete(19, 604)).overall.mutu == "B"  # 88.30409


def bug_04_c_starts_at_65():
    assert [letter(v) for v in ("64.99", "65.00", "65.30")] == ["D", "C", "C"]


def bug_05_a_starts_at_88_31_and_there_is_no_e():
    assert [letter(v) for v in ("88.31", "88.39")] == ["A", "A"]
    assert [b.mutu for b in standards.get(LAW).bands] == ["D", "C", "B", "A"]
    assert ikm.classify("88.31", LAW).kinerja == "Sangat baik"


def bug_06_the_published_index_has_two_decimals():
    assert str(ikm.estimate(complete(26, 717)).overall.published) == "76.60"


def bug_07_one_weight_is_used_and_unsur_8_and_9_go_by_key():
    rule = standards.get(LAW)
    assert set(rule.weights.values()) == {Fraction(1, 9)}
    assert rule.unsur_of("sarana").nama.casefold() == "sarana dan prasarana"
    stated = ikm.estimate(survey([[4] * 7 + [1, 4]]), order="kuesioner")
    assert stated.overall.nrr["sarana"] == 1


def bug_08_one_table_of_cuts_serves_everything():
    cuts = [band.low for band in standards.get(LAW).bands]
    assert cuts == [Decimal("25.00"), Decimal("65.00"), Decimal("76.61"), Decimal("88.31")]


def bug_09_the_weight_of_the_standard_is_used_not_0_111():
    assert ikm.estimate(survey([[4] * 9])).overall.exact == 100


def bug_10_b_starts_at_76_61_and_nothing_is_invalid():
    assert [letter(v) for v in ("76.00", "76.01", "76.60", "76.605", "76.61")] == ["C", "C", "C", "B", "B"]


def bug_11_a_unit_divides_by_its_own_answers():
    rows = [[4] * 9, [2] * 8 + [None]]
    assert ikm.estimate(survey(rows)).overall.nrr["U9"] == 4


def bug_12_the_index_is_not_rounded_before_it_is_classified():
    e = ikm.estimate(complete(43, 1367)).overall  # 88.30749; its mean of 2 decimals would be 3.53, B
    assert (str(e.published), e.mutu) == ("88.31", "A")


def bug_13_the_weight_follows_the_number_of_unsur(tmp_path):
    local = tmp_path / "perbup-contoh.toml"
    local.write_text(
        'kind = "survey"\nid = "perbup-contoh-1-2026"\ntitle = "Contoh"\nextends = "permenpanrb-14-2017"\n'
        'confidence = "A"\n[[unsur]]\nkey = "ramah_anak"\ncode = "U10"\nnama = "Ramah anak"\n'
        'name = "Child friendly"\nplace = "Pasal 3"\nconfidence = "A"\n',
        encoding="utf-8",
    )
    rule = standards.load(local)
    frame = pd.DataFrame([[4] * 10], columns=rule.unsur_keys)
    assert ikm.estimate(frame, rule).overall.exact == 100


def bug_14_an_unanswered_question_is_the_same_on_every_page():
    rows = [[4] * 9, [4] * 8 + [None]]
    assert ikm.estimate(survey(rows)).overall.exact == 100
    assert ikm.estimate(survey(rows, unit="a"), by="unit")["a"].exact == 100


def bug_15_unsur_are_classified_on_nrr_times_25():
    answers = np.full((47, 9), 3)
    answers[:3, 0] = 4  # 3.0638 x 25 = 76.60: C; 3.06 would call it B
    assert ikm.estimate(survey(answers)).unsur_frame()["mutu"][0] == "C"


def bug_16_no_bound_is_fudged_and_no_letter_is_invalid():
    assert letter("25.00") == "D"
    assert letter("100.00") == "A"
    for value in ("24.49", "100.01"):
        with pytest.raises(ValueError, match="outside the IKM"):
            letter(value)


def bug_17_the_gap_between_c_and_b_has_a_letter():
    assert ikm.estimate(complete(19, 524)).overall.mutu == "B"  # 76.60819


def bug_18_units_are_told_apart_by_their_whole_name():
    frame = survey([[4] * 9, [1] * 9], unit=["dinas", "dinas2"])
    assert [e.n for _, e in ikm.estimate(frame, by="unit").items()] == [1, 1]


def bug_19_nothing_is_rounded_before_it_is_multiplied_by_25():
    values = {ikm.estimate(complete(50, total)).overall.published for total in range(1500, 1520)}
    assert len(values) == 20  # steps of 0.06, not of 0.25


def bug_20_all_fours_are_100_and_not_99_99():
    assert str(ikm.estimate(survey([[4] * 9] * 7)).overall.published) == "100.00"


def bug_21_printed_bands_are_lower_bounds():
    for n in range(1, 60):
        for total in (9 * n * 3, 9 * n * 3 + 1, 9 * n * 3 + n):
            assert ikm.estimate(complete(n, total)).overall.mutu in set("ABCD")


def bug_22_text_and_number_name_the_same_weight():
    found = ikm.audit(sums=[105, 101, 100, 116, 102, 105, 106, 105, 115], n=29, printed_ikm="90.56")
    assert "w0.11" in found.families
    assert "w0.1111" not in found.families


def bug_23_labels_are_those_of_the_regulation():
    labels = [band.kinerja.casefold() for band in standards.get(LAW).bands]
    assert labels == ["tidak baik", "kurang baik", "baik", "sangat baik"]


def bug_24_an_unsur_without_answers_does_not_divide_by_zero():
    result = ikm.estimate(survey([[4] * 8 + [None]] * 3))
    assert result.overall.exact == 100
    assert not result.findings.ok


def bug_25_the_index_is_of_the_group_not_of_one_respondent():
    assert ikm.estimate(survey([[4] * 9, [2] * 9])).overall.exact == 75


def bug_26_the_maximum_is_100():
    assert ikm.estimate(survey([[4] * 9])).overall.published == 100


def bug_27_unreadable_answers_are_refused_and_blank_ones_are_not_one(tmp_path):
    path = tmp_path / "jawaban.csv"
    path.write_text(",".join(CODES) + "\n" + ",".join(["sangat puas sekali 4"] * 9) + "\n", encoding="utf-8")
    with pytest.raises(AnswerError, match="sangat puas sekali 4"):
        read_survey(path)
    path.write_text(
        ",".join(CODES) + "\n" + ",".join(["4"] * 8) + ",\n" + ",".join(["2"] * 9) + "\n", encoding="utf-8"
    )
    responses = read_survey(path).responses
    assert ikm.estimate(responses).overall.nrr[responses.unsur[8]] == 2


def bug_28_option_words_belong_to_their_unsur_and_unknown_ones_are_not_zero():
    rule = standards.get(LAW)
    row = {u.nama: u.options[3].label for u in rule.unsur}
    good = read_survey(pd.DataFrame([row])).responses
    assert ikm.estimate(good).overall.exact == 100
    swapped = {**row, rule.unsur_of("sarana").nama: rule.unsur_of("pengaduan").options[3].label}
    with pytest.raises(AnswerError, match="Dikelola dengan baik"):
        read_survey(pd.DataFrame([swapped]))


def bug_29_nine_unsur_do_not_weigh_0_071():
    assert standards.get(LAW).profile("exact").weight is None
    assert {p.weight for p in standards.get(LAW).profiles} <= {None, Fraction("0.11"), Fraction("0.111")}


def bug_30_unsur_are_not_rounded_to_whole_numbers():
    answers = np.full((10, 9), 3)
    answers[:4] = 4
    assert ikm.estimate(survey(answers)).overall.exact == 85


def bug_31_a_failure_is_an_error_and_never_a_made_up_result(tmp_path):
    with pytest.raises(UnreadableFileError, match="no file of that name"):
        read_survey(tmp_path / "tidak-ada.csv")


def bug_32_the_unsur_of_2014_are_not_those_of_2017():
    assert "maklumat" in standards.get("permenpanrb-16-2014").unsur_keys
    columns = [u.nama for u in standards.get("permenpanrb-16-2014").unsur]
    with pytest.raises(ColumnError, match="permenpanrb-16-2014"):
        read_survey(pd.DataFrame([[4] * 9], columns=columns), standard=LAW)
    assert standards.get("spak").bands == ()


def bug_33_the_sample_size_is_that_of_krejcie_and_morgan():
    assert ikm.sample_size(1000).n == 278


def bug_34_the_index_is_the_mean_of_unsur_and_has_no_percent_sign(facts):
    known = facts("skm-facts.json")["missing_demo"]
    e = ikm.estimate(survey(known["scores"])).overall
    assert f"{e.ikm:.4f}" == known["ikm"]["available_per_unsur"] != known["ikm"]["respondent_mean"]
    assert "%" not in json.dumps(ikm.estimate(survey(known["scores"])).to_dict()["overall"])


@pytest.mark.parametrize("name", sorted(name for name in globals() if name.startswith("bug_")))
def test_bug(name, request, tmp_path):
    function = globals()[name]
    needed = function.__code__.co_varnames[: function.__code__.co_argcount]
    function(**{fixture: request.getfixturevalue(fixture) for fixture in needed})
