"""The annual report: every number from the data, nothing praised, nothing told that is withheld."""

import re
import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files

import pandas as pd
import pytest

from sipukat import datasets, export, ikm, read_survey, report, standards
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.export.base import shown
from sipukat.report import Figure, Heading, Headline, Note, Paragraph

KEYS = "persyaratan prosedur waktu biaya produk kompetensi perilaku pengaduan sarana".split()
NOW = datetime(2026, 8, 17, 9, tzinfo=UTC)
DECIMAL = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d+")
PRAISE = re.compile(
    r"memuaskan|bagus|hebat|membanggakan|alhamdulillah|prestasi|apresiasi|sukses", re.IGNORECASE
)


def people(**sizes):
    return pd.DataFrame(
        {"Unit": unit, **{k: 4 - (i + j + place) % (2 + place % 3) for j, k in enumerate(KEYS)}}
        for place, (unit, n) in enumerate(sizes.items())
        for i in range(n)
    )


def scores(*per_unsur):
    """Return nine unsur, each with its own list of answers."""
    return pd.DataFrame(dict(zip(KEYS, per_unsur, strict=True)))


def made(result, lang="id", **opts):
    return report.build(result, lang, part="laporan", generated=NOW, **opts)


def prose(document):
    return " ".join(b.text for b in document.blocks if isinstance(b, Paragraph))


def codes(document):
    return [b.code for b in document.blocks if isinstance(b, Note)]


def table(document, name):
    return next(t for t in document.tables if t.id == name)


def column(found, key):
    place = [c.key for c in found.columns].index(key)
    return [row[place] for row in found.rows]


def printed(document):
    """Return every number that tables print, and those for programs, as a reader would see them."""
    seen = {
        shown(cell, c, document.lang)
        for t in document.tables
        for row in t.rows
        for cell, c in zip(row, t.columns, strict=True)
    }
    texts = [*seen, *(t.note for t in document.tables)] + [
        f"{b.text} {b.detail}" for b in document.blocks if isinstance(b, Headline)
    ]
    seen |= {number for text in texts for number in DECIMAL.findall(text)}

    def walk(value):
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)
        elif isinstance(value, int | float):
            seen.update(f"{value:,.{d}f}".translate(str.maketrans(",.", ".,")) for d in (1, 2))
            seen.update(f"{abs(value):,.{d}f}".translate(str.maketrans(",.", ".,")) for d in (1, 2))
        elif isinstance(value, str):
            seen.add(value.replace(".", ","))

    walk(document.data)
    return seen


@pytest.fixture(scope="module")
def city():
    reading = read_survey(datasets.path("kota-contoh"))
    return reading, ikm.estimate(reading.responses, by="unit")


@pytest.fixture(scope="module")
def half_years():
    frame = read_survey(datasets.path("dpmptsp-contoh")).responses.frame
    return {p: ikm.estimate(part[KEYS]) for p, part in frame.groupby("periode")}


@pytest.fixture(scope="module")
def document(city):
    reading, result = city
    return made(
        result,
        responses=reading.responses,
        findings=reading.findings,
        subject="Pemerintah Kota Contoh",
        period="Triwulan III 2025",
        population=20000,
    )


def test_the_chapters_are_those_of_the_outline_in_use_since_2022(document):
    outline = next(r for r in standards.survey("permenpanrb-14-2017").texts.reports if r.id == "2022")
    chapters = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert chapters[:4] == [chapter.title for chapter in outline.chapters[:4]]
    assert chapters[4:] == ["BAB V PENUTUP", "LAMPIRAN", "Yang perlu diketahui"]
    sections = [b.text.split(" ", 1)[1] for b in document.blocks if isinstance(b, Heading) and b.level == 3]
    assert sections[:-4] == [name for chapter in outline.chapters for name in chapter.sections]


def test_every_number_of_the_prose_is_in_a_table_or_the_data(document, half_years):
    period, *before = reversed(half_years)
    trended = made(half_years[period], period=period, earlier={p: half_years[p] for p in reversed(before)})
    for one in (document, trended):
        numbers = DECIMAL.findall(prose(one))
        assert len(numbers) > 10
        assert [n for n in numbers if n not in printed(one)] == []


