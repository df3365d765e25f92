"""Surveys made to do harm, each read or refused within bounds of memory and of the processor.

Every input of a group goes through one child, which holds 1.5 GiB more than its imports: where
one of them kills the child, the test of that one fails and the others are tried in a new child.
"""

from __future__ import annotations

import gzip
import json
import pickle
import re
import zipfile

import pytest

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = ["NO", *(f"U{n}" for n in range(1, 10))]


def row(number, cells, more=""):
    return f'<row r="{number}"{more}>{cells}</row>'


def texts(number, values):
    return row(
        number,
        "".join(
            f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{v}</t></is></c>'
            for n, v in enumerate(values)
        ),
    )


def numbers(number, values):
    return row(number, "".join(f'<c r="{chr(65 + n)}{number}"><v>{v}</v></c>' for n, v in enumerate(values)))


HEADING = texts(1, HEADINGS)
ANSWERED = numbers(2, [1, *[4] * 9]) + numbers(3, [2, *[3] * 9])


def workbook(path, cells, *, before="", declare="", shared="", space="", sheets=1, more=None, fill=0):
    """Write a workbook: the sheet data is `cells`, then `fill` MiB of blanks; `more` is other parts."""
    names = range(1, sheets + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET}.worksheet+xml"/>'
            for n in names
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"{space}><sheets>'
        + "".join(f'<sheet name="Data {n}" sheetId="{n}" r:id="rId{n}"/>' for n in names)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in names
        )
        + f'<Relationship Id="rIdS" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'{declare if shared else ""}<sst xmlns="{MAIN}">{shared}</sst>',
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{HEADING}</sheetData>'
            "</worksheet>"
            for n in names
            if n > 1
        },
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            head = "" if shared else declare
            part.write(f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}'.encode())
            blanks = b" " * 2**20
            for _ in range(fill):
                part.write(blanks)
            part.write(b"</sheetData></worksheet>")
    return path


PLAIN = ",".join(HEADINGS)
FOUR = ",".join(["1", *["4"] * 9])
READ = """
def work(name):
    import sipukat
    reading = sipukat.read_survey(name)
    frame = reading.responses.frame
    [finding.message(lang) for finding in reading.findings for lang in ("id", "en")]
    answers = frame[reading.responses.unsur[0]].tolist()
    return {"rows": len(frame), "answers": answers[:100]}
"""
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ENTITY = '<row r="2"><c r="A2" t="inlineStr"><is><t>&a;</t></is></c></row>'


def book(*arguments, **more):
    return lambda path: workbook(path, *arguments, **more)


def plain(content):
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def large(*pieces):
    """Return a function that writes pieces, each so many times."""

    def write(path):
        with path.open("wb") as file:
            for piece, times in pieces:
                for _ in range(times):
                    file.write(piece)

    return write


def sparse(path):
    """Write a file that is larger than what is read, of no blocks on the disk."""
    with path.open("wb") as file:
        file.write(f"{PLAIN}\n".encode())
        file.truncate(300 * 2**20)


