"""What a stranger wrote never becomes a formula, a tag, a program, a place, or a file elsewhere."""

from __future__ import annotations

import ast
import io
import json
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import sipukat
from sipukat import export, ikm, pelayanan, publish
from sipukat.errors import DraftError, PublishError
from sipukat.report import Column, Document, Paragraph, Provenance, Table

MADE = Provenance(generated="2026-08-17T09:00:00+07:00")
ATTACKS = [
    "=1+1", "=", "{=1+1}", "==== catatan ====", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "\r=1+1",
    '=DDE("cmd";"/C calc";"x")', '=IMPORTXML("http://x/","//a")', "file:///etc/passwd", "mailto:a@b.c",
    "[a](javascript:alert(1))", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ 'x'*10**9 }}", "{% raw %}", "${7*7}",
    '#read("/etc/passwd")', "@ref", "$ x $", "`code`", "\\input{/etc/passwd}", "%s%n", "' OR 1=1 --",
]  # fmt: skip
NAMES = [
    "../../x",
    "/etc/passwd",
    "CON",
    "a/b",
    "a:b",
    "a\0b",
    ".",
    "..",
    "x" * 300,
    "Cafe\u0301",
    "Caf\u00e9",
]


@pytest.fixture(scope="module")
def document():
    """Return a document whose heads, cells, captions, names of sheets and titles are attacks."""
    tables = [
        Table(
            id=f"t{place}",
            name=attack,
            caption=attack,
            columns=(Column(key="a", label=attack), Column(key="b", label="n", kind="integer")),
            rows=((attack, 1),),
            note=attack,
        )
        for place, attack in enumerate(ATTACKS)
    ]
    texts = [Paragraph(text=attack) for attack in ATTACKS]
    return Document(title="=1+1", subtitle="<b>", blocks=(*tables, *texts), provenance=MADE)


def test_heads_titles_captions_and_names_of_sheets_are_no_formulas_in_a_workbook(document):
    book = load_workbook(io.BytesIO(export.get("xlsx")(document)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    seen = {cell.value for cell in cells}
    assert {attack for attack in ATTACKS if attack.isprintable()} <= seen
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


@pytest.mark.parametrize("name", ["csv", "csv-machine"])
def test_heads_and_cells_of_delimited_text_run_in_no_spreadsheet(name, document):
    import csv

    text = export.get(name)(document).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if name == "csv" else ",")
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]
    assert not [cell for cell in cells if cell.startswith(("+", "-")) and "cmd" in cell]


@pytest.mark.parametrize("name", ["html", "markdown", "docx", "pdf", "json", "jsonld"])
def test_templates_programs_and_places_of_every_format_stay_text(name, document):
    first, second = export.get(name)(document), export.get(name)(document)
    assert first == second
    assert b"root:" not in first
    assert len(first) < 2_000_000  # nobody multiplied a text by a thousand million
    if name == "html":
        assert b"<script" not in first.lower()
        assert b"<img" not in first.lower()
        assert b"default-src" in first


def test_a_program_in_a_template_of_an_office_is_not_run(tmp_path):
    docx = pytest.importorskip("docx")
    letter = docx.Document()
    for text in (
        "{{ cycler.__init__.__globals__ }}",
        "{{ 'x'*10**9 }}",
        "{% include '/etc/passwd' %}",
        "{{ isi }}",
    ):
        letter.add_paragraph(text)
    letter.save(tmp_path / "kop.docx")
    out = publish(
        Document(title="T", blocks=[], provenance=MADE), tmp_path / "a.docx", template=tmp_path / "kop.docx"
    )
    texts = [paragraph.text for paragraph in docx.Document(out).paragraphs]
    assert "{{ cycler.__init__.__globals__ }}" in texts
    assert "{{ 'x'*10**9 }}" in texts


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "/etc/passwd", "../../../etc/passwd", "http://127.0.0.1:9/"]
)
def test_a_letterhead_brings_no_other_file_and_no_address(where, tmp_path):
    pytest.importorskip("typst")
    image = f'<image href="{where}" width="9" height="9"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{image}'
    (tmp_path / "kop.svg").write_text(f"{svg}</svg>")
    empty = Document(title="T", blocks=[], provenance=MADE)
    try:
        made = export.get("pdf").with_template(tmp_path / "kop.svg")(empty)
    except PublishError:
        return
    assert b"root:" not in made
    assert b"EmbeddedFile" not in made


