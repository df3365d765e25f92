"""Somebody who has all that is published, and computes: nothing of a few people follows from one publication.

Two proofs of it. An integer programme over the published counts and sums leaves more than one value for
whatever is withheld. And there are two worlds, in which a small group answered otherwise, whose
publications are the same to the last byte: no cleverness tells them apart. What follows from two
publications together is shown as it is, with the finding that warns of it.
"""

import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from scipy.optimize import LinearConstraint, milp

from sipukat import export, ikm, read_survey, report
from sipukat.errors import ArgumentError, ArgumentTypeError, EstimationError
from sipukat.ikm.sharing import withhold
from sipukat.report.earlier import compared_with
from sipukat.report.poster import posters
from sipukat.report.withholding import CELL, DEFAULT, withheld

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
LOW, HIGH, STEP = 1, 4, 25
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
FORMATS = ("csv", "csv-machine", "datapackage", "html", "json", "jsonld", "markdown", "xlsx")
SIZES = st.dictionaries(st.sampled_from(["A", "B", "C", "D", "E"]), st.integers(1, 30), min_size=3)


@pytest.fixture(scope="module")
def made():
    return datetime(2026, 8, 17, 9, tzinfo=UTC)


def people(sizes, *, seed=0, happy=0.5, delighted=()):
    """Return respondents of units of these sizes; the delighted give everything the highest score."""
    rng = random.Random(seed)  # noqa: S311
    rows = []
    for unit, n in sizes.items():
        for _ in range(n):
            glad = unit in delighted
            scores = [HIGH if glad or rng.random() < happy else rng.randint(LOW, HIGH) for _ in KEYS]
            sex, school = rng.choice("LP"), rng.choice(["SD", "SMP", "SMA", "S1"])
            rows.append(
                {"unit": unit, "sex": sex, "education": school, **dict(zip(KEYS, scores, strict=True))}
            )
    return pd.DataFrame(rows).astype(dict.fromkeys(KEYS, "Int8"))


def answers_of(frame, made_of=None):
    """Return a frame as what a reader made of it."""
    form = pd.DataFrame({"Jenis Kelamin": frame["sex"], "Pendidikan": frame["education"], **frame[KEYS]})
    read = read_survey(form).responses
    return replace(read, frame=read.frame.assign(unit=frame["unit"].to_numpy()))


def reports(frame, made):
    """Return every report that an office makes of a survey: all that an exporter ever sees."""
    result = ikm.estimate(frame, by="unit")
    known = {"generated": made}
    parts = {part: report.build(result, part=part, **known) for part in ("hasil", "ringkas", "laporan")}
    each = {f"poster {unit}": one for unit, one in posters(result, generated=made)}
    return parts | each


def names(document):
    groups = document.data["groups"]
    return {each["group"][0] for each in groups if each["withheld"]}


def possible(equations, lower, upper):
    """Return the least and the most that each unknown whole number can be, given sums of them.

    Equations are pairs: the places of the unknowns, and their sum.
    """
    rows = np.zeros((len(equations), len(lower)))
    for row, (places, _) in zip(rows, equations, strict=True):
        row[list(places)] = 1
    sums = [total for _, total in equations]
    ends = []
    for place in range(len(lower)):
        pair = []
        for sign in (1, -1):
            cost = np.zeros(len(lower))
            cost[place] = sign
            found = milp(
                cost,
                constraints=LinearConstraint(rows, sums, sums) if equations else (),
                bounds=(lower, upper),
                integrality=np.ones(len(lower)),
            )
            assert found.success, "the published numbers contradict each other"
            pair.append(round(sign * found.fun))
        ends.append(tuple(pair))
    return ends


def recovered(data):
    """Return what an attacker computes of withheld units from a report's numbers: (people, sum of scores)."""
    hidden = [each["group"][0] for each in data["groups"] if each["withheld"]]
    shown = [each for each in data["groups"] if not each["withheld"]]
    n = data["overall"]["n"] - sum(each["n"] for each in shown)

    def total(each):
        return round(each["ikm"] * each["n"] * len(KEYS) / STEP)

    left = total(data["overall"]) - sum(total(each) for each in shown)
    if not hidden:
        return {}
    counts = possible([(range(len(hidden)), n)], [1] * len(hidden), [n] * len(hidden))
    found = {}
    for unit, (least, most) in zip(hidden, counts, strict=True):
        if least == most or left in {LOW * n * len(KEYS), HIGH * n * len(KEYS)}:
            found[unit] = (least, left) if least == most else "everybody gave one answer"
    return found


