"""What is given away tells no answers of a few people, and a Parquet file gives back every bit."""

import itertools
import json
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError, MissingExtraError
from sipukat.ikm.moments_parquet import FORMAT, read_parquet, write_parquet
from sipukat.ikm.sharing import withhold
from sipukat.report.withholding import withheld

pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra arrow)")

CODES = [f"U{i}" for i in range(1, 10)]


def people(sizes, by=("unit",), **others):
    """Return a frame with as many respondents of each group as asked."""
    groups = [group if isinstance(group, tuple) else (group,) for group in sizes]
    at = np.repeat(range(len(groups)), list(sizes.values()))
    rng = np.random.default_rng(len(at))
    frame = pd.DataFrame(rng.integers(1, 5, (len(at), 9)), columns=CODES)
    for column, name in enumerate(by):
        frame[name] = [groups[g][column] for g in at]
    return frame.assign(**others)


def test_a_small_group_and_the_next_one_are_left_out_and_counted():
    given_away, findings = withhold(ikm.moments(people({"A": 40, "B": 4, "C": 25, "D": 30}), by="unit"))
    assert given_away.groups == (("A",), ("D",))
    (found,) = findings
    assert found.code == "IKM700"
    assert dict(found.facts) == {"groups": 2, "small": 1, "complement": 1, "left": 2, "below": 10}
    assert "2 kelompok tidak ikut" in found.message("id")


def test_what_is_given_is_bit_for_bit_what_it_was():
    frame = people({"A": 40, "B": 4, "C": 25, "D": 30})
    given_away, _ = withhold(ikm.moments(frame, by="unit"))
    assert given_away == ikm.moments(frame[frame["unit"].isin(["A", "D"])], by="unit")
    assert "B" not in given_away.to_json()


def test_nothing_is_left_out_and_nothing_said_where_all_groups_are_large():
    sums = ikm.moments(people({"A": 10, "B": 11}), by="unit")
    given_away, findings = withhold(sums)
    assert (given_away == sums, len(findings)) == (True, 0)


def test_two_small_groups_that_are_few_together_take_a_third_with_them():
    given_away, findings = withhold(ikm.moments(people({"A": 40, "B": 4, "C": 5, "D": 30}), by="unit"))
    assert given_away.groups == (("A",),)
    assert findings[0].facts["complement"] == 1
    given_away, _ = withhold(ikm.moments(people({"A": 40, "B": 6, "C": 5, "D": 30}), by="unit"))
    assert given_away.groups == (("A",), ("D",))


def test_in_a_table_no_line_tells_a_small_cell():
    sizes = {("A", "L"): 4, ("A", "P"): 40, ("B", "L"): 30, ("B", "P"): 50, ("C", "L"): 60, ("C", "P"): 70}
    given_away, _ = withhold(ikm.moments(people(sizes, ("unit", "sex")), by=("unit", "sex")))
    # (A, P) for the line of A; then neither L nor P may lose one cell alone
    assert given_away.groups == (("C", "L"), ("C", "P"))


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("LP"), st.sampled_from("xy")),
    st.integers(1, 40),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.integers(2, 15))
def test_along_every_line_what_is_left_out_is_several_groups_and_enough_people(sizes, below):
    sums = ikm.moments(people(sizes, ("unit", "sex", "day")), by=("unit", "sex", "day"))
    if not any(n >= below for n in sizes.values()):
        with pytest.raises(EstimationError, match="no group of at least"):
            withhold(sums, below=below)
        return
    try:
        given_away, findings = withhold(sums, below=below)
    except EstimationError:  # the complement took what was left
        return
    gone = set(sizes) - set(given_away.groups)
    assert all(sizes[group] >= below for group in given_away.groups)
    assert bool(gone) == bool(findings)
    for held in range(3):
        for columns in itertools.combinations(range(3), held):
            for line in {tuple(group[c] for c in columns) for group in sizes}:
                on_it = [group for group in sizes if tuple(group[c] for c in columns) == line]
                lost = [group for group in on_it if group in gone]
                if lost and len(lost) < len(on_it):
                    assert len(lost) > 1
                    assert sum(sizes[group] for group in lost) >= below


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 30), min_size=1),
    st.integers(2, 12),
    st.sampled_from([0.5, 0.9, 1.0]),
)
def test_for_one_column_the_rule_is_that_of_the_reports(sizes, below, happy):
    frame = people(sizes)
    rng = np.random.default_rng(sum(sizes.values()))
    score = np.where(rng.random(len(frame)) < happy, 4, 3)
    frame[CODES] = np.repeat(score[:, None], 9, axis=1)
    found = frame.groupby("unit")["U1"].agg(["min", "max"])
    alike = {unit: low for unit, low, high in found.itertuples() if low == high}
    expected = set(sizes) - withheld(dict(sorted(sizes.items())), below=below, alike=alike).names
    try:
        given_away, _ = withhold(ikm.moments(frame, by="unit"), below=below)
    except EstimationError:
        assert not expected
    else:
        assert {name for (name,) in given_away.groups} == expected


