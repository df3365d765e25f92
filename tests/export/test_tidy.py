from decimal import Decimal

import pytest

from sipukat.export.tidy import tidy, tidy_tables
from sipukat.report import Column, Document, Provenance, Table

NAME, N = Column(key="nama", label="Nama"), Column(key="n", label="N", kind="integer")


def table(rows, **more):
    return Table(id="t", name="T", caption="C", columns=(NAME, N), rows=rows, **more)


def test_a_row_that_opens_a_group_becomes_a_column():
    found = tidy(table([("A", None), ("a1", 1), ("B", None), ("b1", 2)], group_rows=(0, 2)))
    assert [c.key for c in found.columns] == ["group", "nama", "n"]
    assert found.rows == (("A", "a1", 1), ("B", "b1", 2))


def test_rows_of_totals_are_marked_and_do_not_take_a_name_of_a_row():
    found = tidy(table([("Jumlah", 1), ("Jumlah", 1)], total_rows=1))
    assert found.rows == (("Jumlah", 1, False), ("Jumlah", 1, True))
    assert found.primary == ("nama", "total")


@pytest.mark.parametrize("rows", [[("a", 1), ("a", 1)], [("", 1), ("", 1)], [(None, 1), ("b", 1)]])
def test_no_key_is_claimed_where_none_names_a_row(rows):
    assert tidy(table(rows)).primary == ()


def test_two_columns_of_one_name_are_told_apart():
    twice = Table(id="t", name="T", caption="C", columns=(NAME, NAME), rows=[("a", "b")])
    assert [c.key for c in tidy(twice).columns] == ["nama", "nama_2"]


def test_two_tables_of_one_id_are_told_apart(made):
    twice = Document(
        title="T", blocks=[table([("a", 1)]), table([("b", 2)])], provenance=Provenance(generated=made)
    )
    assert [t.id for t in tidy_tables(twice)] == ["t", "t_2"]


@pytest.mark.parametrize("rows", [True, False])
def test_units_by_unsur_are_the_same_from_the_sheet_and_from_the_sums(document_of, rows):
    document = document_of({"Dinas A": 31, "Dinas B": 44}, rows=rows)
    found = {t.id: t for t in tidy_tables(document)}["unit_unsur"]
    assert len(found.rows) == 18
    assert found.primary == ("unit", "kode")
    other = document_of({"Dinas A": 31, "Dinas B": 44}, rows=not rows)
    assert found.rows == {t.id: t for t in tidy_tables(other)}["unit_unsur"].rows


def test_the_value_of_an_unsur_of_a_unit_is_that_of_its_answers(document_of):
    document = document_of({"Dinas A": 31}, blanks=False, rows=False)
    whole = {row[0]: row[3] for row in next(t for t in document.tables if t.id == "unsur").rows}
    found = {t.id: t for t in tidy_tables(document)}["unit_unsur"]
    assert {row[1]: row[5] for row in found.rows} == whole
    assert all(isinstance(row[4], Decimal) for row in found.rows)


@pytest.mark.parametrize("rows", [True, False])
def test_a_withheld_unit_is_not_among_the_units_by_unsur(document_of, rows):
    sizes = {"Dinas A": 31, "Dinas B": 44, "Dinas C": 12, "Dinas D": 6}
    found = {t.id: t for t in tidy_tables(document_of(sizes, rows=rows))}["unit_unsur"]
    assert {row[0] for row in found.rows} == {"Dinas A", "Dinas B"}


def test_sums_of_very_few_answers_are_not_told_from_the_processing_sheet_either(document_of):
    sizes = {"Dinas A": 31, "Dinas B": 44, "Dinas C": 3, "Dinas D": 20}
    document = document_of(sizes, opts={"withhold_below": 0})
    found = {t.id: t for t in tidy_tables(document)}["unit_unsur"]
    names = {row[0] for row in found.rows}
    assert "Dinas C" not in names
    assert len(names) == 2  # one more is left out, so that the total gives nothing back
