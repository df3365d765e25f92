from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sipukat import datasets, ikm, plot, read_survey
from sipukat._text import round_half_up
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.report import ikm_figures as figures
from sipukat.report.figure_words import words_of

SCORES = ("share_1", "share_2", "share_3", "share_4")


def survey(scores, **columns):
    return pd.DataFrame({**{f"U{i}": scores for i in range(1, 10)}, **columns})


def by_unit(sizes):
    rows = [
        {"unit": unit, **{f"U{i}": 1 + (k + i) % 4 for i in range(1, 10)}}
        for unit, n in sizes.items()
        for k in range(n)
    ]
    return ikm.estimate(pd.DataFrame(rows), by="unit")


@pytest.fixture(scope="module")
def city():
    responses = read_survey(datasets.path("kota-contoh")).responses
    return responses, ikm.estimate(responses, by="unit")


def test_shares_are_those_that_are_counted_in_the_file(city):
    responses, result = city
    for record, key in zip(figures.distribution(result).data, responses.unsur, strict=True):
        answers = responses.frame[key].dropna()
        counted = answers.value_counts()
        for score, name in enumerate(SCORES, start=1):
            share = Fraction(100 * int(counted.get(score, 0)), len(answers))
            assert record[name] == round_half_up(share, 1)
        assert record["value"] == round_half_up(Fraction(100 * int((answers >= 3).sum()), len(answers)), 1)
        assert record["n"] == len(answers)
        assert record["missing"] == len(responses) - len(answers)


def test_shares_of_weighted_respondents_are_weighted():
    frame = survey([1, 4], w=[3, 1])
    record = figures.distribution(ikm.estimate(pd.concat([frame] * 5), design=ikm.Design(weight="w"))).data[0]
    assert [record[name] for name in SCORES] == [
        Decimal("75.0"),
        Decimal("0.0"),
        Decimal("0.0"),
        Decimal("25.0"),
    ]
    assert record["n"] == 10


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=5, max_size=60))
def test_shares_add_up_and_their_order_does_not_matter(scores):
    made = figures.distribution(ikm.estimate(survey(scores)))
    record = made.data[0]
    assert abs(sum(record[name] for name in SCORES) - 100) <= Decimal("0.2")
    assert figures.distribution(ikm.estimate(survey(scores[::-1]))) == made


def test_fewer_than_five_answers_are_withheld_and_the_words_say_so():
    frame = survey([4, 3, 2, 1, 4, 4])
    frame["U3"] = [4, None, None, 3, 2, 1]
    frame["U4"] = None
    made = figures.distribution(ikm.estimate(frame))
    hidden, empty = made.data[2], made.data[3]
    assert hidden["note"] == "ditahan"
    assert {hidden[name] for name in (*SCORES, "value", "n", "missing")} == {None}
    assert (empty["note"], empty["n"], empty["missing"]) == ("tanpa jawaban", 0, 6)
    assert "1 unsur ditahan karena dijawab kurang dari 5 responden." in made.alt
    assert figures.distribution(ikm.estimate(survey([4, 3, 2, 1]))) is None
    assert figures.distribution(ikm.estimate(survey([4, 3, 2, 1])), withhold_below=0) is not None
    with pytest.raises(ArgumentError, match="0 or more"):
        figures.distribution(ikm.estimate(survey([4] * 9)), withhold_below=-1)


def test_of_groups_the_small_one_is_withheld_and_one_from_which_it_could_be_computed():
    result = by_unit({"A": 3, "B": 20, "C": 40})
    shown = {unit: figures.distribution(result, group=unit) for unit in "ABC"}
    assert [unit for unit, made in shown.items() if made is None] == ["A", "B"]
    assert shown["C"].data[0]["n"] == 40
    assert "; C." in shown["C"].caption
    with pytest.raises(UnknownNameError):
        figures.distribution(result, group="Z")


