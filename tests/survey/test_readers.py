"""Files as they come, and files made to do harm: each is read or refused in a bounded time."""

from __future__ import annotations

import gzip
import json
import sys
import time
import tracemalloc
import zipfile

import pytest

from sipukat import read_survey
from sipukat.errors import MissingExtraError, UnreadableFileError
from sipukat.readers import READERS, Grid, Reader, preflight
from sipukat.readers.from_csv import delimiter_of
from sipukat.readers.kinds import read_file

U = [f"U{n}" for n in range(1, 10)]
SECONDS = 20.0  # far above what any of these takes, far below what an unguarded parser takes

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.fixture
def raw_workbook(tmp_path):
    """Return a function that builds a workbook out of the XML of its sheet data."""

    def build(cells, *, shared="", declare="", target="worksheets/sheet1.xml", more=None):
        path = tmp_path / "raw.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr(
                "_rels/.rels",
                f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_REL}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>',
            )
            archive.writestr(
                "xl/workbook.xml",
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
                '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
            )
            archive.writestr(
                "xl/_rels/workbook.xml.rels",
                f'<Relationships xmlns="{_LINKS}">'
                f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="{target}"/>'
                f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
                "</Relationships>",
            )
            sheet = f'<?xml version="1.0"?>{declare}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>'
            sheet += "</worksheet>"
            with archive.open(f"xl/{target}", "w", force_zip64=False) as part:
                part.write(sheet.encode())
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{shared}</sst>')
            for name, content in (more or {}).items():
                archive.writestr(name, content)
        return path

    return build


def refused(path, match):
    start = time.process_time()
    with pytest.raises(UnreadableFileError, match=match) as failure:
        read_survey(path)
    assert time.process_time() - start < SECONDS
    assert failure.value.remedy
    return failure.value


def row(number, cells):
    return f'<row r="{number}">{cells}</row>'


def filled(number, values):
    return row(
        number, "".join(f'<c r="{chr(65 + n)}{number}"><v>{value}</v></c>' for n, value in enumerate(values))
    )


HEADING = row(
    1,
    "".join(
        f'<c r="{chr(65 + n)}1" t="inlineStr"><is><t>{name}</t></is></c>' for n, name in enumerate(["NO", *U])
    ),
)


# --- the registry


def test_every_built_in_reader_follows_the_protocol():
    assert list(READERS) == ["csv", "excel", "html", "json", "word"]
    assert all(isinstance(READERS[name], Reader) for name in READERS)


# --- delimited text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_delimiter_and_encoding_is_read(textfile, delimiter, encoding, end):
    lines = [
        delimiter.join(["NO", "Usia", *U]),
        *[delimiter.join([str(n), "20–30", *"344343434"]) for n in range(1, 4)],
    ]
    responses = read_survey(textfile(end.join(lines) + end, encoding=encoding)).responses
    assert responses.frame["waktu"].tolist() == [4, 4, 4]
    assert responses.frame["Usia"].tolist() == ["20–30"] * 3


def test_decimal_commas_are_told_from_delimiters(textfile):
    text = ";".join(U) + "\n" + (";".join(["3,0"] * 9) + "\n") * 30
    assert delimiter_of(text) == ";"
    assert read_survey(textfile(text)).responses.frame["biaya"].tolist() == [3] * 30


def test_a_decimal_comma_under_a_comma_is_never_shifted_into_the_next_column(textfile):
    text = ",".join(U) + "\n" + ",".join(["4"] * 9) + "\n" + ",".join(["3,5", *["4"] * 8]) + "\n"
    refused(textfile(text), "more fields than the 9 of the heading, first row 3")


def test_short_rows_have_missing_answers(textfile):
    text = ",".join(U) + "\n" + ",".join("444444444") + "\n" + ",".join("333") + "\n"
    responses, findings = read_survey(textfile(text))
    assert int(responses.frame[list(responses.unsur)].isna().sum().sum()) == 6
    assert findings.by_code("SRV413")[0].facts["n"] == 6


