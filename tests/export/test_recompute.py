"""The live formulas, computed by LibreOffice from nothing, give the published numbers to the last digit."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal

import pandas as pd
import pytest
from openpyxl import load_workbook

from sipukat import export, ikm, read_survey, report

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
UNITS = {"Dinas A": 31, "Dinas B": 44, ">5": 12, "*": 13, "Kecil": 3}
CASES = {
    "per_unsur": {},
    "pooled": {"missing": "pooled"},
    # Few forms are complete, so that without the option every unit would be withheld.
    "complete": {"missing": "complete", "opts": {"withhold_below": 0}},
    **{f"profile {name}": {"profile": name} for name in ("0.11", "0.111", "index2", "kardinah", "mahulu")},
}
KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")


def without_values(data):
    """Drop the cached value of every formula, so that whatever is read was computed."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as out:
        for info in parts.infolist():
            part = parts.read(info)
            if info.filename.startswith("xl/worksheets/"):
                text, dropped = re.subn(r"(</f>)<v>[^<]*</v>", r"\1", part.decode())
                part = text.encode()
                assert dropped or "<f>" not in text
            out.writestr(info.filename, part)
    return bare.getvalue()


def on_a_tie(made):
    """Return a survey whose index is 76.625 exactly: a hair less in binary fractions, and 76.62 with them."""
    frame = pd.DataFrame(dict.fromkeys(KEYS, [4] * 13 + [3] * 187))
    responses = read_survey(frame).responses
    return report.build(ikm.estimate(responses), responses=responses, generated=made)


def unsur_without_answers(made):
    """Return a survey in which one unit never answered one unsur, and nobody another."""
    frame = pd.DataFrame({"Unit": ["A", "B"] * 20, **{k: [4, 2, 3, 3] * 10 for k in KEYS}}).astype(
        dict.fromkeys(KEYS, "Int8")
    )
    frame["waktu"] = pd.array([None] * 40, dtype="Int8")
    frame.loc[frame["Unit"] == "A", "biaya"] = None
    responses = read_survey(frame).responses
    return report.build(ikm.estimate(responses, by="Unit"), responses=responses, generated=made)


def blank_sums(made):
    frame = pd.DataFrame({"Unit": ["A", "B"] * 20, **{k: [4, 2, 3, 3] * 10 for k in KEYS}})
    frame = frame.astype(dict.fromkeys(KEYS, "Int8"))
    frame["waktu"] = pd.array([None] * 40, dtype="Int8")
    frame.loc[frame["Unit"] == "A", "biaya"] = None
    return report.build(ikm.estimate(frame, by="Unit"), generated=made)


def sums_alone(document_of, **how):
    """Return the document of a result whose respondents' answers are not at hand."""
    return document_of(UNITS, rows=False, **how)


@pytest.fixture(scope="module")
def computed(document_of, made, tmp_path_factory):
    """Every case as document and as the workbook that LibreOffice computed; one start for all."""
    folder = tmp_path_factory.mktemp("libreoffice")
    documents = {name: document_of(UNITS, **how) for name, how in CASES.items()}
    documents["tie"] = on_a_tie(made)
    documents["blank"] = unsur_without_answers(made)
    documents |= {f"sums {name}": sums_alone(document_of, **how) for name, how in CASES.items()}
    documents["sums blank"] = blank_sums(made)
    for name, document in documents.items():
        (folder / f"{name}.xlsx").write_bytes(without_values(export.get("xlsx")(document)))
    command = [
        SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
        *(str(folder / f"{name}.xlsx") for name in documents),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {
        name: (document, load_workbook(folder / "out" / f"{name}.xlsx", data_only=True))
        for name, document in documents.items()
    }


def rows_by_label(sheet, column):
    return {row[column].value: row for row in sheet.iter_rows() if row[column].value is not None}


@pytest.mark.parametrize("name", CASES)
def test_the_official_sheet_computes_to_the_published_index(computed, name):
    document, book = computed[name]
    rows = rows_by_label(book["Pengolahan"], 0)
    assert Decimal(str(rows["IKM UNIT PELAYANAN **)"][12].value)) == document.processing.expected
    assert rows["Mutu pelayanan"][12].value == document.data["overall"]["mutu"]
    assert rows["Kinerja unit pelayanan"][12].value == document.data["overall"]["kinerja"]


@pytest.mark.parametrize("name", [*CASES, "blank"])
def test_sums_of_answers_compute_to_every_units_published_index(computed, name):
    document, book = computed[f"sums {name}"]
    rows = rows_by_label(book["Perhitungan"], 1)
    for row in document.tally.rows:
        *_, index, ikm_, mutu = (cell.value for cell in rows[row.name])
        if row.expected is None:  # no complete form
            assert ikm_ in {None, ""}
            continue
        assert Decimal(str(ikm_)) == row.expected
        assert index == pytest.approx(float(row.expected) / 25, abs=3e-4)
        assert mutu == ikm.classify(row.expected).mutu
    units = next(t for t in document.tables if t.id == "ikm")
    place = [column.key for column in units.columns].index("ikm")
    summary = rows_by_label(book["Ringkasan"], 1)
    for told in units.rows:
        seen = summary[told[1]][place].value
        assert (None if seen is None else Decimal(str(seen))) == told[place]


@pytest.mark.parametrize("name", CASES)
def test_the_summary_computes_to_every_units_published_index(computed, name):
    document, book = computed[name]
    units = next(t for t in document.tables if t.id == "ikm")
    keys = [column.key for column in units.columns]
    rows = rows_by_label(book["Ringkasan"], 1)
    checked = 0
    for row in units.rows:
        told = dict(zip(keys, row, strict=True))
        seen = dict(zip(keys, (cell.value for cell in rows[told["by_1"]]), strict=False))
        if told["ikm"] is None:
            assert seen["ikm"] is None
            continue
        assert Decimal(str(seen["ikm"])) == told["ikm"]
        assert (seen["n"], seen["mutu"], seen["kinerja"]) == (told["n"], told["mutu"], told["kinerja"])
        checked += 1
    assert checked >= 3


def test_an_index_on_a_tie_is_rounded_up_in_the_workbook_too(computed):
    document, book = computed["tie"]
    assert document.processing.expected == Decimal("76.63")
    rows = rows_by_label(book["Pengolahan"], 0)
    assert rows["IKM UNIT PELAYANAN **)"][10].value == 76.63
    assert rows["Mutu pelayanan"][10].value == "B"


def test_the_weight_of_an_unsur_that_nobody_answered_is_spread_in_the_workbook_too(computed):
    document, book = computed["blank"]
    rows = rows_by_label(book["Pengolahan"], 0)
    assert Decimal(str(rows["IKM UNIT PELAYANAN **)"][12].value)) == document.processing.expected
    units = next(t for t in document.tables if t.id == "ikm")
    seen = rows_by_label(book["Ringkasan"], 1)
    for row in units.rows:
        assert Decimal(str(seen[row[1]][3].value)) == row[3]
