"""Tables NO | KOMPONEN | URAIAN as offices write them: every feature by hand, and in real files."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import datasets, standards
from sipukat.errors import DraftError, UnreadableFileError
from sipukat.pelayanan import load, load_all
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan
from sipukat.pelayanan.tables import from_file, from_grid, from_table
from sipukat.readers import Grid

HEAD = ["NO", "KOMPONEN", "URAIAN"]
LAW = standards.document("uu-25-2009")
NAMES = {komponen.key: komponen.nama for komponen in LAW.komponen}
GROUPED = standards.document("permenpanrb-15-2014").grouped


LOCAL = """
kind = "document"
id = "perda-contoh-3-2025"
title = "Perda Contoh"
extends = "uu-25-2009"
confidence = "C"

[[komponen]]
key = "akses_disabilitas"
letter = "o"
nama = "Akses bagi penyandang disabilitas"
name = "Access"
labels = ["Kemudahan difabel"]
group = "pengelolaan"
must_publish = true
place = "Pasal 7"
confidence = "C"
"""


def one(rows):
    (tree,) = from_grid(rows)
    return tree


def whole(*, running=False, header=True):
    """Return a table of all komponen in the order of Permenpan RB 15/2014, with its group rows."""
    rows = [HEAD] if header else []
    count = 0
    for letter, (group, members) in zip("AB", GROUPED, strict=True):
        rows.append([letter + ".", group.heading, ""])
        for place, komponen in enumerate(members, start=1):
            count += 1
            rows.append([f"{count if running else place}.", komponen.nama, f"isi {komponen.key}"])
    return rows


# --- features


@pytest.mark.parametrize(
    "rows", [whole(), whole(running=True), whole(header=False), [r[1:] for r in whole()]]
)
def test_all_komponen_are_read_in_the_order_of_either_standard(rows):
    tree = one(rows)
    assert list(tree) == list(KOMPONEN)
    assert all(tree[key] == [f"isi {key}"] for key in KOMPONEN)
    law = [HEAD, *([f"{k.letter}.", k.nama.upper() + " :", f"isi {k.key}"] for k in LAW.komponen)]
    assert one(law) == tree


@pytest.mark.parametrize(
    "head",
    [
        ["No.", "Komponen Standar Pelayanan", "Uraian/Keterangan"],
        ["NOMOR", "Komponen", "Keterangan"],
        ["", "KOMPONEN", "URAIAN STANDAR PELAYANAN"],
        ["No", "Unsur", "Isi"],
    ],
)
def test_headings_are_no_komponen(head):
    assert one([head, ["(1)", "(2)", "(3)"], ["1", "Biaya", "Gratis"]]) == {"biaya_tarif": ["Gratis"]}


def test_every_label_of_the_standard_is_known():
    for komponen in LAW.komponen:
        for label in (komponen.nama, *komponen.labels):
            assert one([HEAD, [1, label, "x"]]) == {komponen.key: ["x"]}


def test_a_label_may_be_merged_with_its_number_or_stand_in_the_first_column():
    assert one([["1. Biaya/Tarif", "Gratis"]]) == {"biaya_tarif": ["Gratis"]}
    rows = [["1", "Biaya", ":", "Gratis"], ["2. Persyaratan", "", ":", "KTP"], ["3", "Produk", ":", "KIA"]]
    assert one(rows) == {"biaya_tarif": ["Gratis"], "persyaratan": ["KTP"], "produk_pelayanan": ["KIA"]}
    assert one([["1", "Sistem, Mekanisme\ndan Prosedur", "x"]]) == {"sistem_mekanisme_prosedur": ["x"]}


def test_group_rows_are_no_komponen_wherever_they_stand():
    for group in (
        ["A. Penyampaian Layanan (Service Delivery)", "", ""],
        ["A", "Penyampaian Layanan", ""],
        ["", "B. PENGELOLAAN PELAYANAN (MANUFACTURING)", ""],
        ["I", "Komponen Standar Pelayanan yang terkait dengan proses penyampaian pelayanan", ""],
    ):
        assert one([HEAD, group, ["1", "Biaya", "Gratis"]]) == {"biaya_tarif": ["Gratis"]}


def test_content_goes_on_in_rows_without_label():
    rows = [
        HEAD,
        ["1", "Persyaratan", "1. KTP"],
        ["", "", "2. KK"],
        ["", "", "3. Akta"],
        ["2", "Biaya", "Gratis"],
    ]
    assert one(rows) == {"persyaratan": ["KTP", "KK", "Akta"], "biaya_tarif": ["Gratis"]}


def test_a_blank_row_within_a_komponen_does_not_end_it():
    rows = [["Persyaratan", "KTP"], ["", ""], ["", "KK"], ["Biaya", "Gratis"]]
    assert one(rows) == {"persyaratan": ["KTP", "KK"], "biaya_tarif": ["Gratis"]}


def test_headings_repeated_on_a_new_page_do_not_end_a_komponen():
    rows = [HEAD, ["1", "Persyaratan", "KTP"], HEAD, ["", "", "KK"], ["2", "Biaya", "Gratis"]]
    assert one(rows) == {"persyaratan": ["KTP", "KK"], "biaya_tarif": ["Gratis"]}


def test_content_may_be_spread_over_columns():
    rows = [
        HEAD,
        ["1", "Persyaratan", "1", "KTP"],
        ["", "", "2", "KK"],
        ["2", "Biaya", "Dokter", "15.000", "tunai"],
    ]
    assert one(rows) == {"persyaratan": ["KTP", "KK"], "biaya_tarif": ["Dokter 15.000 tunai"]}


def test_lists_and_variants_in_a_cell():
    rows = [
        HEAD,
        ["1", "Persyaratan", "BPJS:\n1. Kartu BPJS\n2. KK\nUmum:\n1. KTP"],
        ["2", "Produk", "- A\n- B"],
    ]
    assert one(rows) == {
        "persyaratan": {"butir": [], "varian": {"BPJS": ["Kartu BPJS", "KK"], "Umum": ["KTP"]}},
        "produk_pelayanan": ["A", "B"],
    }
    assert from_table(rows).persyaratan.varian["Umum"][0].text == "KTP"


def test_a_komponen_left_blank_is_empty_and_one_that_is_not_there_is_none():
    draft = from_table([HEAD, ["1", "Biaya", ""], ["2", "Produk", None], ["3", "Persyaratan", "KTP"]])
    assert draft.biaya_tarif.butir == draft.produk_pelayanan.butir == ()
    assert draft.dasar_hukum is None


def test_a_komponen_that_stands_twice_is_joined():
    rows = [HEAD, ["1", "Biaya", "Gratis"], ["2", "Produk", "KTP-el"], ["3", "Biaya/Tarif", "Rp0"]]
    assert one(rows)["biaya_tarif"] == ["Gratis", "Rp0"]


def test_labels_that_are_not_known_are_kept():
    rows = [
        HEAD,
        ["1", "Biaya", "Gratis"],
        ["15.", "Waktu & Tempat Pelayanan", "Senin - Jumat"],
        ["16.", "Waktu dan Tempat Pelayanan", "Loket 1"],
        ["17.", "Waktu - dan - Tempat - Pelayanan", "Loket 2"],
        ["18.", "Lain-lain", ""],
        ["19.", "★", "bintang"],
        ["20.", "Z" * 200, "panjang"],
    ]
    draft = from_table(rows)
    assert {key: content.text for key, content in draft.tambahan.items()} == {
        "waktu_tempat_pelayanan": "Senin - Jumat",
        "waktu_dan_tempat_pelayanan": "Loket 1",
        "waktu_dan_tempat_pelayanan_2": "Loket 2",
        "lain_lain": "",
        "komponen": "bintang",
        "z" * 56: "panjang",
    }


def test_a_label_that_is_not_known_may_come_first_below_the_heading():
    rows = [["Jenis Pelayanan : KTP"], HEAD, ["1", "Pengertian", "Kartu"], ["2", "Biaya", "Gratis"]]
    assert one(rows) == {"nama": "KTP", "biaya_tarif": ["Gratis"], "tambahan": {"pengertian": ["Kartu"]}}
    assert one(rows[2:]) == {"catatan": "Pengertian: Kartu", "biaya_tarif": ["Gratis"]}


def test_content_below_a_group_row_belongs_to_no_komponen():
    rows = [HEAD, ["1", "Biaya", "Gratis"], ["B", "Pengelolaan Pelayanan", ""], ["", "", "lepas"]]
    assert one(rows) == {"biaya_tarif": ["Gratis"], "tambahan": {"tanpa_nama_komponen": ["lepas"]}}


def test_komponen_of_a_local_standard_are_known_by_their_label(tmp_path):
    path = tmp_path / "lokal.toml"
    path.write_text(LOCAL, encoding="utf-8")
    rows = [HEAD, ["1", "Biaya", "Gratis"], ["2", "Kemudahan Difabel", "Ram"]]
    draft = from_table(rows, standard=standards.load(path))
    assert draft.tambahan["akses_disabilitas"].text == "Ram"
    assert from_table(rows).tambahan["kemudahan_difabel"].text == "Ram"
    assert from_table(rows, standard="Permenpan RB 15/2014") == from_table(rows)


def test_lines_above_the_table_are_its_identity():
    rows = [
        ["STANDAR PELAYANAN PENERBITAN KTP-EL"],
        ["Unit", ":", "Disdukcapil"],
        ["Instansi", "Pemerintah Kota Contoh"],
        ["Tanggal", datetime(2024, 1, 5)],  # noqa: DTZ001  as a workbook has it
        ["Diketik ulang"],
        [],
        HEAD,
        ["1", "Biaya", "Gratis"],
    ]
    draft = from_table(rows)
    assert (draft.nama, draft.unit, draft.instansi) == (
        "PENERBITAN KTP-EL",
        "Disdukcapil",
        "Pemerintah Kota Contoh",
    )
    assert draft.ditetapkan == date(2024, 1, 5)
    assert draft.catatan == "Diketik ulang"


def test_identity_may_be_a_row_of_the_table():
    rows = [HEAD, ["1", "Nama Pelayanan", "KTP-el"], ["2", "Biaya", "Gratis"]]
    assert one(rows) == {"nama": "KTP-el", "biaya_tarif": ["Gratis"]}


def test_signatures_below_the_table_are_notes_not_content():
    rows = [
        HEAD,
        ["1", "Biaya", "Gratis"],
        [],
        ["", "", "Kepala Dinas,"],
        ["", "", "(nama)"],
        ["Ditetapkan: 2024-01-05"],
    ]
    assert one(rows) == {
        "ditetapkan": "2024-01-05",
        "catatan": "Kepala Dinas,\n(nama)",
        "biaya_tarif": ["Gratis"],
    }


# --- several services


@pytest.mark.parametrize("numbers", ["1212", "1234", ["", "", "", ""]])
def test_a_table_that_begins_again_is_the_next_service(numbers):
    labels = ["Persyaratan", "Biaya", "Persyaratan", "Biaya"]
    rows = [
        HEAD,
        *([n, label, f"isi {at}"] for at, (n, label) in enumerate(zip(numbers, labels, strict=True))),
    ]
    assert from_grid(rows) == [
        {"persyaratan": ["isi 0"], "biaya_tarif": ["isi 1"]},
        {"persyaratan": ["isi 2"], "biaya_tarif": ["isi 3"]},
    ]


def test_a_title_begins_the_next_service():
    rows = [
        ["Jenis Pelayanan : KTP"],
        HEAD,
        ["1", "Persyaratan", "KK"],
        [],
        ["", "", "Kepala Dinas"],
        ["Jenis Pelayanan", "KIA"],
        ["Unit", "Loket 2"],
        ["1", "Biaya", "Gratis"],
    ]
    assert from_grid(rows) == [
        {"nama": "KTP", "catatan": "Kepala Dinas", "persyaratan": ["KK"]},
        {"nama": "KIA", "unit": "Loket 2", "biaya_tarif": ["Gratis"]},
    ]
    with pytest.raises(DraftError, match="holds 2 Standar Pelayanan: 'KTP', 'KIA'"):
        from_table(rows)


# --- what a table may be


ROWS = [["1", "Persyaratan", "KTP"], ["2", "Biaya", "Gratis"]]
TREE = {"persyaratan": ["KTP"], "biaya_tarif": ["Gratis"]}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(ROWS, columns=HEAD),
        pd.DataFrame(ROWS),
        pd.DataFrame([HEAD, *ROWS]),
        pd.DataFrame([[*row[1:], None] for row in ROWS], columns=["KOMPONEN", "URAIAN", "URAIAN"]),
        pd.DataFrame(ROWS, columns=["Unnamed: 0", "KOMPONEN", "URAIAN"]),
        pl.DataFrame(ROWS, schema=HEAD, orient="row"),
        pl.LazyFrame(ROWS, schema=HEAD, orient="row"),
        [dict(zip(HEAD, row, strict=True)) for row in ROWS],
        [tuple(row) for row in ROWS],
        Grid(name="Lembar 1", rows=ROWS),
    ],
)
def test_any_frame_rows_or_grid_is_a_table(frame):
    assert one(frame) == TREE


def test_values_that_are_no_text_are_read_as_people_write_them():
    rows = [
        ["Jumlah Pelaksana", 4.0],
        ["Biaya", 15000],
        ["Jangka Waktu", date(2024, 3, 1)],
        ["Produk", float("nan")],
        ["Persyaratan", pd.NaT],
    ]
    assert one(rows) == {
        "persyaratan": [],
        "jangka_waktu_penyelesaian": ["2024-03-01"],
        "biaya_tarif": ["15000"],
        "produk_pelayanan": [],
        "jumlah_pelaksana": ["4"],
    }


@pytest.mark.parametrize("source", [5, "NO|KOMPONEN", object(), None, ["a", "b"]])
def test_what_is_no_table_is_refused(source):
    with pytest.raises(DraftError, match="is no table"):
        from_table(source)


def test_a_table_of_something_else_is_refused_with_what_was_sought_and_seen():
    with pytest.raises(DraftError) as failure:
        from_table([["Nama", "Umur"], ["Budi", 30]])
    assert str(failure.value) == (
        "no cell names a komponen of uu-25-2009; seen: 'Nama', 'Umur', 'Budi', '30'. "
        "A row begins with the name of its komponen: 'Dasar hukum', 'Persyaratan', "
        "'Sistem, mekanisme, dan prosedur', 'Jangka waktu penyelesaian', …"
    )
    with pytest.raises(DraftError, match="seen: no text"):
        from_table([])
    with pytest.raises(DraftError, match="more than 200,000 filled cells"):
        from_table([["x"] * 1000] * 201)


def test_a_large_table_is_read_in_a_bounded_time(bounded):
    rows = [[str(n), "Persyaratan" if n % 14 == 0 else f"Label {n}", "isi " * 50] for n in range(60_000)]
    with bounded(60):
        from_grid(rows)


# --- files


def docx_file(path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed (extra word)")
    document = docx.Document()
    document.add_paragraph("STANDAR PELAYANAN")
    document.add_paragraph("PENERBITAN KTP-EL")
    table = document.add_table(4, 3)
    for cells, row in zip(table.rows, [HEAD, ["A. Penyampaian Layanan", "", ""], *ROWS], strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 2).text = "1. KTP\n2. KK"
    second = document.add_table(2, 3)
    for cells, row in zip(second.rows, [HEAD, ["1", "Dasar Hukum", "UU 24/2013"]], strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.add_table(1, 1).cell(0, 0).text = "Kepala Dinas"
    document.add_heading("STANDAR PELAYANAN PENERBITAN KIA")
    third = document.add_table(2, 2)
    for cells, row in zip(third.rows, [["Persyaratan", "KK"], ["Biaya", "Gratis"]], strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(path)


def test_tables_of_a_word_document_are_services_or_go_on(tmp_path):
    docx_file(tmp_path / "a.docx")
    ktp, kia = from_file(tmp_path / "a.docx")
    assert ktp.model_dump(mode="json") == {
        "nama": "PENERBITAN KTP-EL",
        "catatan": "Tidak dibaca sebagai Standar Pelayanan: Tabel 3.",
        "dasar_hukum": ["UU 24/2013"],
        "persyaratan": ["KTP", "KK"],
        "biaya_tarif": ["Gratis"],
    }
    assert kia.model_dump(mode="json") == {
        "nama": "PENERBITAN KIA",
        "persyaratan": ["KK"],
        "biaya_tarif": ["Gratis"],
    }


def test_sheets_of_a_workbook_with_merged_cells(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed (extra excel)")
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("KTP")
    sheet.merge_range("A1:C1", "STANDAR PELAYANAN PENERBITAN KTP-EL")
    sheet.write_row("A3", HEAD)
    sheet.merge_range("A4:C4", "A. PENYAMPAIAN LAYANAN (Service Delivery)")
    sheet.merge_range("A5:A6", "1.")
    sheet.merge_range("B5:B6", "Persyaratan")
    sheet.write("C5", "1. KTP")
    sheet.write("C6", "2. KK")
    sheet.write_row("A7", [2, "Jumlah Pelaksana", 4])
    book.add_worksheet("Kosong")
    other = book.add_worksheet("KIA")
    other.write_row("A1", ["Jenis Pelayanan", "KIA"])
    other.write_row("A2", ["Persyaratan", "KK"])
    hidden = book.add_worksheet("Lama")
    hidden.write_row("A1", ["Persyaratan", "lama"])
    hidden.hide()
    book.close()
    assert [doc.model_dump(mode="json") for doc in from_file(path)] == [
        {
            "nama": "PENERBITAN KTP-EL",
            "catatan": "Tidak dibaca sebagai Standar Pelayanan: Lama.",
            "persyaratan": ["KTP", "KK"],
            "jumlah_pelaksana": ["4"],
        },
        {"nama": "KIA", "persyaratan": ["KK"]},
    ]


def test_html_with_spans_and_csv_with_semicolons(tmp_path):
    page = (
        "<h3>Standar Pelayanan Penerbitan KTP-el</h3><table><tr><th>NO<th>KOMPONEN<th colspan=2>URAIAN</tr>"
        "<tr><td colspan=4>B. Pengelolaan Pelayanan</tr><tr><td rowspan=2>1<td rowspan=2>Persyaratan"
        "<td>1<td>KTP</tr><tr><td>2<td>KK</tr><tr><td>2<td>Biaya<td colspan=2>Gratis</tr></table>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [
            ["Jenis Pelayanan : Penerbitan KTP-el", "", ""],
            HEAD,
            ["1", "Persyaratan", "KTP\nKK"],
            ["2", "Biaya", "Gratis"],
        ]
    )
    (tmp_path / "a.csv").write_text(text.getvalue(), encoding="utf-8")
    expected = {"nama": "Penerbitan KTP-el", "persyaratan": ["KTP", "KK"], "biaya_tarif": ["Gratis"]}
    for name in ("a.html", "a.csv"):
        (doc,) = from_file(tmp_path / name)
        assert doc.model_dump(mode="json") == expected


def test_a_lone_word_in_another_table_is_no_service(tmp_path):
    rows = "".join(f"<tr><td>{a}<td>{b}</tr>" for _, a, b in ROWS)
    page = f"<table><tr><td>Biaya<td>lihat di bawah</table><table>{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (doc,) = from_file(tmp_path / "a.html")
    assert doc.catatan == "Tidak dibaca sebagai Standar Pelayanan: table 1."
    assert doc.model_copy(update={"catatan": ""}).model_dump(mode="json") == TREE


def test_files_without_a_table_of_komponen_are_refused(tmp_path):
    (tmp_path / "a.csv").write_text("Nama;Umur\nBudi;30\n", encoding="utf-8")
    with pytest.raises(DraftError, match=r"a\.csv: no cell names a komponen"):
        from_file(tmp_path / "a.csv")
    with pytest.raises(UnreadableFileError):
        from_file(tmp_path / "tidak-ada.csv")


# --- documents of real offices


@pytest.mark.parametrize("order", ["uu-25-2009", "permenpanrb-15-2014"])
def test_standards_of_real_offices_written_as_tables_read_back_equal(facts, order):
    for real in facts("real-standards.json")["documents"]:
        plain = {
            key: found
            for key, found in real["components"].items()
            if isinstance(found, list) and not any(line.rstrip().endswith(":") for line in found)
        }
        draft = StandarPelayanan(nama=real["title"], unit=real["unit"], **plain)
        rows = [["Jenis Pelayanan", draft.nama], ["Unit", draft.unit], HEAD]
        rows += [
            [komponen.letter, komponen.nama, "\n".join(plain[komponen.key])]
            for komponen in standards.document(order).komponen
            if komponen.key in plain
        ]
        assert from_table(rows) == draft, real["id"]


# --- there and back


WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789 ()/,", min_size=1, max_size=20)
LINES = WORDS.map(lambda words: " ".join(f"Q{words}".split()))
CONTENT = st.one_of(
    st.lists(LINES, max_size=4),
    st.builds(
        lambda butir, varian: {"butir": butir, "varian": varian},
        st.lists(LINES, max_size=2),
        st.dictionaries(
            st.sampled_from(["BPJS", "Umum", "Pasien rujukan"]),
            st.lists(LINES, min_size=1, max_size=3),
            min_size=2,
        ),
    ),
)


@st.composite
def drafts(draw):
    keys = draw(st.lists(st.sampled_from(KOMPONEN), unique=True, min_size=1))
    lists = {"penanganan_pengaduan"}  # a heading there is a channel
    content = {key: draw(st.lists(LINES, max_size=4) if key in lists else CONTENT) for key in keys}
    return StandarPelayanan(nama=draw(st.sampled_from(["", "KTP-el"])), **content)


def cell_of(content, mark):
    def items(lines):
        return [f"{mark(place)}{line}" for place, line in enumerate((line.text for line in lines), start=1)]

    named = [line for name, lines in content.varian.items() for line in (f"{name}:", *items(lines))]
    return "\n".join([*items(content.butir), *named])


MARKS = [lambda _: "", lambda place: f"{place}. ", lambda place: f"{chr(96 + place)}) ", lambda _: "- "]


@given(drafts(), st.permutations(KOMPONEN), st.sampled_from(MARKS), st.booleans(), st.booleans())
def test_a_standard_written_as_a_table_reads_back_equal(draft, order, mark, number, header):
    rows = [["Jenis Pelayanan", draft.nama]] if draft.nama else []
    rows += [HEAD] if header else []
    for place, key in enumerate([key for key in order if draft.isi(key) is not None], start=1):
        rows.append([str(place) if number else "", NAMES[key], cell_of(draft.isi(key), mark)])
    assert from_table(rows) == draft


CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "a.", *NAMES.values(), *HEAD, "Jenis Pelayanan : KTP", "STANDAR PELAYANAN", "BPJS:"]
    ),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.none(),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=20))
def test_any_rows_are_read_or_refused(rows):
    try:
        trees = from_grid(rows)
    except DraftError:
        return
    for tree in trees:
        StandarPelayanan.model_validate(tree)


LABELS = ["", "", *NAMES.values(), "Maskot", "Jenis Pelayanan", "Unit", "Tanggal", "STANDAR PELAYANAN"]
KINDS = st.sampled_from([*LABELS, "blank row", "heading", "group"])


@given(
    st.lists(st.tuples(KINDS, st.sampled_from(["", "1", "2."])), max_size=30),
    st.sampled_from(["{}", "1. {}", "{}:"]),
)
def test_no_word_of_uraian_is_lost(kinds, form):
    rows, words = [["", "Biaya", "Gratis"]], []
    for place, (kind, number) in enumerate(kinds):
        if kind in {"blank row", "heading", "group"}:
            rows.append({"blank row": [], "heading": HEAD, "group": ["A", "Penyampaian Layanan", ""]}[kind])
        else:
            words.append(f"Isi-{place}-")
            rows.append([number, kind, form.format(words[-1])])
    text = repr(from_grid(rows))
    assert [word for word in words if word not in text] == []


def test_a_file_of_answers_is_called_one(tmp_path):
    for name in datasets.names("survey"):
        with pytest.raises(DraftError, match=r"answers to a survey.*sipukat ikm .*csv"):
            load(datasets.path(name))
    coded = tmp_path / "kode.csv"
    coded.write_text("no,U1,U2,U3,U4,U5\n" + "".join(f"{n},3,4,{n % 3 + 1},2,4\n" for n in range(1, 9)))
    with pytest.raises(DraftError, match="answers to a survey"):
        load(coded)


def test_five_columns_of_a_standar_pelayanan_are_no_answers(tmp_path):
    wide = tmp_path / "sp.csv"
    rows = "".join(f"{n},{name},-,-,-,-,-\n" for n, name in enumerate(["Persyaratan", "Biaya/tarif"] * 4, 1))
    wide.write_text(f"NO,KOMPONEN,URAIAN,URAIAN,URAIAN,URAIAN,URAIAN\n{rows}")
    assert load_all(wide)


def test_what_stands_below_a_published_annex_is_no_komponen(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "NO;KOMPONEN;URAIAN\n1;Persyaratan;KK\n2;Biaya/tarif;Gratis\n\nAsal-usul\nDibuat;2026\nPustaka;1.0\n"
    )
    draf = load(path)
    assert (dict(draf.tambahan), draf.catatan) == ({}, "Asal-usul\nDibuat: 2026\nPustaka: 1.0")
