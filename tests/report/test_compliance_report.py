import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

import sipukat
from sipukat import compliance, report, standards
from sipukat._text import number, round_half_up
from sipukat.errors import ArgumentError
from sipukat.report import Figure, Headline, Note, Paragraph
from sipukat.report.compliance_words import words_of

MADE = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
KEYS = (
    "input.kompetensi",
    "input.sarana_prasarana",
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)
HOSTILE = '<script>alert("x")</script> & Dinas =1+1'


def known(*values, unit="Dinas Contoh"):
    pairs = {key: value for key, value in zip(KEYS, values, strict=True) if value is not None}
    return compliance.Evidence.of(pairs, unit=unit)


def scored(*values, unit="Dinas Contoh", **options):
    return compliance.score(known(*values, unit=unit), standard="ombudsman-2022", **options)


def built(assessment, **options):
    return report.build(assessment, generated=MADE, **options)


def table(document, name):
    return next(t for t in document.tables if t.id == name)


def column(found, key):
    place = [c.key for c in found.columns].index(key)
    return [row[place] for row in found.rows]


def figure(document, chart):
    return next(b for b in document.blocks if isinstance(b, Figure) and b.chart == chart)


KUNING = scored("62.5", "62.5", "64.29", "64", "35")
PARTLY = scored(70, None, None, None, 40)
CITY = compliance.city(
    [known(62, 62, 64, 64, 35), known(60, 55, 90, 72, 40, unit="Dinas Lain")], "ombudsman-2022", name="Kota"
)


def test_the_headline_has_score_band_zone_scheme_and_what_is_assumed():
    (headline,) = [b for b in built(KUNING).blocks if isinstance(b, Headline)]
    assert headline.text == "57,52 · C Kualitas Sedang · zona KUNING · menurut ombudsman-2022"
    assert "2 dari 5 indikator adalah asumsi" in headline.detail
    assert "21,85 persen" in headline.detail


def test_the_numbers_are_those_of_the_assessment_rounded_once():
    found = table(built(KUNING), "kontribusi")
    points = [p for p in column(found, "poin") if p is not None]
    assert points == [
        *(round_half_up(row.points, 2) for row in KUNING.contributions),
        KUNING.published,
    ]
    assert column(found, "bobot")[-1] == Decimal("100.00")


@limits(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10000).map(lambda n: Decimal(n).scaleb(-2)), min_size=5, max_size=5))
def test_any_score_is_told_as_it_was_published(values):
    assessment = scored(*values)
    document = built(assessment)
    told = number(assessment.published)
    assert document.blocks[0].text.startswith(f"{told} · {assessment.code} ")
    assert column(table(document, "kontribusi"), "poin")[-1] == assessment.published
    assert document.data["score"] == str(assessment.published)
    assert figure(document, "zone_gauge").data[0]["value"] == assessment.published


def test_indicators_stand_under_their_dimensions_with_their_sum():
    found = table(built(KUNING), "kontribusi")
    heads = [found.rows[at][0] for at in found.group_rows]
    assert [head.partition(":")[0] for head in heads] == ["Input", "Proses", "Output", "Pengaduan"]
    assert heads[0] == "Input: bobot 21,85 persen, 13,66 dari 21,85 poin"
    assert found.rows[1][0] == "Kompetensi Pelaksana *"
    assert "* bobot asumsi" in found.note


def test_what_is_not_known_has_bounds_and_no_score():
    document = built(PARTLY)
    assert document.blocks[0].text.startswith("16,26 sampai 83,80 · E Kualitas Terendah sampai B")
    assert "zona belum pasti" in document.blocks[0].text
    found = table(document, "belum_diketahui")
    assert column(found, "tertinggi") == [Decimal("10.93"), Decimal("32.37"), Decimal("24.24")]
    assert "16,26 (E Kualitas Terendah)" in found.note
    drawn = figure(document, "zone_gauge").data[0]
    assert (drawn["value"], drawn["low"], drawn["high"]) == (None, Decimal("16.26"), Decimal("83.80"))


def test_what_is_known_in_full_has_no_table_of_the_unknown():
    assert "belum_diketahui" not in {t.id for t in built(KUNING).tables}


