"""What a report withholds cannot be had by subtracting what it shows, whatever is read of it."""

import io
import json
import zipfile
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sipukat import export, ikm, report
from sipukat.report.withholding import CELL, DEFAULT

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
UNITS = tuple(f"Unit-{letter}" for letter in "ABCDEF")
PARTS = ("hasil", "laporan", "ringkas", "poster")
SIZES = st.dictionaries(st.sampled_from(UNITS), st.integers(1, 40), min_size=2)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(UNITS[:3]), st.sampled_from(("Loket", "Daring"))),
    st.integers(1, 30),
    min_size=3,
)


def result_of(sizes, *, blank=0, **how):
    """Return a result of groups of these sizes; the first unsur is answered by few where `blank` says so."""
    rows = []
    for place, (group, n) in enumerate(sizes.items()):
        names = group if isinstance(group, tuple) else (group,)
        for i in range(n):
            scores = [1 + (i * (j + 2) + place + i // 3) % 4 for j in range(len(KEYS))]
            row = dict(zip(("unit", "cara"), names, strict=False)) | dict(zip(KEYS, scores, strict=True))
            if place < blank and i > place + 1:
                row[KEYS[0]] = None
            rows.append(row)
    frame = pd.DataFrame(rows).astype(dict.fromkeys(KEYS, "Int8"))
    return ikm.estimate(frame, by=[c for c in ("unit", "cara") if c in frame.columns], **how)


def counted(result, group, key):
    """Return how many of a group's answers to an unsur the index is made of."""
    return int(result.groups.points.answered[result[group].at][result.unsur.index(key)])


def built(result, made, part="hasil", **opts):
    return report.build(result, generated=made, **({} if part == "hasil" else {"part": part}), **opts)


def parts_of(name):
    return name if isinstance(name, tuple) else (name,)


def told_of(loaded):
    """Yield every row and record of a report's JSON: its texts, and its numbers by key."""
    if isinstance(loaded, Mapping):
        if loaded.get("kind") == "table":
            keys = [column["key"] for column in loaded["columns"]]
            for row in loaded["rows"]:
                yield from told_of(dict(zip(keys, row, strict=True)))
        else:
            texts = [v for v in loaded.values() if isinstance(v, str)]
            texts += [t for v in loaded.values() if isinstance(v, list) for t in v if isinstance(t, str)]
            numbers = {k: v for k, v in loaded.items() if type(v) in {int, float}}
            yield texts, {k: v for k, v in numbers.items() if k not in {"no", "number"}}
            for value in loaded.values():
                yield from told_of(value)
    elif isinstance(loaded, list):
        for value in loaded:
            yield from told_of(value)


def names_group(texts, group):
    return all(any(part in text.split(" · ") for text in texts) for part in parts_of(group))


def shown_in(document, sizes):
    """Return the groups of which the report tells a number."""
    told = list(told_of(json.loads(export.get("json")(document))))
    return {group for group in sizes if any(numbers and names_group(texts, group) for texts, numbers in told)}


def determined(hidden, groups, lines):
    """Return the hidden groups whose value follows from sums along the lines, the shown ones known."""
    order = sorted(groups, key=str)
    known = [[float(g == group) for g in order] for group in order if group not in hidden]
    known += [[float(g in line) for g in order] for line in lines]
    rank = np.linalg.matrix_rank(np.array(known)) if known else 0
    return {
        group
        for group in hidden
        if np.linalg.matrix_rank(np.array([*known, [float(g == group) for g in order]])) == rank
    }


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(sizes=SIZES)
def test_no_group_below_the_threshold_follows_from_the_total_and_the_others(made, part, sizes):
    document = built(result_of(sizes), made, part)
    shown = shown_in(document, sizes)
    hidden = set(sizes) - shown
    small = {group for group, n in sizes.items() if n < DEFAULT}
    assert small <= hidden
    if part == "hasil":
        assert shown or sum(sizes.values()) < DEFAULT or small
    if shown and small:
        assert not determined(hidden, sizes, [set(sizes)])
        assert sum(sizes[group] for group in hidden) >= DEFAULT


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(sizes=CELLS)
def test_no_cell_of_a_table_follows_from_the_totals_of_its_unit(made, sizes):
    document = built(result_of(sizes), made)
    hidden = set(sizes) - shown_in(document, sizes)
    small = {group for group, n in sizes.items() if n < DEFAULT}
    assert small <= hidden
    for place in range(2):
        lines = [{g for g in sizes if g[place] == name} for name in {g[place] for g in sizes}]
        for line in lines:
            if line - hidden:
                assert not determined(hidden & line, line, [line])


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(sizes=SIZES, blank=st.integers(0, 3), missing=st.sampled_from(["per_unsur", "pooled", "complete"]))
def test_no_few_answers_follow_from_the_sums_in_the_workbook(made, sizes, blank, missing):
    result = result_of(sizes, blank=blank, missing=missing)
    document = built(result, made)
    book = load_workbook(io.BytesIO(export.get("xlsx")(document)), data_only=True)
    rows = [[cell.value for cell in row] for row in book["Perhitungan"].iter_rows(min_row=7)]
    named = {row[1]: row for row in rows if row[1]}
    sums = {name: row[3 : 3 + 2 * len(KEYS)] for name, row in named.items()}
    whole, units = sums["Keseluruhan"], {name: row for name, row in sums.items() if name in sizes}
    hidden = [group for group in sizes if group not in units]
    for place, key in enumerate(KEYS):
        count = len(KEYS) + place
        assert not [name for name, row in units.items() if 0 < row[count] < CELL]
        left = whole[count] - sum(row[count] for row in units.values())
        theirs = [n for group in hidden if (n := counted(result, group, key))]
        assert left == sum(theirs)
        assert not theirs or not units or (left >= CELL and len(theirs) > 1)


def test_a_group_of_which_few_forms_are_complete_is_withheld_under_that_rule(made):
    result = result_of({"Unit-A": 40, "Unit-B": 40, "Unit-C": 50}, blank=1, missing="complete")
    assert (result["Unit-A"].n, result["Unit-A"].used) == (40, 2)
    assert "Unit-A" not in shown_in(built(result, made), ["Unit-A"])
    assert shown_in(built(result, made), ["Unit-C"])


READABLE = ("csv", "csv-machine", "datapackage", "html", "json", "jsonld", "markdown")


def text_of(name, document):
    data = export.get(name)(document)
    if name != "datapackage":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "".join(parts.read(part).decode() for part in parts.namelist())


@pytest.mark.parametrize("part", PARTS)
def test_the_index_of_a_withheld_group_is_in_no_format(made, part):
    sizes = {"Unit-A": 7, "Unit-B": 13, "Unit-C": 60, "Unit-D": 71}
    result = result_of(sizes)
    document = built(result, made, part)
    assert not {"Unit-A", "Unit-B"} & shown_in(document, sizes)
    values = {str(result[unit].published) for unit in ("Unit-A", "Unit-B")}
    values |= {value.replace(".", ",") for value in values}
    needless = set() if document.tables else {"csv-machine", "datapackage"}  # formats of tables alone
    told = {name: text_of(name, document) for name in READABLE if name not in needless}
    assert not {(name, value) for name, text in told.items() for value in values if value in text}


def test_it_says_that_something_is_withheld_and_below_what(made):
    document = built(result_of({"Unit-A": 7, "Unit-B": 13, "Unit-C": 60}), made)
    note = next(block for block in document.blocks if block.kind == "note" and block.code == "PUB701")
    assert "kurang dari 10 responden" in note.text
    assert next(t for t in document.tables if t.id == "ikm").note
    sums = result_of({"Unit-A": 40, "Unit-B": 40, "Unit-C": 50}, blank=1)
    assert "1 unit tidak dimuat" not in built(sums, made).tally.note
    assert "2 unit tidak dimuat" in built(sums, made).tally.note
    assert "kurang dari 5 orang" in built(sums, made).tally.note