def naive(frame, made):
    """Return the numbers of a report that withholds small units and no other."""
    document = report.build(ikm.estimate(frame, by="unit"), generated=made, withhold_below=0)
    data = json.loads(export.get("json")(document))["data"]
    groups = [
        {"group": each["group"], "withheld": True} if each["n"] < DEFAULT else each for each in data["groups"]
    ]
    return data | {"groups": groups}


def test_the_attack_works_where_only_small_groups_are_withheld(made):
    frame = people({"A": 4, "B": 20, "C": 30})
    truth = int(frame.loc[frame["unit"] == "A", KEYS].sum().sum())
    assert recovered(naive(frame, made)) == {"A": (4, truth)}
    alike = people({"A": 4, "B": 8, "C": 30}, delighted="AB")
    assert set(recovered(naive(alike, made))) == {"A", "B"}


@settings(max_examples=8, suppress_health_check=SLOW)
@given(sizes=SIZES, seed=st.integers(0, 99), delighted=st.sets(st.sampled_from("ABCDE"), max_size=3))
def test_no_withheld_unit_is_computed_from_the_numbers_of_a_report(made, sizes, seed, delighted):
    document = report.build(
        ikm.estimate(people(sizes, seed=seed, delighted=delighted), by="unit"), generated=made
    )
    data = json.loads(export.get("json")(document))["data"]
    everybody = data["overall"]["ikm"] == HIGH * STEP  # the total tells it of all
    assert everybody or not any(not each["withheld"] for each in data["groups"]) or recovered(data) == {}


@pytest.mark.parametrize("seed", range(10))
def test_another_world_has_the_same_publications(made, seed):
    rng = random.Random(seed)  # noqa: S311
    sizes = {unit: rng.choice([rng.randint(1, 12), rng.randint(10, 40)]) for unit in "ABCDE"[: 3 + seed % 3]}
    delighted = {unit for unit in sizes if rng.random() < 0.3}
    frame = people(sizes, seed=seed, delighted=delighted)
    first = reports(frame, made)
    hidden = names(first["hasil"])
    small = [unit for unit in sizes if sizes[unit] < DEFAULT]
    # Where more is withheld than sizes ask for, see the test after this one.
    for unit in small if hidden < set(sizes) and hidden == withheld(sizes).names else ():
        told = frame.loc[frame["unit"] == unit, KEYS].sum().sum() / sizes[unit]
        assert any(
            world.loc[world["unit"] == unit, KEYS].sum().sum() / (world["unit"] == unit).sum() != told
            and reports(world, made) == first
            for world in worlds(frame, unit, sorted(hidden), first["hasil"], made)
        )


def test_who_knows_the_rule_may_infer_one_answer_where_more_is_withheld_than_sizes_ask_for(made):
    frame = people({"A": 18, "B": 12, "C": 8, "D": 11, "E": 21}, seed=5, delighted="CD")
    document = document_of(frame, made)
    assert names(document) == {"B", "C", "D"}  # B, as C and D gave nothing but the highest score
    assert recovered(document.data) == {}  # who only computes learns nothing
    for world in worlds(frame, "C", ["B", "C", "D"], document, made):  # no sizes explain B
        assert (world.loc[world["unit"] == "C", KEYS] == HIGH).all(axis=None)


def worlds(frame, unit, hidden, document, made):
    """Yield surveys with the same report in which people of withheld units are at another of them."""
    rng = random.Random(len(frame))  # noqa: S311
    theirs = frame.index[frame["unit"].isin(hidden)]
    ours, others = (theirs[(frame["unit"][theirs] == unit) == here] for here in (True, False))
    for attempt in range(30):
        if attempt < 6:  # two people change places
            world = swapped(frame, rng.choice(ours), rng.choice(others))
        else:
            weights = [rng.random() ** 3 + 0.01 for _ in hidden]
            world = frame.assign(unit=frame["unit"].copy())
            world.loc[theirs, "unit"] = rng.choices(hidden, weights, k=len(theirs))
        if set(world["unit"]) == set(frame["unit"]) and document_of(world, made) == document:
            yield world


def swapped(frame, a, b):
    """Return the survey in which two people were each at the other's unit."""
    units = frame["unit"].copy()
    units[a], units[b] = frame["unit"][b], frame["unit"][a]
    return frame.assign(unit=units)


