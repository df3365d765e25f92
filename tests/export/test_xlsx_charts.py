"""Each figure is a chart of the spreadsheet's own, drawn from cells that hold the printed numbers."""

import io
import re
import zipfile
from decimal import Decimal
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from sipukat import compliance, datasets, export, ikm, read_survey
from sipukat.export.xlsx_charts import CHARTS
from sipukat.report import Document, Figure, Provenance, build, ikm_figures

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def figures(every_document, made):
    """Return a figure of each kind."""
    result = ikm.estimate(read_survey(datasets.path("kota-contoh")).responses, by="unit")
    frame = read_survey(datasets.path("dpmptsp-contoh")).responses.frame
    periods = {name: ikm.estimate(part) for name, part in frame.groupby("periode")}
    score = compliance.score(
        compliance.Evidence.of({"input.kompetensi": 50, "proses.standar_pelayanan": 60}, unit="Dinas"),
        standard="ombudsman-2022",
    )
    way = build(score, path=score.path_to("hijau"), generated=made)
    found = [
        *(block for name in ("hasil", "city") for block in every_document[name].blocks),
        *way.blocks,
        ikm_figures.distribution(result),
        ikm_figures.ranks(ikm.rank(result)),
        ikm_figures.trend(periods),
        ikm_figures.priorities(ikm.priorities(result)),
    ]
    return {block.chart: block for block in found if isinstance(block, Figure)}


@pytest.fixture(scope="module")
def books(figures, made):
    """Return the parts of the workbook of each figure alone, and its cells."""

    def book(figure):
        data = export.get("xlsx")(Document(title="T", blocks=[figure], provenance=Provenance(generated=made)))
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = {name: parts.read(name).decode() for name in parts.namelist()}
        return names, load_workbook(io.BytesIO(data), data_only=True)["Gambar"]

    return {chart: book(figure) for chart, figure in figures.items()}


def test_every_kind_of_figure_has_a_chart_but_the_heat_map():
    kinds = set(get_args(Figure.model_fields["chart"].annotation))
    assert kinds - CHARTS.keys() == {"indicator_heat"}
    assert kinds >= CHARTS.keys()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_drawn_from_cells_and_says_in_words_what_it_shows(figures, books, chart):
    parts, _ = books[chart]
    (drawn,) = [text for name, text in parts.items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    root = ET.fromstring(drawn)  # noqa: S314  ours
    series = list(root.iter(f"{C}ser"))
    assert series
    for one in series:
        assert one.find(f"{C}tx/{C}strRef/{C}f").text.startswith("Gambar!")
    assert not list(root.iter(f"{C}numLit"))
    drawing = parts["xl/drawings/drawing1.xml"]
    words = ET.fromstring(drawing).find(".//{*}cNvPr").get("descr")  # noqa: S314  ours
    assert words == figures[chart].alt[: len(words)]
    assert len(words) >= min(len(figures[chart].alt), 1_900)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_cells_hold_the_numbers_of_the_figure(figures, books, chart):
    _, sheet = books[chart]
    seen = {
        Decimal(str(cell.value))
        for row in sheet.iter_rows()
        for cell in row
        if type(cell.value) in {int, float}
    }
    keys = {"value", "low", "high", "rank", "importance", "share_1", "share_4"}
    keys -= {"value"} if chart in {"unit_ranks", "answer_distribution"} else set()
    for record in figures[chart].data:
        if record.get("role") in {"cut", "step", "zone"}:
            continue
        told = {record[key] for key in keys & record.keys() if isinstance(record[key], Decimal | int)}
        assert {value.normalize() if isinstance(value, Decimal) else value for value in told} <= seen


@pytest.mark.parametrize("chart", ["unsur_bars", "unit_intervals", "unit_ranks", "trend", "band_gauge"])
def test_intervals_are_whiskers_from_the_estimate_to_both_ends(figures, books, chart):
    parts, sheet = books[chart]
    text = next(text for name, text in parts.items() if name.startswith("xl/charts/chart"))
    bars = next(ET.fromstring(text).iter(f"{C}errBars"))  # noqa: S314  ours
    assert bars.find(f"{C}errValType").get("val") == "cust"
    ranges = {side: bars.find(f"{C}{side}/{C}numRef/{C}f").text for side in ("plus", "minus")}
    keys = ("rank", "rank_low", "rank_high") if chart == "unit_ranks" else ("value", "low", "high")
    for side, (longer, shorter) in {"plus": (keys[2], keys[0]), "minus": (keys[0], keys[1])}.items():
        cells = sheet[ranges[side].partition("!")[2].replace("$", "")]
        column = [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]
        told = [float(r[longer] - r[shorter]) for r in figures[chart].data]
        assert [value for value in column if value is not None] == pytest.approx(told)


def test_the_shares_of_the_answers_are_stacked_to_one_hundred(books):
    parts, _ = books["answer_distribution"]
    text = next(text for name, text in parts.items() if name.startswith("xl/charts/chart"))
    root = ET.fromstring(text)  # noqa: S314  ours
    assert next(root.iter(f"{C}grouping")).get("val") == "percentStacked"
    assert len(list(root.iter(f"{C}ser"))) == 4


def test_the_heat_map_is_a_block_of_coloured_cells(figures, books):
    parts, sheet = books["indicator_heat"]
    assert not [name for name in parts if name.startswith("xl/charts/")]
    assert "colorScale" in parts["xl/worksheets/sheet2.xml"]
    units = {record["label"] for record in figures["indicator_heat"].data}
    assert units <= {cell.value for cell in sheet["A"]}


def test_every_figure_begins_a_page_and_the_sheet_has_a_print_area(every_document):
    data = export.get("xlsx")(every_document["hasil"])
    sheet = load_workbook(io.BytesIO(data))["Gambar"]
    count = sum(isinstance(block, Figure) for block in every_document["hasil"].blocks)
    assert len(sheet.row_breaks.brk) == count - 1
    assert sheet.print_area


def test_a_hostile_name_reaches_a_chart_as_text_alone(every_document, figures, made):
    names = ('=HYPERLINK("http://x")', "'Lain'!A1", "<c:v>&amp;", "x" * 10_000)
    base = figures["unit_intervals"]
    records = [{**base.data[0], "label": name} for name in names]
    figure = base.model_copy(update={"data": tuple(records), "caption": "=1+1", "alt": "=2+2 <b>\n\"'"})
    data = export.get("xlsx")(Document(title="T", blocks=[figure], provenance=Provenance(generated=made)))
    sheet = load_workbook(io.BytesIO(data))["Gambar"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.fullmatch(r"=[B-D]\d+-[B-D]\d+", formula) for formula in formulas)
    assert names[0] in {cell.value for cell in sheet["A"]}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = parts.read("xl/charts/chart1.xml").decode()
        assert '"=2+2 &lt;b&gt;' in parts.read("xl/drawings/drawing1.xml").decode()
    ranges = [element.text for element in ET.fromstring(text).iter(f"{C}f")]  # noqa: S314  ours
    assert all(re.fullmatch(r"'?Gambar'?!\$[A-Z]\$\d+(:\$[A-Z]\$\d+)?", place) for place in ranges)