def test_the_worked_numbers_of_the_city_appear(document):
    text = prose(document)
    assert "IKM adalah 82,50, mutu B (Baik)" in text
    assert "diperlukan 377 responden; yang menjawab 1.500 responden. Jumlah itu terpenuhi." in text
    assert "Kelemahan. Yang nyata di bawah rata-rata unsur lain: U3 Waktu Penyelesaian (77,83" in text
    assert "dari 1 Juli 2025 sampai 28 Oktober 2025" in text
    assert text.count("U3 Waktu Penyelesaian (77,83)") == 2


def test_standing_and_gain_agree_with_the_values_of_the_unsur(document, city):
    values = dict(
        zip(column(table(document, "unsur"), "nama"), column(table(document, "unsur"), "nilai"), strict=True)
    )
    standing = table(document, "kedudukan")
    assert column(standing, "nilai") == [values[name] for name in column(standing, "nama")]
    others = {name: value - (sum(values.values()) - value) / 8 for name, value in values.items()}
    for name, difference in zip(column(standing, "nama"), column(standing, "selisih"), strict=True):
        assert abs(difference - others[name]) < 0.02
    gains = table(document, "prioritas")
    assert column(gains, "nilai") == sorted(values.values())
    best = max(values.values())
    for value, gain in zip(column(gains, "nilai"), column(gains, "tambahan"), strict=True):
        assert abs(gain - (best - value) / 9) < 0.01


def test_the_processing_table_adds_up_to_the_printed_index(document, city):
    sums = table(document, "pengolahan")
    weighted = column(sums, "tertimbang")
    assert abs(weighted[-1] * 25 - city[1].overall.published) < 0.005
    assert "IKM: 82,50." in sums.note
    assert column(sums, "total")[-1] == sum(column(sums, "total")[:-1])


@pytest.mark.parametrize("profile", ["exact", "0.11", "mahulu", "kardinah", "index2"])
@pytest.mark.parametrize("missing", ["per_unsur", "complete"])
def test_the_processing_table_follows_the_profile_that_was_used(profile, missing):
    frame = people(A=37).drop(columns="Unit").astype("Int8")
    frame.loc[3, "biaya"] = None
    result = ikm.estimate(frame, profile=profile, missing=missing)
    whole = column(table(made(result), "pengolahan"), "tertimbang")[-1]
    assert abs(whole * 25 - result.overall.published) < 0.005


def test_what_cannot_be_told_apart_is_said_so_and_nothing_is_called_a_weakness():
    frame = scores(*([3, 4, 2, 4, 3, 3, 4, 2] for _ in range(8)), [3, 4, 2, 4, 3, 4, 3, 2])
    text = prose(made(ikm.estimate(frame)))
    assert "Kelebihan." not in text
    assert "Kelemahan." not in text
    both = scores([4, 3, 3, 4, 2, 3], [3, 4, 3, 3, 3, 4], *([3, 3, 4, 2, 4, 3] for _ in range(7)))
    assert "Tidak satu pun unsur dapat dibedakan" in prose(made(ikm.estimate(both)))


def test_a_poor_result_gets_no_praise():
    low = [1, 2, 1, 1, 2, 1] * 8
    frame = scores([2, 2, 1, 2, 2, 2] * 8, *([low[i % 48 :] + low[: i % 48] for i in range(8)]))
    result = ikm.estimate(frame)
    text = prose(made(result))
    assert result.overall.mutu == "D"
    assert "Kelebihan." not in text
    assert "Di atas rata-rata tidak berarti baik: mutu U1 Persyaratan tetap di bawah kategori baik." in text
    assert not PRAISE.search(text)


def test_the_words_hold_no_praise():
    words = files("sipukat.report").joinpath("laporan_words.toml").read_text(encoding="utf-8")
    assert not PRAISE.search(words)