def test_quoted_fields_hold_delimiters_and_line_breaks(textfile):
    text = (
        "Saran,Unit,"
        + ",".join(U)
        + '\n"baik, cepat\ndan ramah","Dinas ""A""",'
        + ",".join("444444444")
        + "\n"
    )
    responses = read_survey(textfile(text), personal=["Saran"]).responses
    assert responses.frame["Unit"].tolist() == ['Dinas "A"']
    assert responses.frame["Saran"].tolist() == ["baik, cepat dan ramah"]


def test_a_quote_that_is_never_closed_is_refused_not_swallowed(textfile):
    refused(
        textfile("Saran," + ",".join(U) + '\n"baik,4,4,4,4,4,4,4,4,4\n' + "x,4,4,4,4,4,4,4,4,4\n" * 5),
        "not well-formed CSV",
    )


def test_the_line_that_excel_puts_first_is_understood(textfile):
    responses = read_survey(textfile("sep=;\n" + ";".join(U) + "\n" + ";".join("333333333") + "\n")).responses
    assert responses.frame.index.tolist() == [3]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "empty"),
        (b"U1,U2\n3,\x004\n", "NUL"),
        (gzip.compress(b"U1,U2\n3,4\n", mtime=0), "gzip"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"MZ\x90\x00", "program"),
        (b"\x89PNG\r\n", "image"),
        (b"PAR1....", "Parquet"),
        (b"\n\n\n", "no cells"),
        (b"INSERT INTO `tb_hasil` VALUES (1,2);\n", "SQL dump"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_by_name(textfile, content, match):
    refused(textfile(content), match)


def test_addresses_folders_and_absent_files_are_refused(tmp_path):
    refused("https://contoh.go.id/survei.csv", "address on a network")
    refused(tmp_path, "a folder")
    refused(tmp_path / "tidak-ada.csv", "no file")
    refused("x" * 5000, "no file")
    refused("a\0b.csv", "no file")


def test_a_file_that_may_not_be_read_is_refused(textfile):
    path = textfile(",".join(U))
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        refused(path, "cannot be opened")
    else:
        pytest.skip("this user may read every file")


# --- names that do not fit


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.xlsx", "U1,U2\n3,4\n", "delimited text.*Rename it to .csv"),
        ("a.xls", '[{"U1": 3}]', "JSON.*Rename it to .json"),
        ("a.csv", "<table><tr><td>U1</table>", "HTML"),
        ("a.json", "U1,U2\n3,4\n", "delimited text"),
        ("a.xlsx", "%PDF-1.4", "PDF"),
        (
            "a.xls",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "2003",
        ),
        ("a.xls", "MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
    ],
)
def test_a_file_of_another_kind_under_the_name_of_one_is_refused(textfile, name, content, match):
    refused(textfile(content, name=name), match)


def test_a_workbook_under_another_name_is_refused_or_read_as_one(workbook, tmp_path):
    path = workbook([["NO", *U], [1, *[4] * 9]])
    assert len(read_survey(path.rename(tmp_path / "b.xls")).responses) == 1
    refused((tmp_path / "b.xls").rename(tmp_path / "c.csv"), "a workbook")


def test_other_zip_archives_are_named(tmp_path):
    for part, what in {
        "word/document.xml": "Word",
        "xl/workbook.bin": "xlsb",
        "mimetype": "OpenDocument",
        "a.txt": "without a workbook",
    }.items():
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        refused(path, what)


# --- JSON


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"data": records},
        lambda records: {"count": 2, "results": records},
    ],
)
def test_json_records_are_read_plain_or_wrapped(textfile, wrap):
    records = [{"NO": 1, **dict.fromkeys(U, 4)}, {"NO": 2, **dict.fromkeys(U[:8], 3)}]
    responses = read_survey(textfile(json.dumps(wrap(records)), name="a.json")).responses
    assert responses.frame["persyaratan"].tolist() == [4, 3]
    assert responses.frame.index.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ('[{"U1": NaN}]', "NaN"),
        ('[{"U1": 1, "U1": 2}]', "stands twice"),
        ("[" * 100_000, "nested too deeply|no JSON"),
        ('[{"U1": ' + "9" * 5000 + "}]", "no JSON"),
        ("{}", "no list of records"),
        ("[1, 2]", "no list of records"),
        ("[{", "no JSON"),
    ],
)
def test_json_that_means_nothing_is_refused(textfile, content, match):
    refused(textfile(content, name="a.json"), match)


