import json
from datetime import UTC, datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import export, ikm, read_survey, report
from sipukat.errors import EstimationError
from sipukat.findings import Finding
from sipukat.report import Figure, Headline, Note, Paragraph

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
NOW = datetime(2026, 8, 17, 9, tzinfo=UTC)


def people(**sizes):
    return pd.DataFrame(
        {"Unit": unit, **{k: 4 - (i + j + place) % (2 + place % 3) for j, k in enumerate(KEYS)}}
        for place, (unit, n) in enumerate(sizes.items())
        for i in range(n)
    )


def table(document, name):
    return next(t for t in document.tables if t.id == name)


def column(found, key):
    place = [c.key for c in found.columns].index(key)
    return [row[place] for row in found.rows]


@pytest.fixture(scope="module")
def city():
    return ikm.estimate(people(Zeta=40, Alfa=35, Beta=15), by="Unit")


def test_the_headline_says_number_letter_label_and_how_sure(city):
    head = report.build(city, generated=NOW).blocks[0]
    assert isinstance(head, Headline)
    assert head.text == "IKM 78,46 · mutu B · Baik"
    assert head.detail.startswith("Dengan keyakinan 95 %, nilai yang sebenarnya antara ")
    assert [fact.label for fact in head.facts][:2] == ["IKM", "Mutu pelayanan"]


def test_units_are_alphabetical_with_the_overall_row_last_and_few_respondents_flagged(city):
    units = table(report.build(city, generated=NOW), "ikm")
    assert column(units, "by_1") == ["Alfa", "Beta", "Zeta", "Keseluruhan"]
    assert column(units, "n") == [35, 15, 40, 90]
    assert column(units, "keterangan") == ["", "n < 30, belum andal", "", ""]
    assert column(units, "ikm") == [city[u].published for u in ("Alfa", "Beta", "Zeta")] + [
        city.overall.published
    ]
    assert units.total_rows == 1


def test_english_is_english_and_the_numbers_are_the_same(city):
    indonesian, english = (report.build(city, lang=lang, generated=NOW) for lang in ("id", "en"))
    assert english.blocks[0].text == "IKM 78.46 · mutu B · Good"
    assert english.lang == "en"
    assert column(table(english, "ikm"), "ikm") == column(table(indonesian, "ikm"), "ikm")
    words = " ".join(b.text for b in english.blocks if isinstance(b, Paragraph))
    assert "sampling error alone" in words
    assert "jawaban" not in words


def test_small_groups_are_withheld_with_their_complement_everywhere_and_a_note_says_so():
    result = ikm.estimate(people(Besar=60, Sedang=33, Rahasia=4), by="Unit")
    document = report.build(result, generated=NOW)
    units = table(document, "ikm")
    assert column(units, "ikm") == [result["Besar"].published, None, None, result.overall.published]
    assert column(units, "n") == [60, None, None, 97]
    assert column(units, "keterangan")[1:3] == ["ditahan", "ditahan"]
    notes = [b for b in document.blocks if isinstance(b, Note)]
    assert [n.code for n in notes].count("PUB701") == 1
    assert not any("Rahasia" in n.text or "Rahasia" in n.beside for n in notes)
    figure = next(b for b in document.blocks if isinstance(b, Figure) and b.id == "unit")
    assert [record["label"] for record in figure.data] == ["Besar", "Keseluruhan"]
    held = {tuple(g["group"]): g for g in document.data["groups"]}
    assert held["Rahasia",] == {"group": ["Rahasia"], "withheld": True}
    number = str(result["Rahasia"].published).replace(".", ",")
    for name in ("csv", "html"):
        assert number not in export.get(name)(document).decode("utf-8-sig")


def test_what_other_findings_say_of_a_withheld_group_is_taken_out():
    result = ikm.estimate(people(Besar=60, Sedang=33, Rahasia=4), by="Unit")
    listed = Finding.of("SRV401", path="Data", rows=[1, 2], labels=["Besar (60)", "Rahasia (4)"])
    direct = Finding.of("IKM608", path="Rahasia", n=4)
    document = report.build(result, findings=[listed, direct], generated=NOW)
    texts = [b.text for b in document.blocks if isinstance(b, Note)]
    assert any("Besar (60)" in t for t in texts)
    assert not any("Rahasia" in t for t in texts)


def test_withholding_can_be_switched_off():
    result = ikm.estimate(people(Besar=60, Rahasia=4), by="Unit")
    units = table(report.build(result, withhold_below=0, generated=NOW), "ikm")
    assert column(units, "n") == [60, 4, 64]


def test_a_whole_survey_of_a_few_people_carries_a_warning():
    document = report.build(ikm.estimate(people(A=5).drop(columns="Unit")), generated=NOW)
    codes = [b.code for b in document.blocks if isinstance(b, Note)]
    assert "PUB702" in codes


def test_one_respondent_gives_the_index_and_says_why_there_is_no_interval():
    document = report.build(ikm.estimate(people(A=1).drop(columns="Unit")), generated=NOW)
    assert document.blocks[0].detail == "Ketidakpastiannya tidak dapat ditaksir dari 1 responden."
    gauge = next(b for b in document.blocks if isinstance(b, Figure))
    assert (gauge.data[0]["low"], gauge.data[0]["high"]) == (None, None)


def test_a_survey_without_any_answer_has_no_index_and_says_so():
    blank = pd.DataFrame({k: [None, None] for k in KEYS}, dtype="Int8")
    document = report.build(ikm.estimate(blank), generated=NOW)
    assert document.blocks[0].text == "Indeks tidak dapat dihitung: tidak ada satu pun jawaban"
    assert column(table(document, "unsur"), "nilai") == [None] * 9


