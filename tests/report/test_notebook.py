"""What a notebook shows: small, escaped, without script, resource, or answers of a person."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from sipukat import check, compliance, datasets, ikm, pelayanan, read_survey
from sipukat._html import MOST_ROWS, gauge, safe, table

KEYS = (
    "input.kompetensi", "input.sarana_prasarana", "proses.standar_pelayanan",
    "output.persepsi_maladministrasi", "pengaduan.pengelolaan",
)  # fmt: skip
HOSTILE = '<script>alert(1)</script>" onload="x' + chr(0) + chr(0x202E)
VOID = {"rect", "path"}


def evidence(*values, unit):
    known = {key: value for key, value in zip(KEYS, values, strict=True) if value is not None}
    return compliance.Evidence.of(known, unit=unit)


@pytest.fixture(scope="module")
def shown():
    """Return the HTML of every kind of result, with hostile names where names come from outside."""
    responses, findings = read_survey(datasets.path("kota-contoh"))
    many = pd.DataFrame(
        [
            {"unit": f"{HOSTILE} {n:02}", **{f"U{i}": 3 for i in range(1, 10)}}
            for n in range(25)
            for _ in range(2)
        ]
    )
    poor = pelayanan.load(datasets.path("disdukcapil-ktp-el-poor"))
    draft = pelayanan.StandarPelayanan(nama=HOSTILE, persyaratan=[HOSTILE], catatan="RAHASIA")
    one, part = evidence(62, 62, 64, 64, 35, unit=HOSTILE), evidence(62, None, 64, 64, 35, unit="B")
    held = {
        "responses": responses,
        "findings": findings + check(poor),
        "no findings": findings[:0],
        "city": ikm.estimate(responses, by="unit"),
        "whole": ikm.estimate(responses),
        "many": ikm.estimate(many, by="unit"),
        "nobody": ikm.estimate(pd.DataFrame({f"U{i}": [None] for i in range(1, 10)})),
        "one form": ikm.estimate(pd.DataFrame({f"U{i}": [4] for i in range(1, 10)})),
        "no bands": ikm.estimate(read_survey([{f"A{n}": 5 for n in range(1, 6)}] * 8, "spak").responses),
        "standard": poor,
        "draft": draft,
        "score": compliance.score(one, standard="ombudsman-2022"),
        "score with gaps": compliance.score(part, standard="ombudsman-2022"),
        "city score": compliance.city([one, part], "ombudsman-2022", name=HOSTILE),
    }
    return {name: obj._repr_html_() for name, obj in held.items()}


class Reader(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_each_is_whole_and_small_and_has_no_script_style_sheet_or_resource(shown):
    for name, html in shown.items():
        read = Reader(html)
        assert read.open == [], name
        assert set(read.tags) <= {
            "div", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "path", "text",
        }, name  # fmt: skip
        assert not [
            key for key, _ in read.attributes if key.startswith("on") or key in {"src", "href", "id", "class"}
        ]
        assert "url(" not in html
        assert len(html) < 60_000


def test_hostile_names_are_words(shown):
    for name in ("many", "draft", "score", "city score"):
        assert "<script>alert(1)</script>" in "".join(Reader(shown[name]).text)
        assert chr(0) not in shown[name]
        assert chr(0x202E) not in shown[name]


def test_every_table_has_a_caption_and_scopes(shown):
    for html in shown.values():
        assert html.count("<table") == html.count("<caption")
        assert not re.search(r"<th(?![^>]*scope=)[ >]", html)
        assert not re.search(r"<th[^>]*></th>", html)


def test_colours_are_those_of_the_page(shown):
    for html in shown.values():
        named = set(re.findall(r"#[0-9a-f]{3,6}", html))
        assert named <= {"#d55e00", "#e69f00", "#56b4e9", "#0072b2"}  # translucent tints of the gauge
        assert not re.search(r'fill="#[^"]+"(?! fill-opacity)', html)


def test_a_result_shows_its_number_a_gauge_and_its_groups(shown):
    assert "IKM 82,50 · mutu B · Baik" in shown["city"]
    assert 'aria-label="82,50 pada skala 25,00 sampai 100,00; selang 81,86 – 83,11"' in shown["city"]
    assert shown["city"].count("<tr>") == 1 + 13 + 1
    assert "… dan 5 kelompok lainnya" in shown["many"]
    assert shown["many"].count("<tr>") == 1 + MOST_ROWS + 1 + 1
    assert "Tidak ada jawaban" in shown["nobody"]
    assert "<svg" not in shown["nobody"]
    assert not re.search(r"\bnan\b", "".join(shown.values()), re.IGNORECASE)


def test_responses_show_roles_and_what_is_missing_and_no_answer():
    frame = [
        {
            "Nama": "Budi Santoso",
            "HP": "081234567890",
            "Jenis Kelamin": "Pria",
            "Saran": "hubungi budi",
            **dict.fromkeys([f"U{i}" for i in range(1, 10)], 3),
        }
        for _ in range(4)
    ]
    frame[0]["U1"] = None
    html = read_survey(frame).responses._repr_html_()
    assert not any(word in html.casefold() for word in ("budi", "0812", "santoso", "pria"))
    assert "25,0 %" in html
    assert "4 responden" in html


def test_a_standard_shows_its_komponen_and_neither_remarks_nor_who_takes_complaints(shown):
    assert "13 dari 14 komponen" in shown["standard"]
    assert "tidak ada" in shown["standard"]
    assert "RAHASIA" not in shown["draft"]
    poor = pelayanan.load(datasets.path("disdukcapil-ktp-el-poor"))
    for butir in poor.penanganan_pengaduan.semua:
        assert butir.text not in shown["standard"]


def test_findings_are_counted_by_how_much_they_matter(shown):
    assert "Temuan: 4 kesalahan, 10 peringatan dan" in shown["findings"]
    assert "Tidak ada temuan." in shown["no findings"]


def test_a_score_that_is_not_known_shows_its_ends(shown):
    assert "antara" in shown["score with gaps"]
    assert " – " in shown["city score"]


def test_rows_beyond_the_twentieth_are_counted_in_words():
    assert "lainnya" not in table("J", ["a"], [["x"]] * MOST_ROWS)
    assert "… dan 1 baris lainnya" in table("J", ["a"], [["x"]] * (MOST_ROWS + 1))


def test_long_texts_are_cut_and_lone_surrogates_dropped():
    assert len(safe("x" * 10_000)) == 400
    assert safe("a" + chr(0xD800)) == "a"


def test_a_gauge_lies_within_its_picture_for_any_value():
    for value in (-5, 25, 60, 100, 400):
        at = float(re.search(r'<path d="M([\d.]+) 3V29"', gauge("w", value, None, axis=(25, 100)))[1])
        assert 0 <= at <= 400
