"""Word documents as offices make them, and documents made to do harm."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest

from sipukat.errors import UnreadableFileError
from sipukat.readers import READERS, Reader
from sipukat.readers.base import lines_of
from sipukat.readers.from_docx import read_document
from sipukat.readers.kinds import read_file

docx = pytest.importorskip("docx", reason="python-docx is not installed (extra word)")

SECONDS = 20.0  # far above what any of these takes
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


@pytest.fixture
def raw(tmp_path):
    """Return a function that builds a document out of the XML of its body."""

    def build(body, *, declare="", target="word/document.xml", more=None, space=_W, name="a.docx"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_REL}/officeDocument" '
                f'Target="{target}"/></Relationships>',
            )
            archive.writestr(
                target.lstrip("/"),
                f'<?xml version="1.0"?>{declare}<w:document xmlns:w="{space}" xmlns:mc="{_MC}">'
                f"<w:body>{body}</w:body></w:document>",
            )
            for part, content in (more or {}).items():
                archive.writestr(part, content)
        return path

    return build


@pytest.fixture
def saved(tmp_path):
    """Return a function that saves a document of python-docx."""

    def save(document, name="standar.docx"):
        document.save(tmp_path / name)
        return tmp_path / name

    return save


def rows(path, place=0):
    return [list(row) for row in read_file(path)[0][place].rows]


def refused(path, match):
    start = time.process_time()
    with pytest.raises(UnreadableFileError, match=match) as failure:
        read_file(path)
    assert time.process_time() - start < SECONDS
    assert failure.value.remedy
    return failure.value


# --- documents that another library writes


def test_the_reader_follows_the_protocol_and_is_chosen_by_content(saved):
    document = docx.Document()
    document.add_table(1, 2).cell(0, 0).text = "NO"
    assert isinstance(READERS["word"], Reader)
    assert read_file(saved(document))[1] == "word"
    assert read_file(saved(document, "tanpa-akhiran"))[1] == "word"


def test_each_table_is_a_grid_named_by_the_line_above_it(saved):
    document = docx.Document()
    document.add_heading("STANDAR PELAYANAN KTP-EL", 1)
    document.add_paragraph("Unit : Disdukcapil")
    document.add_paragraph("")
    document.add_table(1, 1).cell(0, 0).text = "satu"
    document.add_table(1, 1).cell(0, 0).text = "dua"
    grids = read_document(saved(document))
    assert [grid.name for grid in grids] == ["Unit : Disdukcapil", "Tabel 2"]
    assert [grid.above for grid in grids] == [("STANDAR PELAYANAN KTP-EL", "Unit : Disdukcapil"), ()]
    assert read_document(saved(document), sheet="Tabel 2")[0].rows == [["dua"]]
    assert read_document(saved(document), sheet=0)[0].rows == [["satu"]]


def test_paragraphs_and_breaks_in_a_cell_are_lines(saved):
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "satu\ndua"
    cell.add_paragraph("tiga\tempat")
    assert rows(saved(document)) == [["", "satu\ndua\ntiga\tempat"]]


def test_merged_cells_have_their_text_in_the_first_place(saved):
    document = docx.Document()
    table = document.add_table(3, 4)
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(place)
    merged = table.cell(0, 1).merge(table.cell(0, 3))
    merged.text = "lebar"
    merged = table.cell(1, 0).merge(table.cell(2, 1))
    merged.text = "besar"
    assert rows(saved(document)) == [
        ["0", "lebar", "", ""],
        ["besar", "", "6", "7"],
        ["", "", "10", "11"],
    ]


def test_a_table_in_a_cell_is_text_of_that_cell(saved):
    document = docx.Document()
    cell = document.add_table(2, 2).cell(0, 1)
    cell.text = "Tarif:"
    inner = cell.add_table(2, 2)
    for place, text in enumerate(["Umum", "15.000", "Spesialis", "30.000"]):
        inner.cell(place // 2, place % 2).text = text
    cell.add_paragraph("Catatan")
    assert [grid.rows for grid in read_document(saved(document))] == [
        [["", "Tarif:\nUmum\t15.000\nSpesialis\t30.000\n\nCatatan"], ["", ""]]
    ]


def test_a_document_without_a_table_is_refused(saved):
    document = docx.Document()
    document.add_paragraph("Standar Pelayanan")
    refused(saved(document), "without a table")


# --- what Word writes and python-docx does not


def test_deleted_and_moved_text_is_not_read_and_inserted_text_is(raw):
    cell = (
        "<w:tc><w:p><w:del><w:r><w:delText>lama</w:delText><w:t>lama</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>pindah</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>baru</w:t></w:r></w:ins></w:p></w:tc>"
    )
    assert rows(raw(tbl(cell))) == [["baru"]]


def test_a_text_box_is_read_once(raw):
    box = "<w:txbxContent>" + p("kotak") + "</w:txbxContent>"
    cell = (
        "<w:tc><w:p><w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback>" + box
    ) + "</mc:Fallback></mc:AlternateContent></w:r></w:p></w:tc>"
    assert rows(raw(tbl(cell))) == [["kotak"]]


def test_tabs_breaks_and_signs_of_a_run_are_read_and_tab_stops_are_not(raw):
    cell = (
        '<w:tc><w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:sym w:char="F0FC"/><w:tab/>'
        "<w:t>KTP</w:t><w:noBreakHyphen/><w:t>el</w:t><w:br/><w:t>asli</w:t></w:r></w:p></w:tc>"
    )
    assert rows(raw(tbl(cell))) == [["•\tKTP-el\nasli"]]


def test_old_merges_skipped_columns_and_old_formats(raw):
    first = "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + tc("a", "<w:hMerge w:val='restart'/>")
    second = tc("b", "<w:hMerge/>") + tc(
        "c", "<w:tcPrChange><w:tcPr><w:gridSpan w:val='9'/></w:tcPr></w:tcPrChange>"
    )
    assert rows(raw(tbl(first + second))) == [["", "", "a", "", "c"]]


def test_strict_documents_content_controls_and_other_main_parts_are_read(raw):
    body = "<w:sdt><w:sdtContent>" + tbl("<w:sdt><w:sdtContent>" + tc("x") + "</w:sdtContent></w:sdt>")
    body += "</w:sdtContent></w:sdt>"
    assert rows(raw(body, space=_STRICT, target="/word/document2.xml")) == [["x"]]


def test_spans_that_are_no_numbers_count_one(raw):
    assert rows(raw(tbl(tc("a", "<w:gridSpan w:val='-3'/>") + tc("b", "<w:gridSpan w:val='x'/>")))) == [
        ["a", "b"]
    ]


# --- documents made to do harm


def test_a_part_that_inflates_is_refused_before_it_is_inflated(raw):
    path = raw(tbl(tc("a")) + " " * (80 * 2**20))
    tracemalloc.start()
    refused(path, "inflates to 80 MiB, more than 64")
    assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    tracemalloc.stop()
    refused(raw(tbl(tc("a")) + " " * (30 * 2**20)), "inflates .*-fold, more than 200")


def test_a_large_picture_does_no_harm(raw):
    path = raw(tbl(tc("a")), more={"word/media/a.bmp": bytes(80 * 2**20)})
    assert rows(path) == [["a"]]


@pytest.mark.parametrize(
    "declare", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!doctype a SYSTEM "file:///etc/passwd">', "<!DOCTYPE a>"]
)
def test_entities_are_refused(raw, declare):
    refused(raw(tbl(tc("a")), declare=declare), "declares a document type or an entity")


def test_text_that_is_not_utf_8_or_holds_nul_is_refused(raw, tmp_path):
    refused(raw(tbl(tc("a\0b"))), "NUL")
    path = raw(tbl(tc("a")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].decode().encode("utf-16")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    refused(tmp_path / "b.docx", "not in UTF-8")


def test_tables_too_broad_too_many_or_too_deep_are_refused(raw):
    refused(raw(tbl(tc("a") * 10_000)), "more than 1,024 columns")
    refused(raw(tbl(tc("a", "<w:gridSpan w:val='999999'/>"))), "more than 1,024 columns")
    refused(raw(tbl("<w:trPr><w:gridBefore w:val='9999'/></w:trPr>" + tc("a"))), "more than 1,024 columns")
    refused(raw(tbl(*[tc("a", "<w:gridSpan w:val='1000'/>")] * 1001)), "1,000,000 cells")
    deep = "<w:tbl><w:tr><w:tc>" * 5000 + p("a") + "</w:tc></w:tr></w:tbl>" * 5000
    refused(raw(deep), "nested more than 400 deep")


def test_tables_in_tables_are_read_as_far_as_they_go(raw):
    depth = 40
    nested = "<w:tbl><w:tr><w:tc>" * depth + p("dalam") + "</w:tc></w:tr></w:tbl>" * depth
    assert rows(raw(nested)) == [["dalam"]]


def test_damage_is_refused(raw, tmp_path):
    whole = raw(tbl(tc("a"))).read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "cut.docx", "damaged")
    refused(raw("<w:tbl><w:tr>"), "damaged Word document")
    refused(raw(tbl(tc("a")), target="word/document.xml", more={"word/vbaProject.bin": b"x"}), "macros")
    locked = bytearray(whole)
    start = 0
    while (start := whole.find(b"PK\x01\x02", start + 1)) > 0:
        locked[start + 8] |= 1
    (tmp_path / "locked.docx").write_bytes(locked)
    refused(tmp_path / "locked.docx", "encrypted")
    (tmp_path / "ole.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    refused(tmp_path / "ole.docx", "encrypted Word document")


def test_a_part_that_is_longer_than_it_says_is_refused(raw, tmp_path):
    path = raw(tbl(tc("a")) + " " * (30 * 2**20))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo("word/document.xml").file_size
    data = data.replace(true.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    (tmp_path / "lie.docx").write_bytes(data)
    refused(tmp_path / "lie.docx", "damaged")


def test_packages_without_their_parts_are_refused(tmp_path):
    relations = f'<Relationships xmlns="{_LINKS}">%s</Relationships>'
    link = f'<Relationship Id="r" Type="{_REL}/officeDocument" Target="%s" %s/>'
    for content, match in {
        "": "names no main part",
        link % ("word/absent.xml", ""): "lacks its part word/absent.xml",
        link % ("../../etc/passwd", ""): "lacks its part etc/passwd",
        link % ("word/document.xml", 'TargetMode="External"'): "names no main part",
        "<": "damaged",
    }.items():
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("_rels/.rels", relations % content)
            archive.writestr("word/document.xml", "<x/>")
        refused(path, match)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    refused(path, "lacks its part _rels/.rels")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations % (link % ("word/document.xml", "")))
        for number in range(10_001):
            archive.writestr(f"word/document{number}.xml", "")
    refused(path, "parts, more than 10,000")


def test_another_kind_under_the_name_of_a_document_is_refused(tmp_path, raw):
    (tmp_path / "b.docx").write_text("NO;KOMPONEN\n1;Biaya\n", encoding="utf-8")
    refused(tmp_path / "b.docx", r"delimited text.*Rename it to .csv")
    refused(raw(tbl(tc("a")), name="c.xlsx"), r"a Word document.*Rename it to .docx")


# --- lines above a table


def test_html_tells_the_lines_above_a_table(tmp_path):
    page = (
        "<html><style>p {}</style><h2>STANDAR PELAYANAN</h2><p>Unit&nbsp;: Loket<br>Alamat</p>"
        "<table><caption>Tabel&nbsp;1</caption><tr><td>a<p>b</table><p>Penutup<table><tr><td>c</table>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    first, second = read_file(tmp_path / "a.html")[0]
    assert first.above == ("STANDAR PELAYANAN", "Unit : Loket", "Alamat", "Tabel 1")
    assert second.above == ("Penutup",)


def test_lines_above_are_few_and_short():
    above = lines_of("\n".join(["x" * 5000, *map(str, range(100))]))
    assert len(above) == 20
    assert lines_of("x" * 5000) == ("x" * 200,)