def bytes_of(document):
    """Return every part of every file of a document."""
    told = {}
    for name in FORMATS:
        data = export.get(name)(document)
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                told |= {(name, part): parts.read(part) for part in parts.namelist()}
        else:
            told[name] = data
    return told


def test_two_worlds_are_the_same_in_every_file_and_every_part_of_it(made):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25})
    other = swapped(frame, 0, int(frame.index[frame["unit"] == "B"][0]))
    assert ikm.estimate(frame, by="unit")["A"].ikm != ikm.estimate(other, by="unit")["A"].ikm
    for part in ("hasil", "laporan"):
        first, second = (bytes_of(reports(each, made)[part]) for each in (frame, other))
        assert {name for name in first if first[name] != second[name]} == set()
        assert first.keys() == second.keys()


def test_two_worlds_may_even_differ_in_how_many_people_a_small_unit_has(made):
    frame = people({"A": 1, "B": 10, "C": 30, "D": 25})
    moved = frame.assign(unit=frame["unit"].where(frame.index != 1, "A"))  # then 2 and 9, both small
    assert reports(frame, made) == reports(moved, made)


def test_who_answered_tells_no_two_worlds_apart(made):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25})
    other = swapped(frame, 0, int(frame.index[frame["unit"] == "B"][0]))
    told = []
    for each in (frame, other):
        responses = answers_of(each)
        result = replace(ikm.estimate(responses, by="unit"), provenance=None)  # the hash of the file
        boards = dict(posters(result, responses=responses, generated=made))
        yearly = report.build(result, part="laporan", responses=responses, generated=made)
        told.append((boards, yearly))
    assert told[0] == told[1]


@settings(max_examples=8, suppress_health_check=SLOW)
@given(
    sizes=SIZES,
    seed=st.integers(0, 99),
    happy=st.sampled_from([0.5, 0.9, 0.97]),
    delighted=st.sets(st.sampled_from("ABCDE"), max_size=3),
)
def test_the_sums_in_the_workbook_leave_every_unsur_of_a_withheld_unit_open(
    made, sizes, seed, happy, delighted
):
    frame = people(sizes, seed=seed, happy=happy, delighted=delighted)
    document = report.build(ikm.estimate(frame, by="unit"), generated=made)
    book = load_workbook(io.BytesIO(export.get("xlsx")(document)), data_only=True)
    (sheet,) = (book[name] for name in book.sheetnames if name == "Perhitungan")
    cells = {str(row[1].value): [cell.value for cell in row] for row in sheet.iter_rows(min_row=7)}
    told = {row.name: row for row in document.tally.rows}
    assert {name for name in cells if name in sizes} == {
        name for name in told if name in sizes
    }  # no other row
    whole = document.tally.rows[-1]
    units = document.tally.rows[:-1]
    left = whole.respondents - sum(row.respondents for row in units)
    for place in range(len(KEYS)):
        rest = whole.totals[place] - sum(row.totals[place] for row in units)
        if units and left and whole.totals[place] not in {LOW * whole.respondents, HIGH * whole.respondents}:
            assert LOW * left < rest < HIGH * left
            gone = [unit for unit in sizes if unit not in told]
            ends = possible([(range(len(gone)), rest)], [LOW] * len(gone), [HIGH * left] * len(gone))
            assert all(least < most for least, most in ends)


def test_a_sum_that_would_tell_that_everybody_gave_the_highest_score_is_left_out(made):
    frame = people({"A": 4, "B": 11, "C": 30, "D": 25})
    frame.loc[frame["unit"].isin(["A", "B"]), "biaya"] = HIGH
    document = report.build(ikm.estimate(frame, by="unit"), generated=made)
    assert names(document) == {"A", "B"}
    assert [row.name for row in document.tally.rows] == ["C", "Keseluruhan"]
    frame["biaya"] = HIGH  # what all told, all told: nothing is won by leaving out
    document = report.build(ikm.estimate(frame, by="unit"), generated=made)
    assert [row.name for row in document.tally.rows] == ["C", "D", "Keseluruhan"]


def test_an_index_of_100_of_all_that_is_withheld_takes_another_unit_with_it(made):
    frame = people({"A": 4, "B": 11, "C": 30, "D": 25}, delighted="AB")
    assert names(report.build(ikm.estimate(frame, by="unit"), generated=made)) == {"A", "B", "D"}
    frame.loc[frame["unit"].isin(["A", "B"]), KEYS] = 3  # the standard errors tell that nobody differed
    assert names(report.build(ikm.estimate(frame, by="unit"), generated=made)) == {"A", "B", "D"}


