import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.report import Document, Paragraph, Provenance
from sipukat.report.cleaning import clean, shortened

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def test_what_no_format_can_carry_is_removed_and_the_rest_kept():
    text = "A" + chr(0) + chr(0x202E) + "b" + chr(0xFFFE) + chr(0xD800) + "\r\nc\td" + chr(0x200F)
    assert clean(text) == "Ab" + chr(0xFFFD) + "\nc\td" + chr(0x200F)


@given(text=ANY_TEXT)
def test_a_clean_text_is_valid_utf8_and_xml_and_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(c) < 32 and c not in "\t\n" for c in once)
    assert not any(0x202A <= ord(c) <= 0x202E for c in once)
    once.encode("utf-8")


def test_every_text_of_a_document_is_cleaned_by_the_document_itself():
    made = Provenance(generated="2026-08-17T09:00:00+07:00")
    hostile = "a" + chr(0) + chr(0xD800)
    document = Document(
        title=hostile, blocks=[Paragraph(text=hostile)], provenance=made, data={hostile: [hostile]}
    )
    assert "\\u0000" not in json.dumps(document.model_dump(mode="json"))
    assert document.title == document.blocks[0].text == "a" + chr(0xFFFD)
    assert document.data == {document.title: [document.title]}


def test_data_that_json_cannot_carry_is_refused_with_what_would_be_right():
    made = Provenance(generated="2026-08-17T09:00:00+07:00")
    with pytest.raises(ValueError, match="data holds nan, which JSON cannot carry; say null"):
        Document(title="T", blocks=[], provenance=made, data={"x": float("nan")})


@given(text=ANY_TEXT.map(clean), most=st.integers(40, 60))
def test_a_text_cut_to_its_room_fits_and_never_ends_in_half_a_character(text, most):
    long = text * 3
    cut = shortened(long, most)
    assert len(cut.encode("utf-16-le")) <= 2 * most
    assert (cut == long) == (len(long.encode("utf-16-le")) <= 2 * most)
