"""The brief: one page, three things to decide, and no more than the data say."""

import re
from datetime import UTC, datetime

import pandas as pd
import pytest

from sipukat import compliance, datasets, export, ikm, read_survey, report
from sipukat.errors import UnknownNameError
from sipukat.report import Figure, Headline, Note, Paragraph

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
NOW = datetime(2026, 8, 17, 9, tzinfo=UTC)
INDICATORS = (
    "input.kompetensi",
    "input.sarana_prasarana",
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)


def people(**sizes):
    return pd.DataFrame(
        {"Unit": unit, **{k: 4 - (i + j + place) % (2 + place % 3) for j, k in enumerate(KEYS)}}
        for place, (unit, n) in enumerate(sizes.items())
        for i in range(n)
    )


def made(result, lang="id", **opts):
    return report.build(result, lang, part="ringkas", generated=NOW, **opts)


def texts(document):
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def decisions(document):
    return [text for text in texts(document) if re.match(r"\d\. ", text)]


@pytest.fixture(scope="module")
def city():
    return ikm.estimate(read_survey(datasets.path("kota-contoh")).responses, by="unit")


@pytest.fixture(scope="module")
def half_years():
    frame = read_survey(datasets.path("dpmptsp-contoh")).responses.frame
    return {p: ikm.estimate(part[KEYS]) for p, part in frame.groupby("periode")}


def test_a_page_has_headline_gauge_three_decisions_and_one_table(city):
    document = made(city)
    assert [type(b) for b in document.blocks[:2]] == [Headline, Figure]
    assert len(document.tables) == 1
    assert len(document.tables[0].rows) == 13
    assert [text[0] for text in decisions(document)] == ["1", "2", "3"]


def test_the_three_highest_and_lowest_unsur_stand_with_their_intervals(city):
    text = " ".join(texts(made(city)))
    assert "Bernilai tertinggi: U4 Biaya/Tarif 88,23 (87,45 sampai 88,96), U7" in text
    assert "Bernilai terendah: U3 Waktu Penyelesaian 77,83 (76,92 sampai 78,72), U9" in text
    assert "Yang nyata berbeda dari rata-rata unsur lain: U1, U3, U4, U6, U7, U8 dan U9." in text


def test_the_page_is_one_page_of_a_pdf(city):
    pytest.importorskip("typst", reason="a PDF needs the extra pdf")
    pdf = export.get("pdf")(made(city, subject="Kota Contoh", period="Triwulan III 2025"))
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2  # the second has where the numbers come from


def test_of_many_units_the_lowest_are_shown_and_it_is_said_of_how_many():
    result = ikm.estimate(people(**{f"Unit {i:02}": 20 + i for i in range(40)}), by="Unit")
    table = made(result).tables[0]
    assert len(table.rows) == 13
    assert "13 yang bernilai terendah dari 40" in table.caption
    at = [c.key for c in table.columns].index("ikm")
    every = sorted(e.published for _, e in result.items())
    assert sorted(row[at] for row in table.rows) == every[:13]


def test_without_units_the_table_is_of_the_unsur(half_years):
    table = made(half_years["2025-S2"]).tables[0]
    assert (table.id, len(table.rows)) == ("unsur", 9)


def test_a_sure_fall_is_the_first_thing_to_decide(half_years):
    later, earlier = half_years["2023-S1"], half_years["2025-S2"]
    document = made(later, period="2023-S1", earlier={"2025-S2": earlier})
    change = ikm.compare(earlier, later)
    assert change.sentence("id") in texts(document)
    assert decisions(document)[0].startswith("1. Apa sebab penurunan 5,28 poin sejak 2025-S2.")


def test_a_rise_and_a_doubtful_fall_are_no_thing_to_decide(half_years):
    rise = made(half_years["2025-S2"], period="b", earlier={"a": half_years["2023-S1"]})
    doubtful = made(half_years["2025-S2"], period="b", earlier={"a": half_years["2025-S1"]})
    for document in (rise, doubtful):
        assert "penurunan" not in " ".join(decisions(document))