def test_the_mean_of_all_units_is_not_told_where_one_of_them_is_withheld(made):
    frame = people({"A": 4, "B": 12, "C": 60, "D": 70}, happy=0.95, seed=1)
    frame.loc[frame["unit"].isin(["A", "B"]), KEYS] = 1
    frame.loc[frame["unit"] == "A", KEYS[0]] = 2
    result = ikm.estimate(frame, by="unit")
    assert "IKM611" in {f.code for f in result.findings}

    def told(below):
        blocks = report.build(result, generated=made, withhold_below=below).blocks
        return {block.code for block in blocks if block.kind == "note"}

    assert "IKM611" in told(0)
    assert "IKM611" not in told(DEFAULT)


def test_units_that_are_shown_are_ranked_as_if_there_were_no_other(made):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25})
    yearly = report.build(ikm.estimate(frame, by="unit"), part="laporan", generated=made)
    shown = frame[frame["unit"].isin(["C", "D"])]
    alone = report.build(ikm.estimate(shown, by="unit"), part="laporan", generated=made)
    ranking, expected = (each.data["ranking"] for each in (yearly, alone))
    assert ranking["critical_value"] == pytest.approx(expected["critical_value"], rel=0.01)
    places = [
        [(row["group"], row["rank_low"], row["rank_high"]) for row in r["groups"]]
        for r in (ranking, expected)
    ]
    assert places[0] == places[1]


LADDER = ("SD", "SMP", "SMA", "S1")
TABLES = st.lists(st.lists(st.integers(1, 12), min_size=4, max_size=4), min_size=2, max_size=4)


@settings(max_examples=6, suppress_health_check=SLOW)
@given(table=TABLES)
def test_posters_by_unit_and_a_report_by_schooling_leave_every_small_count_open(made, table):
    rows = [
        {"unit": "ABCD"[u], "sex": "L", "education": LADDER[s]}
        for u, line in enumerate(table)
        for s, n in enumerate(line)
        for _ in range(n)
    ]
    frame = pd.DataFrame(rows).assign(**dict.fromkeys(KEYS, 3))
    frame.loc[::3, KEYS[0]] = 4
    assume(frame["unit"].value_counts().min() >= DEFAULT)
    responses = answers_of(frame)
    result = ikm.estimate(responses, by="unit")
    told = {}
    for unit, board in posters(result, responses=responses, generated=made):
        text = export.get("json")(board).decode()
        told[unit] = shown_counts(text, "Pendidikan")
    yearly = report.build(result, part="laporan", responses=responses, generated=made)
    columns = {row[0]: row[1] for row in yearly_profile(yearly)}
    cells = [(u, s) for u in range(len(table)) for s in range(4)]
    known = {(u, s): told["ABCD"[u]].get(LADDER[s]) for u, s in cells}
    hidden = [cell for cell in cells if known[cell] is None]
    equations = []
    for u, line in enumerate(table):  # the poster tells how many answered in all
        equations.append(
            (
                [i for i, c in enumerate(hidden) if c[0] == u],
                sum(n for s, n in enumerate(line) if known[u, s] is None),
            )
        )
    for s, school in enumerate(LADDER):
        if school in columns:
            places = [i for i, c in enumerate(hidden) if c[1] == s]
            left = columns[school] - sum(known[u, s] or 0 for u in range(len(table)))
            equations.append((places, left))
    assert all(known[c] in {None, table[c[0]][c[1]]} for c in cells)
    assert all(known[c] is None for c in cells if table[c[0]][c[1]] < CELL)
    equations = [each for each in equations if each[0]]
    if hidden:
        ends = possible(equations, [0] * len(hidden), [100] * len(hidden))
        few = [i for i, (u, s) in enumerate(hidden) if table[u][s] < CELL]
        assert all(ends[i][0] < ends[i][1] for i in few), (table, hidden, ends)


def shown_counts(text, label):
    """Return the counts that a poster tells of one characteristic."""
    found = {}
    for fact in facts_in(json.loads(text)):
        if fact["label"].casefold() == label.casefold():
            for part in fact["value"].split(", "):
                name, _, n = part.rpartition(" = ")
                found[name] = int(n)
    return found


def facts_in(loaded):
    if isinstance(loaded, dict):
        if set(loaded) >= {"label", "value"} and isinstance(loaded["value"], str):
            yield loaded
        loaded = list(loaded.values())
    if isinstance(loaded, list):
        for each in loaded:
            yield from facts_in(each)