def test_people_who_all_gave_an_unsur_one_score_take_another_group_with_them():
    frame = people({"A": 4, "B": 12, "C": 25, "D": 40})
    assert withhold(ikm.moments(frame, by="unit"))[0].groups == (("C",), ("D",))
    frame.loc[frame["unit"].isin(["A", "B"]), "U4"] = 2
    given_away, findings = withhold(ikm.moments(frame, by="unit"))
    assert (given_away.groups, findings[0].facts["complement"]) == ((("D",),), 2)
    frame["U4"] = 2  # what all gave, all gave: nothing is won by leaving out
    assert withhold(ikm.moments(frame, by="unit"))[0].groups == (("C",), ("D",))


def test_those_who_left_a_question_unanswered_hide_nobody_who_did_not():
    frame = people({"A": 4, "B": 12, "C": 25, "D": 40}).astype(dict.fromkeys(CODES, "Int8"))
    frame.loc[frame["unit"] == "A", "U4"] = pd.NA
    frame.loc[frame["unit"] == "B", "U4"] = 3
    assert withhold(ikm.moments(frame, by="unit"))[0].groups == (("D",),)


def test_along_a_line_of_a_table_one_score_of_all_takes_another_cell_too():
    sizes = {("A", "L"): 4, ("A", "P"): 12, ("A", "x"): 40, ("B", "L"): 30, ("B", "P"): 50, ("B", "x"): 60}
    frame = people(sizes, ("unit", "sex"))
    given_away, _ = withhold(ikm.moments(frame, by=("unit", "sex")))
    assert given_away.groups == (("A", "x"), ("B", "x"))
    frame.loc[(frame["unit"] == "A") & (frame["sex"] != "x"), "U9"] = 4
    with pytest.raises(EstimationError, match="no group"):  # the line of A goes, so each of B loses its line
        withhold(ikm.moments(frame, by=("unit", "sex")))


@given(st.permutations(["A"] * 12 + ["B"] * 3 + ["C"] * 14 + ["D"] * 20))
def test_the_order_of_rows_does_not_matter(units):
    frame = people({"x": 49})
    frame["unit"] = units
    frame[CODES] = 3
    assert withhold(ikm.moments(frame, by="unit"))[0].groups == (("C",), ("D",))


def test_a_small_stratum_makes_its_group_small():
    frame = people({("A", "L"): 30, ("A", "P"): 3, ("B", "L"): 20, ("C", "P"): 25}, ("unit", "sex"))
    design = ikm.Design(
        stratum=("unit", "sex"), population={"A / L": 90, "A / P": 9, "B / L": 60, "C / P": 75}
    )
    given_away, findings = withhold(ikm.moments(frame, by="unit", design=design))
    assert given_away.groups == (("C",),)
    assert given_away.strata == (("C", "P"),)
    assert given_away.design.population == {"C / P": 75}
    assert findings[0].facts["small"] == 1
    assert ikm.estimate(given_away)["C"].ikm == ikm.estimate(frame, by="unit", design=design)["C"].ikm


def test_few_gaps_are_said_as_they_tell_who_left_them():
    frame = people({"A": 40, "B": 40}).astype(dict.fromkeys(CODES, "Int8"))
    frame.loc[3, "U4"] = pd.NA
    sums = ikm.moments(frame, by="unit")
    _, findings = withhold(sums)
    assert [(f.code, f.facts["groups"]) for f in findings] == [("IKM701", 1)]
    who = sums.gram[0, 9:, :9].diagonal() - sums.gram[0, 3, 9:]  # all sums less those who answered U4
    others = [i for i in range(9) if i != 3]
    assert who[others].tolist() == frame.loc[3, [CODES[i] for i in others]].tolist()  # it is true
    frame.loc[3:20, "U4"] = pd.NA
    assert len(withhold(ikm.moments(frame, by="unit"))[1]) == 0