def test_an_unsur_that_few_of_one_group_answered_is_withheld_in_two():
    frame = survey([4, 3, 2, 1] * 5, unit=["A"] * 10 + ["B"] * 10)
    frame["U1"] = [4, 3, 2, *[None] * 7, *[4] * 10]
    result = ikm.estimate(frame, by="unit")
    for unit in "AB":
        made = figures.distribution(result, group=unit)
        assert made.data[0]["value"] is None
        assert made.data[1]["value"] is not None


def test_the_words_name_the_highest_and_the_lowest_share():
    frame = survey([4, 4, 4, 3, 2] * 4)
    frame["U7"], frame["U2"] = [4] * 20, [1, 1, 2, 2, 3] * 4
    alt = figures.distribution(ikm.estimate(frame)).alt
    assert "paling banyak diberikan pada U7 Perilaku Pelaksana (100,0 %)" in alt
    assert "paling sedikit pada U2 Sistem, Mekanisme, dan Prosedur (20,0 %)" in alt
    assert "Nilai terendah, 1, paling banyak pada U2 Sistem, Mekanisme, dan Prosedur (40,0 %)." in alt
    alike = figures.distribution(ikm.estimate(survey([4] * 9)), lang="en").alt
    assert "For every unsur, 100.0% gave scores 3–4. Nobody gave the lowest score, 1." in alike


def test_ranks_are_those_of_the_ranking_the_best_first(city):
    ranking = ikm.rank(city[1])
    made = figures.ranks(ranking)
    assert [r["rank"] for r in made.data] == sorted(row.rank for row in ranking.rows)
    for record in made.data:
        row = ranking[record["label"]]
        assert (record["rank_low"], record["rank_high"], record["value"]) == (
            row.rank_low, row.rank_high, row.published,
        )  # fmt: skip
    first = [r["label"] for r in made.data if r["rank_low"] == 1]
    assert f"Yang mungkin menempati peringkat 1: {' dan '.join(first)}." in made.alt
    assert "95 % untuk semua sekaligus" in made.caption


def test_withheld_groups_are_neither_drawn_nor_named():
    ranking = ikm.rank(by_unit({"Kecil": 6, "Sedang": 25, "Besar": 40, "Lain": 30}))
    made = figures.ranks(ranking)
    assert {r["label"] for r in made.data} == {"Besar", "Lain"}
    assert "2 kelompok ditahan" in made.caption
    assert not any(name in made.model_dump_json() for name in ("Kecil", "Sedang"))
    assert {r["label"] for r in figures.ranks(ranking, hidden={"Besar"}).data} == {"Kecil", "Sedang", "Lain"}
    assert figures.ranks(ranking, hidden={"Kecil", "Sedang", "Besar", "Lain"}) is None


def test_the_ranks_of_those_shown_do_not_tell_where_a_withheld_one_lies():
    rows = {"A": [4] * 20, "Kecil": [3, 4] * 3, "Sedang": [3, 3, 4, 3] * 6, "Z": [1, 2] * 15}
    frame = pd.concat([survey(scores, unit=[unit] * len(scores)) for unit, scores in rows.items()])
    ranking = ikm.rank(ikm.estimate(frame, by="unit"))
    assert ranking["Z"].rank == 4
    made = figures.ranks(ranking, withhold_below=10, hidden={"Kecil", "Sedang"})
    assert [(r["label"], r["rank"], r["rank_low"], r["rank_high"]) for r in made.data] == [
        ("A", 1, 1, 1), ("Z", 2, 2, 2),
    ]  # fmt: skip
    assert made.axis == (Decimal(1), Decimal(2))


def test_groups_that_cannot_be_told_apart_are_said_not_to_be():
    made = figures.ranks(ikm.rank(by_unit({"A": 20, "B": 20, "C": 20})))
    assert "3 kelompok tidak dapat diurutkan" in made.alt
    assert "cannot be put in order" in figures.ranks(ikm.rank(by_unit({"A": 20, "B": 20})), lang="en").alt


def test_more_groups_than_can_be_read_have_no_figure():
    assert figures.ranks(ikm.rank(by_unit({f"{n:02}": 12 for n in range(61)}))) is None


