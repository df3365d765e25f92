"""An SKM result says what it says, on the scale of the leaf or in a note, and nothing that it does not."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from sipukat.compliance.from_skm import HasilSkm, facts_of_skm
from sipukat.compliance.known import Known, item_of
from sipukat.compliance.tree import Measure, Node
from sipukat.errors import ArgumentError


def leaf(**measure):
    return Node(
        key="kebijakan_pelayanan.7",
        nama="Media",
        name="Media",
        weight=Fraction(1),
        assumed=False,
        measure=Measure(**measure),
    )


def test_a_mapping_a_record_and_an_object_say_the_same():
    fields = {"done": True, "published": True, "media": 3, "rtl_done": Decimal("0.75"), "weeks": Decimal(6)}
    nothing = {"source": ""}
    told = [
        facts_of_skm(given) for given in (fields, HasilSkm(**fields), SimpleNamespace(**fields, **nothing))
    ]
    assert told[0] == told[1] == told[2]
    assert told[0]["skm_tindak_lanjut"].note == "75% dari rencana tindak lanjut selesai"


def test_what_is_not_said_is_not_there():
    assert facts_of_skm({}) == {}
    assert facts_of_skm({"published": False})["skm_media"].value == 0
    assert facts_of_skm({"published": True})["skm_media"].value is None


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ({"rtl_done": 1.5}, "rtl_done"),
        ({"media": -1}, "media"),
        ({"media": 2.5}, "media"),
        ({"published": False, "media": 2}, "media"),
        ({"publised": True}, "publised"),
        ({"weeks": float("nan")}, "weeks"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(bad, place):
    with pytest.raises(ArgumentError, match=place):
        facts_of_skm(bad)


def test_a_count_is_read_on_a_count_and_never_on_another_scale():
    three = Known(fact="count", value=3, note="tiga media")
    assert item_of(leaf(kind="count", high=Decimal(5)), three, "x").value == 3
    off = item_of(leaf(kind="measure", high=Decimal(5)), three, "x")
    assert off.value is None
    assert off.note.startswith("tiga media; skala")


def test_a_share_is_read_on_a_hundred_and_says_yes_only_when_whole():
    third = Known(fact="share", value=Fraction(1, 3))
    assert item_of(leaf(kind="measure", high=Decimal(100)), third, "x").value == Decimal("33.33")
    assert item_of(leaf(kind="measure", high=Decimal(5)), third, "x").value is None
    assert item_of(leaf(kind="yes_no"), third, "x").value is False
    assert item_of(leaf(kind="yes_no"), Known(fact="share", value=Fraction(1)), "x").value is True


def _known(fact, value, note, source="hasil SKM"):
    return Known(fact=fact, value=value, source=source, note=note)


def test_each_field_is_a_fact_with_its_source_and_its_words():
    told = facts_of_skm(
        {"done": True, "published": True, "media": 3, "rtl_done": Decimal("0.755"), "weeks": Decimal(6)}
    )
    assert told == {
        "skm": _known("yes_no", True, "SKM dilakukan"),
        "skm_media": _known("count", 3, "hasil SKM dipublikasikan pada 3 media"),
        "skm_tindak_lanjut": _known("share", Fraction(151, 200), "75,50% dari rencana tindak lanjut selesai"),
        "skm_kecepatan": _known("hint", None, "tindak lanjut 6 minggu setelah hasil"),
    }
    assert facts_of_skm({"done": False, "published": False, "source": "Laporan"}) == {
        "skm": _known("yes_no", False, "SKM tidak dilakukan", "Laporan"),
        "skm_media": _known("count", 0, "hasil SKM tidak dipublikasikan", "Laporan"),
    }
    assert facts_of_skm({"published": True}) == {
        "skm_media": _known("hint", None, "hasil SKM dipublikasikan, jumlah medianya tidak disebut")
    }
    with pytest.raises(ArgumentError, match="0 media of a result that was published"):
        facts_of_skm({"published": True, "media": 0})
    with pytest.raises(ArgumentError, match="2 media of a result not published"):
        facts_of_skm({"published": False, "media": 2})