def test_sums_of_a_handful_are_not_given_at_all():
    frame = people({"A": 40, "B": 40}, w=1.5, N=50)
    frame["day"] = frame.index % 20
    for design, part in (
        (ikm.Design(psu="day"), "by PSU"),
        (ikm.Design(psu="day", population=90, ssu_population="N"), "second stage"),
        (
            ikm.Design(weight="w", replicate_weights=ikm.ReplicateWeights(columns=("w", "N"), method="BRR")),
            "replicate weights",
        ),
        (ikm.Design(weight="w", calibration=ikm.Calibration(margins=(("unit",),))), "calibration"),
    ):
        sums = ikm.moments(frame, by="unit", design=design)
        with pytest.raises(EstimationError, match=part):
            withhold(sums)
        assert withhold(sums, below=0) == (sums, withhold(sums, below=1)[1])


def test_nothing_left_and_thresholds_without_sense_are_refused():
    sums = ikm.moments(people({"A": 4, "B": 3}), by="unit")
    with pytest.raises(EstimationError, match="at least 10 respondents"):
        withhold(sums)
    with pytest.raises(EstimationError, match="at least 10"):
        withhold(sums.pooled())
    for below in (-1, 2.5, True):
        with pytest.raises(ArgumentError, match="below must be"):
            withhold(sums, below=below)


@pytest.fixture
def frame():
    rng = np.random.default_rng(8)
    frame = people({("a", "L"): 30, ("b", "L"): 30, (None, "P"): 30, ("b", "P"): 30}, ("unit", "sex"))
    frame = frame.astype(dict.fromkeys(CODES, "Int8")).assign(
        day=np.arange(120) % 15, w=rng.uniform(0.5, 4, 120), r1=rng.uniform(0, 2, 120), r2=1.25, N=40
    )
    frame.loc[::7, "U3"] = pd.NA
    return frame


DESIGNS = {
    "plain": ikm.Design(),
    "weighted strata": ikm.Design(weight="w", stratum="sex", population={"L": 900, "P": 700}),
    "clusters": ikm.Design(weight="w", stratum="sex", psu="day"),
    "two stages": ikm.Design(psu="day", population=90, ssu_population="N"),
    "replicates": ikm.Design(
        weight="w", replicate_weights=ikm.ReplicateWeights(columns=("r1", "r2"), method="BRR")
    ),
    "calibrated": ikm.Design(
        weight="w", stratum="unit", psu="day", calibration=ikm.Calibration(margins=(("sex",),))
    ),
}


@pytest.mark.parametrize("design", DESIGNS)
def test_parquet_gives_back_every_bit(design, frame, tmp_path):
    sums = ikm.moments(frame, by=("unit", "sex"), design=DESIGNS[design])
    write_parquet(sums, tmp_path / "jumlah.parquet")
    again = read_parquet(tmp_path / "jumlah.parquet")
    assert again == sums
    assert again.gram.dtype == sums.gram.dtype
    assert again + again == sums + sums
    assert [path.name for path in tmp_path.iterdir()] == ["jumlah.parquet"]


def test_sums_of_nobody_keep_their_shape(frame, tmp_path):
    for by in ((), "unit"):
        sums = ikm.moments(frame[:0], by=by)
        write_parquet(sums, tmp_path / "x.parquet")
        again = read_parquet(tmp_path / "x.parquet")
        assert (again == sums, again.gram.shape) == (True, (0, 18, 18))


def rewritten(source, change, target):
    """Write a file of ours again, with another header or other columns."""
    from pyarrow import parquet

    table = parquet.read_table(source)
    header = json.loads(table.schema.metadata[b"sipukat"])
    table = change(table, header)
    groups = parquet.ParquetFile(source).metadata
    text = json.dumps(header)
    metadata = {"sipukat": text, "sipukat-sha256": sha256(text.encode()).hexdigest()}
    with parquet.ParquetWriter(target, table.schema.with_metadata(metadata)) as writer:
        start = 0
        for at in range(groups.num_row_groups):
            count = groups.row_group(at).num_rows
            writer.write_table(table[start : start + count].cast(writer.schema), row_group_size=count)
            start += count


def _set(header, *path, value):
    for name in path[:-1]:
        header = header[name]
    header[path[-1]] = value


