import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import plot
from sipukat.plot.scale import Scale, lines
from sipukat.report import Band, Figure

BANDS = [
    Band(low="25.00", mutu="D", kinerja="Tidak baik"),
    Band(low="65.00", mutu="C", kinerja="Kurang baik"),
    Band(low="76.61", mutu="B", kinerja="Baik"),
    Band(low="88.31", mutu="A", kinerja="Sangat baik"),
]
CHARTS = ("band_gauge", "unsur_bars", "unit_intervals")
NS = "{http://www.w3.org/2000/svg}"
CENTS = st.integers(2500, 10000).map(lambda n: Decimal(n).scaleb(-2))


def record(label="Dinas A", value="83.78", low="82.10", high="85.20", n=120, role="unit"):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return {
        "label": label,
        "value": Decimal(value),
        "low": ends[0],
        "high": ends[1],
        "mutu": "B",
        "n": n,
        "role": role,
    }


def figure(chart, *records, bands=BANDS, **more):
    return Figure(
        id="uji",
        chart=chart,
        caption="Judul",
        alt="Dalam kata.",
        axis=("25", "100"),
        bands=bands,
        data=records,
        **more,
    )


def drawn(made, width=720):
    return ET.fromstring(plot.svg(made, width=width))  # noqa: S314  our own


def texts(root):
    return ["".join(t.itertext()) for t in root.iter(f"{NS}text")]


@pytest.mark.parametrize("width", [280, 352, 720])
@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_names_itself_in_words_and_stays_on_its_paper(chart, width):
    root = drawn(
        figure(chart, record(), record("Dinas B", "25.00", None, None), record("C", "100.00")), width
    )
    ids = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root.find(f"*[@id='{i}']").text for i in ids] == ["Judul", "Dalam kata."]
    _, _, wide, tall = map(float, root.get("viewBox").split())
    for shape in root.iter(f"{NS}rect"):
        assert 0 <= float(shape.get("x")) <= float(shape.get("x")) + float(shape.get("width")) <= wide
        assert 0 <= float(shape.get("y")) + float(shape.get("height")) <= tall


@pytest.mark.parametrize("chart", CHARTS)
def test_the_number_is_printed_as_the_language_does(chart):
    assert "83,78" in texts(drawn(figure(chart, record())))
    assert "83.78" in texts(drawn(figure(chart, record(), lang="en")))


@pytest.mark.parametrize("chart", CHARTS)
def test_hostile_names_are_text_and_nothing_is_fetched(chart):
    hostile = "<script>alert(1)</script>" + '" onload="x' + "&amp;"
    made = figure(chart, record(hostile)).model_copy(
        update={"caption": hostile, "alt": hostile, "id": hostile}
    )
    root = drawn(made)
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "line", "text", "path", "circle",
    }  # fmt: skip
    assert not any(name.startswith("on") or "href" in name for e in root.iter() for name in e.attrib)
    assert root.find(f"{NS}title").text == hostile
    assert "url(" not in plot.svg(made)


@pytest.mark.parametrize("chart", CHARTS)
@given(value=CENTS, low=CENTS | st.none(), n=st.integers(1, 99), name=st.text(max_size=40))
def test_any_estimate_can_be_drawn_and_twice_alike(chart, value, low, n, name):
    made = figure(chart, record(name, value, low, None if low is None else max(low, value), n))
    assert plot.svg(made) == plot.svg(made)
    assert drawn(made).tag == f"{NS}svg"


def test_few_respondents_have_a_hollow_mark():
    few, many = (drawn(figure("unit_intervals", record(n=n))).find(f"{NS}circle") for n in (29, 30))
    assert few.get("class") == "pale edge"
    assert many.get("class") == "mark"


def test_without_bands_there_are_no_letters_of_bands():
    assert "D" not in texts(drawn(figure("band_gauge", record(), bands=[])))


def test_colours_turn_in_the_dark_and_every_element_has_its_own_light_colour():
    drawing = plot.svg(figure("unsur_bars", record()))
    assert "prefers-color-scheme:dark" in drawing
    classes = set(re.findall(r'class="(\w+)"', drawing)) - {"sipukat"}
    for name in classes:
        assert f".{name}{{" in drawing
    assert not re.search(r"<(text|rect)(?![^>]*fill=)", drawing)


def test_the_letters_of_the_axis_do_not_cross_bands_that_a_zoomed_axis_leaves_out():
    made = figure("unit_intervals", record()).model_copy(update={"axis": (Decimal(80), Decimal(100))})
    letters = [t for t in texts(drawn(made)) if t in {"A", "C", "D"}]
    assert letters == ["A"]


def test_a_width_nobody_can_read_is_refused():
    with pytest.raises(ValueError, match="width must be at least 280 pixels, got 10"):
        plot.svg(figure("unsur_bars", record()), width=10)


@given(name=st.text(max_size=300), width=st.floats(40, 300))
def test_a_long_name_is_broken_into_two_lines_at_most(name, width):
    broken = lines(name, width=width, size=13)
    assert 1 <= len(broken) <= 2


@given(low=st.integers(0, 90), span=st.integers(1, 90))
def test_ticks_are_few_round_and_on_the_axis(low, span):
    scale = Scale(low=low, high=low + span, left=0, right=100)
    ticks = scale.ticks()
    assert len(ticks) <= 8
    assert all(low <= tick <= low + span for tick in ticks)
