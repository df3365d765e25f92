"""Fees as drafts write them."""

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sipukat.pelayanan.biaya import Biaya

PIECES = [
    "Rp", "Rp 5.000", "5.000", "10", "gratis", "-", "–", "s/d", "x", "juta", "ribu", "(lima ribu)", "/lembar",
    "per unit", ";", ",", "dan", "KTP hilang", "Tidak dipungut biaya", "Perda 5/2010", "0", "\n", ":",
    ",-", "00", "%",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


def test_the_samples_of_the_facts_are_understood(facts):
    for sample in facts("standards-facts.json")["parser_samples"]["costs"]:
        read = Biaya.parse(sample["text"])
        expected = {key: value for key, value in sample.items() if key != "note"}
        assert {key: getattr(read, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 5 juta", 5_000_000),
        ("Rp 2,5 juta", 2_500_000),
        ("Rp5.000,00", 5000),
        ("IDR 15,000", 15000),
        ("50 ribu rupiah", 50000),
        ("Rp. 1.500.000,-/unit", 1_500_000),
        ("Rp.15.000.-", 15000),
        ("Rp 15.000.", 15000),
        ("5000", 5000),
        ("Rp 10.000 sesuai Perda Nomor 12 Tahun 2012", 10000),
        ("Rp 50.000 (lima puluh ribu rupiah)", 50000),
    ],
)
def test_one_amount_is_read(text, amount):
    read = Biaya.parse(text)
    assert (read.kind, read.amount, read.mismatch) == ("fixed", amount, False)


def test_several_amounts_are_parts_with_labels():
    read = Biaya.parse("KTP hilang Rp 50.000; KTP rusak Rp 25.000")
    assert [(part.label, part.amount) for part in read.parts] == [("KTP hilang", 50000), ("KTP rusak", 25000)]
    assert str(read) == "KTP hilang: Rp50.000,00; KTP rusak: Rp25.000,00"


def test_free_with_an_exception_is_not_called_free():
    read = Biaya.parse("Gratis, kecuali denda Rp 50.000")
    assert [part.kind for part in read.parts] == ["free", "fixed"]
    assert Biaya.parse("tidak gratis").kind == "text"


def test_two_ends_are_a_range():
    read = Biaya.parse("Rp 5.000 s/d 10.000 per lembar")
    assert (read.kind, read.min, read.max, read.satuan) == ("range", 5000, 10000, "lembar")


@pytest.mark.parametrize(
    "text", ["10 lembar ukuran 4x6", "188.45/123/2020", "Nomor 900.1.13.1/339/UM-TU", "abc", "Rp 5.000,50"]
)
def test_what_is_no_amount_stays_text(text):
    read = Biaya.parse(text)
    assert (read.kind, read.amount, str(read)) == ("text", None, text)


def test_figures_and_words_that_differ_are_told():
    assert Biaya.parse("Rp 50.000 (lima ribu rupiah)").mismatch


def test_the_regulations_of_a_fee_are_found():
    assert [str(c) for c in Biaya.parse("sesuai Perda no 8 tahun 2018").citations] == [
        "Peraturan Daerah Nomor 8 Tahun 2018"
    ]


def test_a_row_of_a_table_is_a_label_and_a_text():
    row = Biaya.model_validate(["Pemeriksaan dokter umum", "15.000"])
    assert (row.label, row.text, row.amount, row.has_rp) == (
        "Pemeriksaan dokter umum",
        "15.000",
        15000,
        False,
    )
    assert row.model_dump() == {"label": "Pemeriksaan dokter umum", "text": "15.000"}
    assert str(Biaya.model_validate(["Tindakan", "Sesuai PERDA"])) == "Tindakan: Sesuai PERDA"


@pytest.mark.parametrize(
    "value",
    [
        {"amount": 5000},
        {"amount": 0},
        {"label": "KTP hilang", "amount": 5000},
        {"text": "lima ribu", "amount": 5000},
        {"text": "Rp 5.000", "kind": "text"},
        {"min": 5000, "max": 6000, "text": ""},
        {"label": "x"},
    ],
)
def test_objects_are_written_and_read_back(value):
    biaya = Biaya.model_validate(value)
    assert Biaya.model_validate(biaya.model_dump()) == biaya
    assert Biaya.model_validate_json(biaya.model_dump_json()) == biaya


@pytest.mark.parametrize(
    "value", [{"amount": "abc"}, {"amount": "5000"}, {"amount": -1}, {"amount": 1.5}, {"harga": 1}, 5]
)
def test_nonsense_is_refused_by_the_model_and_by_the_schema(value):
    with pytest.raises(ValidationError):
        Biaya.model_validate(value)
    assert not jsonschema_rs.is_valid(Biaya.model_json_schema(), value)


@pytest.mark.parametrize("value", ["Gratis", ["KTP", "5.000"], {"amount": 5000}, {"text": "x", "amount": 5}])
def test_what_the_model_takes_the_schema_takes(value):
    Biaya.model_validate(value)
    assert jsonschema_rs.is_valid(Biaya.model_json_schema(), value)


@given(TEXTS)
def test_what_is_printed_reads_back_as_the_same(text):
    read = Biaya.parse(text)
    again = Biaya.parse(str(read))
    assert (again.kind, again.amount, again.min, again.max, again.label) == (
        read.kind,
        read.amount,
        read.min,
        read.max,
        read.label,
    )
    assert str(again) == str(read)


@given(TEXTS)
def test_a_fee_is_written_as_its_text_and_read_back(text):
    read = Biaya.parse(text)
    assert read.model_dump() == text
    assert Biaya.model_validate(text) == read


@pytest.mark.parametrize(
    "piece", ["Rp ", "5.000 - ", "_", "__ a", "1 (a", "sesuai ", "gratis ", ", ", "x ", "Rp5.000x"]
)
def test_hostile_text_is_read_in_bounded_time(piece, bounded):
    with bounded():
        Biaya.parse((piece * 5000)[:5000])
        assert Biaya.parse((piece * 200_000)[:200_000]).kind == "text" or piece == ", "


@pytest.mark.parametrize(
    ("value", "kind", "text", "written"),
    [
        ({"amount": 5000}, "fixed", "Rp5.000,00", "Rp5.000,00"),
        ({"amount": 0}, "free", "Rp0,00", "Rp0,00"),
        ({"min": 5000, "max": 6000}, "range", "", {"kind": "range", "min": 5000, "max": 6000}),
        ({"min": 5000}, "text", "", {"kind": "text", "min": 5000}),
        ({"max": 5000}, "text", "", {"kind": "text", "max": 5000}),
        ({"parts": ["Rp 1", "Rp 2"]}, "several", "", {"kind": "several", "parts": ("Rp 1", "Rp 2")}),
        ({"label": "x"}, "missing", "", {"label": "x", "text": ""}),
        ({"label": "x", "vague": True}, "text", "", {"kind": "text", "vague": True, "label": "x"}),
    ],
)
def test_what_an_object_leaves_out_is_filled_in(value, kind, text, written):
    read = Biaya.model_validate(value)
    assert (read.kind, read.text, read.has_rp) == (kind, text, "amount" in value)
    assert read.model_dump() == written


@pytest.mark.parametrize("value", [["KTP"], ["KTP", "5.000", "6.000"], ["KTP", 5000], [1, "5.000"]])
def test_only_a_pair_of_texts_is_a_row(value):
    with pytest.raises(ValidationError):
        Biaya.model_validate(value)
    assert not jsonschema_rs.is_valid(Biaya.model_json_schema(), value)


@pytest.mark.parametrize(
    ("text", "specific"),
    [
        ("sesuai perda", False), ("mengikuti ketentuan yang berlaku", False), ("Perda", False),
        ("Tarif Retribusi", False), ("Perbup", False), ("PNBP", False),
        ("sesuai Perda Nomor 5 Tahun 2012", True), ("Perda Nomor 5 Tahun 2012", True),
    ],
)  # fmt: skip
def test_a_reference_is_vague_unless_it_names_the_regulation(text, specific):
    read = Biaya.parse(text)
    assert (read.kind, read.specific, read.vague, read.malformed) == (
        "by_reference",
        specific,
        not specific,
        False,
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((f"tarif.{suffix}", "by_reference") for suffix in "pdf doc docx jpg jpeg png xls xlsx".split()),
        ("tarif_biaya_sppt", "by_reference"), ("tarif_biaya", "text"), ("lihat tarif.pdf", "text"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_is_debris(text, kind):
    read = Biaya.parse(text)
    assert (read.kind, read.malformed) == (kind, kind == "by_reference")


@pytest.mark.parametrize(
    ("text", "kind", "amount", "base"),
    [
        ("tidak ada", "free", 0, None), ("0", "free", 0, None), ("Nol", "free", 0, None),
        ("2 % dari NJOP", "formula", None, None), ("15.000 x 3 hari", "formula", None, 15_000),
        ("3 x 15.000", "formula", None, 15_000), ("!", "missing", None, None),
        ("-" * 5000, "missing", None, None), ("-" * 5001, "text", None, None),
        ("Rp 5.000 dan 6.000,50", "text", None, None),
    ],
)  # fmt: skip
def test_other_kinds_are_told_apart(text, kind, amount, base):
    read = Biaya.parse(text)
    assert (read.kind, read.amount, read.base) == (kind, amount, base)
    assert read.understood is (kind in {"free", "formula"})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("dan KTP Rp 5.000", "KTP"), ("serta KTP: Rp 5.000", "KTP"), ("atau KTP, Rp 5.000", "KTP"),
        ("KTP dan Rp 5.000", "KTP dan"), ("• KTP – Rp 5.000", "KTP"), ("1. 2. Rp 5.000", None),
        *((f"{words}: Rp 5.000", None) for words in (
            "Biaya", "Tarif", "Sebesar", "Rp", "Biaya sebesar", "Tarif sebesar", "Biaya/tarif", "Retribusi",
            "Rp. ", "IDR", "Rp0",
        )),
    ],
)  # fmt: skip
def test_a_label_says_what_a_fee_is_for(text, label):
    assert Biaya.parse(text).label == label


def test_a_label_is_printed_before_every_kind_of_fee():
    assert str(Biaya.parse("KTP gratis")) == "KTP: Gratis (tidak dipungut biaya)"
    assert str(Biaya.parse("KTP Rp 5.000/lembar")) == "KTP: Rp5.000,00/lembar"
    assert str(Biaya.parse("KTP: Rp 6.000 - Rp 5.000/unit")) == "KTP: Rp5.000,00 s.d. Rp6.000,00/unit"
    assert [part.text for part in Biaya.parse("• Rp 5.000; Rp 6.000,").parts] == ["Rp 5.000", "Rp 6.000"]


def test_fees_understood_only_in_part_are_not_understood():
    parts = ["Rp 5.000", "sesuai perda"]
    assert not Biaya.model_validate({"parts": parts}).understood
    assert Biaya.model_validate({"parts": parts[:1]}).understood


@pytest.mark.parametrize("ends", [{"min": 5000}, {"max": 5000}, {}])
def test_a_range_without_both_ends_is_printed_as_it_stands(ends):
    assert str(Biaya.model_validate({"kind": "range", "text": "mulai Rp 5.000", **ends})) == "mulai Rp 5.000"


def test_parts_are_cut_at_marks_and_not_into_their_words():
    assert [part.text for part in Biaya.parse("XL Rp 5.000; XS Rp 6.000 X").parts] == [
        "XL Rp 5.000",
        "XS Rp 6.000 X",
    ]


def test_parts_that_would_be_read_otherwise_are_printed_as_they_stand():
    parts = [{"label": "a; Rp 7 b", "amount": 5000}, "Rp 6.000"]
    assert str(Biaya.model_validate({"text": "seperti tertulis", "parts": parts, "kind": "several"})) == (
        "seperti tertulis"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "free") for text in (
            "Tidak Ada.", "tidak ada", "(tidak ada)", "tidak ada;", "Biaya: tidak ada", "Nihil", "Rp 0,-",
            "tanpa biaya", "tidak ada pungutan", "Tanpa dipungut biaya", "tidak dikenai biaya", "0",
        )),
        *((text, "missing") for text in ("-", "…", "Rp -", "Rp. ,-", "Rp", "Biaya: -")),
        *((text, "text") for text in (
            "tidak nihil", "tidak ada informasi", "belum ada", "n/a", "Rp 50 .000", "Rp. 50. 000,-",
        )),
    ],
)  # fmt: skip
def test_nothing_to_pay_and_nothing_filled_in_are_told_apart(text, kind):
    assert Biaya.parse(text).kind == kind