def yearly_profile(document):
    return next((table.rows for table in document.tables if table.id == "profil"), ())


@settings(max_examples=8, suppress_health_check=SLOW)
@given(sizes=SIZES, seed=st.integers(0, 99))
def test_the_sums_given_to_another_office_are_the_same_in_another_world(sizes, seed):
    frame = people(sizes, seed=seed)
    try:
        first, _ = withhold(ikm.moments(frame, by="unit"))
    except EstimationError:
        return
    hidden = set(sizes) - {name for (name,) in first.groups}
    small = [unit for unit in sizes if sizes[unit] < DEFAULT]
    # Where more is left out than sizes ask for, who knows the rule may infer that some gave one score.
    for unit in small if hidden == withheld(sizes).names else ():
        theirs = frame.index[frame["unit"].isin(hidden - {unit})]
        other = swapped(frame, frame.index[frame["unit"] == unit][0], theirs[0])
        assert withhold(ikm.moments(other, by="unit"))[0] == first


def left_over(frame, *, columns=("unit",), **line):
    """Return how many of what is left out gave each unsur each score, as the total of a line tells it."""
    whole = ikm.moments(frame, by=columns)
    given_away, _ = withhold(whole)
    told = [
        sum(
            m.levels[at]
            for at, group in enumerate(m.groups[g] for g in m.group)
            if all(dict(zip(columns, group, strict=True))[name] == value for name, value in line.items())
        )
        for m in (whole, given_away)
    ]
    return told[0], told[0] - told[1]


@settings(max_examples=25, suppress_health_check=SLOW)
@given(
    sizes=SIZES,
    seed=st.integers(0, 99),
    happy=st.sampled_from([0.5, 0.9, 0.97]),
    delighted=st.sets(st.sampled_from("ABCDE"), max_size=3),
    sexes=st.booleans(),
)
def test_a_total_less_the_sums_that_were_given_tells_no_score_of_all_that_were_left_out(
    sizes, seed, happy, delighted, sexes
):
    frame = people(sizes, seed=seed, happy=happy, delighted=delighted)
    columns = ("unit", "sex") if sexes else ("unit",)
    lines = [{}, *({"unit": unit} for unit in sizes), {"sex": "L"}, {"sex": "P"}] if sexes else [{}]
    for line in lines:
        try:
            whole, rest = left_over(frame, columns=columns, **line)
        except EstimationError:
            return
        if not np.any(rest) or (np.asarray(rest) == whole).all():
            continue  # all of the line is given, or nothing
        assert ((rest > 0).sum(axis=1) > 1)[(whole > 0).sum(axis=1) > 1].all()


def test_without_the_rule_of_one_score_the_sums_that_were_given_tell_it(monkeypatch):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25}, delighted="AB")
    _, rest = left_over(frame)
    assert ((rest > 0).sum(axis=1) > 1).all()
    monkeypatch.setattr("sipukat.ikm.sharing._alike", lambda _: {})
    _, rest = left_over(frame)
    assert rest[:, :-1].sum() == 0  # each of the 16 gave each unsur the highest score


# What follows from two publications. Nothing within one of them can prevent it.


def document_of(frame, made, by="unit"):
    return report.build(ikm.estimate(frame, by=by), generated=made)


def test_one_more_answer_between_two_publications_is_told_in_full_and_warned_of(made):
    frame = people({"A": 20, "B": 25, "C": 30})
    before, after = document_of(frame[:-1], made), document_of(frame, made)
    then, now = (each.tally.rows[-1].totals for each in (before, after))
    assert [b - a for a, b in zip(then, now, strict=True)] == frame[KEYS].iloc[-1].tolist()
    said = compared_with(after, [export.get("json")(before)])
    assert {(f.code, f.path) for f in said} == {("PRV901", "keseluruhan"), ("PRV901", "C")}
    assert {f.facts["difference"] for f in said} == {1}


def test_two_decimals_of_the_index_tell_the_scores_of_the_one_who_came_between(made):
    frame = people({"A": 40, "B": 50})  # reliability: up to some 138 respondents it is certain
    values = [document_of(each, made).data["overall"] for each in (frame[:-1], frame)]
    sums = [
        {
            t
            for t in range(9 * each["n"], 36 * each["n"] + 1)
            if f"{t * 25 / 9 / each['n']:.2f}" == each["published"]
        }
        for each in values
    ]
    differences = {b - a for a in sums[0] for b in sums[1]}
    assert differences == {int(frame[KEYS].iloc[-1].sum())}