def test_a_letter_that_is_not_certain_is_a_thing_to_decide():
    frame = pd.DataFrame({k: [3, 3, 4, 3, 2, 3, 3, 4, 3, 3] * 2 for k in KEYS})
    result = ikm.estimate(frame)
    assert result.overall.mutu_probability[result.overall.mutu] < 0.95
    assert any("diumumkan bersama peluangnya" in text for text in decisions(made(result)))


def test_withheld_units_are_in_no_decision_and_have_no_number():
    result = ikm.estimate(people(Besar=60, Sedang=45, Tengah=33, Rahasia=5), by="Unit")
    document = made(result)
    said = [b.text for b in document.blocks if isinstance(b, Paragraph | Note | Headline)]
    for name in ("Rahasia", "Tengah"):
        assert not any(name in text for text in said)
        assert str(result[name].published).replace(".", ",") not in export.get("html")(document).decode()
    assert "PUB701" in [b.code for b in document.blocks if isinstance(b, Note)]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "frame",
    [
        people(A=1).drop(columns="Unit"),
        pd.DataFrame({k: [4] * 30 for k in KEYS}),
        pd.DataFrame({k: [1] * 30 for k in KEYS}),
        pd.DataFrame({k: [None, None] for k in KEYS}, dtype="Int8"),
    ],
    ids=["one respondent", "all four", "all one", "no answer"],
)
def test_there_are_three_decisions_whatever_the_data(frame, lang):
    document = made(ikm.estimate(frame), lang)
    assert len(decisions(document)) == 3
    assert len(set(decisions(document))) == 3


def test_both_languages_have_one_structure(city):
    indonesian, english = (made(city, lang) for lang in ("id", "en"))
    assert [b.kind for b in indonesian.blocks] == [b.kind for b in english.blocks]
    assert decisions(english)[0].startswith("1. Who mends U3 Completion time, and by when.")


def scored(*values, standard="ombudsman-2022"):
    known = {key: value for key, value in zip(INDICATORS, values, strict=True) if value is not None}
    return compliance.score(compliance.Evidence.of(known, unit="Dinas A"), standard=standard)


def test_the_brief_of_an_assessment_has_score_zone_and_the_cheapest_steps():
    assessment = scored(62, 62, 64, 64, 35)
    document = made(assessment)
    assert document.blocks[0].text.startswith("57,32 · C Kualitas Sedang · zona KUNING")
    path = assessment.path_to("hijau")
    assert path.sentence("id") in texts(document)
    assert [row[1] for row in document.tables[0].rows][: len(path)] == [step.nama for step in path]
    assert any("berbiaya sama" in text for text in texts(document))


def test_an_assessment_at_the_top_needs_no_steps():
    document = made(scored(100, 100, 100, 100, 100))
    assert "sudah tercapai" in texts(document)[0]
    assert document.tables == ()


def test_a_path_that_is_given_is_the_one_that_is_told():
    assessment = scored(62, 62, 64, 64, 35)
    path = assessment.path_to("A")
    document = made(assessment, path=path)
    assert path.sentence("id") in texts(document)
    assert not any("berbiaya sama" in text for text in texts(document))


def test_a_city_has_its_units_and_what_lifts_it():
    evidence = [
        compliance.Evidence.of(dict.fromkeys(INDICATORS, 50 + i), unit=f"Dinas {i:02}") for i in range(20)
    ]
    document = made(compliance.city(evidence, "ombudsman-2022", name="Kota"))
    assert len(document.tables[0].rows) == 13
    assert "Unit: 13 yang bernilai terendah dari 20." in document.tables[0].note


def test_an_assessment_has_no_other_part():
    with pytest.raises(UnknownNameError, match="laporan"):
        report.build(scored(62, 62, 64, 64, 35), part="laporan")
