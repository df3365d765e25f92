from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat._text import round_half_up
from sipukat.errors import ArgumentError
from sipukat.report import Column, Document, Heading, Paragraph, ProcessedUnsur, Processing, Provenance, Table

UNIT, IKM = Column(key="unit", label="Unit"), Column(key="ikm", label="IKM", kind="number")


def test_a_number_is_rounded_half_up_when_the_table_is_made():
    table = Table(id="t", name="T", caption="C", columns=[UNIT, IKM], rows=[("A", Fraction(3065, 1000) * 25)])
    assert table.rows == (("A", Decimal("76.63")),)


@given(value=st.fractions(0, 100))
def test_a_table_made_again_from_its_own_rows_is_the_same(value):
    once = Table(id="t", name="T", caption="C", columns=[UNIT, IKM], rows=[("A", value)])
    assert once.rows[0][1] == round_half_up(value, 2)
    assert Table(**once.model_dump()) == once


def test_nan_is_an_empty_cell_and_a_reason_may_stand_for_a_number():
    table = Table(
        id="t", name="T", caption="C", columns=[UNIT, IKM], rows=[("A", float("nan")), ("B", "ditahan")]
    )
    assert table.rows == (("A", None), ("B", "ditahan"))


def test_a_row_of_the_wrong_width_is_refused_by_its_number():
    with pytest.raises(ArgumentError, match="row 2 has 1 cells and the table 2 columns"):
        Table(id="t", name="T", caption="C", columns=[UNIT, IKM], rows=[("A", 1), ("B",)])


def test_a_document_is_frozen_and_tells_its_tables():
    table = Table(id="t", name="T", caption="C", columns=[UNIT], rows=[("A",)])
    made = Provenance(generated="2026-08-17T09:00:00+07:00")
    document = Document(
        title="T", blocks=[Heading(level=2, text="H"), table, Paragraph(text="p")], provenance=made
    )
    assert document.tables == (table,)
    with pytest.raises(ValidationError, match="frozen"):
        document.title = "other"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ArgumentError, match="timezone"):
        Provenance(generated="2026-08-17T09:00:00")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"respondents": (1,)}, "2 rows of answers need as many respondents"),
        ({"answers": ((1,), (1, 2))}, "1 cells"),
    ],
)
def test_a_processing_sheet_of_the_wrong_shape_is_refused(changes, message):
    shape = {"respondents": (1, 2), "answers": ((1,), (2,)), **changes}
    with pytest.raises(ArgumentError, match=message):
        Processing(
            title="P",
            unsur=[ProcessedUnsur(code="U1", nama="x", weight=1)],
            factor=25,
            expected=None,
            **shape,
        )