def test_unsur_values_are_rounded_from_exact_fractions_not_from_floats():
    # 613 / 200 = 3.065, as a float 3.0649999…; 3.065 x 25 = 76.625 is 76.63, not 76.62.
    scores = [4] * 13 + [3] * 187
    frame = pd.DataFrame(dict.fromkeys(KEYS, scores))
    unsur = table(report.build(ikm.estimate(frame), generated=NOW), "unsur")
    assert set(column(unsur, "nilai")) == {Decimal("76.63")}


def test_an_unsur_whose_order_is_unknown_keeps_its_code():
    frame = people(A=12).drop(columns="Unit").set_axis([f"U{i}" for i in range(1, 10)], axis=1)
    unsur = table(report.build(ikm.estimate(frame), generated=NOW), "unsur")
    assert column(unsur, "nama")[-2:] == ["U8", "U9"]
    assert column(unsur, "kode")[:2] == ["U1", "U2"]


def test_many_findings_of_one_code_are_told_as_one_note():
    units = {f"Unit{c}": 12 for c in "ABCDEF"}
    document = report.build(ikm.estimate(people(**units), by="Unit"), generated=NOW)
    few = [b for b in document.blocks if isinstance(b, Note) and b.code == "IKM608"]
    assert len(few) == 1
    assert "UnitA" in few[0].text
    assert few[0].beside.startswith("Fewer than 30 respondents")


def test_provenance_names_library_standard_options_and_input(tmp_path):
    people(A=30, B=30).to_csv(tmp_path / "survei.csv", index=False)
    responses, _ = read_survey(tmp_path / "survei.csv")
    document = report.build(ikm.estimate(responses, by="Unit"), generated=NOW)
    items = {item.key: item.value for item in document.provenance.items}
    assert items["source"] == "survei.csv"
    assert items["sha256"] == responses.provenance.sha256
    assert items["generated"] == "17 Agustus 2026 pukul 09:00:00 +0000"
    assert "profile = exact; missing = per_unsur; interval = beta_ends, 95 %" in items["options"]
    assert items["confidence"] == "A"
    assert str(tmp_path) not in json.dumps(document.model_dump(mode="json"))


def test_the_method_names_profile_and_policy_and_its_limits():
    frame = people(A=40).drop(columns="Unit").astype("Float64")
    frame.loc[0, "waktu"] = None
    result = ikm.estimate(frame, profile="0.111", missing="complete", confidence_level=0.9)
    told = next(b.text for b in report.build(result, generated=NOW).blocks if isinstance(b, Paragraph))
    assert "0,111, konvensi “0.111”" in told
    assert "Hanya responden yang menjawab semua unsur" in told
    assert "90 %" in told
    assert "galat sampel" in told


def test_the_processing_sheet_is_built_and_proved_from_the_responses():
    responses = read_survey(people(A=30, B=20)).responses
    document = report.build(ikm.estimate(responses, by="Unit"), responses=responses, generated=NOW)
    sheet = document.processing
    assert sheet.title.startswith("PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT")
    assert sheet.units == ("A", "B")
    assert (sheet.unit_of[0], sheet.unit_of[-1]) == (1, 2)
    assert sheet.legend[0] == "U1 s.d. U9 = Unsur-Unsur pelayanan"
    assert "PUB703" in [b.code for b in document.blocks if isinstance(b, Note)]


def test_the_sheet_does_not_say_which_unit_withheld_respondents_are_of():
    responses = read_survey(people(A=30, B=4, C=40)).responses
    document = report.build(ikm.estimate(responses, by="Unit"), responses=responses, generated=NOW)
    assert document.processing.unit_of == (None,) * 34 + (3,) * 40
    assert document.processing.units == ("ditahan", "ditahan", "C")


def test_responses_of_another_survey_are_refused():
    first, second = (read_survey(people(A=n)).responses for n in (30, 31))
    with pytest.raises(EstimationError, match=r"not those of the result: they give .* from 31 respondents"):
        report.build(ikm.estimate(first), responses=second, generated=NOW)


def test_a_weighted_result_has_no_sheet_and_says_why():
    frame = people(A=30, B=30).assign(bobot=[1.0, 2.0] * 30)
    responses = read_survey(frame).responses
    result = ikm.estimate(responses, design=ikm.Design(weight="bobot"))
    document = report.build(result, responses=responses, generated=NOW)
    assert document.processing is None
    assert "PUB704" in [b.code for b in document.blocks if isinstance(b, Note)]


def test_a_standard_without_bands_is_reported_without_letters():
    frame = pd.DataFrame({f"A{i}": [6, 5, 4, 6] * 5 for i in range(1, 6)})
    result = ikm.estimate(read_survey(frame, "spak").responses)
    document = report.build(result, generated=NOW)
    keys = [c.key for c in table(document, "ikm").columns]
    if not result.standard.bands:
        assert "mutu" not in keys
    assert all(export.get(name)(document) for name in ("json", "csv", "html", "xlsx"))


def test_a_time_without_a_zone_is_refused_with_what_would_be_right(city):
    with pytest.raises(ValueError, match="generated must have a time zone"):
        report.build(city, generated=datetime(2026, 8, 17))  # noqa: DTZ001


@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=6), below=st.integers(0, 20))
def test_the_visible_rows_are_those_that_withholding_allows(sizes, below):
    result = ikm.estimate(
        people(**{f"Unit {c}": n for c, n in zip("ABCDEF", sizes, strict=False)}), by="Unit"
    )
    shown = column(table(report.build(result, withhold_below=below, generated=NOW), "ikm"), "n")
    visible = [n for n in shown[:-1] if n is not None]
    assert all(n >= below for n in visible)
    assert shown[-1] == sum(sizes)
    if visible:
        assert not 0 < shown[-1] - sum(visible) < below
