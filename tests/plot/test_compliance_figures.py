import itertools
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import plot
from sipukat.plot.theme import INK
from sipukat.report import Band, Figure

NS = "{http://www.w3.org/2000/svg}"
WIDTHS = (280, 352, 720)
BANDS = [
    Band(low=low, mutu=code, kinerja=code)
    for low, code in ((0, "E"), (32, "D"), (54, "C"), (78, "B"), (88, "A"))
]
ZONES = [
    {"label": zone.upper(), "zone": zone, "low": Decimal(low), "role": "zone", "value": None}
    for zone, low in (("merah", 0), ("kuning", 54), ("hijau", 78))
]
HOSTILE = "<script>alert(1)</script>" + '" onload="x' + "&amp;"


def figure(chart, *records, bands=(), axis=("0", "100"), **more):
    return Figure(
        id="uji", chart=chart, caption="Judul", alt="Kata.", axis=axis, bands=bands, data=records, **more
    )


def gauge(value=None, low=None, high=None, **more):
    ends = [None if x is None else Decimal(x) for x in (value, low, high)]
    record = dict(zip(("value", "low", "high"), ends, strict=True), label="Nilai", role="score")
    return figure("zone_gauge", record, *ZONES, bands=BANDS, **more)


def waterfall(*gains, label="Langkah", **more):
    at, rows = Decimal("57.52"), []
    for gain in gains:
        rows.append({"label": label, "value": gain, "low": at, "high": at + gain, "role": "step"})
        at += gain
    start = {"label": "Sekarang", "value": Decimal("57.52"), "role": "start"}
    end = {"label": "Sesudah", "value": at, "role": "end"}
    target = {"label": "HIJAU", "value": Decimal("78.00"), "role": "target"}
    return figure("compliance_waterfall", start, *rows, end, target, *ZONES, bands=BANDS, **more)


def heat(units, columns, value=40, **more):
    records = [
        {"label": u, "column": c, "value": None if value is None else Decimal(value), "role": "cell"}
        for u, c in itertools.product(units, columns)
    ]
    return figure("indicator_heat", *records, **more)


FIGURES = {
    "gauge": gauge("83.78"),
    "open": gauge(None, "16.26", "83.80"),
    "fall": waterfall(Decimal("14.00"), Decimal("11.56")),
    "heat": heat(
        ["Dinas A", "Dinas B"], ["Kompetensi Pelaksana", "Sarana", "Standar", "Output", "Pengaduan"]
    ),
    "wide": heat([f"Dinas {n}" for n in range(12)], [f"Indikator ke-{n}" for n in range(31)]),
}


def drawn(made, width=720):
    return ET.fromstring(plot.svg(made, width=width))  # noqa: S314  our own