def test_one_respondent_is_told_as_one_and_nothing_is_inferred():
    document = made(ikm.estimate(people(A=1).drop(columns="Unit")))
    text = prose(document)
    assert "Ketidakpastiannya tidak dapat ditaksir dari 1 responden." in text
    assert "Kelebihan dan kelemahan tidak dapat ditentukan" in text
    assert "PUB702" in codes(document)
    assert "Kelemahan." not in text


def test_a_saturated_survey_names_no_best_and_no_worst():
    document = made(ikm.estimate(scores(*([4] * 30 for _ in KEYS))))
    text = prose(document)
    assert "Semua unsur bernilai sama" in text
    assert "paling rendah adalah" not in text
    assert "100,00" in text


def test_a_survey_without_an_answer_says_so_in_every_chapter():
    blank = pd.DataFrame({k: [None, None] for k in KEYS}, dtype="Int8")
    text = prose(made(ikm.estimate(blank)))
    assert "IKM tidak dapat dihitung" in text
    assert "Rencana tindak lanjut tidak dapat disusun" in text


def test_withheld_groups_are_in_no_sentence_no_figure_and_no_rank():
    result = ikm.estimate(people(Besar=60, Sedang=45, Tengah=33, Rahasia=5), by="Unit")
    document = made(result)
    told = [b.text for b in document.blocks if isinstance(b, Paragraph | Note | Headline)]
    told += [f"{b.caption} {b.alt} {b.data}" for b in document.blocks if isinstance(b, Figure)]
    for name in ("Rahasia", "Tengah"):
        assert not any(name in text for text in told)
        number = str(result[name].published).replace(".", ",")
        assert number not in export.get("html")(document).decode()
    ranks = next(b for b in document.blocks if isinstance(b, Figure) and b.chart == "unit_ranks")
    assert [record["label"] for record in ranks.data] == ["Besar", "Sedang"]
    assert {record[key] for record in ranks.data for key in ("rank", "rank_low", "rank_high")} <= {1, 2}
    assert "Rahasia" not in str(document.data["ranking"])
    assert "gabungan" not in [t.id for t in document.tables]
    assert "nilai unit yang ditahan dapat dihitung darinya" in prose(document)


def test_both_languages_have_one_structure_and_the_same_numbers(city):
    reading, result = city
    opts = {"responses": reading.responses, "population": 300, "earlier": [ikm.estimate(reading.responses)]}
    indonesian, english = (made(result, lang, **opts) for lang in ("id", "en"))
    assert [b.kind for b in indonesian.blocks] == [b.kind for b in english.blocks]
    for one, other in zip(indonesian.tables, english.tables, strict=True):
        assert (one.id, len(one.rows)) == (other.id, len(other.rows))
        assert [c.key for c in one.columns] == [c.key for c in other.columns]
        for c in one.columns:
            if c.kind != "text" and c.key != "peluang":
                assert column(one, c.key) == column(other, c.key)
    words = prose(english)
    assert not re.search(
        r"\b(responden|nilai|yang|dengan|unsur lain|pada)\b", words.replace("respondents", "")
    )


def test_the_words_of_both_languages_have_the_same_keys_and_places():
    words = tomllib.loads(files("sipukat.report").joinpath("laporan_words.toml").read_text(encoding="utf-8"))
    assert words["id"].keys() == words["en"].keys()
    places = re.compile(r"\{(\w+)")
    for key, text in words["id"].items():
        if key in {"frequency", "publication"}:  # the law's own sentence, in English ours
            continue
        assert set(places.findall(text)) == set(places.findall(words["en"][key])), key