def test_all_units_and_all_but_a_small_one_tell_the_small_one_and_are_warned_of(made):
    frame = people({"A": 4, "B": 25, "C": 30})
    every, without = document_of(frame, made), document_of(frame[frame["unit"] != "A"], made)
    (whole, rest) = (each.tally.rows[-1] for each in (every, without))
    mine = frame.loc[frame["unit"] == "A", KEYS].sum().tolist()
    assert [a - b for a, b in zip(whole.totals, rest.totals, strict=True)] == mine
    assert ("PRV901", "keseluruhan") in {(f.code, f.path) for f in compared_with(every, [without])}


def test_two_groupings_that_overlap_tell_a_small_group_and_are_warned_of(made):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25})
    frame["wilayah"] = frame["unit"].map({"A": "Utara", "C": "Utara", "B": "Selatan", "D": "Selatan"})
    units, regions = document_of(frame, made), document_of(frame, made, by="wilayah")
    assert names(units) == {"A", "B"}
    north = next(row for row in regions.tally.rows if row.name == "Utara")
    c = next(row for row in units.tally.rows if row.name == "C")
    assert north.respondents - c.respondents == 4
    mine = frame.loc[frame["unit"] == "A", KEYS].sum().tolist()
    assert [a - b for a, b in zip(north.totals, c.totals, strict=True)] == mine
    assert [f.code for f in compared_with(regions, [units])] == ["PRV902"]


def test_a_unit_told_yesterday_and_withheld_today_is_warned_of(made):
    frame = people({"A": 4, "B": 12, "C": 30, "D": 25})
    merged = frame.assign(unit=frame["unit"].replace({"A": "C"}))
    assert "PRV902" in {f.code for f in compared_with(document_of(frame, made), [document_of(merged, made)])}


def test_one_more_answer_in_what_is_withheld_is_warned_of(made):
    frame = people({"A": 5, "B": 12, "C": 30, "D": 25})
    more = pd.concat([frame, people({"C": 20}, seed=1)], ignore_index=True)
    assert names(document_of(more, made)) == names(document_of(frame[1:], made)) == {"A", "B"}
    assert [f.path for f in compared_with(document_of(more, made), [document_of(frame[1:], made)])] == [
        "yang ditahan"
    ]


def test_publications_that_differ_by_enough_people_or_are_the_same_say_nothing(made):
    frame = people({"A": 20, "B": 25, "C": 30})
    more = pd.concat([frame, people({"A": 10, "B": 12, "C": 15}, seed=1)], ignore_index=True)
    now, then = document_of(more, made), document_of(frame, made)
    assert len(compared_with(now, [then, json.loads(export.get("json")(now))])) == 0
    assert len(compared_with(document_of(frame[1:], made), [then], below=0)) == 0


def test_what_is_no_report_of_an_index_is_refused(made):
    document = document_of(people({"A": 20}), made)
    for wrong in (b"{", "[]", {"data": {}}):
        with pytest.raises(ArgumentError, match="publication"):
            compared_with(document, [wrong])
    with pytest.raises(ArgumentTypeError, match="got an int"):
        compared_with(document, [3])


@settings(max_examples=30)
@given(sizes=st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 14), min_size=3))
def test_who_knows_the_rule_too_learns_at_most_that_a_small_unit_just_misses_the_threshold(sizes):
    hidden = sorted(withheld(sizes).names)
    assume(hidden and len(hidden) < len(sizes))
    worlds = [
        world
        for world in splits(sum(sizes[name] for name in hidden), len(hidden))
        if sorted(withheld(sizes | dict(zip(hidden, world, strict=True))).names) == hidden
    ]
    for place, name in enumerate(hidden):
        if sizes[name] < DEFAULT - 1:
            assert len({world[place] for world in worlds}) > 1


def test_three_units_of_nine_each_are_known_to_be_nine_and_no_answer_of_theirs(made):
    sizes = {"A": 9, "B": 9, "C": 9, "D": 12}
    worlds = [
        world
        for world in splits(27, 3)
        if withheld(sizes | dict(zip("ABC", world, strict=True))).names == {"A", "B", "C"}
    ]
    assert worlds == [(9, 9, 9)]
    assert recovered(document_of(people(sizes), made).data) == {}


def splits(total, parts):
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)