def test_what_counts_at_its_least_is_said_beside_the_score():
    document = built(scored(70, None, None, None, 40, unknown="zero"))
    assert document.blocks[0].text.startswith("16,26 · E")
    assert "3 indikator belum diketahui dan dihitung serendah-rendahnya" in document.blocks[0].detail


def test_a_path_has_its_steps_its_figure_and_its_quarters():
    path = KUNING.path_to("hijau", costs={"pengaduan.pengelolaan": 2})
    document = built(KUNING, path=path, capacity=1)
    steps = table(document, "jalan")
    assert column(steps, "nilai")[-1] == path.published_after
    assert column(steps, "tambahan") == [
        *(round_half_up(s.gain, 2) for s in path),
        round_half_up(path.gain, 2),
    ]
    assert "minggu" not in {c.key for c in steps.columns}
    assert column(table(document, "rencana"), "triwulan") == ["TW I", "TW II"][: len(path)]
    fall = figure(document, "compliance_waterfall")
    roles = [record["role"] for record in fall.data if record["role"] != "zone"]
    assert roles == ["start", *["step"] * len(path), "end", "target"]
    assert number(path.published_after) in fall.alt
    assert fall.data[-4]["value"] == Decimal("78.00")
    assert document.data["path"] == path.to_dict()


def test_weeks_are_shown_where_they_were_given():
    path = KUNING.path_to("hijau", times=dict.fromkeys(KEYS, 4))
    assert column(table(built(KUNING, path=path), "jalan"), "minggu")[0] == Decimal("4.0")


def test_a_target_out_of_reach_says_what_is_in_the_way():
    path = KUNING.path_to("A", feasible=dict.fromkeys(KEYS, False))
    document = built(KUNING, path=path)
    assert {t.id for t in document.tables} == {"kontribusi", "penahan"}
    assert any("tidak tercapai" in b.text for b in document.blocks if isinstance(b, Paragraph))


def test_a_target_that_is_reached_has_no_steps():
    path = KUNING.path_to("kuning")
    assert "jalan" not in {t.id for t in built(KUNING, path=path).tables}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"path": PARTLY.path_to("hijau")}, "starts from"),
        ({"capacity": 0}, "capacity: 0"),
        ({"generated": MADE.replace(tzinfo=None)}, "time zone"),
    ],
)
def test_what_does_not_belong_is_refused(options, said):
    with pytest.raises(ArgumentError, match=said):
        report.build(KUNING, **options)


def test_a_path_of_another_scheme_is_refused():
    other = compliance.score({"nilai": 40}, standard="ombudsman-2021").path_to("hijau")
    with pytest.raises(ArgumentError, match="the path is under ombudsman-2021"):
        built(KUNING, path=other)


def test_what_is_of_confidence_c_is_named_and_not_presented_as_law():
    (told,) = [b.text for b in built(KUNING).blocks if isinstance(b, Paragraph)]
    assert "Bobot yang diasumsikan (keyakinan C): Kompetensi Pelaksana dan Sarana Prasarana." in told
    assert "bukan bunyi peraturan" in told
    late = compliance.score({}, standard="ombudsman-2025")
    (told,) = [b.text for b in built(late).blocks if isinstance(b, Paragraph)]
    assert "Batas golongan yang hanya simpulan (keyakinan C)" in told


def test_findings_are_notes_in_both_languages():
    notes = [b for b in built(KUNING).blocks if isinstance(b, Note)]
    assert [n.code for n in notes] == [f.code for f in KUNING.findings]
    assert all(n.text and n.beside and n.text != n.beside for n in notes)


def test_a_city_has_its_units_its_map_and_its_causes():
    path = compliance.city_path(CITY, "hijau")
    document = built(CITY, path=path)
    units = table(document, "unit")
    assert column(units, "unit") == ["Dinas Contoh", "Dinas Lain"]
    assert column(units, "nilai") == [CITY.units[name].published for name in column(units, "unit")]
    assert document.blocks[0].text.startswith(f"{number(CITY.published)} · C")
    assert "rata-rata 2 unit" in document.blocks[0].detail
    heat = figure(document, "indicator_heat")
    assert len(heat.data) == 10
    assert "Dinas Contoh, Pengelolaan Pengaduan (35 persen)" in heat.alt
    lifts = column(table(document, "sebab"), "kenaikan")
    assert lifts == sorted(lifts, reverse=True)
    assert column(table(document, "jalan"), "nilai")[-1] == path.published_after


