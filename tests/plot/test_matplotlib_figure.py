import struct
import sys
from decimal import Decimal

import pytest

from sipukat import compliance, plot, report
from sipukat.errors import ArgumentError, MissingExtraError
from sipukat.plot.matplotlib_charts import CHARTS
from sipukat.plot.svg import CHARTS as OWN
from sipukat.report import Band, Figure

pytest.importorskip("matplotlib", reason="the extra plot is not installed")
HOSTILE = "$\\frac{x$ <script> {{7*7}} 😀 " + chr(0x200F) + "x" * 300
KEYS = (
    "input.kompetensi", "input.sarana_prasarana", "proses.standar_pelayanan",
    "output.persepsi_maladministrasi", "pengaduan.pengelolaan",
)  # fmt: skip


def simple(chart, **more):
    record = {"label": "Dinas A", "value": Decimal("83.78"), "low": Decimal(82), "high": Decimal(85), "n": 40}
    bands = [Band(low="25", mutu="C", kinerja=""), Band(low="80", mutu="B", kinerja="")]
    return Figure(
        id="x", chart=chart, caption="J", alt="K", axis=("25", "100"), bands=bands,
        data=[{**record, **more}],
    )  # fmt: skip


@pytest.fixture(scope="module")
def every(figures):
    """Return a figure of each chart at least, those of a compliance report among them."""
    evidence = [
        compliance.Evidence.of(dict(zip(KEYS, values, strict=True)), unit=unit)
        for unit, values in {"A": (62, 62, 64, 64, 35), "B": (90, 80, 70, 60, 40)}.items()
    ]
    one = compliance.score(evidence[0], standard="ombudsman-2022")
    documents = [
        report.build(compliance.city(evidence, "ombudsman-2022", name="Kota")),
        report.build(one, path=one.path_to("hijau")),
    ]
    told = {b.id: b for d in documents for b in d.blocks if isinstance(b, Figure)}
    return {
        **figures, **told,
        **{chart: simple(chart) for chart in ("band_gauge", "unsur_bars", "unit_intervals")},
    }  # fmt: skip


def words(drawn):
    from matplotlib.text import Text

    drawn.draw_without_rendering()
    return [text.get_text() for text in drawn.findobj(Text) if text.get_text()]


def test_matplotlib_draws_every_chart_that_svg_draws(every):
    assert set(CHARTS) == set(OWN) == {made.chart for made in every.values()}


def test_both_drawings_print_the_same_values(every):
    for name, made in every.items():
        if made.chart in {"importance_performance", "indicator_heat"} or len(made.data) > 20:
            continue  # no values beside the marks there, or too many to draw in a test
        drawn = " ".join(words(plot.matplotlib(made)))
        values = [r.get("value") for r in made.data if r.get("role") not in {"zone", "cell"}]
        for value in filter(None, values):
            decimals = 1 if made.chart == "answer_distribution" else 2
            mark = "." if made.lang == "en" else ","
            assert f"{value:.{decimals}f}".replace(".", mark) in drawn, name


def test_a_png_is_as_wide_as_asked_and_twice_the_same(figures):
    first = plot.png(figures["priorities"], width=480, dpi=96)
    assert struct.unpack(">I", first[16:20]) == (480,)
    assert first == plot.png(figures["priorities"], width=480, dpi=96)
    assert struct.unpack(">I", plot.png(simple("band_gauge"), width=300)[16:20]) == (600,)


def test_ticks_are_written_as_the_language_does_and_not_rounded_away(figures):
    drawn = plot.matplotlib(figures["priorities"])
    drawn.draw_without_rendering()
    ticks = [text.get_text() for text in drawn.axes[0].get_xticklabels()]
    assert "72,5" in ticks
    assert len(set(ticks)) == len(ticks)
    assert not any("." in tick for tick in ticks)


@pytest.mark.parametrize("chart", ["band_gauge", "unsur_bars", "unit_intervals"])
def test_hostile_names_are_no_mathematics(chart):
    made = Figure(**{**dict(simple(chart, label=HOSTILE)), "caption": HOSTILE})
    assert plot.png(made)[1:4] == b"PNG"


def test_pyplot_and_its_settings_are_left_alone():
    import matplotlib as mpl

    before, loaded = dict(mpl.rcParams), "matplotlib.pyplot" in sys.modules
    plot.png(simple("unit_intervals"), dpi=96)
    assert dict(mpl.rcParams) == before
    assert ("matplotlib.pyplot" in sys.modules) == loaded


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ArgumentError, match="at least 280"):
        plot.png(simple("band_gauge"), width=200)
    with pytest.raises(ArgumentError, match="dpi must be at least 24"):
        plot.png(simple("band_gauge"), dpi=10)
    with pytest.raises(ArgumentError, match="at most 20,000"):
        plot.png(simple("band_gauge"), dpi=5000)


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setattr("sipukat._require.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"sipukat\[plot\]"):
        plot.png(simple("band_gauge"))
