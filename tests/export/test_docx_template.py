"""An office's own document gives letterhead and styles, and nothing that the office did not mean."""

import io
import re
import struct
import zipfile
import zlib
from datetime import UTC, datetime

import pytest

from sipukat import export, publish
from sipukat.errors import PublishError
from sipukat.report.document import Column, Document, Heading, Paragraph, Provenance, Table

docx = pytest.importorskip("docx", reason="python-docx is not installed")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def picture():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x0b\x57\x88"))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def letter(path, *lines, change=None):
    """Write a letterhead: a picture and the office's name at the head, its address at the foot."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.left_margin = docx.shared.Mm(215), docx.shared.Mm(30)
    section.header.paragraphs[0].add_run("PEMERINTAH KOTA CONTOH").add_picture(io.BytesIO(picture()))
    section.footer.paragraphs[0].text = "Jalan Melati 1"
    for line in lines or ("Yth. Wali Kota", "{{ isi }}", "Kepala Dinas"):
        file.add_paragraph(line)
    file.core_properties.author = "Juru Ketik"
    if change:
        change(file)
    file.save(path)
    return path


def of(*blocks, title="Laporan SKM", **more):
    items = [{"key": "n", "label": "Responden", "value": "31"}]
    made = Provenance(generated=datetime(2026, 8, 17, 9, tzinfo=UTC), items=items)
    return Document(title=title, subtitle="Semester I", blocks=blocks, provenance=made, **more)


def filled(template, document, folder):
    path = publish(document, folder / "hasil.docx", template=template)
    return docx.Document(path)


def table(name="A"):
    columns = (Column(key="nama", label="Nama"), Column(key="n", label="n", kind="integer"))
    return Table(id="t", name="T", caption="Isi", columns=columns, rows=[(name, 1)])


def test_letterhead_paper_and_surrounding_text_stay(tmp_path):
    template = letter(tmp_path / "kop.docx")
    file = filled(template, of(Heading(level=2, text="Hasil"), table()), tmp_path)
    texts = [p.text for p in file.paragraphs]
    assert (texts[0], texts[-1]) == ("Yth. Wali Kota", "Kepala Dinas")
    assert texts[1:3] == ["Laporan SKM", "Semester I"]
    section = file.sections[0]
    assert section.header.paragraphs[0].text.startswith("PEMERINTAH KOTA CONTOH")
    assert section.header._element.findall(f".//{W}drawing")
    assert section.footer.paragraphs[0].text == "Jalan Melati 1"
    assert section.page_width.mm == pytest.approx(215, abs=0.1)
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in file.tables[0].columns) == pytest.approx(room, abs=1000)
    assert file.core_properties.author == ""
    assert "{{" not in " ".join(texts)


def test_styles_of_the_office_are_used_and_missing_ones_added(tmp_path):
    def change(file):
        file.styles["Heading 2"].font.name = "Bookman Old Style"
        own = file.styles.add_style("Sipukat Catatan", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        own.font.italic = True

    template = letter(tmp_path / "kop.docx", change=change)
    file = filled(template, of(Heading(level=2, text="Hasil"), table()), tmp_path)
    head = next(p for p in file.paragraphs if p.text == "Hasil")
    assert head.style.font.name == "Bookman Old Style"
    assert file.styles["Sipukat Catatan"].font.italic
    assert file.tables[0].style.name == "Sipukat Tabel"
    names = [style.name for style in file.styles]
    assert len(names) == len(set(names))
    defaults = file.styles.element.findall(f"{W}style[@{W}default='1']")
    kinds = [style.get(f"{W}type") for style in defaults]
    assert len(kinds) == len(set(kinds))


def test_small_places_are_filled_in_headers_and_tables_too_and_keep_their_look(tmp_path):
    def change(file):
        file.sections[0].header.add_paragraph("{{subjudul}}")
        file.add_table(1, 1).cell(0, 0).text = " {{ tanggal }} "
        paragraph = file.add_paragraph()
        paragraph.add_run("{{ ju").bold = True  # Word splits what was typed in two goes
        paragraph.add_run("dul }}")
        file.add_paragraph("{{ asal_usul }}")

    file = filled(letter(tmp_path / "kop.docx", change=change), of(table()), tmp_path)
    texts = [p.text for p in file.paragraphs]
    title = next(p for p in file.paragraphs if p.text == "Laporan SKM")
    assert title.runs[0].bold
    assert texts.count("Laporan SKM") == 1
    assert "Semester I" not in texts
    assert file.sections[0].header.paragraphs[1].text == "Semester I"
    assert file.tables[1].cell(0, 0).text == "17 Agustus 2026"
    assert texts[-1] == "Responden: 31"


def test_a_text_that_looks_like_a_place_stays_text(tmp_path):
    template = letter(tmp_path / "kop.docx", "{{ judul }}", "{{ isi }}")
    names = ("{{7*7}}", "{{ isi }}", "{{ tanggal }}", "{% for x in y %}")
    file = filled(template, of(*(Paragraph(text=n) for n in names), title="{{ isi }}"), tmp_path)
    texts = [p.text for p in file.paragraphs]
    assert texts[0] == "{{ isi }}"
    assert [text for text in texts if text in names] == ["{{ isi }}", *names]


def test_a_table_at_the_end_is_followed_by_a_paragraph(tmp_path):
    template = letter(tmp_path / "kop.docx", "{{ asal_usul }}", "{{ isi }}")
    body = filled(template, of(table()), tmp_path).element.body
    assert [child.tag.removeprefix(W) for child in body][-3:] == ["tbl", "p", "sectPr"]


def test_the_report_has_the_paper_of_the_section_where_it_stands(tmp_path):
    def change(file):
        wide = file.add_section()
        wide.orientation = docx.enum.section.WD_ORIENT.LANDSCAPE
        wide.page_width, wide.page_height = docx.shared.Mm(297), docx.shared.Mm(210)
        file.add_paragraph("Akhir")

    first = filled(letter(tmp_path / "a.docx", change=change), of(table()), tmp_path)
    second = filled(
        letter(tmp_path / "b.docx", "Surat", change=lambda f: (change(f), f.add_paragraph("{{ isi }}"))),
        of(table()), tmp_path,
    )  # fmt: skip
    assert [len(file.sections) for file in (first, second)] == [2, 2]
    widths = [sum(c.width for c in file.tables[0].columns) for file in (first, second)]
    assert widths[1] - widths[0] == pytest.approx(docx.shared.Mm(297 - 215), abs=2000)


def test_a_filled_template_gives_the_same_bytes(tmp_path):
    exporter = export.get("docx").with_template(letter(tmp_path / "kop.docx"))
    assert exporter(of(table())) == exporter(of(table()))
    assert exporter(of(table())) != export.get("docx")(of(table()))


def rewritten(path, change, extra=None):
    """Write a document's parts again, changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()} | (extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_what_a_template_leads_to_outside_is_dropped(tmp_path):
    there = "https://kantor.example/juru.ketik/Normal.dotm"
    link = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'attachedTemplate" Target="{there}" TargetMode="External"/>'
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    extra = {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{space}">{link}</Relationships>'}
    used = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

    def change(name, data):
        if name != "word/settings.xml":
            return data
        said = f'<w:attachedTemplate {used} r:id="rId9"/></w:settings>'
        return data.replace(b"</w:settings>", said.encode())

    template = rewritten(letter(tmp_path / "kop.docx"), change, extra)
    data = export.get("docx").with_template(template)(of(table()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        every = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, part in every.items() if b"juru.ketik" in part or b"attachedTemplate" in part]
    assert not [name for name in every if "thumbnail" in name]


def macros(path):
    return rewritten(path, lambda _, data: data, {"word/vbaProject.bin": b"x"})


def macro_kind(path):
    wanted, other = b"document.main+xml", b"document.macroEnabled.main+xml"
    return rewritten(path, lambda _, data: data.replace(wanted, other))


def bomb(path):
    return rewritten(path, lambda _, data: data, {"word/media/a.png": bytes(64 * 2**20)})


def entity(path):
    return rewritten(
        path,
        lambda name, data: data.replace(b"<w:styles", b'<!DOCTYPE a [<!ENTITY b "c">]><w:styles', 1)
        if name == "word/styles.xml" else data,
    )  # fmt: skip


def broken(path):
    return rewritten(path, lambda name, data: data[:200] if name == "word/styles.xml" else data)


def no_package(path):
    path.write_bytes(b"Kop surat")
    return path


def empty(path):
    path.write_bytes(b"")
    return path


def absent(path):
    path.unlink()
    return path


BAD = {
    "macros": (macros, "brings macros"),
    "kind": (macro_kind, "no plain Word document"),
    "bomb": (bomb, r"inflates .*-fold"),
    "entity": (entity, "declares a document type"),
    "broken": (broken, "damaged Word document"),
    "no package": (no_package, "damaged Word document"),
    "empty": (empty, "empty"),
    "absent": (absent, "cannot be opened"),
}


@pytest.mark.parametrize(("spoil", "why"), BAD.values(), ids=BAD)
def test_a_template_that_is_no_word_document_is_refused_and_the_old_file_stays(spoil, why, tmp_path):
    template = spoil(letter(tmp_path / "kop.docx"))
    old = tmp_path / "hasil.docx"
    old.write_bytes(b"lama")
    with pytest.raises(PublishError, match=rf"kop\.docx: .*template.*{why}"):
        publish(of(table()), old, template=template)
    assert old.read_bytes() == b"lama"


LACKING = {
    "no place": (("Surat",), r"no place for the report; write \{\{ isi \}\} in a paragraph of its own"),
    "within a sentence": (("Hasil: {{ isi }}",), "no place for the report"),
    "twice": (("{{ isi }}", "{{ isi }}"), r"\{\{ isi \}\} 2 times"),
    "misspelt": (
        ("{{ isi }}", "{{ judull }}"),
        r"\{\{ judull \}\}, which is unknown; the places are .*judul",
    ),
}


@pytest.mark.parametrize(("lines", "why"), LACKING.values(), ids=LACKING)
def test_a_template_without_its_one_place_is_told_what_to_write(lines, why, tmp_path):
    with pytest.raises(PublishError, match=why):
        export.get("docx").with_template(letter(tmp_path / "kop.docx", *lines))


def test_the_place_of_the_report_stands_outside_of_tables_and_headers(tmp_path):
    def in_table(file):
        file.add_table(1, 1).cell(0, 0).text = "{{ isi }}"

    template = letter(tmp_path / "kop.docx", "Surat", change=in_table)
    with pytest.raises(PublishError, match="stands in a table"):
        export.get("docx").with_template(template)


def test_an_english_report_says_its_date_in_english(tmp_path):
    template = letter(tmp_path / "kop.docx", "{{ tanggal }}", "{{ isi }}")
    file = filled(template, of(lang="en"), tmp_path)
    assert file.paragraphs[0].text == "17 August 2026"
    assert re.search("Where the numbers come from", "\n".join(p.text for p in file.paragraphs))