# --- HTML


def test_spans_comments_scripts_and_entities(textfile):
    page = (
        "<html><!-- <table><tr><td>bukan --><script>if (a<b) {document.write('<table>')}</script><table>"
        "<tr><td rowspan=2>No</td><td colspan='9'>UNSUR</td></tr><tr>"
        + "".join(f"<td>{u}" for u in U)
        + "</tr>"
        "<tr><td>1</td>" + "<td align='a>b'>&#52;</td>" * 9 + "</tr></table></html>"
    )
    grid = read_file(textfile(page.replace("align='a>b'", "class=x"), name="a.html"))[0][0]
    assert isinstance(grid, Grid)
    assert [list(line) for line in grid.rows] == [["No", "UNSUR", *[""] * 8], ["", *U], ["1", *["4"] * 9]]


@pytest.mark.parametrize(
    "attack",
    [
        "<!--" * 200_000,
        "<a " * 300_000,
        "<table>" * 50_000,
        "<td colspan=999999>" * 3000,
        '<table><tr><td x="' * 50_000,
    ],
)
def test_html_made_to_take_for_ever_is_bounded(textfile, attack):
    refused(textfile("<table><tr>" + attack, name="a.xls"), ".")


# --- workbooks made to do harm


def test_the_hand_made_workbook_itself_is_read(raw_workbook):
    path = raw_workbook(HEADING + filled(2, [1, *[4] * 9]))
    assert read_survey(path).responses.frame["biaya"].tolist() == [4]


def test_a_small_workbook_that_inflates_to_hundreds_of_megabytes_is_refused_before_it_is_inflated(
    raw_workbook,
):
    path = raw_workbook(HEADING + " " * (380 * 2**20))
    assert path.stat().st_size < 400 * 1024
    tracemalloc.start()
    refused(path, "inflates to 380 MiB")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_a_part_that_inflates_more_than_200_fold_is_refused(raw_workbook):
    refused(raw_workbook(HEADING + " " * (100 * 2**20)), "inflates .*-fold, more than 200")