def test_what_the_office_knows_is_printed_and_the_rest_is_dots_that_a_note_lists():
    result = ikm.estimate(people(A=40).drop(columns="Unit"))
    bare = made(result)
    assert "Survei dilaksanakan oleh ………………." in prose(bare)
    note = next(b for b in bare.blocks if isinstance(b, Note) and b.code == "PUB730")
    assert "metode pengumpulan data" in note.text
    assert "method of data collection" in note.beside
    told = {
        "unit": "Dinas A", "instansi": "Kota B", "pelaksana": "Tim SKM.", "metode": "tatap muka",
        "lokasi": "loket", "waktu": "Mei 2026", "tempat": "Kota B", "tanggal": "1 Juni 2026",
        "pejabat": "Siti", "nip": 197001011990032001, "jadwal": [("Persiapan", "April", "3")],
        "dasar": ["Keputusan Kepala Dinas Nomor 1 Tahun 2026"],
    }  # fmt: skip
    plans = [
        {"unsur": key, "program": "Loket", "waktu": ["TW I"], "penanggung_jawab": "Bidang A"} for key in KEYS
    ]
    full = made(result, period="Mei 2026", population=50, rtl=plans, **told)
    assert "PUB730" not in codes(full)
    assert "Survei dilaksanakan oleh Tim SKM." in prose(full)
    assert "4. Keputusan Kepala Dinas Nomor 1 Tahun 2026" in prose(full)
    assert "…" not in prose(full)
    assert full.subtitle == "Dinas A · Kota B · Mei 2026"


def test_the_follow_up_table_has_the_columns_of_the_law_and_blanks_for_what_people_decide():
    frame = scores(*([4, 3, 4, 3] * 6 for _ in range(8)), [2, 3, 2, 3] * 6)
    done = {"unsur": "sarana", "program": "Kursi", "status": "selesai", "selesai_pada": date(2026, 3, 1)}
    document = made(ikm.estimate(frame), rtl=[done])
    plan = table(document, "rtl")
    law = standards.survey("permenpanrb-14-2017").texts.rtl.columns
    assert tuple(c.label for c in plan.columns[:5]) == law
    assert plan.rows[0] == (
        "1",
        "U9 Sarana dan prasarana",
        "Kursi",
        "………………",
        "………………",
        "selesai 1 Maret 2026",
    )
    assert plan.rows[1][2:5] == ("………………",) * 3
    assert "1 dari 1 program sudah selesai." in prose(document)
    with pytest.raises(UnknownNameError, match="parkir"):
        made(ikm.estimate(frame), rtl=[{"unsur": "parkir"}])


def test_a_change_has_its_interval_and_is_sure_only_where_compare_says_so(half_years):
    before, now = half_years["2023-S1"], half_years["2025-S2"]
    change = ikm.compare(before, now)
    document = made(now, period="2025-S2", earlier={"2023-S1": before})
    trend = table(document, "tren")
    assert trend.rows[1][6:9] == (change.published, *(round_(x) for x in (change.low, change.high)))
    assert column(trend, "kepastian") == ["", "nyata naik"]
    assert change.sentence("id") in prose(document)
    near = made(now, period="2025-S2", earlier={"2025-S1": half_years["2025-S1"]})
    assert column(table(near, "tren"), "kepastian")[1] == "tidak dapat dibedakan"


def round_(value):
    return pd.Series([value]).map(lambda x: report.Column(key="x", label="x", kind="number").fit(x))[0]


def test_a_trend_tells_which_steps_are_sure_with_all_of_them_considered(half_years):
    surveys = dict(half_years)
    found = ikm.trend(surveys, periods=list(surveys))
    now = surveys.pop("2025-S2")
    document = made(now, period="2025-S2", earlier=surveys)
    assert found.sentence("id") in prose(document)
    sure = [row.change_p_holm < 0.05 for row in found.rows[1:]]
    assert [word.startswith("nyata") for word in column(table(document, "tren"), "kepastian")[1:]] == sure


def test_a_change_that_cannot_be_computed_is_a_finding_and_no_number():
    one, many = (
        ikm.estimate(people(A=1).drop(columns="Unit")),
        ikm.estimate(people(A=40).drop(columns="Unit")),
    )
    document = made(many, period="2026", earlier=[one])
    assert "PUB732" in codes(document)
    assert column(table(document, "tren"), "perubahan") == [None, None]