def test_a_trend_has_each_period_and_says_which_change_is_sure():
    found = ikm.trend({
        2023: ikm.estimate(survey([3, 3, 2, 4] * 20)),
        2024: ikm.estimate(survey([3, 3, 3, 4] * 20)),
        2025: ikm.estimate(survey([3, 3, 4, 3] * 20)),
    })  # fmt: skip
    made = figures.trend(found)
    assert [r["value"] for r in made.data] == [row.published for row in found.rows]
    assert [r["sure"] for r in made.data] == [None, 1, 0]
    assert made.alt.startswith("2023: 75,00 (70,87 sampai 78,77); 2024: 81,25")
    assert found.sentence("id") in made.alt
    assert made.axis == (Decimal(70), Decimal(85))


def test_a_trend_of_results_is_drawn_even_of_one_period_at_the_end_of_the_scale():
    full = ikm.estimate(survey([4] * 12))
    made = figures.trend({2026: full}, lang="en")
    assert (made.data[0]["value"], made.data[0]["sure"]) == (Decimal("100.00"), None)
    assert made.axis == (Decimal(85), Decimal(100))
    assert [band.mutu for band in made.bands] == ["D", "C", "B", "A"]
    one = figures.trend({2026: ikm.estimate(survey([3]))})
    assert (one.data[0]["low"], one.data[0]["high"]) == (None, None)
    nobody = ikm.estimate(survey([None, None]))
    assert figures.trend({2026: nobody}) is None
    assert [r["label"] for r in figures.trend({2025: nobody, 2026: full}).data] == ["2026"]


@given(
    st.lists(st.decimals(25, 100, places=2), min_size=1, max_size=9),
)
def test_the_axis_of_a_trend_holds_every_value_on_round_numbers(values):
    rule = ikm.estimate(survey([3] * 9)).standard
    for standard in (None, rule):
        start, end = figures._axis(values, standard)
        assert start <= min(values)
        assert end >= max(values)
        assert end - start >= 10
        assert start % 5 == end % 5 == 0


def test_priorities_are_those_that_were_found_and_the_cut_is_their_mean():
    found = ikm.priorities(ikm.estimate(read_survey(datasets.path("dpmptsp-contoh")).responses))
    made = figures.priorities(found)
    *rows, cut = made.data
    assert cut["role"] == "cut"
    assert [r["quadrant"] for r in rows] == [row.quadrant for row in found.rows]
    for record, row in zip(rows, found.rows, strict=True):
        right, above = record["value"] >= cut["value"], record["importance"] >= cut["importance"]
        place = {(0, 1): "prioritas utama", (1, 1): "pertahankan", (0, 0): "prioritas rendah"}
        assert place.get((right, above), "berlebihan") == row.quadrant
    assert "Prioritas utama: U9 Sarana dan prasarana." in made.alt
    assert "Concentrate here: U9" in figures.priorities(found, lang="en").alt


def test_without_importance_there_is_no_figure():
    assert figures.priorities(ikm.priorities(ikm.estimate(survey([4, 3, 2])), importance="none")) is None
    assert figures.priorities(ikm.priorities(ikm.estimate(survey([4] * 30)))) is None


def test_a_figure_is_a_frame():
    frame = figures.distribution(ikm.estimate(survey([4, 3, 2, 1] * 3))).to_frame()
    assert frame.shape == (9, 9)
    assert frame["share_4"].tolist() == [Decimal("25.0")] * 9


def test_hostile_names_reach_the_figure_as_words():
    name = "<script>" + chr(0) + chr(0x202E) + "=1+1" + "x" * 9000
    made = figures.ranks(ikm.rank(by_unit({name: 20, "B": 20})))
    assert chr(0) not in made.model_dump_json()
    assert "<script>" not in plot.svg(made)


def test_both_languages_have_the_same_words_with_the_same_places():
    import re

    indonesian, english = words_of("id"), words_of("en")
    assert list(indonesian) == list(english)
    for key, text in indonesian.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key]))