def test_a_far_cell_is_refused_before_the_parser_sees_it(raw_workbook):
    refused(raw_workbook(HEADING + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "column 16,384")
    refused(
        raw_workbook(HEADING + '<row r="1048576"><c r="AMJ1048576"><v>1</v></c></row>'),
        "more than 20,000,000 cells",
    )
    refused(raw_workbook(HEADING + "<row r='9'><c r='XFD9'><v>1</v></c></row>"), "column 16,384")
    refused(raw_workbook(HEADING + '<x:c xmlns:x="y" s="1" r="XFD9"><v>1</v></x:c>'), "column 16,384")
    refused(raw_workbook(HEADING + '<row r="2"><c r="xfd1048576"><v>1</v></c></row>'), "column 16,384")
    refused(
        raw_workbook(HEADING + '<row r="2"><c r="Z1048576"><v>1</v></c></row>'), "more than 20,000,000 cells"
    )
    refused(
        raw_workbook(HEADING + '<row r="2"><c r="A99999999"><v>1</v></c></row>'), "a reference that is none"
    )
    refused(raw_workbook(HEADING + '<c s="a>b" r="XFD1048576"><v>1</v></c>'), "can be read in two ways")
    refused(raw_workbook(HEADING + '<c r="XF&#68;1048576"><v>1</v></c>'), "can be read in two ways")
    many = "<c><v>1</v></c>" * 900
    refused(raw_workbook(HEADING + f'<row r="1048576">{many}</row>'), "more than 20,000,000 cells")


def test_cells_without_references_are_counted_too(raw_workbook):
    refused(raw_workbook(HEADING + "<row>" + "<c><v>1</v></c>" * 2000 + "</row>"), "column 2,01")


def test_a_claimed_dimension_is_not_believed(raw_workbook):
    path = raw_workbook(HEADING + filled(2, [1, *[4] * 9]))
    data = path.read_bytes()
    assert len(preflight.inspect(data, "a")) == 1
    sheet = HEADING + filled(2, [1, *[4] * 9]) + '</sheetData><dimension ref="A1:XFD1048576"/><sheetData>'
    assert len(read_survey(raw_workbook(sheet)).responses) == 1


@pytest.mark.parametrize(
    "declare", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>']
)
def test_entities_are_refused(raw_workbook, declare):
    refused(raw_workbook(HEADING, declare=declare), "declares a document type or an entity")


def test_many_cells_that_share_one_long_text_are_refused(raw_workbook):
    cells = "".join(
        row(n, "".join(f'<c r="{chr(65 + c)}{n}" t="s"><v>0</v></c>' for c in range(10)))
        for n in range(2, 2002)
    )
    refused(raw_workbook(HEADING + cells, shared=f"<si><t>{'x' * 32_000}</t></si>"), "repeat texts")


def test_long_texts_that_are_used_once_are_not_refused(raw_workbook):
    cells = "".join(
        row(n, "".join(f'<c r="{chr(65 + c)}{n}" t="s"><v>1</v></c>' for c in range(10)))
        for n in range(2, 2002)
    )
    path = raw_workbook(HEADING + cells, shared=f"<si><t>{'x' * 32_000}</t></si><si><t>d</t></si>")
    assert len(read_survey(path).responses) == 2000


def test_a_million_formatted_empty_rows_are_read_quickly(raw_workbook):
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577)
    )
    start = time.process_time()
    responses = read_survey(raw_workbook(HEADING + filled(2, [1, *[4] * 9]) + empty)).responses
    assert len(responses) == 1
    assert time.process_time() - start < SECONDS


def test_a_sheet_that_hides_under_another_suffix_is_refused(raw_workbook):
    refused(
        raw_workbook(HEADING, target="worksheets/sheet1.png"),
        "does not bear the name of one|lacks a part|cannot be read",
    )


def test_parts_that_stand_twice_truncation_and_encryption_are_refused(raw_workbook, tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = raw_workbook(HEADING, more={"xl/workbook.xml": "<x/>"})
    refused(path, "holds one part twice")
    whole = raw_workbook(HEADING + filled(2, [1, *[4] * 9])).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "cut.xlsx", "damaged")
    locked = bytearray(whole)
    start = 0
    while (start := whole.find(b"PK\x01\x02", start + 1)) > 0:
        locked[start + 8] |= 1
    (tmp_path / "locked.xlsx").write_bytes(locked)
    refused(tmp_path / "locked.xlsx", "encrypted")


def test_an_old_workbook_that_is_damaged_is_refused(textfile):
    refused(textfile(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, name="a.xls"), "cannot be read")


def test_more_parts_than_a_workbook_has_are_refused(raw_workbook):
    refused(
        raw_workbook(HEADING, more={f"xl/media/{n}.txt": "" for n in range(10_001)}),
        "parts, more than 10,000",
    )


def test_hidden_rows_are_read_and_said(raw_workbook):
    hidden = filled(3, [2, *[1] * 9]).replace("<row ", '<row hidden="1" ')
    responses, findings = read_survey(raw_workbook(HEADING + filled(2, [1, *[4] * 9]) + hidden))
    assert len(responses) == 2
    assert findings.by_code("SRV428")[0].facts["rows"] == [3]


def test_reading_a_workbook_without_the_extra_names_it(workbook, monkeypatch):
    path = workbook([["NO", *U], [1, *[4] * 9]])
    monkeypatch.setitem(sys.modules, "python_calamine", None)  # as if it were not installed
    with pytest.raises(MissingExtraError, match=r"sipukat\[excel\]"):
        read_survey(path)