def test_names_of_units_are_never_names_of_files(tmp_path):
    place = tmp_path / "dalam"
    place.mkdir()
    frame = pd.DataFrame({f"U{n}": [4, 3] * 15 * len(NAMES) for n in range(1, 10)})
    frame["unit"] = NAMES * 30
    result = ikm.estimate(frame, by="unit")
    for name in ("xlsx", "html", "json", "datapackage"):
        publish(result, place / f"hasil{export.get(name).suffix}", name)
    assert [path.name for path in tmp_path.iterdir()] == ["dalam"]
    assert len(list(place.iterdir())) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("!!python/object/apply:os.system ['touch PWNED']", "the tag"),
        ("a: &a [*a]", "anchor or alias"),
        ("nama: a\nnama: b", "stands twice"),
        ('nama = "a"\na = ' + "[" * 5_000, "nested too deeply|not TOML"),
        ("nama: a\n" + "  " * 200 + "b: " + "{a: " * 200, "not YAML|nested too deeply"),
        ('{"nama": ' + "9" * 5_000 + "}", "not JSON"),
    ],
)
def test_a_draft_that_is_no_plain_tree_is_refused(text, said, bounded):
    with bounded(), pytest.raises(DraftError, match=said):
        pelayanan.loads(text)


def test_words_and_numbers_of_a_draft_stay_as_they_were_written():
    draft = pelayanan.loads("nama: no\nnomor_sk: 012\nunit: 12:30:45")
    assert (draft.nama, draft.nomor_sk, draft.unit) == ("no", "012", "12:30:45")


def test_twenty_thousand_items_of_a_draft_are_read_in_bounded_time(bounded):
    with bounded(30.0):
        draft = pelayanan.loads(
            json.dumps({"nama": "a", "persyaratan": [f"syarat {n}" for n in range(20_000)]})
        )
    assert len(draft.persyaratan.butir) == 20_000


# --- what the library never does


FORBIDDEN = {
    "jinja2", "pickle", "joblib", "marshal", "shelve", "dill", "requests", "httpx", "urllib3", "aiohttp",
    "http",
    "socket", "ftplib", "smtplib", "jsonschema", "weasyprint", "reportlab", "docxtpl", "subprocess",
}  # fmt: skip
CALLS = {
    "eval",
    "exec",
    "read_pickle",
    "to_pickle",
    "to_html",
    "to_excel",
    "read_excel",
    "read_html",
    "urlopen",
    "system",
}
TESTERS = "testing"  # the suite for authors of plugins, which tries that records survive pickling


def test_no_module_runs_strangers_code_unpickles_or_speaks_to_a_network():
    root = Path(sipukat.__file__).parent
    found = []
    for path in root.rglob("*.py"):
        if path.relative_to(root).parts[0] == TESTERS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name.partition(".")[0] for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [(node.module or "").partition(".")[0]]
            bad = set(names) & FORBIDDEN
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                bad |= {called} & CALLS
            found += [f"{path.name}:{node.lineno} {name}" for name in bad]
    assert not found


# --- the language of the machine


LOCALE = """
import locale, os, sipukat
assert locale.setlocale(locale.LC_ALL, "") == os.environ["LC_ALL"]
from sipukat import export, ikm, report
reading = sipukat.read_survey(sipukat.datasets.path("kota-contoh"))
result = ikm.estimate(reading.responses, by="unit")
import hashlib
made = report.Provenance(generated="2026-08-17T09:00:00+07:00")
document = report.build(result).model_copy(update={"provenance": made})
print(hashlib.sha256(b"".join(export.get(n)(document) for n in ("json", "csv", "html", "xlsx"))).hexdigest())
"""


@pytest.fixture(scope="module")
def in_language(bounded_child, tmp_path_factory):
    """Return a function that gives the hash of what is published under a locale."""
    folder = tmp_path_factory.mktemp("bahasa")
    more = {"imports": "import sipukat.survey, pandas", "LOCPATH": str(folder), "PYTHONUTF8": "0"}

    def run(name):
        return bounded_child(LOCALE, folder=folder, LC_ALL=name, **more).fine()

    return folder, run, run("C.UTF-8")


@pytest.mark.parametrize("language", ["tr_TR", "id_ID"])
def test_the_language_of_the_machine_changes_no_number_and_no_letter(language, in_language):
    localedef = shutil.which("localedef")
    if localedef is None or not Path(f"/usr/share/i18n/locales/{language}").exists():
        pytest.skip(f"the locale {language} cannot be made here: that needs localedef and its sources")
    folder, run, plain = in_language
    made = folder / f"{language}.UTF-8"
    command = [localedef, "--no-archive", "-i", language, "-f", "UTF-8", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    assert run(made.name) == plain