HEADERS = {
    "another version": lambda h: _set(h, "format", value="urn:sipukat:moments-parquet:2"),
    "a shape that lies": lambda h: _set(h, "shapes", "gram", value=["i", 3, 9, 36]),
    "a huge shape": lambda h: _set(h, "shapes", "gram", value=["i", 10**12, 18, 18]),
    "a negative shape": lambda h: _set(h, "shapes", "n", value=["i", -3]),
    "a group that is not there": lambda h: h["moments"]["groups"].pop(),
    "a group of two columns": lambda h: _set(h, "moments", "groups", 0, value=["a", "b"]),
    "unsur named twice": lambda h: _set(h, "moments", "unsur", 0, value="prosedur"),
    "no design": lambda h: h["moments"].pop("design"),
    "a design of nonsense": lambda h: _set(h, "moments", "design", value={"weight": 3}),
    "a header that is a list": lambda h: _set(h, "moments", value=[1, 2]),
    "whole numbers said to be real": lambda h: _set(h, "shapes", "n", value=["f", 3]),
}
ROWS = {
    "a row too few": lambda t: t[:-1],
    "rows in another order": lambda t: t.take(list(range(len(t)))[::-1]),
    "a column less": lambda t: t.drop(["real"]),
}


@pytest.mark.parametrize("what", [*HEADERS, *ROWS])
def test_a_file_that_was_tampered_with_is_refused(what, frame, tmp_path):
    write_parquet(ikm.moments(frame, by="unit"), tmp_path / "a.parquet")

    def change(table, header):
        if what in ROWS:
            return ROWS[what](table)
        HEADERS[what](header)
        return table

    rewritten(tmp_path / "a.parquet", change, tmp_path / "b.parquet")
    with pytest.raises(EstimationError, match=FORMAT):
        read_parquet(tmp_path / "b.parquet")


def test_the_tampering_itself_is_not_what_is_refused(frame, tmp_path):
    sums = ikm.moments(frame, by="unit")
    write_parquet(sums, tmp_path / "a.parquet")
    rewritten(tmp_path / "a.parquet", lambda table, _: table, tmp_path / "b.parquet")
    assert read_parquet(tmp_path / "b.parquet") == sums


def test_a_header_that_is_not_the_one_that_was_written_is_refused(frame, tmp_path):
    from pyarrow import parquet

    write_parquet(ikm.moments(frame, by="unit"), tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    metadata = {**table.schema.metadata, b"sipukat": table.schema.metadata[b"sipukat"] + b" "}
    parquet.write_table(table.replace_schema_metadata(metadata), tmp_path / "b.parquet")
    with pytest.raises(EstimationError, match="its header is damaged"):
        read_parquet(tmp_path / "b.parquet")


def test_other_files_are_refused(frame, tmp_path):
    frame.to_parquet(tmp_path / "survei.parquet")
    (tmp_path / "teks.parquet").write_text("bukan parquet", encoding="utf-8")
    (tmp_path / "kosong.parquet").write_bytes(b"")
    for name in ("survei", "teks", "kosong"):
        with pytest.raises(EstimationError, match="not moments"):
            read_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(FileNotFoundError):
        read_parquet(tmp_path / "tidak-ada.parquet")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_is_refused_or_does_no_harm(data, tmp_path):
    path, broken = tmp_path / "a.parquet", tmp_path / "b.parquet"
    sums = ikm.moments(people({"A": 12, "B": 13}), by="unit")
    if not path.exists():
        write_parquet(sums, path)
    held = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        held = held[: data.draw(st.integers(0, len(held) - 1))]
    else:
        held[data.draw(st.integers(0, len(held) - 1))] ^= data.draw(st.integers(1, 255))
    broken.write_bytes(held)
    try:
        found = read_parquet(broken)
    except EstimationError:
        return
    assert found == sums


def test_what_stood_there_before_is_left_whole_where_writing_fails(frame, tmp_path):
    sums = ikm.moments(frame, by="unit")
    write_parquet(sums, tmp_path / "a.parquet")
    (tmp_path / "ada").mkdir()
    with pytest.raises(OSError, match="ada"):
        write_parquet(sums, tmp_path / "ada")
    half = replace(sums, gram_complete=np.full_like(sums.gram_complete, "x", dtype=object))
    with pytest.raises((TypeError, ValueError)):  # half-way through the file
        write_parquet(half, tmp_path / "a.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "ada"]
    assert read_parquet(tmp_path / "a.parquet") == sums


def test_without_pyarrow_the_extra_is_named(monkeypatch, frame, tmp_path):
    monkeypatch.setattr("sipukat._require.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"sipukat\[arrow\]"):
        write_parquet(ikm.moments(frame), tmp_path / "a.parquet")