def test_the_same_finding_of_two_units_is_one_note_that_names_both():
    weak = [
        compliance.Evidence(
            items=[*known(62, 62, 64, 64, None).items, {"key": KEYS[4], "value": 35, "confidence": "C"}],
            unit=unit,
        )
        for unit in ("Dinas A", "Dinas B")
    ]
    notes = [b for b in built(compliance.city(weak, "ombudsman-2022")).blocks if isinstance(b, Note)]
    (told,) = [n.text for n in notes if n.code == "CMP812"]
    assert told.startswith("Dinas A dan Dinas B: ")


def test_a_city_that_is_partly_known_has_the_ends_of_each_unit():
    city = compliance.city([known(62, 62, 64, 64, None), known(9, 9, 9, 9, 9, unit="B")], "ombudsman-2022")
    document = built(city)
    assert {"lowest", "highest", "belum_diketahui"} <= {c.key for c in table(document, "unit").columns}
    assert "0–100" in table(document, "peta").rows[1]


def test_a_hostile_name_is_text_in_every_format(tmp_path):
    assessment = scored(62, 62, 64, None, 35, unit=HOSTILE)
    document = built(assessment, path=assessment.path_to("hijau"))
    files = {s: sipukat.publish(document, tmp_path / f"x.{s}") for s in ("html", "csv", "json", "xlsx")}
    page = files["html"].read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(" in page
    assert HOSTILE in json.loads(files["json"].read_text(encoding="utf-8"))["subtitle"]
    rows = csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig")))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(files["xlsx"])
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert any(c.value and HOSTILE in str(c.value) for c in cells)
    formulas = [c.value for c in cells if c.data_type == "f"]
    assert all(re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", each) for each in formulas)  # lengths of bars


def test_a_city_is_written_in_every_format(tmp_path):
    document = built(CITY, path=compliance.city_path(CITY, "hijau"))
    for suffix in ("html", "csv", "json", "xlsx"):
        assert sipukat.publish(document, tmp_path / f"kota.{suffix}").stat().st_size > 1000
    assert sipukat.publish(KUNING, tmp_path / "satu.html").stat().st_size > 1000


def test_every_scheme_can_be_told_in_english():
    for name in standards.names("compliance"):
        tree = compliance.tree_of(standards.compliance(name))
        nothing = compliance.score({}, standard=name)
        document = built(nothing, lang="en")
        assert f"under {name}" in document.blocks[0].text
        assert len(table(document, "belum_diketahui").rows) == len(tree.keys)
        assert not re.search(r"\b(belum|menurut|zona|langkah)\b", document.blocks[0].text)


def test_decimals_are_those_of_the_language():
    assert built(KUNING, lang="en").blocks[0].text.startswith("57.52 · C Moderate quality · zone KUNING")


def test_both_languages_have_the_same_words_and_places():
    ours, theirs = words_of("id"), words_of("en")
    assert set(ours) == set(theirs)
    for key, text in ours.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", theirs[key])), key


def test_the_same_time_gives_the_same_bytes():
    assert built(KUNING) == built(KUNING)
    (item,) = [i for i in built(KUNING).provenance.items if i.key == "sha256"]
    assert len(item.value) == 64
    assert item.value != next(i for i in built(PARTLY).provenance.items if i.key == "sha256").value


def test_many_steps_are_shown_as_fifteen_rows_that_add_up():
    many = [known(50, 50, 50, 50, 50, unit=f"Dinas {n}") for n in range(8)]
    city = compliance.city(many, "ombudsman-2022")
    path = compliance.city_path(city, "A")
    rows = [r for r in figure(built(city, path=path), "compliance_waterfall").data if r["role"] == "step"]
    assert len(path) > len(rows) == 15
    assert rows[-1]["label"] == f"{len(path) - 14} langkah lain"
    assert rows[-1]["high"] == path.published_after
    assert Fraction(rows[-1]["value"]) == Fraction(
        round_half_up(sum((s.gain for s in path[14:]), Fraction(0)), 2)
    )