def texts(root):
    return ["".join(t.itertext()) for t in root.iter(f"{NS}text")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_itself_in_words_and_stays_on_its_paper(name, width):
    root = drawn(FIGURES[name], width)
    ids = root.get("aria-labelledby").split()
    assert [root.find(f"*[@id='{i}']").text for i in ids] == ["Judul", "Kata."]
    _, _, wide, tall = map(float, root.get("viewBox").split())
    for shape in root.iter(f"{NS}rect"):
        assert 0 <= float(shape.get("x")) <= float(shape.get("x")) + float(shape.get("width")) <= wide
        assert 0 <= float(shape.get("y")) <= float(shape.get("y")) + float(shape.get("height")) <= tall
    for words in root.iter(f"{NS}text"):
        assert 0 <= float(words.get("x")) <= wide
        assert 0 < float(words.get("y")) <= tall


@pytest.mark.parametrize("name", FIGURES)
def test_every_element_has_a_light_colour_and_one_for_the_dark(name):
    drawing = plot.svg(FIGURES[name])
    for used in set(re.findall(r'class="(\w+)"', drawing)) - {"sipukat"}:
        assert f".{used}{{" in drawing
    assert not re.search(r"<(text|rect)(?![^>]*fill=)", drawing)
    assert "url(" not in drawing


def test_hostile_names_are_text():
    for made in (waterfall(Decimal(1), label=HOSTILE), heat([HOSTILE], [HOSTILE])):
        root = drawn(made)
        assert {e.tag.removeprefix(NS) for e in root.iter()} <= {
            "svg", "title", "desc", "style", "rect", "line", "text", "path", "circle",
        }  # fmt: skip
        assert not any(name.startswith("on") for e in root.iter() for name in e.attrib)


def test_the_gauge_names_every_zone_and_prints_the_score():
    told = texts(drawn(FIGURES["gauge"]))
    assert {"MERAH", "KUNING", "HIJAU", "83,78", "54", "78", "A", "E"} <= set(told)
    assert "83.78" in texts(drawn(gauge("83.78", lang="en")))


def test_a_score_that_is_not_known_has_no_needle_and_both_ends():
    root = drawn(FIGURES["open"])
    assert "16,26 – 83,80" in texts(root)
    assert root.find(f"{NS}path") is None
    assert drawn(FIGURES["gauge"]).find(f"{NS}path") is not None


def test_the_needle_stands_where_the_score_is():
    (needle,) = [e.get("d") for e in drawn(gauge("50")).iter(f"{NS}path")]
    assert float(re.match(r"M([\d.]+)", needle)[1]) + 6 == pytest.approx(360)


def test_bands_that_are_the_zones_are_named_once():
    bands = [Band(low=z["low"], mutu=z["label"], kinerja="") for z in ZONES]
    record = {"label": "Nilai", "value": Decimal(60), "role": "score"}
    assert texts(drawn(figure("zone_gauge", record, *ZONES, bands=bands))).count("KUNING") == 1


def test_a_scheme_without_colours_has_its_bands():
    record = {"label": "Nilai", "value": Decimal(60), "role": "score"}
    root = drawn(figure("zone_gauge", record, bands=BANDS))
    assert "tint0" in {e.get("class") for e in root.iter(f"{NS}rect")}


def test_each_step_of_a_waterfall_starts_where_the_one_before_ended():
    bars = [e for e in drawn(FIGURES["fall"]).iter(f"{NS}rect") if e.get("class") == "mark"]
    first, second = ((float(e.get("x")), float(e.get("width"))) for e in bars)
    assert sum(first) == pytest.approx(second[0], abs=0.02)
    assert first[1] / second[1] == pytest.approx(14 / 11.56, rel=0.01)
    assert {"+14,00", "+11,56", "57,52", "83,08", "HIJAU 78,00"} <= set(texts(drawn(FIGURES["fall"])))


def test_a_cell_prints_its_value_and_is_darker_where_more_is_lacking():
    def shade(value):
        (cell,) = [e for e in drawn(heat(["A"], ["X"], value)).iter(f"{NS}rect") if e.get("class") == "mark"]
        return float(cell.get("opacity"))

    assert shade(0) > shade(50) > shade(100)
    assert "50" in texts(drawn(heat(["A"], ["X"], 50)))


def test_a_cell_that_is_not_known_has_no_shade_and_its_bounds():
    record = {
        "label": "A",
        "column": "X",
        "value": None,
        "low": Decimal(20),
        "high": Decimal(100),
        "role": "cell",
    }
    root = drawn(figure("indicator_heat", record))
    assert "20–100" in texts(root)
    assert "mark" not in {e.get("class") for e in root.iter(f"{NS}rect")}
    assert "?" in texts(drawn(heat(["A"], ["X"], None)))


def test_names_that_do_not_fit_above_their_columns_become_numbers_with_a_list():
    told = texts(drawn(FIGURES["wide"]))
    assert told.count("31") == 1
    assert any(words.endswith("Indikator ke-30") for words in told)
    few = texts(drawn(heat(["A"], ["Input", "Proses"])))
    assert {"Input", "Proses"} <= set(few)


@given(
    st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4),
    st.lists(st.text(max_size=60), min_size=1, max_size=12),
    st.sampled_from(WIDTHS),
)
def test_any_names_can_be_drawn_and_twice_alike(units, columns, width):
    for made in (heat(units, columns), waterfall(Decimal("0.01"), label=columns[0])):
        assert plot.svg(made, width=width) == plot.svg(made, width=width)
        assert drawn(made, width).tag == f"{NS}svg"


def _linear(code):
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def _lab(rgb):
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    xyz = [
        sum(w * c for w, c in zip(row, rgb, strict=True)) / n for row, n in zip(to_xyz, white, strict=True)
    ]
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


# Machado, Oliveira & Fernandes (2009), severity 1.0
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", SEEN)
def test_zones_stay_apart_for_those_who_see_fewer_colours(sight, dark):
    """A difference of 10 in CIE 1976 is plain to see side by side; 2.3 is the least that is noticed."""
    seen = {}
    for zone in ("merah", "kuning", "hijau"):
        rgb = _linear(INK[zone][dark])
        seen[zone] = _lab(
            [max(0.0, sum(w * c for w, c in zip(row, rgb, strict=True))) for row in SEEN[sight]]
        )
    for a, b in itertools.combinations(seen.values(), 2):
        assert sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 > 10