def test_comments_are_printed_only_when_given_and_then_masked():
    result = ikm.estimate(people(A=40).drop(columns="Unit"))
    assert "masukan" not in [t.id for t in made(result).tables]
    document = made(
        result, comments=["Hubungi 0812-3456-7890", " ", "<script>alert(1)</script> {{7*7}} =1+1"]
    )
    assert column(table(document, "masukan"), "masukan") == [
        "Hubungi [telepon]",
        "<script>alert(1)</script> {{7*7}} =1+1",
    ]
    assert "PUB734" in codes(document)
    assert b"<script>alert" not in export.get("html")(document)
    with pytest.raises(ArgumentError, match="list of texts"):
        made(result, comments="satu")


@pytest.mark.parametrize(
    "text", ["{index}", "<script>", "=HYPERLINK(1)", "#import", "x" * 10_000, "\u202eabc\0"]
)
def test_hostile_words_of_the_office_stay_words(text):
    result = ikm.estimate(people(A=40, B=30), by="Unit")
    document = made(result, subject=text, pelaksana=text, period=text, jadwal=[(text, text, text)])
    assert text.replace("\u202e", "").replace("\0", "") in prose(document)
    assert export.get("html")(document) == export.get("html")(document)


def test_the_number_of_respondents_is_held_against_the_table_of_the_law():
    result = ikm.estimate(people(A=40).drop(columns="Unit"))
    short = made(result, population=100)
    assert "diperlukan 80 responden; yang menjawab 40 responden. Jumlah itu kurang 40 responden." in prose(
        short
    )
    assert "PUB731" in codes(short)
    assert "PUB736" in codes(made(result, population=30))
    with pytest.raises(ArgumentError):
        made(result, population=0)


def test_a_survey_with_another_scale_and_no_bands_has_a_report_too():
    frame = pd.DataFrame({f"A{n}": [6, 5, 4, 6, 3] * 6 for n in range(1, 6)})
    result = ikm.estimate(read_survey(frame, "spak").responses)
    document = made(result)
    assert "mutu" not in {c.key for t in document.tables for c in t.columns}
    assert "Standar ini tidak memuat aturan tentang banyaknya responden" in prose(document)


def test_weighted_and_by_two_columns_it_is_built_too():
    frame = people(A=40, B=30).assign(w=[1, 2] * 35, kelas=["x", "y"] * 35)
    result = ikm.estimate(frame, by=["Unit", "kelas"], design=ikm.Design(weight="w"))
    document = made(result)
    assert document.tally is None
    assert table(document, "pengolahan").rows[-1][-1] is not None


@pytest.mark.parametrize(
    ("opts", "error", "words"),
    [
        ({"ketua": "Budi"}, TypeError, "ketua"),
        ({"pelaksana": 3}, ArgumentError, "pelaksana"),
        ({"earlier": ["2025"]}, ArgumentError, "str"),
        ({"profile": {"usia": {"tua": -1}}}, ArgumentError, "usia"),
    ],
)
def test_options_that_make_no_sense_are_refused_with_their_name(opts, error, words):
    with pytest.raises(error, match=words):
        made(ikm.estimate(people(A=12).drop(columns="Unit")), **opts)


def test_two_surveys_of_one_name_are_refused():
    result = ikm.estimate(people(A=12).drop(columns="Unit"))
    with pytest.raises(ArgumentError, match="2025"):
        made(result, period="2025", earlier={"2025": result})


def test_an_unknown_part_or_an_option_of_another_part_is_refused():
    result = ikm.estimate(people(A=12).drop(columns="Unit"))
    with pytest.raises(UnknownNameError, match="tahunan"):
        report.build(result, part="tahunan")
    with pytest.raises(TypeError, match="pelaksana"):
        report.build(result, pelaksana="Tim")
    with pytest.raises(TypeError, match="pelaksana"):
        report.build(result, part="poster", pelaksana="Tim")


def test_the_figures_are_those_of_answers_and_of_priorities(document):
    charts = [b.chart for b in document.blocks if isinstance(b, Figure)]
    assert charts == [
        "band_gauge", "unit_intervals", "unit_ranks", "unsur_bars", "answer_distribution",
        "importance_performance",
    ]  # fmt: skip