def wide_book(path):
    """Write a workbook of ten thousand columns."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [*HEADINGS, *(f"x{n}" for n in range(9_990))])
    book.close()


def cut_in_half(path):
    workbook(path, HEADING + ANSWERED)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


# name -> how to write it, and what the refusal says
REFUSED = {
    "far.xlsx": (book(HEADING + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "column 16,384"),
    "billion-rows.xlsx": (book(HEADING + '<row r="1000000000"><c><v>1</v></c></row>'), "two ways|is none"),
    "blanks.xlsx": (book(HEADING, fill=260), "inflates to 260 MiB"),
    "ratio.xlsx": (book(HEADING, fill=60), "-fold, more than 200"),
    "one-text.xlsx": (
        book(HEADING, more={"xl/x.xml": b"x" * (260 * 2**20)}),
        "inflates to 260 MiB",
    ),
    "shared.xlsx": (
        book(
            HEADING
            + "".join(
                row(n, "".join(f'<c r="{chr(65 + c)}{n}" t="s"><v>0</v></c>' for c in range(20)))
                for n in range(2, 1002)
            ),
            shared=f"<si><t>{'x' * 32_000}</t></si>",
        ),
        "repeat texts",
    ),
    "laughs-in-sheet.xlsx": (book(HEADING + ENTITY, declare=LAUGHS), "declares a document type"),
    "laughs-in-texts.xlsx": (
        book(HEADING, declare=LAUGHS, shared="<si><t>&i;</t></si>"),
        "declares a document type",
    ),
    "quadratic.xlsx": (
        book(
            HEADING + ENTITY.replace("&a;", "&a;" * 20_000),
            declare=f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>',
        ),
        "declares a document type",
    ),
    "file-entity.xlsx": (book(HEADING + ENTITY, declare=FILE), "declares a document type"),
    "utf16-entity.xlsx": (
        book(HEADING, more={"xl/styles.xml": f"{FILE}<x>&a;</x>".encode("utf-16")}),
        "not in UTF-8",
    ),
    "half.xlsx": (cut_in_half, "damaged"),
    "empty.xlsx": (plain(""), "empty"),
    "program.xlsx": (plain(b"MZ\x90\x00\x03" * 50), "a program"),
    "csv-named.xlsx": (plain(f"{PLAIN}\n{FOUR}\n"), "delimited text"),
    "wide.xlsx": (wide_book, "column 10,000|more than 1,?024"),
    "bomb.csv.gz": (lambda path: path.write_bytes(gzip.compress(b"1,2,3\n" * 200_000, 1, mtime=0)), "gzip"),
    "bomb.csv": (lambda path: path.write_bytes(gzip.compress(b"1,2,3\n" * 200_000, 1, mtime=0)), "gzip"),
    "wide.csv": (plain(f"{PLAIN},{','.join(f'x{n}' for n in range(9_990))}\n{FOUR}\n"), "more than 1024"),
    "commas.csv": (plain(f"{PLAIN}\n{',' * 1_000_000}\n"), "more than 1024"),
    "one-cell.csv": (large((f"{PLAIN}\n".encode(), 1), (b"x" * 2**20, 100)), "field larger than field limit"),
    "quote.csv": (large((f'{PLAIN}\n"'.encode(), 1), (b"1,2\n" * 2**16, 4)), "not well-formed|field limit"),
    "large.csv": (sparse, "larger than 256 MiB"),
    "nul.csv": (plain(f"{PLAIN}\n1,4,4,4,\0,4,4,4,4,4\n"), "NUL"),
    "half-a-character.csv": (plain(f"{PLAIN}\n".encode("utf-16") + b"\xd8"), "neither UTF-8, UTF-16"),
    "pickle.pkl": (lambda path: path.write_bytes(pickle.dumps([1, 2])), "NUL|neither"),
    "pickle.csv": (plain(b"cos\ngetpid\n(tR."), "no row names|no cells"),
    "deep.json": (plain("[" * 200_000), "nested too deeply|no JSON"),
    "deep-objects.json": (plain('{"a":' * 100_000), "nested too deeply|no JSON"),
    "digits.json": (plain('[{"U1": ' + "9" * 5_000 + "}]"), "no JSON"),
    "nan.json": (plain('[{"U1": NaN}]'), "NaN is no JSON"),
    "infinite.json": (plain('[{"U1": -Infinity}]'), "Infinity is no JSON"),
    "twice.json": (plain('[{"U1": 4, "U1": 1}]'), "stands twice"),
    "ref.json": (plain('{"$ref": "http://127.0.0.1:9/x.json"}'), "no list of records"),
    "half-letters.json": (
        plain(json.dumps([dict.fromkeys(HEADINGS, 4) | {"Unit": "a\ud800"}])),
        "half a character",
    ),
    "wide.json": (
        plain(json.dumps([dict.fromkeys((f"x{n}" for n in range(20_000)), 1)] * 2)),
        "have 20,000 names",
    ),
    "own-names.json": (plain(json.dumps([{f"x{n}": 1} for n in range(100_000)])), "have 100,000 names"),
    "spans.html": (plain("<table><tr>" + "<td colspan=999999 rowspan=999999>" * 5_000), "too many cells"),
    "nested.html": (plain("<table><tr><td>" * 100_000), "nested too deeply"),
    "entity.xml": (plain(f'<?xml version="1.0"?>{FILE}<x>&a;</x>'), "XML or a web archive"),
    "no-workbook.xls": (plain(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000), "cannot be read"),
}  # fmt: skip

READABLE = {
    "plain.xlsx": (book(HEADING + ANSWERED), [4, 3]),
    "dimension.xlsx": (book(HEADING + ANSWERED, before='<dimension ref="A1:XFD1048576"/>'), [4, 3]),
    "billion-dimension.xlsx": (book(HEADING + ANSWERED, before='<dimension ref="A1:A1000000000"/>'), [4, 3]),
    "styled.xlsx": (
        book(
            HEADING
            + ANSWERED
            + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 200_000))
        ),
        [4, 3],
    ),
    "climbing.xlsx": (book(HEADING + ANSWERED, more={"../../../PWNED.txt": "x", "/PWNED.txt": "x"}), [4, 3]),
    "thousand-sheets.xlsx": (book(HEADING + ANSWERED, sheets=1_000), [4, 3]),
    "braces.xlsx": (book(HEADING + ANSWERED, space=f' xmlns:b="{"{" * 500_000}" b:a="1"'), [4, 3]),
    "formula-texts.xlsx": (
        book(HEADING + ANSWERED + texts(1001, ["=cmd|' /C calc'!A0", *["@SUM(1)"] * 2])),
        None,
    ),
    "mixed-ends.csv": (plain(f"{PLAIN}\r\n{FOUR}\r{FOUR}\n{FOUR}\r\n"), [4, 4, 4]),
    "utf16.csv": (plain(f"{PLAIN},Unit\n{FOUR},Σ\n".encode("utf-16")), [4]),
    "cp1252.csv": (plain(f"{PLAIN},Unit\n{FOUR},Loket “A” – satu\n".encode("cp1252")), [4]),
    "bom.csv": (plain(f"{PLAIN}\n{FOUR}\n".encode("utf-8-sig")), [4]),
    "full-width.csv": (plain(f"{PLAIN}\n{FOUR.translate({ord('4'): 0xFF14})}\n"), [4]),
    "invisible.csv": (
        plain(f"{PLAIN}\n{FOUR}\n".replace("U1", "U1\u200b\u202e").replace(",4", ",4\u200b")),
        [4],
    ),
    "twins.csv": (
        plain(f"{PLAIN},Unit\n{FOUR},Caf\u00e9\n{FOUR},Cafe\u0301\n{FOUR},\u0130zm\u0131r\n"),
        [4, 4, 4],
    ),
    "long-comments.csv": (plain(f"{PLAIN},Saran\n" + f"{FOUR},{'a b. ' * 20_000}\n" * 5), [4] * 5),
    "million-rows.csv": (large((f"{PLAIN}\n".encode(), 1), (f"{FOUR}\n".encode() * 1_000, 50)), None),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with every file of the two tables in it."""
    made = tmp_path_factory.mktemp("jahat") / "dalam" / "dalam"
    made.mkdir(parents=True)
    for name, (write, _) in (REFUSED | READABLE).items():
        write(made / name)
    return made


@pytest.fixture(scope="module")
def outcomes(folder, tried):
    before = sorted(path.name for path in folder.iterdir())
    found = tried(
        [*REFUSED, *READABLE], READ, folder=folder, imports="import sipukat.survey, python_calamine"
    )
    assert sorted(path.name for path in folder.iterdir()) == before
    assert not list(folder.parent.parent.rglob("PWNED*"))
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_made_to_do_harm_is_refused_in_one_sentence(name, outcomes):
    got = outcomes[name]
    assert not got.raised
    assert re.search(REFUSED[name][1], got.refused), got
    assert len(got.refused) < 600
    assert got.took < 20


@pytest.mark.parametrize("name", READABLE)
def test_a_strange_file_that_holds_a_survey_is_read_as_what_it_says(name, outcomes):
    got, (_, expected) = outcomes[name], READABLE[name]
    assert not got.raised
    if expected is None:
        assert got.refused or got.gave["rows"] >= 2
    else:
        assert got.gave, got.refused
        assert got.gave["answers"] == expected
    assert got.took < 20
